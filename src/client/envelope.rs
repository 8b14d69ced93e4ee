//! Whether what came beside a commit is what the commit leads to (section 4.4).
//!
//! The committer signs the GroupInfo, so octets differ from what another member would publish. What both compute must
//! be equal: the GroupContext, the confirmation tag, the external public key and the tree, where they are there. The
//! signature itself is not compared; whoever joins by it verifies it.

use crate::mls::member::{Position, Refusal, Result};
use crate::protocol::{CipherSuite, Delivered, MlsMessage};
use crate::reason::delivery as reason;
use crate::wire::tls::Reader;

/// What a member publishes for the same epoch: a GroupInfo (MLSMessage) and its tree.
type Computed = Result<(Vec<u8>, Vec<u8>)>;

/// The envelope of a commit, held against where the commit leads.
///
/// # Errors
/// They differ.
pub(super) fn check(
    suite: CipherSuite,
    delivered: &Delivered,
    next: &Position,
    computed: impl FnOnce() -> Computed,
) -> Result<()> {
    let Some((masked, info)) = &delivered.commit else { return Err(false_envelope("a commit without an envelope")) };
    if next.partition_key.masked(suite).as_ref() != Some(masked) {
        return Err(false_envelope("another next partition key"));
    }
    let Some(info) = info else { return Ok(()) };
    let (own, tree) = computed()?;
    matches(info, &own, &tree)
}

fn false_envelope(said: &str) -> Refusal {
    Refusal { reason: reason::ENVELOPE_MISMATCH, said: said.to_owned() }
}

fn matches(info: &MlsMessage, own: &[u8], tree: &[u8]) -> Result<()> {
    let unreadable = || false_envelope("no GroupInfo that can be read");
    let theirs = Facts::read(info.octets()).ok_or_else(unreadable)?;
    let ours = Facts::read(own).ok_or_else(unreadable)?;
    if theirs.context != ours.context {
        return Err(false_envelope("a GroupInfo of another GroupContext"));
    }
    if theirs.tag != ours.tag {
        return Err(false_envelope("a GroupInfo with another confirmation tag"));
    }
    if theirs.external_pub.is_some() && theirs.external_pub != ours.external_pub {
        return Err(false_envelope("a GroupInfo with another external public key"));
    }
    if theirs.tree.is_some_and(|theirs| theirs != tree) {
        return Err(false_envelope("a GroupInfo with another tree"));
    }
    Ok(())
}

/// Those fields of a GroupInfo (RFC 9420 section 12.4.3) that every member of the epoch can compute.
struct Facts<'a> {
    context: &'a [u8],
    tag: &'a [u8],
    external_pub: Option<&'a [u8]>,
    tree: Option<&'a [u8]>,
}

/// Extension types (RFC 9420 section 17.3).
const RATCHET_TREE: u16 = 2;
const EXTERNAL_PUB: u16 = 4;

impl<'a> Facts<'a> {
    fn read(octets: &'a [u8]) -> Option<Self> {
        let mut r = Reader::new(octets);
        if r.array("version, wire_format").ok()? != [0, 1, 0, 4] {
            return None;
        }
        let whole = r.rest();
        r.take(4, "version, cipher_suite").ok()?;
        r.opaque("group_id").ok()?;
        r.u64("epoch").ok()?;
        for field in ["tree_hash", "confirmed_transcript_hash", "extensions"] {
            r.opaque(field).ok()?;
        }
        let context = whole.get(..whole.len().checked_sub(r.rest().len())?)?;
        let (mut external_pub, mut tree) = (None, None);
        r.each("extensions", |extension| {
            let kind = extension.u16("extension_type")?;
            let data = extension.opaque("extension_data")?;
            match kind {
                RATCHET_TREE => tree = Some(data),
                EXTERNAL_PUB => external_pub = Some(data),
                _ => {}
            }
            Ok(())
        })
        .ok()?;
        let tag = r.opaque("confirmation_tag").ok()?;
        Some(Self { context, tag, external_pub, tree })
    }
}
