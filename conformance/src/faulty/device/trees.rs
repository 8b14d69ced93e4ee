//! Bugs of clients whose groups keep an encrypted tree.

use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::super::talk::{Past, Talk};
use super::{DELIVER, said, saying, with};
use mimicheck::adapter::Answer;
use mimicheck::protocol::Structure;
use mimicheck::tree::{TreeMark, TreeMarksResponse, TreeRepair, TreesResponse};
use mimicheck::wire::hex;
use serde_json::{Value, json};

const JOIN: &str = "device/join";
const MARKS: &str = "device/tree-marks";
const COMMIT: &str = "device/commit";

pub(in super::super) const BUGS: &[Row] = &[
    (
        "tree-member-refuses-for-a-patch",
        "Follows nobody any more once the hub had another tree than its own.",
        "A tree that differs is taken for a fork.",
        Fault::Steps(|talk, op, input| {
            let differed = talk.past.iter().any(repaired);
            if op == DELIVER && differed { refused("the tree of the group differs") } else { talk.ask(op, input) }
        }),
    ),
    (
        "tree-member-wants-the-patch-signed",
        "Takes no commit whose authenticated_data has no hash of a patch.",
        "The patch is bound to the commit by the only field that is at hand.",
        Fault::Steps(|talk, op, input| {
            let trees = by_tree(talk.past);
            saying(talk, (op, input), DELIVER, |out| {
                for came in super::list(out, "came").filter(|_| trees).into_iter().flatten() {
                    if came.get("what") == Some(&json!("commit")) {
                        *came = json!({"what": "ignored"});
                    }
                }
            })
        }),
    ),
    (
        "tree-member-repairs-nothing",
        "Says nothing where the hub has another tree.",
        "Only joiners look at trees.",
        Fault::Steps(|talk, op, input| saying(talk, (op, input), MARKS, silent)),
    ),
    (
        "tree-member-always-repairs",
        "Sends its patch whatever the hub has.",
        "A retry without a question.",
        Fault::Steps(|talk, op, input| {
            let nothing = with(input, "marks", "00");
            talk.ask(op, if op == MARKS { &nothing } else { input })
        }),
    ),
    (
        "tree-member-looks-at-hashes",
        "Takes a tree for its own whose hash is.",
        "The tag is for joiners.",
        Fault::Steps(|talk, op, input| {
            content_with(talk, (op, input), |shown, repair| shown.ert_hash == repair.patch.ert_hash)
        }),
    ),
    (
        "tree-member-looks-at-tags",
        "Takes a tree for its own whose tag is right.",
        "The hash is for the hub.",
        Fault::Steps(|talk, op, input| {
            content_with(talk, (op, input), |shown, repair| shown.ert_tag == repair.patch.ert_tag)
        }),
    ),
    (
        "tree-member-looks-at-the-first-tree",
        "Looks at the committer's tree alone.",
        "One tree a partition.",
        Fault::Steps(|talk, op, input| {
            let one = marks(input).map(|mut shown| {
                shown.marks.truncate(1);
                shown
            });
            let one =
                one.and_then(|shown| shown.encode().ok()).map(|octets| with(input, "marks", hex::encode(&octets)));
            talk.ask(op, one.filter(|_| op == MARKS).as_ref().unwrap_or(input))
        }),
    ),
    (
        "tree-member-repairs-what-it-has-left",
        "Holds whatever the hub says against the tree of now.",
        "The answer does not say what was asked.",
        Fault::Steps(|talk, op, input| {
            let here = partition(talk.past).filter(|_| op == MARKS);
            let here = here.map(|key| with(input, "partition_key", key));
            talk.ask(op, here.as_ref().unwrap_or(input))
        }),
    ),
    (
        "tree-member-sends-no-patch",
        "Sends its commits without their patch.",
        "The tree is updated by whoever joins next.",
        Fault::Steps(|talk, op, input| {
            saying(talk, (op, input), COMMIT, |out| {
                if by_patch(out) {
                    *out = with(out, "sends", json!(["SendRequest"]));
                }
            })
        }),
    ),
    (
        "tree-member-stuck-without-a-patch",
        "Makes no commit any more once the hub has refused one for its patch.",
        "A pending commit that nobody drops.",
        Fault::Steps(|talk, op, input| {
            let refused_once = talk.past.iter().any(|past| past.op == "device/refused");
            if op == COMMIT && refused_once { refused("a commit is pending") } else { talk.ask(op, input) }
        }),
    ),
    (
        "tree-member-commits-on-its-lost-tree",
        "Makes no commit any more once somebody else's was first.",
        "The tree of the lost commit is kept, and the next one does not fit it.",
        Fault::Steps(|talk, op, input| {
            let lost = talk.past.iter().any(|past| past.op == COMMIT && said(past).is_some_and(by_patch));
            let moved = talk.past.iter().any(|past| past.op == DELIVER);
            if op == COMMIT && lost && moved { refused("the tree has another epoch") } else { talk.ask(op, input) }
        }),
    ),
    (
        "tree-joiner-takes-the-first-or-none",
        "Tries the committer's tree alone.",
        "One tree a partition.",
        Fault::Steps(|talk, op, input| {
            let first = served(input).map(|mut served| {
                served.trees.truncate(1);
                served
            });
            let first = first.and_then(|served| served.encode().ok());
            let first = first.map(|octets| with(input, "trees", hex::encode(&octets)));
            talk.ask(op, first.filter(|_| op == JOIN).as_ref().unwrap_or(input))
        }),
    ),
    (
        "tree-joiner-takes-the-last",
        "Tries the trees from the newest one on, and believes the first of them that has its epoch.",
        "A repair is better than what it repairs.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let trees = served(input).filter(|_| op == JOIN).map(|served| served.trees).unwrap_or_default();
            match &answer {
                // Somebody who believes a tree is in a group, wherever that is.
                Answer::Reject(_) if !trees.is_empty() => Answer::Ok(json!({})),
                _ => answer,
            }
        }),
    ),
    (
        "tree-joiner-gives-up",
        "Can not join any more once a tree was refused.",
        "The KeyPackage is deleted when the Welcome is opened.",
        Fault::Steps(|talk, op, input| {
            let tried = talk.past.iter().any(|past| past.op == JOIN);
            if op == JOIN && tried { refused("no such KeyPackage") } else { talk.ask(op, input) }
        }),
    ),
];

