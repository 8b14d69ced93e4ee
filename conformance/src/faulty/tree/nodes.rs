//! Bugs of single nodes and their keys.

use super::{number, octets};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::reason::{Reason, tree as reason};
use mimicheck::vector::forge::traffic::vector;
use mimicheck::vector::forge::tree::{Wrapped, additional, content, key_and_nonce, node_secret, seal, siv};
use mimicheck::wire::hex;
use serde_json::{Value, json};

const KEYS: &str = "tree/keys";
const WRAP: &str = "tree/wrap";
const UNWRAP: &str = "tree/unwrap";
const BINDING: &str = "additional data that are left empty because everything works without";
const PADDING: &str = "a padding scheme of another protocol";

fn put(input: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(member) = input.get_mut(name) {
        *member = value.into();
    }
}

/// What a node is wrapped of, and how this implementation does it.
struct Node {
    ert: Vec<u8>,
    label: &'static str,
    group_id: Vec<u8>,
    epoch: u64,
    index: u32,
    payload: Vec<u8>,
    children: Option<(Vec<u8>, Vec<u8>)>,
}

impl Node {
    fn of(input: &Value) -> Self {
        let label = if input.get("payload") == Some(&json!("link-keys")) { "mimi link 0" } else { "mimi ert 0" };
        let index = u32::try_from(number(input, "node_index")).unwrap_or_default();
        let children = input.get("left_secret").map(|_| (octets(input, "left_secret"), octets(input, "right_secret")));
        Self {
            ert: octets(input, "ert_secret"),
            label,
            group_id: octets(input, "group_id"),
            epoch: number(input, "epoch"),
            index,
            payload: octets(input, "node"),
            children,
        }
    }

    fn body(&self) -> Vec<u8> {
        let children = self.children.as_ref().map(|(l, r)| [vector(l), vector(r)].concat()).unwrap_or_default();
        [self.payload.clone(), children].concat()
    }

    fn content(&self) -> Vec<u8> {
        content(&self.payload, self.children.as_ref().map(|(l, r)| (l.as_slice(), r.as_slice())))
    }

    fn aad(&self) -> Vec<u8> {
        additional(self.label, &self.group_id, self.epoch, self.index)
    }

    fn wrapped(&self, secret: &[u8], aad: &[u8], content: &[u8]) -> Answer {
        let node = Wrapped { index: self.index, epoch: self.epoch, ciphertext: seal(secret, aad, content) };
        Answer::Ok(json!({"encrypted_node": hex::encode(&node.octets()), "node_secret": hex::encode(secret)}))
    }
}

/// Wraps with other additional data.
fn bound(input: &Value, answer: Answer, aad: fn(&Node) -> Vec<u8>) -> Answer {
    if matches!(answer, Answer::Reject(_)) {
        return answer;
    }
    let (node, text) = (Node::of(input), Node::of(input).content());
    let secret = node_secret(&node.ert, node.index, &siv(&node.ert, node.index, &text));
    node.wrapped(&secret, &aad(&node), &text)
}

/// Wraps another content.
fn padded(input: &Value, answer: Answer, text: fn(&[u8]) -> Vec<u8>) -> Answer {
    if matches!(answer, Answer::Reject(_)) {
        return answer;
    }
    let node = Node::of(input);
    let text = text(&node.body());
    let secret = node_secret(&node.ert, node.index, &siv(&node.ert, node.index, &text));
    node.wrapped(&secret, &node.aad(), &text)
}

/// The first padding of at least so many zeros that makes whole blocks.
fn blocks(body: &[u8], block: usize, least: usize) -> Vec<u8> {
    let padded = (least..1024).map(|zeros| [body, &vector(vec![0; zeros])].concat());
    padded.into_iter().find(|text| text.len() % block == 0).unwrap_or_default()
}

