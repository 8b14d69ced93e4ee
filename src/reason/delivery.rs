//! Reasons of delivery services and of clients towards them (draft-mcmillion-mimi-delivery-service-00).

use super::table::reasons;

reasons! {
    // Structures (4.1 to 4.5)
    NOT_A_GROUP_MESSAGE = "not-a-group-message", Nonconforming, "ds-00:4.2:message-format", "an MLSMessage that is neither a PublicMessage nor a PrivateMessage, where one of them belongs";
    NOT_A_WELCOME = "not-a-welcome", Nonconforming, "ds-00:4.2:welcome-format", "an MLSMessage that is no Welcome, where a Welcome belongs";
    NOT_A_GROUP_INFO = "not-a-group-info", Nonconforming, "ds-00:4.2:group-info-format", "an MLSMessage that is no GroupInfo, where a GroupInfo belongs";
    NOT_A_PUBLIC_MESSAGE = "not-a-public-message", Nonconforming, "ds-00:4.5:message-format", "an MLSMessage that is no PublicMessage, where a PublicMessage belongs";
    NOT_AN_EXTERNAL_COMMIT = "not-an-external-commit", Nonconforming, "ds-00:4.5:external-commit", "a PublicMessage that is not the commit of somebody who joins by it";
    COMMIT_DATA_MISMATCH = "commit-data-mismatch", Nonconforming, "ds-00:4.2:commit-data", "the fields of a commit without one, or a commit without them";
    SERVICE_PROVIDER_COUNT = "service-provider-count", Nonconforming, "ds-00:4.2:providers-length", "not as many service providers as the Welcome has secrets";
    DUPLICATE_EPOCH = "duplicate-epoch", Nonconforming, "ds-00:4.4:epoch-once", "two hints of one response are about the same epoch";
    PARTITION_KEY_LENGTH = "partition-key-length", Caller, "ds-00:4.2:partition-key-16", "a partition key that does not have 16 octets";
    VECTOR_TOO_LONG = "vector-too-long", Caller, "rfc9420:2.1.2:length-max", "a vector of more than 2^30 - 1 octets, which has no encoding";
    EXPORTER_SECRET_LENGTH = "exporter-secret-length", Caller, "rfc9420:8:secret-length", "an exporter secret that is not as long as the cipher suite's hash";
    UNKNOWN_CIPHER_SUITE = "unknown-cipher-suite", Policy, "", "a cipher suite whose hash function is not known";

    UNKNOWN_GROUP = "unknown-group", Misbehaviour, "ds-00:4.2:unknown-group", "the hub knows no group of this id";
    NO_STATE = "no-state", Caller, "", "an operation that this session is not ready for";
}
