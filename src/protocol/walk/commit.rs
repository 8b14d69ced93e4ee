use super::{Walk, leaf, proposal, unknown};
use crate::wire::tls::Reader;

/// Commit (section 12.4).
pub fn commit(r: &mut Reader) -> Walk {
    r.each("proposals", |r| {
        let offset = r.offset();
        match r.u8("proposal_or_ref_type")? {
            1 => proposal::proposal(r),
            2 => r.opaque("reference").map(drop),
            _ => unknown(offset, "proposal_or_ref_type"),
        }
    })?;
    if r.optional("path")? { update_path(r) } else { Ok(()) }
}

/// UpdatePath (section 7.6).
fn update_path(r: &mut Reader) -> Walk {
    leaf::leaf_node(r)?;
    r.each("nodes", |r| {
        r.opaque("encryption_key")?;
        r.each("encrypted_path_secret", hpke_ciphertext)
    })
}

/// HPKECiphertext (section 7.6).
pub fn hpke_ciphertext(r: &mut Reader) -> Walk {
    r.opaque("kem_output")?;
    r.opaque("ciphertext").map(drop)
}
