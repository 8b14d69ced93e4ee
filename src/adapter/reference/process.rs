//! Which parts a receiver handles.

use super::codec::decode_refusal;
use crate::adapter::Answer;
use crate::adapter::input::{Result, octets, texts};
use crate::content::Document;
use serde_json::{Value, json};

pub(super) fn process(input: &Value) -> Result<Answer> {
    let (cbor, supported) = (octets(input, "cbor")?, texts(input, "supported")?);
    Ok(match Document::decode(&cbor) {
        Ok(document) => {
            let parts = document.process(&supported);
            Answer::Ok(json!({"process": parts.process, "skipped": parts.skipped}))
        }
        Err(e) => decode_refusal(&e),
    })
}
