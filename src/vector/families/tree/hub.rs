//! `tree/hub`: what a hub makes of patches: it holds no key, and refuses by structure alone. What was refused has changed
//! nothing: the tree is served as before, and the honest patch is taken.

use super::notes;
use super::scene::{Epoch, FIRST, LINKS, NODES, SUITES, links, partition, real, setup, story, with};
use crate::reason::{Reason, delivery, tree as reason, wire};
use crate::vector::families::build::{self, ERT, accept, group};
use crate::vector::forge::traffic::vector;
use crate::vector::forge::tree::{Patch, Wrapped, hash};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(in crate::vector::families) const NAME: &str = "tree/hub";

pub(in crate::vector::families) fn file() -> File {
    let real = match of_real_groups() {
        Ok(cases) => group("trees of real groups", cases),
        Err(refused) => build::failed("trees of real groups", &refused),
    };
    let groups = vec![
        group("what a hub takes and serves", taken()),
        real,
        group("patches that are refused", refused()),
        group("first trees that are refused", refused_first()),
        group("partitions", partitions()),
        group("limits", limits()),
        group("what is no patch", malformed()),
    ];
    build::file(ERT, NAME, notes::HUB, groups)
}

/// What stands in front of a case: name, comment, flag, rule.
type What<'a> = (&'a str, &'a str, &'a str, &'a str);

fn begin((name, comment, flag, rule): What<'_>, settings: Value) -> Case {
    accept(name, comment, &[flag], &[rule], "tree-hub/new", settings, json!({}))
}

fn committing(from: Option<u8>, to: u8, patch: &[u8]) -> Value {
    json!({"from": from.map(|n| hex::encode(&partition(n))), "to": hex::encode(&partition(to)), "patch": hex::encode(patch)})
}

fn commit(case: Case, from: Option<u8>, to: u8, patch: &Patch) -> Case {
    case.then_accept("", "tree-hub/commit", committing(from, to, &patch.octets()), Some(json!({})))
}

fn serves(case: Case, n: u8, trees: &[&Epoch]) -> Case {
    let trees: Vec<String> = trees.iter().map(|epoch| epoch.served()).collect();
    case.then_accept("", "tree-hub/fetch", fetching(n), Some(json!({"trees": trees})))
}

fn fetching(n: u8) -> Value {
    json!({"partition": hex::encode(&partition(n))})
}

/// A hub that takes a history, partition by partition, and serves each epoch's tree at the end: late joiners have theirs.
fn follows(what: What<'_>, settings: Value, epochs: &[Epoch]) -> Case {
    let mut case = begin(what, settings);
    for (n, epoch) in (0_u8..).zip(epochs) {
        case = commit(case, n.checked_sub(1), n, &epoch.patch);
    }
    (0_u8..).zip(epochs).fold(case, |case, (n, epoch)| serves(case, n, &[epoch]))
}

fn taken() -> Vec<Case> {
    let rows: [(&str, &str, &str, &str, &[&str]); 9] = [
        ("one-leaf", "A tree of one leaf.", "shape", "7:shape", &["a", "b"]),
        (
            "paths",
            "Paths of a tree of eight leaves.",
            "shape",
            "7:closed",
            &["abcdefgh", "Xbcdefgh", "XbcdYfgh", "XbcdYfgZ"],
        ),
        ("root-alone", "Commits that change nothing but the epoch.", "root", "7:root", &["abcd", "abcd", "abcd"]),
        ("grows", "From one leaf to nine.", "capacity", "7:capacity", &["a", "ab", "abc", "abcde", "abcdefghi"]),
        ("truncates", "From nine leaves to one.", "removed", "7:removed", &["abcdefghi", "abcde", "abc", "a"]),
        (
            "shrinks-and-grows",
            "The tree shrinks, and grows over places that it had.",
            "removed",
            "7:removed",
            &["abcdefgh", "abc", "abcwxyz"],
        ),
        (
            "blanks",
            "Leaves are blanked, and taken again.",
            "removed",
            "7:removed-parent",
            &["abcd", "a.cd", "a..d", "axyd"],
        ),
        (
            "blank-halves",
            "A half without any leaf, then the other one.",
            "shape",
            "7:shape",
            &["abcdefgh", "....efgh", "abcd...h"],
        ),
        (
            "many-leaves",
            "33 leaves have room for 64.",
            "capacity",
            "7:capacity",
            &["abcdefghijklmnopqrstuvwxyzABCDEFG", "abcdefghijklmnopqrstuvwxyzABCDEFG"],
        ),
    ];
    rows.iter()
        .map(|(name, comment, flag, rule, words)| follows((name, comment, flag, rule), setup(1, LINKS), &story(words)))
        .collect()
}

