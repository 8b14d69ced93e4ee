use super::super::super::build::NoteRow;

pub(super) const NOTES: &[NoteRow] = &[
    (
        "take-in",
        "A member is removed and added in one commit, and comes back by its Welcome.",
        "A group that has split stays split, or splits once more.",
        "recovery-1:3:one-commit",
        &["RFC 9420 sections 12.2 and 12.3", "docs/fork-recovery.md"],
    ),
    (
        "approval",
        "A client gives up its group because somebody sends it a Welcome.",
        "Whoever has a KeyPackage of a client moves it to a group of theirs.",
        "recovery-1:2:no-approval-no-move",
        &["draft-mcmillion-mimi-delivery-service-00 section 5", "docs/fork-recovery.md"],
    ),
    (
        "authenticator",
        "Only the epoch authenticator tells two branches of one number apart.",
        "A client comes back to a branch of somebody's own.",
        "recovery-1:2:approved-authenticator",
        &["RFC 9420 section 8.7"],
    ),
    (
        "epoch",
        "Numbers of epochs of different branches say nothing about each other.",
        "A client stays on a branch because its number is larger.",
        "recovery-1:2:own-number-does-not-count",
        &["docs/fork-recovery.md"],
    ),
    (
        "old-branch",
        "What is said on a branch that was given up is refused.",
        "Whoever is left there is heard as a member of the group.",
        "recovery-1:2:old-group-gone",
        &["docs/fork-recovery.md"],
    ),
    (
        "own-commit",
        "A commit of one's own is out while others come back.",
        "The client is alone, or silent for good.",
        "rfc9420:14:commit-leaves-state",
        &["RFC 9420 section 14"],
    ),
    (
        "state-after-refusal",
        "What is refused leaves the client where it is.",
        "A damaged or foreign Welcome takes a client out of its group.",
        "recovery-1:2:refusal-changes-nothing",
        &["docs/fork-recovery.md"],
    ),
    (
        "rejoin",
        "An external commit removes the joiner's old leaf.",
        "A member is there twice, or the others refuse it.",
        "rfc9420:12.4.3.2:resync",
        &["RFC 9420 section 12.4.3.2"],
    ),
    (
        "successor",
        "A group takes the place of another one.",
        "Nobody can tell the group that was agreed to from any other.",
        "recovery-1:3:reboot",
        &["RFC 9420 section 11", "docs/fork-recovery.md"],
    ),
];
