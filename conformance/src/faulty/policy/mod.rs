//! Bugs of room policy.
//!
//! | file | what |
//! |---|---|
//! | `state` | which state, whose right, which proposal a commit is judged by |
//! | `rights` | what a role is taken to allow |
//! | `rules` | preauthorized users, limits, the policy itself |

mod rights;
mod rules;
mod state;

pub(super) use rights::BUGS as RIGHTS;
pub(super) use rules::BUGS as RULES;
pub(super) use state::BUGS as STATE;

use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const OP: &str = "policy/judge";

/// Taken all the same, where the reference refused it for this reason.
fn forgiven(answer: Answer, code: &str) -> Answer {
    match &answer {
        Answer::Reject(no) if no.reason.as_deref() == Some(code) => Answer::Ok(json!({})),
        _ => answer,
    }
}

/// The elements of an array of the input.
fn list<'a>(input: &'a mut Value, pointer: &str) -> &'a mut [Value] {
    input.pointer_mut(pointer).and_then(Value::as_array_mut).map(Vec::as_mut_slice).unwrap_or_default()
}

/// The proposals.
fn proposals(input: &mut Value) -> &mut [Value] {
    list(input, "/commit")
}

/// The roles.
fn roles(input: &mut Value) -> &mut [Value] {
    list(input, "/policy/roles")
}

/// Keeps the proposals that pass.
fn keep(input: &mut Value, passes: impl FnMut(&Value) -> bool) {
    if let Some(proposals) = input.get_mut("commit").and_then(Value::as_array_mut) {
        proposals.retain(passes);
    }
}

/// A member of a value as text.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a role has a capability.
fn has(role: &Value, capability: &str) -> bool {
    text(role, "capabilities").split_whitespace().any(|name| name == capability)
}

/// A member of a value is another.
fn put(value: &mut Value, name: &str, other: impl Into<Value>) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), other.into());
    }
}

/// Whoever has one capability has the other.
fn implies(input: &mut Value, one: &str, other: &str) {
    for role in roles(input).iter_mut().filter(|role| has(role, one)) {
        let all = format!("{} {other}", text(role, "capabilities"));
        put(role, "capabilities", all);
    }
}

/// The role of a user is another.
fn set_role(input: &mut Value, user: &str, role: &Value) {
    for entry in list(input, "/participants").iter_mut().filter(|entry| text(entry, "user") == user) {
        put(entry, "role", role.clone());
    }
}
