use super::aad::tag_in;
use super::context::{Context, LABEL};
use super::signature::SigningKey;
use crate::protocol::room::{Frank, FrankingAgentData, Octets};
use crate::reason::Reason;
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
