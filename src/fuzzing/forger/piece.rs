use crate::wire::tls::{TooLong, Writer};

/// What a sequence of fields is, where somebody signs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing that is signed by itself.
    Plain,
    /// A LeafNode (RFC 9420 section 7.2); its last field is its signature.
    Leaf,
    /// A KeyPackage (section 10); its last field is its signature.
    KeyPackage,
}

/// Octets, as a tree of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A field of fixed length, or what is in a vector of octets.
    Octets(Vec<u8>),
    /// Fields one after the other.
    List(Kind, Vec<Piece>),
    /// A vector `<V>`; its length is written as it is.
    Vector(Vec<Piece>),
}

impl Piece {
    /// A vector of octets.
    #[must_use]
    pub fn opaque(octets: &[u8]) -> Self {
        Self::Vector(vec![Self::Octets(octets.to_vec())])
    }

    /// How many nodes the tree has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.children().iter().fold(1, |sum, child| sum.saturating_add(child.count()))
    }

    /// What is in it.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::Octets(_) => &[],
            Self::List(_, children) | Self::Vector(children) => children,
        }
    }

    /// The node of this number, counted from the root on, parents before their children.
    pub fn node_mut(&mut self, number: usize) -> Option<&mut Self> {
        let Some(mut left) = number.checked_sub(1) else { return Some(self) };
        let (Self::List(_, children) | Self::Vector(children)) = self else { return None };
        for child in children {
            let count = child.count();
            match left.checked_sub(count) {
                None => return child.node_mut(left),
                Some(rest) => left = rest,
            }
        }
        None
    }

    /// As octets.
    ///
    /// # Errors
    /// A vector is longer than its length can say.
    pub fn octets(&self) -> Result<Vec<u8>, TooLong> {
        let mut w = Writer::new();
        self.write(&mut w)?;
        Ok(w.into_octets())
    }

    fn write(&self, w: &mut Writer) -> Result<(), TooLong> {
        match self {
            Self::Octets(octets) => {
                w.raw(octets);
                Ok(())
            }
            Self::List(_, children) => children.iter().try_for_each(|child| child.write(w)),
            Self::Vector(children) => {
                w.vector("a field", |w| children.iter().try_for_each(|child| child.write(w))).map(drop)
            }
        }
    }
}
