use mimicheck::adapter::reference::Opening;
use mimicheck::crypto::Labelled;
use mimicheck::delivery::{Looked, Refused, Room, RoomEffect, RoomHub, RoomInput, RoomKeys, RoomView, Tree, View};
use mimicheck::entropy::Time;
use mimicheck::mls::public::PublicView;
use mimicheck::protocol::room::{GroupInfo, PartialGroupInfo};
use mimicheck::protocol::{Held, MlsMessage, ServiceProviderId};
use std::fmt::Debug;
use std::marker::PhantomData;

type Made = Result<Box<dyn RoomHub>, Refused>;

/// A room without bugs.
pub(super) fn sound(o: Opening) -> Made {
    Ok(Box::new(Room::<PublicView, Labelled>::open(o.settings, o.keys, &o.group_info, &o.ratchet_tree)?))
}

/// How a group is seen: as it is, but for what a bug has of its own.
pub(in crate::faulty) trait Sees: Clone + Debug + PartialEq + 'static {
    fn look(view: &PublicView, message: &MlsMessage) -> Result<Looked<PublicView>, Refused> {
        View::look(view, message)
    }

    /// `first` is what the component held when the room was opened.
    fn data(view: &PublicView, _first: Option<&[u8]>, component: u16) -> Option<Vec<u8>> {
        View::data(view, component)
    }

    fn external_senders(view: &PublicView) -> Vec<(Vec<u8>, Vec<u8>)> {
        RoomView::external_senders(view)
    }

    fn joined(view: &PublicView) -> Vec<Vec<u8>> {
        View::joined(view)
    }

    fn held(view: &PublicView) -> Vec<Held> {
        View::held(view)
    }

    fn whole(view: &PublicView, partial: &PartialGroupInfo) -> Option<GroupInfo> {
        RoomView::whole(view, partial)
    }
}

/// A room that sees its group so.
pub(super) fn seen<B: Sees>(o: Opening) -> Made {
    Ok(Box::new(Room::<Seen<B>, Labelled>::open(o.settings, o.keys, &o.group_info, &o.ratchet_tree)?))
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::faulty) struct Seen<B> {
    view: PublicView,
    first: PublicView,
    bug: PhantomData<B>,
}

impl<B: Sees> View for Seen<B> {
    fn open(group_info: &MlsMessage, ratchet_tree: Option<&[u8]>) -> Result<Self, Refused> {
        let view: PublicView = View::open(group_info, ratchet_tree)?;
        Ok(Self { first: view.clone(), view, bug: PhantomData })
    }

    fn look(&self, message: &MlsMessage) -> Result<Looked<Self>, Refused> {
        let with = |view| Self { view, first: self.first.clone(), bug: PhantomData };
        Ok(match B::look(&self.view, message)? {
            Looked::Sealed => Looked::Sealed,
            Looked::Here(view) => Looked::Here(with(view)),
            Looked::Next(view) => Looked::Next(with(view)),
        })
    }

    fn tree_hash(&self) -> Vec<u8> {
        View::tree_hash(&self.view)
    }

    fn ratchet_tree(&self) -> Tree {
        View::ratchet_tree(&self.view)
    }

    fn octets(&self) -> usize {
        View::octets(&self.view)
    }

    fn members(&self) -> Vec<(u32, Vec<u8>)> {
        View::members(&self.view)
    }

    fn data(&self, component: u16) -> Option<Vec<u8>> {
        B::data(&self.view, View::data(&self.first, component).as_deref(), component)
    }

    fn joined(&self) -> Vec<Vec<u8>> {
        B::joined(&self.view)
    }

    fn held(&self) -> Vec<Held> {
        B::held(&self.view)
    }
}

impl<B: Sees> RoomView for Seen<B> {
    fn external_senders(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        B::external_senders(&self.view)
    }

    fn describes(&self, info: &GroupInfo) -> bool {
        self.view.describes(info)
    }

    fn whole(&self, partial: &PartialGroupInfo) -> Option<GroupInfo> {
        B::whole(&self.view, partial)
    }
}

/// How a hub signs and verifies: as it should, but for what a bug has of its own.
pub(super) trait Signs: Clone + Debug + PartialEq + 'static {
    fn sign(keys: &Labelled, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        keys.sign(label, content)
    }

    fn verify(suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool {
        Labelled::verify(suite, key, label, content, signature)
    }

    fn seal(
        keys: &Labelled,
        (suite, key): (u16, &[u8]),
        (label, context): (&str, &[u8]),
        pt: &[u8],
    ) -> Option<Vec<u8>> {
        keys.seal(suite, key, label, context, pt)
    }
}

/// A room whose hub signs so.
pub(super) fn signing<B: Signs>(o: Opening) -> Made {
    let keys = Signing::<B> { keys: o.keys, bug: PhantomData };
    Ok(Box::new(Room::<PublicView, _>::open(o.settings, keys, &o.group_info, &o.ratchet_tree)?))
}

#[derive(Clone, Debug, PartialEq)]
struct Signing<B> {
    keys: Labelled,
    bug: PhantomData<B>,
}

impl<B: Signs> RoomKeys for Signing<B> {
    fn public(&self) -> &[u8] {
        self.keys.public()
    }

    fn fits(&self, suite: u16) -> bool {
        self.keys.fits(suite)
    }

    fn sign(&self, label: &str, content: &[u8]) -> Option<Vec<u8>> {
        B::sign(&self.keys, label, content)
    }

    fn verify(&self, suite: u16, key: &[u8], label: &str, content: &[u8], signature: &[u8]) -> bool {
        B::verify(suite, key, label, content, signature)
    }

    fn seal(&self, suite: u16, key: &[u8], label: &str, context: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
        B::seal(&self.keys, (suite, key), (label, context), plaintext)
    }
}

/// What a bug does in place of a step.
pub(super) type Step = fn(&mut Told, Time, &ServiceProviderId, RoomInput) -> Result<Vec<RoomEffect>, Refused>;

/// A room between what it is told and what it tells, with another beside it that a bug may ask.
pub(super) struct Told {
    pub room: Box<dyn RoomHub>,
    pub twin: Box<dyn RoomHub>,
    /// What was pending, and may be told again.
    pub past: Vec<RoomInput>,
    step: Step,
}

/// A room around which this is done; the twin is opened otherwise.
pub(super) fn told(o: Opening, other: impl FnOnce(&mut Opening), step: Step) -> Made {
    let mut twin = o.clone();
    other(&mut twin);
    Ok(Box::new(Told { room: sound(o)?, twin: sound(twin)?, past: vec![], step }))
}

impl RoomHub for Told {
    fn step(&mut self, now: Time, from: &ServiceProviderId, input: RoomInput) -> Result<Vec<RoomEffect>, Refused> {
        (self.step)(self, now, from, input)
    }

    fn room_id(&self) -> &[u8] {
        self.room.room_id()
    }

    fn epoch(&self) -> u64 {
        self.room.epoch()
    }
}
