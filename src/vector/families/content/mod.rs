//! The families of MIMI content.
//!
//! | file | what |
//! |---|---|
//! | `decode` | which octets are a message |
//! | `encode` | the octets of a message |
//! | `external` | external parts, fetched (section 4.5) |
//! | `judge` | nonsensical values (section 9.1) |
//! | `message_id` | message ids (section 3.3) |
//! | `nohtml` | HTML tags in Markdown (section 7.1.1) |
//! | `own` | message ids, computed once more for other families |
//! | `part_index` | part indices and content ids (section 4.4) |
//! | `process` | which parts a receiver handles (section 4.4) |
//! | `thread` | what a sequence of messages amounts to |

pub(super) mod decode;
pub(super) mod encode;
pub(super) mod external;
pub(super) mod judge;
pub(super) mod message_id;
pub(super) mod nohtml;
pub(super) mod part_index;
pub(super) mod process;
pub(super) mod thread;

mod own;

#[cfg(test)]
mod tests;
