use super::input::{flag, small};
use super::json as shape;
use super::told as said;
use super::told::Sent;
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, octets, optional, optional_text, text, uint};
use crate::adapter::policy as room;
use crate::adapter::session::Session;
use crate::client::{Device, Effect, Effects, Envelope, Input, Request, Settings, Told, Wish};
use crate::entropy::Time;
use crate::mls::member::{Engine, PrivateKeys, Refusal};
use crate::protocol::{
    CipherSuite, GroupInfoResponse, MlsMessage, PartitionKey, ReceiveRequest, ReceiveResponse, Structure,
};
use crate::reason::{self, Reason, delivery};
use crate::tree::{TreeMarksResponse, TreesResponse};
use crate::wire::hex;
use crate::wire::tls::WireError;
use serde_json::{Value, json};
use std::rc::Rc;

/// Every operation of a client with its hub.
pub(in crate::adapter) const OPERATIONS: &[&str] = &[
    "device/commit",
    "device/deliver",
    "device/join",
    "device/knowledge",
    "device/refused",
    "device/send",
    "device/told",
    "device/tree-marks",
];

/// Refused, or an input of the wrong shape.
enum Stop {
    Refused(Reason, String, Option<usize>),
    Unsupported(String),
    Bad(BadInput),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.reason, refusal.said, None)
    }
}

impl From<WireError> for Stop {
    fn from(e: WireError) -> Self {
        Self::Refused(e.reason, e.to_string(), Some(e.offset))
    }
}

impl From<BadInput> for Stop {
    fn from(bad: BadInput) -> Self {
        Self::Bad(bad)
    }
}

type Result<T> = std::result::Result<T, Stop>;

/// One client and what its hub gives it.
pub(in crate::adapter) struct DeviceSession {
    engine: Rc<dyn Engine>,
    device: Option<Device>,
    /// Octets of the last message of its own.
    last: Vec<u8>,
}

impl Session for DeviceSession {
    fn answer(&mut self, op: &str, input: &Value) -> std::result::Result<Answer, BadInput> {
        match self.operation(op, input) {
            Ok(out) => Ok(Answer::Ok(out)),
            Err(Stop::Refused(reason, said, offset)) => Ok(Answer::reject(reason, said, offset)),
            Err(Stop::Unsupported(why)) => Ok(Answer::Unsupported(why)),
            Err(Stop::Bad(bad)) => Err(bad),
        }
    }
}

impl DeviceSession {
    /// A client that is nobody yet.
    pub(in crate::adapter) fn new(engine: Rc<dyn Engine>) -> Self {
        Self { engine, device: None, last: vec![] }
    }

    fn operation(&mut self, op: &str, input: &Value) -> Result<Value> {
        match op {
            "device/join" => self.join(input),
            "device/deliver" => self.deliver(input),
            "device/told" => {
                let told = Told {
                    member: octets(input, "member")?,
                    group_id: octets(input, "group_id")?,
                    epoch: uint(input, "epoch")?,
                    epoch_authenticator: octets(input, "epoch_authenticator")?,
                    authentic: flag(input, "authentic")?,
                };
                self.step(Input::Told(told))?;
                Ok(json!({}))
            }
            "device/refused" => {
                let code = text(input, "reason")?;
                let unknown = || BadInput(format!("\"reason\" is {code}, which is no reason of the table"));
                let reason = reason::find(code).ok_or_else(unknown)?;
                let request = Request::Send(self.last.clone());
                self.does(Input::Refused { request, reason })
            }
            "device/tree-marks" => self.marks(input),
            "device/send" => self.does(Input::Send { data: octets(input, "data")? }),
            "device/commit" => self.does(Input::Commit(Wish { update: true, ..Wish::default() })),
            "device/knowledge" => {
                let knowledge = self.device()?.knowledge();
                let outside = || Refusal { reason: reason::mls::NOT_A_MEMBER, said: "it is in no group".to_owned() };
                Ok(said::knowledge(&knowledge.ok_or_else(outside)?))
            }
            _ => Err(BadInput(format!("a client with its hub has no operation {op}")).into()),
        }
    }

