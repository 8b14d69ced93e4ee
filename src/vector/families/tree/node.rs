//! `tree/node`: one node, wrapped and opened. Contents that nobody should have wrapped are sealed by the forge.

use super::scene::{self, GROUP, LINKS, NODES, SUITES, drawn, link, named, setup, with};
use super::{longer, notes};
use crate::reason::{Reason, tree as reason, wire};
use crate::vector::families::build::{self, ERT, accept, group, reject};
use crate::vector::forge::traffic::vector;
use crate::vector::forge::tree::{Wrapped, additional, content, node_secret, seal, siv};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "tree/node";
pub(super) const EPOCH: u64 = 9;

pub(in crate::vector::families) fn file() -> File {
    let real = match nodes() {
        Ok(cases) => group("nodes of real groups", cases),
        Err(refused) => build::failed("nodes of real groups", &refused),
    };
    let groups = vec![
        group("lengths", lengths()),
        group("parents", parents()),
        real,
        group("what is not wrapped", unwrappable()),
        group("what does not open", unopened()),
        group("what is no content", malformed()),
        group("longer hashes and keys", longer::cases()),
    ];
    build::file(ERT, NAME, notes::NODE, groups)
}

fn ert() -> Vec<u8> {
    named("tree/node epoch")
}

/// A node as the forge wraps it, and its secret.
fn wrapped(label: &str, x: u32, content: &[u8]) -> (Wrapped, Vec<u8>) {
    let secret = node_secret(&ert(), x, &siv(&ert(), x, content));
    let ciphertext = seal(&secret, &additional(label, GROUP, EPOCH, x), content);
    (Wrapped { index: x, epoch: EPOCH, ciphertext }, secret)
}

fn wrap_input(suite: u16, label: &str, x: u32, payload: &[u8], children: Option<(&[u8], &[u8])>) -> Value {
    let mut all = vec![
        ("ert_secret", hex::encode(&ert()).into()),
        ("epoch", EPOCH.into()),
        ("node_index", x.into()),
        ("node", hex::encode(payload).into()),
    ];
    if let Some((left, right)) = children {
        all.extend([("left_secret", hex::encode(left).into()), ("right_secret", hex::encode(right).into())]);
    }
    with(setup(suite, label), &all)
}

fn unwrap_input(suite: u16, label: &str, node: &Wrapped, secret: &[u8]) -> Value {
    let node = hex::encode(&node.octets());
    with(setup(suite, label), &[("node_secret", hex::encode(secret).into()), ("encrypted_node", node.into())])
}

pub(super) fn unwrapped(payload: &[u8], children: Option<(&[u8], &[u8])>) -> Value {
    let secret = |octets: Option<&[u8]>| octets.map(hex::encode);
    json!({
        "node": hex::encode(payload), "left_secret": secret(children.map(|c| c.0)), "right_secret": secret(children.map(|c| c.1)),
    })
}

/// Wrapped, and what is wrapped opened.
fn both(
    (name, comment, flag, rule): (&str, &str, &str, &str),
    (suite, label, x): (u16, &str, u32),
    payload: &[u8],
    children: Option<(&[u8], &[u8])>,
) -> [Case; 2] {
    let (node, secret) = wrapped(label, x, &content(payload, children));
    let out = json!({"encrypted_node": hex::encode(&node.octets()), "node_secret": hex::encode(&secret)});
    let wraps = wrap_input(suite, label, x, payload, children);
    let opens = unwrap_input(suite, label, &node, &secret);
    [
        accept(&format!("wrap-{name}"), comment, &[flag], &[rule, "3:node-keys"], "tree/wrap", wraps, out),
        accept(
            &format!("open-{name}"),
            comment,
            &[flag],
            &[rule, "8:open"],
            "tree/unwrap",
            opens,
            unwrapped(payload, children),
        ),
    ]
}

