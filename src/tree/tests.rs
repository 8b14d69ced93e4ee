#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{Bounds, EncryptedTreePatch, LINK_KEYS, Setup, StoredTree, Wrapping, open, open_with_help};
use crate::entropy::{Seed, Stream};
use crate::protocol::{CipherSuite, Structure};
use crate::reason::tree as reason;
use std::collections::{BTreeMap, BTreeSet};

const BOUNDS: Bounds = Bounds { octets: 1 << 24 };

fn setup() -> Setup {
    Setup::new(LINK_KEYS, CipherSuite::X25519, b"room").unwrap()
}

/// Leaves of a group, each with a key or none.
type Leaves = Vec<Option<Vec<u8>>>;

fn payloads(leaves: &Leaves) -> Vec<Vec<u8>> {
    let mut all = vec![];
    for leaf in leaves {
        all.push(leaf.as_ref().map_or(vec![0], |key| [&[1, u8::try_from(key.len()).unwrap()][..], key].concat()));
        all.push(vec![0]);
    }
    all.pop();
    all
}

fn some_key(stream: &mut Stream) -> Option<Vec<u8>> {
    Some(stream.array::<16>().to_vec())
}

/// Adds, removes and changes of up to three leaves.
fn change(leaves: &mut Leaves, stream: &mut Stream) {
    for _ in 0..=stream.array::<1>()[0] % 3 {
        let [kind, place] = stream.array::<2>();
        let there: Vec<_> = (0..leaves.len()).filter(|n| leaves[*n].is_some()).collect();
        let chosen = there[usize::from(place) % there.len()];
        match kind % 4 {
            0 | 1 => {
                let free = leaves.iter().position(Option::is_none);
                let place = free.unwrap_or_else(|| {
                    leaves.push(None);
                    leaves.len() - 1
                });
                leaves[place] = some_key(stream);
            }
            2 if there.len() > 1 => leaves[chosen] = None,
            _ => leaves[chosen] = some_key(stream),
        }
    }
    while leaves.last().is_some_and(Option::is_none) {
        leaves.pop();
    }
}

struct Branch {
    leaves: Leaves,
    member: Wrapping,
    hub: StoredTree,
    secret: [u8; 32],
}

fn step(branch: &Branch, stream: &mut Stream) -> (Branch, EncryptedTreePatch) {
    let mut leaves = branch.leaves.clone();
    change(&mut leaves, stream);
    let secret = stream.array::<32>();
    let octets = payloads(&leaves);
    let octets: Vec<_> = octets.iter().map(Vec::as_slice).collect();
    let (member, patch) = branch.member.next(&secret, &octets).unwrap();
    let hub = branch.hub.patched(&patch, BOUNDS).unwrap();
    (Branch { leaves, member, hub, secret }, patch)
}

fn start(stream: &mut Stream) -> Branch {
    let leaves = vec![some_key(stream)];
    let secret = stream.array::<32>();
    let octets = payloads(&leaves);
    let octets: Vec<_> = octets.iter().map(Vec::as_slice).collect();
    let (member, patch) = Wrapping::first(&setup(), 0, &secret, &octets).unwrap();
    let hub = StoredTree::first(&setup(), &patch, BOUNDS).unwrap();
    Branch { leaves, member, hub, secret }
}

#[test]
fn hub_members_and_joiners_have_the_same_tree() {
    for seed in 0..12 {
        let mut stream = Seed::new("tree").stream(&format!("history {seed}"));
        let mut here = start(&mut stream);
        for epoch in 1..=60_u64 {
            let (next, patch) = step(&here, &mut stream);
            assert_eq!(EncryptedTreePatch::decode(&patch.encode().unwrap()), Ok(patch.clone()));
            // A retry of the same commit gives the same octets, and a fork shares nothing with it.
            here = next;
            let served = here.hub.serve();
            assert_eq!(Some(&served), here.member.whole().as_ref());
            let joiner = open(&setup(), epoch, &here.secret, &served, BOUNDS).unwrap();
            let expected = payloads(&here.leaves);
            assert_eq!(joiner.payloads(), expected.iter().map(Vec::as_slice).collect::<Vec<_>>());
            assert_eq!(joiner.secrets(), here.member.secrets());
            let help = here.member.help([7; 16]);
            let helped = open_with_help(&setup(), &help, &served, BOUNDS).unwrap();
            assert_eq!(helped.secrets(), here.member.secrets());
            assert!(patch.nodes.len() <= 3 * (usize::try_from(here.member.capacity().ilog2()).unwrap() + 1) + 1);
        }
    }
}

