use super::walked::GroupInfo;
use crate::protocol::{ContentType, EncodeError, Head, MlsMessage};
use crate::reason::{Reason, room as reason};
use crate::wire::tls::{Reader, WireError, Writer};

/// What a rule makes of a message: its content, or the reason against it.
pub type Rule<T> = Result<T, Reason>;

/// "A Proposal or Commit which is either a PublicMessage; or a SemiPrivateMessage" (section 5.3): whether it is a commit.
/// A SemiPrivateMessage has no number yet, so that none is read as one.
pub fn handshake(message: &MlsMessage) -> Rule<bool> {
    match message.head() {
        Head::Public { content: ContentType::Commit, .. } => Ok(true),
        Head::Public { content: ContentType::Proposal, .. } => Ok(false),
        _ => Err(reason::NOT_A_VISIBLE_HANDSHAKE),
    }
}

/// "either PublicMessage or SemiPrivateMessage" among the further proposals (sections 5.3, 5.5 and 5.6).
pub fn proposal(message: &MlsMessage) -> Rule<()> {
    match message.head() {
        Head::Public { content: ContentType::Proposal, .. } => Ok(()),
        _ => Err(reason::NOT_A_VISIBLE_PROPOSAL),
    }
}

/// "PrivateMessage containing an application message" (section 5.4).
pub fn application(message: &MlsMessage) -> Rule<()> {
    match message.head() {
        Head::Private { content: ContentType::Application, .. } => Ok(()),
        _ => Err(reason::NOT_AN_APPLICATION_MESSAGE),
    }
}

/// What is fanned out, and what follows it (section 5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Application data.
    Application,
    /// A Welcome.
    Welcome,
    /// A proposal.
    Proposal,
    /// A commit.
    Commit,
}

/// The kind of what is fanned out.
pub fn fanned(message: &MlsMessage) -> Rule<Kind> {
    match message.head() {
        Head::Private { content: ContentType::Application, .. } => Ok(Kind::Application),
        Head::Public { content: ContentType::Proposal, .. } => Ok(Kind::Proposal),
        Head::Public { content: ContentType::Commit, .. } => Ok(Kind::Commit),
        Head::Welcome { .. } => Ok(Kind::Welcome),
        _ => Err(reason::NOT_FANNED_OUT),
    }
}

/// "without embedded ratchet_tree" (section 5.6).
pub fn no_tree(info: &GroupInfo) -> Rule<()> {
    match info.seen() {
        Head::GroupInfo { ratchet_tree: None, .. } => Ok(()),
        _ => Err(reason::EMBEDDED_TREE),
    }
}

/// An MLSMessage, and what a rule makes of it; an error names its first octet.
pub fn message<T>(
    r: &mut Reader,
    field: &'static str,
    rule: impl FnOnce(&MlsMessage) -> Rule<T>,
) -> Result<(MlsMessage, T), WireError> {
    let offset = r.offset();
    let message = MlsMessage::read(r)?;
    match rule(&message) {
        Ok(seen) => Ok((message, seen)),
        Err(reason) => Reader::refuse(offset, reason, field),
    }
}

/// The answer of a rule, for writing.
pub fn written<T>(rule: Rule<T>, field: &'static str) -> Result<T, EncodeError> {
    rule.map_err(|reason| EncodeError { reason, field })
}

/// `MLSMessage proposals<V>`.
pub fn proposals(r: &mut Reader, field: &'static str) -> Result<Vec<MlsMessage>, WireError> {
    let mut found = vec![];
    r.each(field, |r| {
        found.push(message(r, field, proposal)?.0);
        Ok(())
    })?;
    Ok(found)
}

/// Writes `MLSMessage proposals<V>`.
pub fn write_proposals(w: &mut Writer, messages: &[MlsMessage], field: &'static str) -> Result<(), EncodeError> {
    let mut content = Writer::new();
    for message in messages {
        written(proposal(message), field)?;
        content.raw(message.octets());
    }
    Ok(w.opaque(&content.into_octets(), field).map(drop)?)
}
