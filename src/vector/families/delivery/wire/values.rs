//! Values that no octets stand for.

use crate::reason::{Reason, content, delivery, wire};
use crate::vector::families::build::{group, reject};
use crate::vector::families::structures::rows::no_octets;
use crate::vector::forge::delivery::{
    Forged, MASKED, commit_data, delivered, delivered_commit, epoch, external_join_request, group_info_response,
    hinted_epoch, key_package_request, key_package_response, receive_request, receive_response, send_request,
    welcome_data,
};
use crate::vector::forge::mls::{self, SentBy};
use crate::vector::{Case, Group, Level};
use serde_json::{Value, json};

const ENCODE: &str = "delivery/encode";

pub(super) fn groups() -> Vec<Group> {
    vec![group("values that break a rule", rules()), group("values that hold other octets", octets())]
}

fn rules() -> Vec<Case> {
    let row = |name: &str, comment: &str, flag, rule: &str, forged: &Forged, reason| {
        no_octets(&format!("encode-{name}"), comment, flag, &[rule], forged, reason).conformance().level(Level::Format)
    };
    let format = "wire-format";
    let bare = || commit_data(None, None);
    let hint = || hinted_epoch(&MASKED, epoch(vec![]));
    let wrong_message = |message| external_join_request(message, bare());
    let two = || mls::welcome(&[b"r", b"s"]);
    let count = delivery::SERVICE_PROVIDER_COUNT;
    let group = delivery::NOT_A_GROUP_MESSAGE;
    let info = delivery::NOT_A_GROUP_INFO;
    let proposal = || mls::public(SentBy::NewMemberProposal, 2, [mls::proposal(1, [mls::key_package()])]);
    vec![
        row(
            "commit-data-with-application",
            "A CommitData with an application message.",
            "commit-data",
            "4.2:commit-data",
            &send_request(mls::private(1), Some(bare())),
            delivery::COMMIT_DATA_MISMATCH,
        ),
        row(
            "commit-data-with-proposal",
            "A CommitData with a proposal.",
            "commit-data",
            "4.2:commit-data",
            &send_request(mls::private(2), Some(bare())),
            delivery::COMMIT_DATA_MISMATCH,
        ),
        row(
            "commit-without-commit-data",
            "A commit without a CommitData.",
            "commit-data",
            "4.2:commit-data",
            &send_request(mls::private(3), None),
            delivery::COMMIT_DATA_MISMATCH,
        ),
        row(
            "public-commit-without-commit-data",
            "A public commit without a CommitData.",
            "commit-data",
            "4.2:commit-data",
            &send_request(mls::member_commit(), None),
            delivery::COMMIT_DATA_MISMATCH,
        ),
        row(
            "masked-key-with-application",
            "A masked key with an application message.",
            "commit-data",
            "4.4:commit-fields",
            &delivered_commit(mls::private(1), &MASKED, None),
            delivery::COMMIT_DATA_MISMATCH,
        ),
        row(
            "commit-without-masked-key",
            "A commit without a masked key.",
            "commit-data",
            "4.4:commit-fields",
            &delivered(mls::private(3)),
            delivery::COMMIT_DATA_MISMATCH,
        ),
        row(
            "send-welcome",
            "A Welcome where a message of the group belongs.",
            format,
            "4.2:message-format",
            &send_request(two(), None),
            group,
        ),
        row(
            "send-group-info",
            "A GroupInfo where a message of the group belongs.",
            format,
            "4.2:message-format",
            &send_request(mls::group_info([]), None),
            group,
        ),
        row(
            "message-key-package",
            "A KeyPackage where a message of the group belongs.",
            format,
            "4.4:message-format",
            &delivered(mls::key_package_message()),
            group,
        ),
        row(
            "welcome-is-group-info",
            "A GroupInfo where a Welcome belongs.",
            format,
            "4.2:welcome-format",
            &welcome_data(mls::group_info([]), &[]),
            delivery::NOT_A_WELCOME,
        ),
        row(
            "group-info-is-welcome",
            "A Welcome where a GroupInfo belongs.",
            format,
            "4.2:group-info-format",
            &commit_data(Some(two()), None),
            info,
        ),
        row(
            "message-group-info-is-commit",
            "A commit where a GroupInfo belongs.",
            format,
            "4.4:group-info-format",
            &delivered_commit(mls::private(3), &MASKED, Some(mls::private(3))),
            info,
        ),
        row(
            "response-group-info-is-key-package",
            "A KeyPackage where a GroupInfo belongs.",
            format,
            "4.5:group-info-format",
            &group_info_response(mls::key_package_message(), None),
            info,
        ),
        row(
            "external-join-private",
            "An encrypted commit as an external join.",
            format,
            "4.5:message-format",
            &wrong_message(mls::private(3)),
            delivery::NOT_A_PUBLIC_MESSAGE,
        ),
        row(
            "external-join-proposal",
            "A proposal as an external join.",
            "external-commit",
            "4.5:external-commit",
            &wrong_message(proposal()),
            delivery::NOT_AN_EXTERNAL_COMMIT,
        ),
        row(
            "providers-too-few",
            "Two secrets, one provider.",
            "providers-length",
            "4.2:providers-length",
            &welcome_data(two(), &[b"a"]),
            count,
        )
        .level(Level::Must),
        row(
            "providers-too-many",
            "Two secrets, three providers.",
            "providers-length",
            "4.2:providers-length",
            &welcome_data(two(), &[b"a", b"b", b"c"]),
            count,
        )
        .level(Level::Must),
        row(
            "epoch-twice",
            "Two hints with one masked key.",
            "epoch-once",
            "4.4:epoch-once",
            &receive_response(epoch(vec![]), vec![hint(), hint()]),
            delivery::DUPLICATE_EPOCH,
        )
        .level(Level::Must),
    ]
}

