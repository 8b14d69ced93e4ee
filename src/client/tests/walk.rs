//! Random lives: a refused input is as if it had never come, and no input is a panic.

use super::*;
use crate::client::{Envelope, Proof, Request, Standing, Told};
use crate::entropy::{Seed, Stream};
use crate::mls::member::{Member, Proposal};
use crate::protocol::{GroupInfoResponse, MlsMessage, SendRequest};
use crate::reason::delivery;

/// A device, the group as an honest hub has it, and what the device has sent.
struct Life {
    device: Device,
    group: Double,
    sent: Vec<SendRequest>,
}

impl Life {
    /// The others are where the device is.
    fn keep_up(&mut self) {
        let Some(position) = self.device.position() else { return };
        let history = String::from_utf8(position.epoch_authenticator.clone()).unwrap();
        self.group.history = history.split('/').map(str::to_owned).collect();
        let here = self.group.key();
        self.sent.retain(|request| request.partition_key == here);
    }
}

fn info(group: &Double) -> MlsMessage {
    MlsMessage::decode(&group.clone().group_info().unwrap().0).unwrap()
}

/// Some message of the present partition: good, bad, or something that the device sent.
fn message(life: &Life, chance: &mut Stream) -> Delivered {
    let group = &life.group;
    match chance.below(8) {
        0 => group.theirs("bob|"),
        1 => group.theirs("carol|+dave"),
        2 => group.theirs("bob|bad"),
        3 => group.says("bob", "hi"),
        4 => group.says("nobody", "hi"),
        5 => {
            let mut altered = group.theirs("bob|");
            altered.commit = None;
            altered
        }
        _ if life.sent.is_empty() => group.says("carol", "hello"),
        _ => returned(&life.sent[chance.below(life.sent.len() as u64) as usize]),
    }
}

fn input(life: &Life, chance: &mut Stream) -> Input {
    let messages: Vec<_> = (0..chance.below(4)).map(|_| message(life, chance)).collect();
    let here = life.device.counter();
    match chance.below(26) {
        0 => Input::Create { group_id: b"group".to_vec() },
        1 => update(),
        2 => Input::Commit(Wish { remove: vec![1], ..Wish::default() }),
        3 => Input::Send { data: b"data".to_vec() },
        4 => Input::Propose(Proposal::Update),
        5 if chance.below(4) == 0 => Input::Leave,
        5 | 6 => Input::Look,
        7 => Input::GroupInfo(GroupInfoResponse { group_info: info(&life.group), ratchet_tree: None }),
        8 => Input::Hinted { partition: life.group.next("bob|").masked(), messages },
        9 => Input::Refused { request: Request::GroupInfo, reason: delivery::UNKNOWN_GROUP },
        10 => match life.sent.last() {
            Some(last) => Input::Refused {
                request: Request::Send(last.message.octets().to_vec()),
                reason: [delivery::TREE_NEEDED, delivery::BRANCH_TERMINATED][chance.below(2) as usize],
            },
            None => Input::Look,
        },
        24 | 25 => Input::Told(told_by(life, chance)),
        11 => Input::Delivered { partition_key: PartitionKey([7; 16]), first: 0, messages },
        _ => match here {
            Some((partition_key, counter)) => {
                let first = (u64::from(counter) + chance.below(3)).saturating_sub(1) as u32;
                Input::Delivered { partition_key, first, messages }
            }
            None => Input::Look,
        },
    }
}

/// Somebody says where it is, or where nobody is.
fn told_by(life: &Life, chance: &mut Stream) -> Told {
    let Some(here) = life.device.position().cloned() else {
        let (member, group_id) = (b"bob".to_vec(), b"group".to_vec());
        return Told { member, group_id, epoch: 0, epoch_authenticator: vec![], authentic: true };
    };
    let other = chance.below(2) == 0;
    Told {
        member: [&b"bob"[..], b"carol", b"nobody"][chance.below(3) as usize].to_vec(),
        group_id: here.group_id,
        epoch: (here.epoch + chance.below(3)).saturating_sub(1),
        epoch_authenticator: if other { b"elsewhere".to_vec() } else { here.epoch_authenticator },
        authentic: chance.below(2) == 0,
    }
}

/// What a device shows of itself.
fn face(device: &Device) -> impl PartialEq + std::fmt::Debug + use<> {
    let ignored: Vec<_> = device.ignored().cloned().collect();
    (device.position().cloned(), device.awaits(), device.members(), device.counter(), device.knowledge(), ignored)
}

/// What it says last of what it knows.
fn said(out: &[Effect]) -> Option<(Standing, Option<Proof>)> {
    let said = |effect: &Effect| match effect {
        Effect::Knows(knowledge) => Some((knowledge.standing, knowledge.proof)),
        _ => None,
    };
    out.iter().rev().find_map(said)
}

#[test]
fn a_refused_input_is_as_if_it_had_never_come() {
    let (mut refused, mut taken, mut moved, mut knew) = (0, 0, 0, 0);
    for seed in 0..60 {
        let mut last = (Standing::Together, None);
        let mut chance = Seed::new("walk").stream(&seed.to_string());
        let envelope = if seed % 2 == 0 { Envelope::Ignore } else { Envelope::Follow };
        let (device, group) = alice(Settings { envelope, ..settings() });
        let mut life = Life { device, group, sent: vec![] };
        for _ in 0..60 {
            life.keep_up();
            let next = input(&life, &mut chance);
            let mut before = life.device.copy();
            let shown = face(&before);
            let mut out = vec![Effect::Ignored(crate::client::Ignored {
                at: Time(0),
                partition: life.group.masked(),
                index: 0,
                reason: delivery::NO_STATE,
                said: String::new(),
            })];
            let mark = out.clone();
            if life.device.step(Time(1), next, &mut out).is_err() {
                refused += 1;
                assert_eq!(out, mark, "nothing was written");
                assert_eq!(face(&life.device), shown);
                // What comes next does the same to one who never saw it.
                let probe = input(&life, &mut chance);
                let done = told(&mut life.device, probe.clone());
                assert_eq!(told(&mut before, probe), done);
                last = said(&done.unwrap_or_default()).unwrap_or(last);
                continue;
            }
            taken += 1;
            for effect in &out {
                // Whatever it knows, it does not go and knock.
                assert!(!matches!(effect, Effect::ExternalJoin(_) | Effect::AskGroupInfo(_)), "{effect:?}");
            }
            knew += usize::from(said(&out).is_some());
            last = said(&out).unwrap_or(last);
            // What it said last is what it knows.
            if let Some(knowledge) = life.device.knowledge() {
                assert_eq!(last, (knowledge.standing, knowledge.proof));
            }
            life.sent.extend(sent(&out).into_iter().cloned());
            moved += out.iter().filter(|e| matches!(e, Effect::Moved { .. })).count();
        }
    }
    assert!(refused > 200 && taken > 1000 && moved > 200, "a walk that goes nowhere: {refused} {taken} {moved}");
    assert!(knew > 100, "a walk of which nothing is known: {knew}");
}
