use crate::protocol::Structure;
use crate::protocol::room::FrankAAD;
use crate::reason::{Reason, franking as reason};
use crate::wire::tls::{Reader, WireError, Writer};

/// ComponentID of `frank_aad` (section 10.1).
const FRANK_AAD: u16 = 0x0020;

/// The `authenticated_data` of a message with this tag and nothing else: a SafeAAD of one item
/// (draft-ietf-mls-extensions section 4.9), 36 octets.
#[must_use]
pub fn authenticated_data(franking_tag: [u8; 32]) -> Vec<u8> {
    let write = || {
        let data = FrankAAD { franking_tag }.encode().ok()?;
        let (mut items, mut w) = (Writer::new(), Writer::new());
        items.u16(FRANK_AAD).opaque(&data, "aad_item_data").ok()?;
        w.opaque(&items.into_octets(), "aad_items").ok()?;
        Some(w.into_octets())
    };
    // 32 octets fit into every vector.
    write().unwrap_or_default()
}

/// The franking tag in the `authenticated_data` of a message; `None` where there is none. What follows the SafeAAD is
/// not looked at, nor are the data of other components. No octets at all are a message without components.
///
/// # Errors
/// A reason of the TLS presentation language for what is no SafeAAD, and for a tag that does not have 32 octets;
/// `safe-aad-order`.
pub fn tag_in(authenticated_data: &[u8]) -> Result<Option<[u8; 32]>, Reason> {
    if authenticated_data.is_empty() {
        return Ok(None);
    }
    let (mut before, mut found) = (None, None);
    let mut item = |r: &mut Reader<'_>| {
        let offset = r.offset();
        let component = r.u16("component_id")?;
        let data = r.opaque("aad_item_data")?;
        if before.replace(component).is_some_and(|before| before >= component) {
            return Reader::refuse(offset, reason::SAFE_AAD_ORDER, "component_id");
        }
        if component == FRANK_AAD {
            found = Some(FrankAAD::decode(data)?.franking_tag);
        }
        Ok(())
    };
    let read: Result<(), WireError> = Reader::new(authenticated_data).each("aad_items", &mut item);
    read.map_err(|e| e.reason)?;
    Ok(found)
}
