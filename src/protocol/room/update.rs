use super::common::{GroupInfoOption, RatchetTreeOption, listed};
use super::part::{Octets, Part, Text};
use super::rules::{self, message, written};
use super::walked::Welcome;
use crate::protocol::{EncodeError, MlsMessage, Structure};
use crate::reason::room as reason;
use crate::wire::tls::{Reader, WireError, Writer};

/// HandshakeBundle (section 5.3), which is all of an UpdateRequest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandshakeBundle {
    /// A PublicMessage with a proposal or a commit.
    pub proposal_or_commit: MlsMessage,
    /// What goes with it.
    pub with: Bundled,
}

/// What goes with a handshake message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one in a request, never a list of them")]
pub enum Bundled {
    /// With a commit.
    Commit {
        /// The Welcome of those whom it adds.
        welcome: Option<Welcome>,
        /// The GroupInfo of the epoch that it begins.
        group_info_option: GroupInfoOption,
        /// The tree of that epoch.
        ratchet_tree_option: RatchetTreeOption,
    },
    /// With a proposal: more of them.
    Proposals(Vec<MlsMessage>),
}

impl Structure for HandshakeBundle {
    const NAME: &'static str = "HandshakeBundle";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let (proposal_or_commit, commit) = message(r, "proposal_or_commit", rules::handshake)?;
        let with = if commit {
            Bundled::Commit {
                welcome: Part::read_part(r, "welcome")?,
                group_info_option: Part::read_part(r, "group_info_option")?,
                ratchet_tree_option: Part::read_part(r, "ratchet_tree_option")?,
            }
        } else {
            Bundled::Proposals(rules::proposals(r, "more_proposals")?)
        };
        Ok(Self { proposal_or_commit, with })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let commit = written(rules::handshake(&self.proposal_or_commit), "proposal_or_commit")?;
        w.raw(self.proposal_or_commit.octets());
        match &self.with {
            Bundled::Commit { welcome, group_info_option, ratchet_tree_option } if commit => {
                welcome.write_part(w, "welcome")?;
                group_info_option.write_part(w, "group_info_option")?;
                ratchet_tree_option.write_part(w, "ratchet_tree_option")
            }
            Bundled::Proposals(more) if !commit => rules::write_proposals(w, more, "more_proposals"),
            _ => Err(EncodeError { reason: reason::NOT_A_VISIBLE_HANDSHAKE, field: "proposal_or_commit" }),
        }
    }
}

/// UpdateRoomResponse (section 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateRoomResponse {
    /// For people.
    pub error_description: Text,
    /// What came of the update.
    pub outcome: UpdateOutcome,
}

/// UpdateResponseCode (section 5.3), with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateOutcome {
    /// 0: when it was accepted, in milliseconds since 1970.
    Success(u64),
    /// 1: the epoch that the hub is in.
    WrongEpoch(u64),
    /// 2: a policy or an authorization is against it.
    NotAllowed,
    /// 3: the ProposalRefs of those that are not valid.
    InvalidProposal(Vec<Octets>),
}

impl Structure for UpdateRoomResponse {
    const NAME: &'static str = "UpdateRoomResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let code = listed(r, "response_code", |value| (value <= 3).then_some(value))?;
        let error_description = Part::read_part(r, "error_description")?;
        let outcome = match code {
            0 => UpdateOutcome::Success(r.u64("accepted_timestamp")?),
            1 => UpdateOutcome::WrongEpoch(r.u64("current_epoch")?),
            2 => UpdateOutcome::NotAllowed,
            _ => UpdateOutcome::InvalidProposal(Part::read_part(r, "invalid_proposals")?),
        };
        Ok(Self { error_description, outcome })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let begin = |w: &mut Writer, code| self.error_description.write_part(w.u8(code), "error_description");
        match &self.outcome {
            UpdateOutcome::Success(time) => {
                begin(w, 0)?;
                w.u64(*time);
            }
            UpdateOutcome::WrongEpoch(epoch) => {
                begin(w, 1)?;
                w.u64(*epoch);
            }
            UpdateOutcome::NotAllowed => begin(w, 2)?,
            UpdateOutcome::InvalidProposal(references) => {
                begin(w, 3)?;
                references.write_part(w, "invalid_proposals")?;
            }
        }
        Ok(())
    }
}
