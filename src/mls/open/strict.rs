//! Rules of RFC 9420 that the library does not hold a commit against: found by rewriting commits of this suite's own
//! members (`mls::hostile`).
//!
//! It takes several Removes of a leaf, several Adds of one KeyPackage, several GroupContextExtensions and several
//! ExternalInits for one, and a ReInit beside other proposals (section 12.2), and it pairs the ciphertexts of a path with the nodes that they are for as far as both
//! go (section 7.6).

use super::refusal::refuse;
use crate::crypto::Provider;
use crate::mls::anatomy::{Commit, Framed, Node, Path, nodes};
use crate::mls::member::Result;
use crate::reason::mls as reason;
use crate::wire::tls::{Reader, WireError};
use openmls::group::{MlsGroup, QueuedAddProposal, StagedCommit};
use openmls::prelude::tls_codec::Serialize;
use openmls::prelude::{OpenMlsProvider, Proposal, QueuedProposal};
use std::collections::BTreeSet;

/// Octets of `version` and `wire_format`; the second of the latter.
const FRAME: usize = 4;
const PUBLIC: u8 = 1;

/// A commit as it was sent: read from the message, or from what was decrypted of it.
pub(super) fn commit(octets: &[u8], provider: &Provider) -> Result<Commit> {
    let read = match octets.get(FRAME - 1) {
        Some(&PUBLIC) => Framed::read(octets.get(FRAME..).unwrap_or_default()).map(|framed| framed.commit),
        _ => Commit::read(&mut Reader::new(&provider.crypto().opened())),
    };
    read.map_err(|e: WireError| refuse(reason::MLS_MALFORMED, &e.to_string()))
}

/// A ReInit by value.
const REINIT: [u8; 3] = [1, 0, 5];

/// What there may be one of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Once {
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

/// Section 12.2: what a list of proposals has at most once, and what stands alone.
pub(super) fn proposals(commit: &Commit, group: &MlsGroup) -> Result<()> {
    let mut seen = BTreeSet::new();
    if commit.proposals.len() > 1 && commit.proposals.iter().any(|octets| octets.starts_with(&REINIT)) {
        return Err(refuse(reason::BAD_PROPOSALS, "a ReInit beside other proposals"));
    }
    for octets in &commit.proposals {
        let read = by_value(octets).map_err(|e| refuse(reason::MLS_MALFORMED, &e.to_string()))?;
        let (once, referred) = match read {
            Listed::Value(once) => (once, None),
            Listed::Reference(reference) => {
                let is = |queued: &&QueuedProposal| {
                    queued.proposal_reference_ref().tls_serialize_detached().is_ok_and(|octets| octets == reference)
                };
                let once = group.pending_proposals().find(is).and_then(of_queued);
                (once, Some(Once::Reference(reference)))
            }
        };
        for once in referred.into_iter().chain(once) {
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

fn by_value(octets: &[u8]) -> std::result::Result<Listed, WireError> {
    let mut r = Reader::new(octets);
    if r.u8("proposal_or_ref_type")? != 1 {
        return Ok(Listed::Reference(r.rest().to_vec()));
    }
    Ok(Listed::Value(match r.u16("proposal_type")? {
        1 => {
            r.take(FRAME, "version, cipher_suite")?;
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

fn of_queued(queued: &QueuedProposal) -> Option<Once> {
    let own = || super::staged::member(queued.sender()).map(Once::Leaf);
    match queued.proposal() {
        Proposal::Add(add) => Some(Once::Client(add.key_package().leaf_node().signature_key().as_slice().to_vec())),
        Proposal::Remove(remove) => Some(Once::Leaf(remove.removed().u32())),
        Proposal::Update(_) | Proposal::SelfRemove => own(),
        Proposal::GroupContextExtensions(_) => Some(Once::Extensions),
        _ => None,
    }
}

/// Leaves that a commit adds, as octets of their LeafNodes.
pub(super) fn added(commit: &StagedCommit) -> Result<BTreeSet<Vec<u8>>> {
    let leaf = |add: QueuedAddProposal| add.add_proposal().key_package().leaf_node().tls_serialize_detached();
    let leaves: std::result::Result<_, _> = commit.add_proposals().map(leaf).collect();
    leaves.map_err(|e| refuse(reason::MLS_OTHER, &e.to_string()))
}

/// Section 7.6: a node of the path has one ciphertext for each node of its copath child's resolution, leaves left out that
/// the commit adds. A path changes no resolution beside it, so the tree after the commit tells.
pub(super) fn ciphertexts(path: &Path, added: &BTreeSet<Vec<u8>>, after: &[u8]) -> Result<()> {
    let after = nodes(after).map_err(|e| refuse(reason::BAD_TREE, &e.to_string()))?;
    let leaf = |(_, node): &(u32, &Option<Node>)| node.as_ref().is_some_and(|node| node.octets == path.leaf);
    let missing = || refuse(reason::BAD_UPDATE_PATH, "the leaf of the path is not in the tree");
    let (mut x, _) = (0..).zip(&after).find(leaf).ok_or_else(missing)?;
    let tree = Resolving { nodes: &after, added };
    let width = u32::try_from(after.len()).unwrap_or(u32::MAX).saturating_add(1).next_power_of_two();
    let mut sent = path.nodes.iter();
    while let Some((above, beside)) = up(x, width) {
        let resolution = tree.resolution(beside);
        if !resolution.is_empty() {
            let wanted = resolution.iter().filter(|node| !tree.is_new(**node)).count();
            if sent.next().is_none_or(|(_, ciphertexts)| ciphertexts.len() != wanted) {
                return Err(refuse(reason::BAD_UPDATE_PATH, "not as many ciphertexts as the resolution has nodes"));
            }
        }
        x = above;
    }
    Ok(())
}

/// The parent of a node and the parent's other child, in a tree of `width - 1` nodes.
fn up(x: u32, width: u32) -> Option<(u32, u32)> {
    let half = 1_u32.checked_shl(x.trailing_ones())?;
    if half.saturating_mul(2) >= width {
        return None;
    }
    let right = x & half.saturating_mul(2) != 0;
    if right { Some((x - half, x - half.saturating_mul(2))) } else { Some((x + half, x + half.saturating_mul(2))) }
}

struct Resolving<'a> {
    nodes: &'a [Option<Node<'a>>],
    added: &'a BTreeSet<Vec<u8>>,
}

impl Resolving<'_> {
    fn node(&self, x: u32) -> Option<&Node<'_>> {
        self.nodes.get(usize::try_from(x).ok()?)?.as_ref()
    }

    fn is_new(&self, x: u32) -> bool {
        self.node(x).is_some_and(|node| self.added.contains(node.octets))
    }

    /// Section 4.1.1.
    fn resolution(&self, top: u32) -> Vec<u32> {
        let (mut found, mut open) = (vec![], vec![top]);
        while let Some(x) = open.pop() {
            if let Some(node) = self.node(x) {
                found.push(x);
                found.extend(node.unmerged.iter().map(|leaf| leaf.saturating_mul(2)));
            } else if x % 2 == 1 {
                let half = (1_u32 << x.trailing_ones()) / 2;
                open.extend([x - half, x + half]);
            }
        }
        found
    }
}
