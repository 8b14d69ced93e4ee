//! The structures of draft-ietf-mimi-protocol, as `docs/spec/room.md` says: their octets field by field, and beside
//! them their values, each written down once more.

use super::delivery::Forged;
use super::mls::{self, SentBy};
use super::tls::{Field, enumeration, fixed, numbers, opaque, optional, structure, vector};
use crate::wire::hex;
use serde_json::{Map, Value, json};

/// A field: itself, and what the value shows of it.
type Pair = (Field, Option<Value>);

fn forged(name: &'static str, variant: &'static str, pairs: impl IntoIterator<Item = Pair>) -> Forged {
    let (wire, value) = object("", pairs);
    Forged { area: "room", name, variant, wire, value }
}

/// A structure, and the object that shows it.
fn object(name: &str, pairs: impl IntoIterator<Item = Pair>) -> (Field, Value) {
    let (mut fields, mut members) = (vec![], Map::new());
    for (field, value) in pairs {
        if let Some(value) = value {
            members.insert(field.name.clone(), value);
        }
        fields.push(field);
    }
    (structure(name, fields), Value::Object(members))
}

fn shown((field, value): (Field, Value)) -> Pair {
    (field, Some(value))
}

fn bytes(name: &str, octets: impl AsRef<[u8]>) -> Pair {
    let value = hex::encode(octets.as_ref()).into();
    (opaque(name, octets), Some(value))
}

fn text(name: &str, text: &str) -> Pair {
    (opaque(name, text), Some(text.into()))
}

fn array(name: &str, octets: [u8; 32]) -> Pair {
    (fixed(name, octets), Some(hex::encode(&octets).into()))
}

fn u16s(name: &str, list: &[u16]) -> Pair {
    (numbers(name, list), Some(json!(list)))
}

fn u16(name: &str, number: u16) -> Pair {
    (fixed(name, number.to_be_bytes()), Some(number.into()))
}

fn u32(name: &str, number: u32) -> Pair {
    (fixed(name, number.to_be_bytes()), Some(number.into()))
}

fn u64(name: &str, number: u64) -> Pair {
    (fixed(name, number.to_be_bytes()), Some(number.into()))
}

/// A code of one octet, and values that its enumeration does not list.
fn code(name: &str, value: u8, wrong: &[u8]) -> Pair {
    let wrong: Vec<[u8; 1]> = wrong.iter().map(|w| [*w]).collect();
    (enumeration(name, [value], &wrong), Some(value.into()))
}

fn protocol(name: &str) -> Pair {
    code(name, 1, &[0, 2, 255])
}

/// A structure of MLS: its octets as hex.
fn raw(name: &str, field: Field) -> Pair {
    let value = hex::encode(&field.octets()).into();
    (field.named(name), Some(value))
}

/// One without the framing of an MLSMessage: what follows version and wire format.
fn bare(name: &str, message: Field) -> Pair {
    let octets = message.octets().get(4..).unwrap_or_default().to_vec();
    (fixed(name, &octets), Some(hex::encode(&octets).into()))
}

fn raws(name: &str, messages: Vec<Field>) -> Pair {
    let value = messages.iter().map(|m| Value::from(hex::encode(&m.octets()))).collect();
    (vector(name, messages), Some(value))
}

fn maybe(name: &str, inner: Option<(Field, Value)>) -> Pair {
    let (field, value) = inner.map_or((None, Value::Null), |(field, value)| (Some(field), value));
    (optional(name, field), Some(value))
}

fn list(name: &str, elements: Vec<(Field, Value)>) -> Pair {
    let (fields, values): (Vec<_>, Vec<_>) = elements.into_iter().unzip();
    (vector(name, fields), Some(Value::Array(values)))
}

fn credential(name: &str) -> Pair {
    raw(name, structure(name, mls::basic()))
}

fn capabilities() -> (Field, Value) {
    let lists = [
        ("versions", vec![1]),
        ("cipher_suites", vec![1, 2]),
        ("extensions", vec![]),
        ("proposals", vec![]),
        ("credentials", vec![1]),
    ];
    let field = structure("", lists.iter().map(|(name, list)| numbers(name, list)));
    let value = hex::encode(&field.octets()).into();
    (field, value)
}

