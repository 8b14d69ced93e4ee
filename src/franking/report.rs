use super::content::{Framing, FrankedContent};
use super::context::{Context, LABEL};
use super::signature::verify;
use crate::protocol::room::Frank;
use crate::reason::{Reason, franking as reason};

/// A message that somebody reports to the hub (section 5.9), and what the hub knows about the room.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The key that the hub used for this room at that time.
    pub hub_key: &'a [u8],
    /// The public key of `franking_agent` at that time.
    pub franking_signature_key: &'a [u8],
    /// `message_content`: the application data, with its framing if the group has one.
    pub message_content: &'a [u8],
    /// How the group wraps it.
    pub framing: Framing,
    /// The frank that came with it.
    pub frank: &'a Frank,
    /// When it is said to have been accepted.
    pub accepted_timestamp: u64,
    /// Whom the report blames, if that is to be compared.
    pub alleged_abuser_uri: Option<&'a str>,
    /// The room that the report is sent for, if that is to be compared.
    pub room_uri: Option<&'a str>,
}

impl Report<'_> {
    /// Whether this hub franked this message of this sender, in this room, at that time.
    ///
    /// # Errors
    /// What [`FrankedContent::read`] says; `server-frank-differs`; `unknown-signature-algorithm`,
    /// `agent-key-malformed`, `frank-signature-wrong`; `reported-sender-differs`, `reported-room-differs`.
    pub fn verify(&self) -> Result<Context, Reason> {
        let FrankedContent { franking_tag, sender_uri, room_uri } =
            FrankedContent::read(self.message_content, self.framing)?;
        let context = Context { sender_uri, room_uri, accepted_timestamp: self.accepted_timestamp };
        if !context.made(self.hub_key, &franking_tag, self.frank)? {
            return Err(reason::SERVER_FRANK_DIFFERS);
        }
        let suite = self.frank.franking_signature_ciphersuite;
        let signed = context.to_be_signed(&self.frank.server_frank, suite)?;
        let signature = &self.frank.franking_integrity_signature.0;
        verify(suite, self.franking_signature_key, LABEL, &signed, signature)?;
        if self.alleged_abuser_uri.is_some_and(|uri| uri != context.sender_uri) {
            return Err(reason::REPORTED_SENDER_DIFFERS);
        }
        if self.room_uri.is_some_and(|uri| uri != context.room_uri) {
            return Err(reason::REPORTED_ROOM_DIFFERS);
        }
        Ok(context)
    }
}
