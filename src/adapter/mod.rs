//! The contract between the judge and an implementation: one request, one answer (`conformance/README.md`).
//!
//! | file | what |
//! |---|---|
//! | `protocol` | requests, answers, `hello`; strict about what an adapter may say |
//! | `client` | the operations of clients over any MLS library |
//! | `input` | typed reading of an operation's input |
//! | `policy` | room policy as the operations write it |
//! | `session` | what a session is to whoever serves it |
//! | `reference` | the reference implementation behind that contract, one function an operation |

#[cfg(feature = "mls")]
pub mod client;
mod input;
mod policy;
mod protocol;
pub mod reference;
mod session;

pub use protocol::{Answer, Hello, Implementation, PROTOCOL, ProtocolError, Rejection, Request, Response, stateful};