#[test]
fn no_secret_opens_two_contents() {
    let mut stream = Seed::new("tree").stream("forks");
    let mut branches = vec![start(&mut stream)];
    let mut used: BTreeMap<Vec<u8>, (u32, u64, Vec<u8>)> = BTreeMap::new();
    for n in 0..80 {
        let at = n % branches.len();
        let (next, patch) = step(&branches[at], &mut stream);
        for (node, secret) in next.member.secrets() {
            let what = (node.node_index, node.epoch, node.ciphertext.clone());
            let before = used.entry(secret.octets().to_vec()).or_insert_with(|| what.clone());
            assert_eq!(*before, what);
        }
        assert!(patch.nodes.iter().all(|node| used.values().any(|(_, _, c)| *c == node.ciphertext)));
        if n % 5 == 0 { branches.push(next) } else { branches[at] = next }
    }
    assert!(used.len() > 300, "{}", used.len());
}

#[test]
fn a_past_member_opens_the_trees_of_its_epochs_and_nothing_else() {
    let mut stream = Seed::new("tree").stream("attacker");
    let mut here = start(&mut stream);
    let (mut archive, mut kept) = (BTreeSet::new(), BTreeSet::new());
    let mut allowed = BTreeSet::new();
    for epoch in 0..60_u64 {
        let served = here.hub.serve();
        let member = (20..30).contains(&epoch);
        for node in served.nodes {
            if member {
                allowed.insert((node.node_index, node.epoch, node.ciphertext.clone()));
            }
            archive.insert((node.node_index, node.epoch, node.ciphertext));
        }
        if member {
            kept.extend(here.member.secrets().into_iter().map(|(_, secret)| secret.octets().to_vec()));
        }
        here = step(&here, &mut stream).0;
    }
    let opens = |secret: &[u8], (node_index, epoch, ciphertext): &(u32, u64, Vec<u8>)| {
        let node = super::EncryptedNode { node_index: *node_index, epoch: *epoch, ciphertext: ciphertext.clone() };
        setup().unseal(&super::NodeSecret(secret.to_vec()), &node).is_some()
    };
    let opened: BTreeSet<_> = archive.iter().filter(|node| kept.iter().any(|s| opens(s, node))).cloned().collect();
    assert_eq!(opened, allowed);
    assert!(allowed.len() > 20 && archive.len() > allowed.len() + 50);
}

#[test]
fn a_tree_grows_and_shrinks_in_one_commit() {
    let mut stream = Seed::new("tree").stream("sizes");
    let mut here = start(&mut stream);
    for count in [1, 2, 9, 3, 1, 17, 16, 8, 33, 1] {
        let leaves: Leaves = (0..count).map(|_| some_key(&mut stream)).collect();
        let (octets, secret) = (payloads(&leaves), stream.array::<32>());
        let octets: Vec<_> = octets.iter().map(Vec::as_slice).collect();
        let (member, patch) = here.member.next(&secret, &octets).unwrap();
        let hub = here.hub.patched(&patch, BOUNDS).unwrap();
        assert_eq!(member.capacity(), u32::try_from(count).unwrap().next_power_of_two());
        assert_eq!(hub.nodes(), member.secrets().len());
        here = Branch { leaves, member, hub, secret };
    }
}

/// Nine leaves, one of them blank, and the patch that changes one and removes another.
fn scene() -> (Branch, EncryptedTreePatch) {
    let mut stream = Seed::new("tree").stream("scene");
    let mut here = start(&mut stream);
    for (count, blank) in [(9, Some(4)), (9, None)] {
        let mut leaves: Leaves = (0..count).map(|_| some_key(&mut stream)).collect();
        if let Some(blank) = blank {
            leaves[blank] = None;
        } else {
            leaves.clone_from(&here.leaves);
            (leaves[1], leaves[8], leaves[5]) = (some_key(&mut stream), None, None);
        }
        let (octets, secret) = (payloads(&leaves), stream.array::<32>());
        let octets: Vec<_> = octets.iter().map(Vec::as_slice).collect();
        let (member, patch) = here.member.next(&secret, &octets).unwrap();
        if blank.is_none() {
            return (here, patch);
        }
        let hub = here.hub.patched(&patch, BOUNDS).unwrap();
        here = Branch { leaves, member, hub, secret };
    }
    unreachable!()
}

