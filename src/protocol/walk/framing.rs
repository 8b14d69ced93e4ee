use super::{Walk, commit, leaf, mls10, proposal, unknown, welcome};
use crate::protocol::{ContentType, Head, Sender};
use crate::wire::tls::Reader;

/// An MLSMessage (section 6).
pub fn message(r: &mut Reader) -> Walk<Head> {
    mls10(r, "version")?;
    let offset = r.offset();
    match r.u16("wire_format")? {
        1 => public(r),
        2 => private(r),
        3 => welcome::welcome(r),
        4 => welcome::group_info(r),
        5 => leaf::key_package(r).map(|cipher_suite| Head::KeyPackage { cipher_suite }),
        _ => unknown(offset, "wire_format"),
    }
}

/// PublicMessage (section 6.2): FramedContent (6), FramedContentAuthData (6.1), and a tag of members only.
fn public(r: &mut Reader) -> Walk<Head> {
    let group_id = r.opaque("group_id")?.to_vec();
    let epoch = r.u64("epoch")?;
    let sender = sender(r)?;
    r.opaque("authenticated_data")?;
    let content = content_type(r)?;
    match content {
        ContentType::Application => {
            r.opaque("application_data")?;
        }
        ContentType::Proposal => proposal::proposal(r)?,
        ContentType::Commit => commit::commit(r)?,
    }
    r.opaque("signature")?;
    if content == ContentType::Commit {
        r.opaque("confirmation_tag")?;
    }
    if matches!(sender, Sender::Member(_)) {
        r.opaque("membership_tag")?;
    }
    Ok(Head::Public { group_id, epoch, sender, content })
}

/// PrivateMessage (section 6.3).
fn private(r: &mut Reader) -> Walk<Head> {
    let group_id = r.opaque("group_id")?.to_vec();
    let epoch = r.u64("epoch")?;
    let content = content_type(r)?;
    r.opaque("authenticated_data")?;
    r.opaque("encrypted_sender_data")?;
    r.opaque("ciphertext")?;
    Ok(Head::Private { group_id, epoch, content })
}

fn sender(r: &mut Reader) -> Walk<Sender> {
    let offset = r.offset();
    Ok(match r.u8("sender_type")? {
        1 => Sender::Member(r.u32("leaf_index")?),
        2 => Sender::External(r.u32("sender_index")?),
        3 => Sender::NewMemberProposal,
        4 => Sender::NewMemberCommit,
        _ => return unknown(offset, "sender_type"),
    })
}

fn content_type(r: &mut Reader) -> Walk<ContentType> {
    let offset = r.offset();
    Ok(match r.u8("content_type")? {
        1 => ContentType::Application,
        2 => ContentType::Proposal,
        3 => ContentType::Commit,
        _ => return unknown(offset, "content_type"),
    })
}
