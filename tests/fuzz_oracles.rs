//! Every oracle, from a seed and from the vectors, without a fuzz engine.
#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

use mimicheck::content::Document;
use mimicheck::delivery::{Blind, Hub};
use mimicheck::entropy::{Seed, Time};
use mimicheck::fuzzing::generators::What;
use mimicheck::fuzzing::{TARGETS, generators, oracles, target};
use mimicheck::protocol::{MlsMessage, Structure};
use mimicheck::tree::{Bounds, EncryptedTree, EncryptedTreePatch, Keeps, TreeHub, open};
use mimicheck::vector::{Case, families};
use mimicheck::wire::{hex, tls::Reader};
use serde_json::json;
use std::collections::BTreeMap;

fn cases() -> Vec<Case> {
    families::ALL.iter().flat_map(|f| (f.generate)().cases().cloned().collect::<Vec<_>>()).collect()
}

/// The octets of every case that has some.
fn documents() -> Vec<Vec<u8>> {
    let mut found: Vec<_> =
        cases().iter().filter_map(|c| c.input.get("cbor")?.as_str().and_then(|h| hex::decode(h).ok())).collect();
    found.sort();
    found.dedup();
    assert!(!found.is_empty());
    found
}

fn check(name: &str, octets: &[u8]) {
    if let Err(what) = (target(name).unwrap().check)(octets) {
        panic!("{name}: {what}\ninput: {}", hex::encode(octets));
    }
}

#[test]
fn names_are_in_order() {
    assert!(TARGETS.is_sorted_by_key(|t| t.name));
}

#[test]
fn every_target_holds_for_random_octets() {
    for target in TARGETS {
        let mut stream = Seed::new("fuzz-oracles").stream(target.name);
        // A malformed commit is dear: three are made for each.
        let most = if target.name == "commit_faults" { 60 } else { 1000 };
        for length in (0..most).map(|n| n % 200) {
            check(target.name, &stream.octets(length));
        }
    }
}

#[test]
fn content_decode_holds_for_the_vectors() {
    documents().iter().for_each(|octets| check("content_decode", octets));
}

/// Each document is changed so often that there are some thousands in all.
#[test]
fn content_decode_holds_for_changed_vectors() {
    let documents = documents();
    let mut stream = Seed::new("fuzz-oracles").stream("changed vectors");
    let (mut accepted, mut refused) = (0, 0);
    // Most vectors are refused: half of the changes start from those that are not.
    let small: Vec<_> = documents.iter().filter(|o| o.len() < 2000).collect();
    let conforming = small.iter().filter(|o| Document::decode(o).is_ok()).cycle().take(3000);
    for octets in small.iter().cycle().take(3000).chain(conforming) {
        let changed = generators::mutated(octets, &mut stream);
        check("content_decode", &changed);
        *(if Document::decode(&changed).is_ok() { &mut accepted } else { &mut refused }) += 1;
    }
    assert!(accepted > 300 && refused > 300, "{accepted} accepted, {refused} refused: too one-sided to say much");
}

#[test]
fn content_roundtrip_holds_and_mostly_accepts() {
    let mut stream = Seed::new("fuzz-oracles").stream("messages");
    let (mut accepted, mut nested) = (0, 0);
    for _ in 0..3000 {
        let octets = stream.octets(400);
        check("content_roundtrip", &octets);
        let message = generators::content_roundtrip(&octets);
        check("content_decode", &message.item().octets());
        if oracles::slow::encode(&message.json()).is_ok() {
            accepted += 1;
            nested += usize::from(!message.extensions.is_empty());
        }
    }
    assert!((500..2900).contains(&accepted) && nested > 100, "{accepted} accepted, {nested} with extensions");
}

