use super::sign::{Moment, Proof, Sign, Told, What};
use super::view::{Knowledge, Standing};
use super::waiting::Waiting;
use crate::entropy::Time;
use crate::mls::member::Position;
use crate::protocol::{Delivered, Head, MaskedPartitionKey};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Epochs whose authenticators are held against what others report.
const EPOCHS: usize = 33;
/// Signs that are kept; one more than that says nothing new.
const SIGNS: usize = 64;

/// Signs as they come and go, in one membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::client) struct Memory {
    now: Moment,
    signs: Vec<Sign>,
    waiting: Waiting,
    /// When each member was heard last on this branch.
    heard: BTreeMap<Vec<u8>, Moment>,
    /// Epochs that it was in, with their authenticators, and since when.
    epochs: VecDeque<(u64, Vec<u8>, Moment)>,
    /// The epoch in which the client came in.
    entered: u64,
    shown: (Standing, Option<Proof>, Option<Moment>),
}

impl Memory {
    pub fn new(at: Time, position: &Position) -> Self {
        let now = Moment { at, epoch: position.epoch, ..Moment::default() };
        let epochs = VecDeque::from([(position.epoch, position.epoch_authenticator.clone(), now)]);
        let shown = (Standing::Together, None, None);
        Self {
            now,
            signs: vec![],
            waiting: Waiting::default(),
            heard: BTreeMap::new(),
            epochs,
            entered: position.epoch,
            shown,
        }
    }

    /// The time of what comes next.
    pub fn clock(&mut self, at: Time) {
        self.now.at = at;
    }

    /// One thing has happened.
    pub fn tick(&mut self) -> Moment {
        self.now.order = self.now.order.saturating_add(1);
        self.now
    }

    fn sign(&mut self, what: What, proof: Proof, member: Option<Vec<u8>>, since: Option<Moment>) {
        let seen = self.tick();
        let sign = Sign { what, proof, member, since: since.unwrap_or(seen), seen };
        if let Some(older) = self.signs.iter_mut().find(|s| s.what == sign.what && s.member == sign.member) {
            older.proof = older.proof.max(sign.proof);
        } else if self.signs.len() < SIGNS {
            self.signs.push(sign);
        }
    }

    /// The hub has answered a question for messages.
    pub fn answered(&mut self) {
        self.now.deliveries = self.now.deliveries.saturating_add(1);
        self.tick();
    }

    /// The answer was for the present partition and has left the client there.
    pub fn stood(&mut self) {
        let now = self.tick();
        self.waiting.stood(now);
    }

    /// A member has sent something that is of this epoch. What it did before may have been on the way for long: a word in
    /// this epoch does not undo what was known in it of the member for certain.
    pub fn hear(&mut self, member: Vec<u8>) {
        let now = self.tick();
        self.signs.retain(|sign| {
            let undone = matches!(sign.what, What::Policy | What::Envelope) || sign.seen.epoch < now.epoch;
            sign.member.as_ref() != Some(&member) || !undone
        });
        self.heard.insert(member, now);
    }

    /// A good commit of a member was not followed.
    pub fn passed_by(&mut self, what: What, committer: Option<Vec<u8>>) -> Moment {
        let external = committer.is_none();
        // Whoever is kept out by policy was not in.
        if !(external && what == What::Policy) {
            self.sign(what, Proof::Likely, committer, None);
        }
        self.now
    }

    /// A commit in a false envelope is followed.
    pub fn tampered(&mut self) {
        self.sign(What::Tampered, Proof::Suspicion, None, None);
    }

    /// A message of the present partition is none of its epoch.
    pub fn unreadable(&mut self) {
        self.sign(What::Unreadable, Proof::Suspicion, None, None);
    }

    /// The hub has given other octets for the same place.
    pub fn rewritten(&mut self) {
        self.sign(What::Rewritten, Proof::Likely, None, None);
    }

    /// The hub takes nothing here any more.
    pub fn terminated(&mut self) {
        self.sign(What::Terminated, Proof::Likely, None, None);
    }

    /// The hub tells of a partition that is not known. One whose messages are all from before the client's time is none of its.
    pub fn hinted(&mut self, masked: MaskedPartitionKey, messages: &[Delivered]) {
        let epoch = |delivered: &Delivered| match delivered.message.head() {
            Head::Public { epoch, .. } | Head::Private { epoch, .. } => Some(*epoch),
            _ => None,
        };
        if !messages.is_empty() && messages.iter().filter_map(epoch).all(|epoch| epoch < self.entered) {
            return;
        }
        let now = self.tick();
        self.waiting.hint(masked, now);
    }

