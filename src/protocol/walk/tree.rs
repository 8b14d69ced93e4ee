use super::{Walk, leaf, unknown};
use crate::wire::tls::Reader;

/// `optional<Node> ratchet_tree<V>` (section 12.4.3.3). Whether the nodes make a tree is not looked at.
pub fn ratchet_tree(r: &mut Reader) -> Walk {
    r.each("ratchet_tree", |r| if r.optional("node")? { node(r) } else { Ok(()) })
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
