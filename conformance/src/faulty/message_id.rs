//! Bugs of message ids (section 3.3).

use super::bug::Fault::{Answers, Reads};
use super::bug::Row;
use super::item::Item;
use super::message::{EXTENSIONS, SALT, change_extensions};
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512_256};

const OP: &str = "content/message-id";

const EARLIER: &str = "the formula of an earlier draft";
const ORDER: &str = "the order of a formula's parts, misread";
const TIDY: &str = "URIs are normalised before they are compared, and here they are hashed";
const WRAPS: &str = "a length that does not fit its type";

pub(super) const BUGS: &[Row] = &[
    (
        "salt-once",
        "hashes no salt behind the message",
        "the salt is in the message already",
        Answers(OP, |input, answer| of(input, answer, |p| id(&[&two(p.sender), &two(p.room), &p.octets]))),
    ),
    (
        "no-lengths",
        "hashes the URIs without their lengths",
        EARLIER,
        Answers(OP, |input, answer| {
            of(input, answer, |p| id(&[p.sender.as_bytes(), p.room.as_bytes(), &p.octets, &p.salt]))
        }),
    ),
    (
        "little-endian-lengths",
        "hashes the lengths of the URIs with the lower octet first",
        "the byte order of the machine",
        Answers(OP, |input, answer| {
            of(input, answer, |p| {
                let little = |uri: &str| [&length(uri.len()).to_le_bytes(), uri.as_bytes()].concat();
                id(&[&little(p.sender), &little(p.room), &p.octets, &p.salt])
            })
        }),
    ),
    (
        "id-lengths-in-characters",
        "hashes the number of characters of the URIs as their lengths",
        "the length of a string is not that of its UTF-8",
        Answers(OP, |input, answer| {
            of(input, answer, |p| {
                let counted = |uri: &str| [&length(uri.chars().count()).to_be_bytes(), uri.as_bytes()].concat();
                id(&[&counted(p.sender), &counted(p.room), &p.octets, &p.salt])
            })
        }),
    ),
    (
        "id-lengths-of-8-bits",
        "hashes the lengths of the URIs in one octet",
        WRAPS,
        Answers(OP, |input, answer| {
            of(input, answer, |p| {
                let short = |uri: &str| {
                    let [_, lower] = length(uri.len()).to_be_bytes();
                    [&[lower], uri.as_bytes()].concat()
                };
                id(&[&short(p.sender), &short(p.room), &p.octets, &p.salt])
            })
        }),
    ),
    (
        "id-lengths-of-32-bits",
        "hashes the lengths of the URIs in four octets",
        "another convention for lengths",
        Answers(OP, |input, answer| {
            of(input, answer, |p| {
                let wide = |uri: &str| [&[0, 0], two(uri).as_slice()].concat();
                id(&[&wide(p.sender), &wide(p.room), &p.octets, &p.salt])
            })
        }),
    ),
    (
        "room-before-sender",
        "hashes the room's URI before the sender's",
        ORDER,
        Answers(OP, |input, answer| of(input, answer, |p| id(&[&two(p.room), &two(p.sender), &p.octets, &p.salt]))),
    ),
    (
        "message-before-uris",
        "hashes the message before the URIs",
        ORDER,
        Answers(OP, |input, answer| of(input, answer, |p| id(&[&p.octets, &two(p.sender), &two(p.room), &p.salt]))),
    ),
    (
        "salt-before-message",
        "hashes the salt before the message",
        ORDER,
        Answers(OP, |input, answer| of(input, answer, |p| id(&[&two(p.sender), &two(p.room), &p.salt, &p.octets]))),
    ),
    (
        "no-algorithm-octet",
        "gives the whole hash, without the octet for its algorithm",
        "a hash of 32 octets is what one expects",
        Answers(OP, |input, answer| of(input, answer, |p| p.hash().to_vec())),
    ),
    (
        "end-of-the-hash",
        "keeps the last 31 octets of the hash",
        "a cut at the wrong end",
        Answers(OP, |input, answer| {
            of(input, answer, |p| [1].into_iter().chain(p.hash().into_iter().skip(1)).collect())
        }),
    ),
    (
        "algorithm-zero",
        "writes 0 for the hash algorithm",
        "an enumeration that begins elsewhere",
        Answers(OP, |input, answer| {
            of(input, answer, |p| [0].into_iter().chain(p.hash().into_iter().take(31)).collect())
        }),
    ),
    (
        "another-hash",
        "hashes with SHA-512/256",
        "a hash of the same length",
        Answers(OP, |input, answer| {
            of(input, answer, |p| {
                let hash = Sha512_256::digest(p.parts().concat());
                [1].into_iter().chain(hash.iter().copied().take(31)).collect()
            })
        }),
    ),
    (
        "id-without-unknown-extensions",
        "hashes the message as written anew, without extensions that it does not know",
        "what was received is not kept, and what was lost is not hashed",
        Answers(OP, |input, answer| {
            of(input, answer, |p| {
                let rest = p.anew(|key| key.major == 0 && matches!(key.arg, 1 | 2));
                id(&[&two(p.sender), &two(p.room), &rest, &p.salt])
            })
        }),
    ),
    (
        "id-without-extensions",
        "hashes the message without its extensions",
        "sender and room are hashed already",
        Answers(OP, |input, answer| {
            of(input, answer, |p| id(&[&two(p.sender), &two(p.room), &p.anew(|_| false), &p.salt]))
        }),
    ),
    (
        "id-of-hex",
        "hashes the hexadecimal digits of the message",
        "a string is passed where octets are wanted",
        Answers(OP, |input, answer| {
            of(input, answer, |p| id(&[&two(p.sender), &two(p.room), hex::encode(&p.octets).as_bytes(), &p.salt]))
        }),
    ),
    (
        "extensions-not-looked-at",
        "takes URIs that are not given for empty, whatever the extensions say",
        "an optional argument with an empty default",
        Reads(OP, |input| fill(input, &[None, None])),
    ),
    (
        "missing-uri-is-empty",
        "takes a URI that is nowhere for empty",
        "an optional argument with an empty default",
        Reads(OP, |input| {
            let found = in_extensions(input);
            fill(input, &found);
        }),
    ),
    (
        "given-empty-uri-is-missing",
        "takes a URI that is given and empty for one that is not given",
        "a test for truth where one for presence is needed",
        Reads(OP, |input| {
            for name in ["sender_uri", "room_uri"] {
                if input.get(name) == Some(&json!(""))
                    && let Some(object) = input.as_object_mut()
                {
                    object.remove(name);
                }
            }
        }),
    ),
    ("uri-in-lower-case", "hashes URIs in lower case", TIDY, Reads(OP, |input| each_uri(input, str::to_lowercase))),
    (
        "uri-scheme-in-lower-case",
        "hashes URIs with their scheme in lower case",
        TIDY,
        Reads(OP, |input| {
            each_uri(input, |uri| match uri.split_once(':') {
                Some((scheme, rest)) => format!("{}:{rest}", scheme.to_lowercase()),
                None => uri.to_owned(),
            });
        }),
    ),
    (
        "uri-without-trailing-slash",
        "hashes URIs without a slash at their end",
        TIDY,
        Reads(OP, |input| each_uri(input, |uri| uri.strip_suffix('/').unwrap_or(uri).to_owned())),
    ),
    (
        "uri-percent-decoded",
        "hashes URIs with their percent encoding undone",
        TIDY,
        Reads(OP, |input| each_uri(input, percent_decoded)),
    ),
    (
        "uri-trimmed",
        "hashes URIs without white space at their ends",
        TIDY,
        Reads(OP, |input| each_uri(input, |uri| uri.trim().to_owned())),
    ),
    (
        "uri-ends-at-nul",
        "hashes URIs up to a zero octet",
        "strings that end with a zero octet",
        Reads(OP, |input| each_uri(input, |uri| uri.split('\0').next().unwrap_or_default().to_owned())),
    ),
    (
        "uri-length-wraps",
        "hashes the length of a URI of 65536 octets as 0",
        WRAPS,
        Answers(OP, |input, answer| {
            let long = |name| input.get(name).and_then(Value::as_str).is_some_and(|uri| uri.len() > 0xffff);
            if ["sender_uri", "room_uri"].into_iter().any(long) { of(input, sound(), |p| p.id()) } else { answer }
        }),
    ),
    (
        "uri-length-of-15-bits",
        "refuses a URI of 32768 octets",
        "languages without unsigned integers",
        Answers(OP, |input, answer| {
            let long = |name| input.get(name).and_then(Value::as_str).is_some_and(|uri| uri.len() > 0x7fff);
            if ["sender_uri", "room_uri"].into_iter().any(long) { super::adapter::refused("too long") } else { answer }
        }),
    ),
    (
        "id-of-what-does-not-conform",
        "gives an id to octets that are no message, from what looks like their salt",
        "hashing needs no decoding",
        Answers(OP, |input, answer| match answer {
            Answer::Reject(rejection) if rejection.offset.is_none() => Answer::Reject(rejection),
            answer => match of(input, sound(), |p| p.id()) {
                Answer::Ok(out) => Answer::Ok(out),
                _ => answer,
            },
        }),
    ),
];