    fn join(&mut self, input: &Value) -> Result<Value> {
        let keys = PrivateKeys {
            suite: CipherSuite(small(input, "cipher_suite")?),
            key_package: octets(input, "key_package")?,
            signature: octets(input, "signature_priv")?,
            encryption: octets(input, "encryption_priv")?,
            init: octets(input, "init_priv")?,
            encrypt_handshake: false,
        };
        let envelope = match optional_text(input, "envelope")? {
            None | Some("ignore") => Envelope::Ignore,
            Some("follow") => Envelope::Follow,
            Some(other) => return Err(BadInput(format!("\"envelope\" is {other}: ignore or follow")).into()),
        };
        let policy = optional(input, "room").map(room::known).transpose()?;
        let welcome = MlsMessage::decode(&octets(input, "welcome")?)?;
        let trees = optional(input, "trees").is_some();
        let (info, served) = if trees {
            (None, Some(TreesResponse::decode(&octets(input, "trees")?)?))
        } else {
            (Some(GroupInfoResponse::decode(&octets(input, "group_info")?)?), None)
        };
        if self.device.is_some() {
            return Err(
                Refusal { reason: delivery::NO_STATE, said: "this session has its group already".to_owned() }.into()
            );
        }
        if trees && !self.engine.looks_ahead() {
            return Err(Stop::Unsupported("it shows nothing of a Welcome before it has the tree".to_owned()));
        }
        let settings = Settings { envelope, policy, trees, ..Settings::new(keys.suite) };
        let mut device = Device::new(self.engine.restore(&keys)?, settings);
        let mut effects = vec![];
        device.step(Time(0), Input::Welcome(welcome), &mut effects)?;
        let asks = |wanted: fn(&Effect) -> bool| effects.iter().any(wanted);
        let given = match (info, served) {
            (Some(info), _) if asks(|effect| matches!(effect, Effect::AskGroupInfo(_))) => Some(Input::GroupInfo(info)),
            (_, Some(served)) if asks(|effect| matches!(effect, Effect::AskTrees(_))) => Some(Input::Trees(served)),
            _ => None,
        };
        if let Some(given) = given {
            device.step(Time(0), given, &mut effects)?;
        }
        let state = device.position().map(shape::state);
        self.device = Some(device);
        Ok(json!(state))
    }

    fn deliver(&mut self, input: &Value) -> Result<Value> {
        let request = ReceiveRequest::decode(&octets(input, "request")?)?;
        let response = ReceiveResponse::decode(&octets(input, "response")?)?;
        let (partition_key, first) = (request.partition_key, request.counter);
        let mut effects = self.step(Input::Delivered { partition_key, first, messages: response.epoch.messages })?;
        for hint in response.hints {
            // One that was removed is told nothing.
            if self.device()?.position().is_some() {
                let (partition, messages) = (hint.masked_partition_key, hint.epoch.messages);
                effects.extend(self.step(Input::Hinted { partition, messages })?);
            }
        }
        let device = self.device()?;
        let next = device.counter().map(|(key, counter)| {
            json!({
                "partition_key": hex::encode(&key.0),
                "counter": counter,
            })
        });
        Ok(json!({
            "came": said::came(&effects),
            "sends": said::sends(&effects).iter().map(Sent::name).collect::<Vec<_>>(),
            "next": next,
            "state": device.position().map(shape::state),
        }))
    }

    /// What the hub has of the encrypted tree of a partition.
    fn marks(&mut self, input: &Value) -> Result<Value> {
        let response = TreeMarksResponse::decode(&octets(input, "marks")?)?;
        let partition_key = octets(input, "partition_key")?.as_slice().try_into();
        let length = |_| BadInput("\"partition_key\" has 16 octets".to_owned());
        let partition_key = PartitionKey(partition_key.map_err(length)?);
        let effects = self.step(Input::TreeMarks { partition_key, response })?;
        let repair = effects.iter().find_map(|effect| match effect {
            Effect::RepairTree(repair) => repair.encode().ok(),
            _ => None,
        });
        let sends: Vec<_> = said::sends(&effects).iter().map(Sent::name).collect();
        let state = self.device()?.position().map(shape::state);
        Ok(json!({"sends": sends, "repair": repair.map(|octets| hex::encode(&octets)), "state": state}))
    }

    /// An input after which only what the device sends, and where it is, is of interest.
    fn does(&mut self, input: Input) -> Result<Value> {
        let effects = self.step(input)?;
        let sends: Vec<_> = said::sends(&effects).iter().map(Sent::name).collect();
        Ok(json!({"sends": sends, "state": self.device()?.position().map(shape::state)}))
    }

    fn step(&mut self, input: Input) -> Result<Effects> {
        let mut effects = vec![];
        self.device()?.step(Time(0), input, &mut effects)?;
        for sent in said::sends(&effects) {
            if let Sent::Message(octets) | Sent::Patched(octets) = sent {
                self.last = octets;
            }
        }
        Ok(effects)
    }

    fn device(&mut self) -> Result<&mut Device> {
        let none = || Refusal { reason: delivery::NO_STATE, said: "this session has no group yet".to_owned() };
        Ok(self.device.as_mut().ok_or_else(none)?)
    }
}
