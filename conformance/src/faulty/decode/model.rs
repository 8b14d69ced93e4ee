//! Takes extensions that the data model (sections 4.3, 6.2 and 6.3) forbids.

use super::wire::sorted;
use crate::faulty::bug::Fault::Takes;
use crate::faulty::bug::Row;
use crate::faulty::item::{BYTES, Item, MAP, NINT, TAG, TEXT, UINT};
use crate::faulty::message::{EXTENSIONS, change_extensions};

/// The greatest key: 2^53 - 1.
pub(super) const GREATEST: u64 = (1 << 53) - 1;
/// Octets of the longest text key.
const LONGEST: usize = 255;
/// Levels of the deepest extension.
const DEEPEST: usize = 4;

const LIMITS: &str = "a limit of a section that the schema does not repeat";
const OFF_BY_ONE: &str = "an off-by-one error at a limit";

pub(in crate::faulty) const MODEL: &[Row] = &[
    (
        "key-of-2-to-53",
        "takes a key of 2^53, or its negative",
        OFF_BY_ONE,
        Takes(|root| {
            each_key(root, &mut |key| {
                if beyond(key) == Some(1) {
                    key.set(key.arg - 1);
                }
            });
        }),
    ),
    (
        "keys-of-64-bits",
        "takes every integer that CBOR has as a key",
        LIMITS,
        Takes(|root| {
            each_key(root, &mut |key| {
                if let Some(by) = beyond(key) {
                    key.set(key.arg - by);
                }
            });
        }),
    ),
    (
        "empty-text-key",
        "takes an extension with an empty text as its key",
        "copies of the schema differ in where the length of a key begins",
        Takes(|root| each_text_key(root, |octets| octets.is_empty().then(|| vec![0]))),
    ),
    (
        "text-key-of-256-octets",
        "takes a text key of 256 octets",
        OFF_BY_ONE,
        Takes(|root| each_text_key(root, |octets| if octets.len() == LONGEST + 1 { shortened(octets) } else { None })),
    ),
    (
        "text-key-of-any-length",
        "takes a text key of any length",
        LIMITS,
        Takes(|root| each_text_key(root, |octets| if octets.len() > LONGEST { shortened(octets) } else { None })),
    ),
    (
        "text-key-in-characters",
        "counts a text key's characters instead of its octets",
        "the length of a string is not that of its UTF-8",
        Takes(|root| {
            each_text_key(root, |octets| {
                let characters = std::str::from_utf8(octets).ok()?.chars().count();
                if octets.len() > LONGEST && characters <= LONGEST { shortened(octets) } else { None }
            });
        }),
    ),
    (
        "byte-string-extension-keys",
        "takes a byte string as an extension's key",
        "the nested maps' rule applied to the outer map",
        Takes(|root| {
            change_extensions(root, |entries| {
                for (key, _) in entries.iter_mut().filter(|(key, _)| key.major == BYTES) {
                    key.major = TEXT;
                }
            });
        }),
    ),
    (
        "nested-keys-of-any-type",
        "takes keys of any type in maps inside extensions",
        "a general map type has no opinion about keys",
        Takes(|root| {
            each_nested_map(root, &mut |map| {
                let known = |key: &Item| matches!(key.major, UINT | NINT | TEXT | BYTES);
                if map.entries().all(|(key, _)| known(key)) {
                    return;
                }
                let strings = |(key, value): (&Item, &Item)| {
                    let key = if known(key) { key.clone() } else { Item::string(BYTES, key.octets()) };
                    (key, value.clone())
                };
                let entries = map.entries().map(strings).collect();
                map.set_entries(entries);
                sorted(map);
            });
        }),
    ),
    (
        "extension-depth-from-values",
        "does not count the extensions' map as a level, and so takes five",
        OFF_BY_ONE,
        Takes(|root| {
            if root.at(EXTENSIONS).is_some_and(|map| map.depth(&Item::container) == DEEPEST + 1) {
                flatten(root);
            }
        }),
    ),
    ("extension-depth-unlimited", "takes extensions of any depth", LIMITS, Takes(flatten)),
    (
        "extension-depth-without-tags",
        "does not count tags as levels",
        "generic values keep tags beside an item and not around it",
        Takes(|root| {
            let untagged = |item: &Item| item.container() && item.major != TAG;
            let Some(map) = root.at_mut(EXTENSIONS) else { return };
            if map.depth(&untagged) <= DEEPEST && map.depth(&Item::container) > DEEPEST {
                map.each(&mut |item| {
                    if item.major == TAG
                        && let Some(inner) = item.at(0).cloned()
                    {
                        *item = inner;
                    }
                });
            }
        }),
    ),
    (
        "known-extension-of-any-type",
        "takes a sender or room URI that is no text",
        "values of a map are left to whoever uses them",
        Takes(|root| {
            change_extensions(root, |entries| {
                let known = |key: &Item| key.major == UINT && matches!(key.arg, 1 | 2);
                for (_, value) in entries.iter_mut().filter(|(key, value)| known(key) && value.major != TEXT) {
                    *value = Item::text("");
                }
            });
        }),
    ),
    (
        "extension-keys-of-any-type",
        "takes an extension's key of any type",
        "a general map type has no opinion about keys",
        Takes(|root| {
            change_extensions(root, |entries| {
                for (key, _) in entries.iter_mut().filter(|(key, _)| !matches!(key.major, UINT | NINT | TEXT)) {
                    *key = Item::text(&mimicheck::wire::hex::encode(&key.octets()));
                }
            });
            if let Some(map) = root.at_mut(EXTENSIONS) {
                sorted(map);
            }
        }),
    ),
];

/// By how much an integer key is beyond the greatest.
fn beyond(key: &Item) -> Option<u64> {
    let greatest = match key.major {
        UINT => GREATEST,
        NINT => GREATEST - 1,
        _ => return None,
    };
    key.arg.checked_sub(greatest).filter(|by| *by > 0)
}

fn each_key(root: &mut Item, change: &mut dyn FnMut(&mut Item)) {
    let Some(map) = root.at_mut(EXTENSIONS) else { return };
    map.each(&mut |item| {
        if item.major == MAP
            && let Some(items) = item.items_mut()
        {
            items.iter_mut().step_by(2).for_each(&mut *change);
        }
    });
}

fn each_text_key(root: &mut Item, change: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    change_extensions(root, |entries| {
        for (key, _) in entries.iter_mut().filter(|(key, _)| key.major == TEXT) {
            if let Some(octets) = key.string_octets().and_then(|octets| change(&octets)) {
                *key = Item::string(TEXT, octets);
            }
        }
    });
}

/// As many characters as fit the longest key.
fn shortened(octets: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(octets).ok()?;
    let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end))?;
    text.get(..end).map(|text| text.as_bytes().to_vec())
}

fn each_nested_map(root: &mut Item, change: &mut dyn FnMut(&mut Item)) {
    for value in root.at_mut(EXTENSIONS).and_then(Item::items_mut).into_iter().flatten().skip(1).step_by(2) {
        value.each(&mut |item| {
            if item.major == MAP && !item.indefinite() {
                change(item);
            }
        });
    }
}

/// Puts null in the place of everything that is too deep.
fn flatten(root: &mut Item) {
    fn cut(item: &mut Item, level: usize) {
        if item.container() && level > DEEPEST {
            *item = Item::null();
        }
        item.items_mut().into_iter().flatten().for_each(|inner| cut(inner, level + 1));
    }
    if let Some(map) = root.at_mut(EXTENSIONS) {
        cut(map, 1);
    }
}
