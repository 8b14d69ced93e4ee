//! What a run amounts to, and every form in which it is shown.
//!
//! | file | for whom |
//! |---|---|
//! | `model` | results of an invocation, as the runner fills them in |
//! | `tally` | how many cases, of what kind, came out how |
//! | `text` | what every form says the same way: labels, differences, shortened inputs |
//! | [`terminal`] | a person at a terminal |
//! | [`json`] | programs, and later runs that compare with this one |
//! | [`junit`], [`tap`] | continuous integration |
//! | [`markdown`] | a job's summary |
//! | [`html`] | a person with time: one page, no other resources |
//!
//! Texts from outside (adapters, their stderr) are hostile; every form passes them through `text::plain` and its own
//! escaping. Nothing here reads a clock or the machine.

pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
mod model;
mod tally;
pub mod tap;
pub mod terminal;
mod text;

#[cfg(test)]
mod fixture;

pub use model::{CaseResult, Counts, Final, Report, Run};
pub use tally::Tally;
