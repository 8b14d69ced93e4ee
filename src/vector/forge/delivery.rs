//! The structures of the delivery draft, as `docs/spec/delivery.md` says: their octets field by field, and beside them
//! their values, each written down once more.

use super::mls;
use super::tls::{Field, fixed, opaque, optional, structure, vector};
use crate::wire::hex;
use serde_json::{Value, json};

/// The partition key of every message: 00 01 … 0f.
pub const KEY: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/// The next one: 10 11 … 1f.
pub const NEXT: [u8; 16] = [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];
/// Something as long as a masked key.
pub const MASKED: [u8; 32] = [0xa1; 32];

/// A structure: octets and value.
#[derive(Clone, Debug)]
pub struct Forged {
    /// Whose operations read and write it: `delivery` or `room`.
    pub area: &'static str,
    /// Its name in the draft.
    pub name: &'static str,
    /// Which of its forms, where a code gives it several; else empty.
    pub variant: &'static str,
    /// Its fields.
    pub wire: Field,
    /// Its value.
    pub value: Value,
}

fn forged(name: &'static str, fields: impl IntoIterator<Item = Field>, value: Value) -> Forged {
    Forged { area: "delivery", name, variant: "", wire: structure("", fields), value }
}

fn hexed(field: &Field) -> Value {
    hex::encode(&field.octets()).into()
}

fn maybe(field: Option<&Field>) -> Value {
    field.map_or(Value::Null, hexed)
}

/// The fields of one in another, under this name.
fn inner(forged: Forged, name: &str) -> Field {
    forged.wire.named(name)
}

/// KeyPackageRequest (section 4.1).
#[must_use]
pub fn key_package_request(user_id: &[u8], bearer_token: &[u8], version: u16, cipher_suite: u16) -> Forged {
    forged(
        "KeyPackageRequest",
        [
            opaque("user_id", user_id),
            opaque("bearer_token", bearer_token),
            fixed("version", version.to_be_bytes()),
            fixed("cipher_suite", cipher_suite.to_be_bytes()),
        ],
        json!({"user_id": hex::encode(user_id), "bearer_token": hex::encode(bearer_token), "version": version,
            "cipher_suite": cipher_suite}),
    )
}

/// KeyPackageResponse (section 4.1).
#[must_use]
pub fn key_package_response(key_package: Field) -> Forged {
    let value = json!({"key_package": hexed(&key_package)});
    forged("KeyPackageResponse", [key_package], value)
}

/// WelcomeData (section 4.2).
#[must_use]
pub fn welcome_data(welcome: Field, providers: &[&[u8]]) -> Forged {
    let value = json!({"welcome": hexed(&welcome),
        "service_providers": providers.iter().map(|p| hex::encode(p)).collect::<Vec<_>>()});
    let providers = providers.iter().map(|p| opaque("", p));
    forged("WelcomeData", [welcome.named("welcome"), vector("service_providers", providers)], value)
}

/// CommitData (section 4.2).
#[must_use]
pub fn commit_data(group_info: Option<Field>, welcome: Option<Forged>) -> Forged {
    let value = json!({"next_partition_key": hex::encode(&NEXT), "group_info": maybe(group_info.as_ref()),
        "welcome_data": welcome.as_ref().map(|w| w.value.clone())});
    let fields = [
        fixed("next_partition_key", NEXT),
        optional("group_info", group_info),
        optional("welcome_data", welcome.map(|w| inner(w, ""))),
    ];
    forged("CommitData", fields, value)
}

/// SendRequest (section 4.2).
#[must_use]
pub fn send_request(message: Field, commit_data: Option<Forged>) -> Forged {
    let value = json!({"message": hexed(&message), "partition_key": hex::encode(&KEY),
        "commit_data": commit_data.as_ref().map(|c| c.value.clone())});
    let fields = [message.named("message"), fixed("partition_key", KEY)].into_iter();
    forged("SendRequest", fields.chain(commit_data.map(|c| inner(c, "commit_data"))), value)
}

/// ExternalJoinRequest (section 4.5).
#[must_use]
pub fn external_join_request(message: Field, commit_data: Forged) -> Forged {
    let value = json!({"message": hexed(&message), "commit_data": commit_data.value});
    forged("ExternalJoinRequest", [message.named("message"), inner(commit_data, "commit_data")], value)
}

