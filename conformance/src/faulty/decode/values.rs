//! Takes lengths, integers and depths that the schema forbids (sections 4.1, 4.4, 4.5 and 6.3).

use super::shape::{DEEPEST, each_external, each_parts, flatten, resize, wrap};
use crate::faulty::bug::Fault::Takes;
use crate::faulty::bug::Row;
use crate::faulty::item::{BYTES, Item, NINT, UINT};
use crate::faulty::message::{
    CARDINALITY, DISPOSITION, EXPIRES, IN_REPLY_TO, LANGUAGE, MULTI, REPLACES, SALT, SEMANTICS, cardinality,
    each_integer, each_part, external, part_depth,
};

const UNCHECKED: &str = "a length or a type that nobody checked after decoding";
const WRAPS: &str = "an integer is cut to the type of its field";

pub(in crate::faulty) const VALUES: &[Row] = &[
    (
        "short-salt-padded",
        "takes a salt of 15 octets, and puts a zero behind it",
        "octets are copied into a fixed array",
        Takes(|root| resize(root, SALT, 15, 16)),
    ),
    (
        "long-salt-cut",
        "takes a salt of 17 octets, and drops the last",
        "octets are copied into a fixed array",
        Takes(|root| resize(root, SALT, 17, 16)),
    ),
    (
        "any-salt",
        "takes a salt of any length",
        UNCHECKED,
        Takes(|root| {
            if let Some(salt) = root.at_mut(SALT).filter(|salt| salt.major == BYTES && !salt.indefinite()) {
                let mut octets = salt.string_octets().unwrap_or_default();
                octets.resize(16, 0);
                *salt = Item::string(BYTES, octets);
            }
        }),
    ),
    (
        "message-id-of-31-octets",
        "takes a message id of 31 octets",
        "the hash without the octet for its algorithm",
        Takes(|root| [REPLACES, IN_REPLY_TO].iter().for_each(|place| resize(root, *place, 31, 32))),
    ),
    (
        "message-id-of-33-octets",
        "takes a message id of 33 octets",
        "the whole hash behind the octet for its algorithm",
        Takes(|root| [REPLACES, IN_REPLY_TO].iter().for_each(|place| resize(root, *place, 33, 32))),
    ),
    (
        "any-message-id",
        "takes references to message ids of any length",
        UNCHECKED,
        Takes(|root| {
            for place in [REPLACES, IN_REPLY_TO] {
                if let Some(id) = root.at_mut(place).filter(|id| id.major == BYTES && !id.indefinite()) {
                    let mut octets = id.string_octets().unwrap_or_default();
                    octets.resize(32, 0);
                    *id = Item::string(BYTES, octets);
                }
            }
        }),
    ),
    (
        "six-levels-of-parts",
        "takes six levels of parts: one more than any reading of the rule",
        "an off-by-one error at a limit",
        Takes(|root| {
            if part_depth(root) <= DEEPEST + 2 {
                flatten(root);
            }
        }),
    ),
    (
        "any-levels-of-parts",
        "takes parts of any depth",
        "a limit of a section that the schema does not repeat",
        Takes(flatten),
    ),
    (
        "cardinality-wraps",
        "reads a cardinality of 257 as 1",
        WRAPS,
        Takes(|root| each_part(root, &mut |part, _| wrap(part, CARDINALITY, 8))),
    ),
    (
        "semantics-wrap",
        "reads part semantics of 256 as 0",
        WRAPS,
        Takes(|root| {
            each_part(root, &mut |part, _| {
                if cardinality(part) == Some(MULTI) {
                    wrap(part, SEMANTICS, 8);
                }
            });
        }),
    ),
    (
        "enc-alg-wraps",
        "reads an AEAD algorithm of 65537 as 1",
        WRAPS,
        Takes(|root| each_external(root, |part| wrap(part, external::ENC_ALG, 16))),
    ),
    (
        "hash-alg-wraps",
        "reads a hash algorithm of 257 as 1",
        WRAPS,
        Takes(|root| each_external(root, |part| wrap(part, external::HASH_ALG, 8))),
    ),
    (
        "expiry-wraps",
        "reads an expiry of 2^32 seconds as 0",
        WRAPS,
        Takes(|root| {
            if let Some(expires) = root.at_mut(EXPIRES) {
                wrap(expires, 1, 32);
            }
        }),
    ),
    (
        "external-expiry-wraps",
        "reads the expiry of an external part of 2^32 seconds as 0",
        WRAPS,
        Takes(|root| each_external(root, |part| wrap(part, external::EXPIRES, 32))),
    ),
    (
        "unknown-cardinality-is-null",
        "reads a part of unknown cardinality as a null part",
        "the default branch of a switch does what looks harmless",
        Takes(|root| {
            each_part(root, &mut |part, _| {
                if cardinality(part).is_some_and(|c| c > MULTI)
                    && let (Some(disposition), Some(language)) = (part.at(DISPOSITION), part.at(LANGUAGE))
                {
                    *part = Item::array(vec![disposition.clone(), language.clone(), Item::uint(0)]);
                }
            });
        }),
    ),
    (
        "unknown-semantics-is-process-all",
        "reads unknown part semantics as process-all",
        "the default branch of a switch does what looks harmless",
        Takes(|root| {
            each_part(root, &mut |part, _| {
                if cardinality(part) == Some(MULTI)
                    && let Some(semantics) = part.at_mut(SEMANTICS).filter(|s| s.major == UINT && s.arg > 2)
                {
                    semantics.set(2);
                }
            });
        }),
    ),
    (
        "negative-is-positive",
        "reads a negative integer as its distance from -1",
        "the argument of a head is used without looking at the type",
        Takes(|root| {
            each_integer(root, &mut |field| {
                if field.major == NINT {
                    field.major = UINT;
                }
            });
        }),
    ),
    (
        "multipart-of-one",
        "takes a multipart of a single part",
        UNCHECKED,
        Takes(|root| {
            each_parts(root, |parts| {
                if parts.len() == 1 {
                    parts.extend(parts.first().cloned());
                }
            });
        }),
    ),
    (
        "multipart-of-none",
        "takes a multipart without parts",
        UNCHECKED,
        Takes(|root| {
            let null = || Item::array(vec![Item::uint(0), Item::text(""), Item::uint(0)]);
            each_parts(root, |parts| {
                if parts.is_empty() {
                    parts.extend([null(), null()]);
                }
            });
        }),
    ),
    (
        "any-answered-id",
        "takes the id of the message answered of any length",
        "a check that was written for one field and not for all",
        Takes(|root| {
            if let Some(id) = root.at_mut(IN_REPLY_TO).filter(|id| id.major == BYTES && !id.indefinite()) {
                let mut octets = id.string_octets().unwrap_or_default();
                octets.resize(32, 0);
                *id = Item::string(BYTES, octets);
            }
        }),
    ),
];
