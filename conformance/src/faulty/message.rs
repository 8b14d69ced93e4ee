//! Where things are in a message's array (appendix A.1), as it came.

use super::item::{ARRAY, Item, UINT};

/// Places of the message's fields.
pub(super) const SALT: usize = 0;
pub(super) const REPLACES: usize = 1;
pub(super) const TOPIC: usize = 2;
pub(super) const EXPIRES: usize = 3;
pub(super) const IN_REPLY_TO: usize = 4;
pub(super) const EXTENSIONS: usize = 5;
pub(super) const BODY: usize = 6;

/// Places of a part's fields.
pub(super) const DISPOSITION: usize = 0;
pub(super) const LANGUAGE: usize = 1;
pub(super) const CARDINALITY: usize = 2;
pub(super) const CONTENT_TYPE: usize = 3;
pub(super) const SEMANTICS: usize = 3;
pub(super) const CONTENT: usize = 4;
pub(super) const PARTS: usize = 4;
pub(super) const URL: usize = 4;

/// Places of an external part's fields.
pub(super) mod external {
    pub const EXPIRES: usize = 5;
    pub const SIZE: usize = 6;
    pub const ENC_ALG: usize = 7;
    pub const KEY: usize = 8;
    pub const NONCE: usize = 9;
    pub const AAD: usize = 10;
    pub const HASH_ALG: usize = 11;
    pub const CONTENT_HASH: usize = 12;
    pub const DESCRIPTION: usize = 13;
    pub const FILENAME: usize = 14;
}

/// Cardinalities.
pub(super) const SINGLE: u64 = 1;
pub(super) const EXTERNAL: u64 = 2;
pub(super) const MULTI: u64 = 3;

/// The cardinality of a part, if it has one.
pub(super) fn cardinality(part: &Item) -> Option<u64> {
    part.at(CARDINALITY).filter(|c| part.major == ARRAY && c.major == UINT).map(|c| c.arg)
}

/// The parts right inside a multipart.
pub(super) fn children(part: &Item) -> &[Item] {
    if cardinality(part) == Some(MULTI) { part.at(PARTS).map(Item::items).unwrap_or_default() } else { &[] }
}

/// Calls `change` for every part, inner ones first, with its level, 1 for the root.
pub(super) fn each_part(root: &mut Item, change: &mut dyn FnMut(&mut Item, usize)) {
    if let Some(body) = root.at_mut(BODY) {
        below(body, 1, change);
    }
}

fn below(part: &mut Item, level: usize, change: &mut dyn FnMut(&mut Item, usize)) {
    if cardinality(part) == Some(MULTI)
        && let Some(parts) = part.at_mut(PARTS).and_then(Item::items_mut)
    {
        parts.iter_mut().for_each(|inner| below(inner, level + 1, change));
    }
    change(part, level);
}

/// Every part in index order.
pub(super) fn parts(root: &Item) -> Vec<&Item> {
    let mut found = vec![];
    let mut pending: Vec<&Item> = root.at(BODY).into_iter().collect();
    while let Some(part) = pending.pop() {
        found.push(part);
        pending.extend(children(part).iter().rev());
    }
    found
}

/// Levels of parts.
pub(super) fn part_depth(root: &Item) -> usize {
    fn depth(part: &Item) -> usize {
        1 + children(part).iter().map(depth).max().unwrap_or(0)
    }
    root.at(BODY).map_or(0, depth)
}

/// Calls `change` for every field that the schema says is an unsigned integer.
pub(super) fn each_integer(root: &mut Item, change: &mut dyn FnMut(&mut Item)) {
    if let Some(time) = root.at_mut(EXPIRES).and_then(|e| e.at_mut(1)) {
        change(time);
    }
    each_part(root, &mut |part, _| {
        let places: &[usize] = match cardinality(part) {
            Some(EXTERNAL) => &[DISPOSITION, external::EXPIRES, external::SIZE, external::ENC_ALG, external::HASH_ALG],
            Some(MULTI) => &[DISPOSITION, SEMANTICS],
            _ => &[DISPOSITION],
        };
        for place in places.iter().chain(&[CARDINALITY]) {
            if let Some(field) = part.at_mut(*place) {
                change(field);
            }
        }
    });
}

/// The extensions' map.
pub(super) fn extensions(root: &Item) -> Option<&Item> {
    root.at(EXTENSIONS)
}

/// Changes the extensions' entries, if they are a map.
pub(super) fn change_extensions(root: &mut Item, change: impl FnOnce(&mut Vec<(Item, Item)>)) {
    if let Some(map) = root.at_mut(EXTENSIONS) {
        let mut entries: Vec<_> = map.entries().map(|(key, value)| (key.clone(), value.clone())).collect();
        if !entries.is_empty() {
            change(&mut entries);
            map.set_entries(entries);
        }
    }
}
