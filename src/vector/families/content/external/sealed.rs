//! AES-128-GCM, other algorithms, and none.

use super::fetched::{
    Fetch, PLAIN, SEALED_192, SEALED_256, SEALED_AAD, SEALED_BLOCKS, SEALED_CHACHA, SEALED_NONCE_11, SEALED_NONCE_13,
    SEALED_NOTHING, octets, opens, opens_to, optional, refused, run,
};
use crate::reason::{Reason, content as reason};
use crate::vector::families::build::group;
use crate::vector::{Case, Group, Level, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("AES-128-GCM", good().into_iter().chain(altered()).map(|c| c.level(Level::Must))),
        group("lengths of key and nonce", lengths()),
        group("no encryption", clear()),
        group("other algorithms", others()),
    ]
}

const GCM: &str = "4.5:aes-128-gcm 7.1:decrypt-aes-128-gcm";
const MATCH: &str = "4.5:key-nonce-aad-match";

fn good() -> Vec<Case> {
    vec![
        opens("gcm", "Twelve octets, no additional data.", "aead", GCM, |_| {}),
        opens(
            "gcm-aad",
            "Additional data of four octets.",
            "aead",
            &format!("{GCM} {MATCH} 4.5:aad-default-empty"),
            |f| {
                f.external.aad = b"mimi".to_vec();
                f.fetched = octets(SEALED_AAD);
            },
        )
        .contested(&[
            (Verdict::Accept, "A receiver uses whatever additional data the part gives."),
            (Verdict::Reject, "Additional data is empty unless an extension explains it, and there is none."),
        ]),
        opens_to("gcm-empty-plaintext", "Nothing but a tag: an empty plaintext.", "aead", GCM, &[], |f| {
            f.fetched = octets(SEALED_NOTHING);
        }),
        opens_to("gcm-three-blocks", "33 octets: two blocks and one octet.", "aead", GCM, &run(0, 33), |f| {
            f.fetched = octets(SEALED_BLOCKS);
        }),
    ]
}

fn altered() -> Vec<Case> {
    let fails = |name, comment, change: fn(&mut Fetch)| {
        refused(name, comment, "authentication", MATCH, reason::AEAD_OPEN_FAILED, change)
    };
    vec![
        fails("gcm-wrong-key", "One bit of the key is wrong.", |f| flip(&mut f.external.key, 15)),
        fails("gcm-wrong-nonce", "One bit of the nonce is wrong.", |f| flip(&mut f.external.nonce, 11)),
        fails("gcm-flipped-tag", "The last bit of the tag is flipped; the hash fits what was fetched.", |f| {
            flip(&mut f.fetched, 27);
        }),
        fails("gcm-flipped-tag-start", "A bit in the tag's first octet is flipped.", |f| flip(&mut f.fetched, 12)),
        fails("gcm-flipped-ciphertext", "The first bit of the ciphertext is flipped; the hash fits.", |f| {
            flip(&mut f.fetched, 0);
        }),
        fails("gcm-aad-missing", "Encrypted with additional data, which the part does not give.", |f| {
            f.fetched = octets(SEALED_AAD);
        }),
        fails("gcm-aad-added", "Encrypted without the additional data that the part gives.", |f| {
            f.external.aad = b"mimi".to_vec();
        }),
        fails("gcm-aad-wrong", "Encrypted with other additional data.", |f| {
            f.external.aad = b"mimo".to_vec();
            f.fetched = octets(SEALED_AAD);
        }),
        fails("gcm-truncated-tag", "The last octet of the tag is missing.", |f| f.fetched.truncate(27)),
        fails("gcm-shorter-than-a-tag", "15 octets: less than a tag.", |f| f.fetched.truncate(15)),
        fails("gcm-nothing-fetched", "Nothing was fetched.", |f| f.fetched.clear()),
        fails("gcm-octet-appended", "An octet too many was fetched.", |f| f.fetched.push(0)),
    ]
}

fn flip(octets: &mut [u8], index: usize) {
    if let Some(octet) = octets.get_mut(index) {
        *octet ^= 1;
    }
}

