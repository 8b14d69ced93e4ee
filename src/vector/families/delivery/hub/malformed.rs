//! Requests that cannot be read, or that come at the wrong time: each is refused, and the hub goes on as it was.

use super::scene::{ANN, BEN, CAT, GROUP, HUB, OTHER_GROUP, SUITE, Scene, commit, info, joins, key, masked, says};
use crate::reason::{Reason, delivery as reason, wire};
use crate::vector::Case;
use crate::vector::families::build::reject;
use crate::vector::forge::traffic;
use crate::wire::hex;
use serde_json::{Value, json};

const CUT: &[Reason] = &[wire::WIRE_TRUNCATED];
const LEFT: &[Reason] = &[wire::WIRE_TRAILING];

/// A request of this operation that is refused, and a message that is taken after it.
fn row(name: &str, comment: &str, rule: &str, op: &str, request: &[u8], reasons: &[Reason]) -> Case {
    let one = says(0, "one");
    let input = match op {
        "hub/receive" => json!({"from": BEN, "group_id": hex::encode(GROUP), "request": hex::encode(request)}),
        "hub/key-package" => json!({"request": hex::encode(request)}),
        _ => json!({"from": CAT, "request": hex::encode(request)}),
    };
    Scene::new(name, comment, "malformed", rule)
        .send(ANN, &one)
        .refused(op, input, reasons)
        .receive(0, 0, &[&one])
        .info(&info(0, "created"))
        .end()
}

pub(super) fn cases() -> Vec<Case> {
    [octets(), moments()].concat()
}

/// Name, comment, rule and operation, request, reasons.
type Row<'a> = (&'a str, &'a str, (&'a str, &'a str), &'a [u8], &'a [Reason]);

/// All but the last `n` octets.
fn cut(octets: &[u8], n: usize) -> &[u8] {
    octets.get(..octets.len().saturating_sub(n)).unwrap_or_default()
}

fn octets() -> Vec<Case> {
    let (send, with_commit) = (says(0, "one").octets(), commit(0, 0, 1).octets());
    let join = traffic::external_join_request(&joins(0, 3).message, &joins(0, 3).data().unwrap_or_default());
    let receive = traffic::receive_request(&key(0), 0);
    let masked = [masked(SUITE, 0), vec![0; 4]].concat();
    let asked = traffic::group_info_request(GROUP);
    let key_package = traffic::key_package_request(b"ann", b"token", 1, SUITE);
    let longer = |octets: &[u8]| [octets, &[0]].concat();
    let dressed = traffic::send_request(&says(0, "").message, &key(0), commit(0, 0, 1).data().as_deref());
    let naked = traffic::send_request(&commit(0, 0, 1).message, &key(0), None);
    const SEND: (&str, &str) = ("4.2:sequenced", "hub/send");
    const COMMIT: (&str, &str) = ("4.2:commit-data", "hub/send");
    const JOIN: (&str, &str) = ("4.5:validates-request", "hub/external-join");
    const RECEIVE: (&str, &str) = ("4.4:counter-skips", "hub/receive");
    const INFO: (&str, &str) = ("4.5:group-info-request", "hub/group-info");
    const TAKE: (&str, &str) = ("4.1:key-package-matches", "hub/key-package");
    let rows: [Row<'_>; 16] = [
        ("send-cut-in-key", "The partition key lacks an octet.", SEND, cut(&send, 1), CUT),
        ("send-cut-in-message", "The message lacks its end.", SEND, cut(&send, 20), CUT),
        ("send-empty", "Nothing at all.", SEND, &[], CUT),
        ("send-left-over", "An octet behind the partition key.", SEND, &longer(&send), LEFT),
        ("send-dressed", "CommitData behind application data.", COMMIT, &dressed, LEFT),
        ("send-naked-commit", "A commit without CommitData.", COMMIT, &naked, CUT),
        ("send-commit-cut", "CommitData without its last octet.", COMMIT, cut(&with_commit, 1), CUT),
        ("send-commit-left-over", "An octet behind CommitData.", COMMIT, &longer(&with_commit), LEFT),
        ("join-cut", "CommitData without its last octet.", JOIN, cut(&join, 1), CUT),
        ("join-left-over", "An octet behind CommitData.", JOIN, &longer(&join), LEFT),
        ("receive-cut", "A counter of three octets.", RECEIVE, cut(&receive, 1), CUT),
        ("receive-left-over", "A counter of five octets.", RECEIVE, &longer(&receive), LEFT),
        ("receive-masked-key", "The masked key in place of the key.", RECEIVE, &masked, LEFT),
        ("info-cut", "A group id shorter than its length.", INFO, cut(&asked, 1), CUT),
        ("info-left-over", "An octet behind the group id.", INFO, &longer(&asked), LEFT),
        ("key-package-request-cut", "A cipher suite of one octet.", TAKE, cut(&key_package, 1), CUT),
    ];
    rows.into_iter()
        .map(|(name, comment, (rule, op), request, reasons)| {
            row(&format!("malformed-{name}"), comment, rule, op, request, reasons)
        })
        .collect()
}

