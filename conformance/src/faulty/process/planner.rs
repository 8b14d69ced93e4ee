//! A small planner, right in every way but the one that a bug changes.

use crate::faulty::adapter::document;
use crate::faulty::item::Item;
use crate::faulty::message::{BODY, CONTENT, CONTENT_TYPE, EXTERNAL, SEMANTICS, SINGLE, cardinality, children};
use mimicheck::adapter::Answer;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What the planner does, as it should; a bug changes one member.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// Part semantics and the children that can be processed, each with whether it can → those taken, if any.
    pub take: fn(u64, &[bool]) -> Option<Vec<bool>>,
    /// Whether a content type is one of those supported.
    pub supports: fn(&str, &[&str]) -> bool,
    /// Whether a leaf counts, from its part.
    pub counts: fn(&Item) -> bool,
    /// The parts that some content refers to.
    pub refers: fn(&[u8]) -> Vec<usize>,
    /// Which references count: from and to.
    pub skips: fn(usize, usize) -> bool,
    /// Whether parts that are not to be handled refer to others too.
    pub others_refer: bool,
    /// Whether skipped parts are told apart from others.
    pub tells_skipped: bool,
}

pub(super) const OP: &str = "content/process";

/// Value of process-all.
pub(super) const PROCESS_ALL: u64 = 2;

/// Value of single-unit.
pub(super) const SINGLE_UNIT: u64 = 1;

pub(super) const RIGHT: Rules = Rules {
    take: right,
    supports: |name, supported| supported.contains(&name),
    counts: |_| true,
    refers: references,
    skips: |from, to| from < to,
    others_refer: false,
    tells_skipped: true,
};

/// The rule of section 4.4.
pub(super) fn right(semantics: u64, can: &[bool]) -> Option<Vec<bool>> {
    let first = can.iter().position(|can| *can)?;
    match semantics {
        0 => Some((0..can.len()).map(|i| i == first).collect()),
        SINGLE_UNIT => can.iter().all(|can| *can).then(|| can.to_vec()),
        _ => Some(can.to_vec()),
    }
}

/// The answer of a planner with these rules.
pub(super) fn planned(input: &Value, answer: Answer, rules: Rules) -> Answer {
    let (Some(root), Answer::Ok(_)) = (document(input), &answer) else { return answer };
    let names = input.get("supported").and_then(Value::as_array).into_iter().flatten();
    let supported: Vec<&str> = names.filter_map(Value::as_str).collect();
    let mut leaves = vec![];
    let mut index = 0;
    if let Some(body) = root.at(BODY) {
        choose(body, &supported, rules, &mut index, &mut leaves);
    }
    let (mut process, mut skipped, mut referred) = (vec![], vec![], BTreeSet::new());
    let refers = |from: usize, content: &[u8]| {
        (rules.refers)(content).into_iter().filter(move |to| (rules.skips)(from, *to)).collect::<Vec<_>>()
    };
    // References from later parts count only for rules that let them.
    for (at, content) in &leaves {
        referred.extend(refers(*at, content).into_iter().filter(|to| to <= at));
    }
    for (at, part) in crate::faulty::message::parts(&root).into_iter().enumerate().filter(|_| rules.others_refer) {
        if cardinality(part) == Some(SINGLE) && !leaves.iter().any(|(leaf, _)| *leaf == at) {
            let content = part.at(CONTENT).and_then(Item::string_octets).unwrap_or_default();
            referred.extend(refers(at, &content));
        }
    }
    for (at, content) in &leaves {
        if referred.contains(at) {
            skipped.push(*at);
        } else {
            process.push(*at);
            referred.extend(refers(*at, content));
        }
    }
    if !rules.tells_skipped {
        skipped.clear();
    }
    Answer::Ok(json!({"process": process, "skipped": skipped}))
}

/// Appends the leaves to be handled in and below a part, with their content; whether there is something to handle.
pub(super) fn choose(
    part: &Item,
    supported: &[&str],
    rules: Rules,
    index: &mut usize,
    leaves: &mut Vec<(usize, Vec<u8>)>,
) -> bool {
    let here = *index;
    *index += 1;
    if !children(part).is_empty() {
        let inner: Vec<(bool, Vec<_>)> = children(part)
            .iter()
            .map(|child| {
                let mut below = vec![];
                (choose(child, supported, rules, index, &mut below), below)
            })
            .collect();
        let can: Vec<bool> = inner.iter().map(|(can, _)| *can).collect();
        let semantics = part.at(SEMANTICS).map_or(0, |s| s.arg);
        let taken = (rules.take)(semantics, &can);
        let below = inner.into_iter().zip(taken.iter().flatten()).filter(|(_, taken)| **taken);
        leaves.extend(below.flat_map(|((_, below), _)| below));
        return taken.is_some();
    }
    let leaf = matches!(cardinality(part), Some(SINGLE | EXTERNAL));
    let name = part.at(CONTENT_TYPE).and_then(Item::string_octets).and_then(|name| String::from_utf8(name).ok());
    let can = leaf && (rules.counts)(part) && (rules.supports)(&name.unwrap_or_default(), supported);
    if can {
        let inside = part.at(CONTENT).filter(|_| cardinality(part) == Some(SINGLE));
        leaves.push((here, inside.and_then(Item::string_octets).unwrap_or_default()));
    }
    can
}

/// What of the octets around a content id is looked at.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// The host, with the `@` before it.
    pub host: &'static [u8],
    /// Whether what stands before may make it another scheme's.
    pub before: bool,
    /// Whether what stands behind may make it another host's.
    pub behind: bool,
}

pub(super) const EXACT: Around = Around { host: b"@local.invalid", before: true, behind: true };

/// The indexes in `cid:INDEX@local.invalid`, in decimal without leading zeros.
pub(super) fn references(content: &[u8]) -> Vec<usize> {
    found(content, EXACT)
}

/// The indexes in content ids.
pub(super) fn found(content: &[u8], around: Around) -> Vec<usize> {
    let starts = content.windows(4).enumerate().filter(|(_, window)| *window == b"cid:");
    let index = |(at, _): (usize, &[u8])| {
        let scheme = |octet: &u8| octet.is_ascii_alphanumeric() || b"+-.".contains(octet);
        if around.before && content.get(..at)?.last().is_some_and(scheme) {
            return None;
        }
        let rest = content.get(at + 4..)?;
        let digits = rest.get(..rest.iter().take_while(|octet| octet.is_ascii_digit()).count())?;
        let behind = rest.get(digits.len()..)?.strip_prefix(around.host)?;
        let host = |octet: Option<&u8>| octet.is_some_and(|o| o.is_ascii_alphanumeric() || b"-_".contains(o));
        if around.behind && (host(behind.first()) || behind.first() == Some(&b'.') && host(behind.get(1))) {
            return None;
        }
        let text = std::str::from_utf8(digits).ok()?;
        text.parse().ok().filter(|number: &usize| number.to_string() == text)
    };
    starts.filter_map(index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::adapter::Implementation;
    use mimicheck::adapter::reference::Reference;
    use mimicheck::vector::families;

    /// With the right rules the planner answers as the reference does: so each bug is only its own.
    #[test]
    fn the_right_rules_are_the_references() {
        for family in families::ALL.iter().filter(|family| family.name == OP) {
            for case in (family.generate)().cases() {
                let answer = Reference.answer(OP, &case.input);
                assert_eq!(planned(&case.input, answer.clone(), RIGHT), answer, "{}", case.id);
            }
        }
    }
}
