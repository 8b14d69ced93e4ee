//! The runner against adapters that misbehave in every way that the protocol has a verdict for.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mimicheck::vector::{File, Outcome, Profile};
use mimicheck_conformance::exit::Exit;
use mimicheck_conformance::expectations::{self, Expectations};
use mimicheck_conformance::report::{Final, Run};
use mimicheck_conformance::runner::{Job, Judged, Limits, Session, Settings, Target, jobs};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

const VECTORS: &str = include_str!("data/content/decode.json");

/// An adapter that answers the test vectors rightly, but for what `MISCHIEF` does to a case.
const ADAPTER: &str = r#"
import json, os, sys, time
OPS = ["content/decode"]
def say(o): sys.stdout.write(json.dumps(o) + "\n"); sys.stdout.flush()
def mischief(request, case): pass
MISCHIEF
for line in sys.stdin:
    request = json.loads(line)
    i = request["id"]
    if request["op"] == "hello":
        say({"id": i, "ok": {"name": "mischief", "version": "1", "ops": OPS}})
        continue
    cbor = bytes.fromhex(request["in"]["cbor"])
    if mischief(request, cbor): continue
    if len(cbor) == 27 and cbor[0] == 0x87 and cbor[1] == 0x50:
        say({"id": i, "ok": {"message": {"salt": cbor[2:18].hex(), "replaces": None, "topic_id": "", "expires": None,
            "in_reply_to": None, "extensions": [],
            "body": {"disposition": 1, "language": "", "cardinality": "null"}}}})
    else:
        say({"id": i, "reject": {"message": "no"}})
"#;

fn all() -> Vec<Job> {
    jobs(&[File::parse(VECTORS).unwrap()])
}

fn settings(workers: usize) -> Settings {
    let limits = Limits { start: Duration::from_secs(20), case: Duration::from_secs(2) };
    Settings { workers, limits, fail_fast: false, profile: Some(Profile::Strict) }
}

fn script(dir: &Path, text: &str) -> Target {
    let path = dir.join("adapter.py");
    std::fs::write(&path, text).unwrap();
    Target::parse(path.to_str().unwrap()).unwrap()
}

fn run(target: Target, settings: Settings, expectations: &Expectations, baseline: &BTreeSet<String>) -> Run {
    let all = all();
    let session = Session::start(target, settings).unwrap();
    session.run(Judged { jobs: &all, all: &all, expectations, baseline }, &|_| {}).unwrap()
}

/// One worker, and the mischief is done to the case `salt-15-octets`, the third of five.
fn with(mischief: &str) -> Run {
    let dir = tempfile::tempdir().unwrap();
    let body =
        format!("def mischief(request, cbor):\n    if cbor[:1] != b'\\x87' or cbor[1] != 0x4f: return\n{mischief}");
    let target = script(dir.path(), &ADAPTER.replace("MISCHIEF", &body));
    let run = run(target, settings(1), &Expectations::default(), &BTreeSet::new());
    for (i, result) in run.results.iter().enumerate().filter(|(i, _)| *i != 2) {
        let right = if i == 4 { Final::ContestedAgrees } else { Final::Pass };
        assert_eq!(result.verdict, right, "{}: {:?}", result.case.id, result.outcome);
    }
    assert_eq!(run.results.len(), 5);
    run
}

