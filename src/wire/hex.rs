//! Lower-case hexadecimal, the only form that vectors and adapters use.

use data_encoding::HEXLOWER;

/// Why a text is not lower-case hex: character position and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexError {
    /// Position (in octets of the text) of the first character that does not belong.
    pub position: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl std::fmt::Display for HexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not lower-case hex: {} at character {}", self.what, self.position)
    }
}

impl std::error::Error for HexError {}

/// Octets to lower-case hex, two characters an octet.
#[must_use]
pub fn encode(octets: &[u8]) -> String {
    HEXLOWER.encode(octets)
}

/// Lower-case hex to octets; upper case, white space and odd lengths are refused.
///
/// # Errors
/// [`HexError`] with the position of the first character that does not belong.
pub fn decode(text: &str) -> Result<Vec<u8>, HexError> {
    use data_encoding::DecodeKind;
    HEXLOWER.decode(text.as_bytes()).map_err(|e| HexError {
        position: e.position,
        what: match e.kind {
            DecodeKind::Length => "odd number of digits",
            _ => "not a digit 0-9 or a-f",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_refusals() {
        assert_eq!(encode(&[0x00, 0xff, 0x1a]), "00ff1a");
        assert_eq!(decode("00ff1a").unwrap(), [0x00, 0xff, 0x1a]);
        assert_eq!(decode("").unwrap(), Vec::<u8>::new());
        assert_eq!(decode("00FF").unwrap_err().position, 2);
        assert!(decode("0").is_err());
        assert!(decode("0 0").is_err());
    }
}
