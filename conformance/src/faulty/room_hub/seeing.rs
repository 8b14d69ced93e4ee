//! Rooms that see their group otherwise.

use super::bent::{Sees, seen};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Looked, Refused, RoomView, View};
use mimicheck::mls::public::PublicView;
use mimicheck::protocol::room::{
    GroupInfo, PARTICIPANT_LIST, PartialGroupInfo, ParticipantListData, ROLES_LIST, ROOM_METADATA,
};
use mimicheck::protocol::{Act, ContentType, Head, Held, MlsMessage, Structure};

/// A way to see with its own functions.
macro_rules! sees {
    ($name:ident { $($body:tt)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name;

        impl Sees for $name {
            $($body)*
        }
    };
}

sees!(Frozen {
    fn data(_: &PublicView, first: Option<&[u8]>, _: u16) -> Option<Vec<u8>> {
        first.map(<[u8]>::to_vec)
    }
});

sees!(NoList {
    fn data(view: &PublicView, _: Option<&[u8]>, component: u16) -> Option<Vec<u8>> {
        let none = || ParticipantListData { participants: vec![] }.encode().ok();
        View::data(view, component).filter(|octets| ParticipantListData::decode(octets).is_ok()).or_else(none)
    }
});

sees!(OtherComponent {
    fn data(view: &PublicView, _: Option<&[u8]>, component: u16) -> Option<Vec<u8>> {
        View::data(view, if component == PARTICIPANT_LIST { ROOM_METADATA } else { component })
    }
});

sees!(LastFirst {
    fn data(view: &PublicView, _: Option<&[u8]>, component: u16) -> Option<Vec<u8>> {
        let mut list = ParticipantListData::decode(&View::data(view, component)?).ok()?;
        list.participants.truncate(4);
        list.encode().ok()
    }
});

sees!(Everybody {
    fn joined(view: &PublicView) -> Vec<Vec<u8>> {
        // Those whom a member adds are not looked at: whoever joins from outside is.
        let joined = View::joined(view);
        let sent = view.committer().and_then(|leaf| view.members().iter().find(|(at, _)| *at == leaf));
        joined.into_iter().filter(|client| sent.is_some_and(|(_, sender)| sender == client)).collect()
    }
});

sees!(HubAlways {
    fn external_senders(view: &PublicView) -> Vec<(Vec<u8>, Vec<u8>)> {
        // The name is looked at and the key is not.
        let mut senders = RoomView::external_senders(view);
        for (key, _) in senders.iter_mut().filter(|(_, name)| name == b"hub.example") {
            *key = mimicheck::vector::forge::rooms::public_key(&hub_seed());
        }
        senders
    }
});

sees!(HubFirst {
    fn external_senders(view: &PublicView) -> Vec<(Vec<u8>, Vec<u8>)> {
        RoomView::external_senders(view).into_iter().take(1).collect()
    }
});

sees!(NoFollowers {
    fn external_senders(view: &PublicView) -> Vec<(Vec<u8>, Vec<u8>)> {
        let senders = RoomView::external_senders(view).into_iter();
        senders.map(|(key, name)| if name == b"hub.example" { (key, name) } else { (key, b"nobody".to_vec()) }).collect()
    }
});

sees!(Gullible {
    fn look(view: &PublicView, message: &MlsMessage) -> Result<Looked<PublicView>, Refused> {
        let proposal = matches!(message.head(), Head::Public { content: ContentType::Proposal, .. });
        match View::look(view, message) {
            Err(_) if proposal => Ok(Looked::Here(view.clone())),
            looked => looked,
        }
    }
});

sees!(Blind {
    fn look(view: &PublicView, message: &MlsMessage) -> Result<Looked<PublicView>, Refused> {
        match (View::look(view, message)?, message.head()) {
            // The proposal is good, and forgotten.
            (Looked::Here(_), Head::Public { .. }) => Ok(Looked::Here(view.clone())),
            (looked, _) => Ok(looked),
        }
    }
});

sees!(WholeOnly {
    fn whole(_: &PublicView, _: &PartialGroupInfo) -> Option<GroupInfo> {
        None
    }
});

/// The seed of the hub's key in `room/hub`.
fn hub_seed() -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(b"room/hub hub.example").into()
}

const CACHED: &str = "state that is read once and kept";

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("room-list-frozen", "knows the participants of the day it was opened", CACHED, Fault::Room(seen::<Frozen>)),
    (
        "room-without-list",
        "hosts a group without participants",
        "a missing value that counts as an empty one",
        Fault::Room(seen::<NoList>),
    ),
    (
        "room-other-component",
        "reads the metadata for the list",
        "numbers of components that are off by one",
        Fault::Room(seen::<OtherComponent>),
    ),
    (
        "room-roles-unread",
        "does not read the roles that a room keeps in its group",
        "a draft of its own that nobody got round to",
        Fault::Room(seen::<NoRoles>),
    ),
    (
        "room-roles-of-the-first-day",
        "judges by the roles that the room was opened with",
        "a copy that nobody refreshes",
        Fault::Room(seen::<FirstRoles>),
    ),
    (
        "room-proposals-unjudged",
        "asks who commits, and not what",
        "the commit is opaque to the check",
        Fault::Room(seen::<NoProposals>),
    ),
    (
        "room-removals-unjudged",
        "judges what enters a room, and not who is removed",
        "a check of one way, where there are two",
        Fault::Room(seen::<NoRemovals>),
    ),
    (
        "room-list-truncated",
        "knows the first four participants only",
        "a buffer of fixed size",
        Fault::Room(seen::<LastFirst>),
    ),
    (
        "room-adds-unlisted",
        "lets members add clients whose users are in no list",
        "a check of one way in, where there are two",
        Fault::Room(seen::<Everybody>),
    ),
    (
        "room-hub-by-name",
        "takes any key for the hub's that has its name",
        "names that are checked while keys are not",
        Fault::Room(seen::<HubAlways>),
    ),
    (
        "room-first-sender-only",
        "knows the first external sender only",
        "a list that is read as one value",
        Fault::Room(seen::<HubFirst>),
    ),
    (
        "room-followers-unheard",
        "takes no proposal of a follower that is listed",
        "a feature that only the hub itself uses",
        Fault::Room(seen::<NoFollowers>),
    ),
    (
        "room-proposals-unverified",
        "takes proposals that are not valid",
        "a check that is left to somebody else",
        Fault::Room(seen::<Gullible>),
    ),
    (
        "room-proposals-forgotten",
        "forgets the proposals that it forwards",
        "a message that is passed on and not processed",
        Fault::Room(seen::<Blind>),
    ),
    (
        "room-partial-unsupported",
        "takes no partial GroupInfo",
        "an option that nobody has tried",
        Fault::Room(seen::<WholeOnly>),
    ),
];

sees!(NoRoles {
    fn data(view: &PublicView, _: Option<&[u8]>, component: u16) -> Option<Vec<u8>> {
        if component == ROLES_LIST { None } else { View::data(view, component) }
    }
});

sees!(FirstRoles {
    fn data(view: &PublicView, first: Option<&[u8]>, component: u16) -> Option<Vec<u8>> {
        if component == ROLES_LIST { first.map(<[u8]>::to_vec) } else { View::data(view, component) }
    }
});

sees!(NoProposals {
    fn held(_: &PublicView) -> Vec<Held> {
        vec![]
    }
});

sees!(NoRemovals {
    fn held(view: &PublicView) -> Vec<Held> {
        View::held(view).into_iter().filter(|held| !matches!(held.act, Act::Remove(_))).collect()
    }
});
