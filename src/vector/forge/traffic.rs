//! What providers say to each other about a group, octet by octet (draft-mcmillion-mimi-delivery-service-00, RFC 9420).
//!
//! Nobody signed these messages, and nobody could open them: a hub that cannot look inside has to take them all the
//! same. Nothing here is shared with the codec.

/// `<V>` (RFC 9420 section 2.1.2), of fewer than 2^30 octets.
#[must_use]
pub fn vector(octets: impl AsRef<[u8]>) -> Vec<u8> {
    let octets = octets.as_ref();
    let [.., c, d, e, f] = octets.len().to_be_bytes();
    let mut out = match octets.len() {
        0..64 => vec![f],
        64..16_384 => vec![e | 0x40, f],
        _ => vec![c | 0x80, d, e, f],
    };
    out.extend_from_slice(octets);
    out
}

/// `optional<T>`.
#[must_use]
pub fn optional(octets: Option<Vec<u8>>) -> Vec<u8> {
    octets.map_or(vec![0], |octets| [vec![1], octets].concat())
}

/// `content_type` (RFC 9420 section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Application data.
    Application,
    /// A proposal.
    Proposal,
    /// A commit.
    Commit,
}

impl Kind {
    const fn octet(self) -> u8 {
        match self {
            Self::Application => 1,
            Self::Proposal => 2,
            Self::Commit => 3,
        }
    }
}

/// A PrivateMessage with this in place of its ciphertext.
#[must_use]
pub fn private_message(group_id: &[u8], epoch: u64, kind: Kind, ciphertext: &[u8]) -> Vec<u8> {
    let sender_data = vector([0x5d; 16]);
    let head = [vec![0, 1, 0, 2], vector(group_id), epoch.to_be_bytes().to_vec(), vec![kind.octet()]].concat();
    [head, vector([]), sender_data, vector(ciphertext)].concat()
}

/// Who sends a PublicMessage (RFC 9420 section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The member at this leaf.
    Member(u32),
    /// Somebody who joins by this very commit.
    Joiner,
}

/// A PublicMessage: application data, the Remove of leaf 0, or a commit without proposals (a joiner's has an
/// ExternalInit and a path). `aad` is its `authenticated_data`, to tell messages apart.
#[must_use]
pub fn public_message(group_id: &[u8], epoch: u64, from: From, kind: Kind, aad: &[u8]) -> Vec<u8> {
    let sender = match from {
        From::Member(leaf) => [vec![1], leaf.to_be_bytes().to_vec()].concat(),
        From::Joiner => vec![4],
    };
    let body = match (kind, from) {
        (Kind::Application, _) => vector(b"plain"),
        (Kind::Proposal, _) => vec![0, 3, 0, 0, 0, 0],
        (Kind::Commit, From::Member(_)) => vec![0, 0],
        (Kind::Commit, From::Joiner) => {
            let external_init = [vec![1, 0, 6], vector([0xe1; 32])].concat();
            let path = [leaf_node(b"joiner", &[vec![3], vector([])].concat()), vector([])].concat();
            [vector(external_init), optional(Some(path))].concat()
        }
    };
    let confirmation = if kind == Kind::Commit { vector([0xc0; 32]) } else { vec![] };
    let membership = if matches!(from, From::Member(_)) { vector([0x3e; 32]) } else { vec![] };
    [
        vec![0, 1, 0, 1],
        vector(group_id),
        epoch.to_be_bytes().to_vec(),
        sender,
        vector(aad),
        vec![kind.octet()],
        body,
        vector([0x51; 64]),
        confirmation,
        membership,
    ]
    .concat()
}

/// A LeafNode of this identity; `source` is its `leaf_node_source` with what belongs to it.
fn leaf_node(identity: &[u8], source: &[u8]) -> Vec<u8> {
    let capabilities = [vector([0, 1]), vector([0, 1]), vector([]), vector([]), vector([0, 1])].concat();
    let credential = [vec![0, 1], vector(identity)].concat();
    [vector([0xe4; 32]), vector([0x56; 32]), credential, capabilities, source.to_vec(), vector([]), vector([0x51; 64])]
        .concat()
}

/// Lifetime from 0 to the end of time.
fn of_key_package() -> Vec<u8> {
    [vec![1], vec![0; 8], vec![0xff; 8]].concat()
}

/// A ratchet tree of one leaf, of this identity.
#[must_use]
pub fn ratchet_tree(identity: &[u8]) -> Vec<u8> {
    let node = [vec![1], leaf_node(identity, &of_key_package())].concat();
    vector(optional(Some(node)))
}

