//! What providers say to each other about a room, octet by octet (draft-ietf-mimi-protocol-06, in the profile of
//! `docs/spec/room.md`), around messages that are real. Nothing here is shared with the codec.

use super::traffic::{optional, vector};
use ed25519_dalek::{Signer, SigningKey};

/// How a tree comes (draft-mahy-mls-ratchet-tree-options section 3).
#[derive(Clone, Debug)]
pub enum Tree {
    /// The tree itself.
    Full(Vec<u8>),
    /// A URL, and a signature that nobody can check.
    Url,
    /// In some other way.
    OutOfBand,
    /// The hub has it.
    Hub,
}

impl Tree {
    /// RatchetTreeOption.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        match self {
            Self::Full(tree) => [vec![1], tree.clone()].concat(),
            Self::Url => [vec![2], vector("https://a.example/tree"), vector([7; 64])].concat(),
            Self::OutOfBand => [vec![3], vector([7; 64])].concat(),
            Self::Hub => vec![4],
        }
    }
}

/// HandshakeBundle with a commit. The Welcome is an MLSMessage, of which the bundle has the structure alone.
#[must_use]
pub fn commit_bundle(commit: &[u8], welcome: Option<&[u8]>, group_info_option: &[u8], tree: &Tree) -> Vec<u8> {
    let welcome = optional(welcome.map(bare));
    [commit.to_vec(), welcome, group_info_option.to_vec(), tree.octets()].concat()
}

/// HandshakeBundle with proposals.
#[must_use]
pub fn proposal_bundle(first: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    [first.to_vec(), vector(more.concat())].concat()
}

/// A structure of MLS without the framing of an MLSMessage.
#[must_use]
pub fn bare(message: &[u8]) -> Vec<u8> {
    message.get(4..).unwrap_or_default().to_vec()
}

/// GroupInfoOption with the GroupInfo of an MLSMessage.
#[must_use]
pub fn full(group_info: &[u8]) -> Vec<u8> {
    [vec![1], bare(group_info)].concat()
}

/// GroupInfoOption with only what the hub can not know, for a GroupInfo that never had a tree.
#[must_use]
pub fn partial(group_info: &[u8]) -> Vec<u8> {
    let (extensions, signature) = tail(&bare(group_info));
    [vec![2, 0], extensions, signature].concat()
}

/// Octets of a vector at the front, with its length, and what follows.
fn split(octets: &[u8]) -> (&[u8], &[u8]) {
    let wide = |n: usize| {
        octets.get(..n).unwrap_or_default().iter().fold(0_usize, |sum, octet| sum << 8 | usize::from(*octet))
    };
    let (head, length) = match octets.first().map_or(0, |first| first >> 6) {
        0 => (1, wide(1)),
        1 => (2, wide(2) & 0x3fff),
        _ => (4, wide(4) & 0x3fff_ffff),
    };
    octets.split_at_checked(head + length).unwrap_or((octets, &[]))
}

/// `extensions` and `signature` of a bare GroupInfo (RFC 9420 section 12.4.3), each with its length.
fn tail(info: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let after = |octets: &'_ [u8], n: usize| octets.get(n..).unwrap_or_default().to_vec();
    // GroupContext: version, cipher suite, group id, epoch, tree hash, transcript hash, extensions.
    let rest = after(info, 4);
    let rest = after(split(&rest).1, 8);
    let rest = split(split(split(&rest).1).1).1;
    let (extensions, rest) = split(rest);
    // Confirmation tag, signer, signature.
    let signature = after(split(rest).1, 4);
    (extensions.to_vec(), signature)
}

/// SubmitMessageRequest.
#[must_use]
pub fn submit(message: &[u8], sender: &str) -> Vec<u8> {
    [vec![1], message.to_vec(), vector(sender)].concat()
}

/// FanoutMessage with what follows the message: the further proposals of a handshake, or nothing for application data.
#[must_use]
pub fn fanout(time: u64, message: &[u8], more: Option<&[Vec<u8>]>) -> Vec<u8> {
    let rest = more.map_or(vec![0], |more| vector(more.concat()));
    [time.to_be_bytes().to_vec(), message.to_vec(), rest].concat()
}

