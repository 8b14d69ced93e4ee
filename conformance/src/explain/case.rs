use super::subject::Known;
use super::text::{cut, heading, json, octets, wrapped};
use crate::ledger::level_name;
use crate::runner::Worker;
use mimicheck::adapter::Answer;
use mimicheck::adapter::reference::Serving;
use mimicheck::reason;
use mimicheck::vector::{
    About, Case, Dialect, Expect, File, Outcome, Profile, StepRef, Verdict, judge_steps, step_name,
};
use mimicheck::wire::hex;
use serde_json::Value;
use std::fmt::Write;

pub(super) fn page(known: &Known<'_>, file: &File, case: &Case) -> String {
    let mut page = heading(&format!("case {}", case.id));
    page.push_str(&wrapped(&case.comment, 2));
    let about = match case.about {
        About::Receiver => "what a receiver does",
        About::Conformance => "whether these octets conform; it binds a receiver only where it claims to be strict",
    };
    page.push_str(&wrapped(&format!("Level {}; about {about}.", level_name(case.level)), 2));
    rules(&mut page, known, file, case);
    for (place, step) in case.steps().enumerate() {
        if !case.then.is_empty() {
            page.push_str(&heading(&step_name(place, step)));
            page.push_str(&step.comment.map(|c| wrapped(c, 2)).unwrap_or_default());
        }
        input(&mut page, step);
        expected(&mut page, step.expect);
    }
    if case.unconfirmed {
        page.push_str("  unconfirmed: no second implementation has given this answer yet\n");
    }
    contested(&mut page, case);
    reference(&mut page, case);
    page.push_str(&heading("next"));
    if case.input.get("cbor").is_some_and(Value::is_string) {
        let _ = writeln!(page, "  mimicheck inspect --case {}    its message, item by item", case.id);
    }
    let _ = writeln!(page, "  mimicheck run --adapter PROGRAM --run {}    just this one", case.id);
    page
}

fn rules(page: &mut String, known: &Known<'_>, file: &File, case: &Case) {
    page.push_str(&heading("requirements"));
    for id in &case.requirements {
        match known.ledger.find(id) {
            None => page.push_str(&wrapped(&format!("{id}: not in the ledger"), 2)),
            Some(entry) => {
                let head = format!("{id} ({}, binds {})", level_name(entry.level), entry.addressee.name());
                page.push_str(&wrapped(&head, 2));
                page.push_str(&wrapped(&entry.text, 4));
            }
        }
    }
    page.push_str(&heading("why it is hard"));
    for flag in &case.flags {
        let note = file.notes.get(flag);
        let note = note.map_or_else(|| "no note".to_owned(), |n| format!("{} {}", n.bug, n.effect));
        page.push_str(&wrapped(&format!("{flag}: {note}"), 2));
    }
}

/// Members of an input that are octets, and shown in rows.
const OCTETS: [&str; 3] = ["cbor", "fetched", "octets"];

fn input(page: &mut String, step: StepRef<'_>) {
    page.push_str(&heading(&format!("input of {}", step.op)));
    let Some(members) = step.input.as_object() else {
        page.push_str(&json(step.input));
        return;
    };
    let offset = step.expect.offset.and_then(|o| usize::try_from(o).ok());
    for (name, value) in members {
        let decoded = value.as_str().filter(|_| OCTETS.contains(&name.as_str())).map(hex::decode);
        match decoded {
            Some(Ok(found)) => {
                let _ = writeln!(page, "  {name}: {} octets", found.len());
                page.push_str(&octets(&found, offset.filter(|_| name == "cbor" || name == "octets")));
            }
            _ if matches!(value, Value::Object(_) | Value::Array(_)) => {
                let _ = writeln!(page, "  {name}:");
                page.push_str(&json(value));
            }
            _ => page.push_str(&format!("{}\n", cut(&format!("  {name}: {value}")))),
        }
    }
}

fn expected(page: &mut String, expect: &Expect) {
    page.push_str(&heading("expected"));
    let verdict = verdict_name(expect.verdict);
    let mut line = verdict.to_owned();
    if let Some(code) = &expect.reason {
        let text = reason::find(code).map_or("no such reason", reason::Reason::text);
        let _ = write!(line, ", reason {code}: {text}");
    }
    if !expect.also.is_empty() {
        let _ = write!(line, "; just as good: {}", expect.also.join(", "));
    }
    if let Some(offset) = expect.offset {
        let _ = write!(line, "; at offset {offset}");
    }
    page.push_str(&wrapped(&line, 2));
    if let Some(because) = &expect.because {
        page.push_str(&wrapped(&format!("because {because}"), 2));
    }
    if let Some(out) = &expect.out {
        page.push_str(&json(out));
    }
}

fn contested(page: &mut String, case: &Case) {
    if let Some(contested) = &case.contested {
        page.push_str(&heading("contested: never a failure"));
        for reading in &contested.readings {
            page.push_str(&wrapped(&format!("{}: {}", verdict_name(reading.verdict), reading.text), 2));
        }
    }
}

const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accept",
        Verdict::Reject => "reject",
        Verdict::Either => "accept or reject",
    }
}

fn reference(page: &mut String, case: &Case) {
    page.push_str(&heading("what the reference answers now"));
    let dialect = Dialect { reasons: true, offsets: true };
    let asked = Worker::here(Box::new(Serving::default())).ask(case, dialect);
    for (step, answer) in case.steps().zip(&asked.answers) {
        let said = match answer {
            Answer::Ok(out) if Some(out) == step.expect.out.as_ref() => "accepts, with the output above".to_owned(),
            Answer::Ok(out) => format!("accepts: {out}"),
            Answer::Unsupported(why) => format!("unsupported: {why}"),
            Answer::Reject(r) => {
                let code = r.reason.as_deref().unwrap_or("no reason");
                let at = r.offset.map(|o| format!(" at offset {o}")).unwrap_or_default();
                format!("rejects for {code}{at}: {}", r.message.as_deref().unwrap_or("no message"))
            }
        };
        page.push_str(&wrapped(&said, 2));
    }
    let judged = || judge_steps(case, &asked.answers, dialect, Profile::Reference);
    let outcome = match asked.ended.unwrap_or_else(judged) {
        Outcome::Pass | Outcome::Contested { agrees: true, .. } => "as expected".to_owned(),
        Outcome::Contested { what, .. } => format!("differs from what is written down: {what}"),
        Outcome::Fail(what) => format!("NOT as expected: {what}"),
        Outcome::Unsupported(_) => "not judged".to_owned(),
        Outcome::Crash(what) | Outcome::Timeout(what) | Outcome::HarnessError(what) => what,
    };
    page.push_str(&wrapped(&outcome, 2));
}
