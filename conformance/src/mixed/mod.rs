//! Scenarios played by several implementations at once: roles spread over them, so that every pair meets in every pair
//! of roles with few runs.
//!
//! | file | what |
//! |---|---|
//! | `cover` | which implementation has which role in which run |
//! | `speaker` | an implementation that is asked, in this process or in its own |
//! | `room` | a hub and its clients, over the operations of `SESSIONS.md` |
//! | `play` | a scenario's steps, one after the other |
//! | `table` | it, for a terminal |
//! | `matrix` | what became of it: who committed, who received |

mod cover;
mod matrix;
mod play;
mod room;
mod speaker;
mod table;

pub use cover::{Assignment, cover};
pub use matrix::{Cell, Matrix, Played, run, runs};
pub use play::{Trouble, What};
pub use table::{Came, came, json, render};
