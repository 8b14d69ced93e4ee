//! Requests for key material and their answers, octet by octet (draft-ietf-mimi-protocol-06 section 5.2), and KeyPackages
//! that offer this or that. Nothing here is shared with the codec.

use super::rooms::{public_key, sign};
use super::traffic::vector;
use sha2::{Digest, Sha256};

fn numbers(list: &[u16]) -> Vec<u8> {
    vector(list.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<_>>())
}

/// What a KeyPackage offers. Nobody signed it: whoever gives it out need not look.
#[derive(Clone, Debug)]
pub struct Offers {
    /// Cipher suite.
    pub suite: u16,
    /// What tells it from others: the identity of its credential.
    pub identity: &'static str,
    /// Extension types in its capabilities.
    pub extensions: &'static [u16],
    /// Proposal types.
    pub proposals: &'static [u16],
    /// Credential types.
    pub credentials: &'static [u16],
    /// Second since 1970 after which it has expired.
    pub not_after: u64,
}

impl Offers {
    /// Of suite 1, with a basic credential and nothing beside, for ever.
    #[must_use]
    pub const fn new(identity: &'static str) -> Self {
        Self { suite: 1, identity, extensions: &[], proposals: &[], credentials: &[1], not_after: u64::MAX }
    }

    /// Capabilities (RFC 9420 section 7.2).
    #[must_use]
    pub fn capabilities(&self) -> Vec<u8> {
        let suites = numbers(&[self.suite]);
        [numbers(&[1]), suites, numbers(self.extensions), numbers(self.proposals), numbers(self.credentials)].concat()
    }

    /// The KeyPackage, without MLSMessage around it (RFC 9420 section 10).
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        let leaf = [
            vector([0xe4; 32]),
            vector([0x56; 32]),
            vec![0, 1],
            vector(self.identity),
            self.capabilities(),
            vec![1],
            vec![0; 8],
            self.not_after.to_be_bytes().to_vec(),
            vector([]),
            vector([0x51; 64]),
        ];
        let suite = self.suite.to_be_bytes().to_vec();
        [vec![0, 1], suite, vector([0x19; 32]), leaf.concat(), vector([]), vector([0x51; 64])].concat()
    }

    /// Its KeyPackageRef (RFC 9420 section 5.2), of a suite with SHA-256.
    #[must_use]
    pub fn reference(&self) -> Vec<u8> {
        Sha256::digest([vector("MLS 1.0 KeyPackage Reference"), vector(self.octets())].concat()).to_vec()
    }
}

/// A KeyMaterialRequest before it is signed.
#[derive(Clone, Debug)]
pub struct AsksKeys {
    /// Requesting user, target user, room.
    pub uris: [String; 3],
    /// Cipher suites that will do.
    pub suites: Vec<u16>,
    /// Required extension types, proposal types, credential types.
    pub required: [Vec<u16>; 3],
    /// The seed of the requester's Ed25519 key.
    pub key: [u8; 32],
    /// Identity of its basic credential.
    pub identity: String,
}

impl AsksKeys {
    fn signed_fields(&self) -> Vec<u8> {
        let uris: Vec<u8> = self.uris.iter().flat_map(vector).collect();
        let required: Vec<u8> = self.required.iter().flat_map(|list| numbers(list)).collect();
        let credential = [vec![0, 1], vector(&self.identity)].concat();
        [vec![1], uris, numbers(&self.suites), required, vector(public_key(&self.key)), credential].concat()
    }

    /// The request with this signature.
    #[must_use]
    pub fn with(&self, signature: &[u8]) -> Vec<u8> {
        [self.signed_fields(), vector(signature)].concat()
    }

    /// The request, signed with another key than it names, or under another label.
    #[must_use]
    pub fn signed(&self, key: &[u8; 32], label: &str) -> Vec<u8> {
        self.with(&sign(key, label, &self.signed_fields()))
    }

    /// The request.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        self.signed(&self.key, "KeyMaterialRequestTBS")
    }
}

/// What is said of a client.
#[derive(Clone, Debug)]
pub enum Part {
    /// Its KeyPackage.
    Given(Vec<u8>),
    /// It has none left.
    Exhausted,
    /// None of its KeyPackages will do; its capabilities, where they are told.
    Incompatible(Option<Vec<u8>>),
}

/// KeyMaterialResponse: code of the user, the user, what is said of each client.
#[must_use]
pub fn response(code: u8, user: &str, clients: &[(String, Part)]) -> Vec<u8> {
    let client = |(uri, part): &(String, Part)| {
        let (status, rest) = match part {
            Part::Given(key_package) => (0, key_package.clone()),
            Part::Exhausted => (1, vec![]),
            Part::Incompatible(told) => (2, super::traffic::optional(told.clone())),
        };
        [vec![status], vector(uri), rest].concat()
    };
    let clients: Vec<u8> = clients.iter().flat_map(client).collect();
    [vec![1, code], vector(user), vector(clients)].concat()
}
