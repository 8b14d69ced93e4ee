//! Bugs of external parts, fetched (section 4.5).

use super::adapter::{document, refused};
use super::bug::Fault::{Answers, Reads, ReadsDocument};
use super::bug::Row;
use super::item::{BYTES, Item};
use super::message::{EXTERNAL, cardinality, each_part, external, parts};
use aes_gcm::aead::consts::{U11, U12, U13};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{
    Aes128Gcm, AesGcm,
    aes::{Aes128, Aes192},
};
use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use mimicheck::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const OP: &str = "content/external";
/// Octets of a tag.
const TAG: usize = 16;

const MISSING: &str = "a check that is left for later";
const LENIENT: &str = "keys and nonces are made to fit";
const ENDS: &str = "a comparison up to the length of the shorter";

pub(super) const BUGS: &[Row] = &[
    ("content-hash-not-checked", "does not look at the hash", MISSING, ReadsDocument(OP, |root| each(root, no_hash))),
    (
        "content-hash-of-plaintext",
        "holds the hash against the plaintext",
        "which content is hashed is easily misread",
        Answers(OP, |input, _| match reread(input, no_hash) {
            Answer::Ok(out) if hash(input) == Some(Sha256::digest(octets(&out, "plaintext")).to_vec()) => {
                Answer::Ok(out)
            }
            Answer::Ok(_) => refused("hash"),
            answer => answer,
        }),
    ),
    (
        "content-hash-compared-as-far-as-it-goes",
        "takes a hash that is the beginning of the right one, or begins with it",
        ENDS,
        Answers(OP, |input, answer| {
            let sha_256 = part(input).is_some_and(|part| number(&part, external::HASH_ALG) == 1);
            let right = if sha_256 { Sha256::digest(octets(input, "fetched")).to_vec() } else { return answer };
            let begins = hash(input).is_some_and(|given| given.starts_with(&right) || right.starts_with(&given));
            if begins { reread(input, no_hash) } else { answer }
        }),
    ),
    (
        "empty-hash-not-checked",
        "takes an empty hash for none, whatever the algorithm",
        "a test for truth where one for presence is needed",
        Answers(OP, |input, answer| if hash(input) == Some(vec![]) { reread(input, no_hash) } else { answer }),
    ),
    (
        "unknown-hash-algorithms-not-checked",
        "does not look at the hash of an algorithm that it does not know",
        "the default branch of a switch does what looks harmless",
        ReadsDocument(OP, |root| {
            each(root, |part| {
                if part.at(external::HASH_ALG).is_some_and(|algorithm| algorithm.arg > 8) {
                    no_hash(part);
                }
            });
        }),
    ),
    (
        "every-hash-is-sha-256",
        "takes every hash for SHA-256, whatever the algorithm",
        "one algorithm is in use, and its number is not looked at",
        ReadsDocument(OP, |root| each(root, |part| put(part, external::HASH_ALG, Item::uint(1)))),
    ),
    (
        "tag-not-checked",
        "decrypts without looking at the tag",
        "counter mode where GCM is needed",
        Answers(OP, |input, answer| {
            let refused = matches!(&answer, Answer::Reject(r) if r.reason.as_deref() == Some("aead-open-failed"));
            let fetched = octets(input, "fetched");
            let body = fetched.get(..fetched.len().saturating_sub(TAG)).unwrap_or_default();
            match sealed::<Aes128Gcm>(input, body, true).filter(|_| refused) {
                // Counter mode is its own inverse; what was sealed ends with a tag of its own.
                Some(plain) => plaintext(plain.get(..body.len()).unwrap_or_default()),
                None => answer,
            }
        }),
    ),
    (
        "short-fetches-are-empty",
        "takes what is shorter than a tag for empty",
        "a length below zero is taken for zero",
        Answers(OP, |input, answer| {
            let short =
                octets(input, "fetched").len() < TAG && part(input).is_some_and(|p| number(&p, external::ENC_ALG) != 0);
            if short { plaintext(&[]) } else { answer }
        }),
    ),
    (
        "tag-left-behind",
        "leaves the tag behind the plaintext",
        "the output of one library is taken for that of another",
        Answers(OP, |input, answer| {
            let fetched = octets(input, "fetched");
            let tag = fetched.get(fetched.len().saturating_sub(TAG)..).unwrap_or_default();
            match (&answer, part(input)) {
                (Answer::Ok(out), Some(part)) if number(&part, external::ENC_ALG) != 0 => {
                    plaintext(&[octets(out, "plaintext").as_slice(), tag].concat())
                }
                _ => answer,
            }
        }),
    ),
    (
        "additional-data-ignored",
        "decrypts without the additional data",
        "an argument that is optional",
        ReadsDocument(OP, |root| each(root, |part| put(part, external::AAD, Item::string(BYTES, vec![])))),
    ),
    (
        "long-keys-cut",
        "cuts a key of more than 16 octets",
        LENIENT,
        ReadsDocument(OP, |root| {
            each(root, |part| {
                let key = part.at(external::KEY).and_then(Item::string_octets).unwrap_or_default();
                if let Some(cut) = key.get(..16).filter(|_| number(part, external::ENC_ALG) == 1) {
                    put(part, external::KEY, Item::string(BYTES, cut.to_vec()));
                }
            });
        }),
    ),
    (
        "key-decides-the-algorithm",
        "takes a key of 32 octets for one of AES-256-GCM, whatever the algorithm",
        "libraries that choose by the length of the key",
        ReadsDocument(OP, |root| {
            each(root, |part| {
                if number(part, external::ENC_ALG) == 1 && part.at(external::KEY).is_some_and(|key| key.arg == 32) {
                    put(part, external::ENC_ALG, Item::uint(2));
                }
            });
        }),
    ),
    (
        "nonces-of-any-length",
        "takes nonces of other lengths than 12 octets",
        "GCM itself has room for them",
        Answers(OP, |input, answer| {
            let fetched = octets(input, "fetched");
            match part(input).and_then(|part| Some(part.at(external::NONCE)?.arg)) {
                Some(11) => opened::<AesGcm<Aes128, U11>>(input, &fetched).unwrap_or(answer),
                Some(13) => opened::<AesGcm<Aes128, U13>>(input, &fetched).unwrap_or(answer),
                _ => answer,
            }
        }),
    ),
    (
        "algorithm-of-8-bits",
        "reads the AEAD algorithm 257 as 1",
        "an integer is cut to the type of its field",
        ReadsDocument(OP, |root| {
            each(root, |part| {
                let algorithm = number(part, external::ENC_ALG) & 0xff;
                put(part, external::ENC_ALG, Item::uint(algorithm));
            });
        }),
    ),
    (
        "unknown-algorithms-are-clear",
        "takes what is encrypted with an unknown algorithm for clear",
        "the default branch of a switch does what looks harmless",
        Answers(OP, |input, answer| match &answer {
            Answer::Reject(r) if r.reason.as_deref() == Some("enc-alg-unsupported") => {
                plaintext(&octets(input, "fetched"))
            }
            _ => answer,
        }),
    ),
    (
        "clear-content-refused",
        "refuses what is not encrypted",
        "what is usual is taken for required",
        Answers(OP, |input, answer| {
            if part(input).is_some_and(|part| number(&part, external::ENC_ALG) == 0) {
                refused("not encrypted")
            } else {
                answer
            }
        }),
    ),
    (
        "expired-content-opened",
        "does not look at the expiry",
        MISSING,
        ReadsDocument(OP, |root| each(root, |part| put(part, external::EXPIRES, Item::uint(0)))),
    ),
    (
        "no-expiry-is-expired",
        "takes an expiry of 0 for the start of the epoch",
        "a value that means something else is read as a number",
        Answers(OP, |input, answer| {
            if part(input).is_some_and(|part| number(&part, external::EXPIRES) == 0) {
                refused("expired")
            } else {
                answer
            }
        }),
    ),
    (
        "external-expiry-of-31-bits",
        "takes an expiry of 2^31 seconds and more for one of long ago",
        "languages without unsigned integers",
        Answers(OP, |input, answer| {
            if part(input).is_some_and(|part| number(&part, external::EXPIRES) >> 31 > 0) {
                refused("expired")
            } else {
                answer
            }
        }),
    ),
    (
        "external-expiry-in-milliseconds",
        "compares the expiry with a clock in milliseconds",
        "seconds and milliseconds confused",
        Reads(OP, |input| {
            let now = input.get("now_s").and_then(Value::as_u64).unwrap_or_default();
            set(input, "now_s", json!(now * 1000));
        }),
    ),
    (
        "no-size-is-empty",
        "takes a size of 0 for that of empty content",
        "a value that means something else is read as a number",
        Answers(OP, |input, answer| {
            let none = part(input).is_some_and(|part| number(&part, external::SIZE) == 0);
            if none && !octets(input, "fetched").is_empty() { refused("size") } else { answer }
        }),
    ),
    (
        "index-among-external-parts",
        "counts only external parts for the index",
        "an index into a list of another kind",
        Reads(OP, |input| {
            let index = input.get("index").and_then(Value::as_u64);
            let root = document(input);
            let externals = root
                .iter()
                .flat_map(|root| (0_u64..).zip(parts(root)))
                .filter(|(_, p)| cardinality(p) == Some(EXTERNAL));
            let real =
                externals.map(|(at, _)| at).nth(index.and_then(|i| usize::try_from(i).ok()).unwrap_or(usize::MAX));
            set(input, "index", json!(real.unwrap_or(u64::from(u32::MAX))));
        }),
    ),
    (
        "first-external-part-whatever-the-index",
        "opens the first external part where the index names another kind of part",
        "one external part a message is what one expects",
        Answers(OP, |input, answer| match &answer {
            Answer::Reject(r) if r.reason.as_deref() == Some("not-external-part") => {
                let root = document(input);
                let first =
                    root.as_ref().and_then(|root| parts(root).iter().position(|p| cardinality(p) == Some(EXTERNAL)));
                let mut other = input.clone();
                set(&mut other, "index", json!(first));
                Reference.answer(OP, &other)
            }
            _ => answer,
        }),
    ),
    (
        "external-index-from-the-end",
        "reads an index of 2^32 - 1 as -1, the last part",
        "languages in which a negative index counts from the end",
        Reads(OP, |input| {
            let last = document(input).map_or(0, |root| parts(&root).len()).saturating_sub(1);
            if input.get("index") == Some(&json!(u32::MAX)) {
                set(input, "index", json!(last));
            }
        }),
    ),
    (
        "external-index-of-32-bits",
        "reads an index of 2^32 as 0",
        "an integer is cut to the type of its field",
        Reads(OP, |input| {
            let index = input.get("index").and_then(Value::as_u64).unwrap_or_default();
            set(input, "index", json!(index & 0xffff_ffff));
        }),
    ),
    (
        "external-index-clamped",
        "opens the last part where the index is beyond it",
        "an index is moved into its range",
        Reads(OP, |input| {
            let last = document(input).map_or(0, |root| parts(&root).len()).saturating_sub(1);
            let index = input.get("index").and_then(Value::as_u64).and_then(|i| usize::try_from(i).ok());
            set(input, "index", json!(index.unwrap_or(usize::MAX).min(last)));
        }),
    ),
    (
        "aes-192",
        "takes a key of 24 octets for one of AES-192-GCM, whatever the algorithm",
        "libraries that choose by the length of the key",
        Answers(OP, |input, answer| match part(input).and_then(|part| Some(part.at(external::KEY)?.arg)) {
            Some(24) => opened::<AesGcm<Aes192, U12>>(input, &octets(input, "fetched")).unwrap_or(answer),
            _ => answer,
        }),
    ),
];

