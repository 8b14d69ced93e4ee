//! Takes octets that are not deterministic CBOR, or no CBOR.

use crate::faulty::bug::Fault::{Takes, TakesAndRefuses, TakesOctets};
use crate::faulty::bug::Row;
use crate::faulty::item::{ARRAY, BYTES, Item, MAP, NINT, OTHER, TAG, TEXT, UINT, head};

const STREAMING: &str = "CBOR libraries read streamed items unless told otherwise";
const WIDE: &str = "CBOR libraries read any width; few can be told to insist on the shortest";
const MAPS: &str = "maps are read into a container that forgets order and repetition";

pub(in crate::faulty) const WIRE: &[Row] = &[
    (
        "indefinite-byte-strings",
        "puts the chunks of a byte string together",
        STREAMING,
        Takes(|root| root.each(&mut |item| joined(item, BYTES))),
    ),
    (
        "indefinite-text-strings",
        "puts the chunks of a text string together",
        STREAMING,
        Takes(|root| root.each(&mut |item| joined(item, TEXT))),
    ),
    (
        "indefinite-arrays",
        "reads arrays until a break",
        STREAMING,
        Takes(|root| root.each(&mut |item| counted(item, ARRAY))),
    ),
    ("indefinite-maps", "reads maps until a break", STREAMING, Takes(|root| root.each(&mut |item| counted(item, MAP)))),
    ("wide-integers", "reads integers of any width", WIDE, Takes(|root| narrowed(root, &[UINT, NINT]))),
    (
        "wide-string-lengths",
        "reads lengths of strings of any width",
        WIDE,
        Takes(|root| narrowed(root, &[BYTES, TEXT])),
    ),
    (
        "wide-array-and-map-lengths",
        "reads numbers of items of any width",
        WIDE,
        Takes(|root| narrowed(root, &[ARRAY, MAP])),
    ),
    ("wide-tags", "reads tag numbers of any width", WIDE, Takes(|root| narrowed(root, &[TAG]))),
    ("wide-floats", "reads floating point numbers of any width", WIDE, Takes(|root| root.each(&mut narrow_float))),
    (
        "any-nan",
        "takes every NaN for the one NaN",
        "a NaN is read as a number and its payload is gone",
        Takes(|root| root.each(&mut one_nan)),
    ),
    (
        "simple-values-in-two-octets",
        "reads simple values below 24 in two octets",
        "a simple value is looked up by its number, however it was written",
        Takes(|root| root.each(&mut one_octet)),
    ),
    (
        "small-bignums",
        "reads bignums that fit an integer",
        "languages with one integer type read both into it",
        Takes(|root| root.each(&mut no_bignum)),
    ),
    (
        "zeros-before-bignums",
        "reads bignums with leading zero octets",
        "octets are read into a number, and leading zeros change nothing",
        Takes(|root| root.each(&mut no_zeros)),
    ),
    ("any-key-order", "takes map keys in any order", MAPS, Takes(|root| root.each(&mut sorted))),
    (
        "length-first-key-order",
        "wants map keys shortest first",
        "the canonical order of the older CBOR document, which libraries still have",
        TakesAndRefuses(
            |root| {
                root.each(&mut |map| {
                    if length_first(map) {
                        sorted(map)
                    }
                })
            },
            |root| root.any(&|map| !length_first(map)),
        ),
    ),
    (
        "duplicate-keys-first-wins",
        "keeps the first of two equal keys",
        MAPS,
        Takes(|root| root.each(&mut |map| unique(map, true))),
    ),
    (
        "duplicate-keys-last-wins",
        "keeps the last of two equal keys",
        MAPS,
        Takes(|root| root.each(&mut |map| unique(map, false))),
    ),
    (
        "duplicate-keys-inside-extensions",
        "looks for equal keys in the extensions' map, and in none inside it",
        "a check that was written for one map and not for all",
        Takes(|root| {
            if let Some(map) = root.at_mut(crate::faulty::message::EXTENSIONS).and_then(Item::items_mut) {
                map.iter_mut().for_each(|item| item.each(&mut |map| unique(map, true)));
            }
        }),
    ),
    (
        "trailing-octets",
        "stops after the message and ignores what follows",
        "a decoder that reads one item from a stream",
        TakesOctets(|octets| {
            let (item, rest) = Item::parse(octets)?;
            (!rest.is_empty()).then(|| item.octets())
        }),
    ),
    (
        "lossy-text",
        "replaces what is not UTF-8",
        "a lossy conversion where a strict one is needed",
        Takes(|root| {
            root.each(&mut |item| {
                if item.major == TEXT
                    && let Some(octets) =
                        item.string_octets().filter(|o| !item.indefinite() && std::str::from_utf8(o).is_err())
                {
                    *item = Item::text(&String::from_utf8_lossy(&octets));
                }
            });
        }),
    ),
    (
        "self-described",
        "skips the tag that says that this is CBOR",
        "tag 55799 is a prefix that many readers drop",
        Takes(|root| {
            if root.major == TAG
                && root.arg == 55799
                && let Some(inner) = root.at(0).cloned()
            {
                *root = inner;
            }
        }),
    ),
    (
        "truncated-strings",
        "takes what is there of a string that the input ends in",
        "a copy of as many octets as there are",
        TakesOctets(|octets| {
            let mut rest = octets;
            loop {
                let ((major, info, length), behind) = head(rest)?;
                if matches!(major, BYTES | TEXT) && info != 31 {
                    let there = behind.get(usize::try_from(length).unwrap_or(usize::MAX)..);
                    match there {
                        Some(there) => rest = there,
                        None => {
                            let before = octets.get(..octets.len() - rest.len())?;
                            return Some([before, &Item::string(major, behind.to_vec()).octets()].concat());
                        }
                    }
                } else {
                    rest = behind;
                }
            }
        }),
    ),
    (
        "message-in-a-byte-string",
        "takes a byte string that holds a message",
        "CBOR is wrapped into CBOR so often that readers unwrap it",
        TakesOctets(|octets| Item::parse(octets)?.0.string_octets()),
    ),
    (
        "zeros-behind-the-end",
        "reads zeros where the input has ended",
        "a buffer that is longer than what was read into it",
        TakesOctets(|octets| {
            const MOST: usize = 64;
            if Item::parse(octets).is_some() {
                return None;
            }
            let padded = [octets, &[0; MOST]].concat();
            Item::parse(&padded).map(|(item, _)| item.octets())
        }),
    ),
];

