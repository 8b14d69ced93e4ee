use crate::content::thread::{Policy, Received, Thread, ThreadMessage, thread};
use crate::content::{Context, Document, Limits, PartBody, escape_html, judge};
use crate::fuzzing::generators::{ROOM, Room};
use crate::fuzzing::{Verdict, holds};
use std::collections::BTreeSet;

/// What is said in a room, however odd: the fold does not depend on the order of arrival, loses nothing and
/// lets nobody change a first instance; a judgement that accepts still does under wider limits; each part is
/// found by its index; nothing is handled twice; escaping is idempotent and changes brackets only.
///
/// # Errors
/// The property that does not hold.
pub fn content_meaning(room: &Room) -> Verdict {
    folded(room)?;
    for said in &room.said {
        if let Ok(document) = Document::decode(&said.octets) {
            judged(room, &document)?;
            indexed(&document)?;
            handled(&document)?;
        }
    }
    let escaped = escape_html(&room.markdown);
    holds(escape_html(&escaped) == escaped, || format!("escaped again otherwise: {escaped:?}"))?;
    holds(escaped.replace("&lt;", "<") == room.markdown.replace("&lt;", "<"), || {
        format!("more than brackets: {escaped:?}")
    })
}

fn folded(room: &Room) -> Verdict {
    let mut received: Vec<Received<'_>> = room.said.iter().map(received).collect();
    let everybody: BTreeSet<&str> = room.said.iter().map(|s| s.sender_uri).collect();
    let policy =
        if room.lawless { Policy { editors: everybody.clone(), deleters: everybody } } else { Policy::default() };
    let result = thread(ROOM, room.now_ms, &policy, &received);
    received.reverse();
    holds(thread(ROOM, room.now_ms, &policy, &received) == result, || "depends on the order of arrival".into())?;
    let half = received.len() / 2;
    received.rotate_left(half);
    holds(thread(ROOM, room.now_ms, &policy, &received) == result, || "depends on the order of arrival".into())?;
    let deletes = room.said.iter().filter(|s| is_delete(&s.octets)).count();
    let listed = listed(&result);
    let lost = room.said.len().saturating_sub(listed);
    holds(listed <= room.said.len() && lost <= deletes, || format!("{lost} lost, {deletes} deletes"))?;
    result.messages.iter().try_for_each(|m| first_instance(room, m))
}

fn received(said: &super::super::generators::Said) -> Received<'_> {
    Received { octets: &said.octets, sender_uri: said.sender_uri, accepted_ms: said.accepted_ms, read_ms: said.read_ms }
}

/// How many messages the result speaks of; only deletes that took effect are in no list.
fn listed(result: &Thread<'_>) -> usize {
    let versions: usize = result.messages.iter().map(|m| m.versions.len()).sum();
    versions + result.unresolved.len() + result.ignored.len()
}

fn is_delete(octets: &[u8]) -> bool {
    Document::decode(octets).is_ok_and(|d| d.message().replaces.is_some() && d.message().body.body == PartBody::Null)
}

/// Section 9.3: nothing but the content changes.
fn first_instance(room: &Room, shown: &ThreadMessage<'_>) -> Verdict {
    let first = room.said.iter().find_map(|said| {
        let document = Document::decode(&said.octets).ok()?;
        let id = document.message_id(Some(said.sender_uri), Some(ROOM)).ok()?;
        (id == shown.id).then(|| (document.message().topic_id, document.message().in_reply_to, said.sender_uri))
    });
    let kept = first.is_some_and(|(topic, reply, sender)| {
        topic == shown.topic_id && reply == shown.in_reply_to.map(|r| r.id) && sender == shown.sender_uri
    });
    holds(kept, || format!("{} is not as it was said first", shown.id))
}

fn judged(room: &Room, document: &Document<'_>) -> Verdict {
    let limits = Limits { future_ms: 1, floor_ms: Some(1), past_s: 1, horizon_s: 40, max_octets: Some(400) };
    let wider = Limits { future_ms: 2, floor_ms: None, past_s: 2, horizon_s: 41, max_octets: Some(401) };
    let seen = BTreeSet::new();
    let accepts = |limits| {
        let context = Context {
            sender_uri: None,
            room_uri: None,
            sender_is_member: true,
            accepted_ms: room.now_ms,
            now_ms: room.now_ms,
            room_created_ms: 0,
            seen: &seen,
            limits,
        };
        judge(document, &context).is_ok()
    };
    holds(!accepts(limits) || accepts(wider), || "accepted, but not under wider limits".into())
}

fn indexed(document: &Document<'_>) -> Verdict {
    let message = document.message();
    for part in message.parts() {
        let leaf = matches!(part.part.body, PartBody::Single { .. } | PartBody::External(_));
        let found = message.resolve_cid(&format!("cid:{}@local.invalid", part.index));
        holds(found.is_ok() == leaf, || format!("part {} is {found:?}", part.index))?;
    }
    Ok(())
}

fn handled(document: &Document<'_>) -> Verdict {
    let parts = document.message().parts();
    let types: BTreeSet<&str> = parts.iter().filter_map(|p| content_type(&p.part.body)).step_by(2).collect();
    let plan = document.process(&types);
    let all: BTreeSet<usize> = plan.process.iter().chain(&plan.skipped).copied().collect();
    holds(all.len() == plan.process.len() + plan.skipped.len(), || "handled twice".into())?;
    holds(plan.process.is_sorted() && plan.skipped.is_sorted(), || "handled out of order".into())?;
    let supported =
        |i: &usize| parts.get(*i).and_then(|p| content_type(&p.part.body)).is_some_and(|t| types.contains(t));
    holds(all.iter().all(supported), || "handles what it does not support".into())
}

const fn content_type<'a>(body: &PartBody<'a>) -> Option<&'a str> {
    match body {
        PartBody::Single { content_type, .. } => Some(content_type),
        PartBody::External(external) => Some(external.content_type),
        PartBody::Null | PartBody::Multi { .. } => None,
    }
}