fn of_real_groups() -> Result<Vec<Case>, crate::mls::member::Refusal> {
    let mut cases = vec![];
    for (suite, suffix) in SUITES {
        let epochs = real(suite, &[(&["b", "c", "d", "e"], &[]), (&[], &[2]), (&["f"], &[]), (&[], &[4]), (&[], &[])])?;
        let what = (
            format!("real-group-{suffix}"),
            "The tree of a group that grows, shrinks, and is joined three epochs late.",
        );
        cases.push(follows((&what.0, what.1, "shape", "7:shape"), setup(suite, NODES), &epochs));
    }
    Ok(cases)
}

/// The hash that a patch leads to from a tree, for whoever wants to have it right.
fn rehashed(base: &Epoch, patch: Patch) -> Patch {
    let mut nodes: BTreeMap<u32, Wrapped> = base.tree.nodes.clone();
    nodes.retain(|x, _| !patch.removed.contains(x));
    nodes.extend(patch.nodes.iter().map(|node| (node.index, node.clone())));
    Patch { hash: hash(&nodes, patch.capacity.saturating_sub(1)), ..patch }
}

fn without(mut patch: Patch, places: &[u32]) -> Patch {
    patch.nodes.retain(|node| !places.contains(&node.index));
    patch
}

fn also(mut patch: Patch, node: Wrapped) -> Patch {
    patch.nodes.push(node);
    patch.nodes.sort_by_key(|node| node.index);
    patch
}

fn removing(patch: Patch, removed: &[u32]) -> Patch {
    Patch { removed: removed.to_vec(), ..patch }
}

fn at(mut patch: Patch, x: u32, change: impl Fn(&mut Wrapped)) -> Patch {
    patch.nodes.iter_mut().filter(|node| node.index == x).for_each(change);
    patch
}

/// Two epochs by their words; the honest patch of the second is changed. Refused, then the honest one is taken.
fn refuses(what: What<'_>, words: [&str; 2], change: impl Fn(&Epoch, Patch) -> Patch, whys: &[Reason]) -> Case {
    let epochs = story(&words);
    let [first, second] = epochs.as_slice() else { return begin(what, json!({})) };
    let case = commit(begin(what, setup(1, LINKS)), None, 0, &first.patch);
    let wrong = change(first, second.patch.clone());
    let case = case.then_reject("", "tree-hub/commit", committing(Some(0), 1, &wrong.octets()), whys);
    let case = case.then_reject("No tree was made.", "tree-hub/fetch", fetching(1), &[reason::TREE_UNKNOWN_PARTITION]);
    let case = serves(case, 0, &[first]);
    serves(commit(case, Some(0), 1, &second.patch), 1, &[second])
}

