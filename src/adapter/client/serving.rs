use super::device::{DeviceSession, OPERATIONS as DEVICE};
use super::session::{ClientSession, OPERATIONS};
use crate::adapter::session::Session;
use crate::adapter::{Answer, Hello, Implementation};
use crate::mls::member::Engine;
use crate::reason::content as reason;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// An MLS library as an adapter: every operation of clients, and nothing else.
pub struct ClientAdapter {
    engine: Rc<dyn Engine>,
    sessions: BTreeMap<String, Box<dyn Session>>,
}

impl ClientAdapter {
    /// An adapter over this library.
    #[must_use]
    pub fn new(engine: Rc<dyn Engine>) -> Self {
        Self { engine, sessions: BTreeMap::new() }
    }
}

impl Implementation for ClientAdapter {
    fn hello(&self) -> Hello {
        let (name, version) = self.engine.name().split_once(' ').unwrap_or((self.engine.name(), ""));
        Hello {
            name: name.to_owned(),
            version: version.to_owned(),
            language: "Rust".to_owned(),
            ops: OPERATIONS.iter().chain(DEVICE).map(|op| (*op).to_owned()).collect(),
            reasons: false,
            offsets: false,
        }
    }

    fn answer(&mut self, op: &str, _input: &Value) -> Answer {
        Answer::Unsupported(format!("{op} without a session"))
    }

    fn step(&mut self, session: &str, op: &str, input: &Value) -> Answer {
        let fresh: fn(Rc<dyn Engine>) -> Box<dyn Session> = match op {
            op if OPERATIONS.contains(&op) => |engine| Box::new(ClientSession::new(engine)),
            op if DEVICE.contains(&op) => |engine| Box::new(DeviceSession::new(engine)),
            _ => return Answer::Unsupported(format!("no operation {op}")),
        };
        let fresh = || fresh(Rc::clone(&self.engine));
        let held = self.sessions.entry(session.to_owned()).or_insert_with(fresh);
        held.answer(op, input).unwrap_or_else(|bad| Answer::reject(reason::BAD_INPUT, bad, None))
    }

    fn end(&mut self, session: &str) {
        self.sessions.remove(session);
    }
}
