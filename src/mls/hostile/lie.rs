use super::fault::Fault;
use crate::crypto::faults::{self, Does, Edit, Faults, Kind, Select};
use crate::mls::anatomy::{broken, nodes};
use crate::mls::member::{Listed, Result};
use crate::protocol::CipherSuite;
use crate::wire::tls::{Reader, WireError};

const FLIP: Edit = Edit::FlipBit(0);

fn on(kind: Kind, label: &str, does: Does) -> faults::Fault {
    faults::Fault { on: Select::every(kind).labelled(label), does }
}

/// What is known of the group while the lie is prepared.
pub(super) struct Scene<'a> {
    pub suite: CipherSuite,
    /// The tree before the commit: octets of `optional<Node> ratchet_tree<V>`.
    pub tree: &'a [u8],
    /// The tree after the honest commit.
    pub after: &'a [u8],
    /// Leaf of the committer.
    pub me: u32,
    /// Everybody else who is there before and after.
    pub others: &'a [Listed],
    /// The calls of the honest commit.
    pub calls: &'a Faults,
}

/// What the committer's cryptography does wrong; nothing for faults of another technique.
pub(super) fn plan(fault: Fault, scene: &Scene<'_>) -> Result<Vec<faults::Fault>> {
    let seal = |does| on(Kind::HpkeSeal, "MLS 1.0 UpdatePathNode", does);
    let sign = |label, does| on(Kind::Sign, label, does);
    Ok(match fault {
        Fault::WrongSignature | Fault::ExternalWrongSignature => {
            vec![sign("MLS 1.0 FramedContentTBS", Does::Output(Edit::FlipBit(70)))]
        }
        Fault::MissingSignature => vec![sign("MLS 1.0 FramedContentTBS", Does::Output(Edit::Cut(0)))],
        Fault::WrongMembershipTag => vec![on(Kind::Hmac, "membership tag", Does::Output(FLIP))],
        Fault::ShortMembershipTag => vec![on(Kind::Hmac, "membership tag", Does::Output(Edit::Cut(31)))],
        Fault::WrongConfirmationTag => vec![on(Kind::Hmac, "confirmation tag", Does::Output(FLIP))],
        Fault::ShortConfirmationTag => vec![on(Kind::Hmac, "confirmation tag", Does::Output(Edit::Cut(31)))],
        Fault::WrongLeafSignature => vec![sign("MLS 1.0 LeafNodeTBS", Does::Output(Edit::FlipBit(70)))],
        Fault::WrongParentHash => vec![on(Kind::Hash, "parent hash", Does::Output(FLIP))],
        Fault::WrongTreeHash => roots(scene)?,
        Fault::FragmentedPathOne | Fault::FragmentedPathHalf | Fault::FragmentedPathAllButOne => {
            let others = scene.others.len();
            let victims = match fault {
                Fault::FragmentedPathOne => 1,
                Fault::FragmentedPathHalf => others / 2,
                _ => others.saturating_sub(1),
            };
            victims_of(scene, victims)?
        }
        Fault::ShortPathSecret => vec![seal(Does::Input(Edit::Cut(5)))],
        Fault::DamagedPathCiphertext => vec![seal(Does::Output(FLIP))],
        Fault::DamagedPathEncapsulation => {
            // Of a point on P-256 the last bit of its y: the first octet only says how it is written.
            vec![seal(Does::Encapsulated(Edit::FlipBit(255)))]
        }
        _ => vec![],
    })
}

/// A public key in the path and another one that stands in its place, for faults that are this.
pub(super) fn key_instead(fault: Fault, scene: &Scene<'_>, stranger: &[u8]) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    Ok(match fault {
        Fault::LeafNotUpdated => {
            let leaf = usize::try_from(scene.me).unwrap_or(usize::MAX).saturating_mul(2);
            Some((key(scene.after, leaf)?, key(scene.tree, leaf)?))
        }
        Fault::StrangeRootKey => {
            let root =
                (nodes(scene.after).map_err(broken)?.len().saturating_add(1) / 2).next_power_of_two().saturating_sub(1);
            Some((key(scene.after, root)?, init_key(stranger).map_err(broken)?))
        }
        _ => None,
    })
}

/// `init_key` of a KeyPackage: a key that is well-formed, and in no tree.
pub(super) fn init_key(key_package: &[u8]) -> std::result::Result<Vec<u8>, WireError> {
    let mut r = Reader::new(key_package);
    r.take(4, "version, cipher_suite")?;
    r.opaque("init_key").map(<[u8]>::to_vec)
}

/// Whoever is first among the others, by the keys of their leaves: their secrets have one bit flipped.
fn victims_of(scene: &Scene<'_>, count: usize) -> Result<Vec<faults::Fault>> {
    let mut lies = vec![];
    for victim in scene.others.iter().rev().take(count) {
        let node = usize::try_from(victim.leaf).unwrap_or(usize::MAX).saturating_mul(2);
        let on = Select::every(Kind::HpkeSeal).labelled("MLS 1.0 UpdatePathNode").about(&key(scene.tree, node)?);
        lies.push(faults::Fault { on, does: Does::Input(FLIP) });
    }
    Ok(lies)
}

/// The hashes of roots: those whose value no other tree hash is computed from.
fn roots(scene: &Scene<'_>) -> Result<Vec<faults::Fault>> {
    let calls = scene.calls.calls();
    let hashes: Vec<_> = calls.iter().filter(|c| c.kind == Kind::Hash && c.label == "tree hash").collect();
    let mut lies = vec![];
    for call in &hashes {
        let value = scene.suite.hash(&call.about).ok_or_else(|| broken("a suite without a hash"))?;
        let used = hashes.iter().any(|other| other.about.windows(value.len()).any(|part| part == value));
        // The two children in front of it: what is short is a leaf.
        if !used && call.about.first() == Some(&2) {
            lies.push(faults::Fault::always(call, Does::Output(FLIP)));
        }
    }
    Ok(lies)
}

/// `encryption_key` of a node of `optional<Node> ratchet_tree<V>`, by its index.
///
/// # Errors
/// The octets are no tree, or the node is blank.
pub fn key(tree: &[u8], node: usize) -> Result<Vec<u8>> {
    let found = nodes(tree).map_err(broken)?.into_iter().nth(node).flatten();
    found.map(|node| node.key.to_vec()).ok_or_else(|| broken(format!("node {node} is blank")))
}
