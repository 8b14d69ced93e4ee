//! Bounded reading and canonical writing of what crosses a boundary.
//!
//! | file | what |
//! |---|---|
//! | `hex` | lower-case hexadecimal |
//! | `tls` | the TLS presentation language as MLS uses it |

pub mod hex;
pub mod tls;
