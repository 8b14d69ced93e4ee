//! Reasons of MLS processing (RFC 9420), whichever library finds them.

use super::table::reasons;

reasons! {
    WRONG_GROUP = "wrong-group", Misbehaviour, "rfc9420:6.1:group-id", "the message names another group";
    WRONG_EPOCH = "wrong-epoch", Misbehaviour, "rfc9420:6.1:epoch", "the message names an epoch that is not the current one";
    WRONG_WIRE_FORMAT = "wrong-wire-format", Misbehaviour, "rfc9420:6:application-private", "the message has a wire format that the group or its content does not allow";
    UNKNOWN_SENDER = "unknown-sender", Misbehaviour, "rfc9420:6.1:sender-leaf", "no member has the leaf that the message names as its sender";
    BAD_SIGNATURE = "bad-signature", Misbehaviour, "rfc9420:6.1:signature", "a signature does not verify";
    BAD_MEMBERSHIP_TAG = "bad-membership-tag", Misbehaviour, "rfc9420:6.2:membership-tag", "the membership tag does not verify";
    BAD_CONFIRMATION_TAG = "bad-confirmation-tag", Misbehaviour, "rfc9420:12.4.2:confirmation-tag", "the confirmation tag does not verify";
    UNDECRYPTABLE = "undecryptable", Misbehaviour, "rfc9420:6.3:decrypt", "a ciphertext does not open";
    SECRET_REUSED = "secret-reused", Misbehaviour, "rfc9420:9.2:generation-once", "the generation of this message was used before";
    BAD_PROPOSALS = "bad-proposals", Misbehaviour, "rfc9420:12.2:proposal-list", "a commit whose list of proposals is not valid";
    UNKNOWN_PROPOSAL = "unknown-proposal", Misbehaviour, "rfc9420:12.4.2:proposal-known", "a commit that refers to a proposal which was not received";
    BAD_UPDATE_PATH = "bad-update-path", Misbehaviour, "rfc9420:12.4.2:update-path", "an update path that is missing, of the wrong length, or does not fit the tree";
    BAD_LEAF = "bad-leaf", Misbehaviour, "rfc9420:7.3:leaf-valid", "a leaf node that is not valid where it stands";
    OUT_OF_LIFETIME = "out-of-lifetime", Policy, "rfc9420:7.3:lifetime-received", "a leaf node that is not within its lifetime, by a clock that this suite does not have";
    BAD_TREE = "bad-tree", Misbehaviour, "rfc9420:12.4.3.1:tree-integrity", "a ratchet tree that is not valid, or not the one of the GroupInfo";
    MISSING_TREE = "missing-tree", Caller, "rfc9420:12.4.3.1:tree-needed", "no ratchet tree came with or beside the GroupInfo";
    NO_KEY_PACKAGE = "no-key-package", Misbehaviour, "rfc9420:12.4.3.1:secrets-entry", "a Welcome that names none of the client's KeyPackages";
    BAD_KEY_PACKAGE = "bad-key-package", Misbehaviour, "rfc9420:10.1:key-package-valid", "a KeyPackage that is not valid";
    BAD_GROUP_INFO = "bad-group-info", Misbehaviour, "rfc9420:12.4.3:group-info-valid", "a GroupInfo that is not valid or cannot be joined";
    NOT_A_MEMBER = "not-a-member", Caller, "", "this client is in no group, or was removed from it";
    PENDING_COMMIT = "pending-commit", Caller, "", "a commit of this client waits for its return";
    PENDING_PROPOSALS = "pending-proposals", Caller, "", "proposals of this epoch wait for a commit, which must come before application data";
    OWN_MESSAGE = "own-message", Caller, "", "a message of this client itself, which its sender does not process";
    MLS_MALFORMED = "mls-malformed", Malformed, "rfc9420:6:mls-message", "octets that are no MLS structure";
    MLS_UNSUPPORTED = "mls-unsupported", Policy, "", "the MLS library does not have what this needs";
    MLS_OTHER = "mls-other", Misbehaviour, "rfc9420:6:valid", "the MLS library refuses for a reason that this suite has no word for";
}
