//! Sequences in few words, and what is to come of each. What a hub has to give back is kept here as a plain list of what
//! was sent; what it is to make of a fork is written down by hand in every case.
//!
//! A step is one word. `a` to `f` are providers, digits partitions:
//!
//! | word | what |
//! |---|---|
//! | `a:0>1` | a commit from partition 0 to 1; a `!` behind it: refused, as the branch is ended |
//! | `a:say1`, `a:say1!` | application data, taken or refused |
//! | `a:ask1` | asks for all of partition 1 |
//! | `a:rep1`, `a:rep1x`, `a:rep1e` | a report of partition 1: as the members have it, of another tag, of another epoch |
//! | `a:rep1!` | the same, refused as one provider claims too much |
//! | `a:join4@2` | an external commit to 4, which the hub puts in 2 |
//! | `end1`, `end1!` | the operator ends it; refused |
//! | `?…` | what the operator is shown, in three parts with `/` between |
//!
//! The parts: partitions as `0:ab,3` (who named it, and how many requests ago; `2:` for nobody, `1!:a,0` for an ended one);
//! edges as `0>1`; forks as `0[1,2]open`, `0[1,2]undecidable`, `0[1,2]1` for a majority on 1.

use crate::reason::{Reason, delivery as reason};
use crate::vector::Case;
use crate::vector::families::build::accept;
use crate::vector::forge::traffic::{self, From, Kind};
use crate::wire::hex;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const HUB: &str = "hub.example";
const GROUP: &[u8] = b"group 1 at hub.example";
const SUITE: u16 = 1;

/// The key of a partition.
pub(super) fn key(n: u8) -> [u8; 16] {
    let digest = Sha256::digest([b"partition ", &[n][..]].concat());
    std::array::from_fn(|i| digest.get(i).copied().unwrap_or_default())
}

fn masked(n: u8) -> String {
    hex::encode(&Sha256::digest(key(n)))
}

fn provider(letter: char) -> String {
    format!("{letter}.example")
}

/// A ForkReport: key, epoch and tag, one behind the other.
pub(super) fn report(n: u8, epoch: u64, tag: u8) -> Vec<u8> {
    [&key(n)[..], &epoch.to_be_bytes()[..], &[tag; 32][..]].concat()
}

/// The report that `rep1x` or `rep1e` stands for.
fn reported(n: u8, how: &str, epoch: u64) -> (u64, u8) {
    match how {
        "x" => (epoch, 0xee),
        "e" => (epoch.saturating_add(7), n),
        _ => (epoch, n),
    }
}

fn number(text: &str) -> (u8, &str) {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).unwrap_or((text, ""));
    (number.parse().unwrap_or(u8::MAX), rest)
}

/// A message of a member, in place of one that nobody could open; and what it is refused for, if it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Real {
    pub message: Vec<u8>,
    pub refused: &'static [Reason],
}

/// GroupInfo and tree that a group is created with, and its commits, by where they are from and lead to.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub created: Option<(Vec<u8>, Vec<u8>)>,
    pub commits: BTreeMap<(u8, u8), Real>,
}

struct Scene {
    case: Case,
    real: BTreeMap<(u8, u8), Real>,
    epochs: BTreeMap<u8, u64>,
    delivered: BTreeMap<u8, Vec<Vec<u8>>>,
    reports: BTreeMap<u8, BTreeMap<char, (u64, u8)>>,
    sent: u32,
}

/// A case: its settings in words of `hub/new`, and its steps.
pub(super) fn play(kind: &str, what: (&str, &str, &str), settings: Value, steps: &str) -> Case {
    play_in(Group::default(), kind, what, settings, steps)
}

