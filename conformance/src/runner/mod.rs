//! Adapters as processes or in this one, workers, timeouts, restarts, selection.
//!
//! | file | what |
//! |---|---|
//! | `target` | what a name on the command line stands for: a built-in adapter or a program |
//! | `process` | one adapter process: requests, answers, time limits, and how it ended |
//! | `pipe` | bounded reading of its stdout and stderr |
//! | `worker` | who answers a case: a process, restarted when need be, or this one |
//! | `session` | one implementation's run: workers, order, verdicts |
//! | `select` | which cases, and in which order |

mod pipe;
mod process;
mod select;
mod session;
mod target;
mod worker;

pub use pipe::{Event, MAX_LINE};
pub use process::{Limits, Process};
pub use select::{Job, Selection, Shard, jobs, matcher, shuffle};
pub use session::{Judged, Session, Settings, default_workers};
pub use target::{Command, Target};
pub(crate) use worker::{Asked, Worker};
