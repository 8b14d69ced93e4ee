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
    ENVELOPE_MISMATCH = "envelope-mismatch", Misbehaviour, "ds-00:4.4:ignore-mismatch", "the next partition key or the GroupInfo beside a commit is not what the commit leads to";
    NO_STATE = "no-state", Caller, "", "an operation that this session is not ready for";

    // Clients
    AGAINST_POLICY = "against-policy", Misbehaviour, "ds-00:6:client-enforces-policy", "something that the policy of the group forbids";
    OLD_PARTITION = "old-partition", Policy, "ds-00:3:only-same-key", "a message of a partition that the client has left";
    OUTBOX_FULL = "outbox-full", Policy, "", "more messages wait for a commit to return than the client keeps";
    ALREADY_MEMBER = "already-member", Caller, "", "this client is in a group";
    LEAVING = "leaving", Caller, "", "this client has asked to leave";
    NOT_ASKED = "not-asked", Caller, "", "an answer to something that this client did not ask";

    // What a hub refuses whatever the branch
    NOT_ALLOWED = "not-allowed", Misbehaviour, "ds-00:2:hub-creates-group", "something that only the hub's own provider may do";
    GROUP_EXISTS = "group-exists", Caller, "", "the hub hosts a group of this id already";
    GROUP_INFO_OF_ANOTHER = "group-info-of-another", Misbehaviour, "ds-00:6:unambiguously-invalid", "a GroupInfo of another group, cipher suite or epoch than the commit's";
    TREE_NEEDED = "tree-needed", Policy, "ds-00:4.2:tree-needed", "the GroupInfo has no ratchet tree and the hub can not infer it: retry with an explicit tree";
    TREE_WITHOUT_GROUP_INFO = "tree-without-group-info", Caller, "", "a ratchet tree that belongs to no GroupInfo";
    WELCOME_OF_ANOTHER_SUITE = "welcome-of-another-suite", Misbehaviour, "ds-00:6:unambiguously-invalid", "a Welcome to a group of another cipher suite";
    NO_GROUP_INFO = "no-group-info", Policy, "ds-00:4.5:group-info-optional", "no GroupInfo of the most recent epoch was published";
    BRANCH_TERMINATED = "branch-terminated", Policy, "ds-00:5:blocked", "the hub has terminated this branch of the group";
    UNKNOWN_PARTITION = "unknown-partition", Caller, "", "an operator's order for a partition that is not there";
    NO_WELCOME_WAITS = "no-welcome-waits", Misbehaviour, "ds-00:4.3:answer", "an answer of a provider that was asked nothing";

    // Followers
    NOT_THE_HUB = "not-the-hub", Misbehaviour, "ds-00:4.4:push", "messages of a group from a provider that does not host it for anybody here";
    NOT_FOLLOWED = "not-followed", Caller, "", "a partition that this user does not follow";

    // KeyPackages (4.1)
    NO_SUCH_KEY_PACKAGE = "no-such-key-package", Policy, "ds-00:4.1:key-package-matches", "no KeyPackage for this user, token, version and cipher suite";
    DUPLICATE_KEY_PACKAGE = "duplicate-key-package", Caller, "", "a KeyPackage that was uploaded already";

    // Limits
    EXCEEDS_MESSAGE_LIMIT = "exceeds-message-limit", Policy, "ds-00:6:unambiguous-criteria", "longer than the hub takes";
    EXCEEDS_GROUP_LIMIT = "exceeds-group-limit", Policy, "ds-00:6:unambiguous-criteria", "more groups than the hub hosts";
    EXCEEDS_PARTITION_LIMIT = "exceeds-partition-limit", Policy, "ds-00:6:unambiguous-criteria", "more partitions in a group than the hub keeps";
    EXCEEDS_MESSAGES_LIMIT = "exceeds-messages-limit", Policy, "ds-00:6:unambiguous-criteria", "more messages in a partition than the hub keeps";
    EXCEEDS_OCTET_LIMIT = "exceeds-octet-limit", Policy, "ds-00:6:unambiguous-criteria", "more octets in a group than the hub keeps";
    EXCEEDS_REPORT_LIMIT = "exceeds-report-limit", Policy, "ds-00:6:unambiguous-criteria", "more partitions are claimed by one provider than the hub keeps";
    EXCEEDS_WELCOME_LIMIT = "exceeds-welcome-limit", Policy, "ds-00:6:unambiguous-criteria", "more Welcomes wait for an answer than the hub keeps";
    EXCEEDS_KEY_PACKAGE_LIMIT = "exceeds-key-package-limit", Policy, "ds-00:6:unambiguous-criteria", "more KeyPackages than the hub keeps";
    EXCEEDS_FOLLOWER_LIMIT = "exceeds-follower-limit", Policy, "ds-00:6:unambiguous-criteria", "more than a follower keeps for its users";
}
