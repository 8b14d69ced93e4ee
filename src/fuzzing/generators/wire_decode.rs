/// Octets, and which structure they are to be read as.
#[derive(Clone, Copy, Debug)]
pub struct Wire<'a> {
    /// Chooses the structure, modulo their number.
    pub structure: u8,
    /// What is read.
    pub octets: &'a [u8],
}

/// The first octet chooses the structure, the others are read: a seed is a vector with an octet before it.
#[must_use]
pub fn wire_decode(octets: &[u8]) -> Wire<'_> {
    octets
        .split_first()
        .map_or(Wire { structure: 0, octets }, |(structure, octets)| Wire { structure: *structure, octets })
}
