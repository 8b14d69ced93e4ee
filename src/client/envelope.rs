//! Whether what came beside a commit is what the commit leads to (section 4.4).
//!
//! The committer signs the GroupInfo, so octets differ from what another member would publish. What both compute must
//! be equal: the GroupContext, the confirmation tag, the external public key and the tree, where they are there. The
//! signature itself is not compared; whoever joins by it verifies it.

use crate::mls::member::{Position, Refusal, Result};
use crate::protocol::{CipherSuite, Delivered, MlsMessage};
use crate::reason::delivery as reason;

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
    Refusal { reason: reason::FALSE_ENVELOPE, said: said.to_owned() }
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
const RATCHET_TREE: [u8; 2] = [0, 2];
const EXTERNAL_PUB: [u8; 2] = [0, 4];

impl<'a> Facts<'a> {
    fn read(octets: &'a [u8]) -> Option<Self> {
        let mut rest = octets;
        if take(&mut rest, 4)? != [0, 1, 0, 4] {
            return None;
        }
        let whole = rest;
        take(&mut rest, 4)?; // version, cipher_suite
        vector(&mut rest)?; // group_id
        take(&mut rest, 8)?; // epoch
        for _ in ["tree_hash", "confirmed_transcript_hash", "extensions"] {
            vector(&mut rest)?;
        }
        let context = whole.get(..whole.len().checked_sub(rest.len())?)?;
        let mut extensions = vector(&mut rest)?;
        let tag = vector(&mut rest)?;
        let (mut external_pub, mut tree) = (None, None);
        while !extensions.is_empty() {
            let kind = take(&mut extensions, 2)?;
            let data = vector(&mut extensions)?;
            match kind {
                k if k == RATCHET_TREE => tree = Some(data),
                k if k == EXTERNAL_PUB => external_pub = Some(data),
                _ => {}
            }
        }
        Some(Self { context, tag, external_pub, tree })
    }
}

fn take<'a>(rest: &mut &'a [u8], octets: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(octets)?;
    *rest = left;
    Some(taken)
}

/// A vector with a length of RFC 9420 section 2.1.2.
fn vector<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let first = *rest.first()?;
    let octets = match first >> 6 {
        0 => 1,
        1 => 2,
        2 => 4,
        _ => return None,
    };
    let length = take(rest, octets)?.iter().enumerate().fold(0u32, |sum, (i, octet)| {
        let octet = if i == 0 { octet & 0x3f } else { *octet };
        (sum << 8) | u32::from(octet)
    });
    take(rest, usize::try_from(length).ok()?)
}
