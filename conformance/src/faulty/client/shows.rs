use super::super::bug::{Fault, Row};
use super::super::talk::Talk;
use super::{PROCESS, with};
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "partition-key-masked",
        "Gives the masked partition key for the key.",
        "One type for both.",
        Fault::Steps(|talk, op, input| {
            state_changed(talk, op, input, |state, _| {
                let key = octets(state, "partition_key");
                *state = with(state, "partition_key", hex::encode(&Sha256::digest(key)));
            })
        }),
    ),
    (
        "partition-key-of-the-epoch-before",
        "Keeps the partition key of the epoch before after a commit.",
        "The exporter is asked before the merge.",
        Fault::Steps(|talk, op, input| {
            state_changed(talk, op, input, |state, before| {
                if let Some(key) = before.and_then(|b| b.get("partition_key").cloned()) {
                    *state = with(state, "partition_key", key);
                }
            })
        }),
    ),
    (
        "partition-key-cut",
        "Exports eight octets and fills up with zeros.",
        "A length in another unit.",
        Fault::Steps(|talk, op, input| {
            state_changed(talk, op, input, |state, _| {
                let key: Vec<u8> = octets(state, "partition_key").into_iter().take(8).chain([0; 8]).collect();
                *state = with(state, "partition_key", hex::encode(&key));
            })
        }),
    ),
    (
        "authenticator-of-the-epoch-before",
        "Gives the epoch authenticator of the epoch before.",
        "A value cached at joining.",
        Fault::Steps(|talk, op, input| {
            state_changed(talk, op, input, |state, before| {
                if let Some(key) = before.and_then(|b| b.get("epoch_authenticator").cloned()) {
                    *state = with(state, "epoch_authenticator", key);
                }
            })
        }),
    ),
    (
        "epoch-from-zero",
        "Counts epochs from its own joining.",
        "A counter of its own beside the group's.",
        Fault::Steps(|talk, op, input| {
            state_changed(talk, op, input, |state, _| {
                let epoch = state.get("epoch").and_then(Value::as_u64).unwrap_or_default();
                *state = with(state, "epoch", epoch.saturating_sub(1));
            })
        }),
    ),
    (
        "sender-counts-nodes",
        "Gives the sender by its node in the tree and not by its leaf.",
        "Two kinds of index in one type.",
        Fault::Steps(|talk, op, input| {
            out_changed(talk, op, input, |out| {
                if let Some(leaf) = out.get("sender").and_then(Value::as_u64) {
                    *out = with(out, "sender", leaf.saturating_mul(2));
                }
            })
        }),
    ),
    (
        "joiner-has-leaf-zero",
        "Says that leaf 0 has sent an external commit.",
        "An absent number read as zero.",
        Fault::Steps(|talk, op, input| {
            out_changed(talk, op, input, |out| {
                if out.get("sender") == Some(&Value::Null) {
                    *out = with(out, "sender", 0);
                }
            })
        }),
    ),
    (
        "additions-by-value-only",
        "Does not tell who joined by an external commit.",
        "Additions are counted by Add proposals.",
        Fault::Steps(|talk, op, input| {
            out_changed(talk, op, input, |out| {
                if out.get("sender") == Some(&Value::Null) && out.get("added").is_some() {
                    *out = with(out, "added", json!([]));
                }
            })
        }),
    ),
    (
        "first-addition-only",
        "Tells of one addition a commit.",
        "A field for one where there are several.",
        Fault::Steps(|talk, op, input| {
            out_changed(talk, op, input, |out| {
                let first: Vec<Value> =
                    out.get("added").and_then(Value::as_array).into_iter().flatten().take(1).cloned().collect();
                if out.get("added").is_some() {
                    *out = with(out, "added", first);
                }
            })
        }),
    ),
    (
        "removals-by-value-only",
        "Does not tell who was removed by a proposal that was sent before.",
        "The references of a commit are applied, and not shown.",
        Fault::Steps(|talk, op, input| {
            let by_reference = talk
                .past
                .iter()
                .any(|p| matches!(&p.answer, Answer::Ok(o) if o.get("content") == Some(&json!("proposal"))));
            out_changed(talk, op, input, |out| {
                if by_reference && out.get("removed").is_some() {
                    *out = with(out, "removed", json!([]));
                }
            })
        }),
    ),
    (
        "data-padded",
        "Shows application data with an octet of padding.",
        "Padding is cut by a length that counts the type.",
        Fault::Steps(|talk, op, input| {
            out_changed(talk, op, input, |out| {
                if let Some(data) = out.get("data").and_then(Value::as_str).map(|data| format!("{data}00")) {
                    *out = with(out, "data", data);
                }
            })
        }),
    ),
    (
        "own-removal-unnoticed",
        "Shows the state of the epoch before when it is removed.",
        "The removed learn of it by the next message that they cannot read.",
        Fault::Steps(|talk, op, input| {
            let before = talk.last_state().unwrap_or_default();
            out_changed(talk, op, input, |out| {
                if out.get("state") == Some(&Value::Null) {
                    *out = with(out, "state", before.clone());
                }
            })
        }),
    ),
];

fn octets(value: &Value, name: &str) -> Vec<u8> {
    super::octets(value, name)
}

/// Changes what `client/process` answers.
fn out_changed(talk: &mut Talk<'_>, op: &str, input: &Value, change: impl Fn(&mut Value)) -> Answer {
    let mut answer = talk.ask(op, input);
    if op == PROCESS
        && let Answer::Ok(out) = &mut answer
    {
        change(out);
    }
    answer
}

/// Changes every `STATE` that is told, with the one before it at hand.
fn state_changed(talk: &mut Talk<'_>, op: &str, input: &Value, change: impl Fn(&mut Value, Option<&Value>)) -> Answer {
    let before = talk.last_state();
    let mut answer = talk.ask(op, input);
    if let Answer::Ok(out) = &mut answer {
        match op {
            PROCESS => {
                if let Some(state) = out.get_mut("state").filter(|s| s.is_object()) {
                    change(state, before.as_ref());
                }
            }
            _ => change(out, before.as_ref()),
        }
    }
    answer
}
