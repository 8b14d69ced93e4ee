//! What encrypted trees take in memory: a joiner a few times what it downloads, a hub for each epoch about its patch.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use mimicheck::entropy::Seed;
use mimicheck::protocol::{CipherSuite, Structure};
use mimicheck::tree::{Bounds, EncryptedTree, LINK_KEYS, Setup, StoredTree, Wrapping, open};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MEMBERS: usize = 2048;

/// Octets that something takes while it runs, at most, beyond what there was; and what it made.
fn peak<T>(does: impl FnOnce() -> T) -> (usize, T) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let made = does();
    (ALLOCATOR.peak_usage().saturating_sub(before), made)
}

#[test]
fn a_joiner_and_a_hub_take_what_they_must() {
    let setup = Setup::new(LINK_KEYS, CipherSuite::X25519, b"memory").unwrap();
    let mut random = Seed::new("memory").stream("keys");
    let mut key = || [&[1, 32][..], &random.octets(32)].concat();
    let leaf = |x: usize, key: &mut dyn FnMut() -> Vec<u8>| if x.is_multiple_of(2) { key() } else { vec![0] };
    let mut payloads: Vec<Vec<u8>> = (0..2 * MEMBERS - 1).map(|x| leaf(x, &mut key)).collect();
    let (mut here, patch) = {
        let refs: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
        Wrapping::first(&setup, 0, &[1; 32], &refs).unwrap()
    };
    let mut hub = StoredTree::first(&setup, &patch, Bounds::default()).unwrap();
    drop(patch);

    // Every epoch of a long history is kept, and shares what its patch did not touch.
    let mut kept = vec![hub.clone()];
    let (mut octets, before) = (0, ALLOCATOR.current_usage());
    for epoch in 1..=200_u8 {
        payloads[usize::from(epoch) * 4] = key();
        let refs: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
        let (next, patch) = here.next(&[epoch; 32], &refs).unwrap();
        octets += patch.encode().unwrap().len();
        hub = hub.patched(&patch, Bounds::default()).unwrap();
        kept.push(hub.clone());
        here = next;
    }
    let taken = ALLOCATOR.current_usage() - before;
    assert!(taken < octets * 2, "{taken} octets for 200 epochs whose patches have {octets}");
    assert_eq!(kept[0].serve().epoch, 0);

    let served = hub.serve().encode().unwrap();
    drop((hub, kept, here));
    let (most, joined) = peak(|| {
        let tree = EncryptedTree::decode(&served).unwrap();
        open(&setup, 200, &[200; 32], &tree, Bounds::default()).unwrap()
    });
    assert!(most < served.len() * 4, "{most} octets for a tree of {}", served.len());
    assert_eq!(joined.payloads(), payloads);
}
