//! Which leaves a receiver handles (section 4.4).

use super::cid::parse_cid;
use super::message::{Message, Part, PartBody, Semantics};
use std::collections::BTreeSet;

/// What a receiver does with the leaves of a message, each by its part index, in index order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Handled, in this order.
    pub process: Vec<usize>,
    /// Could be handled, but a part handled earlier refers to them.
    pub skipped: Vec<usize>,
}

impl Message<'_> {
    /// The plan of a receiver that can handle these media types and takes the first child it can of each
    /// `chooseOne`. Recursion is as deep as parts may nest.
    pub fn plan(&self, supported: impl Fn(&str) -> bool) -> Plan {
        let mut leaves = vec![];
        let mut index = 0;
        choose(&self.body, &supported, &mut index, &mut leaves);
        let mut plan = Plan::default();
        let mut referred = BTreeSet::new();
        for (index, content) in leaves {
            if referred.contains(&index) {
                plan.skipped.push(index);
            } else {
                plan.process.push(index);
                referred.extend(references(content).filter(|i| *i != index));
            }
        }
        plan
    }
}

/// Appends the leaves to be handled below `part`; false when it cannot be processed, and appends nothing.
fn choose<'a>(
    part: &Part<'a>,
    supported: &impl Fn(&str) -> bool,
    index: &mut usize,
    leaves: &mut Vec<(usize, &'a [u8])>,
) -> bool {
    let here = *index;
    *index += 1;
    match &part.body {
        PartBody::Null => false,
        PartBody::Single { content_type, content } => {
            let can = supported(content_type);
            leaves.extend(can.then_some((here, *content)));
            can
        }
        PartBody::External(external) => {
            let can = supported(external.content_type);
            // What is behind the URL is not part of the message.
            leaves.extend(can.then_some((here, &[][..])));
            can
        }
        PartBody::Multi { semantics, parts } => {
            let before = leaves.len();
            let mut processed = 0;
            for child in parts {
                let mut below = vec![];
                let can = choose(child, supported, index, &mut below);
                // Those behind the chosen one are still counted.
                if can && !(*semantics == Semantics::ChooseOne && processed > 0) {
                    leaves.append(&mut below);
                }
                processed += usize::from(can);
            }
            let whole = *semantics != Semantics::SingleUnit || processed == parts.len();
            if !whole {
                leaves.truncate(before);
            }
            whole && processed > 0
        }
    }
}

/// The indexes of all content ids in some content, whatever its type.
fn references(content: &[u8]) -> impl Iterator<Item = usize> {
    const START: &[u8] = b"cid:";
    const END: &[u8] = b"@local.invalid";
    let starts = content.windows(START.len()).enumerate().filter(|(_, window)| *window == START);
    starts.filter_map(|(at, _)| {
        let uri = content.get(at..)?;
        let digits = uri.get(START.len()..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        let uri = uri.get(..START.len() + digits + END.len())?;
        parse_cid(std::str::from_utf8(uri).ok()?).ok()
    })
}
