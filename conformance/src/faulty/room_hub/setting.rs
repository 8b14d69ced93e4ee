//! Rooms that are set up otherwise than they were told.

use super::bent::sound;
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::RoomSettings;

const UNUSED: &str = "configuration that is read and not used";
const UNBOUNDED: &str = "a bound that nobody set";

/// A room with other settings.
macro_rules! set {
    ($change:expr) => {
        Fault::Room(|mut opening| {
            let change: fn(&mut RoomSettings) = $change;
            change(&mut opening.settings);
            sound(opening)
        })
    };
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("room-ban-unread", "lets the banned act like anybody", UNUSED, set!(|s| s.silent_roles.clear())),
    (
        "room-messages-of-any-epoch",
        "takes messages however old they are",
        UNBOUNDED,
        set!(|s| s.past_epochs = u64::MAX),
    ),
    (
        "room-empty-code-opens",
        "gives the GroupInfo to whoever shows an empty joining code",
        "an empty text that is found in every list",
        set!(|s| {
            s.joining_codes.insert(vec![]);
        }),
    ),
    ("room-codes-forgotten", "knows no joining code", UNUSED, set!(|s| s.joining_codes.clear())),
    (
        "room-credential-without-key",
        "believes a credential whoever's key stands beside it",
        "names that are checked while keys are not",
        set!(|s| s.clients.values_mut().for_each(|owner| owner.signature_key = None)),
    ),
    (
        "room-proposals-unbounded",
        "keeps any number of pending proposals",
        UNBOUNDED,
        set!(|s| s.limits.max_messages_per_partition = usize::MAX),
    ),
    ("room-list-unbounded", "keeps any number of participants", UNBOUNDED, set!(|s| s.max_participants = usize::MAX)),
    ("room-message-unbounded", "takes messages of any length", UNBOUNDED, set!(|s| s.limits.max_message = usize::MAX)),
    (
        "room-own-name-wrong",
        "looks for itself among the external senders under the room's name",
        "two identifiers of the same kind that are mixed up",
        set!(|s| s.hub.0 = s.room_id.clone()),
    ),
];
