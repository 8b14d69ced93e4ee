//! An MLS member that is no MLS: messages are PrivateMessages whose ciphertext says what they are, and an epoch is
//! known by its history. Nothing but a double, so that a test can say what the library answers.

use crate::mls::member::{
    Client, CommitOut, Listed, Member, Plan, Position, PrivateKeys, Proposal, Received, Refusal, Result, Staged,
};
use crate::protocol::Structure;
use crate::protocol::room::{Octets, PARTICIPANT_LIST, ParticipantListData, UserRolePair};
use crate::protocol::{
    Act, CipherSuite, ContentType, Delivered, Held, MaskedPartitionKey, MlsMessage, PartitionKey, Sender,
};
use crate::reason::mls as reason;
use crate::wire::tls::Writer;

pub(super) const SUITE: CipherSuite = CipherSuite::X25519;

/// Everybody's name, by leaf; a history of commits, each by its author and its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Double {
    pub me: String,
    pub members: Vec<Option<String>>,
    pub history: Vec<String>,
    pub pending: Option<Box<Double>>,
    pub staged: Option<Option<Box<Double>>>,
    pub removed: bool,
    pub sent: u32,
    /// It reads application data of past epochs, and keeps a list: carol is muted from this epoch on.
    pub mutes_carol_from: Option<u64>,
}

fn refuse<T>(reason: crate::reason::Reason) -> Result<T> {
    Err(Refusal { reason, said: "the double says so".to_owned() })
}

fn private(epoch: u64, content: ContentType, text: &str) -> Vec<u8> {
    let mut w = Writer::new();
    w.raw(&[0, 1, 0, 2]).opaque(b"group", "").unwrap().u64(epoch).u8(content as u8 + 1);
    w.opaque(b"", "").unwrap().opaque(b"s", "").unwrap().opaque(text.as_bytes(), "").unwrap();
    w.into_octets()
}

fn text(message: &[u8]) -> (u64, String) {
    let mut r = crate::wire::tls::Reader::new(message);
    r.take(4, "").unwrap();
    r.opaque("").unwrap();
    let epoch = r.u64("").unwrap();
    r.u8("").unwrap();
    r.opaque("").unwrap();
    r.opaque("").unwrap();
    (epoch, String::from_utf8(r.opaque("").unwrap().to_vec()).unwrap())
}

/// The proposals of a change.
fn held(by: u32, change: &str) -> Vec<Held> {
    let act = |c: &str| match (c.strip_prefix('+'), c.strip_prefix('-')) {
        (Some(name), _) => Some(Act::Add(name.into())),
        (_, Some(leaf)) => Some(Act::Remove(leaf.parse().ok()?)),
        _ => None,
    };
    change.split(',').filter_map(act).map(|act| Held { by: Sender::Member(by), act }).collect()
}

fn key(history: &[String]) -> PartitionKey {
    PartitionKey(SUITE.hash(history.join("/").as_bytes()).unwrap()[..16].try_into().unwrap())
}

impl Double {
    /// The member `me` of a group of these in epoch 0.
    pub(super) fn of(me: &str, members: &[&str]) -> Self {
        Self {
            me: me.to_owned(),
            members: members.iter().map(|m| Some((*m).to_owned())).collect(),
            history: vec!["made".to_owned()],
            pending: None,
            staged: None,
            removed: false,
            sent: 0,
            mutes_carol_from: None,
        }
    }

    pub(super) fn epoch(&self) -> u64 {
        self.history.len() as u64 - 1
    }

    fn leaf_of(&self, name: &str) -> Option<u32> {
        self.members.iter().position(|m| m.as_deref() == Some(name)).map(|l| l as u32)
    }

    /// After a commit that is written down so: `author|+name,-leaf,…`.
    fn after(&self, commit: &str) -> Self {
        let mut next = Self { pending: None, staged: None, ..self.clone() };
        next.history.push(commit.to_owned());
        for change in commit.split('|').nth(1).unwrap_or_default().split(',') {
            if let Some(name) = change.strip_prefix('+') {
                match next.members.iter_mut().find(|leaf| leaf.is_none()) {
                    Some(leaf) => *leaf = Some(name.to_owned()),
                    None => next.members.push(Some(name.to_owned())),
                }
            } else if let Some(leaf) = change.strip_prefix('-') {
                next.members[leaf.parse::<usize>().unwrap()] = None;
            }
        }
        next.removed = next.leaf_of(&next.me).is_none();
        next
    }

