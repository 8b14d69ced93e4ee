//! What clients and hubs say to each other of encrypted trees, beside what the delivery service's draft has them say
//! (`docs/spec/encrypted-tree.md` section 11).

use super::structures::{EncryptedTree, EncryptedTreePatch};
use crate::protocol::{EncodeError, PartitionKey, Structure};
use crate::reason::delivery;
use crate::wire::tls::{Reader, TooLong, WireError, Writer};

/// A request that makes a partition, and the patch that makes its tree. The request stands in front, as its draft has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patched<S> {
    /// A SendRequest with a commit, or an ExternalJoinRequest.
    pub request: S,
    /// What the commit changes.
    pub patch: EncryptedTreePatch,
}

impl<S: Structure> Structure for Patched<S> {
    const NAME: &'static str = "Patched";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self { request: S::read(r)?, patch: EncryptedTreePatch::read(r)? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.request.write(w)?;
        self.patch.write(w)
    }
}

/// Asks for the trees of a partition, or for what members should find of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeRequest {
    /// The group.
    pub group_id: Vec<u8>,
    /// The partition, whose key only those know who are in it or were given a Welcome to it, or help.
    pub partition_key: PartitionKey,
}

/// The trees of a partition: the committer's first, then as members repaired it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreesResponse {
    /// Candidates; a joiner takes the first that opens.
    pub trees: Vec<EncryptedTree>,
}

/// What a member needs to know of a tree that it has made itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeMark {
    /// `ert_hash`: Hash.Nh octets.
    pub ert_hash: Vec<u8>,
    /// `ert_tag`: Hash.Nh octets.
    pub ert_tag: Vec<u8>,
}

/// The marks of a partition's trees, in the order of [`TreesResponse`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeMarksResponse {
    /// One for each candidate.
    pub marks: Vec<TreeMark>,
}

/// The patch of a commit, as a member computed it who found another one at the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeRepair {
    /// The partition that the commit leads to.
    pub partition_key: PartitionKey,
    /// The patch; it names the group.
    pub patch: EncryptedTreePatch,
}

fn long(e: TooLong) -> EncodeError {
    EncodeError { reason: delivery::VECTOR_TOO_LONG, field: e.field }
}

impl Structure for TreeRequest {
    const NAME: &'static str = "TreeRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let group_id = r.opaque("group_id")?.to_vec();
        Ok(Self { group_id, partition_key: PartitionKey(r.array("partition_key")?) })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.group_id, "group_id").map_err(long)?.raw(&self.partition_key.0);
        Ok(())
    }
}

impl Structure for TreesResponse {
    const NAME: &'static str = "TreesResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut trees = vec![];
        r.each("trees", |r| {
            trees.push(EncryptedTree::read(r)?);
            Ok(())
        })?;
        Ok(Self { trees })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let mut inner = Writer::new();
        self.trees.iter().try_for_each(|tree| tree.write(&mut inner))?;
        w.opaque(&inner.into_octets(), "trees").map_err(long)?;
        Ok(())
    }
}

impl Structure for TreeMarksResponse {
    const NAME: &'static str = "TreeMarksResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut marks = vec![];
        r.each("marks", |r| {
            marks.push(TreeMark { ert_hash: r.opaque("ert_hash")?.to_vec(), ert_tag: r.opaque("ert_tag")?.to_vec() });
            Ok(())
        })?;
        Ok(Self { marks })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let mut inner = Writer::new();
        for mark in &self.marks {
            inner.opaque(&mark.ert_hash, "ert_hash").map_err(long)?;
            inner.opaque(&mark.ert_tag, "ert_tag").map_err(long)?;
        }
        w.opaque(&inner.into_octets(), "marks").map_err(long)?;
        Ok(())
    }
}

impl Structure for TreeRepair {
    const NAME: &'static str = "TreeRepair";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self { partition_key: PartitionKey(r.array("partition_key")?), patch: EncryptedTreePatch::read(r)? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.raw(&self.partition_key.0);
        self.patch.write(w)
    }
}
