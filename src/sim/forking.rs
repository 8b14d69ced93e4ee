//! What a hub may do about forks, and what it should see of them (`docs/spec/forks.md`).

use crate::delivery::Termination;
use serde::{Deserialize, Serialize};

/// Who may end a branch of the groups that a provider hosts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Terminates {
    /// Nobody.
    Never,
    /// Its operator, one partition an order.
    #[default]
    Operator,
    /// Its operator; and the hub, a branch that nobody speaks for while a majority speaks for another.
    Minority {
        /// For how many requests this must have been so.
        after: u64,
        /// For how many requests a report stands; for ever where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lapse: Option<u64>,
    },
}

impl From<Terminates> for Termination {
    fn from(terminates: Terminates) -> Self {
        match terminates {
            Terminates::Never => Self::Never,
            Terminates::Operator => Self::Operator,
            Terminates::Minority { after, lapse } => Self::Minority { after, lapse: lapse.unwrap_or(u64::MAX) },
        }
    }
}

/// A fork as a hub should see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SeenFork {
    /// Its branches, each by the devices that are in it. The hub sees as many, and each device's partition in its own.
    pub branches: Vec<Vec<String>>,
    /// What the hub makes of the reports: `open`, `undecidable`, `majority`.
    pub finding: String,
    /// With a majority: a device of the branch that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}
