use super::contract::FollowerEffect;
use crate::entropy::Time;
use crate::protocol::{
    CipherSuite, Delivered, HintedEpoch, MaskedPartitionKey, PartitionKey, ReceiveRequest, ServiceProviderId,
};
use std::collections::BTreeMap;

/// One user in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Followed {
    pub hub: ServiceProviderId,
    pub suite: CipherSuite,
    pub partitions: BTreeMap<PartitionKey, Place>,
    /// How many messages of partitions that it does not follow it got.
    pub hinted: BTreeMap<MaskedPartitionKey, u32>,
}

/// How far it is in one partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub masked: MaskedPartitionKey,
    pub counter: u32,
    pub asked_at: Option<Time>,
}

/// Who and where, for effects.
pub(super) struct Whose<'a> {
    pub user: &'a [u8],
    pub group_id: &'a [u8],
}

/// Those of `messages`, the first of which has place `first`, that come after the first `counter`, and the counter then.
fn fresh(counter: u32, first: u32, messages: Vec<Delivered>) -> Option<(Vec<Delivered>, u32)> {
    let known = usize::try_from(counter.checked_sub(first)?).ok()?;
    let fresh: Vec<_> = messages.into_iter().skip(known).collect();
    let more = u32::try_from(fresh.len()).ok()?;
    Some((fresh, counter.checked_add(more)?))
}

impl Followed {
    /// The partition, by its key, that has this masked key.
    fn unmask(&self, masked: &MaskedPartitionKey) -> Option<PartitionKey> {
        self.partitions.iter().find(|(_, place)| place.masked == *masked).map(|(key, _)| *key)
    }

    /// Gives what is new of a partition that it follows.
    pub fn deliver(
        &mut self,
        whose: &Whose<'_>,
        key: PartitionKey,
        first: u32,
        messages: Vec<Delivered>,
        out: &mut Vec<FollowerEffect>,
    ) {
        let Some(place) = self.partitions.get_mut(&key) else { return };
        let Some((messages, counter)) = fresh(place.counter, first, messages) else { return };
        let first = std::mem::replace(&mut place.counter, counter);
        if messages.is_empty() {
            return;
        }
        out.push(FollowerEffect::Deliver {
            user: whose.user.to_vec(),
            group_id: whose.group_id.to_vec(),
            partition_key: key,
            first,
            messages,
        });
    }

    /// Gives what is new in a hint, which holds a partition from its first message on.
    pub fn hint(&mut self, whose: &Whose<'_>, hint: HintedEpoch, most: usize, out: &mut Vec<FollowerEffect>) {
        let HintedEpoch { masked_partition_key: partition, epoch } = hint;
        if let Some(key) = self.unmask(&partition) {
            return self.deliver(whose, key, 0, epoch.messages, out);
        }
        let first = self.hinted.get(&partition).copied().unwrap_or(0);
        let Some((messages, counter)) = fresh(first, 0, epoch.messages) else { return };
        if messages.is_empty() {
            return;
        }
        if self.hinted.len() < most || self.hinted.contains_key(&partition) {
            self.hinted.insert(partition.clone(), counter);
        }
        let (user, group_id) = (whose.user.to_vec(), whose.group_id.to_vec());
        out.push(FollowerEffect::Hint { user, group_id, partition, first, messages });
    }

    /// Asks for each partition whose turn it is.
    pub fn ask(&mut self, whose: &Whose<'_>, now: Time, every: u64, out: &mut Vec<FollowerEffect>) {
        for (key, place) in &mut self.partitions {
            if place.asked_at.is_some_and(|asked| now < asked.after(every)) {
                continue;
            }
            place.asked_at = Some(now);
            out.push(FollowerEffect::Ask {
                to: self.hub.clone(),
                user: whose.user.to_vec(),
                group_id: whose.group_id.to_vec(),
                request: ReceiveRequest { partition_key: *key, counter: place.counter },
            });
        }
    }
}
