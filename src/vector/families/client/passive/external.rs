use super::super::damage;
use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::Result;
use crate::reason::{mls, wire};
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] =
    &[("external-join", join), ("external-join-damaged", damaged), ("external-join-stale", stale)];

const ONE: &[&str] = &["erin"];

fn join(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "Somebody joins by an external commit and speaks at once; a member goes on from there.",
        flags: &["external-commit"],
        requirements: &["rfc9420:12.4.3.2:external-commit", "rfc9420:8.3:external-init"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let out = world.join_externally("erin", "alice")?;
    script = script.follow("Erin joins.", &Commit { out: &out, sender: None, added: ONE, removed: &[] });
    let (erin, said) = (world.leaf("erin")?, world.send("erin", b"here I am")?);
    script = script.read("And speaks.", erin, &said, b"here I am");
    let (bob, out) = (Some(world.leaf("bob")?), world.update("bob")?);
    Ok(script.follow("Bob goes on.", &Commit { out: &out, sender: bob, added: &[], removed: &[] }).done())
}

fn damaged(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "An external commit has no membership tag; damage to its signature, tag or path is found all the same.",
        flags: &["external-commit", "authentication", "state-after-refusal"],
        requirements: &["rfc9420:6.1:signature", "rfc9420:12.4.2:confirmation-tag"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let out = world.join_externally("erin", "alice")?;
    let reasons = &[
        mls::BAD_SIGNATURE,
        mls::BAD_CONFIRMATION_TAG,
        mls::BAD_UPDATE_PATH,
        mls::BAD_LEAF,
        mls::MLS_MALFORMED,
        wire::WIRE_TRUNCATED,
        mls::MLS_OTHER,
    ];
    for (what, back) in
        [("One bit of the confirmation tag.", 1), ("One bit of the signature.", 34), ("One bit of the path.", 220)]
    {
        script = script.refuse(what, &damage::from_end(&out.commit, back), reasons);
    }
    script = script.stays();
    Ok(script.follow("As it was sent.", &Commit { out: &out, sender: None, added: ONE, removed: &[] }).done())
}

fn stale(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "Somebody joins with the GroupInfo of an epoch that is over, which is the wrong partition now.",
        flags: &["external-commit", "epoch", "state-after-refusal"],
        requirements: &["rfc9420:6.1:epoch", "ds-00:4.5:most-recent-key"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let (group_info, tree) = world.group_info("alice")?;
    let (alice, out) = (Some(world.leaf("alice")?), world.update("alice")?);
    script = script.follow("", &Commit { out: &out, sender: alice, added: &[], removed: &[] });
    let knock = world.copy().knock("erin", &group_info, &tree)?;
    script = script.refuse("Erin's commit.", &knock.commit, &[mls::WRONG_EPOCH, mls::MLS_OTHER]).stays();
    let out = world.join_externally("erin", "bob")?;
    Ok(script.follow("She tries again.", &Commit { out: &out, sender: None, added: ONE, removed: &[] }).done())
}
