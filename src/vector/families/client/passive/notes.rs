//! What the flags of this family mean.

use crate::vector::families::build::NoteRow;

const MLS: &str = "RFC 9420";

pub(super) const NOTES: &[NoteRow] = &[
    (
        "key-schedule",
        "A secret of the new epoch is derived from the wrong input or with the wrong label.",
        "The client is alone in an epoch that nobody else has.",
        "rfc9420:8.7:epoch-authenticator",
        &["RFC 9420 section 8"],
    ),
    (
        "tree-shape",
        "The tree's growth, truncation, blanks or unmerged leaves are handled wrongly.",
        "Path secrets are looked for under the wrong node, or tree hashes differ.",
        "rfc9420:7.7:extend-tree",
        &["RFC 9420 sections 4 and 7"],
    ),
    (
        "authentication",
        "A signature, a tag or a ciphertext is not checked.",
        "Somebody who is no member, or the hub, writes in a member's name.",
        "rfc9420:6.1:signature",
        &["RFC 9420 sections 6.1 to 6.3"],
    ),
    (
        "state-after-refusal",
        "A refused message leaves something behind: a used key, a half-applied commit, a kept proposal.",
        "The next good message is lost, and the client with it.",
        "rfc9420:12.4.2:apply-commit",
        &[MLS],
    ),
    (
        "proposal-by-reference",
        "References to proposals are resolved wrongly, or proposals outlive their epoch.",
        "Members apply different lists of proposals.",
        "rfc9420:12.4.2:proposal-known",
        &["RFC 9420 sections 12.2 and 12.4"],
    ),
    (
        "truncated",
        "The end of the octets is not noticed everywhere.",
        "A crash, or a message with invented fields.",
        "rfc9420:2.1:whole",
        &["RFC 9420 section 2.1"],
    ),
    (
        "wire-format",
        "What kind of MLSMessage came is not looked at.",
        "A Welcome or a KeyPackage changes a group.",
        "rfc9420:6:wire-formats",
        &["RFC 9420 section 6"],
    ),
    (
        "epoch",
        "The epoch of a message is not held against the current one.",
        "An old commit is applied once more, or a future one breaks the state.",
        "rfc9420:6.1:epoch",
        &["RFC 9420 sections 6.1 and 14"],
    ),
    (
        "other-group",
        "The group id of a message is not held against the client's group.",
        "Messages of one room appear in another.",
        "rfc9420:6.1:group-id",
        &["RFC 9420 section 6.1"],
    ),
    (
        "replay",
        "What came before is taken again.",
        "A message appears twice, or a used key is used again.",
        "rfc9420:9.2:generation-once",
        &["RFC 9420 section 9"],
    ),
    (
        "fork",
        "A second commit of one epoch is followed, or spoils the first.",
        "The client changes sides in a forked group.",
        "rfc9420:14:one-commit-an-epoch",
        &["RFC 9420 section 14", "RFC 9750 section 5.2"],
    ),
    (
        "external-commit",
        "External commits are checked like members' commits, or not at all.",
        "New devices cannot join, or anybody can.",
        "rfc9420:12.4.3.2:external-commit",
        &["RFC 9420 section 12.4.3.2"],
    ),
    (
        "path",
        "An update path is applied without being held against the path secrets, the tree or itself.",
        "One member splits the group at will, or reads what is meant for others.",
        "rfc9420:7.5:derived-keys-match",
        &["RFC 9420 sections 7.5, 7.9.2 and 12.4.2"],
    ),
    (
        "padding",
        "Padding is refused, cut at a fixed length, or not looked at.",
        "Padded messages are lost, or octets are smuggled past the signature.",
        "rfc9420:6.3.1:padding-zero",
        &["RFC 9420 section 6.3.1"],
    ),
    (
        "removal",
        "Removed members are kept, or a removed client goes on.",
        "Somebody reads what is not meant for them.",
        "rfc9420:12.1.3:remove",
        &["RFC 9420 section 12.1.3"],
    ),
    (
        "out-of-order",
        "Keys of messages that were skipped are thrown away.",
        "Messages are lost when a network reorders them.",
        "rfc9420:15.3:out-of-order",
        &["RFC 9420 section 15.3"],
    ),
    (
        "envelope",
        "What comes beside a commit is believed, or not looked at.",
        "The client asks for messages of a partition that does not exist, or follows a hub's forgery.",
        "ds-00:4.4:ignore-mismatch",
        &["draft-mcmillion-mimi-delivery-service section 4.4"],
    ),
];
