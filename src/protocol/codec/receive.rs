use super::fields::{decided, masked, message, optional_message, partition_key, write_optional_message, written};
use super::{EncodeError, Structure, rules};
use crate::protocol::{Delivered, Epoch, HintedEpoch, ReceiveRequest, ReceiveResponse};
use crate::wire::tls::{Reader, WireError, Writer};
use std::collections::BTreeSet;

impl Structure for ReceiveRequest {
    const NAME: &'static str = "ReceiveRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self { partition_key: partition_key(r, "partition_key")?, counter: r.u32("counter")? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.raw(&self.partition_key.0).u32(self.counter);
        Ok(())
    }
}

impl Structure for Delivered {
    const NAME: &'static str = "Message";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let message = message(r, "message", rules::group_message)?;
        if !rules::is_commit(&message) {
            return Ok(Self { message, commit: None });
        }
        let next = masked(r, "next_partition_key")?;
        let group_info = optional_message(r, "group_info", rules::group_info)?;
        Ok(Self { message, commit: Some((next, group_info)) })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::group_message(&self.message), "message")?;
        written(rules::commit_fields(&self.message, self.commit.is_some()), "next_partition_key")?;
        w.raw(self.message.octets());
        if let Some((next, group_info)) = &self.commit {
            w.opaque(&next.0, "next_partition_key")?;
            write_optional_message(w, group_info.as_ref(), "group_info", rules::group_info)?;
        }
        Ok(())
    }
}

impl Structure for Epoch {
    const NAME: &'static str = "Epoch";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut messages = vec![];
        r.each("messages", |r| {
            messages.push(Delivered::read(r)?);
            Ok(())
        })?;
        Ok(Self { messages })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let mut content = Writer::new();
        for message in &self.messages {
            message.write(&mut content)?;
        }
        w.opaque(&content.into_octets(), "messages")?;
        Ok(())
    }
}

impl Structure for HintedEpoch {
    const NAME: &'static str = "HintedEpoch";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self { masked_partition_key: masked(r, "masked_partition_key")?, epoch: Epoch::read(r)? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.masked_partition_key.0, "masked_partition_key")?;
        self.epoch.write(w)
    }
}

impl Structure for ReceiveResponse {
    const NAME: &'static str = "ReceiveResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let epoch = Epoch::read(r)?;
        let mut hints: Vec<HintedEpoch> = vec![];
        // Seen keys in order: a response of n hints costs n log n.
        let mut seen = BTreeSet::new();
        r.each("hints", |r| {
            let offset = r.offset();
            let hint = HintedEpoch::read(r)?;
            decided(rules::epoch_once(&mut seen, &hint), offset, "hints")?;
            hints.push(hint);
            Ok(())
        })?;
        Ok(Self { epoch, hints })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.epoch.write(w)?;
        let mut content = Writer::new();
        let mut seen = BTreeSet::new();
        for hint in &self.hints {
            written(rules::epoch_once(&mut seen, hint), "hints")?;
            hint.write(&mut content)?;
        }
        w.opaque(&content.into_octets(), "hints")?;
        Ok(())
    }
}
