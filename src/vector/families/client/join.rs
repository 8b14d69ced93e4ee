//! Welcomes and trees, right and wrong: one step each, but for what must still work after a refusal.

use super::damage;
use super::lies::{self, BOB, LEAF, Lie, PARENT, ROOT};
use super::script::{join_input, state};
use super::variants::{Play, Stage, also, play};
use super::world::{LIAR, World};
use crate::mls::member::{CommitOut, Plan, Position, PrivateKeys, Result};
use crate::reason::{Reason, mls as reason, wire};
use crate::vector::families::build::{self, AlsoRow, MLS, NoteRow, accept, failed, group, reject};
use crate::vector::{Case, File};
use serde_json::Value;
use std::sync::OnceLock;

/// The family.
pub(in crate::vector::families) const NAME: &str = "client/join";

const JOIN: &str = "client/join";

const RIGHT: &[(&str, Play)] = &[
    ("one-of-many-recipients", many),
    ("tree-with-blanks", blanks),
    ("committer-with-path", with_path),
    ("group-of-forty", forty),
];

const WRONG: &[(&str, Play)] = &[
    ("welcome-for-somebody-else", somebody_else),
    ("welcome-damaged", damaged_end),
    ("welcome-secret-damaged", damaged_secret),
    ("welcome-cut", cut),
    ("welcome-and-more", more),
    ("welcome-is-a-commit", commit),
    ("welcome-of-another-suite", suite),
    ("wrong-init-key", init_key),
    ("wrong-leaf-key", leaf_key),
    ("key-package-damaged", key_package),
];

const TREES: &[(&str, Play)] = &[
    ("no-tree", no_tree),
    ("tree-of-the-epoch-before", old_tree),
    ("tree-of-another-branch", branch_tree),
    ("tree-of-another-group", other_tree),
    ("tree-cut", cut_tree),
    ("tree-and-more", long_tree),
    ("tree-damaged", damaged_tree),
    ("tree-empty", empty_tree),
];

const LIES: &[(&str, Play)] = &[
    ("invited-with-false-confirmation-tag", |stage| {
        let rules = &["rfc9420:12.4.3.1:confirmation-tag", "rfc9420:12.4.3:group-info-valid"];
        lied(stage, "The confirmation tag in the GroupInfo is wrong, and signed.", rules, Lie::ConfirmationTag)
    }),
    ("invited-with-false-group-info-signature", |stage| {
        let rules = &["rfc9420:12.4.3:group-info-signature", "rfc9420:12.4.3:group-info-valid"];
        lied(stage, "The signature of the GroupInfo is wrong.", rules, Lie::GroupInfoSignature)
    }),
    ("invited-with-false-joiner-secret", |stage| {
        let rules = &["rfc9420:12.4.3.1:group-info-opens"];
        lied(stage, "The joiner secret is not that of the epoch.", rules, Lie::JoinerSecret)
    }),
    ("invited-with-false-path-secret", |stage| {
        let rules = &["rfc9420:12.4.3.1:path-secret", "rfc9420:7.4:path-secrets"];
        lied(stage, "The path secret in the Welcome does not give the keys in the tree.", rules, Lie::JoinerPathSecret)
    }),
    ("invited-to-false-root-key", |stage| {
        let rules = &["rfc9420:12.4.3.1:path-secret", "rfc9420:7.4:path-secrets"];
        lied(stage, "The key of the root is not the one that the path secret gives.", rules, Lie::StrangeKey(ROOT))
    }),
    ("invited-to-false-leaf-signature", |stage| {
        let rules = &["rfc9420:7.3:leaf-valid", "rfc9420:7.3:signature"];
        lied(stage, "A leaf of the tree has a wrong signature; all hashes are right.", rules, Lie::LeafSignature)
    }),
    ("invited-to-false-parent-hash", |stage| {
        let rules = &["rfc9420:7.9.2:parent-hash-join"];
        lied(stage, "A parent hash in the tree is wrong; the tree hash is right.", rules, Lie::ParentHash)
    }),
    ("invited-to-parent-key-twice", |stage| {
        let rules = &["rfc9420:12.4.3.1:parent-keys-unique"];
        lied(stage, "A parent node has the key of a leaf.", rules, Lie::KeyOf(PARENT, BOB))
    }),
    ("invited-to-leaf-key-twice", |stage| {
        let rules = &["rfc9420:7.3:keys-unique"];
        lied(stage, "Two leaves have one encryption key.", rules, Lie::KeyOf(LEAF, BOB))
    }),
];

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let groups = [
            ("Welcomes to accept", RIGHT),
            ("Welcomes to refuse", WRONG),
            ("ratchet trees to refuse", TREES),
            ("what a member makes wrong", LIES),
        ];
        let made = groups.map(|(name, scripts)| match play(NAME, scripts) {
            Ok(cases) => group(name, cases),
            Err(refusal) => failed(name, &refusal),
        });
        let mut made = made;
        also(&mut made, ALSO);
        build::file(MLS, NAME, NOTES, made.into())
    })
    .clone()
}

