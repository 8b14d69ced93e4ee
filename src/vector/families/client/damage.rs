//! Octets of an MLSMessage changed where its fields lie. Offsets follow RFC 9420 sections 6.2 and 6.3; authenticated
//! data is empty and group ids are shorter than 64 octets in all messages here.

/// Version and wire format.
const HEAD: usize = 4;

fn with(octets: &[u8], at: usize, change: impl FnOnce(&mut u8)) -> Vec<u8> {
    let mut changed = octets.to_vec();
    if let Some(octet) = changed.get_mut(at) {
        change(octet);
    }
    changed
}

/// One bit of the octet that is so many from the end, the last being 1.
pub(in crate::vector::families) fn from_end(octets: &[u8], back: usize) -> Vec<u8> {
    with(octets, octets.len().saturating_sub(back), |o| *o ^= 1)
}

/// One bit of the octet at this offset.
pub(in crate::vector::families) fn from_start(octets: &[u8], at: usize) -> Vec<u8> {
    with(octets, at, |o| *o ^= 1)
}

/// Another octet at this offset.
pub(in crate::vector::families) fn set(octets: &[u8], at: usize, value: u8) -> Vec<u8> {
    with(octets, at, |o| *o = value)
}

/// Where the epoch begins.
fn epoch(octets: &[u8]) -> usize {
    HEAD + 1 + usize::from(octets.get(HEAD).copied().unwrap_or_default())
}

/// The group id's last octet changed.
pub(in crate::vector::families) fn group_id(octets: &[u8]) -> Vec<u8> {
    with(octets, epoch(octets) - 1, |o| *o ^= 1)
}

/// The epoch one higher.
pub(in crate::vector::families) fn next_epoch(octets: &[u8]) -> Vec<u8> {
    with(octets, epoch(octets) + 7, |o| *o = o.wrapping_add(1))
}

/// Of a PublicMessage: the leaf index of the sender, which follows the epoch and the sender's type.
pub(in crate::vector::families) fn sender_leaf(octets: &[u8], leaf: u8) -> Vec<u8> {
    with(octets, epoch(octets) + 8 + 4, |o| *o = leaf)
}

/// Of a PrivateMessage: the first octet of the encrypted sender data, which follows epoch, content type, and the
/// lengths of authenticated data and of itself.
pub(in crate::vector::families) fn sender_data(octets: &[u8]) -> Vec<u8> {
    with(octets, epoch(octets) + 8 + 1 + 1 + 1, |o| *o ^= 1)
}

/// Of a PrivateMessage: the content type says application.
pub(in crate::vector::families) fn as_application(octets: &[u8]) -> Vec<u8> {
    with(octets, epoch(octets) + 8, |o| *o = 1)
}

/// Without the last octets.
pub(in crate::vector::families) fn without_last(octets: &[u8], count: usize) -> Vec<u8> {
    octets.get(..octets.len().saturating_sub(count)).unwrap_or_default().to_vec()
}

/// The first octets alone.
pub(in crate::vector::families) fn first(octets: &[u8], count: usize) -> Vec<u8> {
    octets.get(..count).unwrap_or(octets).to_vec()
}

/// With an octet more.
pub(in crate::vector::families) fn and_more(octets: &[u8]) -> Vec<u8> {
    [octets, &[0]].concat()
}
