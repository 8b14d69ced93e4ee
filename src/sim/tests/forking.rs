//! What a hub sees and ends is what it sees and ends: each expectation about it can fail.

use super::*;

/// Carol is alone on a branch; alice and bob go on. What is otherwise when this is expected then.
fn otherwise(more: &Value, expectation: &Value) -> Vec<String> {
    let mut steps = vec![
        json!({"sabotage": {"by": "carol", "fault": "wrong-parent-hash"}}),
        json!({"update": {"by": "carol"}}),
        json!({"update": {"by": "alice"}}),
    ];
    steps.extend(more.as_array().into_iter().flatten().cloned());
    steps.push(json!({"expect": expectation}));
    steps.push(json!({"remove": {"by": "alice", "who": ["carol"]}}));
    let mut scenario = scenario(then(Value::Array(steps)), json!([{"together": ["alice", "bob"]}]));
    scenario.devices[2].redo = false;
    failures(&traced(&scenario, "forking"))
}

fn seen(branches: Value, finding: &str, of: Option<&str>) -> Value {
    let mut seen = json!({"branches": branches, "finding": finding});
    if let Some(of) = of {
        seen["of"] = of.into();
    }
    json!({"fork-seen": seen})
}

#[test]
fn what_a_hub_sees_can_be_otherwise() {
    let (nothing, here) = (json!([]), json!([["alice", "bob"], ["carol"]]));
    let spoken = json!([{"report": {"by": "alice"}}, {"report": {"by": "bob"}}]);
    let contradicted = json!([{"report": {"by": "alice"}}, {"report": {"by": "bob", "falsely": true}}]);
    let rows = [
        (&nothing, seen(here.clone(), "open", None), true),
        (&nothing, seen(here.clone(), "undecidable", None), false),
        (&nothing, seen(here.clone(), "majority", Some("alice")), false),
        (&nothing, seen(json!([["alice", "carol"], ["bob"]]), "open", None), false),
        (&nothing, seen(json!([["alice"], ["bob"], ["carol"]]), "open", None), false),
        (&nothing, seen(json!([["alice", "bob", "carol"]]), "open", None), false),
        (&nothing, seen(json!([["alice", "bob"], []]), "open", None), false),
        (&nothing, json!("no-fork-seen"), false),
        (&spoken, seen(here.clone(), "majority", Some("bob")), true),
        (&spoken, seen(here.clone(), "majority", Some("carol")), false),
        (&spoken, seen(here.clone(), "majority", None), false),
        (&spoken, seen(here.clone(), "open", None), false),
        (&contradicted, seen(here, "undecidable", None), true),
        (&nothing, json!({"live": ["alice", "carol"]}), true),
        (&nothing, json!({"live": []}), false),
        (&nothing, json!({"terminated": ["carol"]}), false),
        (&nothing, json!({"terminated": []}), false),
        (&json!([{"terminate": {"of": "carol"}}]), json!({"terminated": ["carol"]}), true),
        (&json!([{"terminate": {"of": "carol"}}]), json!({"live": ["carol"]}), false),
        (&json!([{"terminate": {"of": "carol"}}]), json!({"live": ["bob"]}), true),
        (&json!([{"terminate": {"of": "carol"}}]), json!("no-fork-seen"), true),
    ];
    for (steps, expectation, holds) in rows {
        assert_eq!(otherwise(steps, &expectation).is_empty(), holds, "{steps} {expectation}");
    }
}

#[test]
fn who_is_nowhere_reports_nothing() {
    let mut steps = three();
    steps.as_array_mut().unwrap().insert(0, json!({"report": {"by": "bob"}}));
    assert!(run(&scenario(steps, all_together()), &Seed::new("x"), &Only).unwrap_err().0.contains("in no group"));
}
