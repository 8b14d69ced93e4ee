//! The URIs: where they come from, how long they are, and that they are hashed as they are.

use super::rows::{ALICE, Given, ROOM, Words, hashed, refused, sample};
use crate::reason::content as reason;
use crate::vector::families::build::group;
use crate::vector::forge::{Extension, Message, text};
use crate::vector::{Case, Group, Verdict};

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("where the URIs come from", sources()),
        group("lengths of URIs", lengths()),
        group("URIs as they are", as_given()),
        group("URIs that are missing", missing()),
    ]
}

/// Extensions 1 and 2.
fn uris(sender: &str, room: &str) -> Vec<Extension> {
    vec![Extension::new(1, text(sender)), Extension::new(2, text(room))]
}

const SOURCE: &str = "3.3:uri-source";

fn sources() -> Vec<Case> {
    let with = |words: Words<'_>, extensions: Vec<Extension>, given: Given<'_>, hashed_uris: (&str, &str)| {
        hashed(words, &Message { extensions, ..sample(words.0) }, given, hashed_uris)
    };
    let differs = |case: Case| {
        case.contested(&[
            (Verdict::Accept, "The URI that the caller gives (what MLS authenticated) is hashed."),
            (Verdict::Accept, "The URI in the extensions (what the sender wrote) is hashed."),
            (Verdict::Reject, "A message whose extensions contradict what MLS says is refused."),
        ])
    };
    vec![
        with(
            ("uris-given", "Both URIs are given, the message has none.", "uri-source", SOURCE),
            vec![],
            (Some(ALICE), Some(ROOM)),
            (ALICE, ROOM),
        ),
        with(
            ("uris-in-extensions", "Both URIs are in the extensions, none is given.", "uri-source", SOURCE),
            uris(ALICE, ROOM),
            (None, None),
            (ALICE, ROOM),
        ),
        with(
            (
                "uris-given-and-in-extensions",
                "Both URIs are given and in the extensions, and are the same.",
                "uri-source",
                SOURCE,
            ),
            uris(ALICE, ROOM),
            (Some(ALICE), Some(ROOM)),
            (ALICE, ROOM),
        ),
        with(
            ("sender-given-room-in-extensions", "One URI is given, the other in the extensions.", "uri-source", SOURCE),
            vec![Extension::new(2, text(ROOM))],
            (Some(ALICE), None),
            (ALICE, ROOM),
        ),
        with(
            ("room-given-sender-in-extensions", "One URI is given, the other in the extensions.", "uri-source", SOURCE),
            vec![Extension::new(1, text(ALICE))],
            (None, Some(ROOM)),
            (ALICE, ROOM),
        ),
        differs(with(
            (
                "sender-given-differs",
                "The sender given is not the one in the extensions.",
                "uri-source",
                "4.3:sender-uri-agrees",
            ),
            uris("mimi://example.com/u/mallory", ROOM),
            (Some(ALICE), None),
            (ALICE, ROOM),
        )),
        differs(with(
            (
                "room-given-differs",
                "The room given is not the one in the extensions.",
                "uri-source",
                "4.3:sender-uri-agrees",
            ),
            uris(ALICE, "mimi://example.com/r/other"),
            (None, Some(ROOM)),
            (ALICE, ROOM),
        )),
        differs(with(
            (
                "sender-given-empty",
                "The sender given is empty, that in the extensions is not.",
                "uri-source",
                "4.3:sender-uri-agrees",
            ),
            uris(ALICE, ROOM),
            (Some(""), None),
            ("", ROOM),
        )),
        with(
            ("text-keys-are-no-uris", "The text keys \"1\" and \"2\" are not the keys 1 and 2.", "uri-source", SOURCE),
            vec![Extension::new("1", text("a:b")), Extension::new("2", text("c:d"))],
            (Some(ALICE), Some(ROOM)),
            (ALICE, ROOM),
        ),
        with(
            ("sender-and-room-alike", "Sender and room have the same URI.", "uri-source", SOURCE),
            vec![],
            (Some(ALICE), Some(ALICE)),
            (ALICE, ALICE),
        ),
        with(
            (
                "sender-and-room-swapped",
                "The sender comes first, also when it looks like a room.",
                "uri-source",
                "3.3:input-order",
            ),
            vec![],
            (Some(ROOM), Some(ALICE)),
            (ROOM, ALICE),
        ),
    ]
}

