//! A provider that fetches for its users and keeps what it fetched: a [`Follower`] between them and the hub. Others only
//! pass on what users ask.

use super::World;
use super::build::id;
use crate::delivery::{Follower, FollowerEffect, FollowerInput, FollowerSettings};
use crate::entropy::Time;
use crate::protocol::{
    CipherSuite, Delivered, Epoch, HintedEpoch, MaskedPartitionKey, MlsMessage, PartitionKey, ReceiveRequest,
    ReceiveResponse, WelcomeInitRequest,
};
use crate::reason::Reason;
use crate::sim::packet::{Packet, Reply, Request};
use std::collections::BTreeMap;

/// What such a provider has for its users.
pub(super) struct Keeper {
    follower: Follower,
    /// Messages of partitions that a user follows, from the first on.
    kept: BTreeMap<(String, PartitionKey), Vec<Delivered>>,
    /// The same of partitions that hints told of.
    hinted: BTreeMap<(String, MaskedPartitionKey), Vec<Delivered>>,
    /// Who waits for an answer of the hub.
    waiting: Vec<(String, ReceiveRequest)>,
}

impl Keeper {
    pub fn new() -> Self {
        // Users ask as often as they like; so does their provider.
        let settings = FollowerSettings { poll_every: 0, ..FollowerSettings::default() };
        let (kept, hinted) = (BTreeMap::new(), BTreeMap::new());
        Self { follower: Follower::new(settings), kept, hinted, waiting: vec![] }
    }

    /// What it has of a partition from a place on, and of others.
    fn has(&self, device: &str, request: &ReceiveRequest) -> ReceiveResponse {
        let from = usize::try_from(request.counter).unwrap_or(usize::MAX);
        let all = self.kept.get(&(device.to_owned(), request.partition_key)).map(Vec::as_slice).unwrap_or_default();
        let messages = all.get(from..).unwrap_or_default().to_vec();
        let hints = self.hinted.iter().filter(|((user, _), _)| user == device);
        let hint = |((_, masked), messages): (&(String, MaskedPartitionKey), &Vec<Delivered>)| HintedEpoch {
            masked_partition_key: masked.clone(),
            epoch: Epoch { messages: messages.clone() },
        };
        ReceiveResponse { epoch: Epoch { messages }, hints: hints.map(hint).collect() }
    }
}

