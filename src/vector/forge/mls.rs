//! Messages of MLS (RFC 9420), field by field. Nobody verifies signatures at this layer: keys, tags, signatures and
//! ciphertexts are a few octets each.

use super::tls::{Field, enumeration, fixed, numbers, opaque, optional, structure, vector, version};

/// The group of every message.
pub const GROUP: &[u8] = b"group";
/// The epoch of every message.
pub const EPOCH: u64 = 5;

/// Who sends a PublicMessage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentBy {
    /// A member, who adds a membership tag.
    Member,
    /// An external sender.
    External,
    /// Somebody who proposes to be added.
    NewMemberProposal,
    /// Somebody who joins by this commit.
    NewMemberCommit,
}

/// An MLSMessage around a body.
fn message(wire_format: u16, body: impl IntoIterator<Item = Field>) -> Field {
    let format = enumeration("wire_format", wire_format.to_be_bytes(), &[[0, 0], [0, 6], [0xff, 0xff]]);
    structure("", [version(), format].into_iter().chain(body))
}

fn content_type(value: u8) -> Field {
    enumeration("content_type", [value], &[[0], [4], [255]])
}

/// PrivateMessage (section 6.3): 1 application, 2 proposal, 3 commit.
#[must_use]
pub fn private(content: u8) -> Field {
    message(
        2,
        [
            opaque("group_id", GROUP),
            fixed("epoch", EPOCH.to_be_bytes()),
            content_type(content),
            opaque("authenticated_data", []),
            opaque("encrypted_sender_data", [0x5d; 12]),
            opaque("ciphertext", [0xc7; 20]),
        ],
    )
}

/// PublicMessage (section 6.2) with this content: 1 application, 2 proposal, 3 commit.
#[must_use]
pub fn public(from: SentBy, kind: u8, content: impl IntoIterator<Item = Field>) -> Field {
    let mut fields = vec![opaque("group_id", GROUP), fixed("epoch", EPOCH.to_be_bytes())];
    let sender = |value: u8| enumeration("sender_type", [value], &[[0], [5], [255]]);
    match from {
        SentBy::Member => fields.extend([sender(1), fixed("leaf_index", 2u32.to_be_bytes())]),
        SentBy::External => fields.extend([sender(2), fixed("sender_index", 0u32.to_be_bytes())]),
        SentBy::NewMemberProposal => fields.push(sender(3)),
        SentBy::NewMemberCommit => fields.push(sender(4)),
    }
    fields.extend([opaque("authenticated_data", b"ad"), content_type(kind)]);
    fields.extend(content);
    fields.push(opaque("signature", [0x51; 8]));
    if kind == 3 {
        fields.push(opaque("confirmation_tag", [0x7a; 8]));
    }
    if from == SentBy::Member {
        fields.push(opaque("membership_tag", [0x3e; 8]));
    }
    message(1, fields)
}

/// The fields of a Commit (section 12.4).
#[must_use]
pub fn commit(proposals: impl IntoIterator<Item = Field>, path: Option<Field>) -> [Field; 2] {
    [vector("proposals", proposals), optional("path", path)]
}

/// A proposal by value, in a commit.
#[must_use]
pub fn by_value(proposal: Field) -> Field {
    structure("", [enumeration("proposal_or_ref_type", [1], &[[0], [3]]), proposal])
}

/// A proposal by reference, in a commit.
#[must_use]
pub fn by_reference(reference: &[u8]) -> Field {
    structure("", [enumeration("proposal_or_ref_type", [2], &[[0], [3]]), opaque("reference", reference)])
}

/// A proposal (section 12.1).
#[must_use]
pub fn proposal(kind: u16, body: impl IntoIterator<Item = Field>) -> Field {
    structure("proposal", [fixed("proposal_type", kind.to_be_bytes())].into_iter().chain(body))
}

/// The commit of somebody who joins by it (section 12.4.3.2): an external init and a path.
#[must_use]
pub fn external_commit() -> Field {
    let init = proposal(6, [opaque("kem_output", [0xe0; 8])]);
    public(SentBy::NewMemberCommit, 3, commit([by_value(init)], Some(update_path())))
}

/// A member's commit of a reference and a removal.
#[must_use]
pub fn member_commit() -> Field {
    let remove = proposal(3, [fixed("removed", 1u32.to_be_bytes())]);
    public(SentBy::Member, 3, commit([by_reference(&[0x4e; 8]), by_value(remove)], Some(update_path())))
}

/// UpdatePath (section 7.6) of two nodes, the first for two recipients.
#[must_use]
pub fn update_path() -> Field {
    let node = |ciphertexts: Vec<Field>| {
        structure("", [opaque("encryption_key", [0xe1; 4]), vector("encrypted_path_secret", ciphertexts)])
    };
    let ciphertext = || hpke_ciphertext("");
    let nodes = [node(vec![ciphertext(), ciphertext()]), node(vec![])];
    structure("update_path", [leaf_node(Source::Commit), vector("nodes", nodes)])
}

fn hpke_ciphertext(name: &str) -> Field {
    structure(name, [opaque("kem_output", [0xe2; 4]), opaque("ciphertext", [0xc2; 4])])
}

