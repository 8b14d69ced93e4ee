//! Named, seeded bugs: the reference implementation with one realistic fault each, and the matrix that
//! shows which vectors catch which. The codec knows nothing of them: a bug changes what it is asked or
//! what it answers.
//!
//! | file | what |
//! |---|---|
//! | `bug` | what a bug is; the list of all; the faulty implementation |
//! | `tree` | octets as a tree that keeps every width and length, to be mended or spoilt |
//! | `lenient` | decoders that take what they must refuse |
//! | `narrow` | decoders that refuse what they must take |
//! | `careless` | decoders that take the right documents and hand on the wrong message |
//! | `encode`, `message_id`, `parts`, `judge`, `thread`, `external`, `nohtml` | the other operations |
//! | `matrix` | every bug against every case |

mod bug;
mod careless;
mod encode;
mod external;
mod judge;
mod lenient;
mod matrix;
mod message_id;
mod narrow;
mod nohtml;
mod parts;
mod thread;
mod tree;

pub use bug::{Bug, Faulty, all, find};
pub use matrix::{Idle, Kill, Matrix, matrix};
