//! A client that commits: what it must not put into a commit, and that its own commit waits until it comes back. What it
//! makes is random, so a step that makes something may answer anything; what follows shows whether it did.

use super::package::{Package, Spoilt};
use super::script::{About, Commit, Script};
use super::variants::{Play, Stage, play};
use crate::mls::member::{Plan, PrivateKeys, Result};
use crate::reason::{Reason, mls, wire};
use crate::vector::families::build::{self, MLS, NoteRow, failed, group};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// The family.
pub(in crate::vector::families) const NAME: &str = "client/acting";

const PACKAGES: &[(&str, Play)] = &[
    ("add-with-false-signature", signatures),
    ("add-with-one-key-twice", one_key),
    ("add-of-another-suite", suite),
    ("add-of-another-version", version),
    ("add-with-unlisted-extension", unlisted),
    ("add-with-leaf-of-a-commit", source),
    ("add-with-unknown-credential", credential),
    ("add-with-long-length", long_length),
    ("add-of-a-member", member),
    ("add-damaged", damaged),
];

const COMMITS: &[(&str, Play)] =
    &[("remove-of-nobody", nobody), ("own-commit-waits", waits), ("added-with-unknown-capabilities", unknown)];

/// The file; played once a process.
pub(in crate::vector::families) fn file() -> File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let groups = [("KeyPackages that others gave", PACKAGES), ("commits", COMMITS)];
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
        "key-package",
        "A KeyPackage is added as the service gave it.",
        "Somebody else is added than was meant, or nobody else follows the commit.",
        "rfc9420:10.1:key-package-valid",
        &["RFC 9420 sections 7.3, 10 and 10.1"],
    ),
    (
        "proposals",
        "A commit is made that others refuse.",
        "The committer is alone.",
        "rfc9420:12.2:proposal-list",
        &["RFC 9420 section 12.2"],
    ),
    (
        "own-commit",
        "A commit of one's own takes effect before it comes back.",
        "The client is alone when another commit comes first.",
        "rfc9420:14:commit-leaves-state",
        &["RFC 9420 section 14", "RFC 9750 section 5.2.1"],
    ),
    (
        "unknown-values",
        "What is not known is refused in place of ignored.",
        "Clients of later versions cannot be added.",
        "rfc9420:7.2:unknown-capabilities",
        &["RFC 9420 sections 7.2 and 13.5"],
    ),
];

/// What a client may say of a KeyPackage that it shall add.
const REASONS: &[Reason] = &[
    mls::BAD_KEY_PACKAGE,
    mls::BAD_SIGNATURE,
    mls::BAD_LEAF,
    mls::BAD_PROPOSALS,
    mls::MLS_MALFORMED,
    mls::WRONG_WIRE_FORMAT,
    mls::MLS_UNSUPPORTED,
    wire::WIRE_TRUNCATED,
    wire::WIRE_TRAILING,
    mls::MLS_OTHER,
];
const COMMIT: &str = "client/commit";
const RANDOM: &str = "What is made is random; whether it was made shows in what follows.";

fn joined(stage: &mut Stage, comment: &str, flag: &str, rules: &[&str]) -> Result<Script> {
    let out = stage.world.add("alice", &["bob"], &[&stage.dora])?;
    Ok(Script::join(&About { name: "", comment, flags: &[flag], requirements: rules }, &stage.dora, &out))
}

fn adding(key_package: &[u8]) -> Value {
    json!({"add": [hex::encode(key_package)]})
}

/// The client is asked to add each of these and refuses; then it can commit all the same.
fn refused(script: Script, wrong: &[(&str, Vec<u8>)]) -> Script {
    let mut script = script;
    for (what, octets) in wrong {
        script = script.refuse_to(what, COMMIT, adding(octets), REASONS);
    }
    still_commits(script.stays())
}

/// A commit is made, and pends: nothing is said until it is over.
fn still_commits(script: Script) -> Script {
    let script = script.does("A commit that is in order.", COMMIT, json!({"update": true}), RANDOM).stays();
    let reasons = &[mls::PENDING_COMMIT, mls::MLS_OTHER];
    script.refuse_to("It is pending.", "client/send", json!({"data": hex::encode(b"too early")}), reasons)
}