/// A GroupInfo, as MLSMessage, with or without a `ratchet_tree` extension.
#[must_use]
pub fn group_info(suite: u16, group_id: &[u8], epoch: u64, tree: Option<&[u8]>) -> Vec<u8> {
    let extension = tree.map_or(vec![], |tree| [vec![0, 2], vector(tree)].concat());
    [
        vec![0, 1, 0, 4, 0, 1],
        suite.to_be_bytes().to_vec(),
        vector(group_id),
        epoch.to_be_bytes().to_vec(),
        vector([0x7e; 32]),
        vector([0x7c; 32]),
        vector([]),
        vector(extension),
        vector([0xc0; 32]),
        vec![0; 4],
        vector([0x51; 64]),
    ]
    .concat()
}

/// A Welcome, as MLSMessage, for KeyPackages of these references.
#[must_use]
pub fn welcome(suite: u16, references: &[&[u8]]) -> Vec<u8> {
    let secret = |reference: &&[u8]| [vector(reference), vector([0x3c; 32]), vector([0x9a; 48])].concat();
    let secrets: Vec<u8> = references.iter().flat_map(secret).collect();
    [vec![0, 1, 0, 3], suite.to_be_bytes().to_vec(), vector(secrets), vector([0x61; 80])].concat()
}

/// A KeyPackage, without MLSMessage around it, of this identity.
#[must_use]
pub fn key_package(suite: u16, identity: &[u8]) -> Vec<u8> {
    let leaf = leaf_node(identity, &of_key_package());
    [vec![0, 1], suite.to_be_bytes().to_vec(), vector([0x19; 32]), leaf, vector([]), vector([0x51; 64])].concat()
}

/// CommitData: the next key, a GroupInfo, a Welcome and a provider for each of its secrets.
#[must_use]
pub fn commit_data(next: &[u8; 16], group_info: Option<Vec<u8>>, welcome: Option<(Vec<u8>, &[&str])>) -> Vec<u8> {
    let welcome = welcome.map(|(welcome, providers)| {
        let names: Vec<u8> = providers.iter().flat_map(|name| vector(name.as_bytes())).collect();
        [welcome, vector(names)].concat()
    });
    [next.to_vec(), optional(group_info), optional(welcome)].concat()
}

/// SendRequest.
#[must_use]
pub fn send_request(message: &[u8], partition_key: &[u8; 16], commit_data: Option<&[u8]>) -> Vec<u8> {
    [message, partition_key, commit_data.unwrap_or_default()].concat()
}

/// ExternalJoinRequest.
#[must_use]
pub fn external_join_request(message: &[u8], commit_data: &[u8]) -> Vec<u8> {
    [message, commit_data].concat()
}

/// ReceiveRequest.
#[must_use]
pub fn receive_request(partition_key: &[u8; 16], counter: u32) -> Vec<u8> {
    [&partition_key[..], &counter.to_be_bytes()].concat()
}

/// GroupInfoRequest.
#[must_use]
pub fn group_info_request(group_id: &[u8]) -> Vec<u8> {
    vector(group_id)
}

/// GroupInfoResponse.
#[must_use]
pub fn group_info_response(group_info: &[u8], tree: Option<Vec<u8>>) -> Vec<u8> {
    [group_info.to_vec(), optional(tree)].concat()
}

/// KeyPackageRequest.
#[must_use]
pub fn key_package_request(user_id: &[u8], bearer_token: &[u8], version: u16, suite: u16) -> Vec<u8> {
    [vector(user_id), vector(bearer_token), version.to_be_bytes().to_vec(), suite.to_be_bytes().to_vec()].concat()
}

/// WelcomeInitRequest.
#[must_use]
pub fn welcome_init_request(references: &[&[u8]]) -> Vec<u8> {
    let each: Vec<u8> = references.iter().flat_map(vector).collect();
    vector(each)
}

/// Message: what was sequenced, and, with a commit, the masked next key and the GroupInfo.
#[must_use]
pub fn delivered(message: &[u8], commit: Option<(Vec<u8>, Option<Vec<u8>>)>) -> Vec<u8> {
    let commit = commit.map(|(masked, info)| [vector(masked), optional(info)].concat());
    [message.to_vec(), commit.unwrap_or_default()].concat()
}

/// ReceiveResponse: messages, and partitions by masked key with theirs.
#[must_use]
pub fn receive_response(messages: &[Vec<u8>], hints: &[(Vec<u8>, Vec<Vec<u8>>)]) -> Vec<u8> {
    let hint = |(masked, messages): &(Vec<u8>, Vec<Vec<u8>>)| [vector(masked), vector(messages.concat())].concat();
    let hints: Vec<u8> = hints.iter().flat_map(hint).collect();
    [vector(messages.concat()), vector(hints)].concat()
}
