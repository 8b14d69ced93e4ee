use super::fault::Fault;
use crate::mls::anatomy::{Framed, Path, broken};
use crate::mls::member::{Listed, Result};
use crate::wire::tls::Writer;

/// ProposalOrRefType proposal(1), reference(2).
const BY_VALUE: u8 = 1;
const BY_REFERENCE: u8 = 2;
/// ProposalTypes (RFC 9420 section 17.4).
const ADD: u16 = 1;
const UPDATE: u16 = 2;
const REMOVE: u16 = 3;
const PSK: u16 = 4;
const REINIT: u16 = 5;
const EXTERNAL_INIT: u16 = 6;
const GROUP_CONTEXT_EXTENSIONS: u16 = 7;

/// A proposal by value.
fn proposal(kind: u16, fields: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut w = Writer::new();
    w.u8(BY_VALUE).u16(kind);
    fields(&mut w);
    w.into_octets()
}

fn opaque(w: &mut Writer, octets: &[u8]) {
    // What is written here is short.
    let _ = w.opaque(octets, "field");
}

fn remove(leaf: u32) -> Vec<u8> {
    proposal(REMOVE, |w| _ = w.u32(leaf))
}

fn reference() -> Vec<u8> {
    let mut w = Writer::new();
    w.u8(BY_REFERENCE);
    opaque(&mut w, &[0x5a; 32]);
    w.into_octets()
}

/// A GroupContextExtensions with one extension of this type, without data.
fn context_extension(kind: u16) -> Vec<u8> {
    proposal(GROUP_CONTEXT_EXTENSIONS, |w| {
        let mut extension = Writer::new();
        extension.u16(kind);
        opaque(&mut extension, &[]);
        opaque(w, &extension.into_octets());
    })
}

fn is_kind(octets: &[u8], kind: u16) -> bool {
    octets.strip_prefix(&[BY_VALUE]).is_some_and(|rest| rest.starts_with(&kind.to_be_bytes()))
}

/// What else the rewriting needs.
pub(super) struct Around<'a> {
    /// Leaf of the committer.
    pub me: u32,
    /// Everybody else.
    pub others: &'a [Listed],
    /// A KeyPackage of somebody who is not there, without the MLSMessage around it.
    pub stranger: &'a [u8],
}

/// The content with the fault in it; the same content where there is nothing to spoil.
pub(super) fn content(fault: Fault, honest: &Framed, around: &Around<'_>) -> Result<Framed> {
    let mut made = honest.clone();
    let Framed { group_id, epoch, sender, commit, .. } = &mut made;
    let another = around.others.first().map(|listed| listed.leaf);
    let proposals = &mut commit.proposals;
    match fault {
        Fault::WrongGroup => group_id.push(b'!'),
        Fault::LaterEpoch => *epoch = epoch.saturating_add(1),
        Fault::EarlierEpoch => *epoch = epoch.saturating_sub(1),
        Fault::SenderIsAnother => *sender = member(another.ok_or_else(|| broken("nobody else is there"))?),
        Fault::SenderBeyondTree => *sender = member(1 << 20),
        Fault::UnknownProposalReference | Fault::ExternalByReference => proposals.push(reference()),
        Fault::RemoveTwice => {
            let removes: Vec<_> = proposals.iter().filter(|p| is_kind(p, REMOVE)).cloned().collect();
            let twice = removes.into_iter().next().or_else(|| another.map(remove));
            let twice = twice.ok_or_else(|| broken("nobody to remove"))?;
            if !proposals.contains(&twice) {
                proposals.push(twice.clone());
            }
            proposals.push(twice);
        }
        Fault::RemoveCommitter => proposals.push(remove(around.me)),
        Fault::RemoveNobody => proposals.push(remove(1 << 20)),
        Fault::UpdateByCommitter => {
            let leaf = path(&mut commit.path)?.leaf.clone();
            proposals.push(proposal(UPDATE, |w| _ = w.raw(&leaf)));
        }
        Fault::AddTwice => {
            let adds: Vec<_> = proposals.iter().filter(|p| is_kind(p, ADD)).cloned().collect();
            match adds.into_iter().next() {
                Some(add) => proposals.push(add),
                None => {
                    let add = proposal(ADD, |w| _ = w.raw(around.stranger));
                    proposals.extend([add.clone(), add]);
                }
            }
        }
        Fault::ExternalWithAdd => proposals.push(proposal(ADD, |w| _ = w.raw(around.stranger))),
        Fault::ExternalInitByMember => proposals.push(proposal(EXTERNAL_INIT, |w| opaque(w, &[0x5a; 32]))),
        Fault::UnknownPreSharedKey => proposals.push(proposal(PSK, |w| {
            w.u8(1);
            opaque(w, b"nobody's");
            opaque(w, &[0x5a; 32]);
        })),
        Fault::ReinitBesideOthers => proposals.push(proposal(REINIT, |w| {
            opaque(w, b"another group");
            w.u16(1).u16(1);
            opaque(w, &[]);
        })),
        Fault::ContextExtensionsTwice => {
            let none = proposal(GROUP_CONTEXT_EXTENSIONS, |w| opaque(w, &[]));
            proposals.extend([none.clone(), none]);
        }
        Fault::ContextExtensionUnsupported => proposals.push(context_extension(0xf7a5)),
        Fault::ExternalRemovesAnother => {
            proposals.push(remove(another.ok_or_else(|| broken("nobody to remove"))?));
        }
        Fault::ExternalWithoutInit => proposals.retain(|p| !is_kind(p, EXTERNAL_INIT)),
        Fault::ExternalTwoInits => {
            let inits: Vec<_> = proposals.iter().filter(|p| is_kind(p, EXTERNAL_INIT)).cloned().collect();
            proposals.extend(inits);
        }
        Fault::PathMissing | Fault::ExternalWithoutPath => commit.path = None,
        Fault::PathTooLong => {
            let nodes = &mut path(&mut commit.path)?.nodes;
            nodes.extend(nodes.last().cloned());
        }
        Fault::PathTooShort => drop(path(&mut commit.path)?.nodes.pop()),
        Fault::PathCiphertextMore => {
            let node = path(&mut commit.path)?.nodes.last_mut().ok_or_else(|| broken("a path without nodes"))?;
            node.1.extend(node.1.last().cloned());
        }
        Fault::PathCiphertextLess => {
            let node = path(&mut commit.path)?.nodes.last_mut().ok_or_else(|| broken("a path without nodes"))?;
            node.1.pop();
        }
        _ => {}
    }
    Ok(made)
}

fn path(path: &mut Option<Path>) -> Result<&mut Path> {
    path.as_mut().ok_or_else(|| broken("no path to spoil"))
}

/// Sender of type member(1).
fn member(leaf: u32) -> Vec<u8> {
    let mut w = Writer::new();
    w.u8(1).u32(leaf);
    w.into_octets()
}

/// Octets of a finished message with a fault of theirs.
pub(super) fn octets(fault: Fault, honest: &[u8]) -> Vec<u8> {
    let mut made = honest.to_vec();
    let flip = |made: &mut Vec<u8>, at: usize| {
        if let Some(octet) = made.get_mut(at) {
            *octet ^= 1;
        }
    };
    match fault {
        Fault::Cut => drop(made.pop()),
        Fault::AndMore => made.push(0),
        Fault::BitFlippedEarly => flip(&mut made, honest.len() / 3),
        Fault::BitFlippedLate => flip(&mut made, honest.len().saturating_sub(honest.len() / 8)),
        _ => {}
    }
    made
}
