use super::super::damage;
use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::Result;
use crate::reason::{Reason, mls, wire};
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("damaged-commit", commit),
    ("damaged-application-message", application),
    ("damaged-proposal", proposal),
    ("cut-commit", cut),
    ("not-a-group-message", not_a_message),
];

/// A tag of SHA-256 with its length.
const TAG: usize = 33;

/// What a client may say of a message whose authentication was damaged: each check covers what the other does.
const UNAUTHENTIC: &[Reason] =
    &[mls::BAD_SIGNATURE, mls::BAD_MEMBERSHIP_TAG, mls::BAD_CONFIRMATION_TAG, mls::UNDECRYPTABLE, mls::MLS_OTHER];

/// What a client may say of octets that are not the structure.
const UNREADABLE: &[Reason] =
    &[mls::MLS_MALFORMED, wire::WIRE_TRUNCATED, wire::WIRE_TRAILING, mls::UNDECRYPTABLE, mls::MLS_OTHER];

fn commit(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "Every authenticated field of a commit is changed in turn; none is followed, then the true commit is.",
        flags: &["authentication", "state-after-refusal"],
        requirements: &[
            "rfc9750:8.4.2:nothing-injected",
            "rfc9420:6.1:signature",
            "rfc9420:6.2:membership-tag",
            "rfc9420:12.4.2:confirmation-tag",
        ],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (sender, private) = (world.leaf("bob")?, world.setting().private);
    let out = world.update("bob")?;
    let octets = &out.commit;
    let broken: Vec<(&str, Vec<u8>)> = if private {
        vec![
            ("One bit of the ciphertext's tag.", damage::from_end(octets, 1)),
            ("One bit of the ciphertext.", damage::from_end(octets, 100)),
            ("One bit of the encrypted sender data.", damage::sender_data(octets)),
            ("The content type says application.", damage::as_application(octets)),
        ]
    } else {
        vec![
            ("One bit of the membership tag.", damage::from_end(octets, 1)),
            ("One bit of the confirmation tag.", damage::from_end(octets, TAG + 1)),
            ("One bit of the signature.", damage::from_end(octets, 2 * TAG + 1)),
            ("One bit of the update path.", damage::from_end(octets, 2 * TAG + 160)),
            ("Another member as its sender.", damage::sender_leaf(octets, 0)),
        ]
    };
    for (what, octets) in &broken {
        script = script.refuse(what, octets, UNAUTHENTIC);
    }
    script = script.stays();
    script = script.follow("The true commit.", &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] });
    let message = world.send("bob", b"after")?;
    Ok(script.read("And what is said after it.", sender, &message, b"after").done())
}

fn application(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "Application messages are damaged; a refused one does not use up the true one's key.",
        flags: &["authentication", "state-after-refusal"],
        requirements: &[
            "rfc9420:6.3:decrypt",
            "rfc9420:9.2:generation-once",
            "rfc9750:5.2:generation-authentic",
            "rfc9750:8.4.2:nothing-injected",
        ],
    };
    let mut script = Script::join(&about, dora, &joined);
    let sender = world.leaf("bob")?;
    let message = world.send("bob", b"one")?;
    for (what, octets) in [
        ("One bit of the ciphertext's tag.", damage::from_end(&message, 1)),
        ("One bit of the ciphertext.", damage::from_end(&message, 20)),
        ("One bit of the encrypted sender data.", damage::sender_data(&message)),
    ] {
        script = script.refuse(what, &octets, UNAUTHENTIC);
    }
    script = script.read("The true message.", sender, &message, b"one");
    let next = world.send("bob", b"two")?;
    Ok(script.read("The next one.", sender, &next, b"two").stays().done())
}

fn proposal(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "A damaged proposal is not kept; the true one is, and the commit that refers to it is followed.",
        flags: &["authentication", "proposal-by-reference"],
        requirements: &["rfc9420:6.1:signature", "rfc9420:12.4.2:proposal-known"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let carol = world.leaf("carol")?;
    let (alice, bob) = (world.leaf("alice")?, world.leaf("bob")?);
    let message = world.propose("bob", &crate::mls::member::Proposal::Remove(carol))?;
    for (what, octets) in [
        ("One bit of its last octet.", damage::from_end(&message, 1)),
        ("One bit further in.", damage::from_end(&message, 40)),
    ] {
        script = script.refuse(what, &octets, UNAUTHENTIC);
    }
    script = script.note("The true proposal.", Some(bob), &message);
    world.forget("carol");
    let out = world.commit("alice", &crate::mls::member::Plan::default())?;
    Ok(script.follow("The commit.", &Commit { out: &out, sender: Some(alice), added: &[], removed: &[carol] }).done())
}

fn cut(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "A commit comes cut at several places, with an octet more, or as nothing at all; then it comes whole.",
        flags: &["truncated", "state-after-refusal"],
        requirements: &["rfc9420:2.1:whole"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let sender = Some(world.leaf("alice")?);
    let out = world.update("alice")?;
    script = script.refuse("Nothing.", &[], UNREADABLE);
    for count in [1, 3, 4, 5, 20, 40] {
        script = script.refuse(&format!("The first {count} octets."), &damage::first(&out.commit, count), UNREADABLE);
    }
    for count in [1, TAG, 200] {
        let cut = damage::without_last(&out.commit, count);
        script = script.refuse(&format!("Without the last {count} octets."), &cut, UNREADABLE);
    }
    script = script.refuse("With one octet more.", &damage::and_more(&out.commit), UNREADABLE);
    script = script.stays();
    Ok(script.follow("Whole.", &Commit { out: &out, sender, added: &[], removed: &[] }).done())
}

fn not_a_message(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "A Welcome, a GroupInfo and a KeyPackage come as messages of the group; a client takes none of them.",
        flags: &["wire-format", "state-after-refusal"],
        requirements: &["rfc9420:6:wire-formats"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (group_info, _) = world.group_info("alice")?;
    let reasons = &[mls::WRONG_WIRE_FORMAT, mls::MLS_MALFORMED, mls::MLS_OTHER];
    script = script.refuse("The Welcome.", joined.welcome.as_deref().unwrap_or_default(), reasons);
    script = script.refuse("A GroupInfo.", &group_info, reasons);
    script = script.refuse("A KeyPackage.", &dora.key_package, reasons);
    script = script.stays();
    let sender = Some(world.leaf("bob")?);
    let out = world.update("bob")?;
    Ok(script.follow("A commit.", &Commit { out: &out, sender, added: &[], removed: &[] }).done())
}
