//! The part index (section 4.4): depth-first, from zero, over every part, multiparts included.

use super::message::{Message, Part};

/// A part and where it stands in its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexedPart<'m, 'a> {
    /// Its part index; the root has 0.
    pub index: usize,
    /// Index of the multipart that holds it, `None` for the root.
    pub parent: Option<usize>,
    /// Its level; the root has 1.
    pub depth: usize,
    /// The part itself.
    pub part: &'m Part<'a>,
}

impl<'a> Message<'a> {
    /// Every part in index order, in time linear in their number. Does not recurse, so that a message
    /// built by hand may nest as deep as it likes.
    #[must_use]
    pub fn parts(&self) -> Vec<IndexedPart<'_, 'a>> {
        let mut parts = Vec::new();
        let mut waiting = vec![(None, 1, &self.body)];
        while let Some((parent, depth, part)) = waiting.pop() {
            let index = parts.len();
            parts.push(IndexedPart { index, parent, depth, part });
            // Last in, first out: the first child is on top.
            waiting.extend(part.children().iter().rev().map(|child| (Some(index), depth + 1, child)));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{message, multi, null, single};
    use super::*;
    use crate::content::Semantics::{ChooseOne, ProcessAll};
    use proptest::prelude::*;

    #[test]
    fn a_tree_is_numbered_depth_first() {
        // 0 [ 1 [ 2, 3 ], 4, 5 [ 6, 7 ] ]
        let inner = |a, b| multi(ProcessAll, vec![single("text/plain", a), single("text/plain", b)]);
        let m = message(multi(ChooseOne, vec![inner(b"2", b"3"), single("text/plain", b"4"), inner(b"6", b"7")]));
        let seen: Vec<_> = m.parts().iter().map(|p| (p.index, p.parent, p.depth)).collect();
        assert_eq!(
            seen,
            [
                (0, None, 1),
                (1, Some(0), 2),
                (2, Some(1), 3),
                (3, Some(1), 3),
                (4, Some(0), 2),
                (5, Some(0), 2),
                (6, Some(5), 3),
                (7, Some(5), 3)
            ]
        );
        assert_eq!(m.parts()[6].part, &single("text/plain", b"6"));
    }

    fn trees() -> impl Strategy<Value = Part<'static>> {
        Just(null()).prop_recursive(5, 60, 4, |inner| {
            prop::collection::vec(inner, 2..5).prop_map(|parts| multi(ProcessAll, parts))
        })
    }

    fn count(part: &Part<'_>) -> usize {
        1 + part.children().iter().map(count).sum::<usize>()
    }

    proptest! {
        #[test]
        fn as_many_as_a_naive_count_and_subtrees_are_contiguous(body in trees()) {
            let m = message(body);
            let parts = m.parts();
            prop_assert_eq!(parts.len(), count(&m.body));
            for p in &parts {
                let mut next = p.index + 1;
                for child in p.part.children() {
                    prop_assert!(std::ptr::eq(parts[next].part, child));
                    prop_assert_eq!((parts[next].parent, parts[next].depth), (Some(p.index), p.depth + 1));
                    next += count(child);
                }
            }
        }
    }
}
