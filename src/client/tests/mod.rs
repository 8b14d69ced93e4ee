#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, reason = "tests")]

mod commits;
mod double;
mod joins;
mod partitions;
mod walk;

use super::{Device, Effect, Effects, Input, Settings, Wish};
use crate::entropy::Time;
use crate::mls::member::Result;
use crate::protocol::{Delivered, PartitionKey};
use crate::reason::Reason;
use double::{Double, Maker, SUITE};

fn settings() -> Settings {
    Settings::new(SUITE)
}

/// A device of alice, who has made a group of herself, bob and carol.
fn alice(settings: Settings) -> (Device, Double) {
    made(settings, Double::of("alice", &["alice", "bob", "carol"]))
}

/// A device that has made this group.
fn made(settings: Settings, member: Double) -> (Device, Double) {
    let mut device = Device::new(Box::new(Maker { member: member.clone(), needs_tree: false }), settings);
    told(&mut device, Input::Create { group_id: b"group".to_vec() }).unwrap();
    (device, member)
}

fn told(device: &mut Device, input: Input) -> Result<Effects> {
    let mut out = vec![];
    device.step(Time(7), input, &mut out).map(|()| out)
}

fn given(device: &mut Device, key: PartitionKey, first: u32, messages: Vec<Delivered>) -> Effects {
    told(device, Input::Delivered { partition_key: key, first, messages }).unwrap()
}

fn update() -> Input {
    Input::Commit(Wish { update: true, ..Wish::default() })
}

/// The requests that an effect list sends.
fn sent(effects: &Effects) -> Vec<&crate::protocol::SendRequest> {
    effects.iter().filter_map(|e| if let Effect::Send(s) = e { Some(s) } else { None }).collect()
}

fn ignored(effects: &Effects) -> Vec<(u32, Reason)> {
    let of = |e: &Effect| if let Effect::Ignored(i) = e { Some((i.index, i.reason)) } else { None };
    effects.iter().filter_map(of).collect()
}

fn heard(effects: &Effects) -> Vec<String> {
    let of = |e: &Effect| match e {
        Effect::Application { sender, data } => {
            Some(format!("{}: {}", String::from_utf8_lossy(sender), String::from_utf8_lossy(data)))
        }
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

/// What a device sent, as the hub gives it back.
fn returned(request: &crate::protocol::SendRequest) -> Delivered {
    let commit = request.commit_data.as_ref();
    let commit = commit.map(|d| (d.next_partition_key.masked(SUITE).unwrap(), d.group_info.clone()));
    Delivered { message: request.message.clone(), commit }
}
