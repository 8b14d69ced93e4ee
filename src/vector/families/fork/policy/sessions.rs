//! Clients that were told what their room allows, and are sent commits that are perfect but for that.
//!
//! The group keeps no list of its own here, so that every library can play: the roles are those that the client is told.
//! In `in_band` the group keeps them.

use super::scene::{BANNED, GUEST, MEMBER, MODERATOR, room};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::{Reason, mls, policy as reason};
use crate::vector::Case;
use crate::vector::families::client::script::{About, Commit, Script};
use crate::vector::families::client::variants::{Play, Stage};
use crate::vector::families::client::world::identity;
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("banned-added", banned_added),
    ("banned-added-by-reference", banned_by_reference),
    ("banned-among-others", banned_among_others),
    ("second-client-of-banned-added", second_client),
    ("banned-joins", banned_joins),
    ("kicked-by-member", kicked),
    ("kicked-by-reference-of-member", kicked_by_reference),
    ("muted-speaks", muted),
    ("banned-commits", banned_commits),
    ("nobody-commits", nobody_commits),
    ("unlisted-added", unlisted),
    ("commits-nothing-forbidden", own_commits),
    ("commits-no-forbidden-proposal", own_references),
    ("muted-client-is-silent", own_messages),
    ("told-again", told_again),
];

const COMMIT: &str = "client/commit";
const SEND: &str = "client/send";
const RANDOM: &str = "What is made is random; whether it was made shows in what follows.";
const ENFORCES: &str = "ds-00:6:client-enforces-policy";
const IGNORED: &str = "ds-00:6:violation-ignored";
const ORDER: &str = "rfc9750:5.3:invalid-rejected";

/// What the client is told: Alice moderates, the others are members but for those named.
pub(in crate::vector::families::fork) fn policy(but: &[(&str, u32)]) -> Value {
    let users = ["alice", "bob", "carol", "dora", "erin", "frank"];
    let role = |user: &&str| but.iter().find(|(other, _)| other == user).map_or(MEMBER, |(_, role)| *role);
    let usual = |user: &&str| if *user == "alice" { MODERATOR } else { role(user) };
    let participants: Vec<_> = users.iter().map(|user| json!({"user": user, "role": usual(user)})).collect();
    let client = |user: &&str| json!({"identity": hex::encode(&identity(user)), "user": user});
    let mut clients: Vec<_> = users.iter().map(client).collect();
    // A second device of Erin's.
    clients.push(json!({"identity": hex::encode(&identity("grace")), "user": "erin"}));
    json!({"policy": {"roles": room().roles()}, "participants": participants, "clients": clients})
}

fn joined(stage: &mut Stage, about: (&str, &str, &[&str]), but: &[(&str, u32)]) -> Result<Script> {
    let (comment, flag, rules) = about;
    let out = stage.world.add("alice", &["bob", "carol"], &[&stage.dora])?;
    let about = About { name: "", comment, flags: &[flag], requirements: rules };
    Ok(Script::join(&about, &stage.dora, &out).told("The client learns what its room allows.", policy(but)))
}

/// Somebody whom nothing forbids refreshes its leaf, and the client follows.
fn goes_on(stage: &mut Stage, script: Script, by: &str) -> Result<Case> {
    let sender = stage.world.leaf(by)?;
    let out = stage.world.update(by)?;
    let script = script.follow(
        "The next commit in the partition is good, and followed.",
        &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] },
    );
    let said = stage.world.send(by, b"we go on")?;
    Ok(script.read("", sender, &said, b"we go on").done())
}

const BAN: &[Reason] = &[reason::CLIENT_OF_THE_BANNED, reason::MAY_NOT_ADD_CLIENT];

