use std::fmt;

/// Who is to blame for a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blame {
    /// The octets themselves: nobody can make sense of them.
    Malformed,
    /// A well-formed document that its writer was not allowed to write.
    Nonconforming,
    /// A conforming document, used in a way that a peer must not.
    Misbehaviour,
    /// Local policy or a missing feature of this side.
    Policy,
    /// The caller of our own interface.
    Caller,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub code: &'static str,
    pub blame: Blame,
    pub requirement: &'static str,
    pub text: &'static str,
}

/// One stable reason for a refusal; compares by its code.
#[derive(Clone, Copy)]
pub struct Reason(pub(super) &'static Entry);

impl Reason {
    /// The stable kebab-case code, e.g. `salt-length`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// Who is to blame.
    #[must_use]
    pub const fn blame(self) -> Blame {
        self.0.blame
    }

    /// Id of the requirement (in the ledger) that is broken; empty for misuse of our own interface.
    #[must_use]
    pub const fn requirement(self) -> &'static str {
        self.0.requirement
    }

    /// One line for people.
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.0.text
    }
}

impl PartialEq for Reason {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Eq for Reason {}

impl PartialOrd for Reason {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reason {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.code.cmp(other.0.code)
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

/// Every reason of every family, in table order.
pub fn all() -> impl Iterator<Item = Reason> {
    [
        super::content::ALL,
        super::wire::ALL,
        super::mls::ALL,
        super::delivery::ALL,
        super::room::ALL,
        super::franking::ALL,
        super::tree::ALL,
        super::policy::ALL,
        super::recovery::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The reason with this code.
#[must_use]
pub fn find(code: &str) -> Option<Reason> {
    all().find(|r| r.code() == code)
}

/// Declares a family's reasons as constants and lists them in `ALL`.
macro_rules! reasons {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, $blame:ident, $req:literal, $text:literal; )*) => {
        $( $(#[$doc])* #[doc = $text]
           pub const $name: $crate::reason::Reason = $crate::reason::Reason(&$crate::reason::table::Entry {
               code: $code, blame: $crate::reason::Blame::$blame, requirement: $req, text: $text }); )*
        /// Every reason of this family.
        pub const ALL: &[$crate::reason::Reason] = &[$($name),*];
    };
}
pub(super) use reasons;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut seen = BTreeSet::new();
        for r in all() {
            assert!(seen.insert(r.code()), "{r} twice");
            assert!(r.code().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{r}");
            assert_eq!(find(r.code()), Some(r));
        }
        assert_eq!(find("no-such-reason"), None);
    }
}
