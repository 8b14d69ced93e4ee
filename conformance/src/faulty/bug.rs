use super::hub::{self, HubFault};
use super::item::Item;
use super::room_hub::{self, FollowerFault, KeysFault, RoomFault};
use super::talk::Talk;
use super::{
    cid, client, decode, delivery, device, encode, external, franking, judge, message_id, nohtml, part_index, policy,
    process, room, thread, tree,
};
use mimicheck::adapter::Answer;
use mimicheck::delivery::{Hub, Settings};
use mimicheck::reason::Reason;
use serde::Serialize;
use serde_json::Value;

/// One bug that an implementation can have.
#[derive(Clone, Copy, Debug)]
pub struct Bug {
    /// Stable name in kebab case.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// What kind of code has it.
    pub kind: Kind,
    /// Which failure seen in public it is like, in general words.
    pub like: &'static str,
    pub(super) fault: Fault,
}

/// What kind of code has a bug: the operation that it shows in first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Octets → message.
    Decode,
    /// Message → octets.
    Encode,
    /// Message ids.
    MessageId,
    /// Part indexes.
    PartIndex,
    /// Content ids.
    Cid,
    /// Nonsensical values.
    Judge,
    /// Sequences of messages.
    Thread,
    /// External parts.
    External,
    /// HTML in Markdown.
    Nohtml,
    /// Choice of parts.
    Process,
    /// A client's way through its group.
    Client,
    /// A client with its hub.
    Device,
    /// Hubs.
    Hub,
    /// Structures of the delivery draft, and partition keys.
    Wire,
    /// Structures of draft-ietf-mimi-protocol.
    Room,
    /// Franks.
    Franking,
    /// Rooms at a hub, and those who follow one.
    RoomHub,
    /// Room policy.
    Policy,
    /// Encrypted trees.
    Tree,
}

impl Kind {
    /// Its name, as in tables and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Encode => "encode",
            Self::MessageId => "message-id",
            Self::PartIndex => "part-index",
            Self::Cid => "cid",
            Self::Judge => "judge",
            Self::Thread => "thread",
            Self::External => "external",
            Self::Nohtml => "nohtml",
            Self::Process => "process",
            Self::Client => "client",
            Self::Device => "device",
            Self::Hub => "hub",
            Self::Wire => "wire",
            Self::Room => "room",
            Self::Franking => "franking",
            Self::RoomHub => "room-hub",
            Self::Policy => "policy",
            Self::Tree => "tree",
        }
    }

    /// What operations begin with that such a bug can show in: others are the reference's own.
    #[must_use]
    pub const fn area(self) -> &'static str {
        match self {
            Self::Client => "client/",
            Self::Device => "device/",
            Self::Hub => "hub/",
            Self::Wire => "delivery/",
            Self::Room | Self::Franking => "room/",
            Self::RoomHub => "room-",
            Self::Policy => "policy/",
            Self::Tree => "tree",
            _ => "content/",
        }
    }
}

