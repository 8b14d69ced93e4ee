use super::aad::tag_in;
use super::content::{Framing, FrankedContent};
use super::context::{Context, LABEL};
use super::domain::domain;
use super::signature::verify;
use crate::protocol::room::{Frank, FrankingAgentData};
use crate::reason::{Reason, franking as reason};

/// A message that was decrypted and is valid otherwise, and what came with it (section 5.4.1.3).
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The group's cipher suite.
    pub cipher_suite: u16,
    /// `franking_agent` of the GroupContext.
    pub franking_agent: Option<&'a FrankingAgentData>,
    /// The domain of the hub.
    pub hub_domain: &'a str,
    /// `authenticated_data` of the PrivateMessage.
    pub authenticated_data: &'a [u8],
    /// What was decrypted.
    pub application_data: &'a [u8],
    /// How the group wraps it.
    pub framing: Framing,
    /// The URI in the sender's credential.
    pub sender_uri: &'a str,
    /// The room that the message came in.
    pub room_uri: &'a str,
    /// When the hub says it accepted it.
    pub accepted_timestamp: u64,
    /// The frank beside it.
    pub frank: Option<&'a Frank>,
}

impl Received<'_> {
    /// Verifies the frank, in the draft's order. What is returned is to be stored with the message and its frank.
    ///
    /// # Errors
    /// `no-frank`, `no-franking-tag`, or what [`tag_in`] says; `frank-suite-differs`; `no-franking-agent`,
    /// `agent-without-domain`, `agent-of-another-domain`; what [`FrankedContent::read`] says;
    /// `unknown-signature-algorithm`, `agent-key-malformed`, `frank-signature-wrong`; `franking-tag-differs`;
    /// `franked-sender-differs`, `franked-room-differs`.
    pub fn verify(&self) -> Result<Context, Reason> {
        let frank = self.frank.ok_or(reason::NO_FRANK)?;
        let tag = tag_in(self.authenticated_data)?.ok_or(reason::NO_FRANKING_TAG)?;
        if frank.franking_signature_ciphersuite != self.cipher_suite {
            return Err(reason::FRANK_SUITE_DIFFERS);
        }
        let agent = self.franking_agent.ok_or(reason::NO_FRANKING_AGENT)?;
        let domain = domain(&agent.credential).ok_or(reason::AGENT_WITHOUT_DOMAIN)?;
        if !domain.eq_ignore_ascii_case(self.hub_domain) {
            return Err(reason::AGENT_OF_ANOTHER_DOMAIN);
        }
        let content = FrankedContent::read(self.application_data, self.framing)?;
        let context = Context {
            sender_uri: content.sender_uri,
            room_uri: content.room_uri,
            accepted_timestamp: self.accepted_timestamp,
        };
        let signed = context.to_be_signed(&frank.server_frank, self.cipher_suite)?;
        let (key, signature) = (&agent.franking_signature_key.0, &frank.franking_integrity_signature.0);
        verify(self.cipher_suite, key, LABEL, &signed, signature)?;
        if content.franking_tag != tag {
            return Err(reason::FRANKING_TAG_DIFFERS);
        }
        if context.sender_uri != self.sender_uri {
            return Err(reason::FRANKED_SENDER_DIFFERS);
        }
        if context.room_uri != self.room_uri {
            return Err(reason::FRANKED_ROOM_DIFFERS);
        }
        Ok(context)
    }
}