fn lengths() -> Vec<Case> {
    let key = |name, comment, change: fn(&mut Fetch)| {
        refused(name, comment, "key-and-nonce-length", MATCH, reason::AEAD_KEY_LENGTH, change)
            .also(&[reason::AEAD_OPEN_FAILED])
    };
    let nonce = |name, comment, change: fn(&mut Fetch)| {
        refused(name, comment, "key-and-nonce-length", MATCH, reason::AEAD_NONCE_LENGTH, change)
            .also(&[reason::AEAD_OPEN_FAILED])
    };
    vec![
        key("key-empty", "AES-128-GCM with an empty key.", |f| f.external.key.clear()),
        key("key-15", "A key of 15 octets.", |f| f.external.key.truncate(15)),
        key("key-17", "A key of 17 octets, of which the first 16 would do.", |f| f.external.key.push(16)),
        key("key-24", "A key of 24 octets, and what AES-192-GCM makes with it.", |f| {
            f.external.key = run(0, 24);
            f.fetched = octets(SEALED_192);
        }),
        key("key-32", "A key of 32 octets, and what AES-256-GCM makes with it.", |f| {
            f.external.key = run(0, 32);
            f.fetched = octets(SEALED_256);
        }),
        nonce("nonce-empty", "AES-128-GCM with an empty nonce.", |f| f.external.nonce.clear()),
        nonce("nonce-11", "A nonce of 11 octets, and what GCM makes with it; RFC 5116 says 12.", |f| {
            f.external.nonce = run(0x10, 11);
            f.fetched = octets(SEALED_NONCE_11);
        }),
        nonce("nonce-13", "A nonce of 13 octets, and what GCM makes with it; RFC 5116 says 12.", |f| {
            f.external.nonce = run(0x10, 13);
            f.fetched = octets(SEALED_NONCE_13);
        }),
    ]
}

fn clear() -> Vec<Case> {
    let left = |name, comment, rule, change: fn(&mut Fetch)| {
        refused(name, comment, "unencrypted", rule, reason::UNENCRYPTED_WITH_KEY, |f| {
            f.in_the_clear();
            change(f);
        })
        .contested(&[
            (Verdict::Reject, "With encAlg zero key, nonce and aad are zero length; here one is not."),
            (Verdict::Accept, "That is the sender's duty, and the field has no use for the receiver."),
        ])
    };
    vec![
        opens("clear", "Not encrypted.", "unencrypted", "4.5:enc-alg-zero", Fetch::in_the_clear),
        opens_to("clear-empty", "Not encrypted, and empty.", "unencrypted", "4.5:enc-alg-zero", &[], |f| {
            f.in_the_clear();
            f.fetched.clear();
        }),
        left("clear-with-key", "Not encrypted, with a key.", "4.5:no-enc-empty-key", |f| f.external.key = run(0, 16)),
        left("clear-with-nonce", "Not encrypted, with a nonce.", "4.5:no-enc-empty-nonce", |f| {
            f.external.nonce = run(0, 12);
        }),
        left("clear-with-aad", "Not encrypted, with additional data.", "4.5:no-enc-empty-aad", |f| {
            f.external.aad = b"mimi".to_vec();
        }),
    ]
}

fn others() -> Vec<Case> {
    const RULE: &str = "4.5:unknown-aead";
    let may = |name, comment, number: u64, ciphertext: &'static str| {
        let case = opens_to(name, comment, "aead-number", "4.5:unknown-aead", PLAIN, move |f| {
            f.external.enc_alg = number;
            f.external.key = run(0, 32);
            f.fetched = octets(ciphertext);
        });
        optional(case, reason::ENC_ALG_UNSUPPORTED, "Only AES-128-GCM is mandatory; others may be there or not.")
    };
    let unknown = |name, comment, number: u64| {
        let reason: Reason = reason::ENC_ALG_UNSUPPORTED;
        refused(name, comment, "aead-number", RULE, reason, move |f| f.external.enc_alg = number)
    };
    vec![
        may("aes-256-gcm", "AES-256-GCM, rightly encrypted.", 2, SEALED_256),
        may("chacha20-poly1305", "ChaCha20-Poly1305, rightly encrypted.", 29, SEALED_CHACHA),
        unknown("aead-257", "Algorithm 257, whose lower octet is that of AES-128-GCM.", 257),
        unknown("aead-65535", "Algorithm 65535, for private use.", 65535),
    ]
}
