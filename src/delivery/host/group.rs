use crate::delivery::forks::Forks;
use crate::delivery::forks::Termination;
use crate::delivery::hub::{Effect, Effects, Hints, Refused};
use crate::delivery::limits::{Limits, Usage, within};
use crate::delivery::sight::Tree;
use crate::protocol::{
    CipherSuite, Delivered, Epoch, HintedEpoch, MaskedPartitionKey, MlsMessage, PartitionKey, ReceiveRequest,
    ReceiveResponse, ServiceProviderId,
};
use crate::reason::delivery as reason;
use std::collections::{BTreeMap, BTreeSet};

type Result<T> = std::result::Result<T, Refused>;

/// One group, and what the hub's sight knows of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group<K> {
    pub suite: CipherSuite,
    /// Whether its trees are kept elsewhere, so that GroupInfos come without.
    pub tree_elsewhere: bool,
    partitions: BTreeMap<PartitionKey, Partition>,
    /// Partitions that a commit began, or the creation, by when the latest one was sequenced.
    begun: BTreeMap<u64, PartitionKey>,
    commits: u64,
    usage: Usage,
    followers: usize,
    pub forks: Forks,
    pub knowledge: K,
}

#[derive(Clone, Debug, PartialEq)]
struct Partition {
    masked: MaskedPartitionKey,
    messages: Vec<Delivered>,
    /// Place of each commit and the partition that it leads to.
    edges: Vec<(u32, PartitionKey)>,
    begun_at: Option<u64>,
    published: Option<Published>,
    terminated: bool,
    followers: BTreeSet<ServiceProviderId>,
}

/// A GroupInfo for external joiners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub group_info: MlsMessage,
    /// Where the GroupInfo has none.
    pub tree: Option<Tree>,
}

impl Published {
    pub fn octets(&self) -> usize {
        self.group_info.octets().len().saturating_add(self.tree.as_ref().map_or(0, Vec::len))
    }
}

/// What a message changes in its group; everything was looked at.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub masked: MaskedPartitionKey,
    /// With a commit: the partition that it begins.
    pub next: Option<(PartitionKey, MaskedPartitionKey, Option<Published>)>,
    /// What it costs, Welcomes aside.
    pub octets: usize,
}

/// A commit and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The partition that it was sent to.
    pub from: PartitionKey,
    /// Its place there.
    pub index: u32,
    /// The partition that it says it begins.
    pub to: PartitionKey,
    /// Whether the hub still takes messages for that one.
    pub live: bool,
}

impl Partition {
    fn new(masked: MaskedPartitionKey) -> Self {
        Self {
            masked,
            messages: vec![],
            edges: vec![],
            begun_at: None,
            published: None,
            terminated: false,
            followers: BTreeSet::new(),
        }
    }
}

impl<K> Group<K> {
    pub fn new(
        limits: &Limits,
        suite: CipherSuite,
        key: PartitionKey,
        published: Option<Published>,
        knowledge: K,
    ) -> Result<Self> {
        let masked = masked(suite, &key)?;
        let octets = published.as_ref().map_or(0, Published::octets);
        within(1, limits.max_partitions, reason::EXCEEDS_PARTITION_LIMIT, "partitions")?;
        within(octets, limits.max_octets_per_group, reason::EXCEEDS_OCTET_LIMIT, "octets in a group")?;
        let first = Partition { begun_at: Some(0), published, ..Partition::new(masked) };
        Ok(Self {
            suite,
            tree_elsewhere: false,
            partitions: BTreeMap::from([(key, first)]),
            begun: BTreeMap::from([(0, key)]),
            commits: 0,
            usage: Usage { partitions: 1, octets, ..Usage::default() },
            followers: 0,
            forks: Forks::new(key),
            knowledge,
        })
    }

    pub fn usage(&self) -> Usage {
        self.usage
    }

