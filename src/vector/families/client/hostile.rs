//! A member lies: what only holding one thing against another finds out. Each session has one false message; the client
//! refuses it, stays where it was, and follows what comes instead.

use super::lies::{self, BOB, LEAF, Lie, PARENT, ROOT};
use super::script::{About, Commit, Script};
use super::variants::{Play, Stage, play};
use super::world::LIAR;
use crate::mls::member::{Plan, Result};
use crate::reason::{Reason, mls};
use crate::vector::families::build::{self, MLS, NoteRow, failed, group};
use crate::vector::{Case, File};
use std::sync::OnceLock;

/// The family.
pub(in crate::vector::families) const NAME: &str = "client/hostile";

const PATHS: &[(&str, Play)] = &[
    ("path-key-of-root-false", root_key),
    ("path-key-of-another-node", node_key),
    ("path-leaf-key-of-another", leaf_key),
    ("path-secret-false", secret),
    ("path-ciphertext-damaged", ciphertext),
    ("path-leaf-signature-false", leaf_signature),
    ("path-parent-hash-false", parent_hash),
];

const SIGNED: &[(&str, Play)] = &[
    ("commit-confirmation-tag-false", confirmation_tag),
    ("commit-signature-false", content_signature),
    ("message-signature-false", message_signature),
    ("message-of-another-leaf", another_leaf),
];

const PADDED: &[(&str, Play)] = &[("message-padded", padded)];

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let groups = [("update paths", PATHS), ("signatures, tags and senders", SIGNED), ("padding", PADDED)];
        let made = groups.map(|(name, scripts)| match play(NAME, scripts) {
            Ok(cases) => group(name, cases),
            Err(refusal) => failed(name, &refusal),
        });
        build::file(MLS, NAME, NOTES, made.into())
    })
    .clone()
}

const NOTES: &[NoteRow] = &[
    (
        "path",
        "An update path is applied without being held against the path secrets, the tree or itself.",
        "One member splits the group at will, or reads what is meant for others.",
        "rfc9420:7.5:derived-keys-match",
        &["RFC 9420 sections 7.5, 7.9.2 and 12.4.2"],
    ),
    (
        "padding",
        "Padding is refused, cut at a fixed length, or not looked at.",
        "Padded messages are lost, or octets are smuggled past the signature.",
        "rfc9420:6.3.1:padding-zero",
        &["RFC 9420 section 6.3.1"],
    ),
    (
        "authentication",
        "A signature or a tag is not checked where another one has been.",
        "A member speaks for others, or splits the group at will.",
        "rfc9420:6.1:signature",
        &["RFC 9420 sections 6.1 to 6.3"],
    ),
    (
        "state-after-refusal",
        "A refused message leaves something behind: a used key, a half-applied commit.",
        "The next good message is lost, and the client with it.",
        "rfc9420:12.4.2:apply-commit",
        &["RFC 9420"],
    ),
];

const BECAUSE: &str = "The commit again, as an honest member makes it.";
/// What a client may say of a path.
const PATH: &[Reason] = &[
    mls::BAD_UPDATE_PATH,
    mls::BAD_LEAF,
    mls::BAD_CONFIRMATION_TAG,
    mls::UNDECRYPTABLE,
    mls::BAD_TREE,
    mls::BAD_SIGNATURE,
    mls::BAD_PROPOSALS,
    mls::MLS_MALFORMED,
    mls::MLS_OTHER,
];
const TAG: &[Reason] = &[mls::BAD_CONFIRMATION_TAG, mls::MLS_OTHER];
const SIGNATURE: &[Reason] = &[mls::BAD_SIGNATURE, mls::MLS_OTHER];
const MESSAGE: &[Reason] =
    &[mls::UNDECRYPTABLE, mls::UNKNOWN_SENDER, mls::BAD_SIGNATURE, mls::MLS_MALFORMED, mls::MLS_OTHER];

/// alice, the liar and bob are there; dora joins behind them.
fn joined(stage: &mut Stage, comment: &str, flag: &str, rules: &[&str]) -> Result<Script> {
    let out = stage.world.add("alice", &[LIAR, "bob"], &[&stage.dora])?;
    let about = About { name: "", comment, flags: &[flag, "state-after-refusal"], requirements: rules };
    Ok(Script::join(&about, &stage.dora, &out))
}

/// A commit with a lie is refused, the client stays where it was, and follows the honest one.
fn lied(stage: &mut Stage, comment: &str, flag: &str, rules: &[&str], lie: Lie, reasons: &[Reason]) -> Result<Case> {
    let script = joined(stage, comment, flag, rules)?;
    let plan = Plan { update: true, ..Plan::default() };
    let false_one = lies::commit(&stage.world, lie, &plan)?;
    let script = script.refuse("", &false_one.commit, reasons).stays();
    let sender = Some(stage.world.leaf(LIAR)?);
    let out = stage.world.update(LIAR)?;
    Ok(script.follow(BECAUSE, &Commit { out: &out, sender, added: &[], removed: &[] }).done())
}

fn root_key(stage: &mut Stage) -> Result<Case> {
    let comment =
        "A public key in the path is not the one that its path secret gives; everything else fits the false one.";
    let rules = &["rfc9420:7.5:derived-keys-match", "rfc9420:12.4.2:update-path"];
    lied(stage, comment, "path", rules, Lie::StrangeKey(ROOT), PATH)
}

