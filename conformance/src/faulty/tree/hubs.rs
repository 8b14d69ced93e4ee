//! Bugs of hubs that hold encrypted trees.

use super::{octets, taken};
use crate::faulty::bug::Fault::Steps;
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::protocol::Structure;
use mimicheck::reason::tree as reason;
use mimicheck::tree::EncryptedTreePatch;
use serde_json::{Value, json};

const COMMIT: &str = "tree-hub/commit";
const REPAIR: &str = "tree-hub/repair";
const FETCH: &str = "tree-hub/fetch";
const CHECKS: &str = "a server that leaves checks to its clients";

/// The trees of an answer, changed.
fn served(answer: Answer, change: fn(&mut Vec<Value>)) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    if let Some(trees) = out.get_mut("trees").and_then(Value::as_array_mut) {
        change(trees);
    }
    Answer::Ok(out)
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "tree-hub-other-group",
        "takes patches of other groups",
        "an identifier that is not compared",
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_OTHER_GROUP)),
    ),
    (
        "tree-hub-any-epoch",
        "takes patches of any epoch",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_EPOCH)),
    ),
    (
        "tree-hub-any-capacity",
        "takes any capacity",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_CAPACITY)),
    ),
    (
        "tree-hub-any-order",
        "takes places in any order, and twice",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_NODE_ORDER)),
    ),
    (
        "tree-hub-any-range",
        "takes and keeps places outside the capacity",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_NODE_RANGE)),
    ),
    (
        "tree-hub-any-length",
        "takes ciphertexts of any length",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_CIPHERTEXT_LENGTH)),
    ),
    (
        "tree-hub-stale-node",
        "takes nodes that were wrapped in another epoch",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_NODE_EPOCH)),
    ),
    (
        "tree-hub-no-root",
        "takes patches without the root",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_ROOT_MISSING)),
    ),
    (
        "tree-hub-not-closed",
        "takes nodes whose parents are not wrapped anew",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_NOT_CLOSED)),
    ),
    (
        "tree-hub-removes-unknown",
        "lets go of what was not there",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_REMOVED_UNKNOWN)),
    ),
    (
        "tree-hub-removed-parent",
        "takes removals below parents that stay as they were",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_REMOVED_PARENT)),
    ),
    (
        "tree-hub-hole",
        "takes a tree with a hole",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_HOLE)),
    ),
    (
        "tree-hub-loses-the-old-tree",
        "takes a tree that grew past the one before it",
        "a lookup that finds nothing, and goes on",
        Steps(|talk, op, input| {
            let patch = EncryptedTreePatch::decode(&octets(input, "patch"));
            match patch {
                Ok(patch) if patch.removed.is_empty() => taken(talk, (op, input), COMMIT, reason::TREE_HOLE),
                _ => talk.ask(op, input),
            }
        }),
    ),
    (
        "tree-hub-childless",
        "takes parents above nothing",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_CHILDLESS)),
    ),
    (
        "tree-hub-any-hash",
        "takes the hash that it is told",
        "a checksum that is stored and not computed",
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_HASH)),
    ),
    (
        "tree-hub-no-limit",
        "has no limit to the size of a patch",
        "limits that are added when memory has run out",
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_TOO_LARGE)),
    ),
    (
        "tree-hub-no-patch",
        "takes commits without a patch",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_PATCH_MISSING)),
    ),
    (
        "tree-hub-partition-again",
        "overwrites the tree of a partition",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_PARTITION_EXISTS)),
    ),
    (
        "tree-hub-no-partition-limit",
        "keeps trees of any number of partitions",
        "limits that are added when memory has run out",
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_PARTITION_LIMIT)),
    ),
    (
        "tree-hub-limit-of-trees-alone",
        "counts the partitions that have trees",
        "what is forgotten is forgotten, but for its key",
        Steps(|talk, op, input| {
            let forgot = talk.past.iter().any(|past| past.op == "tree-hub/forget");
            if forgot { taken(talk, (op, input), COMMIT, reason::TREE_PARTITION_LIMIT) } else { talk.ask(op, input) }
        }),
    ),
    (
        "tree-hub-commit-of-a-forgotten-epoch",
        "takes patches of trees that it has forgotten",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), COMMIT, reason::TREE_TOO_OLD)),
    ),
    (
        "tree-hub-no-candidate-limit",
        "keeps any number of trees for a partition",
        "limits that are added when memory has run out",
        Steps(|talk, op, input| taken(talk, (op, input), REPAIR, reason::TREE_CANDIDATE_LIMIT)),
    ),
    (
        "tree-hub-repair-of-anything",
        "takes repairs that are no patch of the commit's base",
        CHECKS,
        Steps(|talk, op, input| taken(talk, (op, input), REPAIR, reason::TREE_EPOCH)),
    ),
    (
        "tree-hub-repair-refused",
        "refuses repairs: the committer's patch is there already",
        "first come, first served",
        Steps(|talk, op, input| match op {
            REPAIR => crate::faulty::adapter::refused("there is a patch already"),
            _ => talk.ask(op, input),
        }),
    ),
    (
        "tree-hub-repair-replaces",
        "serves the last repair alone",
        "an update in place",
        Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op != FETCH {
                return answer;
            }
            served(answer, |trees| drop(trees.drain(..trees.len().saturating_sub(1))))
        }),
    ),
    (
        "tree-hub-repair-hidden",
        "serves the committer's tree alone",
        "one column for what may be several",
        Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            if op == FETCH { served(answer, |trees| trees.truncate(1)) } else { answer }
        }),
    ),
    (
        "tree-hub-latest-for-all",
        "serves the tree of the last commit, whichever partition is asked for",
        "a pointer to what is current",
        Steps(|talk, op, input| {
            let took = |past: &&crate::faulty::talk::Past| past.op == COMMIT && matches!(past.answer, Answer::Ok(_));
            let last = talk.past.iter().rev().find(took).and_then(|past| past.input.get("to").cloned());
            match (op, last) {
                (FETCH, Some(to)) => talk.ask(op, &json!({"partition": to})),
                _ => talk.ask(op, input),
            }
        }),
    ),
    (
        "tree-hub-forgets-nothing",
        "says that it has forgotten a tree, and serves it for ever",
        "a deletion that is only a mark",
        Steps(|talk, op, input| match op {
            "tree-hub/forget" if matches!(talk.ask(FETCH, input), Answer::Ok(_)) => Answer::Ok(json!({})),
            _ => talk.ask(op, input),
        }),
    ),
    (
        "tree-hub-keeps-of-a-refusal",
        "has an empty tree where it has refused a patch",
        "an entry that is made before the check",
        Steps(|talk, op, input| {
            let named = |past: &crate::faulty::talk::Past| past.input.get("to") == input.get("partition");
            let refused = talk.past.iter().any(|past| named(past) && matches!(past.answer, Answer::Reject(_)));
            match talk.ask(op, input) {
                Answer::Reject(_) if op == FETCH && refused => Answer::Ok(json!({"trees": []})),
                answer => answer,
            }
        }),
    ),
];