/// Keys of lengths around the places where padding turns: the payload of a key of n octets has n and two or three more.
fn lengths() -> Vec<Case> {
    let rows = [
        (0, "An empty key: the shortest payload."),
        (16, "A key as link keys have it."),
        (187, "190 octets of payload: 66 are missing, header and 64 zeros."),
        (188, "191 octets: 65 are missing, which no header fits: one block more."),
        (189, "192 octets: 64 are missing, a header of one octet and 63 zeros."),
        (190, "193 octets: 63 are missing."),
        (251, "254 octets: a header and one zero."),
        (252, "255 octets: a header and no zero."),
        (253, "256 octets: a whole block more."),
        (254, "257 octets."),
        (700, "Three blocks."),
    ];
    let mut cases = vec![];
    for (octets, comment) in rows {
        let payload = link(&drawn("tree/node key", octets));
        let name = format!("key-of-{octets}");
        cases.extend(both((&name, comment, "padding", "4:padding"), (1, LINKS, 2), &payload, None));
    }
    cases
}

fn parents() -> Vec<Case> {
    let (left, right) = (named("left child"), named("right child"));
    let mut cases = vec![];
    for (suite, name) in SUITES {
        let what = |kind: &str| format!("{kind}-{name}");
        let rule = "4:child-secrets";
        let rows: [(&str, &str, &[u8], &[u8]); 3] = [
            ("two-children", "The secrets of both children.", &left, &right),
            ("left-child", "Nothing but blank leaves on the right.", &left, &[]),
            ("right-child", "Nothing but blank leaves on the left.", &[], &right),
        ];
        for (kind, comment, left, right) in rows {
            let row = (what(kind), (comment, "children", rule));
            let (comment, flag, rule) = row.1;
            cases.extend(both((&row.0, comment, flag, rule), (suite, LINKS, 5), &[0], Some((left, right))));
        }
    }
    cases
}

/// A leaf and a parent of a group of OpenMLS, in each suite; and the same leaf as if it were another payload's.
fn nodes() -> Result<Vec<Case>, crate::mls::member::Refusal> {
    let mut cases = vec![];
    for (suite, name) in SUITES {
        let epochs = scene::real(suite, &[(&["bob", "cathy"], &[]), (&[], &[])])?;
        let Some(last) = epochs.last() else { continue };
        let (left, right) = (named("left child"), named("right child"));
        for (x, payload) in (0_u32..).zip(&last.payloads).filter(|(_, payload)| **payload != [0]) {
            let children = (x % 2 == 1).then_some((left.as_slice(), right.as_slice()));
            let kind = if x % 2 == 1 { "parent" } else { "leaf" };
            let comment = format!("A {kind} node of a group of three.");
            let name = format!("{kind}-{x}-{name}");
            cases.extend(both((&name, &comment, "real-nodes", "4:leaf-present"), (suite, NODES, x), payload, children));
        }
    }
    Ok(cases)
}

