use super::{Walk, mls10, unknown};
use crate::wire::tls::Reader;

/// KeyPackage (section 10): its cipher suite.
pub fn key_package(r: &mut Reader) -> Walk<u16> {
    mls10(r, "version")?;
    let cipher_suite = r.u16("cipher_suite")?;
    r.opaque("init_key")?;
    leaf_node(r)?;
    extensions(r)?;
    r.opaque("signature")?;
    Ok(cipher_suite)
}

/// LeafNode (section 7.2).
pub fn leaf_node(r: &mut Reader) -> Walk {
    r.opaque("encryption_key")?;
    r.opaque("signature_key")?;
    credential(r)?;
    capabilities(r)?;
    let offset = r.offset();
    match r.u8("leaf_node_source")? {
        1 => {
            r.u64("not_before")?;
            r.u64("not_after")?;
        }
        2 => {}
        3 => {
            r.opaque("parent_hash")?;
        }
        _ => return unknown(offset, "leaf_node_source"),
    }
    extensions(r)?;
    r.opaque("signature").map(drop)
}

/// Capabilities (section 7.2).
pub fn capabilities(r: &mut Reader) -> Walk {
    for list in ["versions", "cipher_suites", "extensions", "proposals", "credentials"] {
        r.each(list, |r| r.u16(list).map(drop))?;
    }
    Ok(())
}

/// Credential (section 5.3). The document gives types other than basic (1) and x509 (2) no form; one `opaque<V>` is
/// what implementations use.
pub fn credential(r: &mut Reader) -> Walk {
    match r.u16("credential_type")? {
        2 => r.each("certificates", |r| r.opaque("cert_data").map(drop)),
        _ => r.opaque("identity").map(drop),
    }
}

/// `Extension extensions<V>` (section 13).
pub fn extensions(r: &mut Reader) -> Walk {
    r.each("extensions", |r| {
        r.u16("extension_type")?;
        r.opaque("extension_data").map(drop)
    })
}
