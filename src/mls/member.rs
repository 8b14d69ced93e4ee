//! What a client does with MLS, whichever library does it.
//!
//! A [`Client`] is a device: an identity, a signature key, KeyPackages. A [`Member`] is that device in one group.
//! Receiving never moves by itself: [`Member::process`] stages a commit, [`Member::merge`] moves,
//! [`Member::discard`] is as if it had never come. Whatever is refused leaves everything as it was.

use crate::protocol::{CipherSuite, Held, PartitionKey};
use crate::reason::Reason;
use std::fmt;

/// Why the library, or this room, refuses; in this suite's words, with the library's own beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable reason.
    pub reason: Reason,
    /// What the library said.
    pub said: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason.text(), self.said)
    }
}

impl std::error::Error for Refusal {}

/// Result of this room.
pub type Result<T> = std::result::Result<T, Refusal>;

fn cannot(what: &str) -> Refusal {
    Refusal { reason: crate::reason::mls::MLS_OTHER, said: format!("this engine can not {what}") }
}

/// An MLS library.
pub trait Engine {
    /// Its name and version, e.g. `openmls 0.9.2`.
    fn name(&self) -> &'static str;
    /// Whether the same seed gives the same octets.
    fn byte_stable(&self) -> bool;
    /// Whether its devices can look into a Welcome before they have the tree ([`Client::ahead`]).
    fn looks_ahead(&self) -> bool {
        false
    }
    /// A device that makes its own keys, all from `seed`.
    ///
    /// # Errors
    /// The cipher suite is not supported.
    fn client(&self, settings: &Settings) -> Result<Box<dyn Client>>;
    /// A device that somebody else made: one KeyPackage and its private keys.
    ///
    /// # Errors
    /// They do not fit together.
    fn restore(&self, keys: &PrivateKeys) -> Result<Box<dyn Client>>;
}

/// How a device is made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Identity of its basic credential.
    pub identity: Vec<u8>,
    /// Cipher suite.
    pub suite: CipherSuite,
    /// Seed of every random octet it will ever use.
    pub seed: String,
    /// Whether its handshake messages are PrivateMessages.
    pub encrypt_handshake: bool,
    /// What its groups hold for an application; an engine may know none.
    pub application: Option<Application>,
}

/// What an application keeps in the GroupContext of its groups (draft-ietf-mls-extensions section 4.6). Members of
/// such a group list the extension `app_data_dictionary` and the proposal AppDataUpdate among their capabilities.
#[derive(Clone, Debug)]
pub struct Application {
    /// Signature key and identity (of a basic credential) of each external sender, for a group that is created.
    pub external_senders: Vec<(Vec<u8>, Vec<u8>)>,
    /// Data of each component, by its ComponentID, for a group that is created.
    pub data: Vec<(u16, Vec<u8>)>,
    /// What AppDataUpdates make of a component's data; `None` where it is not valid.
    pub update: Update,
}

/// ComponentID, data before (`None` for a component without), each `AppDataUpdate.update` of a commit in order → data
/// after.
pub type Update = fn(u16, Option<&[u8]>, &[&[u8]]) -> Option<Vec<u8>>;

/// One KeyPackage and the private keys that belong to it, as in the MLS working group's passive client vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateKeys {
    /// Cipher suite.
    pub suite: CipherSuite,
    /// The KeyPackage as MLSMessage.
    pub key_package: Vec<u8>,
    /// Signature key: the 32-octet seed with Ed25519, the scalar with ECDSA.
    pub signature: Vec<u8>,
    /// Private key of the leaf.
    pub encryption: Vec<u8>,
    /// Private key of `init_key`.
    pub init: Vec<u8>,
    /// Whether its handshake messages are PrivateMessages.
    pub encrypt_handshake: bool,
}

