//! Vector files: what they are, how they are made, how an answer is judged, what makes a file sound.
//!
//! | file | what |
//! |---|---|
//! | `file` | the format of `vectors/README.md` as types; reading and canonical writing |
//! | `judge` | a case and the answers to its steps → an outcome |
//! | `forge` | builds octets and their description side by side, right or wrong, without the codec |
//! | `families` | every family: its cases, with expectations written down, not computed by what they test |

pub mod families;
mod file;
pub mod forge;
mod judge;

pub use file::{
    About, Case, Contested, Expect, File, FileError, Group, Level, Note, Reading, Sealed, Source, SourceKind, Spec,
    Step, StepRef, Verdict, Witness,
};
pub use judge::{Dialect, Outcome, Profile, goes_on, judge, judge_steps, step_name};
