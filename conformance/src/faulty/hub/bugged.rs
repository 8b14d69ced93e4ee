use mimicheck::adapter::reference::{HubKind, HubSession};
use mimicheck::delivery::{Blind, Effect, Effects, Hub, Input, Refused, Response, Settings, TrackingHub};
use mimicheck::entropy::Time;
use mimicheck::protocol::{
    ContentType, Delivered, Head, MlsMessage, PartitionKey, ReceiveRequest, ReceiveResponse, SendRequest,
    ServiceProviderId,
};
use mimicheck::reason::Reason;

pub(in crate::faulty) type Done = Result<(), Refused>;

/// What a bug does in place of a step.
pub(in crate::faulty) type HubFault = fn(&mut Bugged, &ServiceProviderId, Input, &mut Effects) -> Done;

/// A hub with a bug, and what it remembers for it.
pub(in crate::faulty) struct Bugged {
    pub hub: Box<dyn Hub>,
    fault: HubFault,
    pub settings: Settings,
    /// What was taken, in order.
    pub past: Vec<(ServiceProviderId, Input)>,
    /// KeyPackages that were given.
    pub given: Vec<Vec<u8>>,
    /// Welcomes that were asked for and not answered.
    pub asked: Vec<(ServiceProviderId, MlsMessage)>,
    /// Something that cannot be taken back has happened.
    pub spoilt: bool,
}

/// A session whose hubs have this bug.
pub(in crate::faulty) fn bugged(fault: HubFault, change: Option<fn(&mut Settings)>) -> HubSession {
    HubSession::with(Box::new(move |kind, mut settings| {
        if let Some(change) = change {
            change(&mut settings);
        }
        let hub: Box<dyn Hub> = match kind {
            HubKind::Blind => Box::new(Blind::new(settings.clone())),
            HubKind::Tracking => Box::new(TrackingHub::tracking(settings.clone(), 64)),
        };
        let (past, given, asked) = (vec![], vec![], vec![]);
        Some(Box::new(Bugged { hub, fault, settings, past, given, asked, spoilt: false }))
    }))
}

/// A session whose tracking hubs are made so.
pub(in crate::faulty) fn seeing(make: fn(Settings) -> Box<dyn Hub>) -> HubSession {
    HubSession::with(Box::new(move |kind, settings| {
        Some(match kind {
            HubKind::Blind => Box::new(Blind::new(settings)),
            HubKind::Tracking => make(settings),
        })
    }))
}

impl Hub for Bugged {
    fn step(&mut self, _: Time, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
        (self.fault)(self, from, input, out)
    }
}

pub(in crate::faulty) fn refuse(reason: Reason) -> Done {
    Err(Refused::new(reason, "a seeded bug"))
}

/// As if it had been done.
pub(in crate::faulty) fn done(out: &mut Effects) -> Done {
    out.push(Effect::Respond(Response::Done));
    Ok(())
}

/// What a hub without bugs does.
pub(in crate::faulty) fn usual(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let begins = out.len();
    b.hub.step(Time::default(), from, input.clone(), out)?;
    for effect in out.iter().skip(begins) {
        match (effect, &input) {
            (Effect::WelcomeInit { to, .. }, _) => b.asked.extend(welcome_of(&input).map(|w| (to.clone(), w))),
            (Effect::Respond(Response::KeyPackage(r)), _) => b.given.push(r.key_package.clone()),
            _ => {}
        }
    }
    b.past.push((from.clone(), input));
    Ok(())
}

fn welcome_of(input: &Input) -> Option<MlsMessage> {
    let data = match input {
        Input::Send(request) => request.commit_data.as_ref(),
        Input::ExternalJoin(request) => Some(&request.commit_data),
        _ => None,
    };
    data.and_then(|data| data.welcome_data.as_ref()).map(|data| data.welcome.clone())
}

pub(in crate::faulty) fn group_of(message: &MlsMessage) -> Option<&[u8]> {
    match message.head() {
        Head::Public { group_id, .. } | Head::Private { group_id, .. } => Some(group_id),
        _ => None,
    }
}

pub(in crate::faulty) fn content(message: &MlsMessage) -> Option<ContentType> {
    match message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => Some(*content),
        _ => None,
    }
}

impl Bugged {
    /// The messages of a partition, whatever the bug.
    pub fn messages(&mut self, group_id: &[u8], partition_key: PartitionKey) -> Vec<Delivered> {
        let request = ReceiveRequest { partition_key, counter: 0 };
        let (own, mut out) = (self.settings.provider.clone(), vec![]);
        let asked = Input::Receive { group_id: group_id.to_vec(), request };
        // A group that is not there has none.
        let _ = self.hub.step(Time::default(), &own, asked, &mut out);
        out.iter_mut().find_map(received).map(|r| std::mem::take(&mut r.epoch.messages)).unwrap_or_default()
    }

    /// Requests to send that were taken.
    pub fn sent(&self) -> impl DoubleEndedIterator<Item = &SendRequest> {
        self.past.iter().filter_map(|(_, input)| if let Input::Send(request) = input { Some(request) } else { None })
    }

    /// Keys that commits led to, and those of creation, in the order in which they came.
    pub fn begun(&self, group_id: &[u8]) -> Vec<PartitionKey> {
        let next = |(_, input): &(_, Input)| match input {
            Input::CreateGroup(new) if new.group_id == group_id => Some(new.partition_key),
            Input::Send(r) if group_of(&r.message) == Some(group_id) => {
                r.commit_data.as_ref().map(|data| data.next_partition_key)
            }
            Input::ExternalJoin(r) if group_of(&r.message) == Some(group_id) => Some(r.commit_data.next_partition_key),
            _ => None,
        };
        self.past.iter().filter_map(next).collect()
    }

    /// Groups that were created.
    pub fn groups(&self) -> Vec<Vec<u8>> {
        let id = |(_, input): &(_, Input)| match input {
            Input::CreateGroup(new) => Some(new.group_id.clone()),
            _ => None,
        };
        self.past.iter().filter_map(id).collect()
    }
}

pub(in crate::faulty) fn received(effect: &mut Effect) -> Option<&mut ReceiveResponse> {
    if let Effect::Respond(Response::Received(response)) = effect { Some(response) } else { None }
}
