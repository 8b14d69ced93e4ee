//! What a device is told, and what becomes of what it does.

use super::build::{id, token};
use super::{Event, Named, World};
use crate::client::{self, Creation, Effect, Input, Invitation, Way, Wish};
use crate::delivery::{self, CreateGroup, Response};
use crate::entropy::Time;
use crate::protocol::KeyPackageRequest;
use crate::sim::packet::{Packet, Reply, Request, through};
use crate::sim::trace::{Entry, Place};
use crate::wire::hex;

/// Octets of `version` and `wire_format` before a KeyPackage.
const FRAME: [u8; 4] = [0, 1, 0, 5];

/// What a device sends to its hub to make a partition, or in one.
fn sends(effect: Effect) -> Option<Request> {
    match effect {
        Effect::Create(Creation { group_id, suite, partition_key, group_info, ratchet_tree }) => {
            let new = CreateGroup { group_id, suite, partition_key, group_info, ratchet_tree, room: None };
            Some(Request::Create(new))
        }
        Effect::Send(request) => Some(Request::Send(request)),
        Effect::ExternalJoin(request) => Some(Request::ExternalJoin(request)),
        Effect::Patched { request, patch } => Some(Request::Patched { request: Box::new(sends(*request)?), patch }),
        _ => None,
    }
}