fn banned_added(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.3:banned-role", ENFORCES, IGNORED, ORDER];
    let comment =
        "A moderator adds a client of a banned user. The client stays where it is, and follows the next good commit.";
    let script = joined(stage, (comment, "ban", rules), &[("erin", BANNED)])?;
    let out = stage.world.copy().add("alice", &["erin"], &[])?;
    let script = script.refuse("The commit, which is perfect otherwise.", &out.commit, BAN).stays();
    goes_on(stage, script, "bob")
}

fn banned_by_reference(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.3:banned-role", ENFORCES, IGNORED];
    let comment = "A moderator proposes to add a client of a banned user, and a member commits that by reference.";
    let script = joined(stage, (comment, "by-reference", rules), &[("erin", BANNED)])?;
    let mut aside = stage.world.copy();
    let (alice, erin) = (aside.leaf("alice")?, aside.keys("erin")?);
    let proposal = aside.propose("alice", &Proposal::Add(erin.key_package))?;
    let out = aside.commit("bob", &Plan::default())?;
    let script = script
        .note("The proposal, which is judged in the commit that has it.", Some(alice), &proposal)
        .refuse("The commit.", &out.commit, BAN)
        .stays();
    let sender = stage.world.leaf("carol")?;
    let out = stage.world.update("carol")?;
    let good = Commit { out: &out, sender: Some(sender), added: &[], removed: &[] };
    Ok(script.follow("A commit without the proposal.", &good).stays().done())
}

fn banned_among_others(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.3:banned-role", ENFORCES];
    let comment = "One commit refreshes the path, removes a member by a moderator, which is allowed, and adds a client of a banned user.";
    let script = joined(stage, (comment, "ban", rules), &[("erin", BANNED)])?;
    let mut aside = stage.world.copy();
    let (carol, erin) = (aside.leaf("carol")?, aside.keys("erin")?);
    aside.forget("carol");
    let plan = Plan { add: vec![erin.key_package], remove: vec![carol], update: true, ..Plan::default() };
    let out = aside.commit("alice", &plan)?;
    let script = script.refuse("The commit.", &out.commit, BAN).stays();
    let sender = stage.world.leaf("alice")?;
    let out = stage.world.remove("alice", &["carol"])?;
    let good = Commit { out: &out, sender: Some(sender), added: &[], removed: &[carol] };
    Ok(script.follow("The removal alone is allowed.", &good).stays().done())
}

fn second_client(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.3:banned-role", ENFORCES];
    let comment = "A moderator adds a second client of a banned user, of another name than the first. Users are banned, not clients.";
    let script = joined(stage, (comment, "by-device", rules), &[("erin", BANNED)])?;
    let out = stage.world.copy().add("alice", &["grace"], &[])?;
    let script = script.refuse("The commit.", &out.commit, BAN).stays();
    goes_on(stage, script, "carol")
}

fn banned_joins(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.3:banned-role", ENFORCES, IGNORED];
    let comment = "A client of a banned user joins by an external commit; then one of a member does.";
    let script = joined(stage, (comment, "joining", rules), &[("erin", BANNED)])?;
    let out = stage.world.copy().join_externally("erin", "bob")?;
    let script = script.refuse("The banned.", &out.commit, BAN).stays();
    let out = stage.world.join_externally("frank", "bob")?;
    let script = script.follow("The member.", &Commit { out: &out, sender: None, added: &["frank"], removed: &[] });
    goes_on(stage, script, "frank")
}

fn kicked(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.2:kick", ENFORCES, IGNORED];
    let comment = "A member removes another member, which only moderators may.";
    let script = joined(stage, (comment, "kick", rules), &[])?;
    let out = stage.world.copy().remove("bob", &["carol"])?;
    let script = script.refuse("The commit.", &out.commit, &[reason::MAY_NOT_REMOVE_CLIENT]).stays();
    goes_on(stage, script, "carol")
}

