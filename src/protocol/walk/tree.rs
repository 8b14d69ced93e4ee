use super::{Walk, leaf, unknown};
use crate::wire::tls::{Reader, WireError};

/// `optional<Node> ratchet_tree<V>` (section 12.4.3.3). Whether the nodes make a tree is not looked at.
pub fn ratchet_tree(r: &mut Reader) -> Walk {
    r.each("ratchet_tree", |r| optional_node(r).map(drop))
}

/// `optional<Node>` (section 12.4.3.3): the type of the node that is there, 1 for a leaf and 2 for a parent.
///
/// # Errors
/// The first place where the octets are not that.
pub fn optional_node(r: &mut Reader) -> Result<Option<u8>, WireError> {
    if !r.optional("node")? {
        return Ok(None);
    }
    let kind = r.rest().first().copied();
    node(r).map(|()| kind)
}

/// Node (section 12.4.3.3), with ParentNode (section 7.1).
fn node(r: &mut Reader) -> Walk {
    let offset = r.offset();
    match r.u8("node_type")? {
        1 => leaf::leaf_node(r),
        2 => {
            r.opaque("encryption_key")?;
            r.opaque("parent_hash")?;
            r.each("unmerged_leaves", |r| r.u32("unmerged_leaves").map(drop))
        }
        _ => unknown(offset, "node_type"),
    }
}
