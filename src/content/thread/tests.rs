use super::super::testing::{message, null, single};
use super::*;
use crate::content::{Document, Expiration, Message, MessageId};
use proptest::prelude::*;

const ROOM: &str = "mimi://a/r/room";
const ALICE: &str = "mimi://a/u/alice";
const BOB: &str = "mimi://a/u/bob";
const NOW: u64 = 1_000_000;

/// One received message with its own octets.
#[derive(Clone, Debug)]
struct Sent {
    id: MessageId,
    octets: Vec<u8>,
    sender: &'static str,
    accepted_ms: u64,
    read_ms: Option<u64>,
}

fn send(sender: &'static str, accepted_ms: u64, m: &Message<'_>) -> Sent {
    let octets = m.encode().unwrap();
    let id = Document::decode(&octets).unwrap().message_id(Some(sender), Some(ROOM)).unwrap();
    Sent { id, octets, sender, accepted_ms, read_ms: None }
}

fn says(text: &str) -> Message<'_> {
    message(single("text/plain", text.as_bytes()))
}

fn edit(of: &Sent, text: &'static str) -> Message<'static> {
    Message { replaces: Some(of.id), ..says(text) }
}

fn delete(of: &Sent) -> Message<'static> {
    Message { replaces: Some(of.id), ..message(null()) }
}

fn reply(to: &Sent, text: &'static str) -> Message<'static> {
    Message { in_reply_to: Some(to.id), ..says(text) }
}

fn like(to: &Sent) -> Message<'static> {
    let mut m = reply(to, "\u{2665}");
    m.body.disposition = 2;
    m
}

fn received(sent: &[Sent]) -> Vec<Received<'_>> {
    sent.iter()
        .map(|s| Received { octets: &s.octets, sender_uri: s.sender, accepted_ms: s.accepted_ms, read_ms: s.read_ms })
        .collect()
}

fn fold<'a>(sent: &'a [Sent]) -> Thread<'a> {
    thread(ROOM, NOW, &Policy::default(), &received(sent))
}

fn reasons(t: &Thread<'_>) -> Vec<(Option<MessageId>, &'static str)> {
    t.ignored.iter().map(|i| (i.id, i.reason.code())).collect()
}

#[test]
fn edits_name_the_first_instance() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(ALICE, 2, &edit(&a, "b"));
    let c = send(ALICE, 3, &edit(&a, "c"));
    let d = send(ALICE, 4, &edit(&b, "d"));
    let sent = [d.clone(), c.clone(), a.clone(), b.clone()];
    let t = fold(&sent);
    assert_eq!(t.messages.len(), 1);
    assert_eq!(t.messages[0].versions, [a.id, b.id, c.id]);
    assert_eq!(t.messages[0].current, Some(c.id));
    assert_eq!(reasons(&t), [(Some(d.id), "replaces-not-first-instance")]);
}

#[test]
fn replacements_need_authorization() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(BOB, 2, &edit(&a, "b"));
    let c = send(BOB, 3, &delete(&a));
    let sent = [a.clone(), b.clone(), c.clone()];
    let t = fold(&sent);
    assert_eq!(reasons(&t), [(Some(b.id), "edit-not-authorized"), (Some(c.id), "delete-not-authorized")]);
    assert_eq!((t.messages[0].state, t.messages[0].current), (State::Live, Some(a.id)));

    let editors = Policy { editors: [BOB].into(), ..Policy::default() };
    let t = thread(ROOM, NOW, &editors, &received(&sent));
    assert_eq!(reasons(&t), [(Some(c.id), "delete-not-authorized")]);
    assert_eq!(t.messages[0].current, Some(b.id));

    let deleters = Policy { deleters: [BOB].into(), ..Policy::default() };
    let t = thread(ROOM, NOW, &deleters, &received(&sent));
    assert_eq!(reasons(&t), [(Some(b.id), "edit-not-authorized")]);
    assert_eq!((t.messages[0].state, t.messages[0].versions.len()), (State::Deleted, 1));
}

