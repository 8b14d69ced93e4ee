use super::plain;
use crate::fuzzing::generators::{DrawnPatch, TreeScene, partition, tree_patch as drawn, tree_scene};
use crate::fuzzing::{Verdict, holds};
use crate::protocol::{PartitionKey, Structure};
use crate::tree::{Bounds, EncryptedNode, EncryptedTree, EncryptedTreePatch, Keeps, Result as Taken, TreeHub, open};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A hub of trees that can be asked, and copied.
pub trait TreeHosting: Clone {
    /// As [`TreeHub::commit`].
    ///
    /// # Errors
    /// Nothing has changed then.
    fn commit(&mut self, from: Option<&PartitionKey>, to: PartitionKey, patch: &EncryptedTreePatch) -> Taken<()>;

    /// As [`TreeHub::repair`].
    ///
    /// # Errors
    /// Nothing has changed then.
    fn repair(&mut self, to: &PartitionKey, patch: &EncryptedTreePatch) -> Taken<()>;

    /// As [`TreeHub::fetch`].
    ///
    /// # Errors
    /// There is none.
    fn fetch(&self, of: &PartitionKey) -> Taken<Vec<EncryptedTree>>;
}

impl TreeHosting for TreeHub {
    fn commit(&mut self, from: Option<&PartitionKey>, to: PartitionKey, patch: &EncryptedTreePatch) -> Taken<()> {
        Self::commit(self, from, to, patch)
    }

    fn repair(&mut self, to: &PartitionKey, patch: &EncryptedTreePatch) -> Taken<()> {
        Self::repair(self, to, patch)
    }

    fn fetch(&self, of: &PartitionKey) -> Taken<Vec<EncryptedTree>> {
        Self::fetch(self, of)
    }
}

thread_local! {
    static SCENE: OnceCell<Result<(TreeScene, TreeHub), String>> = const { OnceCell::new() };
}

/// Trees of a partition, at most.
const CANDIDATES: usize = 3;

/// The patches that these octets stand for, sent to a hub that has the epochs of the scene.
///
/// # Errors
/// What does not hold, in words.
pub fn tree_patch(octets: &[u8]) -> Verdict {
    let begin = || {
        let scene = tree_scene()?;
        let keeps = Keeps { candidates: CANDIDATES, ..Keeps::default() };
        let hub = hosted(&scene, TreeHub::new(scene.setup.clone(), keeps))?;
        Ok((scene, hub))
    };
    SCENE.with(|scene| {
        let (scene, hub) = scene.get_or_init(begin).as_ref().map_err(Clone::clone)?;
        patched(scene, hub.clone(), &drawn(octets, scene))
    })
}

/// The hub once it has taken the patch of each epoch of the scene.
fn hosted<H: TreeHosting>(scene: &TreeScene, mut hub: H) -> Result<H, String> {
    for number in 0..scene.epochs.len() {
        let (from, patch) = (number.checked_sub(1).map(partition), honest(scene, number)?);
        let taken = hub.commit(from.as_ref(), partition(number), &patch);
        taken.map_err(|refused| format!("an honest patch is refused: {refused}"))?;
    }
    Ok(hub)
}

fn honest(scene: &TreeScene, number: usize) -> Result<EncryptedTreePatch, String> {
    let epoch = scene.epochs.get(number).ok_or("an epoch that is not there")?;
    EncryptedTreePatch::decode(&epoch.patch.octets()).map_err(|e| format!("an honest patch can not be read: {e}"))
}

/// All of it at a hub that has the scene's epochs; then each epoch's patch once more, which is taken as if nothing had come before.
///
/// # Errors
/// What does not hold, in words.
pub fn patched<H: TreeHosting>(scene: &TreeScene, mut hub: H, sent: &[DrawnPatch]) -> Verdict {
    let count = scene.epochs.len();
    for (place, one) in sent.iter().enumerate() {
        let told = |e: String| format!("patch {place} (of epoch {}): {e}", one.epoch);
        send(scene, &mut hub, one, count.saturating_add(place)).map_err(told)?;
    }
    let free = count.saturating_add(sent.len());
    for number in 0..count {
        let (from, to) = (number.checked_sub(1).map(partition), partition(free.saturating_add(number)));
        hub.commit(from.as_ref(), to, &honest(scene, number)?)
            .map_err(|no| format!("then an honest one is refused: {no}"))?;
    }
    Ok(())
}

