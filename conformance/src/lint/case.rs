//! Rules for one case.

use super::{Problem, Source};
use crate::ledger::Ledger;
use mimicheck::adapter::stateful;
use mimicheck::reason;
use mimicheck::vector::{Case, File, StepRef, Verdict};
use mimicheck::wire::hex;
use serde_json::Value;
use std::collections::BTreeSet;

/// The flag of a case whose input is wrong on purpose.
const MALFORMED_INPUT: &str = "malformed-input";

pub(super) fn rules(source: &Source, file: &File, case: &Case, ledger: &Ledger) -> Vec<Problem> {
    let mut found = vec![];
    let mut add = |rule, what: String, mend| {
        found.push(Problem { file: source.path.clone(), case: Some(case.id.clone()), rule, what, mend });
    };
    let name = case.id.strip_prefix(&file.family).and_then(|n| n.strip_prefix('/'));
    if !name.is_some_and(is_slug) {
        let what = format!("the id is not {}/name with a name of lower-case words and hyphens", file.family);
        add("id", what, "rename the case before it is published");
    }
    for flag in case.flags.iter().filter(|f| !file.notes.contains_key(*f)) {
        add("flag", format!("no note explains the flag {flag}"), "add it to the family's notes");
    }
    for id in case.requirements.iter().filter(|id| ledger.find(id).is_none()) {
        add(
            "requirement",
            format!("names {id}, which no ledger has"),
            "mimicheck requirements --json - lists every id",
        );
    }
    for code in case.steps().flat_map(|s| s.expect.reason.iter().chain(&s.expect.also)) {
        if reason::find(code).is_none() {
            add("reason", format!("expects {code}, which is no reason code"), "mimicheck list reasons shows them all");
        } else if code == reason::content::BAD_INPUT.code() && !is_malformed(case) {
            let what = format!("expects {code}, which only a wrong input can give");
            add("reason", what, "expect the reason of the document, or flag the case malformed-input");
        }
    }
    if case.steps().any(|s| s.expect.reason.as_ref().is_some_and(|r| s.expect.also.contains(r))) {
        add("reason", "lists its reason in `also` again".into(), "drop it from `also`");
    }
    if let Some(what) = readings(case) {
        add("contested", what, "let readings differ in verdict or output, the reference's first, or say `because`");
    }
    let open = |id: &String| ledger.find(id).is_some_and(|entry| !entry.contested.is_empty());
    if case.contested.is_some() && !case.requirements.iter().any(open) {
        add(
            "contested-entry",
            "contested, and names no entry of a ledger that is".into(),
            "name the entry with the readings, or write it; src/vector/families/open.rs has a table",
        );
    }
    if !is_malformed(case) {
        for (place, step) in case.steps().enumerate() {
            octets(step.input, &at(place, "in"), &mut |place, why| {
                add("hex", format!("{place} is {why}"), "octets are lower-case hex, two digits each");
            });
        }
    }
    if !case.then.is_empty() && !case.steps().all(|step| stateful(step.op)) {
        add("session", "steps of a session that are not stateful".into(), "make them cases of their own");
    }
    for what in case.steps().filter_map(offset) {
        add("offset", what, "an offset counts octets of in.cbor or in.octets, from 0 to its length");
    }
    found
}

/// A member of a step, as a path.
fn at(place: usize, member: &str) -> String {
    place.checked_sub(1).map_or_else(|| member.to_owned(), |further| format!("then[{further}].{member}"))
}

fn is_slug(name: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(word)
}

fn is_malformed(case: &Case) -> bool {
    case.flags.iter().any(|f| f == MALFORMED_INPUT)
}

/// Readings that do not make a case contested, in words.
fn readings(case: &Case) -> Option<String> {
    let readings = &case.contested.as_ref()?.readings;
    let texts: BTreeSet<&str> = readings.iter().map(|r| r.text.as_str()).collect();
    let verdicts: BTreeSet<Verdict> = readings.iter().map(|r| r.verdict).collect();
    if readings.len() < 2 || texts.len() < readings.len() {
        return Some(format!("contested with {} different readings", texts.len()));
    }
    if readings.first().map(|r| r.verdict) != Some(case.verdict()) {
        return Some("the first reading, the reference's, is not the verdict that is expected".into());
    }
    let outputs_differ =
        verdicts.contains(&Verdict::Accept) && case.steps().any(|s| s.expect.out.as_ref().is_some_and(has_members));
    if verdicts.len() < 2 && !outputs_differ && case.steps().all(|s| s.expect.because.is_none()) {
        return Some("all readings come to the same".into());
    }
    None
}

fn has_members(out: &Value) -> bool {
    out.as_object().is_some_and(|o| !o.is_empty())
}

/// Members that are octets wherever they are texts.
const OCTETS: [&str; 18] = [
    "cbor",
    "fetched",
    "octets",
    "request",
    "message",
    "welcome",
    "ratchet_tree",
    "group_info",
    "key_package",
    "data",
    "group_id",
    "partition_key",
    "next_partition_key",
    "identity",
    "exporter_secret",
    "signature_priv",
    "encryption_priv",
    "init_priv",
];
/// Members that are always octets.
const ALWAYS: [&str; 3] = ["cbor", "fetched", "octets"];

/// Finds members that should be octets and are not, however deep they lie.
fn octets(value: &Value, place: &str, wrong: &mut impl FnMut(String, String)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let place = format!("{place}.{name}");
                match (name.as_str(), member) {
                    (name, Value::String(text)) if OCTETS.contains(&name) => {
                        if let Err(e) = hex::decode(text) {
                            wrong(place, e.to_string());
                        }
                    }
                    (name, _) if ALWAYS.contains(&name) => wrong(place, "no text".into()),
                    _ => octets(member, &place, wrong),
                }
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                octets(item, &format!("{place}[{i}]"), wrong);
            }
        }
        _ => {}
    }
}

fn offset(step: StepRef<'_>) -> Option<String> {
    let offset = step.expect.offset?;
    let Some(octets) = step.input.get("cbor").or_else(|| step.input.get("octets")).and_then(Value::as_str) else {
        return Some(format!("expects offset {offset}, but has no single document"));
    };
    let length = octets.len() / 2;
    let within = usize::try_from(offset).is_ok_and(|o| o <= length);
    (!within).then(|| format!("expects offset {offset} in {length} octets"))
}
