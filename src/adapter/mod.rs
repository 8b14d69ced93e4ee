//! The contract between the judge and an implementation: one request, one answer (`conformance/README.md`).
//!
//! | file | what |
//! |---|---|
//! | `protocol` | requests, answers, `hello`; strict about what an adapter may say |
//! | `reference` | the reference implementation behind that contract, one function an operation |

mod protocol;
pub mod reference;

pub use protocol::{Answer, Hello, Implementation, PROTOCOL, ProtocolError, Rejection, Request, Response, stateful};
