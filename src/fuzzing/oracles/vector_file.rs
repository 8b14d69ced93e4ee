use crate::fuzzing::{Verdict, holds};
use crate::vector::File;

/// Any text: reading it is total; what was read has one canonical text, which reads back as the same file.
///
/// # Errors
/// The property that does not hold.
pub fn vector_file(text: &str) -> Verdict {
    let Ok(file) = File::parse(text) else { return Ok(()) };
    let canonical = file.canonical().map_err(|e| format!("cannot be written: {e}"))?;
    let again = File::parse(&canonical).map_err(|e| format!("cannot be read back: {e}: {canonical}"))?;
    holds(again == file, || format!("read back otherwise: {canonical}"))?;
    holds(again.canonical().as_ref() == Ok(&canonical), || format!("written otherwise: {canonical}"))
}
