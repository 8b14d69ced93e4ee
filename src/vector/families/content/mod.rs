//! The families of MIMI content.
//!
//! | file | what |
//! |---|---|
//! | `decode` | which octets are a message |
//! | `part_index` | part indices and content ids (section 4.4) |

pub(super) mod decode;
pub(super) mod part_index;
