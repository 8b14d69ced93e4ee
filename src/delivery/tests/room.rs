//! A room at its hub, over a view that is a list of members: Alice at a.example, Bob at b.example, Cathy at c.example.

use super::forge::*;
use crate::delivery::{
    Looked, Notified, Owner, Received, Refused, Room, RoomAnswer, RoomEffect, RoomInput, RoomKeys, RoomSettings,
    RoomView, Tree, View,
};
use crate::entropy::Time;
use crate::protocol::room::{
    Bundled, Fanned, FanoutMessage, GroupInfo, GroupInfoOption, HandshakeBundle, Octets, PARTICIPANT_LIST,
    PartialGroupInfo, ParticipantListData, Protocol, ROLES_LIST, RatchetTreeOption, SubmitMessageRequest, Submitted,
    TreePresence, UpdateOutcome, UserRolePair, Welcome,
};
use crate::protocol::{ContentType, Head, MlsMessage, Sender, Structure};
use crate::reason::{mls, room as reason};
use std::collections::{BTreeMap, BTreeSet};

const CLIENTS: [&str; 4] = ["bob-phone", "alice-laptop", "bob-laptop", "cathy-laptop"];
/// The role of the banned.
const BANNED: u32 = 1;

/// Leaves by their index, and who participates. "evil" is refused; a commit that says "add dave" adds his client, and
/// one that says "list" changes the list to what stands behind it, where a capital is somebody active.
#[derive(Clone, Debug, PartialEq)]
struct Leaves {
    clients: Vec<&'static str>,
    list: Vec<(char, bool)>,
    joined: Vec<&'static str>,
}

thread_local! {
    /// The list of the group that is opened next.
    static LIST: std::cell::RefCell<Vec<(char, bool)>> = const { std::cell::RefCell::new(vec![]) };
}

impl View for Leaves {
    fn open(_: &MlsMessage, _: Option<&[u8]>) -> Result<Self, Refused> {
        let list = LIST.with(|list| list.borrow().clone());
        Ok(Self { clients: CLIENTS.to_vec(), list, joined: vec![] })
    }

