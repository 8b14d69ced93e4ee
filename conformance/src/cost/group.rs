use super::nodes::{Nodes, Source};
use super::places::{above, below, children};
use mimicheck::entropy::{Seed, Stream};
use mimicheck::wire::tls::{TooLong, Writer};
use std::collections::BTreeMap;

/// The ratchet tree of a group that is made up, and what commits make of it by the rules of RFC 9420 (sections 4.1, 7.4, 7.5
/// and 7.8): which places are blank, which leaves are unmerged, and so how long each node is.
#[derive(Clone, Debug)]
pub struct Group {
    nodes: Nodes,
    random: Stream,
    /// Leaves that there is room for.
    capacity: usize,
    /// `optional<Node>` by place.
    payloads: Vec<Vec<u8>>,
    /// Leaves by place that are unmerged there, ascending.
    unmerged: BTreeMap<usize, Vec<u32>>,
}

const BLANK: &[u8] = &[0];

impl Group {
    /// A group in which every member has committed: no parent is blank that need not be, no leaf unmerged.
    ///
    /// # Errors
    /// None for sizes that have a tree.
    pub fn settled(nodes: &Nodes, members: usize, seed: &Seed) -> Result<Self, TooLong> {
        Self::with(nodes, members, seed, |_| true)
    }

    /// A group in which every other place was taken, one after the other and by commits without a path, when all the rest
    /// had committed: as many leaves are unmerged, in as many parents, as there can be. The last place is still free.
    ///
    /// # Errors
    /// None for sizes that have a tree.
    pub fn crowded(nodes: &Nodes, members: usize, seed: &Seed) -> Result<Self, TooLong> {
        let mut group = Self::with(nodes, members, seed, |leaf| leaf % 2 == 0)?;
        let last = (members / 2).saturating_mul(2).saturating_sub(1);
        for leaf in (1..last).step_by(2) {
            group.place(leaf)?;
        }
        group.renew()?;
        Ok(group)
    }

    /// The same with room for twice as many, for members that are added behind the others.
    #[must_use]
    pub fn grown(mut self) -> Self {
        self.capacity *= 2;
        self.payloads.resize((self.capacity * 2).saturating_sub(1), BLANK.to_vec());
        self
    }

    fn with(nodes: &Nodes, members: usize, seed: &Seed, there: fn(usize) -> bool) -> Result<Self, TooLong> {
        let capacity = members.next_power_of_two();
        let random = seed.stream(&format!("cost group {members}"));
        let payloads = vec![BLANK.to_vec(); (capacity * 2).saturating_sub(1)];
        let mut group = Self { nodes: nodes.clone(), random, capacity, payloads, unmerged: BTreeMap::new() };
        for leaf in (0..members).filter(|leaf| there(*leaf)) {
            group.set(leaf * 2, |nodes, random| nodes.leaf(leaf, Source::Commit { hashed: members > 1 }, random))?;
        }
        for x in (1..group.payloads.len()).step_by(2) {
            let lives = |x: usize| (below(x).0..below(x).1.min(members)).any(there);
            if children(x).is_some_and(|(left, right)| lives(left) && lives(right)) {
                group.fill(x, x + 1 == capacity)?;
            }
        }
        Ok(group)
    }

    fn set(
        &mut self,
        x: usize,
        make: impl FnOnce(&Nodes, &mut Stream) -> Result<Vec<u8>, TooLong>,
    ) -> Result<(), TooLong> {
        let made = make(&self.nodes, &mut self.random)?;
        if let Some(slot) = self.payloads.get_mut(x) {
            *slot = made;
        }
        Ok(())
    }

    /// A parent that is not blank; the highest of a path has no parent hash.
    fn fill(&mut self, x: usize, highest: bool) -> Result<(), TooLong> {
        let none = vec![];
        let unmerged = self.unmerged.get(&x).unwrap_or(&none);
        let made = self.nodes.parent(highest, unmerged, &mut self.random)?;
        if let Some(slot) = self.payloads.get_mut(x) {
            *slot = made;
        }
        Ok(())
    }

