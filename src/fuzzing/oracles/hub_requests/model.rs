use crate::delivery::{CreateGroup, Input, Settings};
use crate::protocol::{CommitData, Head, MlsMessage, PartitionKey, ReceiveRequest, ServiceProviderId, WelcomeData};
use std::collections::{BTreeMap, BTreeSet};

/// All that a hub has to know, in the plainest form.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub groups: BTreeMap<Vec<u8>, Group>,
    /// Who waits for an answer, oldest first: the provider, the group, the Welcome.
    pub waiting: Vec<(ServiceProviderId, Vec<u8>, MlsMessage)>,
    /// KeyPackages to be handed out once: user, suite, octets.
    pub once: Vec<(Vec<u8>, u16, Vec<u8>)>,
    pub last: BTreeMap<(Vec<u8>, u16), Vec<u8>>,
}

/// A group: everything that was sequenced, in one list.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub sequenced: Vec<Sequenced>,
    pub created: Option<MlsMessage>,
    pub ended: BTreeSet<PartitionKey>,
}

#[derive(Clone, Debug)]
pub(super) struct Sequenced {
    pub partition: PartitionKey,
    pub message: MlsMessage,
    pub next: Option<(PartitionKey, Option<MlsMessage>)>,
}

pub(super) const FIRST: PartitionKey = PartitionKey([0; 16]);

impl Group {
    pub fn in_partition(&self, key: &PartitionKey) -> Vec<&Sequenced> {
        self.sequenced.iter().filter(|s| s.partition == *key).collect()
    }

    pub fn partitions(&self) -> BTreeSet<PartitionKey> {
        let named = self.sequenced.iter().flat_map(|s| [Some(s.partition), s.next.as_ref().map(|(key, _)| *key)]);
        named.flatten().chain([FIRST]).collect()
    }

    /// The live partition that a commit, or the creation, began last.
    pub fn most_recent(&self) -> Option<PartitionKey> {
        let begun = self.sequenced.iter().filter_map(|s| s.next.as_ref().map(|(key, _)| *key));
        let mut begun: Vec<_> = [FIRST].into_iter().chain(begun).collect();
        begun.retain(|key| !self.ended.contains(key));
        begun.pop()
    }

    /// The latest GroupInfo of that partition.
    pub fn info(&self) -> Option<&MlsMessage> {
        let recent = self.most_recent()?;
        let mut brought = self.sequenced.iter().filter_map(|s| match &s.next {
            Some((key, Some(info))) if *key == recent => Some(info),
            _ => None,
        });
        brought.next_back().or(self.created.as_ref().filter(|_| recent == FIRST))
    }

    pub fn octets(&self) -> usize {
        let info = |i: &Option<MlsMessage>| i.as_ref().map_or(0, |i| i.octets().len());
        let each = self.sequenced.iter();
        let each = each.map(|s| s.message.octets().len() + s.next.as_ref().map_or(0, |(_, i)| info(i)));
        each.sum::<usize>() + info(&self.created)
    }
}

impl Model {
    pub fn waiting_of(&self, group: &[u8]) -> Vec<&(ServiceProviderId, Vec<u8>, MlsMessage)> {
        self.waiting.iter().filter(|(_, g, _)| g == group).collect()
    }

    pub fn octets(&self, group: &[u8]) -> usize {
        let waiting = self.waiting_of(group).into_iter().map(|(to, _, w)| w.octets().len() + to.0.len());
        self.groups.get(group).map_or(0, Group::octets) + waiting.sum::<usize>()
    }

    /// Whether the hub has to take it, had it all the room in the world.
    pub fn takes(&self, settings: &Settings, from: &ServiceProviderId, input: &Input) -> bool {
        let own = *from == settings.provider;
        match input {
            Input::CreateGroup(new) => own && !self.groups.contains_key(&new.group_id) && whole(new),
            Input::Send(request) => {
                let group = self.groups.get(&group_of(&request.message));
                let commit = matches!(request.message.head(), Head::Private { content, .. } if *content == COMMIT);
                let fits = commit == request.commit_data.is_some();
                fits && group.is_some_and(|g| !g.ended.contains(&request.partition_key))
                    && request.commit_data.as_ref().is_none_or(|data| sound(data, &request.message))
            }
            Input::ExternalJoin(request) => {
                let group = self.groups.get(&group_of(&request.message));
                group.is_some_and(|g| g.most_recent().is_some()) && sound(&request.commit_data, &request.message)
            }
            Input::Receive { group_id, .. } => self.groups.contains_key(group_id),
            Input::GroupInfo(request) => self.groups.get(&request.group_id).is_some_and(|g| g.info().is_some()),
            Input::WelcomeAnswer { .. } => self.waiting.iter().any(|(to, _, _)| to == from),
            Input::Upload(upload) => own && self.fresh(upload),
            Input::KeyPackage(r) => {
                self.once.iter().any(|(user, suite, _)| *user == r.user_id && *suite == r.cipher_suite)
                    || self.last.contains_key(&(r.user_id.clone(), r.cipher_suite))
            }
            Input::Report { group_id, .. } => self.groups.contains_key(group_id),
            // This hub keeps no trees.
            Input::Patched { .. } | Input::Trees(_) | Input::TreeMarks(_) | Input::RepairTree(_) => false,
            Input::Forks { group_id } => own && self.groups.contains_key(group_id),
            Input::Terminate { group_id, partition_key } => {
                own && self.groups.get(group_id).is_some_and(|g| g.partitions().contains(partition_key))
            }
        }
    }

