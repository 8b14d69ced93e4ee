//! Pictures of a run: who said what to whom, and where the commits of a group lead.
//!
//! | file | what |
//! |---|---|
//! | `diagram` | a trace → lanes and rows |
//! | `relay` | one arrow for what a provider only passed on |
//! | `graph` | a trace → partitions, commits between them, who is where at the end |
//! | `wrapped` | a commit of an encrypted ratchet tree: what the hub has, what a member sees |
//! | `words` | names of places, text that can be shown |
//! | `svg` | both as one picture, for light and for dark backgrounds |
//! | `terminal` | both as text of 100 columns |

mod diagram;
mod graph;
mod relay;
pub mod svg;
pub mod terminal;
mod words;
pub mod wrapped;

pub use words::letter;
pub(crate) use words::plain;
