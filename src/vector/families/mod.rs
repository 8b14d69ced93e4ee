//! Every family of vectors.
//!
//! | file | what |
//! |---|---|
//! | `build` | cases, groups and files in a few words |
//! | `client` | the families of clients: recorded sessions (feature `mls`) |
//! | `content` | the families of MIMI content, one file or folder each |
//! | `crowd` | people of a group that is right (feature `mls`) |
//! | `delivery` | the families of the delivery draft |
//! | `fork` | the families of forks |
//! | `open` | what contested cases show, as entries of the ledger |
//! | `room` | the families of draft-ietf-mimi-protocol |
//! | `structures` | cases that the structures of every area have |
//! | `tree` | the families of encrypted ratchet trees (feature `mls`) |

mod build;
#[cfg(feature = "fuzzing")]
mod client;
mod content;
#[cfg(feature = "fuzzing")]
mod crowd;
mod delivery;
mod fork;
mod open;
mod room;
mod structures;
#[cfg(feature = "fuzzing")]
mod tree;

use super::File;

/// A family: its name, and what makes its file.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// E.g. `content/decode`; its file is `vectors/content/decode.json`.
    pub name: &'static str,
    /// Makes the file, witnesses apart.
    pub generate: fn() -> File,
}

/// Every family, in the order of their names.
pub const ALL: &[Family] = &[
    #[cfg(feature = "fuzzing")]
    Family { name: client::acting::NAME, generate: client::acting::file },
    #[cfg(feature = "fuzzing")]
    Family { name: client::hostile::NAME, generate: client::hostile::file },
    #[cfg(feature = "fuzzing")]
    Family { name: client::join::NAME, generate: client::join::file },
    #[cfg(feature = "fuzzing")]
    Family { name: client::passive::NAME, generate: client::passive::file },
    Family { name: content::decode::NAME, generate: content::decode::file },
    Family { name: content::encode::NAME, generate: content::encode::file },
    Family { name: content::external::NAME, generate: content::external::file },
    Family { name: content::judge::NAME, generate: content::judge::file },
    Family { name: content::message_id::NAME, generate: content::message_id::file },
    Family { name: content::nohtml::NAME, generate: content::nohtml::file },
    Family { name: content::part_index::NAME, generate: content::part_index::file },
    Family { name: content::process::NAME, generate: content::process::file },
    Family { name: content::thread::NAME, generate: content::thread::file },
    Family { name: delivery::hub::NAME, generate: delivery::hub::file },
    Family { name: delivery::partition_key::NAME, generate: delivery::partition_key::file },
    #[cfg(feature = "fuzzing")]
    Family { name: delivery::hub::tracking::NAME, generate: delivery::hub::tracking::file },
    Family { name: delivery::wire::NAME, generate: delivery::wire::file },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::commit::NAME, generate: fork::commit::file },
    Family { name: fork::graph::NAME, generate: fork::graph::file },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::commit::HISTORY, generate: fork::commit::history },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::commit::LIES, generate: fork::commit::lies },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::malicious_hub::NAME, generate: fork::malicious_hub::file },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::policy::NAME, generate: fork::policy::file },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::policy::SESSIONS, generate: fork::policy::sessions },
    #[cfg(feature = "fuzzing")]
    Family { name: fork::recovery::NAME, generate: fork::recovery::file },
    #[cfg(feature = "fuzzing")]
    Family { name: room::hub::FOLLOWER, generate: room::hub::follower },
    Family { name: room::franking::NAME, generate: room::franking::file },
    #[cfg(feature = "fuzzing")]
    Family { name: room::hub::NAME, generate: room::hub::file },
    #[cfg(feature = "fuzzing")]
    Family { name: room::hub::JOIN, generate: room::hub::join },
    #[cfg(feature = "fuzzing")]
    Family { name: room::key_material::NAME, generate: room::key_material::file },
    Family { name: room::wire::NAME, generate: room::wire::file },
    #[cfg(feature = "fuzzing")]
    Family { name: tree::hub::NAME, generate: tree::hub::file },
    #[cfg(feature = "fuzzing")]
    Family { name: tree::join::NAME, generate: tree::join::file },
    #[cfg(feature = "fuzzing")]
    Family { name: tree::keys::NAME, generate: tree::keys::file },
    #[cfg(feature = "fuzzing")]
    Family { name: tree::member::NAME, generate: tree::member::file },
    #[cfg(feature = "fuzzing")]
    Family { name: tree::node::NAME, generate: tree::node::file },
    #[cfg(feature = "fuzzing")]
    Family { name: tree::patch::NAME, generate: tree::patch::file },
];

#[cfg(test)]
mod tests;
