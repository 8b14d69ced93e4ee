//! One seed, many named streams of octets. Nothing else in this crate may ask for randomness. And a clock that
//! whoever runs a machine sets, as nothing in this crate may ask what time it is either.

mod clock;
mod stream;

pub use clock::Time;
pub use stream::{Seed, Stream};