/// How a bug is put around the reference.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// Takes what it must refuse, whatever the operation: every document is mended first.
    Takes(fn(&mut Item)),
    /// The same, where the octets need not be an item. `None` leaves them as they are.
    TakesOctets(fn(&[u8]) -> Option<Vec<u8>>),
    /// Refuses such documents, whatever the operation.
    Refuses(fn(&Item) -> bool),
    /// Refuses such documents, and mends the others.
    TakesAndRefuses(fn(&mut Item), fn(&Item) -> bool),
    /// Shows another message than the octets hold.
    Shows(fn(&mut Value)),
    /// Reads an operation's input wrongly.
    Reads(&'static str, fn(&mut Value)),
    /// Reads an operation's document wrongly.
    ReadsDocument(&'static str, fn(&mut Item)),
    /// Gives another answer to an operation than the reference does to that input.
    Answers(&'static str, fn(&Value, Answer) -> Answer),
    /// Takes a session's steps otherwise.
    Steps(fn(&mut Talk<'_>, &str, &Value) -> Answer),
    /// Hubs that do something else than the reference's.
    Hub(HubFault),
    /// Hubs that are set up otherwise than they were told.
    HubSettings(fn(&mut Settings)),
    /// Hubs that see groups otherwise.
    HubSees(fn(Settings) -> Box<dyn Hub>),
    /// Hubs that say yes to what is refused for this reason by this operation, and keep nothing of it.
    HubTakes(&'static str, Reason),
    /// Rooms at a hub that are made otherwise.
    Room(RoomFault),
    /// Followers that remember otherwise.
    Follower(FollowerFault),
    /// Providers of key material that are made otherwise.
    Keys(KeysFault),
}

/// A table's row: name, what it does, what it is like, how.
pub(super) type Row = (&'static str, &'static str, &'static str, Fault);

/// Every bug, by kind.
pub static ALL: std::sync::LazyLock<Vec<Bug>> = std::sync::LazyLock::new(|| {
    let tables: [(Kind, &[Row]); 64] = [
        (Kind::Decode, decode::WIRE),
        (Kind::Decode, decode::MODEL),
        (Kind::Decode, decode::VALUES),
        (Kind::Decode, decode::TYPES),
        (Kind::Decode, decode::REFUSES),
        (Kind::Decode, decode::SHOWS),
        (Kind::Encode, encode::OCTETS),
        (Kind::Encode, encode::VALUES),
        (Kind::MessageId, message_id::BUGS),
        (Kind::PartIndex, part_index::BUGS),
        (Kind::Cid, cid::BUGS),
        (Kind::Judge, judge::ORIGIN),
        (Kind::Judge, judge::VALUES),
        (Kind::Thread, thread::RIGHTS_AND_ORDER),
        (Kind::Thread, thread::VERSIONS),
        (Kind::Thread, thread::REPLIES),
        (Kind::Thread, thread::TIME_AND_TOPICS),
        (Kind::External, external::BUGS),
        (Kind::Nohtml, nohtml::BUGS),
        (Kind::Process, process::CHOICE),
        (Kind::Process, process::LEAVES),
        (Kind::Client, client::HOSTILE),
        (Kind::Client, client::CHECKS),
        (Kind::Client, client::STATE),
        (Kind::Client, client::ORDER),
        (Kind::Client, client::SHOWS),
        (Kind::Client, client::POLICY),
        (Kind::Client, client::RECOVERY),
        (Kind::Client, client::FORK),
        (Kind::Device, device::ACTS),
        (Kind::Device, device::KNOWS),
        (Kind::Device, device::TREES),
        (Kind::Hub, hub::RECEIVING),
        (Kind::Hub, hub::SENDING),
        (Kind::Hub, hub::WELCOMES),
        (Kind::Hub, hub::KEY_PACKAGES),
        (Kind::Hub, hub::FORKS),
        (Kind::Hub, hub::TRACKING),
        (Kind::Wire, delivery::TAKES),
        (Kind::Wire, delivery::READS),
        (Kind::Wire, delivery::WRITES),
        (Kind::Wire, delivery::KEYS),
        (Kind::Room, room::TAKES),
        (Kind::Room, room::READS),
        (Kind::Room, room::WRITES),
        (Kind::Franking, franking::TAGS),
        (Kind::Franking, franking::HUBS),
        (Kind::Franking, franking::RECEIVERS),
        (Kind::Franking, franking::REPORTS),
        (Kind::RoomHub, room_hub::SETTING),
        (Kind::RoomHub, room_hub::SEEING),
        (Kind::RoomHub, room_hub::SIGNING),
        (Kind::RoomHub, room_hub::TELLING),
        (Kind::RoomHub, room_hub::FOLLOWING),
        (Kind::RoomHub, room_hub::KEYING),
        (Kind::RoomHub, room_hub::KEEPING),
        (Kind::Policy, policy::STATE),
        (Kind::Policy, policy::RIGHTS),
        (Kind::Policy, policy::RULES),
        (Kind::Tree, tree::NODES),
        (Kind::Tree, tree::SUITES),
        (Kind::Tree, tree::MEMBERS),
        (Kind::Tree, tree::JOINERS),
        (Kind::Tree, tree::HUBS),
    ];
    let bug = |kind, row: &Row| {
        let (name, about, like, fault) = *row;
        Bug { name, about, kind, like, fault }
    };
    tables.iter().flat_map(|(kind, rows)| rows.iter().map(move |row| bug(*kind, row))).collect()
});

/// The bug of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Bug> {
    ALL.iter().find(|bug| bug.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_slugs_and_each_says_what_it_is() {
        let mut names = BTreeSet::new();
        for bug in ALL.iter() {
            let slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(bug.name.bytes().all(slug) && names.insert(bug.name), "{}", bug.name);
            assert!(!bug.about.is_empty() && !bug.like.is_empty(), "{}", bug.name);
            assert!(bug.about.len() <= 90, "{}: {}", bug.name, bug.about.len());
        }
        // A table that shrinks would prove less.
        assert!(names.len() >= 400, "{}", names.len());
        assert!(find("no-such-bug").is_none());
    }
}
