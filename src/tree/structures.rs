use super::index::MOST_LEAVES;
use crate::protocol::{EncodeError, Structure};
use crate::reason::delivery;
use crate::wire::tls::{Reader, TooLong, WireError, Writer};

/// Octets of a partition key (draft-mcmillion-mimi-delivery-service-00 section 3).
pub const PARTITION_KEY: usize = 16;

/// One wrapped node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedNode {
    /// Its place (RFC 9420 appendix C).
    pub node_index: u32,
    /// The epoch in which it was wrapped.
    pub epoch: u64,
    /// Its content, a multiple of 256 octets, and the AEAD's tag.
    pub ciphertext: Vec<u8>,
}

/// What a commit changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedTreePatch {
    /// The group.
    pub group_id: Vec<u8>,
    /// The epoch that the commit begins.
    pub epoch: u64,
    /// Leaves that the tree has room for.
    pub leaf_capacity: u32,
    /// Nodes wrapped for this epoch, by index.
    pub nodes: Vec<EncryptedNode>,
    /// Nodes of the tree before that are no more, by index.
    pub removed: Vec<u32>,
    /// `node_siv` of the root: KDF.Nh octets.
    pub root_siv: Vec<u8>,
    /// The hash of the tree after it: Hash.Nh octets.
    pub ert_hash: Vec<u8>,
    /// The tag of the tree after it: Hash.Nh octets.
    pub ert_tag: Vec<u8>,
}

/// The tree of an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedTree {
    /// The group.
    pub group_id: Vec<u8>,
    /// The epoch.
    pub epoch: u64,
    /// Leaves that the tree has room for.
    pub leaf_capacity: u32,
    /// All its nodes, by index.
    pub nodes: Vec<EncryptedNode>,
    /// `node_siv` of the root: KDF.Nh octets.
    pub root_siv: Vec<u8>,
    /// The hash of the tree: Hash.Nh octets.
    pub ert_hash: Vec<u8>,
    /// The tag of the tree: Hash.Nh octets.
    pub ert_tag: Vec<u8>,
}

/// What a member gives to an external joiner: enough to read the tree of this epoch, and no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The group.
    pub group_id: Vec<u8>,
    /// The partition key of the epoch.
    pub partition_key: [u8; PARTITION_KEY],
    /// The epoch.
    pub epoch: u64,
    /// Leaves that the tree has room for.
    pub leaf_capacity: u32,
    /// `node_siv` of the root.
    pub root_siv: Vec<u8>,
    /// `node_secret` of the root.
    pub root_secret: Vec<u8>,
    /// The hash of the tree.
    pub ert_hash: Vec<u8>,
}

impl Structure for EncryptedNode {
    const NAME: &'static str = "EncryptedNode";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let (node_index, epoch) = (r.u32("node_index")?, r.u64("epoch")?);
        Ok(Self { node_index, epoch, ciphertext: r.opaque("ciphertext")?.to_vec() })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.u32(self.node_index).u64(self.epoch).opaque(&self.ciphertext, "ciphertext").map_err(long)?;
        Ok(())
    }
}

fn long(e: TooLong) -> EncodeError {
    EncodeError { reason: delivery::VECTOR_TOO_LONG, field: e.field }
}

fn nodes(r: &mut Reader) -> Result<Vec<EncryptedNode>, WireError> {
    let mut nodes = vec![];
    r.each("nodes", |r| {
        nodes.push(EncryptedNode::read(r)?);
        Ok(())
    })?;
    Ok(nodes)
}

fn write_nodes(w: &mut Writer, nodes: &[EncryptedNode]) -> Result<(), EncodeError> {
    let room = nodes.iter().map(|node| node.ciphertext.len() + 16).sum();
    let mut inner = Writer::with_room(room);
    nodes.iter().try_for_each(|node| node.write(&mut inner))?;
    w.opaque(&inner.into_octets(), "nodes").map_err(long)?;
    Ok(())
}

