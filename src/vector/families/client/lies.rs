//! Lies that only a member can tell: one thing is wrong, and everything around it is computed and signed as if it were
//! right. Nobody but a client that checks just this finds it out.

use super::world::{LIAR, World};
use crate::crypto::faults::{Does, Edit, Fault, Kind, Select};
use crate::mls::hostile;
use crate::mls::member::{CommitOut, Plan, Result};

/// What a lie is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lie {
    /// The public key of this node of the tree is another one, which nobody has.
    StrangeKey(usize),
    /// It is that of another node.
    KeyOf(usize, usize),
    /// Each path secret has a bit flipped before it is encrypted.
    PathSecrets,
    /// Each ciphertext of a path secret has a bit flipped.
    PathCiphertexts,
    /// The confirmation tag has a bit flipped.
    ConfirmationTag,
    /// The signature of the leaf in the path has a bit flipped.
    LeafSignature,
    /// The signature of the content has a bit flipped.
    ContentSignature,
    /// Parent hashes have a bit flipped.
    ParentHash,
    /// The signature of the GroupInfo has a bit flipped.
    GroupInfoSignature,
    /// The joiner secret in the group secrets has a bit flipped.
    JoinerSecret,
    /// The path secret in the group secrets has a bit flipped.
    JoinerPathSecret,
}

const FLIP: Edit = Edit::FlipBit(0);
/// A joiner secret of 32 octets with its length, then presence and length of the path secret.
const JOINER_PATH_SECRET: usize = 33 + 2;

/// The leaf of the liar, as a node.
pub(super) const LEAF: usize = 2;
/// Its parent, above the leaves 0 and 1.
pub(super) const PARENT: usize = 1;
/// The root of a tree of four leaves.
pub(super) const ROOT: usize = 3;
/// The leaf of bob, as a node.
pub(super) const BOB: usize = 4;

fn labelled(kind: Kind, label: &str, does: Does) -> Fault {
    Fault { on: Select::every(kind).labelled(label), does }
}

/// The faults that tell it. Key pairs are named by what they honestly are, so an honest commit is made first.
fn faults(world: &World, lie: Lie, plan: &Plan) -> Result<Vec<Fault>> {
    let seal = |label: &str, does| labelled(Kind::HpkeSeal, label, does);
    let key = |node: usize, other: &dyn Fn(&CommitOut) -> Result<Vec<u8>>| -> Result<Vec<Fault>> {
        let mut honest = world.copy();
        let out = honest.prepare(LIAR, plan)?;
        let on = Select::every(Kind::KeyPair).about(&hostile::key(&out.ratchet_tree, node)?);
        Ok(vec![Fault { on, does: Does::Output(Edit::Set(other(&out)?)) }])
    };
    Ok(match lie {
        Lie::StrangeKey(node) => {
            let elsewhere = world.copy().update("bob")?.ratchet_tree;
            return key(node, &|_| hostile::key(&elsewhere, BOB));
        }
        Lie::KeyOf(node, other) => return key(node, &|honest| hostile::key(&honest.ratchet_tree, other)),
        Lie::PathSecrets => vec![seal("MLS 1.0 UpdatePathNode", Does::Input(FLIP))],
        Lie::PathCiphertexts => vec![seal("MLS 1.0 UpdatePathNode", Does::Output(FLIP))],
        Lie::ConfirmationTag => vec![labelled(Kind::Hmac, "confirmation tag", Does::Output(FLIP))],
        Lie::LeafSignature => vec![labelled(Kind::Sign, "MLS 1.0 LeafNodeTBS", Does::Output(Edit::FlipBit(70)))],
        Lie::ContentSignature => {
            vec![labelled(Kind::Sign, "MLS 1.0 FramedContentTBS", Does::Output(Edit::FlipBit(70)))]
        }
        Lie::ParentHash => vec![labelled(Kind::Hash, "parent hash", Does::Output(FLIP))],
        Lie::GroupInfoSignature => {
            vec![labelled(Kind::Sign, "MLS 1.0 GroupInfoTBS", Does::Output(Edit::FlipBit(70)))]
        }
        Lie::JoinerSecret => vec![seal("MLS 1.0 Welcome", Does::Input(Edit::FlipBit(16)))],
        Lie::JoinerPathSecret => {
            vec![seal("MLS 1.0 Welcome", Does::Input(Edit::FlipBit(8 * JOINER_PATH_SECRET)))]
        }
    })
}

/// A commit of the liar with this lie in it. Nobody here has followed it.
pub(super) fn commit(world: &World, lie: Lie, plan: &Plan) -> Result<CommitOut> {
    let faults = faults(world, lie, plan)?;
    world.lie(&faults, |member| member.commit(plan))
}

/// An application message of the liar in which the octets that follow the signature are padded with these.
pub(super) fn padded(world: &World, data: &[u8], padding: &[u8]) -> Result<Vec<u8>> {
    let fault = labelled(Kind::AeadEncrypt, "message", Does::Input(Edit::Append(padding.to_vec())));
    world.lie(&[fault], |member| member.send(data, &[]))
}

/// One whose signature has a bit flipped, under a ciphertext that is right.
pub(super) fn unsigned(world: &World, data: &[u8]) -> Result<Vec<u8>> {
    let fault = labelled(Kind::Sign, "MLS 1.0 FramedContentTBS", Does::Output(Edit::FlipBit(70)));
    world.lie(&[fault], |member| member.send(data, &[]))
}

/// One whose sender data name another leaf: this bit of the index is the other one.
pub(super) fn from_another(world: &World, data: &[u8], bit: usize) -> Result<Vec<u8>> {
    let fault = labelled(Kind::AeadEncrypt, "sender data", Does::Input(Edit::FlipBit(bit)));
    world.lie(&[fault], |member| member.send(data, &[]))
}
