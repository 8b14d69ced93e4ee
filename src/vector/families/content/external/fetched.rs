//! What the tables of this family are written with.
//!
//! The ciphertexts are constants from another implementation of the AEAD algorithms (Python
//! `cryptography` 48.0.0): key 00 01 02 …, nonce 10 11 12 …, and additional data only where said.

use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::{accept, reject, stream};
use crate::vector::forge::{External, Message, Part};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(in crate::vector::families) const NAME: &str = "content/external";
/// The plaintext of every ciphertext but two.
pub(super) const PLAIN: &[u8] = b"Hello, MIMI!";
/// AES-128-GCM of [`PLAIN`].
pub(super) const SEALED: &str = "8c4b6fc3606396a25e9014d4affa040b39e4cfca96a9d94ddbc981ea";
/// The same with additional data `mimi`.
pub(super) const SEALED_AAD: &str = "8c4b6fc3606396a25e9014d4f7c58ff06b2ee20c87398f6a57234b55";
/// AES-128-GCM of nothing.
pub(super) const SEALED_NOTHING: &str = "0ed7259add1011e159d00e61b1925410";
/// AES-128-GCM of the octets 0 to 32: two blocks and one octet.
pub(super) const SEALED_BLOCKS: &str =
    "c42f01ac0b4ab0e81fd457fecb2ae5312aad669422e17da89dd2330a7b180fb2f20e8d173728956ed476f413d35c330c93";
/// [`PLAIN`] under a nonce of 11 octets.
pub(super) const SEALED_NONCE_11: &str = "4d8df16aca03174376d300816c3fe5353f83b824dc2ac28ce3694ce2";
/// [`PLAIN`] under a nonce of 13 octets.
pub(super) const SEALED_NONCE_13: &str = "fa67328366c0248dafd623d4025e989ea8bcb175fa0eb2c7536c5201";
/// [`PLAIN`] under a key of 24 octets: AES-192-GCM.
pub(super) const SEALED_192: &str = "7e324b796ca4e3b5a9cb96adafbd077c371de704c12a1eeb2ee9bc05";
/// [`PLAIN`] under a key of 32 octets: AES-256-GCM.
pub(super) const SEALED_256: &str = "359bf47a26e51afe8338413c54c078dd0777d9346558bf2cdf4b5e4a";
/// [`PLAIN`] under ChaCha20-Poly1305.
pub(super) const SEALED_CHACHA: &str = "16af296b6935e624528b7a429fd3b0418eb3d6d65c231fabe2a26d77";
/// When the part is fetched, in seconds since the epoch.
pub(super) const NOW_S: u64 = 1_750_000_000;

/// Consecutive octets from `first`.
pub(super) fn run(first: u8, count: u8) -> Vec<u8> {
    (first..first + count).collect()
}

/// The octets of a constant above.
pub(super) fn octets(constant: &str) -> Vec<u8> {
    hex::decode(constant).unwrap_or_default()
}

pub(super) fn sha256(octets: &[u8]) -> Vec<u8> {
    Sha256::digest(octets).to_vec()
}

/// A message with an external part, and what its URL gave.
pub(super) struct Fetch {
    pub external: External,
    pub fetched: Vec<u8>,
    pub index: u64,
    /// The body around the external part; the part alone when absent.
    pub around: Option<fn(Part) -> Part>,
    /// Whether the hash still has to be made, of whatever is fetched in the end.
    pub hashed: bool,
}

impl Fetch {
    /// [`PLAIN`], encrypted with AES-128-GCM, with the right hash.
    fn sealed() -> Self {
        let external = External {
            content_type: "text/plain".into(),
            url: "https://example.com/storage/1".into(),
            enc_alg: 1,
            key: run(0, 16),
            nonce: run(0x10, 12),
            hash_alg: 1,
            ..External::default()
        };
        Self { external, fetched: octets(SEALED), index: 0, around: None, hashed: true }
    }

    /// Not encrypted, and what that means for the fields.
    pub(super) fn in_the_clear(&mut self) {
        self.external = External { enc_alg: 0, key: vec![], nonce: vec![], ..std::mem::take(&mut self.external) };
        self.fetched = PLAIN.to_vec();
    }

    /// With this algorithm and hash, whatever is fetched.
    pub(super) fn hash(&mut self, algorithm: u64, hash: Vec<u8>) {
        (self.external.hash_alg, self.external.content_hash, self.hashed) = (algorithm, hash, false);
    }
}

fn input(name: &str, change: impl FnOnce(&mut Fetch)) -> Value {
    let mut fetch = Fetch::sealed();
    change(&mut fetch);
    if fetch.hashed {
        fetch.external.content_hash = sha256(&fetch.fetched);
    }
    let part = Part::external(fetch.external).disposition(6);
    let body = fetch.around.map_or_else(|| part.clone(), |around| around(part.clone()));
    let message = Message::new(stream(&format!("{NAME}/{name}")).octets(16), body);
    let (cbor, fetched) = (hex::encode(&message.item().octets()), hex::encode(&fetch.fetched));
    json!({"cbor": cbor, "index": fetch.index, "fetched": fetched, "now_s": NOW_S})
}

/// The sealed part with a change after which this plaintext comes out. `rules` are divided by spaces.
pub(super) fn opens_to(
    name: &str,
    comment: &str,
    flag: &str,
    rules: &str,
    plaintext: &[u8],
    change: impl FnOnce(&mut Fetch),
) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let out = json!({"plaintext": hex::encode(plaintext)});
    accept(name, comment, &[flag], &rules, NAME, input(name, change), out)
}

/// As [`opens_to`], to [`PLAIN`].
pub(super) fn opens(name: &str, comment: &str, flag: &str, rules: &str, change: impl FnOnce(&mut Fetch)) -> Case {
    opens_to(name, comment, flag, rules, PLAIN, change)
}

/// The sealed part with a change for which nothing comes out.
pub(super) fn refused(
    name: &str,
    comment: &str,
    flag: &str,
    rules: &str,
    reason: Reason,
    change: impl FnOnce(&mut Fetch),
) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    reject(name, comment, &[flag], &rules, NAME, input(name, change), reason)
}

/// Both are right: to have an optional algorithm, and to refuse for the lack of it.
pub(super) fn optional(mut case: Case, reason: Reason, because: &str) -> Case {
    case.expect.reason = Some(reason.code().to_owned());
    case.either(because)
}
