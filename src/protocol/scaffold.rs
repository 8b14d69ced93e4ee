//! Stands in for the strict walk of MLSMessage until it is here: reads heads, and walks nothing else. To be deleted
//! with the merge of the branch that has `MlsMessage::decode`.

use super::{ContentType, Head, MlsMessage, Sender};

impl MlsMessage {
    /// Reads the head.
    ///
    /// # Errors
    /// It can not be read.
    pub fn decode(octets: &[u8]) -> Result<Self, &'static str> {
        let head = head(octets).ok_or("no MLSMessage that can be read")?;
        Ok(Self::of(octets.to_vec(), head))
    }
}

fn head(octets: &[u8]) -> Option<Head> {
    let mut rest = octets;
    if take(&mut rest, 2)? != [0, 1] {
        return None;
    }
    match *take(&mut rest, 2)? {
        [0, 1] => {
            let group_id = vector(&mut rest)?.to_vec();
            let epoch = u64::from_be_bytes(take(&mut rest, 8)?.try_into().ok()?);
            let index = |rest: &mut &[u8]| Some(u32::from_be_bytes(take(rest, 4)?.try_into().ok()?));
            let sender = match *take(&mut rest, 1)? {
                [1] => Sender::Member(index(&mut rest)?),
                [2] => Sender::External(index(&mut rest)?),
                [3] => Sender::NewMemberProposal,
                [4] => Sender::NewMemberCommit,
                _ => return None,
            };
            vector(&mut rest)?;
            Some(Head::Public { group_id, epoch, sender, content: content(&mut rest)? })
        }
        [0, 2] => {
            let group_id = vector(&mut rest)?.to_vec();
            let epoch = u64::from_be_bytes(take(&mut rest, 8)?.try_into().ok()?);
            Some(Head::Private { group_id, epoch, content: content(&mut rest)? })
        }
        [0, 3] => {
            let cipher_suite = u16::from_be_bytes(take(&mut rest, 2)?.try_into().ok()?);
            let mut secrets = vector(&mut rest)?;
            let mut recipients = vec![];
            while !secrets.is_empty() {
                recipients.push(vector(&mut secrets)?.to_vec());
                vector(&mut secrets)?;
                vector(&mut secrets)?;
            }
            Some(Head::Welcome { cipher_suite, recipients })
        }
        [0, 4] => {
            take(&mut rest, 2)?;
            let cipher_suite = u16::from_be_bytes(take(&mut rest, 2)?.try_into().ok()?);
            let group_id = vector(&mut rest)?.to_vec();
            let epoch = u64::from_be_bytes(take(&mut rest, 8)?.try_into().ok()?);
            let tree_hash = vector(&mut rest)?.to_vec();
            vector(&mut rest)?;
            vector(&mut rest)?;
            let mut extensions = vector(&mut rest)?;
            let mut ratchet_tree = None;
            while !extensions.is_empty() {
                let kind = take(&mut extensions, 2)?;
                let data = vector(&mut extensions)?;
                if *kind == [0, 2] {
                    ratchet_tree = Some(data.to_vec());
                }
            }
            Some(Head::GroupInfo { cipher_suite, group_id, epoch, tree_hash, ratchet_tree })
        }
        [0, 5] => {
            take(&mut rest, 2)?;
            Some(Head::KeyPackage { cipher_suite: u16::from_be_bytes(take(&mut rest, 2)?.try_into().ok()?) })
        }
        _ => None,
    }
}

fn content(rest: &mut &[u8]) -> Option<ContentType> {
    match *take(rest, 1)? {
        [1] => Some(ContentType::Application),
        [2] => Some(ContentType::Proposal),
        [3] => Some(ContentType::Commit),
        _ => None,
    }
}

fn take<'a>(rest: &mut &'a [u8], octets: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(octets)?;
    *rest = left;
    Some(taken)
}

fn vector<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let first = *rest.first()?;
    let octets = match first >> 6 {
        0 => 1,
        1 => 2,
        2 => 4,
        _ => return None,
    };
    let length = take(rest, octets)?
        .iter()
        .enumerate()
        .fold(0u32, |sum, (i, octet)| (sum << 8) | u32::from(if i == 0 { octet & 0x3f } else { *octet }));
    take(rest, usize::try_from(length).ok()?)
}