/// A device.
pub trait Client {
    /// A fresh KeyPackage, as MLSMessage.
    ///
    /// # Errors
    /// The library's.
    fn key_package(&mut self) -> Result<Vec<u8>>;
    /// The private keys of a KeyPackage that [`Client::key_package`] gave and that was not used yet.
    ///
    /// # Errors
    /// It is not one of its own.
    fn private_keys(&self, key_package: &[u8]) -> Result<PrivateKeys>;
    /// A new group with this client alone, in epoch 0.
    ///
    /// # Errors
    /// The library's.
    fn create(&mut self, group_id: &[u8]) -> Result<Box<dyn Member>>;
    /// Joins by a Welcome (MLSMessage), with the tree beside it where the GroupInfo has none. The KeyPackage is
    /// used up only when it succeeds.
    ///
    /// # Errors
    /// The Welcome, the GroupInfo or the tree is refused.
    fn join(&mut self, welcome: &[u8], ratchet_tree: Option<&[u8]>) -> Result<Box<dyn Member>>;
    /// Joins by an external commit. The member is in the new epoch at once; others need the commit.
    ///
    /// # Errors
    /// The GroupInfo or the tree is refused.
    fn external_join(&mut self, group_info: &[u8], ratchet_tree: Option<&[u8]>)
    -> Result<(Box<dyn Member>, CommitOut)>;
    /// The group that a Welcome (MLSMessage) leads to, before anything but its decryption was verified: whoever needs
    /// the tree has to know whose.
    ///
    /// # Errors
    /// The Welcome is for none of its KeyPackages, does not open, or the engine can not look.
    fn welcome_group(&self, welcome: &[u8]) -> Result<Vec<u8>> {
        let _ = welcome;
        Err(cannot("look into a Welcome"))
    }
    /// Where a Welcome (MLSMessage) leads, and `MLS-Exporter(label, group_id, octets)` there, before the tree is known and so
    /// before anything but its decryption was verified: whoever keeps the tree has to be asked for it, and it has to be opened.
    ///
    /// # Errors
    /// As [`Client::welcome_group`].
    fn ahead(&self, welcome: &[u8], label: &str, octets: usize) -> Result<Ahead> {
        let _ = (welcome, label, octets);
        Err(cannot("look into a Welcome"))
    }
    /// EncryptWithLabel (RFC 9420 section 5.1.3) to the `init_key` of somebody's KeyPackage (MLSMessage), with an empty context:
    /// an HPKECiphertext.
    ///
    /// # Errors
    /// The KeyPackage is not valid, or the engine can not.
    fn seal_to(&self, key_package: &[u8], label: &str, plaintext: &[u8]) -> Result<Vec<u8>> {
        let _ = (key_package, label, plaintext);
        Err(cannot("encrypt to a KeyPackage"))
    }
    /// Opens what somebody sealed to a KeyPackage of this device that was not used yet.
    ///
    /// # Errors
    /// It is not one of its own, it does not open, or the engine can not.
    fn unseal(&self, key_package: &[u8], label: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let _ = (key_package, label, sealed);
        Err(cannot("decrypt with a KeyPackage"))
    }
    /// A copy that goes its own way.
    fn copy(&self) -> Box<dyn Client>;
}

/// Where a Welcome leads, as [`Client::ahead`] sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The group.
    pub group_id: Vec<u8>,
    /// The epoch.
    pub epoch: u64,
    /// The partition key of the epoch.
    pub partition_key: PartitionKey,
    /// The exported secret.
    pub secret: Vec<u8>,
}

/// Where a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The group.
    pub group_id: Vec<u8>,
    /// The epoch.
    pub epoch: u64,
    /// `epoch_authenticator` (RFC 9420 section 8.7).
    pub epoch_authenticator: Vec<u8>,
    /// The partition key of the epoch.
    pub partition_key: PartitionKey,
    /// Octets of the epoch's GroupContext (section 8.1), to hold a GroupInfo against.
    pub group_context: Vec<u8>,
}

/// One member as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Leaf index.
    pub leaf: u32,
    /// Identity of its basic credential.
    pub identity: Vec<u8>,
}

/// What a commit shall do. Proposals that were received in this epoch are committed too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// KeyPackages (MLSMessage) to add.
    pub add: Vec<Vec<u8>>,
    /// Leaves to remove.
    pub remove: Vec<u32>,
    /// Whether to refresh the own leaf even where nothing asks for it.
    pub update: bool,
    /// Whether removals may come in whatever order the library puts them, which may differ from run to run: an engine may
    /// have no other way for many of them. How many octets there are does not differ.
    pub any_order: bool,
    /// `authenticated_data`.
    pub aad: Vec<u8>,
    /// AppDataUpdates: ComponentID and `update`.
    pub updates: Vec<(u16, Vec<u8>)>,
    /// External senders to have instead, as in [`Application::external_senders`].
    pub external_senders: Option<Vec<(Vec<u8>, Vec<u8>)>>,
}

