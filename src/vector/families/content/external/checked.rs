//! Size, hash, expiry, and which part.

use super::fetched::{Fetch, NOW_S, PLAIN, SEALED, octets, opens, optional, refused, sha256};
use crate::reason::{Reason, content as reason};
use crate::vector::families::build::group;
use crate::vector::forge::{Part, Semantics};
use crate::vector::{Case, Group, Verdict};
use sha2::{Digest, Sha384, Sha512};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("hash", hash()),
        group("other hash algorithms", algorithms()),
        group("size", size()),
        group("expiry", expiry()),
        group("which part", index()),
    ]
}

const HASH: &str = "4.5:content-hash-checked";

fn hash() -> Vec<Case> {
    let differs = |name, comment, change: fn(&mut Fetch)| {
        refused(name, comment, "content-hash", HASH, reason::CONTENT_HASH_MISMATCH, change)
    };
    vec![
        differs("hash-last-octet", "The last octet of the hash is wrong.", |f| {
            let mut hash = sha256(&f.fetched);
            if let Some(last) = hash.last_mut() {
                *last ^= 1;
            }
            f.hash(1, hash);
        }),
        differs("hash-of-other-content", "The hash is that of other content; nothing is encrypted.", |f| {
            f.in_the_clear();
            f.hash(1, sha256(b"Hello, mimi!"));
        }),
        differs("hash-31-octets", "The first 31 octets of the right hash.", |f| {
            let hash = sha256(&f.fetched).into_iter().take(31).collect();
            f.hash(1, hash);
        }),
        differs("hash-empty", "An empty hash, of algorithm SHA-256.", |f| f.hash(1, vec![])),
        differs("hash-33-octets", "The right hash and one octet more.", |f| {
            let hash = [sha256(&f.fetched), vec![0]].concat();
            f.hash(1, hash);
        }),
        differs("hash-of-plaintext", "The hash of the content before it was encrypted.", |f| f.hash(1, sha256(PLAIN)))
            .contested(&[
                (Verdict::Reject, "The schema says: hash of the content at the target URL; there is ciphertext."),
                (Verdict::Accept, "The content is what the recipient gets; the text does not say encrypted content."),
            ]),
        opens("hash-none", "Algorithm 0 and no hash.", "content-hash", "4.5:hash-alg-zero", |f| f.hash(0, vec![]))
            .contested(&[
                (Verdict::Accept, "Nothing to check, as in the draft's conferencing example."),
                (Verdict::Reject, "0 is reserved in the registry; content without a hash is not to be trusted."),
            ]),
        refused(
            "hash-algorithm-0-with-hash",
            "Algorithm 0 with the SHA-256 hash of what is fetched.",
            "content-hash",
            "4.5:hash-alg-zero",
            reason::HASH_ALG_UNSUPPORTED,
            |f| {
                let hash = sha256(&f.fetched);
                f.hash(0, hash);
            },
        )
        .contested(&[
            (Verdict::Reject, "There is a hash, and no telling how to check it: 0 is reserved in the registry."),
            (Verdict::Accept, "Algorithm 0 means that there is nothing to check."),
        ]),
    ]
}

/// The named information hash algorithms that shorten SHA-256: number, octets.
const SHORTENED: [(u64, usize); 5] = [(2, 16), (3, 15), (4, 12), (5, 8), (6, 4)];
const OPTIONAL: &str = "The draft asks for no hash algorithm by name; SHA-256 is what it uses itself.";

fn algorithms() -> Vec<Case> {
    let unsupported: Reason = reason::HASH_ALG_UNSUPPORTED;
    let may = |name: &str, comment: &str, number: u64, hash: Vec<u8>| {
        let case = opens(name, comment, "hash-algorithm", HASH, move |f| f.hash(number, hash));
        optional(case, unsupported, OPTIONAL)
    };
    let shortened = SHORTENED.map(|(number, length)| {
        let hash = sha256(&octets(SEALED)).into_iter().take(length).collect();
        let (name, bits) = (format!("hash-sha-256-{}", length * 8), length * 8);
        may(&name, &format!("SHA-256, cut to {bits} bits (algorithm {number})."), number, hash)
    });
    let wrong = |name, comment, number: u64, hash: Vec<u8>| {
        refused(name, comment, "hash-algorithm", HASH, reason::CONTENT_HASH_MISMATCH, move |f| f.hash(number, hash))
            .also(&[unsupported])
    };
    let none = |name, comment, number: u64| {
        let hash = sha256(&octets(SEALED));
        refused(name, comment, "hash-algorithm", HASH, unsupported, move |f| f.hash(number, hash))
            .also(&[reason::CONTENT_HASH_MISMATCH])
    };
    let sealed = octets(SEALED);
    let mut cases = shortened.to_vec();
    cases.extend([
        may("hash-sha-384", "SHA-384 (algorithm 7).", 7, Sha384::digest(&sealed).to_vec()),
        may("hash-sha-512", "SHA-512 (algorithm 8).", 8, Sha512::digest(&sealed).to_vec()),
        wrong("hash-sha-256-128-uncut", "Algorithm 2 with all 32 octets of the hash.", 2, sha256(&sealed)),
        wrong("hash-sha-256-32-wrong", "Algorithm 6 with four other octets.", 6, vec![1, 2, 3, 4]),
        none("hash-algorithm-63", "Algorithm 63, not assigned, with the SHA-256 hash of what is fetched.", 63),
        none("hash-algorithm-255", "Algorithm 255, not assigned, with the SHA-256 hash of what is fetched.", 255),
    ]);
    cases
}