/// What the formula is made of.
struct Pieces<'a> {
    sender: &'a str,
    room: &'a str,
    octets: Vec<u8>,
    salt: Vec<u8>,
}

impl Pieces<'_> {
    fn parts(&self) -> [Vec<u8>; 4] {
        [two(self.sender), two(self.room), self.octets.clone(), self.salt.clone()]
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.parts().concat()).into()
    }

    /// The id as it should be.
    fn id(&self) -> Vec<u8> {
        [1].into_iter().chain(self.hash().into_iter().take(31)).collect()
    }

    /// The message with only those extensions.
    fn anew(&self, keep: impl Fn(&Item) -> bool) -> Vec<u8> {
        let Some((mut root, _)) = Item::parse(&self.octets) else { return vec![] };
        change_extensions(&mut root, |entries| entries.retain(|(key, _)| keep(key)));
        root.octets()
    }
}

/// An answer that stands for any output, where a bug answers what must be refused.
fn sound() -> Answer {
    Answer::Ok(Value::Null)
}

/// Another id where there is one.
fn of(input: &Value, answer: Answer, make: impl FnOnce(&Pieces<'_>) -> Vec<u8>) -> Answer {
    if !matches!(answer, Answer::Ok(_)) {
        return answer;
    }
    let found = in_extensions(input);
    let [sender, room] = [("sender_uri", 0), ("room_uri", 1)].map(|(name, place)| {
        input.get(name).and_then(Value::as_str).or_else(|| found.get(place)?.as_deref()).unwrap_or_default()
    });
    let octets = input.get("cbor").and_then(Value::as_str).and_then(|cbor| hex::decode(cbor).ok()).unwrap_or_default();
    let salt = Item::parse(&octets).and_then(|(root, _)| root.at(SALT)?.string_octets());
    let Some(salt) = salt else { return super::adapter::refused("no salt") };
    Answer::Ok(json!({"message_id": hex::encode(&make(&Pieces { sender, room, octets, salt }))}))
}

/// The algorithm's number and 31 octets of the hash of the parts, one after the other.
fn id(parts: &[&[u8]]) -> Vec<u8> {
    let hash = Sha256::digest(parts.concat());
    [1].into_iter().chain(hash.iter().copied().take(31)).collect()
}

/// The lower 16 bits of a length.
fn length(n: usize) -> u16 {
    u16::try_from(n & 0xffff).unwrap_or_default()
}

/// A URI behind its length.
fn two(uri: &str) -> Vec<u8> {
    [&length(uri.len()).to_be_bytes(), uri.as_bytes()].concat()
}

/// The URIs in extensions 1 and 2.
fn in_extensions(input: &Value) -> [Option<String>; 2] {
    let root = super::adapter::document(input);
    [1, 2].map(|key| {
        let map = root.as_ref()?.at(EXTENSIONS)?;
        let (_, value) = map.entries().find(|(k, _)| **k == Item::uint(key))?;
        String::from_utf8(value.string_octets().filter(|_| value.major == super::item::TEXT)?).ok()
    })
}

/// Gives an empty text for every URI that is neither given nor found.
fn fill(input: &mut Value, found: &[Option<String>; 2]) {
    let Some(object) = input.as_object_mut() else { return };
    for (name, found) in ["sender_uri", "room_uri"].into_iter().zip(found) {
        if found.is_none() {
            object.entry(name).or_insert_with(|| json!(""));
        }
    }
}

/// Changes every URI, wherever it comes from.
fn each_uri(input: &mut Value, change: impl Fn(&str) -> String) {
    let found = in_extensions(input);
    let Some(object) = input.as_object_mut() else { return };
    for (name, found) in ["sender_uri", "room_uri"].into_iter().zip(found) {
        let uri = object.get(name).and_then(Value::as_str).map(str::to_owned).or(found);
        if let Some(uri) = uri {
            object.insert(name.to_owned(), json!(change(&uri)));
        }
    }
}

fn percent_decoded(uri: &str) -> String {
    let mut rest = uri.as_bytes();
    let mut out = vec![];
    while let Some((octet, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| *octet == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(*octet));
        rest = if code.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::adapter::Implementation;
    use mimicheck::adapter::reference::Reference;
    use mimicheck::vector::families;

    /// The pieces, put together as they should be, give the reference's id: so each bug is only its own.
    #[test]
    fn the_sound_formula_is_the_references() {
        let mut asked = 0;
        for family in families::ALL.iter().filter(|family| family.name == OP) {
            for case in (family.generate)().cases() {
                let answer = Reference.answer(OP, &case.input);
                asked += usize::from(matches!(answer, Answer::Ok(_)));
                assert_eq!(of(&case.input, answer.clone(), |p| p.id()), answer, "{}", case.id);
            }
        }
        assert!(asked > 50);
    }
}
