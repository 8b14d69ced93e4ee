//! Every family of vectors.

use super::File;

/// A family: its name, and what makes its file.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// E.g. `content/decode`; its file is `vectors/content/decode.json`.
    pub name: &'static str,
    /// Makes the file, witnesses apart.
    pub generate: fn() -> File,
}

/// Every family, in the order of their names.
pub const ALL: &[Family] = &[];
