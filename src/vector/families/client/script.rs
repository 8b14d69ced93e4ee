//! What a client is given, step by step, and what it is to say. Positions are the committer's, never the client's.

use super::super::build::accept;
use super::world::identity;
use crate::mls::member::{CommitOut, Position, PrivateKeys};
use crate::reason::Reason;
use crate::vector::{Case, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};

const JOIN: &str = "client/join";
const PROCESS: &str = "client/process";

/// What every case says of itself.
pub(in crate::vector::families) struct About<'a> {
    pub name: &'a str,
    pub comment: &'a str,
    pub flags: &'a [&'a str],
    pub requirements: &'a [&'a str],
}

/// `STATE`, as somebody else computed it.
pub(in crate::vector::families) fn state(position: &Position) -> Value {
    json!({
        "group_id": hex::encode(&position.group_id),
        "epoch": position.epoch,
        "epoch_authenticator": hex::encode(&position.epoch_authenticator),
        "partition_key": hex::encode(&position.partition_key.0),
    })
}

/// The input of `client/join`.
pub(in crate::vector::families) fn join_input(keys: &PrivateKeys, welcome: &[u8], tree: Option<&[u8]>) -> Value {
    let mut input = json!({
        "cipher_suite": keys.suite.0,
        "key_package": hex::encode(&keys.key_package),
        "signature_priv": hex::encode(&keys.signature),
        "encryption_priv": hex::encode(&keys.encryption),
        "init_priv": hex::encode(&keys.init),
        "welcome": hex::encode(welcome),
    });
    if let (Some(tree), Some(members)) = (tree, input.as_object_mut()) {
        members.insert("ratchet_tree".to_owned(), hex::encode(tree).into());
    }
    input
}

/// A session that begins with a Welcome.
#[derive(Clone)]
pub(in crate::vector::families) struct Script {
    case: Case,
    here: Position,
}

/// A commit for the client, and what it does to the group.
pub(in crate::vector::families) struct Commit<'a> {
    /// The commit and where it leads.
    pub out: &'a CommitOut,
    /// Leaf of the committer; `None` for one who joins.
    pub sender: Option<u32>,
    /// Names of those added.
    pub added: &'a [&'a str],
    /// Leaves removed.
    pub removed: &'a [u32],
}

impl Script {
    /// The client joins by the Welcome of this commit.
    pub fn join(about: &About<'_>, keys: &PrivateKeys, out: &CommitOut) -> Self {
        let input = join_input(keys, out.welcome.as_deref().unwrap_or_default(), Some(&out.ratchet_tree));
        let joined = state(&out.next);
        let case = accept(about.name, about.comment, about.flags, about.requirements, JOIN, input, joined);
        Self { case, here: out.next.clone() }
    }

    /// Names a further rule that the session shows.
    pub fn rule(mut self, id: &str) -> Self {
        self.case.requirements.push(id.to_owned());
        self
    }

    /// The client comes into this place by a further `client/join`, whose input this is.
    pub fn again(mut self, comment: &str, input: Value, next: &Position) -> Self {
        self.case = self.case.then_accept(comment, JOIN, input, Some(state(next)));
        self.here = next.clone();
        self
    }

    /// A further `client/join` that the client refuses.
    pub fn refuse_again(mut self, comment: &str, input: Value, reasons: &[Reason]) -> Self {
        self.case = self.case.then_reject(comment, JOIN, input, reasons);
        self
    }

    /// The client answers a question about where it is.
    pub fn says(mut self, comment: &str, op: &str, out: Value) -> Self {
        self.case = self.case.then_accept(comment, op, json!({}), Some(out));
        self
    }

    /// A commit that the client follows.
    pub fn follow(self, comment: &str, commit: &Commit<'_>) -> Self {
        self.follow_with(comment, commit, json!({"message": hex::encode(&commit.out.commit)}))
    }