fn refused() -> Vec<Case> {
    let (same, leaf) = (["abcd", "Xbcd"], ["abcdefgh", "Xbcdefgh"]);
    let node = |index: u32| Wrapped { index, epoch: FIRST + 1, ciphertext: vec![0x5a; 272] };
    vec![
        refuses(
            ("other-group", "The patch is another group's.", "group", "7:group"),
            same,
            |_, p| Patch { group_id: b"group 2 at hub.example".to_vec(), ..p },
            &[reason::TREE_OTHER_GROUP],
        ),
        refuses(
            ("epoch-again", "The patch has the epoch of its base.", "epoch", "7:epoch"),
            same,
            |_, p| Patch { epoch: FIRST, ..p },
            &[reason::TREE_EPOCH],
        ),
        refuses(
            ("epoch-skipped", "The patch leaves an epoch out.", "epoch", "7:epoch"),
            same,
            |_, p| Patch { epoch: FIRST + 2, ..p },
            &[reason::TREE_EPOCH],
        ),
        refuses(
            ("epoch-last", "The patch has the last epoch that there can be.", "epoch", "7:epoch"),
            same,
            |_, p| Patch { epoch: u64::MAX, ..p },
            &[reason::TREE_EPOCH],
        ),
        refuses(
            ("replayed", "The first patch once more.", "epoch", "7:epoch"),
            same,
            |first, _| first.patch.clone(),
            &[reason::TREE_EPOCH],
        ),
        refuses(
            ("capacity-0", "No capacity.", "capacity", "7:capacity"),
            same,
            |_, p| Patch { capacity: 0, ..p },
            &[reason::TREE_CAPACITY],
        ),
        refuses(
            ("capacity-3", "The capacity is no power of two.", "capacity", "7:capacity"),
            same,
            |_, p| Patch { capacity: 3, ..p },
            &[reason::TREE_CAPACITY],
        ),
        refuses(
            ("capacity-2-21", "The capacity is 2^21.", "capacity", "7:capacity"),
            same,
            |_, p| Patch { capacity: 1 << 21, ..p },
            &[reason::TREE_CAPACITY],
        ),
        refuses(
            ("capacity-doubled", "A root above a tree that has room enough.", "capacity", "7:capacity"),
            same,
            |base, p| rehashed(base, Patch { capacity: 8, ..also(p, node(7)) }),
            &[reason::TREE_CAPACITY],
        ),
        refuses(
            ("capacity-for-nobody", "The last leaf goes and the capacity stays.", "capacity", "7:capacity"),
            ["abcde", "abcd"],
            |base, p| rehashed(base, Patch { capacity: 8, ..removing(also(also(p, node(7)), node(11)), &[8, 9]) }),
            &[reason::TREE_CHILDLESS],
        ),
        refuses(
            ("nodes-swapped", "Two nodes stand the wrong way round.", "order", "7:order"),
            same,
            |_, mut p| {
                p.nodes.swap(0, 1);
                p
            },
            &[reason::TREE_NODE_ORDER],
        ),
        refuses(
            ("node-doubled", "A node stands there twice.", "order", "7:order"),
            same,
            |_, p| also(p, node(0)),
            &[reason::TREE_NODE_ORDER],
        ),
        refuses(
            ("node-outside", "A node stands outside the capacity.", "range", "7:range"),
            same,
            |_, p| also(p, node(8)),
            &[reason::TREE_NODE_RANGE],
        ),
        refuses(
            ("node-far-outside", "A node at the last index that there is.", "range", "7:range"),
            same,
            |_, p| also(p, node(u32::MAX)),
            &[reason::TREE_NODE_RANGE],
        ),
        refuses(
            ("ciphertext-cut", "A ciphertext lacks an octet.", "length", "4:padding"),
            same,
            |_, p| at(p, 0, |n| n.ciphertext.truncate(271)),
            &[reason::TREE_CIPHERTEXT_LENGTH],
        ),
        refuses(
            ("ciphertext-of-a-tag", "A ciphertext is a tag alone.", "length", "4:padding"),
            same,
            |_, p| at(p, 0, |n| n.ciphertext.truncate(16)),
            &[reason::TREE_CIPHERTEXT_LENGTH],
        ),
        refuses(
            ("ciphertext-empty", "A ciphertext has no octets.", "length", "4:padding"),
            same,
            |_, p| at(p, 3, |n| n.ciphertext.clear()),
            &[reason::TREE_CIPHERTEXT_LENGTH],
        ),
        refuses(
            ("node-of-the-epoch-before", "A node carries the epoch before: stale.", "node-epoch", "7:node-epoch"),
            same,
            |base, p| rehashed(base, at(p, 0, |n| n.epoch = FIRST)),
            &[reason::TREE_NODE_EPOCH],
        ),
        refuses(
            ("stale-node", "A node is the one that was there before.", "node-epoch", "7:node-epoch"),
            same,
            |base, p| rehashed(base, at(p, 0, |n| *n = base.tree.nodes.get(&0).cloned().unwrap_or_else(|| n.clone()))),
            &[reason::TREE_NODE_EPOCH],
        ),
        refuses(
            ("node-of-a-later-epoch", "A node carries a later epoch.", "node-epoch", "7:node-epoch"),
            same,
            |base, p| rehashed(base, at(p, 0, |n| n.epoch += 1)),
            &[reason::TREE_NODE_EPOCH],
        ),
        refuses(
            ("no-nodes", "A patch of nothing.", "root", "7:root"),
            ["abcd", "abcd"],
            |base, p| rehashed(base, without(p, &[3])),
            &[reason::TREE_ROOT_MISSING],
        ),
        refuses(
            ("no-root", "The root is missing.", "root", "7:root"),
            same,
            |base, p| rehashed(base, without(p, &[3])),
            &[reason::TREE_ROOT_MISSING],
        ),
        refuses(
            ("no-parent", "A leaf comes without its parent.", "closed", "7:closed"),
            same,
            |base, p| rehashed(base, without(p, &[1])),
            &[reason::TREE_NOT_CLOSED],
        ),
        refuses(
            ("no-grandparent", "A leaf comes with its parent, and not with what is above.", "closed", "7:closed"),
            leaf,
            |base, p| rehashed(base, without(p, &[3])),
            &[reason::TREE_NOT_CLOSED],
        ),
        refuses(
            ("removed-swapped", "What is removed stands the wrong way round.", "order", "7:order"),
            ["abcd", "..cd"],
            |_, p| removing(p, &[2, 1, 0]),
            &[reason::TREE_NODE_ORDER],
        ),
        refuses(
            ("removed-doubled", "What is removed stands there twice.", "order", "7:order"),
            ["abcd", ".bcd"],
            |_, p| removing(p, &[0, 0]),
            &[reason::TREE_NODE_ORDER],
        ),
        refuses(
            ("removed-unknown", "What is removed was not there.", "removed", "7:removed"),
            ["a.cd", "X.cd"],
            |_, p| removing(p, &[2]),
            &[reason::TREE_REMOVED_UNKNOWN],
        ),
        refuses(
            ("removed-outside", "What is removed was outside the tree.", "removed", "7:removed"),
            same,
            |_, p| removing(p, &[40]),
            &[reason::TREE_REMOVED_UNKNOWN],
        ),
        refuses(
            ("removed-and-wrapped", "A node is wrapped and removed.", "removed", "7:removed"),
            same,
            |_, p| removing(p, &[0]),
            &[reason::TREE_REMOVED_UNKNOWN],
        ),
        refuses(
            (
                "removed-below-what-stays",
                "A leaf goes, and its parent is not wrapped anew.",
                "removed-parent",
                "7:removed-parent",
            ),
            ["abcd", ".bcd"],
            |base, p| rehashed(base, without(p, &[1])),
            &[reason::TREE_REMOVED_PARENT],
        ),
        refuses(
            ("removed-root", "The root goes.", "removed", "7:removed"),
            same,
            |_, p| removing(p, &[3]),
            &[reason::TREE_REMOVED_UNKNOWN],
        ),
        refuses(
            ("outside-not-removed", "The tree shrinks, and does not say what goes.", "range", "7:range"),
            ["abcdefgh", "abc"],
            |_, p| removing(p, &[6]),
            &[reason::TREE_NODE_RANGE],
        ),
        refuses(
            ("outside-removed-in-part", "The tree shrinks, and forgets the last leaf.", "range", "7:range"),
            ["abcde", "abcd"],
            |_, mut p| {
                p.removed.retain(|x| *x != 8);
                p
            },
            &[reason::TREE_NODE_RANGE],
        ),
        refuses(
            ("hole", "A parent goes, and its children stay.", "shape", "7:shape"),
            ["abcd", "abcd"],
            |base, p| rehashed(base, removing(p, &[1])),
            &[reason::TREE_HOLE],
        ),
        refuses(
            ("hole-of-growth", "It grows by two levels, and the tree before has no parent.", "shape", "7:shape"),
            ["a", "a.c"],
            |base, mut p| {
                p.nodes.retain(|node| node.index != 1);
                rehashed(base, p)
            },
            &[reason::TREE_HOLE],
        ),
        refuses(
            ("hole-in-part", "A parent and one child go, the other stays.", "shape", "7:shape"),
            ["abcd", "abcd"],
            |base, p| rehashed(base, removing(p, &[0, 1])),
            &[reason::TREE_HOLE],
        ),
        refuses(
            ("childless", "Both children go, and their parent is wrapped.", "shape", "7:shape"),
            ["abcd", "..cd"],
            |base, p| rehashed(base, removing(also(p, node(1)), &[0, 2])),
            &[reason::TREE_CHILDLESS],
        ),
        refuses(
            ("other-hash", "The hash is not that of the tree.", "hash", "5:hash"),
            same,
            |_, mut p| {
                if let Some(last) = p.hash.last_mut() {
                    *last ^= 1;
                }
                p
            },
            &[reason::TREE_HASH],
        ),
        refuses(
            ("hash-of-the-base", "The hash is that of the tree before.", "hash", "5:hash"),
            same,
            |base, p| Patch { hash: base.tree.hash.clone(), ..p },
            &[reason::TREE_HASH],
        ),
        refuses(
            ("no-hash", "There is no hash.", "hash", "5:hash"),
            same,
            |_, p| Patch { hash: vec![], ..p },
            &[reason::TREE_HASH],
        ),
        refuses(
            ("altered", "One octet of a ciphertext is another one.", "hash", "5:hash"),
            same,
            |_, p| at(p, 0, |n| n.ciphertext.iter_mut().take(1).for_each(|o| *o ^= 1)),
            &[reason::TREE_HASH],
        ),
        refuses(
            ("of-another-branch", "The patch of another commit, with this one's hash.", "hash", "5:hash"),
            same,
            |base, p| Patch { hash: p.hash, ..base.next("other", links("Ybcd")).patch },
            &[reason::TREE_HASH],
        ),
    ]
}

