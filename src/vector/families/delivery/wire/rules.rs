//! What the draft asks beyond the syntax: which message goes where, what comes with a commit, how many, how often.

use crate::reason::{Reason, delivery, wire};
use crate::vector::families::build::group;
use crate::vector::families::structures::rows::{Bad, bad, decodes, refused};
use crate::vector::forge::delivery::{
    Forged, MASKED, commit_data, delivered, delivered_commit, epoch, external_join_request, group_info_response,
    hinted_epoch, receive_response, send_request, welcome_data,
};
use crate::vector::forge::mls::{self, SentBy};
use crate::vector::forge::tls::{Field, fixed};
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("which message goes where", formats()),
        group("what comes with a commit", with_commits()),
        group("as many providers as secrets", providers()),
        group("an epoch once", epochs()),
    ]
}

type Other = (&'static str, fn() -> Field);

const PRIVATE: Other = ("private-message", || mls::private(1));
const PUBLIC: Other = ("public-message", mls::member_commit);
const WELCOME: Other = ("welcome", || mls::welcome(&[b"r"]));
const INFO: Other = ("group-info", || mls::group_info([]));
const KEY_PACKAGE: Other = ("key-package", mls::key_package_message);

fn formats() -> Vec<Case> {
    type Place = (&'static str, fn(Field) -> Forged, &'static [Other], &'static str, Reason, &'static str);
    let places: [Place; 8] = [
        (
            "message",
            |m| send_request(m, None),
            &[WELCOME, INFO, KEY_PACKAGE],
            "4.2:message-format",
            delivery::NOT_A_GROUP_MESSAGE,
            "message",
        ),
        (
            "message",
            delivered,
            &[WELCOME, INFO, KEY_PACKAGE],
            "4.4:message-format",
            delivery::NOT_A_GROUP_MESSAGE,
            "message",
        ),
        (
            "welcome",
            |m| welcome_data(m, &[b"a"]),
            &[PRIVATE, PUBLIC, INFO, KEY_PACKAGE],
            "4.2:welcome-format",
            delivery::NOT_A_WELCOME,
            "welcome",
        ),
        (
            "group-info",
            |m| commit_data(Some(m), None),
            &[PRIVATE, PUBLIC, WELCOME, KEY_PACKAGE],
            "4.2:group-info-format",
            delivery::NOT_A_GROUP_INFO,
            "group-info",
        ),
        (
            "group-info",
            |m| delivered_commit(mls::private(3), &MASKED, Some(m)),
            &[PRIVATE, PUBLIC, WELCOME, KEY_PACKAGE],
            "4.4:group-info-format",
            delivery::NOT_A_GROUP_INFO,
            "group-info",
        ),
        (
            "group-info",
            |m| group_info_response(m, None),
            &[PRIVATE, PUBLIC, WELCOME, KEY_PACKAGE],
            "4.5:group-info-format",
            delivery::NOT_A_GROUP_INFO,
            "group-info",
        ),
        (
            "message",
            |m| external_join_request(m, commit_data(None, None)),
            &[PRIVATE, WELCOME, INFO, KEY_PACKAGE],
            "4.5:message-format",
            delivery::NOT_A_PUBLIC_MESSAGE,
            "message",
        ),
        (
            "encrypted",
            |m| external_join_request(m, commit_data(None, None)),
            &[("commit", || mls::private(3))],
            "4.5:message-format",
            delivery::NOT_A_PUBLIC_MESSAGE,
            "message",
        ),
    ];
    let mut cases = vec![];
    for (field, make, others, rule, reason, path) in places {
        for (other, message) in others {
            let forged = make(message());
            // An optional message begins behind the octet that says that it is there.
            let skip = usize::from(matches!(forged.name, "CommitData" | "Message") && path == "group-info");
            let at = forged.wire.place(path).map(|(start, _)| start + skip);
            let name = format!("{}-{field}-is-{other}", crate::vector::families::structures::rows::slug(forged.name));
            let comment = format!("{} holds a {}.", path.replace('-', "_"), other.replace('-', " "));
            let case = refused(&name, &comment, "wire-format", &[rule], &forged, reason, path);
            cases.push(case.at(at).conformance().level(Level::Format));
        }
    }
    let proposal = mls::public(SentBy::NewMemberProposal, 2, [mls::proposal(1, [mls::key_package()])]);
    let row = |name, comment, message| {
        let forged = external_join_request(message, commit_data(None, None));
        refused(
            name,
            comment,
            "external-commit",
            &["4.5:external-commit"],
            &forged,
            delivery::NOT_AN_EXTERNAL_COMMIT,
            "message",
        )
        .conformance()
        .level(Level::Format)
    };
    cases.push(row("external-join-request-proposal", "Somebody asks to be added, by a proposal.", proposal));
    let commit =
        row("external-join-request-member-commit", "A member's commit, as an external join.", mls::member_commit());
    cases.push(commit.contested(&[
        (Verdict::Reject, "An external join is an external commit, whose sender is a new member."),
        (Verdict::Accept, "The draft asks for a PublicMessage, and for no kind of sender."),
    ]));
    cases
}

fn with_commits() -> Vec<Case> {
    let rule = "4.2:commit-data";
    let message_rule = "4.4:commit-fields";
    let data = || commit_data(None, None).wire.octets();
    let row = |name: &str, comment: &str, structure: &'static str, rule: &str, octets, reason, offset| {
        let (name, comment) = (name.to_owned(), comment.to_owned());
        let requirements = &[rule];
        bad(
            "delivery",
            Bad { name, comment, flag: "commit-data", requirements, structure, octets, reason, offset: Some(offset) },
        )
    };
    let mut cases = vec![];
    for (kind, content) in [("application", 1), ("proposal", 2)] {
        let octets = send_request(mls::private(content), None).wire.octets();
        let end = octets.len();
        cases.push(row(
            &format!("send-request-commit-data-with-{kind}"),
            &format!("A CommitData with an encrypted {kind}."),
            "SendRequest",
            rule,
            [octets, data()].concat(),
            wire::WIRE_TRAILING,
            end,
        ));
        let octets = delivered(mls::private(content)).wire.octets();
        let end = octets.len();
        cases.push(row(
            &format!("message-masked-key-with-{kind}"),
            &format!("A masked key and no GroupInfo with an encrypted {kind}."),
            "Message",
            message_rule,
            [octets, vec![32], MASKED.to_vec(), vec![0]].concat(),
            wire::WIRE_TRAILING,
            end,
        ));
    }
    for (kind, message) in [("public", mls::member_commit()), ("private", mls::private(3))] {
        let octets = send_request(message.clone(), None).wire.octets();
        let end = octets.len();
        let name = format!("send-request-{kind}-commit-without-commit-data");
        let comment = "A commit, and nothing behind the partition key.";
        cases.push(row(&name, comment, "SendRequest", rule, octets, wire::WIRE_TRUNCATED, end));
        let octets = delivered(message).wire.octets();
        let end = octets.len();
        let name = format!("message-{kind}-commit-without-masked-key");
        cases.push(row(
            &name,
            "A commit, and nothing behind it.",
            "Message",
            message_rule,
            octets,
            wire::WIRE_TRUNCATED,
            end,
        ));
    }
    let public = mls::public(SentBy::Member, 2, [mls::proposal(3, [fixed("removed", [0; 4])])]);
    cases.push(decodes(
        "send-request-public-proposal-alone",
        "A PublicMessage with a proposal has no CommitData: what counts is the content, not the wire format.",
        "commit-data",
        &[rule],
        &send_request(public, None),
    ));
    cases
}