/// Rules that Welcomes show beside those that they are named for.
pub(in crate::vector::families) const ALSO: &[AlsoRow] = &[
    ("rfc9420:12.4.3.1:group-secrets-open", &["welcome-secret-damaged", "wrong-init-key"]),
    ("rfc9420:12.4.3.3:tree-hash-checked", &["tree-of-another-branch", "tree-of-another-group"]),
];

const NOTES: &[NoteRow] = &[
    (
        "welcome",
        "A Welcome is taken for more, or less, than it is.",
        "A client joins a group that nobody invited it to, or none.",
        "rfc9420:12.4.3.1:secrets-entry",
        &["RFC 9420 section 12.4.3.1"],
    ),
    (
        "joiner-secrets",
        "The secrets of the epoch, or of the path to the root, are derived wrongly by who joins.",
        "The client is alone in an epoch that nobody else has.",
        "rfc9420:12.4.3.1:path-secret",
        &["RFC 9420 sections 8 and 12.4.3.1"],
    ),
    (
        "tree",
        "The ratchet tree is not held against the GroupInfo.",
        "Whoever serves the tree decides whom the client believes to be in the group.",
        "rfc9420:12.4.3.1:tree-integrity",
        &["RFC 9420 section 12.4.3.1"],
    ),
    (
        "inviter",
        "What the inviter signed is believed because it is signed.",
        "A member leads others into an epoch that nobody else has, or that it reads alone.",
        "rfc9420:12.4.3:group-info-valid",
        &["RFC 9420 sections 7.9.2, 12.4.3 and 12.4.3.1"],
    ),
    (
        "private-keys",
        "Private keys are not held against the KeyPackage.",
        "A client takes part whom others cannot reach, or who cannot speak.",
        "rfc9420:12.4.3.1:secrets-entry",
        &["RFC 9420 sections 10 and 12.4.3.1"],
    ),
];

fn right(comment: &str, flag: &str, rules: &[&str], input: Value, next: &Position) -> Case {
    accept("", comment, &[flag], rules, JOIN, input, state(next))
}

/// Refused; then the right input is accepted, in the same session.
fn wrong(comment: &str, flag: &str, rules: &[&str], inputs: (Value, Value), next: Value, reasons: &[Reason]) -> Case {
    let first = reasons.first().copied().unwrap_or(reason::MLS_OTHER);
    let case = reject("", comment, &[flag], rules, JOIN, inputs.0, first).also(reasons.get(1..).unwrap_or_default());
    case.then_accept("The right one: a refusal used nothing up.", JOIN, inputs.1, Some(next))
}

/// A group of alice, bob and carol that dora is added to: the right input, where it leads, and its parts.
struct Invited {
    welcome: Vec<u8>,
    tree: Vec<u8>,
    right: Value,
    next: Value,
}

fn invite(world: &mut World, dora: &PrivateKeys) -> Result<Invited> {
    world.add("alice", &["bob", "carol"], &[])?;
    let out = world.add("bob", &[], &[dora])?;
    let welcome = out.welcome.clone().unwrap_or_default();
    let right = join_input(dora, &welcome, Some(&out.ratchet_tree));
    Ok(Invited { welcome, tree: out.ratchet_tree, right, next: state(&out.next) })
}

