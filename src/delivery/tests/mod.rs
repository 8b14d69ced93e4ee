//! What hubs hold to, tried on small groups.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

mod follower;
mod forge;
mod forks;
mod groups;
mod key_packages;
mod limits;
mod room;
mod tracking;
mod trees;
mod welcomes;
