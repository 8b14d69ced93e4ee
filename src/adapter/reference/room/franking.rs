//! `room/franking-tag`, `room/frank`, `room/verify-frank`, `room/verify-report`.

use crate::adapter::Answer;
use crate::adapter::input::{Result, boolean, octets, optional, optional_text, text, uint};
use crate::adapter::reference::delivery::value::number;
use crate::franking::{Context, Framing, FrankedContent, Hub, Received, Report, Submitted, authenticated_data};
use crate::protocol::room::{Frank, FrankingAgentData};
use crate::protocol::{EncodeError, Structure};
use crate::reason::Reason;
use crate::wire::hex;
use serde_json::{Value, json};

/// An output, or the reason for a refusal.
type Judged = std::result::Result<Value, Reason>;

fn answer(judged: Judged) -> Answer {
    judged.map_or_else(|reason| Answer::reject(reason, reason.text(), None), Answer::Ok)
}

fn framing(input: &Value) -> Result<Framing> {
    let framed = optional(input, "framed").is_some() && boolean(input, "framed")?;
    Ok(if framed { Framing::Framed } else { Framing::Bare })
}

/// The octets of a structure, or null; that they are none is the case's matter, not the caller's.
fn structure<S: Structure>(input: &Value, name: &str) -> Result<std::result::Result<Option<S>, Reason>> {
    let given = optional(input, name).map(|_| octets(input, name)).transpose()?;
    Ok(given.map(|octets| S::decode(&octets).map_err(|e| e.reason)).transpose())
}

fn shown(context: &Context) -> Judged {
    Ok(json!({"context": hex::encode(&context.encode()?)}))
}

pub(in crate::adapter::reference) fn tag(input: &Value) -> Result<Answer> {
    let (data, framing) = (octets(input, "application_data")?, framing(input)?);
    Ok(answer(FrankedContent::read(&data, framing).map(|content| {
        json!({
            "franking_tag": hex::encode(&content.franking_tag),
            "authenticated_data": hex::encode(&authenticated_data(content.franking_tag)),
        })
    })))
}

pub(in crate::adapter::reference) fn frank(input: &Value) -> Result<Answer> {
    let (hub_key, private) = (octets(input, "hub_key")?, octets(input, "signature_priv")?);
    let agent = structure::<FrankingAgentData>(input, "franking_agent")?;
    let (suite, data) = (number(input, "cipher_suite")?, octets(input, "authenticated_data")?);
    let context = Context {
        sender_uri: text(input, "sender_uri")?.to_owned(),
        room_uri: text(input, "room_uri")?.to_owned(),
        accepted_timestamp: uint(input, "accepted_timestamp")?,
    };
    let hub = Hub { hub_key: &hub_key, franking_private_key: &private };
    let message = Submitted { authenticated_data: &data, context };
    let franked = agent.and_then(|agent| hub.frank(suite, agent.as_ref(), &message));
    let encoded = franked.and_then(|frank| {
        let octets = frank.as_ref().map(Frank::encode).transpose();
        octets.map_err(|EncodeError { reason, .. }| reason)
    });
    Ok(answer(encoded.map(|frank| json!({"frank": frank.map(|octets| hex::encode(&octets))}))))
}

pub(in crate::adapter::reference) fn verify_frank(input: &Value) -> Result<Answer> {
    let (agent, frank) = (structure(input, "franking_agent")?, structure(input, "frank")?);
    let (authenticated_data, application_data) =
        (octets(input, "authenticated_data")?, octets(input, "application_data")?);
    let (hub_domain, framing) = (text(input, "hub_domain")?, framing(input)?);
    let (sender_uri, room_uri) = (text(input, "sender_uri")?, text(input, "room_uri")?);
    let (cipher_suite, accepted_timestamp) = (number(input, "cipher_suite")?, uint(input, "accepted_timestamp")?);
    let verified = agent.and_then(|agent: Option<FrankingAgentData>| {
        let received = Received {
            cipher_suite,
            franking_agent: agent.as_ref(),
            hub_domain,
            authenticated_data: &authenticated_data,
            application_data: &application_data,
            framing,
            sender_uri,
            room_uri,
            accepted_timestamp,
            frank: frank.as_ref().map_err(|reason| *reason)?.as_ref(),
        };
        received.verify()
    });
    Ok(answer(verified.and_then(|context| shown(&context))))
}

pub(in crate::adapter::reference) fn verify_report(input: &Value) -> Result<Answer> {
    let (hub_key, key) = (octets(input, "hub_key")?, octets(input, "franking_signature_key")?);
    let (message, framing, frank) = (octets(input, "message_content")?, framing(input)?, octets(input, "frank")?);
    let accepted_timestamp = uint(input, "accepted_timestamp")?;
    let (alleged_abuser_uri, room_uri) =
        (optional_text(input, "alleged_abuser_uri")?, optional_text(input, "room_uri")?);
    let verified = Frank::decode(&frank).map_err(|e| e.reason).and_then(|frank| {
        let report = Report {
            hub_key: &hub_key,
            franking_signature_key: &key,
            message_content: &message,
            framing,
            frank: &frank,
            accepted_timestamp,
            alleged_abuser_uri,
            room_uri,
        };
        report.verify()
    });
    Ok(answer(verified.and_then(|context| shown(&context))))
}