fn many(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    world.add("alice", &["bob"], &[])?;
    let out = world.add("bob", &["carol", "erin", "frank"], &[dora])?;
    let welcome = out.welcome.unwrap_or_default();
    Ok(right(
        "The Welcome is for four clients; each finds its own entry.",
        "welcome",
        &["rfc9420:12.4.3.1:secrets-entry"],
        join_input(dora, &welcome, Some(&out.ratchet_tree)),
        &out.next,
    ))
}

fn blanks(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    world.add("alice", &["bob", "carol", "erin", "frank"], &[])?;
    world.remove("alice", &["carol"])?;
    world.remove("erin", &["bob"])?;
    let out = world.add("frank", &[], &[dora])?;
    Ok(right(
        "The client takes a leaf that somebody left; blank parents lie on its path.",
        "joiner-secrets",
        &["rfc9420:12.1.1:leftmost-blank", "rfc9420:12.4.3.1:path-secret"],
        join_input(dora, &out.welcome.unwrap_or_default(), Some(&out.ratchet_tree)),
        &out.next,
    ))
}

fn with_path(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    world.add("alice", &["bob", "carol"], &[])?;
    let plan = Plan { add: vec![dora.key_package.clone()], update: true, ..Plan::default() };
    let out = world.commit("carol", &plan)?;
    Ok(right(
        "The commit that adds the client has an update path, so that the Welcome carries a path secret.",
        "joiner-secrets",
        &["rfc9420:12.4.3.1:path-secret"],
        join_input(dora, &out.welcome.unwrap_or_default(), Some(&out.ratchet_tree)),
        &out.next,
    ))
}

fn forty(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let names: Vec<String> = (1..=38).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    world.add("alice", &names, &[])?;
    world.update("p17")?;
    let out = world.add("p30", &[], &[dora])?;
    Ok(right(
        "A group of forty with one path filled in.",
        "joiner-secrets",
        &["rfc9420:12.4.3.1:tree-integrity", "rfc9420:7.8:tree-hash", "rfc9420:12.4.3.3:extended"],
        join_input(dora, &out.welcome.unwrap_or_default(), Some(&out.ratchet_tree)),
        &out.next,
    ))
}

/// What a client may say of a Welcome that does not open.
const CLOSED: &[Reason] =
    &[reason::UNDECRYPTABLE, reason::BAD_GROUP_INFO, reason::MLS_MALFORMED, reason::NO_KEY_PACKAGE, reason::MLS_OTHER];
/// What a client may say of octets that are not the structure.
const UNREADABLE: &[Reason] =
    &[wire::WIRE_TRUNCATED, wire::WIRE_TRAILING, reason::MLS_MALFORMED, reason::UNDECRYPTABLE, reason::MLS_OTHER];
/// What a client may say of a tree that does not belong.
const NOT_THE_TREE: &[Reason] = &[
    reason::BAD_TREE,
    reason::BAD_LEAF,
    reason::BAD_GROUP_INFO,
    reason::BAD_SIGNATURE,
    reason::MLS_MALFORMED,
    wire::WIRE_TRUNCATED,
    wire::WIRE_TRAILING,
    reason::UNKNOWN_SENDER,
    reason::MLS_OTHER,
];

fn somebody_else(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let invited = invite(world, dora)?;
    let other = world.add("alice", &["erin"], &[])?;
    let input = join_input(dora, &other.welcome.unwrap_or_default(), Some(&other.ratchet_tree));
    let rules = &["rfc9420:12.4.3.1:secrets-entry"];
    let comment = "A Welcome whose secrets name another client's KeyPackage only.";
    let reasons = &[reason::NO_KEY_PACKAGE, reason::MLS_OTHER];
    Ok(wrong(comment, "welcome", rules, (input, invited.right), invited.next, reasons))
}

