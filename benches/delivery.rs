//! Hubs: how many messages a second they take and give, against how large the group is and how many partitions it has,
//! as ratios to the smallest. Nothing is asserted: the machine decides the figures, the ratios are what to look at.
//! In one run application data went at 1.00, 0.82 and 0.48 of the speed to 1, 100 and 10,000 partitions, and was received at
//! 0.84 and 0.41: a map of keys, and memory that no cache holds. Against the group's size both are flat: within a
//! hundredth from 1 to 1,024 members. The size is in nothing but the tree of a commit's GroupInfo, which the hub keeps:
//! commits of 1,024 members went at 1/300 of the speed of those of one.
//! Hints are whole partitions, so they cost what they carry.
//! `cargo bench --bench delivery [-- submit|receive|partitions|welcomes]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::as_conversions, clippy::indexing_slicing, missing_docs)]

use mimicheck::delivery::{Blind, CreateGroup, Effect, Hints, Hub, Input, Limits, Response, Settings};
use mimicheck::entropy::Time;
use mimicheck::protocol::{
    CipherSuite, CommitData, MlsMessage, PartitionKey, ReceiveRequest, SendRequest, ServiceProviderId, Structure,
    WelcomeData,
};
use mimicheck::vector::forge::traffic::{self, Kind};
use std::hint::black_box;
use std::time::Instant;

const GROUP: &[u8] = b"group";
const ROUNDS: usize = 9;

fn own() -> ServiceProviderId {
    ServiceProviderId(b"hub.example".to_vec())
}

fn key(n: u32) -> PartitionKey {
    let mut key = [0; 16];
    key[..4].copy_from_slice(&n.to_be_bytes());
    PartitionKey(key)
}

fn hub(hints: Hints) -> Blind {
    let limits = Limits { max_octets_per_group: 1 << 30, max_partitions: 1 << 20, ..Limits::default() };
    let limits = Limits { max_messages_per_partition: 1 << 20, max_pending_welcomes: 1 << 20, ..limits };
    let mut hub = Blind::new(Settings { limits, hints, ..Settings::new(own()) });
    let new = CreateGroup {
        group_id: GROUP.to_vec(),
        suite: CipherSuite::X25519,
        partition_key: key(0),
        group_info: None,
        ratchet_tree: None,
        room: None,
    };
    hub.step(Time::default(), &own(), Input::CreateGroup(new), &mut vec![]).unwrap();
    hub
}

fn application(n: u32, partition: u32, size: usize) -> SendRequest {
    let ciphertext = [&n.to_be_bytes()[..], &vec![7; size]].concat();
    let message = MlsMessage::decode(&traffic::private_message(GROUP, 0, Kind::Application, &ciphertext)).unwrap();
    SendRequest { message, partition_key: key(partition), commit_data: None }
}

/// A commit with a GroupInfo whose tree is as large as that of a group of so many members (290 octets each).
fn commit(n: u32, members: usize, added: u32) -> SendRequest {
    let commit = traffic::private_message(GROUP, u64::from(n), Kind::Commit, &vec![7; 1_500]);
    let tree = traffic::ratchet_tree(&vec![7; members * 290]);
    let info = traffic::group_info(1, GROUP, u64::from(n) + 1, Some(&tree));
    let references: Vec<Vec<u8>> = (0..added).map(|r| r.to_be_bytes().to_vec()).collect();
    let references: Vec<&[u8]> = references.iter().map(Vec::as_slice).collect();
    let providers = (0..added).map(|p| ServiceProviderId((p % 50).to_be_bytes().to_vec())).collect();
    let welcome = MlsMessage::decode(&traffic::welcome(1, &references)).unwrap();
    let welcome_data = (added > 0).then_some(WelcomeData { welcome, service_providers: providers });
    let data = CommitData {
        next_partition_key: key(n + 1),
        group_info: Some(MlsMessage::decode(&info).unwrap()),
        welcome_data,
    };
    SendRequest { message: MlsMessage::decode(&commit).unwrap(), partition_key: key(n), commit_data: Some(data) }
}