fn kicked_by_reference(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.2:kick", "8:holder", ENFORCES];
    let comment = "A moderator proposes to remove a member, and a member commits that: the proposer counts.";
    let script = joined(stage, (comment, "by-reference", rules), &[])?;
    let (alice, bob, carol) = (stage.world.leaf("alice")?, stage.world.leaf("bob")?, stage.world.leaf("carol")?);
    let proposal = stage.world.propose("alice", &Proposal::Remove(carol))?;
    stage.world.forget("carol");
    let out = stage.world.commit("bob", &Plan::default())?;
    let good = Commit { out: &out, sender: Some(bob), added: &[], removed: &[carol] };
    let script = script.note("The moderator's proposal.", Some(alice), &proposal).follow("The commit.", &good);
    let out = stage.world.copy().remove("bob", &["alice"])?;
    let script =
        script.refuse("The same member's own removal of the moderator.", &out.commit, &[reason::MAY_NOT_REMOVE_CLIENT]);
    let script = script.stays();
    goes_on(stage, script, "alice")
}

fn muted(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.3:send-message", ENFORCES, IGNORED];
    let comment = "A guest, who may not send, sends; its commits count as before, and others are read.";
    let script = joined(stage, (comment, "messages", rules), &[("carol", GUEST)])?;
    let carol = stage.world.leaf("carol")?;
    let said = stage.world.send("carol", b"you can not hear this")?;
    let script = script.refuse("The muted.", &said, &[reason::MAY_NOT_SEND]).stays();
    let out = stage.world.update("carol")?;
    let good = Commit { out: &out, sender: Some(carol), added: &[], removed: &[] };
    let script = script.follow("A commit of the muted.", &good);
    let said = stage.world.send("carol", b"nor this")?;
    let script = script.refuse("The muted again.", &said, &[reason::MAY_NOT_SEND]).stays();
    goes_on(stage, script, "bob")
}

fn banned_commits(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["protocol-06:5.3:removed-no-commit", ENFORCES];
    let comment = "A client whose user was banned, and that is in the group still, refreshes its leaf and sends.";
    let script = joined(stage, (comment, "ban", rules), &[("carol", BANNED)])?;
    let mut aside = stage.world.copy();
    let said = aside.send("carol", b"still here")?;
    let out = aside.update("carol")?;
    let script = script
        .refuse("The message.", &said, &[reason::MAY_NOT_SEND])
        .refuse("The commit.", &out.commit, &[reason::WITHOUT_CAPABILITIES])
        .stays();
    goes_on(stage, script, "bob")
}

fn nobody_commits(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["protocol-06:5.3:removed-no-commit", "8:holder", ENFORCES];
    let comment = "A client that belongs to nobody in the list refreshes its leaf.";
    let out = stage.world.add("alice", &["bob", "heidi"], &[&stage.dora])?;
    let about = About { name: "", comment, flags: &["committing"], requirements: rules };
    let script = Script::join(&about, &stage.dora, &out).told("The client learns what its room allows.", policy(&[]));
    let out = stage.world.copy().update("heidi")?;
    let script = script.refuse("The commit.", &out.commit, &[reason::NOT_A_PARTICIPANT]).stays();
    goes_on(stage, script, "bob")
}

fn unlisted(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["protocol-06:5.3:participant-before-member", ENFORCES];
    let comment = "A moderator adds a client of somebody who is not in the list.";
    let script = joined(stage, (comment, "adding", rules), &[])?;
    let out = stage.world.copy().add("alice", &["heidi"], &[])?;
    let reasons = &[reason::CLIENT_OF_NOBODY, reason::MAY_NOT_ADD_CLIENT];
    let script = script.refuse("The commit.", &out.commit, reasons).stays();
    goes_on(stage, script, "bob")
}

/// A commit is made, and pends: nothing is said until it is over.
fn still_commits(script: Script) -> Script {
    let script = script.does("A commit that is in order.", COMMIT, json!({"update": true}), RANDOM).stays();
    let reasons = &[mls::PENDING_COMMIT, mls::MLS_OTHER];
    script.refuse_to("It is pending.", SEND, json!({"data": hex::encode(b"too early")}), reasons)
}

