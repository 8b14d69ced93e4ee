use super::forks::forks;
use super::pushes::{pushes, sequenced};
use super::settings::{Kind, kind, provider, settings};
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, array, bad, boolean, octets, optional, uint};
use crate::adapter::policy;
use crate::adapter::session::Session;
#[cfg(feature = "mls")]
use crate::delivery::TrackingHub;
use crate::delivery::{Blind, CreateGroup, Effect, Hub, Input, Response, Settings, Upload};
use crate::entropy::Time;
use crate::protocol::{
    CipherSuite, EncodeError, ExternalJoinRequest, ForkReport, GroupInfoRequest, KeyPackageRequest, MlsMessage,
    PartitionKey, ReceiveRequest, SendRequest, ServiceProviderId, Structure,
};
use crate::reason::{content as caller, delivery as reason};
use crate::wire::hex;
use crate::wire::tls::WireError;
use serde_json::{Value, json};

/// Makes a hub; `None` for a kind that this build does not have.
pub type Make = Box<dyn Fn(Kind, Settings) -> Option<Box<dyn Hub>>>;

/// One hub behind the operations of `hub/…`.
pub struct HubSession {
    make: Make,
    hub: Option<(Box<dyn Hub>, ServiceProviderId)>,
}

/// What a step comes to before its answer: a refusal is an answer, too.
type Step<T> = std::result::Result<T, Stop>;

enum Stop {
    Bad(BadInput),
    Refused(Answer),
}

impl std::convert::From<BadInput> for Stop {
    fn from(bad: BadInput) -> Self {
        Self::Bad(bad)
    }
}

impl Default for HubSession {
    fn default() -> Self {
        Self::with(Box::new(reference))
    }
}

/// The reference's hubs.
fn reference(kind: Kind, settings: Settings) -> Option<Box<dyn Hub>> {
    match kind {
        Kind::Blind => Some(Box::new(Blind::new(settings))),
        #[cfg(feature = "mls")]
        Kind::Tracking => Some(Box::new(TrackingHub::tracking(settings, IN_SIGHT))),
        #[cfg(not(feature = "mls"))]
        Kind::Tracking => None,
    }
}

/// How many partitions of a group the reference's tracking hub keeps in sight.
#[cfg(feature = "mls")]
const IN_SIGHT: usize = 64;

impl Session for HubSession {
    fn answer(&mut self, op: &str, input: &Value) -> Result<Answer> {
        match self.step(op, input) {
            Ok(out) => Ok(out),
            Err(Stop::Refused(answer)) => Ok(answer),
            Err(Stop::Bad(bad)) => Err(bad),
        }
    }
}

fn unreadable(e: WireError) -> Stop {
    Stop::Refused(Answer::reject(e.reason, e, Some(e.offset)))
}

/// A structure, read strictly.
fn read<T: Structure>(octets: &[u8]) -> Step<T> {
    T::decode(octets).map_err(unreadable)
}