/// The same of a group whose members are there.
pub(super) fn play_in(
    group: Group,
    kind: &str,
    (name, rule, comment): (&str, &str, &str),
    settings: Value,
    steps: &str,
) -> Case {
    let mut input = json!({"kind": kind, "provider": HUB, "hints": "none"});
    if let (Some(members), Value::Object(changes)) = (input.as_object_mut(), settings) {
        members.extend(changes);
    }
    let (flag, rule) = rule.split_once(' ').unwrap_or((rule, ""));
    let case = accept(name, comment, &[flag], &[rule], "hub/new", input, json!({}));
    let mut create = json!({
        "from": HUB, "group_id": hex::encode(GROUP), "cipher_suite": SUITE, "partition_key": hex::encode(&key(0)),
    });
    if let (Some(members), Some((info, tree))) = (create.as_object_mut(), &group.created) {
        members.insert("group_info".to_owned(), hex::encode(info).into());
        members.insert("ratchet_tree".to_owned(), hex::encode(tree).into());
    }
    let case = case.then_accept("", "hub/create-group", create, Some(json!({})));
    let (epochs, delivered, reports) = (BTreeMap::from([(0, 0)]), BTreeMap::new(), BTreeMap::new());
    let scene = Scene { case, real: group.commits, epochs, delivered, reports, sent: 0 };
    steps.split_whitespace().fold(scene, Scene::step).case
}

impl Scene {
    fn step(mut self, word: &str) -> Self {
        if let Some(picture) = word.strip_prefix('?') {
            let out = self.picture(picture);
            return self.ok("hub/forks", json!({"group_id": hex::encode(GROUP)}), out);
        }
        if let Some(ended) = word.strip_prefix("end") {
            let (n, refused) = number(ended);
            let input = json!({"group_id": hex::encode(GROUP), "partition_key": hex::encode(&key(n))});
            return match refused {
                "!" => self.no("hub/terminate", input, &[reason::NOT_ALLOWED]),
                _ => self.ok("hub/terminate", input, json!({})),
            };
        }
        let (who, what) = word.split_once(':').unwrap_or(("?", word));
        let who = who.chars().next().unwrap_or('?');
        let from = provider(who);
        if let Some(n) = what.strip_prefix("ask") {
            let (n, _) = number(n);
            let request = hex::encode(&traffic::receive_request(&key(n), 0));
            let messages = self.delivered.get(&n).cloned().unwrap_or_default();
            let out = json!({"response": hex::encode(&traffic::receive_response(&messages, &[]))});
            return self.ok(
                "hub/receive",
                json!({"from": from, "group_id": hex::encode(GROUP), "request": request}),
                out,
            );
        }
        if let Some(n) = what.strip_prefix("rep") {
            let (n, how) = number(n);
            let (epoch, tag) = reported(n, how, self.epochs.get(&n).copied().unwrap_or(9));
            let octets = hex::encode(&report(n, epoch, tag));
            let input = json!({"from": from, "group_id": hex::encode(GROUP), "report": octets});
            if how == "!" {
                return self.no("hub/report", input, &[reason::EXCEEDS_REPORT_LIMIT]);
            }
            self.reports.entry(n).or_default().insert(who, (epoch, tag));
            return self.ok("hub/report", input, json!({}));
        }
        self.sent = self.sent.saturating_add(1);
        if let Some(join) = what.strip_prefix("join") {
            let (to, at) = join.split_once('@').unwrap_or((join, ""));
            return self.join(&from, number(to).0, number(at).0);
        }
        let (n, to) = match what.strip_prefix("say") {
            Some(n) => (number(n), None),
            None => {
                let (n, to) = what.split_once('>').unwrap_or((what, ""));
                ((number(n).0, number(to).1), Some(number(to).0))
            }
        };
        self.send(&from, n, to)
    }

    fn send(mut self, from: &str, (n, how): (u8, &str), to: Option<u8>) -> Self {
        let epoch = self.epochs.get(&n).copied().unwrap_or(1);
        let kind = if to.is_some() { Kind::Commit } else { Kind::Application };
        let real = to.and_then(|to| self.real.get(&(n, to)).cloned());
        let forged = || traffic::private_message(GROUP, epoch, kind, format!("{} of {from}", self.sent).as_bytes());
        let message = real.as_ref().map_or_else(forged, |real| real.message.clone());
        let data = to.map(|to| traffic::commit_data(&key(to), None, None));
        let request = traffic::send_request(&message, &key(n), data.as_deref());
        let input = json!({"from": from, "request": hex::encode(&request)});
        if how == "!" {
            return self.no("hub/send", input, &[reason::BRANCH_TERMINATED]);
        }
        if let Some(real) = real.filter(|real| !real.refused.is_empty()) {
            return self.no("hub/send", input, real.refused);
        }
        let commit = to.map(|to| (Sha256::digest(key(to)).to_vec(), None));
        self.delivered.entry(n).or_default().push(traffic::delivered(&message, commit));
        if let Some(to) = to {
            self.epochs.entry(to).or_insert(epoch.saturating_add(1));
        }
        self.ok("hub/send", input, json!({"pushes": []}))
    }

