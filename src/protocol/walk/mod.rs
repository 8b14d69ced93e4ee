//! The strict walk through the structures of MLS (RFC 9420), to the end of each.
//!
//! An MLSMessage has no length of its own, so that its end is found by walking it. The walk says where it ends and
//! what anybody can read; it verifies no signature, no tag, and no rule but those of the syntax. What is opaque in
//! the document stays opaque here: credentials of unknown types (`opaque<V>`, as every implementation reads
//! them), and the data of extensions.
//!
//! A member of the family is a function `fn(&mut Reader) -> Result<…>`, added in a few lines: its fields in
//! order. Nothing here recurses, so that no input makes it deep.
//!
//! | file | what | RFC 9420 |
//! |---|---|---|
//! | `framing` | MLSMessage, PublicMessage, PrivateMessage | 6 |
//! | `commit` | Commit, UpdatePath | 7.6, 12.4 |
//! | `proposal` | Proposal, PreSharedKeyID | 8.4, 12.1 |
//! | `leaf` | LeafNode, KeyPackage, Extension | 7.2, 10 |
//! | `welcome` | Welcome, GroupInfo, GroupContext | 8.1, 12.4.3 |
//! | `tree` | RatchetTree | 12.4.3.3 |

mod commit;
mod framing;
mod leaf;
mod proposal;
mod tree;
mod welcome;

#[cfg(test)]
mod tests;

use crate::reason::wire as reason;
use crate::wire::tls::{Reader, WireError};

pub(super) use commit::hpke_ciphertext;
pub use commit::hpke_ciphertext as read_hpke_ciphertext;
pub(super) use framing::message;
pub use leaf::leaf_node as read_leaf_node;
pub(super) use leaf::{capabilities, credential, extensions, key_package};
pub use proposal::proposal as read_proposal;
pub use tree::optional_node;
pub(super) use tree::ratchet_tree;
pub(super) use welcome::{group_info, welcome};

/// That `octets` are a KeyPackage (section 10) to the last one, without the framing of an MLSMessage. Gives its
/// cipher suite.
///
/// # Errors
/// The first place where they are not.
pub fn check_key_package(octets: &[u8]) -> Result<u16, WireError> {
    let mut r = Reader::new(octets);
    let cipher_suite = key_package(&mut r)?;
    r.finish("KeyPackage")?;
    Ok(cipher_suite)
}

/// That `octets` are an `optional<Node> ratchet_tree<V>` (section 12.4.3.3) to the last one.
///
/// # Errors
/// The first place where they are not.
pub fn check_ratchet_tree(octets: &[u8]) -> Result<(), WireError> {
    let mut r = Reader::new(octets);
    ratchet_tree(&mut r)?;
    r.finish("RatchetTree")
}

pub(super) type Walk<T = ()> = Result<T, WireError>;

/// A value of an enumeration that its definition does not list.
const fn unknown<T>(offset: usize, field: &'static str) -> Walk<T> {
    Reader::refuse(offset, reason::WIRE_UNKNOWN_ENUM, field)
}

/// A `ProtocolVersion` that must be mls10 (1), because no other has a known form.
fn mls10(r: &mut Reader, field: &'static str) -> Walk {
    let offset = r.offset();
    if r.u16(field)? == 1 { Ok(()) } else { Reader::refuse(offset, reason::WIRE_UNKNOWN_VERSION, field) }
}
