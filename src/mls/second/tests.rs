#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::engine;
use crate::mls::member::{Client, Member, Proposal, Received};
use crate::mls::tests::{add, remove, take, three, update, why};
use crate::reason::mls as reason;

mod own;
mod stranger;

fn device(name: &str, suite: u16, encrypt_handshake: bool) -> Box<dyn Client> {
    crate::mls::tests::device(&engine(), name, suite, encrypt_handshake)
}