#[test]
fn a_hub_refuses_what_is_no_tree() {
    let (here, honest) = scene();
    assert!(here.hub.patched(&honest, BOUNDS).is_ok());
    let before = here.hub.serve();
    let refused = |change: &dyn Fn(&mut EncryptedTreePatch)| {
        let mut patch = honest.clone();
        change(&mut patch);
        here.hub.patched(&patch, BOUNDS).unwrap_err().reason
    };
    assert_eq!(honest.removed, [9, 10, 15, 16, 17, 19, 23]);
    assert_eq!(refused(&|p| p.group_id.push(0)), reason::TREE_OTHER_GROUP);
    assert_eq!(refused(&|p| p.epoch += 1), reason::TREE_EPOCH);
    assert_eq!(refused(&|p| p.leaf_capacity = 3), reason::TREE_CAPACITY);
    assert_eq!(refused(&|p| p.leaf_capacity = 1 << 21), reason::TREE_CAPACITY);
    assert_eq!(refused(&|p| p.nodes.swap(0, 1)), reason::TREE_NODE_ORDER);
    assert_eq!(refused(&|p| p.nodes[0].epoch -= 1), reason::TREE_NODE_EPOCH);
    assert_eq!(refused(&|p| p.nodes.clear()), reason::TREE_ROOT_MISSING);
    assert_eq!(refused(&|p| p.nodes[0].ciphertext.push(0)), reason::TREE_CIPHERTEXT_LENGTH);
    assert_eq!(refused(&|p| p.nodes[0].ciphertext.truncate(16)), reason::TREE_CIPHERTEXT_LENGTH);
    assert_eq!(refused(&|p| p.nodes[0].ciphertext[0] ^= 1), reason::TREE_HASH);
    assert_eq!(refused(&|p| p.ert_hash[0] ^= 1), reason::TREE_HASH);
    assert_eq!(refused(&|p| p.removed.push(2)), reason::TREE_NODE_ORDER);
    assert_eq!(refused(&|p| p.removed.push(40)), reason::TREE_REMOVED_UNKNOWN);
    assert_eq!(refused(&|p| p.removed.clear()), reason::TREE_NODE_RANGE);
    assert_eq!(here.hub.patched(&honest, Bounds { octets: 100 }).unwrap_err().reason, reason::TREE_TOO_LARGE);
    assert_eq!(here.hub.serve(), before);
}

#[test]
fn a_joiner_refuses_what_is_not_the_tree() {
    let (here, _) = scene();
    let (epoch, served) = (here.hub.epoch(), here.hub.serve());
    let refused = |change: &dyn Fn(&mut super::EncryptedTree)| {
        let mut tree = served.clone();
        change(&mut tree);
        open(&setup(), epoch, &here.secret, &tree, BOUNDS).unwrap_err().reason
    };
    assert_eq!(refused(&|t| t.epoch += 1), reason::TREE_EPOCH);
    assert_eq!(refused(&|t| drop(t.nodes.remove(1))), reason::TREE_HOLE);
    assert_eq!(refused(&|t| t.ert_tag[0] ^= 1), reason::TREE_TAG);
    assert_eq!(refused(&|t| t.root_siv[0] ^= 1), reason::TREE_UNDECRYPTABLE);
    assert_eq!(refused(&|t| t.nodes[3].ciphertext[0] ^= 1), reason::TREE_HASH);
    assert_eq!(open(&setup(), epoch, &[0; 32], &served, BOUNDS).unwrap_err().reason, reason::TREE_TAG);
    assert_eq!(open(&setup(), epoch, &[], &served, BOUNDS).unwrap_err().reason, reason::TREE_BASE);
    let mut help = here.member.help([0; 16]);
    help.root_secret[0] ^= 1;
    let helped = open_with_help(&setup(), &help, &served, BOUNDS).unwrap_err();
    assert_eq!(helped.reason, reason::TREE_UNDECRYPTABLE);
}
