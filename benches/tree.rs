//! Encrypted ratchet trees: how long a member takes for the patch of a commit, a hub to check it, and a joiner to open the
//! whole, against the size of the group; each as a ratio to one AEAD over the same tree, in one run. Nothing is asserted.
//!
//! In one run on a busy machine the hub's work grew with the height of the tree (exponents from 0.4 down to 0.1), a join
//! linearly (35 to 60 times the AEAD), and a patch hardly at all up to some hundred members and linearly beyond, as every
//! node is compared with the one before.
//! `mimicheck cost` has octets as well, and nodes as long as real ones: `cargo bench --bench tree [-- SIZE…]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::as_conversions, clippy::indexing_slicing, missing_docs)]

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use mimicheck::entropy::{Seed, Stream};
use mimicheck::protocol::{CipherSuite, Structure};
use mimicheck::tree::{Bounds, EncryptedTree, EncryptedTreePatch, RATCHET_TREE, Setup, StoredTree, Wrapping, open};
use mimicheck::wire::tls::Writer;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 7;
const SIZES: [usize; 5] = [4, 32, 256, 2048, 16_384];

/// A LeafNode from a commit, or a ParentNode, with a key of 32 octets.
fn node(x: usize, random: &mut Stream) -> Vec<u8> {
    let mut w = Writer::new();
    w.optional(true).u8(if x.is_multiple_of(2) { 1 } else { 2 });
    w.opaque(&random.octets(32), "encryption_key").unwrap();
    if x.is_multiple_of(2) {
        w.opaque(&random.octets(32), "signature_key").unwrap();
        w.u16(1).opaque(&random.octets(34), "identity").unwrap();
        for list in [2, 14, 8, 0, 2] {
            w.opaque(&vec![0; list], "capabilities").unwrap();
        }
        w.u8(3).opaque(&random.octets(32), "parent_hash").unwrap();
        w.opaque(&[], "extensions").unwrap().opaque(&random.octets(64), "signature").unwrap();
    } else {
        w.opaque(&random.octets(32), "parent_hash").unwrap();
        w.opaque(&[], "unmerged_leaves").unwrap();
    }
    w.into_octets()
}

/// The median of the rounds, in milliseconds.
fn milliseconds<T>(mut step: impl FnMut() -> T) -> f64 {
    let mut samples: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            drop(black_box(step()));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[ROUNDS / 2]
}

/// Milliseconds of a patch, of the hub, of a join, and of one AEAD over the tree.
fn measured(size: usize) -> [f64; 4] {
    let setup = Setup::new(RATCHET_TREE, CipherSuite::X25519, b"bench").unwrap();
    let mut random = Seed::new("bench").stream("tree");
    let mut payloads: Vec<Vec<u8>> = (0..2 * size - 1).map(|x| node(x, &mut random)).collect();
    let before = payloads.clone();
    let slices: Vec<&[u8]> = before.iter().map(Vec::as_slice).collect();
    let (here, first) = Wrapping::first(&setup, 1, &[1; 32], &slices).unwrap();
    let hub = StoredTree::first(&setup, &first, Bounds::default()).unwrap();
    // The first member commits: its leaf, and all on the left edge.
    let mut x = 0;
    while x < size {
        payloads[x] = node(x, &mut random);
        x = 2 * x + 1;
    }
    let slices: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
    let commit = milliseconds(|| here.next(&[2; 32], &slices).unwrap().1.encode().unwrap());
    let octets = here.next(&[2; 32], &slices).unwrap().1.encode().unwrap();
    let check = || hub.patched(&EncryptedTreePatch::decode(&octets).unwrap(), Bounds::default()).unwrap();
    let checked = milliseconds(check);
    let served = check().serve().encode().unwrap();
    let join = milliseconds(|| {
        let tree = EncryptedTree::decode(&served).unwrap();
        open(&setup, 2, &[2; 32], &tree, Bounds::default()).unwrap().encoded().unwrap()
    });
    let (cipher, clear) = (Aes128Gcm::new_from_slice(&[3; 16]).unwrap(), payloads.concat());
    let blob = milliseconds(|| cipher.encrypt(&Nonce::default(), clear.as_slice()).unwrap());
    [commit, checked, join, blob]
}

fn main() {
    let wanted: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if wanted.is_empty() { SIZES.to_vec() } else { wanted };
    println!("median of {ROUNDS} rounds, suite 1; x: against one AEAD over the same tree\n");
    println!("{:>8}{:>12}{:>10}{:>12}{:>10}{:>12}{:>10}", "members", "patch ms", "x", "hub ms", "x", "join ms", "x");
    let mut rows = vec![];
    for size in sizes.iter().map(|size| size.next_power_of_two()) {
        let row = measured(size);
        let cell = |i: usize| format!("{:>12.3}{:>9.2}x", row[i], row[i] / row[3]);
        println!("{size:>8}{}{}{}", cell(0), cell(1), cell(2));
        rows.push((size as f64, row));
    }
    println!("\ngrowth between neighbours, as an exponent of the size: 0 is flat, 1 is linear");
    for (i, name) in ["patch", "hub", "join"].iter().enumerate() {
        let steps = rows.windows(2).map(|pair| (pair[1].1[i] / pair[0].1[i]).ln() / (pair[1].0 / pair[0].0).ln());
        println!("  {name:<6}{}", steps.map(|step| format!("{step:>8.2}")).collect::<String>());
    }
}
