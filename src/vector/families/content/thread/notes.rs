//! What the flags of this family mean.

use crate::vector::families::build::NoteRow;

pub(super) const NOTES: &[NoteRow] = &[
    (
        "edit",
        "Edits, deletes and what they name are mixed up.",
        "People see different versions of a message.",
        "5.5:edit-names-first",
        &["section 5.6"],
    ),
    (
        "authorization",
        "Nobody asks who may edit or delete.",
        "Words are put into other people's mouths.",
        "9.3:edit-only-original-sender",
        &[],
    ),
    (
        "policy",
        "The room's policy is ignored, or one permission stands for the other.",
        "Moderators can do nothing, or too much.",
        "9.3:edit-by-policy",
        &[],
    ),
    (
        "first-instance",
        "Fields of an edit take effect.",
        "An edit moves a message elsewhere, or brings it back.",
        "9.3:edit-only-nested-part",
        &["section 5.5"],
    ),
    (
        "reply",
        "A reply is attached to a message and not to a version.",
        "A reply seems to agree with what was said later.",
        "5.5:reply-keeps-version",
        &["section 4.1"],
    ),
    ("loop", "Replies are followed through edits.", "A client never ends.", "4.1:reply-loop-check", &[]),
    (
        "reaction",
        "Reactions are taken for replies, lost, or counted once a sender.",
        "Reactions are missing, or clutter the room.",
        "5.3:reaction-form",
        &["appendix B.2"],
    ),
    ("unlike", "All reactions are removed, or anybody's.", "Reactions are missing.", "5.7:unlike-by-delete", &[]),
    (
        "expiry",
        "Units or the two kinds of expiry are mixed up.",
        "Messages vanish at once, or stay.",
        "5.8:absolute-regardless-of-read",
        &["section 4.1"],
    ),
    (
        "order",
        "Messages are processed as they arrive.",
        "People see different conversations.",
        "4.2:order-from-timestamp",
        &[],
    ),
    (
        "topic",
        "Topics are mixed up or sorted otherwise.",
        "People see different topics.",
        "5.11:topic-sort-timestamp",
        &[],
    ),
    (
        "repeated",
        "A message takes effect twice, or equal octets count as equal messages.",
        "A hub brings back an old version.",
        "9.1:duplicate-message-id",
        &["draft-ietf-mimi-protocol section 5.5"],
    ),
    (
        "unknown-target",
        "A replacement of something unknown is shown, lost or taken for malice.",
        "Who joined late sees what others do not.",
        "9.3:unauthorised-unknown-original",
        &[],
    ),
    (
        "undecodable",
        "One broken message breaks the others, or takes effect in part.",
        "Anybody can blank a room.",
        "4.1:salt-16",
        &[],
    ),
    (
        "draft-conversation",
        "The draft's own messages do not fit together: message ids are wrong.",
        "Nothing refers to anything.",
        "5.2:reply-carries-original-id",
        &["section 5"],
    ),
];
