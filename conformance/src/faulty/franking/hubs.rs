//! Bugs of hubs that frank.

use super::input::{asked, change, octets, opaque, put, text};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::vector::forge::franking::{Signer, context, frank, hmac, safe_aad, sign_content};
use mimicheck::wire::hex;
use serde_json::{Value, json};

const OP: &str = "room/frank";
const LABEL: &str = "MLS 1.0 FrankingIntegrityTBS";
const ARGUMENTS: &str = "two arguments of one type";

/// What a frank is made of.
struct Parts {
    hub_key: Vec<u8>,
    tag: Vec<u8>,
    sender: String,
    room: String,
    time: u64,
    suite: u16,
}

impl Parts {
    fn context(&self) -> Vec<u8> {
        context(&self.sender, &self.room, self.time)
    }

    fn right(&self) -> Vec<u8> {
        hmac(&self.hub_key, &[self.tag.clone(), self.context()].concat())
    }

    fn signed(&self, server_frank: &[u8]) -> Vec<u8> {
        let whole = [server_frank, &self.suite.to_be_bytes(), &self.context()].concat();
        sign_content(LABEL, &whole)
    }

    fn bare(&self) -> Vec<u8> {
        [self.sender.as_bytes(), self.room.as_bytes(), &self.time.to_be_bytes()].concat()
    }
}

/// The component of authenticated data with this number.
fn component(aad: &[u8], wanted: u16) -> Option<Vec<u8>> {
    let mut rest = opaque(aad)?.0;
    while let [high, low, more @ ..] = rest {
        let (data, after) = opaque(more)?;
        if u16::from_be_bytes([*high, *low]) == wanted {
            return Some(data.to_vec());
        }
        rest = after;
    }
    None
}

/// A frank with another server frank, or another content of its signature.
fn made(
    input: &Value,
    answer: Answer,
    server_frank: fn(&Parts) -> Vec<u8>,
    signed: fn(&Parts, &[u8]) -> Vec<u8>,
) -> Answer {
    if !matches!(&answer, Answer::Ok(out) if !out.get("frank").is_none_or(Value::is_null)) {
        return answer;
    }
    let number = |name| input.get(name).and_then(Value::as_u64).unwrap_or_default();
    let Ok(private) = octets(input, "signature_priv").try_into() else { return answer };
    let suite = u16::try_from(number("cipher_suite")).unwrap_or_default();
    let signer = if suite == 2 { Signer::P256(private) } else { Signer::Ed25519(private) };
    let parts = Parts {
        hub_key: octets(input, "hub_key"),
        tag: component(&octets(input, "authenticated_data"), 0x0020).unwrap_or_default(),
        sender: text(input, "sender_uri"),
        room: text(input, "room_uri"),
        time: number("accepted_timestamp"),
        suite,
    };
    let stamp = server_frank(&parts);
    let signature = signer.sign(&signed(&parts, &stamp));
    Answer::Ok(json!({"frank": hex::encode(&frank(&stamp, suite, &signature))}))
}

