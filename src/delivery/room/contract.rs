//! What a room is asked, and what follows from it.

use crate::delivery::limits::Limits;
use crate::protocol::ServiceProviderId;
use crate::protocol::room::{
    Frank, HandshakeBundle, NotifyRequest, RoomGroupInfoRequest, RoomGroupInfoResponse, SubmitMessageRequest,
    Submitted, UpdateOutcome,
};
use std::collections::{BTreeMap, BTreeSet};

/// How a room is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSettings {
    /// The room.
    pub room_id: Vec<u8>,
    /// The provider that the hub is, which is its identity among the external senders of the group, too.
    pub hub: ServiceProviderId,
    /// What it keeps at most.
    pub limits: Limits,
    /// Participants in the list, at most.
    pub max_participants: usize,
    /// Messages of so many epochs before the current one are taken; the draft names no number.
    pub past_epochs: u64,
    /// Roles without any capability: who has one is banned (section 7.5). Room policy gives them.
    pub silent_roles: BTreeSet<u32>,
    /// Whose each client is, by its identity (content of its credential): what an authentication service would tell.
    pub clients: BTreeMap<Vec<u8>, Owner>,
    /// Codes that let their bearer have the GroupInfo (section 5.6).
    pub joining_codes: BTreeSet<Vec<u8>>,
}

/// Whose a client is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// URI of the user.
    pub user: Vec<u8>,
    /// The client's signature key, where it is known.
    pub signature_key: Option<Vec<u8>>,
}

/// What a provider, or the hub itself, asks of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time, never a list of them")]
pub enum RoomInput {
    /// A request to `update` (section 5.3).
    Update(HandshakeBundle),
    /// A request to `submitMessage` (section 5.4).
    Submit {
        /// The request.
        request: SubmitMessageRequest,
        /// The hub's frank of it.
        frank: Option<Frank>,
    },
    /// A request to `groupInfo` (section 5.6).
    GroupInfo(RoomGroupInfoRequest),
    /// A KeyPackage of that reference was claimed through the hub: a Welcome for it goes to this provider.
    Claimed {
        /// KeyPackageRef.
        reference: Vec<u8>,
        /// Whose user it is.
        provider: ServiceProviderId,
    },
    /// The hub proposes to remove a client: it is lost, or its user is deleted (section 5.5).
    Expel {
        /// Its identity.
        client: Vec<u8>,
    },
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomAnswer {
    /// To `update`.
    Update(UpdateOutcome),
    /// To `submitMessage`.
    Submit(Submitted),
    /// To `groupInfo`.
    GroupInfo(Box<RoomGroupInfoResponse>),
    /// To what the hub asked of itself.
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
