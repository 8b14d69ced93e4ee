//! A hub that reads handshakes, and real members of another library.
#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

use mimicheck::delivery::{CreateGroup, Effect, Hub, Input, Response, Settings, TrackingHub};
use mimicheck::entropy::Time;
use mimicheck::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Received, Settings as Device};
use mimicheck::mls::second;
use mimicheck::protocol::{
    CipherSuite, CommitData, ExternalJoinRequest, GroupInfoRequest, MlsMessage, PartitionKey, ReceiveRequest,
    SendRequest, ServiceProviderId,
};
use mimicheck::reason::{Reason, delivery as reason, mls};

const GROUP: &[u8] = b"group";

fn provider(name: &str) -> ServiceProviderId {
    ServiceProviderId(name.as_bytes().to_vec())
}

fn device(name: &str, encrypt_handshake: bool) -> Box<dyn Client> {
    let settings = Device {
        identity: name.into(),
        suite: CipherSuite::X25519,
        seed: format!("tracking {name}"),
        encrypt_handshake,
        application: None,
    };
    second::engine().client(&settings).unwrap()
}

fn read(octets: &[u8]) -> MlsMessage {
    MlsMessage::decode(octets).unwrap()
}

/// A hub, and Alice alone in a group.
fn alone(encrypt: bool) -> (TrackingHub, Box<dyn Member>) {
    let mut alice = device("alice", encrypt).create(GROUP).unwrap();
    let (info, tree) = alice.group_info().unwrap();
    let mut hub = TrackingHub::tracking(Settings::new(provider("hub.example")), 16);
    let new = CreateGroup {
        group_id: GROUP.to_vec(),
        suite: CipherSuite::X25519,
        partition_key: alice.position().unwrap().partition_key,
        group_info: Some(read(&info)),
        ratchet_tree: Some(tree),
        room: None,
    };
    told(&mut hub, Input::CreateGroup(new)).unwrap();
    (hub, alice)
}

fn told(hub: &mut TrackingHub, input: Input) -> Result<Vec<Effect>, Reason> {
    let (before, mut out) = (hub.clone(), vec![]);
    hub.step(Time::default(), &provider("hub.example"), input, &mut out).map_err(|refused| {
        assert!(*hub == before && out.is_empty(), "a refusal changed something");
        refused.reason
    })?;
    Ok(out)
}

fn data(out: &CommitOut) -> CommitData {
    let group_info = Some(read(&out.group_info));
    CommitData { next_partition_key: out.next.partition_key, group_info, welcome_data: None }
}

fn submit(hub: &mut TrackingHub, at: PartitionKey, out: &CommitOut) -> Result<(), Reason> {
    let request = SendRequest { message: read(&out.commit), partition_key: at, commit_data: Some(data(out)) };
    told(hub, Input::Send(request)).map(|_| ())
}

fn say(hub: &mut TrackingHub, at: PartitionKey, message: &[u8]) -> Result<(), Reason> {
    let request = SendRequest { message: read(message), partition_key: at, commit_data: None };
    told(hub, Input::Send(request)).map(|_| ())
}

fn at(member: &dyn Member) -> PartitionKey {
    member.position().unwrap().partition_key
}

/// Alice adds somebody, through the hub.
fn add(hub: &mut TrackingHub, alice: &mut dyn Member, name: &str) -> Box<dyn Member> {
    let mut joiner = device(name, false);
    let plan = Plan { add: vec![joiner.key_package().unwrap()], ..Plan::default() };
    let out = alice.commit(&plan).unwrap();
    assert_eq!(submit(hub, at(alice), &out), Ok(()));
    alice.merge_own().unwrap();
    joiner.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap()
}

#[test]
fn follows_a_group_and_gives_joiners_its_tree() {
    let (mut hub, mut alice) = alone(false);
    let mut bob = add(&mut hub, alice.as_mut(), "bob");
    let out = told(&mut hub, Input::GroupInfo(GroupInfoRequest { group_id: GROUP.to_vec() })).unwrap();
    let Effect::Respond(Response::GroupInfo(given)) = &out[0] else { panic!() };
    let tree = given.ratchet_tree.clone().unwrap();
    assert_eq!(tree, alice.group_info().unwrap().1);
    // Carol joins by what the hub gives, and the others follow.
    let (carol, join) = device("carol", false).external_join(given.group_info.octets(), Some(&tree)).unwrap();
    let request = ExternalJoinRequest { message: read(&join.commit), commit_data: data(&join) };
    let out = told(&mut hub, Input::ExternalJoin(request)).unwrap();
    assert!(matches!(&out[1], Effect::Sequenced { partition, .. } if *partition == at(alice.as_ref())));
    let request = ReceiveRequest { partition_key: at(bob.as_ref()), counter: 0 };
    let out = told(&mut hub, Input::Receive { group_id: GROUP.to_vec(), request }).unwrap();
    let Effect::Respond(Response::Received(received)) = &out[0] else { panic!() };
    for member in [&mut alice, &mut bob] {
        assert!(matches!(member.process(received.epoch.messages[0].message.octets()), Ok(Received::Commit(_))));
        member.merge().unwrap();
        assert_eq!(member.position().unwrap(), carol.position().unwrap());
    }
    let view = &hub.knowledge(GROUP).unwrap().of(&at(carol.as_ref()))[0];
    let names: Vec<_> = view.members().iter().map(|(leaf, name)| (*leaf, String::from_utf8_lossy(name))).collect();
    assert_eq!(names, [(0, "alice".into()), (1, "bob".into()), (2, "carol".into())]);
}

