//! Long random walks of real devices and a real hub, beside an abstract model of the group: who is in it, in which epoch,
//! who went astray, and what everybody must have heard.
//!
//! | file | what |
//! |---|---|
//! | `model` | the abstract group, and what may happen in it |
//! | `real` | the same on devices of both libraries |
//! | `walk` | walks, and wrong members and hubs that they must report |

#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../fuzz_bites/doubles.rs"]
mod doubles;
mod model;
mod real;
mod walk;