/// What is changed in a KeyPackage, in words and in deed, and what is spoilt after it was signed.
type Change<'a> = (&'a str, &'a dyn Fn(&mut Package), Spoilt);

/// erin's KeyPackage, changed and signed again.
fn changed(stage: &mut Stage, comment: &str, rules: &[&str], changes: &[Change<'_>]) -> Result<Case> {
    let rules = [&["rfc9420:10.1:key-package-valid", "rfc9420:12.1.1:add-invalid"], rules].concat();
    let script = joined(stage, comment, "key-package", &rules)?;
    let keys = stage.world.keys("erin")?;
    let mut wrong = vec![];
    for (what, change, spoilt) in changes {
        wrong.push((*what, forged(&keys, change, *spoilt)?));
    }
    Ok(refused(script, &wrong).done())
}

fn forged(keys: &PrivateKeys, change: &dyn Fn(&mut Package), spoilt: Spoilt) -> Result<Vec<u8>> {
    let mut package = Package::of(&keys.key_package)?;
    change(&mut package);
    package.signed(keys, spoilt)
}

fn signatures(stage: &mut Stage) -> Result<Case> {
    let comment = "A KeyPackage with a wrong signature, and one whose leaf has a wrong one.";
    let rules = &["rfc9420:10:signature", "rfc9420:7.3:signature", "rfc9750:5.1:key-package-authenticated"];
    let keep: &dyn Fn(&mut Package) = &|_| {};
    changed(stage, comment, rules, &[("The KeyPackage's.", keep, Spoilt::Package), ("The leaf's.", keep, Spoilt::Leaf)])
}

fn one_key(stage: &mut Stage) -> Result<Case> {
    let comment = "A KeyPackage whose init key is the encryption key of its leaf.";
    changed(
        stage,
        comment,
        &["rfc9420:10.1:init-key-differs"],
        &[("", &|p| p.init_key.clone_from(&p.encryption_key), Spoilt::None)],
    )
}

fn suite(stage: &mut Stage) -> Result<Case> {
    let comment = "A KeyPackage of another cipher suite than the group's.";
    changed(
        stage,
        comment,
        &["rfc9420:10.1:suite-and-version"],
        &[("", &|p| p.suite = if p.suite == 1 { 3 } else { 1 }, Spoilt::None)],
    )
}

fn version(stage: &mut Stage) -> Result<Case> {
    let comment = "A KeyPackage of version 2, in an MLSMessage of version 1.";
    let rules = &["rfc9420:10.1:suite-and-version", "rfc9420:10:version-equal"];
    changed(stage, comment, rules, &[("", &|p| p.version = 2, Spoilt::None)])
}

fn unlisted(stage: &mut Stage) -> Result<Case> {
    let comment = "The leaf of a KeyPackage has an extension that its capabilities do not list.";
    let rules = &[
        "rfc9420:7.2:capabilities-cover-extensions",
        "rfc9420:7.3:extensions-listed",
        "rfc9420:10:extensions-covered",
    ];
    changed(stage, comment, rules, &[("", &|p| p.leaf_extensions = vec![0xf0, 0xa1, 1, 7], Spoilt::None)])
}

fn source(stage: &mut Stage) -> Result<Case> {
    let comment = "The leaf of a KeyPackage says that it is of an Update, or of a commit.";
    changed(
        stage,
        comment,
        &["rfc9420:7.3:source", "rfc9420:10:source"],
        &[
            ("Of an Update.", &|p| p.source = vec![2], Spoilt::None),
            ("Of a commit.", &|p| p.source = vec![3, 0], Spoilt::None),
        ],
    )
}

fn credential(stage: &mut Stage) -> Result<Case> {
    let comment = "A KeyPackage with a credential of a type that nobody else in the group lists.";
    changed(
        stage,
        comment,
        &["rfc9420:7.3:credential-types"],
        &[(
            "",
            &|p| {
                p.credential_type = 0xf0c1;
                p.credential_types = vec![0, 1, 0xf0, 0xc1];
            },
            Spoilt::None,
        )],
    )
}

fn long_length(stage: &mut Stage) -> Result<Case> {
    let comment = "A length inside a KeyPackage has four octets where one would do; it is signed like that.";
    changed(stage, comment, &["rfc9420:2.1.2:minimal-length"], &[("", &|p| p.long_length = true, Spoilt::None)])
}

fn member(stage: &mut Stage) -> Result<Case> {
    let comment = "A further KeyPackage of somebody who is a member, with the signature key of its leaf.";
    let rules = &["rfc9420:12.2:one-add-a-client", "rfc9420:7.3:keys-unique"];
    let script = joined(stage, comment, "proposals", rules)?;
    let octets = stage.world.key_package_of("bob")?;
    Ok(refused(script, &[("", octets)]).done())
}

fn damaged(stage: &mut Stage) -> Result<Case> {
    let comment = "What comes in the place of a KeyPackage is none: cut, with an octet more, nothing, a commit.";
    let rules = &["rfc9420:2.1:whole", "rfc9420:6:mls-message"];
    let script = joined(stage, comment, "key-package", rules)?;
    let right = stage.world.keys("erin")?.key_package;
    let commit = stage.world.copy().update("bob")?.commit;
    let cut = super::damage::without_last(&right, 1);
    let more = super::damage::and_more(&right);
    let wrong = [("Cut.", cut), ("With an octet more.", more), ("Nothing.", vec![]), ("A commit.", commit)];
    Ok(refused(script, &wrong).done())
}

fn nobody(stage: &mut Stage) -> Result<Case> {
    let comment = "The client is asked to remove leaves that nobody has, and itself.";
    let rules = &["rfc9420:12.1.3:remove-nobody", "rfc9420:12.2:no-own-remove", "rfc9420:12.2:proposal-list"];
    stage.world.add("alice", &["carol"], &[])?;
    stage.world.remove("alice", &["carol"])?;
    let script = joined(stage, comment, "proposals", rules)?;
    let dora = stage.world.leaf_of("alice", "dora")?;
    let reasons = &[mls::BAD_PROPOSALS, mls::UNKNOWN_SENDER, mls::MLS_OTHER];
    let remove = |leaf: u32| json!({"remove": [leaf]});
    let script = script
        .refuse_to("A leaf outside the tree.", COMMIT, remove(64), reasons)
        .refuse_to("The largest index.", COMMIT, remove(u32::MAX), reasons)
        .refuse_to("Itself.", COMMIT, remove(dora), reasons);
    Ok(still_commits(script.stays()).done())
}

fn waits(stage: &mut Stage) -> Result<Case> {
    let comment = "The client commits. Another commit comes first: the client follows that one, and its own is gone.";
    let rules =
        &["rfc9420:14:commit-leaves-state", "rfc9750:5.2.1:own-commit-waits", "rfc9750:5.2:one-commit-an-epoch"];
    let script = still_commits(joined(stage, comment, "own-commit", rules)?).stays();
    let sender = stage.world.leaf("bob")?;
    let out = stage.world.update("bob")?;
    let script = script.follow("", &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] }).stays();
    let said = stage.world.send("bob", b"mine came first")?;
    let script = script.read("", sender, &said, b"mine came first");
    Ok(still_commits(script).done())
}