    /// The same, with the envelope in which it came.
    pub fn follow_with(mut self, comment: &str, commit: &Commit<'_>, input: Value) -> Self {
        let mut added: Vec<_> = commit.added.iter().map(|name| hex::encode(&identity(name))).collect();
        added.sort();
        let out = json!({
            "content": "commit",
            "sender": commit.sender,
            "added": added,
            "removed": commit.removed,
            "state": state(&commit.out.next),
        });
        self.here = commit.out.next.clone();
        self.step(comment, input, out)
    }

    /// A commit that removes the client.
    pub fn leave(self, comment: &str, commit: &Commit<'_>) -> Self {
        let out = json!({
            "content": "commit",
            "sender": commit.sender,
            "added": [],
            "removed": commit.removed,
            "state": null,
        });
        self.step(comment, json!({"message": hex::encode(&commit.out.commit)}), out)
    }

    /// An application message that the client reads.
    pub fn read(self, comment: &str, sender: u32, message: &[u8], data: &[u8]) -> Self {
        let out = json!({
            "content": "application",
            "sender": sender,
            "data": hex::encode(data),
            "state": state(&self.here),
        });
        self.step(comment, json!({"message": hex::encode(message)}), out)
    }

    /// A proposal that the client keeps.
    pub fn note(self, comment: &str, sender: Option<u32>, message: &[u8]) -> Self {
        let out = json!({"content": "proposal", "sender": sender, "state": state(&self.here)});
        self.step(comment, json!({"message": hex::encode(message)}), out)
    }

    /// A message that the client refuses, for one of these reasons.
    pub fn refuse(self, comment: &str, message: &[u8], reasons: &[Reason]) -> Self {
        self.refuse_with(comment, json!({"message": hex::encode(message)}), reasons)
    }

    /// The same, with the envelope in which it came.
    pub fn refuse_with(mut self, comment: &str, input: Value, reasons: &[Reason]) -> Self {
        self.case = self.case.then_reject(comment, PROCESS, input, reasons);
        self
    }

    /// An operation other than taking a message, which the client refuses for one of these reasons.
    pub fn refuse_to(mut self, comment: &str, op: &str, input: Value, reasons: &[Reason]) -> Self {
        self.case = self.case.then_reject(comment, op, input, reasons);
        self
    }

    /// An operation whose output nobody can foresee.
    pub fn does(mut self, comment: &str, op: &str, input: Value, because: &str) -> Self {
        self.case = self.case.then_accept(comment, op, input, None);
        if let Some(step) = self.case.then.last_mut() {
            step.expect.verdict = Verdict::Either;
            step.expect.because = Some(because.to_owned());
        }
        self
    }

    /// An operation that the client does, whatever it answers: what it makes is random.
    pub fn makes(mut self, comment: &str, op: &str, input: Value) -> Self {
        self.case = self.case.then_accept(comment, op, input, None);
        if let Some(step) = self.case.then.last_mut() {
            step.expect.because = Some("What is made is random.".to_owned());
        }
        self
    }

    /// A message that the client may read or refuse.
    pub fn may_read(mut self, comment: &str, sender: u32, message: &[u8], data: &[u8], because: &str) -> Self {
        self = self.read(comment, sender, message, data);
        if let Some(step) = self.case.then.last_mut() {
            step.expect.verdict = Verdict::Either;
            step.expect.because = Some(because.to_owned());
        }
        self
    }

    /// The client is told what its room allows.
    pub fn told(mut self, comment: &str, input: Value) -> Self {
        self.case = self.case.then_accept(comment, "client/policy", input, Some(json!({})));
        self
    }

    /// The client is still where it was.
    pub fn stays(mut self) -> Self {
        self.case = self.case.then_accept("", "client/state", json!({}), Some(state(&self.here)));
        self
    }

    /// The session as a case.
    pub fn done(self) -> Case {
        self.case
    }

    fn step(mut self, comment: &str, input: Value, out: Value) -> Self {
        self.case = self.case.then_accept(comment, PROCESS, input, Some(out));
        self
    }
}
