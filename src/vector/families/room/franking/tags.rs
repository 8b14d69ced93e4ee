//! What a sender computes: `room/franking-tag`.

use super::scene::{ALICE, ROOM, Scene, claims, with, with_octets};
use crate::reason::{Reason, content, franking as reason, wire};
use crate::vector::families::build::{accept, group, reject};
use crate::vector::forge::franking::framed;
use crate::vector::forge::{Extension, Item, Part, Semantics, array, boolean, bytes, int, map, null, text};
use crate::vector::{Case, Group, Verdict};
use serde_json::Value;

const OP: &str = "room/franking-tag";
const TAG: &str = "5.4.1.1:tag";
const URIS: &str = "5.4.1.1:content-carries-uris";
const FRAMING: &str = "5.4.1.1:tag-over-framing";
pub(super) const MEDIA_TYPE: &str = "application/mimi-content";

/// Texts that are no URIs.
const NO_URIS: [(Verdict, &str); 2] = [
    (Verdict::Accept, "A URI is what the text says; the schema asks for a text."),
    (Verdict::Reject, "What is no URI by RFC 3986 names nobody."),
];

pub(super) fn groups() -> Vec<Group> {
    vec![
        group("tags of messages", computed()),
        group("tags where application data are framed", in_framing()),
        group("messages that can not be franked", refused()),
    ]
}

fn tagged(name: &str, comment: &str, flag: &str, rules: &[&str], change: impl FnOnce(Scene) -> Scene) -> Case {
    let scene = change(Scene::new(name));
    accept(name, comment, &[flag], rules, OP, scene.tag_input(), scene.tag_output())
}

fn computed() -> Vec<Case> {
    let long = "x".repeat(20_000);
    vec![
        tagged("tag", "A text.", "tag", &[TAG, "5.4.1.1:tag-in-aad", "5.4.1:tag-length"], |s| s),
        tagged("tag-of-a-null-part", "A message without a body.", "tag", &[TAG], |s| s.body(Part::null())),
        tagged("tag-of-a-multipart", "A message of two parts.", "tag", &[TAG], |s| {
            let parts = [Part::single("text/plain", "one"), Part::single("text/html", "<b>two</b>")];
            s.body(Part::multi(Semantics::ChooseOne, parts))
        }),
        tagged("tag-of-20000-octets", "A long text.", "tag", &[TAG], move |s| s.body(Part::single("text/plain", long))),
        tagged("tag-with-salt-of-zeros", "The salt is 16 zeros.", "salt", &[TAG, "5.4.1.1:salt"], |mut s| {
            s.message.salt = vec![0; 16];
            s
        }),
        tagged(
            "tag-with-salt-that-ends-in-zeros",
            "The salt ends in zeros.",
            "salt",
            &[TAG, "5.4.1.1:salt"],
            |mut s| {
                s.message.salt = [[0xa5; 8], [0; 8]].concat();
                s
            },
        ),
        tagged("tag-of-a-reply-in-a-topic", "Topic, reply, expiry.", "tag", &[TAG], |mut s| {
            s.message.topic_id = b"topic".to_vec();
            s.message.in_reply_to = Some([&[1], [7; 31].as_slice()].concat());
            s
        }),
        tagged("tag-with-further-extensions", "Extensions beside the two.", "tag", &[TAG], |mut s| {
            s.message.extensions.push(Extension::new(7, bytes([1, 2, 3])));
            s.message.extensions.push(Extension::new("note", text("more")));
            s
        }),
        tagged("tag-of-a-pseudonym", "The sender is a pseudonym.", "uris", &[TAG, URIS], |s| {
            s.between("mimi://b.example/u/0b6f2c1e-7d0b-4b0e-9d6b-2f4c1c8b9a10", ROOM)
        }),
        tagged("tag-of-uris-beyond-ascii", "URIs that are not ASCII.", "uris", &[TAG, URIS], |s| {
            s.between("mimi://b.example/u/Zoë", "mimi://hub.example/r/会議")
        })
        .contested(&NO_URIS),
        tagged("tag-of-empty-uris", "Sender and room are empty texts.", "uris", &[TAG, URIS], |s| s.between("", ""))
            .contested(&NO_URIS),
    ]
}

fn in_framing() -> Vec<Case> {
    let typed = |name: &str, comment: &str, kind: &str| {
        tagged(name, comment, "framing", &[FRAMING], |s| Scene { media_type: Some(kind.to_owned()), ..s })
    };
    let long = format!("application/mimi-content;note={}", "x".repeat(70));
    vec![
        typed("tag-framed", "MIMI content in an ApplicationFraming.", MEDIA_TYPE),
        typed("tag-framed-without-media-type", "The media type is the group's first.", ""),
        typed("tag-framed-with-parameters", "A media type of more than 63 octets.", &long),
        tagged("tag-framed-long", "20000 octets of text in an ApplicationFraming.", "framing", &[FRAMING], |s| {
            let body = Part::single("text/plain", "y".repeat(20_000));
            Scene { media_type: Some(MEDIA_TYPE.into()), ..s.body(body) }
        }),
    ]
}

fn no(name: &str, comment: &str, flag: &str, rule: &str, input: Value, reason: Reason) -> Case {
    reject(name, comment, &[flag], &[rule], OP, input, reason)
}

/// The message with another item in place of its salt.
fn salted(name: &str, comment: &str, salt: Item, reason: Reason) -> Case {
    let scene = Scene::new(name);
    let mut raw = scene.message.raw();
    raw.salt = salt;
    let input = with_octets(scene.tag_input(), "application_data", raw.item().octets());
    no(name, comment, "salt", "5.4.1.1:salt", input, reason)
}

