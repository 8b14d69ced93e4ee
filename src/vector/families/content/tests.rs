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

/// The length of the one item that octets begin with, however deep and however encoded (RFC 8949 appendix C);
/// `None` where it is not well-formed.
fn item_length(octets: &[u8]) -> Option<usize> {
    let mut pos = 0;
    // Items that are still to come at each level, `None` until a break; and the strings that hold chunks.
    let mut open: Vec<(Option<u64>, Option<u8>)> = vec![(Some(1), None)];
    while let Some((left, chunks)) = open.last().copied() {
        if left == Some(0) {
            open.pop();
            continue;
        }
        let initial = *octets.get(pos)?;
        let (major, info) = (initial >> 5, initial & 31);
        pos += 1;
        if initial == 0xff && left.is_none() {
            open.pop();
            continue;
        }
        if let Some((left, _)) = open.last_mut() {
            *left = left.map(|n| n - 1);
        }
        if chunks.is_some_and(|like| like != major || info == 31) {
            return None;
        }
        let arg = match info {
            0..24 => u64::from(info),
            24..28 => {
                let width = 1 << (info - 24);
                let argument = octets.get(pos..pos + width)?;
                pos += width;
                argument.iter().fold(0, |arg, octet| arg << 8 | u64::from(*octet))
            }
            31 if (2..6).contains(&major) => {
                open.push((None, (major < 4).then_some(major)));
                continue;
            }
            _ => return None,
        };
        match major {
            2 | 3 => {
                pos = pos.checked_add(usize::try_from(arg).ok()?)?;
                octets.get(..pos)?;
            }
            4 => open.push((Some(arg), None)),
            5 => open.push((Some(arg.checked_mul(2)?), None)),
            6 => open.push((Some(1), None)),
            7 if info == 24 && arg < 32 => return None,
            _ => {}
        }
    }
    Some(pos)
}

/// Only a case about what is malformed is malformed: elsewhere an honest implementation could refuse it for that.
#[test]
fn what_is_refused_for_another_reason_is_one_whole_item() {
    let malformed = [
        reason::TRUNCATED,
        reason::TRAILING_BYTES,
        reason::RESERVED_INFO,
        reason::UNEXPECTED_BREAK,
        reason::INVALID_SIMPLE,
    ]
    .map(|r| r.code());
    let mut wrong = vec![];
    for file in all() {
        for case in file.cases() {
            let Some(cbor) = case.input["cbor"].as_str() else { continue };
            let told = case.expect.reason.iter().any(|r| malformed.contains(&r.as_str()));
            // There the other reason is just as good.
            if told || !case.expect.also.is_empty() {
                continue;
            }
            let octets = crate::wire::hex::decode(cbor).unwrap_or_default();
            if item_length(&octets) != Some(octets.len()) {
                wrong.push(format!("{}: {:?}", case.id, case.expect.reason));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A language is a list of tags (section 4.4); what else a text may hold is asked of texts that may hold anything.
#[test]
fn languages_are_ascii() {
    fn languages<'v>(value: &'v serde_json::Value, found: &mut Vec<&'v str>) {
        found.extend(value["language"].as_str());
        value.as_array().into_iter().flatten().for_each(|v| languages(v, found));
        value.as_object().into_iter().flatten().for_each(|(_, v)| languages(v, found));
    }
    for file in all() {
        for case in file.cases().filter(|c| c.contested.is_none()) {
            let mut found = vec![];
            languages(&case.input, &mut found);
            case.expect.out.iter().for_each(|out| languages(out, &mut found));
            assert!(found.iter().all(|l| l.is_ascii()), "{}: {found:?}", case.id);
        }
    }
}
