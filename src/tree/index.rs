//! Places of a tree (RFC 9420 appendix C): leaves have even indices, parents odd ones.

/// The most leaves that a tree of version 0 has room for.
pub const MOST_LEAVES: u32 = 1 << 20;

/// Height above the leaves.
pub(super) const fn level(x: u32) -> u32 {
    x.trailing_ones()
}

/// Whether it is a leaf.
pub(super) const fn is_leaf(x: u32) -> bool {
    x.is_multiple_of(2)
}

/// The root of a tree with room for so many leaves, a power of two.
pub(super) const fn root(capacity: u32) -> u32 {
    capacity.saturating_sub(1)
}

/// Whether a tree with room for so many leaves has this place.
pub(super) const fn within(x: u32, capacity: u32) -> bool {
    x < capacity.saturating_mul(2).saturating_sub(1)
}

/// The left and the right child of a parent; a leaf has none.
pub(super) const fn children(x: u32) -> Option<(u32, u32)> {
    match level(x) {
        0 | 32.. => None,
        k => Some((x ^ (1 << (k - 1)), x ^ (3 << (k - 1)))),
    }
}

/// The parent of a place, in a tree that is large enough to have one.
pub(super) const fn parent(x: u32) -> u32 {
    let k = level(x);
    if k >= 31 {
        return x;
    }
    let right = (x >> (k + 1)) & 1;
    (x | (1 << k)) ^ (right << (k + 1))
}

/// The smallest power of two which covers this leaf's place.
pub(super) const fn capacity_for(leaf: u32) -> u32 {
    (leaf / 2 + 1).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_of_eight_leaves() {
        assert_eq!(root(8), 7);
        assert_eq!(children(7), Some((3, 11)));
        assert_eq!(children(11), Some((9, 13)));
        assert_eq!(children(13), Some((12, 14)));
        assert_eq!(children(12), None);
        for (x, p) in [(0, 1), (2, 1), (1, 3), (5, 3), (3, 7), (11, 7), (9, 11), (13, 11), (14, 13)] {
            assert_eq!(parent(x), p, "{x}");
        }
        assert!(within(14, 8) && !within(15, 8) && within(0, 1) && !within(1, 1));
        assert_eq!([0, 2, 4, 6, 8].map(capacity_for), [1, 2, 4, 4, 8]);
        assert_eq!(root(1), 0);
    }

    #[test]
    fn no_index_is_too_large() {
        for x in [u32::MAX, u32::MAX - 1, u32::MAX >> 1, 0x8000_0000] {
            let _ = (children(x), parent(x), level(x), within(x, MOST_LEAVES));
        }
    }
}