fn unwrappable() -> Vec<Case> {
    let secret = named("left child");
    let short = secret.get(..31).unwrap_or_default();
    let key = link(b"key");
    let no = |name: &str, comment: &str, rule: &str, flag: &str, input, why: Reason| {
        reject(&format!("not-wrapped-{name}"), comment, &[flag], &[rule], "tree/wrap", input, why)
    };
    let parent = |l: &[u8], r: &[u8]| wrap_input(1, LINKS, 1, &[0], Some((l, r)));
    let rule = "4:child-secrets";
    let length = reason::TREE_CHILD_SECRET_LENGTH;
    let bad = with(wrap_input(1, LINKS, 0, &key, None), &[("ert_secret", hex::encode(short).into())]);
    vec![
        no(
            "blank-leaf",
            "A blank leaf has no encrypted node.",
            "4:leaf-present",
            "blank",
            wrap_input(1, LINKS, 0, &[0], None),
            reason::TREE_NODE_MISSING,
        ),
        no(
            "childless",
            "A parent of blank leaves alone has no encrypted node.",
            rule,
            "children",
            parent(&[], &[]),
            length,
        ),
        no("left-secret-short", "The left secret has 31 octets.", rule, "children", parent(short, &secret), length),
        no("right-secret-short", "The right secret has 31 octets.", rule, "children", parent(&secret, short), length),
        no(
            "right-secret-long",
            "The right secret has 33 octets.",
            rule,
            "children",
            parent(&secret, &[secret.as_slice(), &[0]].concat()),
            length,
        ),
        no("epoch-secret-short", "The epoch's secret has 31 octets.", "3:node-keys", "input", bad, reason::TREE_BASE),
        no(
            "key-on-a-parent",
            "Parents of link keys carry none.",
            "4:leaf-present",
            "payload",
            wrap_input(1, LINKS, 1, &key, Some((&secret, &secret))),
            wire::WIRE_UNKNOWN_ENUM,
        ),
    ]
}

fn unopened() -> Vec<Case> {
    let payload = link(b"key");
    let (node, secret) = wrapped(LINKS, 2, &content(&payload, None));
    let no = |name: &str, comment: &str, rule: &str, flag: &str, node: &Wrapped, secret: &[u8], why: Reason| {
        let input = unwrap_input(1, LINKS, node, secret);
        reject(&format!("not-opened-{name}"), comment, &[flag], &[rule], "tree/unwrap", input, why)
    };
    let closed = |name: &str, comment: &str, node: Wrapped, secret: &[u8]| {
        no(name, comment, "8:open", "binding", &node, secret, reason::TREE_UNDECRYPTABLE)
    };
    let length = |name: &str, comment: &str, octets: usize| {
        let ciphertext = drawn("tree/node noise", octets);
        let node = Wrapped { ciphertext, ..node.clone() };
        no(name, comment, "4:padding", "length", &node, &secret, reason::TREE_CIPHERTEXT_LENGTH)
    };
    let flipped = |place: usize| {
        let mut node = node.clone();
        if let Some(octet) = node.ciphertext.get_mut(place) {
            *octet ^= 1;
        }
        node
    };
    let other_label = wrapped(NODES, 2, &content(&payload, None));
    let other_group = {
        let text = content(&payload, None);
        let secret = node_secret(&ert(), 2, &siv(&ert(), 2, &text));
        let aad = additional(LINKS, b"group 2 at hub.example", EPOCH, 2);
        Wrapped { index: 2, epoch: EPOCH, ciphertext: seal(&secret, &aad, &text) }
    };
    vec![
        closed("first-octet", "The first octet is another one.", flipped(0), &secret),
        closed("tag", "The last octet, of the AEAD's tag, is another one.", flipped(271), &secret),
        closed(
            "other-place",
            "The node is said to stand elsewhere: the place is in the additional data.",
            Wrapped { index: 4, ..node.clone() },
            &secret,
        ),
        closed(
            "other-epoch",
            "It is said to be of another epoch: so is the epoch.",
            Wrapped { epoch: EPOCH + 1, ..node.clone() },
            &secret,
        ),
        closed("other-label", "It was wrapped as another payload: so is the label.", other_label.0, &secret),
        closed("other-group", "It was wrapped for another group: so is the group.", other_group, &secret),
        closed("other-secret", "Another node's secret.", node.clone(), &named("another secret")),
        length("of-no-octets", "No ciphertext.", 0),
        length("of-a-tag", "A tag and no content.", 16),
        length("of-a-block", "A block and no tag.", 256),
        length("of-a-block-and-more", "A block, a tag and one octet more.", 273),
        length("of-half-a-block", "Half a block and a tag.", 144),
    ]
}

