//! Bugs of encrypted trees.
//!
//! | file | what |
//! |---|---|
//! | `nodes` | of single nodes and their keys |
//! | `suites` | of suites with longer hashes and keys |
//! | `members` | of members' patches and of joiners |
//! | `hubs` | of hubs |

mod hubs;
mod members;
mod nodes;
mod suites;

pub(super) use hubs::BUGS as HUBS;
pub(super) use members::{JOINERS, MEMBERS};
pub(super) use nodes::BUGS as NODES;
pub(super) use suites::BUGS as SUITES;

use super::talk::Talk;
use mimicheck::adapter::Answer;
use mimicheck::reason::Reason;
use mimicheck::wire::hex;
use serde_json::{Value, json};

/// Says yes where the reference refuses this operation for this reason, and has done nothing.
fn taken(talk: &mut Talk<'_>, (op, input): (&str, &Value), of: &str, reason: Reason) -> Answer {
    match talk.ask(op, input) {
        Answer::Reject(no) if op == of && no.reason.as_deref() == Some(reason.code()) => Answer::Ok(json!({})),
        answer => answer,
    }
}

fn octets(value: &Value, name: &str) -> Vec<u8> {
    value.get(name).and_then(Value::as_str).and_then(|text| hex::decode(text).ok()).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or_default()
}