/// A proposal of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// Add the device of this KeyPackage (MLSMessage).
    Add(Vec<u8>),
    /// Remove this leaf.
    Remove(u32),
    /// Refresh the own leaf.
    Update,
    /// Leave: SelfRemove of draft-ietf-mls-extensions.
    SelfRemove,
    /// AppDataUpdate of this ComponentID.
    AppData(u16, Vec<u8>),
}

/// A commit of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitOut {
    /// The commit, as MLSMessage.
    pub commit: Vec<u8>,
    /// The Welcome, as MLSMessage, where members are added; its GroupInfo has no tree.
    pub welcome: Option<Vec<u8>>,
    /// The GroupInfo of the new epoch, as MLSMessage, without a tree, with `external_pub`.
    pub group_info: Vec<u8>,
    /// The tree of the new epoch: octets of `optional<Node> ratchet_tree<V>`.
    pub ratchet_tree: Vec<u8>,
    /// Where it leads.
    pub next: Position,
    /// The proposals in it.
    pub held: Vec<Held>,
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// Application data.
    Application {
        /// Leaf of the sender.
        sender: u32,
        /// The data.
        data: Vec<u8>,
        /// `authenticated_data`.
        aad: Vec<u8>,
    },
    /// A proposal; it is kept for a later commit.
    Proposal {
        /// Leaf of the sender, if it is a member.
        sender: Option<u32>,
    },
    /// A commit, staged and not merged.
    Commit(Staged),
}

/// A commit that was verified and waits for [`Member::merge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Leaf of the committer; `None` for one who joined by it.
    pub committer: Option<u32>,
    /// Identities added, by proposal or by joining.
    pub added: Vec<Vec<u8>>,
    /// Leaves removed.
    pub removed: Vec<u32>,
    /// Whether this member is among the removed.
    pub removes_me: bool,
    /// Where it leads; `None` for a member who is removed.
    pub next: Option<Position>,
    /// `authenticated_data`.
    pub aad: Vec<u8>,
    /// The proposals in it.
    pub held: Vec<Held>,
}

/// A device in one group.
pub trait Member {
    /// Where it is.
    ///
    /// # Errors
    /// It was removed.
    fn position(&self) -> Result<Position>;
    /// Its own leaf index.
    fn leaf(&self) -> u32;
    /// Everybody, by leaf.
    fn members(&self) -> Vec<Listed>;
    /// MLS-Exporter (RFC 9420 section 8.5), in octets.
    ///
    /// # Errors
    /// The library's.
    fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>>;
    /// GroupInfo of the current epoch (MLSMessage, no tree) and its tree.
    ///
    /// # Errors
    /// The library's.
    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)>;
    /// GroupInfo of the current epoch (MLSMessage) with its tree in a `ratchet_tree` extension.
    ///
    /// # Errors
    /// The library's, or the engine has none.
    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        Err(cannot("write a GroupInfo with its tree"))
    }
    /// An application message (PrivateMessage).
    ///
    /// # Errors
    /// A commit is pending, or it was removed.
    fn send(&mut self, data: &[u8], aad: &[u8]) -> Result<Vec<u8>>;
    /// A proposal.
    ///
    /// # Errors
    /// The library's.
    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>>;
    /// A commit, which is pending until [`Member::merge_own`] or [`Member::drop_own`].
    ///
    /// # Errors
    /// The library's.
    fn commit(&mut self, plan: &Plan) -> Result<CommitOut>;
    /// The own pending commit came back first: move.
    ///
    /// # Errors
    /// There is none.
    fn merge_own(&mut self) -> Result<()>;
    /// The own pending commit lost, or must not be used.
    fn drop_own(&mut self);
    /// Somebody else's message. A commit stays staged; one that was staged before is discarded first.
    ///
    /// # Errors
    /// It is refused, and nothing has changed.
    fn process(&mut self, message: &[u8]) -> Result<Received>;
    /// Moves to the epoch of the staged commit; an own pending commit is dropped.
    ///
    /// # Errors
    /// Nothing is staged.
    fn merge(&mut self) -> Result<()>;
    /// As if the staged commit had never come, so that the same octets can be processed once more.
    fn discard(&mut self);
    /// Whether it can read what its group keeps for applications.
    fn reads_application_data(&self) -> bool {
        false
    }
    /// Data of a component of `app_data_dictionary`; none where the engine knows no such extension.
    fn application_data(&self, component: u16) -> Option<Vec<u8>> {
        let _ = component;
        None
    }
    /// A copy that goes its own way.
    fn copy(&self) -> Box<dyn Member>;
}
