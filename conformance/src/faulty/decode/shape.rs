//! What the tables of the schema share.

use crate::faulty::item::{ARRAY, BYTES, Item, OTHER, TEXT, UINT};
use crate::faulty::message::{
    CONTENT, CONTENT_TYPE, DISPOSITION, EXPIRES, EXTERNAL, IN_REPLY_TO, LANGUAGE, MULTI, PARTS, REPLACES, SALT, SINGLE,
    TOPIC, URL, cardinality, each_part, external,
};

/// Levels of the deepest part.
pub(super) const DEEPEST: usize = 4;

/// Additional information of `undefined`, `null`, `false`, `true`.
pub(super) const UNDEFINED: u64 = 23;

pub(super) const NULL: u64 = 22;

pub(super) const FALSE: u64 = 20;

pub(super) fn resize(root: &mut Item, place: usize, from: usize, to: usize) {
    let Some(field) = root.at_mut(place).filter(|field| field.major == BYTES && !field.indefinite()) else { return };
    if let Some(mut octets) = field.string_octets().filter(|octets| octets.len() == from) {
        octets.resize(to, 0);
        *field = Item::string(BYTES, octets);
    }
}

pub(super) fn wrap(holder: &mut Item, place: usize, bits: u32) {
    if let Some(field) = holder.at_mut(place).filter(|field| field.major == UINT && field.arg >> bits > 0) {
        field.set(field.arg & ((1 << bits) - 1));
    }
}

pub(super) fn each_external(root: &mut Item, change: impl Fn(&mut Item)) {
    each_part(root, &mut |part, _| {
        if cardinality(part) == Some(EXTERNAL) {
            change(part);
        }
    });
}

pub(super) fn each_parts(root: &mut Item, change: impl Fn(&mut Vec<Item>)) {
    each_part(root, &mut |part, _| {
        if cardinality(part) == Some(MULTI)
            && let Some(array) = part.at_mut(PARTS).filter(|array| array.major == ARRAY && !array.indefinite())
            && let Some(parts) = array.items_mut()
        {
            let before = parts.len();
            change(parts);
            if parts.len() != before {
                array.recount();
            }
        }
    });
}

pub(super) fn nullable(root: &mut Item, such: impl Fn(&Item) -> bool) {
    for place in [REPLACES, EXPIRES, IN_REPLY_TO] {
        if let Some(field) = root.at_mut(place).filter(|field| field.major == OTHER && field.info < 24 && such(field)) {
            field.set(NULL);
        }
    }
}

pub(super) fn cut(array: &mut Item, length: usize) {
    if !array.indefinite()
        && let Some(items) = array.items_mut()
    {
        items.truncate(length);
        array.recount();
    }
}

/// Puts a null part in the place of every multipart that holds parts which are too deep.
pub(super) fn flatten(root: &mut Item) {
    each_part(root, &mut |part, level| {
        if level == DEEPEST
            && cardinality(part) == Some(MULTI)
            && let (Some(disposition), Some(language)) = (part.at(DISPOSITION), part.at(LANGUAGE))
        {
            *part = Item::array(vec![disposition.clone(), language.clone(), Item::uint(0)]);
        }
    });
}

/// Takes strings of one type where the schema wants the other; or null where it wants either.
pub(super) fn each_string(root: &mut Item, from: u8, to: u8) {
    let change = |field: Option<&mut Item>, wanted: u8| {
        let Some(field) = field else { return };
        if from == OTHER && field.major == OTHER && field.arg == NULL {
            *field = Item::string(wanted, vec![]);
        } else if field.major == from && wanted == to {
            field.major = to;
        }
    };
    for place in [SALT, REPLACES, TOPIC, IN_REPLY_TO] {
        if from != OTHER || place == TOPIC {
            change(root.at_mut(place), BYTES);
        }
    }
    each_part(root, &mut |part, _| {
        use external::{AAD, CONTENT_HASH, DESCRIPTION, FILENAME, KEY, NONCE};
        let (texts, octets): (&[usize], &[usize]) = match cardinality(part) {
            Some(SINGLE) => (&[LANGUAGE, CONTENT_TYPE], &[CONTENT]),
            Some(EXTERNAL) => (&[LANGUAGE, CONTENT_TYPE, URL, DESCRIPTION, FILENAME], &[KEY, NONCE, AAD, CONTENT_HASH]),
            _ => (&[LANGUAGE], &[]),
        };
        texts.iter().for_each(|place| change(part.at_mut(*place), TEXT));
        octets.iter().for_each(|place| change(part.at_mut(*place), BYTES));
    });
}
