//! Message franking (draft-ietf-mimi-protocol-06 sections 5.4.1 and 5.9), as `docs/spec/franking.md` reads it: what a
//! sender commits to, how a hub stamps it without reading it, and what receivers and moderators check.
//!
//! Pure functions: keys, times and octets are arguments. The structures on the wire are those of `protocol::room`.
//!
//! | file | what | section |
//! |---|---|---|
//! | `content` | the message that is franked: its tag, and whom and where it claims to be from | 5.4.1.1 |
//! | `aad` | the tag in the authenticated data of a message | 5.4.1.1 |
//! | `context` | what a frank is computed and signed over | 5.4.1.2 |
//! | `mac` | HMAC-SHA256 | |
//! | `signature` | SignWithLabel and VerifyWithLabel by cipher suite | |
//! | `hub` | the hub's half | 5.4.1.2 |
//! | `domain` | the domain that a franking agent is of | 5.4.1.3 |
//! | `receiver` | what a receiver checks | 5.4.1.3 |
//! | `report` | what the hub checks of a report | 5.9 |

mod aad;
mod content;
mod context;
mod domain;
mod hub;
mod mac;
mod receiver;
mod report;
mod signature;

#[cfg(test)]
mod tests;

pub use aad::{authenticated_data, tag_in};
pub use content::{Framing, FrankedContent};
pub use context::{Context, LABEL};
pub use hub::{Hub, Submitted};
pub use receiver::Received;
pub use report::Report;
