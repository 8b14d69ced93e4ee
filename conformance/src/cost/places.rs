//! Indices of a tree (RFC 9420 appendix C), for groups that are made up: leaf n stands at 2n.

/// Height above the leaves.
pub(super) const fn level(x: usize) -> u32 {
    x.trailing_ones()
}

/// The places above leaf `leaf` in a tree with room for so many leaves, upwards, each with its child that is not above.
pub(super) fn above(leaf: usize, capacity: usize) -> Vec<(usize, usize)> {
    let (mut x, mut found) = (leaf * 2, vec![]);
    while x != capacity.saturating_sub(1) {
        let k = level(x);
        let side = 2 << k;
        // A left child has its parent to its right, a right child to its left.
        let left = (x >> (k + 1)).is_multiple_of(2);
        let parent = if left { x + side / 2 } else { x - side / 2 };
        found.push((parent, if left { x + side } else { x - side }));
        x = parent;
    }
    found
}

/// First leaf below a place, and the first one behind it.
pub(super) const fn below(x: usize) -> (usize, usize) {
    let half = (1 << level(x)) - 1;
    ((x - half) / 2, (x + half) / 2 + 1)
}

/// The left and the right child of a parent.
pub(super) const fn children(x: usize) -> Option<(usize, usize)> {
    match level(x) {
        0 => None,
        k => Some((x - (1 << (k - 1)), x + (1 << (k - 1)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_of_eight_leaves() {
        assert_eq!(above(0, 8), [(1, 2), (3, 5), (7, 11)]);
        assert_eq!(above(5, 8), [(9, 8), (11, 13), (7, 3)]);
        assert_eq!(above(0, 1), []);
        assert_eq!([0, 9, 3, 7, 13].map(below), [(0, 1), (4, 6), (0, 4), (0, 8), (6, 8)]);
        assert_eq!([0, 9, 11, 7].map(children), [None, Some((8, 10)), Some((9, 13)), Some((3, 11))]);
    }
}