fn providers() -> Vec<Case> {
    let two: &'static [&'static [u8]] = &[b"r", b"s"];
    type Row = (&'static str, &'static str, &'static [&'static [u8]], &'static [&'static [u8]]);
    let rows: [Row; 6] = [
        ("none-of-two", "Two secrets, no providers.", two, &[]),
        ("one-of-two", "Two secrets, one provider.", two, &[b"a"]),
        ("three-of-two", "Two secrets, three providers.", two, &[b"a", b"b", b"c"]),
        ("one-of-none", "No secrets, one provider.", &[], &[b"a"]),
        ("one-of-two-of-a-kind", "Two secrets, and their one provider once.", two, &[b"a.example"]),
        ("twice", "Two secrets, and each provider twice.", two, &[b"a", b"b", b"a", b"b"]),
    ];
    let rule = "4.2:providers-length";
    let mut cases = vec![];
    for (name, comment, secrets, providers) in rows {
        let forged = welcome_data(mls::welcome(secrets), providers);
        let reason = delivery::SERVICE_PROVIDER_COUNT;
        let name = format!("providers-{name}");
        let case = refused(&name, comment, "providers-length", &[rule], &forged, reason, "service-providers");
        cases.push(case.conformance());
    }
    let inner = welcome_data(mls::welcome(two), &[b"a"]);
    let forged = send_request(mls::private(3), Some(commit_data(None, Some(inner))));
    let path = "commit-data-welcome-data-service-providers";
    let reason = delivery::SERVICE_PROVIDER_COUNT;
    let comment = "Two secrets, one provider, in a SendRequest.";
    cases.push(
        refused("providers-in-send-request", comment, "providers-length", &[rule], &forged, reason, path).conformance(),
    );
    cases
}

fn epochs() -> Vec<Case> {
    let app = || delivered(mls::private(1));
    let hint = |masked: &[u8], messages| hinted_epoch(masked, epoch(messages));
    let row = |name, comment, hints: Vec<Forged>, path| {
        let forged = receive_response(epoch(vec![app()]), hints);
        refused(name, comment, "epoch-once", &["4.4:epoch-once"], &forged, delivery::DUPLICATE_EPOCH, path)
            .conformance()
    };
    let other = [0xa2; 32];
    vec![
        row(
            "epoch-twice",
            "Two hints with one masked key.",
            vec![hint(&MASKED, vec![]), hint(&MASKED, vec![])],
            "hints-2",
        ),
        row(
            "epoch-twice-in-parts",
            "The messages of an epoch, in two hints.",
            vec![hint(&MASKED, vec![app()]), hint(&MASKED, vec![app(), app()])],
            "hints-2",
        ),
        row(
            "epoch-twice-apart",
            "Two hints with one masked key, and one between them.",
            vec![hint(&MASKED, vec![app()]), hint(&other, vec![]), hint(&MASKED, vec![])],
            "hints-3",
        ),
        row(
            "epoch-twice-of-two",
            "Two masked keys, each twice: the third hint is the first to repeat one.",
            vec![hint(&MASKED, vec![]), hint(&other, vec![]), hint(&other, vec![]), hint(&MASKED, vec![])],
            "hints-3",
        ),
    ]
}
