use crate::delivery::{RoomAnswer, RoomEffect};
use crate::protocol::room::{Submitted, UpdateOutcome};
use crate::protocol::{EncodeError, Structure};
use crate::wire::hex;
use serde_json::{Map, Value, json};

/// The answer, and where something may be fanned out the FanoutMessages behind it, as `pushes`.
pub(super) fn output(op: &str, effects: &[RoomEffect]) -> Result<Value, EncodeError> {
    let (mut out, mut pushes) = (Map::new(), vec![]);
    for effect in effects {
        match effect {
            RoomEffect::Respond(RoomAnswer::Update(outcome)) => out.extend(update(outcome)),
            RoomEffect::Respond(RoomAnswer::Submit(status)) => out.extend(submitted(status)?),
            RoomEffect::Respond(RoomAnswer::GroupInfo(response)) => {
                out.insert("response".to_owned(), hex::encode(&response.encode()?).into());
            }
            RoomEffect::Respond(RoomAnswer::Done) => {}
            RoomEffect::Notify { to, body } => {
                let to = String::from_utf8_lossy(&to.0);
                for message in &body.messages {
                    pushes.push(json!({"to": to, "message": hex::encode(&message.encode()?)}));
                }
            }
        }
    }
    if matches!(op, "room-hub/update" | "room-hub/submit" | "room-hub/expel") {
        out.insert("pushes".to_owned(), pushes.into());
    }
    Ok(out.into())
}

fn members(value: Value) -> Map<String, Value> {
    if let Value::Object(members) = value { members } else { Map::new() }
}

fn update(outcome: &UpdateOutcome) -> Map<String, Value> {
    members(match outcome {
        UpdateOutcome::Success(time) => json!({"code": "success", "accepted_timestamp": time}),
        UpdateOutcome::WrongEpoch(epoch) => json!({"code": "wrongEpoch", "current_epoch": epoch}),
        UpdateOutcome::NotAllowed => json!({"code": "notAllowed"}),
        UpdateOutcome::InvalidProposal(references) => {
            let references: Vec<_> = references.iter().map(|reference| hex::encode(&reference.0)).collect();
            json!({"code": "invalidProposal", "invalid_proposals": references})
        }
    })
}

fn submitted(status: &Submitted) -> Result<Map<String, Value>, EncodeError> {
    Ok(members(match status {
        Submitted::Accepted { accepted_timestamp, frank: None } => {
            json!({"code": "accepted", "accepted_timestamp": accepted_timestamp})
        }
        Submitted::Accepted { accepted_timestamp, frank: Some(frank) } => {
            let frank = hex::encode(&frank.encode()?);
            json!({"code": "accepted", "accepted_timestamp": accepted_timestamp, "frank": frank})
        }
        Submitted::NotAllowed => json!({"code": "notAllowed"}),
        Submitted::EpochTooOld(epoch) => json!({"code": "epochTooOld", "current_epoch": epoch}),
    }))
}
