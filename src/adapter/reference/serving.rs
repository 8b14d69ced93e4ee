use super::{HubSession, Reference};
#[cfg(feature = "mls")]
use crate::adapter::client;
use crate::adapter::session::Session;
use crate::adapter::{Answer, Hello, Implementation, stateful};
use crate::reason::content as reason;
use serde_json::Value;
use std::collections::BTreeMap;

/// Operations of sessions: their prefix, what makes a session, and their names.
struct Kind {
    prefix: &'static str,
    begin: fn() -> Box<dyn Session>,
    ops: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    #[cfg(feature = "mls")]
    Kind {
        prefix: "client/",
        begin: || Box::new(client::ClientSession::new(std::rc::Rc::new(crate::mls::open::engine()))),
        ops: client::OPERATIONS,
    },
    #[cfg(feature = "mls")]
    Kind {
        prefix: "device/",
        begin: || Box::new(client::DeviceSession::new(std::rc::Rc::new(crate::mls::open::engine()))),
        ops: client::DEVICE_OPERATIONS,
    },
    #[cfg(feature = "mls")]
    Kind { prefix: "room-hub/", begin: || Box::new(super::RoomSession::default()), ops: super::RoomSession::OPS },
    #[cfg(feature = "mls")]
    Kind {
        prefix: "room-follower/",
        begin: || Box::new(super::FollowerSession::default()),
        ops: super::FollowerSession::OPS,
    },
    #[cfg(feature = "mls")]
    Kind { prefix: "room-keys/", begin: || Box::new(super::KeysSession::default()), ops: super::KeysSession::OPS },
    Kind {
        prefix: "tree-member/",
        begin: || Box::new(super::TreeMemberSession::default()),
        ops: super::TreeMemberSession::OPS,
    },
    Kind { prefix: "tree-hub/", begin: || Box::new(super::TreeHubSession::default()), ops: super::TreeHubSession::OPS },
    Kind { prefix: "hub/", begin: || Box::new(HubSession::default()), ops: HubSession::OPS },
];

/// The reference implementation with its sessions.
#[derive(Default)]
pub struct Serving {
    sessions: BTreeMap<String, Box<dyn Session>>,
}

impl Implementation for Serving {
    fn hello(&self) -> Hello {
        let mut hello = Reference.hello();
        hello.ops.extend(KINDS.iter().flat_map(|kind| kind.ops).map(|op| (*op).to_owned()));
        hello
    }

    fn answer(&mut self, op: &str, input: &Value) -> Answer {
        if stateful(op) {
            return Answer::reject(reason::BAD_INPUT, format!("{op} needs a \"session\""), None);
        }
        Reference.answer(op, input)
    }

    fn step(&mut self, session: &str, op: &str, input: &Value) -> Answer {
        let Some(kind) = KINDS.iter().find(|kind| op.starts_with(kind.prefix) && kind.ops.contains(&op)) else {
            return self.answer(op, input);
        };
        let held = self.sessions.entry(session.to_owned()).or_insert_with(kind.begin);
        held.answer(op, input).unwrap_or_else(|bad| Answer::reject(reason::BAD_INPUT, bad, None))
    }

    fn end(&mut self, session: &str) {
        self.sessions.remove(session);
    }
}