/// KeyMaterialRequest (section 5.2).
#[must_use]
pub fn key_material_request(suites: &[u16]) -> Forged {
    let required =
        [u16s("extension_types", &[0xf001]), u16s("proposal_types", &[8, 9]), u16s("credential_types", &[1])];
    forged(
        "KeyMaterialRequest",
        "",
        [
            protocol("protocol"),
            bytes("requesting_user", "mimi://a.example/u/alice"),
            bytes("target_user", "mimi://b.example/u/bob"),
            bytes("room_id", "mimi://hub.example/r/clubhouse"),
            u16s("acceptable_ciphersuites", suites),
            shown(object("required_capabilities", required)),
            bytes("requester_signature_key", [0x51; 32]),
            credential("requester_credential"),
            bytes("key_material_request_signature", [0x52; 64]),
        ],
    )
}

fn client(status: u8, more: Option<Pair>) -> (Field, Value) {
    let head = [code("client_status", status, &[3, 255]), bytes("client_uri", "mimi://b.example/d/1")];
    object("", head.into_iter().chain(more))
}

/// KeyMaterialResponse (section 5.2) with every kind of client, or with none.
#[must_use]
pub fn key_material_response(variant: &'static str, status: u8, clients: bool) -> Forged {
    let clients = if clients {
        vec![
            client(0, Some(raw("key_package", mls::key_package()))),
            client(1, None),
            client(2, Some(maybe("client_capabilities", None))),
            client(2, Some(maybe("client_capabilities", Some(capabilities())))),
        ]
    } else {
        vec![]
    };
    forged(
        "KeyMaterialResponse",
        variant,
        [
            protocol("protocol"),
            code("user_status", status, &[8, 255]),
            bytes("user_uri", "mimi://b.example/u/bob"),
            list("clients", clients),
        ],
    )
}

