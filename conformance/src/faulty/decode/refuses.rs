//! Refuses messages that conform; or does not survive those that do not.

use super::model::GREATEST;
use super::wire::float;
use crate::faulty::bug::Fault::{Refuses, TakesOctets};
use crate::faulty::bug::Row;
use crate::faulty::item::{ARRAY, BYTES, Item, MAP, NINT, OTHER, TAG, TEXT, UINT, head, heads};
use crate::faulty::message::{
    CONTENT, CONTENT_TYPE, DISPOSITION, EXPIRES, EXTENSIONS, EXTERNAL, IN_REPLY_TO, LANGUAGE, REPLACES, SINGLE,
    cardinality, extensions, external, part_depth, parts,
};

const OFF_BY_ONE: &str = "an off-by-one error at a limit";
const CLOSED: &str = "an open registry is read as a closed list";
const LIBRARY: &str = "a CBOR library without a type for it";

pub(in crate::faulty) const REFUSES: &[Row] = &[
    ("three-levels-of-parts", "refuses four levels of parts", OFF_BY_ONE, Refuses(|root| part_depth(root) > 3)),
    (
        "three-levels-of-extensions",
        "refuses four levels in extensions",
        OFF_BY_ONE,
        Refuses(|root| extensions(root).is_some_and(|map| map.depth(&Item::container) > 3)),
    ),
    (
        "greatest-key-refused",
        "refuses the key 2^53 - 1",
        OFF_BY_ONE,
        Refuses(|root| any_key(root, |key| key.major == UINT && key.arg == GREATEST)),
    ),
    (
        "least-key-refused",
        "refuses the key -(2^53 - 1)",
        OFF_BY_ONE,
        Refuses(|root| any_key(root, |key| key.major == NINT && key.arg == GREATEST - 1)),
    ),
    (
        "text-key-of-255-octets-refused",
        "refuses a text key of 255 octets",
        OFF_BY_ONE,
        Refuses(|root| any_key(root, |key| key.major == TEXT && key.arg == 255)),
    ),
    (
        "unknown-dispositions-refused",
        "refuses dispositions above 8",
        CLOSED,
        Refuses(|root| parts(root).iter().any(|part| part.at(DISPOSITION).is_some_and(|d| d.arg > 8))),
    ),
    (
        "private-keys-refused",
        "refuses extensions with a negative or a text key",
        CLOSED,
        Refuses(|root| any_key(root, |key| key.major != UINT)),
    ),
    (
        "unknown-extensions-refused",
        "refuses extensions with a registered key that it does not know",
        CLOSED,
        Refuses(|root| any_key(root, |key| key.major == UINT && key.arg > 2)),
    ),
    (
        "no-extensions-refused",
        "refuses a message without extensions",
        "every message that its author had seen had some",
        Refuses(|root| root.at(EXTENSIONS).is_some_and(|map| map.items().is_empty())),
    ),
    (
        "unknown-hash-algorithms-refused",
        "refuses references to message ids of an unknown hash algorithm as malformed",
        "a rule for judging a message applied when reading it",
        Refuses(|root| {
            let ids = [REPLACES, IN_REPLY_TO].into_iter().filter_map(|place| root.at(place)?.string_octets());
            ids.into_iter().any(|id| id.first() != Some(&1))
        }),
    ),
    ("floats-refused", "refuses floating point numbers in extensions", LIBRARY, Refuses(|root| root.any(&is_float))),
    (
        "half-floats-refused",
        "refuses floating point numbers of two octets",
        LIBRARY,
        Refuses(|root| root.any(&|item| is_float(item) && item.info == 25)),
    ),
    (
        "negative-zero-refused",
        "refuses -0.0",
        "a profile of CBOR that reduces numbers",
        Refuses(|root| root.any(&|item| float(item).is_some_and(|value| value == 0.0 && value.is_sign_negative()))),
    ),
    (
        "nan-refused",
        "refuses every NaN",
        "a NaN is not equal to itself, and so not to what was read again",
        Refuses(|root| root.any(&|item| float(item).is_some_and(f64::is_nan))),
    ),
    (
        "simple-values-refused",
        "refuses simple values but false, true, null and undefined",
        LIBRARY,
        Refuses(|root| root.any(&|item| item.major == OTHER && (item.info < 20 || item.info == 24))),
    ),
    (
        "undefined-refused",
        "refuses undefined in extensions",
        LIBRARY,
        Refuses(|root| root.any(&|item| item.major == OTHER && item.info == 23)),
    ),
    ("tags-refused", "refuses tags in extensions", LIBRARY, Refuses(|root| root.any(&|item| item.major == TAG))),
    (
        "bignums-refused",
        "refuses bignums in extensions",
        LIBRARY,
        Refuses(|root| root.any(&|item| item.major == TAG && matches!(item.arg, 2 | 3))),
    ),
    (
        "unsigned-integers-of-63-bits",
        "refuses integers of 2^63 and more",
        "languages without unsigned integers",
        Refuses(|root| root.any(&|item| matches!(item.major, UINT | NINT) && item.arg >> 63 > 0)),
    ),
    (
        "expiry-of-31-bits",
        "refuses an expiry of 2^31 seconds and more",
        "languages without unsigned integers",
        Refuses(|root| root.at(EXPIRES).and_then(|expires| expires.at(1)).is_some_and(|time| time.arg >> 31 > 0)),
    ),
    (
        "nested-byte-string-keys-refused",
        "refuses byte strings as keys of maps inside extensions",
        "objects whose keys are texts or numbers",
        Refuses(|root| {
            let bytes = |map: &Item| map.entries().any(|(key, _)| key.major == BYTES);
            extensions(root).is_some_and(|map| map.any(&bytes))
        }),
    ),
    (
        "more-than-1024-parts-refused",
        "refuses more than 1024 parts as malformed",
        "a rule for judging a message applied when reading it",
        Refuses(|root| parts(root).len() > 1024),
    ),
    (
        "long-topics-refused",
        "refuses topics of more than 4096 octets as malformed",
        "a rule for judging a message applied when reading it",
        Refuses(|root| root.at(2).is_some_and(|topic| topic.major == BYTES && topic.arg > 4096)),
    ),
    (
        "empty-content-refused",
        "refuses a part with empty content",
        "a test for truth where one for presence is needed",
        Refuses(|root| {
            parts(root).iter().any(|part| {
                cardinality(part) == Some(SINGLE) && part.at(CONTENT).is_some_and(|content| content.arg == 0)
            })
        }),
    ),
    (
        "binary-content-refused",
        "refuses content that is not UTF-8",
        "content is taken for text",
        Refuses(|root| {
            let binary = |part: &&Item| {
                let content = part.at(CONTENT).filter(|_| cardinality(part) == Some(SINGLE));
                content.and_then(Item::string_octets).is_some_and(|octets| String::from_utf8(octets).is_err())
            };
            parts(root).iter().any(binary)
        }),
    ),
    (
        "languages-checked",
        "refuses a language of anything but letters and hyphens",
        "a format is checked that the document leaves open",
        Refuses(|root| {
            let odd = |text: Vec<u8>| !text.iter().all(|octet| octet.is_ascii_alphabetic() || *octet == b'-');
            parts(root).iter().any(|part| part.at(LANGUAGE).and_then(Item::string_octets).is_some_and(odd))
        }),
    ),
    (
        "unencrypted-external-refused",
        "refuses external parts without encryption",
        "what is usual is taken for required",
        Refuses(|root| {
            let clear = |part: &&Item| part.at(external::ENC_ALG).is_some_and(|algorithm| algorithm.arg == 0);
            parts(root).iter().any(|part| cardinality(part) == Some(EXTERNAL) && clear(part))
        }),
    ),
    (
        "crash-on-depth",
        "crashes when items nest more than 500 levels deep",
        "recursion without a limit overflows the stack",
        TakesOctets(|octets| {
            assert!(nesting(octets) <= 500, "the stack overflowed");
            None
        }),
    ),
    (
        "crash-on-length",
        "crashes when a string claims more octets than there is memory",
        "memory is reserved for a claimed length before the octets are there",
        TakesOctets(|octets| {
            let huge = |&(major, _, arg): &(u8, u8, u64)| matches!(major, BYTES | TEXT) && arg >> 40 > 0;
            if let Some((_, _, length)) = heads(octets).find(huge) {
                panic!("memory allocation of {length} bytes failed");
            }
            None
        }),
    ),
    (
        "hang-on-count",
        "goes round once for each of the 2^40 items that an array or a map claims",
        "a loop over a claimed number that does not end with the input",
        TakesOctets(|octets| {
            let huge = |&(major, _, arg): &(u8, u8, u64)| matches!(major, ARRAY | MAP) && arg >> 40 > 0;
            while heads(octets).any(|head| huge(&head)) {
                // It would go round for days; parked, it does not take the time from others.
                std::thread::park();
            }
            None
        }),
    ),
    (
        "one-uri-alone-refused",
        "refuses a sender URI without a room URI, and the other way round",
        "what usually comes in pairs is taken for a pair",
        Refuses(|root| {
            let has = |key| extensions(root).is_some_and(|map| map.entries().any(|(k, _)| *k == Item::uint(key)));
            has(1) != has(2)
        }),
    ),
    (
        "only-mimi-uris",
        "refuses sender and room URIs that do not begin with mimi:",
        "a format is checked that the document leaves open",
        Refuses(|root| {
            let known = |key: &Item| key.major == UINT && matches!(key.arg, 1 | 2);
            let other = |value: &Item| value.string_octets().is_some_and(|uri| !uri.starts_with(b"mimi:"));
            extensions(root).is_some_and(|map| map.entries().any(|(key, value)| known(key) && other(value)))
        }),
    ),
    (
        "content-type-required",
        "refuses a part with an empty content type",
        "a test for truth where one for presence is needed",
        Refuses(|root| {
            let leaf = |part: &&Item| matches!(cardinality(part), Some(SINGLE | EXTERNAL));
            parts(root)
                .iter()
                .filter(|part| leaf(part))
                .any(|part| part.at(CONTENT_TYPE).is_some_and(|name| name.arg == 0))
        }),
    ),
    (
        "crash-on-reserved-widths",
        "crashes on additional information 28 to 30",
        "a switch over the additional information without a branch for what is reserved",
        TakesOctets(|octets| {
            let mut rest = octets;
            while let Some(((major, info, length), behind)) = head(rest) {
                let string = matches!(major, BYTES | TEXT) && info != 31;
                rest = behind.get(if string { usize::try_from(length).ok()? } else { 0 }..)?;
            }
            assert!(!rest.first().is_some_and(|initial| matches!(initial & 31, 28..=30)), "entered unreachable code");
            None
        }),
    ),
];

fn any_key(root: &Item, such: impl Fn(&Item) -> bool) -> bool {
    extensions(root).is_some_and(|map| map.entries().any(|(key, _)| such(key)))
}

fn is_float(item: &Item) -> bool {
    item.major == OTHER && (25..28).contains(&item.info)
}

/// How deep containers nest, without recursion.
fn nesting(octets: &[u8]) -> usize {
    let mut open: Vec<u64> = vec![];
    let mut deepest = 0;
    for (major, info, arg) in heads(octets) {
        while open.last() == Some(&0) {
            open.pop();
        }
        if let Some(left) = open.last_mut() {
            *left = left.saturating_sub(1);
        }
        match major {
            ARRAY | MAP if info == 31 => open.push(u64::MAX),
            ARRAY => open.push(arg),
            MAP => open.push(arg.saturating_mul(2)),
            TAG => open.push(1),
            _ => {}
        }
        deepest = deepest.max(open.len());
    }
    deepest
}
