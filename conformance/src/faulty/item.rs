//! CBOR as it came: widths, indefinite lengths, order and repetition are kept, so that exactly one thing can be
//! changed and the rest written back octet by octet. Nothing of the codec under test is used.

/// Major types.
pub(super) const UINT: u8 = 0;
pub(super) const NINT: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;
pub(super) const TAG: u8 = 6;
pub(super) const OTHER: u8 = 7;

/// Additional information of an indefinite length.
const INDEFINITE: u8 = 31;

/// Deeper input is not read as an item: no case of the vectors needs it, and the stack is finite.
const DEEPEST: usize = 64;

/// An item and everything inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Major type, 0 to 7.
    pub major: u8,
    /// Additional information as written: the width of the argument, or 31 for an indefinite length.
    pub info: u8,
    /// The argument; 0 for an indefinite length.
    pub arg: u64,
    /// What follows the head.
    pub body: Body,
}

/// What follows a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing.
    Nothing,
    /// A string of definite length.
    Octets(Vec<u8>),
    /// Chunks; items; keys and values in turn; or what a tag encloses.
    Items(Vec<Item>),
}

/// A head: major type, additional information, argument.
pub(super) type Head = (u8, u8, u64);

/// The head at the front, and what follows it.
pub(super) fn head(octets: &[u8]) -> Option<(Head, &[u8])> {
    let (initial, rest) = octets.split_first()?;
    let (major, info) = (initial >> 5, initial & 31);
    let width = match info {
        0..24 => return Some(((major, info, u64::from(info)), rest)),
        24..28 => 1_usize << (info - 24),
        INDEFINITE => return Some(((major, info, 0), rest)),
        _ => return None,
    };
    let (arg, rest) = rest.split_at_checked(width)?;
    Some(((major, info, arg.iter().fold(0, |arg, octet| arg << 8 | u64::from(*octet))), rest))
}

/// Every head in turn until the octets end or make no sense, strings skipped.
pub(super) fn heads(octets: &[u8]) -> impl Iterator<Item = Head> {
    let mut rest = octets;
    std::iter::from_fn(move || {
        let (found, behind) = head(rest)?;
        let string = matches!(found.0, BYTES | TEXT) && found.1 != INDEFINITE;
        let length = if string { usize::try_from(found.2).unwrap_or(usize::MAX) } else { 0 };
        rest = behind.get(length..).unwrap_or_default();
        Some(found)
    })
}

impl Item {
    /// The item at the front, and what follows it; `None` when it is not well-formed.
    pub fn parse(octets: &[u8]) -> Option<(Self, &[u8])> {
        Self::parse_at(octets, 0)
    }