fn moments() -> Vec<Case> {
    let first = |name: &str, comment, rule, op, input: Value| {
        reject(name, comment, &["malformed"], &[rule], op, input, reason::NO_STATE).then_reject(
            "",
            op,
            again(op),
            &[reason::NO_STATE],
        )
    };
    let request = hex::encode(&says(0, "one").octets());
    let receive = hex::encode(&traffic::receive_request(&key(0), 0));
    let suite = json!({
        "from": HUB, "group_id": hex::encode(OTHER_GROUP), "cipher_suite": 0xfade, "partition_key": hex::encode(&key(0)),
    });
    let ending = |group: &[u8], partition| json!({"group_id": hex::encode(group), "partition_key": hex::encode(&key(partition))});
    let one = says(0, "one");
    let scene = |name, comment, rule| Scene::new(name, comment, "malformed", rule);
    vec![
        first(
            "too-early-send",
            "There is no hub yet.",
            "ds-00:4.2:unknown-group",
            "hub/send",
            json!({"from": ANN, "request": request}),
        ),
        first(
            "too-early-receive",
            "There is no hub yet.",
            "ds-00:4.2:unknown-group",
            "hub/receive",
            json!({"from": ANN, "group_id": hex::encode(GROUP), "request": receive}),
        ),
        scene("hub-twice", "A session is one hub, which keeps what it has.", "4.2:sequenced")
            .send(ANN, &one)
            .refused("hub/new", json!({"kind": "blind", "provider": ANN, "hints": "none"}), &[reason::NO_STATE])
            .receive(0, 0, &[&one])
            .end(),
        scene(
            "group-of-unknown-suite",
            "A hub cannot mask keys with a hash that it does not know.",
            "4.4:masked-partition-key",
        )
        .refused("hub/create-group", suite, &[reason::UNKNOWN_CIPHER_SUITE])
        .send(ANN, &one)
        .end(),
        scene("end-unknown-partition", "A branch that is not there cannot be ended.", "5:blocked")
            .refused("hub/terminate", ending(GROUP, 9), &[reason::UNKNOWN_PARTITION])
            .send(ANN, &says(9, "still open"))
            .end(),
        scene("end-unknown-group", "Nor in a group that is not there.", "5:blocked")
            .refused("hub/terminate", ending(OTHER_GROUP, 0), &[reason::UNKNOWN_GROUP])
            .send(ANN, &one)
            .end(),
    ]
}

/// The same operation, once more.
fn again(op: &str) -> Value {
    match op {
        "hub/send" => json!({"from": BEN, "request": hex::encode(&says(0, "two").octets())}),
        _ => json!({
            "from": BEN, "group_id": hex::encode(OTHER_GROUP), "request": hex::encode(&traffic::receive_request(&key(1), 1)),
        }),
    }
}
