use super::content;
use super::payload::Setup;
use super::structures::EncryptedNode;
use super::{Refused, Result};
use crate::reason::tree as reason;
use crate::wire::tls::Writer;
use std::fmt;

/// A node's secret, KDF.Nh octets.
#[derive(Clone, PartialEq, Eq)]
pub struct NodeSecret(pub(super) Vec<u8>);

impl NodeSecret {
    /// Its octets: for whoever helps a joiner, and for those who test what somebody knows.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for NodeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeSecret({} octets)", self.0.len())
    }
}

/// What an epoch's secret gives. Nothing but the transition into the epoch encrypts under it.
pub(super) struct EpochKeys<'a> {
    setup: &'a Setup,
    secret: &'a [u8],
    siv: Vec<u8>,
}

impl<'a> EpochKeys<'a> {
    pub(super) fn new(setup: &'a Setup, secret: &'a [u8]) -> Self {
        let siv = setup.suite.expand(secret, "ert siv", &[], setup.suite.hash_octets());
        Self { setup, secret, siv }
    }

    /// `node_siv` of a content: the key depends on what is encrypted, so that no fault uses one twice.
    pub(super) fn siv(&self, x: u32, content: &[u8]) -> Vec<u8> {
        self.setup.suite.mac(&self.siv, &[&x.to_be_bytes(), content])
    }

    /// `node_secret`.
    pub(super) fn node(&self, x: u32, siv: &[u8]) -> NodeSecret {
        let mut context = Writer::new();
        context.u32(x);
        // A hash has no more than 64 octets.
        let _ = context.opaque(siv, "node_siv");
        let octets = self.setup.suite.hash_octets();
        NodeSecret(self.setup.suite.expand(self.secret, "ert node", &context.into_octets(), octets))
    }

    /// `ert_tag` over an encoded ERTTagInput.
    pub(super) fn tag(&self, input: &[u8]) -> Vec<u8> {
        let suite = self.setup.suite;
        suite.mac(&suite.expand(self.secret, "ert tag", &[], suite.hash_octets()), &[input])
    }
}

/// What follows from a node's content in an epoch (section 3 of the page).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeKeys {
    /// `node_siv`, KDF.Nh octets.
    pub siv: Vec<u8>,
    /// `node_secret`, KDF.Nh octets.
    pub secret: NodeSecret,
    /// `node_key`, AEAD.Nk octets.
    pub key: Vec<u8>,
    /// `node_nonce`, AEAD.Nn octets.
    pub nonce: Vec<u8>,
}

/// A node that was opened: its payload, and for a parent the secrets of its children.
pub type Opened = (Vec<u8>, Option<(Vec<u8>, Vec<u8>)>);

impl Setup {
    /// The keys of a node with this content in an epoch with this secret of KDF.Nh octets.
    ///
    /// # Errors
    /// `tree-base` for a secret of another length.
    pub fn keys(&self, secret: &[u8], x: u32, content: &[u8]) -> Result<NodeKeys> {
        if secret.len() != self.secret_octets() {
            return Err(Refused::of(reason::TREE_BASE));
        }
        let epoch = EpochKeys::new(self, secret);
        let siv = epoch.siv(x, content);
        let secret = epoch.node(x, &siv);
        let (key, nonce) = self.suite.key_and_nonce(&secret.0);
        Ok(NodeKeys { siv, secret, key, nonce })
    }

    /// Wraps one node in an epoch with this secret.
    ///
    /// # Errors
    /// What is no payload of that place; `tree-child-secret-length`, `tree-node-missing`, `tree-base`.
    pub fn wrap(
        &self,
        secret: &[u8],
        epoch: u64,
        x: u32,
        payload: &[u8],
        children: Option<(&[u8], &[u8])>,
    ) -> Result<(EncryptedNode, NodeKeys)> {
        let broken = || Refused::at(reason::TREE_BASE, x);
        let content = content::Content { payload, children }.encode().ok_or_else(broken)?;
        content::Content::decode(self, x, &content)?;
        let keys = self.keys(secret, x, &content)?;
        let node = self.seal(&keys.secret, epoch, x, &content).ok_or_else(broken)?;
        Ok((node, keys))
    }

    /// Opens one node with its secret.
    ///
    /// # Errors
    /// `tree-ciphertext-length`, `tree-undecryptable`, and what is wrong with the content.
    pub fn unwrap(&self, secret: &[u8], node: &EncryptedNode) -> Result<Opened> {
        let x = node.node_index;
        content::ciphertext(node)?;
        let secret = NodeSecret(secret.to_vec());
        let content = self.unseal(&secret, node).ok_or(Refused::at(reason::TREE_UNDECRYPTABLE, x))?;
        let read = content::Content::decode(self, x, &content)?;
        let owned = |(left, right): (&[u8], &[u8])| (left.to_vec(), right.to_vec());
        Ok((read.payload.to_vec(), read.children.map(owned)))
    }

    /// Wraps the content of a node in this epoch. `None` where the library can not.
    pub(super) fn seal(&self, secret: &NodeSecret, epoch: u64, x: u32, content: &[u8]) -> Option<EncryptedNode> {
        let aad = content::additional(self, epoch, x)?;
        let ciphertext = self.suite.seal(&secret.0, &aad, content)?;
        Some(EncryptedNode { node_index: x, epoch, ciphertext })
    }

    /// The content of a node.
    pub(super) fn unseal(&self, secret: &NodeSecret, node: &EncryptedNode) -> Option<Vec<u8>> {
        let aad = content::additional(self, node.epoch, node.node_index)?;
        self.suite.open(&secret.0, &aad, &node.ciphertext)
    }
}
