//! Wrong ways to compute a message id (section 3.3), each over its own order of the inputs.

use super::bug::{Asked, Bug, bug, output, set};
use super::tree::Node;
use mimicheck::adapter::Answer;
use mimicheck::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const KIND: &str = "message-id";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "id-without-second-salt", "does not append the salt", |a, r| {
        hashed(a, r, |i| id(&[&length(&i.sender), &i.sender, &length(&i.room), &i.room, &i.octets]))
    }),
    bug(KIND, "id-salt-first", "puts the salt before the message", |a, r| {
        hashed(a, r, |i| id(&[&length(&i.sender), &i.sender, &length(&i.room), &i.room, &i.salt, &i.octets]))
    }),
    bug(KIND, "id-without-lengths", "does not write the lengths of the URIs, as in revision 07", |a, r| {
        hashed(a, r, |i| id(&[&i.sender, &i.room, &i.octets, &i.salt]))
    }),
    bug(KIND, "id-little-endian-lengths", "writes lengths with the low octet first", |a, r| {
        hashed(a, r, |i| {
            let low_first = |uri: &[u8]| length(uri).into_iter().rev().collect::<Vec<_>>();
            id(&[&low_first(&i.sender), &i.sender, &low_first(&i.room), &i.room, &i.octets, &i.salt])
        })
    }),
    bug(KIND, "id-lengths-of-32-bits", "writes lengths in four octets", |a, r| {
        hashed(a, r, |i| {
            let wide = |uri: &[u8]| [vec![0, 0], length(uri)].concat();
            id(&[&wide(&i.sender), &i.sender, &wide(&i.room), &i.room, &i.octets, &i.salt])
        })
    }),
    bug(KIND, "id-lengths-in-characters", "counts characters instead of octets", |a, r| {
        hashed(a, r, |i| {
            let characters = |uri: &[u8]| {
                let n = String::from_utf8_lossy(uri).chars().count();
                u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes().to_vec()
            };
            id(&[&characters(&i.sender), &i.sender, &characters(&i.room), &i.room, &i.octets, &i.salt])
        })
    }),
    bug(KIND, "id-room-first", "puts the room before the sender", |a, r| {
        hashed(a, r, |i| id(&[&length(&i.room), &i.room, &length(&i.sender), &i.sender, &i.octets, &i.salt]))
    }),
    bug(KIND, "id-without-algorithm", "hands on all 32 octets of the hash", |a, r| hashed(a, r, right_hash)),
    bug(KIND, "id-last-octets", "keeps the last 31 octets of the hash", |a, r| {
        hashed(a, r, |i| [vec![1], right_hash(i).split_off(1)].concat())
    }),
    bug(KIND, "id-algorithm-0", "writes another algorithm number", |a, r| {
        hashed(a, r, |i| [vec![0], right_hash(i).into_iter().take(31).collect()].concat())
    }),
    bug(KIND, "id-lower-case-uris", "changes the case of URIs", |a, r| {
        hashed(a, r, |i| {
            let (s, o) = (i.sender.to_ascii_lowercase(), i.room.to_ascii_lowercase());
            id(&[&length(&s), &s, &length(&o), &o, &i.octets, &i.salt])
        })
    }),
    bug(KIND, "id-from-extensions-only", "does not take the URIs that are given", |a, r| {
        if a.op == KIND_OP {
            a.changed(|input| {
                set(input, "sender_uri", Value::Null);
                set(input, "room_uri", Value::Null);
            })
        } else {
            r
        }
    }),
    bug(KIND, "id-from-arguments-only", "does not take the URIs in the message", |a, r| {
        let given = ["sender_uri", "room_uri"].iter().all(|m| a.input.get(*m).is_some_and(|v| !v.is_null()));
        if a.op == KIND_OP && !given { super::bug::refuse("seeded: no URIs") } else { r }
    }),
    bug(KIND, "id-cuts-long-uris", "cuts a URI's length to 16 bits", |a, r| {
        if a.op == KIND_OP && a.refused(&r, &["uri-too-long"]) {
            Answer::Ok(json!({"message_id": "01".repeat(32)}))
        } else {
            r
        }
    }),
];

const KIND_OP: &str = "content/message-id";

struct Inputs {
    sender: Vec<u8>,
    room: Vec<u8>,
    octets: Vec<u8>,
    salt: Vec<u8>,
}

fn length(uri: &[u8]) -> Vec<u8> {
    u16::try_from(uri.len()).unwrap_or(u16::MAX).to_be_bytes().to_vec()
}

fn hash(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

fn id(parts: &[&[u8]]) -> Vec<u8> {
    [vec![1], hash(parts).into_iter().take(31).collect()].concat()
}

fn right_hash(i: &Inputs) -> Vec<u8> {
    hash(&[&length(&i.sender), &i.sender, &length(&i.room), &i.room, &i.octets, &i.salt])
}

/// Replaces the id of a message that has one.
fn hashed(asked: Asked<'_>, right: Answer, make: impl FnOnce(&Inputs) -> Vec<u8>) -> Answer {
    if asked.op != KIND_OP {
        return right;
    }
    let Some(inputs) = inputs(asked) else { return right };
    output(right, |out| set(out, "message_id", json!(hex::encode(&make(&inputs)))))
}

fn inputs(asked: Asked<'_>) -> Option<Inputs> {
    let octets = asked.cbor()?;
    let (root, _) = Node::parse(&octets)?;
    let extension = |key: u64| {
        let entries = root.children.get(5)?.entries();
        entries.into_iter().find(|(k, _)| k.major == 0 && k.arg == key).map(|(_, v)| v.string)
    };
    let uri = |member: &str, key| match asked.input.get(member).and_then(Value::as_str) {
        Some(given) => Some(given.as_bytes().to_vec()),
        None => extension(key),
    };
    let salt = root.children.first()?.string.clone();
    Some(Inputs { sender: uri("sender_uri", 1)?, room: uri("room_uri", 2)?, octets, salt })
}
