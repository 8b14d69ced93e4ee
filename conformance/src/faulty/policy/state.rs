use super::super::adapter::refused;
use super::super::bug::Fault::{Answers, Reads};
use super::super::bug::Row;
use super::{OP, forgiven, keep, proposals, set_role, text};
use serde_json::Value;

const SEQUENCE: &str = "a commit is replayed change by change";
const DEVICE: &str = "rights are a column of the table of devices";
const PATHS: &str = "a check that was written for one way in and not for all";

/// Applies role changes to the list, and drops them, as long as `until` says so.
fn applied(input: &mut Value, mut until: impl FnMut(&Value) -> bool) {
    let mut changes = vec![];
    for proposal in proposals(input) {
        if until(proposal) {
            break;
        }
        let changed = proposal.get("changed").and_then(Value::as_array).cloned().unwrap_or_default();
        changes.extend(changed);
    }
    for change in &changes {
        set_role(input, text(change, "user"), &change.get("role").cloned().unwrap_or_default());
    }
    for proposal in proposals(input) {
        if let Some(changed) = proposal.get_mut("changed").and_then(Value::as_array_mut) {
            changed.retain(|change| !changes.contains(change));
        }
    }
}

pub(in super::super) const BUGS: &[Row] = &[
    (
        "policy-judges-on-state-after",
        "Judges a commit by the roles that it leads to.",
        "The state is updated first and checked then.",
        Reads(OP, |input| applied(input, |_| false)),
    ),
    (
        "policy-judges-in-sequence",
        "Judges each proposal by the roles that those before it lead to.",
        SEQUENCE,
        Reads(OP, |input| applied(input, |proposal| text(proposal, "kind") != "participants")),
    ),
    (
        "policy-forgets-references",
        "Judges the proposals that a commit holds by value, and no others.",
        "References are resolved behind the check.",
        Reads(OP, |input| keep(input, |proposal| proposal.get("by").is_none())),
    ),
    (
        "policy-blames-the-committer",
        "Judges every proposal as the committer's own.",
        "The sender of a proposal is not kept.",
        Reads(OP, |input| {
            for proposal in proposals(input) {
                if let Some(members) = proposal.as_object_mut() {
                    members.remove("by");
                }
            }
        }),
    ),
    (
        "policy-asks-the-proposer-only",
        "Does not ask whether the committer may commit.",
        "Who commits is taken for a messenger.",
        Answers(OP, |_, answer| forgiven(answer, "without-capabilities")),
    ),
    (
        "policy-ignores-the-list-of-committers",
        "Lets clients act whose user was taken off the list.",
        "A client in the group is taken for a participant.",
        Answers(OP, |_, answer| forgiven(answer, "not-a-participant")),
    ),
    (
        "policy-bans-devices",
        "Looks bans up by the first client that a user had.",
        DEVICE,
        Answers(OP, |input, answer| {
            let come = |name: &str| -> bool {
                let adds = input.get("commit").and_then(Value::as_array).into_iter().flatten();
                let adds = adds.filter(|p| text(p, "kind") == "add").any(|p| text(p, "client") == name);
                adds || input.get("actor").is_some_and(|actor| text(actor, "client") == name)
            };
            if come("mallory-1") { answer } else { forgiven(answer, "client-of-the-banned") }
        }),
    ),
    (
        "policy-mutes-devices",
        "Looks mutes up by the first client that a user had.",
        DEVICE,
        Answers(OP, |input, answer| {
            let second = input.get("actor").is_some_and(|actor| text(actor, "client").ends_with("-2"));
            if second && input.get("commit").is_none() { forgiven(answer, "may-not-send") } else { answer }
        }),
    ),
    (
        "policy-does-not-judge-joiners",
        "Takes every external commit.",
        PATHS,
        Answers(OP, |input, answer| {
            let joins = input.get("actor").is_some_and(|actor| text(actor, "as") == "joiner");
            match answer {
                mimicheck::adapter::Answer::Reject(_) if joins => mimicheck::adapter::Answer::Ok(serde_json::json!({})),
                answer => answer,
            }
        }),
    ),
    (
        "policy-does-not-judge-messages",
        "Takes every message of a member.",
        PATHS,
        Answers(OP, |_, answer| forgiven(answer, "may-not-send")),
    ),
    (
        "policy-silences-the-muted",
        "Refuses commits of those who may not send messages.",
        "One flag for all that a user does.",
        Answers(OP, |input, answer| {
            let guest = input.get("actor").is_some_and(|actor| text(actor, "client").starts_with("erin"));
            if guest && input.get("commit").is_some() { refused("muted") } else { answer }
        }),
    ),
    (
        "policy-one-user-one-client",
        "Takes clients of one user for different actors.",
        DEVICE,
        Answers(OP, |input, answer| {
            let second = input.get("actor").is_some_and(|actor| text(actor, "client").ends_with("-2"));
            if second && input.get("commit").is_some() { refused("not the one that proposed") } else { answer }
        }),
    ),
    (
        "policy-leaves-clients-behind",
        "Does not ask whether clients stay of who is removed or banned.",
        "The list and the tree are checked by different modules.",
        Answers(OP, |_, answer| forgiven(answer, "clients-remain")),
    ),
    (
        "policy-user-twice",
        "Takes a commit that is about a user twice.",
        "A map keeps the last of several changes.",
        Answers(OP, |_, answer| forgiven(answer, "user-twice")),
    ),
];
