use super::bug::{Bug, Fault, find};
use super::hub;
use super::item::Item;
use super::talk::{Past, Talk};
use mimicheck::adapter::reference::{FollowerSession, HubSession, KeysSession, Reference, RoomSession, Serving};
use mimicheck::adapter::{Answer, Hello, Implementation, Rejection};
use mimicheck::wire::hex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The reference with one bug.
struct Faulty {
    bug: &'static Bug,
    /// Sessions without bugs.
    serving: Serving,
    /// What was said in each session of a client.
    talks: BTreeMap<String, Vec<Past>>,
    /// Sessions that have it, of hubs, rooms and followers.
    held: BTreeMap<String, Held>,
}

/// The implementation that has the bug of this name.
#[must_use]
pub fn make(bug: &str) -> Option<Box<dyn Implementation>> {
    Some(Box::new(Faulty {
        bug: find(bug)?,
        serving: Serving::default(),
        talks: BTreeMap::new(),
        held: BTreeMap::new(),
    }))
}

/// One operation of a session, as JSON.
type Held = Box<dyn FnMut(&str, &Value) -> Answer>;

/// A session that has the fault, for operations that begin so; `None` for a fault that no such session can have.
fn session(fault: Fault) -> Option<(&'static str, Held)> {
    let hub = |mut session: HubSession| -> (&'static str, Held) {
        ("hub/", Box::new(move |op, input| session.operate(op, input)))
    };
    match fault {
        Fault::Hub(fault) => Some(hub(hub::bugged(fault, None))),
        Fault::HubSettings(change) => Some(hub(hub::bugged(hub::usual, Some(change)))),
        Fault::HubSees(make) => Some(hub(hub::seeing(make))),
        Fault::HubTakes(..) => Some(hub(hub::bugged(hub::usual, None))),
        Fault::Room(make) => {
            let mut session = RoomSession::with(Box::new(make));
            Some(("room-hub/", Box::new(move |op, input| session.operate(op, input))))
        }
        Fault::Follower(make) => {
            let mut session = FollowerSession::with(Box::new(make));
            Some(("room-follower/", Box::new(move |op, input| session.operate(op, input))))
        }
        Fault::Keys(make) => {
            let mut session = KeysSession::with(Box::new(make));
            Some(("room-keys/", Box::new(move |op, input| session.operate(op, input))))
        }
        _ => None,
    }
}

impl Implementation for Faulty {
    /// Its reasons and offsets are not compared: a bug is caught by a wrong verdict or output, never because
    /// mending has moved an offset.
    fn hello(&self) -> Hello {
        Hello { name: format!("faulty:{}", self.bug.name), reasons: false, offsets: false, ..self.serving.hello() }
    }

    fn answer(&mut self, op: &str, input: &Value) -> Answer {
        let usual = |input: &Value| Reference.answer(op, input);
        let mut input = input.clone();
        match self.bug.fault {
            Fault::Takes(mend) => {
                each_document(&mut input, |octets| mended(octets, mend));
                usual(&input)
            }
            Fault::TakesOctets(mend) => {
                each_document(&mut input, mend);
                usual(&input)
            }
            Fault::Refuses(such) => refusing(usual(&input), &input, such),
            Fault::TakesAndRefuses(mend, such) => {
                let came = input.clone();
                each_document(&mut input, |octets| mended(octets, mend));
                refusing(usual(&input), &came, such)
            }
            Fault::Shows(change) => {
                let mut answer = usual(&input);
                if op == "content/decode"
                    && let Answer::Ok(out) = &mut answer
                    && let Some(message) = out.get_mut("message")
                {
                    change(message);
                }
                answer
            }
            Fault::Reads(of, change) => {
                if op == of {
                    change(&mut input);
                }
                usual(&input)
            }
            Fault::ReadsDocument(of, change) => {
                if op == of {
                    each_document(&mut input, |octets| mended(octets, change));
                }
                usual(&input)
            }
            Fault::Answers(of, other) if op == of => other(&input, usual(&input)),
            _ => usual(&input),
        }
    }

    fn step(&mut self, name: &str, op: &str, input: &Value) -> Answer {
        if let Fault::Steps(fault) = self.bug.fault {
            let past = self.talks.entry(name.to_owned()).or_default();
            let answer = fault(&mut Talk { past, session: name, serving: &mut self.serving }, op, input);
            past.push(Past { op: op.to_owned(), input: input.clone(), answer: answer.clone() });
            return answer;
        }
        if !self.held.contains_key(name) {
            let Some((_, session)) = session(self.bug.fault).filter(|(prefix, _)| op.starts_with(prefix)) else {
                return self.serving.step(name, op, input);
            };
            self.held.insert(name.to_owned(), session);
        }
        let Some(session) = self.held.get_mut(name) else { return refused("no session") };
        let answer = session(op, input);
        match (self.bug.fault, &answer) {
            (Fault::HubTakes(of, reason), Answer::Reject(no))
                if of == op && no.reason.as_deref() == Some(reason.code()) =>
            {
                Answer::Ok(json!({"pushes": []}))
            }
            _ => answer,
        }
    }

    fn end(&mut self, name: &str) {
        self.talks.remove(name);
        self.held.remove(name);
        self.serving.end(name);
    }
}

/// The document of an operation's input, as an item.
pub(super) fn document(input: &Value) -> Option<Item> {
    let octets = hex::decode(input.get("cbor")?.as_str()?).ok()?;
    Item::parse(&octets).map(|(item, _)| item)
}

/// A refusal that speaks no language of ours.
pub(super) fn refused(why: &str) -> Answer {
    Answer::Reject(Rejection { message: Some(why.to_owned()), ..Rejection::default() })
}

fn refusing(answer: Answer, came: &Value, such: fn(&Item) -> bool) -> Answer {
    let accepted = matches!(answer, Answer::Ok(_));
    if accepted && document(came).is_some_and(|item| such(&item)) { refused("not liked") } else { answer }
}

/// Mends an item at the front; what follows it stays. `None` when nothing changes.
fn mended(octets: &[u8], mend: fn(&mut Item)) -> Option<Vec<u8>> {
    let (item, rest) = Item::parse(octets)?;
    let mut other = item.clone();
    mend(&mut other);
    (other != item).then(|| [other.octets().as_slice(), rest].concat())
}

/// Every document of an operation's input: its own, and those of a sequence.
fn each_document(input: &mut Value, mend: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    let mend = |holder: &mut Value| {
        let octets = holder.get("cbor").and_then(Value::as_str).and_then(|cbor| hex::decode(cbor).ok());
        if let (Some(mended), Some(cbor)) = (octets.and_then(|octets| mend(&octets)), holder.get_mut("cbor")) {
            *cbor = hex::encode(&mended).into();
        }
    };
    mend(input);
    if let Some(messages) = input.get_mut("messages").and_then(Value::as_array_mut) {
        messages.iter_mut().for_each(mend);
    }
}