fn lengths() -> Vec<Case> {
    const OCTETS: &str = "3.3:length-counts-octets";
    let given = |name: &str, comment: &str, rule: &str, sender: &str, room: &str| {
        let words = (name, comment, "uri-length", rule);
        hashed(words, &sample(name), (Some(sender), Some(room)), (sender, room))
    };
    let long = |name: &str, comment: &str, sender: &str, room: &str| {
        let words = (name, comment, "uri-length", "3.3:uri-too-long");
        refused(words, reason::URI_TOO_LONG, &sample(name).item(), (Some(sender), Some(room)))
    };
    let a = |n: usize| "a".repeat(n);
    let umlauts = "ü".repeat(32_767);
    let too_long = Message { extensions: uris(&a(65_536), ROOM), ..sample("sender-in-extensions-65536-octets") };
    vec![
        given("uris-empty", "Both URIs are empty.", "3.3:sender-uri-length-u16", "", ""),
        given("sender-empty", "The sender is empty.", "3.3:sender-uri-length-u16", "", ROOM),
        given("room-empty", "The room is empty.", "3.3:room-uri-length-u16", ALICE, ""),
        hashed(
            (
                "uris-in-extensions-empty",
                "Both URIs in the extensions are empty.",
                "uri-length",
                "3.3:sender-uri-length-u16",
            ),
            &Message { extensions: uris("", ""), ..sample("uris-in-extensions-empty") },
            (None, None),
            ("", ""),
        ),
        given("uris-divided-after-2", "The URIs \"ab\" and \"c\".", "3.3:room-uri-length-u16", "ab", "c"),
        given("uris-divided-after-1", "The URIs \"a\" and \"bc\".", "3.3:room-uri-length-u16", "a", "bc"),
        given("sender-255-octets", "A sender of 255 octets.", "3.3:sender-uri-length-u16", &a(255), ROOM),
        given(
            "sender-256-octets",
            "A sender of 256 octets: 0100 most significant octet first.",
            "3.3:sender-uri-length-u16",
            &a(256),
            ROOM,
        ),
        given("room-256-octets", "A room of 256 octets.", "3.3:room-uri-length-u16", ALICE, &a(256)),
        given(
            "sender-32768-octets",
            "A sender of 32768 octets: beyond signed 16-bit integers.",
            "3.3:sender-uri-length-u16",
            &a(32_768),
            ROOM,
        ),
        given("sender-65535-octets", "A sender of 65535 octets, the longest.", "3.3:uri-too-long", &a(65_535), ROOM),
        given(
            "room-65535-octets-multibyte",
            "A room of 32768 characters and 65535 octets.",
            OCTETS,
            ALICE,
            &format!("a{umlauts}"),
        ),
        long("sender-65536-octets", "A sender of 65536 octets has no length.", &a(65_536), ROOM),
        long("room-65536-octets", "A room of 65536 octets has no length.", ALICE, &a(65_536)),
        long(
            "sender-65536-octets-multibyte",
            "A sender of 32768 characters, but 65536 octets.",
            &format!("{umlauts}ü"),
            ROOM,
        ),
        refused(
            (
                "sender-in-extensions-65536-octets",
                "A sender of 65536 octets in the extensions.",
                "uri-length",
                "3.3:uri-too-long",
            ),
            reason::URI_TOO_LONG,
            &too_long.item(),
            (None, None),
        ),
        given(
            "sender-not-ascii",
            "A sender with characters of two, three and four octets.",
            OCTETS,
            "mimi://example.com/u/ü水😀",
            ROOM,
        ),
        given(
            "room-not-ascii",
            "A room with characters of two, three and four octets.",
            OCTETS,
            ALICE,
            "mimi://example.com/r/ü水😀",
        ),
        hashed(
            ("uris-in-extensions-not-ascii", "URIs in the extensions that are not ASCII.", "uri-length", OCTETS),
            &Message { extensions: uris("im:ü", "im:水"), ..sample("uris-in-extensions-not-ascii") },
            (None, None),
            ("im:ü", "im:水"),
        ),
    ]
}

fn as_given() -> Vec<Case> {
    let given = |name: &str, comment: &str, sender: &str| {
        let words = (name, comment, "uri-as-given", "3.3:uri-source 3.2:any-uri-scheme");
        hashed(words, &sample(name), (Some(sender), Some(ROOM)), (sender, ROOM))
    };
    vec![
        given("uri-upper-case-scheme", "Scheme and host are in upper case.", "MIMI://EXAMPLE.COM/u/alice"),
        given("uri-percent-encoded", "A letter is percent-encoded.", "mimi://example.com/u/%61lice"),
        given("uri-dot-segments", "The path has dot segments.", "mimi://example.com/r/../u/alice"),
        given("uri-trailing-slash", "The path ends in a slash.", "mimi://example.com/u/alice/"),
        given("uri-decomposed", "A letter is decomposed (NFD).", "mimi://example.com/u/u\u{308}"),
        given("uri-composed", "A letter is composed (NFC).", "mimi://example.com/u/\u{fc}"),
        given("uri-other-scheme", "Another scheme.", "xmpp:alice@example.com"),
        given("uri-with-nul", "A NUL inside does not end the URI.", "mimi://example.com/u/a\u{0}lice"),
        given("uri-with-spaces", "Spaces around the URI belong to it.", " mimi://example.com/u/alice "),
        given("uri-is-no-uri", "What is given is no URI at all.", "alice"),
    ]
}

fn missing() -> Vec<Case> {
    let lacks = |name: &str, comment: &str, reason, extensions: Vec<Extension>, given: Given<'_>| {
        let document = Message { extensions, ..sample(name) }.item();
        refused((name, comment, "uri-missing", SOURCE), reason, &document, given)
    };
    let (sender, room) = (reason::MISSING_SENDER_URI, reason::MISSING_ROOM_URI);
    vec![
        lacks("no-sender", "Only the room is given.", sender, vec![], (None, Some(ROOM))),
        lacks("no-room", "Only the sender is given.", room, vec![], (Some(ALICE), None)),
        lacks(
            "no-sender-in-extensions",
            "Only the room is in the extensions.",
            sender,
            vec![Extension::new(2, text(ROOM))],
            (None, None),
        ),
        lacks(
            "no-room-in-extensions",
            "Only the sender is in the extensions.",
            room,
            vec![Extension::new(1, text(ALICE))],
            (None, None),
        ),
        lacks("no-uris", "There is neither sender nor room.", sender, vec![], (None, None)).also(&[room]),
        lacks(
            "no-uris-but-private",
            "The keys -1 and \"1\" are not the key 1.",
            sender,
            vec![Extension::new(-1, text(ALICE)), Extension::new("1", text(ALICE))],
            (None, Some(ROOM)),
        ),
    ]
}
