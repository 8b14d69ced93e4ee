//! Branches, over a view that is a number: real ones are tested with real messages where MLS is.

use super::forge::*;
use crate::delivery::{Effect, Host, Hub, Input, Looked, Refused, Response, Tracking, Tree, View};
use crate::entropy::Time;
use crate::protocol::{
    ContentType, ExternalJoinRequest, GroupInfoRequest, Head, Held, MlsMessage, SendRequest, Sender,
};
use crate::reason::{Reason, delivery as reason, mls};

/// An epoch, and every message that led here. Only leaf 1 is a member besides joiners; a message that says "evil" is
/// invalid; a commit that says "odd" makes another tree.
#[derive(Clone, Debug, PartialEq)]
struct Counted {
    epoch: u64,
    history: Vec<Vec<u8>>,
    odd: bool,
}

fn contains(octets: &[u8], word: &[u8]) -> bool {
    octets.windows(word.len()).any(|w| w == word)
}

impl View for Counted {
    fn open(info: &MlsMessage, _: Option<&[u8]>) -> Result<Self, Refused> {
        match info.head() {
            Head::GroupInfo { epoch, .. } => Ok(Self { epoch: *epoch, history: vec![], odd: false }),
            _ => Err(Refused::new(mls::BAD_GROUP_INFO, "")),
        }
    }

    fn look(&self, message: &MlsMessage) -> Result<Looked<Self>, Refused> {
        let (at, sender, content) = match message.head() {
            Head::Public { epoch, sender, content, .. } => (*epoch, Some(*sender), *content),
            Head::Private { epoch, content, .. } => (*epoch, None, *content),
            _ => return Err(Refused::new(mls::WRONG_WIRE_FORMAT, "")),
        };
        if at != self.epoch {
            return Err(Refused::new(mls::WRONG_EPOCH, ""));
        }
        if contains(message.octets(), b"evil") {
            return Err(Refused::new(mls::BAD_SIGNATURE, ""));
        }
        let mut after = self.clone();
        after.history.push(message.octets().to_vec());
        match (sender, content) {
            (None, _) => Ok(Looked::Sealed),
            (Some(Sender::Member(leaf)), _) if leaf != 1 => Err(Refused::new(mls::UNKNOWN_SENDER, "")),
            (Some(_), ContentType::Commit) => {
                after.epoch += 1;
                after.odd = contains(message.octets(), b"odd");
                Ok(Looked::Next(after))
            }
            (Some(_), _) => Ok(Looked::Here(after)),
        }
    }

    fn tree_hash(&self) -> Vec<u8> {
        if self.odd { b"another hash".to_vec() } else { b"tree hash".to_vec() }
    }

    fn ratchet_tree(&self) -> Tree {
        tree(&format!("epoch {}", self.epoch))
    }

    fn octets(&self) -> usize {
        self.history.iter().map(Vec::len).sum()
    }

    fn members(&self) -> Vec<(u32, Vec<u8>)> {
        vec![(1, b"one".to_vec())]
    }

    fn data(&self, _: u16) -> Option<Vec<u8>> {
        None
    }

    fn joined(&self) -> Vec<Vec<u8>> {
        vec![]
    }

    fn held(&self) -> Vec<Held> {
        vec![]
    }
}

type Watching = Host<Tracking<Counted>>;

fn watching(most: usize) -> Watching {
    let mut hub = Watching::tracking(settings(), most);
    told(&mut hub, HUB, Input::CreateGroup(creation())).unwrap();
    hub
}

fn told(hub: &mut Watching, from: &str, input: Input) -> Result<Vec<Effect>, Reason> {
    let (before, mut out) = (hub.clone(), vec![]);
    hub.step(Time::default(), &provider(from), input, &mut out).map_err(|refused| {
        assert!(*hub == before && out.is_empty(), "a refusal changed something");
        refused.reason
    })?;
    Ok(out)
}

fn handshake(epoch: u64, leaf: u32, content: ContentType, said: &str, to: u8) -> SendRequest {
    let message = public(epoch, Sender::Member(leaf), content, said.as_bytes());
    SendRequest { message, partition_key: key(to), commit_data: None }
}

