use super::value::{
    Made, Shown, each, masked, message, number, optional_message, partition_key, shown_message, shown_optional,
    structure,
};
use crate::adapter::input::optional;
use crate::protocol::{Delivered, EncodeError, Epoch, HintedEpoch, ReceiveRequest, ReceiveResponse};
use crate::reason::delivery as reason;
use crate::wire::hex;
use serde_json::{Value, json};

impl Shown for ReceiveRequest {
    fn shown(&self) -> Value {
        json!({"partition_key": hex::encode(&self.partition_key.0), "counter": self.counter})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { partition_key: partition_key(value, "partition_key")?, counter: number(value, "counter")? })
    }
}

impl Shown for Delivered {
    fn shown(&self) -> Value {
        let commit = self.commit.as_ref();
        json!({
            "message": shown_message(&self.message),
            "next_partition_key": commit.map(|(next, _)| hex::encode(&next.0)),
            "group_info": shown_optional(commit.and_then(|(_, info)| info.as_ref())),
        })
    }

    fn made(value: &Value) -> Made<Self> {
        let group_info = optional_message(value, "group_info")?;
        let commit = match optional(value, "next_partition_key") {
            Some(_) => Some((masked(value, "next_partition_key")?, group_info)),
            None if group_info.is_some() => {
                return Err(EncodeError { reason: reason::COMMIT_DATA_MISMATCH, field: "group_info" }.into());
            }
            None => None,
        };
        Ok(Self { message: message(value, "message")?, commit })
    }
}

impl Shown for Epoch {
    fn shown(&self) -> Value {
        json!({"messages": self.messages.iter().map(Shown::shown).collect::<Vec<_>>()})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { messages: each(value, "messages")? })
    }
}

impl Shown for HintedEpoch {
    fn shown(&self) -> Value {
        json!({"masked_partition_key": hex::encode(&self.masked_partition_key.0), "epoch": self.epoch.shown()})
    }

    fn made(value: &Value) -> Made<Self> {
        let masked_partition_key = masked(value, "masked_partition_key")?;
        Ok(Self { masked_partition_key, epoch: structure(value, "epoch")? })
    }
}

impl Shown for ReceiveResponse {
    fn shown(&self) -> Value {
        json!({"epoch": self.epoch.shown(), "hints": self.hints.iter().map(Shown::shown).collect::<Vec<_>>()})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { epoch: structure(value, "epoch")?, hints: each(value, "hints")? })
    }
}
