use crate::mls::hostile::Technique;
use crate::reason::{Reason, delivery, mls};
use crate::vector::families::build::NoteRow;

/// What a client says to messages of an epoch that it is not in.
pub(super) const OLD_BRANCH: &[Reason] = &[
    mls::WRONG_EPOCH,
    mls::UNDECRYPTABLE,
    mls::BAD_MEMBERSHIP_TAG,
    mls::BAD_SIGNATURE,
    mls::UNKNOWN_SENDER,
    mls::SECRET_REUSED,
    mls::MLS_OTHER,
];
pub(super) const ENVELOPE: &[Reason] = &[delivery::ENVELOPE_MISMATCH];

/// The flag of faults that are made so.
pub(super) const fn flag(technique: Technique) -> &'static str {
    match technique {
        Technique::Call => "lying-call",
        Technique::Content => "rewritten-content",
        Technique::External => "external-commit",
        Technique::Octets => "changed-octets",
    }
}

pub(super) const NOTES: &[NoteRow] = &[
    (
        "lying-call",
        "Something that the committer computes is not held against what the receiver computes.",
        "One member splits the group at will.",
        "rfc9420:12.4.2:apply-commit",
        &["RFC 9420 sections 6.1, 7.5, 7.9.2 and 12.4.2"],
    ),
    (
        "rewritten-content",
        "A rule on what a commit may hold is not checked where signature, transcript and tags are right.",
        "Members who check it and members who do not end in different epochs, and nobody can tell who is right.",
        "rfc9420:12.2:proposal-list",
        &["RFC 9420 sections 7.6, 12.2 and 12.4"],
    ),
    (
        "external-commit",
        "A rule on external commits is not checked.",
        "Somebody outside decides what members do.",
        "rfc9420:12.4.3.2:external-commit",
        &["RFC 9420 sections 12.2 and 12.4.3.2"],
    ),
    (
        "changed-octets",
        "Octets that nobody wrote are taken.",
        "Whoever carries messages changes them.",
        "rfc9420:6:mls-message",
        &["RFC 9420 section 6"],
    ),
    (
        "fragmented-path",
        "A commit is refused although it is right for this client, or followed in half.",
        "The client ends in an epoch of its own.",
        "rfc9420:7.4:path-secrets",
        &["RFC 9420 section 7.4", "Minutes of the MIMI interim of 5 June 2024"],
    ),
    (
        "history",
        "A commit of another epoch is taken for one of this.",
        "Members who were removed come back, or the group goes in circles.",
        "rfc9420:12.4.2:epoch",
        &["RFC 9420 section 12.4.2"],
    ),
    (
        "envelope",
        "What comes beside a commit is believed, or not looked at.",
        "Joiners land in an epoch that nobody is in.",
        "ds-00:4.4:ignore-mismatch",
        &["draft-mcmillion-mimi-delivery-service-00 section 4.4"],
    ),
    (
        "state-after-refusal",
        "A refused commit leaves something behind: a used key, proposals, a half-applied path.",
        "The next good commit is lost, and the client with it.",
        "rfc9420:12.4.2:apply-commit",
        &["RFC 9420"],
    ),
];