    pub fn edges(&self) -> impl Iterator<Item = Edge> {
        let live = |to: &PartitionKey| self.partitions.get(to).is_some_and(|p| !p.terminated);
        let of = move |(from, p): (&PartitionKey, &Partition)| {
            let from = *from;
            let edges = p.edges.iter().map(move |(index, to)| Edge { from, index: *index, to: *to, live: live(to) });
            edges.collect::<Vec<_>>()
        };
        self.partitions.iter().flat_map(of)
    }

    /// Where an external commit goes (section 4.5): the live partition that was begun last.
    pub fn most_recent(&self) -> Result<PartitionKey> {
        let live = |key: &&PartitionKey| self.partitions.get(key).is_some_and(|p| !p.terminated);
        let all_ended = || Refused::new(reason::BRANCH_TERMINATED, "every branch of the group was terminated");
        self.begun.values().rev().find(live).copied().ok_or_else(all_ended)
    }

    /// The latest GroupInfo of that partition: any other describes an epoch that nobody can join.
    pub fn published(&self) -> Result<&Published> {
        let partition = self.partitions.get(&self.most_recent()?);
        let none = || Refused::new(reason::NO_GROUP_INFO, "the most recent epoch has none");
        partition.and_then(|p| p.published.as_ref()).ok_or_else(none)
    }

    /// Whether there is room for a message, whose commit leads to `next`, and so many octets and Welcomes beside it.
    pub fn room(
        &self,
        limits: &Limits,
        partition: &PartitionKey,
        next: Option<&PartitionKey>,
        octets: usize,
        welcomes: usize,
    ) -> Result<()> {
        let known = self.partitions.get(partition);
        if known.is_some_and(|p| p.terminated) {
            return Err(Refused::new(reason::BRANCH_TERMINATED, "this branch takes no more messages"));
        }
        let mut fresh: BTreeSet<_> = next.into_iter().chain([partition]).collect();
        fresh.retain(|key| !self.partitions.contains_key(key));
        let partitions = self.usage.partitions.saturating_add(fresh.len());
        within(partitions, limits.max_partitions, reason::EXCEEDS_PARTITION_LIMIT, "partitions")?;
        let messages = known.map_or(0, |p| p.messages.len()).saturating_add(1);
        let most = limits.max_messages_per_partition.min(usize::try_from(u32::MAX).unwrap_or(usize::MAX));
        within(messages, most, reason::EXCEEDS_MESSAGES_LIMIT, "messages in a partition")?;
        let octets = self.usage.octets.saturating_add(octets);
        within(octets, limits.max_octets_per_group, reason::EXCEEDS_OCTET_LIMIT, "octets in a group")?;
        let waiting = self.usage.pending_welcomes.saturating_add(welcomes);
        within(waiting, limits.max_pending_welcomes, reason::EXCEEDS_WELCOME_LIMIT, "Welcomes that wait")
    }

    /// Sequences a message; its place in the partition, from 0.
    pub fn add(&mut self, partition: PartitionKey, message: MlsMessage, step: Step) -> u32 {
        self.usage.octets = self.usage.octets.saturating_add(step.octets);
        self.usage.messages = self.usage.messages.saturating_add(1);
        self.forks.sent(partition);
        let here = self.partitions.entry(partition).or_insert_with(|| Partition::new(step.masked));
        let index = u32::try_from(here.messages.len()).unwrap_or(u32::MAX);
        let Some((next, masked, published)) = step.next else {
            here.messages.push(Delivered { message, commit: None });
            self.usage.partitions = self.partitions.len();
            return index;
        };
        let group_info = published.as_ref().map(|p| p.group_info.clone());
        here.messages.push(Delivered { message, commit: Some((masked.clone(), group_info)) });
        here.edges.push((index, next));
        self.forks.leads(partition, next);
        self.commits = self.commits.saturating_add(1);
        let begins = self.partitions.entry(next).or_insert_with(|| Partition::new(masked));
        if let Some(before) = begins.begun_at.replace(self.commits) {
            self.begun.remove(&before);
        }
        self.begun.insert(self.commits, next);
        begins.published = published.or(begins.published.take());
        self.usage.partitions = self.partitions.len();
        index
    }

