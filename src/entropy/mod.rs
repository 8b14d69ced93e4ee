//! One seed, many named streams of octets. Nothing else in this crate may ask for randomness.

mod stream;

pub use stream::{Seed, Stream};