    fn here(&self) -> Position {
        Position {
            group_id: b"group".to_vec(),
            epoch: self.epoch(),
            epoch_authenticator: self.history.join("/").into_bytes(),
            partition_key: key(&self.history),
            group_context: vec![],
        }
    }

    fn info(&self) -> Vec<u8> {
        let mut w = Writer::new();
        w.raw(&[0, 1, 0, 4, 0, 1, 0, 1]).opaque(b"group", "").unwrap().u64(self.epoch());
        for _ in 0..3 {
            w.opaque(b"", "").unwrap();
        }
        w.opaque(b"", "").unwrap().opaque(self.history.join("/").as_bytes(), "").unwrap().u32(0);
        w.opaque(self.me.as_bytes(), "").unwrap();
        w.into_octets()
    }

    /// A commit of somebody else's, as the hub delivers it.
    pub(super) fn theirs(&self, commit: &str) -> Delivered {
        let next = self.after(commit);
        let message = MlsMessage::decode(&private(self.epoch(), ContentType::Commit, commit)).unwrap();
        let masked = key(&next.history).masked(SUITE).unwrap();
        let mut author = next.clone();
        author.me = commit.split('|').next().unwrap().to_owned();
        Delivered { message, commit: Some((masked, Some(MlsMessage::decode(&author.info()).unwrap()))) }
    }

    pub(super) fn says(&self, who: &str, what: &str) -> Delivered {
        let octets = private(self.epoch(), ContentType::Application, &format!("{who}|{what}"));
        Delivered { message: MlsMessage::decode(&octets).unwrap(), commit: None }
    }

    pub(super) fn next(&self, commit: &str) -> Self {
        self.after(commit)
    }

    pub(super) fn key(&self) -> PartitionKey {
        key(&self.history)
    }

    pub(super) fn masked(&self) -> MaskedPartitionKey {
        self.key().masked(SUITE).unwrap()
    }
}

impl Member for Double {
    fn position(&self) -> Result<Position> {
        if self.removed { refuse(reason::NOT_A_MEMBER) } else { Ok(self.here()) }
    }

    fn leaf(&self) -> u32 {
        self.leaf_of(&self.me).unwrap_or(u32::MAX)
    }

    fn members(&self) -> Vec<Listed> {
        let listed = |(leaf, name): (usize, &Option<String>)| {
            Some(Listed { leaf: leaf as u32, identity: name.as_ref()?.as_bytes().to_vec() })
        };
        self.members.iter().enumerate().filter_map(listed).collect()
    }

