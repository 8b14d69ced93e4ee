//! Bugs of senders.

use super::input::{asked, lets, octets, unframed};
use crate::faulty::bug::Fault::{Answers, Reads};
use crate::faulty::bug::Row;
use mimicheck::adapter::Answer;
use mimicheck::content::Document;
use mimicheck::vector::forge::franking::{hmac, safe_aad};
use mimicheck::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const OP: &str = "room/franking-tag";
const HASHES: &str = "a hash is as good as another";

/// Salt, application data, content → a tag.
type Tag = fn(&[u8], &[u8], &[u8]) -> Vec<u8>;

/// The answer with another tag.
fn tagged(input: &Value, answer: Answer, tag: Tag) -> Answer {
    let Answer::Ok(_) = answer else { return answer };
    let data = octets(input, "application_data");
    let framed = input.get("framed") == Some(&json!(true));
    let content = if framed { unframed(&data).unwrap_or_default() } else { data.clone() };
    let Ok(document) = Document::decode(&content) else { return answer };
    let tag = tag(&document.message().salt[..], &data, &content);
    Answer::Ok(json!({
        "franking_tag": hex::encode(&tag),
        "authenticated_data": hex::encode(&safe_aad(&[(0x0020, &tag)])),
    }))
}

/// Other authenticated data of the tag.
fn carried(answer: Answer, data: fn(&[u8]) -> Vec<u8>) -> Answer {
    let Answer::Ok(mut out) = answer else { return answer };
    let data = data(&octets(&out, "franking_tag"));
    super::input::put(&mut out, "authenticated_data", hex::encode(&data));
    Answer::Ok(out)
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "franking-tags-content-alone",
        "computes the tag over the content, not over its framing",
        "a layer hands on what is inside",
        Answers(OP, |input, answer| tagged(input, answer, |salt, _, content| hmac(salt, content))),
    ),
    (
        "franking-tag-key-and-data-swapped",
        "takes the data for the key of the tag",
        "two arguments of one type",
        Answers(OP, |input, answer| tagged(input, answer, |salt, data, _| hmac(data, salt))),
    ),
    (
        "franking-tag-is-a-hash",
        "computes the tag as a hash of salt and data",
        HASHES,
        Answers(OP, |input, answer| {
            tagged(input, answer, |salt, data, _| Sha256::digest([salt, data].concat()).to_vec())
        }),
    ),
    (
        "franking-tag-of-hashed-data",
        "hashes the data before the tag is computed",
        HASHES,
        Answers(OP, |input, answer| tagged(input, answer, |salt, data, _| hmac(salt, &Sha256::digest(data)))),
    ),
    (
        "franking-tag-without-salt",
        "computes the tag with an empty key",
        "a key that is empty in every test",
        Answers(OP, |input, answer| tagged(input, answer, |_, data, _| hmac(&[], data))),
    ),
    (
        "franking-tag-key-is-salt-in-cbor",
        "takes the salt's encoding for the key of the tag",
        "the encoding of a value is taken for the value",
        Answers(OP, |input, answer| tagged(input, answer, |salt, data, _| hmac(&[&[0x50], salt].concat(), data))),
    ),
    (
        "franking-tag-of-16384-octets",
        "computes the tag over the first 16384 octets",
        "a buffer of fixed size that is filled as far as it goes",
        Answers(OP, |input, answer| {
            tagged(input, answer, |salt, data, _| hmac(salt, data.get(..16_384).unwrap_or(data)))
        }),
    ),
    (
        "franking-tag-bare-in-data",
        "puts the tag into authenticated data without a SafeAAD",
        "a framing that the other draft defines",
        Answers(OP, |_, answer| carried(answer, <[u8]>::to_vec)),
    ),
    (
        "franking-tag-under-four-octets",
        "writes the component's number in four octets",
        "an earlier draft",
        Answers(OP, |_, answer| carried(answer, |tag| [&[37, 0, 0, 0, 0x20, 32][..], tag].concat())),
    ),
    (
        "franking-tag-under-agent",
        "puts the tag under the number of the franking agent",
        "two numbers side by side",
        Answers(OP, |_, answer| carried(answer, |tag| safe_aad(&[(0x0021, tag)]))),
    ),
    (
        "franking-without-sender",
        "franks messages that do not name their sender",
        "a field that is optional elsewhere",
        Answers(OP, |input, answer| lets("franked-without-sender", |_| true, input, answer)),
    ),
    (
        "franking-without-room",
        "franks messages that do not name their room",
        "a field that is optional elsewhere",
        Answers(OP, |input, answer| lets("franked-without-room", |_| true, input, answer)),
    ),
    (
        "franking-salts-of-any-length",
        "takes a salt of any length",
        "the key of an HMAC may have any",
        Answers(OP, |input, answer| lets("salt-length", |_| true, input, answer)),
    ),
    (
        "franking-uris-of-any-type",
        "franks messages whose URIs are no texts",
        "what is not understood is passed on",
        Answers(OP, |input, answer| lets("extension-value-type", |_| true, input, answer)),
    ),
    (
        "franking-any-content",
        "franks whatever is no MIMI content",
        "a tag is only a hash, and does not ask of what",
        Answers(OP, |_, answer| match super::input::refusal(&answer) {
            Some("truncated" | "trailing-bytes" | "wrong-type" | "wrong-array-length") => Answer::Ok(json!({})),
            _ => answer,
        }),
    ),
    (
        "franking-framing-cut",
        "takes a framing that ends too soon",
        "a buffer of fixed size that is filled as far as it goes",
        Answers(OP, |input, answer| lets("wire-truncated", |_| true, input, answer)),
    ),
    (
        "franking-framing-with-more",
        "ignores what follows a framing",
        "a parser that is asked whether it succeeded, not whether it is done",
        Answers(OP, |input, answer| lets("wire-trailing", |_| true, input, answer)),
    ),
    (
        "franking-framing-never",
        "takes application data for content in every group",
        "an extension that is not supported, and not looked for",
        Reads(OP, |input| super::input::put(input, "framed", false)),
    ),
    (
        "franking-framing-guessed",
        "takes application data for content where they are no framing",
        "the form is guessed instead of read from the group",
        Answers(OP, |input, answer| match answer {
            Answer::Reject(_) => asked(OP, input, |input| super::input::put(input, "framed", false)),
            answer => answer,
        }),
    ),
];
