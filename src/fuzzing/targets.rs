//! Each target by its own name. A fuzz target that names one alone is linked without the code of the others, and a fuzz
//! engine looks at every counter of what is linked after each input.

use super::{Target, generators, oracles};

/// Lines of an adapter.
pub const ADAPTER_ANSWER: Target =
    Target { name: "adapter_answer", check: |octets| oracles::adapter_answer(&generators::text(octets)) };
/// Messages for a member.
pub const CLIENT_MESSAGES: Target = Target { name: "client_messages", check: oracles::client_messages };
/// Commits, changed in every way, for a member and a hub.
pub const COMMIT_BYTES: Target = Target { name: "commit_bytes", check: oracles::commit_bytes };
/// Malformed commits, each by its name, among honest devices.
pub const COMMIT_FAULTS: Target = Target { name: "commit_faults", check: oracles::commit_faults };
/// Documents of MIMI content.
pub const CONTENT_DECODE: Target = Target { name: "content_decode", check: oracles::content_decode };
/// Rooms full of messages.
pub const CONTENT_MEANING: Target =
    Target { name: "content_meaning", check: |octets| oracles::content_meaning(&generators::content_meaning(octets)) };
/// Messages, to be written and read.
pub const CONTENT_ROUNDTRIP: Target = Target {
    name: "content_roundtrip",
    check: |octets| oracles::content_roundtrip(&generators::content_roundtrip(octets)),
};
/// The same octets for two MLS libraries.
pub const ENGINES_AGREE: Target = Target { name: "engines_agree", check: oracles::engines_agree };
/// Devices, a hub and a network that misbehaves.
pub const FORK_WORLD: Target = Target { name: "fork_world", check: oracles::fork_world };
/// Requests to a hub.
pub const HUB_REQUESTS: Target =
    Target { name: "hub_requests", check: |octets| oracles::hub_requests(&generators::hub_requests(octets)) };
/// Octets, read by the MLS libraries alone; to compare with.
pub const MLS_DECODE: Target = Target { name: "mls_decode", check: oracles::mls_decode };
/// Requests to a room's hub.
pub const ROOM_REQUESTS: Target = Target { name: "room_requests", check: oracles::room_requests };
/// Encrypted trees for a joiner.
pub const TREE_OPEN: Target = Target { name: "tree_open", check: oracles::tree_open };
/// Patches of encrypted trees for a hub.
pub const TREE_PATCH: Target = Target { name: "tree_patch", check: oracles::tree_patch };
/// Vector files.
pub const VECTOR_FILE: Target =
    Target { name: "vector_file", check: |octets| oracles::vector_file(&generators::text(octets)) };
/// Structures of delivery and of rooms.
pub const WIRE_DECODE: Target =
    Target { name: "wire_decode", check: |octets| oracles::wire_decode(&generators::wire_decode(octets)) };
