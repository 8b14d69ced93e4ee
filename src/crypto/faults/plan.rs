use super::call::{Call, Kind};

/// Which calls are struck, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub on: Select,
    /// How.
    pub does: Does,
}

impl Fault {
    /// Strikes this call and no other.
    #[must_use]
    pub fn at(call: &Call, does: Does) -> Self {
        let Self { on, does } = Self::always(call, does);
        Self { on: on.nth(call.nth), does }
    }

    /// Strikes this call, and all that have its name but for [`Call::nth`]: a lie that stays the same however often
    /// it is asked for, such as a hash that this side checks itself.
    #[must_use]
    pub fn always(call: &Call, does: Does) -> Self {
        let on = Select::every(call.kind).labelled(&call.label).about(&call.about);
        Self { on, does }
    }
}

/// Which calls; what is `None` may be anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// What is asked for.
    pub kind: Kind,
    /// The label.
    pub label: Option<String>,
    /// The public key sealed to or derived, or the octets hashed: [`Call::about`].
    pub about: Option<Vec<u8>>,
    /// Which of the calls of the same kind and label about the same: [`Call::nth`].
    pub nth: Option<u32>,
}

impl Select {
    /// Every call of a kind.
    #[must_use]
    pub fn every(kind: Kind) -> Self {
        Self { kind, label: None, about: None, nth: None }
    }

    /// Of them, those with this label.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        self.label = Some(label.to_owned());
        self
    }

    /// Of them, those about this: [`Call::about`].
    #[must_use]
    pub fn about(mut self, what: &[u8]) -> Self {
        self.about = Some(what.to_vec());
        self
    }

    /// Of them, the one with this [`Call::nth`].
    #[must_use]
    pub fn nth(mut self, nth: u32) -> Self {
        self.nth = Some(nth);
        self
    }

    /// Whether a call is one of these.
    #[must_use]
    pub fn selects(&self, call: &Call) -> bool {
        self.kind == call.kind
            && self.label.as_ref().is_none_or(|label| *label == call.label)
            && self.about.as_ref().is_none_or(|what| *what == call.about)
            && self.nth.is_none_or(|nth| nth == call.nth)
    }
}

/// What becomes of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// It fails, as if the library below had.
    Fail,
    /// It is done well with other octets: the plaintext of a seal or of an encryption, the message of a MAC or of a
    /// signature, the input of a hash. Random octets and key pairs have no input: nothing is struck.
    Input(Edit),
    /// What it gives is changed: the ciphertext, the tag, the hash, the signature, the random octets.
    Output(Edit),
    /// The encapsulated key of a seal is changed; with other kinds, nothing is struck.
    Encapsulated(Edit),
}

/// A change of octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Flips this bit, counted from the most significant one of the first octet and modulo the length.
    FlipBit(usize),
    /// Keeps this many octets.
    Cut(usize),
    /// Becomes these octets.
    Set(Vec<u8>),
    /// These octets follow.
    Append(Vec<u8>),
    /// Each place where the first octets stand has the second ones instead. In a signed content (RFC 9420 section 5.1.2)
    /// its length follows.
    Replace(Vec<u8>, Vec<u8>),
}

impl Edit {
    /// The changed octets. Equal to what was given where there is nothing to change: no octets to flip a bit of, fewer
    /// than are kept, or those already.
    #[must_use]
    pub fn apply(&self, octets: &[u8]) -> Vec<u8> {
        let mut out = octets.to_vec();
        match self {
            Self::FlipBit(bit) => {
                let place = (bit / 8).checked_rem(out.len()).unwrap_or(0);
                if let Some(octet) = out.get_mut(place) {
                    *octet ^= 0x80 >> (bit % 8);
                }
            }
            Self::Cut(kept) => out.truncate(*kept),
            Self::Set(other) => out.clone_from(other),
            Self::Append(more) => out.extend(more),
            Self::Replace(from, to) => return replaced(octets, from, to),
        }
        out
    }
}

/// The octets with `to` in each place of `from`.
#[must_use]
pub fn replaced(octets: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (vec![], octets);
    while let Some((first, behind)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(after) if !from.is_empty() => {
                out.extend_from_slice(to);
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    out
}