fn own_commits(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.1.3:banned-role", "8.1.2:kick", ENFORCES];
    let comment = "The client, a member, is asked to add a client of a banned user, one of another member, and to remove somebody. It makes none of these commits, and one that is allowed.";
    let script = joined(stage, (comment, "committing", rules), &[("erin", BANNED)])?;
    let (erin, frank, bob) = (stage.world.keys("erin")?, stage.world.keys("frank")?, stage.world.leaf("bob")?);
    let add = |keys: &crate::mls::member::PrivateKeys| json!({"add": [hex::encode(&keys.key_package)]});
    let script = script
        .refuse_to("A client of the banned.", COMMIT, add(&erin), BAN)
        .refuse_to("A client of another member.", COMMIT, add(&frank), &[reason::MAY_NOT_ADD_CLIENT])
        .refuse_to("A removal.", COMMIT, json!({"remove": [bob]}), &[reason::MAY_NOT_REMOVE_CLIENT])
        .stays();
    Ok(still_commits(script).done())
}

fn own_references(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8:proposer-counts", "8.1.2:kick", ENFORCES];
    let comment = "A member proposes to remove another. While that proposal waits the client can make no commit that is allowed; once others have passed it by, it can.";
    let script = joined(stage, (comment, "by-reference", rules), &[])?;
    let (bob, carol) = (stage.world.leaf("bob")?, stage.world.leaf("carol")?);
    let proposal = stage.world.copy().propose("bob", &Proposal::Remove(carol))?;
    let script = script.note("The proposal.", Some(bob), &proposal);
    let script =
        script.refuse_to("A commit would have it.", COMMIT, json!({"update": true}), &[reason::MAY_NOT_REMOVE_CLIENT]);
    let alice = stage.world.leaf("alice")?;
    let out = stage.world.update("alice")?;
    let good = Commit { out: &out, sender: Some(alice), added: &[], removed: &[] };
    let script = script.stays().follow("A commit without it.", &good);
    Ok(still_commits(script).done())
}

fn own_messages(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.3:send-message", ENFORCES];
    let comment = "The client itself is a guest, who may not send. It commits all the same.";
    let script = joined(stage, (comment, "messages", rules), &[("dora", GUEST)])?;
    let script = script.refuse_to("", SEND, json!({"data": hex::encode(b"unheard")}), &[reason::MAY_NOT_SEND]).stays();
    let out = stage.world.update("bob")?;
    let bob = stage.world.leaf("bob")?;
    let script = script.follow("", &Commit { out: &out, sender: Some(bob), added: &[], removed: &[] });
    let script = script.does("A commit that is in order.", COMMIT, json!({"update": true}), RANDOM);
    Ok(script.stays().done())
}

fn told_again(stage: &mut Stage) -> Result<Case> {
    let rules: &[&str] = &["8.3:send-message", "8.1.2:kick", ENFORCES];
    let comment = "What a room allows changes: the client is told twice, and goes by the latest.";
    let script = joined(stage, (comment, "messages", rules), &[("carol", GUEST)])?;
    let carol = stage.world.leaf("carol")?;
    let said = stage.world.send("carol", b"muted")?;
    let script = script.refuse("", &said, &[reason::MAY_NOT_SEND]);
    let script = script.told("Carol becomes a moderator.", policy(&[("carol", MODERATOR), ("bob", GUEST)]));
    let said = stage.world.send("carol", b"heard")?;
    let script = script.read("", carol, &said, b"heard");
    let said = stage.world.send("bob", b"muted now")?;
    let script = script.refuse("", &said, &[reason::MAY_NOT_SEND]);
    let bob = stage.world.leaf("bob")?;
    let out = stage.world.remove("carol", &["bob"])?;
    let good = Commit { out: &out, sender: Some(carol), added: &[], removed: &[bob] };
    let script = script.follow("And removes Bob.", &good);
    goes_on(stage, script, "carol")
}
