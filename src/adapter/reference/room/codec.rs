use super::value::Shown;
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, member, octets, text};
use crate::adapter::reference::delivery::value::{Made, Wrong};
use crate::protocol::Structure;
use crate::protocol::room::{
    FanoutMessage, Frank, FrankAAD, FrankingAgentData, GroupInfoRatchetTreeTBE, HandshakeBundle, KeyMaterialRequest,
    KeyMaterialResponse, NotifyRequest, ParticipantListData, ParticipantListUpdate, RoomGroupInfoRequest,
    RoomGroupInfoResponse, RoomMetaData, SubmitMessageRequest, SubmitMessageResponse, UpdateRoomResponse,
};
use crate::wire::hex;
use crate::wire::tls::WireError;
use serde_json::{Value, json};

/// A structure by its name.
struct Named {
    name: &'static str,
    decode: fn(&[u8]) -> std::result::Result<Value, WireError>,
    encode: fn(&Value) -> Made<Vec<u8>>,
}

const fn named<S: Structure + Shown>() -> Named {
    Named {
        name: S::NAME,
        decode: |octets| S::decode(octets).map(|s| s.shown()),
        encode: |value| Ok(S::made(value, S::NAME)?.encode()?),
    }
}

/// Every structure, in the draft's order.
const ALL: &[Named] = &[
    named::<KeyMaterialRequest>(),
    named::<KeyMaterialResponse>(),
    named::<HandshakeBundle>(),
    named::<UpdateRoomResponse>(),
    named::<SubmitMessageRequest>(),
    named::<SubmitMessageResponse>(),
    named::<Frank>(),
    named::<FrankAAD>(),
    named::<FrankingAgentData>(),
    named::<FanoutMessage>(),
    named::<NotifyRequest>(),
    named::<RoomGroupInfoRequest>(),
    named::<RoomGroupInfoResponse>(),
    named::<GroupInfoRatchetTreeTBE>(),
    named::<ParticipantListData>(),
    named::<ParticipantListUpdate>(),
    named::<RoomMetaData>(),
];

fn find(input: &Value) -> Result<&'static Named> {
    let name = text(input, "structure")?;
    let found = ALL.iter().find(|n| n.name == name);
    found.ok_or_else(|| BadInput(format!("\"structure\" names none: {name}")))
}

pub(in crate::adapter::reference) fn decode(input: &Value) -> Result<Answer> {
    let decoded = (find(input)?.decode)(&octets(input, "octets")?);
    Ok(match decoded {
        Ok(value) => Answer::Ok(json!({"value": value})),
        Err(e) => Answer::reject(e.reason, e, Some(e.offset)),
    })
}

pub(in crate::adapter::reference) fn encode(input: &Value) -> Result<Answer> {
    match (find(input)?.encode)(member(input, "value")?) {
        Ok(octets) => Ok(Answer::Ok(json!({"octets": hex::encode(&octets)}))),
        Err(Wrong::Value(e)) => Ok(Answer::reject(e.reason, e, None)),
        Err(Wrong::Input(bad)) => Err(bad),
    }
}
