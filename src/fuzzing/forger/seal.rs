use super::{Commit, Keys, Kind, Piece};
use crate::wire::tls::Writer;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What signatures and tags are made with.
#[derive(Clone, Debug)]
pub struct Seals {
    /// Signature keys of all who lie; by their place, committers sign.
    pub keys: Keys,
    /// The epoch's `membership_key`.
    pub membership: Vec<u8>,
    /// The epoch's GroupContext.
    pub context: Vec<u8>,
    /// The group.
    pub group_id: Vec<u8>,
}

/// What is in the vector that a list of fields ends with, and the fields before it.
fn signed(fields: &[Piece]) -> Option<(&[Piece], &Piece)> {
    let (last, before) = fields.split_last()?;
    matches!(last, Piece::Vector(_)).then_some((before, last))
}

fn concat(fields: &[Piece]) -> Option<Vec<u8>> {
    fields.iter().map(|field| field.octets().ok()).collect::<Option<Vec<_>>>().map(|all| all.concat())
}

/// What is in the vector of this place.
fn inner(fields: &[Piece], place: usize) -> Vec<u8> {
    let inner = |piece: &Piece| match piece {
        Piece::Vector(children) => concat(children),
        _ => None,
    };
    fields.get(place).and_then(inner).unwrap_or_default()
}

impl Seals {
    /// Every leaf and every KeyPackage in the tree signed anew, children before their parents; leaves of a group as
    /// those of this leaf index. What has lost its signature stays without.
    pub fn sign_within(&self, piece: &mut Piece, leaf: u32) {
        let (Piece::List(_, children) | Piece::Vector(children)) = &mut *piece else { return };
        children.iter_mut().for_each(|child| self.sign_within(child, leaf));
        let Piece::List(kind, fields) = piece else { return };
        let signature = match kind {
            Kind::Plain => None,
            Kind::Leaf => self.leaf_signature(fields, leaf),
            Kind::KeyPackage => self.package_signature(fields),
        };
        if let (Some(signature), Some(last)) = (signature, fields.last_mut()) {
            *last = Piece::opaque(&signature);
        }
    }

    /// LeafNodeTBS (RFC 9420 section 7.2).
    fn leaf_signature(&self, fields: &[Piece], leaf: u32) -> Option<Vec<u8>> {
        let (before, _) = signed(fields)?;
        let mut w = Writer::new();
        w.raw(&concat(before)?);
        // `leaf_node_source` follows two keys, credential and five vectors.
        if fields.get(9) != Some(&Piece::Octets(vec![1])) {
            w.opaque(&self.group_id, "group_id").ok()?.u32(leaf);
        }
        self.keys.sign(&inner(fields, 1), "LeafNodeTBS", &w.into_octets())
    }

    /// KeyPackageTBS (section 10). Its leaf is the fourth field.
    fn package_signature(&self, fields: &[Piece]) -> Option<Vec<u8>> {
        let (before, _) = signed(fields)?;
        let key = fields.get(3).map(|leaf| inner(leaf.children(), 1)).unwrap_or_default();
        self.keys.sign(&key, "KeyPackageTBS", &concat(before)?)
    }

    /// FramedContentTBS (section 6.1).
    fn content(&self, commit: &Commit) -> Option<Vec<u8>> {
        Some([commit.head.as_slice(), &commit.content.octets().ok()?, &self.context].concat())
    }

    /// The commit signed by the device of this place, and its tag.
    pub fn sign(&self, commit: &mut Commit, place: usize) {
        let content = self.content(commit);
        if let Some(signature) = content.and_then(|tbs| self.keys.sign_as(place, "FramedContentTBS", &tbs)) {
            commit.signature = signature;
        }
        self.tag(commit);
    }

    /// The tag of a member's commit (section 6.2), for the signature that it has.
    pub fn tag(&self, commit: &mut Commit) {
        let tag = || {
            let mut w = Writer::new();
            w.raw(&self.content(commit)?);
            w.opaque(&commit.signature, "signature").ok()?.opaque(&commit.confirmation, "confirmation_tag").ok()?;
            let mut mac = Hmac::<Sha256>::new_from_slice(&self.membership).ok()?;
            mac.update(&w.into_octets());
            Some(mac.finalize().into_bytes().to_vec())
        };
        let tag = commit.membership.is_some().then(tag).flatten();
        commit.membership = tag.or(commit.membership.take());
    }
}

impl Commit {
    /// As octets (MLSMessage). `None` where a vector is longer than its length can say.
    #[must_use]
    pub fn octets(&self) -> Option<Vec<u8>> {
        let mut w = Writer::new();
        w.raw(&self.head).raw(&self.content.octets().ok()?);
        w.opaque(&self.signature, "signature").ok()?.opaque(&self.confirmation, "confirmation_tag").ok()?;
        if let Some(tag) = &self.membership {
            w.opaque(tag, "membership_tag").ok()?;
        }
        Some(w.into_octets())
    }
}
