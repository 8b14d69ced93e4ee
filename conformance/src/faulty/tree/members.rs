//! Bugs of members' patches, and of joiners.

use super::{octets, taken};
use crate::faulty::bug::Fault::Steps;
use crate::faulty::bug::Row;
use crate::faulty::talk::Talk;
use mimicheck::adapter::Answer;
use mimicheck::protocol::Structure;
use mimicheck::reason::tree as reason;
use mimicheck::tree::{EncryptedTree, EncryptedTreePatch, Help};
use mimicheck::vector::forge::tree::tag;
use mimicheck::wire::hex;
use serde_json::{Value, json};

const COMMIT: &str = "tree-member/commit";
const JOIN: &str = "tree-member/join";
const HELPED: &str = "tree-member/join-with-help";
const CHECKS: &str = "checks that the good case does not need";

/// The patch of a commit changed, before anybody sees it.
fn patched(
    talk: &mut Talk<'_>,
    (op, input): (&str, &Value),
    change: fn(&mut Talk<'_>, &Value, &mut EncryptedTreePatch),
) -> Answer {
    let answer = talk.ask(op, input);
    let Answer::Ok(out) = &answer else { return answer };
    let Some(mut patch) = EncryptedTreePatch::decode(&octets(out, "patch")).ok().filter(|_| op == COMMIT) else {
        return answer;
    };
    change(talk, input, &mut patch);
    patch.encode().map_or(answer, |octets| Answer::Ok(json!({"patch": hex::encode(&octets)})))
}

/// The tree as the reference holds it.
fn whole(talk: &mut Talk<'_>) -> Option<EncryptedTree> {
    let Answer::Ok(out) = talk.ask("tree-member/tree", &json!({})) else { return None };
    EncryptedTree::decode(&octets(&out, "tree")).ok()
}

/// What the last commit or join was given or gave as payloads.
fn last_payloads(talk: &Talk<'_>) -> Option<String> {
    let text = |value: &Value| value.get("payloads").and_then(Value::as_str).map(str::to_owned);
    talk.past.iter().rev().find_map(|past| match &past.answer {
        Answer::Ok(out) => text(&past.input).or_else(|| text(out)),
        _ => None,
    })
}

pub(in crate::faulty) const MEMBERS: &[Row] = &[
    (
        "tree-nothing-changed-no-patch",
        "wraps nothing where no payload has changed",
        "an optimisation of the empty case",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |talk, input, patch| {
                if last_payloads(talk).as_deref() == input.get("payloads").and_then(Value::as_str) {
                    patch.nodes.clear();
                }
            })
        }),
    ),
    (
        "tree-path-not-rewrapped",
        "wraps the leaves that changed and the root, and not what is between",
        "a path that stops early",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |_, _, patch| {
                let root = patch.leaf_capacity.saturating_sub(1);
                patch.nodes.retain(|node| node.node_index % 2 == 0 || node.node_index == root);
            })
        }),
    ),
    (
        "tree-whole-as-patch",
        "sends the whole tree with every commit",
        "a difference that is never taken",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |talk, _, patch| {
                if let Some(tree) = whole(talk) {
                    patch.nodes = tree.nodes;
                }
            })
        }),
    ),
    (
        "tree-removed-not-named",
        "does not say which places went",
        "deletions that a difference does not show",
        Steps(|talk, op, input| patched(talk, (op, input), |_, _, patch| patch.removed.clear())),
    ),
    (
        "tree-truncated-not-named",
        "names what went inside the new capacity only",
        "a loop that ends with the new length",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |_, _, patch| {
                let end = patch.leaf_capacity.saturating_mul(2).saturating_sub(1);
                patch.removed.retain(|place| *place < end);
            })
        }),
    ),
    (
        "tree-capacity-of-leaves",
        "gives the number of leaves in place of the capacity",
        "two counts of one type",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |talk, _, patch| {
                let leaves = whole(talk).map_or(0, |tree| tree.nodes.iter().filter(|n| n.node_index % 2 == 0).count());
                patch.leaf_capacity = u32::try_from(leaves).unwrap_or_default();
            })
        }),
    ),
    (
        "tree-tag-of-the-hash-alone",
        "makes the tag over the hash and nothing else",
        "a MAC over what seemed to be enough",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |_, input, patch| {
                patch.ert_tag = tag(&octets(input, "ert_secret"), &[], 0, 0, &patch.ert_hash);
            })
        }),
    ),
    (
        "tree-hash-of-the-patch",
        "hashes the nodes of the patch in place of the tree's",
        "a hash of what is sent",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |_, _, patch| {
                use sha2::{Digest, Sha256};
                let nodes = patch.nodes.iter().filter_map(|node| node.encode().ok());
                patch.ert_hash = Sha256::digest(nodes.collect::<Vec<_>>().concat()).to_vec();
            })
        }),
    ),
    (
        "tree-lost-by-a-refusal",
        "has no tree any more once it has refused a commit",
        "state that is taken before it is checked",
        Steps(|talk, op, input| {
            patched(talk, (op, input), |talk, _, patch| {
                if talk.has_refused()
                    && let Some(tree) = whole(talk)
                {
                    patch.nodes = tree.nodes;
                }
            })
        }),
    ),
    (
        "tree-helps-with-the-epochs-secret",
        "gives the epoch's secret to those whom it helps",
        "the nearest secret at hand",
        Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let ert = talk.past.iter().rev().map(|past| octets(&past.input, "ert_secret")).find(|ert| !ert.is_empty());
            match (&answer, ert) {
                (Answer::Ok(out), Some(ert)) if op == "tree-member/help" => {
                    let help = Help::decode(&octets(out, "help")).ok();
                    let help = help.and_then(|help| Help { root_secret: ert, ..help }.encode().ok());
                    help.map_or(answer, |octets| Answer::Ok(json!({"help": hex::encode(&octets)})))
                }
                _ => answer,
            }
        }),
    ),
];

