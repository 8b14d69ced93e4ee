//! What a call is for, read off its input. Guessed from the shape where RFC 9420 puts no label in: the name only has
//! to tell calls apart in the same way every time.

use crate::reason::wire as reason;
use crate::wire::tls::{Reader, WireError};

type Walk = Result<(), WireError>;

/// `opaque label<V>` at the start of an EncryptContext, a SignContent or a RefHashInput (sections 5.1.2, 5.1.3, 5.2).
pub(super) fn leading(input: &[u8]) -> String {
    let label = Reader::new(input).opaque("label").ok().filter(|label| label.starts_with(b"MLS 1.0 "));
    label.map(|label| String::from_utf8_lossy(label).into_owned()).unwrap_or_default()
}

/// A confirmation tag is over a hash (section 8.1), a membership tag over a whole message (section 6.2).
pub(super) fn of_mac(message: &[u8], hash_octets: usize) -> String {
    if message.len() == hash_octets { "confirmation tag".to_owned() } else { "membership tag".to_owned() }
}

/// The inputs of hashes: sections 5.2, 7.8 and 7.9; empty for transcripts and contexts.
pub(super) fn of_hash(input: &[u8]) -> String {
    let label = leading(input);
    if !label.is_empty() {
        return label;
    }
    if is(input, tree_hash) {
        return "tree hash".to_owned();
    }
    if is(input, parent_hash) { "parent hash".to_owned() } else { String::new() }
}

/// The additional data of encryptions: sections 6.3.1 and 6.3.2; a Welcome's GroupInfo has none (section 12.4.3.1).
pub(super) fn of_encryption(aad: &[u8]) -> String {
    if aad.is_empty() {
        return "group info".to_owned();
    }
    if is(aad, sender_data) {
        return "sender data".to_owned();
    }
    if is(aad, content) { "message".to_owned() } else { String::new() }
}

fn is(input: &[u8], walk: fn(&mut Reader<'_>) -> Walk) -> bool {
    let mut reader = Reader::new(input);
    walk(&mut reader).and_then(|()| reader.finish("input")).is_ok()
}

/// ParentHashInput.
fn parent_hash(r: &mut Reader<'_>) -> Walk {
    for field in ["encryption_key", "parent_hash", "original_sibling_tree_hash"] {
        r.opaque(field)?;
    }
    Ok(())
}

/// TreeHashInput; of a leaf node, the two keys that it begins with.
fn tree_hash(r: &mut Reader<'_>) -> Walk {
    match r.u8("node_type")? {
        1 => {
            r.u32("leaf_index")?;
            if r.optional("leaf_node")? {
                r.opaque("encryption_key")?;
                r.opaque("signature_key")?;
                r.take(r.rest().len(), "leaf_node")?;
            }
        }
        2 => {
            if r.optional("parent_node")? {
                parent_hash(r)?;
            }
            r.opaque("left_hash")?;
            r.opaque("right_hash")?;
        }
        _ => return Reader::refuse(r.offset(), reason::WIRE_TRAILING, "node_type"),
    }
    Ok(())
}

/// SenderDataAAD.
fn sender_data(r: &mut Reader<'_>) -> Walk {
    r.opaque("group_id")?;
    r.u64("epoch")?;
    r.u8("content_type").map(|_| ())
}

/// PrivateContentAAD.
fn content(r: &mut Reader<'_>) -> Walk {
    sender_data(r)?;
    r.opaque("authenticated_data").map(|_| ())
}