/// The forms of a tree.
#[must_use]
pub fn tree_options() -> [(&'static str, Vec<Pair>); 4] {
    let code = |value| code("representation", value, &[0, 5, 255]);
    [
        ("full", vec![code(1), raw("ratchet_tree", mls::ratchet_tree())]),
        ("https", vec![code(2), bytes("ratchet_tree_url", "https://a.example/t"), bytes("tree_signature", [0x53; 64])]),
        ("out-of-band", vec![code(3), bytes("tree_signature", [0x53; 64])]),
        ("hub-has-it", vec![code(4)]),
    ]
}

fn tree(form: usize) -> Pair {
    let [full, https, elsewhere, hub] = tree_options().map(|(_, pairs)| pairs);
    shown(object("ratchet_tree_option", [full, https, elsewhere, hub].into_iter().nth(form).unwrap_or_default()))
}

/// A proposal to remove somebody, by a member.
#[must_use]
pub fn proposal() -> Field {
    mls::public(SentBy::Member, 2, [mls::proposal(3, [fixed("removed", [0, 0, 0, 7])])])
}

fn info_option(whole: bool) -> Pair {
    let code = |value| code("representation", value, &[0, 3, 255]);
    let pairs = if whole {
        vec![code(1), bare("group_info", mls::group_info([]))]
    } else {
        let extensions = vector("group_info_extensions", [mls::extension(4, b"key")]);
        let partial = [
            super::room::code("ratchet_tree_presence", 0, &[4, 255]),
            raw("group_info_extensions", extensions),
            bytes("signature", [0x54; 64]),
        ];
        vec![code(2), shown(object("partial_group_info", partial))]
    };
    shown(object("group_info_option", pairs))
}

/// HandshakeBundle (section 5.3) with a commit.
#[must_use]
pub fn commit_bundle(variant: &'static str, commit: Field, welcome: bool, whole: bool, form: usize) -> Forged {
    let welcome = welcome.then(|| {
        let (field, value) = bare("", mls::welcome(&[b"r"]));
        (field, value.unwrap_or_default())
    });
    let pairs = [raw("proposal_or_commit", commit), maybe("welcome", welcome), info_option(whole), tree(form)];
    forged("HandshakeBundle", variant, pairs)
}

/// HandshakeBundle (section 5.3) with proposals.
#[must_use]
pub fn proposal_bundle(variant: &'static str, first: Field, more: Vec<Field>) -> Forged {
    forged("HandshakeBundle", variant, [raw("proposal_or_commit", first), raws("more_proposals", more)])
}

/// UpdateRoomResponse (section 5.3).
#[must_use]
pub fn update_response(code_: u8, description: &str) -> Forged {
    let head = [code("response_code", code_, &[4, 255]), text("error_description", description)];
    let (variant, more) = match code_ {
        0 => ("success", Some(u64("accepted_timestamp", 1_700_000_000_123))),
        1 => ("wrong-epoch", Some(u64("current_epoch", 258))),
        2 => ("not-allowed", None),
        _ => {
            let element = |octet| (opaque("", [octet; 32]), Value::from(hex::encode(&[octet; 32])));
            ("invalid-proposal", Some(list("invalid_proposals", vec![element(1), element(2)])))
        }
    };
    forged("UpdateRoomResponse", variant, head.into_iter().chain(more))
}

/// SubmitMessageRequest (section 5.4).
#[must_use]
pub fn submit_request(message: Field) -> Forged {
    let pairs = [protocol("protocol"), raw("app_message", message), bytes("sending_uri", "mimi://a.example/u/alice")];
    forged("SubmitMessageRequest", "", pairs)
}

fn frank_fields() -> [Pair; 3] {
    [
        array("server_frank", [0x55; 32]),
        u16("franking_signature_ciphersuite", 1),
        bytes("franking_integrity_signature", [0x56; 64]),
    ]
}

/// Frank (section 5.4).
#[must_use]
pub fn frank() -> Forged {
    forged("Frank", "", frank_fields())
}

/// SubmitMessageResponse (section 5.4).
#[must_use]
pub fn submit_response(status: u8, franked: bool) -> Forged {
    let head = [protocol("protocol"), code("status_code", status, &[3, 255])];
    let frank = || maybe("frank", franked.then(|| object("", frank_fields())));
    let (variant, more) = match (status, franked) {
        (0, true) => ("franked", vec![u64("accepted_timestamp", 1_700_000_000_123), frank()]),
        (0, false) => ("accepted", vec![u64("accepted_timestamp", 1), frank()]),
        (1, _) => ("not-allowed", vec![]),
        _ => ("epoch-too-old", vec![u64("current_epoch", u64::MAX)]),
    };
    forged("SubmitMessageResponse", variant, head.into_iter().chain(more))
}

/// What FrankAAD and FrankingAgentData are (section 5.4.1).
#[must_use]
pub fn franking() -> [Forged; 2] {
    [
        forged("FrankAAD", "", [array("franking_tag", [0x57; 32])]),
        forged("FrankingAgentData", "", [bytes("franking_signature_key", [0x58; 32]), credential("credential")]),
    ]
}

fn fanned(message: Field, with: Pair) -> [Pair; 3] {
    [u64("timestamp", 1_700_000_000_123), raw("message", message), with]
}

/// FanoutMessages (section 5.5), one of each kind.
#[must_use]
pub fn fanouts() -> Vec<(&'static str, [Pair; 3])> {
    vec![
        ("franked", fanned(mls::private(1), maybe("frank", Some(object("", frank_fields()))))),
        ("application", fanned(mls::private(1), maybe("frank", None))),
        ("welcome", fanned(mls::welcome(&[b"r"]), tree(0))),
        ("proposal", fanned(proposal(), raws("more_proposals", vec![proposal()]))),
        ("commit", fanned(mls::member_commit(), raws("external_proposals", vec![]))),
        ("external-commit", fanned(mls::external_commit(), raws("external_proposals", vec![proposal()]))),
    ]
}

/// FanoutMessage (section 5.5) of any message and what follows it.
#[must_use]
pub fn fanout(variant: &'static str, pairs: [Pair; 3]) -> Forged {
    forged("FanoutMessage", variant, pairs)
}

/// FanoutMessage (section 5.5) with proposals behind any message, under this name.
#[must_use]
pub fn fanout_proposals(message: Field, name: &str, more: Vec<Field>) -> Forged {
    forged("FanoutMessage", "", fanned(message, raws(name, more)))
}

/// A request to `notify` (section 5.5): FanoutMessages behind each other.
#[must_use]
pub fn notify(variant: &'static str, count: usize) -> Forged {
    let every = fanouts().into_iter().cycle().take(count).enumerate();
    let (fields, values): (Vec<_>, Vec<_>) =
        every.map(|(place, (_, pairs))| object(&(place + 1).to_string(), pairs)).unzip();
    Forged {
        area: "room",
        name: "NotifyRequest",
        variant,
        wire: structure("", fields),
        value: json!({"messages": values}),
    }
}

/// GroupInfoRequest (section 5.6).
#[must_use]
pub fn group_info_request(variant: &'static str, joining_code: &[u8]) -> Forged {
    forged(
        "GroupInfoRequest",
        variant,
        [
            protocol("protocol"),
            u16("cipher_suite", 1),
            bytes("requesting_signature_key", [0x59; 32]),
            credential("requesting_credential"),
            bytes("group_info_public_key", [0x5a; 32]),
            bytes("joining_code", joining_code),
            bytes("signature", [0x5b; 64]),
        ],
    )
}

/// GroupInfoResponse (section 5.6).
#[must_use]
pub fn group_info_response(variant: &'static str, status: u8) -> Forged {
    let head =
        [protocol("version"), bytes("room_id", "mimi://hub.example/r/clubhouse"), code("status", status, &[0, 4, 255])];
    let sealed = structure("", [opaque("kem_output", [0x5c; 32]), opaque("ciphertext", [0x5d; 40])]);
    let given = vec![
        u16("cipher_suite", 1),
        shown(object("hub_sender", [bytes("signature_key", [0x5e; 32]), credential("credential")])),
        raw("encrypted_groupinfo_and_tree", sealed),
        bytes("signature", [0x5f; 64]),
    ];
    forged("GroupInfoResponse", variant, head.into_iter().chain(if status == 1 { given } else { vec![] }))
}

/// GroupInfoRatchetTreeTBE (section 5.6).
#[must_use]
pub fn to_be_encrypted(variant: &'static str, extensions: Vec<Field>, form: usize, pending: usize) -> Forged {
    let element = || object("", [raw("proposal", proposal()), u64("hub_accepted_time", 1_700_000_000_122)]);
    let pending = (0..pending).map(|_| element()).collect();
    let pairs = [bare("group_info", mls::group_info(extensions)), tree(form), list("pending_proposals", pending)];
    forged("GroupInfoRatchetTreeTBE", variant, pairs)
}

fn participant(user: &str, role: u32) -> (Field, Value) {
    object("", [bytes("user", user), u32("role_index", role)])
}

/// ParticipantListData (section 7.5).
#[must_use]
pub fn participants(variant: &'static str, count: u32) -> Forged {
    let people = (0..count).map(|n| participant(&format!("mimi://a.example/u/{n}"), n)).collect();
    forged("ParticipantListData", variant, [list("participants", people)])
}

/// ParticipantListUpdate (section 7.5).
#[must_use]
pub fn participants_update(variant: &'static str, full: bool) -> Forged {
    let changed = object("", [u32("user_index", 1), u32("role_index", 4)]);
    let removed = [0_u32, 7].map(|n| (fixed("", n.to_be_bytes()), Value::from(n))).to_vec();
    let some = |name, elements| list(name, if full { elements } else { vec![] });
    forged(
        "ParticipantListUpdate",
        variant,
        [
            some("changed_role_participants", vec![changed]),
            some("removed_indices", removed),
            some("added_participants", vec![participant("mimi://b.example/u/bob", 2)]),
        ],
    )
}

/// RoomMetaData (section 7.6).
#[must_use]
pub fn metadata(variant: &'static str, name: &str) -> Forged {
    let described = |media: &str, language: &str| {
        object("", [bytes("media_type", media), bytes("language_tag", language), bytes("description_content", "Here.")])
    };
    forged(
        "RoomMetaData",
        variant,
        [
            bytes("room_uri", "mimi://hub.example/r/clubhouse"),
            text("room_name", name),
            list("room_descriptions", vec![described("", ""), described("text/markdown", "en")]),
            bytes("room_avatar", "https://a.example/i"),
            text("room_subject", "Plans"),
            text("room_mood", "\u{1f600}"),
        ],
    )
}

/// Every structure, in every form that a code gives it.
#[must_use]
pub fn every() -> Vec<Forged> {
    let [tag, agent] = franking();
    let mut every = vec![
        key_material_request(&[1, 2]),
        key_material_response("", 0, true),
        commit_bundle("commit", mls::member_commit(), true, true, 0),
        commit_bundle("partial", mls::external_commit(), false, false, 1),
        proposal_bundle("proposals", proposal(), vec![proposal(), proposal()]),
        update_response(0, ""),
        update_response(1, "late"),
        update_response(2, "no"),
        update_response(3, "two of them"),
        submit_request(mls::private(1)),
        submit_response(0, true),
        submit_response(0, false),
        submit_response(1, false),
        submit_response(2, false),
        frank(),
        tag,
        agent,
    ];
    every.extend(fanouts().into_iter().map(|(variant, pairs)| fanout(variant, pairs)));
    every.extend([
        notify("", 2),
        group_info_request("", b"code"),
        group_info_response("success", 1),
        group_info_response("not-authorized", 2),
        group_info_response("no-such-room", 3),
        to_be_encrypted("", vec![mls::extension(4, b"key")], 0, 2),
        participants("", 3),
        participants_update("", true),
        metadata("", "Clubhouse"),
    ]);
    every
}
