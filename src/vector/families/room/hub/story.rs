//! What the sequences are written with: who sends what, and what is to come of it, each in its own words.

use super::town::{GROUP, Ground, HUB, ROOM, Town, home, identity, seed, user};
use crate::mls::member::{CommitOut, Plan, Refusal, Result};
use crate::reason::{Reason, mls};
use crate::vector::families::build::accept;
use crate::vector::forge::rooms::{self, Asks, Tree};
use crate::vector::forge::traffic::vector;
use crate::vector::{Case, Sealed, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Milliseconds since 1970 at which a room is opened; every request comes a second after the one before.
const BEGIN: u64 = 1_700_000_000_000;

/// One case: name, comment, flag, rule, what happens.
pub(super) type Tale = (&'static str, &'static str, &'static str, &'static str, fn(&mut Story) -> Result<()>);

/// A case that is being told.
pub(super) struct Story {
    pub town: Town,
    case: Case,
    time: u64,
    epoch: u64,
}

/// Everybody in the town's group, one client of a provider each.
pub(super) const OTHERS: &[&str] = &["b.example", "c.example", HUB];

/// What is fanned out: to whom, and the FanoutMessage.
pub(super) type Push = (String, Vec<u8>);

/// The same to each of them.
pub(super) fn each(to: &[&str], message: &[u8]) -> Vec<Push> {
    to.iter().map(|to| ((*to).to_owned(), message.to_vec())).collect()
}

fn pushes(mut all: Vec<Push>) -> Value {
    // A stable sort: each provider's own stay in order.
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all.iter().map(|(to, message)| json!({"to": to, "message": hex::encode(message)})).collect()
}

/// Sets a member of an object.
pub(super) fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// HandshakeBundle of a commit with its whole GroupInfo, and no tree.
pub(super) fn bundle(out: &CommitOut) -> Vec<u8> {
    rooms::commit_bundle(&out.commit, out.welcome.as_deref(), &rooms::full(&out.group_info), &Tree::Hub)
}

/// ProposalRef of a PublicMessage of a member (RFC 9420 section 5.2): without its version in front and its membership
/// tag of 33 octets behind.
pub(super) fn reference(message: &[u8]) -> Vec<u8> {
    let end = message.len().saturating_sub(33);
    let content = message.get(2..end).unwrap_or_default();
    Sha256::digest([vector("MLS 1.0 Proposal Reference"), vector(content)].concat()).to_vec()
}

/// One bit changed, so many octets before the end.
pub(super) fn changed(octets: &[u8], before_end: usize) -> Vec<u8> {
    let mut octets = octets.to_vec();
    if let Some(octet) = octets.len().checked_sub(before_end).and_then(|place| octets.get_mut(place)) {
        *octet ^= 1;
    }
    octets
}

/// A plan that only refreshes the committer's path.
pub(super) fn update() -> Plan {
    Plan { update: true, ..Plan::default() }
}

pub(super) fn none(what: &str) -> Refusal {
    Refusal { reason: mls::MLS_OTHER, said: what.to_owned() }
}

impl Story {
    pub fn begin(town: &Town, tale: &Tale) -> Result<Self> {
        let (name, comment, flag, rule, _) = tale;
        let mut town = town.copy();
        let rules: Vec<&str> = rule.split(' ').collect();
        let case = accept(name, comment, &[flag], &rules, "room-hub/new", town.opening()?, json!({"epoch": 1}));
        Ok(Self { town, case, time: BEGIN, epoch: 1 })
    }

    pub fn end(self) -> Case {
        self.case
    }

    /// Opens it otherwise: what is changed in the input.
    pub fn opened_with(&mut self, name: &str, value: Value) {
        put(&mut self.case.input, name, value);
    }

    /// Another group instead, which may not be hosted for this reason.
    pub fn not_opened(&mut self, ground: Ground, reason: Reason) -> Result<()> {
        let input = Town::new(ground)?.opening()?;
        self.refused_opening(input, reason);
        Ok(())
    }

    pub fn refused_opening(&mut self, input: Value, reason: Reason) {
        let case = &self.case;
        let (flag, rules): (Vec<_>, Vec<_>) =
            (case.flags.iter().map(String::as_str).collect(), case.requirements.iter().map(String::as_str).collect());
        let op = "room-hub/new";
        self.case = crate::vector::families::build::reject(&case.id, &case.comment, &flag, &rules, op, input, reason);
    }

    /// The documents leave the case open; the reference's reading is the first.
    pub fn contested(&mut self, readings: &[(Verdict, &str)]) {
        self.then(|case| case.contested(readings));
        let because = readings.first().map(|(_, text)| (*text).to_owned());
        self.case.expect.because = self.case.expect.because.take().or(because);
    }

    /// It is a MUST.
    pub fn must(&mut self) {
        self.then(|case| case.level(crate::vector::Level::Must));
    }

    fn then(&mut self, tell: impl FnOnce(Case) -> Case) {
        self.case = tell(self.case.clone());
    }

    fn later(&mut self) -> u64 {
        self.time = self.time.saturating_add(1000);
        self.time
    }

    /// The time of the latest request.
    pub fn time(&self) -> u64 {
        self.time
    }

    fn asked(&mut self, op: &str, from: &str, request: &[u8], comment: &str, out: Value) {
        let input = json!({"from": from, "time": self.time, "request": hex::encode(request)});
        self.then(|case| case.then_accept(comment, op, input, Some(out)));
    }

    /// An update that is taken: `told` says what is fanned out, given the time.
    pub fn taken(&mut self, from: &str, request: &[u8], comment: &str, told: impl FnOnce(u64) -> Vec<Push>) {
        let time = self.later();
        let out = json!({"code": "success", "accepted_timestamp": time, "pushes": pushes(told(time))});
        self.asked("room-hub/update", from, request, comment, out);
    }

    fn not_taken(&mut self, from: &str, request: &[u8], comment: &str, mut out: Value) {
        self.later();
        put(&mut out, "pushes", json!([]));
        self.asked("room-hub/update", from, request, comment, out);
    }

    pub fn not_allowed(&mut self, from: &str, request: &[u8], comment: &str) {
        self.not_taken(from, request, comment, json!({"code": "notAllowed"}));
    }

    pub fn wrong_epoch(&mut self, from: &str, request: &[u8], comment: &str) {
        let epoch = self.epoch;
        self.not_taken(from, request, comment, json!({"code": "wrongEpoch", "current_epoch": epoch}));
    }

    pub fn invalid(&mut self, from: &str, request: &[u8], references: &[Vec<u8>]) {
        let references: Vec<_> = references.iter().map(|reference| hex::encode(reference)).collect();
        self.not_taken(from, request, "", json!({"code": "invalidProposal", "invalid_proposals": references}));
    }

    /// A request that nobody can read, or that is beyond a limit.
    pub fn refused(&mut self, op: &str, from: &str, request: &[u8], comment: &str, reason: Reason) {
        self.later();
        let input = json!({"from": from, "time": self.time, "request": hex::encode(request)});
        self.then(|case| case.then_reject(comment, op, input, &[reason]));
    }

    /// Any operation that is refused.
    pub fn rejects(&mut self, op: &str, input: Value, reason: Reason) {
        self.then(|case| case.then_reject("", op, input, &[reason]));
    }

    /// A commit by a member that is taken, and told to these.
    pub fn commits(&mut self, by: &str, plan: &Plan, to: &[&str], comment: &str) -> Result<CommitOut> {
        let out = self.town.commit(by, plan)?;
        self.taken(&home(by), &bundle(&out), comment, |time| each(to, &rooms::fanout(time, &out.commit, Some(&[]))));
        self.epoch = self.epoch.saturating_add(1);
        Ok(out)
    }

    /// The same where the request is not the usual one.
    pub fn commits_as(&mut self, by: &str, out: &CommitOut, request: &[u8], to: &[&str], comment: &str) {
        self.taken(&home(by), request, comment, |time| each(to, &rooms::fanout(time, &out.commit, Some(&[]))));
        self.epoch = self.epoch.saturating_add(1);
    }

    /// The hub has moved by a commit that was told by hand.
    pub fn moved(&mut self) {
        self.epoch = self.epoch.saturating_add(1);
    }

    /// Everything still works: Alice commits.
    pub fn goes_on(&mut self) -> Result<()> {
        self.commits("alice-laptop", &update(), OTHERS, "what was refused changed nothing").map(drop)
    }

    /// Proposals that are taken, and told to these.
    pub fn proposed(&mut self, from: &str, first: &[u8], more: &[Vec<u8>], to: &[&str], comment: &str) {
        let request = rooms::proposal_bundle(first, more);
        self.taken(from, &request, comment, |time| each(to, &rooms::fanout(time, first, Some(more))));
    }

    fn submit(&mut self, from: &str, request: &[u8], comment: &str, out: Value) {
        self.asked("room-hub/submit", from, request, comment, out);
    }

    /// Application data that is accepted, and told to these.
    pub fn accepted(&mut self, who: &str, message: &[u8], to: &[&str], comment: &str) {
        let time = self.later();
        let told = pushes(each(to, &rooms::fanout(time, message, None)));
        let out = json!({"code": "accepted", "accepted_timestamp": time, "pushes": told});
        self.submit(&home(who), &rooms::submit(message, &user(who)), comment, out);
    }

    /// Application data that is not, through that provider, from that user.
    pub fn unsent(&mut self, from: &str, message: &[u8], sender: &str, comment: &str) {
        self.later();
        self.submit(from, &rooms::submit(message, sender), comment, json!({"code": "notAllowed", "pushes": []}));
    }

    pub fn too_old(&mut self, who: &str, message: &[u8]) {
        self.later();
        let out = json!({"code": "epochTooOld", "current_epoch": self.epoch, "pushes": []});
        self.submit(&home(who), &rooms::submit(message, &user(who)), "", out);
    }

    /// A request to `groupInfo` by this client.
    pub fn asks(&self, who: &str) -> Result<Asks> {
        let (_, hpke_key) = rooms::hpke_key(&seed(who)).ok_or_else(|| none("no HPKE key"))?;
        Ok(Asks { suite: 1, signature_key: seed(who), identity: identity(who), hpke_key, code: vec![] })
    }

    fn group_info(&mut self, from: &str, request: &[u8], room: &str, comment: &str, outputs: Vec<Value>) {
        let input = json!({"from": from, "room_id": room, "request": hex::encode(request)});
        self.then(|case| case.then_any(comment, "room-hub/group-info", input, outputs));
    }

    /// It is given: GroupInfo and tree as this member has them, and the pending proposals with their times.
    pub fn gives(&mut self, who: &str, request: &[u8], host: &str, pending: &[(Vec<u8>, u64)]) -> Result<()> {
        let (info, tree) = self.town.member(host)?.group_info()?;
        self.gives_this(who, request, &info, &tree, pending)
    }

    /// It is given: this GroupInfo and this tree.
    pub fn gives_this(
        &mut self,
        who: &str,
        request: &[u8],
        info: &[u8],
        tree: &[u8],
        pending: &[(Vec<u8>, u64)],
    ) -> Result<()> {
        let (private, _) = rooms::hpke_key(&seed(who)).ok_or_else(|| none("no HPKE key"))?;
        let plain = rooms::to_be_encrypted(info, &Tree::Full(tree.to_vec()), pending);
        let sealed = Sealed {
            private_key: hex::encode(&private),
            room_id: ROOM.to_owned(),
            hub: HUB.to_owned(),
            hub_key: hex::encode(&rooms::public_key(&seed(HUB))),
            plaintexts: vec![hex::encode(&plain)],
        };
        self.group_info(&home(who), request, ROOM, "", vec![]);
        if let Some(step) = self.case.then.last_mut() {
            step.expect.sealed = Some(sealed);
        }
        Ok(())
    }

    pub fn not_given(&mut self, from: &str, request: &[u8], comment: &str) {
        let response = json!({"response": hex::encode(&rooms::no_group_info(ROOM, 2))});
        self.group_info(from, request, ROOM, comment, vec![response]);
    }

    /// About a room that is not here: either answer is right (section 5.6).
    pub fn no_such_room(&mut self, from: &str, request: &[u8], room: &str) {
        let answers = [3, 2].map(|status| json!({"response": hex::encode(&rooms::no_group_info(room, status))}));
        self.group_info(from, request, room, "", answers.to_vec());
    }

    /// A KeyPackage of this client's was fetched from its provider.
    pub fn claimed(&mut self, who: &str) -> Result<()> {
        let reference = hex::encode(&self.town.reference(who)?);
        let input = json!({"key_package_ref": reference, "provider": home(who)});
        self.then(|case| case.then_accept("", "room-hub/claimed", input, Some(json!({}))));
        Ok(())
    }

    /// The hub proposes to remove this client; its proposals.
    pub fn expelled(&mut self, who: &str, to: &[&str]) -> Result<Vec<u8>> {
        let (leaf, time) = (self.town.leaf(who)?, self.later());
        let proposal = rooms::external_remove(&seed(HUB), GROUP, self.epoch, super::town::HUB_INDEX, leaf);
        let told = pushes(each(to, &rooms::fanout(time, &proposal, Some(&[]))));
        let input = json!({"time": time, "client": hex::encode(&identity(who))});
        self.then(|case| case.then_accept("", "room-hub/expel", input, Some(json!({"pushes": told}))));
        self.town.hear(HUB, &proposal)?;
        Ok(proposal)
    }

    /// The last step may be answered with these pushes as well.
    pub fn or_pushes(&mut self, all: Vec<Push>) {
        if let Some(step) = self.case.then.last_mut()
            && let Some(mut out) = step.expect.out.clone()
        {
            put(&mut out, "pushes", pushes(all));
            step.expect.or.push(out);
        }
    }
}