/// A value with another member.
fn with(forged: &Forged, member: &str, value: impl Into<Value>) -> Value {
    let mut changed = forged.value.clone();
    if let Some(place) = changed.get_mut(member) {
        *place = value.into();
    }
    changed
}

fn octets() -> Vec<Case> {
    let row = |name: &str,
               comment: &str,
               flag: &str,
               rule: &str,
               forged: &Forged,
               member: &str,
               value: Value,
               reason: Reason| {
        let input = json!({"structure": forged.name, "value": with(forged, member, value)});
        reject(&format!("encode-{name}"), comment, &[flag], &[rule], ENCODE, input, reason)
    };
    let key = delivery::PARTITION_KEY_LENGTH;
    let request = receive_request(1);
    let send = send_request(mls::private(1), None);
    let message = crate::wire::hex::encode(&mls::private(1).octets());
    let package = crate::wire::hex::encode(&mls::key_package().octets());
    let short = |text: &str| Value::from(text.get(..text.len() - 2).unwrap_or_default());
    let long = |text: &str| Value::from(format!("{text}00"));
    let response = key_package_response(mls::key_package());
    let info = group_info_response(mls::group_info([]), Some(mls::ratchet_tree()));
    let tree = crate::wire::hex::encode(&mls::ratchet_tree().octets());
    let rule = "4.2:partition-key-16";
    let whole = "rfc9420:2.1:whole";
    let keys = |n: usize| Value::from("11".repeat(n));
    vec![
        row(
            "partition-key-15",
            "A partition key of 15 octets.",
            "size",
            rule,
            &request,
            "partition_key",
            keys(15),
            key,
        ),
        row(
            "partition-key-17",
            "A partition key of 17 octets.",
            "size",
            rule,
            &request,
            "partition_key",
            keys(17),
            key,
        ),
        row(
            "partition-key-empty",
            "A partition key without octets.",
            "size",
            rule,
            &send,
            "partition_key",
            keys(0),
            key,
        ),
        row(
            "next-partition-key-32",
            "A masked key in place of the next one.",
            "size",
            rule,
            &commit_data(None, None),
            "next_partition_key",
            keys(32),
            key,
        ),
        row(
            "message-truncated",
            "The message's last octet is missing.",
            "truncated",
            whole,
            &send,
            "message",
            short(&message),
            wire::WIRE_TRUNCATED,
        ),
        row(
            "message-trailing",
            "An octet follows the message.",
            "trailing",
            whole,
            &send,
            "message",
            long(&message),
            wire::WIRE_TRAILING,
        ),
        row("message-empty", "No message.", "truncated", whole, &send, "message", "".into(), wire::WIRE_TRUNCATED),
        row(
            "key-package-truncated",
            "The KeyPackage's last octet is missing.",
            "truncated",
            whole,
            &response,
            "key_package",
            short(&package),
            wire::WIRE_TRUNCATED,
        ),
        row(
            "key-package-trailing",
            "An octet follows the KeyPackage.",
            "trailing",
            whole,
            &response,
            "key_package",
            long(&package),
            wire::WIRE_TRAILING,
        ),
        row(
            "key-package-framed",
            "A KeyPackage with the framing of an MLSMessage.",
            "framing",
            "4.1:key-package-response",
            &response,
            "key_package",
            format!("00010005{package}").into(),
            wire::WIRE_UNKNOWN_ENUM,
        )
        .also(&[
            wire::WIRE_TRUNCATED,
            wire::WIRE_TRAILING,
            wire::WIRE_LENGTH_PREFIX,
            wire::WIRE_LENGTH_NOT_MINIMAL,
        ]),
        row(
            "tree-truncated",
            "The tree's last octet is missing.",
            "truncated",
            whole,
            &info,
            "ratchet_tree",
            short(&tree),
            wire::WIRE_TRUNCATED,
        ),
        row(
            "tree-trailing",
            "An octet follows the tree.",
            "trailing",
            whole,
            &info,
            "ratchet_tree",
            long(&tree),
            wire::WIRE_TRAILING,
        ),
        row(
            "counter-2-to-32",
            "A counter of 2^32.",
            "malformed-input",
            "4.4:receive-request",
            &request,
            "counter",
            json!(1_u64 << 32),
            content::BAD_INPUT,
        ),
        row(
            "cipher-suite-65536",
            "A cipher suite of 65536.",
            "malformed-input",
            "4.1:key-package-request",
            &key_package_request(b"u", b"t", 1, 1),
            "cipher_suite",
            json!(65536),
            content::BAD_INPUT,
        ),
    ]
}
