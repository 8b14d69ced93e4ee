/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An HPKE seal (RFC 9420 section 5.1.3).
    HpkeSeal,
    /// A MAC: a confirmation tag (section 8.1) or a membership tag (section 6.2).
    Hmac,
    /// A hash.
    Hash,
    /// A signature (section 5.1.2).
    Sign,
    /// An AEAD encryption.
    AeadEncrypt,
    /// Random octets.
    Random,
    /// A key pair derived from a secret (section 7.4); the public key is what may be changed.
    KeyPair,
}

/// One call. Its name is what it is for, what it is about, and how many calls of that same name came before it.
///
/// A library may seal from several threads at once; then the order of all calls differs from run to run, but not the
/// set of their names, since what is sealed to one key is sealed in one order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// What is asked for.
    pub kind: Kind,
    /// What for: the label of RFC 9420 (`MLS 1.0 UpdatePathNode`), or a word of this suite where the RFC has none
    /// (`confirmation tag`, `membership tag`, `tree hash`, `parent hash`, `sender data`, `message`); empty where
    /// nothing in the input tells.
    pub label: String,
    /// The public key sealed to or derived, or the octets hashed; empty for other kinds.
    pub about: Vec<u8>,
    /// How many calls of this kind and label about the same came before, since the plan was armed.
    pub nth: u32,
}
