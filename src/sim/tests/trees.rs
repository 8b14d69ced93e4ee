//! Encrypted trees in scenarios: what is asked for has to happen, and a hub sees no tree.

use super::*;
use crate::mls::open;

struct OpenMls;

impl Engines for OpenMls {
    fn engine(&self, _: Option<&str>) -> Option<Box<dyn Engine>> {
        Some(Box::new(open::engine()))
    }
}

/// The scenario of all these tests, whose group keeps an encrypted tree, played by OpenMLS.
fn played(steps: Value, ends: Value) -> Result<Trace, String> {
    let mut scenario = scenario(steps, ends);
    (scenario.encrypted_tree, scenario.encrypt_handshake) = (true, true);
    run(&scenario, &Seed::new("trees"), &OpenMls).map_err(|broken| broken.to_string())
}

fn broken(more: Value) -> String {
    played(then(more), all_together()).unwrap_err()
}

#[test]
fn what_befalls_no_tree_is_no_scenario() {
    let bad = |does: &str| json!([{"misbehave": {"to": "b.example", "does": does, "of": "bob"}}]);
    for does in ["damaged-tree", "other-tree", "mixed-tree", "poisoned-tree", "no-tree", "false-tree-marks"] {
        assert!(broken(bad(does)).contains("befell nothing"), "{does}");
    }
    assert!(broken(json!([{"misbehave": {"to": "b.example", "does": "other-tree"}}])).contains("of which device"));
    for does in ["wrong-patch", "damaged-patch", "without-patch"] {
        // There is no patch beside what is no commit.
        let steps = json!([
            {"fault": {"on": "SendRequest", "from": "bob", "does": does}},
            {"send": {"by": "bob", "text": "hi"}},
        ]);
        assert!(broken(steps).contains("befell nothing"), "{does}");
    }
    assert!(broken(json!([{"help": {"by": "dave", "to": "bob"}}])).contains("no device dave"));
}

#[test]
fn a_hub_that_reads_handshakes_keeps_no_encrypted_tree() {
    let mut tracking = scenario(three(), all_together());
    tracking.encrypted_tree = true;
    tracking.providers[0].hub = crate::sim::HubKind::Tracking;
    assert!(run(&tracking, &Seed::new("x"), &OpenMls).unwrap_err().0.contains("reads handshakes"));
}

/// Identities and signature keys stand in the leaves of a tree. With an encrypted one, and encrypted handshakes, no octets that
/// cross between providers have a member's identity, but for the KeyPackages that are fetched.
#[test]
fn no_tree_crosses_in_the_clear() {
    let steps = || then(json!([{"update": {"by": "bob"}}, {"remove": {"by": "alice", "who": ["carol"]}}]));
    let ends = || json!([{"together": ["alice", "bob"]}]);
    let named = |trace: &Trace| {
        let name = crate::wire::hex::encode(b"alice");
        let is = |entry: &&Entry| match entry {
            Entry::Crossed { what, octets, .. } => {
                what != "upload" && !what.starts_with("KeyPackage") && octets.contains(&name)
            }
            _ => false,
        };
        trace.entries.iter().filter(is).count()
    };
    let encrypted = played(steps(), ends()).unwrap();
    assert_eq!(failures(&encrypted), Vec::<String>::new());
    assert_eq!(named(&encrypted), 0);
    let mut clear = scenario(steps(), ends());
    clear.encrypt_handshake = true;
    assert!(named(&run(&clear, &Seed::new("trees"), &OpenMls).unwrap()) > 0, "the test would see it");
}
