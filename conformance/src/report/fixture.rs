//! A made-up report with all ten verdicts, and one full of hostile text.

use super::model::{CaseResult, Final, Report, Run};
use mimicheck::adapter::{Answer, Hello, Rejection};
use mimicheck::vector::{About, Case, Contested, Expect, Level, Outcome, Profile, Reading, Verdict};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const DECODE: &str = "content/decode";
const THREAD: &str = "content/thread";

fn case(id: &str, comment: &str, verdict: Verdict) -> Case {
    let reject = verdict == Verdict::Reject;
    let family = if id.starts_with(THREAD) { THREAD } else { DECODE };
    Case {
        id: id.to_owned(),
        comment: comment.to_owned(),
        flags: vec!["salt-length".to_owned()],
        requirements: vec!["content-08:4.1:salt-16".to_owned()],
        level: if family == THREAD { Level::Should } else { Level::Must },
        about: About::Receiver,
        op: family.to_owned(),
        input: json!({"cbor": format!("874f{}40f6f6f6a08301606 00", "5e".repeat(15)).replace(' ', "")}),
        expect: Expect {
            or: vec![],
            sealed: None,
            verdict,
            out: (verdict == Verdict::Accept).then(|| json!({"message": {"salt": "5e", "expires": null}})),
            reason: reject.then(|| "salt-length".to_owned()),
            also: vec![],
            offset: reject.then_some(1),
            because: (verdict == Verdict::Either).then(|| "both are allowed".to_owned()),
        },
        then: vec![],
        contested: None,
        unconfirmed: false,
    }
}

fn result(case: Case, outcome: Outcome, verdict: Final, answer: Option<Answer>, micros: u64) -> CaseResult {
    CaseResult {
        family: Arc::from(case.op.as_str()),
        case: Arc::new(case),
        outcome,
        verdict,
        because: None,
        answers: answer.into_iter().collect(),
        stderr: String::new(),
        duration: Duration::from_micros(micros),
    }
}

fn rejection(reason: &str, offset: u64) -> Answer {
    Answer::Reject(Rejection { reason: Some(reason.into()), message: Some("no".into()), offset: Some(offset) })
}

fn contested(mut case: Case) -> Case {
    case.contested = Some(Contested {
        readings: vec![
            Reading { text: "4.1 leaves no room".into(), verdict: Verdict::Reject },
            Reading { text: "9.1 leaves it to the receiver".into(), verdict: Verdict::Accept },
        ],
    });
    case
}

fn hello(name: &str, language: &str) -> Hello {
    Hello {
        name: name.into(),
        version: "1.2.0".into(),
        language: language.into(),
        ops: vec![DECODE.into(), THREAD.into()],
        reasons: true,
        offsets: false,
    }
}

fn run(adapter: &str, hello: Hello, profile: Profile, results: Vec<CaseResult>) -> Run {
    Run {
        adapter: adapter.into(),
        hello,
        profile,
        results,
        available: 14,
        stale: vec![],
        duration: Duration::from_millis(1234),
    }
}