fn size() -> Vec<Case> {
    const RULE: &str = "4.5:size-mismatch";
    let hint = [
        (Verdict::Reject, "The size is that of the content; what has another size is not the content."),
        (Verdict::Accept, "The size is a hint, and the draft names no consequence of a wrong one."),
    ];
    let clear = |name, comment, size: u128| {
        refused(name, comment, "size", RULE, reason::SIZE_MISMATCH, move |f| {
            f.in_the_clear();
            f.external.size = size;
        })
        .contested(&hint)
    };
    let open = [
        (Verdict::Accept, "The size is that of what is fetched."),
        (Verdict::Reject, "The size is that of the content before it was encrypted."),
    ];
    let open_other_way = [
        (Verdict::Reject, "The size is that of what is fetched."),
        (Verdict::Accept, "The size is that of the content before it was encrypted."),
    ];
    vec![
        opens("size-0", "Size 0: not given.", "size", "4.5:size-zero-unknown", |f| f.external.size = 0),
        opens("size-0-clear", "Size 0, not encrypted.", "size", "4.5:size-zero-unknown", |f| {
            f.in_the_clear();
            f.external.size = 0;
        }),
        opens("size-clear", "The size of what is fetched; nothing is encrypted.", "size", RULE, |f| {
            f.in_the_clear();
            f.external.size = 12;
        }),
        clear("size-clear-one-less", "11 octets announced, 12 fetched.", 11),
        clear("size-clear-one-more", "13 octets announced, 12 fetched.", 13),
        clear("size-clear-largest", "2^64 - 1 octets announced, 12 fetched.", u128::from(u64::MAX)),
        opens("size-of-ciphertext", "The size of the ciphertext with its tag.", "size", RULE, |f| f.external.size = 28)
            .contested(&open),
        refused("size-of-plaintext", "The size of the plaintext.", "size", RULE, reason::SIZE_MISMATCH, |f| {
            f.external.size = 12;
        })
        .contested(&open_other_way),
    ]
}

fn expiry() -> Vec<Case> {
    const RULE: &str = "4.5:expired-content";
    let expired = |name, comment, at: u64| {
        refused(name, comment, "external-expiry", RULE, reason::EXTERNAL_EXPIRED, move |f| f.external.expires = at)
    };
    let fine =
        |name, comment, rule, at: u64| opens(name, comment, "external-expiry", rule, move |f| f.external.expires = at);
    vec![
        fine("expires-never", "Expires 0: never.", "4.5:expires-zero-never", 0),
        fine("expires-in-a-second", "Expires in a second.", RULE, NOW_S + 1),
        fine("expires-in-2106", "Expires in the last second of 32 bits.", RULE, 0xffff_ffff),
        expired("expired-in-1970", "Expired a second after the start of the epoch.", 1),
        expired("expired-a-second-ago", "Expired a second ago.", NOW_S - 1),
        fine("expires-now", "Expires in this very second.", RULE, NOW_S).contested(&[
            (Verdict::Accept, "It is invalid after that timestamp, and this is not after it."),
            (Verdict::Reject, "It expires at that timestamp, as messages do."),
        ]),
    ]
}

fn index() -> Vec<Case> {
    const RULE: &str = "4.4:part-index-depth-first";
    let at = |name, comment, reason, index: u64| {
        refused(name, comment, "which-part", RULE, reason, move |f| {
            f.around = Some(beside);
            f.index = index;
        })
    };
    let of = reason::NOT_EXTERNAL_PART;
    vec![
        opens("url-ftp", "The URL has the scheme ftp.", "url-scheme", "7.1:other-url-schemes", |f| {
            f.external.url = "ftp://example.com/storage/1".into();
        })
        .contested(&[
            (Verdict::Accept, "A receiver may fetch what it supports, and here it was fetched."),
            (Verdict::Reject, "Only http and https have to be supported, and others are not fetched."),
        ]),
        opens("index-nested", "The external part is the fourth of five.", "which-part", RULE, |f| {
            f.around = Some(beside);
            f.index = 3;
        }),
        at("index-of-group", "Index 0 is the group.", of, 0),
        at("index-of-single", "Index 1 is a single part.", of, 1),
        at("index-of-null", "Index 4 is a null part.", of, 4),
        at("index-too-large", "There are five parts, and this is the sixth.", reason::PART_INDEX_OUT_OF_RANGE, 5),
        refused(
            "index-far-too-large",
            "There is one part, and this is the 2^32nd.",
            "which-part",
            RULE,
            reason::PART_INDEX_OUT_OF_RANGE,
            |f| f.index = 0xffff_ffff,
        ),
        refused(
            "index-2-to-32",
            "There is one part; the lower 32 bits of this index are 0.",
            "which-part",
            RULE,
            reason::PART_INDEX_OUT_OF_RANGE,
            |f| f.index = 1 << 32,
        ),
    ]
}

/// A single part, then a group of the external part and a null part.
fn beside(external: Part) -> Part {
    let inner = Part::multi(Semantics::ProcessAll, [external, Part::null()]);
    Part::multi(Semantics::ProcessAll, [Part::single("text/plain", "See:"), inner])
}
