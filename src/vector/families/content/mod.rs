//! The families of MIMI content.
//!
//! | file | what |
//! |---|---|
//! | `decode` | which octets are a message |
//! | `encode` | the octets of a message |
//! | `message_id` | message ids (section 3.3) |
//! | `part_index` | part indices and content ids (section 4.4) |

pub(super) mod decode;
pub(super) mod encode;
pub(super) mod message_id;
pub(super) mod part_index;

#[cfg(test)]
mod tests;