/// FanoutMessage with a Welcome.
#[must_use]
pub fn fanout_welcome(time: u64, welcome: &[u8], tree: &Tree) -> Vec<u8> {
    [time.to_be_bytes().to_vec(), welcome.to_vec(), tree.octets()].concat()
}

/// SignWithLabel (RFC 9420 section 5.1.2) with Ed25519.
#[must_use]
pub fn sign(seed: &[u8; 32], label: &str, content: &[u8]) -> Vec<u8> {
    let content = [vector(format!("MLS 1.0 {label}")), vector(content)].concat();
    SigningKey::from_bytes(seed).sign(&content).to_bytes().to_vec()
}

/// The public key of an Ed25519 seed.
#[must_use]
pub fn public_key(seed: &[u8; 32]) -> Vec<u8> {
    SigningKey::from_bytes(seed).verifying_key().to_bytes().to_vec()
}

/// A GroupInfoRequest, before it is signed.
#[derive(Clone, Debug)]
pub struct Asks {
    /// Cipher suite.
    pub suite: u16,
    /// The seed of the asker's Ed25519 key.
    pub signature_key: [u8; 32],
    /// Identity of its basic credential.
    pub identity: Vec<u8>,
    /// Its public HPKE key.
    pub hpke_key: Vec<u8>,
    /// The joining code; none when empty.
    pub code: Vec<u8>,
}

impl Asks {
    /// The request, signed under this label.
    #[must_use]
    pub fn signed(&self, label: &str) -> Vec<u8> {
        let credential = [vec![0, 1], vector(&self.identity)].concat();
        let key = vector(public_key(&self.signature_key));
        let fields =
            [vec![1], self.suite.to_be_bytes().to_vec(), key, credential, vector(&self.hpke_key), vector(&self.code)];
        let fields = fields.concat();
        [fields.clone(), vector(sign(&self.signature_key, label, &fields))].concat()
    }

    /// The request.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        self.signed("GroupInfoRequestTBS")
    }
}

/// GroupInfoRatchetTreeTBE: the GroupInfo of an MLSMessage, the tree, and each pending proposal with its time.
#[must_use]
pub fn to_be_encrypted(group_info: &[u8], tree: &Tree, pending: &[(Vec<u8>, u64)]) -> Vec<u8> {
    let pending = pending.iter().flat_map(|(proposal, time)| [proposal.clone(), time.to_be_bytes().to_vec()].concat());
    [bare(group_info), tree.octets(), vector(pending.collect::<Vec<_>>())].concat()
}

/// A GroupInfoResponse without success: 2 notAuthorized, 3 noSuchRoom.
#[must_use]
pub fn no_group_info(room: &str, status: u8) -> Vec<u8> {
    [vec![1], vector(room), vec![status]].concat()
}

/// A Remove by an external sender, as a PublicMessage (RFC 9420 sections 6.2 and 12.1.8).
#[must_use]
pub fn external_remove(seed: &[u8; 32], group_id: &[u8], epoch: u64, index: u32, leaf: u32) -> Vec<u8> {
    let sender = [vec![2], index.to_be_bytes().to_vec()].concat();
    let proposal = [vec![2, 0, 3], leaf.to_be_bytes().to_vec()].concat();
    let content =
        [vec![0, 1, 0, 1], vector(group_id), epoch.to_be_bytes().to_vec(), sender, vector([]), proposal].concat();
    [content.clone(), vector(sign(seed, "FramedContentTBS", &content))].concat()
}

/// The participants of a room: users by their URI, and their roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participants(pub Vec<(Vec<u8>, u32)>);

/// A change of the participants: roles by index, removals by index, who is added.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Index and role.
    pub roles: Vec<(u32, u32)>,
    /// Indices.
    pub removed: Vec<u32>,
    /// User and role.
    pub added: Vec<(String, u32)>,
}