fn set(holder: &mut Value, name: &str, value: Value) {
    if let Some(slot) = holder.get_mut(name) {
        *slot = value;
    }
}

fn octets(holder: &Value, name: &str) -> Vec<u8> {
    holder.get(name).and_then(Value::as_str).and_then(|text| hex::decode(text).ok()).unwrap_or_default()
}

fn plaintext(octets: &[u8]) -> Answer {
    Answer::Ok(json!({"plaintext": hex::encode(octets)}))
}

/// Changes every external part.
fn each(root: &mut Item, change: impl Fn(&mut Item)) {
    each_part(root, &mut |part, _| {
        if cardinality(part) == Some(EXTERNAL) {
            change(part);
        }
    });
}

fn put(part: &mut Item, place: usize, value: Item) {
    if let Some(field) = part.at_mut(place) {
        *field = value;
    }
}

fn number(part: &Item, place: usize) -> u64 {
    part.at(place).map_or(0, |field| field.arg)
}

fn no_hash(part: &mut Item) {
    put(part, external::HASH_ALG, Item::uint(0));
    put(part, external::CONTENT_HASH, Item::string(BYTES, vec![]));
}

/// The external part that the index names.
fn part(input: &Value) -> Option<Item> {
    let root = document(input)?;
    let index = usize::try_from(input.get("index")?.as_u64()?).ok()?;
    parts(&root).get(index).filter(|part| cardinality(part) == Some(EXTERNAL)).map(|part| (*part).clone())
}

