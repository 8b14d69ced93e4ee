//! An append-only record of a run. It knows everything; what one party could see of it is for others to say.

use crate::mls::member::Position;
use crate::wire::hex;
use serde::{Deserialize, Serialize};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Trace {
    /// The scenario's name.
    pub scenario: String,
    /// What it shows, in words.
    pub shows: String,
    /// What must hold at the end, in words.
    pub holds: String,
    /// The seed.
    pub seed: String,
    /// Providers, and devices with their providers, in the scenario's order.
    pub providers: Vec<String>,
    /// Name and provider of each device.
    pub devices: Vec<(String, String)>,
    /// In order.
    pub entries: Vec<Entry>,
}

/// One thing that happened. Times are milliseconds since the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Entry {
    /// A step of the scenario begins.
    Step {
        /// When.
        at: u64,
        /// Its place in the scenario, from 0.
        index: usize,
        /// In words.
        text: String,
    },
    /// A packet crossed a boundary.
    Crossed {
        /// When it was sent.
        at: u64,
        /// When each copy arrives; none where it is held or lost.
        arrives: Vec<u64>,
        /// Sender.
        from: String,
        /// Receiver.
        to: String,
        /// Name of the structure; those in lower case have no octets in the draft.
        what: String,
        /// What it carries, in words: `commit`, `3 messages`.
        about: String,
        /// Its octets, in hex.
        octets: String,
        /// What befell it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fault: Option<String>,
    },
    /// A hub put a message in its place.
    Sequenced {
        /// When.
        at: u64,
        /// The hub.
        by: String,
        /// Partition key, in hex.
        partition: String,
        /// Place in the partition, from 0.
        index: u32,
        /// What it is, in words.
        about: String,
        /// The device that sent it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<String>,
        /// With a commit: key of the partition that it begins, in hex.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
    },
    /// A hub ended a partition: nothing is sequenced there any more.
    Ended {
        /// When.
        at: u64,
        /// The hub.
        by: String,
        /// Partition key, in hex.
        partition: String,
    },
    /// A device is in another place than before.
    Moved {
        /// When.
        at: u64,
        /// The device.
        device: String,
        /// How: `created`, `welcomed`, `joined`, `commit`, `out`.
        how: String,
        /// Where; `None` for outside.
        place: Option<Place>,
    },
    /// A device showed an application message to its user.
    Heard {
        /// When.
        at: u64,
        /// The device.
        device: String,
        /// Identity of the sender.
        sender: String,
        /// What was said.
        text: String,
    },
    /// A party refused a request or ignored a message.
    Refused {
        /// When.
        at: u64,
        /// The party.
        by: String,
        /// Code of the reason.
        reason: String,
        /// For people.
        said: String,
    },
    /// A device did something else that is worth knowing.
    Noted {
        /// When.
        at: u64,
        /// The device.
        device: String,
        /// In words.
        text: String,
    },
    /// A device knows something new of forks.
    Knows {
        /// When.
        at: u64,
        /// The device.
        device: String,
        /// How it stands, in a word.
        standing: String,
        /// What that is worth, in a word; `None` where nothing speaks for a fork.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<String>,
        /// Where it knows of a fork, and not all devices are in one epoch: answers of its hub since they were.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        k: Option<u64>,
    },
    /// Where a device is after a step.
    At {
        /// When.
        at: u64,
        /// The device.
        device: String,
        /// Where; `None` for outside.
        place: Option<Place>,
        /// What it waits for.
        awaits: String,
    },
    /// An expectation was held against what is.
    Expected {
        /// When.
        at: u64,
        /// In words.
        text: String,
        /// What is otherwise; empty where it holds.
        otherwise: String,
    },
}

/// Where a device is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Place {
    /// The epoch.
    pub epoch: u64,
    /// `epoch_authenticator`, in hex.
    pub authenticator: String,
    /// Partition key, in hex.
    pub partition: String,
}

impl From<&Position> for Place {
    fn from(position: &Position) -> Self {
        Self {
            epoch: position.epoch,
            authenticator: hex::encode(&position.epoch_authenticator),
            partition: hex::encode(&position.partition_key.0),
        }
    }
}

impl Trace {
    /// Expectations that do not hold, in words.
    pub fn failures(&self) -> impl Iterator<Item = String> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Expected { text, otherwise, .. } if !otherwise.is_empty() => Some(format!("{text}: {otherwise}")),
            _ => None,
        })
    }
}
