//! What holds of this engine only; what holds of every engine is in `mls::tests`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::engine;
use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Received, Refusal, Settings, Staged};
use crate::protocol::CipherSuite;
use crate::reason::{Reason, mls as reason};

mod leave;
mod order;
mod way;

fn device(name: &str, suite: u16, encrypt_handshake: bool) -> Box<dyn Client> {
    let settings = Settings {
        identity: name.into(),
        suite: CipherSuite(suite),
        seed: format!("seed of {name}"),
        encrypt_handshake,
        application: None,
    };
    engine().client(&settings).unwrap()
}

fn take(member: &mut dyn Member, commit: &[u8]) -> Staged {
    let Received::Commit(staged) = member.process(commit).unwrap() else { panic!("no commit") };
    member.merge().unwrap();
    staged
}

fn why<T>(result: Result<T, Refusal>) -> Reason {
    result.err().unwrap().reason
}

/// A group of this many, who were all added by one commit.
fn group(n: usize, suite: u16, encrypt: bool) -> Vec<Box<dyn Member>> {
    let mut first = device("0", suite, encrypt).create(b"group").unwrap();
    let mut clients: Vec<_> = (1..n).map(|i| device(&i.to_string(), suite, encrypt)).collect();
    let add = clients.iter_mut().map(|c| c.key_package().unwrap()).collect();
    let out = first.commit(&Plan { add, ..Plan::default() }).unwrap();
    first.merge_own().unwrap();
    let mut members = vec![first];
    for client in &mut clients {
        members.push(client.join(out.welcome.as_ref().unwrap(), Some(&out.ratchet_tree)).unwrap());
    }
    members
}
