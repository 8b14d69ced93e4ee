//! Part indexes (section 4.4): zero-based, depth-first, counting every part, multiparts too.

use super::message::{Message, Part};

/// A part and its place.
#[derive(Clone, Copy, Debug)]
pub struct PlacedPart<'m, 'a> {
    /// Its part index.
    pub index: usize,
    /// Index of the multipart that holds it; none for the root.
    pub parent: Option<usize>,
    /// Its level; the root has 1.
    pub depth: usize,
    /// The part.
    pub part: &'m Part<'a>,
}

impl<'a> Message<'a> {
    /// Every part in index order. Iterative, and linear in the number of parts.
    #[must_use]
    pub fn parts(&self) -> Vec<PlacedPart<'_, 'a>> {
        let mut placed = vec![];
        let mut pending = vec![(None, 1, &self.body)];
        while let Some((parent, depth, part)) = pending.pop() {
            let index = placed.len();
            placed.push(PlacedPart { index, parent, depth, part });
            // The last one pushed is the next one placed, so the first child goes last.
            pending.extend(part.children().iter().rev().map(|child| (Some(index), depth + 1, child)));
        }
        placed
    }
}