impl World<'_> {
    pub(super) fn device_gets(&mut self, me: &str, from: &str, packet: Packet) {
        if !self.devices.get(me).is_some_and(|actor| actor.online) {
            // Whatever it asked for it asks for again; only a Welcome comes once.
            if let Packet::Welcome(welcome) = packet {
                self.keep(from, me, welcome);
            }
            return;
        }
        match packet {
            Packet::Welcome(welcome) => self.told(me, Input::Welcome(welcome)),
            Packet::Answer { asked, answer, .. } => self.answered(me, asked, answer),
            Packet::Push { response, .. } => self.hinted(me, response.hints),
            Packet::Request { .. } | Packet::WelcomeInit(_) | Packet::WelcomeAnswer { .. } => {}
        }
    }

    fn hinted(&mut self, me: &str, hints: Vec<crate::protocol::HintedEpoch>) {
        for hint in hints {
            let (partition, messages) = (hint.masked_partition_key, hint.epoch.messages);
            if self.devices.get(me).is_some_and(|actor| actor.device.position().is_some()) {
                self.told(me, Input::Hinted { partition, messages });
            }
        }
    }

    fn answered(&mut self, me: &str, asked: Request, answer: Result<Reply, crate::reason::Reason>) {
        match (asked, answer) {
            (Request::Receive { request, .. }, Ok(Reply::Received(response))) => {
                let (partition_key, first) = (request.partition_key, request.counter);
                // That there is nothing is news too, for who waits. Who was removed meanwhile waits for nothing.
                let messages = response.epoch.messages;
                let waits = self.devices.get(me).is_some_and(|actor| actor.device.position().is_some());
                if waits || !messages.is_empty() {
                    self.told(me, Input::Delivered { partition_key, first, messages });
                }
                self.hinted(me, response.hints);
            }
            (_, Ok(Reply::GroupInfo(response))) => self.told(me, Input::GroupInfo(response)),
            (_, Ok(Reply::Trees(response))) => self.told(me, Input::Trees(response)),
            (Request::TreeMarks(asked), Ok(Reply::TreeMarks(response))) => {
                let waits = self.devices.get(me).is_some_and(|actor| actor.device.position().is_some());
                if waits {
                    self.told(me, Input::TreeMarks { partition_key: asked.partition_key, response });
                }
            }
            (_, Ok(_)) => {}
            (asked, Err(reason)) => {
                let request = match asked.plain() {
                    Request::Create(_) => client::Request::Create,
                    Request::Send(send) => client::Request::Send(send.message.octets().to_vec()),
                    Request::ExternalJoin(_) => client::Request::ExternalJoin,
                    Request::GroupInfo(_) => client::Request::GroupInfo,
                    Request::Receive { .. } => return self.noted(me, &format!("may not read: {reason}")),
                    Request::Report { .. } => return self.noted(me, &format!("may not report: {reason}")),
                    Request::Patched { .. } | Request::Trees(_) | Request::TreeMarks(_) | Request::RepairTree(_) => {
                        client::Request::Tree
                    }
                };
                self.told(me, Input::Refused { request, reason });
            }
        }
    }

    /// One step of a device.
    pub(super) fn told(&mut self, me: &str, input: Input) {
        let Some(actor) = self.devices.get_mut(me) else { return };
        let mut effects = vec![];
        if let Err(refusal) = actor.device.step(Time(self.now), input, &mut effects) {
            return self.refused(me, refusal.reason.code(), &refusal.said);
        }
        let refused = effects.iter().any(|e| matches!(e, Effect::Unsent { .. }));
        let redo = actor.redo && !refused;
        let place = |e: &Effect| matches!(e, Effect::Entered { .. } | Effect::Moved { .. } | Effect::Out { .. });
        if effects.iter().any(place) {
            self.watch();
        }
        for effect in effects {
            self.does(me, effect, redo);
        }
    }

    fn does(&mut self, me: &str, effect: Effect, redo: bool) {
        match effect {
            Effect::KeyPackage(_) | Effect::Help(_) => {}
            Effect::Create(_) | Effect::Send(_) | Effect::ExternalJoin(_) | Effect::Patched { .. } => {
                if let Some(request) = sends(effect) {
                    self.ask(me, request);
                }
            }
            Effect::AskTrees(ask) => self.ask(me, Request::Trees(ask)),
            Effect::AskTreeMarks(ask) => self.ask(me, Request::TreeMarks(ask)),
            Effect::RepairTree(repair) => {
                self.noted(me, "finds another encrypted tree at the hub, and repairs it");
                self.ask(me, Request::RepairTree(repair));
            }
            Effect::TreeLost { reason } => self.noted(me, &format!("can not follow the encrypted tree: {reason}")),
            Effect::AskGroupInfo(request) => self.ask(me, Request::GroupInfo(request)),
            Effect::Ask(request) => self.ask(me, Request::Receive { group_id: self.group_of(me), request }),
            Effect::Left { position, unsent } => {
                self.noted(me, &format!("gives up its place in epoch {}, {} unsent", position.epoch, unsent.len()));
            }
            Effect::Entered { position, way } => {
                let how = match way {
                    Way::Created => "created",
                    Way::Welcomed => "welcomed",
                    Way::Joined => "joined",
                };
                self.moved(me, how, Some(Place::from(&position)));
            }
            Effect::Moved { position, .. } => self.moved(me, "commit", Some(Place::from(&position))),
            Effect::Out { .. } => self.moved(me, "out", None),
            Effect::Knows(knowledge) => self.knows(me, &knowledge),
            Effect::Application { sender, data } => self.entries.push(Entry::Heard {
                at: self.now,
                device: me.to_owned(),
                sender: String::from_utf8_lossy(&sender).into_owned(),
                text: String::from_utf8_lossy(&data).into_owned(),
            }),
            Effect::Proposal { .. } => self.noted(me, "keeps a proposal"),
            Effect::Ignored(ignored) => {
                let said = format!("ignores message {} of a partition: {}", ignored.index, ignored.said);
                self.refused(me, ignored.reason.code(), &said);
            }
            Effect::Suspect { said } => self.noted(me, &format!("follows a commit in a false envelope: {said}")),
            Effect::Lost(wish) => self.lost(me, &wish, redo),
            Effect::Unsent { reason } => self.noted(me, &format!("could not send: {reason}")),
        }
    }

    fn moved(&mut self, me: &str, how: &str, place: Option<Place>) {
        let (at, device) = (self.now, me.to_owned());
        self.entries.push(Entry::Moved { at, device, how: how.to_owned(), place });
    }

    fn ask(&mut self, me: &str, request: Request) {
        let Some(provider) = self.devices.get(me).map(|actor| actor.provider.clone()) else { return };
        self.post(me, &provider, Packet::Request { device: me.to_owned(), request });
    }

    fn lost(&mut self, me: &str, wish: &Wish, redo: bool) {
        let name = |i: &Invitation| self.key_packages.get(&i.key_package).cloned();
        // What updates say, by the list that was, may mean something else by now.
        let updates = vec![];
        let add = wish.add.iter().filter_map(name).collect();
        let named = Named { add, remove: wish.remove.clone(), update: wish.update, updates };
        self.noted(me, if redo { "lost a commit and makes it anew" } else { "lost a commit" });
        if redo {
            self.at(self.now.saturating_add(1), Event::Redo { device: me.to_owned(), wish: named });
        }
    }

    /// A commit of this device, unless nothing of it is left to do.
    pub(super) fn commit(&mut self, me: &str, mut wish: Named) {
        let Some(actor) = self.devices.get(me) else { return };
        let there = actor.device.members();
        let stays = |name: &str| there.iter().any(|l| l.identity == name.as_bytes() && !wish.remove.contains(&l.leaf));
        wish.add.retain(|name| !stays(name));
        if wish.add.is_empty() && wish.remove.is_empty() && wish.updates.is_empty() && !wish.update {
            return;
        }
        let mut add = vec![];
        for who in wish.add {
            match self.fetch(me, &who) {
                Some(invitation) => add.push(invitation),
                None => return self.noted(me, &format!("gets no KeyPackage of {who}")),
            }
        }
        self.told(me, Input::Commit(Wish { add, remove: wish.remove, update: wish.update, updates: wish.updates }));
    }

    /// Fetches a KeyPackage of a device from its provider (section 4.1).
    fn fetch(&mut self, me: &str, who: &str) -> Option<Invitation> {
        let home = self.devices.get(who)?.provider.clone();
        let own = self.devices.get(me)?.provider.clone();
        let request = KeyPackageRequest {
            user_id: who.as_bytes().to_vec(),
            bearer_token: token(who),
            version: 1,
            cipher_suite: self.scenario.suite,
        };
        let (asked, request) = through(&request).ok()?;
        self.fetched(me, &home, "KeyPackageRequest", who, &asked);
        let mut effects = vec![];
        let service = self.providers.get_mut(&home)?;
        let done = service.hub.step(Time(self.now), &id(&own), delivery::Input::KeyPackage(request), &mut effects);
        if let Err(refused) = done {
            self.refused(&home, refused.reason.code(), &refused.message);
            return None;
        }
        let found = effects.into_iter().find_map(|e| match e {
            delivery::Effect::Respond(Response::KeyPackage(response)) => Some(response),
            _ => None,
        })?;
        let (octets, found) = through(&found).ok()?;
        self.fetched(&home, me, "KeyPackageResponse", who, &octets);
        let found = found.key_package;
        let key_package = [FRAME.to_vec(), found].concat();
        self.key_packages.insert(key_package.clone(), who.to_owned());
        Some(Invitation { key_package, provider: id(&home) })
    }

    /// KeyPackages come over OHTTP, outside of what the network does to other packets.
    fn fetched(&mut self, from: &str, to: &str, what: &str, about: &str, octets: &[u8]) {
        self.entries.push(Entry::Crossed {
            at: self.now,
            arrives: vec![self.now],
            from: from.to_owned(),
            to: to.to_owned(),
            what: what.to_owned(),
            about: format!("of {about}"),
            octets: hex::encode(octets),
            fault: None,
        });
    }
}
