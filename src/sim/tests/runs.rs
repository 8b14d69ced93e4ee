//! What a run is.

use super::*;
use crate::protocol::{
    ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, KeyPackageRequest, KeyPackageResponse, MlsMessage,
    ReceiveRequest, ReceiveResponse, SendRequest, Structure, WelcomeInitRequest,
};
use crate::wire::hex;
use std::collections::BTreeMap;

fn busy() -> Value {
    then(json!([
        {"send": {"by": "bob", "text": "one"}},
        {"together": [
            {"update": {"by": "carol"}},
            {"update": {"by": "alice"}},
        ]},
        {"send": {"by": "carol", "text": "two"}},
        {"remove": {"by": "alice", "who": ["bob"]}},
        {"external-join": {"by": "bob"}},
    ]))
}

fn heard() -> Value {
    json!([
        {"together": ["alice", "bob", "carol"]},
        {"heard": {"by": ["alice", "carol"], "text": "one"}},
        {"heard": {"by": ["alice", "bob"], "text": "two"}},
    ])
}

#[test]
fn a_seed_gives_one_trace_and_another_seed_another() {
    let scenario = scenario(busy(), heard());
    let (a, b, other) = (traced(&scenario, "a"), traced(&scenario, "a"), traced(&scenario, "b"));
    assert_eq!(a, b);
    assert_eq!(serde_json::to_string(&a).unwrap(), serde_json::to_string(&b).unwrap());
    assert_ne!(a.entries, other.entries);
    assert_eq!((failures(&a), failures(&other)), (vec![], vec![]));
}

#[test]
fn a_trace_survives_being_written() {
    let trace = traced(&scenario(busy(), heard()), "a");
    let text = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&text).unwrap(), trace);
}

#[test]
fn every_network_leads_to_one_place() {
    for (i, network) in ["in-order", "reorder", "duplicate", "drop-then-retry"].iter().enumerate() {
        let mut scenario = scenario(busy(), heard());
        scenario.network = serde_json::from_value(json!(network)).unwrap();
        scenario.encrypt_handshake = i % 2 == 1;
        assert_eq!(failures(&traced(&scenario, network)), Vec::<String>::new(), "{network}");
    }
}

#[test]
fn what_is_cut_off_catches_up() {
    let steps = then(json!([
        {"cut": ["a.example", "b.example"]},
        {"update": {"by": "alice"}},
        {"send": {"by": "carol", "text": "one"}},
        {"expect": {"epoch": {"alice": 2, "carol": 2, "bob": 1}}},
        {"expect": {"unheard": {"by": ["bob"], "text": "one"}}},
        {"mend": ["a.example", "b.example"]},
    ]));
    let ends = json!([{"together": ["alice", "bob", "carol"]}, {"heard": {"by": ["alice", "bob"], "text": "one"}}]);
    assert_eq!(failures(&traced(&scenario(steps, ends), "cut")), Vec::<String>::new());
}

#[test]
fn every_octet_in_a_trace_is_what_its_name_says() {
    let trace = traced(&scenario(busy(), heard()), "octets");
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &trace.entries {
        let Entry::Crossed { what, octets, .. } = entry else { continue };
        let octets = hex::decode(octets).unwrap();
        match what.as_str() {
            "SendRequest" => drop(SendRequest::decode(&octets).unwrap()),
            "ExternalJoinRequest" => drop(ExternalJoinRequest::decode(&octets).unwrap()),
            "ReceiveRequest" => drop(ReceiveRequest::decode(&octets).unwrap()),
            "ReceiveResponse" => drop(ReceiveResponse::decode(&octets).unwrap()),
            "GroupInfoRequest" => drop(GroupInfoRequest::decode(&octets).unwrap()),
            "GroupInfoResponse" => drop(GroupInfoResponse::decode(&octets).unwrap()),
            "WelcomeInitRequest" => drop(WelcomeInitRequest::decode(&octets).unwrap()),
            "KeyPackageRequest" => drop(KeyPackageRequest::decode(&octets).unwrap()),
            "KeyPackageResponse" => drop(KeyPackageResponse::decode(&octets).unwrap()),
            "Welcome" => drop(MlsMessage::decode(&octets).unwrap()),
            other => assert!(other.chars().all(char::is_lowercase), "{other} has no decoder here"),
        }
        *seen.entry(what).or_default() += 1;
    }
    assert!(seen.len() >= 12, "{seen:?}");
}

#[test]
fn faults_befall_what_they_name() {
    let steps = then(json!([
        {"fault": {"on": "SendRequest", "from": "b.example", "does": "flip-bit"}},
        {"send": {"by": "bob", "text": "garbled"}},
        {"fault": {"on": "SendRequest", "from": "bob", "does": "lose"}},
        {"send": {"by": "bob", "text": "lost"}},
        {"fault": {"on": "ReceiveResponse", "to": "c.example", "does": "without-group-info"}},
        {"update": {"by": "alice"}},
        {"send": {"by": "bob", "text": "well"}},
    ]));
    let ends = json!([
        {"together": ["alice", "bob", "carol"]},
        {"unheard": {"by": ["alice", "carol"], "text": "garbled"}},
        {"unheard": {"by": ["alice", "carol"], "text": "lost"}},
        {"heard": {"by": ["alice", "carol"], "text": "well"}},
    ]);
    let trace = traced(&scenario(steps, ends), "faults");
    assert_eq!(failures(&trace), Vec::<String>::new());
    let undecryptable = |name| refusals(&trace).contains(&(name, "undecryptable"));
    assert!(undecryptable("alice") && undecryptable("carol"), "{:?}", refusals(&trace));
}