fn changed_welcome(stage: &mut Stage, comment: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Result<Case> {
    let Stage { world, dora } = stage;
    let invited = invite(world, dora)?;
    let input = join_input(dora, &change(&invited.welcome), Some(&invited.tree));
    let rules = &["rfc9420:12.4.3.1:group-info-opens", "rfc9420:2.1:whole"];
    let reasons: Vec<Reason> = CLOSED.iter().chain(UNREADABLE).copied().fold(vec![], |mut all, r| {
        if !all.contains(&r) {
            all.push(r);
        }
        all
    });
    Ok(wrong(comment, "welcome", rules, (input, invited.right), invited.next, &reasons))
}

fn damaged_end(stage: &mut Stage) -> Result<Case> {
    changed_welcome(stage, "One bit of the encrypted GroupInfo.", |octets| damage::from_end(octets, 1))
}

fn damaged_secret(stage: &mut Stage) -> Result<Case> {
    // Version, wire format, suite, length of the secrets, KeyPackageRef with its length, then kem_output.
    changed_welcome(stage, "One bit of the client's encrypted group secrets.", |octets| {
        damage::from_start(octets, 4 + 2 + 2 + 33 + 10)
    })
}

fn cut(stage: &mut Stage) -> Result<Case> {
    changed_welcome(stage, "Without its last octet.", |octets| damage::without_last(octets, 1))
}

fn more(stage: &mut Stage) -> Result<Case> {
    changed_welcome(stage, "With one octet more.", damage::and_more)
}

fn commit(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let invited = invite(world, dora)?;
    let out = world.update("alice")?;
    let input = join_input(dora, &out.commit, Some(&invited.tree));
    let reasons = &[reason::WRONG_WIRE_FORMAT, reason::MLS_MALFORMED, reason::BAD_GROUP_INFO, reason::MLS_OTHER];
    let rules = &["rfc9420:6:wire-formats"];
    Ok(wrong("A commit in place of the Welcome.", "welcome", rules, (input, invited.right), invited.next, reasons))
}

fn suite(stage: &mut Stage) -> Result<Case> {
    // The cipher suite follows version and wire format; 3 is another one that exists.
    changed_welcome(stage, "The Welcome names another cipher suite than the KeyPackage.", |octets| {
        damage::set(octets, 5, 3)
    })
}

fn changed_keys(stage: &mut Stage, comment: &str, change: impl Fn(&mut PrivateKeys, &PrivateKeys)) -> Result<Case> {
    let Stage { world, dora } = stage;
    let invited = invite(world, dora)?;
    let stranger = world.keys("mallory")?;
    let mut keys = dora.clone();
    change(&mut keys, &stranger);
    let input = join_input(&keys, &invited.welcome, Some(&invited.tree));
    let reasons = &[
        reason::UNDECRYPTABLE,
        reason::BAD_KEY_PACKAGE,
        reason::NO_KEY_PACKAGE,
        reason::MLS_MALFORMED,
        reason::BAD_SIGNATURE,
        reason::BAD_LEAF,
        reason::MLS_OTHER,
    ];
    let rules = &["rfc9420:12.4.3.1:secrets-entry"];
    Ok(wrong(comment, "private-keys", rules, (input, invited.right), invited.next, reasons))
}

fn init_key(stage: &mut Stage) -> Result<Case> {
    changed_keys(stage, "The private key of init_key is another's.", |keys, other| keys.init.clone_from(&other.init))
}

fn leaf_key(stage: &mut Stage) -> Result<Case> {
    let case = changed_keys(stage, "The private key of the leaf is another's.", |keys, other| {
        keys.encryption.clone_from(&other.encryption);
    })?;
    // Joining does not use it; who does not look finds out at the first update path.
    Ok(case.first_either("RFC 9420 does not ask a client to hold its own private keys against its own KeyPackage"))
}

fn key_package(stage: &mut Stage) -> Result<Case> {
    changed_keys(stage, "One bit of the KeyPackage's signature: the Welcome names another one.", |keys, _| {
        keys.key_package = damage::from_end(&keys.key_package, 1);
    })
}

/// The liar invites dora with a lie; then it does so as it should.
fn lied(stage: &mut Stage, comment: &str, rules: &[&str], lie: Lie) -> Result<Case> {
    let Stage { world, dora } = stage;
    world.add("alice", &[LIAR, "bob"], &[])?;
    let plan = Plan { add: vec![dora.key_package.clone()], update: true, ..Plan::default() };
    let input = |out: &CommitOut| {
        join_input(dora, out.welcome.as_deref().unwrap_or_default(), Some(out.ratchet_tree.as_slice()))
    };
    let false_one = input(&lies::commit(world, lie, &plan)?);
    let honest = world.commit(LIAR, &plan)?;
    let reasons: Vec<Reason> = NOT_THE_TREE.iter().chain(LIED).copied().collect();
    Ok(wrong(comment, "inviter", rules, (false_one, input(&honest)), state(&honest.next), &reasons))
}

/// What a client may say of a lie, beside what it may say of a tree.
const LIED: &[Reason] =
    &[reason::BAD_CONFIRMATION_TAG, reason::UNDECRYPTABLE, reason::BAD_UPDATE_PATH, reason::BAD_KEY_PACKAGE];

fn with_tree(
    stage: &mut Stage,
    comment: &str,
    reasons: &[Reason],
    tree: impl Fn(&mut World, &[u8]) -> Result<Option<Vec<u8>>>,
) -> Result<Case> {
    let Stage { world, dora } = stage;
    let invited = invite(world, dora)?;
    let tree = tree(world, &invited.tree)?;
    let input = join_input(dora, &invited.welcome, tree.as_deref());
    let rules = &["rfc9420:12.4.3.1:tree-integrity", "rfc9420:12.4.3.1:tree-needed"];
    Ok(wrong(comment, "tree", rules, (input, invited.right), invited.next, reasons))
}

fn no_tree(stage: &mut Stage) -> Result<Case> {
    let reasons = &[reason::MISSING_TREE, reason::BAD_TREE, reason::MLS_OTHER];
    with_tree(stage, "No tree, neither in the GroupInfo nor beside it.", reasons, |_, _| Ok(None))
}

fn old_tree(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let before = world.add("alice", &["bob", "carol"], &[])?.ratchet_tree;
    let out = world.add("bob", &[], &[dora])?;
    let welcome = out.welcome.clone().unwrap_or_default();
    let inputs = (join_input(dora, &welcome, Some(&before)), join_input(dora, &welcome, Some(&out.ratchet_tree)));
    let rules = &["rfc9420:12.4.3.1:tree-integrity"];
    let comment = "The tree of the epoch before, in which the client is not.";
    Ok(wrong(comment, "tree", rules, inputs, state(&out.next), NOT_THE_TREE))
}

fn branch_tree(stage: &mut Stage) -> Result<Case> {
    let comment = "The tree of the next epoch, of the same members.";
    with_tree(stage, comment, NOT_THE_TREE, |world, _| Ok(Some(world.copy().update("alice")?.ratchet_tree)))
}

fn other_tree(stage: &mut Stage) -> Result<Case> {
    with_tree(stage, "The tree of another group.", NOT_THE_TREE, |world, _| {
        let mut other = World::new(world.libraries(), world.setting().clone(), "mallory")?;
        Ok(Some(other.add("mallory", &["bob", "carol", "dora"], &[])?.ratchet_tree))
    })
}

fn cut_tree(stage: &mut Stage) -> Result<Case> {
    let comment = "The tree without its last octet.";
    with_tree(stage, comment, NOT_THE_TREE, |_, tree| Ok(Some(damage::without_last(tree, 1))))
}

fn long_tree(stage: &mut Stage) -> Result<Case> {
    with_tree(stage, "The tree with one octet more.", NOT_THE_TREE, |_, tree| Ok(Some(damage::and_more(tree))))
}

fn damaged_tree(stage: &mut Stage) -> Result<Case> {
    let comment = "One bit of a leaf's signature.";
    with_tree(stage, comment, NOT_THE_TREE, |_, tree| Ok(Some(damage::from_end(tree, 10))))
}

fn empty_tree(stage: &mut Stage) -> Result<Case> {
    with_tree(stage, "A tree without nodes.", NOT_THE_TREE, |_, _| Ok(Some(vec![0])))
}
