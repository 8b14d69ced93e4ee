use super::common::RatchetTreeOption;
use super::part::{Part, part};
use super::rules::{self, Kind, message, written};
use super::submit::Frank;
use crate::protocol::{EncodeError, MlsMessage, Structure};
use crate::reason::room as reason;
use crate::wire::tls::{Reader, WireError, Writer};

/// FanoutMessage (section 5.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FanoutMessage {
    /// When the hub accepted it, in milliseconds since 1970.
    pub timestamp: u64,
    /// What is fanned out.
    pub message: MlsMessage,
    /// What goes with it.
    pub with: Fanned,
}

/// What goes with a message that is fanned out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fanned {
    /// With application data: the hub's frank.
    Application(Option<Frank>),
    /// With a Welcome: the tree.
    Welcome(RatchetTreeOption),
    /// With a proposal: more of them.
    Proposal(Vec<MlsMessage>),
    /// With a commit from outside: the hub's proposals for the new epoch.
    Commit(Vec<MlsMessage>),
}

impl Structure for FanoutMessage {
    const NAME: &'static str = "FanoutMessage";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let timestamp = r.u64("timestamp")?;
        let (message, kind) = message(r, "message", rules::fanned)?;
        let with = match kind {
            Kind::Application => Fanned::Application(Part::read_part(r, "frank")?),
            Kind::Welcome => Fanned::Welcome(Part::read_part(r, "ratchet_tree_option")?),
            Kind::Proposal => Fanned::Proposal(rules::proposals(r, "more_proposals")?),
            Kind::Commit => Fanned::Commit(rules::proposals(r, "external_proposals")?),
        };
        Ok(Self { timestamp, message, with })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let kind = written(rules::fanned(&self.message), "message")?;
        w.u64(self.timestamp).raw(self.message.octets());
        match (&self.with, kind) {
            (Fanned::Application(frank), Kind::Application) => frank.write_part(w, "frank"),
            (Fanned::Welcome(tree), Kind::Welcome) => tree.write_part(w, "ratchet_tree_option"),
            (Fanned::Proposal(more), Kind::Proposal) => rules::write_proposals(w, more, "more_proposals"),
            (Fanned::Commit(stapled), Kind::Commit) => rules::write_proposals(w, stapled, "external_proposals"),
            _ => Err(EncodeError { reason: reason::NOT_FANNED_OUT, field: "message" }),
        }
    }
}

part!(FanoutMessage);

/// The body of a request to `notify`: FanoutMessages of one room, one behind the other (section 5.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifyRequest {
    /// At least one; an empty body is truncated.
    pub messages: Vec<FanoutMessage>,
}

impl Structure for NotifyRequest {
    const NAME: &'static str = "NotifyRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut messages = vec![FanoutMessage::read(r)?];
        while !r.is_empty() {
            messages.push(FanoutMessage::read(r)?);
        }
        Ok(Self { messages })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        if self.messages.is_empty() {
            return Err(EncodeError { reason: crate::reason::wire::WIRE_TRUNCATED, field: "messages" });
        }
        self.messages.iter().try_for_each(|message| message.write(w))
    }
}
