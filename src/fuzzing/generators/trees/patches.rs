use super::scene::TreeScene;
use crate::entropy::Seed;
use crate::fuzzing::generators::{mutated, poked};
use crate::vector::forge::tree::{Patch, Wrapped, hash, tag};
use std::collections::BTreeMap;

/// A patch that is sent, and what it was made of.
#[derive(Clone, Debug)]
pub struct DrawnPatch {
    /// The epoch whose patch it was made of.
    pub epoch: usize,
    /// The partition that it is for: that of the epoch of this number; `None` for the first tree of a group.
    pub from: Option<usize>,
    /// Whether a member sends it as a repair of that epoch's patch.
    pub repairs: bool,
    /// Whether its octets are those of the epoch's patch.
    pub whole: bool,
    /// Its octets.
    pub octets: Vec<u8>,
}

/// Patches at most in one input.
const MOST: usize = 6;

/// Patches. Of each, the first octet says of which epoch, the second how: as it is, with an octet changed, changed by a seed, for another
/// partition, or with its fields changed: a node left out, moved, of another epoch, of another patch, shorter or longer; other removed places;
/// another capacity. Changed fields get the hash of the tree that comes out, and, as asked, its tag.
#[must_use]
pub fn tree_patch(octets: &[u8], scene: &TreeScene) -> Vec<DrawnPatch> {
    let (mut rest, mut drawn) = (octets, vec![]);
    while let [which, how, tail @ ..] = rest
        && drawn.len() < MOST
    {
        let Some(epoch) = usize::from(*which).checked_rem(scene.epochs.len()) else { break };
        let Some(made) = scene.epochs.get(epoch) else { break };
        let honest = made.patch.octets();
        let mut one = DrawnPatch {
            epoch,
            from: epoch.checked_sub(1),
            repairs: how & 0x40 != 0,
            whole: false,
            octets: honest.clone(),
        };
        rest = match (how % 16, tail) {
            (1..=2, [high, low, value, tail @ ..]) => {
                one.octets = poked(&honest, u16::from_be_bytes([*high, *low]), *value);
                tail
            }
            (3, [a, b, tail @ ..]) => {
                one.octets = mutated(&honest, &mut Seed::new(&format!("{a} {b}")).stream("patch"));
                tail
            }
            (4, [from, tail @ ..]) => {
                one.from = usize::from(*from)
                    .checked_rem(scene.epochs.len().saturating_add(1))
                    .filter(|n| *n < scene.epochs.len());
                tail
            }
            (kind @ 5..=15, [place, value, tail @ ..]) => {
                let patch = changed(scene, made.patch.clone(), kind, *place, *value);
                one.octets = fitting(scene, &one, patch, how & 0x80 != 0).octets();
                tail
            }
            _ => tail,
        };
        one.whole = one.octets == honest;
        drawn.push(one);
    }
    drawn
}

/// With one field changed.
fn changed(scene: &TreeScene, mut patch: Patch, kind: u8, place: u8, value: u8) -> Patch {
    let at = usize::from(place).checked_rem(patch.nodes.len()).unwrap_or_default();
    let other = usize::from(value).checked_rem(scene.epochs.len()).and_then(|n| scene.epochs.get(n));
    match kind {
        5 => drop((at < patch.nodes.len()).then(|| patch.nodes.remove(at))),
        6 => {
            if let Some(node) = patch.nodes.get_mut(at) {
                node.index = u32::from(value);
            }
            patch.nodes.sort_by_key(|node| node.index);
        }
        7 => {
            if let Some(node) = patch.nodes.get_mut(at) {
                node.epoch = u64::from(value % 16);
            }
        }
        8 => patch.removed.push(u32::from(value)),
        9 => patch.removed = other.map(|other| other.patch.removed.clone()).unwrap_or_default(),
        10 => patch.capacity = 1_u32.checked_shl(u32::from(value % 24)).unwrap_or_default(),
        11 => patch.capacity = u32::from(value),
        12 => {
            let more = other.and_then(|other| other.tree.nodes.values().nth(at)).cloned();
            patch.nodes.extend(more.map(|node| Wrapped { epoch: patch.epoch, ..node }));
            patch.nodes.sort_by_key(|node| node.index);
        }
        13 => {
            if let Some(node) = patch.nodes.get_mut(at) {
                node.ciphertext.resize(usize::from(value) * 16, 7);
            }
        }
        14 => patch.epoch = patch.epoch.wrapping_add(u64::from(value)),
        _ => patch.nodes.reverse(),
    }
    patch
}

/// With the hash of the tree that it makes of the partition's, as far as anything comes out; with its tag if that is asked.
fn fitting(scene: &TreeScene, one: &DrawnPatch, mut patch: Patch, tagged: bool) -> Patch {
    let base = one.from.and_then(|from| scene.epochs.get(from));
    let mut nodes: BTreeMap<u32, Wrapped> = base.map(|base| base.tree.nodes.clone()).unwrap_or_default();
    nodes.retain(|place, _| !patch.removed.contains(place));
    nodes.extend(patch.nodes.iter().map(|node| (node.index, node.clone())));
    patch.hash = hash(&nodes, patch.capacity.saturating_sub(1));
    if let Some(made) = scene.epochs.get(one.epoch).filter(|_| tagged) {
        patch.tag = tag(&made.secret, &patch.group_id, patch.epoch, patch.capacity, &patch.hash);
    }
    patch
}
