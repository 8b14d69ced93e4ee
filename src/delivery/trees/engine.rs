use super::kept::Kept;
use crate::delivery::Blind;
use crate::delivery::hub::{CreateGroup, Effect, Effects, Hub, Input, Refused, Response};
use crate::entropy::Time;
use crate::protocol::{CommitData, Head, MlsMessage, PartitionKey, ServiceProviderId};
use crate::reason::{delivery as reason, tree};
use crate::tree::{
    self as trees, EncryptedTreePatch, Keeps, RATCHET_TREE, Setup, TreeHub, TreeMarksResponse, TreeRepair,
    TreesResponse,
};
use std::collections::BTreeMap;

type Result<T> = std::result::Result<T, Refused>;

/// Bounds of the trees of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeSettings {
    /// What is kept at most.
    pub keeps: Keeps,
    /// For how many further commits of the group the tree of a partition that a commit has left is served: as long as
    /// somebody may have a Welcome to it.
    pub late: usize,
}

impl Default for TreeSettings {
    fn default() -> Self {
        Self { keeps: Keeps::default(), late: 64 }
    }
}

/// A blind hub that keeps encrypted trees of the groups that were created with one; one that reads handshakes would know the tree
/// anyway. In such a group each commit comes with a patch.
/// A patch that is refused is refused with its commit: nobody has seen either, and the committer makes both anew. What members
/// make of a patch is theirs.
#[derive(Clone, Debug)]
pub struct WithTrees {
    host: Blind,
    settings: TreeSettings,
    groups: BTreeMap<Vec<u8>, Kept>,
}

impl WithTrees {
    /// That hub, with trees.
    #[must_use]
    pub fn new(host: Blind, settings: TreeSettings) -> Self {
        Self { host, settings, groups: BTreeMap::new() }
    }

    /// The hub without them.
    #[must_use]
    pub fn host(&self) -> &Blind {
        &self.host
    }

    fn kept(&self, group_id: &[u8]) -> Result<&Kept> {
        self.groups.get(group_id).ok_or_else(no_trees)
    }

    fn create(
        &mut self,
        from: &ServiceProviderId,
        new: CreateGroup,
        patch: &EncryptedTreePatch,
        out: &mut Effects,
    ) -> Result<()> {
        let setup = Setup::new(RATCHET_TREE, new.suite, &new.group_id).map_err(refused)?;
        let (group_id, first) = (new.group_id.clone(), new.partition_key);
        let mut made = TreeHub::new(setup, self.settings.keeps);
        made.commit(None, first, patch).map_err(refused)?;
        self.host.create(from, new, true, out)?;
        self.groups.insert(group_id, Kept::new(made, first));
        Ok(())
    }

    /// A request with a commit and its patch: both, or neither.
    fn commit(
        &mut self,
        (now, by): (Time, &ServiceProviderId),
        request: Input,
        patch: &EncryptedTreePatch,
        out: &mut Effects,
    ) -> Result<()> {
        let (group_id, from, to) = self.edge(&request)?;
        let staged = self.kept(&group_id)?.trees.stage(Some(&from), to, patch).map_err(refused)?;
        self.host.step(now, by, request, out)?;
        let kept = self.groups.get_mut(&group_id).ok_or_else(no_trees)?;
        kept.keep(from, to, staged, self.settings.late);
        Ok(())
    }

    /// The group of a commit, and the partitions that it leads from and to.
    fn edge(&self, request: &Input) -> Result<(Vec<u8>, PartitionKey, PartitionKey)> {
        let mismatch = |said| Refused::new(reason::COMMIT_DATA_MISMATCH, said);
        let (message, from, data) = match request {
            Input::Send(send) => {
                let data = send.commit_data.as_ref().ok_or_else(|| mismatch("a patch beside no commit"))?;
                (&send.message, send.partition_key, data)
            }
            Input::ExternalJoin(join) => {
                let group_id = group_of(&join.message).unwrap_or_default();
                (&join.message, self.host.most_recent(group_id)?, &join.commit_data)
            }
            _ => return Err(mismatch("a patch beside no commit")),
        };
        let group_id = group_of(message).ok_or_else(|| mismatch("a patch beside no message of a group"))?;
        Ok((group_id.to_vec(), from, data.next_partition_key))
    }

    /// A commit of a group with trees has a patch.
    fn must_be_patched(&self, message: &MlsMessage, data: Option<&CommitData>) -> Result<()> {
        match group_of(message) {
            Some(group_id) if data.is_some() && self.groups.contains_key(group_id) => {
                Err(Refused::new(tree::TREE_PATCH_MISSING, "this group keeps an encrypted tree"))
            }
            _ => Ok(()),
        }
    }

    fn repair(&mut self, repair: &TreeRepair, out: &mut Effects) -> Result<()> {
        let kept = self.groups.get_mut(&repair.patch.group_id).ok_or_else(no_trees)?;
        kept.trees.repair(&repair.partition_key, &repair.patch).map_err(refused)?;
        out.push(Effect::Respond(Response::Done));
        Ok(())
    }
}

impl Hub for WithTrees {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Result<()> {
        match input {
            Input::Patched { request, patch } => match *request {
                Input::CreateGroup(new) => self.create(from, new, &patch, out),
                request => self.commit((now, from), request, &patch, out),
            },
            Input::Trees(ask) => {
                let trees = self.kept(&ask.group_id)?.trees.fetch(&ask.partition_key).map_err(refused)?;
                out.push(Effect::Respond(Response::Trees(TreesResponse { trees })));
                Ok(())
            }
            Input::TreeMarks(ask) => {
                let marks = self.kept(&ask.group_id)?.trees.marks(&ask.partition_key).map_err(refused)?;
                out.push(Effect::Respond(Response::TreeMarks(TreeMarksResponse { marks })));
                Ok(())
            }
            Input::RepairTree(repair) => self.repair(&repair, out),
            Input::Send(send) => {
                self.must_be_patched(&send.message, send.commit_data.as_ref())?;
                self.host.step(now, from, Input::Send(send), out)
            }
            Input::ExternalJoin(join) => {
                self.must_be_patched(&join.message, Some(&join.commit_data))?;
                self.host.step(now, from, Input::ExternalJoin(join), out)
            }
            plain => self.host.step(now, from, plain, out),
        }
    }
}

fn group_of(message: &MlsMessage) -> Option<&[u8]> {
    match message.head() {
        Head::Public { group_id, .. } | Head::Private { group_id, .. } => Some(group_id),
        _ => None,
    }
}

fn refused(why: trees::Refused) -> Refused {
    Refused::new(why.reason, why.node.map_or_else(|| "the tree".to_owned(), |node| format!("node {node}")))
}

fn no_trees() -> Refused {
    Refused::new(tree::TREE_UNKNOWN_PARTITION, "no trees of this group are kept here")
}