#[test]
fn judges_each_branch_by_its_own_state() {
    let (mut hub, mut alice) = alone(false);
    let mut bob = add(&mut hub, alice.as_mut(), "bob");
    let fork = at(alice.as_ref());
    // Alice removes Bob; Bob, who has not heard, commits as well.
    let removed = alice.commit(&Plan { remove: vec![1], ..Plan::default() }).unwrap();
    let updated = bob.commit(&Plan { update: true, ..Plan::default() }).unwrap();
    assert_eq!(submit(&mut hub, fork, &removed), Ok(()));
    assert_eq!(submit(&mut hub, fork, &updated), Ok(()));
    alice.merge_own().unwrap();
    bob.merge_own().unwrap();
    // On his branch he is a member; on hers nobody has his leaf, whatever he signs.
    let his = bob.propose(&Proposal::Remove(0)).unwrap();
    assert_eq!(say(&mut hub, at(alice.as_ref()), &his), Err(mls::UNKNOWN_SENDER));
    assert_eq!(say(&mut hub, at(bob.as_ref()), &his), Ok(()));
    assert_eq!(say(&mut hub, fork, &his), Err(mls::WRONG_EPOCH));
    // A commit refers to the proposal: the hub has kept it on that branch only.
    let mut carol = device("carol", false);
    let plan = Plan { add: vec![carol.key_package().unwrap()], ..Plan::default() };
    let hers = alice.commit(&plan).unwrap();
    assert!(submit(&mut hub, at(bob.as_ref()), &hers).is_err(), "signed for the other branch");
    assert_eq!(submit(&mut hub, at(alice.as_ref()), &hers), Ok(()));
}

#[test]
fn refuses_a_group_info_of_another_tree() {
    let (mut hub, mut alice) = alone(false);
    let out = alice.commit(&Plan { update: true, ..Plan::default() }).unwrap();
    let stale = CommitOut { group_info: alice.group_info().unwrap().0, ..out.clone() };
    assert_eq!(submit(&mut hub, at(alice.as_ref()), &stale), Err(reason::GROUP_INFO_OF_ANOTHER));
    assert_eq!(submit(&mut hub, at(alice.as_ref()), &out), Ok(()));
}

#[test]
fn lets_encrypted_groups_pass() {
    let (mut hub, mut alice) = alone(true);
    let out = alice.commit(&Plan { update: true, ..Plan::default() }).unwrap();
    assert_eq!(submit(&mut hub, at(alice.as_ref()), &out), Err(reason::TREE_NEEDED));
    let message = read(&out.commit);
    let commit_data = Some(CommitData { group_info: None, ..data(&out) });
    let request = SendRequest { message, partition_key: at(alice.as_ref()), commit_data };
    told(&mut hub, Input::Send(request)).unwrap();
    alice.merge_own().unwrap();
    let said = alice.send(b"hello", b"").unwrap();
    assert_eq!(say(&mut hub, at(alice.as_ref()), &said), Ok(()));
}

/// Negative policy: what the hub refuses, members refuse too. Every octet of a commit and of a proposal, changed.
#[test]
fn refuses_nothing_that_members_take() {
    let (mut hub, mut alice) = alone(false);
    let bob = add(&mut hub, alice.as_mut(), "bob");
    let here = at(alice.as_ref());
    let commit = alice.copy().commit(&Plan { update: true, ..Plan::default() }).unwrap();
    let proposal = alice.propose(&Proposal::Remove(1)).unwrap();
    let (mut refused, mut passed) = (0, 0);
    for (octets, commit_data) in
        [(&commit.commit, Some(CommitData { group_info: None, ..data(&commit) })), (&proposal, None)]
    {
        for place in 0..octets.len() {
            let mut changed = octets.clone();
            changed[place] ^= 1 << (place % 8);
            let Ok(message) = MlsMessage::decode(&changed) else { continue };
            let request = SendRequest { message, partition_key: here, commit_data: commit_data.clone() };
            let mut hub = hub.clone();
            match told(&mut hub, Input::Send(request)) {
                Err(_) => {
                    refused += 1;
                    assert!(bob.copy().process(&changed).is_err(), "refused at octet {place} what Bob takes");
                }
                // Tags need secrets: members refuse it all the same.
                Ok(_) => {
                    passed += 1;
                    assert!(bob.copy().process(&changed).is_err(), "Bob takes what was changed at octet {place}");
                }
            }
        }
    }
    assert!(refused > 300 && passed > 40, "{refused} refused, {passed} let pass");
}

/// A member proposes without end: the hub's views grow with every proposal, and stay within their bound.
#[test]
fn views_are_bounded_in_octets() {
    let (free, mut alice) = alone(false);
    let one = free.knowledge(GROUP).unwrap().octets();
    let most = one * 3;
    let mut settings = Settings::new(provider("hub.example"));
    settings.limits.max_octets_in_sight = most;
    let mut hub = TrackingHub::tracking(settings, 16);
    let (info, tree) = alice.group_info().unwrap();
    let partition_key = alice.position().unwrap().partition_key;
    let new = CreateGroup {
        group_id: GROUP.to_vec(),
        suite: CipherSuite::X25519,
        partition_key,
        group_info: Some(read(&info)),
        ratchet_tree: Some(tree),
        room: None,
    };
    told(&mut hub, Input::CreateGroup(new)).unwrap();
    let mut largest = 0;
    for n in 0..40 {
        let package = device(&format!("guest {n}"), false).key_package().unwrap();
        let message = read(&alice.propose(&Proposal::Add(package)).unwrap());
        told(&mut hub, Input::Send(SendRequest { message, partition_key, commit_data: None })).unwrap();
        largest = largest.max(hub.knowledge(GROUP).unwrap().octets());
    }
    assert!(largest > one && largest <= most, "{largest} octets of {most}");
    assert_eq!(hub.knowledge(GROUP).unwrap().in_sight(), 0, "too large to be kept");
}
