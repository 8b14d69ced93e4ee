//! What the sequences are written with: who sends what, and what is to come of it, each in its own words. Masked keys
//! are computed here once more.

use crate::reason::Reason;
use crate::vector::families::build::accept;
use crate::vector::forge::traffic::{self, From, Kind};
use crate::vector::{Case, Level, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

pub(in crate::vector::families) const NAME: &str = "delivery/hub";

pub(super) const HUB: &str = "hub.example";
pub(super) const ANN: &str = "a.example";
pub(super) const BEN: &str = "b.example";
pub(super) const CAT: &str = "c.example";
pub(super) const GROUP: &[u8] = b"group 1 at hub.example";
pub(super) const OTHER_GROUP: &[u8] = b"group 2 at hub.example";
pub(super) const SUITE: u16 = 1;

/// The key of the n-th partition.
pub(super) fn key(n: u8) -> [u8; 16] {
    let digest = Sha256::digest([b"partition ", &[n][..]].concat());
    std::array::from_fn(|i| digest.get(i).copied().unwrap_or_default())
}

/// `Hash(partition_key)`, with the hash of the suite.
pub(super) fn masked(suite: u16, n: u8) -> Vec<u8> {
    match suite {
        4..=6 => Sha512::digest(key(n)).to_vec(),
        7 => Sha384::digest(key(n)).to_vec(),
        _ => Sha256::digest(key(n)).to_vec(),
    }
}

/// A message for a partition, and what it is there.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub group: &'static [u8],
    pub suite: u16,
    pub message: Vec<u8>,
    pub to: u8,
    pub commit: Option<Next>,
}

/// What a commit leads to.
#[derive(Clone, Debug)]
pub(super) struct Next {
    pub to: u8,
    pub group_info: Option<Vec<u8>>,
    pub welcome: Option<(Vec<u8>, Vec<&'static str>)>,
}

/// Application data for a partition, of epoch 0 in the first one and of epoch 1 in all others.
pub(super) fn says(to: u8, text: &str) -> Sent {
    says_in(u64::from(to > 0), to, text)
}

/// Application data of an epoch, for a partition.
pub(super) fn says_in(epoch: u64, to: u8, text: &str) -> Sent {
    let message = traffic::private_message(GROUP, epoch, Kind::Application, text.as_bytes());
    Sent { group: GROUP, suite: SUITE, message, to, commit: None }
}

/// Its GroupInfo, with a tree in it whose only leaf has this name.
pub(super) fn info(epoch: u64, name: &str) -> Vec<u8> {
    traffic::group_info(SUITE, GROUP, epoch, Some(&traffic::ratchet_tree(name.as_bytes())))
}

/// A commit in a PrivateMessage, from one partition to another, with a GroupInfo.
pub(super) fn commit(epoch: u64, from: u8, to: u8) -> Sent {
    let message = traffic::private_message(GROUP, epoch, Kind::Commit, format!("{from} to {to}").as_bytes());
    let group_info = Some(info(epoch + 1, &format!("{from} to {to}")));
    Sent { group: GROUP, suite: SUITE, message, to: from, commit: Some(Next { to, group_info, welcome: None }) }
}

/// An external commit, without a GroupInfo; where it goes is for the hub to say.
pub(super) fn joins(epoch: u64, to: u8) -> Sent {
    let message = traffic::public_message(GROUP, epoch, From::Joiner, Kind::Commit, format!("to {to}").as_bytes());
    let next = Next { to, group_info: None, welcome: None };
    Sent { group: GROUP, suite: SUITE, message, to: 0, commit: Some(next) }
}

impl Sent {
    pub fn bare(mut self) -> Self {
        self.commit.iter_mut().for_each(|next| next.group_info = None);
        self
    }

    pub fn with_info(mut self, group_info: Vec<u8>) -> Self {
        self.commit.iter_mut().for_each(|next| next.group_info = Some(group_info.clone()));
        self
    }

    /// Adds people: a KeyPackageRef and a provider each.
    pub fn adding(self, people: &[(&'static str, &'static str)]) -> Self {
        let refs: Vec<&[u8]> = people.iter().map(|(name, _)| name.as_bytes()).collect();
        let providers = people.iter().map(|(_, provider)| *provider).collect();
        let welcome = traffic::welcome(self.suite, &refs);
        self.with_welcome(welcome, providers)
    }

