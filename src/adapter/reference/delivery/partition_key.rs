use super::value::number;
use crate::adapter::Answer;
use crate::adapter::input::{Result, octets, text};
use crate::protocol::{CipherSuite, PartitionKey};
use crate::reason::delivery as reason;
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::adapter::reference) fn partition_key(input: &Value) -> Result<Answer> {
    let suite = CipherSuite(number(input, "cipher_suite")?);
    let (secret, label) = (octets(input, "exporter_secret")?, text(input, "label")?);
    let context = octets(input, "context")?;
    let exported = PartitionKey::export(suite, &secret, label, &context)
        .and_then(|key| Ok((key, key.masked(suite).ok_or(reason::UNKNOWN_CIPHER_SUITE)?)));
    Ok(match exported {
        Ok((key, masked)) => Answer::Ok(json!({
            "partition_key": hex::encode(&key.0),
            "masked_partition_key": hex::encode(&masked.0),
        })),
        Err(refusal) => Answer::reject(refusal, refusal.text(), None),
    })
}