impl Structure for EncryptedTreePatch {
    const NAME: &'static str = "EncryptedTreePatch";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let group_id = r.opaque("group_id")?.to_vec();
        let (epoch, leaf_capacity, nodes) = (r.u64("epoch")?, r.u32("leaf_capacity")?, nodes(r)?);
        let mut removed = vec![];
        r.each("removed", |r| {
            removed.push(r.u32("removed")?);
            Ok(())
        })?;
        let root_siv = r.opaque("root_siv")?.to_vec();
        let (ert_hash, ert_tag) = (r.opaque("ert_hash")?.to_vec(), r.opaque("ert_tag")?.to_vec());
        Ok(Self { group_id, epoch, leaf_capacity, nodes, removed, root_siv, ert_hash, ert_tag })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.group_id, "group_id").map_err(long)?;
        w.u64(self.epoch).u32(self.leaf_capacity);
        write_nodes(w, &self.nodes)?;
        let mut removed = Writer::new();
        for index in &self.removed {
            removed.u32(*index);
        }
        w.opaque(&removed.into_octets(), "removed").map_err(long)?;
        w.opaque(&self.root_siv, "root_siv").map_err(long)?;
        w.opaque(&self.ert_hash, "ert_hash").map_err(long)?;
        w.opaque(&self.ert_tag, "ert_tag").map_err(long)?;
        Ok(())
    }
}

impl Structure for EncryptedTree {
    const NAME: &'static str = "EncryptedTree";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let group_id = r.opaque("group_id")?.to_vec();
        let (epoch, leaf_capacity, nodes) = (r.u64("epoch")?, r.u32("leaf_capacity")?, nodes(r)?);
        let root_siv = r.opaque("root_siv")?.to_vec();
        let (ert_hash, ert_tag) = (r.opaque("ert_hash")?.to_vec(), r.opaque("ert_tag")?.to_vec());
        Ok(Self { group_id, epoch, leaf_capacity, nodes, root_siv, ert_hash, ert_tag })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.group_id, "group_id").map_err(long)?;
        w.u64(self.epoch).u32(self.leaf_capacity);
        write_nodes(w, &self.nodes)?;
        w.opaque(&self.root_siv, "root_siv").map_err(long)?;
        w.opaque(&self.ert_hash, "ert_hash").map_err(long)?;
        w.opaque(&self.ert_tag, "ert_tag").map_err(long)?;
        Ok(())
    }
}

impl Structure for Help {
    const NAME: &'static str = "ERTHelp";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self {
            group_id: r.opaque("group_id")?.to_vec(),
            partition_key: r.array("partition_key")?,
            epoch: r.u64("epoch")?,
            leaf_capacity: r.u32("leaf_capacity")?,
            root_siv: r.opaque("root_siv")?.to_vec(),
            root_secret: r.opaque("root_secret")?.to_vec(),
            ert_hash: r.opaque("ert_hash")?.to_vec(),
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.group_id, "group_id").map_err(long)?;
        w.raw(&self.partition_key).u64(self.epoch).u32(self.leaf_capacity);
        w.opaque(&self.root_siv, "root_siv").map_err(long)?;
        w.opaque(&self.root_secret, "root_secret").map_err(long)?;
        w.opaque(&self.ert_hash, "ert_hash").map_err(long)?;
        Ok(())
    }
}

/// ERTTagInput.
pub(super) fn tag_input(group_id: &[u8], epoch: u64, leaf_capacity: u32, hash: &[u8]) -> Result<Vec<u8>, TooLong> {
    let mut w = Writer::new();
    w.opaque(group_id, "group_id")?.u64(epoch).u32(leaf_capacity).opaque(hash, "ert_hash")?;
    Ok(w.into_octets())
}

/// Whether so many leaves are a capacity of version 0.
pub(super) const fn is_capacity(leaves: u32) -> bool {
    leaves.is_power_of_two() && leaves <= MOST_LEAVES
}