/// A first tree changed; then the honest one is taken.
fn refused_first() -> Vec<Case> {
    let epochs = story(&["abcd"]);
    let Some(first) = epochs.first() else { return vec![] };
    let no = |what: What<'_>, wrong: Patch, why: Reason| {
        let case = begin(what, setup(1, LINKS)).then_reject(
            "",
            "tree-hub/commit",
            committing(None, 0, &wrong.octets()),
            &[why],
        );
        serves(commit(case, None, 0, &first.patch), 0, &[first])
    };
    let patch = || first.patch.clone();
    let bare = |patch: Patch| {
        let nodes: BTreeMap<u32, Wrapped> = patch.nodes.iter().map(|node| (node.index, node.clone())).collect();
        Patch { hash: hash(&nodes, patch.capacity - 1), ..patch }
    };
    vec![
        no(
            ("first-other-group", "A first tree of another group.", "group", "7:group"),
            Patch { group_id: vec![], ..patch() },
            reason::TREE_OTHER_GROUP,
        ),
        no(
            ("first-without-root", "A first tree without its root.", "root", "7:root"),
            bare(without(patch(), &[3])),
            reason::TREE_ROOT_MISSING,
        ),
        no(
            ("first-without-parent", "A first tree with a hole.", "closed", "7:closed"),
            bare(without(patch(), &[1])),
            reason::TREE_NOT_CLOSED,
        ),
        no(
            ("first-childless", "A first tree with a parent above nothing.", "shape", "7:shape"),
            bare(without(patch(), &[0, 2])),
            reason::TREE_CHILDLESS,
        ),
        no(
            (
                "first-too-wide",
                "A first tree with more room than it needs: the second half is not there.",
                "capacity",
                "7:capacity",
            ),
            bare(without(patch(), &[4, 5, 6])),
            reason::TREE_CAPACITY,
        ),
        no(
            ("first-removes", "A first tree that removes something.", "removed", "7:removed"),
            removing(patch(), &[0]),
            reason::TREE_REMOVED_UNKNOWN,
        ),
        no(
            ("first-of-mixed-epochs", "A first tree with a node of another epoch.", "node-epoch", "7:node-epoch"),
            bare(at(patch(), 0, |n| n.epoch -= 1)),
            reason::TREE_NODE_EPOCH,
        ),
        no(
            ("first-empty", "A first tree of nothing.", "root", "7:root"),
            Patch { nodes: vec![], hash: vec![], capacity: 1, ..patch() },
            reason::TREE_ROOT_MISSING,
        ),
    ]
}

