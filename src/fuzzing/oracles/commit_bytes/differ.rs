//! Where the two libraries may differ. Anything else is a finding.

use crate::mls::member::Refusal;

/// A difference that is allowed.
pub struct Difference {
    /// What it is about, for people: the library, and what it does.
    pub what: &'static str,
    /// Section of RFC 9420, and why it allows both, or that it allows only one.
    pub why: &'static str,
    /// Whether the first library (OpenMLS) is the one that refuses.
    pub first_refuses: bool,
    /// What the one that refuses says, in part.
    pub says: &'static str,
}

/// All of them.
pub const DIFFERENCES: &[Difference] = &[];

/// The difference that excuses that only one library refused, and so.
pub(super) fn excuse(first_refuses: bool, refusal: &Refusal) -> Option<&'static Difference> {
    DIFFERENCES.iter().find(|d| d.first_refuses == first_refuses && refusal.said.contains(d.says))
}
