//! Public keys of a ratchet tree (RFC 9420 section 12.4.3.3), by node: what a lie about one of them is told with.

use crate::mls::member::{Refusal, Result};
use crate::reason::mls as reason;
use crate::wire::tls::{Reader, WireError};

/// `encryption_key` of each node of `optional<Node> ratchet_tree<V>`; `None` for a blank one.
pub(super) fn keys(octets: &[u8]) -> Result<Vec<Option<Vec<u8>>>> {
    walk(octets).map_err(|e| Refusal { reason: reason::BAD_TREE, said: e.to_string() })
}

/// The key of one node.
pub(super) fn key(octets: &[u8], node: usize) -> Result<Vec<u8>> {
    let none = || Refusal { reason: reason::BAD_TREE, said: format!("node {node} is blank") };
    keys(octets)?.get(node).cloned().flatten().ok_or_else(none)
}

fn walk(octets: &[u8]) -> std::result::Result<Vec<Option<Vec<u8>>>, WireError> {
    let mut outer = Reader::new(octets);
    let mut nodes = Reader::new(outer.opaque("ratchet_tree")?);
    let mut found = vec![];
    while !nodes.rest().is_empty() {
        if !nodes.optional("node")? {
            found.push(None);
            continue;
        }
        let is_leaf = nodes.u8("node_type")? == 1;
        found.push(Some(nodes.opaque("encryption_key")?.to_vec()));
        if is_leaf {
            leaf(&mut nodes)?;
        } else {
            nodes.opaque("parent_hash")?;
            nodes.opaque("unmerged_leaves")?;
        }
    }
    Ok(found)
}

/// What follows the encryption key of a LeafNode with a basic credential.
fn leaf(r: &mut Reader<'_>) -> std::result::Result<(), WireError> {
    r.opaque("signature_key")?;
    r.take(2, "credential_type")?;
    for field in ["identity", "versions", "cipher_suites", "extensions", "proposals", "credentials"] {
        r.opaque(field)?;
    }
    match r.u8("leaf_node_source")? {
        1 => drop(r.take(16, "lifetime")?),
        3 => drop(r.opaque("parent_hash")?),
        _ => {}
    }
    r.opaque("extensions")?;
    r.opaque("signature").map(drop)
}
