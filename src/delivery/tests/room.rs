//! A room at its hub, over a view that is a list of members: Alice at a.example, Bob at b.example, Cathy at c.example.

use super::forge::*;
use crate::delivery::{
    Looked, Notified, Participant, Received, Refused, Room, RoomAnswer, RoomEffect, RoomInput, RoomSettings, Roster,
    Tree, View,
};
use crate::entropy::Time;
use crate::protocol::room::{
    Bundled, Fanned, FanoutMessage, GroupInfoOption, HandshakeBundle, Octets, PartialGroupInfo, Protocol,
    RatchetTreeOption, SubmitMessageRequest, Submitted, TreePresence, UpdateOutcome, Welcome,
};
use crate::protocol::{ContentType, Head, MlsMessage, Sender};
use crate::reason::{delivery as reason, mls};

const CLIENTS: [&str; 4] = ["bob-phone", "alice-laptop", "bob-laptop", "cathy-laptop"];

/// Leaves by their index. "evil" is refused; a commit that says "add dave" adds his client.
#[derive(Clone, Debug, PartialEq)]
struct Leaves(Vec<&'static str>);

impl View for Leaves {
    fn open(_: &MlsMessage, _: Option<&[u8]>) -> Result<Self, Refused> {
        Ok(Self(CLIENTS.to_vec()))
    }

    fn look(&self, message: &MlsMessage) -> Result<Looked<Self>, Refused> {
        let says = |word: &[u8]| message.octets().windows(word.len()).any(|w| w == word);
        if says(b"evil") {
            return Err(Refused::new(mls::BAD_SIGNATURE, ""));
        }
        let mut after = self.clone();
        if says(b"add dave") {
            after.0.push("dave-phone");
        }
        Ok(match message.head() {
            Head::Public { content: ContentType::Commit, .. } => Looked::Next(after),
            _ => Looked::Here(after),
        })
    }

    fn tree_hash(&self) -> Vec<u8> {
        vec![]
    }

    fn ratchet_tree(&self) -> Tree {
        vec![]
    }

    fn members(&self) -> Vec<(u32, Vec<u8>)> {
        (0..).zip(self.0.iter().map(|client| client.as_bytes().to_vec())).collect()
    }
}

fn roster(users: &[(&str, bool)]) -> Roster {
    let user = |(name, active): &(&str, bool)| {
        let provider = provider(&format!("{}.example", &name[..1]));
        (name.as_bytes().to_vec(), Participant { provider, active: *active })
    };
    let client = |client: &str| (client.as_bytes().to_vec(), client.split('-').next().unwrap().as_bytes().to_vec());
    Roster {
        users: users.iter().map(user).collect(),
        clients: CLIENTS.iter().copied().chain(["dave-phone"]).map(client).collect(),
    }
}

fn room(users: &[(&str, bool)]) -> Room<Leaves> {
    let settings = RoomSettings { hub: provider(HUB), limits: settings().limits, max_roster: 16, past_epochs: 1 };
    Room::open(settings, &group_info(GROUP, 5, None), None, roster(users)).unwrap()
}

const ALL: [(&str, bool); 3] = [("alice", true), ("bob", true), ("cathy", true)];

/// Steps at 77; whatever is refused must have changed nothing and be told to nobody.
fn step(room: &mut Room<Leaves>, from: &str, input: RoomInput) -> (RoomAnswer, Vec<(String, Vec<FanoutMessage>)>) {
    let before = room.clone();
    let mut effects = room.step(Time(77), &provider(from), input).unwrap().into_iter();
    let Some(RoomEffect::Respond(answer)) = effects.next() else { panic!("no answer first") };
    let told: Vec<_> = effects
        .map(|effect| match effect {
            RoomEffect::Notify { to, body } => (String::from_utf8(to.0).unwrap(), body.messages),
            RoomEffect::Respond(_) => panic!("two answers"),
        })
        .collect();
    let taken = matches!(
        answer,
        RoomAnswer::Done
            | RoomAnswer::Update(UpdateOutcome::Success(77))
            | RoomAnswer::Submit(Submitted::Accepted { accepted_timestamp: 77, .. })
    );
    assert!(taken || (*room == before && told.is_empty()), "a refusal changed something");
    (answer, told)
}

fn proposal(epoch: u64, leaf: u32, said: &str) -> MlsMessage {
    public(epoch, Sender::Member(leaf), ContentType::Proposal, said.as_bytes())
}

fn proposals(first: MlsMessage, more: &[MlsMessage]) -> RoomInput {
    let bundle = HandshakeBundle { proposal_or_commit: first, with: Bundled::Proposals(more.to_vec()) };
    RoomInput::Update { bundle, roster: None }
}

fn commit(epoch: u64, sender: Sender, said: &str, welcome: Option<Welcome>, roster: Option<Roster>) -> RoomInput {
    let partial = PartialGroupInfo {
        ratchet_tree_presence: TreePresence::NoRatchetTree,
        group_info_extensions: crate::protocol::room::Extensions::decode(&[0]).unwrap(),
        signature: Octets(vec![]),
    };
    let with = Bundled::Commit {
        welcome,
        group_info_option: GroupInfoOption::Partial(partial),
        ratchet_tree_option: RatchetTreeOption::DistributionService,
    };
    let proposal_or_commit = public(epoch, sender, ContentType::Commit, said.as_bytes());
    RoomInput::Update { bundle: HandshakeBundle { proposal_or_commit, with }, roster }
}

fn submit(epoch: u64, user: &str) -> RoomInput {
    let request = SubmitMessageRequest {
        protocol: Protocol,
        app_message: private(GROUP, epoch, ContentType::Application, b"hello"),
        sending_uri: Octets(user.as_bytes().to_vec()),
    };
    RoomInput::Submit { request, frank: None }
}

fn updated(room: &mut Room<Leaves>, from: &str, input: RoomInput) -> UpdateOutcome {
    match step(room, from, input).0 {
        RoomAnswer::Update(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn submitted(room: &mut Room<Leaves>, from: &str, input: RoomInput) -> Submitted {
    match step(room, from, input).0 {
        RoomAnswer::Submit(status) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn proposals_wait_with_their_time_and_go_to_the_others_as_they_came() {
    let mut room = room(&ALL);
    let (first, more) = (proposal(5, 1, "one"), [proposal(5, 1, "two"), proposal(5, 1, "three")]);
    let (answer, told) = step(&mut room, "a.example", proposals(first.clone(), &more));
    assert_eq!(answer, RoomAnswer::Update(UpdateOutcome::Success(77)));
    let message = FanoutMessage { timestamp: 77, message: first, with: Fanned::Proposal(more.to_vec()) };
    let expected = ["b.example", "c.example"].map(|to| (to.to_owned(), vec![message.clone()]));
    assert_eq!(told, expected);
    assert_eq!(room.pending().len(), 3);
    assert!(room.pending().iter().all(|(time, _)| *time == Time(77)));
    updated(&mut room, "a.example", commit(5, Sender::Member(1), "", None, None));
    assert!(room.pending().is_empty() && room.epoch() == 6);
}

#[test]
fn another_epoch_and_another_group_are_refused() {
    let mut room = room(&ALL);
    for epoch in [4, 6] {
        let late = updated(&mut room, "a.example", commit(epoch, Sender::Member(1), "", None, None));
        assert_eq!(late, UpdateOutcome::WrongEpoch(5));
    }
    let foreign = MlsMessage::unread(
        vec![0, 1, 0, 1],
        Head::Public { group_id: b"x".to_vec(), epoch: 5, sender: Sender::Member(1), content: ContentType::Proposal },
    );
    assert_eq!(updated(&mut room, "a.example", proposals(foreign, &[])), UpdateOutcome::NotAllowed);
}

#[test]
fn what_is_not_valid_is_named_by_its_reference() {
    use sha2::{Digest, Sha256};
    let (mut room, short) = (room(&ALL), proposal(5, 1, "evil"));
    // The forge's tag takes four octets; a real one of this suite has 32 behind their length.
    let bare = &short.octets()[..short.octets().len() - 4];
    let evil = MlsMessage::unread([bare, &[32], &[7; 32]].concat(), short.head().clone());
    let content = &bare[2..];
    let label = b"MLS 1.0 Proposal Reference";
    let input = [&[label.len() as u8], &label[..], &[content.len() as u8], content].concat();
    assert!(content.len() < 64);
    let reference = Octets(Sha256::digest(input).to_vec());
    let answer = updated(&mut room, "a.example", proposals(proposal(5, 1, "good"), std::slice::from_ref(&evil)));
    assert_eq!(answer, UpdateOutcome::InvalidProposal(vec![reference]));
    assert_eq!(updated(&mut room, "a.example", proposals(proposal(5, 1, "good"), &[])), UpdateOutcome::Success(77));
}

#[test]
fn a_removed_user_may_only_take_the_own_clients_out() {
    // Leaf 0 and 2 are Bob's, and the forge's proposal is a Remove of leaf 0.
    for users in [vec![("alice", true), ("bob", false), ("cathy", true)], vec![("alice", true), ("cathy", true)]] {
        let mut room = room(&users);
        let refused = updated(&mut room, "b.example", commit(5, Sender::Member(2), "", None, None));
        assert_eq!(refused, UpdateOutcome::NotAllowed);
        assert_eq!(submitted(&mut room, "b.example", submit(5, "bob")), Submitted::NotAllowed);
        assert_eq!(updated(&mut room, "b.example", proposals(proposal(5, 2, ""), &[])), UpdateOutcome::Success(77));
        let (_, told) = step(&mut room, "a.example", submit(5, "alice"));
        assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["c.example"]);
    }
    // Cathy, removed, may not take Bob's out.
    let mut room = room(&[("alice", true), ("bob", true)]);
    assert_eq!(updated(&mut room, "c.example", proposals(proposal(5, 3, ""), &[])), UpdateOutcome::NotAllowed);
}

#[test]
fn nobody_speaks_for_others() {
    let mut room = room(&ALL);
    assert_eq!(updated(&mut room, "b.example", proposals(proposal(5, 1, ""), &[])), UpdateOutcome::NotAllowed);
    assert_eq!(submitted(&mut room, "b.example", submit(5, "alice")), Submitted::NotAllowed);
    assert_eq!(updated(&mut room, "b.example", proposals(proposal(5, 9, ""), &[])), UpdateOutcome::NotAllowed);
    let external = public(5, Sender::External(0), ContentType::Proposal, b"");
    assert_eq!(updated(&mut room, "b.example", proposals(external.clone(), &[])), UpdateOutcome::NotAllowed);
    assert_eq!(updated(&mut room, HUB, proposals(external, &[])), UpdateOutcome::Success(77));
}

#[test]
fn messages_are_of_this_epoch_or_of_one_that_is_not_too_old() {
    let mut room = room(&ALL);
    assert_eq!(submitted(&mut room, "a.example", submit(6, "alice")), Submitted::NotAllowed);
    assert_eq!(submitted(&mut room, "a.example", submit(3, "alice")), Submitted::EpochTooOld(5));
    for epoch in [4, 5] {
        let taken = Submitted::Accepted { accepted_timestamp: 77, frank: None };
        assert_eq!(submitted(&mut room, "a.example", submit(epoch, "alice")), taken);
    }
}

#[test]
fn who_is_added_is_in_the_list_by_then_and_gets_the_welcome() {
    let mut room = room(&ALL);
    let welcome = Welcome::decode(&welcome(&["ref"]).octets()[4..]).unwrap();
    let claim = RoomInput::Claimed { reference: b"ref".to_vec(), provider: provider("d.example") };
    step(&mut room, HUB, claim);
    let add = |list| commit(5, Sender::Member(1), "add dave", Some(welcome.clone()), list);
    assert_eq!(updated(&mut room, "a.example", add(None)), UpdateOutcome::NotAllowed);
    let banned = roster(&[("alice", true), ("bob", true), ("cathy", true), ("dave", false)]);
    assert_eq!(updated(&mut room, "a.example", add(Some(banned))), UpdateOutcome::NotAllowed);
    let after = roster(&[("alice", true), ("bob", true), ("dave", true)]);
    let (_, told) = step(&mut room, "a.example", add(Some(after)));
    // Cathy is removed by it, and told.
    let kinds: Vec<_> =
        told.iter().map(|(to, said)| (to.as_str(), matches!(said[0].with, Fanned::Welcome(_)), said.len())).collect();
    assert_eq!(kinds, [("b.example", false, 1), ("c.example", false, 1), ("d.example", true, 1)]);
    let (_, told) = step(&mut room, "a.example", submit(6, "alice"));
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["b.example", "d.example"]);
}

#[test]
fn beyond_a_limit_nothing_changes() {
    let mut room = room(&ALL);
    let many = (0..32_u8).map(|n| (vec![n], b"x".to_vec()));
    let list = Roster { clients: many.collect(), ..roster(&ALL) };
    let before = room.clone();
    let big = commit(5, Sender::Member(1), "", None, Some(list));
    let refused = room.step(Time(1), &provider("a.example"), big).unwrap_err();
    assert_eq!(refused.reason, reason::EXCEEDS_OCTET_LIMIT);
    assert_eq!(room, before);
}

#[test]
fn the_same_octets_are_processed_once_while_they_are_remembered() {
    let (mut had, hub) = (Notified::new(2), provider(HUB));
    assert_eq!(had.take(&hub, b"room", b"one"), Received::First);
    assert_eq!(had.take(&hub, b"room", b"one"), Received::Again);
    assert_eq!(had.take(&provider("other"), b"room", b"one"), Received::First);
    assert_eq!(had.take(&hub, b"roo", b"mone"), Received::First);
    assert_eq!(had.len(), 2);
    assert_eq!(had.take(&hub, b"room", b"one"), Received::First);
}