/// Contents of somebody who holds the epoch's secret and does not follow the page.
fn malformed() -> Vec<Case> {
    let key = link(b"key");
    let secret = named("left child");
    let no = |name: &str, comment: &str, (rule, flag): (&str, &str), x: u32, content: &[u8], whys: &[Reason]| {
        let (node, secret) = wrapped(LINKS, x, content);
        let (first, others) =
            whys.split_first().map_or((reason::TREE_PADDING, &[][..]), |(first, others)| (*first, others));
        let input = unwrap_input(1, LINKS, &node, &secret);
        reject(&format!("malformed-{name}"), comment, &[flag], &[rule], "tree/unwrap", input, first).also(others)
    };
    let padded = |body: &[u8], zeros: usize| [body, &vector(vec![0; zeros])].concat();
    let mut dirty = content(&key, None);
    if let Some(last) = dirty.last_mut() {
        *last = 1;
    }
    let wide = {
        // A header of four octets where two do.
        let zeros = 256 - key.len() - 4;
        [key.clone(), vec![0x80, 0, 0, u8::try_from(zeros).unwrap_or_default()], vec![0; zeros]].concat()
    };
    let parent = |l: &[u8], r: &[u8]| content(&[0], Some((l, r)));
    let (pads, kids) = (("4:padding", "padding"), ("4:child-secrets", "children"));
    let fits = 256 - key.len() - 2;
    vec![
        no("padding-not-zero", "The last octet of the padding is 1.", pads, 2, &dirty, &[reason::TREE_PADDING]),
        no(
            "padding-of-a-block-more",
            "Zeros fill a block more than they need to.",
            pads,
            2,
            &padded(&key, fits + 256),
            &[reason::TREE_PADDING],
        ),
        no(
            "padding-header-wide",
            "The header of the padding has four octets where two do.",
            pads,
            2,
            &wide,
            &[wire::WIRE_LENGTH_NOT_MINIMAL],
        ),
        no(
            "octets-behind-the-padding",
            "One octet stands behind the padding.",
            pads,
            2,
            &[padded(&key, fits - 1), vec![0]].concat(),
            &[wire::WIRE_TRAILING, reason::TREE_PADDING],
        ),
        no(
            "padding-cut",
            "The padding ends before its length.",
            pads,
            2,
            &[key.clone(), vec![0x7f, 0xff], vec![0; fits]].concat(),
            &[wire::WIRE_TRUNCATED],
        ),
        no(
            "blank-leaf",
            "The content of a leaf without a payload.",
            ("4:leaf-present", "blank"),
            2,
            &content(&[0], None),
            &[reason::TREE_NODE_MISSING],
        ),
        no(
            "presence-2",
            "The octet that says whether there is a payload is 2.",
            ("4:leaf-present", "payload"),
            2,
            &content(&[2], None),
            &[wire::WIRE_UNKNOWN_ENUM, wire::WIRE_BAD_OPTIONAL],
        ),
        no(
            "key-on-a-parent",
            "A parent of link keys with a key.",
            ("4:leaf-present", "payload"),
            1,
            &content(&key, Some((&secret, &secret))),
            &[wire::WIRE_UNKNOWN_ENUM],
        ),
        no("childless", "No child has a secret.", kids, 1, &parent(&[], &[]), &[reason::TREE_CHILD_SECRET_LENGTH]),
        no(
            "secret-short",
            "The right child's secret has 31 octets.",
            kids,
            1,
            &parent(&secret, secret.get(1..).unwrap_or_default()),
            &[reason::TREE_CHILD_SECRET_LENGTH],
        ),
        no(
            "secret-of-one-octet",
            "The left child's secret has one octet.",
            kids,
            1,
            &parent(&[7], &secret),
            &[reason::TREE_CHILD_SECRET_LENGTH],
        ),
        no(
            "leaf-as-a-parent",
            "A leaf's content in the place of a parent.",
            kids,
            1,
            &content(&key, None),
            &[wire::WIRE_UNKNOWN_ENUM],
        ),
    ]
}