    fn export(&self, _: &str, _: &[u8], _: usize) -> Result<Vec<u8>> {
        refuse(reason::MLS_OTHER)
    }

    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)> {
        Ok((self.info(), vec![0]))
    }

    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        Ok(self.info())
    }

    fn send(&mut self, data: &[u8], _: &[u8]) -> Result<Vec<u8>> {
        if self.pending.is_some() {
            return refuse(reason::PENDING_COMMIT);
        }
        self.sent += 1;
        let text = format!("{}|{}|{}", self.me, String::from_utf8_lossy(data), self.sent);
        Ok(private(self.epoch(), ContentType::Application, &text))
    }

    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>> {
        Ok(private(self.epoch(), ContentType::Proposal, &format!("{}|{proposal:?}", self.me)))
    }

    fn commit(&mut self, plan: &Plan) -> Result<CommitOut> {
        if self.pending.is_some() {
            return refuse(reason::PENDING_COMMIT);
        }
        let adds = plan.add.iter().map(|k| format!("+{}", String::from_utf8_lossy(&k[4..])));
        let removes = plan.remove.iter().map(|l| format!("-{l}"));
        let changes: Vec<_> = adds.chain(removes).collect();
        let commit = format!("{}|{}", self.me, changes.join(","));
        let next = self.after(&commit);
        let out = CommitOut {
            commit: private(self.epoch(), ContentType::Commit, &commit),
            welcome: None,
            group_info: next.info(),
            ratchet_tree: vec![0],
            next: next.here(),
            held: held(self.leaf(), &changes.join(",")),
        };
        self.pending = Some(Box::new(next));
        Ok(out)
    }

    fn merge_own(&mut self) -> Result<()> {
        match self.pending.take() {
            None => refuse(reason::PENDING_COMMIT),
            Some(next) => {
                *self = *next;
                Ok(())
            }
        }
    }

    fn drop_own(&mut self) {
        self.pending = None;
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        let (epoch, text) = text(message);
        let late = self.mutes_carol_from.is_some() && epoch < self.epoch() && message[4 + 6 + 8] == 1;
        if epoch != self.epoch() && !late {
            return refuse(reason::WRONG_EPOCH);
        }
        let mut parts = text.split('|');
        let Some(sender) = self.leaf_of(parts.next().unwrap()) else { return refuse(reason::UNKNOWN_SENDER) };
        let rest = parts.next().unwrap().to_owned();
        match message[4 + 6 + 8] {
            1 => Ok(Received::Application { sender, data: rest.into_bytes(), aad: vec![] }),
            2 => Ok(Received::Proposal { sender: Some(sender) }),
            _ if rest == "bad" => refuse(reason::BAD_CONFIRMATION_TAG),
            _ => {
                let next = self.after(&text);
                let staged = Staged {
                    committer: Some(sender),
                    added: rest.split(',').filter_map(|c| c.strip_prefix('+')).map(|n| n.into()).collect(),
                    removed: rest.split(',').filter_map(|c| c.strip_prefix('-')?.parse().ok()).collect(),
                    removes_me: next.removed,
                    next: (!next.removed).then(|| next.here()),
                    aad: vec![],
                    held: held(sender, &rest),
                };
                self.staged = Some((!next.removed).then(|| Box::new(next)));
                Ok(Received::Commit(staged))
            }
        }
    }

    fn application_data(&self, component: u16) -> Option<Vec<u8>> {
        let from = self.mutes_carol_from.filter(|_| component == PARTICIPANT_LIST)?;
        let role = |name: &str| if name == "carol" && self.epoch() >= from { 2 } else { 3 };
        let pair = |name: &String| UserRolePair { user: Octets(name.clone().into_bytes()), role_index: role(name) };
        let participants = self.members.iter().flatten().map(pair).collect();
        Some(ParticipantListData { participants }.encode().unwrap())
    }

    fn merge(&mut self) -> Result<()> {
        match self.staged.take() {
            None => return refuse(reason::PENDING_COMMIT),
            Some(None) => self.removed = true,
            Some(Some(next)) => *self = *next,
        }
        self.pending = None;
        Ok(())
    }

    fn discard(&mut self) {
        self.staged = None;
    }

    fn copy(&self) -> Box<dyn Member> {
        Box::new(self.clone())
    }
}

/// A device that can only make or join one group.
#[derive(Clone)]
pub(super) struct Maker {
    pub member: Double,
    /// What `join` says without a tree.
    pub needs_tree: bool,
}

impl Client for Maker {
    fn key_package(&mut self) -> Result<Vec<u8>> {
        Ok([&[0, 1, 0, 5], self.member.me.as_bytes()].concat())
    }

    fn private_keys(&self, _: &[u8]) -> Result<PrivateKeys> {
        refuse(reason::NO_KEY_PACKAGE)
    }

    fn create(&mut self, _: &[u8]) -> Result<Box<dyn Member>> {
        Ok(self.member.copy())
    }

    fn join(&mut self, _: &[u8], tree: Option<&[u8]>) -> Result<Box<dyn Member>> {
        if self.needs_tree && tree.is_none() { refuse(reason::MISSING_TREE) } else { Ok(self.member.copy()) }
    }

    fn external_join(&mut self, _: &[u8], _: Option<&[u8]>) -> Result<(Box<dyn Member>, CommitOut)> {
        let mut member = self.member.clone();
        let out = member.commit(&Plan::default())?;
        member.merge_own()?;
        Ok((Box::new(member), out))
    }

    fn welcome_group(&self, _: &[u8]) -> Result<Vec<u8>> {
        Ok(b"group".to_vec())
    }

    fn copy(&self) -> Box<dyn Client> {
        Box::new(self.clone())
    }
}