    /// A member has signed something on another branch.
    pub fn heard_elsewhere(&mut self, member: Vec<u8>, since: Moment) {
        self.heard.remove(&member);
        self.sign(What::HeardElsewhere, Proof::Certain, Some(member), Some(since));
    }

    pub fn sent(&mut self, octets: &[u8]) {
        let now = self.tick();
        self.waiting.sent(octets, now);
    }

    /// It came back, or was refused.
    pub fn returned(&mut self, octets: &[u8]) {
        self.waiting.returned(octets);
    }

    /// The client is in the next epoch.
    pub fn go(&mut self, position: &Position, masked: &MaskedPartitionKey) {
        let before = std::mem::replace(&mut self.now.epoch, position.epoch);
        let now = self.tick();
        // These are of one partition; the hub's contradictions and the places of others are not.
        self.signs.retain(|s| match s.what {
            What::Unreadable | What::Terminated => false,
            // Of an own commit: somebody who did not follow it has made another one.
            What::Envelope if s.member.is_none() => false,
            // Whoever makes the next commit has followed the one in the false envelope.
            What::Tampered => s.seen.epoch == before,
            _ => true,
        });
        self.waiting.entered(masked);
        if self.epochs.len() >= EPOCHS {
            self.epochs.pop_front();
        }
        self.epochs.push_back((position.epoch, position.epoch_authenticator.clone(), now));
        for (told, since) in self.waiting.reached(position.epoch) {
            self.compare(&told, Some(since));
        }
    }

    /// A member says where it is. `sibling`: since when the client knows of a branch with this epoch.
    pub fn told(&mut self, told: &Told, sibling: Option<Moment>) {
        let now = self.tick();
        self.waiting.forget(&told.member);
        if let Some(since) = sibling {
            self.apart(told, since);
        } else if told.epoch > now.epoch {
            self.waiting.told(told.clone(), now);
        } else {
            self.compare(told, None);
        }
    }

    /// Holds a report against the epochs that the client was in. A report of an epoch that it was not in, or that is too long
    /// ago, says nothing. Nor does an old one that fits: that was before whatever came since.
    fn compare(&mut self, told: &Told, before: Option<Moment>) {
        let Some((_, own, since)) = self.epochs.iter().find(|(number, ..)| *number == told.epoch) else { return };
        if *own != told.epoch_authenticator {
            let since = before.map_or(*since, |before| before.min(*since));
            self.apart(told, since);
        } else if told.epoch == self.now.epoch && told.authentic {
            self.signs.retain(|sign| sign.member.as_ref() != Some(&told.member));
            let now = self.tick();
            self.heard.insert(told.member.clone(), now);
        }
    }

    fn apart(&mut self, told: &Told, since: Moment) {
        let proof = if told.authentic { Proof::Certain } else { Proof::Suspicion };
        if told.authentic {
            self.heard.remove(&told.member);
        }
        self.sign(What::Report, proof, Some(told.member.clone()), Some(since));
    }

    /// Whether there is nothing to know, and nothing that was said is to be taken back.
    pub fn calm(&self) -> bool {
        self.signs.is_empty() && self.shown.0 == Standing::Together && self.waiting.signs().next().is_none()
    }

    /// What follows from all of it.
    pub fn view(&self, others: &BTreeSet<Vec<u8>>) -> Knowledge {
        let present = |sign: &Sign| sign.member.as_ref().is_none_or(|member| others.contains(member));
        let mut signs: Vec<Sign> = self.signs.iter().cloned().chain(self.waiting.signs()).filter(present).collect();
        signs.sort_by_key(|sign| (sign.seen, sign.what, sign.member.clone()));
        let heard = |member: &Vec<u8>| self.heard.get(member).copied();
        let mut view = Knowledge::of(signs, others, heard, (self.now.epoch, self.now.deliveries));
        let (standing, _, known) = self.shown;
        let same = standing == view.standing;
        view.known = if view.standing == Standing::Together { None } else { known.filter(|_| same).or(Some(self.now)) };
        view
    }

    /// What is to be said because it is new.
    pub fn news(&mut self, others: &BTreeSet<Vec<u8>>) -> Option<Knowledge> {
        self.heard.retain(|member, _| others.contains(member));
        let view = self.view(others);
        let shown = (view.standing, view.proof, view.known);
        let new = (shown.0, shown.1) != (self.shown.0, self.shown.1);
        self.shown = shown;
        new.then_some(view)
    }
}