/// The reference's answer, but that it repairs nothing where the hub has a mark of this kind.
fn content_with(talk: &mut Talk<'_>, (op, input): (&str, &Value), is: fn(&TreeMark, &TreeRepair) -> bool) -> Answer {
    let shown = marks(input).unwrap_or_default().marks;
    saying(talk, (op, input), MARKS, |out| {
        if repair(out).is_some_and(|repair| shown.iter().any(|mark| is(mark, &repair))) {
            silent(out);
        }
    })
}

fn marks(input: &Value) -> Option<TreeMarksResponse> {
    let octets = hex::decode(input.get("marks")?.as_str()?).ok()?;
    TreeMarksResponse::decode(&octets).ok()
}

fn served(input: &Value) -> Option<TreesResponse> {
    let octets = hex::decode(input.get("trees")?.as_str()?).ok()?;
    TreesResponse::decode(&octets).ok()
}

fn repair(out: &Value) -> Option<TreeRepair> {
    let octets = hex::decode(out.get("repair")?.as_str()?).ok()?;
    TreeRepair::decode(&octets).ok()
}

fn repaired(past: &Past) -> bool {
    past.op == MARKS && said(past).is_some_and(|out| out.get("repair").is_some_and(Value::is_string))
}

fn silent(out: &mut Value) {
    *out = with(&with(out, "sends", json!([])), "repair", Value::Null);
}

fn by_patch(out: &Value) -> bool {
    out.get("sends") == Some(&json!(["SendRequest + patch"]))
}

fn by_tree(past: &[Past]) -> bool {
    past.iter().any(|past| past.op == JOIN && past.input.get("trees").is_some())
}

/// The partition that it is in.
fn partition(past: &[Past]) -> Option<Value> {
    let key = |past: &Past| match past.op.as_str() {
        JOIN => said(past)?.get("partition_key").cloned(),
        DELIVER => said(past)?.get("state")?.get("partition_key").cloned(),
        _ => None,
    };
    past.iter().rev().find_map(key)
}
