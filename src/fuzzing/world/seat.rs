use crate::client::{Device, Effect, Effects, Input};
use crate::entropy::Time;
use crate::mls::member::Refusal;
use crate::protocol::PartitionKey;
use std::collections::VecDeque;

/// A device, and what is known of it.
pub struct Seat {
    /// The identity of its credential.
    pub name: Vec<u8>,
    /// The device.
    pub device: Device,
    /// What happened to it.
    pub known: Known,
}

/// What happened to a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// It was told something that is not so, and may be anywhere.
    pub deceived: bool,
    /// It came in by an external commit: another commit may have been before it, and then nobody follows.
    pub joined: bool,
    /// It lies itself.
    pub liar: bool,
    /// It was removed.
    pub out: bool,
    /// Partitions that it was in, oldest first.
    pub been: Vec<PartitionKey>,
    /// What others said to it, in the order in which it took that.
    pub heard: Vec<Vec<u8>>,
    /// It was refused where it had said something: what it says from then on is said twice, or not to these.
    pub muddled: bool,
    /// What it said and did not send yet.
    pub waiting: VecDeque<Vec<u8>>,
}

impl Seat {
    /// A device to which nothing has happened.
    #[must_use]
    pub fn new(name: &[u8], device: Device) -> Self {
        Self { name: name.to_vec(), device, known: Known::default() }
    }

    /// Another such device that goes its own way.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self { name: self.name.clone(), device: self.device.copy(), known: self.known.clone() }
    }

    /// Takes one input; what follows.
    ///
    /// # Errors
    /// `Err` if a refusal changed the device. A refusal that did not is within.
    pub fn take(&mut self, now: Time, input: Input) -> Result<Result<Effects, Refusal>, String> {
        let before = self.shown();
        let mut out = vec![];
        if let Err(refusal) = self.device.step(now, input, &mut out) {
            let same = self.shown() == before && out.is_empty();
            return if same { Ok(Err(refusal)) } else { Err(format!("a refusal ({refusal}) changed the device")) };
        }
        for effect in &out {
            match effect {
                Effect::Entered { position, .. } | Effect::Moved { position, .. } => {
                    self.known.been.push(position.partition_key);
                }
                Effect::Application { data, .. } => self.known.heard.push(data.clone()),
                // It is told what of it was not sent.
                Effect::Left { .. } => self.known.waiting.clear(),
                Effect::Out { .. } => self.known.out = true,
                _ => {}
            }
        }
        Ok(Ok(out))
    }

    /// All that can be seen of a device.
    fn shown(&self) -> (Option<crate::mls::member::Position>, Option<(PartitionKey, u32)>, &'static str, usize) {
        let device = &self.device;
        (device.position().cloned(), device.counter(), device.awaits(), device.ignored().count())
    }

    /// The partition that it is in.
    #[must_use]
    pub fn partition(&self) -> Option<PartitionKey> {
        self.device.position().map(|position| position.partition_key)
    }
}
