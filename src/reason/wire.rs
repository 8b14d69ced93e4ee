//! Reasons of the TLS presentation language (RFC 8446 section 3, RFC 9420 section 2.1) and of the structures of
//! MLS that are read with it.

use super::table::reasons;

reasons! {
    WIRE_TRUNCATED = "wire-truncated", Malformed, "rfc9420:2.1:whole", "the octets end inside a field";
    WIRE_TRAILING = "wire-trailing", Malformed, "rfc9420:2.1:whole", "octets follow the structure";
    WIRE_LENGTH_NOT_MINIMAL = "wire-length-not-minimal", Malformed, "rfc9420:2.1.2:minimal-length", "a vector's length in more octets than it needs";
    WIRE_LENGTH_PREFIX = "wire-length-prefix", Malformed, "rfc9420:2.1.2:length-prefix", "a vector's length begins with the bits 11, which MLS does not use";
    WIRE_BAD_OPTIONAL = "wire-bad-optional", Malformed, "rfc9420:2.1.1:presence", "the octet that says whether a value follows is neither 0 nor 1";
    WIRE_UNKNOWN_ENUM = "wire-unknown-enum", Malformed, "rfc9420:2.1:enum-values", "an enumeration has a value that its definition does not list, so that what follows has no form";
    WIRE_UNKNOWN_VERSION = "wire-unknown-version", Malformed, "rfc9420:6:version-mls10", "a structure of a protocol version other than mls10";
    WIRE_UNKNOWN_PROPOSAL_TYPE = "wire-unknown-proposal-type", Policy, "rfc9420:12.1:proposal-types", "a proposal of a type whose form is not known, so that its end can not be found";
}
