use super::*;
use crate::vector::{Contested, Level};
use serde_json::json;

fn case(expect: Expect) -> Case {
    Case {
        id: "x/y".into(),
        comment: String::new(),
        flags: vec![],
        requirements: vec![],
        level: Level::Must,
        about: About::Receiver,
        op: "x".into(),
        input: json!({}),
        expect,
        then: vec![],
        contested: None,
        unconfirmed: false,
    }
}

fn accept(out: Value) -> Expect {
    Expect {
        verdict: Verdict::Accept,
        out: Some(out),
        reason: None,
        also: vec![],
        offset: None,
        because: None,
        or: vec![],
        sealed: None,
    }
}

fn reject(reason: &str, offset: u64) -> Expect {
    Expect {
        verdict: Verdict::Reject,
        out: None,
        reason: Some(reason.into()),
        also: vec!["b".into()],
        offset: Some(offset),
        because: None,
        or: vec![],
        sealed: None,
    }
}

fn refused(reason: &str, offset: Option<u64>) -> Answer {
    Answer::Reject(Rejection { reason: Some(reason.into()), message: None, offset })
}

const OURS: Dialect = Dialect { reasons: true, offsets: true };
const THEIRS: Dialect = Dialect { reasons: false, offsets: false };

#[test]
fn accepting() {
    let c = case(accept(json!({"a": [1, {"b": 2}]})));
    let says = |v| judge(&c, &Answer::Ok(v), OURS, Profile::Strict);
    assert_eq!(says(json!({"a": [1, {"b": 2}]})), Outcome::Pass);
    assert_eq!(says(json!({"a": [1, {"b": 3}]})), Outcome::Fail("out.a[1].b: expected 2, found 3".into()));
    assert_eq!(says(json!({})), Outcome::Fail("out.a: is missing".into()));
    assert_eq!(says(json!({"a": [1, {"b": 2}], "c": 0})), Outcome::Fail("out.c: does not belong".into()));
    assert!(matches!(judge(&c, &refused("q", None), OURS, Profile::Receiver), Outcome::Fail(_)));
    let unsupported = Answer::Unsupported("no".into());
    assert_eq!(judge(&c, &unsupported, OURS, Profile::Strict), Outcome::Unsupported("no".into()));
}

#[test]
fn outputs_that_are_just_as_good() {
    let mut c = case(accept(json!(1)));
    c.expect.or = vec![json!(2)];
    let says = |n: u8| judge(&c, &Answer::Ok(json!(n)), OURS, Profile::Reference);
    assert_eq!([says(1), says(2)], [Outcome::Pass, Outcome::Pass]);
    assert_eq!(says(3), Outcome::Fail("the output: expected 1, found 3".into()));
}

#[test]
fn refusing() {
    let c = case(reject("a", 3));
    assert_eq!(judge(&c, &refused("a", Some(3)), OURS, Profile::Strict), Outcome::Pass);
    assert_eq!(judge(&c, &refused("b", Some(3)), OURS, Profile::Strict), Outcome::Pass);
    assert!(matches!(judge(&c, &refused("c", Some(3)), OURS, Profile::Strict), Outcome::Fail(_)));
    assert!(matches!(judge(&c, &refused("a", Some(4)), OURS, Profile::Strict), Outcome::Fail(_)));
    assert!(matches!(judge(&c, &refused("a", None), OURS, Profile::Strict), Outcome::Fail(_)));
    assert_eq!(judge(&c, &refused("their own", None), THEIRS, Profile::Strict), Outcome::Pass);
    assert!(matches!(judge(&c, &Answer::Ok(json!({})), THEIRS, Profile::Receiver), Outcome::Fail(_)));
}

#[test]
fn leniency_and_contest() {
    let mut c = case(reject("a", 3));
    c.about = About::Conformance;
    let ok = Answer::Ok(json!({}));
    assert!(matches!(judge(&c, &ok, THEIRS, Profile::Strict), Outcome::Fail(_)));
    assert!(matches!(judge(&c, &ok, THEIRS, Profile::Receiver), Outcome::Contested { agrees: false, .. }));
    assert_eq!(judge(&c, &refused("a", None), THEIRS, Profile::Receiver), Outcome::Pass);
    c.contested = Some(Contested { readings: vec![] });
    assert!(matches!(judge(&c, &ok, THEIRS, Profile::Strict), Outcome::Contested { agrees: false, .. }));
    assert!(matches!(judge(&c, &refused("a", None), THEIRS, Profile::Strict), Outcome::Contested { agrees: true, .. }));
    assert!(matches!(judge(&c, &ok, THEIRS, Profile::Reference), Outcome::Fail(_)));
    assert!(matches!(
        judge(&c, &refused("a", None), THEIRS, Profile::Reference),
        Outcome::Contested { agrees: true, .. }
    ));
    assert!(matches!(judge(&c, &Answer::Unsupported("no".into()), OURS, Profile::Reference), Outcome::Fail(_)));
}

#[test]
fn either() {
    let mut expect = accept(json!({"x": 1}));
    expect.verdict = Verdict::Either;
    let c = case(expect);
    assert_eq!(judge(&c, &refused("any", None), OURS, Profile::Strict), Outcome::Pass);
    assert_eq!(judge(&c, &Answer::Ok(json!({"x": 1})), OURS, Profile::Strict), Outcome::Pass);
    assert!(matches!(judge(&c, &Answer::Ok(json!({"x": 2})), OURS, Profile::Strict), Outcome::Fail(_)));
}

#[test]
fn sessions_are_judged_step_by_step() {
    let mut c = case(accept(json!({"x": 1})));
    let step = |expect| crate::vector::Step { comment: None, op: "client/process".into(), input: json!({}), expect };
    c.then = vec![step(reject("a", 3)), step(accept(json!({"x": 2})))];
    let (one, two) = (Answer::Ok(json!({"x": 1})), Answer::Ok(json!({"x": 2})));
    let says = |answers: &[Answer]| judge_steps(&c, answers, THEIRS, Profile::Strict);
    assert_eq!(says(&[one.clone(), refused("own", None), two.clone()]), Outcome::Pass);
    let Outcome::Fail(what) = says(&[one.clone(), two.clone()]) else { panic!("a refusal is missing") };
    assert_eq!(what, "step 2 (client/process): accepted what must be rejected (a)");
    assert!(matches!(says(&[one.clone(), refused("own", None), one.clone()]), Outcome::Fail(_)));
    assert!(matches!(says(&[one.clone(), refused("own", None)]), Outcome::HarnessError(_)), "an unasked step");
    let no = Answer::Unsupported("no".into());
    assert_eq!(says(&[one.clone(), no]), Outcome::Unsupported("step 2 (client/process): no".into()));
    let steps: Vec<_> = c.steps().collect();
    assert!(goes_on(steps[1], &refused("own", None), THEIRS) && !goes_on(steps[1], &one, THEIRS));
    assert_eq!(c.verdict(), Verdict::Reject);
}
