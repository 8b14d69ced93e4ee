//! What the flags of this family mean.

use crate::vector::families::build::{AlsoRow, NoteRow};

pub(super) const NOTES: &[NoteRow] = &[
    (
        "clients",
        "Clients are left out, or taken for one another.",
        "Somebody else's client is added to the room.",
        "5.2:success-all-clients",
        &["section 4.3.1"],
    ),
    (
        "compatible",
        "A KeyPackage is given that the room can not use.",
        "The commit that adds it is not valid.",
        "5.2:compatible-only",
        &["RFC 9420 section 7.2"],
    ),
    (
        "consent",
        "Who may ask is not looked at, or more is told than must be.",
        "Strangers add users to rooms, or learn who is a user.",
        "5.2:consent",
        &[],
    ),
    ("expired", "Expired KeyPackages are given.", "Nobody may add them.", "5.2:not-expired", &["RFC 9420 section 7.2"]),
    (
        "last-resort",
        "A KeyPackage of last resort is given before others, or lost.",
        "Rooms share keys, or users can not be added.",
        "5.2:given-once",
        &["RFC 9420 section 10"],
    ),
    (
        "limits",
        "A provider keeps whatever it is sent.",
        "One sender fills it for everybody.",
        "ds-00:6:unambiguous-criteria",
        &[],
    ),
    (
        "malformed",
        "What can not be read is read all the same, or spoils what comes after it.",
        "A provider can be crashed by anybody.",
        "5.2:request-fields",
        &[],
    ),
    ("once", "A KeyPackage is given twice.", "Two rooms share keys.", "5.2:given-once", &["RFC 9420 section 10"]),
    (
        "request",
        "A request goes past the hub, is wrongly signed, or names no room.",
        "The hub can not forward the Welcome.",
        "5.2:via-hub",
        &["section 4.3.1"],
    ),
    ("signature", "A signature is not looked at.", "Anybody asks in a user's name.", "5.2:request-signed", &[]),
    (
        "welcome",
        "A Welcome goes to another client, or to none.",
        "Users can not join.",
        "5.2:refs-associated",
        &["section 4.3.1"],
    ),
];

/// Rules that cases show beside the one that they are named for.
pub(super) const ALSO: &[AlsoRow] = &[
    ("5.2:response-fields", &["both-clients", "second-client-only"]),
    ("5.2:no-compatible", &["one-of-two-required"]),
    ("5.2:given-once", &["last-resort-last"]),
];