fn joined(item: &mut Item, major: u8) {
    if item.major == major
        && item.indefinite()
        && let Some(octets) = item.string_octets()
    {
        *item = Item::string(major, octets);
    }
}

fn counted(item: &mut Item, major: u8) {
    let pairs = item.items().len().is_multiple_of(2);
    if item.major == major && item.indefinite() && (major != MAP || pairs) {
        item.recount();
    }
}

fn narrowed(root: &mut Item, majors: &[u8]) {
    root.each(&mut |item| {
        if majors.contains(&item.major) && item.wide() {
            item.set(item.arg);
        }
    });
}

/// The value of a floating point number.
pub(super) fn float(item: &Item) -> Option<f64> {
    let float = item.major == OTHER && (25..28).contains(&item.info);
    ciborium::from_reader::<f64, _>(item.octets().as_slice()).ok().filter(|_| float)
}

fn narrow_float(item: &mut Item) {
    let mut octets = vec![];
    if let Some(value) = float(item).filter(|value| !value.is_nan())
        && ciborium::into_writer(&value, &mut octets).is_ok()
        && let Some((narrow, _)) = Item::parse(&octets)
    {
        *item = narrow;
    }
}

fn one_nan(item: &mut Item) {
    if float(item).is_some_and(f64::is_nan) {
        (item.info, item.arg) = (25, 0x7e00);
    }
}

fn one_octet(item: &mut Item) {
    if item.major == OTHER && item.info == 24 && item.arg < 24 {
        item.set(item.arg);
    }
}

/// The octets of a bignum, and the major type of an integer of its sign.
fn bignum(item: &Item) -> Option<(u8, Vec<u8>)> {
    let major = match (item.major, item.arg) {
        (TAG, 2) => UINT,
        (TAG, 3) => NINT,
        _ => return None,
    };
    let content = item.at(0).filter(|content| content.major == BYTES)?;
    Some((major, content.string_octets()?))
}

fn no_bignum(item: &mut Item) {
    if let Some((major, octets)) = bignum(item).filter(|(_, octets)| octets.len() <= 8) {
        let mut integer = Item::uint(octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet)));
        integer.major = major;
        *item = integer;
    }
}

fn no_zeros(item: &mut Item) {
    if let Some((_, octets)) = bignum(item)
        && let Some(content) = item.at_mut(0)
    {
        *content = Item::string(BYTES, octets.into_iter().skip_while(|octet| *octet == 0).collect());
    }
}

/// Sorts a map's entries by their encoded keys.
pub(super) fn sorted(map: &mut Item) {
    if map.major == MAP && !map.indefinite() {
        let mut entries: Vec<_> = map.entries().map(|(key, value)| (key.clone(), value.clone())).collect();
        entries.sort_by_cached_key(|(key, _)| key.octets());
        map.set_entries(entries);
    }
}

fn length_first(map: &Item) -> bool {
    map.entries().map(|(key, _)| key.octets()).is_sorted_by_key(|key| (key.len(), key))
}

fn unique(map: &mut Item, first: bool) {
    let entries: Vec<_> = map.entries().map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut kept: Vec<(Item, Item)> = vec![];
    for (key, value) in entries.iter().cloned() {
        match kept.iter_mut().find(|(known, _)| *known == key) {
            None => kept.push((key, value)),
            Some(_) if first => {}
            Some(known) => known.1 = value,
        }
    }
    if map.major == MAP && kept.len() < entries.len() && !map.indefinite() {
        map.set_entries(kept);
    }
}