    fn parse_at<'a>(octets: &'a [u8], depth: usize) -> Option<(Self, &'a [u8])> {
        let ((major, info, arg), mut rest) = head(octets)?;
        let indefinite = info == INDEFINITE;
        let mut items = vec![];
        let mut item = |rest: &mut &'a [u8]| {
            let (item, behind) = Self::parse_at(rest, depth + 1)?;
            *rest = behind;
            items.push(item);
            Some(())
        };
        if depth > DEEPEST {
            return None;
        }
        let body = match major {
            UINT | NINT if indefinite => return None,
            UINT | NINT => Body::Nothing,
            OTHER if indefinite => return None,
            OTHER => Body::Nothing,
            TAG if indefinite => return None,
            TAG => {
                item(&mut rest)?;
                Body::Items(items)
            }
            _ if indefinite => {
                while rest.first() != Some(&0xff) {
                    item(&mut rest)?;
                }
                rest = rest.get(1..)?;
                Body::Items(items)
            }
            BYTES | TEXT => {
                let (octets, behind) = rest.split_at_checked(usize::try_from(arg).ok()?)?;
                rest = behind;
                Body::Octets(octets.to_vec())
            }
            _ => {
                let count = if major == MAP { arg.checked_mul(2)? } else { arg };
                for _ in 0..count {
                    item(&mut rest)?;
                }
                Body::Items(items)
            }
        };
        Some((Self { major, info, arg, body }, rest))
    }

    /// The octets, every head as wide as it says.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = vec![];
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.major << 5 | self.info);
        let width = if (24..28).contains(&self.info) { 1_usize << (self.info - 24) } else { 0 };
        let arg = self.arg.to_be_bytes();
        out.extend(arg.iter().skip(arg.len() - width));
        match &self.body {
            Body::Nothing => {}
            Body::Octets(octets) => out.extend(octets),
            Body::Items(items) => items.iter().for_each(|item| item.write(out)),
        }
        if self.info == INDEFINITE {
            out.push(0xff);
        }
    }

    fn new(major: u8, arg: u64, body: Body) -> Self {
        let mut item = Self { major, info: 0, arg, body };
        item.set(arg);
        item
    }

    pub fn uint(value: u64) -> Self {
        Self::new(UINT, value, Body::Nothing)
    }

    pub fn null() -> Self {
        Self::new(OTHER, 22, Body::Nothing)
    }

    pub fn text(text: &str) -> Self {
        Self::string(TEXT, text.as_bytes().to_vec())
    }

    pub fn string(major: u8, octets: Vec<u8>) -> Self {
        Self::new(major, length(octets.len()), Body::Octets(octets))
    }

    pub fn array(items: Vec<Self>) -> Self {
        Self::new(ARRAY, length(items.len()), Body::Items(items))
    }

    /// Gives it another argument, in the fewest octets.
    pub fn set(&mut self, arg: u64) {
        self.arg = arg;
        self.info = shortest(arg);
    }

    /// Whether its argument takes more octets than it needs.
    pub fn wide(&self) -> bool {
        self.info != INDEFINITE && self.info > shortest(self.arg)
    }

    /// Whether its length is indefinite.
    pub fn indefinite(&self) -> bool {
        self.info == INDEFINITE
    }

    /// A string's octets, chunks put together.
    pub fn string_octets(&self) -> Option<Vec<u8>> {
        match &self.body {
            _ if !matches!(self.major, BYTES | TEXT) => None,
            Body::Octets(octets) => Some(octets.clone()),
            Body::Items(chunks) if chunks.iter().all(|c| c.major == self.major) => {
                Some(chunks.iter().filter_map(Self::string_octets).flatten().collect())
            }
            _ => None,
        }
    }

    /// What is inside it, empty for anything that has no items.
    pub fn items(&self) -> &[Self] {
        match &self.body {
            Body::Items(items) => items,
            _ => &[],
        }
    }

    /// What is inside it, to be changed; [`Self::recount`] after adding or removing.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.body {
            Body::Items(items) => Some(items),
            _ => None,
        }
    }

    /// The item at this place inside it.
    pub fn at(&self, index: usize) -> Option<&Self> {
        self.items().get(index)
    }

    /// The item at this place inside it, to be changed.
    pub fn at_mut(&mut self, index: usize) -> Option<&mut Self> {
        self.items_mut()?.get_mut(index)
    }

    /// A map's keys and values.
    pub fn entries(&self) -> impl Iterator<Item = (&Self, &Self)> {
        let items = if self.major == MAP { self.items() } else { &[] };
        items.chunks_exact(2).filter_map(|pair| Some((pair.first()?, pair.last()?)))
    }

    /// Gives a map these entries. Its head stays as it is unless their number is another.
    pub fn set_entries(&mut self, entries: Vec<(Self, Self)>) {
        let count = length(entries.len());
        self.body = Body::Items(entries.into_iter().flat_map(|(key, value)| [key, value]).collect());
        if !self.indefinite() && self.arg != count {
            self.set(count);
        }
    }

    /// Writes a definite length that fits what is inside.
    pub fn recount(&mut self) {
        let count = match &self.body {
            Body::Items(items) if self.major == MAP => items.len() / 2,
            Body::Items(items) => items.len(),
            Body::Octets(octets) => octets.len(),
            Body::Nothing => return,
        };
        self.set(length(count));
    }

    /// Calls `change` for everything inside it and then for itself.
    pub fn each(&mut self, change: &mut dyn FnMut(&mut Self)) {
        if let Body::Items(items) = &mut self.body {
            items.iter_mut().for_each(|item| item.each(change));
        }
        change(self);
    }

    /// Whether it, or anything inside it, is such.
    pub fn any(&self, such: &dyn Fn(&Self) -> bool) -> bool {
        such(self) || self.items().iter().any(|item| item.any(such))
    }

    /// Levels of the containers that count, itself included.
    pub fn depth(&self, counts: &dyn Fn(&Self) -> bool) -> usize {
        let inside = self.items().iter().map(|item| item.depth(counts)).max().unwrap_or(0);
        inside + usize::from(counts(self))
    }

    /// An array, a map or a tag.
    pub fn container(&self) -> bool {
        matches!(self.major, ARRAY | MAP | TAG)
    }
}

/// Additional information of an argument in the fewest octets.
fn shortest(arg: u64) -> u8 {
    match arg {
        0..24 => u8::try_from(arg).unwrap_or(0),
        24..0x100 => 24,
        0x100..0x1_0000 => 25,
        0x1_0000..0x1_0000_0000 => 26,
        _ => 27,
    }
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::vector::families;
    use mimicheck::wire::hex;

    /// What is read and not changed is written as it was: every document of the vectors, right or wrong.
    #[test]
    fn octets_come_back() {
        let mut read = 0;
        for family in families::ALL {
            for case in (family.generate)().cases() {
                let Some(cbor) = case.input.get("cbor").and_then(|c| c.as_str()) else { continue };
                let octets = hex::decode(cbor).unwrap();
                let Some((item, rest)) = Item::parse(&octets) else { continue };
                assert_eq!([item.octets().as_slice(), rest].concat(), octets, "{}", case.id);
                read += 1;
            }
        }
        assert!(read > 700, "{read}");
    }

    #[test]
    fn what_is_not_well_formed_is_no_item() {
        for bad in ["", "1c", "ff", "8201", "5f01", "a101", "1f", "df"] {
            let octets = hex::decode(bad).unwrap();
            assert!(Item::parse(&octets).is_none_or(|(item, _)| item.string_octets().is_none()), "{bad}");
        }
        assert!(Item::parse(&[0x81; 1000]).is_none());
        assert_eq!(heads(&[0x82, 0x42, 1, 2, 0x1b]).count(), 2);
    }
}
