//! `content/message-id`: section 3.3, by a formula of its own.

use crate::reason::{Reason, content as reason};
use crate::vector::families::build::{NoteRow, accept, file as family, group, reject, stream};
use crate::vector::families::content::decode::{self, EXAMPLES, Example};
use crate::vector::forge::{
    Extension, Item, Message, Part, RawMessage, Width, array, bytes, half, map, null, octets, text, uint,
};
use crate::vector::{About, Case, File, Level, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(in crate::vector::families) const NAME: &str = "content/message-id";

const NOTES: &[NoteRow] = &[
    (
        "example",
        "The formula of an earlier revision is used.",
        "No reference to a message resolves.",
        "3.3:input-order",
        &["draft-ietf-mimi-content-07 section 3.3"],
    ),
    (
        "uri-source",
        "The URIs are taken from elsewhere than where they should.",
        "No reference to a message resolves.",
        "3.3:uri-source",
        &[],
    ),
    (
        "uri-length",
        "The length counts characters, is little-endian, wraps, or is left out.",
        "No reference to a message resolves, or two messages share an id.",
        "3.3:length-counts-octets",
        &[],
    ),
    (
        "uri-as-given",
        "URIs are normalised before they are hashed.",
        "No reference to a message resolves.",
        "3.3:uri-source",
        &["RFC 3986 section 6"],
    ),
    ("uri-missing", "A missing URI is taken for an empty one.", "Two messages share an id.", "3.3:uri-source", &[]),
    (
        "received-octets",
        "The message is encoded again, or parts of it are left out, before it is hashed.",
        "No reference to a message with a newer extension resolves.",
        "3.3:whole-received-message",
        &[],
    ),
    (
        "salt",
        "The salt is left out at the end, or hashed with its CBOR head.",
        "No reference to a message resolves.",
        "3.3:salt-appended",
        &[],
    ),
    (
        "padding",
        "A hand-written hash pads wrongly when the input ends near the end of a block.",
        "One message in 64 has a wrong id.",
        "3.3:sha256-default",
        &["FIPS 180-4 section 5.1.1"],
    ),
    (
        "not-a-document",
        "An id is computed for octets that are no message.",
        "What is refused can be referred to.",
        "3.1:well-formed-cbor",
        &[],
    ),
];

const ALICE: &str = "mimi://example.com/u/alice";
const ROOM: &str = "mimi://example.com/r/room";

/// The formula of section 3.3.
fn id(sender: &str, room: &str, document: &[u8], salt: &[u8]) -> Value {
    let mut input = vec![];
    for uri in [sender, room] {
        input.extend(u16::try_from(uri.len()).unwrap_or_default().to_be_bytes());
        input.extend(uri.as_bytes());
    }
    input.extend(document);
    input.extend(salt);
    let id: Vec<u8> = std::iter::once(1).chain(Sha256::digest(&input).into_iter().take(31)).collect();
    json!({"message_id": hex::encode(&id)})
}

fn sample(name: &str) -> Message {
    Message::new(stream(&format!("{NAME}/{name}")).octets(16), Part::single("text/plain", "Hi"))
}

/// The URIs that the operation is given.
type Given<'a> = (Option<&'a str>, Option<&'a str>);

fn input(document: &Item, (sender, room): Given<'_>) -> Value {
    let mut input = json!({"cbor": hex::encode(&document.octets())});
    for (name, uri) in [("sender_uri", sender), ("room_uri", room)] {
        if let (Some(uri), Some(object)) = (uri, input.as_object_mut()) {
            object.insert(name.to_owned(), json!(uri));
        }
    }
    input
}

/// A row's words: name, comment, flag, requirements.
type Words<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The id of this message, with these URIs given and those hashed.
fn hashed((name, comment, flag, rules): Words<'_>, message: &Message, given: Given<'_>, uris: (&str, &str)) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    let document = message.item();
    let out = id(uris.0, uris.1, &document.octets(), &message.salt);
    accept(name, comment, &[flag], &rules, NAME, input(&document, given), out)
}

/// The id of the sample, changed, for the sender and the room given.
fn changed(words: Words<'_>, change: impl FnOnce(&mut Message)) -> Case {
    let mut message = sample(words.0);
    change(&mut message);
    hashed(words, &message, (Some(ALICE), Some(ROOM)), (ALICE, ROOM))
}

fn refused((name, comment, flag, rules): Words<'_>, reason: Reason, document: &Item, given: Given<'_>) -> Case {
    let rules: Vec<&str> = rules.split(' ').collect();
    reject(name, comment, &[flag], &rules, NAME, input(document, given), reason).at(document.offset())
}

pub(in crate::vector::families) fn file() -> File {
    let groups = vec![
        group("the draft's examples, with the URIs of their extensions", examples()),
        group("where the URIs come from", sources()),
        group("lengths of URIs", lengths()),
        group("URIs as they are", as_given()),
        group("URIs that are missing", missing()),
        group("the message as received", received()),
        group("ends near the end of a block", padding()),
        group("octets that are no message", not_a_document()),
    ];
    family(NAME, NOTES, groups)
}