fn crash(run: &Run) -> &str {
    match &run.results[2].outcome {
        Outcome::Crash(what) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_good_adapter_passes_whatever_the_workers() {
    for workers in [1, 3, 50] {
        let dir = tempfile::tempdir().unwrap();
        let target = script(dir.path(), &ADAPTER.replace("MISCHIEF", ""));
        let run = run(target, settings(workers), &Expectations::default(), &BTreeSet::new());
        let ids: Vec<_> = run.results.iter().map(|r| r.case.id.clone()).collect();
        assert_eq!(ids, all().iter().map(|j| j.case.id.clone()).collect::<Vec<_>>(), "in the order of the cases");
        assert!(!run.failed());
        assert_eq!(run.counts().get(&Final::Pass), Some(&4));
    }
}

#[test]
fn a_crash_is_the_verdict_of_its_case_with_status_and_stderr() {
    let run = with("    sys.stderr.write('last words\\n'); sys.stderr.flush(); os._exit(7)");
    assert!(crash(&run).contains("exit status: 7"), "{}", crash(&run));
    assert_eq!(run.results[2].stderr, "last words\n");
    assert_eq!(run.results[1].stderr, "");
}

#[test]
fn a_hang_is_a_timeout() {
    let run = with("    time.sleep(1000)");
    let what = Outcome::Timeout("no answer within 2 s (--timeout)".to_owned());
    assert_eq!(run.results[2].outcome, what);
    assert!(run.results[2].duration >= Duration::from_secs(2));
}

#[test]
fn an_answer_without_line_end_is_a_timeout_that_says_so() {
    let run = with("    sys.stdout.write('{\"id\":4,\"ok\":{}}'); sys.stdout.flush(); return True");
    let what = "no answer within 2 s (--timeout); 16 octets came, no line end";
    assert_eq!(run.results[2].outcome, Outcome::Timeout(what.to_owned()));
}

#[test]
fn garbage_is_a_crash_that_quotes_the_line() {
    let run = with("    print('Segmentation fault?', flush=True); return True");
    assert!(crash(&run).contains("not JSON") && crash(&run).contains("`Segmentation fault?`"), "{}", crash(&run));
    let run = with("    sys.stdout.buffer.write(b'\\xff\\n'); sys.stdout.flush(); return True");
    assert!(crash(&run).contains("UTF-8"), "{}", crash(&run));
    let run = with("    say({'id': request['id'], 'ok': 1, 'reject': {}}); return True");
    assert!(crash(&run).contains("exactly one"), "{}", crash(&run));
    let run = with("    print('a\\\\b \"c\" \\x1b[31m', flush=True); return True");
    assert!(crash(&run).contains("`a\\b \"c\" \\u{1b}[31m`"), "{}", crash(&run));
    let run = with("    print('x' * 100000, flush=True); return True");
    assert!(crash(&run).len() < 1000, "{}", crash(&run).len());
}

#[test]
fn a_wrong_id_is_garbage() {
    let run = with("    say({'id': request['id'] + 1, 'reject': {}}); return True");
    assert!(crash(&run).contains("\"id\" is 5 and must be the request's, 4"), "{}", crash(&run));
}

#[test]
fn a_partial_line_is_a_crash() {
    let run = with("    sys.stdout.write('{\"id\":'); sys.stdout.flush(); os._exit(0)");
    assert!(
        crash(&run).contains("in the middle of a line (6 octets came, no line end): `{\"id\":`"),
        "{}",
        crash(&run)
    );
}

#[test]
fn a_closed_stdout_is_a_crash() {
    let run = with("    os.close(1); time.sleep(1000)");
    assert!(crash(&run).contains("closed its stdout"), "{}", crash(&run));
}

#[test]
fn an_endless_line_is_bounded() {
    let run = with("    while True: sys.stdout.write('x' * 65536)");
    assert!(crash(&run).contains("a line of more than 16777216 octets"), "{}", crash(&run));
}

#[test]
fn a_stderr_flood_blocks_nobody_and_is_cut() {
    let run = with("    sys.stderr.write('flood ' * 1000000 + 'end'); sys.stderr.flush(); time.sleep(0.2)");
    assert_eq!(run.results[2].verdict, Final::Pass);
    let stderr = &run.results[2].stderr;
    assert!(stderr.len() < 20_000 && stderr.contains("octets earlier") && stderr.ends_with("end"), "{}", stderr.len());
}

#[test]
fn a_stdout_flood_blocks_nobody() {
    let run = with("    sys.stdout.write('{}\\n' * 1000000)");
    assert!(crash(&run).contains("garbage"), "{}", crash(&run));
}

#[test]
fn an_adapter_that_never_reads_large_requests_times_out() {
    // Says hello unasked, then sleeps: a request larger than a pipe must not block the runner.
    let dir = tempfile::tempdir().unwrap();
    let hello = r#"{"id":1,"ok":{"name":"deaf","version":"1","ops":["content/decode"]}}"#;
    let target = script(
        dir.path(),
        &format!("import time, sys\nsys.stdin.readline()\nprint('{hello}', flush=True)\ntime.sleep(1000)\n"),
    );
    let mut all = all();
    let mut case = (*all[1].case).clone();
    case.input = serde_json::json!({"cbor": "00".repeat(1 << 20)});
    all[1].case = case.into();
    let mut settings = settings(1);
    settings.limits.case = Duration::from_millis(300);
    let begin = Instant::now();
    let session = Session::start(target, settings).unwrap();
    let expectations = Expectations::default();
    let judged = Judged { jobs: &all[1..2], all: &all, expectations: &expectations, baseline: &BTreeSet::new() };
    let run = session.run(judged, &|_| {}).unwrap();
    assert!(matches!(run.results[0].outcome, Outcome::Timeout(_)), "{:?}", run.results[0].outcome);
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn large_requests_arrive_whole() {
    let dir = tempfile::tempdir().unwrap();
    let target = script(dir.path(), &ADAPTER.replace("MISCHIEF", "OPS.append('large')"));
    let mut all = all();
    for (i, job) in all.iter_mut().enumerate().filter(|(i, _)| i % 2 == 1) {
        let mut case = (*job.case).clone();
        case.input = serde_json::json!({"cbor": "00".repeat(i << 20)});
        job.case = case.into();
    }
    let session = Session::start(target, settings(1)).unwrap();
    let expectations = Expectations::default();
    let judged = Judged { jobs: &all, all: &all, expectations: &expectations, baseline: &BTreeSet::new() };
    assert!(!session.run(judged, &|_| {}).unwrap().failed());
}

#[test]
fn what_does_not_start_is_exit_3_with_its_stderr() {
    let dir = tempfile::tempdir().unwrap();
    for (text, says) in [
        ("import sys; sys.exit('no licence')", "no licence"),
        ("print('welcome', flush=True)\nimport time; time.sleep(1000)", "`welcome`"),
        ("import time; time.sleep(1000)", "no answer to hello within"),
        ("import sys\nsys.stdin.readline()\nprint('{\"id\":1,\"ok\":{\"name\":\"x\"}}', flush=True)", "version"),
        (
            "import sys\nsys.stdin.readline()\nprint('{\"id\":1,\"unsupported\":\"protocol 1\"}', flush=True)",
            "protocol 1",
        ),
    ] {
        let mut settings = settings(1);
        settings.limits.start = Duration::from_secs(3);
        let failure = Session::start(script(dir.path(), text), settings).unwrap_err();
        assert_eq!(failure.exit, Exit::Adapter);
        assert!(failure.message.contains(says), "{}", failure.message);
    }
}

#[test]
fn an_adapter_that_starts_once_leaves_no_case_without_verdict() {
    let dir = tempfile::tempdir().unwrap();
    let once = "mark = sys.argv[0] + '.mark'\nif os.path.exists(mark): sys.exit('only once')\nopen(mark, 'w').close()\n\
                def mischief(request, cbor): os._exit(1)";
    let target = script(dir.path(), &ADAPTER.replace("MISCHIEF", once));
    let run = run(target, settings(2), &Expectations::default(), &BTreeSet::new());
    assert_eq!(run.results.len(), 5);
    assert!(run.results.iter().all(|r| r.verdict == Final::Crash));
    assert!(run.results[1..].iter().all(|r| format!("{:?}", r.outcome).contains("not asked")));
}

#[test]
fn an_operation_that_hello_does_not_list_is_never_sent() {
    let dir = tempfile::tempdir().unwrap();
    let body = "OPS = ['content/encode']\ndef mischief(request, cbor): os._exit(1)";
    let target = || script(dir.path(), &ADAPTER.replace("MISCHIEF", body));
    let quiet = run(target(), settings(1), &Expectations::default(), &BTreeSet::new());
    assert_eq!(quiet.counts().get(&Final::Unsupported), Some(&5));
    assert!(!quiet.failed());
    // What passed before and is unsupported now fails.
    let baseline = BTreeSet::from(["content/decode/empty".to_owned()]);
    let worse = run(target(), settings(1), &Expectations::default(), &baseline);
    assert_eq!(worse.counts().get(&Final::Fail), Some(&1));
    assert!(worse.failed());
}

fn expect(list: &str) -> Expectations {
    let file = format!(r#"{{"adapter":"mischief","expectations":{list}}}"#);
    Expectations::new(serde_json::from_str(&file).unwrap()).unwrap()
}

#[test]
fn expectations_are_strict_both_ways_and_go_stale() {
    let dir = tempfile::tempdir().unwrap();
    let body = "def mischief(request, cbor):\n    if cbor == b'': say({'id': request['id'], 'ok': {}}); return True";
    let target = || script(dir.path(), &ADAPTER.replace("MISCHIEF", body));
    let with = |list: &str| run(target(), settings(1), &expect(list), &BTreeSet::new());

    let plain = with("[]");
    assert_eq!(plain.results[1].verdict, Final::Fail);
    // What a run writes down is what makes the next one pass.
    let written = Expectations::new(expectations::from_run(&plain)).unwrap();
    assert_eq!(written.unreviewed(), 1);
    let again = run(target(), settings(1), &written, &BTreeSet::new());
    assert!(!again.failed() && again.stale.is_empty());
    assert_eq!(again.results[1].because.as_deref(), Some(expectations::UNREVIEWED));

    let wide = with(r#"[{"cases":"content/*","outcome":"fail","because":"b"}]"#);
    assert_eq!(wide.results[1].verdict, Final::ExpectedFailure);
    assert_eq!(wide.counts().get(&Final::UnexpectedPass), Some(&3));
    assert!(wide.failed() && wide.stale.is_empty());

    let gone = with(
        r#"[{"cases":"*/empty","outcome":"fail","because":"b"},{"cases":"gone/*","outcome":"fail","because":"b"}]"#,
    );
    assert!(!gone.failed());
    assert!(gone.stale.len() == 1 && gone.stale[0].starts_with("gone/*: no case"), "{:?}", gone.stale);

    let fixed = with(
        r#"[{"cases":"*/empty","outcome":"fail","because":"b"},{"cases":"*/salt-*","outcome":"crash","because":"b"}]"#,
    );
    assert!(fixed.failed() && fixed.stale.len() == 1, "{:?}", fixed.stale);
}

#[test]
fn fail_fast_stops() {
    let dir = tempfile::tempdir().unwrap();
    let body = "def mischief(request, cbor):\n    if cbor == b'': say({'id': request['id'], 'ok': {}}); return True";
    let mut settings = settings(1);
    settings.fail_fast = true;
    let target = || script(dir.path(), &ADAPTER.replace("MISCHIEF", body));
    assert_eq!(run(target(), settings, &Expectations::default(), &BTreeSet::new()).results.len(), 2);
    // An expected failure stops nothing.
    let known = expect(r#"[{"cases":"*/empty","outcome":"fail","because":"b"}]"#);
    assert_eq!(run(target(), settings, &known, &BTreeSet::new()).results.len(), 5);
}

#[test]
fn the_reference_passes_in_this_process() {
    let run = run(Target::parse("reference").unwrap(), settings(2), &Expectations::default(), &BTreeSet::new());
    for result in &run.results {
        assert!(!result.verdict.fails(), "{}: {:?}", result.case.id, result.outcome);
    }
    assert_eq!(run.counts().get(&Final::Pass), Some(&4));
}
