use super::*;
use crate::reason::content as reason;
use crate::vector::{File, Verdict};
use std::collections::{BTreeMap, BTreeSet};

fn all() -> [File; 4] {
    [decode::file(), encode::file(), message_id::file(), part_index::file()]
}

/// Every reason of chapters 4 to 6 that octets can give; a new one needs its cases.
const DECODER: &[crate::reason::Reason] = &[
    reason::TRUNCATED,
    reason::TRAILING_BYTES,
    reason::RESERVED_INFO,
    reason::UNEXPECTED_BREAK,
    reason::INVALID_SIMPLE,
    reason::INVALID_UTF8,
    reason::INDEFINITE_LENGTH,
    reason::NON_SHORTEST_INTEGER,
    reason::NON_SHORTEST_LENGTH,
    reason::NON_SHORTEST_TAG,
    reason::NON_SHORTEST_FLOAT,
    reason::BIGNUM_FITS_INTEGER,
    reason::BIGNUM_LEADING_ZERO,
    reason::MAP_KEY_ORDER,
    reason::DUPLICATE_MAP_KEY,
    reason::NAN_PAYLOAD,
    reason::EXTENSION_KEY_TYPE,
    reason::EXTENSION_KEY_EMPTY,
    reason::EXTENSION_KEY_TOO_LONG,
    reason::MAP_KEY_RANGE,
    reason::NESTED_MAP_KEY_TYPE,
    reason::EXTENSION_TOO_DEEP,
    reason::PART_TOO_DEEP,
    reason::WRONG_TYPE,
    reason::WRONG_ARRAY_LENGTH,
    reason::SALT_LENGTH,
    reason::MESSAGE_ID_LENGTH,
    reason::EXTENSION_VALUE_TYPE,
    reason::INTEGER_OUT_OF_RANGE,
    reason::DISPOSITION_OUT_OF_RANGE,
    reason::UNKNOWN_CARDINALITY,
    reason::UNKNOWN_PART_SEMANTICS,
    reason::TOO_FEW_PARTS,
];

#[test]
fn every_reason_has_two_cases_and_every_refusal_a_place() {
    let file = decode::file();
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for case in file.cases().filter(|c| c.expect.verdict == Verdict::Reject) {
        assert!(case.expect.offset.is_some(), "{}: nothing is marked", case.id);
        let octets = case.input["cbor"].as_str().unwrap();
        assert!(
            usize::try_from(case.expect.offset.unwrap()).unwrap() * 2 <= octets.len(),
            "{}: marked beyond the input",
            case.id
        );
        found.entry(case.expect.reason.as_deref().unwrap()).or_default().insert(octets.to_owned());
    }
    for reason in DECODER {
        assert!(found.get(reason.code()).is_some_and(|octets| octets.len() > 1), "{reason}: fewer than two cases");
    }
    assert_eq!(found.len(), DECODER.len(), "a reason that is not listed");
}

/// The same question is not asked twice: not even with another salt, where the salt is not what is asked for.
#[test]
fn no_input_twice() {
    let mut again = vec![];
    for file in all() {
        let mut inputs: BTreeMap<String, String> = BTreeMap::new();
        for case in file.cases() {
            let salt = case.input["message"]["salt"].as_str().map(str::to_owned);
            let mut input = format!("{} {}", case.op, case.input);
            let cbor = case.input["cbor"].as_str().filter(|c| c.starts_with("8750")).and_then(|c| c.get(4..36));
            if let Some(salt) = salt.as_deref().filter(|s| s.len() == 32).or(cbor) {
                let ordinary = !case.id.contains("salt") && !case.id.contains("hash-input");
                input = if ordinary { input.replace(salt, "SALT") } else { input };
            }
            if let Some(other) = inputs.insert(input, case.id.clone()) {
                again.push(format!("{} asks what {other} asks", case.id));
            }
        }
    }
    assert!(again.is_empty(), "{}", again.join("\n"));
}

/// The families are as large as promised; no case goes missing unnoticed.
#[test]
fn they_are_large() {
    let cases: usize = all().iter().map(|f| f.cases().count()).sum();
    let refusals =
        all().iter().map(|f| f.cases().filter(|c| c.expect.verdict == Verdict::Reject).count()).sum::<usize>();
    assert!(cases >= 800 && refusals >= 500, "{cases} cases, {refusals} refusals");
}
