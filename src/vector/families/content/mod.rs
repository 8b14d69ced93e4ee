//! The families of MIMI content.
//!
//! | file | what |
//! |---|---|
//! | `part_index` | part indices and content ids (section 4.4) |

pub(super) mod part_index;
