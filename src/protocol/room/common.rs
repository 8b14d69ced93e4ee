use super::part::{Octets, Part};
use super::walked::{Extensions, GroupInfo, RatchetTree};
use crate::protocol::EncodeError;
use crate::reason::wire as reason;
use crate::wire::tls::{Reader, WireError, Writer};

/// A value of an enumeration in one octet, or the refusal of every value that is not listed.
pub(super) fn listed<T>(
    r: &mut Reader,
    field: &'static str,
    known: impl FnOnce(u8) -> Option<T>,
) -> Result<T, WireError> {
    let offset = r.offset();
    let value = r.u8(field)?;
    known(value).map_or_else(|| Reader::refuse(offset, reason::WIRE_UNKNOWN_ENUM, field), Ok)
}

/// Protocol (section 5): `mls10(1)` is the only one with a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protocol;

impl Part for Protocol {
    fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
        listed(r, field, |value| (value == 1).then_some(Self))
    }

    fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
        w.u8(1);
        Ok(())
    }
}

/// RatchetTreeOption (draft-mahy-mls-ratchet-tree-options section 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatchetTreeOption {
    /// 1: the tree.
    Full(RatchetTree),
    /// 2: where it is to be had, and a signature.
    HttpsUri {
        /// An https URL.
        ratchet_tree_url: Octets,
        /// Of what, the document does not say.
        tree_signature: Octets,
    },
    /// 3: it comes by another way.
    OutOfBand {
        /// Of what, the document does not say.
        tree_signature: Octets,
    },
    /// 4: the hub has it.
    DistributionService,
}

impl Part for RatchetTreeOption {
    fn read_part(r: &mut Reader, _: &'static str) -> Result<Self, WireError> {
        let representation = listed(r, "representation", |value| (1..=4).contains(&value).then_some(value))?;
        Ok(match representation {
            1 => Self::Full(Part::read_part(r, "ratchet_tree")?),
            2 => Self::HttpsUri {
                ratchet_tree_url: Part::read_part(r, "ratchet_tree_url")?,
                tree_signature: Part::read_part(r, "tree_signature")?,
            },
            3 => Self::OutOfBand { tree_signature: Part::read_part(r, "tree_signature")? },
            _ => Self::DistributionService,
        })
    }

    fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
        match self {
            Self::Full(tree) => tree.write_part(w.u8(1), "ratchet_tree"),
            Self::HttpsUri { ratchet_tree_url, tree_signature } => {
                ratchet_tree_url.write_part(w.u8(2), "ratchet_tree_url")?;
                tree_signature.write_part(w, "tree_signature")
            }
            Self::OutOfBand { tree_signature } => tree_signature.write_part(w.u8(3), "tree_signature"),
            Self::DistributionService => {
                w.u8(4);
                Ok(())
            }
        }
    }
}

/// GroupInfoOption (section 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupInfoOption {
    /// 1: all of it, without the framing of an MLSMessage.
    Full(GroupInfo),
    /// 2: what the hub cannot make by itself.
    Partial(PartialGroupInfo),
}

impl Part for GroupInfoOption {
    fn read_part(r: &mut Reader, _: &'static str) -> Result<Self, WireError> {
        let representation = listed(r, "representation", |value| (1..=2).contains(&value).then_some(value))?;
        Ok(match representation {
            1 => Self::Full(Part::read_part(r, "group_info")?),
            _ => Self::Partial(Part::read_part(r, "partial_group_info")?),
        })
    }

    fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
        match self {
            Self::Full(info) => info.write_part(w.u8(1), "group_info"),
            Self::Partial(partial) => partial.write_part(w.u8(2), "partial_group_info"),
        }
    }
}

/// PartialGroupInfo (draft-mahy-mls-ratchet-tree-options section 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialGroupInfo {
    /// Whether this epoch's GroupInfo and the last one's have a `ratchet_tree` extension.
    pub ratchet_tree_presence: TreePresence,
    /// Its extensions but for that one.
    pub group_info_extensions: Extensions,
    /// The committer's signature of the whole GroupInfo.
    pub signature: Octets,
}

impl Part for PartialGroupInfo {
    fn read_part(r: &mut Reader, _: &'static str) -> Result<Self, WireError> {
        Ok(Self {
            ratchet_tree_presence: listed(r, "ratchet_tree_presence", TreePresence::of)?,
            group_info_extensions: Part::read_part(r, "group_info_extensions")?,
            signature: Part::read_part(r, "signature")?,
        })
    }

    fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
        w.u8(self.ratchet_tree_presence.code());
        self.group_info_extensions.write_part(w, "group_info_extensions")?;
        self.signature.write_part(w, "signature")
    }
}

/// RatchetTreePresence (draft-mahy-mls-ratchet-tree-options section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreePresence {
    /// 0: neither epoch has it.
    NoRatchetTree,
    /// 1: both have.
    Present,
    /// 2: only the epoch before has.
    Removed,
    /// 3: only this epoch has.
    Added,
}

impl TreePresence {
    /// The one with this number.
    #[must_use]
    pub const fn of(code: u8) -> Option<Self> {
        Some(match code {
            0 => Self::NoRatchetTree,
            1 => Self::Present,
            2 => Self::Removed,
            3 => Self::Added,
            _ => return None,
        })
    }

    /// Its number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::NoRatchetTree => 0,
            Self::Present => 1,
            Self::Removed => 2,
            Self::Added => 3,
        }
    }
}
