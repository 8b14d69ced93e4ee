//! Bugs of hubs that read handshakes and were told to refuse: what is invalid beyond doubt, or against what a room allows.

use super::bugged::{Bugged, Done, content, done, refuse, usual};
use crate::faulty::bug::{Fault, Row};
use crate::faulty::room_hub::{Seen, Sees};
use mimicheck::delivery::{Effects, Hub, Input, Refused, Settings, Tracking, View};
use mimicheck::mls::public::PublicView;
use mimicheck::protocol::{ContentType, Head, Held, Sender, ServiceProviderId};
use mimicheck::reason::policy as reason;

const LIBRARY: &str = "rules that are left to a library, which leaves them to the application";
const COMMIT: &str = "authorization of the person who presses the button";
const CACHE: &str = "permissions that are read once";
const EAGER: &str = "checks where the data are not there yet";

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("hub-list-removes-twice", "takes two changes of one leaf", LIBRARY, Fault::Hub(removes)),
    ("hub-list-adds-twice", "takes two Adds of one client", LIBRARY, Fault::Hub(adds)),
    ("hub-list-extensions-twice", "takes two GroupContextExtensions", LIBRARY, Fault::Hub(extensions)),
    ("hub-list-reinit", "takes a ReInit beside other proposals", LIBRARY, Fault::Hub(reinit)),
    ("hub-list-references-twice", "takes one reference twice", LIBRARY, Fault::Hub(references)),
    ("hub-list-inits-twice", "takes two ExternalInits", LIBRARY, Fault::Hub(inits)),
    (
        "hub-list-ciphertexts",
        "does not count ciphertexts of a path",
        "pairs that are made as far as both go",
        Fault::Hub(ciphertexts),
    ),
    (
        "hub-list-one-remove",
        "refuses commits that remove two members",
        "rules against doubles that compare kinds",
        Fault::Hub(several),
    ),
    (
        "hub-room-not-judged",
        "judges no commit of a member by the room's rules",
        "settings that are parsed and not used",
        Fault::Hub(not_judged),
    ),
    (
        "hub-room-joins-not-judged",
        "lets everybody join from outside",
        "a second entrance without a guard",
        Fault::Hub(joins),
    ),
    (
        "hub-room-committer-counts",
        "judges proposals of others as the committer's",
        COMMIT,
        Fault::HubSees(sees::<CommitterCounts>),
    ),
    (
        "hub-room-first-epoch",
        "judges every epoch by what the group kept at first",
        CACHE,
        Fault::HubSees(sees::<FirstEpoch>),
    ),
    (
        "hub-room-next-epoch",
        "judges a commit by what it makes of the rules",
        "checks after the write",
        Fault::HubSees(sees::<Lenient>),
    ),
    ("hub-room-owners-forgotten", "takes each client for a user", "one name for two things", Fault::Hub(owners)),
    ("hub-room-judges-proposals", "refuses proposals to remove", EAGER, Fault::Hub(proposals)),
    ("hub-room-sealed-refused", "refuses what it can not read", EAGER, Fault::Hub(sealed)),
    (
        "hub-room-untold-list",
        "knows no list where the group keeps none",
        "defaults that win over what was set",
        Fault::Hub(untold),
    ),
];

/// Says yes where the hub refused so.
fn takes(
    b: &mut Bugged,
    from: &ServiceProviderId,
    input: Input,
    out: &mut Effects,
    what: impl FnOnce(&Refused) -> bool,
) -> Done {
    match usual(b, from, input, out) {
        Err(refused) if what(&refused) => done(out),
        other => other,
    }
}

macro_rules! taking {
    ($($name:ident $says:literal)*) => {
        $(fn $name(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
            takes(b, from, input, out, |refused| refused.message == $says)
        })*
    };
}

taking! {
    removes "two changes of one leaf"
    adds "a client is added twice"
    extensions "two GroupContextExtensions"
    reinit "a ReInit beside other proposals"
    references "one proposal is referred to twice"
    inits "two ExternalInits"
    ciphertexts "not as many ciphertexts as the resolution has nodes"
}

