//! What franks are computed from, octet by octet (draft-ietf-mimi-protocol-06 section 5.4.1). HMAC is written down here
//! once more over SHA-256, and signatures are the library's own: nothing is shared with `crate::franking`.

use super::traffic::vector;
use p256::ecdsa::signature::Signer as _;
use sha2::{Digest, Sha256};

/// HMAC-SHA256 (RFC 2104 section 2).
#[must_use]
pub fn hmac(key: &[u8], data: &[u8]) -> Vec<u8> {
    let hashed = Sha256::digest(key);
    let short = if key.len() > 64 { &hashed[..] } else { key };
    let pad = |with: u8| -> Vec<u8> { (0..64).map(|i| short.get(i).copied().unwrap_or(0) ^ with).collect() };
    let inner = Sha256::digest([pad(0x36), data.to_vec()].concat());
    Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}

/// Who signs: a private key of 32 octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// Ed25519: suites 1, 3 and 0x004f.
    Ed25519([u8; 32]),
    /// ECDSA with P-256 and SHA-256, deterministic: suite 2.
    P256([u8; 32]),
}

impl Signer {
    /// The private key.
    #[must_use]
    pub const fn private(&self) -> &[u8; 32] {
        match self {
            Self::Ed25519(key) | Self::P256(key) => key,
        }
    }

    /// The public key as MLS writes it; empty for octets that are no private key.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(seed) => ed25519_dalek::SigningKey::from_bytes(seed).verifying_key().to_bytes().to_vec(),
            Self::P256(scalar) => p256::ecdsa::SigningKey::from_slice(scalar)
                .map_or_else(|_| vec![], |key| key.verifying_key().to_encoded_point(false).as_bytes().to_vec()),
        }
    }

    /// A signature over these octets as they are.
    #[must_use]
    pub fn sign(&self, octets: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(seed) => ed25519_dalek::SigningKey::from_bytes(seed).sign(octets).to_bytes().to_vec(),
            Self::P256(_) => self.ecdsa(octets).map_or_else(Vec::new, |s| s.to_der().as_bytes().to_vec()),
        }
    }

    /// The two numbers of an ECDSA signature, one behind the other: not what MLS uses.
    #[must_use]
    pub fn fixed(&self, octets: &[u8]) -> Vec<u8> {
        self.ecdsa(octets).map_or_else(Vec::new, |s| s.to_bytes().to_vec())
    }

    /// The other ECDSA signature by the same nonce: (r, n - s).
    #[must_use]
    pub fn mirrored(&self, octets: &[u8]) -> Vec<u8> {
        let mirror = |s: p256::ecdsa::Signature| {
            let (r, s) = s.split_scalars();
            p256::ecdsa::Signature::from_scalars(r, -s).ok()
        };
        self.ecdsa(octets).and_then(mirror).map_or_else(Vec::new, |s| s.to_der().as_bytes().to_vec())
    }

    fn ecdsa(&self, octets: &[u8]) -> Option<p256::ecdsa::Signature> {
        p256::ecdsa::SigningKey::from_slice(self.private()).ok().map(|key| key.sign(octets))
    }
}

/// SignContent (RFC 9420 section 5.1.2), with the label as given: its prefix is the caller's.
#[must_use]
pub fn sign_content(label: &str, content: &[u8]) -> Vec<u8> {
    [vector(label.as_bytes()), vector(content)].concat()
}

/// ServerFrankingContext.
#[must_use]
pub fn context(sender_uri: &str, room_uri: &str, accepted_timestamp: u64) -> Vec<u8> {
    [vector(sender_uri), vector(room_uri), accepted_timestamp.to_be_bytes().to_vec()].concat()
}

/// Frank.
#[must_use]
pub fn frank(server_frank: &[u8], suite: u16, signature: &[u8]) -> Vec<u8> {
    [server_frank.to_vec(), suite.to_be_bytes().to_vec(), vector(signature)].concat()
}

/// A component of authenticated data.
pub type Component<'a> = (u16, &'a [u8]);

/// SafeAAD (draft-ietf-mls-extensions section 4.9) of these components in this order.
#[must_use]
pub fn safe_aad(components: &[Component<'_>]) -> Vec<u8> {
    let item = |(number, data): &Component<'_>| [number.to_be_bytes().to_vec(), vector(data)].concat();
    vector(components.iter().flat_map(item).collect::<Vec<u8>>())
}

/// A basic credential.
#[must_use]
pub fn basic(identity: &[u8]) -> Vec<u8> {
    [vec![0, 1], vector(identity)].concat()
}

/// FrankingAgentData.
#[must_use]
pub fn agent(key: &[u8], credential: &[u8]) -> Vec<u8> {
    [vector(key), credential.to_vec()].concat()
}

/// ApplicationFraming (draft-ietf-mls-extensions section 6.2).
#[must_use]
pub fn framed(media_type: &str, content: &[u8]) -> Vec<u8> {
    [vector(media_type), vector(content)].concat()
}

/// An Ed25519 signature with the group's order added to its second half: the same point equation, another encoding.
#[must_use]
pub fn past_the_order(signature: &[u8]) -> Vec<u8> {
    // 2^252 + 27742317777372353535851937790883648493, little-endian.
    let order: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let (mut out, mut carry) = (signature.to_vec(), 0u16);
    for (octet, add) in out.iter_mut().skip(32).zip(order) {
        let [high, low] = (u16::from(*octet) + u16::from(add) + carry).to_be_bytes();
        (*octet, carry) = (low, u16::from(high));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::hex;

    /// RFC 4231 test cases 1, 2 and 6.
    #[test]
    fn hmac_is_that_of_rfc_4231() {
        let cases: [(&[u8], &[u8], &str); 3] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, data, expected) in cases {
            assert_eq!(hex::encode(&hmac(key, data)), expected);
        }
    }

    /// RFC 8032 section 7.1, test 1.
    #[test]
    fn ed25519_is_that_of_rfc_8032() {
        let seed = hex::decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let signer = Signer::Ed25519(seed.try_into().unwrap());
        assert_eq!(hex::encode(&signer.public()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let signature = signer.sign(b"");
        assert!(
            hex::encode(&signature).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
        );
        assert_ne!(past_the_order(&signature), signature);
    }
}