impl HubSession {
    /// The operations of a session.
    pub const OPS: &'static [&'static str] = &[
        "hub/new",
        "hub/create-group",
        "hub/send",
        "hub/welcome-answer",
        "hub/receive",
        "hub/external-join",
        "hub/group-info",
        "hub/upload",
        "hub/key-package",
        "hub/terminate",
        "hub/report",
        "hub/forks",
    ];

    /// A session whose hubs are made so.
    #[must_use]
    pub fn with(make: Make) -> Self {
        Self { make, hub: None }
    }

    /// One operation, as JSON.
    pub fn operate(&mut self, op: &str, input: &Value) -> Answer {
        Session::answer(self, op, input).unwrap_or_else(|bad| Answer::reject(caller::BAD_INPUT, bad, None))
    }

    fn step(&mut self, op: &str, input: &Value) -> Step<Answer> {
        if op == "hub/new" {
            return self.begin(input);
        }
        let Some((hub, own)) = &mut self.hub else {
            return Err(Stop::Refused(Answer::reject(reason::NO_STATE, "hub/new comes first", None)));
        };
        let request = || octets(input, "request");
        let (from, asked) = match op {
            "hub/create-group" => (provider(input, "from")?, Input::CreateGroup(create(input)?)),
            "hub/send" => (provider(input, "from")?, Input::Send(read::<SendRequest>(&request()?)?)),
            "hub/welcome-answer" => {
                (provider(input, "from")?, Input::WelcomeAnswer { accept: boolean(input, "accept")? })
            }
            "hub/receive" => {
                let (group_id, request) = (octets(input, "group_id")?, read::<ReceiveRequest>(&request()?)?);
                (provider(input, "from")?, Input::Receive { group_id, request })
            }
            "hub/external-join" => {
                (provider(input, "from")?, Input::ExternalJoin(read::<ExternalJoinRequest>(&request()?)?))
            }
            "hub/group-info" => (provider(input, "from")?, Input::GroupInfo(read::<GroupInfoRequest>(&request()?)?)),
            "hub/upload" => (own.clone(), Input::Upload(upload(input)?)),
            // Asked through a proxy that hides who asks (section 4.1).
            "hub/key-package" => (own.clone(), Input::KeyPackage(read::<KeyPackageRequest>(&request()?)?)),
            "hub/terminate" => {
                let (group_id, partition_key) = (octets(input, "group_id")?, partition_key(input)?);
                (own.clone(), Input::Terminate { group_id, partition_key })
            }
            "hub/report" => {
                let (group_id, report) = (octets(input, "group_id")?, read::<ForkReport>(&octets(input, "report")?)?);
                (provider(input, "from")?, Input::Report { group_id, report })
            }
            "hub/forks" => (own.clone(), Input::Forks { group_id: octets(input, "group_id")? }),
            _ => return Ok(Answer::Unsupported(format!("no operation {op}"))),
        };
        let mut out = vec![];
        // A hub of this suite does nothing by the clock.
        match hub.step(Time::default(), &from, asked, &mut out) {
            Err(refused) => Ok(Answer::reject(refused.reason, refused.message, None)),
            Ok(()) => Ok(output(op, &out).map_or_else(|e| Answer::reject(e.reason, e, None), Answer::Ok)),
        }
    }

    fn begin(&mut self, input: &Value) -> Step<Answer> {
        let (kind, settings) = (kind(input)?, settings(input)?);
        if self.hub.is_some() {
            return Err(Stop::Refused(Answer::reject(reason::NO_STATE, "a session is one hub", None)));
        }
        let own = settings.provider.clone();
        let Some(hub) = (self.make)(kind, settings) else {
            return Ok(Answer::Unsupported("this build has no hub of that kind".into()));
        };
        self.hub = Some((hub, own));
        Ok(Answer::Ok(json!({})))
    }
}

/// An `Err` would be a fault of the hub: what it was given it had to be able to give.
fn output(op: &str, effects: &[Effect]) -> std::result::Result<Value, EncodeError> {
    if let Some(forks) = forks(effects) {
        return Ok(forks);
    }
    let response = effects.iter().find_map(|effect| match effect {
        Effect::Respond(Response::Received(r)) => Some(r.encode()),
        Effect::Respond(Response::GroupInfo(r)) => Some(r.encode()),
        Effect::Respond(Response::KeyPackage(r)) => Some(r.encode()),
        _ => None,
    });
    Ok(match (op, response.transpose()?) {
        ("hub/send" | "hub/welcome-answer", _) => json!({"pushes": pushes(effects)?}),
        ("hub/external-join", _) => {
            let partition = sequenced(effects).map(|key| hex::encode(&key.0));
            json!({"partition_key": partition, "pushes": pushes(effects)?})
        }
        (_, Some(response)) => json!({"response": hex::encode(&response)}),
        (_, None) => json!({}),
    })
}

fn partition_key(input: &Value) -> Result<PartitionKey> {
    let key = octets(input, "partition_key")?.try_into();
    key.map_or_else(|_| bad("partition_key", "does not have 16 octets"), |key| Ok(PartitionKey(key)))
}

fn create(input: &Value) -> Step<CreateGroup> {
    let suite = u16::try_from(uint(input, "cipher_suite")?);
    let suite = suite.or_else(|_| bad("cipher_suite", "has more than 16 bits"))?;
    let group_info = match optional(input, "group_info") {
        None => None,
        Some(_) => Some(MlsMessage::decode(&octets(input, "group_info")?).map_err(unreadable)?),
    };
    let ratchet_tree = optional(input, "ratchet_tree").map(|_| octets(input, "ratchet_tree")).transpose()?;
    let room = optional(input, "room").map(policy::known).transpose()?.map(Box::new);
    Ok(CreateGroup {
        group_id: octets(input, "group_id")?,
        suite: CipherSuite(suite),
        partition_key: partition_key(input)?,
        group_info,
        ratchet_tree,
        room,
    })
}

fn upload(input: &Value) -> Result<Upload> {
    let hex_of = |v: &Value| v.as_str().and_then(|text| hex::decode(text).ok());
    let read = |v| hex_of(v).map_or_else(|| bad("key_packages", "holds something that is not lower-case hex"), Ok);
    Ok(Upload {
        user_id: octets(input, "user_id")?,
        bearer_token: octets(input, "bearer_token")?,
        key_packages: array(input, "key_packages")?.iter().map(read).collect::<Result<_>>()?,
        last_resort: optional(input, "last_resort").map(|_| octets(input, "last_resort")).transpose()?,
    })
}
