use super::{Walk, leaf, unknown};
use crate::reason::wire as reason;
use crate::wire::tls::Reader;

/// Proposal (section 12.1); 8 to 10 are those of draft-ietf-mls-extensions.
pub fn proposal(r: &mut Reader) -> Walk {
    let offset = r.offset();
    match r.u16("proposal_type")? {
        1 => leaf::key_package(r).map(drop),
        2 => leaf::leaf_node(r),
        3 => r.u32("removed").map(drop),
        4 => pre_shared_key_id(r),
        5 => re_init(r),
        6 => r.opaque("kem_output").map(drop),
        7 => leaf::extensions(r),
        8 => app_data_update(r),
        9 => app_ephemeral(r),
        10 => Ok(()),
        _ => Reader::refuse(offset, reason::WIRE_UNKNOWN_PROPOSAL_TYPE, "proposal_type"),
    }
}

/// PreSharedKeyID (section 8.4); 3 is an application's (draft-ietf-mls-extensions).
fn pre_shared_key_id(r: &mut Reader) -> Walk {
    let offset = r.offset();
    match r.u8("psktype")? {
        1 => {
            r.opaque("psk_id")?;
        }
        2 => {
            let offset = r.offset();
            if !(1..=3).contains(&r.u8("usage")?) {
                return unknown(offset, "usage");
            }
            r.opaque("psk_group_id")?;
            r.u64("psk_epoch")?;
        }
        3 => {
            r.u16("component_id")?;
            r.opaque("psk_id")?;
        }
        _ => return unknown(offset, "psktype"),
    }
    r.opaque("psk_nonce").map(drop)
}

/// ReInit (section 12.1.5); its version is that of another group, so that any is taken.
fn re_init(r: &mut Reader) -> Walk {
    r.opaque("group_id")?;
    r.u16("version")?;
    r.u16("cipher_suite")?;
    leaf::extensions(r)
}

/// AppDataUpdate (draft-ietf-mls-extensions): `update(1)` with octets, or `remove(2)`.
fn app_data_update(r: &mut Reader) -> Walk {
    r.u16("component_id")?;
    let offset = r.offset();
    match r.u8("op")? {
        1 => r.opaque("update").map(drop),
        2 => Ok(()),
        _ => unknown(offset, "op"),
    }
}

/// AppEphemeral (draft-ietf-mls-extensions).
fn app_ephemeral(r: &mut Reader) -> Walk {
    r.u16("component_id")?;
    r.opaque("data").map(drop)
}
