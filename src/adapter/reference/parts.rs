//! Part index and content ids.

use super::codec::decode_refusal;
use crate::adapter::Answer;
use crate::adapter::input::{Result, octets, text};
use crate::content::{Document, IndexedPart, PartBody};
use serde_json::{Value, json};

pub(super) fn part_index(input: &Value) -> Result<Answer> {
    let cbor = octets(input, "cbor")?;
    Ok(match Document::decode(&cbor) {
        Ok(d) => Answer::Ok(json!({"parts": d.message().parts().iter().map(part).collect::<Vec<_>>()})),
        Err(e) => decode_refusal(&e),
    })
}

fn part(p: &IndexedPart<'_, '_>) -> Value {
    let cardinality = match p.part.body {
        PartBody::Null => "null",
        PartBody::Single { .. } => "single",
        PartBody::External(_) => "external",
        PartBody::Multi { .. } => "multi",
    };
    json!({"index": p.index, "parent": p.parent, "depth": p.depth, "cardinality": cardinality})
}

pub(super) fn resolve_cid(input: &Value) -> Result<Answer> {
    let (cbor, uri) = (octets(input, "cbor")?, text(input, "uri")?);
    Ok(match Document::decode(&cbor) {
        Ok(d) => match d.message().resolve_cid(uri) {
            Ok(index) => Answer::Ok(json!({"index": index})),
            Err(reason) => Answer::reject(reason, reason.text(), None),
        },
        Err(e) => decode_refusal(&e),
    })
}
