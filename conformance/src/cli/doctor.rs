//! Talks to an adapter as its author would by hand, and says what to do next.

use crate::exit::Exit;
use crate::project::Failure;
use crate::runner::{Command, Event, Limits, Process, Target};
use mimicheck::adapter::{Answer, Hello, Response};
use mimicheck::vector::Outcome;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

mod examples;
mod shape;
mod walks;

const EXAMPLES: &str = "\
Examples:
  mimicheck doctor --adapter ./my-adapter
  mimicheck doctor --adapter 'python3 adapter.py --verbose'
  mimicheck doctor --adapter reference

It stops at the first thing without which nothing else makes sense, and otherwise goes on. Right
answers are not its business: mimicheck run judges those.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The adapter's program or command line
    #[arg(long, short, value_name = "ADAPTER")]
    adapter: String,
    /// Seconds for one answer
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = super::run::seconds)]
    timeout: Duration,
}

const UNKNOWN: &str = "answer \"unsupported\" (\"reject\" will do) to an operation that you do not have, and go on";
const EMPTY: &str = "answer \"reject\" (\"unsupported\" will do) to an \"in\" that lacks a member, and go on";

/// What a step found: what is there, or what is wrong and the next thing to do.
type Found = Result<String, Wrong>;

struct Wrong {
    what: String,
    next: &'static str,
}

fn wrong(what: impl Into<String>, next: &'static str) -> Wrong {
    Wrong { what: what.into(), next }
}

pub(super) fn run(args: &Args, _root: Option<&Path>) -> Result<Exit, Failure> {
    let Target::Program(command) = Target::parse(&args.adapter)?.isolated()? else {
        return Err(Failure::harness("an isolated adapter that is no program"));
    };
    anstream::println!("adapter: {command}");
    let mut process = match Process::spawn(&command) {
        Ok(process) => process,
        Err(failure) => {
            show("starts", &Err(wrong(failure.message, "run the same command in a shell")));
            return Ok(Exit::Adapter);
        }
    };
    show("starts", &Ok(String::new()));
    let hello = match process.hello(args.timeout, "--timeout") {
        Ok(hello) => hello,
        Err(what) => {
            let stderr = process.last_words();
            let what = if stderr.trim().is_empty() { what } else { format!("{what}; stderr:\n{}", stderr.trim_end()) };
            let next = if stderr.trim().is_empty() {
                "write one line: {\"id\":1,\"ok\":{\"name\":…,\"version\":…,\"ops\":[…]}}, with a line feed, and flush it"
            } else {
                "see to what it says on stderr; then answer hello in one line, and flush it"
            };
            show("hello", &Err(wrong(what, next)));
            return Ok(Exit::Adapter);
        }
    };
    show("hello", &Ok(format!("{} {}, {} operations", hello.name, hello.version, hello.ops.len())));
    let patient =
        Patient { command, limits: Limits { start: args.timeout, case: args.timeout }, process: Some(process) };
    Ok(if examine(patient, &hello) { Exit::Ok } else { Exit::Conformance })
}

fn examine(mut patient: Patient, hello: &Hello) -> bool {
    let mut well = show("operations are known", &known(hello));
    for op in &hello.ops {
        if let Some(example) = examples::of(op) {
            well &= show(op, &patient.example(op, &example));
        }
    }
    for walk in walks::WALKS {
        if walk.steps.iter().any(|(op, _)| hello.ops.iter().any(|o| o == op)) {
            well &= show(walk.name, &patient.walk(walk, hello));
        }
    }
    well &= show("an unknown operation", &patient.survives("doctor/unknown", &json!({}), UNKNOWN));
    if let Some((op, input)) = hello.ops.iter().find_map(|op| Some((op, examples::of(op)?.input))) {
        well &= show("an empty input", &patient.survives(op, &json!({}), EMPTY));
        well &= show("two requests at once", &patient.in_order(op, &input));
        well &= show("members it does not know", &patient.ignores_unknown(op, &input));
    }
    if well {
        anstream::println!("\nnext: mimicheck run --adapter '{}'", patient.command.given());
    }
    well
}

