//! Structures whose fields depend on a code: the code is a number, and the fields that it calls for are members beside
//! it. `protocol` and `version` are always 1.

use super::value::{Shown, field, shown};
use crate::adapter::reference::delivery::value::Made;
use crate::protocol::room::{
    Bundled, ClientKeyMaterial, ClientStatus, Fanned, FanoutMessage, GroupInfoCode, GroupInfoGiven, GroupInfoOption,
    HandshakeBundle, KeyMaterialRequest, KeyMaterialResponse, KeyMaterialUserCode, PartialGroupInfo, Protocol,
    RatchetTreeOption, RoomGroupInfoRequest, RoomGroupInfoResponse, SubmitMessageRequest, SubmitMessageResponse,
    Submitted, TreePresence, UpdateOutcome, UpdateRoomResponse,
};
use crate::protocol::{ContentType, EncodeError, Head, MlsMessage};
use crate::reason::{room as reason, wire};
use serde_json::{Value, json};

shown! {
    KeyMaterialRequest {
        protocol, requesting_user, target_user, room_id, acceptable_ciphersuites, required_capabilities,
        requester_signature_key, requester_credential, key_material_request_signature,
    }
    KeyMaterialResponse { protocol, user_status, user_uri, clients }
    SubmitMessageRequest { protocol, app_message, sending_uri }
    RoomGroupInfoRequest {
        protocol, cipher_suite, requesting_signature_key, requesting_credential, group_info_public_key, joining_code,
        signature,
    }
    PartialGroupInfo { ratchet_tree_presence, group_info_extensions, signature }
    GroupInfoGiven { cipher_suite, hub_sender, encrypted_groupinfo_and_tree, signature }
}

/// A code that its enumeration does not list.
fn unlisted<T>(field: &'static str) -> Made<T> {
    Err(EncodeError { reason: wire::WIRE_UNKNOWN_ENUM, field }.into())
}

impl Shown for Protocol {
    fn shown(&self) -> Value {
        1.into()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        if u8::made(value, name)? == 1 { Ok(Self) } else { unlisted(name) }
    }
}

impl Shown for KeyMaterialUserCode {
    fn shown(&self) -> Value {
        self.code().into()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        Self::of(u8::made(value, name)?).map_or_else(|| unlisted(name), Ok)
    }
}

impl Shown for TreePresence {
    fn shown(&self) -> Value {
        self.code().into()
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        Self::of(u8::made(value, name)?).map_or_else(|| unlisted(name), Ok)
    }
}

impl Shown for ClientKeyMaterial {
    fn shown(&self) -> Value {
        let uri = self.client_uri.shown();
        match &self.status {
            ClientStatus::Success(package) => {
                json!({"client_status": 0, "client_uri": uri, "key_package": package.shown()})
            }
            ClientStatus::KeyMaterialExhausted => json!({"client_status": 1, "client_uri": uri}),
            ClientStatus::NothingCompatible(capabilities) => {
                json!({"client_status": 2, "client_uri": uri, "client_capabilities": capabilities.shown()})
            }
        }
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        let status = match field::<u8>(value, "client_status")? {
            0 => ClientStatus::Success(field(value, "key_package")?),
            1 => ClientStatus::KeyMaterialExhausted,
            2 => ClientStatus::NothingCompatible(field(value, "client_capabilities")?),
            _ => return unlisted("client_status"),
        };
        Ok(Self { client_uri: field(value, "client_uri")?, status })
    }
}

impl Shown for RatchetTreeOption {
    fn shown(&self) -> Value {
        match self {
            Self::Full(tree) => json!({"representation": 1, "ratchet_tree": tree.shown()}),
            Self::HttpsUri { ratchet_tree_url, tree_signature } => json!({
                "representation": 2,
                "ratchet_tree_url": ratchet_tree_url.shown(),
                "tree_signature": tree_signature.shown(),
            }),
            Self::OutOfBand { tree_signature } => {
                json!({"representation": 3, "tree_signature": tree_signature.shown()})
            }
            Self::DistributionService => json!({"representation": 4}),
        }
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        Ok(match field::<u8>(value, "representation")? {
            1 => Self::Full(field(value, "ratchet_tree")?),
            2 => Self::HttpsUri {
                ratchet_tree_url: field(value, "ratchet_tree_url")?,
                tree_signature: field(value, "tree_signature")?,
            },
            3 => Self::OutOfBand { tree_signature: field(value, "tree_signature")? },
            4 => Self::DistributionService,
            _ => return unlisted("representation"),
        })
    }
}

impl Shown for GroupInfoOption {
    fn shown(&self) -> Value {
        match self {
            Self::Full(info) => json!({"representation": 1, "group_info": info.shown()}),
            Self::Partial(partial) => json!({"representation": 2, "partial_group_info": partial.shown()}),
        }
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        Ok(match field::<u8>(value, "representation")? {
            1 => Self::Full(field(value, "group_info")?),
            2 => Self::Partial(field(value, "partial_group_info")?),
            _ => return unlisted("representation"),
        })
    }
}

