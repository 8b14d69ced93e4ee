//! Where the two libraries may differ. Anything else is a finding.
//!
//! That a member who is removed by a commit believes more than others is in `agree`: it holds for both libraries.

use crate::mls::member::Refusal;

/// A difference that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub what: &'static str,
    /// Section of the document, and what it says of it.
    pub why: &'static str,
    /// Whether the first library (OpenMLS) is the one that refuses.
    pub first_refuses: bool,
    /// What the one that refuses says, in part.
    pub says: &'static str,
    /// An input of `engines_agree` that shows it, in hex.
    pub shown_by: &'static str,
}

/// All of them.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        what: "a lifetime that has not begun at time 0",
        why: "RFC 9420 section 7.3: clocks are each client's own; mls-rs is told time 0 here, so that no clock decides",
        first_refuses: false,
        says: "current time (0) is not within key package lifetime",
        shown_by: "ebaaf9ce864fc2b4c28f68e63f",
    },
    Difference {
        what: "a lifetime that does not hold the present",
        why: "RFC 9420 section 7.3: the same; OpenMLS asks the system's clock, and can not be told otherwise",
        first_refuses: true,
        says: "not within its lifetime",
        shown_by: "872b964b941064ff61774f6bc1",
    },
    Difference {
        what: "capabilities that list types which are default",
        why: "RFC 9420 section 7.2 forbids to list them, and asks nobody to look; mls-rs looks, OpenMLS does not",
        first_refuses: false,
        says: "Default value listed",
        shown_by: "f7dd4c96bafed605e2",
    },
    Difference {
        what: "capabilities that do not list the cipher suite of the group",
        why: "RFC 9420 section 7.3 has no such check, though a leaf in a group denies there what it does; OpenMLS looks",
        first_refuses: true,
        says: "The group's ciphersuite is not listed in the leaf node's capabilities",
        shown_by: "23c328398e",
    },
    Difference {
        what: "a KeyPackage extension that the leaf's capabilities do not list",
        why: "RFC 9420 section 10 says that they must be listed, and section 10.1, which says what is checked, does not \
              name it; OpenMLS looks, mls-rs does not",
        first_refuses: true,
        says: "A key package extension is not supported in the leaf's capabilities",
        shown_by: "3f07a506646976616e16004e2a018b000000000000b0b0b0b0b0b0",
    },
    Difference {
        what: "an init_key that is a point of small order, such as 32 zero octets",
        why: "RFC 9180 section 7.1.4: a sender MUST check the shared secret for zeros. OpenMLS does, and calls it an error of \
              its own; mls-rs does not, and seals the secrets of the Welcome with what everybody can compute",
        first_refuses: true,
        says: "Error while encrypting group secrets",
        shown_by: "83ef252372d2a280f7",
    },
];

/// The difference that excuses that only one library refused, and so.
pub(super) fn excuse(first_refuses: bool, refusal: &Refusal) -> Option<&'static Difference> {
    DIFFERENCES.iter().find(|d| d.first_refuses == first_refuses && refusal.said.contains(d.says))
}
