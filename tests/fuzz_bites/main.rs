//! The oracles bite: subjects that are wrong in one way are reported, honest ones are not.
#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod client;
mod commits;
mod doubles;
mod hub;
mod room;
mod trees;
mod wire;
mod world;