fn partitions() -> Vec<Case> {
    let epochs = story(&["abcd", "Xbcd", "XYcd"]);
    let [first, second, third] = epochs.as_slice() else { return vec![] };
    let other = first.next("other branch", links("abZd"));
    let start = |what: What<'_>| commit(begin(what, setup(1, LINKS)), None, 0, &first.patch);
    let repaired = |case: Case, n: u8, patch: &Patch| {
        let input = json!({"to": hex::encode(&partition(n)), "patch": hex::encode(&patch.octets())});
        case.then_accept("", "tree-hub/repair", input, Some(json!({})))
    };
    let repair_refused = |case: Case, n: u8, patch: &Patch, why: Reason| {
        let input = json!({"to": hex::encode(&partition(n)), "patch": hex::encode(&patch.octets())});
        case.then_reject("", "tree-hub/repair", input, &[why])
    };
    let forgets = |case: Case, n: u8| case.then_accept("", "tree-hub/forget", fetching(n), Some(json!({})));
    // The committer's patch is well-formed and wrong: its leaf is noise. Members compute the right one.
    let wrong = rehashed(first, at(second.patch.clone(), 0, |n| n.ciphertext = vec![0xee; 272]));
    let noise = Epoch {
        tree: crate::vector::forge::tree::Tree {
            nodes: {
                let mut nodes = second.tree.nodes.clone();
                nodes.extend(wrong.nodes.iter().map(|n| (n.index, n.clone())));
                nodes
            },
            hash: wrong.hash.clone(),
            ..second.tree.clone()
        },
        ..second.clone()
    };
    let branches = |what| {
        let case = commit(commit(start(what), Some(0), 1, &second.patch), Some(0), 2, &other.patch);
        serves(serves(serves(case, 0, &[first]), 1, &[second]), 2, &[&other])
    };
    let both = |what| repaired(commit(start(what), Some(0), 1, &wrong), 1, &second.patch);
    let state = &[delivery::NO_STATE];
    vec![
        branches((
            "branches",
            "A fork: two commits of one partition lead to two trees, and each is served.",
            "partition",
            "7:new-partition",
        )),
        {
            let case = commit(
                start((
                    "branch-goes-on",
                    "One branch goes on; the other one's tree is none of its business.",
                    "partition",
                    "7:new-partition",
                )),
                Some(0),
                1,
                &second.patch,
            );
            let case = commit(commit(case, Some(0), 2, &other.patch), Some(1), 3, &third.patch);
            serves(serves(case, 3, &[third]), 2, &[&other])
        },
        {
            let case = commit(
                start((
                    "patch-on-another-branch",
                    "The patch of a commit of one branch, said to be of the other.",
                    "hash",
                    "5:hash",
                )),
                Some(0),
                2,
                &other.patch,
            );
            case.then_reject("", "tree-hub/commit", committing(Some(2), 3, &third.patch.octets()), &[reason::TREE_HASH])
        },
        {
            let case = commit(
                start((
                    "partition-taken",
                    "A second commit to a partition that has a tree.",
                    "partition",
                    "7:new-partition",
                )),
                Some(0),
                1,
                &second.patch,
            );
            let case = case.then_reject(
                "",
                "tree-hub/commit",
                committing(Some(0), 1, &other.patch.octets()),
                &[reason::TREE_PARTITION_EXISTS],
            );
            serves(case, 1, &[second])
        },
        start(("partition-unknown", "A commit of a partition that has no tree.", "partition", "7:new-partition"))
            .then_reject(
                "",
                "tree-hub/commit",
                committing(Some(5), 1, &second.patch.octets()),
                &[reason::TREE_UNKNOWN_PARTITION],
            ),
        start(("fetch-unknown", "Nobody has made this partition.", "partition", "7:retention")).then_reject(
            "",
            "tree-hub/fetch",
            fetching(5),
            &[reason::TREE_UNKNOWN_PARTITION],
        ),
        start(("forget-unknown", "A partition that is not there is not forgotten.", "partition", "7:retention"))
            .then_reject("", "tree-hub/forget", fetching(5), &[reason::TREE_UNKNOWN_PARTITION]),
        {
            let case = start(("patch-missing", "A commit without a patch.", "missing", "6:every-commit"));
            let bare = json!({"from": hex::encode(&partition(0)), "to": hex::encode(&partition(1)), "patch": null});
            let case = case.then_reject("", "tree-hub/commit", bare, &[reason::TREE_PATCH_MISSING]);
            serves(commit(case, Some(0), 1, &second.patch), 1, &[second])
        },
        serves(
            both((
                "repaired",
                "A committer's patch is wrong; a member uploads the right one. Both are served, the committer's first: the joiner takes the one whose tag verifies.",
                "repair",
                "5:patch-is-no-vote",
            )),
            1,
            &[&noise, second],
        ),
        serves(
            repaired(
                both((
                    "repaired-twice",
                    "Two members upload the same repair: it is one.",
                    "repair",
                    "5:patch-is-no-vote",
                )),
                1,
                &second.patch,
            ),
            1,
            &[&noise, second],
        ),
        serves(
            commit(
                both((
                    "goes-on-from-the-repair",
                    "The next commit's patch is one of the repaired tree.",
                    "repair",
                    "5:patch-is-no-vote",
                )),
                Some(1),
                2,
                &third.patch,
            ),
            2,
            &[third],
        ),
        serves(
            repair_refused(
                both((
                    "repair-of-another-epoch",
                    "A repair that is no patch of this commit's base.",
                    "epoch",
                    "7:epoch",
                )),
                1,
                &third.patch,
                reason::TREE_EPOCH,
            ),
            1,
            &[&noise, second],
        ),
        repair_refused(
            start(("repair-unknown", "A repair of a commit that was not seen.", "partition", "7:new-partition")),
            4,
            &second.patch,
            reason::TREE_UNKNOWN_PARTITION,
        ),
        {
            let case = forgets(
                commit(
                    start((
                        "forgotten",
                        "The tree of an epoch that nobody may join any more; the tree after it shares its nodes and is served.",
                        "retention",
                        "7:retention",
                    )),
                    Some(0),
                    1,
                    &second.patch,
                ),
                0,
            );
            serves(case.then_reject("", "tree-hub/fetch", fetching(0), &[reason::TREE_TOO_OLD]), 1, &[second])
        },
        {
            let case = forgets(
                start((
                    "commit-of-a-forgotten-epoch",
                    "A commit of an epoch whose tree is forgotten.",
                    "retention",
                    "7:retention",
                )),
                0,
            );
            case.then_reject(
                "",
                "tree-hub/commit",
                committing(Some(0), 1, &second.patch.octets()),
                &[reason::TREE_TOO_OLD],
            )
        },
        begin(("no-hub", "A session has one hub.", "input", "7:group"), setup(1, LINKS)).then_reject(
            "",
            "tree-hub/new",
            setup(1, LINKS),
            state,
        ),
    ]
}

