//! Octets written by hand against values, both ways; the families hold every field of every structure.

#![allow(clippy::unwrap_used)]

use crate::protocol::*;
use crate::wire::hex;

fn octets(text: &str) -> Vec<u8> {
    hex::decode(&text.replace(' ', "")).unwrap()
}

fn mls(text: &str) -> MlsMessage {
    MlsMessage::decode(&octets(text)).unwrap()
}

const APPLICATION: &str = "0001 0002 0167 0000000000000005 01 00 0122 0133";
const COMMIT: &str = "0001 0002 0167 0000000000000005 03 00 0122 0133";
const WELCOME: &str = "0001 0003 0001 0e 02 0a0a 01e1 01c1 02 0b0b 01e2 01c2 0199";
const KEY: &str = "000102030405060708090a0b0c0d0e0f";

fn identity<S: Structure + PartialEq + std::fmt::Debug>(text: &str) -> S {
    let value = S::decode(&octets(text)).unwrap();
    assert_eq!(value.encode().unwrap(), octets(text));
    value
}

fn refusal<S: Structure + std::fmt::Debug>(text: &str) -> (&'static str, usize, &'static str) {
    let e = S::decode(&octets(text)).unwrap_err();
    (e.reason.code(), e.offset, e.field)
}

#[test]
fn a_send_request_has_commit_data_with_a_commit_only() {
    let plain: SendRequest = identity(&format!("{APPLICATION} {KEY}"));
    assert_eq!(plain.commit_data, None);
    let commit: SendRequest = identity(&format!("{COMMIT} {KEY} {KEY} 00 01 {WELCOME} 06 0161 03626364"));
    let welcome_data = commit.commit_data.unwrap().welcome_data.unwrap();
    assert_eq!(welcome_data.service_providers, [b"a".to_vec(), b"bcd".to_vec()].map(ServiceProviderId));

    assert_eq!(refusal::<SendRequest>(&format!("{APPLICATION} {KEY} {KEY} 00 00")).0, "wire-trailing");
    assert_eq!(refusal::<SendRequest>(&format!("{COMMIT} {KEY}")), ("wire-truncated", 36, "next_partition_key"));
    let mut wrong = plain.clone();
    wrong.message = mls(COMMIT);
    assert_eq!(wrong.encode().unwrap_err().reason.code(), "commit-data-mismatch");
    assert_eq!(refusal::<SendRequest>(&format!("{WELCOME} {KEY}")), ("not-a-group-message", 0, "message"));
}

#[test]
fn as_many_providers_as_secrets() {
    for (list, count) in [("00", 0), ("02 0161", 1), ("06 0161 0162 0163", 3)] {
        let refused = refusal::<WelcomeData>(&format!("{WELCOME} {list}"));
        assert_eq!(refused, ("service-provider-count", octets(WELCOME).len(), "service_providers"), "{count}");
    }
}

#[test]
fn an_epoch_once() {
    let response = format!("10 {APPLICATION} 08 01aa 01 00 02aabb 00").replace("10 ", "14 ");
    let hints = "08 01aa 00 01ab 00 00 00";
    let value: ReceiveResponse = identity(&format!("14 {APPLICATION} {hints}"));
    assert_eq!((value.epoch.messages.len(), value.hints.len()), (1, 3));
    assert_eq!(refusal::<ReceiveResponse>(&response).0, "wire-truncated");
    let twice = format!("14 {APPLICATION} 06 01aa 00 01aa 00");
    assert_eq!(refusal::<ReceiveResponse>(&twice), ("duplicate-epoch", 25, "hints"));
    let mut twice = value;
    let again = twice.hints[0].clone();
    twice.hints.push(again);
    assert_eq!(twice.encode().unwrap_err().reason.code(), "duplicate-epoch");
}

#[test]
fn values_that_hold_octets_of_something_else_have_no_encoding() {
    let response = KeyPackageResponse { key_package: vec![0, 2] };
    assert_eq!(response.encode().unwrap_err().reason.code(), "wire-unknown-version");
    let join = ExternalJoinRequest {
        message: mls(COMMIT),
        commit_data: CommitData { next_partition_key: PartitionKey([0; 16]), group_info: None, welcome_data: None },
    };
    assert_eq!(join.encode().unwrap_err().reason.code(), "not-a-public-message");
}

/// RFC 9420's own function, held against a value computed with Python's `hmac` alone.
#[test]
fn a_partition_key_and_its_mask() {
    let secret: Vec<u8> = (0..32).collect();
    let key = PartitionKey::export(CipherSuite::X25519, &secret, EXPORTER_LABEL, b"").unwrap();
    assert_eq!(hex::encode(&key.0), "30f58753c9a4381094f2d20f46fb3588");
    let masked = key.masked(CipherSuite::X25519).unwrap();
    assert_eq!(hex::encode(&masked.0), "7389634375fe6b8c000c6431def0f0c3d93722f511acd672ce24976d0d624bfb");
    let short = PartitionKey::export(CipherSuite(5), &secret, EXPORTER_LABEL, b"").unwrap_err();
    assert_eq!(short.code(), "exporter-secret-length");
    assert_eq!(PartitionKey::export(CipherSuite(8), &secret, "", b"").unwrap_err().code(), "unknown-cipher-suite");
}
