//! The TLS presentation language (RFC 8446 section 3) with the vectors of MLS (RFC 9420 section 2.1.2).
//!
//! Canonical both ways: one value has one encoding, and the reader refuses every other. Nothing is allocated
//! because a length claims so; what is read is borrowed from the input.
//!
//! | file | what |
//! |---|---|
//! | `error` | why octets are refused, and where |
//! | `reader` | reads the octets of one input, or of one vector in it |
//! | `writer` | writes them |

mod error;
mod reader;
mod writer;

#[cfg(test)]
mod tests;

pub use error::WireError;
pub use reader::Reader;
pub use writer::{MAX_VECTOR, TooLong, Writer};
