//! Any octets → an input. The octets themselves are the input of `content_decode`, and as text that of
//! `adapter_answer` and `vector_file`: their seeds and crashes are files that a person can read.

mod client_messages;
mod commit_faults;
mod commits;
mod content_meaning;
mod content_roundtrip;
mod fork_world;
mod hub_requests;
mod mutation;
mod room_requests;
mod trees;
mod wire_decode;

use client_messages::poked;
pub use client_messages::{Scene, Spoken, client_messages, scene};
pub use commit_faults::{Deed, commit_faults};
pub use commits::{CommitScene, Sent, Told, commit_scene, commits, hub_name, key_packages};
pub use content_meaning::{ROOM, Room, Said, content_meaning};
pub use content_roundtrip::content_roundtrip;
pub use fork_world::fork_world;
pub use hub_requests::{
    Asked, Body, Commit, GROUPS, Info, PROVIDERS, Requests, What, hub_requests, key, pick, provider,
};
pub use mutation::mutated;
pub use room_requests::{Asking, DrawnRequest, ROOM_HUB, RoomRequest, RoomScene, room_requests, room_scene};
use std::borrow::Cow;
pub use trees::{
    DrawnPatch, GROUP as TREE_GROUP, ServedTree, TreeEpoch, TreeScene, partition, tree_open, tree_patch, tree_scene,
};
pub use wire_decode::{Wire, wire_decode};

/// Octets as text; what is not UTF-8 becomes U+FFFD.
#[must_use]
pub fn text(octets: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(octets)
}
