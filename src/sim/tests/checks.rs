//! No expectation that can not fail, and no scenario that shows nothing.

use super::*;

/// What is said to be otherwise when the group of three has been made and this is expected.
fn otherwise(expectation: Value) -> Vec<String> {
    let ends = json!([{"together": ["alice", "bob", "carol"]}, expectation]);
    failures(&traced(&scenario(then(json!([{"send": {"by": "alice", "text": "hi"}}])), ends), "checks"))
}

#[test]
fn each_expectation_can_fail_and_can_hold() {
    let pairs = [
        (json!({"together": ["alice", "bob"]}), json!({"together": ["carol", "bob", "alice"]})),
        (json!({"outside": ["alice"]}), Value::Null),
        (json!({"outside": []}), Value::Null),
        (json!({"apart": ["alice", "bob"]}), Value::Null),
        (json!({"apart": ["alice"]}), Value::Null),
        (json!({"together": ["alice"]}), Value::Null),
        (json!({"awaits": {"alice": "tree"}}), json!({"awaits": {"alice": "messages"}})),
        (json!({"awaits": {}}), Value::Null),
        (json!({"epoch": {"alice": 2}}), json!({"epoch": {"alice": 1}})),
        (json!({"heard": {"by": ["bob", "alice"], "text": "hi"}}), json!({"heard": {"by": ["bob"], "text": "hi"}})),
        (json!({"heard": {"by": [], "text": "hi"}}), Value::Null),
        (json!({"unheard": {"by": ["bob"], "text": "hi"}}), json!({"unheard": {"by": ["bob"], "text": "ho"}})),
        (json!({"knows": {"alice": "doubt"}}), json!({"knows": {"alice": "together", "bob": "together"}})),
        (json!({"knows": {}}), Value::Null),
        (json!({"knew-after": {"alice": 0}}), Value::Null),
        (json!({"knew-after": {}}), Value::Null),
        (json!({"refused": {"by": "bob", "reason": "wrong-epoch"}}), json!("nothing-refused")),
        (
            json!({"crossed": {"what": "Welcome", "from": "b.example", "to": "a.example"}}),
            json!({"crossed": {"what": "Welcome", "from": "a.example", "to": "b.example"}}),
        ),
        (
            json!({"crossed-now": {"what": "Welcome", "from": "a.example", "to": "b.example"}}),
            json!({"crossed-now": {"what": "ReceiveRequest", "from": "b.example", "to": "a.example"}}),
        ),
        (
            json!({"silent": {"what": "ReceiveRequest", "from": "b.example", "to": "a.example"}}),
            json!({"silent": {"what": "Welcome", "from": "a.example", "to": "b.example"}}),
        ),
    ];
    for (fails, holds) in pairs {
        assert_eq!(otherwise(fails.clone()).len(), 1, "{fails}");
        if !holds.is_null() {
            assert_eq!(otherwise(holds.clone()), Vec::<String>::new(), "{holds}");
        }
    }
}

#[test]
fn nothing_refused_fails_where_something_was() {
    let steps = then(json!([
        {"fault": {"on": "SendRequest", "from": "b.example", "does": "flip-bit"}},
        {"send": {"by": "bob", "text": "garbled"}},
    ]));
    let ends = json!([{"together": ["alice", "bob", "carol"]}, "nothing-refused"]);
    assert_eq!(failures(&traced(&scenario(steps, ends), "x")).len(), 1);
}

#[test]
fn a_scenario_that_shows_nothing_is_refused() {
    let broken = |steps: Value, ends: Value| run(&scenario(steps, ends), &Seed::new("x"), &Only).unwrap_err().0;
    let bad = |step: Value| broken(then(json!([step])), all_together());
    assert!(broken(three(), json!([{"outside": ["bob"]}])).contains("together"));
    assert!(broken(three(), json!([{"together": ["alice", "nobody"]}])).contains("no party nobody"));
    assert!(bad(json!({"send": {"by": "nobody", "text": ""}})).contains("no device nobody"));
    assert!(bad(json!({"cut": ["a.example", "nowhere"]})).contains("no provider nowhere"));
    assert!(bad(json!("release")).contains("nothing is held"));
    assert!(bad(json!({"fault": {"on": "Welcome", "does": "lose"}})).contains("befell nothing"));
    assert!(bad(json!({"misbehave": {"to": "b.example", "does": "damage"}})).contains("befell nothing"));
    assert!(bad(json!({"misbehave": {"to": "nowhere", "does": "damage"}})).contains("no provider nowhere"));
    let idle = json!([{"misbehave": {"to": "b.example", "does": "damage"}}, {"behave": {"to": "b.example"}}]);
    assert!(broken(then(idle), all_together()).contains("befell nothing"));
    let asleep = json!([{"offline": ["bob"]}, {"send": {"by": "bob", "text": "zzz"}}]);
    assert!(broken(then(asleep), all_together()).contains("bob is offline"));
    let held = json!([{"fault": {"on": "SendRequest", "does": "hold"}}, {"send": {"by": "bob", "text": "x"}}]);
    assert!(broken(then(held), all_together()).contains("never released"));
    let mut engine = scenario(three(), all_together());
    engine.devices[0].engine = Some("none".to_owned());
    assert!(run(&engine, &Seed::new("x"), &Only).unwrap_err().0.contains("no engine none"));
    let mut twice = scenario(three(), all_together());
    twice.devices[1].name = "alice".to_owned();
    assert!(run(&twice, &Seed::new("x"), &Only).unwrap_err().0.contains("alice twice"));
}

#[test]
fn a_fault_that_alters_nothing_is_refused() {
    let steps = then(json!([
        {"fault": {"on": "ReceiveResponse", "does": "unknown-partition-key"}},
        {"send": {"by": "bob", "text": "x"}},
    ]));
    assert!(run(&scenario(steps, all_together()), &Seed::new("x"), &Only).is_err());
}