type Seen = Vec<Option<Vec<EncryptedTree>>>;

fn seen<H: TreeHosting>(hub: &H, count: usize) -> Seen {
    (0..count).map(|number| hub.fetch(&partition(number)).ok()).collect()
}

fn send<H: TreeHosting>(scene: &TreeScene, hub: &mut H, one: &DrawnPatch, free: usize) -> Verdict {
    let Ok(patch) = EncryptedTreePatch::decode(&one.octets) else { return Ok(()) };
    let written = patch.encode().map_err(|e| format!("what was read can not be written: {e}"))?;
    holds(written == one.octets, || "what was read is written otherwise".into())?;
    let before = seen(hub, free.saturating_add(1));
    let to = if one.repairs { one.epoch } else { free };
    let from = if one.repairs { one.epoch.checked_sub(1) } else { one.from };
    let taken = if one.repairs {
        hub.repair(&partition(to), &patch)
    } else {
        hub.commit(from.map(partition).as_ref(), partition(to), &patch)
    };
    let mut after = seen(hub, free.saturating_add(1));
    if let Err(refused) = taken {
        // The patch that a committer sent, sent by a member as well, is no fault.
        holds(!(one.whole && one.repairs), || format!("it refuses what it has: {refused}"))?;
        return holds(before == after, || format!("refused ({refused}), and changed"));
    }
    let here = after.get_mut(to).and_then(Option::take).ok_or("taken, and nothing is served")?;
    let was = before.get(to).cloned().flatten().unwrap_or_default();
    let others =
        |all: &Seen| all.iter().enumerate().filter(|(n, _)| *n != to).map(|(_, t)| t.clone()).collect::<Vec<_>>();
    holds(others(&before) == others(&after), || "the tree of another partition has changed".into())?;
    holds(here.starts_with(&was), || "what was served before is not any more".into())?;
    holds(here.len() <= CANDIDATES.max(was.len()) && here.len() <= was.len().saturating_add(1), || {
        format!("{} trees of one partition", here.len())
    })?;
    let bases = match from {
        Some(from) => before.get(from).cloned().flatten().ok_or("it patches what is not there")?,
        None => vec![],
    };
    for tree in here.iter().skip(was.len()) {
        holds(follows(&bases, from.is_none(), &patch, tree), || "no tree before and this patch make the tree".into())?;
        if let Some(what) = plain::unsound(tree) {
            return Err(format!("it keeps a tree with {what}"));
        }
        joins(scene, one.epoch, tree)?;
    }
    Ok(())
}

/// Whether a tree is one of those before with what the patch replaces and removes.
fn follows(bases: &[EncryptedTree], first: bool, patch: &EncryptedTreePatch, tree: &EncryptedTree) -> bool {
    let by_place =
        |nodes: &[EncryptedNode]| nodes.iter().map(|n| (n.node_index, n.clone())).collect::<BTreeMap<_, _>>();
    let said = (&patch.group_id, patch.epoch, patch.leaf_capacity, &patch.root_siv, &patch.ert_hash, &patch.ert_tag);
    let kept = (&tree.group_id, tree.epoch, tree.leaf_capacity, &tree.root_siv, &tree.ert_hash, &tree.ert_tag);
    let merged = |nodes: &[EncryptedNode]| {
        let mut all = by_place(nodes);
        let gone = patch.removed.iter().all(|place| all.remove(place).is_some());
        all.extend(by_place(&patch.nodes));
        gone && all.into_values().eq(tree.nodes.iter().cloned())
    };
    let next =
        |base: &&EncryptedTree| base.epoch.checked_add(1) == Some(patch.epoch) && base.group_id == patch.group_id;
    let from = if first { merged(&[]) } else { bases.iter().filter(next).any(|base| merged(&base.nodes)) };
    said == kept && from && patch.nodes.iter().all(|node| node.epoch == patch.epoch)
}

/// A joiner opens a tree that the hub serves exactly if the page says so.
fn joins(scene: &TreeScene, number: usize, tree: &EncryptedTree) -> Verdict {
    let made = scene.epochs.get(number).ok_or("an epoch that is not there")?;
    let epoch = made.tree.epoch;
    let expected = plain::opened(&scene.setup.group_id, epoch, &made.secret, tree).is_some();
    let is = open(&scene.setup, epoch, &made.secret, tree, Bounds::default()).is_ok();
    holds(is == expected, || format!("a joiner takes it: {is}; by the page: {expected}"))
}