fn unknown(stage: &mut Stage) -> Result<Case> {
    let comment = "Somebody is added whose capabilities list what the client does not know, GREASE among it.";
    let rules = &[
        "rfc9420:7.2:unknown-capabilities",
        "rfc9420:13.5:grease-no-special",
        "rfc9420:13.4:key-package-unknown",
        "rfc9420:10:unknown-extensions",
    ];
    let script = joined(stage, comment, "unknown-values", rules)?;
    let keys = stage.world.keys("erin")?;
    let key_package = forged(
        &keys,
        &|p| {
            p.versions.extend([0xff, 0x17]);
            p.suites.extend([0x1a, 0x1a, 0xf1, 0x23]);
            p.extension_types.extend([0x2a, 0x2a, 0xf0, 0xa1]);
            p.proposal_types.extend([0x3a, 0x3a, 0xf0, 0xa2]);
            p.credential_types.extend([0x4a, 0x4a, 0xf0, 0xa3]);
            p.leaf_extensions = vec![0xf0, 0xa1, 1, 7];
        },
        Spoilt::None,
    )?;
    let sender = Some(stage.world.leaf("alice")?);
    let out = stage.world.commit("alice", &Plan { add: vec![key_package], ..Plan::default() })?;
    Ok(script.follow("", &Commit { out: &out, sender, added: &["erin"], removed: &[] }).stays().done())
}
