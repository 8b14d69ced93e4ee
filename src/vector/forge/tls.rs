//! Structures of the TLS presentation language, field by field, written exactly as told. Nothing is shared with
//! `crate::wire`: lengths are written once more here, right or wrong.

/// A field: its name, what it is, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the document; of an element of a vector: its place, from 1.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    damage: Option<Damage>,
}

/// What a field is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Octets without a length: a number, or an array.
    Fixed(Vec<u8>),
    /// A value of an enumeration, and values that it does not list.
    Enum(Vec<u8>, Vec<Vec<u8>>),
    /// A protocol version that must be mls10.
    Version,
    /// `opaque<V>`.
    Opaque(Vec<u8>),
    /// `T<V>`, T being anything but an octet.
    Vector(Vec<Field>),
    /// `optional<T>`.
    Optional(Option<Box<Field>>),
    /// A structure.
    Struct(Vec<Field>),
}

/// One thing that is wrong with a field.
#[derive(Clone, Debug)]
pub enum Damage {
    /// Nothing is: it only marks the place.
    None,
    /// A vector's length in two octets, or in four where it needs two.
    WideLength,
    /// A vector's length that begins with the bits 11.
    LengthPrefix,
    /// A vector's length of 2^30 - 1 octets.
    HugeLength,
    /// The last octet of a vector's content is missing, and its length knows.
    ShortContent,
    /// Other octets in its place; for an optional, in place of the octet before it.
    Instead(Vec<u8>),
}

/// Where a damage is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    At(usize),
    /// The end of the vector around the field, or of everything.
    EnclosingEnd,
}

/// Octets, and where the damage is.
#[derive(Clone, Debug, Default)]
struct Written {
    octets: Vec<u8>,
    mark: Option<Mark>,
}

impl Written {
    fn then(&mut self, next: Self) {
        let shift = |mark| if let Mark::At(at) = mark { Mark::At(at + self.octets.len()) } else { mark };
        self.mark = self.mark.or(next.mark.map(shift));
        self.octets.extend(next.octets);
    }
}

/// Octets without a length.
#[must_use]
pub fn fixed(name: &str, octets: impl AsRef<[u8]>) -> Field {
    field(name, Kind::Fixed(octets.as_ref().to_vec()))
}

/// `opaque<V>`.
#[must_use]
pub fn opaque(name: &str, octets: impl AsRef<[u8]>) -> Field {
    field(name, Kind::Opaque(octets.as_ref().to_vec()))
}

/// A value of an enumeration, and values that it does not list.
#[must_use]
pub fn enumeration<const N: usize>(name: &str, octets: [u8; N], wrong: &[[u8; N]]) -> Field {
    field(name, Kind::Enum(octets.to_vec(), wrong.iter().map(|w| w.to_vec()).collect()))
}

/// A protocol version that must be mls10.
#[must_use]
pub fn version() -> Field {
    field("version", Kind::Version)
}

/// A vector; its elements get their places for names.
#[must_use]
pub fn vector(name: &str, elements: impl IntoIterator<Item = Field>) -> Field {
    let element = |(place, element): (usize, Field)| Field { name: (place + 1).to_string(), ..element };
    field(name, Kind::Vector(elements.into_iter().enumerate().map(element).collect()))
}

/// A vector of `uint16`.
#[must_use]
pub fn numbers(name: &str, numbers: &[u16]) -> Field {
    vector(name, numbers.iter().map(|n| fixed("", n.to_be_bytes())))
}

/// An `optional<T>`.
#[must_use]
pub fn optional(name: &str, value: Option<Field>) -> Field {
    field(name, Kind::Optional(value.map(Box::new)))
}

/// A structure.
#[must_use]
pub fn structure(name: &str, fields: impl IntoIterator<Item = Field>) -> Field {
    field(name, Kind::Struct(fields.into_iter().collect()))
}

fn field(name: &str, kind: Kind) -> Field {
    Field { name: name.to_owned(), kind, damage: None }
}

