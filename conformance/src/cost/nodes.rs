use super::measure::Suite;
use mimicheck::entropy::Stream;
use mimicheck::mls::member::{Client, Engine, Plan, Refusal, Settings};
use mimicheck::mls::open;
use mimicheck::reason;
use mimicheck::tree::RATCHET_TREE;
use mimicheck::wire::tls::{Reader, TooLong, WireError, Writer};

/// Octets of the identity of each member.
pub const IDENTITY: usize = 34;

/// The identity of the member with this number, [`IDENTITY`] octets.
#[must_use]
pub fn identity(member: usize) -> String {
    format!("mimi://a.example/d/user{member:07}/ph1")
}

/// Where a LeafNode comes from: those of commits have a parent hash, those of KeyPackages a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Of a KeyPackage.
    KeyPackage,
    /// Of a commit; without anybody on the copath it has no parent hash.
    Commit {
        /// Whether it has one.
        hashed: bool,
    },
}

/// Nodes of a ratchet tree (`optional<Node>`) for groups that are made up. Keys, hashes and signatures are random, and as long
/// as real ones; everything else is what OpenMLS put into the nodes of a real group.
#[derive(Clone, Debug)]
pub struct Nodes {
    /// Octets of an HPKE public key.
    key: usize,
    /// Octets of a signature key.
    signature_key: usize,
    /// Octets of a signature.
    signature: usize,
    /// Octets of a hash.
    hash: usize,
    capabilities: Vec<u8>,
    lifetime: Vec<u8>,
    extensions: Vec<u8>,
}

/// A device of the suite, of the member with this number.
pub(super) fn device(suite: Suite, member: usize) -> Result<Box<dyn Client>, Refusal> {
    open::engine().client(&Settings {
        identity: identity(member).into_bytes(),
        suite: suite.number(),
        seed: format!("cost {member}"),
        encrypt_handshake: true,
        application: None,
    })
}

/// What a LeafNode consists of, by section 7.2 of RFC 9420.
struct Leaf<'a> {
    key: usize,
    signature_key: usize,
    capabilities: &'a [u8],
    lifetime: &'a [u8],
    hash: usize,
    extensions: &'a [u8],
    signature: usize,
}

impl<'a> Leaf<'a> {
    fn read(node: &'a [u8]) -> Result<Self, WireError> {
        let mut r = Reader::new(node);
        r.optional("node")?;
        r.u8("node_type")?;
        let (key, signature_key) = (r.opaque("encryption_key")?.len(), r.opaque("signature_key")?.len());
        r.u16("credential_type")?;
        r.opaque("identity")?;
        let start = r.offset();
        for list in ["versions", "cipher_suites", "extensions", "proposals", "credentials"] {
            r.opaque(list)?;
        }
        let capabilities = node.get(start..r.offset()).unwrap_or_default();
        let (mut lifetime, mut hash) = (&[][..], 0);
        match r.u8("leaf_node_source")? {
            1 => lifetime = r.take(16, "lifetime")?,
            3 => hash = r.opaque("parent_hash")?.len(),
            _ => {}
        }
        let (extensions, signature) = (r.opaque("extensions")?, r.opaque("signature")?.len());
        r.finish("leaf")?;
        Ok(Self { key, signature_key, capabilities, lifetime, hash, extensions, signature })
    }
}

impl Nodes {
    /// As in a group of two that OpenMLS made: the second member as its KeyPackage has it, the first as it commits.
    ///
    /// # Errors
    /// The library's.
    pub fn of(suite: Suite) -> Result<Self, Refusal> {
        let mut first = device(suite, 0)?.create(b"cost")?;
        let add = vec![device(suite, 1)?.key_package()?];
        first.commit(&Plan { add, update: true, ..Plan::default() })?;
        first.merge_own()?;
        let octets = first.group_info()?.1;
        let other = |e: &dyn std::fmt::Display| Refusal { reason: reason::mls::MLS_OTHER, said: e.to_string() };
        let payloads = RATCHET_TREE.split(&octets).map_err(|e| other(&e))?;
        let [committed, _, added] = payloads[..] else { return Err(other(&"a tree of three nodes was expected")) };
        let (committed, added) =
            (Leaf::read(committed).map_err(|e| other(&e))?, Leaf::read(added).map_err(|e| other(&e))?);
        Ok(Self {
            key: added.key,
            signature_key: added.signature_key,
            signature: added.signature,
            hash: committed.hash,
            capabilities: added.capabilities.to_vec(),
            lifetime: added.lifetime.to_vec(),
            extensions: added.extensions.to_vec(),
        })
    }

    /// A leaf of this member.
    ///
    /// # Errors
    /// None that can happen: the parts come from vectors.
    pub(super) fn leaf(&self, member: usize, source: Source, random: &mut Stream) -> Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        w.optional(true).u8(1);
        w.opaque(&random.octets(self.key), "encryption_key")?;
        w.opaque(&random.octets(self.signature_key), "signature_key")?;
        w.u16(1).opaque(identity(member).as_bytes(), "identity")?.raw(&self.capabilities);
        match source {
            Source::KeyPackage => w.u8(1).raw(&self.lifetime),
            Source::Commit { hashed } => {
                w.u8(3).opaque(&random.octets(if hashed { self.hash } else { 0 }), "parent_hash")?
            }
        };
        w.opaque(&self.extensions, "extensions")?;
        w.opaque(&random.octets(self.signature), "signature")?;
        Ok(w.into_octets())
    }

    /// A parent; the highest of a path, which is the root of most trees, has no parent hash.
    ///
    /// # Errors
    /// So many leaves are unmerged that no vector has room for them.
    pub(super) fn parent(&self, highest: bool, unmerged: &[u32], random: &mut Stream) -> Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        w.optional(true).u8(2);
        w.opaque(&random.octets(self.key), "encryption_key")?;
        w.opaque(&random.octets(if highest { 0 } else { self.hash }), "parent_hash")?;
        let list: Vec<u8> = unmerged.iter().flat_map(|leaf| leaf.to_be_bytes()).collect();
        w.opaque(&list, "unmerged_leaves")?;
        Ok(w.into_octets())
    }
}
