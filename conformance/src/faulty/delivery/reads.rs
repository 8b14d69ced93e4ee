//! Bugs that refuse or misread what is a structure.

use super::octets::{DECODE, is, message, octets, sender, shown};
use crate::faulty::adapter::refused;
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

const USUAL: &str = "what is usual is taken for required";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "only-members-send",
        "refuses a PublicMessage whose sender is no member",
        USUAL,
        Answers(DECODE, |_, answer| refuse_sender(answer, |sender| sender != 1)),
    ),
    (
        "external-senders-unknown",
        "refuses a PublicMessage of an external sender",
        USUAL,
        Answers(DECODE, |_, answer| refuse_sender(answer, |sender| sender == 2)),
    ),
    (
        "new-members-do-not-propose",
        "refuses a proposal of somebody who asks to be added",
        USUAL,
        Answers(DECODE, |_, answer| refuse_sender(answer, |sender| sender == 3)),
    ),
    (
        "external-commits-come-by-their-own-request",
        "refuses the commit of a joiner in a SendRequest",
        USUAL,
        Answers(
            DECODE,
            |input, answer| {
                if is(input, "SendRequest") { refuse_sender(answer, |sender| sender == 4) } else { answer }
            },
        ),
    ),
    (
        "every-handshake-has-commit-data",
        "expects a CommitData with a proposal, too",
        "handshake messages are one thing where the draft knows two",
        Answers(DECODE, |input, answer| {
            let bare = |value: &Value| value.get("commit_data").is_some_and(Value::is_null);
            // The content type of a PrivateMessage stands behind group id and epoch.
            let proposal = message(&answer).is_some_and(|m| m.get(3) == Some(&2) && m.get(18) == Some(&2));
            match &answer {
                Answer::Ok(out) if is(input, "SendRequest") && proposal && out.get("value").is_some_and(bare) => {
                    refused("no commit data")
                }
                _ => answer,
            }
        }),
    ),
    (
        "empty-fields-refused",
        "refuses an identifier without octets",
        "an empty text is taken for a missing one",
        Answers(DECODE, |_, answer| match &answer {
            Answer::Ok(out) if ["user_id", "group_id"].iter().any(|name| field(out, name) == Some("")) => {
                refused("empty")
            }
            _ => answer,
        }),
    ),
    (
        "lengths-of-two-octets-at-most",
        "refuses a vector of 16384 octets and more",
        "the longest form is seldom seen",
        Answers(
            DECODE,
            |input, answer| if octets(input).first().is_some_and(|o| o >> 6 == 2) { refused("long") } else { answer },
        ),
    ),
    (
        "lengths-of-one-octet-only",
        "refuses a group id of 64 octets and more",
        "a length is taken for an octet",
        Answers(DECODE, |input, answer| {
            let long = octets(input).first().is_some_and(|first| first >> 6 > 0);
            if is(input, "GroupInfoRequest") && long { refused("long") } else { answer }
        }),
    ),
    (
        "counter-of-31-bits",
        "refuses a counter of 2^31 and more",
        "languages without unsigned integers",
        Answers(DECODE, |_, answer| match &answer {
            Answer::Ok(out) if out.pointer("/value/counter").and_then(Value::as_u64).unwrap_or(0) >> 31 > 0 => {
                refused("negative")
            }
            _ => answer,
        }),
    ),
    (
        "counter-in-little-endian",
        "reads the counter with its least octet first",
        "the host's order of octets",
        Answers(DECODE, |_, answer| {
            shown(answer, |value| {
                if let Some(counter) = value.get_mut("counter")
                    && let Some(number) = counter.as_u64().and_then(|n| u32::try_from(n).ok())
                {
                    *counter = json!(number.swap_bytes());
                }
            })
        }),
    ),
    (
        "hints-sorted",
        "shows hints in the order of their keys",
        "a map where a list is needed",
        Answers(DECODE, |_, answer| {
            shown(answer, |value| {
                if let Some(hints) = value.get_mut("hints").and_then(Value::as_array_mut) {
                    hints.sort_by_key(|hint| hint.get("masked_partition_key").map(ToString::to_string));
                }
            })
        }),
    ),
    (
        "equal-messages-merged",
        "shows the same message of an epoch once",
        "a set where a list is needed",
        Answers(DECODE, |_, answer| {
            shown(answer, |value| {
                if let Some(messages) = value.get_mut("messages").and_then(Value::as_array_mut) {
                    messages.dedup();
                }
            })
        }),
    ),
    (
        "equal-providers-merged",
        "shows the same provider of two users once",
        "a set where a list is needed",
        Answers(DECODE, |_, answer| {
            shown(answer, |value| {
                if let Some(providers) = value.get_mut("service_providers").and_then(Value::as_array_mut) {
                    providers.dedup();
                }
            })
        }),
    ),
    (
        "masks-of-32-octets-only",
        "refuses masked keys of 48 and 64 octets",
        "one hash function is in use, and its length is written down",
        Answers(DECODE, |_, answer| match &answer {
            Answer::Ok(out) if field(out, "next_partition_key").is_some_and(|key| [96, 128].contains(&key.len())) => {
                refused("no hash")
            }
            _ => answer,
        }),
    ),
    (
        "nothing-is-empty-text",
        "shows an absent value as an empty one",
        "languages in which absence is the zero value",
        Answers(DECODE, |_, answer| {
            shown(answer, |value| {
                for (_, member) in value.as_object_mut().into_iter().flatten().filter(|(_, member)| member.is_null()) {
                    *member = "".into();
                }
            })
        }),
    ),
    (
        "key-packages-are-framed",
        "expects a KeyPackage with the framing of an MLSMessage",
        "libraries that hand out KeyPackages as messages",
        Answers(DECODE, |input, answer| {
            let framed = octets(input).starts_with(&[0, 1, 0, 5]);
            if is(input, "KeyPackageResponse") && !framed && matches!(answer, Answer::Ok(_)) {
                refused("no message")
            } else {
                answer
            }
        }),
    ),
    (
        "a-welcome-welcomes-somebody",
        "refuses a Welcome without secrets",
        "nobody sends that",
        Answers(DECODE, |_, answer| match &answer {
            Answer::Ok(out)
                if out.pointer("/value/service_providers").and_then(Value::as_array).is_some_and(Vec::is_empty) =>
            {
                refused("nobody")
            }
            _ => answer,
        }),
    ),
];

fn field<'a>(out: &'a Value, name: &str) -> Option<&'a str> {
    out.get("value")?.get(name)?.as_str()
}

fn refuse_sender(answer: Answer, such: fn(u8) -> bool) -> Answer {
    let unwanted = message(&answer).and_then(|m| sender(&m)).is_some_and(such);
    if unwanted { refused("sender") } else { answer }
}