fn known(hello: &Hello) -> Found {
    let unknown: Vec<_> = hello.ops.iter().filter(|op| !shape::known(op)).map(String::as_str).collect();
    if hello.ops.is_empty() {
        Err(wrong("\"ops\" is empty: nothing would be asked", "list the operations; start with content/decode"))
    } else if unknown.is_empty() {
        Ok(hello.ops.join(", "))
    } else {
        Err(wrong(format!("unknown: {}", unknown.join(", ")), "spell them as in conformance/README.md"))
    }
}

/// The adapter, started again whenever a step has ended it.
struct Patient {
    command: Command,
    limits: Limits,
    process: Option<Process>,
}

impl Patient {
    fn with<T>(&mut self, step: impl FnOnce(&mut Process, Duration) -> Result<T, Outcome>) -> Result<T, Wrong> {
        let again = "it must start again at any time; keep no state outside the process";
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(&self.command, self.limits).map_err(|f| wrong(f.message, again))?.0,
        };
        match step(&mut process, self.limits.case) {
            Ok(found) => {
                self.process = Some(process);
                Ok(found)
            }
            Err(outcome) => {
                let stderr = process.last_words();
                let what = match outcome {
                    Outcome::Timeout(what) | Outcome::Crash(what) | Outcome::HarnessError(what) => what,
                    other => format!("{other:?}"),
                };
                let what =
                    if stderr.trim().is_empty() { what } else { format!("{what}; stderr:\n{}", stderr.trim_end()) };
                Err(wrong(what, "answer every request with one line of JSON, and flush it"))
            }
        }
    }

    fn example(&mut self, op: &str, example: &examples::Example) -> Found {
        let answer = self.with(|process, longest| process.ask(None, op, &example.input, longest))?;
        match answer {
            Answer::Ok(out) => match shape::wrong(op, &out) {
                Ok(None) => Ok("answers, in the right shape".to_owned()),
                Ok(Some(what)) => Err(wrong(
                    format!("\"ok\" is not in shape: {what}: {}", brief(&out)),
                    "see Operations in conformance/README.md and vectors/schema/operations.schema.json",
                )),
                Err(failure) => Err(wrong(failure.message, "tell the authors of mimicheck")),
            },
            Answer::Reject(r) if example.valid => Err(wrong(
                format!("rejects a valid input: {}", r.message.or(r.reason).unwrap_or_default()),
                "see whether the hex and the member names of \"in\" are read right",
            )),
            Answer::Reject(_) => Ok("rejects, as it may".to_owned()),
            Answer::Unsupported(why) => Err(wrong(
                format!("hello lists it, yet it is unsupported: {why}"),
                "leave it out of \"ops\" until it is there",
            )),
        }
    }

    /// A session, step by step; then it is forgotten.
    fn walk(&mut self, walk: &walks::Walk, hello: &Hello) -> Found {
        let session = "doctor/session";
        let mut said = vec![];
        for (op, input) in walk.steps.iter().filter(|(op, _)| hello.ops.iter().any(|o| o == op)) {
            let input = input(&said);
            let answer = self.with(|process, longest| process.ask(Some(session), op, &input, longest))?;
            let next = "see SESSIONS.md; a session is made by the first operation that names it";
            match answer {
                Answer::Ok(out) => match shape::wrong(op, &out) {
                    Ok(None) => said.push(out),
                    Ok(Some(what)) => {
                        return Err(wrong(format!("{op}: \"ok\" is not in shape: {what}: {}", brief(&out)), next));
                    }
                    Err(failure) => return Err(wrong(failure.message, "tell the authors of mimicheck")),
                },
                Answer::Reject(r) => {
                    let why = r.message.or(r.reason).unwrap_or_default();
                    return Err(wrong(format!("{op}: rejects a valid input: {why}"), next));
                }
                Answer::Unsupported(why) => {
                    let next = "leave it out of \"ops\" until it is there";
                    return Err(wrong(format!("{op}: hello lists it, yet it is unsupported: {why}"), next));
                }
            }
        }
        self.with(|process, longest| process.ask(Some(session), "end", &Value::Null, longest))?;
        Ok(format!("{} steps, in the right shape", said.len()))
    }

    /// It may refuse it either way, and must be there afterwards.
    fn survives(&mut self, op: &str, input: &Value, next: &'static str) -> Found {
        let asked = self.with(|process, longest| process.ask(None, op, input, longest));
        match asked.map_err(|found| Wrong { next, ..found })? {
            Answer::Ok(_) => Err(wrong("accepted", next)),
            Answer::Reject(_) | Answer::Unsupported(_) => Ok("survives".to_owned()),
        }
    }

    fn in_order(&mut self, op: &str, input: &Value) -> Found {
        let ids = [1001, 1002];
        let lines = ids.map(|id| line(&json!({"id": id, "op": op, "in": input})));
        let answers = self.raw(lines.concat(), ids.len())?;
        if answers.iter().map(|r| r.id).eq(ids) {
            Ok("answers in order".to_owned())
        } else {
            let given: Vec<_> = answers.iter().map(|r| r.id.to_string()).collect();
            Err(wrong(
                format!("ids {} for requests 1001, 1002", given.join(", ")),
                "answer one request before reading the next",
            ))
        }
    }

    fn ignores_unknown(&mut self, op: &str, input: &Value) -> Found {
        let mut more = input.clone();
        if let Some(object) = more.as_object_mut() {
            object.insert("doctor".to_owned(), json!(1));
        }
        let plain = line(&json!({"id": 1003, "op": op, "in": input}));
        let with_more = line(&json!({"id": 1004, "op": op, "in": more, "doctor": {}}));
        let answers = self.raw([plain, with_more].concat(), 2)?;
        match answers.as_slice() {
            [Response { answer: plain, .. }, Response { answer: with_more, .. }] if plain == with_more => {
                Ok("ignores them".to_owned())
            }
            _ => Err(wrong("answers otherwise when they are there", "ignore members that you do not know")),
        }
    }

    fn raw(&mut self, lines: Vec<u8>, answers: usize) -> Result<Vec<Response>, Wrong> {
        self.with(|process, longest| {
            process.send(lines);
            let read = |_| match process.receive(longest) {
                None => Err(Outcome::Timeout(process.late("no answer", longest, "--timeout"))),
                Some(Event::Line(line)) => {
                    let text = String::from_utf8_lossy(&line);
                    Response::parse(&text)
                        .map_err(|e| Outcome::Crash(format!("garbage on stdout, {e}: {}", clean(&text))))
                }
                Some(_) => Err(Outcome::Crash("the output ended".to_owned())),
            };
            (0..answers).map(read).collect()
        })
    }
}

fn line(request: &Value) -> Vec<u8> {
    format!("{request}\n").into_bytes()
}

fn brief(value: &Value) -> String {
    clean(&value.to_string())
}

/// Text of another program, for one line of a terminal.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Shows a step and returns whether it went well.
fn show(step: &str, found: &Found) -> bool {
    let good = anstyle::AnsiColor::Green.on_default();
    let bad = anstyle::AnsiColor::Red.on_default();
    let plain = |text: &str| text.chars().filter(|c| !c.is_control() || *c == '\n').take(4000).collect::<String>();
    match found {
        Ok(what) => anstream::println!("{good}✓{good:#} {:24} {}", plain(step), plain(what)),
        Err(Wrong { what, next }) => {
            anstream::println!("{bad}✗{bad:#} {:24} {}\n  next: {next}", plain(step), plain(what));
        }
    }
    found.is_ok()
}
