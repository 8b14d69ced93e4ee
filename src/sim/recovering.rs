//! What people start after a fork, as a scenario says it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a user agrees to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum To {
    /// Whatever place in the group of this device is later than where it is now.
    BranchOf(String),
    /// The very place of this device, whose epoch authenticator the user was told.
    PlaceOf(String),
    /// The first successor of the own group after this epoch.
    SuccessorAfter(u64),
}

/// A strategy, and who decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recovery {
    /// The device that acts for the branch that goes on.
    pub by: String,
    /// Who were members before the fork.
    pub among: Vec<String>,
    /// What is done.
    pub strategy: Strategy,
    /// By whose word a branch goes on.
    pub rule: By,
    /// Who shall not come back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unwanted: Vec<String>,
}

/// See `recovery::Strategy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Removes and adds in one commit.
    ReAdd,
    /// Makes a successor.
    Reboot,
    /// External commits.
    Rejoin,
    /// Reports first, then removes and adds.
    EvidenceThenReAdd,
}

/// See `recovery::Rule`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum By {
    /// The branch of more than half.
    Majority,
    /// Somebody has looked, and says that the branch of this device goes on.
    Operator(String),
    /// Each of these votes for the branch of another.
    Vote(BTreeMap<String, String>),
}
