//! The families of MIMI content.
//!
//! | file | what |
//! |---|---|
//! | `decode` | which octets are a message |
//! | `judge` | nonsensical values (section 9.1) |
//! | `own` | message ids, computed once more |
//! | `part_index` | part indices and content ids (section 4.4) |

pub(super) mod decode;
pub(super) mod judge;
pub(super) mod part_index;

mod own;
