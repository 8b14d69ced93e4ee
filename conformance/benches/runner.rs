//! What the runner adds to a case: its time a case, against raw pipe echo to the same program in the same run.
//!
//! The program is this one, started with `noop`: it answers every request without looking at it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::vector::{Case, File};
use mimicheck_conformance::expectations::Expectations;
use mimicheck_conformance::runner::{Job, Judged, Session, Settings, Target, default_workers};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const CASES: usize = 20_000;
const ROUNDS: usize = 5;

fn main() {
    if std::env::args().nth(1).as_deref() == Some("noop") {
        return noop();
    }
    let program = std::env::current_exe().unwrap();
    let vectors = File::parse(include_str!("../tests/data/content/decode.json")).unwrap();
    let case = Arc::new(vectors.cases().nth(1).unwrap().clone());
    let all = default_workers();
    let mut times: Vec<[Duration; 4]> = vec![];
    for _ in 0..ROUNDS {
        // Interleaved, so that a busy machine is busy for all of them.
        times.push([
            raw(&program, &case, 1),
            raw(&program, &case, 64),
            runner(&program, &case, 1),
            runner(&program, &case, all),
        ]);
    }
    let fastest = |i: usize| times.iter().map(|t| t[i]).min().unwrap();
    let [raw, pipelined, one, many] = [0, 1, 2, 3].map(fastest);
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!("raw echo, one request at a time   {raw:>10.1?} a case");
    println!("raw echo, 64 requests at a time   {pipelined:>10.1?} a case");
    println!("runner, 1 worker                  {one:>10.1?} a case  {:.2} × raw", ratio(one, raw));
    println!("runner, {all} workers                 {many:>10.1?} a case  {:.2} × raw", ratio(many, raw));
}

fn noop() {
    let mut out = std::io::stdout().lock();
    let mut line = String::new();
    let mut input = std::io::stdin().lock();
    while input.read_line(&mut line).unwrap() > 0 {
        let id: String = line.chars().skip("{\"id\":".len()).take_while(char::is_ascii_digit).collect();
        let body = if line.contains("\"hello\"") {
            r#""ok":{"name":"noop","version":"1","ops":["content/decode"]}"#
        } else {
            r#""reject":{}"#
        };
        writeln!(out, "{{\"id\":{id},{body}}}").unwrap();
        line.clear();
    }
}

/// Lines written and read back with blocking calls, `batch` at a time: time a line.
fn raw(program: &std::path::Path, case: &Case, batch: usize) -> Duration {
    let mut child = Command::new(program).arg("noop").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let request = format!("{{\"id\":1,\"op\":\"{}\",\"in\":{}}}\n", case.op, case.input).repeat(batch);
    let mut line = String::new();
    let begin = Instant::now();
    let rounds = CASES / batch;
    for _ in 0..rounds {
        stdin.write_all(request.as_bytes()).unwrap();
        for _ in 0..batch {
            line.clear();
            stdout.read_line(&mut line).unwrap();
        }
    }
    let time = begin.elapsed() / u32::try_from(rounds * batch).unwrap();
    drop(stdin);
    child.wait().unwrap();
    time
}

/// The same through the runner: wall-clock time a case.
fn runner(program: &std::path::Path, case: &Arc<Case>, workers: usize) -> Duration {
    let target = Target::parse(&format!("'{}' noop", program.display())).unwrap();
    let settings = Settings { workers, ..Settings::default() };
    let jobs: Vec<Job> =
        (0..CASES).map(|order| Job { order, case: case.clone(), family: "content/decode".into() }).collect();
    let session = Session::start(target, settings).unwrap();
    let (expectations, baseline) = (Expectations::default(), BTreeSet::new());
    let judged = Judged { jobs: &jobs, all: &jobs, expectations: &expectations, baseline: &baseline };
    let begin = Instant::now();
    let run = session.run(judged, &|_| {}).unwrap();
    let time = begin.elapsed() / u32::try_from(CASES).unwrap();
    assert!(!run.failed());
    time
}
