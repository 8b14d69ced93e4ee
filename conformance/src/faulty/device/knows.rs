use super::super::bug::{Fault, Row};
use super::super::talk::Talk;
use super::acts::response;
use super::{DELIVER, KNOWLEDGE, TOLD, came, list, said, saying, with};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "hint-is-proof",
        "Takes a hint for a proof.",
        "The hub is trusted, as it is for everything else.",
        Fault::Steps(|talk, op, input| worth(talk, (op, input), "hint", "certain")),
    ),
    (
        "hints-of-the-past",
        "Is in doubt because the hub hints at partitions from before it came in.",
        "Every partition that it was not in is another branch.",
        Fault::Steps(|talk, op, input| {
            let hinted = |past: &super::Past| response(&past.input).is_some_and(|r| !r.hints.is_empty());
            let stood = |past: &&super::Past| said(past).is_some_and(|out| out.get("came") == Some(&json!([])));
            let behind = talk.past.iter().skip_while(|past| !hinted(past)).skip(1).filter(stood).count();
            doubting(talk, (op, input), behind > 0)
        }),
    ),
    (
        "silence-is-proof",
        "Takes it for a proof that its own message does not come back.",
        "A time-out that is an error.",
        Fault::Steps(|talk, op, input| worth(talk, (op, input), "silence", "likely")),
    ),
    (
        "report-from-ahead-is-proof",
        "Takes it for a proof that somebody is in a later epoch.",
        "Whoever is not in the same epoch is elsewhere.",
        Fault::Steps(|talk, op, input| worth(talk, (op, input), "report", "certain")),
    ),
    (
        "strangers-believed",
        "Believes reports over a channel that shows nobody.",
        "A flag that nobody reads.",
        Fault::Steps(|talk, op, input| heard(talk, op, input, Some(true))),
    ),
    (
        "members-not-believed",
        "Takes what a member says itself for what anybody could have said.",
        "A flag that nobody sets.",
        Fault::Steps(|talk, op, input| heard(talk, op, input, Some(false))),
    ),
    (
        "reports-thrown-away",
        "Never holds a report against its own epoch.",
        "A message that is shown and not looked at.",
        Fault::Steps(|talk, op, input| heard(talk, op, input, None)),
    ),
    (
        "reports-of-now-only",
        "Throws away reports of epochs that are over.",
        "Only the present authenticator is kept.",
        Fault::Steps(|talk, op, input| {
            let epoch = |value: &Value| value.get("epoch").and_then(Value::as_u64);
            let here = talk.past.iter().rev().filter_map(said).find_map(|out| epoch(out.get("state").unwrap_or(out)));
            let old = op == TOLD && epoch(input) < here;
            if old { Answer::Ok(json!({})) } else { talk.ask(op, input) }
        }),
    ),
    (
        "since-forgotten",
        "Says that it has been so since it came to know.",
        "One moment where there are two.",
        Fault::Steps(|talk, op, input| {
            saying(talk, (op, input), KNOWLEDGE, |out| {
                let known = out.get("known").cloned().unwrap_or_default();
                *out = with(out, "since", known);
            })
        }),
    ),
    (
        "since-of-the-last-sign",
        "Says since when by the last sign instead of the first.",
        "A field that each sign overwrites.",
        Fault::Steps(|talk, op, input| {
            saying(talk, (op, input), KNOWLEDGE, |out| {
                let last = out.get("signs").and_then(Value::as_array).and_then(|signs| signs.last());
                let since = last.and_then(|sign| sign.get("since")).cloned().unwrap_or_default();
                *out = with(out, "since", since);
            })
        }),
    ),
    (
        "known-anew-each-time",
        "Says that it has known for no longer than now.",
        "The moment of the question.",
        Fault::Steps(|talk, op, input| {
            saying(talk, (op, input), KNOWLEDGE, |out| {
                let deliveries = out.get("deliveries").cloned().unwrap_or_default();
                if let Some(known) = out.get_mut("known").filter(|known| !known.is_null()) {
                    *known = with(known, "deliveries", deliveries);
                }
            })
        }),
    ),
    (
        "empty-answers-not-counted",
        "Counts only answers with messages in them.",
        "A loop over messages.",
        Fault::Steps(|talk, op, input| {
            let empty = |past: &&super::Past| {
                past.op == DELIVER && said(past).is_some_and(|o| o.get("came") == Some(&json!([])))
            };
            let empty = u64::try_from(talk.past.iter().filter(empty).count()).unwrap_or_default();
            saying(talk, (op, input), KNOWLEDGE, |out| {
                let all = out.get("deliveries").and_then(Value::as_u64).unwrap_or_default();
                *out = with(out, "deliveries", all.saturating_sub(empty));
            })
        }),
    ),
    (
        "silence-cries-wolf",
        "Is in doubt as soon as an answer has nothing in it.",
        "No news is bad news.",
        Fault::Steps(|talk, op, input| {
            let empty = talk.past.last().and_then(said).is_some_and(|out| out.get("came") == Some(&json!([])));
            doubting(talk, (op, input), empty)
        }),
    ),
    (
        "replay-cries-wolf",
        "Is in doubt whenever a message is ignored.",
        "Ignored is unreadable.",
        Fault::Steps(|talk, op, input| {
            let ignored = talk.past.last().and_then(said).and_then(|out| out.get("came")).and_then(Value::as_array);
            let ignored = ignored.is_some_and(|came| came.iter().any(|c| c.get("what") == Some(&json!("ignored"))));
            doubting(talk, (op, input), ignored)
        }),
    ),
    (
        "heard-for-good",
        "Counts everybody as here who was ever heard.",
        "A list of senders that only grows.",
        Fault::Steps(|talk, op, input| {
            let heard: Vec<Value> =
                came(talk.past, "application").filter_map(|came| came.get("sender").cloned()).collect();
            saying(talk, (op, input), KNOWLEDGE, |out| {
                let elsewhere = out.get("elsewhere").and_then(Value::as_array).cloned().unwrap_or_default();
                let Some(here) = list(out, "here") else { return };
                here.extend(heard.into_iter().filter(|who| !elsewhere.contains(who)));
                here.sort_by_key(ToString::to_string);
                here.dedup();
            })
        }),
    ),
    (
        "never-over",
        "Goes on to say what it knew, though it is over.",
        "A warning that nobody takes back.",
        Fault::Steps(|talk, op, input| {
            let standing = |out: &Value| out.get("standing").is_some_and(|standing| standing != "together");
            let before =
                talk.past.iter().rev().filter(|past| past.op == KNOWLEDGE).filter_map(said).find(|out| standing(out));
            let before = before.cloned();
            let deliveries = |out: &Value| out.get("deliveries").cloned().unwrap_or_default();
            saying(talk, (op, input), KNOWLEDGE, |out| {
                if let (false, Some(before)) = (standing(out), before) {
                    *out = with(&before, "deliveries", deliveries(out));
                }
            })
        }),
    ),
    (
        "over-with-each-epoch",
        "Forgets what it knew as soon as it is in another epoch.",
        "All that is known is kept with the epoch.",
        Fault::Steps(|talk, op, input| {
            let moved = came(talk.past, "commit").next().is_some();
            saying(talk, (op, input), KNOWLEDGE, |out| {
                if moved {
                    without(out, |_| true);
                }
            })
        }),
    ),
    (
        "false-envelope-forgotten",
        "Ignores a good commit in a false envelope, and thinks no more of it.",
        "Ignored like any other bad message.",
        Fault::Steps(|talk, op, input| forgetting(talk, (op, input), "envelope")),
    ),
    (
        "unruly-commit-forgotten",
        "Ignores a good commit against policy, and thinks no more of it.",
        "Ignored like any other bad message.",
        Fault::Steps(|talk, op, input| forgetting(talk, (op, input), "policy")),
    ),
    (
        "other-branch-unopened",
        "Does not try the keys that it has of a branch which it did not follow.",
        "A staged commit that is thrown away.",
        Fault::Steps(|talk, op, input| forgetting(talk, (op, input), "heard-elsewhere")),
    ),
    (
        "termination-forgotten",
        "Tells its user that a message could not be sent, and nothing else.",
        "All refusals are one.",
        Fault::Steps(|talk, op, input| forgetting(talk, (op, input), "terminated")),
    ),
    (
        "rewriting-unseen",
        "Does not see that the hub gives other octets than before.",
        "Only the number of messages is kept.",
        Fault::Steps(|talk, op, input| forgetting(talk, (op, input), "rewritten")),
    ),
    (
        "unreadable-forgotten",
        "Ignores what it can not open, and thinks no more of it.",
        "A log line that nobody reads.",
        Fault::Steps(|talk, op, input| forgetting(talk, (op, input), "unreadable")),
    ),
    (
        "minority-is-a-matter-of-two",
        "Says that it is in a minority as soon as anybody is elsewhere.",
        "Those who are elsewhere are counted, and nobody else.",
        Fault::Steps(|talk, op, input| {
            saying(talk, (op, input), KNOWLEDGE, |out| {
                if out.get("standing") == Some(&json!("apart")) {
                    *out = with(out, "standing", "minority");
                }
            })
        }),
    ),
];

