//! The answer to a request to `groupInfo` (section 5.6).

use super::engine::Room;
use super::sight::{RoomKeys, RoomView};
use crate::protocol::room::{
    Credential, ExternalSender, GroupInfoCode, GroupInfoGiven, GroupInfoRatchetTreeTBE, HpkeCiphertext, Octets,
    PendingProposal, Protocol, RatchetTree, RatchetTreeOption, RoomGroupInfoRequest, RoomGroupInfoResponse,
};
use crate::protocol::{ServiceProviderId, Structure};
use crate::wire::tls::Writer;

/// Label of the request's signature.
const REQUEST: &str = "GroupInfoRequestTBS";
/// Label of the response's signature.
const RESPONSE: &str = "GroupInfoResponseTBS";
/// Label of the encryption.
const ENCRYPTION: &str = "GroupInfo and ratchet_tree encryption";

impl<V: RoomView, K: RoomKeys> Room<V, K> {
    pub(super) fn group_info(&self, from: &ServiceProviderId, asked: &RoomGroupInfoRequest) -> RoomGroupInfoResponse {
        let given = if self.authorized(from, asked) { self.give(asked) } else { None };
        let status = given.map_or(GroupInfoCode::NotAuthorized, GroupInfoCode::Success);
        RoomGroupInfoResponse { version: Protocol, room_id: Octets(self.settings.room_id.clone()), status }
    }

    /// Whether the asker has shown who it is, and may have it: as an active participant, or by a code.
    fn authorized(&self, from: &ServiceProviderId, asked: &RoomGroupInfoRequest) -> bool {
        let (suite, key) = (asked.cipher_suite, asked.requesting_signature_key.0.as_slice());
        let signed = asked
            .to_be_signed()
            .is_ok_and(|content| self.keys.verify(suite, key, REQUEST, &content, &asked.signature.0));
        let Some(client) = asked.requesting_credential.identity() else { return false };
        if !signed || !self.keys.fits(suite) {
            return false;
        }
        let owner = self.settings.clients.get(client);
        // A credential is worth what its key is: that of somebody else proves nothing.
        if owner.and_then(|owner| owner.signature_key.as_deref()).is_some_and(|known| known != key) {
            return false;
        }
        match owner.and_then(|owner| self.roster.0.get(&owner.user)) {
            Some(participant) => participant.active && participant.provider == *from,
            None => self.settings.joining_codes.contains(&asked.joining_code.0),
        }
    }

    fn give(&self, asked: &RoomGroupInfoRequest) -> Option<GroupInfoGiven> {
        let pending = |(time, proposal): &(crate::entropy::Time, crate::protocol::MlsMessage)| PendingProposal {
            proposal: proposal.clone(),
            hub_accepted_time: time.0,
        };
        let plain = GroupInfoRatchetTreeTBE {
            group_info: self.info.clone(),
            ratchet_tree_option: RatchetTreeOption::Full(RatchetTree::decode(&self.view.ratchet_tree()).ok()?),
            pending_proposals: self.pending.iter().map(pending).collect(),
        };
        let (suite, room) = (asked.cipher_suite, &self.settings.room_id);
        let sealed = self.keys.seal(suite, &asked.group_info_public_key.0, ENCRYPTION, room, &plain.encode().ok()?)?;
        let mut given = GroupInfoGiven {
            cipher_suite: suite,
            hub_sender: self.hub_sender()?,
            encrypted_groupinfo_and_tree: HpkeCiphertext::decode(&sealed).ok()?,
            signature: Octets(vec![]),
        };
        given.signature = Octets(self.keys.sign(RESPONSE, &given.to_be_signed(room).ok()?)?);
        Some(given)
    }

    /// The hub as the group's `external_senders` has it.
    fn hub_sender(&self) -> Option<ExternalSender> {
        let mut w = Writer::new();
        w.u16(1).opaque(&self.settings.hub.0, "identity").ok()?;
        let credential = Credential::decode(&w.into_octets()).ok()?;
        Some(ExternalSender { signature_key: Octets(self.keys.public().to_vec()), credential })
    }
}