fn limits() -> Vec<Case> {
    let epochs = story(&["abcd", "Xbcd"]);
    let [first, second] = epochs.as_slice() else { return vec![] };
    let limited = |what: What<'_>, limits: Value| begin(what, with(setup(1, LINKS), &[("limits", limits)]));
    let octets = |most: u64, what: What<'_>| commit(limited(what, json!({"max_octets": most})), None, 0, &first.patch);
    // Seven nodes of 272 octets in the first patch, three in the second.
    let many = |n: u8| rehashed(first, at(second.patch.clone(), 0, |node| node.ciphertext = vec![n; 272]));
    let repair = |n: u8| json!({"to": hex::encode(&partition(1)), "patch": hex::encode(&many(n).octets())});
    let candidates = {
        let what = ("candidates-at-most", "A hub keeps three trees of a partition.", "limit", "7:limit");
        let case = commit(
            commit(limited(what, json!({"max_candidates": 3})), None, 0, &first.patch),
            Some(0),
            1,
            &second.patch,
        );
        let case = case.then_accept("", "tree-hub/repair", repair(1), Some(json!({}))).then_accept(
            "",
            "tree-hub/repair",
            repair(2),
            Some(json!({})),
        );
        case.then_reject("", "tree-hub/repair", repair(3), &[reason::TREE_CANDIDATE_LIMIT]).then_accept(
            "One that is kept already is no fault.",
            "tree-hub/repair",
            repair(2),
            Some(json!({})),
        )
    };
    vec![
        octets(1904, ("octets-at-most", "Seven nodes of 272 octets, and as many are taken.", "limit", "7:limit")),
        limited(
            ("octets-too-many", "Seven nodes of 272 octets, and one octet less is taken.", "limit", "7:limit"),
            json!({"max_octets": 1903}),
        )
        .then_reject(
            "",
            "tree-hub/commit",
            committing(None, 0, &first.patch.octets()),
            &[reason::TREE_TOO_LARGE],
        ),
        {
            let what = ("partitions-at-most", "A hub keeps trees of two partitions.", "limit", "7:limit");
            let mut case = limited(what, json!({"max_partitions": 2}));
            let epochs = story(&["a", "b"]);
            for (n, epoch) in (0..2).zip(&epochs) {
                case = commit(case, (n > 0).then_some(0), n, &epoch.patch);
            }
            let other = epochs.first().map(|first| first.next("other branch", links("c")).patch.octets());
            let other = committing(Some(0), 2, &other.unwrap_or_default());
            case.then_reject("", "tree-hub/commit", other, &[reason::TREE_PARTITION_LIMIT])
        },
        {
            let what = "A hub knows two partitions. One whose tree it has forgotten is known all the same.";
            let what = ("forgotten-partitions-count", what, "limit", "7:limit");
            let mut case = limited(what, json!({"max_partitions": 2}));
            let epochs = story(&["a", "b", "c"]);
            for (n, epoch) in (0..2).zip(&epochs) {
                case = commit(case, (n > 0).then_some(0), n, &epoch.patch);
            }
            let case = case.then_accept("", "tree-hub/forget", fetching(0), Some(json!({})));
            let third = epochs.last().map(|epoch| epoch.patch.octets()).unwrap_or_default();
            let third = committing(Some(1), 2, &third);
            case.then_reject("", "tree-hub/commit", third, &[reason::TREE_PARTITION_LIMIT])
        },
        candidates,
    ]
}

