use crate::delivery::Effect;
use crate::protocol::{EncodeError, PartitionKey, ReceiveResponse, Structure, WelcomeInitRequest};
use crate::wire::hex;
use serde_json::{Value, json};

/// What the hub sends of itself, in order.
pub(super) fn pushes(effects: &[Effect]) -> Result<Value, EncodeError> {
    let mut pushes = vec![];
    for effect in effects {
        let (to, structure, octets) = match effect {
            Effect::WelcomeInit { to, request } => (to, WelcomeInitRequest::NAME, request.encode()?),
            Effect::Welcome { to, welcome } => (to, "Welcome", welcome.octets().to_vec()),
            Effect::Push { to, response, .. } => (to, ReceiveResponse::NAME, response.encode()?),
            Effect::Respond(_) | Effect::Sequenced { .. } | Effect::Terminated { .. } => continue,
        };
        let to = String::from_utf8_lossy(&to.0);
        pushes.push(json!({"to": to, "structure": structure, "octets": hex::encode(&octets)}));
    }
    Ok(Value::Array(pushes))
}

/// Where a message was put.
pub(super) fn sequenced(effects: &[Effect]) -> Option<PartitionKey> {
    effects.iter().find_map(|effect| match effect {
        Effect::Sequenced { partition, .. } => Some(*partition),
        _ => None,
    })
}
