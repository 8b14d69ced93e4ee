//! What a group takes in memory stays within what its hub says it takes, and within the bound that was set.
#![allow(clippy::unwrap_used, clippy::as_conversions)]

use mimicheck::delivery::{Blind, CreateGroup, Hub, Input, Limits, Settings};
use mimicheck::entropy::{Seed, Time};
use mimicheck::protocol::{
    CipherSuite, CommitData, MlsMessage, PartitionKey, SendRequest, ServiceProviderId, WelcomeData,
};
use mimicheck::vector::forge::traffic::{self, Kind};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const GROUP: &[u8] = b"a group whose id is neither short nor long";

fn own() -> ServiceProviderId {
    ServiceProviderId(b"hub.example".to_vec())
}

fn read(octets: &[u8]) -> MlsMessage {
    MlsMessage::decode(octets).unwrap()
}

fn key(n: u64) -> PartitionKey {
    PartitionKey(Seed::new("memory").stream(&n.to_string()).array())
}

/// The n-th request of a sender who fills whatever there is: to a few partitions or to ever new ones, with large trees or
/// with nothing at all.
fn request(n: u64, size: usize) -> SendRequest {
    let commit = n.is_multiple_of(3);
    let kind = if commit { Kind::Commit } else { Kind::Application };
    let message = read(&traffic::private_message(GROUP, n, kind, &vec![7; size]));
    let tree = traffic::ratchet_tree(&vec![7; size]);
    let group_info = read(&traffic::group_info(1, GROUP, n + 1, Some(&tree)));
    let references: Vec<Vec<u8>> = (0..8).map(|r| vec![r; 32]).collect();
    let references: Vec<&[u8]> = references.iter().map(Vec::as_slice).collect();
    let welcome = read(&traffic::welcome(1, &references));
    let service_providers = (0..8).map(|p| ServiceProviderId(vec![p; 20])).collect();
    let welcome_data = n.is_multiple_of(6).then_some(WelcomeData { welcome, service_providers });
    let data = CommitData { next_partition_key: key(n + 1), group_info: Some(group_info), welcome_data };
    SendRequest {
        message,
        partition_key: key(if n.is_multiple_of(2) { n } else { 0 }),
        commit_data: commit.then_some(data),
    }
}

#[test]
fn memory_is_what_was_said() {
    for (size, octets) in [(0, 200_000), (60, 200_000), (2_000, 2_000_000), (15_000, 8_000_000)] {
        let limits = Limits {
            max_partitions: 500,
            max_messages_per_partition: 300,
            max_octets_per_group: octets,
            max_pending_welcomes: 100,
            ..Limits::default()
        };
        let mut hub = Blind::new(Settings { limits, ..Settings::new(own()) });
        let new = CreateGroup {
            group_id: GROUP.to_vec(),
            suite: CipherSuite::X25519,
            partition_key: key(0),
            group_info: None,
            ratchet_tree: None,
            room: None,
        };
        let before = ALLOCATOR.current_usage();
        hub.step(Time::default(), &own(), Input::CreateGroup(new), &mut vec![]).unwrap();
        let mut refused = 0;
        for n in 0..6_000 {
            let input = Input::Send(request(n, size));
            refused += u32::from(hub.step(Time::default(), &own(), input, &mut vec![]).is_err());
        }
        let taken = ALLOCATOR.current_usage() - before;
        let usage = hub.usage(GROUP).unwrap();
        assert!(refused > 1_000, "nothing was full: {usage:?}");
        assert!(taken <= usage.memory(), "{size}: {taken} octets, said {} for {usage:?}", usage.memory());
        assert!(usage.memory() <= limits.memory_of_a_group(), "{size}: beyond the bound");
        // The bound is no fantasy either.
        assert!(usage.memory() <= taken * 12, "{size}: {taken} octets, said {} for {usage:?}", usage.memory());
    }
}
