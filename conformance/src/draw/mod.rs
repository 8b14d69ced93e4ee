//! Pictures of a run.

/// A, B, … Z, A1, B1, …
#[must_use]
pub fn letter(n: usize) -> String {
    let letter = u8::try_from(n % 26).map_or('?', |n| char::from(b'A' + n));
    match n / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}
