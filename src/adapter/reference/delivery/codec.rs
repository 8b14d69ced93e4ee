use super::structures;
use super::value::Wrong;
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, member, octets, text};
use crate::wire::hex;
use serde_json::{Value, json};

fn named(input: &Value) -> Result<&'static structures::Named> {
    let name = text(input, "structure")?;
    structures::find(name).ok_or_else(|| BadInput(format!("\"structure\" names none: {name}")))
}

pub(in crate::adapter::reference) fn decode(input: &Value) -> Result<Answer> {
    let decoded = (named(input)?.decode)(&octets(input, "octets")?);
    Ok(match decoded {
        Ok(value) => Answer::Ok(json!({"value": value})),
        Err(e) => Answer::reject(e.reason, e, Some(e.offset)),
    })
}

pub(in crate::adapter::reference) fn encode(input: &Value) -> Result<Answer> {
    match (named(input)?.encode)(member(input, "value")?) {
        Ok(octets) => Ok(Answer::Ok(json!({"octets": hex::encode(&octets)}))),
        Err(Wrong::Value(e)) => Ok(Answer::reject(e.reason, e, None)),
        Err(Wrong::Input(bad)) => Err(bad),
    }
}
