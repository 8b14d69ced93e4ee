//! One CBOR item (RFC 8949 section 3), written exactly as told: nothing is checked, sorted or shortened
//! but the head, and that only until it is told otherwise.

/// Octets of a head's argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// As few as the argument needs: the deterministic form.
    Least,
    /// 0: in the initial octet.
    Zero,
    /// 1.
    One,
    /// 2.
    Two,
    /// 4.
    Four,
    /// 8.
    Eight,
}

/// An item, or octets that look like the beginning of one. At most one place in it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    head: Head,
    body: Vec<u8>,
    mark: Option<Mark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Head {
    /// Major type, argument, width.
    Sized(u8, u64, Width),
    /// These octets.
    Octets(Vec<u8>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// The first octet.
    Start,
    /// This many octets into the body.
    Body(usize),
}

const fn item(major: u8, argument: u64, body: Vec<u8>) -> Item {
    Item { head: Head::Sized(major, argument, Width::Least), body, mark: None }
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Major type 0.
#[must_use]
pub const fn uint(value: u64) -> Item {
    item(0, value, vec![])
}

/// Major type 1: the value is -1 minus the argument.
#[must_use]
pub const fn negative(argument: u64) -> Item {
    item(1, argument, vec![])
}

/// An integer, major type 0 or 1.
#[must_use]
pub const fn int(value: i64) -> Item {
    if value < 0 { negative(value.unsigned_abs() - 1) } else { uint(value.unsigned_abs()) }
}

/// Major type 2.
#[must_use]
pub fn bytes(content: impl AsRef<[u8]>) -> Item {
    let content = content.as_ref();
    item(2, length(content.len()), content.to_vec())
}

/// Major type 3, UTF-8 or not.
#[must_use]
pub fn text(content: impl AsRef<[u8]>) -> Item {
    let content = content.as_ref();
    item(3, length(content.len()), content.to_vec())
}

/// Major type 4.
#[must_use]
pub fn array(items: impl IntoIterator<Item = Item>) -> Item {
    items.into_iter().fold(item(4, 0, vec![]), |array, child| array.counted(1).then(child))
}

/// Major type 5, in the order given.
#[must_use]
pub fn map(entries: impl IntoIterator<Item = (Item, Item)>) -> Item {
    entries.into_iter().fold(item(5, 0, vec![]), |map, (key, value)| map.counted(1).then(key).then(value))
}

/// Major type 6.
#[must_use]
pub fn tag(number: u64, content: Item) -> Item {
    item(6, number, vec![]).then(content)
}

/// Major type 7: a simple value, in two octets from 24 on.
#[must_use]
pub const fn simple(value: u8) -> Item {
    // Not u64::from, which is not const.
    item(7, u64::from_be_bytes([0, 0, 0, 0, 0, 0, 0, value]), vec![])
}

/// `false` or `true`.
#[must_use]
pub const fn boolean(value: bool) -> Item {
    simple(if value { 21 } else { 20 })
}

/// `null`.
#[must_use]
pub const fn null() -> Item {
    simple(22)
}

/// A half-width float of these bits.
#[must_use]
pub fn half(bits: u16) -> Item {
    item(7, u64::from(bits), vec![]).width(Width::Two)
}

/// A single-width float of these bits.
#[must_use]
pub fn single(bits: u32) -> Item {
    item(7, u64::from(bits), vec![]).width(Width::Four)
}

/// A double-width float of these bits.
#[must_use]
pub const fn double(bits: u64) -> Item {
    Item { head: Head::Sized(7, bits, Width::Eight), body: vec![], mark: None }
}

/// These octets, whatever they are.
#[must_use]
pub fn octets(octets: impl AsRef<[u8]>) -> Item {
    Item { head: Head::Octets(octets.as_ref().to_vec()), body: vec![], mark: None }
}

/// A string of indefinite length from its chunks; takes the major type from `like`.
#[must_use]
pub fn chunks(like: &Item, chunks: impl IntoIterator<Item = Item>) -> Item {
    let start = Item { head: like.head.clone(), body: vec![], mark: None };
    chunks.into_iter().fold(start, Item::then).indefinite()
}

impl Item {
    /// Marks its first octet as the place where the rule is broken.
    #[must_use]
    pub const fn mark(mut self) -> Self {
        self.mark = Some(Mark::Start);
        self
    }

    /// Marks its first octet, in place.
    pub const fn set_mark(&mut self) {
        self.mark = Some(Mark::Start);
    }

    /// Marks the place behind its last octet: more octets are missing there.
    #[must_use]
    pub const fn missing(mut self) -> Self {
        self.mark = Some(Mark::Body(self.body.len()));
        self
    }

    /// With a head of this width. An argument that does not fit loses its upper octets.
    #[must_use]
    pub const fn width(mut self, width: Width) -> Self {
        if let Head::Sized(_, _, w) = &mut self.head {
            *w = width;
        }
        self
    }

    /// With this argument in the head (a length, count or number), whatever follows.
    #[must_use]
    pub const fn claim(mut self, argument: u64) -> Self {
        if let Head::Sized(_, a, _) = &mut self.head {
            *a = argument;
        }
        self
    }

    /// With this additional information and no argument, whatever follows.
    #[must_use]
    pub fn info(mut self, info: u8) -> Self {
        self.head = Head::Octets(vec![self.major() << 5 | info]);
        self
    }

    /// Of indefinite length: additional information 31, and a break at the end.
    #[must_use]
    pub fn indefinite(self) -> Self {
        self.info(31).then(octets([0xff]))
    }

    /// Followed by another item; takes over its mark.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        if let Some(offset) = next.offset() {
            self.mark = Some(Mark::Body(self.body.len() + offset));
        }
        self.body.extend(next.octets());
        self
    }

    /// Ends `more` octets behind the mark, and what is missing is missing there.
    #[must_use]
    pub fn cut(self, more: usize) -> Self {
        let end = self.offset().unwrap_or(0) + more;
        let kept: Vec<u8> = self.octets().into_iter().take(end).collect();
        octets(kept).missing()
    }

    /// What is written.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        let mut out = self.head();
        out.extend_from_slice(&self.body);
        out
    }

    /// Offset of the marked octet.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.mark.map(|mark| match mark {
            Mark::Start => 0,
            Mark::Body(offset) => self.head().len() + offset,
        })
    }

    fn counted(mut self, more: u64) -> Self {
        if let Head::Sized(_, argument, _) = &mut self.head {
            *argument += more;
        }
        self
    }

    fn major(&self) -> u8 {
        match &self.head {
            Head::Sized(major, _, _) => *major,
            Head::Octets(octets) => octets.first().map_or(0, |initial| initial >> 5),
        }
    }

    fn head(&self) -> Vec<u8> {
        let (major, argument, width) = match &self.head {
            Head::Octets(octets) => return octets.clone(),
            Head::Sized(major, argument, width) => (*major, *argument, *width),
        };
        let width = match (width, argument) {
            (Width::Least, 0..=23) => Width::Zero,
            (Width::Least, 24..=0xff) => Width::One,
            (Width::Least, 0x100..=0xffff) => Width::Two,
            (Width::Least, 0x1_0000..=0xffff_ffff) => Width::Four,
            (Width::Least, _) => Width::Eight,
            (told, _) => told,
        };
        let (info, count) = match width {
            Width::One => (24, 1),
            Width::Two => (25, 2),
            Width::Four => (26, 4),
            Width::Eight => (27, 8),
            _ => (u8::try_from(argument & 0x1f).unwrap_or(0), 0),
        };
        let argument = argument.to_be_bytes();
        let mut head = vec![major << 5 | info];
        head.extend(argument.iter().skip(argument.len() - count));
        head
    }
}
