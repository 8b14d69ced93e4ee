//! Which parts a receiver handles (section 4.4).

use super::cid::references;
use super::document::Document;
use super::message::{Part, PartBody, Semantics};
use std::collections::BTreeSet;

/// The leaves that a receiver handles and those it leaves out, as part indexes in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Processing {
    /// To be handled, in this order.
    pub process: Vec<usize>,
    /// Chosen, but already handled as part of an earlier one that refers to them.
    pub skipped: Vec<usize>,
}

impl Document<'_> {
    /// What a receiver handles that knows the media types `supported` (compared exactly). It takes the
    /// first processable child of a `chooseOne`, all children of a `singleUnit` or none, and what it can
    /// of a `processAll`; a multipart of which nothing remains is not processable, nor is a null part.
    /// A leaf that the content of an earlier handled part names by content id is skipped.
    #[must_use]
    pub fn process(&self, supported: &BTreeSet<&str>) -> Processing {
        let mut chosen = Vec::new();
        choose(&self.message().body, &mut 0, supported, &mut chosen);
        let mut referenced = BTreeSet::new();
        let mut result = Processing::default();
        for (index, part) in chosen {
            if u64::try_from(index).is_ok_and(|i| referenced.contains(&i)) {
                result.skipped.push(index);
                continue;
            }
            result.process.push(index);
            if let PartBody::Single { content, .. } = part.body {
                referenced.extend(references(content));
            }
        }
        result
    }
}

/// Appends the leaves of `part` to be handled; `next` counts part indexes. Recursion is bounded by
/// [`super::MAX_PART_DEPTH`], as the part is a document's.
fn choose<'m, 'a>(
    part: &'m Part<'a>,
    next: &mut usize,
    supported: &BTreeSet<&str>,
    chosen: &mut Vec<(usize, &'m Part<'a>)>,
) {
    let index = *next;
    *next += 1;
    match &part.body {
        PartBody::Null => {}
        PartBody::Single { content_type, .. } => {
            chosen.extend(supported.contains(content_type).then_some((index, part)))
        }
        PartBody::External(e) => chosen.extend(supported.contains(e.content_type).then_some((index, part))),
        PartBody::Multi { semantics, parts } => {
            let before = chosen.len();
            let mut settled = false;
            for child in parts {
                let start = chosen.len();
                choose(child, next, supported, chosen);
                let processable = chosen.len() > start;
                match semantics {
                    Semantics::ProcessAll => {}
                    // Chosen already: the rest is discarded, but counted.
                    Semantics::ChooseOne if settled => chosen.truncate(start),
                    Semantics::ChooseOne => settled = processable,
                    Semantics::SingleUnit => settled |= !processable,
                }
            }
            if matches!(semantics, Semantics::SingleUnit) && settled {
                chosen.truncate(before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{message, multi, null, single};
    use super::*;
    use crate::content::Semantics::{ChooseOne, ProcessAll, SingleUnit};

    fn a(content: &[u8]) -> Part<'_> {
        single("a/a", content)
    }

    fn z() -> Part<'static> {
        single("z/z", b"cid:2@local.invalid")
    }

    fn process(body: Part<'_>) -> (Vec<usize>, Vec<usize>) {
        let octets = message(body).encode().unwrap();
        let p = Document::decode(&octets).unwrap().process(&BTreeSet::from(["a/a"]));
        (p.process, p.skipped)
    }

    #[test]
    fn semantics() {
        assert_eq!(process(null()), (vec![], vec![]));
        assert_eq!(process(a(b"")), (vec![0], vec![]));
        assert_eq!(process(z()), (vec![], vec![]));
        assert_eq!(process(multi(ChooseOne, vec![z(), null(), a(b""), a(b"")])), (vec![3], vec![]));
        assert_eq!(process(multi(ProcessAll, vec![z(), a(b""), a(b"")])), (vec![2, 3], vec![]));
        assert_eq!(process(multi(SingleUnit, vec![a(b""), a(b"")])), (vec![1, 2], vec![]));
        assert_eq!(process(multi(SingleUnit, vec![a(b""), z(), a(b"")])), (vec![], vec![]));
        assert_eq!(process(multi(SingleUnit, vec![a(b""), null()])), (vec![], vec![]));
    }

    #[test]
    fn nesting() {
        // 0 one [ 1 unit [2 a, 3 z], 4 all [5 z, 6 a, 7 one [8 a, 9 a]], 10 a ]
        let unit = multi(SingleUnit, vec![a(b""), z()]);
        let all = multi(ProcessAll, vec![z(), a(b""), multi(ChooseOne, vec![a(b""), a(b"")])]);
        assert_eq!(process(multi(ChooseOne, vec![unit, all, a(b"")])), (vec![6, 8], vec![]));
        // 0 unit [ 1 all [2 z, 3 a], 4 a ], and 0 unit [ 1 all [2 z, 3 z], 4 a ]
        assert_eq!(
            process(multi(SingleUnit, vec![multi(ProcessAll, vec![z(), a(b"")]), a(b"")])),
            (vec![3, 4], vec![])
        );
        assert_eq!(process(multi(SingleUnit, vec![multi(ProcessAll, vec![z(), z()]), a(b"")])), (vec![], vec![]));
    }

    #[test]
    fn references_skip_later_parts_only() {
        let all = |parts| process(multi(ProcessAll, parts));
        assert_eq!(all(vec![a(b"cid:2@local.invalid"), a(b"")]), (vec![1], vec![2]));
        assert_eq!(all(vec![a(b""), a(b"cid:1@local.invalid")]), (vec![1, 2], vec![]));
        assert_eq!(all(vec![a(b"cid:1@local.invalid"), a(b"")]), (vec![1, 2], vec![]));
        // What is not handled refers to nothing: neither an unsupported part nor a skipped one.
        assert_eq!(all(vec![z(), a(b"")]), (vec![2], vec![]));
        let chain = vec![a(b"cid:2@local.invalid"), a(b"cid:3@local.invalid"), a(b"")];
        assert_eq!(all(chain), (vec![1, 3], vec![2]));
    }
}
