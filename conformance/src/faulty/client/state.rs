use super::super::adapter::refused;
use super::super::bug::{Fault, Row};
use super::{JOIN, PROCESS, octets, reason, with};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "lost-after-refused-commit",
        "Is of no use once it has refused a commit: everything after it is refused.",
        "A state that was half replaced when the check failed.",
        Fault::Steps(|talk, op, input| {
            let spoilt = talk.past.iter().any(|p| p.op == PROCESS && is_refused(&p.answer) && is_handshake(&p.input));
            if op == PROCESS && spoilt { refused("the group is in an error state") } else { talk.ask(op, input) }
        }),
    ),
    (
        "next-after-refusal-lost",
        "Refuses the message that follows a refused one.",
        "An error flag that is cleared too late.",
        Fault::Steps(|talk, op, input| {
            if op == PROCESS && talk.past.last().is_some_and(|p| is_refused(&p.answer)) {
                refused("an error before")
            } else {
                talk.ask(op, input)
            }
        }),
    ),
    (
        "refused-once-refused-for-good",
        "Refuses octets that it refused before, though they would be right now.",
        "A cache of bad messages by hash.",
        Fault::Steps(|talk, op, input| {
            let again = |p: &super::super::talk::Past| p.op == PROCESS && p.input == *input && is_refused(&p.answer);
            if op == PROCESS && talk.past.iter().any(again) { refused("seen before") } else { talk.ask(op, input) }
        }),
    ),
    (
        "ratchet-key-used-up",
        "A damaged application message uses up the key of the true one.",
        "The key is deleted before the ciphertext is opened.",
        Fault::Steps(|talk, op, input| {
            let message = octets(input, "message");
            let damaged = |p: &super::super::talk::Past| {
                let other = octets(&p.input, "message");
                p.op == PROCESS
                    && is_refused(&p.answer)
                    && other.len() == message.len()
                    && differs_little(&other, &message)
            };
            let spent = is_application(&message) && talk.past.iter().any(damaged);
            if op == PROCESS && spent { refused("no key") } else { talk.ask(op, input) }
        }),
    ),
    (
        "key-package-used-up",
        "A Welcome that is refused uses up the KeyPackage.",
        "The private key is deleted before the GroupInfo is checked.",
        Fault::Steps(|talk, op, input| {
            let tried = talk.past.iter().any(|p| p.op == JOIN && is_refused(&p.answer));
            if op == JOIN && tried { refused("no such KeyPackage") } else { talk.ask(op, input) }
        }),
    ),
    (
        "moves-on-unknown-proposal",
        "A commit with an unknown proposal ends the epoch for good.",
        "The epoch is counted up first.",
        Fault::Steps(|talk, op, input| {
            let lost = talk.past.iter().any(|p| reason(&p.answer) == "unknown-proposal");
            if op == PROCESS && lost { refused("wrong epoch") } else { talk.ask(op, input) }
        }),
    ),
    (
        "state-shows-what-was-refused",
        "Says that it is an epoch further after it has refused a commit.",
        "The staged state is shown in place of the current one.",
        Fault::Steps(|talk, op, input| {
            let mut answer = talk.ask(op, input);
            if op == "client/state"
                && talk.has_refused()
                && let Answer::Ok(out) = &mut answer
            {
                let next = out.get("epoch").and_then(Value::as_u64).unwrap_or_default().saturating_add(1);
                *out = with(out, "epoch", next);
            }
            answer
        }),
    ),
    (
        "forgets-proposals-at-refusal",
        "Drops the proposals of the epoch when it refuses anything.",
        "One clean-up for every error.",
        Fault::Steps(|talk, op, input| {
            let answer = talk.ask(op, input);
            let noted = talk
                .past
                .iter()
                .any(|p| matches!(&p.answer, Answer::Ok(o) if o.get("content") == Some(&json!("proposal"))));
            let by_reference = matches!(&answer, Answer::Ok(o) if o.get("removed").and_then(Value::as_array).is_some_and(|r| !r.is_empty()));
            if op == PROCESS && noted && by_reference && talk.has_refused() {
                refused("unknown proposal")
            } else {
                answer
            }
        }),
    ),
];

fn is_refused(answer: &Answer) -> bool {
    matches!(answer, Answer::Reject(_))
}

/// Whether the octets say that they are no application message; PrivateMessage has its content type behind the epoch.
fn is_handshake(input: &Value) -> bool {
    !is_application(&octets(input, "message"))
}

fn is_application(message: &[u8]) -> bool {
    let private = message.get(..4) == Some(&[0, 1, 0, 2]);
    let content = message.get(4).map(|length| 4 + 1 + usize::from(*length) + 8);
    private && content.and_then(|at| message.get(at)) == Some(&1)
}

fn differs_little(one: &[u8], other: &[u8]) -> bool {
    one.iter().zip(other).filter(|(a, b)| a != b).count() <= 2
}