    /// Whether a place is blank.
    fn blank(&self, x: usize) -> bool {
        self.payloads.get(x).is_none_or(|payload| payload == BLANK)
    }

    fn lives(&self, x: usize) -> bool {
        let (first, end) = below(x);
        (first..end).any(|leaf| !self.blank(leaf * 2))
    }

    /// Every parent that has unmerged leaves, as long as it is with them.
    fn renew(&mut self) -> Result<(), TooLong> {
        let places: Vec<usize> = self.unmerged.keys().copied().collect();
        places.into_iter().try_for_each(|x| self.fill(x, x + 1 == self.capacity))
    }

    /// A member's commit with a path: its leaf and all above are new, and nobody is unmerged there.
    ///
    /// # Errors
    /// None for sizes that have a tree.
    pub fn update(&mut self, leaf: usize) -> Result<(), TooLong> {
        let path = above(leaf, self.capacity);
        // Where nobody is beside, a place is not on the filtered direct path, and blank (section 4.1.2).
        let highest = path.iter().rev().find(|(_, beside)| self.lives(*beside)).map(|(x, _)| *x);
        let hashed = highest.is_some();
        self.set(leaf * 2, |nodes, random| nodes.leaf(leaf, Source::Commit { hashed }, random))?;
        for (x, beside) in path {
            self.unmerged.remove(&x);
            if self.lives(beside) {
                self.fill(x, highest == Some(x))?;
            } else {
                self.set(x, |_, _| Ok(BLANK.to_vec()))?;
            }
        }
        Ok(())
    }

    /// A member that others remove by a commit of `by`. The last place stays taken.
    ///
    /// # Errors
    /// None for sizes that have a tree.
    pub fn remove(&mut self, leaf: usize, by: usize) -> Result<(), TooLong> {
        self.set(leaf * 2, |_, _| Ok(BLANK.to_vec()))?;
        for (x, _) in above(leaf, self.capacity) {
            self.unmerged.remove(&x);
            self.set(x, |_, _| Ok(BLANK.to_vec()))?;
        }
        self.update(by)
    }

    /// A member that is added at a free place, by a commit without a path: it is unmerged in all that is not blank above.
    ///
    /// # Errors
    /// So many leaves are unmerged that no vector has room for them.
    pub fn add(&mut self, leaf: usize) -> Result<(), TooLong> {
        self.place(leaf)?;
        let filled: Vec<usize> =
            above(leaf, self.capacity).into_iter().map(|(x, _)| x).filter(|x| !self.blank(*x)).collect();
        filled.iter().try_for_each(|x| self.fill(*x, filled.last() == Some(x)))
    }

    fn place(&mut self, leaf: usize) -> Result<(), TooLong> {
        self.set(leaf * 2, |nodes, random| nodes.leaf(leaf, Source::KeyPackage, random))?;
        let Ok(number) = u32::try_from(leaf) else { return Ok(()) };
        for (x, _) in above(leaf, self.capacity) {
            if !self.blank(x) {
                let list = self.unmerged.entry(x).or_default();
                if let Err(place) = list.binary_search(&number) {
                    list.insert(place, number);
                }
            }
        }
        Ok(())
    }

    /// `optional<Node>` by place, up to the last leaf.
    #[must_use]
    pub fn payloads(&self) -> Vec<&[u8]> {
        let mut all: Vec<&[u8]> = self.payloads.iter().map(Vec::as_slice).collect();
        while all.last().is_some_and(|payload| *payload == BLANK) {
            all.pop();
        }
        all
    }

    /// `optional<Node> ratchet_tree<V>`: what a hub that reads handshakes, or the committer, gives to joiners.
    ///
    /// # Errors
    /// There is no vector that long.
    pub fn encoded(&self) -> Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        w.opaque(&self.payloads().concat(), "ratchet_tree")?;
        Ok(w.into_octets())
    }
}