pub(in crate::faulty) const JOINERS: &[Row] = &[
    (
        "tree-joins-without-tag",
        "takes a tree whose tag does not verify",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_TAG)),
    ),
    (
        "tree-joins-without-hash",
        "takes the hash that it is told",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_HASH)),
    ),
    (
        "tree-joins-stale",
        "takes the tree of another epoch",
        "a cache of the hub",
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_EPOCH)),
    ),
    (
        "tree-joins-without-siv",
        "does not compute the siv of what it opens",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_SIV)),
    ),
    (
        "tree-joins-over-holes",
        "passes over a parent that is missing",
        "blank places that are read as such",
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_HOLE)),
    ),
    (
        "tree-joins-over-missing-children",
        "passes over a child whose secret is not there",
        "blank places that are read as such",
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_CHILD_MISMATCH)),
    ),
    (
        "tree-joins-childless",
        "takes parents above nothing",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_CHILDLESS)),
    ),
    (
        "tree-joins-any-order",
        "takes nodes in any order",
        "a map that is filled as things come",
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_NODE_ORDER)),
    ),
    (
        "tree-joins-any-node-epoch",
        "does not look at the epochs of nodes",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_NODE_EPOCH)),
    ),
    (
        "tree-joins-any-group",
        "takes the tree of another group",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_OTHER_GROUP)),
    ),
    (
        "tree-joins-what-does-not-open",
        "leaves places blank that do not open",
        "an error that becomes an absence",
        Steps(|talk, op, input| taken(talk, (op, input), JOIN, reason::TREE_UNDECRYPTABLE)),
    ),
    (
        "tree-help-for-any-tree",
        "opens any tree with help that was for another one",
        "help that is a key and nothing more",
        Steps(|talk, op, input| taken(talk, (op, input), HELPED, reason::TREE_HASH)),
    ),
    (
        "tree-help-for-any-epoch",
        "does not look at the epoch of help",
        "help that is a key and nothing more",
        Steps(|talk, op, input| taken(talk, (op, input), HELPED, reason::TREE_EPOCH)),
    ),
];
