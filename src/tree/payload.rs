use super::suite::Suite;
use super::{Refused, Result};
use crate::protocol::{CipherSuite, optional_node};
use crate::reason::{tree as reason, wire};
use crate::wire::tls::{Reader, WireError};

/// What a tree wraps. No two payloads of one group share a label.
#[derive(Clone, Copy, Debug)]
pub struct Payload {
    /// Label of the exporter that gives an epoch's secret, and of each node's additional data.
    pub label: &'static str,
    /// Reads one payload, of a leaf or of a parent: whether it is there.
    pub read: fn(&mut Reader, leaf: bool) -> std::result::Result<bool, WireError>,
    /// The payload of a blank place.
    pub blank: &'static [u8],
}

/// Nodes of a ratchet tree: `optional<Node>` (RFC 9420 section 12.4.3.3).
pub const RATCHET_TREE: Payload = Payload { label: "mimi ert 0", read: node, blank: &[0] };

/// One key for each leaf: `optional<opaque key<V>>`; parents carry nothing.
pub const LINK_KEYS: Payload = Payload { label: "mimi link 0", read: key, blank: &[0] };

impl Payload {
    /// The encoded payload of each place in one vector of them: of nodes of a ratchet tree, `optional<Node> ratchet_tree<V>`.
    ///
    /// # Errors
    /// The octets are no such vector, or something stands where it must not.
    pub fn split<'a>(&self, octets: &'a [u8]) -> std::result::Result<Vec<&'a [u8]>, WireError> {
        let mut r = Reader::new(octets);
        let (mut inner, mut all, mut leaf) = (r.vector("payloads")?, vec![], true);
        r.finish("payloads")?;
        while !inner.is_empty() {
            let before = inner.rest();
            (self.read)(&mut inner, leaf)?;
            all.push(before.get(..before.len().saturating_sub(inner.rest().len())).unwrap_or_default());
            leaf = !leaf;
        }
        Ok(all)
    }
}

/// Leaves stand at even indices and parents at odd ones; whatever stands elsewhere is no node there.
fn node(r: &mut Reader, leaf: bool) -> std::result::Result<bool, WireError> {
    let mut ahead = *r;
    match optional_node(&mut ahead)? {
        Some(kind) if (kind == 1) != leaf => {
            Err(WireError { reason: wire::WIRE_UNKNOWN_ENUM, offset: r.offset(), field: "node_type" })
        }
        found => {
            *r = ahead;
            Ok(found.is_some())
        }
    }
}

fn key(r: &mut Reader, leaf: bool) -> std::result::Result<bool, WireError> {
    let offset = r.offset();
    match (r.optional("key")?, leaf) {
        (false, _) => Ok(false),
        (true, true) => r.opaque("key").map(|_| true),
        (true, false) => Err(WireError { reason: wire::WIRE_UNKNOWN_ENUM, offset, field: "key" }),
    }
}

/// What is the same in all epochs of one tree.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What is wrapped.
    pub payload: Payload,
    /// The group's id.
    pub group_id: Vec<u8>,
    pub(super) suite: Suite,
}

impl Setup {
    /// A tree of this group.
    ///
    /// # Errors
    /// `tree-suite`.
    pub fn new(payload: Payload, suite: CipherSuite, group_id: &[u8]) -> Result<Self> {
        let suite = Suite::of(suite).ok_or(Refused::of(reason::TREE_SUITE))?;
        Ok(Self { payload, group_id: group_id.to_vec(), suite })
    }

    /// Octets of an epoch's secret and of a node's: KDF.Nh.
    #[must_use]
    pub fn secret_octets(&self) -> usize {
        self.suite.hash_octets()
    }
}