impl Field {
    /// Under another name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Its octets.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        self.write().octets
    }

    /// Its octets, and where the damage in it is.
    #[must_use]
    pub fn damaged_octets(&self) -> (Vec<u8>, Option<usize>) {
        let Written { octets, mark } = self.write();
        let offset = match mark {
            Some(Mark::EnclosingEnd) => Some(octets.len()),
            Some(Mark::At(at)) => Some(at),
            None => None,
        };
        (octets, offset)
    }

    /// Every field in it, itself first, by its path: names joined by hyphens, as in a slug. What is in a field that
    /// `closed` says is left out.
    #[must_use]
    pub fn fields(&self, closed: fn(&Self) -> bool) -> Vec<(String, &Self)> {
        let mut found = vec![(self.slug(), self)];
        for child in self.children().into_iter().filter(|_| !closed(self)) {
            let own = self.slug();
            found.extend(child.fields(closed).into_iter().map(|(path, field)| (join(&own, &path), field)));
        }
        found
    }

    /// Whether it is a structure of MLS: an MLSMessage, a KeyPackage, a ratchet tree.
    #[must_use]
    pub fn is_mls(&self) -> bool {
        match &self.kind {
            Kind::Struct(fields) => fields.first().is_some_and(|f| matches!(f.kind, Kind::Version)),
            Kind::Vector(_) => self.name == "ratchet_tree",
            _ => false,
        }
    }

    /// Where the field at this path begins, and where it ends.
    #[must_use]
    pub fn place(&self, path: &str) -> Option<(usize, usize)> {
        let (_, start) = self.damaged(path, Damage::None).damaged_octets();
        let length = self.clone().at(path)?.octets().len();
        start.map(|start| (start, start + length))
    }

    /// The field at this path, to be damaged or changed.
    #[must_use]
    pub fn at(&mut self, path: &str) -> Option<&mut Self> {
        let own = self.slug();
        if path == own {
            return Some(self);
        }
        let rest = if own.is_empty() { path } else { path.strip_prefix(&own)?.strip_prefix('-')? };
        self.children_mut().into_iter().find_map(|child| child.at(rest))
    }

    /// A copy with this damage at this path; unchanged when there is no such path.
    #[must_use]
    pub fn damaged(&self, path: &str, damage: Damage) -> Self {
        let mut copy = self.clone();
        if let Some(field) = copy.at(path) {
            field.damage = Some(damage);
        }
        copy
    }

    fn slug(&self) -> String {
        self.name.replace('_', "-")
    }

    fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Vector(fields) | Kind::Struct(fields) => fields.iter().collect(),
            Kind::Optional(Some(value)) => vec![value],
            _ => vec![],
        }
    }

    fn children_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.kind {
            Kind::Vector(fields) | Kind::Struct(fields) => fields.iter_mut().collect(),
            Kind::Optional(Some(value)) => vec![value],
            _ => vec![],
        }
    }

    fn write(&self) -> Written {
        let mut written = self.write_damaged();
        if matches!(self.damage, Some(Damage::None)) {
            written.mark = Some(Mark::At(0));
        }
        written
    }

    fn write_damaged(&self) -> Written {
        match (&self.kind, &self.damage) {
            (Kind::Fixed(_) | Kind::Enum(..) | Kind::Version, Some(Damage::Instead(octets))) => {
                Written { octets: octets.clone(), mark: Some(Mark::At(0)) }
            }
            (Kind::Fixed(octets) | Kind::Enum(octets, _), _) => Written { octets: octets.clone(), mark: None },
            (Kind::Version, _) => Written { octets: vec![0, 1], mark: None },
            (Kind::Opaque(octets), damage) => {
                with_length(Written { octets: octets.clone(), mark: None }, damage.as_ref())
            }
            (Kind::Vector(elements), damage) => with_length(sequence(elements), damage.as_ref()),
            (Kind::Optional(value), damage) => {
                let mut written = match damage {
                    Some(Damage::Instead(octets)) => Written { octets: octets.clone(), mark: Some(Mark::At(0)) },
                    _ => Written { octets: vec![u8::from(value.is_some())], mark: None },
                };
                if let Some(value) = value {
                    written.then(value.write());
                }
                written
            }
            (Kind::Struct(fields), _) => sequence(fields),
        }
    }
}

fn sequence(fields: &[Field]) -> Written {
    let mut written = Written::default();
    for field in fields {
        written.then(field.write());
    }
    written
}

fn join(own: &str, path: &str) -> String {
    match (own, path) {
        ("", _) => path.to_owned(),
        (_, "") => own.to_owned(),
        _ => format!("{own}-{path}"),
    }
}

/// A length in front of content, as the damage says.
fn with_length(mut content: Written, damage: Option<&Damage>) -> Written {
    if matches!(damage, Some(Damage::ShortContent)) {
        content.octets.pop();
    }
    let count = content.octets.len();
    if content.mark == Some(Mark::EnclosingEnd) {
        content.mark = Some(Mark::At(count));
    }
    let least = usize::from(count > 0x3f) + usize::from(count > 0x3fff) * 2;
    let (head, mark) = match damage {
        Some(Damage::WideLength) if least == 0 => (head(count, 2), Some(Mark::At(0))),
        Some(Damage::WideLength) => (head(count, 4), Some(Mark::At(0))),
        Some(Damage::LengthPrefix) => (vec![0xc0, 0, 0, 0, 0, 0, 0, 0], Some(Mark::At(0))),
        Some(Damage::HugeLength) => (vec![0xbf, 0xff, 0xff, 0xff], Some(Mark::EnclosingEnd)),
        Some(Damage::ShortContent) => (head(count, 1 << least.min(2)), None),
        _ => (head(count, 1 << least.min(2)), None),
    };
    let length = head.len();
    let mut written = Written { octets: head, mark };
    written.then(content);
    if matches!(damage, Some(Damage::ShortContent)) {
        written.mark = Some(Mark::At(length + count));
    }
    written
}

/// A length in so many octets: 1, 2 or 4.
fn head(count: usize, octets: usize) -> Vec<u8> {
    let [.., a, b, c, d] = count.to_be_bytes();
    match octets {
        1 => vec![d],
        2 => vec![c | 0x40, d],
        _ => vec![a | 0x80, b, c, d],
    }
}
