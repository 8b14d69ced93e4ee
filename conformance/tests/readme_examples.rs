//! Every operation has a worked example in `conformance/README.md`, and the reference gives its answer.

use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Implementation, Request, Response};
use serde_json::Value;
use std::collections::BTreeSet;

/// The lines `→ …` and `← …` of the page, continuation lines joined: six spaces in front are none of the text's.
fn exchanges(page: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = vec![];
    let mut in_answer = None;
    for line in page.lines() {
        let text = line.trim();
        if let Some(request) = text.strip_prefix('→') {
            found.push((request.to_owned(), String::new()));
            in_answer = Some(false);
        } else if let (Some(answer), Some(last)) = (text.strip_prefix('←'), found.last_mut()) {
            last.1.push_str(answer);
            in_answer = Some(true);
        } else if text.is_empty() || !line.starts_with("    ") {
            in_answer = None;
        } else if let (Some(in_answer), Some((request, answer))) = (in_answer, found.last_mut()) {
            let more = line.strip_prefix("      ").unwrap_or(text).trim_end();
            if in_answer { answer } else { request }.push_str(more);
        }
    }
    found
}

#[test]
fn every_operation_has_an_example_that_the_reference_answers() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let operations = page.split("## Operations").nth(1).unwrap();
    let mut reference = Reference;
    let mut shown = BTreeSet::new();
    for (request, answer) in exchanges(operations) {
        let request: Request = serde_json::from_str(&request).unwrap_or_else(|e| panic!("{e}: {request}"));
        let expected = Response::parse(&answer).unwrap_or_else(|e| panic!("{e}: {answer}"));
        let given = Response { id: request.id, answer: reference.answer(&request.op, &request.input) };
        let (given, expected): (Value, Value) =
            (serde_json::to_value(given).unwrap(), serde_json::to_value(expected).unwrap());
        assert_eq!(given, expected, "{}: the reference says\n{given}", request.op);
        shown.insert(request.op);
    }
    let all: BTreeSet<String> = reference.hello().ops.into_iter().collect();
    assert_eq!(shown, all);
}