    pub fn with_welcome(mut self, welcome: Vec<u8>, providers: Vec<&'static str>) -> Self {
        self.commit.iter_mut().for_each(|next| next.welcome = Some((welcome.clone(), providers.clone())));
        self
    }

    pub fn data(&self) -> Option<Vec<u8>> {
        self.commit.as_ref().map(|next| {
            let welcome = next.welcome.as_ref().map(|(octets, providers)| (octets.clone(), providers.as_slice()));
            traffic::commit_data(&key(next.to), next.group_info.clone(), welcome)
        })
    }

    /// As everybody gets it.
    pub fn delivered(&self) -> Vec<u8> {
        let commit = self.commit.as_ref().map(|next| (masked(self.suite, next.to), next.group_info.clone()));
        traffic::delivered(&self.message, commit)
    }

    /// As SendRequest.
    pub fn octets(&self) -> Vec<u8> {
        traffic::send_request(&self.message, &key(self.to), self.data().as_deref())
    }

    fn request(&self) -> Value {
        Value::from(hex::encode(&self.octets()))
    }

    fn join(&self) -> Value {
        let request = traffic::external_join_request(&self.message, &self.data().unwrap_or_default());
        Value::from(hex::encode(&request))
    }
}

/// What a hub sends of itself.
pub(super) fn asks(to: &str, refs: &[&str]) -> Value {
    let refs: Vec<&[u8]> = refs.iter().map(|r| r.as_bytes()).collect();
    json!({"to": to, "structure": "WelcomeInitRequest", "octets": hex::encode(&traffic::welcome_init_request(&refs))})
}

/// The Welcome that came with a commit.
pub(super) fn welcomes(to: &str, sent: &Sent) -> Value {
    let welcome = sent.commit.as_ref().and_then(|next| next.welcome.as_ref()).map(|(octets, _)| octets.clone());
    json!({"to": to, "structure": "Welcome", "octets": hex::encode(&welcome.unwrap_or_default())})
}

fn pushes(pushes: &[Value]) -> Value {
    json!({ "pushes": pushes })
}

/// A sequence of requests to one hub.
pub(super) struct Scene(Case);

impl Scene {
    /// A blind hub without groups. Rules are ledger ids without their document, apart by spaces.
    pub fn empty(name: &str, comment: &str, flag: &str, rules: &str, settings: Value) -> Self {
        let rules: Vec<String> = rules.split(' ').map(full).collect();
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        let mut input = json!({"kind": "blind", "provider": HUB, "hints": "none"});
        if let (Some(members), Value::Object(changes)) = (input.as_object_mut(), settings) {
            members.extend(changes);
        }
        Self(accept(name, comment, &[flag], &rules, "hub/new", input, json!({})))
    }

    /// A blind hub with a group, in partition 0.
    pub fn new(name: &str, comment: &str, flag: &str, rules: &str) -> Self {
        Self::empty(name, comment, flag, rules, json!({})).create(GROUP, SUITE, Some(&info(0, "created")))
    }

    /// The same, where something is set otherwise.
    pub fn with(name: &str, comment: &str, flag: &str, rules: &str, settings: Value) -> Self {
        Self::empty(name, comment, flag, rules, settings).create(GROUP, SUITE, Some(&info(0, "created")))
    }

    /// Names a rule of this draft that has readings, too.
    pub fn open(mut self, rule: &str) -> Self {
        self.0.requirements.push(full(rule));
        self
    }

    pub fn must(self) -> Case {
        self.0.level(Level::Must)
    }

    pub fn end(self) -> Case {
        self.0
    }

    pub fn contested(self, readings: &[(Verdict, &str)]) -> Case {
        self.0.contested(readings)
    }

    fn ok(self, op: &str, input: Value, out: Value) -> Self {
        Self(self.0.then_accept("", op, input, Some(out)))
    }

    fn no(self, op: &str, input: Value, reasons: &[Reason]) -> Self {
        Self(self.0.then_reject("", op, input, reasons))
    }

    /// Any operation that is answered.
    pub fn answers(self, op: &str, input: Value, out: Value) -> Self {
        self.ok(op, input, out)
    }

    /// Any operation that is refused.
    pub fn refused(self, op: &str, input: Value, reasons: &[Reason]) -> Self {
        self.no(op, input, reasons)
    }