    /// Messages of the partition asked for, without the first `counter`, and hints. Whoever names a partition that
    /// does not exist is told nothing of others.
    pub fn received(&self, request: &ReceiveRequest, hints: Hints) -> ReceiveResponse {
        let Some(partition) = self.partitions.get(&request.partition_key) else { return ReceiveResponse::default() };
        let skip = usize::try_from(request.counter).unwrap_or(usize::MAX);
        let messages = partition.messages.get(skip..).unwrap_or_default().to_vec();
        let hints = match hints {
            Hints::None => vec![],
            Hints::All => self.hints(&request.partition_key),
        };
        ReceiveResponse { epoch: Epoch { messages }, hints }
    }

    fn hints(&self, asked: &PartitionKey) -> Vec<HintedEpoch> {
        let others = self.partitions.iter().filter(|(key, p)| *key != asked && !p.messages.is_empty());
        let mut hints: Vec<_> = others.map(|(_, p)| hint(p)).collect();
        hints.sort_by(|a, b| a.masked_partition_key.cmp(&b.masked_partition_key));
        hints
    }

    pub fn push(&self, group_id: &[u8], partition: &PartitionKey, out: &mut Effects) {
        let Some(partition) = self.partitions.get(partition) else { return };
        for to in &partition.followers {
            let response = ReceiveResponse { epoch: Epoch::default(), hints: vec![hint(partition)] };
            out.push(Effect::Push { to: to.clone(), group_id: group_id.to_vec(), response });
        }
    }

    /// Whoever named a partition is pushed its messages from then on, while there is room.
    pub fn remember(&mut self, partition: &PartitionKey, follower: &ServiceProviderId, most: usize) {
        let Some(partition) = self.partitions.get_mut(partition) else { return };
        if self.followers < most && partition.followers.insert(follower.clone()) {
            self.followers = self.followers.saturating_add(1);
        }
    }

    pub fn wait(&mut self, (welcomes, octets): (usize, usize)) {
        self.usage.pending_welcomes = self.usage.pending_welcomes.saturating_add(welcomes);
        self.usage.octets = self.usage.octets.saturating_add(octets);
    }

    pub fn no_longer_waits(&mut self, octets: usize) {
        self.usage.pending_welcomes = self.usage.pending_welcomes.saturating_sub(1);
        self.usage.octets = self.usage.octets.saturating_sub(octets);
    }

    /// Ends what the rule ends.
    pub fn judge(&mut self, group_id: &[u8], rule: Termination, out: &mut Effects) {
        for partition in self.forks.judge(rule) {
            if let Some(ended) = self.partitions.get_mut(&partition) {
                ended.terminated = true;
            }
            out.push(Effect::Terminated { group_id: group_id.to_vec(), partition });
        }
    }

    /// Blocks exactly this partition; those that its commits led to are others.
    pub fn terminate(&mut self, partition: &PartitionKey) -> Result<()> {
        let unknown = || Refused::new(reason::UNKNOWN_PARTITION, "the operator names a partition that is not there");
        self.partitions.get_mut(partition).ok_or_else(unknown)?.terminated = true;
        self.forks.end(partition);
        Ok(())
    }
}

fn hint(partition: &Partition) -> HintedEpoch {
    let epoch = Epoch { messages: partition.messages.clone() };
    HintedEpoch { masked_partition_key: partition.masked.clone(), epoch }
}

/// The masked key of a partition.
pub(super) fn masked(suite: CipherSuite, key: &PartitionKey) -> Result<MaskedPartitionKey> {
    let unknown = || Refused::new(reason::UNKNOWN_CIPHER_SUITE, format!("cipher suite {}", suite.0));
    key.masked(suite).ok_or_else(unknown)
}
