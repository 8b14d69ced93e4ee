//! Section 12.2: what a list of proposals has at most once, and what stands alone.

use super::refuse;
use crate::mls::anatomy::Commit;
use crate::mls::member::Result;
use crate::mls::open::staged;
use crate::reason::mls as reason;
use crate::wire::tls::{Reader, WireError};
use openmls::prelude::{Proposal, QueuedProposal};
use std::collections::BTreeSet;

/// A ReInit by value.
const REINIT: [u8; 3] = [1, 0, 5];

/// What there may be one of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::mls) enum Once {
    /// A reference to a proposal.
    Reference(Vec<u8>),
    /// A change of a leaf.
    Leaf(u32),
    /// A client, by its signature key.
    Client(Vec<u8>),
    Extensions,
    ExternalInit,
}

impl Once {
    const fn twice(&self) -> &'static str {
        match self {
            Self::Reference(_) => "one proposal is referred to twice",
            Self::Leaf(_) => "two changes of one leaf",
            Self::Client(_) => "a client is added twice",
            Self::Extensions => "two GroupContextExtensions",
            Self::ExternalInit => "two ExternalInits",
        }
    }
}

/// Whether a commit's list is one, as far as the library does not look. `referred` says what a proposal is that a
/// commit refers to: the reference comes with its length in front.
///
/// # Errors
/// Something is there twice, or beside what stands alone.
pub(in crate::mls) fn proposals(commit: &Commit, referred: impl Fn(&[u8]) -> Option<Once>) -> Result<()> {
    let mut seen = BTreeSet::new();
    if commit.proposals.len() > 1 && commit.proposals.iter().any(|octets| octets.starts_with(&REINIT)) {
        return Err(refuse(reason::BAD_PROPOSALS, "a ReInit beside other proposals"));
    }
    for octets in &commit.proposals {
        let read = by_value(octets).map_err(|e| refuse(reason::MLS_MALFORMED, e))?;
        let (once, reference) = match read {
            Listed::Value(once) => (once, None),
            Listed::Reference(reference) => (referred(&reference), Some(Once::Reference(reference))),
        };
        for once in reference.into_iter().chain(once) {
            let twice = once.twice();
            if !seen.insert(once) {
                return Err(refuse(reason::BAD_PROPOSALS, twice));
            }
        }
    }
    Ok(())
}

enum Listed {
    Value(Option<Once>),
    /// With its length in front.
    Reference(Vec<u8>),
}

/// Octets of `version` and `cipher_suite` in a KeyPackage.
const VERSION_AND_SUITE: usize = 4;

fn by_value(octets: &[u8]) -> std::result::Result<Listed, WireError> {
    let mut r = Reader::new(octets);
    if r.u8("proposal_or_ref_type")? != 1 {
        return Ok(Listed::Reference(r.rest().to_vec()));
    }
    Ok(Listed::Value(match r.u16("proposal_type")? {
        1 => {
            r.take(VERSION_AND_SUITE, "version, cipher_suite")?;
            r.opaque("init_key")?;
            r.opaque("encryption_key")?;
            Some(Once::Client(r.opaque("signature_key")?.to_vec()))
        }
        3 => Some(Once::Leaf(r.u32("removed")?)),
        6 => Some(Once::ExternalInit),
        7 => Some(Once::Extensions),
        _ => None,
    }))
}

/// What a proposal is that was sent before the commit.
pub(in crate::mls) fn of_queued(queued: &QueuedProposal) -> Option<Once> {
    let own = || staged::member(queued.sender()).map(Once::Leaf);
    match queued.proposal() {
        Proposal::Add(add) => Some(Once::Client(add.key_package().leaf_node().signature_key().as_slice().to_vec())),
        Proposal::Remove(remove) => Some(Once::Leaf(remove.removed().u32())),
        Proposal::Update(_) | Proposal::SelfRemove => own(),
        Proposal::GroupContextExtensions(_) => Some(Once::Extensions),
        _ => None,
    }
}