/// Whether the group of these inputs is one whose commits are held against a room's rules.
fn told(b: &Bugged) -> bool {
    b.past.iter().any(|(_, input)| matches!(input, Input::CreateGroup(new) if new.room.is_some()))
}

fn of_policy(refused: &Refused) -> bool {
    let allowed = [
        reason::MAY_NOT_REMOVE_CLIENT,
        reason::CLIENT_OF_THE_BANNED,
        reason::MAY_NOT_ADD_CLIENT,
        reason::MAY_NOT_CHANGE_OWN_ROLE,
        reason::MAY_NOT_REMOVE_USER,
        reason::CLIENTS_REMAIN,
        reason::MAY_NOT_JOIN,
    ];
    allowed.contains(&refused.reason)
}

fn not_judged(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match input {
        Input::Send(_) => takes(b, from, input, out, of_policy),
        _ => usual(b, from, input, out),
    }
}

fn joins(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match input {
        Input::ExternalJoin(_) => takes(b, from, input, out, of_policy),
        _ => usual(b, from, input, out),
    }
}

/// Looks for the octets of a Remove by value.
fn several(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    const REMOVE: [u8; 3] = [1, 0, 3];
    let count = |octets: &[u8]| octets.windows(REMOVE.len()).filter(|w| **w == REMOVE).count();
    match &input {
        Input::Send(r) if r.commit_data.is_some() && count(r.message.octets()) > 1 => {
            refuse(mimicheck::reason::mls::BAD_PROPOSALS)
        }
        _ => usual(b, from, input, out),
    }
}

fn owners(b: &mut Bugged, from: &ServiceProviderId, mut input: Input, out: &mut Effects) -> Done {
    if let Input::CreateGroup(new) = &mut input {
        new.room.iter_mut().for_each(|room| room.owners.clear());
    }
    usual(b, from, input, out)
}

fn untold(b: &mut Bugged, from: &ServiceProviderId, mut input: Input, out: &mut Effects) -> Done {
    if let Input::CreateGroup(new) = &mut input {
        new.room.iter_mut().for_each(|room| room.list.clear());
    }
    usual(b, from, input, out)
}

fn proposals(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if told(b) && content(&r.message) == Some(ContentType::Proposal) => {
            refuse(reason::MAY_NOT_REMOVE_CLIENT)
        }
        _ => usual(b, from, input, out),
    }
}

fn sealed(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if told(b) && matches!(r.message.head(), Head::Private { .. }) => {
            refuse(reason::NOT_A_PARTICIPANT)
        }
        _ => usual(b, from, input, out),
    }
}

/// A hub that sees groups so.
fn sees<B: Sees>(settings: Settings) -> Box<dyn Hub> {
    Box::new(mimicheck::delivery::Host::<Tracking<Seen<B>>>::tracking(settings, 64))
}

#[derive(Clone, Debug, PartialEq)]
struct CommitterCounts;

impl Sees for CommitterCounts {
    fn held(view: &PublicView) -> Vec<Held> {
        let by = |held: &Held| view.committer().map_or(held.by, Sender::Member);
        View::held(view).iter().map(|held| Held { by: by(held), act: held.act.clone() }).collect()
    }
}

#[derive(Clone, Debug, PartialEq)]
struct FirstEpoch;

impl Sees for FirstEpoch {
    fn data(_: &PublicView, first: Option<&[u8]>, _: u16) -> Option<Vec<u8>> {
        first.map(<[u8]>::to_vec)
    }
}

/// Sees no removal beside a change of the rules: those who may not remove by the rules before it, may.
#[derive(Clone, Debug, PartialEq)]
struct Lenient;

impl Sees for Lenient {
    fn held(view: &PublicView) -> Vec<Held> {
        let held = View::held(view);
        let changes = held.iter().any(|held| matches!(held.act, mimicheck::protocol::Act::Data(..)));
        if changes { vec![] } else { held }
    }
}
