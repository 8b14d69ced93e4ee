//! What must hold for every input. An oracle returns what does not hold, in words; panicking is left to
//! whoever runs it.
//!
//! | file | what holds |
//! |---|---|
//! | `content_decode` | the codec agrees with the slow checker, with itself, and with independent CBOR engines |
//! | `engines` | what those engines say, and where they may differ |
//! | `content_roundtrip` | what is encoded decodes to the same; what cannot be encoded is refused |
//! | `content_meaning` | what a room amounts to is well-defined, loses nothing, and changes no first instance |
//! | `client_messages` | a member accepts only what was sent, and loses nothing by what it refuses |
//! | `commit_bytes` | only what was sent moves a member or a hub; two libraries agree (`engines_agree`) |
//! | `fork_world` | devices who were told the truth come to one place and lose nothing, whatever else happens |
//! | `commit_faults` | a commit that honest members refuse moves only its sender |
//! | `hub_requests` | a hub does what a plain model of it does, and a refusal changes nothing |
//! | `room_requests` | a room's hub answers once, within bounds, changes nothing by a refusal, and goes on |
//! | `mls_decode` | what the libraries read and write they read again |
//! | `adapter_answer` | no line of an adapter breaks the judge or passes what it must not |
//! | `vector_file` | what can be read is written one way, and read back as it was |
//! | `trees` | a hub of encrypted trees keeps what has the page's structure; a joiner opens exactly what can be opened |
//! | `wire_decode` | structures of delivery have one encoding; a message ends where OpenMLS says |
//! | [`slow`] | the slow, obviously correct checker |

mod adapter_answer;
mod client_messages;
mod commit_bytes;
mod commit_faults;
mod content_decode;
mod content_meaning;
mod content_roundtrip;
mod engines;
mod fork_world;
mod hub_requests;
mod mls_decode;
mod room_requests;
pub mod slow;
mod trees;
mod vector_file;
mod wire_decode;

pub use adapter_answer::{adapter_answer, judged_cases};
pub use client_messages::{Listener, Remembered, client_messages, speak};
pub use commit_bytes::{DIFFERENCES, Difference, Sees, agree, commit_bytes, engines_agree, hear};
pub use commit_faults::{LIAR, commit_faults, faulted, splits};
pub use content_decode::content_decode;
pub use content_meaning::content_meaning;
pub use content_roundtrip::content_roundtrip;
pub use fork_world::{fork_world, walked};
pub use hub_requests::{Asking, ask, hub_requests};
pub use mls_decode::mls_decode;
pub use room_requests::{Hosting, requested, room_requests};
pub use trees::{Opens, TreeHosting, opened as tree_opened, patched as trees_patched, tree_open, tree_patch};
pub use vector_file::vector_file;
pub use wire_decode::{WIRE_STRUCTURES, wire_decode, wire_message, wire_structure};
