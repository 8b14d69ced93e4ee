//! Structures of MLS that stand bare in a structure of a room, without the framing of an MLSMessage: their octets, of
//! which every length was followed to the end.

use super::part::Part;
use crate::protocol::{EncodeError, Head, walk};
use crate::wire::tls::{Reader, WireError, Writer};

/// The octets that `step` walks over.
fn taken<'a, T>(
    r: &mut Reader<'a>,
    field: &'static str,
    step: impl FnOnce(&mut Reader<'a>) -> Result<T, WireError>,
) -> Result<(T, Vec<u8>), WireError> {
    let mut ahead = *r;
    let seen = step(&mut ahead)?;
    let length = ahead.offset().saturating_sub(r.offset());
    Ok((seen, r.take(length, field)?.to_vec()))
}

macro_rules! walked {
    ($($(#[$meta:meta])* $name:ident: $seen:ty = $walk:path;)*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $name {
                octets: Vec<u8>,
                seen: $seen,
            }

            impl $name {
                /// The structure that `octets` are, to the last one.
                ///
                /// # Errors
                /// The first place where they are not; `wire-trailing` when octets follow it.
                pub fn decode(octets: &[u8]) -> Result<Self, WireError> {
                    let mut r = Reader::new(octets);
                    let whole = Self::read_part(&mut r, stringify!($name))?;
                    r.finish(stringify!($name))?;
                    Ok(whole)
                }

                /// Its octets.
                #[must_use]
                pub fn octets(&self) -> &[u8] {
                    &self.octets
                }

                /// What the walk saw of it.
                #[must_use]
                pub const fn seen(&self) -> &$seen {
                    &self.seen
                }
            }

            impl Part for $name {
                fn read_part(r: &mut Reader, field: &'static str) -> Result<Self, WireError> {
                    let (seen, octets) = taken(r, field, $walk)?;
                    Ok(Self { octets, seen })
                }

                fn write_part(&self, w: &mut Writer, _: &'static str) -> Result<(), EncodeError> {
                    w.raw(&self.octets);
                    Ok(())
                }
            }
        )*
    };
}

walked! {
    /// A KeyPackage (RFC 9420 section 10); seen of it: its cipher suite.
    KeyPackage: u16 = walk::key_package;
    /// A Welcome (RFC 9420 section 12.4.3.1).
    Welcome: Head = walk::welcome;
    /// A GroupInfo (RFC 9420 section 12.4.3).
    GroupInfo: Head = walk::group_info;
    /// A Credential (RFC 9420 section 5.3).
    Credential: () = walk::credential;
    /// Capabilities (RFC 9420 section 7.2).
    Capabilities: () = walk::capabilities;
    /// An `optional<Node> ratchet_tree<V>` (RFC 9420 section 12.4.3.3).
    RatchetTree: () = walk::ratchet_tree;
    /// An HPKECiphertext (RFC 9420 section 7.6).
    HpkeCiphertext: () = walk::hpke_ciphertext;
    /// `Extension extensions<V>` (RFC 9420 section 13).
    Extensions: () = walk::extensions;
}

impl Credential {
    /// The identity of a basic credential (RFC 9420 section 5.3); `None` for another type.
    #[must_use]
    pub fn identity(&self) -> Option<&[u8]> {
        let mut r = Reader::new(&self.octets);
        let basic = r.u16("credential_type").is_ok_and(|kind| kind == 1);
        r.opaque("identity").ok().filter(|_| basic)
    }
}
