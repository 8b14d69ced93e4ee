use super::super::testing::{message, multi, null, single};
use super::*;
use crate::content::{Expiration, Message, Semantics::ProcessAll};

const NOW: u64 = 1_700_000_000_000;
const NOW_S: u32 = 1_700_000_000;
const YEAR: u32 = 31_536_000;

fn verdict(m: &Message<'_>, change: impl FnOnce(&mut Context<'_>)) -> Result<(), Reason> {
    let octets = m.encode().unwrap();
    let seen = BTreeSet::new();
    let mut context = Context {
        sender_uri: Some("mimi://a/u/a"),
        room_uri: Some("mimi://a/r/r"),
        sender_is_member: true,
        accepted_ms: NOW,
        now_ms: NOW,
        room_created_ms: 0,
        seen: &seen,
        limits: Limits::default(),
    };
    change(&mut context);
    judge(&Document::decode(&octets).unwrap(), &context)
}

fn expiring(relative: bool, time: u32) -> Result<(), Reason> {
    let expires = Some(Expiration { relative, time });
    verdict(&Message { expires, ..message(null()) }, |_| ())
}

#[test]
fn sender_comes_first() {
    assert_eq!(verdict(&message(null()), |_| ()), Ok(()));
    let both = |c: &mut Context<'_>| (c.sender_is_member, c.accepted_ms) = (false, u64::MAX);
    assert_eq!(verdict(&message(null()), both), Err(reason::SENDER_NOT_MEMBER));
}

#[test]
fn without_a_sender_uri_nothing_was_seen() {
    assert_eq!(verdict(&message(null()), |c| c.sender_uri = None), Ok(()));
    static LONG: [u8; 65_536] = [b'x'; 65_536];
    let long = |c: &mut Context<'_>| c.sender_uri = std::str::from_utf8(&LONG).ok();
    assert_eq!(verdict(&message(null()), long), Err(reason::URI_TOO_LONG));
}

#[test]
fn message_ids() {
    let m = message(null());
    let octets = m.encode().unwrap();
    let document = Document::decode(&octets).unwrap();
    let seen = BTreeSet::from([document.message_id(Some("s"), Some("r")).unwrap()]);
    let mut context = Context {
        sender_uri: Some("s"),
        room_uri: Some("r"),
        sender_is_member: true,
        accepted_ms: NOW,
        now_ms: NOW,
        room_created_ms: 0,
        seen: &seen,
        limits: Limits::default(),
    };
    assert_eq!(judge(&document, &context), Err(reason::DUPLICATE_MESSAGE_ID));
    context.sender_uri = Some("t");
    assert_eq!(judge(&document, &context), Ok(()));

    let [good, bad] = [1, 2].map(|algorithm| {
        let mut id = [9; 32];
        id[0] = algorithm;
        Some(MessageId(id))
    });
    let naming = |replaces, in_reply_to| verdict(&Message { replaces, in_reply_to, ..message(null()) }, |_| ());
    assert_eq!(naming(good, good), Ok(()));
    assert_eq!(naming(bad, good), Err(reason::MESSAGE_ID_HASH_ALG));
    assert_eq!(naming(None, bad), Err(reason::MESSAGE_ID_HASH_ALG));
}

#[test]
fn timestamps_at_and_past_their_limits() {
    let at = |accepted_ms, now_ms, floor_ms, room_created_ms| {
        verdict(&message(null()), |c| {
            (c.accepted_ms, c.now_ms, c.room_created_ms) = (accepted_ms, now_ms, room_created_ms);
            c.limits.floor_ms = floor_ms;
        })
    };
    assert_eq!(at(NOW + 300_000, NOW, None, 0), Ok(()));
    assert_eq!(at(NOW + 300_001, NOW, None, 0), Err(reason::TIMESTAMP_IN_FUTURE));
    assert_eq!(at(u64::MAX, u64::MAX, None, 0), Ok(()));
    assert_eq!(at(NOW, NOW, Some(NOW), NOW), Ok(()));
    assert_eq!(at(NOW, NOW, Some(NOW + 1), NOW + 1), Err(reason::TIMESTAMP_BEFORE_SYNTAX));
    assert_eq!(at(NOW, NOW, None, NOW + 1), Err(reason::TIMESTAMP_BEFORE_ROOM));
}

#[test]
fn expiry_at_and_past_its_limits() {
    for (relative, time, expected) in [
        (false, NOW_S - YEAR, Ok(())),
        (false, NOW_S - YEAR - 1, Err(reason::EXPIRES_LONG_AGO)),
        (false, 0, Err(reason::EXPIRES_LONG_AGO)),
        (false, NOW_S + YEAR, Ok(())),
        (false, NOW_S + YEAR + 1, Err(reason::EXPIRES_FAR_AHEAD)),
        (false, u32::MAX, Err(reason::EXPIRES_FAR_AHEAD)),
        (true, 0, Ok(())),
        (true, YEAR, Ok(())),
        (true, YEAR + 1, Err(reason::EXPIRES_FAR_AHEAD)),
    ] {
        assert_eq!(expiring(relative, time), expected, "{relative} {time}");
    }
}

#[test]
fn no_value_overflows() {
    let m = Message { expires: Some(Expiration { relative: true, time: u32::MAX }), ..message(null()) };
    let extreme = |c: &mut Context<'_>| {
        (c.now_ms, c.accepted_ms) = (u64::MAX, u64::MAX);
        (c.limits.past_s, c.limits.horizon_s, c.limits.future_ms) = (u64::MAX, u64::MAX, u64::MAX);
    };
    assert_eq!(verdict(&m, extreme), Ok(()));
}

#[test]
fn topic_and_body() {
    let topic = [0; 4097];
    let with_topic = |length: usize| verdict(&Message { topic_id: &topic[..length], ..message(null()) }, |_| ());
    assert_eq!(with_topic(4096), Ok(()));
    assert_eq!(with_topic(4097), Err(reason::TOPIC_TOO_LONG));

    // The root counts: 1023 children are the most.
    let with_parts = |n| verdict(&message(multi(ProcessAll, vec![null(); n])), |_| ());
    assert_eq!(with_parts(1023), Ok(()));
    assert_eq!(with_parts(1024), Err(reason::TOO_MANY_PARTS));

    let m = message(single("text/plain", b"x"));
    let length = u64::try_from(m.encode().unwrap().len()).unwrap();
    assert_eq!(verdict(&m, |c| c.limits.max_octets = Some(length)), Ok(()));
    assert_eq!(verdict(&m, |c| c.limits.max_octets = Some(length - 1)), Err(reason::MESSAGE_TOO_LARGE));
}
