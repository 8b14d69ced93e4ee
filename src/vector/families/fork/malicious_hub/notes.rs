use crate::vector::families::build::NoteRow;

pub(super) const NOTES: &[NoteRow] = &[
    (
        "knowledge",
        "A client that has nothing to fear says that it is apart, or counts members who were not heard.",
        "Its user learns not to listen.",
        "forks-1:4:together",
        &["docs/spec/forks.md section 4"],
    ),
    (
        "withholding",
        "What does not come is skipped, or silence is taken for a fork.",
        "The client goes on without what it has to know, or cries wolf.",
        "forks-1:4:silence-is-silence",
        &["RFC 9750 section 5.2", "docs/spec/forks.md section 5"],
    ),
    (
        "equivocation",
        "The client never compares where it is with where others are.",
        "A hub splits the group, and nobody knows.",
        "forks-1:4:report",
        &["RFC 9750 section 5.2", "RFC 9420 section 8.7"],
    ),
    (
        "order",
        "What a hub repeats, damages or moves is taken for news, or stops the client.",
        "One octet of a hub's ends the client's way through the group.",
        "forks-1:4:unreadable",
        &["docs/spec/forks.md section 5"],
    ),
    (
        "envelope",
        "A good commit in a false envelope is forgotten once it is ignored.",
        "The client is alone and does not know.",
        "forks-1:4:envelope",
        &["draft-mcmillion-mimi-delivery-service-00 section 4.4"],
    ),
    (
        "policy",
        "A commit against policy is forgotten once it is ignored.",
        "Whose branch it was is not known when it is heard of again.",
        "forks-1:4:policy",
        &["draft-mcmillion-mimi-delivery-service-00 section 5"],
    ),
    (
        "hints",
        "The hub's word is taken for proof, or moves the client.",
        "A hub decides where the client believes others to be.",
        "forks-1:4:hint",
        &["draft-mcmillion-mimi-delivery-service-00 section 4.4"],
    ),
    (
        "reports",
        "A report is believed whoever made it, or not held against the right epoch.",
        "A stranger makes members distrust each other, or a fork goes unseen.",
        "forks-1:4:report",
        &["RFC 9420 section 8.7"],
    ),
    (
        "ended-branch",
        "A client answers the end of its branch by joining anew.",
        "Whoever ends a branch moves its members where it wants them.",
        "5:no-automatic-rejoin",
        &["draft-mcmillion-mimi-delivery-service-00 section 5", "RFC 9750 section 5.3"],
    ),
    (
        "own-messages",
        "Own messages that get lost are not missed, or are lost with a commit.",
        "Its user believes to be heard.",
        "forks-1:4:silence",
        &["docs/spec/forks.md section 4"],
    ),
];
