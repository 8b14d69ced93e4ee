//! Who else gave the same answers.
//!
//! | file | what |
//! |---|---|
//! | `record` | `vectors/witnesses/record.json`: who was asked what, and confirmed or refuted it |
//! | `testimony` | a run → what the implementation confirms and refutes |
//! | `apply` | the record → `witnesses` and `unconfirmed` in vector files |

mod apply;
mod record;
mod testimony;

pub use apply::apply;
pub use record::{Implementation, PATH, Record, digest};
pub use testimony::testimony;
