use super::notes::{ENVELOPE, OLD_BRANCH};
use super::spoiled::ALWAYS;
use crate::mls::member::{CommitOut, Result};
use crate::vector::Case;
use crate::vector::families::client::damage;
use crate::vector::families::client::script::{About, Commit, Script};
use crate::vector::families::client::variants::{Play, Stage};
use crate::vector::families::client::world::LIAR;
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("commit-of-a-removed-member", removed),
    ("commit-replayed", replayed),
    ("commit-of-two-epochs-before", old),
    ("external-commit-by-a-stale-group-info", stale),
    ("next-partition-key-of-another-epoch", partition_key),
    ("group-info-of-another-epoch", other_info),
    ("group-info-damaged", damaged_info),
];

fn joined(stage: &mut Stage, comment: &str, flag: &str, rules: &[&str]) -> Result<Script> {
    let out = stage.world.add("alice", &[LIAR, "bob", "erin"], &[&stage.dora])?;
    let requirements = [rules, ALWAYS].concat();
    let flags = &[flag, "state-after-refusal"];
    Ok(Script::join(&About { name: "", comment, flags, requirements: &requirements }, &stage.dora, &out))
}

fn follows(stage: &mut Stage, script: Script, by: &str) -> Result<(Script, CommitOut)> {
    let (sender, out) = (Some(stage.world.leaf(by)?), stage.world.update(by)?);
    Ok((script.follow("", &Commit { out: &out, sender, added: &[], removed: &[] }), out))
}

fn removed(stage: &mut Stage) -> Result<Case> {
    let comment = "A member commits in the epoch from which it was removed, by what it knew before.";
    let script = joined(stage, comment, "history", &["rfc9420:12.4.2:epoch", "rfc9420:12.4.2:removed-member"])?;
    let mut before = stage.world.copy();
    let (alice, gone) = (Some(stage.world.leaf("alice")?), stage.world.leaf(LIAR)?);
    let out = stage.world.remove("alice", &[LIAR])?;
    let script = script.follow("", &Commit { out: &out, sender: alice, added: &[], removed: &[gone] });
    let lost = before.update(LIAR)?;
    let script = script.refuse("Made in the epoch before.", &lost.commit, OLD_BRANCH).stays();
    let again = before.update(LIAR)?;
    let script = script.refuse("Made in the epoch that it led itself to.", &again.commit, OLD_BRANCH).stays();
    Ok(follows(stage, script, "bob")?.0.done())
}

fn replayed(stage: &mut Stage) -> Result<Case> {
    let comment = "Commits come once more after they were followed, the last one at once and all of them later.";
    let script = joined(stage, comment, "history", &["rfc9420:12.4.2:epoch"])?;
    let (script, first) = follows(stage, script, "alice")?;
    let script = script.refuse("At once.", &first.commit, OLD_BRANCH).stays();
    let (script, second) = follows(stage, script, "bob")?;
    let script = script.refuse("", &second.commit, OLD_BRANCH).refuse("", &first.commit, OLD_BRANCH).stays();
    Ok(follows(stage, script, "erin")?.0.done())
}

fn old(stage: &mut Stage) -> Result<Case> {
    let comment = "A commit of an epoch that ended two commits before, which nobody has seen until now.";
    let script = joined(stage, comment, "history", &["rfc9420:12.4.2:epoch"])?;
    let late = stage.world.copy().update("erin")?;
    let (script, _) = follows(stage, script, "alice")?;
    let (script, _) = follows(stage, script, "bob")?;
    let script = script.refuse("", &late.commit, OLD_BRANCH).stays();
    Ok(follows(stage, script, "erin")?.0.done())
}

fn stale(stage: &mut Stage) -> Result<Case> {
    let comment = "Somebody joins by a GroupInfo of the epoch before.";
    let rules = &["rfc9420:12.4.3.2:group-info-one-epoch"];
    let out = stage.world.add("alice", &["bob", "erin"], &[&stage.dora])?;
    let requirements = [&rules[..], ALWAYS].concat();
    let flags = &["external-commit", "state-after-refusal"];
    let script = Script::join(&About { name: "", comment, flags, requirements: &requirements }, &stage.dora, &out);
    let (info, tree) = stage.world.group_info("alice")?;
    let (script, _) = follows(stage, script, "bob")?;
    let knocked = stage.world.copy().knock(LIAR, &info, &tree)?;
    let script = script.refuse("", &knocked.commit, OLD_BRANCH).stays();
    let out = stage.world.join_externally(LIAR, "alice")?;
    let honest = Commit { out: &out, sender: None, added: &[LIAR], removed: &[] };
    Ok(script.follow("By a fresh one.", &honest).stays().done())
}

/// What comes with a commit in a ReceiveResponse.
fn envelope(stage: &Stage, out: &CommitOut, info: &[u8]) -> Value {
    let masked = out.next.partition_key.masked(stage.world.setting().suite).map(|m| m.0).unwrap_or_default();
    json!({
        "message": hex::encode(&out.commit),
        "next_partition_key": hex::encode(&masked),
        "group_info": hex::encode(info),
    })
}

fn beside(stage: &mut Stage, comment: &str, spoil: impl Fn(&mut Value, &CommitOut, &CommitOut)) -> Result<Case> {
    let script = joined(stage, comment, "envelope", &["ds-00:4.4:ignore-mismatch"])?;
    let other = stage.world.copy().update("erin")?;
    let mut ahead = stage.world.copy();
    let out = ahead.update(LIAR)?;
    let mut given = envelope(stage, &out, &out.group_info);
    spoil(&mut given, &out, &other);
    let script = script.refuse_with("The commit is perfect, what came with it is not.", given, ENVELOPE).stays();
    let sender = Some(stage.world.leaf("alice")?);
    let out = stage.world.update("alice")?;
    let mut given = envelope(stage, &out, &out.group_info);
    given.as_object_mut().and_then(|members| members.remove("group_info"));
    let honest = Commit { out: &out, sender, added: &[], removed: &[] };
    Ok(script.follow_with("The next commit of the partition, as it should be.", &honest, given).stays().done())
}

fn set(given: &mut Value, name: &str, octets: &[u8]) {
    if let Some(members) = given.as_object_mut() {
        members.insert(name.to_owned(), hex::encode(octets).into());
    }
}

fn partition_key(stage: &mut Stage) -> Result<Case> {
    let comment = "A perfect commit, with the masked partition key of an epoch that another commit leads to.";
    let suite = stage.world.setting().suite;
    beside(stage, comment, |given, _, other| {
        let masked = other.next.partition_key.masked(suite).map(|masked| masked.0).unwrap_or_default();
        set(given, "next_partition_key", &masked);
    })
}

fn other_info(stage: &mut Stage) -> Result<Case> {
    let comment = "A perfect commit, with the GroupInfo of an epoch that another commit leads to.";
    beside(stage, comment, |given, _, other| set(given, "group_info", &other.group_info))
}

fn damaged_info(stage: &mut Stage) -> Result<Case> {
    let comment = "A perfect commit, with a GroupInfo whose group id has one bit flipped.";
    beside(stage, comment, |given, out, _| set(given, "group_info", &damage::from_start(&out.group_info, 10)))
}
