use super::super::bug::Fault::{Answers, Reads};
use super::super::bug::Row;
use super::{OP, forgiven, keep, list, roles, set_role, text};
use serde_json::{Value, json};

const ONE: &str = "a limit that is off by one";

/// Each limit of that name in a role is another.
fn limits(input: &mut Value, name: &str, other: fn(u64) -> u64) {
    for role in roles(input) {
        for span in ["participants", "active"] {
            if let Some(limit) = role.pointer_mut(&format!("/{span}/{name}"))
                && let Some(number) = limit.as_u64()
            {
                *limit = json!(other(number));
            }
        }
    }
}

pub(in super::super) const BUGS: &[Row] = &[
    (
        "policy-last-match",
        "Takes the last entry of the preauthorized that matches.",
        "A map keeps the last of several entries.",
        Reads(OP, |input| list(input, "/policy/preauthorized").reverse()),
    ),
    (
        "policy-any-claim",
        "Takes an entry of the preauthorized that one of its claims matches.",
        "Any for all.",
        Reads(OP, |input| {
            for entry in list(input, "/policy/preauthorized") {
                if let Some(claims) = entry.get_mut("claims").and_then(Value::as_array_mut) {
                    claims.truncate(1);
                }
            }
        }),
    ),
    (
        "policy-claim-without-value",
        "Compares the name of a claim, not its value.",
        "A claim is taken for a flag.",
        Reads(OP, |input| {
            for claim in list(input, "/actor/claims") {
                if let Some(value) = claim.get_mut(1) {
                    *value = json!("hub");
                }
            }
        }),
    ),
    (
        "policy-preauthorized-in-place",
        "Lets those in the list act with the role that they are preauthorized for.",
        "The mightiest of all roles counts.",
        Reads(OP, |input| {
            let claims = input.pointer("/actor/claims").cloned().unwrap_or_default();
            let entry = list(input, "/policy/preauthorized").first().cloned().unwrap_or_default();
            let user = input.pointer("/actor/client").and_then(Value::as_str).unwrap_or_default();
            let user = user.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit()).to_owned();
            if claims.is_array() && entry.get("claims") == Some(&claims) {
                set_role(input, &user, &entry.get("role").cloned().unwrap_or_default());
            }
        }),
    ),
    (
        "policy-joins-as-anything",
        "Lets who joins an open room choose its role.",
        "Who may come in is asked, and not as what.",
        Answers(OP, |input, answer| {
            let open = input.to_string().contains("canOpenJoin");
            if open { forgiven(answer, "may-not-join") } else { answer }
        }),
    ),
    (
        "policy-open-to-the-preauthorized",
        "Lets the preauthorized in, whatever capability the role has.",
        "One rule of a list is forgotten.",
        Answers(OP, |input, answer| {
            let claims = input.pointer("/actor/claims").is_some();
            if claims { forgiven(answer, "may-not-join") } else { answer }
        }),
    ),
    (
        "policy-believes-the-hub",
        "Takes whatever an external sender proposes.",
        "The hub's signature is taken for the room's consent.",
        Reads(OP, |input| {
            keep(input, |proposal| proposal.get("by").is_none_or(|by| text(by, "as") != "external"));
        }),
    ),
    (
        "policy-roles-and-list",
        "Takes a change of the policy beside one of the list.",
        "One rule of a list is forgotten.",
        Answers(OP, |_, answer| forgiven(answer, "policy-with-list")),
    ),
    (
        "policy-any-roles",
        "Takes roles that can not be.",
        "What may be written is taken for what may be.",
        Answers(OP, |_, answer| forgiven(answer, "bad-policy")),
    ),
    (
        "policy-most-off-by-one",
        "Lets a role have one more than it may.",
        ONE,
        Reads(OP, |input| limits(input, "most", |n| n.saturating_add(1))),
    ),
    (
        "policy-most-excluded",
        "Refuses the last place in a role.",
        ONE,
        Reads(OP, |input| limits(input, "most", |n| n.saturating_sub(1))),
    ),
    (
        "policy-least-off-by-one",
        "Lets a role have one fewer than it must.",
        ONE,
        Reads(OP, |input| limits(input, "least", |n| n.saturating_sub(1))),
    ),
    (
        "policy-least-excluded",
        "Refuses what leaves exactly the least number.",
        ONE,
        Reads(OP, |input| limits(input, "least", |n| n.saturating_add(1))),
    ),
    (
        "policy-fixed-for-members",
        "Looks at fixed membership where members add, not where somebody joins or leaves.",
        "A check that was written for one way in and not for all.",
        Answers(OP, |input, answer| {
            let adds = input.to_string().contains("\"added\"");
            let joins = input.get("actor").is_some_and(|actor| text(actor, "as") == "joiner");
            if adds && !joins { answer } else { forgiven(answer, "fixed-membership") }
        }),
    ),
    (
        "policy-counts-before-removals",
        "Counts the clients of a user without those that the commit removes.",
        "Adds are checked before Removes are applied.",
        Reads(OP, |input| {
            if input.pointer("/policy/base/multi_device") == Some(&json!(false)) {
                keep(input, |proposal| text(proposal, "kind") != "remove");
            }
        }),
    ),
    (
        "policy-counts-the-banned",
        "Counts the banned among the users of a room.",
        "The length of a list.",
        Reads(OP, |input| {
            if let Some(most) = input.pointer_mut("/policy/base/max_users")
                && let Some(number) = most.as_u64()
            {
                *most = json!(number.saturating_sub(1));
            }
        }),
    ),
    (
        "policy-room-without-end",
        "Does not look at the limits of the room.",
        "One rule of a list is forgotten.",
        Answers(OP, |_, answer| forgiven(answer, "room-full")),
    ),
];
