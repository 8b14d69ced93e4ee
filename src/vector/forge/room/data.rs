//! What a room keeps in its group (sections 7.5 and 7.6).

use super::super::delivery::Forged;
use super::super::tls::{Field, fixed};
use super::pair::{bytes, forged, list, object, text, u32};
use serde_json::Value;

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
