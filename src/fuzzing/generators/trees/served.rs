use super::scene::{TreeEpoch, TreeScene};
use crate::fuzzing::generators::poked;
use crate::vector::forge::traffic::vector;
use crate::vector::forge::tree::{Patch, Wrapped, additional, content, hash, node_secret, seal, siv, tag};
use std::collections::BTreeMap;

/// A tree that is served to a joiner.
#[derive(Clone, Debug)]
pub struct ServedTree {
    /// The epoch that the joiner joins.
    pub epoch: usize,
    /// Whether it is that epoch's tree.
    pub whole: bool,
    /// Its octets.
    pub octets: Vec<u8>,
}

/// Edits at most in one input.
const MOST: usize = 6;

/// What is done to a node before it is wrapped, or after.
#[derive(Clone, Copy, Debug)]
struct Edit {
    place: u32,
    kind: u8,
    value: u8,
}

/// A tree. The first octet says of which epoch, the second whether an octet of it is changed in the end, or its tag left as it was; then edits,
/// three octets each: a place, what, and a value. Whoever made it has every key, so that what is edited still opens: another payload, other
/// secrets of children, other padding, other sivs, another epoch, a node left out, doubled or moved, another ciphertext.
#[must_use]
pub fn tree_open(octets: &[u8], scene: &TreeScene) -> Option<ServedTree> {
    let [which, last, rest @ ..] = octets else { return None };
    let number = usize::from(*which).checked_rem(scene.epochs.len())?;
    let made = scene.epochs.get(number)?;
    let honest = made.tree.whole().tree_octets();
    let edit = |edit: &[u8]| match edit {
        [place, kind, value] => Some(Edit { place: u32::from(place % 32), kind: kind % 16, value: *value }),
        _ => None,
    };
    let edits: Vec<Edit> = rest.chunks(3).filter_map(edit).take(MOST).collect();
    let mut served = if edits.is_empty() { honest.clone() } else { wrapped(made, &edits, last & 2 == 0).tree_octets() };
    if let ([.., high, low, value], true) = (rest, last & 1 == 1) {
        served = poked(&served, u16::from_be_bytes([*high, *low]), *value);
    }
    Some(ServedTree { epoch: number, whole: served == honest, octets: served })
}

fn level(x: u32) -> u32 {
    (0..32).find(|bit| x & (1 << bit) == 0).unwrap_or(32)
}

/// The epoch's tree made anew, with edits.
fn wrapped(made: &TreeEpoch, edits: &[Edit], tagged: bool) -> Patch {
    let tree = &made.tree;
    let root = tree.capacity.saturating_sub(1);
    let mut patch = tree.whole();
    let mut places: Vec<u32> = tree.nodes.keys().copied().collect();
    places.sort_by_key(|x| level(*x));
    let (mut nodes, mut secrets) = (BTreeMap::new(), tree.secrets.clone());
    for x in places {
        let of: Vec<Edit> = edits.iter().filter(|edit| edit.place == x).copied().collect();
        let old = tree.nodes.get(&x).map_or(tree.epoch, |node| node.epoch);
        // Nodes of epochs before have secrets that nobody can make anew.
        if of.is_empty() && old != tree.epoch {
            nodes.extend(tree.nodes.get(&x).map(|node| (x, node.clone())));
            continue;
        }
        let payload = usize::try_from(x).ok().and_then(|x| tree.payloads.get(x).cloned()).unwrap_or_else(|| vec![0]);
        let half = 1_u32 << level(x).saturating_sub(1);
        let child = |x: u32| secrets.get(&x).cloned().unwrap_or_default();
        let (left, right) = (child(x.saturating_sub(half)), child(x.saturating_add(half)));
        let plain = edited(&payload, (x % 2 == 1).then_some((left, right)), &of);
        let mut siv = siv(&made.secret, x, &plain);
        let mut epoch = tree.epoch;
        for edit in &of {
            match edit.kind {
                8 => siv.iter_mut().take(1).for_each(|octet| *octet ^= edit.value),
                9 => epoch = u64::from(edit.value % 16),
                _ => {}
            }
        }
        let secret = node_secret(&made.secret, x, &siv);
        let ciphertext = seal(&secret, &additional(&tree.label, &tree.group_id, epoch, x), &plain);
        secrets.insert(x, secret);
        if x == root {
            patch.root_siv = siv;
        }
        nodes.insert(x, Wrapped { index: x, epoch, ciphertext });
    }
    patch.nodes = nodes.into_values().collect();
    for edit in edits {
        arranged(&mut patch, edit);
    }
    let by_place: BTreeMap<u32, Wrapped> = patch.nodes.iter().map(|node| (node.index, node.clone())).collect();
    patch.hash = hash(&by_place, patch.capacity.saturating_sub(1));
    if tagged {
        patch.tag = tag(&made.secret, &patch.group_id, patch.epoch, patch.capacity, &patch.hash);
    }
    patch
}

/// The content of a node, edited.
fn edited(payload: &[u8], children: Option<(Vec<u8>, Vec<u8>)>, edits: &[Edit]) -> Vec<u8> {
    let (mut payload, mut children) = (payload.to_vec(), children);
    for edit in edits {
        let n = usize::from(edit.value);
        match (edit.kind, &mut children) {
            (0, _) => payload = [vec![1], vector(vec![edit.value; n])].concat(),
            (1, _) => payload = vec![edit.value % 3],
            (2, Some((left, _))) => left.iter_mut().take(1).for_each(|octet| *octet ^= edit.value),
            (3, Some((left, _))) => left.resize(n % 40, 0),
            (4, Some((_, right))) => right.resize(if n % 2 == 0 { 0 } else { 32 }, 0),
            (5, Some((left, right))) => std::mem::swap(left, right),
            _ => {}
        }
    }
    let mut plain = content(&payload, children.as_ref().map(|(left, right)| (left.as_slice(), right.as_slice())));
    for edit in edits {
        match edit.kind {
            6 => plain.iter_mut().rev().take(1).for_each(|octet| *octet = edit.value),
            7 => plain.resize(plain.len().saturating_add(256 * usize::from(edit.value % 3)), 0),
            _ => {}
        }
    }
    plain
}

/// What is changed once all is wrapped.
fn arranged(patch: &mut Patch, edit: &Edit) {
    let at = patch.nodes.iter().position(|node| node.index == edit.place);
    match (edit.kind, at) {
        (10, Some(at)) => drop(patch.nodes.remove(at)),
        (11, Some(at)) => {
            if let Some(node) = patch.nodes.get_mut(at) {
                node.index = u32::from(edit.value);
            }
            patch.nodes.sort_by_key(|node| node.index);
        }
        (12, Some(at)) => {
            if let Some(node) = patch.nodes.get_mut(at) {
                let place = usize::from(edit.value).checked_rem(node.ciphertext.len()).unwrap_or_default();
                node.ciphertext.iter_mut().skip(place).take(1).for_each(|octet| *octet ^= 1);
            }
        }
        (13, _) => patch.capacity = 1_u32.checked_shl(u32::from(edit.value % 24)).unwrap_or_default(),
        (14, _) => patch.epoch = patch.epoch.wrapping_add(u64::from(edit.value)),
        (15, _) => patch.root_siv.resize(usize::from(edit.value % 40), 0),
        _ => {}
    }
}
