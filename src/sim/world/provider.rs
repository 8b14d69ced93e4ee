//! What a provider does: relays for its users, hosts groups, keeps Welcomes for who is offline.

use super::World;
use super::build::id;
use crate::delivery::{Effect, FollowerInput, Input, Refused, Response};
use crate::entropy::Time;
use crate::protocol::{Head, MlsMessage, PartitionKey, ReceiveResponse, WelcomeInitRequest};
use crate::reason::{Reason, delivery as reason};
use crate::sim::packet::{Packet, Reply, Request, kind};
use crate::sim::trace::Entry;
use crate::wire::hex;

impl World<'_> {
    pub(super) fn provider_gets(&mut self, me: &str, from: &str, packet: Packet) {
        match packet {
            Packet::Request { device, request } => self.relay(me, from, device, request),
            Packet::Answer { device, asked: Request::Receive { group_id, request }, answer } if self.keeps(me) => {
                let answer = answer.map(|reply| match reply {
                    Reply::Received(response) => response,
                    _ => ReceiveResponse::default(),
                });
                self.keeper_answered(me, from, &device, (group_id, request), answer);
            }
            Packet::Answer { ref device, .. } => {
                let device = device.clone();
                self.post(me, &device, packet);
            }
            Packet::WelcomeInit(request) => {
                let accept =
                    if self.keeps(me) { self.keeper_wants(me, from, request) } else { self.wants(me, &request) };
                if !accept {
                    let text = reason::NO_SUCH_KEY_PACKAGE;
                    self.refused(me, text.code(), "asked for a Welcome to KeyPackages of nobody here");
                }
                self.post(me, from, Packet::WelcomeAnswer { accept });
            }
            Packet::WelcomeAnswer { accept } => {
                // A refusal is in the record; nobody waits for an answer to an answer.
                let _ = self.host(me, from, Input::WelcomeAnswer { accept }, None);
            }
            Packet::Welcome(welcome) => self.hand_over(me, from, &welcome),
            Packet::Push { group_id, response } => {
                if self.keeps(me) {
                    let (group_id, response) = (group_id.clone(), response.clone());
                    self.keep_all(me, from, FollowerInput::Pushed { group_id, response });
                }
                let own = self.devices.iter().filter(|(_, actor)| actor.provider == me && actor.online);
                let own: Vec<String> = own.map(|(name, _)| name.clone()).collect();
                for device in own {
                    let (group_id, response) = (group_id.clone(), response.clone());
                    self.post(me, &device, Packet::Push { group_id, response });
                }
            }
        }
    }

    /// What a user of this provider, or another provider's, asks.
    fn relay(&mut self, me: &str, from: &str, device: String, request: Request) {
        if matches!(request.plain(), Request::Create(_)) {
            self.hub = Some(me.to_owned());
        }
        match self.hub.clone() {
            Some(hub) if hub == me => self.answer(me, from, device, request),
            Some(hub) if self.keeps(me) && self.devices.contains_key(from) => match request {
                Request::Receive { group_id, request } => self.keeper_asked(me, &hub, device, group_id, request),
                other => self.post(me, &hub, Packet::Request { device, request: other }),
            },
            // Only a user's own provider relays for it.
            Some(hub) if self.devices.contains_key(from) => self.post(me, &hub, Packet::Request { device, request }),
            _ => {
                let answer = Err(reason::UNKNOWN_GROUP);
                self.post(me, from, Packet::Answer { device, asked: request, answer });
            }
        }
    }

    fn answer(&mut self, me: &str, from: &str, device: String, request: Request) {
        let speaks = if self.devices.contains_key(from) { me } else { from };
        let about = match request.plain() {
            Request::Send(send) => Some((kind(&send.message), send.commit_data.as_ref().map(|d| d.next_partition_key))),
            Request::ExternalJoin(join) => Some(("external commit", Some(join.commit_data.next_partition_key))),
            _ => None,
        };
        let asked = request.clone();
        let answer = self.host(me, speaks, request.into(), about.map(|(what, next)| (device.as_str(), what, next)));
        self.post(me, from, Packet::Answer { device, asked, answer });
    }

    /// One step of a hub. Its answer; whatever else follows is posted.
    fn host(
        &mut self,
        me: &str,
        speaks: &str,
        input: Input,
        about: Option<(&str, &str, Option<PartitionKey>)>,
    ) -> Result<Reply, Reason> {
        let mut effects = vec![];
        let Some(service) = self.providers.get_mut(me) else { return Err(reason::NO_STATE) };
        let (now, from) = (Time(self.now), id(speaks));
        let done = match self.crooks.get_mut(speaks) {
            Some(crook) => crook.step(service.hub.as_mut(), now, &from, input, &mut effects),
            None => service.hub.step(now, &from, input, &mut effects),
        };
        if let Err(Refused { reason, message }) = done {
            self.refused(me, reason.code(), &message);
            return Err(reason);
        }
        let mut reply = Reply::Done;
        for effect in effects {
            match effect {
                Effect::Respond(Response::Received(response)) => reply = Reply::Received(response),
                Effect::Respond(Response::GroupInfo(response)) => reply = Reply::GroupInfo(response),
                Effect::Respond(Response::Trees(response)) => reply = Reply::Trees(response),
                Effect::Respond(Response::TreeMarks(response)) => reply = Reply::TreeMarks(response),
                Effect::Respond(Response::Done | Response::KeyPackage(_) | Response::Forks(..)) => {}
                Effect::Terminated { partition, .. } => self.ended(me, &partition),
                Effect::WelcomeInit { to, request } => {
                    self.post(me, &String::from_utf8_lossy(&to.0), Packet::WelcomeInit(request));
                }
                Effect::Welcome { to, welcome } if to == id(me) => self.hand_over(me, me, &welcome),
                Effect::Welcome { to, welcome } => {
                    self.post(me, &String::from_utf8_lossy(&to.0), Packet::Welcome(welcome));
                }
                Effect::Push { to, group_id, response } if to == id(me) => {
                    self.provider_gets(me, me, Packet::Push { group_id, response });
                }
                Effect::Push { to, group_id, response } => {
                    self.post(me, &String::from_utf8_lossy(&to.0), Packet::Push { group_id, response });
                }
                Effect::Sequenced { partition, index, .. } => {
                    let (device, about, next) = about.unwrap_or(("", "message", None));
                    self.entries.push(Entry::Sequenced {
                        at: self.now,
                        by: me.to_owned(),
                        partition: hex::encode(&partition.0),
                        index,
                        about: about.to_owned(),
                        device: Some(device.to_owned()).filter(|name| !name.is_empty()),
                        next: next.map(|key| hex::encode(&key.0)),
                    });
                }
            }
        }
        Ok(reply)
    }

    fn wants(&self, me: &str, request: &WelcomeInitRequest) -> bool {
        let service = self.providers.get(me);
        service.is_some_and(|s| request.key_package_refs.iter().any(|r| s.refs.contains_key(r)))
    }

    /// Gives a Welcome to those of its users' devices that it names.
    fn hand_over(&mut self, me: &str, from: &str, welcome: &MlsMessage) {
        let Head::Welcome { recipients, .. } = welcome.head() else { return };
        let named = if self.keeps(me) {
            self.keeper_welcomes(me, from, welcome.clone())
        } else {
            let Some(service) = self.providers.get(me) else { return };
            recipients.iter().filter_map(|r| service.refs.get(r).cloned()).collect()
        };
        for device in named {
            if self.devices.get(&device).is_some_and(|actor| actor.online) {
                self.post(me, &device, Packet::Welcome(welcome.clone()));
            } else {
                self.keep(me, &device, welcome.clone());
            }
        }
    }

    pub(super) fn keep(&mut self, me: &str, device: &str, welcome: MlsMessage) {
        if let Some(service) = self.providers.get_mut(me) {
            service.mailbox.entry(device.to_owned()).or_default().push(welcome);
        }
    }

    /// The operator of the hub blocks a partition.
    pub(super) fn terminate(&mut self, group_id: Vec<u8>, partition_key: PartitionKey) {
        if let Some(hub) = self.hub.clone() {
            let input = Input::Terminate { group_id, partition_key };
            // As above: what the hub refuses its operator is in the record.
            if self.host(&hub, &hub, input, None).is_ok() {
                self.ended(&hub, &partition_key);
            }
        }
    }
}
