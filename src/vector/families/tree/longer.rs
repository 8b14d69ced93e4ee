//! Nodes of cipher suites with SHA-384 or SHA-512 and AES-256-GCM: secrets of 48 or 64 octets, of which the latter have a header of
//! two octets, and keys of 32. Part of the family `tree/node`.

use super::node::{EPOCH, unwrapped};
use super::scene::{GROUP, LINKS, LONGER, drawn, link, setup, with};
use crate::reason::{Reason, tree as reason};
use crate::vector::Case;
use crate::vector::families::build::{accept, reject};
use crate::vector::forge::suite::Suite;
use crate::vector::forge::tree::{Wrapped, additional, content};
use crate::wire::hex;
use serde_json::{Value, json};

/// Secrets of both children, one of which may be empty.
type Children<'a> = Option<(&'a [u8], &'a [u8])>;
/// Name, comment, rule and flag, place, payload, and the children's secrets.
type Row<'a> = (&'a str, &'a str, (&'a str, &'a str), u32, &'a [u8], Children<'a>);

/// One cipher suite, and the secret of an epoch as long as its hash.
struct Scene {
    number: u16,
    suite: Suite,
    name: &'static str,
    ert: Vec<u8>,
}

pub(super) fn cases() -> Vec<Case> {
    let scene = |(number, name)| {
        let suite = Suite::of(number);
        Scene { number, suite, name, ert: drawn("tree/node longer epoch", suite.octets()) }
    };
    LONGER.map(scene).iter().flat_map(|scene| [scene.made(), scene.not_made(), scene.not_opened()].concat()).collect()
}

impl Scene {
    fn child(&self, side: &str) -> Vec<u8> {
        drawn(&format!("tree/node {side} child"), self.suite.octets())
    }

    fn node(&self, x: u32, content: &[u8]) -> (Wrapped, Vec<u8>) {
        let secret = self.suite.node_secret(&self.ert, x, &self.suite.siv(&self.ert, x, content));
        let ciphertext = self.suite.seal(&secret, &additional(LINKS, GROUP, EPOCH, x), content);
        (Wrapped { index: x, epoch: EPOCH, ciphertext }, secret)
    }

    fn wrapping(&self, ert: &[u8], x: u32, payload: &[u8], children: Children<'_>) -> Value {
        let mut all = vec![
            ("ert_secret", hex::encode(ert).into()),
            ("epoch", EPOCH.into()),
            ("node_index", x.into()),
            ("node", hex::encode(payload).into()),
        ];
        if let Some((left, right)) = children {
            all.extend([("left_secret", hex::encode(left).into()), ("right_secret", hex::encode(right).into())]);
        }
        with(setup(self.number, LINKS), &all)
    }

    fn unwrapping(&self, node: &Wrapped, secret: &[u8]) -> Value {
        let node = hex::encode(&node.octets());
        with(setup(self.number, LINKS), &[("node_secret", hex::encode(secret).into()), ("encrypted_node", node.into())])
    }

    fn made(&self) -> Vec<Case> {
        let (left, right) = (self.child("left"), self.child("right"));
        let (short, long) = (link(&drawn("tree/node key", 188)), link(&drawn("tree/node key", 700)));
        let (padding, children) = (("4:padding", "padding"), ("4:child-secrets", "children"));
        let rows: [Row<'_>; 5] = [
            ("key-of-188", "191 octets of payload: the padding fills a block more.", padding, 2, &short, None),
            ("key-of-700", "Three blocks.", padding, 2, &long, None),
            ("two-children", "The secrets of both children.", children, 5, &[0], Some((&left, &right))),
            ("left-child", "Nothing but blank leaves on the right.", children, 5, &[0], Some((&left, &[]))),
            ("right-child", "Nothing but blank leaves on the left.", children, 5, &[0], Some((&[], &right))),
        ];
        let mut cases = vec![];
        for (name, comment, (rule, flag), x, payload, children) in rows {
            let (node, secret) = self.node(x, &content(payload, children));
            let out = json!({"encrypted_node": hex::encode(&node.octets()), "node_secret": hex::encode(&secret)});
            let name = |verb: &str| format!("{verb}-{name}-{}", self.name);
            let input = self.wrapping(&self.ert, x, payload, children);
            cases.push(accept(&name("wrap"), comment, &[flag], &[rule, "3:node-keys"], "tree/wrap", input, out));
            let (input, out) = (self.unwrapping(&node, &secret), unwrapped(payload, children));
            cases.push(accept(&name("open"), comment, &[flag], &[rule, "8:open"], "tree/unwrap", input, out));
        }
        cases
    }

    fn not_made(&self) -> Vec<Case> {
        let (left, right) = (self.child("left"), self.child("right"));
        let other = drawn("tree/node other suite", 32);
        let no = |name: &str, comment: &str, flag: &str, rule: &str, input: Value, why: Reason| {
            reject(&format!("not-wrapped-{name}-{}", self.name), comment, &[flag], &[rule], "tree/wrap", input, why)
        };
        let parent = |l: &[u8], r: &[u8]| self.wrapping(&self.ert, 1, &[0], Some((l, r)));
        let (rule, length) = ("4:child-secrets", reason::TREE_CHILD_SECRET_LENGTH);
        vec![
            no("left-of-32", "The left secret has 32 octets.", "children", rule, parent(&other, &right), length),
            no("right-of-32", "The right secret has 32 octets.", "children", rule, parent(&left, &other), length),
            no(
                "epoch-secret-of-32",
                "The epoch's secret has 32 octets.",
                "input",
                "3:node-keys",
                self.wrapping(&other, 0, &link(b"key"), None),
                reason::TREE_BASE,
            ),
        ]
    }

    fn not_opened(&self) -> Vec<Case> {
        let no = |name: &str, comment: &str, flag: &str, rule: &str, (node, secret): (&Wrapped, &[u8]), why: Reason| {
            let (name, input) = (format!("{name}-{}", self.name), self.unwrapping(node, secret));
            reject(&name, comment, &[flag], &[rule], "tree/unwrap", input, why)
        };
        let text = content(&link(b"key"), None);
        let (node, secret) = self.node(2, &text);
        let shorter = {
            let ciphertext = Suite::Sha256.seal(&secret, &additional(LINKS, GROUP, EPOCH, 2), &text);
            Wrapped { ciphertext, ..node.clone() }
        };
        let moved = Wrapped { index: 4, ..node.clone() };
        let other = drawn("tree/node other suite", 32);
        let mixed = self.node(1, &content(&[0], Some((&self.child("left"), &other))));
        let closed = reason::TREE_UNDECRYPTABLE;
        vec![
            no(
                "not-opened-other-place",
                "It is said to stand elsewhere.",
                "binding",
                "8:open",
                (&moved, &secret),
                closed,
            ),
            no(
                "not-opened-aes-128",
                "It was wrapped with SHA-256 and AES-128-GCM, as other suites do.",
                "binding",
                "8:open",
                (&shorter, &secret),
                closed,
            ),
            no(
                "malformed-secret-of-32",
                "The right child's secret has 32 octets.",
                "children",
                "4:child-secrets",
                (&mixed.0, &mixed.1),
                reason::TREE_CHILD_SECRET_LENGTH,
            ),
        ]
    }
}
