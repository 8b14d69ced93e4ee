//! Packets between devices and the hub, and what follows from each.

use super::hubs::Hosting;
use super::walk::{MOST_PACKETS, Packet, Sequenced, World};
use crate::client::{Effect, Input, Request};
use crate::delivery::{self, Response};
use crate::entropy::Time;
use crate::fuzzing::generators::hub_name;
use crate::protocol::{ContentType, Head, MlsMessage, PartitionKey, ReceiveRequest};

impl<H: Hosting> World<H> {
    /// Tells a device something. Whether it took it.
    pub(super) fn tell(&mut self, place: usize, input: Input) -> Result<bool, String> {
        self.now = self.now.saturating_add(1);
        // What is refused is said first; what else is unsent is what has waited.
        let mut refused = matches!(input, Input::Refused { .. });
        let Some(seat) = self.seats.get_mut(place) else { return Ok(false) };
        seat.known.muddled |= matches!(input, Input::Refused { request: Request::ExternalJoin, .. });
        let Ok(effects) = seat.take(Time(self.now), input).map_err(|e| format!("device {place}: {e}"))? else {
            return Ok(false);
        };
        for effect in effects {
            if matches!(effect, Effect::Unsent { .. }) && !std::mem::take(&mut refused) {
                self.seats.get_mut(place).and_then(|seat| seat.known.waiting.pop_front());
            }
            self.follow(place, effect);
        }
        Ok(true)
    }

    fn follow(&mut self, place: usize, effect: Effect) {
        let (input, refused) = match effect {
            Effect::Send(request) => {
                let octets = request.message.octets().to_vec();
                if content(&request.message) == Some(ContentType::Application)
                    && let Some(seat) = self.seats.get_mut(place)
                    && let Some(data) = seat.known.waiting.pop_front()
                    && !seat.known.muddled
                {
                    self.said.insert(octets.clone(), data);
                }
                (delivery::Input::Send(request), Some(Request::Send(octets)))
            }
            Effect::ExternalJoin(request) => {
                if let Some(seat) = self.seats.get_mut(place) {
                    seat.known.joined = true;
                }
                (delivery::Input::ExternalJoin(request), Some(Request::ExternalJoin))
            }
            Effect::AskGroupInfo(request) => (delivery::Input::GroupInfo(request), Some(Request::GroupInfo)),
            Effect::Ask(request) => {
                let group_id = self.group_id.clone();
                (delivery::Input::Receive { group_id, request }, None)
            }
            _ => return,
        };
        // Questions may be lost where too many are under way; what is sent is not.
        if refused.is_some() || self.packets.len() < MOST_PACKETS {
            self.packets.push(Packet::Asks(place, Box::new(input), refused));
        }
    }

    pub(super) fn carry(&mut self, packet: Packet) -> Result<(), String> {
        match packet {
            Packet::Tells(to, input) => self.tell(to, *input).map(drop),
            Packet::Answers(to, request, response) => {
                for hint in response.hints {
                    let messages = hint.epoch.messages;
                    self.tell(to, Input::Hinted { partition: hint.masked_partition_key, messages })?;
                }
                let ReceiveRequest { partition_key, counter: first } = request;
                self.tell(to, Input::Delivered { partition_key, first, messages: response.epoch.messages }).map(drop)
            }
            Packet::Asks(from, input, refused) => self.ask(from, *input, refused),
        }
    }

    fn ask(&mut self, from: usize, input: delivery::Input, refused: Option<Request>) -> Result<(), String> {
        self.now = self.now.saturating_add(1);
        let (before, mut out) = (self.hub.clone(), vec![]);
        let sent = sent(&input);
        if let Err(refusal) = self.hub.step(Time(self.now), &hub_name(), input.clone(), &mut out) {
            if self.hub != before || !out.is_empty() {
                return Err(format!("the hub refused ({refusal}), and changed"));
            }
            if let Some(request) = refused {
                let told = Input::Refused { request, reason: refusal.reason };
                self.packets.push(Packet::Tells(from, Box::new(told)));
            }
            return Ok(());
        }
        for effect in out {
            match (effect, &input) {
                (delivery::Effect::Respond(Response::Received(response)), delivery::Input::Receive { request, .. }) => {
                    self.packets.push(Packet::Answers(from, *request, response));
                }
                (delivery::Effect::Respond(Response::GroupInfo(info)), _) => {
                    self.packets.push(Packet::Tells(from, Box::new(Input::GroupInfo(info))));
                }
                (delivery::Effect::Sequenced { partition, index, .. }, _) => {
                    if let Some((message, next)) = &sent {
                        self.sequenced.push(Sequenced::new(partition, index, from, message, *next));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Sequenced {
    fn new(partition: PartitionKey, index: u32, from: usize, message: &MlsMessage, next: Option<PartitionKey>) -> Self {
        Self { partition, index, from, octets: message.octets().to_vec(), content: content(message), next }
    }
}

fn content(message: &MlsMessage) -> Option<ContentType> {
    match message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => Some(*content),
        _ => None,
    }
}

/// The message of a request, and where its commit leads.
fn sent(input: &delivery::Input) -> Option<(MlsMessage, Option<PartitionKey>)> {
    match input {
        delivery::Input::Send(r) => {
            Some((r.message.clone(), r.commit_data.as_ref().map(|data| data.next_partition_key)))
        }
        delivery::Input::ExternalJoin(r) => Some((r.message.clone(), Some(r.commit_data.next_partition_key))),
        _ => None,
    }
}
