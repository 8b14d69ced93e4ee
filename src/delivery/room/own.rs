//! Proposals that the hub makes itself, as an external sender (RFC 9420 section 12.1.8): Remove of a client.

use super::contract::RoomSettings;
use super::sight::{RoomKeys, RoomView};
use crate::protocol::MlsMessage;
use crate::wire::tls::Writer;

/// The hub's index among the external senders: where its key stands under its name.
pub(super) fn index(view: &impl RoomView, settings: &RoomSettings, key: &[u8]) -> Option<u32> {
    let own = (key, settings.hub.0.as_slice());
    let at = view.external_senders().iter().position(|(key, name)| (key.as_slice(), name.as_slice()) == own)?;
    u32::try_from(at).ok()
}

/// A Remove of each leaf of the client, signed by the hub, in the order of the leaves.
pub(super) fn removes<V: RoomView>(
    view: &V,
    settings: &RoomSettings,
    keys: &impl RoomKeys,
    place: (&[u8], u64),
    client: &[u8],
) -> Option<Vec<MlsMessage>> {
    let index = index(view, settings, keys.public())?;
    let leaves = view.members().into_iter().filter(|(_, identity)| identity == client);
    leaves.map(|(leaf, _)| remove(keys, place, index, leaf)).collect()
}

/// PublicMessage (section 6.2): mls10, mls_public_message, FramedContent from an external sender with a Remove, and its
/// signature. What is signed is all of it but for the signature.
fn remove(keys: &impl RoomKeys, (group_id, epoch): (&[u8], u64), index: u32, leaf: u32) -> Option<MlsMessage> {
    let mut w = Writer::new();
    w.u16(1).u16(1).opaque(group_id, "group_id").ok()?;
    w.u64(epoch).u8(2).u32(index).opaque(&[], "authenticated_data").ok()?;
    w.u8(2).u16(3).u32(leaf);
    let signature = keys.sign("FramedContentTBS", &w.clone().into_octets())?;
    w.opaque(&signature, "signature").ok()?;
    MlsMessage::decode(&w.into_octets()).ok()
}
