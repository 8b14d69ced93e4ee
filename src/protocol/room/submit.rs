use super::common::{Protocol, listed};
use super::part::{Octets, Part, record};
use super::rules::{self, message, written};
use crate::protocol::{EncodeError, MlsMessage, Structure};
use crate::wire::tls::{Reader, WireError, Writer};

/// SubmitMessageRequest (section 5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmitMessageRequest {
    /// Always mls10.
    pub protocol: Protocol,
    /// A PrivateMessage with application data.
    pub app_message: MlsMessage,
    /// URI of the sender.
    pub sending_uri: Octets,
}

impl Structure for SubmitMessageRequest {
    const NAME: &'static str = "SubmitMessageRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self {
            protocol: Part::read_part(r, "protocol")?,
            app_message: message(r, "app_message", rules::application)?.0,
            sending_uri: Part::read_part(r, "sending_uri")?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.protocol.write_part(w, "protocol")?;
        written(rules::application(&self.app_message), "app_message")?;
        self.sending_uri.write_part(w.raw(self.app_message.octets()), "sending_uri")
    }
}

record! {
    /// Frank (section 5.4).
    Frank {
        /// HMAC-SHA256 under a key that only the hub has.
        server_frank: [u8; 32],
        /// The cipher suite whose signature algorithm was used.
        franking_signature_ciphersuite: u16,
        /// Over FrankingIntegrityTBS, by the key of `franking_agent`.
        franking_integrity_signature: Octets,
    }
}

/// SubmitMessageResponse (section 5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmitMessageResponse {
    /// Always mls10.
    pub protocol: Protocol,
    /// What came of the message.
    pub status: Submitted,
}

/// SubmitResponseCode (section 5.4), with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// 0, where the draft's select says success.
    Accepted {
        /// When, in milliseconds since 1970.
        accepted_timestamp: u64,
        /// The hub's frank, if one was asked for.
        frank: Option<Frank>,
    },
    /// 1: a policy or an authorization is against it.
    NotAllowed,
    /// 2: the epoch that the hub is in.
    EpochTooOld(u64),
}

impl Structure for SubmitMessageResponse {
    const NAME: &'static str = "SubmitMessageResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let protocol = Part::read_part(r, "protocol")?;
        let code = listed(r, "status_code", |value| (value <= 2).then_some(value))?;
        let status = match code {
            0 => Submitted::Accepted {
                accepted_timestamp: r.u64("accepted_timestamp")?,
                frank: Part::read_part(r, "frank")?,
            },
            1 => Submitted::NotAllowed,
            _ => Submitted::EpochTooOld(r.u64("current_epoch")?),
        };
        Ok(Self { protocol, status })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.protocol.write_part(w, "protocol")?;
        match &self.status {
            Submitted::Accepted { accepted_timestamp, frank } => {
                frank.write_part(w.u8(0).u64(*accepted_timestamp), "frank")?;
            }
            Submitted::NotAllowed => {
                w.u8(1);
            }
            Submitted::EpochTooOld(epoch) => {
                w.u8(2).u64(*epoch);
            }
        }
        Ok(())
    }
}
