//! Reference implementation, test vectors and judges for IETF MIMI.
//!
//! Rooms, lowest floor first; a room uses only lower floors (`docs/architecture.md`).
//!
//! | floor | room | one line |
//! |---|---|---|
//! | 0 | [`reason`] | stable reason codes: what was wrong, whose fault, which requirement |
//! | 0 | [`entropy`] | one seed, named random streams; nothing else may ask the OS |
//! | 1 | [`wire`] | bounded reading and canonical writing; hex |
//! | 2 | [`content`] | MIMI content: octets → verified document → canonical octets |
//! | 2 | [`protocol`] | what clients and delivery services say to each other |
//! | 2 | `crypto` | the MLS crypto provider, seeded (feature `mls`) |
//! | 3 | [`franking`] | tags, franks and reports: what a sender, a hub, a receiver and a moderator compute |
//! | 3 | [`policy`] | what a room allows: one pure function for senders, receivers and hubs |
//! | 3 | [`tree`] | encrypted ratchet trees: what a hub stores and serves without reading it |
//! | 3 | `mls` | the only room that names an MLS library (feature `mls`) |
//! | 3 | [`recovery`] | who is on which branch, which one goes on, and what people have to do for it |
//! | 4 | [`delivery`] | hubs and followers: sequencing, partitions, who is told what |
//! | 4 | `client` | the member's state machine: partitions, own commits, joins (feature `mls`) |
//! | 5 | `sim` | runs a scenario through clients and hubs over a network that is an enum (feature `mls`) |
//! | 6 | [`adapter`] | the request/answer contract; a reference adapter for every operation |
//! | 7 | [`vector`] | vector files: types, generation, judging, linting |
//! | 8 | `fuzzing` | generators and oracles in pairs (feature `fuzzing`) |

pub mod adapter;
#[cfg(feature = "mls")]
pub mod client;
pub mod content;
#[cfg(feature = "mls")]
pub mod crypto;
pub mod delivery;
pub mod entropy;
pub mod franking;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
#[cfg(feature = "mls")]
pub mod mls;
pub mod policy;
pub mod protocol;
pub mod reason;
pub mod recovery;
#[cfg(feature = "mls")]
pub mod sim;
pub mod tree;
pub mod vector;
pub mod wire;
