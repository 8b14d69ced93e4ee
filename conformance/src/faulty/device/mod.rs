//! Bugs of clients with their hub: what they read, send and know.
//!
//! | file | what |
//! |---|---|
//! | `acts` | what the client does, and what it reads |
//! | `trees` | what it does where its group keeps an encrypted tree |
//! | `knows` | what it says of forks |

mod acts;
mod knows;
mod trees;

pub(super) use acts::BUGS as ACTS;
pub(super) use knows::BUGS as KNOWS;
pub(super) use trees::BUGS as TREES;

use super::talk::{Past, Talk};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const DELIVER: &str = "device/deliver";
const KNOWLEDGE: &str = "device/knowledge";
const TOLD: &str = "device/told";

/// The input with another value for a member.
fn with(input: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut other = input.clone();
    if let Some(members) = other.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
    other
}

/// The reference's answer, what it says changed if this was the operation.
fn saying(talk: &mut Talk<'_>, (op, input): (&str, &Value), of: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let mut answer = talk.ask(op, input);
    if op == of
        && let Answer::Ok(out) = &mut answer
    {
        change(out);
    }
    answer
}

fn said(past: &Past) -> Option<&Value> {
    match &past.answer {
        Answer::Ok(out) => Some(out),
        _ => None,
    }
}

/// What came of messages so far.
fn came<'a>(past: &'a [Past], what: &'a str) -> impl Iterator<Item = &'a Value> {
    let of = |past: &'a Past| said(past).and_then(|out| out.get("came")).and_then(Value::as_array);
    past.iter().filter_map(of).flatten().filter(move |came| came.get("what") == Some(&json!(what)))
}

fn list<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Vec<Value>> {
    value.get_mut(name).and_then(Value::as_array_mut)
}
