//! What a client with its hub has seen, does and knows, as JSON.

use crate::client::{Effect, Knowledge, Moment, Sign};
use crate::wire::hex;
use serde_json::{Value, json};

/// A request of its own accord; questions for messages are none.
pub(super) enum Sent {
    /// A SendRequest, with the octets of its MLSMessage.
    Message(Vec<u8>),
    /// The same with the patch of an encrypted tree.
    Patched(Vec<u8>),
    /// Anything else, by the name of its structure.
    Other(&'static str),
}

impl Sent {
    /// Name of its structure.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Message(_) => "SendRequest",
            Self::Patched(_) => "SendRequest + patch",
            Self::Other(name) => name,
        }
    }
}

/// Requests among these effects, in their order.
pub(super) fn sends(effects: &[Effect]) -> Vec<Sent> {
    let sent = |effect: &Effect| match effect {
        Effect::Send(request) => Some(Sent::Message(request.message.octets().to_vec())),
        Effect::Patched { request, .. } => match &**request {
            Effect::Send(request) => Some(Sent::Patched(request.message.octets().to_vec())),
            _ => None,
        },
        Effect::RepairTree(_) => Some(Sent::Other("TreeRepair")),
        Effect::ExternalJoin(_) => Some(Sent::Other("ExternalJoinRequest")),
        Effect::AskGroupInfo(_) => Some(Sent::Other("GroupInfoRequest")),
        Effect::Create(_) => Some(Sent::Other("create")),
        _ => None,
    };
    effects.iter().filter_map(sent).collect()
}

/// What came of messages, in the order in which they were read.
pub(super) fn came(effects: &[Effect]) -> Vec<Value> {
    let came = |effect: &Effect| match effect {
        Effect::Application { sender, data } => {
            Some(json!({"what": "application", "sender": hex::encode(sender), "data": hex::encode(data)}))
        }
        Effect::Proposal { .. } => Some(json!({"what": "proposal"})),
        Effect::Moved { .. } | Effect::Out { .. } => Some(json!({"what": "commit"})),
        Effect::Ignored(_) => Some(json!({"what": "ignored"})),
        _ => None,
    };
    effects.iter().filter_map(came).collect()
}

fn moment(moment: Moment) -> Value {
    json!({"epoch": moment.epoch, "deliveries": moment.deliveries})
}

fn sign(sign: &Sign) -> Value {
    json!({
        "what": sign.what.name(),
        "proof": sign.proof.name(),
        "member": sign.member.as_deref().map(hex::encode),
        "since": moment(sign.since),
        "seen": moment(sign.seen),
    })
}

/// `KNOWLEDGE`.
pub(super) fn knowledge(known: &Knowledge) -> Value {
    let names = |members: &[Vec<u8>]| members.iter().map(|member| hex::encode(member)).collect::<Vec<_>>();
    json!({
        "standing": known.standing.name(),
        "proof": known.proof.map(crate::client::Proof::name),
        "since": known.since.map(moment),
        "known": known.known.map(moment),
        "here": names(&known.here),
        "elsewhere": names(&known.elsewhere),
        "signs": known.signs.iter().map(sign).collect::<Vec<_>>(),
        "deliveries": known.deliveries,
    })
}
