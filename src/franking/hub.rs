use super::aad::tag_in;
use super::context::{Context, LABEL};
use super::signature::SigningKey;
use crate::protocol::MlsMessage;
use crate::protocol::room::{Frank, FrankingAgentData, Octets, SubmitMessageRequest};
use crate::reason::{Reason, room};
use crate::wire::tls::{Reader, WireError};
use std::fmt;

/// The secrets of a hub.
#[derive(Clone, Copy)]
pub struct Hub<'a> {
    /// `hub_key`: any number of octets, known to nobody else.
    pub hub_key: &'a [u8],
    /// `franking_private_key`: 32 octets of the group's signature algorithm.
    pub franking_private_key: &'a [u8],
}

impl fmt::Debug for Hub<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").finish_non_exhaustive()
    }
}

/// An application message that a hub has accepted (section 5.4), and when and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted<'a> {
    /// `authenticated_data` of the PrivateMessage.
    pub authenticated_data: &'a [u8],
    /// Sender, room and time. The sender is `sendingUri` of the request, which the hub has found to be a participant.
    pub context: Context,
}

impl<'a> Submitted<'a> {
    /// What a request to `submitMessage` that the hub accepts at this time in this room has to be franked with.
    ///
    /// # Errors
    /// `not-text` for a sender whose URI is no text.
    pub fn of(request: &'a SubmitMessageRequest, room_uri: &str, accepted_timestamp: u64) -> Result<Self, Reason> {
        let sender_uri = std::str::from_utf8(&request.sending_uri.0).map_err(|_| room::NOT_TEXT)?.to_owned();
        let context = Context { sender_uri, room_uri: room_uri.to_owned(), accepted_timestamp };
        let authenticated_data = authenticated_data(&request.app_message).map_err(|e| e.reason)?;
        Ok(Self { authenticated_data, context })
    }
}

/// `authenticated_data` of a PrivateMessage (RFC 9420 section 6.3); nothing for other messages.
fn authenticated_data(message: &MlsMessage) -> Result<&[u8], WireError> {
    const PRIVATE: u16 = 2;
    let mut r = Reader::new(message.octets());
    r.u16("version")?;
    if r.u16("wire_format")? != PRIVATE {
        return Ok(&[]);
    }
    r.opaque("group_id")?;
    r.u64("epoch")?;
    r.u8("content_type")?;
    r.opaque("authenticated_data")
}

impl Hub<'_> {
    /// Franks an accepted message (section 5.4.1.2). `None` when there is nothing to frank it with or by: the message
    /// has no tag, the group has no franking agent, or an agent that is not this hub.
    ///
    /// # Errors
    /// `unknown-signature-algorithm`, `signing-key-malformed`; what [`tag_in`] says; `vector-too-long`.
    pub fn frank(
        &self,
        suite: u16,
        agent: Option<&FrankingAgentData>,
        message: &Submitted<'_>,
    ) -> Result<Option<Frank>, Reason> {
        let Some(agent) = agent else { return Ok(None) };
        let key = SigningKey::of(suite, self.franking_private_key)?;
        let Some(tag) = tag_in(message.authenticated_data)? else { return Ok(None) };
        if key.public() != agent.franking_signature_key.0 {
            return Ok(None);
        }
        let server_frank = message.context.server_frank(self.hub_key, &tag)?;
        let signature = key.sign(LABEL, &message.context.to_be_signed(&server_frank, suite)?)?;
        Ok(Some(Frank {
            server_frank,
            franking_signature_ciphersuite: suite,
            franking_integrity_signature: Octets(signature),
        }))
    }
}
