use crate::protocol::CipherSuite;
use crate::wire::tls::Writer;

/// The label by which members export the link of an epoch (MLS-Exporter, RFC 9420 section 8.5), with an empty context.
pub const LINK_LABEL: &str = "mimi successor group";

/// Octets of a link.
pub const LINK_OCTETS: usize = 32;

/// What ties a successor to an epoch of its group: a secret of 32 octets that members export while they are there.
///
/// RFC 9420 has two ways to tie groups together, and a fork has neither. ReInit (section 11.2) is a commit that both branches
/// would have to follow. A branch (section 11.3) takes a resumption PSK of an epoch, which members of the other branch have
/// only of epochs before the fork, if their library kept it; and a client that has lost its state has none. So the
/// id of the successor is derived from this secret: whoever was in the last common epoch can compute the id beforehand,
/// and nobody else can make a group of that id.
#[derive(Clone, PartialEq, Eq)]
pub struct Link([u8; LINK_OCTETS]);

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(..)")
    }
}

impl Link {
    /// A link of these octets; `None` for another length.
    #[must_use]
    pub fn new(exported: &[u8]) -> Option<Self> {
        exported.try_into().ok().map(Self)
    }

    /// The id of the successor of this number, the first being 0: the hash of the cipher suite over label, link and
    /// number. `None` for a suite without a known hash.
    #[must_use]
    pub fn successor(&self, suite: CipherSuite, number: u32) -> Option<Vec<u8>> {
        let mut w = Writer::new();
        w.raw(LINK_LABEL.as_bytes()).raw(&self.0).u32(number);
        suite.hash(&w.into_octets())
    }
}
