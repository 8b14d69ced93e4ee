use sha2::{Digest, Sha256, Sha384, Sha512};

/// A short secret that members export from an epoch (section 3): exactly 16 octets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartitionKey(pub [u8; 16]);

/// `Hash(partition_key)` (section 4.4): names a partition to those who know its key, and to nobody else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MaskedPartitionKey(pub Vec<u8>);

/// The label given to MLS-Exporter; the draft names none (`docs/spec/delivery.md`).
pub const EXPORTER_LABEL: &str = "mimi delivery partition key";

/// A cipher suite of MLS (RFC 9420 section 17.1, draft-ietf-mls-pq-ciphersuites), by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CipherSuite(pub u16);

impl CipherSuite {
    /// MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519.
    pub const X25519: Self = Self(1);
    /// MLS_128_DHKEMP256_AES128GCM_SHA256_P256.
    pub const P256: Self = Self(2);
    /// MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519.
    pub const X_WING: Self = Self(0x004f);

    /// Its hash function; `None` for a suite that this suite does not know.
    #[must_use]
    pub fn hash(self, octets: &[u8]) -> Option<Vec<u8>> {
        match self.0 {
            1..=3 | 0x004d | 0x004f => Some(Sha256::digest(octets).to_vec()),
            4..=6 => Some(Sha512::digest(octets).to_vec()),
            7 => Some(Sha384::digest(octets).to_vec()),
            _ => None,
        }
    }
}

impl PartitionKey {
    /// The masked key: the hash of the group's cipher suite over the 16 octets.
    #[must_use]
    pub fn masked(&self, suite: CipherSuite) -> Option<MaskedPartitionKey> {
        suite.hash(&self.0).map(MaskedPartitionKey)
    }
}
