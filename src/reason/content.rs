//! Reasons of the MIMI content family (draft-ietf-mimi-content-08).

use super::table::reasons;

reasons! {
    // Well-formedness (RFC 8949 section 3)
    TRUNCATED = "truncated", Malformed, "content-08:A.1:cddl-whole-message", "the input ends inside an item";
    TRAILING_BYTES = "trailing-bytes", Malformed, "content-08:A.1:cddl-whole-message", "octets follow the message";
    RESERVED_INFO = "reserved-additional-info", Malformed, "content-08:A.1:cddl-whole-message", "an initial octet uses a reserved additional information value (28 to 30)";
    UNEXPECTED_BREAK = "unexpected-break", Malformed, "content-08:A.1:cddl-whole-message", "a break code outside an indefinite-length item";
    INVALID_SIMPLE = "invalid-simple-value", Malformed, "content-08:A.1:cddl-whole-message", "a two-octet simple value below 32";
    INVALID_UTF8 = "invalid-utf8", Malformed, "content-08:6.2:text-valid-utf8", "a text string is not valid UTF-8";

    // Deterministic encoding (6.1)
    INDEFINITE_LENGTH = "indefinite-length", Nonconforming, "content-08:6.1:no-indefinite-byte-string", "an item of indefinite length";
    NON_SHORTEST_INTEGER = "non-shortest-integer", Nonconforming, "content-08:6.1:shortest-integer", "an integer in more octets than it needs";
    NON_SHORTEST_LENGTH = "non-shortest-length", Nonconforming, "content-08:6.1:shortest-byte-string-length", "a length in more octets than it needs";
    NON_SHORTEST_TAG = "non-shortest-tag", Nonconforming, "content-08:6.1:shortest-tag", "a tag number in more octets than it needs";
    NON_SHORTEST_FLOAT = "non-shortest-float", Nonconforming, "content-08:6.1:shortest-float", "a floating point number in more octets than it needs";
    BIGNUM_FITS_INTEGER = "bignum-fits-integer", Nonconforming, "content-08:6.1:bigint-reduced", "a bignum whose value fits a regular integer";
    BIGNUM_LEADING_ZERO = "bignum-leading-zero", Nonconforming, "content-08:6.1:bigint-reduced", "a bignum with leading zero octets";
    MAP_KEY_ORDER = "map-key-order", Nonconforming, "content-08:6.1:map-key-order", "map keys are not in bytewise lexicographic order";
    DUPLICATE_MAP_KEY = "duplicate-map-key", Nonconforming, "content-08:4.3:no-duplicate-keys", "a map key occurs twice";

    // Data model (6.2)
    NAN_PAYLOAD = "nan-payload", Nonconforming, "content-08:6.2:nan-half-quiet", "a NaN other than the half-width quiet NaN";
    EXTENSION_KEY_TYPE = "extension-key-type", Nonconforming, "content-08:6.2:extension-key-kinds", "an extension's key is neither an integer nor a text string";
    EXTENSION_KEY_EMPTY = "extension-key-empty", Nonconforming, "content-08:4.3:text-key-min", "an extension's text key is empty";
    EXTENSION_KEY_TOO_LONG = "extension-key-too-long", Nonconforming, "content-08:6.2:extension-text-key-255", "an extension's text key is longer than 255 octets";
    MAP_KEY_RANGE = "map-key-range", Nonconforming, "content-08:6.2:integer-key-max", "an integer map key beyond plus or minus 2^53 - 1";
    NESTED_MAP_KEY_TYPE = "nested-map-key-type", Nonconforming, "content-08:6.2:nested-key-kinds", "a map key inside an extension is neither an integer, a text string nor a byte string";

    // Depth (6.3)
    EXTENSION_TOO_DEEP = "extension-too-deep", Nonconforming, "content-08:6.3:extension-depth-4", "an extension nests more than 4 levels of tags, maps and arrays";
    PART_TOO_DEEP = "part-too-deep", Nonconforming, "content-08:6.3:part-depth-4", "body parts nest more than 4 levels deep";

    // Schema (appendix A)
    WRONG_TYPE = "wrong-type", Malformed, "content-08:A.1:cddl-whole-message", "an item of another type than the schema says";
    WRONG_ARRAY_LENGTH = "wrong-array-length", Malformed, "content-08:A.1:cddl-whole-message", "an array with more or fewer items than the schema says";
    SALT_LENGTH = "salt-length", Malformed, "content-08:4.1:salt-16", "the salt does not have 16 octets";
    MESSAGE_ID_LENGTH = "message-id-length", Malformed, "content-08:4.1:replaces-type", "a message id does not have 32 octets";
    EXTENSION_VALUE_TYPE = "extension-value-type", Malformed, "content-08:4.3:sender-uri-text", "a known extension's value has the wrong type";
    INTEGER_OUT_OF_RANGE = "integer-out-of-range", Malformed, "content-08:A.1:cddl-whole-message", "an integer beyond the size of its field";
    DISPOSITION_OUT_OF_RANGE = "disposition-out-of-range", Malformed, "content-08:4.4:disposition-range", "a disposition above 255";
    UNKNOWN_CARDINALITY = "unknown-cardinality", Malformed, "content-08:4.4:unknown-cardinality", "a cardinality other than 0 to 3";
    UNKNOWN_PART_SEMANTICS = "unknown-part-semantics", Malformed, "content-08:9.1:unknown-part-semantics", "part semantics other than 0 to 2";
    TOO_FEW_PARTS = "too-few-parts", Malformed, "content-08:4.4:multi-two-parts", "a multipart with fewer than two parts";

    // Message id (3.3)
    MISSING_SENDER_URI = "missing-sender-uri", Caller, "content-08:3.3:uri-source", "no sender URI was given and the message has none";
    MISSING_ROOM_URI = "missing-room-uri", Caller, "content-08:3.3:uri-source", "no room URI was given and the message has none";
    URI_TOO_LONG = "uri-too-long", Nonconforming, "content-08:3.3:uri-too-long", "a URI of more than 65535 octets has no length prefix";

    // Part index and content ids (4.4)
    CID_MALFORMED = "cid-malformed", Nonconforming, "content-08:4.4:cid-form", "not of the form cid:INDEX@local.invalid";
    CID_UNKNOWN_PART = "cid-unknown-part", Nonconforming, "content-08:4.4:cid-missing-part", "no part has this index";
    CID_NOT_A_LEAF = "cid-not-a-leaf", Nonconforming, "content-08:4.4:cid-leaf-only", "a content id must name a single or an external part";

    // Nonsensical values (9.1)
    SENDER_NOT_MEMBER = "sender-not-member", Misbehaviour, "content-08:9.1:sender-not-member", "the sender is not a member of the group";
    DUPLICATE_MESSAGE_ID = "duplicate-message-id", Misbehaviour, "content-08:9.1:duplicate-message-id", "this message id was seen before";
    MESSAGE_ID_HASH_ALG = "message-id-hash-alg", Misbehaviour, "content-08:9.1:unknown-hash-alg", "a message id starts with an unknown hash algorithm";
    TIMESTAMP_IN_FUTURE = "timestamp-in-future", Misbehaviour, "content-08:9.1:timestamp-future", "accepted too far in the future";
    TIMESTAMP_BEFORE_SYNTAX = "timestamp-before-syntax", Misbehaviour, "content-08:9.1:timestamp-before-syntax", "accepted before any message could exist";
    TIMESTAMP_BEFORE_ROOM = "timestamp-before-room", Misbehaviour, "content-08:9.1:timestamp-before-room", "accepted before the room was created";
    TOPIC_TOO_LONG = "topic-too-long", Misbehaviour, "content-08:9.1:topic-too-long", "a topic id of more than 4096 octets";
    EXPIRES_LONG_AGO = "expires-long-ago", Misbehaviour, "content-08:9.1:expires-year-past", "expires more than a year in the past";
    EXPIRES_FAR_AHEAD = "expires-far-ahead", Misbehaviour, "content-08:9.1:expires-year-future-absolute", "expires more than a year in the future";
    TOO_MANY_PARTS = "too-many-parts", Misbehaviour, "content-08:9.1:too-many-parts", "more than 1024 body parts";
    MESSAGE_TOO_LARGE = "message-too-large", Policy, "content-08:9.1:too-large", "larger than local policy allows";

    // Sequences (5.5, 5.6, 9.3)
    UNDECODABLE = "undecodable", Malformed, "content-08:A.1:cddl-whole-message", "not a conforming document, and so without a message id";
    EDIT_NOT_AUTHORIZED = "edit-not-authorized", Misbehaviour, "content-08:9.3:edit-only-original-sender", "edits somebody else's message without authorization";
    DELETE_NOT_AUTHORIZED = "delete-not-authorized", Misbehaviour, "content-08:9.3:delete-only-original-sender", "deletes somebody else's message without authorization";
    REPLACES_NOT_FIRST = "replaces-not-first-instance", Misbehaviour, "content-08:5.5:edit-names-first", "replaces a later version instead of the first instance";
    EDIT_AFTER_DELETE = "edit-after-delete", Misbehaviour, "content-08:5.6:edit-after-delete", "edits a message that was deleted";

    // External parts (4.5)
    PART_INDEX_OUT_OF_RANGE = "part-index-out-of-range", Caller, "content-08:4.4:part-index-depth-first", "the message has no part with this index";
    NOT_EXTERNAL_PART = "not-external-part", Caller, "content-08:4.4:external-part-arity", "the part at this index is not external";
    EXTERNAL_EXPIRED = "external-expired", Policy, "content-08:4.5:expired-content", "the external content is no longer valid";
    SIZE_MISMATCH = "size-mismatch", Nonconforming, "content-08:4.5:size-mismatch", "what was fetched has another size than announced";
    HASH_ALG_UNSUPPORTED = "hash-alg-unsupported", Policy, "content-08:4.5:content-hash-checked", "the content hash algorithm is not supported";
    CONTENT_HASH_MISMATCH = "content-hash-mismatch", Misbehaviour, "content-08:4.5:content-hash-checked", "what was fetched has another hash than announced";
    ENC_ALG_UNSUPPORTED = "enc-alg-unsupported", Policy, "content-08:4.5:unknown-aead", "the AEAD algorithm is not supported";
    AEAD_KEY_LENGTH = "aead-key-length", Nonconforming, "content-08:4.5:key-nonce-aad-match", "the key does not fit the AEAD algorithm";
    AEAD_NONCE_LENGTH = "aead-nonce-length", Nonconforming, "content-08:4.5:key-nonce-aad-match", "the nonce does not fit the AEAD algorithm";
    AEAD_OPEN_FAILED = "aead-open-failed", Misbehaviour, "content-08:4.5:key-nonce-aad-match", "decryption failed: wrong key, nonce, additional data or ciphertext";
    UNENCRYPTED_WITH_KEY = "unencrypted-with-key", Nonconforming, "content-08:4.5:no-enc-empty-key", "encAlg is zero but key, nonce or aad is not empty";

    // Our own interface
    BAD_INPUT = "bad-input", Caller, "", "the operation's input is not of the documented shape";
}