/// Where a LeafNode comes from (section 7.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A KeyPackage.
    KeyPackage,
    /// An Update proposal.
    Update,
    /// A commit's path.
    Commit,
}

/// A basic credential (section 5.3).
#[must_use]
pub fn basic() -> [Field; 2] {
    [fixed("credential_type", [0, 1]), opaque("identity", b"alice")]
}

/// An X.509 credential of two certificates.
#[must_use]
pub fn x509() -> [Field; 2] {
    let certificates = [[0x30, 1], [0x30, 2]].map(|c| opaque("", c));
    [fixed("credential_type", [0, 2]), vector("certificates", certificates)]
}

/// LeafNode (section 7.2) with a basic credential.
#[must_use]
pub fn leaf_node(source: Source) -> Field {
    leaf_node_of(source, basic())
}

/// LeafNode (section 7.2).
#[must_use]
pub fn leaf_node_of(source: Source, credential: impl IntoIterator<Item = Field>) -> Field {
    let mut fields = vec![opaque("encryption_key", [0xe3; 4]), opaque("signature_key", [0x53; 4])];
    fields.extend(credential);
    fields.extend([
        numbers("versions", &[1]),
        numbers("cipher_suites", &[1, 2]),
        numbers("capability_extensions", &[]),
        numbers("capability_proposals", &[10]),
        numbers("credentials", &[1]),
    ]);
    let source_field = |value: u8| enumeration("leaf_node_source", [value], &[[0], [4]]);
    match source {
        Source::KeyPackage => fields.extend([
            source_field(1),
            fixed("not_before", 0u64.to_be_bytes()),
            fixed("not_after", u64::MAX.to_be_bytes()),
        ]),
        Source::Update => fields.push(source_field(2)),
        Source::Commit => fields.extend([source_field(3), opaque("parent_hash", [0x9a; 4])]),
    }
    fields.extend([vector("extensions", [extension(0xf0a1, b"x")]), opaque("signature", [0x52; 4])]);
    structure("leaf_node", fields)
}

/// An extension (section 13).
#[must_use]
pub fn extension(kind: u16, data: &[u8]) -> Field {
    structure("", [fixed("extension_type", kind.to_be_bytes()), opaque("extension_data", data)])
}

/// KeyPackage (section 10), without the framing of an MLSMessage.
#[must_use]
pub fn key_package() -> Field {
    key_package_of(leaf_node(Source::KeyPackage))
}

/// KeyPackage (section 10) of this leaf.
#[must_use]
pub fn key_package_of(leaf: Field) -> Field {
    structure(
        "key_package",
        [
            version(),
            fixed("cipher_suite", [0, 1]),
            opaque("init_key", [0x11; 4]),
            leaf,
            vector("extensions", []),
            opaque("signature", [0x54; 4]),
        ],
    )
}

/// An MLSMessage that is a KeyPackage.
#[must_use]
pub fn key_package_message() -> Field {
    message(5, [key_package()])
}

/// A Welcome (section 12.4.3.1) for KeyPackages of these references.
#[must_use]
pub fn welcome(references: &[&[u8]]) -> Field {
    let secret = |r: &&[u8]| structure("", [opaque("new_member", r), hpke_ciphertext("encrypted_group_secrets")]);
    message(
        3,
        [
            fixed("cipher_suite", [0, 1]),
            vector("secrets", references.iter().map(secret)),
            opaque("encrypted_group_info", [0x61; 8]),
        ],
    )
}

/// A GroupInfo (section 12.4.3) with these extensions.
#[must_use]
pub fn group_info(extensions: impl IntoIterator<Item = Field>) -> Field {
    message(
        4,
        [
            version().named("context_version"),
            fixed("cipher_suite", [0, 1]),
            opaque("group_id", GROUP),
            fixed("epoch", (EPOCH + 1).to_be_bytes()),
            opaque("tree_hash", [0x77; 8]),
            opaque("confirmed_transcript_hash", [0x78; 8]),
            vector("context_extensions", [extension(3, &[0, 0, 0])]),
            vector("extensions", extensions),
            opaque("confirmation_tag", [0x79; 8]),
            fixed("signer", 0u32.to_be_bytes()),
            opaque("signature", [0x55; 8]),
        ],
    )
}

/// `optional<Node> ratchet_tree<V>` (section 12.4.3.3): two leaves, their parent, and a blank leaf's parent and leaf.
#[must_use]
pub fn ratchet_tree() -> Field {
    let node = |kind: u8, node: Vec<Field>| {
        let kind = enumeration("node_type", [kind], &[[0], [3]]);
        optional("", Some(structure("node", [kind].into_iter().chain(node))))
    };
    let parent = vec![
        opaque("encryption_key", [0xe4; 4]),
        opaque("parent_hash", []),
        vector("unmerged_leaves", [fixed("", 1u32.to_be_bytes())]),
    ];
    let nodes = [
        node(1, vec![leaf_node(Source::Commit)]),
        node(2, parent),
        node(1, vec![leaf_node(Source::Update)]),
        optional("", None),
        node(1, vec![leaf_node(Source::KeyPackage)]),
    ];
    vector("ratchet_tree", nodes)
}