impl Shown for HandshakeBundle {
    fn shown(&self) -> Value {
        let message = self.proposal_or_commit.shown();
        match &self.with {
            Bundled::Commit { welcome, group_info_option, ratchet_tree_option } => json!({
                "proposal_or_commit": message,
                "welcome": welcome.shown(),
                "group_info_option": group_info_option.shown(),
                "ratchet_tree_option": ratchet_tree_option.shown(),
            }),
            Bundled::Proposals(more) => json!({"proposal_or_commit": message, "more_proposals": more.shown()}),
        }
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        let proposal_or_commit: MlsMessage = field(value, "proposal_or_commit")?;
        let with = match proposal_or_commit.head() {
            Head::Public { content: ContentType::Commit, .. } => Bundled::Commit {
                welcome: field(value, "welcome")?,
                group_info_option: field(value, "group_info_option")?,
                ratchet_tree_option: field(value, "ratchet_tree_option")?,
            },
            Head::Public { content: ContentType::Proposal, .. } => Bundled::Proposals(field(value, "more_proposals")?),
            _ => {
                let field = "proposal_or_commit";
                return Err(EncodeError { reason: reason::NOT_A_VISIBLE_HANDSHAKE, field }.into());
            }
        };
        Ok(Self { proposal_or_commit, with })
    }
}

impl Shown for UpdateRoomResponse {
    fn shown(&self) -> Value {
        let text = self.error_description.shown();
        match &self.outcome {
            UpdateOutcome::Success(time) => {
                json!({"response_code": 0, "error_description": text, "accepted_timestamp": time})
            }
            UpdateOutcome::WrongEpoch(epoch) => {
                json!({"response_code": 1, "error_description": text, "current_epoch": epoch})
            }
            UpdateOutcome::NotAllowed => json!({"response_code": 2, "error_description": text}),
            UpdateOutcome::InvalidProposal(references) => {
                json!({"response_code": 3, "error_description": text, "invalid_proposals": references.shown()})
            }
        }
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        let outcome = match field::<u8>(value, "response_code")? {
            0 => UpdateOutcome::Success(field(value, "accepted_timestamp")?),
            1 => UpdateOutcome::WrongEpoch(field(value, "current_epoch")?),
            2 => UpdateOutcome::NotAllowed,
            3 => UpdateOutcome::InvalidProposal(field(value, "invalid_proposals")?),
            _ => return unlisted("response_code"),
        };
        Ok(Self { error_description: field(value, "error_description")?, outcome })
    }
}

impl Shown for SubmitMessageResponse {
    fn shown(&self) -> Value {
        match &self.status {
            Submitted::Accepted { accepted_timestamp, frank } => json!({
                "protocol": 1, "status_code": 0, "accepted_timestamp": accepted_timestamp, "frank": frank.shown(),
            }),
            Submitted::NotAllowed => json!({"protocol": 1, "status_code": 1}),
            Submitted::EpochTooOld(epoch) => json!({"protocol": 1, "status_code": 2, "current_epoch": epoch}),
        }
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        let status = match field::<u8>(value, "status_code")? {
            0 => Submitted::Accepted {
                accepted_timestamp: field(value, "accepted_timestamp")?,
                frank: field(value, "frank")?,
            },
            1 => Submitted::NotAllowed,
            2 => Submitted::EpochTooOld(field(value, "current_epoch")?),
            _ => return unlisted("status_code"),
        };
        Ok(Self { protocol: field(value, "protocol")?, status })
    }
}

impl Shown for FanoutMessage {
    fn shown(&self) -> Value {
        let (name, with) = match &self.with {
            Fanned::Application(frank) => ("frank", frank.shown()),
            Fanned::Welcome(tree) => ("ratchet_tree_option", tree.shown()),
            Fanned::Proposal(more) => ("more_proposals", more.shown()),
            Fanned::Commit(stapled) => ("external_proposals", stapled.shown()),
        };
        json!({"timestamp": self.timestamp, "message": self.message.shown(), (name): with})
    }

    fn made(value: &Value, _: &'static str) -> Made<Self> {
        let message: MlsMessage = field(value, "message")?;
        let with = match message.head() {
            Head::Private { content: ContentType::Application, .. } => Fanned::Application(field(value, "frank")?),
            Head::Welcome { .. } => Fanned::Welcome(field(value, "ratchet_tree_option")?),
            Head::Public { content: ContentType::Proposal, .. } => Fanned::Proposal(field(value, "more_proposals")?),
            Head::Public { content: ContentType::Commit, .. } => Fanned::Commit(field(value, "external_proposals")?),
            _ => return Err(EncodeError { reason: reason::NOT_FANNED_OUT, field: "message" }.into()),
        };
        Ok(Self { timestamp: field(value, "timestamp")?, message, with })
    }
}

impl Shown for RoomGroupInfoResponse {
    fn shown(&self) -> Value {
        let room = self.room_id.shown();
        match &self.status {
            GroupInfoCode::Success(given) => {
                let mut value = given.shown();
                if let Some(object) = value.as_object_mut() {
                    object.insert("version".to_owned(), 1.into());
                    object.insert("room_id".to_owned(), room);
                    object.insert("status".to_owned(), 1.into());
                }
                value
            }
            GroupInfoCode::NotAuthorized => json!({"version": 1, "room_id": room, "status": 2}),
            GroupInfoCode::NoSuchRoom => json!({"version": 1, "room_id": room, "status": 3}),
        }
    }

    fn made(value: &Value, name: &'static str) -> Made<Self> {
        let status = match field::<u8>(value, "status")? {
            1 => GroupInfoCode::Success(GroupInfoGiven::made(value, name)?),
            2 => GroupInfoCode::NotAuthorized,
            3 => GroupInfoCode::NoSuchRoom,
            0 | 4.. => return unlisted("status"),
        };
        Ok(Self { version: field(value, "version")?, room_id: field(value, "room_id")?, status })
    }
}