/// A commit of leaf 1, with a GroupInfo without a tree.
fn open_commit(epoch: u64, said: &str, from: u8, to: u8) -> SendRequest {
    let mut request = handshake(epoch, 1, ContentType::Commit, said, from);
    let mut data = commit(epoch, from, to).commit_data.unwrap();
    data.group_info = Some(group_info(GROUP, epoch + 1, None));
    request.commit_data = Some(data);
    request
}

fn send(hub: &mut Watching, request: SendRequest) -> Result<(), Reason> {
    told(hub, "a.example", Input::Send(request)).map(|_| ())
}

fn tree_given(hub: &mut Watching) -> Option<Tree> {
    let out = told(hub, "c.example", Input::GroupInfo(GroupInfoRequest { group_id: GROUP.to_vec() })).unwrap();
    match &out[0] {
        Effect::Respond(Response::GroupInfo(response)) => response.ratchet_tree.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn trees_are_inferred_from_commits_that_can_be_read() {
    let mut hub = watching(10);
    assert_eq!(send(&mut hub, open_commit(0, "first", 0, 1)), Ok(()));
    assert_eq!(tree_given(&mut hub), Some(tree("epoch 1")));
    assert_eq!(send(&mut hub, open_commit(1, "second", 1, 2)), Ok(()));
    assert_eq!(tree_given(&mut hub), Some(tree("epoch 2")));
    // A sealed one cannot be followed, nor what comes after it.
    let mut sealed = commit(2, 2, 3);
    sealed.commit_data.as_mut().unwrap().group_info = Some(group_info(GROUP, 3, None));
    assert_eq!(send(&mut hub, sealed), Err(reason::TREE_NEEDED));
    assert_eq!(send(&mut hub, commit(2, 2, 3)), Ok(()));
    assert_eq!(send(&mut hub, open_commit(3, "third", 3, 4)), Err(reason::TREE_NEEDED));
    assert_eq!(send(&mut hub, open_commit(0, "odd", 0, 5)), Err(reason::GROUP_INFO_OF_ANOTHER));
}

#[test]
fn messages_are_judged_on_the_branch_that_they_name() {
    let mut hub = watching(10);
    let evil = |epoch, to| handshake(epoch, 1, ContentType::Proposal, "evil", to);
    assert_eq!(send(&mut hub, evil(0, 0)), Err(mls::BAD_SIGNATURE));
    assert_eq!(send(&mut hub, handshake(0, 7, ContentType::Proposal, "", 0)), Err(mls::UNKNOWN_SENDER));
    assert_eq!(send(&mut hub, handshake(3, 1, ContentType::Proposal, "", 0)), Err(mls::WRONG_EPOCH));
    assert_eq!(send(&mut hub, handshake(0, 1, ContentType::Proposal, "good", 0)), Ok(()));
    // Two branches, each with its own epoch.
    assert_eq!(send(&mut hub, open_commit(0, "left", 0, 1)), Ok(()));
    assert_eq!(send(&mut hub, open_commit(0, "right", 0, 2)), Ok(()));
    assert_eq!(send(&mut hub, open_commit(1, "right again", 2, 3)), Ok(()));
    assert_eq!(send(&mut hub, handshake(1, 1, ContentType::Proposal, "", 1)), Ok(()));
    assert_eq!(send(&mut hub, handshake(1, 1, ContentType::Proposal, "", 3)), Err(mls::WRONG_EPOCH));
    assert_eq!(send(&mut hub, handshake(2, 1, ContentType::Proposal, "", 3)), Ok(()));
    // Whoever stayed behind is still in epoch 0.
    assert_eq!(send(&mut hub, handshake(0, 1, ContentType::Proposal, "", 0)), Ok(()));
    // A partition that no commit led to is not in sight, so nothing there is refused.
    assert_eq!(send(&mut hub, evil(8, 9)), Ok(()));
}

#[test]
fn whoever_claims_the_key_of_others_does_not_blind_or_silence_them() {
    let mut hub = watching(10);
    assert_eq!(send(&mut hub, open_commit(0, "left", 0, 1)), Ok(()));
    assert_eq!(send(&mut hub, open_commit(1, "later", 1, 2)), Ok(()));
    // A commit of epoch 0 says that it begins partition 2, which is in epoch 2.
    assert_eq!(send(&mut hub, open_commit(0, "claims", 0, 2)), Ok(()));
    assert_eq!(send(&mut hub, handshake(2, 1, ContentType::Proposal, "", 2)), Ok(()), "they go on");
    assert_eq!(send(&mut hub, handshake(7, 1, ContentType::Proposal, "", 2)), Err(mls::WRONG_EPOCH), "and are judged");
    for n in 0..4 {
        assert_eq!(send(&mut hub, open_commit(0, &format!("claim {n}"), 0, 2)), Ok(()));
    }
    assert_eq!(send(&mut hub, handshake(7, 1, ContentType::Proposal, "", 2)), Ok(()), "too many claims: out of sight");
    assert!(hub.knowledge(GROUP).unwrap().of(&key(2)).is_empty());
}

#[test]
fn sight_is_bounded() {
    let mut hub = watching(3);
    for n in 0..6 {
        assert_eq!(send(&mut hub, open_commit(u64::from(n), "on", n, n + 1)), Ok(()));
        assert!(hub.knowledge(GROUP).unwrap().in_sight() <= 3);
    }
    assert_eq!(send(&mut hub, handshake(9, 1, ContentType::Proposal, "evil", 0)), Ok(()), "the oldest is let go");
    assert_eq!(send(&mut hub, handshake(9, 1, ContentType::Proposal, "", 6)), Err(mls::WRONG_EPOCH));
}

#[test]
fn sight_is_bounded_in_octets_as_well() {
    let most = 600;
    let mut settings = settings();
    settings.limits.max_octets_in_sight = most;
    let mut hub = Watching::tracking(settings, 100);
    told(&mut hub, HUB, Input::CreateGroup(creation())).unwrap();
    let sight = |hub: &Watching| {
        let branches = hub.knowledge(GROUP).unwrap();
        (branches.in_sight(), branches.octets())
    };
    let mut largest = 0;
    for n in 0..6 {
        assert_eq!(send(&mut hub, open_commit(u64::from(n), "on", n, n + 1)), Ok(()));
        largest = largest.max(sight(&hub).1);
    }
    assert!(largest <= most && largest > most / 2, "{largest} octets");
    let (partitions, _) = sight(&hub);
    assert!((1..6).contains(&partitions), "{partitions} partitions");
    assert_eq!(
        send(&mut hub, handshake(9, 1, ContentType::Proposal, "", 6)),
        Err(mls::WRONG_EPOCH),
        "the newest stays"
    );
    assert_eq!(send(&mut hub, handshake(9, 1, ContentType::Proposal, "evil", 0)), Ok(()), "the oldest is let go");
    // Proposals make a partition larger, until nothing of the group is in sight; it goes on all the same.
    for n in 0..20 {
        assert_eq!(send(&mut hub, handshake(6, 1, ContentType::Proposal, &format!("proposal {n}"), 6)), Ok(()));
        assert!(sight(&hub).1 <= most);
    }
    assert_eq!(sight(&hub), (0, 0));
}

#[test]
fn external_commits_are_judged_where_they_go() {
    let mut hub = watching(10);
    assert_eq!(send(&mut hub, open_commit(0, "left", 0, 1)), Ok(()));
    let join = |epoch, said: &str| {
        let message = public(epoch, Sender::NewMemberCommit, ContentType::Commit, said.as_bytes());
        let mut commit_data = commit(epoch, 1, 4).commit_data.unwrap();
        commit_data.group_info = None;
        Input::ExternalJoin(ExternalJoinRequest { message, commit_data })
    };
    assert_eq!(told(&mut hub, "c.example", join(0, "late")).unwrap_err(), mls::WRONG_EPOCH);
    assert_eq!(told(&mut hub, "c.example", join(1, "evil")).unwrap_err(), mls::BAD_SIGNATURE);
    told(&mut hub, "c.example", join(1, "well")).unwrap();
    assert_eq!(send(&mut hub, handshake(2, 1, ContentType::Proposal, "", 4)), Ok(()));
}

#[test]
fn a_group_that_cannot_be_read_is_not_created() {
    let mut hub = Watching::tracking(settings(), 3);
    let mut new = creation();
    new.group_info = None;
    told(&mut hub, HUB, Input::CreateGroup(new)).unwrap();
    assert_eq!(send(&mut hub, handshake(9, 9, ContentType::Proposal, "evil", 0)), Ok(()), "without a GroupInfo: blind");
}