fn malformed() -> Vec<Case> {
    let epochs = story(&["abcd", "Xbcd"]);
    let [first, second] = epochs.as_slice() else { return vec![] };
    let octets = second.patch.octets();
    let no = |name: &str, comment: &str, wrong: &[u8], whys: &[Reason]| {
        let case =
            commit(begin((name, comment, "octets", "rfc9420:2.1:whole"), setup(1, LINKS)), None, 0, &first.patch);
        let case = case.then_reject("", "tree-hub/commit", committing(Some(0), 1, wrong), whys);
        serves(commit(case, Some(0), 1, &second.patch), 1, &[second])
    };
    let cut = |octets: &[u8], less: usize| octets.get(..octets.len().saturating_sub(less)).unwrap_or_default().to_vec();
    let three_octets = [
        cut(
            &Patch { removed: vec![], hash: vec![], tag: vec![], root_siv: vec![], ..second.patch.clone() }.octets(),
            4,
        ),
        vec![3, 0, 0, 0],
        vec![0, 0, 0],
    ]
    .concat();
    vec![
        no("patch-empty", "No octets.", &[], &[wire::WIRE_TRUNCATED]),
        no("patch-cut", "The patch ends in its tag.", &cut(&octets, 1), &[wire::WIRE_TRUNCATED]),
        no(
            "patch-and-more",
            "An octet stands behind the patch.",
            &[octets.as_slice(), &[0]].concat(),
            &[wire::WIRE_TRAILING],
        ),
        no(
            "patch-of-huge-length",
            "The group's id claims 2^30 - 1 octets.",
            &[0xbf, 0xff, 0xff, 0xff, 0],
            &[wire::WIRE_TRUNCATED],
        ),
        no(
            "patch-length-wide",
            "The group's id has a header of two octets where one does.",
            &[&[0x40, 22][..], octets.get(1..).unwrap_or_default()].concat(),
            &[wire::WIRE_LENGTH_NOT_MINIMAL],
        ),
        no("patch-length-prefix", "A header that begins with 11.", &[0xc0, 0, 0, 0], &[wire::WIRE_LENGTH_PREFIX]),
        no(
            "patch-group-only",
            "Nothing but the group's id.",
            &vector(b"group 1 at hub.example"),
            &[wire::WIRE_TRUNCATED],
        ),
        no(
            "removed-of-three-octets",
            "What is removed has three octets: no place.",
            &three_octets,
            &[wire::WIRE_TRUNCATED],
        ),
        no(
            "tree-in-place-of-a-patch",
            "A whole tree in place of a patch.",
            &second.tree.whole().tree_octets(),
            &[wire::WIRE_TRUNCATED, wire::WIRE_TRAILING, wire::WIRE_LENGTH_PREFIX, wire::WIRE_LENGTH_NOT_MINIMAL],
        ),
    ]
}