impl Participants {
    /// ParticipantListData.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        let pair = |(user, role): &(Vec<u8>, u32)| [vector(user), role.to_be_bytes().to_vec()].concat();
        vector(self.0.iter().flat_map(pair).collect::<Vec<_>>())
    }

    fn read(octets: &[u8]) -> Self {
        Self(pairs(content(split(octets).0)))
    }

    /// The list after an update in octets, by the indices of the list before it. Whatever does not apply is left out: who
    /// writes this list decides for itself what it writes.
    #[must_use]
    pub fn after(data: &[u8], update: &[u8]) -> Vec<u8> {
        let (roles, rest) = split(update);
        let (removed, added) = split(rest);
        let number = |octets: &[u8]| octets.iter().fold(0_u32, |sum, octet| sum << 8 | u32::from(*octet));
        let mut list: Vec<_> = Self::read(data).0.into_iter().map(Some).collect();
        for change in content(roles).chunks(8) {
            let (index, role) = change.split_at_checked(4).unwrap_or((change, &[]));
            if let Some(Some(pair)) = usize::try_from(number(index)).ok().and_then(|at| list.get_mut(at)) {
                pair.1 = number(role);
            }
        }
        for index in content(removed).chunks(4) {
            if let Some(pair) = usize::try_from(number(index)).ok().and_then(|at| list.get_mut(at)) {
                *pair = None;
            }
        }
        list.extend(pairs(content(split(added).0)).into_iter().map(Some));
        Self(list.into_iter().flatten().collect()).octets()
    }
}

/// A vector's content.
fn content(vector: &[u8]) -> &[u8] {
    let head = match vector.first().map_or(0, |first| first >> 6) {
        0 => 1,
        1 => 2,
        _ => 4,
    };
    vector.get(head..).unwrap_or_default()
}

fn pairs(mut octets: &[u8]) -> Vec<(Vec<u8>, u32)> {
    let mut pairs = vec![];
    while !octets.is_empty() {
        let (user, rest) = split(octets);
        let (role, rest) = rest.split_at_checked(4).unwrap_or((rest, &[]));
        pairs.push((content(user).to_vec(), role.iter().fold(0, |sum, octet| sum << 8 | u32::from(*octet))));
        octets = rest;
    }
    pairs
}

impl Change {
    /// ParticipantListUpdate.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        let role = |(index, role): &(u32, u32)| [index.to_be_bytes(), role.to_be_bytes()].concat();
        let pair = |(user, role): &(String, u32)| [vector(user), role.to_be_bytes().to_vec()].concat();
        let roles = vector(self.roles.iter().flat_map(role).collect::<Vec<_>>());
        let removed = vector(self.removed.iter().flat_map(|index| index.to_be_bytes()).collect::<Vec<_>>());
        [roles, removed, vector(self.added.iter().flat_map(pair).collect::<Vec<_>>())].concat()
    }
}

/// A role: index, name, numbers of capabilities, and which role it may change into which.
pub type Role = (u32, &'static str, Vec<u16>, Vec<(u32, Vec<u32>)>);

/// RoleData of draft-ietf-mimi-room-policy-03 section 3, without limits.
#[must_use]
pub fn roles(roles: Vec<Role>) -> Vec<u8> {
    let number = |n: &u32| n.to_be_bytes().to_vec();
    let change =
        |(from, to): &(u32, Vec<u32>)| [number(from), vector(to.iter().flat_map(number).collect::<Vec<_>>())].concat();
    let entry = |(index, name, can, changes): Role| {
        let can = vector(can.iter().flat_map(|c| c.to_be_bytes()).collect::<Vec<_>>());
        let limits = [number(&0), optional(None), number(&0), optional(None)].concat();
        let changes = vector(changes.iter().flat_map(change).collect::<Vec<_>>());
        [number(&index), vector(name), vector(""), can, limits, changes].concat()
    };
    vector(roles.into_iter().flat_map(entry).collect::<Vec<_>>())
}

/// RoomMetaData with this name and no more.
#[must_use]
pub fn metadata(room: &str, name: &str) -> Vec<u8> {
    [vector(room), vector(name), vector([]), vector([]), vector([]), vector([])].concat()
}

/// An X25519 key pair for HPKE from a seed (RFC 9180 section 7.1.3): private, public.
#[must_use]
pub fn hpke_key(seed: &[u8; 32]) -> Option<(Vec<u8>, Vec<u8>)> {
    crate::crypto::x25519_key(seed)
}