    fn fresh(&self, upload: &crate::delivery::Upload) -> bool {
        let all: Vec<_> = upload.key_packages.iter().chain(&upload.last_resort).collect();
        let distinct: BTreeSet<_> = all.iter().collect();
        let here = |k: &&Vec<u8>| self.once.iter().any(|(user, _, octets)| *user == upload.user_id && octets == *k);
        let last = |k: &Vec<u8>| self.last.iter().any(|((user, _), octets)| *user == upload.user_id && octets == k);
        distinct.len() == all.len() && !all.iter().any(here) && !upload.key_packages.iter().any(last)
    }

    /// What the group would hold with it: partitions, messages of the partition, octets, Welcomes that wait.
    pub fn would_hold(&self, own: &ServiceProviderId, input: &Input) -> Option<[usize; 4]> {
        let (group_id, partition, message, data) = parts(self, input)?;
        let mut after = self.clone();
        after.sequence(own, &group_id, partition, message, data);
        let group = after.groups.get(&group_id)?;
        let held = group.in_partition(&partition).len();
        Some([group.partitions().len(), held, after.octets(&group_id), after.waiting_of(&group_id).len()])
    }

    /// The input was taken.
    pub fn apply(&mut self, own: &ServiceProviderId, from: &ServiceProviderId, input: &Input) {
        if let Some((group_id, partition, message, data)) = parts(self, input) {
            return self.sequence(own, &group_id, partition, message, data);
        }
        match input {
            Input::CreateGroup(new) => {
                let group = Group { created: new.group_info.clone(), ..Group::default() };
                self.groups.insert(new.group_id.clone(), group);
            }
            Input::WelcomeAnswer { .. } => {
                if let Some(place) = self.waiting.iter().position(|(to, _, _)| to == from) {
                    self.waiting.remove(place);
                }
            }
            Input::Upload(upload) => {
                let each = upload.key_packages.iter().map(|k| (upload.user_id.clone(), suite(k), k.clone()));
                self.once.extend(each);
                if let Some(last) = &upload.last_resort {
                    self.last.insert((upload.user_id.clone(), suite(last)), last.clone());
                }
            }
            Input::KeyPackage(r) => {
                let asked = |(user, suite, _): &(Vec<u8>, u16, _)| *user == r.user_id && *suite == r.cipher_suite;
                if let Some(place) = self.once.iter().position(asked) {
                    self.once.remove(place);
                }
            }
            Input::Terminate { group_id, partition_key } => {
                self.groups.entry(group_id.clone()).or_default().ended.insert(*partition_key);
            }
            _ => {}
        }
    }

    fn sequence(
        &mut self,
        own: &ServiceProviderId,
        group_id: &[u8],
        partition: PartitionKey,
        message: MlsMessage,
        data: Option<CommitData>,
    ) {
        let next = data.as_ref().map(|data| (data.next_partition_key, data.group_info.clone()));
        self.groups.entry(group_id.to_vec()).or_default().sequenced.push(Sequenced { partition, message, next });
        let Some(WelcomeData { welcome, service_providers }) = data.and_then(|data| data.welcome_data) else { return };
        let mut asked = BTreeSet::new();
        for provider in service_providers {
            if provider != *own && asked.insert(provider.clone()) {
                self.waiting.push((provider, group_id.to_vec(), welcome.clone()));
            }
        }
    }

    /// What a user gets who asks so.
    pub fn received(&self, group_id: &[u8], request: &ReceiveRequest) -> Vec<Vec<u8>> {
        let group = self.groups.get(group_id);
        let all = group.map(|g| g.in_partition(&request.partition_key)).unwrap_or_default();
        let skip = usize::try_from(request.counter).unwrap_or(usize::MAX);
        all.into_iter().skip(skip).map(|s| s.message.octets().to_vec()).collect()
    }
}

const COMMIT: crate::protocol::ContentType = crate::protocol::ContentType::Commit;

/// The suite of a KeyPackage.
fn suite(key_package: &[u8]) -> u16 {
    key_package.get(2..4).and_then(|octets| octets.try_into().ok()).map_or(0, u16::from_be_bytes)
}

fn group_of(message: &MlsMessage) -> Vec<u8> {
    match message.head() {
        Head::Public { group_id, .. } | Head::Private { group_id, .. } | Head::GroupInfo { group_id, .. } => {
            group_id.clone()
        }
        _ => vec![],
    }
}

fn has_tree(info: &MlsMessage) -> bool {
    matches!(info.head(), Head::GroupInfo { ratchet_tree: Some(_), .. })
}

fn whole(new: &CreateGroup) -> bool {
    new.group_info.as_ref().is_none_or(|info| has_tree(info) && group_of(info) == new.group_id)
}

fn sound(data: &CommitData, message: &MlsMessage) -> bool {
    let counted = |w: &WelcomeData| match w.welcome.head() {
        Head::Welcome { recipients, .. } => recipients.len() == w.service_providers.len(),
        _ => false,
    };
    data.group_info.as_ref().is_none_or(|info| has_tree(info) && group_of(info) == group_of(message))
        && data.welcome_data.as_ref().is_none_or(counted)
}

type Parts = (Vec<u8>, PartitionKey, MlsMessage, Option<CommitData>);

/// Group, partition, message and commit of an input that is sequenced.
fn parts(model: &Model, input: &Input) -> Option<Parts> {
    match input {
        Input::Send(r) => Some((group_of(&r.message), r.partition_key, r.message.clone(), r.commit_data.clone())),
        Input::ExternalJoin(r) => {
            let group_id = group_of(&r.message);
            let recent = model.groups.get(&group_id)?.most_recent()?;
            Some((group_id, recent, r.message.clone(), Some(r.commit_data.clone())))
        }
        _ => None,
    }
}