fn examples() -> Vec<Case> {
    let case = |example: &Example| {
        let (name, comment) = (format!("example-{}", example.name), format!("The draft's example: {}", example.what));
        let words = (name.as_str(), comment.as_str(), "example", "3.3:input-order 3.3:hash-alg-octet 3.3:truncate-31");
        hashed(words, &(example.message)(), (None, None), (example.sender, decode::ROOM))
    };
    EXAMPLES.iter().map(case).collect()
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

fn received() -> Vec<Case> {
    const WHOLE: &str = "3.3:whole-received-message";
    const SALT: &str = "3.3:salt-appended";
    let extension = |name: &str, comment: &str, key: &str, value: Item| {
        changed((name, comment, "received-octets", WHOLE), |m| m.extensions = vec![Extension::new(key, value)])
    };
    let longer = |name: &str, comment: &str, reason, change: fn(&mut RawMessage)| {
        let mut raw = sample(name).raw();
        change(&mut raw);
        refused((name, comment, "received-octets", WHOLE), reason, &raw.item(), (Some(ALICE), Some(ROOM)))
            .about(About::Conformance)
            .level(Level::Must)
            .contested(&[
                (Verdict::Reject, "What does not conform to 6.1 is not a MIMI content message and has no id."),
                (Verdict::Accept, "3.3 hashes the message as it came, however it is encoded."),
            ])
    };
    vec![
        extension("extension-unknown", "An unknown extension is part of the message.", "x", bytes([1, 2, 3])),
        extension(
            "extension-map",
            "An unknown extension with a map is hashed as received.",
            "x",
            map([(uint(10), null()), (uint(100), null()), (bytes([1]), null()), (text("a"), half(0x3c00))]),
        ),
        extension("extension-undefined", "An unknown extension with undefined stays undefined.", "x", octets([0xf7])),
        extension("extension-nan", "An unknown extension with a NaN.", "x", half(0x7e00)),
        changed(("extensions-many", "Thirty unknown extensions.", "received-octets", WHOLE), |m| {
            m.extensions = (100..130).map(|key| Extension::new(key, array([uint(1)]))).collect();
        }),
        changed(
            ("text-not-normalised", "Decomposed text in the message stays decomposed.", "received-octets", WHOLE),
            |m| {
                m.body = Part::single("text/plain", "Hi").language("u\u{308}");
            },
        ),
        changed(("null-part", "A delete has an id like any message.", "received-octets", WHOLE), |m| {
            m.body = Part::null();
            m.replaces = Some(vec![1; 32]);
        }),
        changed(("content-4096-octets", "A long message is hashed to its end.", "received-octets", WHOLE), |m| {
            m.body = Part::single("text/plain", [0x61; 4096]);
        }),
        longer(
            "salt-length-too-wide",
            "The length of the salt takes an octet of its own.",
            reason::NON_SHORTEST_LENGTH,
            |m| m.salt = m.salt.clone().width(Width::One).mark(),
        ),
        longer("extensions-indefinite", "The extensions have indefinite length.", reason::INDEFINITE_LENGTH, |m| {
            m.extensions = map([]).indefinite().mark();
        }),
        changed(("salt-zero", "A salt of zeros.", "salt", SALT), |m| m.salt = vec![0; 16]),
        changed(("salt-ones", "A salt of ones.", "salt", SALT), |m| m.salt = vec![0xff; 16]),
        changed(("salt-like-head", "A salt that looks like its own CBOR head.", "salt", SALT), |m| {
            m.salt = vec![0x50; 16]
        }),
        changed(("topic-like-salt", "The topic has the octets of the salt.", "salt", SALT), |m| {
            m.topic_id.clone_from(&m.salt)
        }),
    ]
}

/// 55 octets are the most that leave room for the padding in the first block.
fn padding() -> Vec<Case> {
    // Two empty lengths, the sample with a null part, the salt.
    const REST: usize = 2 + 2 + 27 + 16;
    let case = |n: usize| {
        let (name, comment) = (format!("hash-input-{n}-octets"), format!("The input of the hash has {n} octets."));
        let mut message = sample(&name);
        message.body = Part::null();
        message.topic_id = vec![0x54; n - REST];
        hashed((&name, &comment, "padding", "3.3:sha256-default"), &message, (Some(""), Some("")), ("", ""))
    };
    [47, 55, 56, 63, 64, 65].map(case).into()
}

fn not_a_document() -> Vec<Case> {
    let no = |name: &str, comment: &str, reason, document: fn(Message) -> Item| {
        let words = (name, comment, "not-a-document", "3.1:well-formed-cbor");
        refused(words, reason, &document(sample(name)), (Some(ALICE), Some(ROOM)))
    };
    vec![
        no("empty-input", "There is no octet at all.", reason::TRUNCATED, |_| octets([]).missing()),
        no("truncated", "The message ends before its body.", reason::TRUNCATED, |m| {
            let mut raw = m.raw();
            raw.body.set_mark();
            raw.item().cut(0)
        }),
        no("trailing", "An octet follows the message.", reason::TRAILING_BYTES, |m| m.item().then(octets([0]).mark())),
        no("salt-15-octets", "The salt has 15 octets.", reason::SALT_LENGTH, |m| {
            RawMessage { salt: bytes([0; 15]).mark(), ..m.raw() }.item()
        }),
    ]
}
