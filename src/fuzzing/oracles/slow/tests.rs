use super::*;
use serde_json::json;

/// A smallest message with these extensions, in hex; 87, salt of 16 octets, null, h'', null, null, …, part.
fn with(extensions: &str) -> Vec<u8> {
    let text = format!("8750{}f640f6f6{extensions}83016000", "07".repeat(16));
    hex::decode(&text).unwrap()
}

/// Written by hand from the draft and RFC 8949, verdict first.
const EXTENSIONS: [(bool, &str, &str); 38] = [
    (true, "a0", "none"),
    (true, "a10001", "key 0"),
    (true, "a101616d", "sender"),
    (false, "a101416d", "sender as octets"),
    (false, "a201616d01616d", "a key twice"),
    (false, "a202616d01616d", "wrong order"),
    (true, "a201616d02616d", "right order"),
    (true, "a103f7", "undefined"),
    (true, "a103e0", "simple 0"),
    (true, "a103f8ff", "simple 255"),
    (false, "a103f81f", "simple 31 in two octets"),
    (false, "a103f814", "false in two octets"),
    (false, "a1f701", "undefined as a key"),
    (false, "a1f8ff01", "simple 255 as a key"),
    (false, "a103a1f401", "false as an inner key"),
    (false, "a103a1e001", "simple 0 as an inner key"),
    (true, "a103f97e00", "the one NaN"),
    (false, "a103f97e01", "another NaN"),
    (false, "a103f97c01", "a signalling NaN"),
    (false, "a103fa7fc00000", "a wide NaN"),
    (false, "a103fb7ff8000000000000", "a wider NaN"),
    (false, "a103fa3f800000", "1.0 in four octets"),
    (true, "a103f93c00", "1.0"),
    (true, "a103c249010000000000000000", "2^64"),
    (true, "a103c350ffffffffffffffffffffffffffffffff", "-2^128"),
    (false, "a103c248ffffffffffffffff", "2^64 - 1 as a bignum"),
    (false, "a103c24a00010000000000000000", "2^64 with a zero"),
    (false, "a103d80249010000000000000000", "2^64 with a long tag"),
    (true, "a103c26161", "tag 2 around text"),
    (true, "a1031b0020000000000000", "a value beyond 2^53"),
    (false, "a11b002000000000000001", "a key beyond 2^53 - 1"),
    (true, "a11b001fffffffffffff01", "the largest key"),
    (true, "a13b001ffffffffffffe01", "the least key"),
    (false, "a13b001fffffffffffff01", "below the least key"),
    (false, "a16001", "an empty key"),
    (true, "a103818180", "four levels"),
    (false, "a10381818180", "five levels"),
    (false, "a1039f01ff", "indefinite length"),
];

#[test]
fn extensions_by_hand() {
    for (conforms, extensions, what) in EXTENSIONS {
        let octets = with(extensions);
        let found = decode(&octets);
        assert_eq!(found.is_ok(), conforms, "{what}: {found:?}");
        if let Ok(message) = found {
            assert_eq!(encode(&message).as_ref(), Ok(&octets), "{what}");
        }
    }
}

#[test]
fn an_extension_keeps_the_octets_of_its_value() {
    let message = decode(&with("a203f8ff04c249010000000000000000")).unwrap();
    let expected = json!([{"key": 3, "value": "f8ff"}, {"key": 4, "value": "c249010000000000000000"}]);
    assert_eq!(message["extensions"], expected);
}

#[test]
fn values_do_not_run_into_each_other() {
    let mut message = decode(&with("a0")).unwrap();
    message["extensions"] = json!([{"key": 4, "value": "01"}, {"key": 3, "value": "f6"}]);
    assert_eq!(encode(&message).unwrap(), with("a203f60401"));
    message["extensions"] = json!([{"key": 3, "value": ""}, {"key": 4, "value": "0501"}]);
    assert!(encode(&message).is_err(), "an empty value borrows the next key");
    message["extensions"] = json!([{"key": 3, "value": "0102"}]);
    assert!(encode(&message).is_err(), "two items");
}

/// Section 3.3 by Python's hashlib, over `with("a0")`, "a" and "b".
#[test]
fn message_id_follows_the_formula() {
    assert_eq!(message_id(&with("a0"), Some("a"), Some("b")).unwrap(), ID);
    assert_eq!(message_id(&with("a201616102616b"), None, Some("b")).unwrap().len(), 64);
    assert!(message_id(&with("a0"), None, Some("b")).is_err());
}

const ID: &str = "011834dbfd80da862ea57e0c6c523b814434c39fc220210cff777c1654624e6d";

#[test]
fn hostile_octets_are_refused_at_once() {
    for octet in 0..=u8::MAX {
        let _ = decode(&vec![octet; 100_000]);
    }
    for claim in ["9bffffffffffffffff", "bbffffffffffffffff", "5bffffffffffffffff", "7b7fffffffffffffff", "ba7fffffff"]
    {
        assert!(decode(&hex::decode(claim).unwrap()).is_err());
    }
}
