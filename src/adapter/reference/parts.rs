//! What is done with the parts of a message.

use super::codec::{settled, with_document};
use super::input::{Result, index, octets, text, texts, uint};
use crate::adapter::Answer;
use crate::content::{PartBody, escape_html_tags};
use crate::reason::content as reason;
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) fn part_index(input: &Value) -> Result<Answer> {
    with_document(input, |document| {
        let parts = document.message().parts().into_iter().map(|p| {
            let cardinality = match p.part.body {
                PartBody::Null => "null",
                PartBody::Single { .. } => "single",
                PartBody::External(_) => "external",
                PartBody::Multi { .. } => "multi",
            };
            json!({"index": p.index, "parent": p.parent, "depth": p.depth, "cardinality": cardinality})
        });
        Ok(Answer::Ok(json!({"parts": parts.collect::<Vec<_>>()})))
    })
}

pub(super) fn resolve_cid(input: &Value) -> Result<Answer> {
    let uri = text(input, "uri")?;
    with_document(input, |document| {
        Ok(settled(document.message().resolve_cid(uri).map(|index| json!({"index": index}))))
    })
}

pub(super) fn process(input: &Value) -> Result<Answer> {
    let supported = texts(input, "supported")?;
    with_document(input, |document| {
        let plan = document.message().plan(|content_type| supported.contains(&content_type));
        Ok(Answer::Ok(json!({"process": plan.process, "skipped": plan.skipped})))
    })
}

pub(super) fn external(input: &Value) -> Result<Answer> {
    let (index, fetched, now_s) = (index(input, "index")?, octets(input, "fetched")?, uint(input, "now_s")?);
    with_document(input, |document| {
        let parts = document.message().parts();
        let opened = match parts.get(index).map(|p| &p.part.body) {
            None => Err(reason::PART_INDEX_OUT_OF_RANGE),
            Some(PartBody::External(external)) => external.open(&fetched, now_s),
            Some(_) => Err(reason::NOT_EXTERNAL_PART),
        };
        Ok(settled(opened.map(|plaintext| json!({"plaintext": hex::encode(&plaintext)}))))
    })
}

pub(super) fn nohtml(input: &Value) -> Result<Answer> {
    Ok(Answer::Ok(json!({"escaped": escape_html_tags(text(input, "markdown")?)})))
}