/// WelcomeInitRequest (section 4.3).
#[must_use]
pub fn welcome_init_request(references: &[&[u8]]) -> Forged {
    let value = json!({"key_package_refs": references.iter().map(|r| hex::encode(r)).collect::<Vec<_>>()});
    forged("WelcomeInitRequest", [vector("key_package_refs", references.iter().map(|r| opaque("", r)))], value)
}

/// ReceiveRequest (section 4.4).
#[must_use]
pub fn receive_request(counter: u32) -> Forged {
    let value = json!({"partition_key": hex::encode(&KEY), "counter": counter});
    forged("ReceiveRequest", [fixed("partition_key", KEY), fixed("counter", counter.to_be_bytes())], value)
}

/// Message (section 4.4) that is no commit.
#[must_use]
pub fn delivered(message: Field) -> Forged {
    let value = json!({"message": hexed(&message), "next_partition_key": null, "group_info": null});
    forged("Message", [message.named("message")], value)
}

/// Message (section 4.4) that is a commit.
#[must_use]
pub fn delivered_commit(message: Field, next: &[u8], group_info: Option<Field>) -> Forged {
    let value = json!({"message": hexed(&message), "next_partition_key": hex::encode(next),
        "group_info": maybe(group_info.as_ref())});
    let fields = [message.named("message"), opaque("next_partition_key", next), optional("group_info", group_info)];
    forged("Message", fields, value)
}

/// Epoch (section 4.4).
#[must_use]
pub fn epoch(messages: Vec<Forged>) -> Forged {
    let value = json!({"messages": messages.iter().map(|m| m.value.clone()).collect::<Vec<_>>()});
    forged("Epoch", [vector("messages", messages.into_iter().map(|m| m.wire))], value)
}

/// HintedEpoch (section 4.4).
#[must_use]
pub fn hinted_epoch(masked: &[u8], epoch: Forged) -> Forged {
    let value = json!({"masked_partition_key": hex::encode(masked), "epoch": epoch.value});
    forged("HintedEpoch", [opaque("masked_partition_key", masked), inner(epoch, "epoch")], value)
}

/// ReceiveResponse (section 4.4).
#[must_use]
pub fn receive_response(epoch: Forged, hints: Vec<Forged>) -> Forged {
    let value = json!({"epoch": epoch.value, "hints": hints.iter().map(|h| h.value.clone()).collect::<Vec<_>>()});
    let hints = vector("hints", hints.into_iter().map(|h| h.wire));
    forged("ReceiveResponse", [inner(epoch, "epoch"), hints], value)
}

/// GroupInfoRequest (section 4.5).
#[must_use]
pub fn group_info_request(group_id: &[u8]) -> Forged {
    forged("GroupInfoRequest", [opaque("group_id", group_id)], json!({"group_id": hex::encode(group_id)}))
}

/// GroupInfoResponse (section 4.5).
#[must_use]
pub fn group_info_response(group_info: Field, tree: Option<Field>) -> Forged {
    let value = json!({"group_info": hexed(&group_info), "ratchet_tree": maybe(tree.as_ref())});
    forged("GroupInfoResponse", [group_info.named("group_info"), optional("ratchet_tree", tree)], value)
}

/// One of each structure, in the draft's order, every field there and filled.
#[must_use]
pub fn every() -> Vec<Forged> {
    let info = || Some(mls::group_info([]));
    let welcome = || welcome_data(mls::welcome(&[&[0x4b; 4], &[0x4c; 4]]), &[b"a.example", b"b.example"]);
    let messages = || {
        vec![delivered(mls::private(1)), delivered_commit(mls::private(3), &MASKED, info()), delivered(mls::private(2))]
    };
    vec![
        key_package_request(b"alice", b"token", 1, 1),
        key_package_response(mls::key_package()),
        welcome(),
        commit_data(info(), Some(welcome())),
        send_request(mls::member_commit(), Some(commit_data(info(), Some(welcome())))),
        welcome_init_request(&[&[0x4b; 4], &[0x4c; 4]]),
        receive_request(7),
        delivered_commit(mls::member_commit(), &MASKED, info()),
        epoch(messages()),
        hinted_epoch(&MASKED, epoch(messages())),
        receive_response(
            epoch(messages()),
            vec![hinted_epoch(&MASKED, epoch(messages())), hinted_epoch(&[0xa2; 32], epoch(vec![]))],
        ),
        external_join_request(mls::external_commit(), commit_data(info(), None)),
        group_info_request(mls::GROUP),
        group_info_response(mls::group_info([]), Some(mls::ratchet_tree())),
    ]
}