/// Two implementations; the first has all ten verdicts.
pub(super) fn report() -> Report {
    use Verdict::{Accept, Either, Reject};
    let accepted = || Some(Answer::Ok(json!({"message": {"salt": "5e", "expires": null}})));
    let refused = || Some(rejection("salt-length", 1));
    let wrong = || Outcome::Fail("accepted what must be rejected (salt-length)".into());
    let decode = |name: &str, comment: &str, verdict| case(&format!("{DECODE}/{name}"), comment, verdict);
    let thread = |name: &str, comment: &str, verdict| {
        let mut case = case(&format!("{THREAD}/{name}"), comment, verdict);
        case.input = json!({"room_uri": "mimi://example.com/r/1", "now_ms": 1000, "messages": []});
        case.expect.offset = None;
        case
    };
    let mut results = vec![
        result(decode("minimal", "The smallest message.", Accept), Outcome::Pass, Final::Pass, accepted(), 310),
        result(
            decode("salt-15-octets", "A salt of 15 octets is refused.", Reject),
            wrong(),
            Final::Fail,
            accepted(),
            290,
        ),
        result(
            decode("salt-17-octets", "A salt of 17 octets is refused.", Reject),
            wrong(),
            Final::ExpectedFailure,
            accepted(),
            280,
        ),
        result(
            decode("salt-text", "A salt that is text is refused.", Reject),
            Outcome::Pass,
            Final::UnexpectedPass,
            refused(),
            305,
        ),
        result(
            contested(decode("salt-zero", "A salt of zeros.", Reject)),
            Outcome::Contested { agrees: true, what: String::new() },
            Final::ContestedAgrees,
            refused(),
            300,
        ),
        result(
            contested(decode("trailing", "An octet after the message.", Reject)),
            Outcome::Contested { agrees: false, what: "accepted what must be rejected (salt-length)".into() },
            Final::ContestedDiffers,
            accepted(),
            320,
        ),
        result(
            thread("reaction", "A reaction to a deleted message.", Either),
            Outcome::Unsupported("no threads yet".into()),
            Final::Unsupported,
            Some(Answer::Unsupported("no threads yet".into())),
            90,
        ),
        result(
            thread("deep", "A reply to a reply, 1000 times.", Accept),
            Outcome::Crash("killed by signal 11".into()),
            Final::Crash,
            None,
            48_000,
        ),
        result(
            thread("cycle", "Two messages that replace each other.", Reject),
            Outcome::Timeout("no answer within 5 s (--timeout)".into()),
            Final::Timeout,
            None,
            5_000_000,
        ),
        result(
            thread("clock", "A message from the future.", Reject),
            Outcome::HarnessError("the adapter could not be started again".into()),
            Final::HarnessError,
            None,
            0,
        ),
    ];
    results[2].because = Some("issue 17: lengths are not checked yet".into());
    results[3].because = Some("issue 18: types are not checked yet".into());
    results[7].stderr = "goroutine 1 [running]:\nstack overflow\n".into();
    let mut first = run("./adapter --fast", hello("alpha", "Go"), Profile::Strict, results);
    first.stale = vec!["content/decode/gone: no such case (alpha.json, entry 3)".into()];
    let second = run(
        "beta",
        hello("beta", ""),
        Profile::Receiver,
        vec![
            result(decode("minimal", "The smallest message.", Accept), Outcome::Pass, Final::Pass, accepted(), 1200),
            result(
                decode("salt-15-octets", "A salt of 15 octets is refused.", Reject),
                Outcome::Pass,
                Final::Pass,
                refused(),
                1100,
            ),
        ],
    );
    Report { version: "0.1.0".into(), seed: Some("00ff".into()), runs: vec![first, second] }
}

/// Text that would break out of any form that does not escape it.
pub(super) const EVIL: &str = "</script><script>alert(1)</script>\0\u{1b}[31mred\u{1b}[0m\u{1b}]0;t\u{7}\r\n]]>|`'\"&amp;\u{202e}\u{9b}2J\u{ffff}\u{2028}# TODO <!-- 日本 \\";

/// [`report`] with [`EVIL`] wherever an adapter or a vector file may put text, and a very long stderr.
pub(super) fn hostile() -> Report {
    let mut report = report();
    report.seed = Some(EVIL.into());
    for run in &mut report.runs {
        run.adapter.push_str(EVIL);
        run.hello.name = EVIL.into();
        run.hello.version = EVIL.into();
        run.hello.language = EVIL.into();
        run.stale.push(EVIL.into());
        for result in &mut run.results {
            spoil(result);
        }
    }
    report.runs[0].results[0].stderr = EVIL.repeat(100_000);
    report
}

fn spoil(result: &mut CaseResult) {
    result.family = Arc::from(format!("{}{EVIL}", result.family));
    let case = Arc::make_mut(&mut result.case);
    case.id.push_str(EVIL);
    case.comment = EVIL.into();
    case.flags = vec![EVIL.into()];
    case.requirements = vec![EVIL.into()];
    case.input = json!({"cbor": EVIL, EVIL: [EVIL]});
    case.expect.out = Some(Value::from(EVIL));
    case.expect.offset = Some(u64::MAX);
    if let Some(contested) = &mut case.contested {
        contested.readings[0].text = EVIL.into();
    }
    match &mut result.outcome {
        Outcome::Fail(what)
        | Outcome::Unsupported(what)
        | Outcome::Crash(what)
        | Outcome::Timeout(what)
        | Outcome::HarnessError(what) => *what = EVIL.into(),
        Outcome::Contested { what, .. } => *what = EVIL.into(),
        Outcome::Pass => {}
    }
    result.because = result.because.as_ref().map(|_| EVIL.into());
    result.stderr = EVIL.into();
    result.answers.iter_mut().for_each(|answer| *answer = rejection(EVIL, u64::MAX));
}