    fn join(mut self, from: &str, to: u8, at: u8) -> Self {
        let epoch = self.epochs.get(&at).copied().unwrap_or_default();
        let message = traffic::public_message(GROUP, epoch, From::Joiner, Kind::Commit, b"joins");
        let data = traffic::commit_data(&key(to), None, None);
        let request = hex::encode(&traffic::external_join_request(&message, &data));
        let commit = Some((Sha256::digest(key(to)).to_vec(), None));
        self.delivered.entry(at).or_default().push(traffic::delivered(&message, commit));
        self.epochs.entry(to).or_insert(epoch.saturating_add(1));
        let out = json!({"partition_key": hex::encode(&key(at)), "pushes": []});
        self.ok("hub/external-join", json!({"from": from, "request": request}), out)
    }

    /// What the operator is shown. Reports are those that were made, but for those of `-`: `1:ab,0-a` has none of a any more.
    fn picture(&self, text: &str) -> Value {
        let mut parts = text.split('/');
        let mut part = || parts.next().unwrap_or_default().split(';').filter(|p| !p.is_empty());
        let partitions = sorted(part().map(|p| self.partition(p)));
        let edges = part().map(|edge| {
            let (a, b) = edge.split_once('>').unwrap_or((edge, ""));
            let (a, b) = (masked(number(a).0), masked(number(b).0));
            (format!("{a}{b}"), json!({"from": a, "to": b}))
        });
        let edges = sorted(edges);
        let forks = sorted(part().map(fork));
        json!({"partitions": partitions, "edges": edges, "forks": forks})
    }

    fn partition(&self, text: &str) -> (String, Value) {
        let (head, rest) = text.split_once(':').unwrap_or((text, ""));
        let (n, ended) = number(head);
        let (rest, gone) = rest.split_once('-').unwrap_or((rest, ""));
        let (voices, idle) = rest.split_once(',').unwrap_or((rest, ""));
        let voices: Vec<_> = voices.chars().map(provider).collect();
        let claims = self.reports.get(&n).into_iter().flatten().filter(|(who, _)| !gone.contains(**who));
        let report = |(who, (epoch, tag)): (&char, &(u64, u8))| json!({"from": provider(*who), "epoch": epoch, "tag": hex::encode(&[*tag; 32])});
        let known = self.epochs.contains_key(&n) || self.delivered.contains_key(&n);
        let reports: Vec<_> = claims.filter(|_| known).map(report).collect();
        let mut out = Map::new();
        out.insert("partition".into(), masked(n).into());
        out.insert("live".into(), (ended != "!").into());
        out.insert("voices".into(), voices.into());
        out.insert("idle".into(), idle.parse::<u64>().ok().into());
        out.insert("reports".into(), reports.into());
        (masked(n), Value::Object(out))
    }

    fn ok(mut self, op: &str, input: Value, out: Value) -> Self {
        self.case = self.case.then_accept("", op, input, Some(out));
        self
    }

    fn no(mut self, op: &str, input: Value, reasons: &[crate::reason::Reason]) -> Self {
        self.case = self.case.then_reject("", op, input, reasons);
        self
    }
}

fn fork(text: &str) -> (String, Value) {
    let (at, rest) = text.split_once('[').unwrap_or((text, ""));
    let (branches, finding) = rest.split_once(']').unwrap_or((rest, ""));
    let mut branches: Vec<_> = branches.split(',').map(|b| masked(number(b).0)).collect();
    branches.sort();
    let (finding, majority) = match number(finding) {
        (_, word) if !word.is_empty() => (word, None),
        (n, _) => ("majority", Some(masked(n))),
    };
    let at = masked(number(at).0);
    (at.clone(), json!({"at": at, "branches": branches, "finding": finding, "majority": majority}))
}

fn sorted(of: impl Iterator<Item = (String, Value)>) -> Value {
    of.collect::<BTreeMap<_, _>>().into_values().collect()
}
