use crate::protocol::{CipherSuite, MlsMessage};
use crate::wire::tls::{Reader, WireError, Writer};

/// Whom a proposal takes out of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proposed {
    /// A Remove of this leaf.
    Remove(u32),
    /// A SelfRemove.
    SelfRemove,
    /// Anything else.
    Other,
}

/// ProposalType of Remove (RFC 9420 section 17.4).
const REMOVE: u16 = 3;
/// ProposalType of SelfRemove (draft-ietf-mls-extensions).
const SELF_REMOVE: u16 = 10;
/// `content_type` of a proposal.
const PROPOSAL: u8 = 2;

/// What a PublicMessage with a proposal proposes; anything else is [`Proposed::Other`].
pub(super) fn proposed(message: &MlsMessage) -> Proposed {
    read(message.octets()).unwrap_or(Proposed::Other)
}

fn read(octets: &[u8]) -> Result<Proposed, WireError> {
    let mut r = Reader::new(octets);
    r.u16("version")?;
    r.u16("wire_format")?;
    r.opaque("group_id")?;
    r.u64("epoch")?;
    if matches!(r.u8("sender_type")?, 1 | 2) {
        r.u32("index")?;
    }
    r.opaque("authenticated_data")?;
    if r.u8("content_type")? != PROPOSAL {
        return Ok(Proposed::Other);
    }
    Ok(match r.u16("proposal_type")? {
        REMOVE => Proposed::Remove(r.u32("removed")?),
        SELF_REMOVE => Proposed::SelfRemove,
        _ => Proposed::Other,
    })
}

/// ProposalRef (RFC 9420 section 5.2) of a PublicMessage with a proposal: the hash of its AuthenticatedContent, which
/// is the message without `version` in front and without `membership_tag` behind. `None` for an unknown suite, or
/// where the message is not as long as its tag.
pub(super) fn reference(suite: CipherSuite, message: &MlsMessage, from_member: bool) -> Option<Vec<u8>> {
    let length = suite.hash(&[])?.len();
    // The tag is as long as the hash; its length takes two octets from 64 on.
    let tag = if !from_member { 0 } else { length.saturating_add(if length < 64 { 1 } else { 2 }) };
    let octets = message.octets();
    let content = octets.get(2..octets.len().checked_sub(tag)?)?;
    let mut w = Writer::new();
    w.opaque(b"MLS 1.0 Proposal Reference", "label").ok()?;
    w.opaque(content, "value").ok()?;
    suite.hash(&w.into_octets())
}