#[test]
fn content_meaning_holds_and_says_something() {
    let mut stream = Seed::new("fuzz-oracles").stream("rooms");
    let (mut said, mut replaced, mut sizes) = (0, 0, 0);
    for _ in 0..1500 {
        let octets = stream.octets(2000);
        check("content_meaning", &octets);
        let room = generators::content_meaning(&octets);
        sizes += room.said.len();
        let documents: Vec<_> = room.said.iter().filter_map(|s| Document::decode(&s.octets).ok()).collect();
        said += documents.len();
        replaced += documents.iter().filter(|d| d.message().replaces.is_some()).count();
    }
    assert!(said > 3000 && replaced > 1000, "{said} of {sizes} messages, {replaced} of them replace another");
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Create { .. } => "create",
        What::Send { .. } => "send",
        What::Join { .. } => "join",
        What::Receive { .. } => "receive",
        What::Info { .. } => "info",
        What::Answer { .. } => "answer",
        What::Upload { .. } => "upload",
        What::KeyPackage { .. } => "key package",
        What::Terminate { .. } => "terminate",
    }
}

/// A random walk means something only if it is let in: most requests are taken, and each kind of refusal is met.
#[test]
fn hub_requests_holds_and_is_let_in() {
    let mut stream = Seed::new("fuzz-oracles").stream("hubs");
    let (mut taken, mut refused) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..1500 {
        let octets = stream.octets(1500);
        check("hub_requests", &octets);
        let requests = generators::hub_requests(&octets);
        let mut hub = Blind::new(requests.settings());
        for (place, asked) in requests.asked.iter().enumerate() {
            let (from, input) = (generators::provider(asked.from), asked.input(place as u64).unwrap());
            match hub.step(Time::default(), &from, input, &mut vec![]) {
                Ok(()) => *taken.entry(kind(&asked.what)).or_insert(0) += 1,
                Err(no) => *refused.entry(no.reason.code()).or_insert(0) += 1,
            }
        }
    }
    assert_eq!(taken.len(), 9, "{taken:?}");
    assert!(taken.values().all(|n| *n > 50), "{taken:?}");
    assert!(refused.len() >= 18, "{} {refused:?}", refused.len());
}

/// Changed fields get past signatures: a run means something only if many do, and if all that was sent is taken.
#[test]
fn commits_are_taken_as_they_are_and_reach_behind_signatures_when_changed() {
    let engines: [&dyn mimicheck::mls::member::Engine; 2] =
        [&mimicheck::mls::open::engine(), &mimicheck::mls::second::engine()];
    let scene = generators::commit_scene(engines, false).unwrap();
    let (mut stream, mut said) = (Seed::new("fuzz-oracles").stream("commits"), BTreeMap::new());
    for which in 0..u8::try_from(scene.sent.len()).unwrap() {
        for framing in [0, 7, 24, 31] {
            check("commit_bytes", &[framing, which, 0]);
            check("engines_agree", &[framing % 8 / 7 * 6, which, 0]);
        }
        for subject in &scene.subjects {
            subject.copy().process(&scene.sent[usize::from(which)].octets).unwrap();
        }
    }
    for _ in 0..2500 {
        let octets = stream.octets(22);
        check("commit_bytes", &octets);
        check("engines_agree", &octets);
        for told in generators::commits(&octets, &scene) {
            let reason = scene.subjects[0].copy().process(&told.octets).err().map_or("taken", |e| e.reason.code());
            *said.entry(reason).or_insert(0) += 1;
        }
    }
    assert!(said.len() > 8 && said["taken"] > 100, "{said:?}");
    let behind: i32 = ["bad-confirmation-tag", "bad-update-path", "bad-proposals"].iter().map(|r| said[r]).sum();
    assert!(behind > 500, "{said:?}");
}

