//! MIMI content (draft-ietf-mimi-content-08): octets → verified document → deterministic octets.
//!
//! | file | what |
//! |---|---|
//! | `document` | what came from outside, verified: octets and message together |
//! | `message` | the data model: message, part, extension |
//! | `cursor` | CBOR heads, strictly deterministic, with offsets |
//! | `decode`, `extension` | one pass over the octets, a reason and an offset for each refusal |
//! | `encode` | the deterministic encoding |
//! | `message_id` | section 3.3 |
//! | `parts`, `cid` | part index and content ids, section 4.4 |
//! | `judge` | nonsensical values, section 9.1 |
//! | `thread` | what a sequence of messages amounts to |
//! | `external` | external parts: hash and decryption, section 4.5 |
//! | `nohtml` | the No HTML extension, section 7.1.1 |
//! | `process` | which parts a receiver handles, section 4.4 |

mod cid;
mod cursor;
mod decode;
mod document;
mod encode;
mod error;
mod extension;
mod external;
mod judge;
mod message;
mod message_id;
mod nohtml;
mod parts;
mod process;
pub mod thread;

pub use cid::parse_cid;
pub use document::Document;
pub use error::{DecodeError, EncodeError};
pub use judge::{Context, Limits, MAX_PARTS, MAX_TOPIC, judge};
pub use message::{
    Expiration, Extension, External, Key, MAX_EXTENSION_DEPTH, MAX_KEY, MAX_PART_DEPTH, Message, Part, PartBody,
    Semantics,
};
pub use message_id::{IdError, MessageId};
pub use nohtml::escape_html;
pub use parts::IndexedPart;
pub use process::Processing;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