/// The hash given.
fn hash(input: &Value) -> Option<Vec<u8>> {
    part(input)?.at(external::CONTENT_HASH)?.string_octets()
}

/// What the reference says of the same with its external parts changed.
fn reread(input: &Value, change: fn(&mut Item)) -> Answer {
    let mut other = input.clone();
    if let Some(mut root) = document(input) {
        each(&mut root, change);
        set(&mut other, "cbor", json!(hex::encode(&root.octets())));
    }
    Reference.answer(OP, &other)
}

/// Seals or opens octets with key, nonce and additional data of the part.
fn sealed<A: Aead + KeyInit>(input: &Value, octets: &[u8], seal: bool) -> Option<Vec<u8>> {
    let part = part(input)?;
    let field = |place| part.at(place).and_then(Item::string_octets).unwrap_or_default();
    let cipher = A::new_from_slice(&field(external::KEY)).ok()?;
    let (nonce, aad) = (field(external::NONCE), field(external::AAD));
    let nonce = nonce.as_slice().try_into().ok()?;
    let payload = Payload { msg: octets, aad: &aad };
    if seal { cipher.encrypt(nonce, payload).ok() } else { cipher.decrypt(nonce, payload).ok() }
}

fn opened<A: Aead + KeyInit>(input: &Value, fetched: &[u8]) -> Option<Answer> {
    sealed::<A>(input, fetched, false).map(|plain| plaintext(&plain))
}