/// The median of the rounds: seconds for `count` steps of what `prepare` gives.
fn seconds(mut prepare: impl FnMut() -> (Blind, Vec<Input>)) -> f64 {
    let mut samples: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let (mut hub, inputs) = prepare();
            let count = inputs.len() as f64;
            let start = Instant::now();
            for input in inputs {
                let mut out = vec![];
                hub.step(Time::default(), &own(), input, &mut out).unwrap();
                black_box(out);
            }
            start.elapsed().as_secs_f64() / count
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

fn table(title: &str, what: &str, rows: &[(String, f64)]) {
    println!("\n{title:<48} {what:>14} {:>12}", "of the first");
    for (name, seconds) in rows {
        println!("  {name:<46} {:>14.0} {:>11.2}x", 1.0 / seconds, rows[0].1 / seconds);
    }
}

fn submit() {
    let rows = [64, 1_024, 16_384].map(|size| {
        let prepare = || (hub(Hints::None), (0..1_000).map(|n| Input::Send(application(n, 0, size))).collect());
        (format!("application data, {size} octets"), seconds(prepare))
    });
    table("submits", "a second", &rows);
    let rows = [1, 16, 256, 1_024].map(|members| {
        let prepare = || (hub(Hints::None), (0..50).map(|n| Input::Send(commit(n, members, 0))).collect());
        (format!("commits with the tree of {members} members"), seconds(prepare))
    });
    table("commits", "a second", &rows);
    let sizes = [1, 16, 256, 1_024];
    let rows = sizes.map(|members| {
        let large = of_size(members);
        let prepare = || (large.clone(), (0..1_000).map(|n| Input::Send(application(n, 1, 256))).collect());
        (format!("256 octets in a group of {members} members"), seconds(prepare))
    });
    table("submits", "a second", &rows);
    let rows = sizes.map(|members| {
        let mut large = of_size(members);
        large.step(Time::default(), &own(), Input::Send(application(0, 1, 256)), &mut vec![]).unwrap();
        let prepare = || (large.clone(), (0..1_000).map(|_| ask(1, 0)).collect());
        (format!("one message in a group of {members} members"), seconds(prepare))
    });
    table("receives", "a second", &rows);
    let octets: Vec<Vec<u8>> = (0..1_000)
        .map(|n| {
            let r = application(n, 0, 1_024);
            r.encode().unwrap()
        })
        .collect();
    let mut samples: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let mut hub = hub(Hints::None);
            let start = Instant::now();
            for octets in &octets {
                let input = Input::Send(SendRequest::decode(octets).unwrap());
                hub.step(Time::default(), &own(), input, &mut vec![]).unwrap();
            }
            start.elapsed().as_secs_f64() / octets.len() as f64
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    table("from octets", "a second", &[("1024 octets of data, read and taken".into(), samples[ROUNDS / 2])]);
}

/// A hub whose group has the GroupInfo and tree of so many members, and is in partition 1.
fn of_size(members: usize) -> Blind {
    let mut hub = hub(Hints::None);
    hub.step(Time::default(), &own(), Input::Send(commit(0, members, 0)), &mut vec![]).unwrap();
    hub
}

fn filled(partitions: u32, messages: u32, hints: Hints) -> Blind {
    let mut hub = hub(hints);
    for partition in 0..partitions {
        for n in 0..messages {
            let input = Input::Send(application(n, partition, 256));
            hub.step(Time::default(), &own(), input, &mut vec![]).unwrap();
        }
    }
    hub
}

fn ask(partition: u32, counter: u32) -> Input {
    Input::Receive { group_id: GROUP.to_vec(), request: ReceiveRequest { partition_key: key(partition), counter } }
}

fn receive() {
    let rows = [1, 100, 10_000].map(|held| {
        let full = filled(1, held, Hints::None);
        let prepare = || (full.clone(), (0..200).map(|_| ask(0, held - 1)).collect());
        (format!("the last of {held} messages"), seconds(prepare))
    });
    table("receives, one message each", "a second", &rows);
    let rows = [1, 10, 100, 1_000].map(|fresh| {
        let full = filled(1, 1_000, Hints::None);
        let prepare = || (full.clone(), (0..20).map(|_| ask(0, 1_000 - fresh)).collect());
        (format!("{fresh} messages in an answer"), seconds(prepare) / f64::from(fresh))
    });
    table("messages received", "a second", &rows);
    let full = filled(1, 1_000, Hints::None);
    let mut out = vec![];
    full.clone().step(Time::default(), &own(), ask(0, 0), &mut out).unwrap();
    let Effect::Respond(Response::Received(response)) = &out[0] else { panic!() };
    let start = Instant::now();
    (0..100).for_each(|_| drop(black_box(response.encode().unwrap())));
    table("written", "a second", &[("messages, as octets".into(), start.elapsed().as_secs_f64() / 100_000.0)]);
}

fn partitions() {
    let counts = [1, 100, 10_000];
    let rows = counts.map(|count| {
        let full = filled(count, 1, Hints::None);
        let prepare = || (full.clone(), (0..500).map(|n| Input::Send(application(n, n % count, 256))).collect());
        (format!("to one of {count} partitions"), seconds(prepare))
    });
    table("submits", "a second", &rows);
    let rows = counts.map(|count| {
        let full = filled(count, 1, Hints::None);
        let prepare = || (full.clone(), (0..500).map(|n| ask(n % count, 0)).collect());
        (format!("from one of {count} partitions"), seconds(prepare))
    });
    table("receives", "a second", &rows);
    let rows = [1, 10, 100].map(|count| {
        let full = filled(count, 1, Hints::All);
        let prepare = || (full.clone(), (0..50).map(|n| ask(n % count, 0)).collect());
        (format!("with hints of {} other partitions", count - 1), seconds(prepare))
    });
    table("receives", "a second", &rows);
}

fn welcomes() {
    let rows = [1, 50, 1_000].map(|added| {
        let prepare = || (hub(Hints::None), (0..20).map(|n| Input::Send(commit(n, 1, added))).collect());
        (format!("commits that add {added}, of 50 providers at most"), seconds(prepare))
    });
    table("commits with Welcomes", "a second", &rows);
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let sections: [(&str, fn()); 4] =
        [("submit", submit), ("receive", receive), ("partitions", partitions), ("welcomes", welcomes)];
    for (name, section) in sections {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            section();
        }
    }
}
