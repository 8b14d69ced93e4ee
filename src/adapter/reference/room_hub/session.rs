use super::answers::output;
use super::settings::{Opening, keys, settings};
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, octets, text, uint};
use crate::adapter::session::Session;
use crate::crypto::Labelled;
use crate::delivery::{Refused, Room, RoomHub, RoomInput};
use crate::entropy::Time;
use crate::mls::public::PublicView;
use crate::protocol::room::{
    GroupInfoCode, HandshakeBundle, Octets, Protocol, RoomGroupInfoRequest, RoomGroupInfoResponse, SubmitMessageRequest,
};
use crate::protocol::{MlsMessage, ServiceProviderId, Structure};
use crate::reason::{content as caller, delivery as reason};
use crate::wire::hex;
use crate::wire::tls::WireError;
use serde_json::{Value, json};

/// Makes a room at its hub.
pub type MakeRoom = Box<dyn Fn(Opening) -> std::result::Result<Box<dyn RoomHub>, Refused>>;

/// One room behind the operations of `room-hub/…`.
pub struct RoomSession {
    make: MakeRoom,
    room: Option<(Box<dyn RoomHub>, ServiceProviderId)>,
}

/// What a step comes to before its answer: a refusal is an answer, too.
type Step<T> = std::result::Result<T, Stop>;

enum Stop {
    Bad(BadInput),
    Refused(Answer),
}

impl From<BadInput> for Stop {
    fn from(bad: BadInput) -> Self {
        Self::Bad(bad)
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(Answer::reject(refused.reason, refused.message, None))
    }
}

impl From<WireError> for Stop {
    fn from(e: WireError) -> Self {
        Self::Refused(Answer::reject(e.reason, e, Some(e.offset)))
    }
}

impl Default for RoomSession {
    fn default() -> Self {
        Self::with(Box::new(|opening| {
            let Opening { settings, keys, group_info, ratchet_tree } = opening;
            let room = Room::<PublicView, Labelled>::open(settings, keys, &group_info, &ratchet_tree)?;
            Ok(Box::new(room))
        }))
    }
}

impl Session for RoomSession {
    fn answer(&mut self, op: &str, input: &Value) -> Result<Answer> {
        match self.step(op, input) {
            Ok(out) => Ok(out),
            Err(Stop::Refused(answer)) => Ok(answer),
            Err(Stop::Bad(bad)) => Err(bad),
        }
    }
}

impl RoomSession {
    /// The operations of a session.
    pub const OPS: &'static [&'static str] = &[
        "room-hub/new",
        "room-hub/update",
        "room-hub/submit",
        "room-hub/group-info",
        "room-hub/claimed",
        "room-hub/expel",
    ];

    /// A session whose rooms are made so.
    #[must_use]
    pub fn with(make: MakeRoom) -> Self {
        Self { make, room: None }
    }

    /// One operation, as JSON.
    pub fn operate(&mut self, op: &str, input: &Value) -> Answer {
        Session::answer(self, op, input).unwrap_or_else(|bad| Answer::reject(caller::BAD_INPUT, bad, None))
    }

    fn step(&mut self, op: &str, input: &Value) -> Step<Answer> {
        if op == "room-hub/new" {
            return self.begin(input);
        }
        let Some((room, hub)) = &mut self.room else {
            return Err(Stop::Refused(Answer::reject(reason::NO_STATE, "room-hub/new comes first", None)));
        };
        let request = || octets(input, "request");
        let from = || Ok::<_, BadInput>(ServiceProviderId(text(input, "from")?.as_bytes().to_vec()));
        let now = || uint(input, "time").map(Time);
        let (now, from, asked) = match op {
            "room-hub/update" => (now()?, from()?, RoomInput::Update(HandshakeBundle::decode(&request()?)?)),
            "room-hub/submit" => {
                let request = SubmitMessageRequest::decode(&request()?)?;
                (now()?, from()?, RoomInput::Submit { request, frank: None })
            }
            "room-hub/group-info" => {
                let request = RoomGroupInfoRequest::decode(&request()?)?;
                let named = text(input, "room_id")?.as_bytes();
                if named != room.room_id() {
                    return Ok(Answer::Ok(json!({"response": hex::encode(&no_such_room(named))})));
                }
                (Time::default(), from()?, RoomInput::GroupInfo(request))
            }
            "room-hub/claimed" => {
                let provider = ServiceProviderId(text(input, "provider")?.as_bytes().to_vec());
                let reference = octets(input, "key_package_ref")?;
                (Time::default(), hub.clone(), RoomInput::Claimed { reference, provider })
            }
            "room-hub/expel" => (now()?, hub.clone(), RoomInput::Expel { client: octets(input, "client")? }),
            _ => return Ok(Answer::Unsupported(format!("no operation {op}"))),
        };
        let effects = room.step(now, &from, asked)?;
        Ok(output(op, &effects).map_or_else(|e| Answer::reject(e.reason, e, None), Answer::Ok))
    }

    fn begin(&mut self, input: &Value) -> Step<Answer> {
        if self.room.is_some() {
            return Err(Stop::Refused(Answer::reject(reason::NO_STATE, "a session is one room", None)));
        }
        let (settings, keys) = (settings(input)?, keys(input)?);
        let hub = settings.hub.clone();
        let group_info = MlsMessage::decode(&octets(input, "group_info")?)?;
        let ratchet_tree = octets(input, "ratchet_tree")?;
        let room = (self.make)(Opening { settings, keys, group_info, ratchet_tree })?;
        let epoch = room.epoch();
        self.room = Some((room, hub));
        Ok(Answer::Ok(json!({"epoch": epoch})))
    }
}

/// The answer about a room that is not here. An `Err` can not be: it is a few octets.
fn no_such_room(room_id: &[u8]) -> Vec<u8> {
    let (version, room_id, status) = (Protocol, Octets(room_id.to_vec()), GroupInfoCode::NoSuchRoom);
    RoomGroupInfoResponse { version, room_id, status }.encode().unwrap_or_default()
}
