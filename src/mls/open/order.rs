//! Proposals in an order that no hash map decides.
//!
//! A commit has at most one proposal for each leaf: an Update, a Remove or a SelfRemove. The library collects those in a
//! hash map that is seeded by the system, and writes them in its order. So the proposals are chosen here, by the
//! library's own rules, and the library is asked again until the content that it wants to sign has them by leaf. Each
//! time it starts from the same randomness, so what it signs in the end is the same in every run.

use crate::crypto::SignatureKeys;
use crate::crypto::faults::FaultySigner;
use crate::mls::member::Result;
use openmls::group::QueuedProposal;
use openmls::prelude::tls_codec::Serialize;
use openmls::prelude::{Proposal, ProposalOrRefType, Sender, SignatureScheme};
use openmls_traits::signatures::{Signer, SignerError};
use std::cell::Cell;
use std::collections::BTreeMap;

/// More than this many are refused: the one order of n! comes by chance, 720 times asked for 6.
pub(super) const MOST: usize = 6;

/// Label of what a commit's signature is over (RFC 9420 sections 5.1.2 and 6.1), as `opaque<V>`.
const CONTENT: &[u8] = b"\x18MLS 1.0 FramedContentTBS";

/// The proposals for leaves that a commit will have, by leaf, each as `ProposalOrRef` (RFC 9420 section 12.4).
#[derive(Debug, Default)]
pub(super) struct Chosen(BTreeMap<u32, (Rank, Vec<u8>)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Update,
    Remove,
    SelfRemove,
}

impl Chosen {
    /// Chooses among the proposals received, oldest first, and the leaves to remove by value.
    pub(super) fn new<'a>(
        received: impl Iterator<Item = &'a QueuedProposal>,
        own_leaf: u32,
        remove: &[u32],
    ) -> Result<Self> {
        let mut chosen = Self::default();
        for queued in received {
            let Some((leaf, rank)) = about(queued) else { continue };
            // The library drops one's own Updates: a path does what they ask for.
            if rank != Rank::Update || leaf != own_leaf {
                chosen.offer(leaf, rank, reference(queued)?);
            }
        }
        for leaf in remove {
            chosen.offer(*leaf, Rank::Remove, by_value(*leaf));
        }
        Ok(chosen)
    }

    /// The later one of the same rank wins.
    fn offer(&mut self, leaf: u32, rank: Rank, octets: Vec<u8>) {
        if self.0.get(&leaf).is_none_or(|(before, _)| *before <= rank) {
            self.0.insert(leaf, (rank, octets));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How often it may be asked before chance can be excluded as the reason.
    pub(super) fn tries(&self) -> usize {
        (1..=self.len()).product::<usize>().saturating_mul(40)
    }

    /// Whether a proposal is in the commit.
    pub(super) fn has(&self, queued: &QueuedProposal) -> bool {
        let Some((leaf, _)) = about(queued) else { return true };
        let octets = match queued.proposal_or_ref_type() {
            ProposalOrRefType::Proposal => Some(by_value(leaf)),
            ProposalOrRefType::Reference => reference(queued).ok(),
        };
        octets.is_some_and(|octets| self.0.get(&leaf).is_some_and(|(_, chosen)| *chosen == octets))
    }

    /// Leaves that are removed by value.
    pub(super) fn by_value(&self) -> Vec<u32> {
        let leaves = self.0.iter().filter(|(leaf, (_, octets))| *octets == by_value(**leaf));
        leaves.map(|(leaf, _)| *leaf).collect()
    }

    fn octets(&self) -> Vec<u8> {
        self.0.values().flat_map(|(_, octets)| octets.clone()).collect()
    }
}

fn about(queued: &QueuedProposal) -> Option<(u32, Rank)> {
    match (queued.proposal(), queued.sender()) {
        (Proposal::Update(_), Sender::Member(leaf)) => Some((leaf.u32(), Rank::Update)),
        (Proposal::Remove(remove), _) => Some((remove.removed().u32(), Rank::Remove)),
        (Proposal::SelfRemove, Sender::Member(leaf)) => Some((leaf.u32(), Rank::SelfRemove)),
        _ => None,
    }
}

/// `reference`, and the ProposalRef.
fn reference(queued: &QueuedProposal) -> Result<Vec<u8>> {
    Ok([vec![2], queued.proposal_reference_ref().tls_serialize_detached()?].concat())
}

/// `proposal`, `remove`, and the leaf.
fn by_value(leaf: u32) -> Vec<u8> {
    [[1, 0, 3].as_slice(), &leaf.to_be_bytes()].concat()
}

/// Signs as the keys do, except for a commit whose proposals are in another order.
pub(super) struct InOrder<'a> {
    keys: &'a FaultySigner<SignatureKeys>,
    expected: Vec<u8>,
    disorder: Cell<bool>,
}

impl<'a> InOrder<'a> {
    pub(super) fn new(keys: &'a FaultySigner<SignatureKeys>, chosen: &Chosen) -> Self {
        Self { keys, expected: chosen.octets(), disorder: Cell::new(false) }
    }

    /// Signs whatever the order.
    pub(super) fn any(keys: &'a FaultySigner<SignatureKeys>) -> Self {
        Self { keys, expected: vec![], disorder: Cell::new(false) }
    }

    /// Whether it has refused to sign; it can be asked once.
    pub(super) fn refused(&self) -> bool {
        self.disorder.take()
    }
}

impl Signer for InOrder<'_> {
    fn sign(&self, payload: &[u8]) -> std::result::Result<Vec<u8>, SignerError> {
        let n = self.expected.len();
        if n > 0 && payload.starts_with(CONTENT) && !payload.windows(n).any(|octets| octets == self.expected) {
            self.disorder.set(true);
            return Err(SignerError::SigningError);
        }
        self.keys.sign(payload)
    }

    fn signature_scheme(&self) -> SignatureScheme {
        self.keys.signature_scheme()
    }
}