#[test]
fn deletes() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(ALICE, 2, &edit(&a, "b"));
    let c = send(ALICE, 3, &delete(&a));
    let d = send(ALICE, 4, &edit(&a, "d"));
    let again = send(ALICE, 5, &Message { salt: [8; 16], ..delete(&a) });
    let of_version = send(ALICE, 6, &delete(&b));
    let r = send(BOB, 7, &reply(&b, "r"));
    let sent = [a.clone(), b.clone(), c, d.clone(), again, of_version.clone(), r];
    let t = fold(&sent);
    let expected = [(Some(d.id), "edit-after-delete"), (Some(of_version.id), "replaces-not-first-instance")];
    assert_eq!(reasons(&t), expected);
    assert_eq!((t.messages[0].state, t.messages[0].current), (State::Deleted, None));
    assert_eq!(t.messages[0].versions, [a.id, b.id]);
    let reply = Reply { id: b.id, target: Some(a.id), status: ReplyStatus::Deleted };
    assert_eq!(t.messages[1].in_reply_to, Some(reply));
    // A null part that replaces nothing deletes nothing.
    let sent = [send(ALICE, 1, &message(null()))];
    assert_eq!(fold(&sent).messages[0].state, State::Live);
}

#[test]
fn replies_name_a_version() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(ALICE, 2, &edit(&a, "b"));
    let to_first = send(BOB, 3, &reply(&a, "1"));
    let to_second = send(BOB, 4, &reply(&b, "2"));
    let nobody = send(BOB, 5, &says("never sent"));
    let to_nobody = send(BOB, 6, &reply(&nobody, "3"));
    let sent = [a.clone(), b.clone(), to_first, to_second, to_nobody];
    let t = fold(&sent);
    let replies: Vec<_> = t.messages.iter().filter_map(|m| m.in_reply_to).collect();
    assert_eq!(
        replies,
        [
            Reply { id: a.id, target: Some(a.id), status: ReplyStatus::Superseded },
            Reply { id: b.id, target: Some(a.id), status: ReplyStatus::Current },
            Reply { id: nobody.id, target: None, status: ReplyStatus::Unknown },
        ]
    );
}

#[test]
fn only_the_first_instance_says_topic_reply_kind_and_expiry() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(BOB, 2, &reply(&a, "b"));
    let mut looping = Message {
        replaces: Some(a.id),
        topic_id: b"other",
        expires: Some(Expiration { relative: false, time: 1 }),
        ..like(&b)
    };
    looping.salt = [9; 16];
    let c = send(ALICE, 3, &looping);
    let sent = [a, b, c.clone()];
    let t = fold(&sent);
    let m = &t.messages[0];
    assert_eq!((m.kind, m.state, m.current, m.in_reply_to), (Kind::Message, State::Live, Some(c.id), None));
    assert_eq!(m.topic_id, b"");
    assert_eq!((t.topics.len(), t.messages[1].reactions.len()), (0, 0));
}

#[test]
fn likes_and_unlikes() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(ALICE, 2, &edit(&a, "b"));
    let one = send(BOB, 3, &like(&a));
    let two = send(ALICE, 4, &like(&b));
    let unlike = send(BOB, 5, &delete(&one));
    let on_two = send(BOB, 6, &like(&two));
    let mut orphan = says("x");
    orphan.body.disposition = 2;
    let orphan = send(BOB, 7, &orphan);
    let sent = [a, b, one.clone(), two.clone(), unlike, on_two.clone(), orphan];
    let t = fold(&sent);
    assert_eq!(t.messages[0].reactions, [two.id]);
    assert_eq!((t.messages[1].kind, t.messages[1].state), (Kind::Reaction, State::Deleted));
    assert_eq!(t.messages[2].reactions, [on_two.id]);
    assert_eq!(t.messages[4].kind, Kind::Reaction);
    assert_eq!(fold(&sent[..4]).messages[0].reactions, [one.id, two.id]);
}

#[test]
fn expiry() {
    let state = |relative, time, read_ms| {
        let mut s = send(ALICE, 1, &Message { expires: Some(Expiration { relative, time }), ..says("a") });
        s.read_ms = read_ms;
        fold(&[s]).messages[0].state
    };
    assert_eq!(state(false, 1000, None), State::Expired);
    assert_eq!(state(false, 1001, None), State::Live);
    assert_eq!(state(true, 0, None), State::Live);
    assert_eq!(state(true, 10, Some(NOW - 10_000)), State::Expired);
    assert_eq!(state(true, 10, Some(NOW - 9_999)), State::Live);
    assert_eq!(state(true, 10, Some(u64::MAX)), State::Live);

    // Edits of an expired message are recorded, a delete outlasts the expiry.
    let a = send(ALICE, 1, &Message { expires: Some(Expiration { relative: false, time: 1 }), ..says("a") });
    let b = send(ALICE, 999_999, &edit(&a, "b"));
    let r = send(BOB, 999_999, &reply(&b, "r"));
    let c = send(ALICE, 1_000_000, &delete(&a));
    let sent = [a.clone(), b.clone(), r, c];
    let t = fold(&sent[..3]);
    assert_eq!((t.messages[0].state, t.messages[0].current), (State::Expired, None));
    assert_eq!(t.messages[0].versions, [a.id, b.id]);
    assert_eq!(t.messages[1].in_reply_to.unwrap().status, ReplyStatus::Expired);
    assert_eq!(fold(&sent).messages[0].state, State::Deleted);
}

