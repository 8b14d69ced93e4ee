//! A commit taken apart, down to what faults are about, and put together again; and the nodes of a tree.

use crate::mls::member::{Refusal, Result};
use crate::protocol::{read_hpke_ciphertext, read_leaf_node, read_proposal};
use crate::reason::mls as reason;
use crate::wire::tls::{Reader, TooLong, WireError, Writer};

/// A FramedContent (RFC 9420 section 6) with a commit: what stands before the Commit, and the Commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Framed {
    pub group_id: Vec<u8>,
    pub epoch: u64,
    /// Sender with its type.
    pub sender: Vec<u8>,
    pub authenticated_data: Vec<u8>,
    pub commit: Commit,
}

/// Commit (section 12.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// ProposalOrRef each, as octets.
    pub proposals: Vec<Vec<u8>>,
    pub path: Option<Path>,
}

/// UpdatePath (section 7.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The LeafNode, as octets.
    pub leaf: Vec<u8>,
    /// Public key, and each ciphertext as octets.
    pub nodes: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
}

/// Octets of ProtocolVersion and WireFormat in front of a FramedContent that is signed.
const BEFORE: usize = 4;

fn taken<'a>(
    r: &mut Reader<'a>,
    read: impl FnOnce(&mut Reader<'a>) -> std::result::Result<(), WireError>,
) -> std::result::Result<Vec<u8>, WireError> {
    let before = r.rest();
    read(r)?;
    Ok(before.get(..before.len().saturating_sub(r.rest().len())).unwrap_or_default().to_vec())
}

pub(super) fn broken(said: impl std::fmt::Display) -> Refusal {
    Refusal { reason: reason::MLS_OTHER, said: format!("a commit that can not be taken apart: {said}") }
}

impl Framed {
    /// Of what was signed: SignContent around a FramedContentTBS. None for another label.
    pub fn signed(payload: &[u8]) -> Option<Self> {
        let mut r = Reader::new(payload);
        let label = r.opaque("label").ok()?;
        let content = r.opaque("content").ok()?;
        if label != b"MLS 1.0 FramedContentTBS" {
            return None;
        }
        Self::read(content.get(BEFORE..)?).ok()
    }

    /// At the front of octets.
    pub fn read(octets: &[u8]) -> std::result::Result<Self, WireError> {
        let mut r = Reader::new(octets);
        let group_id = r.opaque("group_id")?.to_vec();
        let epoch = r.u64("epoch")?;
        let sender = taken(&mut r, |r| {
            if matches!(r.u8("sender_type")?, 1 | 2) {
                r.u32("sender")?;
            }
            Ok(())
        })?;
        let authenticated_data = r.opaque("authenticated_data")?.to_vec();
        r.u8("content_type")?;
        Ok(Self { group_id, epoch, sender, authenticated_data, commit: Commit::read(&mut r)? })
    }

    /// As octets: with this in another's place, the content of the message is another one.
    pub fn octets(&self) -> Result<Vec<u8>> {
        self.write().map_err(broken)
    }

    fn write(&self) -> std::result::Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        w.opaque(&self.group_id, "group_id")?.u64(self.epoch).raw(&self.sender);
        w.opaque(&self.authenticated_data, "authenticated_data")?.u8(COMMIT);
        w.raw(&self.commit.write()?);
        Ok(w.into_octets())
    }
}

/// ContentType (section 6).
const COMMIT: u8 = 3;

impl Commit {
    /// At the front of what is left.
    pub fn read(r: &mut Reader) -> std::result::Result<Self, WireError> {
        let mut proposals = vec![];
        r.each("proposals", |r| {
            proposals.push(taken(r, |r| match r.u8("proposal_or_ref_type")? {
                1 => read_proposal(r),
                _ => r.opaque("reference").map(drop),
            })?);
            Ok(())
        })?;
        let path = if r.optional("path")? { Some(Path::read(r)?) } else { None };
        Ok(Self { proposals, path })
    }

    /// As octets.
    pub fn octets(&self) -> Result<Vec<u8>> {
        self.write().map_err(broken)
    }

    fn write(&self) -> std::result::Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        w.opaque(&self.proposals.concat(), "proposals")?;
        w.optional(self.path.is_some());
        if let Some(path) = &self.path {
            w.raw(&path.leaf);
            let mut nodes = Writer::new();
            for (key, ciphertexts) in &path.nodes {
                nodes.opaque(key, "encryption_key")?.opaque(&ciphertexts.concat(), "encrypted_path_secret")?;
            }
            w.opaque(&nodes.into_octets(), "nodes")?;
        }
        Ok(w.into_octets())
    }
}

impl Path {
    fn read(r: &mut Reader) -> std::result::Result<Self, WireError> {
        let leaf = taken(r, read_leaf_node)?;
        let mut nodes = vec![];
        r.each("nodes", |r| {
            let key = r.opaque("encryption_key")?.to_vec();
            let mut ciphertexts = vec![];
            r.each("encrypted_path_secret", |r| {
                ciphertexts.push(taken(r, read_hpke_ciphertext)?);
                Ok(())
            })?;
            nodes.push((key, ciphertexts));
            Ok(())
        })?;
        Ok(Self { leaf, nodes })
    }
}

/// A node of a ratchet tree (section 12.4.3.3).
pub(super) struct Node<'a> {
    /// LeafNode or ParentNode, as octets.
    pub octets: &'a [u8],
    /// `encryption_key`.
    pub key: &'a [u8],
    /// `unmerged_leaves` of a parent.
    pub unmerged: Vec<u32>,
}

/// The nodes of `optional<Node> ratchet_tree<V>`; `None` for a blank one.
pub(super) fn nodes(octets: &[u8]) -> std::result::Result<Vec<Option<Node<'_>>>, WireError> {
    let mut all = vec![];
    Reader::new(octets).each("ratchet_tree", |r| {
        if !r.optional("node")? {
            all.push(None);
            return Ok(());
        }
        let leaf = r.u8("node_type")? == 1;
        let (whole, mut ahead, mut unmerged) = (r.rest(), *r, vec![]);
        let key = ahead.opaque("encryption_key")?;
        if leaf {
            read_leaf_node(r)?;
        } else {
            *r = ahead;
            r.opaque("parent_hash")?;
            r.each("unmerged_leaves", |r| {
                unmerged.push(r.u32("unmerged_leaves")?);
                Ok(())
            })?;
        }
        let octets = whole.get(..whole.len().saturating_sub(r.rest().len())).unwrap_or_default();
        all.push(Some(Node { octets, key, unmerged }));
        Ok(())
    })?;
    Ok(all)
}
