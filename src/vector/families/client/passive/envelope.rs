use super::super::damage;
use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::{CommitOut, Refusal, Result};
use crate::reason::delivery;
use crate::vector::{Case, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const SCRIPTS: &[(&str, Play)] =
    &[("envelope-fits", fits), ("wrong-next-partition-key", key), ("wrong-group-info", group_info)];

const READINGS: &[(Verdict, &str)] = &[
    (
        Verdict::Reject,
        "section 4.4 says that users MUST ignore such a commit, though the envelope is authenticated by nobody",
    ),
    (
        Verdict::Accept,
        "the commit itself is authenticated and valid: to follow it and to report the hub keeps the group together, \
         where ignoring it lets a hub split the group by altering one member's copy",
    ),
];

/// The masked key of where a commit leads, as in a ReceiveResponse.
fn masked(stage: &Stage, out: &CommitOut) -> Result<String> {
    let masked = out.next.partition_key.masked(stage.world.setting().suite);
    let unknown = || Refusal { reason: delivery::NO_STATE, said: "a suite without a hash".to_owned() };
    masked.map(|key| hex::encode(&key.0)).ok_or_else(unknown)
}

fn envelope(out: &CommitOut, key: &str, group_info: Option<&[u8]>) -> Value {
    let mut input = json!({"message": hex::encode(&out.commit), "next_partition_key": key});
    if let (Some(octets), Some(members)) = (group_info, input.as_object_mut()) {
        members.insert("group_info".to_owned(), hex::encode(octets).into());
    }
    input
}

fn fits(stage: &mut Stage) -> Result<Case> {
    let joined = stage.world.add("alice", &["bob"], &[&stage.dora])?;
    let about = About {
        name: "",
        comment: "Commits come with the masked partition key and the GroupInfo of the epochs that they begin.",
        flags: &["envelope"],
        requirements: &["ds-00:4.4:ignore-mismatch", "ds-00:4.4:masked-partition-key"],
    };
    let mut script = Script::join(&about, &stage.dora, &joined);
    for name in ["alice", "bob", "alice"] {
        let (sender, out) = (Some(stage.world.leaf(name)?), stage.world.update(name)?);
        let input = envelope(&out, &masked(stage, &out)?, Some(&out.group_info));
        script = script.follow_with("", &Commit { out: &out, sender, added: &[], removed: &[] }, input);
    }
    let (sender, out) = (Some(stage.world.leaf("bob")?), stage.world.update("bob")?);
    let input = envelope(&out, &masked(stage, &out)?, None);
    let without = "The GroupInfo is optional.";
    Ok(script.follow_with(without, &Commit { out: &out, sender, added: &[], removed: &[] }, input).done())
}

fn key(stage: &mut Stage) -> Result<Case> {
    let joined = stage.world.add("alice", &["bob"], &[&stage.dora])?;
    let about = About {
        name: "",
        comment: "The key beside a valid commit is not that of the epoch it begins: another, unmasked, cut, empty.",
        flags: &["envelope", "state-after-refusal"],
        requirements: &[
            "ds-00:4.4:ignore-mismatch",
            "ds-00:4.4:envelope-unauthenticated",
            "ds-00:4.2:next-partition-key",
        ],
    };
    let mut script = Script::join(&about, &stage.dora, &joined);
    let (sender, out) = (Some(stage.world.leaf("bob")?), stage.world.update("bob")?);
    let right = masked(stage, &out)?;
    let before = masked(stage, &joined)?;
    let unmasked = hex::encode(&out.next.partition_key.0);
    let cut = right.get(..32).unwrap_or_default();
    for (what, key) in
        [("That of the epoch before.", before.as_str()), ("Unmasked.", &unmasked), ("Cut.", cut), ("Empty.", "")]
    {
        script = script.refuse_with(what, envelope(&out, key, None), &[delivery::ENVELOPE_MISMATCH]);
    }
    script = script.stays();
    let input = envelope(&out, &right, None);
    let commit = Commit { out: &out, sender, added: &[], removed: &[] };
    Ok(script.follow_with("The right one.", &commit, input).done().contested(READINGS))
}

fn group_info(stage: &mut Stage) -> Result<Case> {
    let joined = stage.world.add("alice", &["bob"], &[&stage.dora])?;
    let about = About {
        name: "",
        comment: "The GroupInfo beside a valid commit is another epoch's, another branch's, or no GroupInfo at all.",
        flags: &["envelope", "state-after-refusal"],
        requirements: &["ds-00:4.4:ignore-mismatch", "ds-00:4.4:envelope-unauthenticated"],
    };
    let mut script = Script::join(&about, &stage.dora, &joined);
    let branch = stage.world.copy().update("alice")?;
    let (sender, out) = (Some(stage.world.leaf("bob")?), stage.world.update("bob")?);
    let right = masked(stage, &out)?;
    let cut = damage::without_last(&out.group_info, 1);
    for (what, octets) in [
        ("That of the epoch before.", &joined.group_info),
        ("That of another branch.", &branch.group_info),
        ("The commit in its place.", &out.commit),
        ("Cut.", &cut),
    ] {
        script = script.refuse_with(what, envelope(&out, &right, Some(octets)), &[delivery::ENVELOPE_MISMATCH]);
    }
    script = script.stays();
    let input = envelope(&out, &right, Some(&out.group_info));
    let commit = Commit { out: &out, sender, added: &[], removed: &[] };
    Ok(script.follow_with("The right one.", &commit, input).done().contested(READINGS))
}
