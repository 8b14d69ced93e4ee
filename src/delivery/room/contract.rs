//! What a room is asked, and what follows from it.

use super::roster::Roster;
use crate::delivery::limits::Limits;
use crate::protocol::ServiceProviderId;
use crate::protocol::room::{Frank, HandshakeBundle, NotifyRequest, SubmitMessageRequest, Submitted, UpdateOutcome};

/// How a room is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSettings {
    /// The provider that the hub is.
    pub hub: ServiceProviderId,
    /// What it keeps at most.
    pub limits: Limits,
    /// Participants and clients in the list, together.
    pub max_roster: usize,
    /// Messages of so many epochs before the current one are taken; the draft names no number.
    pub past_epochs: u64,
}

/// What a provider asks of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time, never a list of them")]
pub enum RoomInput {
    /// A request to `update` (section 5.3).
    Update {
        /// The request.
        bundle: HandshakeBundle,
        /// With a commit that changes the list of participants: the list after it.
        roster: Option<Roster>,
    },
    /// A request to `submitMessage` (section 5.4).
    Submit {
        /// The request.
        request: SubmitMessageRequest,
        /// The hub's frank of it.
        frank: Option<Frank>,
    },
    /// A KeyPackage of that reference was claimed through the hub: a Welcome for it goes to this provider.
    Claimed {
        /// KeyPackageRef.
        reference: Vec<u8>,
        /// Whose user it is.
        provider: ServiceProviderId,
    },
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomAnswer {
    /// To `update`.
    Update(UpdateOutcome),
    /// To `submitMessage`.
    Submit(Submitted),
    /// To a claim.
    Done,
}

/// What follows from an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomEffect {
    /// The answer, exactly one an input.
    Respond(RoomAnswer),
    /// A request to `notify` (section 5.5).
    Notify {
        /// The provider.
        to: ServiceProviderId,
        /// What it is told, in order.
        body: NotifyRequest,
    },
}
