//! Reasons of the TLS presentation language (RFC 8446 section 3, RFC 9420 section 2.1).

use super::table::reasons;

reasons! {
    WIRE_TRUNCATED = "wire-truncated", Malformed, "rfc9420:2.1:whole", "the octets end inside a field";
    WIRE_TRAILING = "wire-trailing", Malformed, "rfc9420:2.1:whole", "octets follow the structure";
}
