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
    HUB_NOT_LISTED = "hub-not-listed", Misbehaviour, "protocol-06:7.4:hub-listed", "a group whose external senders do not have the hub";
    NO_PARTICIPANT_LIST = "no-participant-list", Misbehaviour, "protocol-06:4.3.1:hub-state", "a group without a list of participants that can be read";
    NO_SUCH_CLIENT = "no-such-client", Caller, "", "a client that is not in the group";
    EXCEEDS_PARTICIPANT_LIMIT = "exceeds-participant-limit", Policy, "ds-00:6:unambiguous-criteria", "more participants than the hub keeps";
    EXCEEDS_PROPOSAL_LIMIT = "exceeds-proposal-limit", Policy, "ds-00:6:unambiguous-criteria", "more pending proposals than the hub keeps";
    UPDATE_DOES_NOT_APPLY = "update-does-not-apply", Misbehaviour, "protocol-06:7.5:authorized-separately", "an AppDataUpdate that is malformed, names an index that the list does not have, or is about a user for the second time in a commit";
    UNKNOWN_COMPONENT = "unknown-component", Policy, "protocol-06:7.2:group-per-room", "an AppDataUpdate of a component that a room does not have";
    NOT_TEXT = "not-text", Nonconforming, "protocol-06:7.6:text", "octets that are not UTF-8, or a null in it, where a text belongs";
}