fn node_key(stage: &mut Stage) -> Result<Case> {
    let comment =
        "A public key in the path is that of somebody else's leaf, at a node that the client has no secret of.";
    lied(stage, comment, "path", &["rfc9420:12.4.2:path-keys-new"], Lie::KeyOf(PARENT, BOB), PATH)
}

fn leaf_key(stage: &mut Stage) -> Result<Case> {
    let comment = "The committer's new leaf has the encryption key of somebody else's.";
    let rules = &["rfc9420:7.3:keys-unique", "rfc9420:12.4.2:path-keys-new"];
    lied(stage, comment, "path", rules, Lie::KeyOf(LEAF, BOB), PATH)
}

fn secret(stage: &mut Stage) -> Result<Case> {
    let comment = "The path secret that the client decrypts is not the one that the path was made of.";
    let rules = &["rfc9420:7.4:path-secrets", "rfc9420:7.5:derived-keys-match"];
    lied(stage, comment, "path", rules, Lie::PathSecrets, PATH)
}

fn ciphertext(stage: &mut Stage) -> Result<Case> {
    let comment = "The path secret for the client does not open, in a commit that is signed as it is.";
    lied(stage, comment, "path", &["rfc9420:12.4.2:update-path"], Lie::PathCiphertexts, PATH)
}

fn leaf_signature(stage: &mut Stage) -> Result<Case> {
    let comment = "The committer's new leaf has a wrong signature, in a commit that is signed as it is.";
    let rules = &["rfc9420:7.3:signature", "rfc9420:7.3:leaf-valid", "rfc9420:12.4.2:path-leaf-source"];
    lied(stage, comment, "path", rules, Lie::LeafSignature, PATH)
}

fn parent_hash(stage: &mut Stage) -> Result<Case> {
    let comment = "The parent hash in the committer's new leaf is not that of the path above it.";
    let rules = &["rfc9420:7.9.2:parent-hash-commit", "rfc9420:7.5:parent-hash-checked"];
    lied(stage, comment, "path", rules, Lie::ParentHash, PATH)
}

fn confirmation_tag(stage: &mut Stage) -> Result<Case> {
    let comment = "The confirmation tag is wrong, under a membership tag or ciphertext that is right.";
    let rules = &["rfc9420:12.4.2:confirmation-tag", "rfc9420:6.2:content-valid"];
    lied(stage, comment, "authentication", rules, Lie::ConfirmationTag, TAG)
}

fn content_signature(stage: &mut Stage) -> Result<Case> {
    let comment = "The signature of a commit is wrong, under a membership tag or ciphertext that is right.";
    let rules = &["rfc9420:6.1:signature", "rfc9420:6.2:content-valid", "rfc9420:6.3.1:private-content-valid"];
    lied(stage, comment, "authentication", rules, Lie::ContentSignature, SIGNATURE)
}

fn padded(stage: &mut Stage) -> Result<Case> {
    let comment =
        "Messages are padded: with zeros of any number, which is fine, and with something else, which is not.";
    let rules = &["rfc9420:6.3.1:padding-zero", "rfc9420:6.3.1:padding-any-length", "rfc9420:15.1:padding"];
    let mut script = joined(stage, comment, "padding", rules)?;
    let leaf = stage.world.leaf(LIAR)?;
    let last = lies::padded(&stage.world, b"padded", &[0, 0, 1])?;
    let first = lies::padded(&stage.world, b"padded", &[1, 0, 0])?;
    script = script.refuse("The last octet is no zero.", &last, MESSAGE);
    script = script.refuse("The first octet is no zero.", &first, MESSAGE);
    let zeros = lies::padded(&stage.world, b"padded", &[0; 300])?;
    script = script.read("Three hundred zeros.", leaf, &zeros, b"padded");
    // The copy that padded has used a key up; the member itself has not.
    stage.world.send(LIAR, b"skipped")?;
    let one = lies::padded(&stage.world, b"one", &[0])?;
    Ok(script.read("One zero.", leaf, &one, b"one").stays().done())
}

fn message_signature(stage: &mut Stage) -> Result<Case> {
    let comment = "The signature of an application message is wrong, inside a ciphertext that opens.";
    let rules = &["rfc9420:6.3.1:private-content-valid", "rfc9420:6:valid"];
    let mut script = joined(stage, comment, "authentication", rules)?;
    let leaf = stage.world.leaf(LIAR)?;
    script = script.refuse("", &lies::unsigned(&stage.world, b"said")?, SIGNATURE);
    let right = stage.world.send(LIAR, b"said")?;
    Ok(script.read("The message as it should be.", leaf, &right, b"said").stays().done())
}

fn another_leaf(stage: &mut Stage) -> Result<Case> {
    let comment = "The sender data name somebody else, or a leaf that is not there.";
    let rules = &["rfc9420:6.3.2:sender-data-leaf", "rfc9420:6.1:sender-leaf"];
    let mut script = joined(stage, comment, "authentication", rules)?;
    let leaf = stage.world.leaf(LIAR)?;
    // The index has 32 bits; the liar's is 1.
    for (what, bit) in [("The leaf of alice.", 31), ("A leaf outside the tree.", 29), ("A leaf far outside it.", 0)] {
        script = script.refuse(what, &lies::from_another(&stage.world, b"said", bit)?, MESSAGE);
    }
    let right = stage.world.send(LIAR, b"said")?;
    Ok(script.read("The message as it should be.", leaf, &right, b"said").stays().done())
}
