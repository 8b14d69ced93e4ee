//! Octets as a tree that keeps what a decoder throws away: widths, indefinite lengths, invalid text.

/// One CBOR item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub major: u8,
    /// Octets of the argument behind the initial one; 0 for the short form.
    pub width: usize,
    pub arg: u64,
    pub indefinite: bool,
    /// Octets of a definite string.
    pub string: Vec<u8>,
    /// Items of an array, keys and values of a map, content of a tag, chunks of an indefinite string.
    pub children: Vec<Node>,
}

/// Deeper input is not looked at.
const DEEPEST: usize = 200;

impl Node {
    /// A `null`.
    pub fn null() -> Self {
        Self::short(7, 22)
    }

    /// An unsigned integer in its shortest form.
    pub fn uint(value: u64) -> Self {
        Self { major: 0, width: least_width(value), arg: value, indefinite: false, string: vec![], children: vec![] }
    }

    const fn short(major: u8, arg: u64) -> Self {
        Self { major, width: 0, arg, indefinite: false, string: vec![], children: vec![] }
    }

    /// A part without content.
    pub fn null_part() -> Self {
        let mut part = Self::short(4, 3);
        part.children = vec![Self::uint(1), Self::short(3, 0), Self::uint(0)];
        part
    }

    /// The first item of some octets, and the rest; `None` when they are not well-formed.
    pub fn parse(octets: &[u8]) -> Option<(Self, &[u8])> {
        parse(octets, 0)
    }

    /// Its octets, as it says.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = vec![];
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        let initial = self.major << 5;
        if self.indefinite {
            out.push(initial | 31);
        } else {
            let short = u8::try_from(self.arg).unwrap_or(0);
            match self.width {
                0 => out.push(initial | short),
                1 => out.push(initial | 24),
                2 => out.push(initial | 25),
                4 => out.push(initial | 26),
                _ => out.push(initial | 27),
            }
            out.extend(self.arg.to_be_bytes().iter().skip(8 - self.width));
        }
        out.extend(&self.string);
        for child in &self.children {
            child.write(out);
        }
        if self.indefinite {
            out.push(0xff);
        }
    }

    /// Sets the argument in its shortest form.
    pub fn set(&mut self, arg: u64) {
        (self.arg, self.width) = (arg, least_width(arg));
    }

    /// Sets a definite string, or the number of children, as the head says it.
    pub fn resize(&mut self) {
        let n = match self.major {
            2 | 3 => self.string.len(),
            5 => self.children.len() / 2,
            _ => self.children.len(),
        };
        self.indefinite = false;
        self.set(u64::try_from(n).unwrap_or(0));
    }

    /// Visits every item, children before parents.
    pub fn visit(&mut self, change: &mut impl FnMut(&mut Self)) {
        for child in &mut self.children {
            child.visit(change);
        }
        change(self);
    }

    /// Whether any item is such.
    pub fn any(&self, such: &impl Fn(&Self) -> bool) -> bool {
        such(self) || self.children.iter().any(|c| c.any(such))
    }

    /// Levels of arrays, maps and tags below and including this one.
    pub fn depth(&self) -> usize {
        let inner = self.children.iter().map(Self::depth).max().unwrap_or(0);
        inner + usize::from(matches!(self.major, 4..=6))
    }

    pub fn child(&mut self, index: usize) -> Option<&mut Self> {
        self.children.get_mut(index)
    }

    /// A map's entries; the last key may lack its value.
    pub fn entries(&self) -> Vec<(Self, Self)> {
        let pairs = self.children.chunks_exact(2);
        pairs.filter_map(|p| Some((p.first()?.clone(), p.get(1)?.clone()))).collect()
    }

    pub fn set_entries(&mut self, entries: Vec<(Self, Self)>) {
        self.children = entries.into_iter().flat_map(|(k, v)| [k, v]).collect();
        self.resize();
    }
}

pub(super) fn least_width(arg: u64) -> usize {
    match arg {
        0..=23 => 0,
        24..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}

fn parse(octets: &[u8], level: usize) -> Option<(Node, &[u8])> {
    if level > DEEPEST {
        return None;
    }
    let (&initial, rest) = octets.split_first()?;
    let (major, info) = (initial >> 5, initial & 31);
    let width = match info {
        0..=23 => 0,
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        31 if matches!(major, 2..=5) => 0,
        _ => return None,
    };
    let argument = rest.get(..width)?;
    let mut rest = rest.get(width..)?;
    let arg = if width == 0 { u64::from(info) } else { argument.iter().fold(0, |n, b| (n << 8) | u64::from(*b)) };
    let mut node = Node { major, width, arg, indefinite: info == 31, string: vec![], children: vec![] };
    if node.indefinite {
        while rest.first() != Some(&0xff) {
            let child;
            (child, rest) = parse(rest, level + 1)?;
            node.children.push(child);
        }
        return Some((node, rest.get(1..)?));
    }
    if matches!(major, 2 | 3) {
        let length = usize::try_from(arg).ok()?;
        node.string = rest.get(..length)?.to_vec();
        return Some((node, rest.get(length..)?));
    }
    let children = match major {
        4 => arg,
        5 => arg.checked_mul(2)?,
        6 => 1,
        _ => 0,
    };
    for _ in 0..children {
        let child;
        (child, rest) = parse(rest, level + 1)?;
        node.children.push(child);
    }
    Some((node, rest))
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn what_is_parsed_is_written_again() {
        for hex in [
            "8301820203820405",
            "bf6161015fffff",
            "5f42010243030405ff",
            "1b0000000000000001",
            "c1fb3ff199999999999a",
            "fa7fc00000",
        ] {
            let octets = mimicheck::wire::hex::decode(hex).unwrap();
            let parsed = Node::parse(&octets);
            if hex != "bf6161015fffff" {
                let (node, rest) = parsed.unwrap();
                assert_eq!((node.octets(), rest.len()), (octets, 0), "{hex}");
            }
        }
        assert!(Node::parse(&[0x81; 100_000]).is_none());
        assert!(Node::parse(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).is_none());
    }
}
