//! Reasons of rooms at a hub (draft-ietf-mimi-protocol-06).

use super::table::reasons;

reasons! {
    EMPTY_CIPHER_SUITES = "empty-cipher-suites", Nonconforming, "protocol-06:5.2:suites-not-empty", "a request for key material that accepts no cipher suite";
    CLIENTS_OF_A_FAILURE = "clients-of-a-failure", Misbehaviour, "protocol-06:5.2:clients-only-on-success", "clients are listed beside a status that says there is no key material";
    NOT_A_VISIBLE_HANDSHAKE = "not-a-visible-handshake", Nonconforming, "protocol-06:5.3:handshake-visible", "a message that is no proposal or commit which the hub can read, where one belongs";
    NOT_A_VISIBLE_PROPOSAL = "not-a-visible-proposal", Nonconforming, "protocol-06:5.3:bundle-fields", "a message that is no proposal which the hub can read, where one belongs";
    NOT_AN_APPLICATION_MESSAGE = "not-an-application-message", Nonconforming, "protocol-06:5.4:private-application", "a message that is no PrivateMessage with application data, where one belongs";
    NOT_FANNED_OUT = "not-fanned-out", Nonconforming, "protocol-06:5.5:select-by-kind", "a message of a kind that is not fanned out";
    EMBEDDED_TREE = "embedded-tree", Nonconforming, "protocol-06:5.6:no-embedded-tree", "a GroupInfo with a ratchet_tree extension beside a RatchetTreeOption";
    NOT_TEXT = "not-text", Nonconforming, "protocol-06:7.6:text", "octets that are not UTF-8, or a null in it, where a text belongs";
}
