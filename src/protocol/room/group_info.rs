use super::common::{Protocol, RatchetTreeOption, listed};
use super::part::{Octets, Part, part, record};
use super::rules::{self, message, written};
use super::walked::{Credential, GroupInfo, HpkeCiphertext};
use crate::protocol::{EncodeError, MlsMessage, Structure};
use crate::wire::tls::{Reader, WireError, Writer};

/// GroupInfoRequest (section 5.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomGroupInfoRequest {
    /// Always mls10.
    pub protocol: Protocol,
    /// For the signatures of request and response.
    pub cipher_suite: u16,
    /// The key that the signature is verified with.
    pub requesting_signature_key: Octets,
    /// Who asks.
    pub requesting_credential: Credential,
    /// The HPKE key that the answer is encrypted to.
    pub group_info_public_key: Octets,
    /// Empty for none.
    pub joining_code: Octets,
    /// Over GroupInfoRequestTBS.
    pub signature: Octets,
}

impl RoomGroupInfoRequest {
    /// Writes what the signature is over: the fields before it (section 5.6), the joining code as it is sent.
    ///
    /// # Errors
    /// A field that no octets stand for.
    pub fn to_be_signed(&self) -> Result<Vec<u8>, EncodeError> {
        let mut w = Writer::new();
        self.write_signed(&mut w)?;
        Ok(w.into_octets())
    }

    fn write_signed(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.protocol.write_part(w, "protocol")?;
        self.cipher_suite.write_part(w, "cipher_suite")?;
        self.requesting_signature_key.write_part(w, "requesting_signature_key")?;
        self.requesting_credential.write_part(w, "requesting_credential")?;
        self.group_info_public_key.write_part(w, "group_info_public_key")?;
        self.joining_code.write_part(w, "joining_code")
    }
}

impl Structure for RoomGroupInfoRequest {
    const NAME: &'static str = "GroupInfoRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self {
            protocol: Part::read_part(r, "protocol")?,
            cipher_suite: Part::read_part(r, "cipher_suite")?,
            requesting_signature_key: Part::read_part(r, "requesting_signature_key")?,
            requesting_credential: Part::read_part(r, "requesting_credential")?,
            group_info_public_key: Part::read_part(r, "group_info_public_key")?,
            joining_code: Part::read_part(r, "joining_code")?,
            signature: Part::read_part(r, "signature")?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.write_signed(w)?;
        self.signature.write_part(w, "signature")
    }
}

record! {
    /// ExternalSender (RFC 9420 section 12.1.8.1).
    ExternalSender {
        /// Its signature key.
        signature_key: Octets,
        /// Its credential.
        credential: Credential,
    }
}

/// GroupInfoCode (section 5.6), with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupInfoCode {
    /// 1: what was asked for.
    Success(GroupInfoGiven),
    /// 2: the asker may not have it.
    NotAuthorized,
    /// 3: there is no such room.
    NoSuchRoom,
}

record! {
    /// What a GroupInfoResponse gives.
    GroupInfoGiven {
        /// The request's.
        cipher_suite: u16,
        /// The hub, as in `external_senders` of the group.
        hub_sender: ExternalSender,
        /// A GroupInfoRatchetTreeTBE, encrypted to the request's key.
        encrypted_groupinfo_and_tree: HpkeCiphertext,
        /// Over GroupInfoResponseTBS.
        signature: Octets,
    }
}

impl GroupInfoGiven {
    /// Writes what the signature is over (section 5.6): the response for that room before its signature.
    ///
    /// # Errors
    /// A field that no octets stand for.
    pub fn to_be_signed(&self, room_id: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let mut w = Writer::new();
        Protocol.write_part(&mut w, "version")?;
        w.opaque(room_id, "room_id")?;
        self.cipher_suite.write_part(w.u8(1), "cipher_suite")?;
        self.hub_sender.write_part(&mut w, "hub_sender")?;
        self.encrypted_groupinfo_and_tree.write_part(&mut w, "encrypted_groupinfo_and_tree")?;
        Ok(w.into_octets())
    }
}

/// GroupInfoResponse (section 5.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomGroupInfoResponse {
    /// Always mls10.
    pub version: Protocol,
    /// The room.
    pub room_id: Octets,
    /// What came of the request.
    pub status: GroupInfoCode,
}

impl Structure for RoomGroupInfoResponse {
    const NAME: &'static str = "GroupInfoResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let version = Part::read_part(r, "version")?;
        let room_id = Part::read_part(r, "room_id")?;
        let status = match listed(r, "status", |value| (1..=3).contains(&value).then_some(value))? {
            1 => GroupInfoCode::Success(Part::read_part(r, "given")?),
            2 => GroupInfoCode::NotAuthorized,
            _ => GroupInfoCode::NoSuchRoom,
        };
        Ok(Self { version, room_id, status })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.version.write_part(w, "version")?;
        self.room_id.write_part(w, "room_id")?;
        match &self.status {
            GroupInfoCode::Success(given) => given.write_part(w.u8(1), "given")?,
            GroupInfoCode::NotAuthorized => drop(w.u8(2)),
            GroupInfoCode::NoSuchRoom => drop(w.u8(3)),
        }
        Ok(())
    }
}

/// PendingProposal (section 5.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingProposal {
    /// A PublicMessage with a proposal.
    pub proposal: MlsMessage,
    /// When the hub accepted it, in milliseconds since 1970.
    pub hub_accepted_time: u64,
}

impl Structure for PendingProposal {
    const NAME: &'static str = "PendingProposal";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let (proposal, ()) = message(r, "proposal", rules::proposal)?;
        Ok(Self { proposal, hub_accepted_time: r.u64("hub_accepted_time")? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::proposal(&self.proposal), "proposal")?;
        w.raw(self.proposal.octets()).u64(self.hub_accepted_time);
        Ok(())
    }
}

part!(PendingProposal);

/// GroupInfoRatchetTreeTBE (section 5.6): what a GroupInfoResponse has encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupInfoRatchetTreeTBE {
    /// Without a `ratchet_tree` extension.
    pub group_info: GroupInfo,
    /// The tree.
    pub ratchet_tree_option: RatchetTreeOption,
    /// What the hub accepted in this epoch and no commit has yet.
    pub pending_proposals: Vec<PendingProposal>,
}

impl Structure for GroupInfoRatchetTreeTBE {
    const NAME: &'static str = "GroupInfoRatchetTreeTBE";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let offset = r.offset();
        let group_info = GroupInfo::read_part(r, "group_info")?;
        if let Err(reason) = rules::no_tree(&group_info) {
            return Reader::refuse(offset, reason, "group_info");
        }
        Ok(Self {
            group_info,
            ratchet_tree_option: Part::read_part(r, "ratchet_tree_option")?,
            pending_proposals: Part::read_part(r, "pending_proposals")?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::no_tree(&self.group_info), "group_info")?;
        self.group_info.write_part(w, "group_info")?;
        self.ratchet_tree_option.write_part(w, "ratchet_tree_option")?;
        self.pending_proposals.write_part(w, "pending_proposals")
    }
}