fn passes(answer: Answer, reason: Reason) -> Answer {
    match answer {
        Answer::Reject(no) if no.reason.as_deref() == Some(reason.code()) => Answer::Ok(json!({})),
        answer => answer,
    }
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "tree-keys-without-place",
        "derives the same key for a content wherever it stands",
        "a key derivation that forgets its context",
        Reads(KEYS, |input| put(input, "node_index", 0)),
    ),
    (
        "tree-keys-place-of-8-bits",
        "takes the last octet of a place for all of it",
        "numbers that are small in every test",
        Reads(KEYS, |input| {
            let place = number(input, "node_index");
            put(input, "node_index", place & 0xff);
        }),
    ),
    (
        "tree-keys-without-content",
        "derives a node's key without its content",
        "a nonce that is used twice once a commit is made again",
        Reads(KEYS, |input| put(input, "content", "")),
    ),
    (
        "tree-keys-without-padding",
        "derives a node's key from the content without its last octet",
        "a MAC over what is left when the end was cut",
        Reads(KEYS, |input| {
            let mut content = octets(input, "content");
            content.pop();
            put(input, "content", hex::encode(&content));
        }),
    ),
    (
        "tree-keys-of-any-secret",
        "cuts or fills an epoch's secret until it fits",
        "a library that takes keys of any length",
        Answers(KEYS, |_, answer| passes(answer, reason::TREE_BASE)),
    ),
    (
        "tree-keys-in-any-suite",
        "derives keys for suites that are not known",
        "a default suite",
        Answers(KEYS, |_, answer| passes(answer, reason::TREE_SUITE)),
    ),
    (
        "tree-keys-nonce-of-zeros",
        "has a nonce of zeros, as every key is used once",
        "a nonce that seemed not to matter",
        Answers(KEYS, |_, answer| match answer {
            Answer::Ok(mut out) => {
                put(&mut out, "node_nonce", "00".repeat(12));
                Answer::Ok(out)
            }
            no => no,
        }),
    ),
    (
        "tree-wrap-under-the-epochs-secret",
        "wraps under the epoch's secret in place of the node's",
        "one key for all that is encrypted at once",
        Answers(WRAP, |input, answer| {
            if matches!(answer, Answer::Reject(_)) {
                return answer;
            }
            let node = Node::of(input);
            let (key, _) = key_and_nonce(&node.ert);
            let secret = if key.is_empty() { vec![] } else { node.ert.clone() };
            node.wrapped(&secret, &node.aad(), &node.content())
        }),
    ),
    (
        "tree-wrap-one-label",
        "binds every payload to one label",
        "a second use of code that was written for one",
        Answers(WRAP, |input, answer| {
            bound(input, answer, |node| additional("mimi ert 0", &node.group_id, node.epoch, node.index))
        }),
    ),
    (
        "tree-wrap-without-place",
        "leaves the place out of the additional data",
        BINDING,
        Answers(WRAP, |input, answer| {
            bound(input, answer, |node| additional(node.label, &node.group_id, node.epoch, 0))
        }),
    ),
    (
        "tree-wrap-without-epoch",
        "leaves the epoch out of the additional data",
        BINDING,
        Answers(WRAP, |input, answer| {
            bound(input, answer, |node| additional(node.label, &node.group_id, 0, node.index))
        }),
    ),
    (
        "tree-wrap-without-group",
        "leaves the group out of the additional data",
        BINDING,
        Answers(WRAP, |input, answer| bound(input, answer, |node| additional(node.label, &[], node.epoch, node.index))),
    ),
    (
        "tree-wrap-blocks-of-128",
        "has the size of a block as a setting, and has set it to 128",
        "a constant that became an option",
        Answers(WRAP, |input, answer| padded(input, answer, |body| blocks(body, 128, 0))),
    ),
    (
        "tree-wrap-pads-always",
        "pads with at least one zero",
        PADDING,
        Answers(WRAP, |input, answer| padded(input, answer, |body| blocks(body, 256, 1))),
    ),
    (
        "tree-wrap-header-not-counted",
        "does not count the header of the padding",
        "an off-by-one of every length-prefixed padding",
        Answers(WRAP, |input, answer| {
            padded(input, answer, |body| {
                let zeros = (256 - body.len() % 256) % 256;
                [body, &vector(vec![0; zeros])].concat()
            })
        }),
    ),
    (
        "tree-wrap-pads-with-its-length",
        "pads with octets other than zero",
        PADDING,
        Answers(WRAP, |input, answer| {
            padded(input, answer, |body| {
                let mut text = blocks(body, 256, 0);
                if let Some(last) = text.last_mut().filter(|last| **last == 0) {
                    *last = 0xff;
                }
                text
            })
        }),
    ),
    (
        "tree-wrap-blank-leaves",
        "wraps blank leaves as well",
        "one loop over all places",
        Answers(WRAP, |_, answer| passes(answer, reason::TREE_NODE_MISSING)),
    ),
    (
        "tree-wrap-any-child-secret",
        "wraps secrets of children whatever their length",
        "octets that nobody counts",
        Answers(WRAP, |_, answer| passes(answer, reason::TREE_CHILD_SECRET_LENGTH)),
    ),
    (
        "tree-open-any-padding",
        "does not look at padding",
        "bytes after the end that nobody reads",
        Answers(UNWRAP, |_, answer| passes(answer, reason::TREE_PADDING)),
    ),
    (
        "tree-open-any-child-secret",
        "takes secrets of children whatever their length",
        "octets that nobody counts",
        Answers(UNWRAP, |_, answer| passes(answer, reason::TREE_CHILD_SECRET_LENGTH)),
    ),
    (
        "tree-open-blank-leaves",
        "takes a leaf without a payload",
        "an option that is unwrapped later",
        Answers(UNWRAP, |_, answer| passes(answer, reason::TREE_NODE_MISSING)),
    ),
    (
        "tree-open-without-tag",
        "decrypts without verifying the AEAD's tag",
        "a stream cipher called by hand",
        Answers(UNWRAP, |_, answer| passes(answer, reason::TREE_UNDECRYPTABLE)),
    ),
];