/// Another worth for signs of this sort.
fn worth(talk: &mut Talk<'_>, step: (&str, &Value), what: &str, proof: &str) -> Answer {
    saying(talk, step, KNOWLEDGE, |out| {
        let mut found = false;
        for sign in list(out, "signs").into_iter().flatten().filter(|sign| sign.get("what") == Some(&json!(what))) {
            *sign = with(sign, "proof", proof);
            found = true;
        }
        if found {
            *out = with(out, "proof", proof);
        }
    })
}

/// Reports that are heard as if the channel were so, or not at all.
fn heard(talk: &mut Talk<'_>, op: &str, input: &Value, authentic: Option<bool>) -> Answer {
    match authentic {
        _ if op != TOLD => talk.ask(op, input),
        Some(authentic) => talk.ask(op, &with(input, "authentic", authentic)),
        None => Answer::Ok(json!({})),
    }
}

/// Doubt where there is none.
fn doubting(talk: &mut Talk<'_>, step: (&str, &Value), when: bool) -> Answer {
    saying(talk, step, KNOWLEDGE, |out| {
        if when && out.get("standing") == Some(&json!("together")) {
            *out = with(&with(out, "standing", "doubt"), "proof", "suspicion");
        }
    })
}

fn forgetting(talk: &mut Talk<'_>, step: (&str, &Value), what: &str) -> Answer {
    saying(talk, step, KNOWLEDGE, |out| without(out, |sign| sign.get("what") == Some(&json!(what))))
}

/// Without such signs; with none left, nothing is known.
fn without(out: &mut Value, such: impl Fn(&Value) -> bool) {
    let Some(signs) = list(out, "signs") else { return };
    signs.retain(|sign| !such(sign));
    if signs.is_empty() {
        for (name, value) in [("standing", json!("together")), ("elsewhere", json!([]))] {
            *out = with(out, name, value);
        }
        for name in ["proof", "since", "known"] {
            *out = with(out, name, Value::Null);
        }
    }
}
