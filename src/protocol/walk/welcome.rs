use super::{Walk, commit, leaf, mls10, tree};
use crate::protocol::Head;
use crate::wire::tls::Reader;

/// The extension type `ratchet_tree` (section 17.3).
const RATCHET_TREE: u16 = 2;

/// Welcome (section 12.4.3.1).
pub fn welcome(r: &mut Reader) -> Walk<Head> {
    let cipher_suite = r.u16("cipher_suite")?;
    let mut recipients = vec![];
    r.each("secrets", |r| {
        recipients.push(r.opaque("new_member")?.to_vec());
        commit::hpke_ciphertext(r)
    })?;
    r.opaque("encrypted_group_info")?;
    Ok(Head::Welcome { cipher_suite, recipients })
}

/// GroupInfo (section 12.4.3) with its GroupContext (section 8.1). The tree in its extension `ratchet_tree` is
/// walked, too; of two, the first counts.
pub fn group_info(r: &mut Reader) -> Walk<Head> {
    let whole = r.rest();
    mls10(r, "version")?;
    let cipher_suite = r.u16("cipher_suite")?;
    let group_id = r.opaque("group_id")?.to_vec();
    let epoch = r.u64("epoch")?;
    let tree_hash = r.opaque("tree_hash")?.to_vec();
    r.opaque("confirmed_transcript_hash")?;
    leaf::extensions(r)?;
    let length = whole.len().saturating_sub(r.rest().len());
    let group_context = whole.get(..length).unwrap_or_default().to_vec();
    let mut ratchet_tree = None;
    r.each("extensions", |r| {
        let kind = r.u16("extension_type")?;
        let mut data = r.vector("extension_data")?;
        if kind == RATCHET_TREE {
            let octets = data.rest();
            tree::ratchet_tree(&mut data)?;
            data.finish("ratchet_tree")?;
            ratchet_tree.get_or_insert_with(|| octets.to_vec());
        }
        Ok(())
    })?;
    r.opaque("confirmation_tag")?;
    r.u32("signer")?;
    r.opaque("signature")?;
    Ok(Head::GroupInfo { cipher_suite, group_id, epoch, tree_hash, group_context, ratchet_tree })
}
