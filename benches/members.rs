//! Members: how long one takes to process a commit, to process a message and to join by a Welcome, against the size of its
//! group, for both engines in one run. Nothing is asserted: the ratios are what to look at.
//!
//! The group is young: its first member added all others with one commit, then two more of them committed. Most parents are
//! blank, so that a commit carries a path secret for nearly everybody: the worst case, in which octets and time grow
//! with the group.
//!
//! In one run on an idle machine a join grew as the size, with both engines alike (ratio 0.94 to 1.03): the tree is verified
//! leaf by leaf. Commit and message grew less than linearly up to some hundred members and about linearly beyond, commit by
//! 39 (OpenMLS) and 16 (mls-rs) from 2 to 1,000 members, a message by 53 and 20. A message needs no such work: what grows
//! is that the group is loaded for it (OpenMLS) or copied. OpenMLS took 1.2 to 4 times as long as mls-rs for a commit, and
//! 1.5 to 6 times for a message. `cargo bench --features fuzzing --bench members [-- SIZE…]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::as_conversions, clippy::indexing_slicing, missing_docs)]

use mimicheck::mls::member::{Client, Engine, Member, Plan, Settings};
use mimicheck::protocol::CipherSuite;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 5;
const SIZES: [usize; 6] = [2, 8, 32, 128, 512, 1000];

fn device(engine: &dyn Engine, name: &str) -> Box<dyn Client> {
    let settings = Settings {
        identity: name.as_bytes().to_vec(),
        suite: CipherSuite::X25519,
        seed: format!("members {name}"),
        encrypt_handshake: false,
        application: None,
    };
    engine.client(&settings).unwrap()
}

/// A member of a group of this size, and what it is given.
struct Scene {
    joiner: Box<dyn Client>,
    welcome: Vec<u8>,
    tree: Vec<u8>,
    subject: Box<dyn Member>,
    commit: Vec<u8>,
    message: Vec<u8>,
}

fn scene(engine: &dyn Engine, size: usize) -> Scene {
    let mut alice = device(engine, "alice").create(b"group").unwrap();
    let mut joiner = device(engine, "dora");
    let mut bob_device = device(engine, "bob");
    let mut add = vec![joiner.key_package().unwrap()];
    if size > 2 {
        add.push(bob_device.key_package().unwrap());
    }
    add.extend((add.len() + 1..size).map(|n| device(engine, &n.to_string()).key_package().unwrap()));
    let out = alice.commit(&Plan { add, ..Plan::default() }).unwrap();
    alice.merge_own().unwrap();
    let (welcome, tree) = (out.welcome.unwrap(), out.ratchet_tree);
    let before = joiner.copy();
    let mut subject = joiner.join(&welcome, Some(&tree)).unwrap();
    let mut follow = |commit: &[u8]| {
        subject.process(commit).unwrap();
        subject.merge().unwrap();
    };
    let first = alice.commit(&Plan { update: true, ..Plan::default() }).unwrap().commit;
    alice.merge_own().unwrap();
    follow(&first);
    if size > 2 {
        let mut bob = bob_device.join(&welcome, Some(&tree)).unwrap();
        bob.process(&first).unwrap();
        bob.merge().unwrap();
        let second = bob.commit(&Plan { update: true, ..Plan::default() }).unwrap().commit;
        follow(&second);
        alice.process(&second).unwrap();
        alice.merge().unwrap();
    }
    let message = alice.send(&[7; 1_000], &[]).unwrap();
    let commit = alice.commit(&Plan { update: true, ..Plan::default() }).unwrap().commit;
    Scene { joiner: before, welcome, tree, subject, commit, message }
}

/// The median of the rounds, in milliseconds.
fn milliseconds(mut step: impl FnMut()) -> f64 {
    let mut samples: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            step();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[ROUNDS / 2]
}

/// Commit, message, join in milliseconds; octets of commit and Welcome.
fn measured(engine: &dyn Engine, size: usize) -> ([f64; 3], [usize; 2]) {
    let scene = scene(engine, size);
    let commit = milliseconds(|| {
        let mut member = scene.subject.copy();
        member.process(&scene.commit).unwrap();
        member.merge().unwrap();
        black_box(member);
    });
    let message = milliseconds(|| drop(black_box(scene.subject.copy().process(&scene.message).unwrap())));
    let join = milliseconds(|| drop(black_box(scene.joiner.copy().join(&scene.welcome, Some(&scene.tree)).unwrap())));
    ([commit, message, join], [scene.commit.len(), scene.welcome.len()])
}

fn main() {
    let wanted: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if wanted.is_empty() { SIZES.to_vec() } else { wanted };
    let engines: [&dyn Engine; 2] = [&mimicheck::mls::open::engine(), &mimicheck::mls::second::engine()];
    println!("milliseconds of a member, median of {ROUNDS}; x: against the smallest group of the same engine\n");
    println!(
        "{:<14}{:>6}{:>16}{:>16}{:>16}{:>12}{:>12}",
        "engine", "size", "commit", "message", "join", "commit", "Welcome"
    );
    let mut all: Vec<Vec<[f64; 3]>> = vec![];
    for engine in engines {
        let mut smallest = None;
        let mut rows = vec![];
        for &size in &sizes {
            let (times, octets) = measured(engine, size);
            rows.push(times);
            let base = *smallest.get_or_insert(times);
            let cell = |i: usize| format!("{:.2} {:>5.1}x", times[i], times[i] / base[i]);
            let [name, ..] = engine.name().split(' ').collect::<Vec<_>>()[..] else { continue };
            println!(
                "{name:<14}{size:>6}{:>16}{:>16}{:>16}{:>10} B{:>10} B",
                cell(0),
                cell(1),
                cell(2),
                octets[0],
                octets[1]
            );
        }
        all.push(rows);
    }
    let columns = ["commit", "message", "join"];
    println!("\ngrowth between neighbours, as an exponent of the size: 0 is flat, 1 is linear");
    for (engine, rows) in engines.iter().zip(&all) {
        for (i, column) in columns.iter().enumerate() {
            let steps = sizes.windows(2).zip(rows.windows(2));
            let exponent =
                |(n, t): (&[usize], &[[f64; 3]])| (t[1][i] / t[0][i]).ln() / (n[1] as f64 / n[0] as f64).ln();
            let row: Vec<String> = steps.map(|pair| format!("{:>6.2}", exponent(pair))).collect();
            println!("  {:<14}{column:<10}{}", engine.name(), row.join(" "));
        }
    }
    println!("\nthe first engine's time over the second's, by size");
    for (i, column) in columns.iter().enumerate() {
        let row: Vec<String> = all[0].iter().zip(&all[1]).map(|(a, b)| format!("{:>6.2}", a[i] / b[i])).collect();
        println!("  {column:<10}{}", row.join(" "));
    }
}