impl World<'_> {
    pub(super) fn keeps(&self, me: &str) -> bool {
        self.providers.get(me).is_some_and(|service| service.keeper.is_some())
    }

    /// One step of the follower; what it refuses is in the record.
    fn follow(&mut self, me: &str, from: &str, input: FollowerInput) -> Option<Vec<FollowerEffect>> {
        let keeper = self.providers.get_mut(me)?.keeper.as_mut()?;
        let mut effects = vec![];
        match keeper.follower.step(Time(self.now), &id(from), input, &mut effects) {
            Ok(()) => Some(effects),
            Err(refused) => {
                self.refused(me, refused.reason.code(), &refused.message);
                None
            }
        }
    }

    /// KeyPackages that a Welcome may name.
    pub(super) fn expects(&mut self, me: &str, device: &str, key_package_refs: Vec<Vec<u8>>) {
        let user = device.as_bytes().to_vec();
        self.follow(me, me, FollowerInput::Expect { user, key_package_refs, reusable: false });
    }

    /// Whether it wants a Welcome.
    pub(super) fn keeper_wants(&mut self, me: &str, hub: &str, request: WelcomeInitRequest) -> bool {
        let effects = self.follow(me, hub, FollowerInput::WelcomeInit(request)).unwrap_or_default();
        effects.iter().any(|effect| matches!(effect, FollowerEffect::WelcomeAnswer { accept: true, .. }))
    }

    /// The devices that a Welcome is for.
    pub(super) fn keeper_welcomes(&mut self, me: &str, hub: &str, welcome: MlsMessage) -> Vec<String> {
        let effects = self.follow(me, hub, FollowerInput::Welcome(welcome)).unwrap_or_default();
        let user = |effect: FollowerEffect| match effect {
            FollowerEffect::Welcome { user, .. } => Some(String::from_utf8_lossy(&user).into_owned()),
            _ => None,
        };
        effects.into_iter().filter_map(user).collect()
    }

    /// A user wants a partition: it gets what is there, and else waits for the hub.
    pub(super) fn keeper_asked(
        &mut self,
        me: &str,
        hub: &str,
        device: String,
        group_id: Vec<u8>,
        request: ReceiveRequest,
    ) {
        let (user, suite) = (device.as_bytes().to_vec(), CipherSuite(self.scenario.suite));
        let follow =
            FollowerInput::Follow { user, hub: id(hub), group_id, suite, partition_key: request.partition_key };
        self.follow(me, me, follow);
        let Some(keeper) = self.providers.get_mut(me).and_then(|service| service.keeper.as_mut()) else { return };
        if !keeper.has(&device, &request).epoch.messages.is_empty() {
            return self.serve(me, &device, &request);
        }
        if !keeper.waiting.iter().any(|(waits, asked)| *waits == device && *asked == request) {
            keeper.waiting.push((device, request));
        }
        self.keeper_fetches(me, hub);
    }

    /// Asks the hub for everything that its users follow, whether they are online or not.
    pub(super) fn keeper_fetches(&mut self, me: &str, hub: &str) {
        for effect in self.follow(me, me, FollowerInput::Tick).unwrap_or_default() {
            if let FollowerEffect::Ask { user, group_id, request, .. } = effect {
                let device = String::from_utf8_lossy(&user).into_owned();
                self.post(me, hub, Packet::Request { device, request: Request::Receive { group_id, request } });
            }
        }
    }

    fn serve(&mut self, me: &str, device: &str, request: &ReceiveRequest) {
        let keeper = self.providers.get(me).and_then(|service| service.keeper.as_ref());
        let Some(response) = keeper.map(|keeper| keeper.has(device, request)) else { return };
        let asked = Request::Receive { group_id: self.group_of(device), request: *request };
        let answer = Ok(Reply::Received(response));
        self.post(me, device, Packet::Answer { device: device.to_owned(), asked, answer });
    }

    /// The hub's answer to what was asked for a user.
    pub(super) fn keeper_answered(
        &mut self,
        me: &str,
        hub: &str,
        device: &str,
        (group_id, request): (Vec<u8>, ReceiveRequest),
        answer: Result<ReceiveResponse, Reason>,
    ) {
        match answer {
            Err(reason) => {
                let asked = Request::Receive { group_id, request };
                self.post(me, device, Packet::Answer { device: device.to_owned(), asked, answer: Err(reason) });
            }
            Ok(response) => {
                let user = device.as_bytes().to_vec();
                self.keep_all(me, hub, FollowerInput::Answered { user, group_id, request, response });
            }
        }
        let Some(keeper) = self.providers.get_mut(me).and_then(|service| service.keeper.as_mut()) else { return };
        let (ready, wait) = std::mem::take(&mut keeper.waiting)
            .into_iter()
            .partition(|(waits, asked)| waits == device && asked.partition_key == request.partition_key);
        keeper.waiting = wait;
        let ready: Vec<(String, ReceiveRequest)> = ready;
        for (device, request) in ready {
            self.serve(me, &device, &request);
        }
    }

    /// Keeps what an answer or a push delivers.
    pub(super) fn keep_all(&mut self, me: &str, hub: &str, input: FollowerInput) {
        let effects = self.follow(me, hub, input).unwrap_or_default();
        let Some(keeper) = self.providers.get_mut(me).and_then(|service| service.keeper.as_mut()) else { return };
        let name = |user: Vec<u8>| String::from_utf8_lossy(&user).into_owned();
        for effect in effects {
            match effect {
                FollowerEffect::Deliver { user, partition_key, messages, .. } => {
                    keeper.kept.entry((name(user), partition_key)).or_default().extend(messages);
                }
                FollowerEffect::Hint { user, partition, messages, .. } => {
                    keeper.hinted.entry((name(user), partition)).or_default().extend(messages);
                }
                _ => {}
            }
        }
    }
}