fn swap(input: &mut Value, a: &str, b: &str) {
    let (first, second) = (text(input, a), text(input, b));
    put(input, a, second);
    put(input, b, first);
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "franking-hub-key-of-32-octets",
        "uses the first 32 octets of its key",
        "a key of the size of the hash",
        Reads(OP, |input| change(input, "hub_key", |key| key.into_iter().take(32).collect())),
    ),
    (
        "franking-hub-key-of-a-block",
        "cuts its key to a block of the hash instead of hashing it",
        "an HMAC that was written by hand",
        Reads(OP, |input| change(input, "hub_key", |key| key.into_iter().take(64).collect())),
    ),
    (
        "franking-times-in-seconds",
        "franks times in seconds",
        "milliseconds in one place and seconds in another",
        Reads(OP, |input| {
            let time = input.get("accepted_timestamp").and_then(Value::as_u64).unwrap_or_default();
            put(input, "accepted_timestamp", time / 1000);
        }),
    ),
    (
        "franking-times-of-32-bits",
        "franks the lower 32 bits of a time",
        "numbers of a language that has no others",
        Reads(OP, |input| {
            let time = input.get("accepted_timestamp").and_then(Value::as_u64).unwrap_or_default();
            put(input, "accepted_timestamp", time & 0xffff_ffff);
        }),
    ),
    (
        "franking-senders-in-lower-case",
        "franks the sender in lower case",
        "a URI that is tidied on its way",
        Reads(OP, |input| {
            let sender = text(input, "sender_uri").to_lowercase();
            put(input, "sender_uri", sender);
        }),
    ),
    (
        "franking-room-before-sender",
        "franks the room in place of the sender, and the other way round",
        ARGUMENTS,
        Reads(OP, |input| swap(input, "sender_uri", "room_uri")),
    ),
    (
        "franking-suite-is-1",
        "writes suite 1 into every frank",
        "one algorithm is in use, and its number is not looked at",
        Reads(OP, |input| {
            if input.get("cipher_suite") != Some(&json!(2)) {
                put(input, "cipher_suite", 1);
            }
        }),
    ),
    (
        "franking-first-component",
        "takes the first component of the authenticated data for the tag",
        "there is one component in every test",
        Reads(OP, |input| {
            change(input, "authenticated_data", |aad| {
                let first = opaque(&aad).and_then(|(items, _)| opaque(items.get(2..)?)).map(|(data, _)| data.to_vec());
                first.map_or(aad, |data| safe_aad(&[(0x0020, &data)]))
            });
        }),
    ),
    (
        "franking-last-32-octets",
        "takes the last 32 octets of the authenticated data for the tag",
        "octets are taken from a fixed place",
        Reads(OP, |input| {
            change(input, "authenticated_data", |aad| match aad.len().checked_sub(32) {
                Some(start) => safe_aad(&[(0x0020, aad.get(start..).unwrap_or_default())]),
                None => aad,
            });
        }),
    ),
    (
        "franking-number-in-one-octet",
        "looks at the second octet of a component's number only",
        "a number is taken for an octet",
        Reads(OP, |input| {
            change(input, "authenticated_data", |aad| match component(&aad, 0x2000) {
                Some(data) => safe_aad(&[(0x0020, &data)]),
                None => aad,
            });
        }),
    ),
    (
        "franking-behind-components",
        "looks for the tag behind the components, too",
        "what follows a structure is read as if it belonged to it",
        Reads(OP, |input| {
            change(input, "authenticated_data", |aad| match aad.split_first() {
                Some((0, rest)) if !rest.is_empty() => [&[35], rest].concat(),
                _ => aad,
            });
        }),
    ),
    (
        "franking-components-alone",
        "refuses authenticated data that go on behind their components",
        "a structure is taken for all there is",
        Answers(OP, |input, answer| {
            super::input::refuses(
                |input| opaque(&octets(input, "authenticated_data")).is_some_and(|(_, rest)| !rest.is_empty()),
                input,
                answer,
            )
        }),
    ),
    (
        "franking-without-tag",
        "franks messages that have no tag",
        "a field that is zero when it is missing",
        Answers(OP, |input, answer| match &answer {
            Answer::Ok(out) if out.get("frank").is_some_and(Value::is_null) => asked(OP, input, |input| {
                put(input, "authenticated_data", hex::encode(&safe_aad(&[(0x0020, &[0; 32])])));
            }),
            _ => answer,
        }),
    ),
    (
        "franking-without-agent",
        "franks messages of groups without an agent",
        "a hub that franks by its own settings",
        Answers(OP, |input, answer| {
            let none = input.get("franking_agent").is_some_and(Value::is_null);
            if none { Answer::Ok(json!({"frank": "00".repeat(35)})) } else { answer }
        }),
    ),
    (
        "franking-tag-not-stamped",
        "leaves the tag out of the server frank",
        "what is signed is thought to be what is stamped",
        Answers(OP, |input, answer| {
            made(input, answer, |p| hmac(&p.hub_key, &p.context()), |p, stamp| p.signed(stamp))
        }),
    ),
    (
        "franking-context-not-stamped",
        "stamps the tag alone",
        "the scheme that this one is modelled on",
        Answers(OP, |input, answer| made(input, answer, |p| hmac(&p.hub_key, &p.tag), |p, stamp| p.signed(stamp))),
    ),
    (
        "franking-key-is-data",
        "takes its key for the data of the server frank",
        ARGUMENTS,
        Answers(OP, |input, answer| {
            let stamp = |p: &Parts| hmac(&[p.tag.clone(), p.context()].concat(), &p.hub_key);
            made(input, answer, stamp, |p, stamp| p.signed(stamp))
        }),
    ),
    (
        "franking-time-first",
        "stamps the time before the URIs",
        "the order of another draft",
        Answers(OP, |input, answer| {
            let stamp = |p: &Parts| {
                let uris = context(&p.sender, &p.room, 0);
                let uris = uris.get(..uris.len().saturating_sub(8)).unwrap_or_default();
                hmac(&p.hub_key, &[&p.tag, &p.time.to_be_bytes()[..], uris].concat())
            };
            made(input, answer, stamp, |p, stamp| p.signed(stamp))
        }),
    ),
    (
        "franking-signs-tag-too",
        "signs the tag as well",
        "a repair of the draft that others do not have",
        Answers(OP, |input, answer| {
            made(input, answer, Parts::right, |p, stamp| {
                let whole = [stamp, &p.suite.to_be_bytes(), &p.tag, &p.context()].concat();
                sign_content(LABEL, &whole)
            })
        }),
    ),
    (
        "franking-signs-without-suite",
        "leaves the cipher suite out of what it signs",
        "a field that everybody knows",
        Answers(OP, |input, answer| {
            made(input, answer, Parts::right, |p, stamp| sign_content(LABEL, &[stamp, &p.context()].concat()))
        }),
    ),
    (
        "franking-signs-without-lengths",
        "signs the URIs without their lengths",
        "texts that are put one behind the other",
        Answers(OP, |input, answer| {
            made(input, answer, Parts::right, |p, stamp| {
                sign_content(LABEL, &[stamp, &p.suite.to_be_bytes(), &p.bare()].concat())
            })
        }),
    ),
    (
        "franking-label-without-prefix",
        "signs with the label as it stands in the draft",
        "the prefix is added by the function of another document",
        Answers(OP, |input, answer| {
            made(input, answer, Parts::right, |p, stamp| {
                let whole = [stamp, &p.suite.to_be_bytes(), &p.context()].concat();
                sign_content("FrankingIntegrityTBS", &whole)
            })
        }),
    ),
    (
        "franking-signs-bare",
        "signs without a label",
        "a signature is a signature",
        Answers(OP, |input, answer| {
            let bare = |p: &Parts, stamp: &[u8]| [stamp, &p.suite.to_be_bytes(), &p.context()].concat();
            made(input, answer, Parts::right, bare)
        }),
    ),
];
