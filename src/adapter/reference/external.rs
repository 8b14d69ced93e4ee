//! External parts.

use super::codec::decode_refusal;
use crate::adapter::Answer;
use crate::adapter::input::{Result, octets, uint};
use crate::content::{Document, PartBody};
use crate::reason::{Reason, content as reason};
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) fn open(input: &Value) -> Result<Answer> {
    let (cbor, fetched) = (octets(input, "cbor")?, octets(input, "fetched")?);
    let (index, now_s) = (uint(input, "index")?, uint(input, "now_s")?);
    Ok(match Document::decode(&cbor) {
        Ok(document) => match part(&document, index, &fetched, now_s) {
            Ok(plaintext) => Answer::Ok(json!({"plaintext": hex::encode(&plaintext)})),
            Err(reason) => Answer::reject(reason, reason.text(), None),
        },
        Err(e) => decode_refusal(&e),
    })
}

fn part(document: &Document<'_>, index: u64, fetched: &[u8], now_s: u64) -> std::result::Result<Vec<u8>, Reason> {
    let parts = document.message().parts();
    let found = usize::try_from(index).ok().and_then(|i| parts.get(i)).ok_or(reason::PART_INDEX_OUT_OF_RANGE)?;
    match &found.part.body {
        PartBody::External(external) => external.open(fetched, now_s),
        _ => Err(reason::NOT_EXTERNAL_PART),
    }
}
