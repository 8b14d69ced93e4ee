//! Rules of commits that are not checked: the client moves where the reference refuses.

use super::super::bug::{Fault, Row};
use super::super::talk::Talk;
use super::{PROCESS, with};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};

pub(in super::super) const BUGS: &[Row] = &[
    (
        "one-member-removed-twice",
        "Follows a commit that removes one member twice.",
        "A map by leaf, into which the second one falls.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "two changes of one leaf")),
    ),
    (
        "one-client-added-twice",
        "Follows a commit that adds one KeyPackage twice.",
        "A set of proposals by their hash.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "a client is added twice")),
    ),
    (
        "context-extensions-last-wins",
        "Follows a commit with two GroupContextExtensions.",
        "A field that is written twice.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "two GroupContextExtensions")),
    ),
    (
        "external-inits-last-wins",
        "Follows an external commit with two ExternalInits.",
        "A search that ends at the first.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "two ExternalInits")),
    ),
    (
        "reference-resolved-twice",
        "Follows a commit that refers to one proposal twice.",
        "A lookup for each reference, and no look at the list.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "one proposal is referred to twice")),
    ),
    (
        "reinit-in-company",
        "Follows a commit with a ReInit beside other proposals.",
        "A flag that is set while the others are applied.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "a ReInit beside other proposals")),
    ),
    (
        "committer-removes-itself",
        "Follows a commit that removes its committer.",
        "A rule for senders only.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "can't remove themselves")),
    ),
    (
        "nobody-removed",
        "Follows a commit that removes a leaf which is not there.",
        "Blanking what is blank.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "non-existing member")),
    ),
    (
        "committer-updates-itself",
        "Follows a commit with an Update of its committer.",
        "An Update that the path overwrites.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "update proposals from the committer")),
    ),
    (
        "init-of-a-member",
        "Follows a commit of a member that has an ExternalInit.",
        "A list of types that is the same for all senders.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "ExternalInit proposal in regular commit")),
    ),
    (
        "init-not-needed",
        "Follows an external commit without an ExternalInit.",
        "An init secret that is there anyway.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "No ExternalInit proposal found")),
    ),
    (
        "joiner-brings-others",
        "Follows an external commit that adds somebody else.",
        "An external commit that is treated as any other.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "inline Add or Update")),
    ),
    (
        "joiner-refers",
        "Follows an external commit that refers to a proposal.",
        "Proposals that are resolved before it is known who sends.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "referenced proposal in an External Commit")),
    ),
    (
        "joiner-without-path",
        "Follows an external commit without a path.",
        "A commit secret of zeros for whoever has no path.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "despite the sender being of type NewMemberCommit")),
    ),
    (
        "path-optional",
        "Follows a commit without the path that its proposals call for.",
        "A commit secret of zeros for whoever has no path.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "Unable to determine commit path")),
    ),
    (
        "path-of-any-length",
        "Follows a commit whose path is longer or shorter than the direct path.",
        "Two lists that are walked side by side.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "sender's direct path do not match")),
    ),
    (
        "ciphertexts-side-by-side",
        "Follows a commit with more or fewer ciphertexts than the resolution has nodes.",
        "Two lists that are walked side by side.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "not as many ciphertexts")),
    ),
    (
        "extension-of-nobody",
        "Follows a commit that gives the group an extension which no member supports.",
        "Unknown extensions that are passed over everywhere.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "not listed in the required")),
    ),
    (
        "pre-shared-key-of-zeros",
        "Follows a commit with a pre-shared key that it does not have.",
        "A default for what is not found.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "PSK could not be found")),
    ),
    (
        "context-unseen",
        "Follows a commit whose path was sealed for another GroupContext, or for nobody.",
        "A ciphertext that does not open, and is skipped.",
        Fault::Steps(|talk, op, input| lenient(talk, op, input, "Unable to decrypt the path node")),
    ),
    (
        "gives-up-after-two",
        "Refuses everything once it has refused two commits in one epoch.",
        "An error counter that is never reset.",
        Fault::Steps(|talk, op, input| {
            let refusals = talk.past.iter().rev().take_while(|past| past.op == "client/state" || refused(&past.answer));
            let many = refusals.filter(|past| past.op == PROCESS).count() > 1;
            if op == PROCESS && many { super::super::adapter::refused("out of step") } else { talk.ask(op, input) }
        }),
    ),
    (
        "doubts-who-is-doubted",
        "Refuses commits of a member once it has refused one of that member.",
        "A list of bad members that no document knows.",
        Fault::Steps(|talk, op, input| {
            let before = talk.past.iter().any(|past| past.op == PROCESS && refused(&past.answer));
            let answer = talk.ask(op, input);
            let sender = match &answer {
                Answer::Ok(out) => out.get("sender").and_then(Value::as_u64),
                _ => None,
            };
            let commit = matches!(&answer, Answer::Ok(out) if out.get("content") == Some(&json!("commit")));
            if op == PROCESS && before && commit && sender == Some(1) {
                super::super::adapter::refused("not of this member again")
            } else {
                answer
            }
        }),
    ),
];

fn refused(answer: &Answer) -> bool {
    matches!(answer, Answer::Reject(_))
}

/// Follows a commit though the reference refuses it and says this.
fn lenient(talk: &mut Talk<'_>, op: &str, input: &Value, said: &str) -> Answer {
    let answer = talk.ask(op, input);
    match &answer {
        Answer::Reject(rejection)
            if op == PROCESS && rejection.message.as_deref().is_some_and(|message| message.contains(said)) =>
        {
            let state = talk.last_state().unwrap_or_default();
            let epoch = state.get("epoch").and_then(Value::as_u64).unwrap_or_default().saturating_add(1);
            let state = with(&state, "epoch", epoch);
            Answer::Ok(json!({"content": "commit", "sender": 1, "added": [], "removed": [], "state": state}))
        }
        _ => answer,
    }
}
