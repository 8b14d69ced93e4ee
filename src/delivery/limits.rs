//! What a hub keeps at most. Every bound is a number that can be set, and every refusal has a reason of its own:
//! somebody who fills a hub must find a wall, and the others must be able to say which.

use super::Refused;
use crate::protocol::{Delivered, MlsMessage};
use crate::reason::{Reason, delivery as reason};

/// Bounds on what a hub keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Octets of one MLSMessage, of a tree beside a GroupInfo, of an id or of a token.
    pub max_message: usize,
    /// Groups.
    pub max_groups: usize,
    /// Partitions of a group, with messages or without.
    pub max_partitions: usize,
    /// Messages of a partition; at most 2^32 - 1, as `ReceiveRequest.counter` counts no further.
    pub max_messages_per_partition: usize,
    /// Octets that a group keeps: messages, GroupInfos, trees and Welcomes that wait.
    pub max_octets_per_group: usize,
    /// Welcomes of a group that wait for an answer.
    pub max_pending_welcomes: usize,
    /// Providers that a group remembers for pushes; those beyond have to ask.
    pub max_followers: usize,
    /// Octets of the public state that a hub which reads handshakes keeps of a group's branches, beside what is sequenced.
    /// Beyond them it loses sight of the oldest branches, and judges those no more.
    pub max_octets_in_sight: usize,
    /// Sets of KeyPackages, one for each user, token and MLS parameters.
    pub max_key_package_sets: usize,
    /// KeyPackages in a set, that of last resort aside.
    pub max_key_packages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message: 1 << 20,
            max_groups: 1 << 16,
            max_partitions: 1 << 14,
            max_messages_per_partition: 1 << 16,
            max_octets_per_group: 1 << 28,
            max_pending_welcomes: 1 << 10,
            max_followers: 1 << 8,
            max_octets_in_sight: 1 << 28,
            max_key_package_sets: 1 << 16,
            max_key_packages: 1 << 8,
        }
    }
}

/// What a group takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Partitions.
    pub partitions: usize,
    /// Messages in all of them.
    pub messages: usize,
    /// Octets, as [`Limits::max_octets_per_group`] counts them.
    pub octets: usize,
    /// Welcomes that wait.
    pub pending_welcomes: usize,
}

/// What a partition takes beside its messages: an entry in the map and the vectors of a partition. Generous.
const PARTITION: usize = 512;
/// What a message takes beside its octets: twice its size in memory, for a vector that grows by doubling, and the
/// edge of a commit.
const MESSAGE: usize = 2 * size_of::<Delivered>() + 256;
/// What a Welcome that waits takes beside its octets.
const PENDING: usize = 512;
/// What each octet may take: as it came, once more in the head that was read, and both again in the latest GroupInfo.
const PER_OCTET: usize = 4;

impl Usage {
    /// The octets of memory that this much may take, with everything around it.
    #[must_use]
    pub fn memory(&self) -> usize {
        let fixed = self.partitions.saturating_mul(PARTITION);
        let fixed = fixed.saturating_add(self.messages.saturating_mul(MESSAGE));
        let fixed = fixed.saturating_add(self.pending_welcomes.saturating_mul(PENDING));
        fixed.saturating_add(self.octets.saturating_mul(PER_OCTET))
    }
}

impl Limits {
    /// The most that a group can take.
    #[must_use]
    pub fn most(&self) -> Usage {
        Usage {
            partitions: self.max_partitions,
            // No message is shorter than its version, wire format and group id.
            messages: self
                .max_partitions
                .saturating_mul(self.max_messages_per_partition)
                .min(self.max_octets_per_group / SHORTEST),
            octets: self.max_octets_per_group,
            pending_welcomes: self.max_pending_welcomes,
        }
    }

    /// The most octets of memory that a group can take, its map of followers aside.
    #[must_use]
    pub fn memory_of_a_group(&self) -> usize {
        self.most().memory().saturating_add(self.max_followers.saturating_mul(self.max_message))
    }

    pub(super) fn message(&self, message: &MlsMessage) -> Result<(), Refused> {
        within(message.octets().len(), self.max_message, reason::EXCEEDS_MESSAGE_LIMIT, "octets of a message")
    }

    pub(super) fn octets(&self, octets: &[u8], what: &str) -> Result<(), Refused> {
        within(octets.len(), self.max_message, reason::EXCEEDS_MESSAGE_LIMIT, what)
    }
}

/// Octets of the shortest message: `version`, `wire_format`, an empty `group_id`, `epoch`, `content_type` and three
/// empty vectors of a PrivateMessage.
const SHORTEST: usize = 2 + 2 + 1 + 8 + 1 + 3;

/// `count` of something, where no more than `most` is allowed.
pub(super) fn within(count: usize, most: usize, reason: Reason, what: &str) -> Result<(), Refused> {
    if count <= most { Ok(()) } else { Err(Refused::new(reason, format!("{count} {what}, at most {most}"))) }
}
