//! What a run amounts to, and every form in which it is shown.

mod model;

pub use model::{CaseResult, Counts, Final, Report, Run};