    fn creation(group: &[u8], suite: u16, info: Option<&[u8]>) -> Value {
        let mut input = json!({
            "from": HUB, "group_id": hex::encode(group), "cipher_suite": suite, "partition_key": hex::encode(&key(0)),
        });
        if let (Some(info), Some(members)) = (info, input.as_object_mut()) {
            members.insert("group_info".into(), hex::encode(info).into());
        }
        input
    }

    pub fn create(self, group: &[u8], suite: u16, info: Option<&[u8]>) -> Self {
        self.ok("hub/create-group", Self::creation(group, suite, info), json!({}))
    }

    pub fn create_with_tree(self, info: &[u8], tree: &[u8]) -> Self {
        let mut input = Self::creation(GROUP, SUITE, Some(info));
        if let Some(members) = input.as_object_mut() {
            members.insert("ratchet_tree".into(), hex::encode(tree).into());
        }
        self.ok("hub/create-group", input, json!({}))
    }

    /// Of a group whose room allows this; rooms are forged where the fuzzing feature is.
    #[cfg(feature = "fuzzing")]
    pub fn create_with_room(self, info: &[u8], tree: &[u8], room: Value) -> Self {
        let mut input = Self::creation(GROUP, SUITE, Some(info));
        if let Some(members) = input.as_object_mut() {
            members.insert("ratchet_tree".into(), hex::encode(tree).into());
            members.insert("room".into(), room);
        }
        self.ok("hub/create-group", input, json!({}))
    }

    pub fn create_refused(self, group: &[u8], reasons: &[Reason]) -> Self {
        self.no("hub/create-group", Self::creation(group, SUITE, None), reasons)
    }

    pub fn send(self, from: &str, sent: &Sent) -> Self {
        self.send_pushing(from, sent, &[])
    }

    pub fn send_all(self, sent: &[&Sent]) -> Self {
        sent.iter().fold(self, |scene, sent| scene.send(ANN, sent))
    }

    pub fn send_pushing(self, from: &str, sent: &Sent, pushed: &[Value]) -> Self {
        self.ok("hub/send", json!({"from": from, "request": sent.request()}), pushes(pushed))
    }

    /// What is pushed may come in any of these orders.
    pub fn send_pushing_any(self, from: &str, sent: &Sent, orders: &[&[Value]]) -> Self {
        let input = json!({"from": from, "request": sent.request()});
        Self(self.0.then_any("", "hub/send", input, orders.iter().map(|order| pushes(order)).collect()))
    }

    pub fn send_refused(self, from: &str, sent: &Sent, reasons: &[Reason]) -> Self {
        self.no("hub/send", json!({"from": from, "request": sent.request()}), reasons)
    }

    pub fn octets_refused(self, request: &[u8], reasons: &[Reason]) -> Self {
        self.no("hub/send", json!({"from": ANN, "request": hex::encode(request)}), reasons)
    }

    /// Negative policy: a hub may refuse it, and needs not.
    pub fn send_either(self, sent: &Sent, pushed: &[Value], reasons: &[Reason]) -> Self {
        const MAY: &str = "Unambiguously invalid, so a hub may refuse it; nothing says that it must look.";
        let input = json!({"from": ANN, "request": sent.request()});
        Self(self.0.then_either(MAY, "hub/send", input, (pushes(pushed), reasons)))
    }

    fn receiving(group: &[u8], partition: u8, counter: u32) -> Value {
        let request = traffic::receive_request(&key(partition), counter);
        json!({"from": BEN, "group_id": hex::encode(group), "request": hex::encode(&request)})
    }

    pub fn receive(self, partition: u8, counter: u32, messages: &[&Sent]) -> Self {
        self.receive_hinted(partition, counter, messages, &[])
    }

    pub fn receive_in(self, group: &[u8], partition: u8, messages: &[&Sent]) -> Self {
        let delivered: Vec<_> = messages.iter().map(|m| m.delivered()).collect();
        let response = traffic::receive_response(&delivered, &[]);
        let out = json!({"response": hex::encode(&response)});
        self.ok("hub/receive", Self::receiving(group, partition, 0), out)
    }

    pub fn receive_refused(self, group: &[u8], reasons: &[Reason]) -> Self {
        self.no("hub/receive", Self::receiving(group, 0, 0), reasons)
    }