/// Each request to a room as it is and changed; of all that are drawn some are taken, of every kind that can be.
#[test]
fn room_requests_hold_and_reach_what_lies_behind() {
    let scene = generators::room_scene().unwrap();
    let mut stream = Seed::new("fuzz-oracles").stream("rooms' hubs");
    for which in 0..u8::try_from(scene.sent.len()).unwrap() {
        check("room_requests", &[which, 0]);
        let (mut room, sent) = (scene.room.clone(), &scene.sent[usize::from(which)]);
        let answered = room.step(Time(1), &sent.from, sent.input().unwrap());
        // The hub proposes to remove somebody who is not there.
        assert!(answered.is_ok() || sent.what == generators::Asking::Expel, "{which}: {answered:?}");
    }
    let (mut moved, mut kept, mut unsigned) = (0, 0, 0);
    for _ in 0..3000 {
        let octets = stream.octets(40);
        check("room_requests", &octets);
        for asked in generators::room_requests(&octets, &scene) {
            let Some(input) = asked.request.input() else { continue };
            let mut room = scene.room.clone();
            let refused = room.step(Time(1), &asked.request.from, input).is_err() || room == scene.room;
            kept += usize::from(refused);
            moved += usize::from(room.epoch() != scene.room.epoch());
            unsigned += usize::from(!scene.is_signed(&asked));
        }
    }
    assert!(moved > 100 && kept > 1000 && unsigned > 300, "{moved} moved the room, {kept} did nothing, {unsigned}");
}

/// Every structure of the vectors as every structure, and changed.
#[test]
fn wire_decode_holds_for_vectors_as_they_are_and_changed() {
    let structures = oracles::WIRE_STRUCTURES;
    let number = |name: &str| u8::try_from(structures.iter().position(|(n, _)| *n == name).unwrap()).unwrap();
    let mut seeds = vec![];
    for case in cases().iter().filter(|case| case.op == "delivery/decode" || case.op == "room/decode") {
        let area = if case.op == "room/decode" { "room/" } else { "" };
        let octets = hex::decode(case.input["octets"].as_str().unwrap()).unwrap();
        if octets.len() > 4096 {
            continue;
        }
        for which in 0..u8::try_from(structures.len()).unwrap() {
            check("wire_decode", &[&[which], octets.as_slice()].concat());
        }
        if let Ok(message) = MlsMessage::read(&mut Reader::new(&octets)) {
            seeds.push([&[number("MLSMessage")], message.octets()].concat());
        }
        seeds.push([vec![number(&format!("{area}{}", case.input["structure"].as_str().unwrap()))], octets].concat());
    }
    seeds.sort();
    seeds.dedup();
    let mut stream = Seed::new("fuzz-oracles").stream("changed structures");
    let (mut accepted, mut messages) = (0, 0);
    for seed in seeds.iter().cycle().take(50_000) {
        let (which, octets) = seed.split_first().unwrap();
        let changed = generators::mutated(octets, &mut stream);
        check("wire_decode", &[&[*which], changed.as_slice()].concat());
        if *which == number("MLSMessage") {
            messages += 1;
            accepted += usize::from(MlsMessage::decode(&changed).is_ok());
        }
    }
    assert!(messages > 1000 && accepted > 100, "{accepted} of {messages} messages accepted");
}

/// For each case: what is expected, what is not, and nonsense.
#[test]
fn adapter_answer_holds_for_right_and_wrong_answers() {
    let cases: &[Case] = oracles::judged_cases();
    assert!(cases.len() > 2000);
    let mut others = 0;
    for (id, case) in cases.iter().enumerate() {
        for other in &case.expect.or {
            check("adapter_answer", json!({"id": id, "ok": other}).to_string().as_bytes());
            others += 1;
        }
        let out = case.expect.out.clone().unwrap_or_else(|| json!({}));
        for line in [
            json!({"id": id, "ok": out}),
            json!({"id": id, "ok": {"message": {"salt": ""}}}),
            json!({"id": id, "ok": null}),
            json!({"id": id, "reject": {}}),
            json!({"id": id, "reject": {"reason": case.expect.reason, "offset": case.expect.offset}}),
            json!({"id": id, "reject": {"reason": "salt-length", "offset": u64::MAX}}),
            json!({"id": id, "unsupported": "not yet"}),
            json!({"id": id, "unsupported": 1}),
        ] {
            check("adapter_answer", line.to_string().as_bytes());
        }
    }
    assert!(others > 5, "outputs that are just as good: {others}");
}