#[test]
fn unknown_undecodable_and_twice() {
    let a = send(ALICE, 1, &says("a"));
    let b = send(ALICE, 2, &edit(&a, "b"));
    let late = Sent { accepted_ms: 3, ..a.clone() };
    let garbage = Sent { octets: vec![0xf6], accepted_ms: 2, ..a.clone() };
    let sent = [b.clone(), garbage.clone()];
    let t = fold(&sent);
    assert_eq!(t.unresolved, [Unresolved { id: b.id, replaces: a.id }]);
    assert_eq!(reasons(&t), [(None, "undecodable")]);
    assert!(t.messages.is_empty());

    // What comes later does not resolve what came before.
    let sent = [b.clone(), late.clone()];
    assert_eq!((fold(&sent).unresolved.len(), fold(&sent).messages[0].current), (1, Some(a.id)));
    let sent = [late, a.clone(), b.clone()];
    let t = fold(&sent);
    assert_eq!(reasons(&t), [(Some(a.id), "duplicate-message-id")]);
    assert_eq!(t.messages[0].current, Some(b.id));

    // An ignored edit is as unknown as one that never came.
    let theirs = send(BOB, 3, &edit(&a, "theirs"));
    let of_theirs = send(BOB, 4, &edit(&theirs, "x"));
    let sent = [a, theirs.clone(), of_theirs.clone()];
    assert_eq!(fold(&sent).unresolved, [Unresolved { id: of_theirs.id, replaces: theirs.id }]);
}

#[test]
fn topics_are_sorted_by_id_and_time() {
    let on = |topic: &'static [u8], at, text| send(ALICE, at, &Message { topic_id: topic, ..says(text) });
    let [x, y] = [on(b"b", 5, "x"), on(b"b", 5, "y")];
    let (a, early) = (on(b"\xff", 1, "a"), on(b"b", 2, "early"));
    let (low, high) = if x.id < y.id { (x, y) } else { (y, x) };
    let sent = [high.clone(), low.clone(), a.clone(), early.clone()];
    let expected =
        [Topic { topic_id: b"b", ids: vec![early.id, low.id, high.id] }, Topic { topic_id: b"\xff", ids: vec![a.id] }];
    assert_eq!(fold(&sent).topics, expected);
}

/// Conversations in which later messages edit, delete, answer or react to earlier ones, or repeat them.
fn conversations() -> impl Strategy<Value = Vec<Sent>> {
    let step = (0..6u8, any::<prop::sample::Index>(), any::<bool>(), 0..4u64, prop::option::of(0..NOW), 0..3u32);
    prop::collection::vec(step, 1..24).prop_map(|steps| {
        let mut sent = vec![send(ALICE, 1, &says("first"))];
        for (n, (action, target, is_bob, later, read_ms, time)) in steps.into_iter().enumerate() {
            let of = target.get(&sent).clone();
            let mut m = match action {
                0 => says("new"),
                1 => edit(&of, "edit"),
                2 => delete(&of),
                3 => reply(&of, "reply"),
                4 => like(&of),
                _ => {
                    sent.push(Sent { read_ms, accepted_ms: of.accepted_ms + later, ..of });
                    continue;
                }
            };
            m.salt = [u8::try_from(n).unwrap(); 16];
            m.expires = (time > 0).then_some(Expiration { relative: time == 1, time: time * 400 });
            let at = of.accepted_ms + later;
            sent.push(Sent { read_ms, ..send(if is_bob { BOB } else { ALICE }, at, &m) });
        }
        sent
    })
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(
        (sent, shuffled) in conversations().prop_flat_map(|s| (Just(s.clone()), Just(s).prop_shuffle()))
    ) {
        prop_assert_eq!(fold(&sent), fold(&shuffled));
    }

    #[test]
    fn every_message_ends_in_one_place(sent in conversations()) {
        let t = fold(&sent);
        let versions: usize = t.messages.iter().map(|m| m.versions.len()).sum();
        let deletes = sent.len() - versions - t.unresolved.len() - t.ignored.len();
        prop_assert!(deletes >= t.messages.iter().filter(|m| m.state == State::Deleted).count());
        for m in &t.messages {
            prop_assert_eq!(m.versions[0], m.id);
            prop_assert_eq!(m.current.is_some(), m.state == State::Live);
        }
    }
}