    /// Hints are in the order of their masked keys.
    pub fn receive_hinted(self, partition: u8, counter: u32, messages: &[&Sent], hints: &[(u8, &[&Sent])]) -> Self {
        let delivered = |messages: &[&Sent]| messages.iter().map(|m| m.delivered()).collect::<Vec<_>>();
        let mut hints: Vec<_> = hints.iter().map(|(n, messages)| (masked(SUITE, *n), delivered(messages))).collect();
        hints.sort();
        let response = traffic::receive_response(&delivered(messages), &hints);
        let out = json!({"response": hex::encode(&response)});
        self.ok("hub/receive", Self::receiving(GROUP, partition, counter), out)
    }

    pub fn answer(self, from: &str, accept: bool, pushed: &[Value]) -> Self {
        self.ok("hub/welcome-answer", json!({"from": from, "accept": accept}), pushes(pushed))
    }

    pub fn answer_refused(self, from: &str, reasons: &[Reason]) -> Self {
        self.no("hub/welcome-answer", json!({"from": from, "accept": true}), reasons)
    }

    /// An external join, sequenced to this partition.
    pub fn join(self, from: &str, sent: &Sent, partition: u8) -> Self {
        let out = json!({"partition_key": hex::encode(&key(partition)), "pushes": []});
        self.ok("hub/external-join", json!({"from": from, "request": sent.join()}), out)
    }

    pub fn join_refused(self, sent: &Sent, reasons: &[Reason]) -> Self {
        self.no("hub/external-join", json!({"from": CAT, "request": sent.join()}), reasons)
    }

    fn asking_info(group: &[u8]) -> Value {
        json!({"from": CAT, "request": hex::encode(&traffic::group_info_request(group))})
    }

    pub fn info(self, info: &[u8]) -> Self {
        let response = traffic::group_info_response(info, None);
        self.ok("hub/group-info", Self::asking_info(GROUP), json!({"response": hex::encode(&response)}))
    }

    /// With the tree beside it, or without: the hub may give it.
    pub fn info_with_tree(self, info: &[u8], tree: &[u8]) -> Self {
        let out = |tree| json!({"response": hex::encode(&traffic::group_info_response(info, tree))});
        let outputs = vec![out(Some(tree.to_vec())), out(None)];
        Self(self.0.then_any("", "hub/group-info", Self::asking_info(GROUP), outputs))
    }

    pub fn info_refused(self, group: &[u8], reasons: &[Reason]) -> Self {
        self.no("hub/group-info", Self::asking_info(group), reasons)
    }

    pub fn upload(self, user: &str, token: &str, once: &[Vec<u8>], last: Option<&[u8]>) -> Self {
        let once: Vec<_> = once.iter().map(|k| hex::encode(k)).collect();
        let (user, token) = (hex::encode(user.as_bytes()), hex::encode(token.as_bytes()));
        let mut input = json!({"user_id": user, "bearer_token": token, "key_packages": once});
        if let (Some(last), Some(members)) = (last, input.as_object_mut()) {
            members.insert("last_resort".into(), hex::encode(last).into());
        }
        self.ok("hub/upload", input, json!({}))
    }

    fn asking_key_package(user: &str, token: &str, version: u16, suite: u16) -> Value {
        let request = traffic::key_package_request(user.as_bytes(), token.as_bytes(), version, suite);
        json!({"request": hex::encode(&request)})
    }

    pub fn take(self, user: &str, token: &str, suite: u16, key_package: &[u8]) -> Self {
        let out = json!({"response": hex::encode(key_package)});
        self.ok("hub/key-package", Self::asking_key_package(user, token, 1, suite), out)
    }

    /// One of these, whichever.
    pub fn take_any(self, (user, token): (&str, &str), suite: u16, key_packages: &[&Vec<u8>]) -> Self {
        let out = |key_package: &&Vec<u8>| json!({"response": hex::encode(key_package)});
        let input = Self::asking_key_package(user, token, 1, suite);
        Self(self.0.then_any("", "hub/key-package", input, key_packages.iter().map(out).collect()))
    }

    pub fn take_refused(self, (user, token): (&str, &str), version: u16, suite: u16, reasons: &[Reason]) -> Self {
        self.no("hub/key-package", Self::asking_key_package(user, token, version, suite), reasons)
    }

    pub fn terminate(self, partition: u8) -> Self {
        let input = json!({"group_id": hex::encode(GROUP), "partition_key": hex::encode(&key(partition))});
        self.ok("hub/terminate", input, json!({}))
    }
}

/// A ledger id with its document: `4.2:unknown-group` is one of the delivery draft.
fn full(rule: &str) -> String {
    if rule.matches(':').count() == 2 { rule.to_owned() } else { format!("ds-00:{rule}") }
}
