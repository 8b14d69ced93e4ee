//! The cases as JSON inside the page.

use crate::report::model::{CaseResult, Report};
use crate::report::text;
use mimicheck::adapter::Answer;
use mimicheck::vector::{StepRef, step_name};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Octets of an input that the page holds; around the offset when there are more.
const OCTETS: usize = 2048;

/// Characters of any other text, and of an output, that the page holds.
const TEXT: usize = 8192;

/// What the script reads, as text that is safe inside a `script` element.
pub(super) fn embed(report: &Report, ledger: &BTreeMap<String, String>) -> String {
    let mut cases = BTreeMap::<&str, (&CaseResult, Vec<Value>)>::new();
    for (number, run) in report.runs.iter().enumerate() {
        for result in &run.results {
            let results = &mut cases.entry(&result.case.id).or_insert((result, vec![])).1;
            results.push(answer(number, result));
        }
    }
    let cited: BTreeSet<&String> = cases.values().flat_map(|(r, _)| &r.case.requirements).collect();
    let rules: Map<String, Value> =
        cited.into_iter().filter_map(|id| Some((text::line(id), Value::from(text::plain(ledger.get(id)?))))).collect();
    let cases: Vec<Value> = cases.into_values().map(|(first, results)| case(first, results)).collect();
    safe(&json!({"names": text::names(report), "rules": rules, "cases": cases}).to_string())
}

/// JSON in which nothing can end the element that holds it, or be read as markup.
fn safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn case(first: &CaseResult, results: Vec<Value>) -> Value {
    let case = &first.case;
    let readings = case.contested.iter().flat_map(|c| &c.readings);
    let readings: Vec<_> = readings.map(|r| json!({"text": text::line(&r.text), "verdict": r.verdict})).collect();
    json!({
        "id": text::line(&case.id),
        "family": text::line(&first.family),
        "comment": text::line(&text::cut(&case.comment, TEXT)),
        "flags": case.flags.iter().map(|f| text::line(f)).collect::<Vec<_>>(),
        "rules": case.requirements.iter().map(|r| text::line(r)).collect::<Vec<_>>(),
        "level": case.level,
        "about": case.about,
        "op": text::line(&case.op),
        "octets": octets(case.step(0)),
        "input": rest(case.step(0)),
        "steps": case.steps().enumerate().skip(1).map(|(place, step)| one_step(place, step)).collect::<Vec<_>>(),
        "expect": text::expected(&case.expect),
        "out": case.expect.out.as_ref().map(pretty),
        "because": case.expect.because.as_deref().map(text::line),
        "readings": readings,
        "unconfirmed": case.unconfirmed,
        "results": results,
    })
}

/// A further step of a session.
fn one_step(place: usize, step: StepRef<'_>) -> Value {
    json!({
        "name": step_name(place, step),
        "comment": step.comment.map(text::line),
        "input": rest(step),
        "expect": text::expected(step.expect),
        "out": step.expect.out.as_ref().map(pretty),
    })
}

fn answer(number: usize, result: &CaseResult) -> Value {
    let out = match result.answer() {
        Some(Answer::Ok(out)) => Some(pretty(out)),
        _ => None,
    };
    json!({
        "run": number,
        "verdict": result.verdict.name(),
        "label": text::label(result.verdict),
        "what": text::what(result),
        "because": result.because.as_deref().map(|b| text::line(&text::cut(b, TEXT))),
        "answer": text::answered(result.answer()),
        "out": out,
        "stderr": text::stderr(result),
        "time": text::duration(result.duration),
    })
}

/// The input's octets from `from` on, out of `total`, and which to mark.
fn octets(step: StepRef<'_>) -> Option<Value> {
    let hex = step.input.get("cbor")?.as_str().filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let total = hex.len() / 2;
    let mark = step.expect.offset.and_then(|o| usize::try_from(o).ok()).filter(|o| *o <= total);
    let start = mark.unwrap_or_default().saturating_sub(OCTETS / 2).min(total.saturating_sub(OCTETS));
    let from = start / 16 * 16;
    let end = from.saturating_add(OCTETS).min(total);
    Some(json!({"hex": hex.get(from * 2..end * 2)?, "from": from, "total": total, "mark": mark}))
}

/// The input without the octets that are shown as such; absent when that is all there is.
fn rest(step: StepRef<'_>) -> Option<String> {
    let mut input = step.input.clone();
    if octets(step).is_some() {
        input.as_object_mut()?.remove("cbor");
    }
    let empty = input.as_object().is_some_and(Map::is_empty);
    (!empty).then(|| pretty(&input))
}

fn pretty(value: &Value) -> String {
    text::plain(&text::cut(&format!("{value:#}"), TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use std::sync::Arc;

    #[test]
    fn hostile_text_cannot_leave_the_element() {
        let ledger = BTreeMap::from([(fixture::EVIL.to_owned(), fixture::EVIL.to_owned())]);
        let text = embed(&fixture::hostile(), &ledger);
        assert!(!text.contains(['<', '>', '&']));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["cases"].as_array().unwrap().len(), 10);
        assert_eq!(value["rules"].as_object().unwrap().len(), 1);
        assert!(text.len() < 1_000_000, "a long stderr is cut: {}", text.len());
    }

    #[test]
    fn a_case_is_held_once_with_every_answer() {
        let value: Value = serde_json::from_str(&embed(&fixture::report(), &BTreeMap::new())).unwrap();
        let cases = value["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 10);
        let salt = cases.iter().find(|c| c["id"] == "content/decode/salt-15-octets").unwrap();
        assert_eq!(salt["results"].as_array().unwrap().len(), 2);
        assert_eq!(salt["octets"]["mark"], 1);
    }

    #[test]
    fn long_inputs_are_shown_around_the_offset() {
        let mut case = mimicheck::vector::Case::clone(&Arc::clone(&fixture::report().runs[0].results[1].case));
        for (total, offset, from, held) in
            [(9, 9, 0, 9), (9000, 0, 0, 2048), (9000, 5000, 3968, 2048), (9000, 9000, 6944, 2048)]
        {
            case.input = json!({"cbor": "ab".repeat(total)});
            case.expect.offset = Some(offset);
            let octets = octets(case.step(0)).unwrap();
            assert_eq!(octets["from"], from, "{total} {offset}");
            assert_eq!(octets["hex"].as_str().unwrap().len(), held * 2);
            assert_eq!(octets["mark"], offset);
        }
    }
}