/// The message with other extensions.
fn claiming(name: &str, comment: &str, extensions: Vec<Extension>, reason: Reason) -> Case {
    let mut scene = Scene::new(name);
    scene.message.extensions = extensions;
    no(name, comment, "uris", URIS, scene.tag_input(), reason)
}

fn refused() -> Vec<Case> {
    let scene = Scene::new("refused");
    let (sender, room) = (|| Extension::new(1, text(ALICE)), || Extension::new(2, text(ROOM)));
    let items = scene.message.raw().items();
    let six = array(items.into_iter().skip(1)).octets();
    let content = scene.content();
    let data = |octets: &[u8]| with_octets(scene.tag_input(), "application_data", octets);
    let wrapped = |octets: &[u8]| with(data(octets), "framed", true);
    let framing = framed(MEDIA_TYPE, &content);
    let cut = framing.get(..framing.len() - 1).unwrap_or_default();
    let trailing = |octets: &[u8]| [octets, &[0]].concat();
    let kinds = [wire::WIRE_TRUNCATED, wire::WIRE_LENGTH_PREFIX, wire::WIRE_LENGTH_NOT_MINIMAL, wire::WIRE_TRAILING];
    let [first, others @ ..] = kinds;
    let not_a_document = content::WRONG_ARRAY_LENGTH;
    vec![
        salted("salt-of-15-octets", "A salt of 15 octets.", bytes([5; 15]), content::SALT_LENGTH),
        salted("salt-of-17-octets", "A salt of 17 octets.", bytes([5; 17]), content::SALT_LENGTH),
        salted("salt-of-32-octets", "A salt of 32 octets.", bytes([5; 32]), content::SALT_LENGTH),
        salted("salt-empty", "A salt of no octets.", bytes([]), content::SALT_LENGTH),
        salted("salt-null", "Null for a salt.", null(), content::WRONG_TYPE),
        salted("salt-text", "A text for a salt.", text("0123456789abcdef"), content::WRONG_TYPE),
        no(
            "salt-missing",
            "A message of six items, without a salt.",
            "salt",
            "5.4.1.1:salt",
            data(&six),
            not_a_document,
        )
        .also(&[content::WRONG_TYPE]),
        claiming("no-sender", "No sender's URI.", vec![room()], reason::FRANKED_WITHOUT_SENDER),
        claiming("no-room", "No room's URI.", vec![sender()], reason::FRANKED_WITHOUT_ROOM),
        claiming("no-uris", "No extensions.", vec![], reason::FRANKED_WITHOUT_SENDER)
            .also(&[reason::FRANKED_WITHOUT_ROOM]),
        claiming(
            "sender-under-a-text",
            "The sender is under the text \"1\".",
            vec![room(), Extension::new("1", text(ALICE))],
            reason::FRANKED_WITHOUT_SENDER,
        ),
        claiming(
            "sender-as-octets",
            "The sender's URI is a byte string.",
            vec![Extension::new(1, bytes(ALICE)), room()],
            content::EXTENSION_VALUE_TYPE,
        ),
        claiming(
            "room-as-octets",
            "The room's URI is a byte string.",
            vec![sender(), Extension::new(2, bytes(ROOM))],
            content::EXTENSION_VALUE_TYPE,
        ),
        claiming(
            "sender-true",
            "The sender's URI is a boolean.",
            vec![Extension::new(1, boolean(true)), room()],
            content::EXTENSION_VALUE_TYPE,
        ),
        claiming(
            "uris-in-a-map",
            "The two URIs are in a map in extension 3.",
            vec![Extension::new(3, map([(int(1), text(ALICE)), (int(2), text(ROOM))]))],
            reason::FRANKED_WITHOUT_SENDER,
        )
        .also(&[reason::FRANKED_WITHOUT_ROOM]),
        no("content-empty", "No octets.", "not-content", TAG, data(&[]), content::TRUNCATED),
        no(
            "content-with-more",
            "An octet follows the content.",
            "not-content",
            TAG,
            data(&trailing(&content)),
            content::TRAILING_BYTES,
        ),
        no(
            "framing-without-content",
            "A framing whose content is empty.",
            "framing",
            FRAMING,
            wrapped(&framed(MEDIA_TYPE, &[])),
            content::TRUNCATED,
        ),
        no("framing-cut", "The last octet is missing.", "framing", FRAMING, wrapped(cut), wire::WIRE_TRUNCATED),
        no(
            "framing-with-more",
            "An octet follows the framing.",
            "framing",
            FRAMING,
            wrapped(&trailing(&framing)),
            wire::WIRE_TRAILING,
        ),
        no("framing-missing", "A group that frames, and bare content.", "framing", FRAMING, wrapped(&content), first)
            .also(&others),
        no(
            "framing-unexpected",
            "A group that does not frame.",
            "framing",
            FRAMING,
            data(&framing),
            content::WRONG_TYPE,
        )
        .also(&[not_a_document, content::TRAILING_BYTES]),
    ]
}

/// Used by other files: a scene in a group that frames.
pub(super) fn framed_scene(name: &str) -> Scene {
    Scene { media_type: Some(MEDIA_TYPE.into()), ..Scene::new(name) }
}

/// Used by other files: the extensions of a message by somebody.
pub(super) fn says(mut scene: Scene, sender: &str, room: &str) -> Scene {
    scene.message.extensions = claims(sender, room);
    scene
}
