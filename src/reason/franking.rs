//! Reasons of franks (draft-ietf-mimi-protocol-06 section 5.4.1).

use super::table::reasons;

reasons! {
    // The message (5.4.1.1)
    FRANKED_WITHOUT_SENDER = "franked-without-sender", Nonconforming, "protocol-06:5.4.1.1:content-carries-uris", "a message to be franked that does not carry its sender's URI";
    FRANKED_WITHOUT_ROOM = "franked-without-room", Nonconforming, "protocol-06:5.4.1.1:content-carries-uris", "a message to be franked that does not carry its room's URI";
    SAFE_AAD_ORDER = "safe-aad-order", Nonconforming, "protocol-06:5.4.1.1:safe-aad-form", "components of the authenticated data that are not in ascending order, each once";

    // The receiver (5.4.1.3)
    NO_FRANK = "no-frank", Policy, "protocol-06:5.4.1.3:frank-complete", "a message without a frank";
    NO_FRANKING_TAG = "no-franking-tag", Policy, "protocol-06:5.4.1.3:frank-complete", "a message whose authenticated data has no franking tag";
    FRANK_SUITE_DIFFERS = "frank-suite-differs", Misbehaviour, "protocol-06:5.4.1.3:suite-matches", "a frank of another cipher suite than the group's";
    NO_FRANKING_AGENT = "no-franking-agent", Policy, "protocol-06:5.4.1.3:signature-checked", "a group without a franking agent";
    AGENT_WITHOUT_DOMAIN = "agent-without-domain", Nonconforming, "protocol-06:5.4.1.3:agent-domain-form", "a franking agent whose credential names no domain that is understood";
    AGENT_OF_ANOTHER_DOMAIN = "agent-of-another-domain", Misbehaviour, "protocol-06:5.4.1.3:agent-domain", "a franking agent of another domain than the hub's";
    AGENT_KEY_MALFORMED = "agent-key-malformed", Nonconforming, "protocol-06:5.4.1:key-of-suite", "a franking agent whose key is none of the cipher suite's signature algorithm";
    FRANK_SIGNATURE_WRONG = "frank-signature-wrong", Misbehaviour, "protocol-06:5.4.1.3:signature-checked", "a frank whose signature does not verify";
    FRANKING_TAG_DIFFERS = "franking-tag-differs", Misbehaviour, "protocol-06:5.4.1.3:tag-checked", "a franking tag that is not that of the message";
    FRANKED_SENDER_DIFFERS = "franked-sender-differs", Misbehaviour, "protocol-06:5.4.1.3:sender-and-room-checked", "a message that names another sender than its sender's credential";
    FRANKED_ROOM_DIFFERS = "franked-room-differs", Misbehaviour, "protocol-06:5.4.1.3:sender-and-room-checked", "a message that names another room than the one it came in";

    // Reports (5.9)
    SERVER_FRANK_DIFFERS = "server-frank-differs", Misbehaviour, "protocol-06:5.9:server-frank-again", "a report whose frank this hub did not make for that message";
    REPORTED_SENDER_DIFFERS = "reported-sender-differs", Misbehaviour, "protocol-06:5.9:names-fit", "a report that blames somebody else than the message's sender";
    REPORTED_ROOM_DIFFERS = "reported-room-differs", Misbehaviour, "protocol-06:5.9:names-fit", "a report for another room than the message's";

    UNKNOWN_SIGNATURE_ALGORITHM = "unknown-signature-algorithm", Policy, "", "a cipher suite whose signature algorithm is not supported";
    SIGNING_KEY_MALFORMED = "signing-key-malformed", Caller, "", "a private key that is none of the cipher suite's signature algorithm";
}