    fn look(&self, message: &MlsMessage) -> Result<Looked<Self>, Refused> {
        let said = String::from_utf8_lossy(message.octets()).into_owned();
        if said.contains("evil") {
            return Err(Refused::new(mls::BAD_SIGNATURE, ""));
        }
        let mut after = Self { joined: vec![], ..self.clone() };
        if said.contains("add dave") {
            after.clients.push("dave-phone");
            after.joined.push("dave-phone");
        }
        if let Some((_, list)) = said.split_once("list ") {
            let letters = list.chars().take_while(char::is_ascii_alphabetic);
            after.list = letters.map(|c| (c.to_ascii_lowercase(), c.is_ascii_uppercase())).collect();
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

    fn octets(&self) -> usize {
        0
    }

    fn members(&self) -> Vec<(u32, Vec<u8>)> {
        (0..).zip(self.clients.iter().map(|client| client.as_bytes().to_vec())).collect()
    }

    fn data(&self, component: u16) -> Option<Vec<u8>> {
        if component == ROLES_LIST {
            return None;
        }
        assert_eq!(component, PARTICIPANT_LIST);
        let pair = |(letter, active): &(char, bool)| {
            let role_index = if *active { 4 } else { BANNED };
            UserRolePair { user: Octets(user(*letter)), role_index }
        };
        Some(ParticipantListData { participants: self.list.iter().map(pair).collect() }.encode().unwrap())
    }

    fn joined(&self) -> Vec<Vec<u8>> {
        self.joined.iter().map(|client| client.as_bytes().to_vec()).collect()
    }

    fn held(&self) -> Vec<crate::protocol::Held> {
        vec![]
    }
}

impl RoomView for Leaves {
    fn external_senders(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        vec![(b"key".to_vec(), HUB.as_bytes().to_vec())]
    }

    fn describes(&self, _: &GroupInfo) -> bool {
        true
    }

    fn whole(&self, partial: &PartialGroupInfo) -> Option<GroupInfo> {
        (partial.signature.0 != b"false").then(bare_group_info)
    }
}

fn bare_group_info() -> GroupInfo {
    GroupInfo::decode(&group_info(GROUP, 6, None).octets()[4..]).unwrap()
}

/// Keys of a hub that never has to use them here.
#[derive(Clone, Debug, PartialEq)]
struct Keys;

impl RoomKeys for Keys {
    fn public(&self) -> &[u8] {
        b"key"
    }

    fn fits(&self, _: u16) -> bool {
        false
    }

    fn sign(&self, _: &str, _: &[u8]) -> Option<Vec<u8>> {
        Some(b"signature".to_vec())
    }

    fn verify(&self, _: u16, _: &[u8], _: &str, _: &[u8], _: &[u8]) -> bool {
        false
    }

    fn seal(&self, _: u16, _: &[u8], _: &str, _: &[u8], _: &[u8]) -> Option<Vec<u8>> {
        None
    }
}

/// The user whose name begins with this letter: its provider's does, too.
fn user(letter: char) -> Vec<u8> {
    format!("mimi://{letter}.example/u/{letter}").into_bytes()
}

fn try_room(list: &str, max_participants: usize) -> Result<Room<Leaves, Keys>, Refused> {
    let owner = |client: &&str| {
        let user = user(client.chars().next().unwrap());
        (client.as_bytes().to_vec(), Owner { user, signature_key: None })
    };
    let settings = RoomSettings {
        room_id: b"mimi://hub.example/r/1".to_vec(),
        hub: provider(HUB),
        limits: settings().limits,
        max_participants,
        past_epochs: 1,
        silent_roles: BTreeSet::from([BANNED]),
        clients: CLIENTS.iter().chain(&["dave-phone"]).map(owner).collect::<BTreeMap<_, _>>(),
        joining_codes: BTreeSet::new(),
    };
    let list = list.chars().map(|c| (c.to_ascii_lowercase(), c.is_ascii_uppercase())).collect();
    LIST.with(|next| *next.borrow_mut() = list);
    Room::open(settings, Keys, &group_info(GROUP, 5, None), &[])
}

/// Participants by their first letters; a small one is banned.
fn room(list: &str) -> Room<Leaves, Keys> {
    try_room(list, 16).unwrap()
}

const ALL: &str = "ABC";

/// Steps at 77; whatever is refused must have changed nothing and be told to nobody.
fn step(
    room: &mut Room<Leaves, Keys>,
    from: &str,
    input: RoomInput,
) -> (RoomAnswer, Vec<(String, Vec<FanoutMessage>)>) {
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
    RoomInput::Update(bundle)
}

fn commit(epoch: u64, sender: Sender, said: &str, welcome: Option<Welcome>) -> RoomInput {
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
    RoomInput::Update(HandshakeBundle { proposal_or_commit, with })
}

fn submit(epoch: u64, who: char) -> RoomInput {
    let request = SubmitMessageRequest {
        protocol: Protocol,
        app_message: private(GROUP, epoch, ContentType::Application, b"hello"),
        sending_uri: Octets(user(who)),
    };
    RoomInput::Submit { request, frank: None }
}

fn updated(room: &mut Room<Leaves, Keys>, from: &str, input: RoomInput) -> UpdateOutcome {
    match step(room, from, input).0 {
        RoomAnswer::Update(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn submitted(room: &mut Room<Leaves, Keys>, from: &str, input: RoomInput) -> Submitted {
    match step(room, from, input).0 {
        RoomAnswer::Submit(status) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn proposals_wait_with_their_time_and_go_to_the_others_as_they_came() {
    let mut room = room(ALL);
    let (first, more) = (proposal(5, 1, "one"), [proposal(5, 1, "two"), proposal(5, 1, "three")]);
    let (answer, told) = step(&mut room, "a.example", proposals(first.clone(), &more));
    assert_eq!(answer, RoomAnswer::Update(UpdateOutcome::Success(77)));
    let message = FanoutMessage { timestamp: 77, message: first, with: Fanned::Proposal(more.to_vec()) };
    let expected = ["b.example", "c.example"].map(|to| (to.to_owned(), vec![message.clone()]));
    assert_eq!(told, expected);
    assert_eq!(room.pending().len(), 3);
    assert!(room.pending().iter().all(|(time, _)| *time == Time(77)));
    updated(&mut room, "a.example", commit(5, Sender::Member(1), "", None));
    assert!(room.pending().is_empty() && room.epoch() == 6);
}

#[test]
fn another_epoch_and_another_group_are_refused() {
    let mut room = room(ALL);
    for epoch in [4, 6] {
        let late = updated(&mut room, "a.example", commit(epoch, Sender::Member(1), "", None));
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
    let (mut room, short) = (room(ALL), proposal(5, 1, "evil"));
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
    for list in ["AbC", "AC"] {
        let mut room = room(list);
        let refused = updated(&mut room, "b.example", commit(5, Sender::Member(2), "", None));
        assert_eq!(refused, UpdateOutcome::NotAllowed);
        assert_eq!(submitted(&mut room, "b.example", submit(5, 'b')), Submitted::NotAllowed);
        assert_eq!(updated(&mut room, "b.example", proposals(proposal(5, 2, ""), &[])), UpdateOutcome::Success(77));
        let (_, told) = step(&mut room, "a.example", submit(5, 'a'));
        assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["c.example"]);
    }
    // Cathy, removed, may not take Bob's out.
    let mut room = room("AB");
    assert_eq!(updated(&mut room, "c.example", proposals(proposal(5, 3, ""), &[])), UpdateOutcome::NotAllowed);
}

#[test]
fn nobody_speaks_for_others() {
    let mut room = room(ALL);
    assert_eq!(updated(&mut room, "b.example", proposals(proposal(5, 1, ""), &[])), UpdateOutcome::NotAllowed);
    assert_eq!(submitted(&mut room, "b.example", submit(5, 'a')), Submitted::NotAllowed);
    assert_eq!(updated(&mut room, "b.example", proposals(proposal(5, 9, ""), &[])), UpdateOutcome::NotAllowed);
    let external = public(5, Sender::External(0), ContentType::Proposal, b"");
    assert_eq!(updated(&mut room, "b.example", proposals(external.clone(), &[])), UpdateOutcome::NotAllowed);
    assert_eq!(updated(&mut room, HUB, proposals(external, &[])), UpdateOutcome::Success(77));
}

#[test]
fn messages_are_of_this_epoch_or_of_one_that_is_not_too_old() {
    let mut room = room(ALL);
    assert_eq!(submitted(&mut room, "a.example", submit(6, 'a')), Submitted::NotAllowed);
    assert_eq!(submitted(&mut room, "a.example", submit(3, 'a')), Submitted::EpochTooOld(5));
    for epoch in [4, 5] {
        let taken = Submitted::Accepted { accepted_timestamp: 77, frank: None };
        assert_eq!(submitted(&mut room, "a.example", submit(epoch, 'a')), taken);
    }
}

#[test]
fn who_is_added_is_in_the_list_by_then_and_gets_the_welcome() {
    let mut room = room(ALL);
    let welcome = Welcome::decode(&welcome(&["ref"]).octets()[4..]).unwrap();
    let claim = RoomInput::Claimed { reference: b"ref".to_vec(), provider: provider("d.example") };
    step(&mut room, HUB, claim);
    let add = |list: &str| commit(5, Sender::Member(1), &format!("add dave {list}"), Some(welcome.clone()));
    assert_eq!(updated(&mut room, "a.example", add("")), UpdateOutcome::NotAllowed);
    assert_eq!(updated(&mut room, "a.example", add("list ABCd.")), UpdateOutcome::NotAllowed);
    let (_, told) = step(&mut room, "a.example", add("list ABD."));
    // Cathy is removed by it, and told.
    let kinds: Vec<_> =
        told.iter().map(|(to, said)| (to.as_str(), matches!(said[0].with, Fanned::Welcome(_)), said.len())).collect();
    assert_eq!(kinds, [("b.example", false, 1), ("c.example", false, 1), ("d.example", true, 1)]);
    let (_, told) = step(&mut room, "a.example", submit(6, 'a'));
    assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["b.example", "d.example"]);
}

#[test]
fn beyond_a_limit_nothing_changes() {
    assert_eq!(try_room(ALL, 2).unwrap_err().reason, reason::EXCEEDS_PARTICIPANT_LIMIT);
    let mut room = try_room(ALL, 3).unwrap();
    let before = room.clone();
    let big = commit(5, Sender::Member(1), "list ABCD.", None);
    assert_eq!(room.step(Time(1), &provider("a.example"), big).unwrap_err().reason, reason::EXCEEDS_PARTICIPANT_LIMIT);
    assert_eq!(room, before);
}

#[test]
fn a_group_info_that_can_not_be_made_whole_is_refused() {
    let mut room = room(ALL);
    let RoomInput::Update(mut bundle) = commit(5, Sender::Member(1), "", None) else { panic!() };
    let Bundled::Commit { group_info_option: GroupInfoOption::Partial(partial), .. } = &mut bundle.with else {
        panic!()
    };
    partial.signature = Octets(b"false".to_vec());
    assert_eq!(updated(&mut room, "a.example", RoomInput::Update(bundle)), UpdateOutcome::NotAllowed);
}

#[test]
fn what_the_hub_proposed_is_made_again_when_somebody_joins_from_outside() {
    let mut room = room("ABCD");
    let (answer, told) = step(&mut room, HUB, RoomInput::Expel { client: b"bob-phone".to_vec() });
    assert_eq!((answer, told.len(), room.pending().len()), (RoomAnswer::Done, 4, 1));
    let (_, told) = step(&mut room, "d.example", commit(5, Sender::NewMemberCommit, "add dave", None));
    let Fanned::Commit(stapled) = &told[0].1[0].with else { panic!("{told:?}") };
    assert!(matches!(stapled[0].head(), Head::Public { epoch: 6, sender: Sender::External(0), .. }), "{stapled:?}");
    assert_eq!((stapled.len(), room.pending().len()), (1, 1));
    // Members may leave it out.
    let (_, told) = step(&mut room, "a.example", commit(6, Sender::Member(1), "", None));
    assert_eq!(told[0].1[0].with, Fanned::Commit(vec![]));
    assert!(room.pending().is_empty());
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
