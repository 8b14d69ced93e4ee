use super::{Kind, Piece};
use crate::wire::tls::{Reader, WireError};

type Result<T> = std::result::Result<T, WireError>;

/// A PublicMessage with a commit (RFC 9420 section 6.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Version and wire format.
    pub head: Vec<u8>,
    /// FramedContent (section 6).
    pub content: Piece,
    /// What is in `signature`.
    pub signature: Vec<u8>,
    /// What is in `confirmation_tag`.
    pub confirmation: Vec<u8>,
    /// What is in `membership_tag`; none where the sender is no member.
    pub membership: Option<Vec<u8>>,
}

/// Octets of a field of fixed length.
fn fixed(r: &mut Reader, octets: usize) -> Result<Piece> {
    Ok(Piece::Octets(r.take(octets, "a field")?.to_vec()))
}

fn opaque(r: &mut Reader) -> Result<Piece> {
    Ok(Piece::opaque(r.opaque("a vector")?))
}

/// A vector of elements that are read so.
fn each(r: &mut Reader, read: impl Fn(&mut Reader) -> Result<Piece>) -> Result<Piece> {
    let mut elements = vec![];
    r.each("a vector", |r| {
        elements.push(read(r)?);
        Ok(())
    })?;
    Ok(Piece::Vector(elements))
}

fn list(fields: impl IntoIterator<Item = Piece>) -> Piece {
    Piece::List(Kind::Plain, fields.into_iter().collect())
}

/// The octet of an enumeration, and the same as a field.
fn choice(r: &mut Reader) -> Result<(u8, Piece)> {
    let octet = r.u8("a choice")?;
    Ok((octet, Piece::Octets(vec![octet])))
}

/// Type and data, each.
fn extensions(r: &mut Reader) -> Result<Piece> {
    each(r, |r| Ok(list([fixed(r, 2)?, opaque(r)?])))
}

/// LeafNode (section 7.2) with a basic credential.
fn leaf(r: &mut Reader) -> Result<Piece> {
    let two = |r: &mut Reader| fixed(r, 2);
    let mut fields = vec![opaque(r)?, opaque(r)?, fixed(r, 2)?, opaque(r)?];
    for _ in 0..5 {
        fields.push(each(r, two)?);
    }
    let (source, octet) = choice(r)?;
    fields.push(octet);
    match source {
        1 => fields.extend([fixed(r, 8)?, fixed(r, 8)?]),
        3 => fields.push(opaque(r)?),
        _ => {}
    }
    fields.extend([extensions(r)?, opaque(r)?]);
    Ok(Piece::List(Kind::Leaf, fields))
}

fn bare_key_package(r: &mut Reader) -> Result<Piece> {
    let fields = vec![fixed(r, 2)?, fixed(r, 2)?, opaque(r)?, leaf(r)?, extensions(r)?, opaque(r)?];
    Ok(Piece::List(Kind::KeyPackage, fields))
}

/// AppDataUpdate (draft-ietf-mls-extensions section 4.7): a component, and its update, or that it goes.
fn app_data_update(r: &mut Reader) -> Result<Piece> {
    let component = fixed(r, 2)?;
    let (operation, octet) = choice(r)?;
    Ok(if operation == 1 { list([component, octet, opaque(r)?]) } else { list([component, octet]) })
}

/// ProposalOrRef (section 12.4).
fn proposal_or_ref(r: &mut Reader) -> Result<Piece> {
    let (which, octet) = choice(r)?;
    if which == 2 {
        return Ok(list([octet, opaque(r)?]));
    }
    let kind = r.u16("proposal_type")?;
    let name = Piece::Octets(kind.to_be_bytes().to_vec());
    let body = match kind {
        1 => bare_key_package(r)?,
        2 => leaf(r)?,
        3 => fixed(r, 4)?,
        6 => opaque(r)?,
        7 => extensions(r)?,
        8 => app_data_update(r)?,
        _ => list([]),
    };
    Ok(list([octet, name, body]))
}

fn path(r: &mut Reader) -> Result<Piece> {
    let leaf = leaf(r)?;
    let sealed = |r: &mut Reader| Ok(list([opaque(r)?, opaque(r)?]));
    let nodes = each(r, |r| Ok(list([opaque(r)?, each(r, sealed)?])))?;
    Ok(list([leaf, nodes]))
}

fn content(r: &mut Reader) -> Result<(u8, Piece)> {
    let mut fields = vec![opaque(r)?, fixed(r, 8)?];
    let (sender, octet) = choice(r)?;
    fields.push(octet);
    if sender <= 2 {
        fields.push(fixed(r, 4)?);
    }
    fields.extend([opaque(r)?, fixed(r, 1)?, each(r, proposal_or_ref)?]);
    let (present, octet) = choice(r)?;
    fields.push(octet);
    if present == 1 {
        fields.push(path(r)?);
    }
    Ok((sender, list(fields)))
}

/// A commit in a PublicMessage (MLSMessage).
///
/// # Errors
/// It is none.
pub fn commit(octets: &[u8]) -> Result<Commit> {
    let mut r = Reader::new(octets);
    let head = r.take(4, "version and wire format")?.to_vec();
    let (sender, content) = content(&mut r)?;
    let signature = r.opaque("signature")?.to_vec();
    let confirmation = r.opaque("confirmation_tag")?.to_vec();
    let membership = if sender == 1 { Some(r.opaque("membership_tag")?.to_vec()) } else { None };
    r.finish("a commit")?;
    Ok(Commit { head, content, signature, confirmation, membership })
}

/// A KeyPackage (MLSMessage): version and wire format, and the KeyPackage.
///
/// # Errors
/// It is none.
pub fn key_package(octets: &[u8]) -> Result<Piece> {
    let mut r = Reader::new(octets);
    let fields = [fixed(&mut r, 4)?, bare_key_package(&mut r)?];
    r.finish("a KeyPackage")?;
    Ok(list(fields))
}