#[test]
fn adapter_answer_and_vector_file_hold_for_changed_texts() {
    let mut stream = Seed::new("fuzz-oracles").stream("changed texts");
    let line = br#"{"id":1,"ok":{"message":{"salt":"07","extensions":[{"key":-1.5e300,"value":"f6"}]}}}"#;
    for _ in 0..3000 {
        check("adapter_answer", &generators::mutated(line, &mut stream));
    }
    for family in families::ALL {
        let mut file = (family.generate)();
        check("vector_file", file.canonical().unwrap().as_bytes());
        file.groups.truncate(1);
        file.groups.iter_mut().for_each(|g| g.cases.truncate(1));
        let text = file.canonical().unwrap();
        for _ in 0..500 {
            check("vector_file", &generators::mutated(text.as_bytes(), &mut stream));
        }
    }
}

/// Each epoch's tree as it is and edited; of all that are drawn some open, and some are refused for each of many reasons.
#[test]
fn tree_open_holds_and_reaches_what_lies_behind() {
    let scene = generators::tree_scene().unwrap();
    let mut stream = Seed::new("fuzz-oracles").stream("joiners");
    for which in 0..u8::try_from(scene.epochs.len()).unwrap() {
        check("tree_open", &[which, 0]);
        assert!(generators::tree_open(&[which, 0], &scene).unwrap().whole);
    }
    let mut said = std::collections::BTreeMap::new();
    for round in 0..6000 {
        let mut octets = stream.octets(2 + 3 * (round % 4));
        if round % 3 > 0 {
            octets[1] &= 0xfc;
        }
        check("tree_open", &octets);
        let Some(served) = generators::tree_open(&octets, &scene) else { continue };
        let epoch = &scene.epochs[served.epoch];
        let Ok(tree) = EncryptedTree::decode(&served.octets) else { continue };
        let opened = open(&scene.setup, epoch.tree.epoch, &epoch.secret, &tree, Bounds::default());
        *said
            .entry(opened.map_or_else(|no| no.reason.code(), |_| if served.whole { "whole" } else { "edited" }))
            .or_insert(0) += 1;
    }
    for reason in [
        "edited",
        "tree-undecryptable",
        "tree-child-mismatch",
        "tree-siv",
        "tree-padding",
        "tree-tag",
        "tree-hole",
        "tree-capacity",
    ] {
        assert!(said.get(reason).is_some_and(|times| *times > 5), "{reason}: {said:?}");
    }
}

/// Each epoch's patch as it is and changed; what a hub takes and what it refuses are both many.
#[test]
fn tree_patch_holds_and_reaches_what_lies_behind() {
    let scene = generators::tree_scene().unwrap();
    let mut stream = Seed::new("fuzz-oracles").stream("hubs of trees");
    let mut hub = TreeHub::new(scene.setup.clone(), Keeps::default());
    for (number, epoch) in scene.epochs.iter().enumerate() {
        check("tree_patch", &[u8::try_from(number).unwrap(), 0]);
        let patch = EncryptedTreePatch::decode(&epoch.patch.octets()).unwrap();
        let from = number.checked_sub(1).map(generators::partition);
        hub.commit(from.as_ref(), generators::partition(number), &patch).unwrap();
    }
    let mut said = std::collections::BTreeMap::new();
    for _ in 0..3000 {
        let octets = stream.octets(16);
        check("tree_patch", &octets);
        for sent in generators::tree_patch(&octets, &scene) {
            let Ok(patch) = EncryptedTreePatch::decode(&sent.octets) else { continue };
            let from = sent.from.map(generators::partition);
            let taken = hub.clone().commit(from.as_ref(), generators::partition(99), &patch);
            let so = taken.map_or_else(|no| no.reason.code(), |()| if sent.whole { "whole" } else { "changed" });
            *said.entry(so).or_insert(0) += 1;
        }
    }
    for reason in [
        "changed",
        "tree-hole",
        "tree-hash",
        "tree-not-closed",
        "tree-node-epoch",
        "tree-removed-unknown",
        "tree-capacity",
        "tree-node-order",
    ] {
        assert!(said.get(reason).is_some_and(|times| *times > 5), "{reason}: {said:?}");
    }
}
