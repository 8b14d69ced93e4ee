//! Bugs of clients.
//!
//! | file | what |
//! |---|---|
//! | `checks` | a check that is missing, or too strict |
//! | `hostile` | what a member makes wrong, taken; KeyPackages and commits of one's own |
//! | `state` | what a refusal leaves behind |
//! | `order` | epochs, replays and what is kept for late messages |
//! | `recovery` | coming back after a fork, and seeing others come back |
//! | `shows` | wrong things said about where the client is |

mod checks;
mod hostile;
mod order;
mod recovery;
mod shows;
mod state;

pub(super) use checks::BUGS as CHECKS;
pub(super) use hostile::BUGS as HOSTILE;
pub(super) use order::BUGS as ORDER;
pub(super) use recovery::BUGS as RECOVERY;
pub(super) use shows::BUGS as SHOWS;
pub(super) use state::BUGS as STATE;

use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::Value;

const PROCESS: &str = "client/process";
const JOIN: &str = "client/join";

/// The octets of a member of an input.
fn octets(input: &Value, name: &str) -> Vec<u8> {
    input.get(name).and_then(Value::as_str).and_then(|text| hex::decode(text).ok()).unwrap_or_default()
}

/// The input with another value for a member.
fn with(input: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut other = input.clone();
    if let Some(members) = other.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
    other
}

/// The input without a member.
fn without(input: &Value, name: &str) -> Value {
    let mut other = input.clone();
    if let Some(members) = other.as_object_mut() {
        members.remove(name);
    }
    other
}

/// The reason that the reference gave, if it refused.
fn reason(answer: &Answer) -> &str {
    match answer {
        Answer::Reject(rejection) => rejection.reason.as_deref().unwrap_or_default(),
        _ => "",
    }
}
