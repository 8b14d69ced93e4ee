use super::group::{Edge, Group, Published};
use super::key_packages::KeyPackages;
use super::welcomes::Welcomes;
use crate::delivery::forks::Termination;
use crate::delivery::hub::{CreateGroup, Effect, Effects, Hub, Input, Pushes, Refused, Response, Settings};
use crate::delivery::limits::{Usage, within};
use crate::delivery::sight::Sight;
use crate::entropy::Time;
use crate::protocol::{
    CommitData, ExternalJoinRequest, ForkReport, GroupInfoRequest, GroupInfoResponse, MlsMessage, PartitionKey,
    ReceiveRequest, SendRequest, ServiceProviderId,
};
use crate::reason::{delivery as reason, tree};
use std::collections::BTreeMap;

type Result<T> = std::result::Result<T, Refused>;

/// A hub that sees what `S` sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Host<S: Sight> {
    pub(super) settings: Settings,
    pub(super) sight: S,
    pub(super) groups: BTreeMap<Vec<u8>, Group<S::Group>>,
    pub(super) welcomes: Welcomes,
    key_packages: KeyPackages,
}

impl<S: Sight> Hub for Host<S> {
    fn step(&mut self, _: Time, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Result<()> {
        match input {
            Input::CreateGroup(new) => self.create(from, new, false, out),
            Input::Send(request) => self.send(from, request, out),
            Input::ExternalJoin(request) => self.external_join(from, request, out),
            Input::Receive { group_id, request } => self.receive(from, &group_id, request, out),
            Input::GroupInfo(request) => self.group_info(&request, out),
            Input::WelcomeAnswer { accept } => self.welcome_answer(from, accept, out),
            Input::Upload(upload) => {
                self.only_own(from)?;
                self.key_packages.upload(&self.settings.limits, upload)?;
                out.push(Effect::Respond(Response::Done));
                Ok(())
            }
            Input::KeyPackage(request) => {
                let response = self.key_packages.take(&request)?;
                out.push(Effect::Respond(Response::KeyPackage(response)));
                Ok(())
            }
            Input::Terminate { group_id, partition_key } => self.terminate(from, &group_id, &partition_key, out),
            Input::Report { group_id, report } => self.report(from, &group_id, &report, out),
            Input::Forks { group_id } => {
                self.only_own(from)?;
                let group = self.group(&group_id)?;
                out.push(Effect::Respond(Response::Forks(group.suite, group.forks.picture())));
                Ok(())
            }
            Input::Patched { .. } | Input::Trees(_) | Input::TreeMarks(_) | Input::RepairTree(_) => {
                Err(Refused::new(tree::TREE_UNKNOWN_PARTITION, "this hub keeps no trees"))
            }
        }
    }
}

impl<S: Sight> Host<S> {
    pub(in crate::delivery) fn with(settings: Settings, sight: S) -> Self {
        Self {
            settings,
            sight,
            groups: BTreeMap::new(),
            welcomes: Welcomes::default(),
            key_packages: KeyPackages::default(),
        }
    }

    /// How it was set up.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What a group takes; `None` for a group that it does not host.
    #[must_use]
    pub fn usage(&self, group_id: &[u8]) -> Option<Usage> {
        self.groups.get(group_id).map(Group::usage)
    }

    /// Where the commits of a group lead, partition by partition in the order of their keys; for operators, whose
    /// evidence of a fork is a partition with two live children.
    pub fn edges(&self, group_id: &[u8]) -> impl Iterator<Item = Edge> {
        self.groups.get(group_id).into_iter().flat_map(Group::edges)
    }

    /// What is known of a group beyond its messages.
    #[must_use]
    pub fn knowledge(&self, group_id: &[u8]) -> Option<&S::Group> {
        self.groups.get(group_id).map(|group| &group.knowledge)
    }

    /// The partition that an external commit goes to (section 4.5).
    pub(in crate::delivery) fn most_recent(&self, group_id: &[u8]) -> Result<PartitionKey> {
        self.group(group_id)?.most_recent()
    }

    fn only_own(&self, from: &ServiceProviderId) -> Result<()> {
        if *from == self.settings.provider {
            return Ok(());
        }
        Err(Refused::new(reason::NOT_ALLOWED, "only the hub's own users and its operator may"))
    }

    pub(super) fn group(&self, group_id: &[u8]) -> Result<&Group<S::Group>> {
        self.groups.get(group_id).ok_or_else(|| unknown(group_id))
    }

    fn group_mut(&mut self, group_id: &[u8]) -> Result<&mut Group<S::Group>> {
        self.groups.get_mut(group_id).ok_or_else(|| unknown(group_id))
    }

    pub(in crate::delivery) fn create(
        &mut self,
        from: &ServiceProviderId,
        new: CreateGroup,
        tree_elsewhere: bool,
        out: &mut Effects,
    ) -> Result<()> {
        self.only_own(from)?;
        let limits = &self.settings.limits;
        within(self.groups.len().saturating_add(1), limits.max_groups, reason::EXCEEDS_GROUP_LIMIT, "groups")?;
        limits.octets(&new.group_id, "octets of a group id")?;
        if self.groups.contains_key(&new.group_id) {
            return Err(Refused::new(reason::GROUP_EXISTS, "a group of this id is hosted here"));
        }
        let published = self.published_at_creation(&new, tree_elsewhere)?;
        let knowledge = self.sight.create(&new)?;
        let mut group = Group::new(limits, new.suite, new.partition_key, published, knowledge)?;
        group.tree_elsewhere = tree_elsewhere;
        self.groups.insert(new.group_id, group);
        out.push(Effect::Respond(Response::Done));
        Ok(())
    }

    fn send(&mut self, from: &ServiceProviderId, request: SendRequest, out: &mut Effects) -> Result<()> {
        let group_id = super::admit::group_of(&request.message)?.to_vec();
        let SendRequest { message, partition_key, commit_data } = request;
        super::admit::kinds(&message, commit_data.is_some())?;
        self.sequence(from, group_id.clone(), partition_key, message, commit_data, out)?;
        self.named(from, &group_id, &partition_key, out)
    }

    /// Somebody named a partition of a group that is hosted here; the rule may end a branch now.
    fn named(
        &mut self,
        from: &ServiceProviderId,
        group_id: &[u8],
        partition: &PartitionKey,
        out: &mut Effects,
    ) -> Result<()> {
        let (rule, most) = (self.settings.termination, self.settings.limits.max_followers);
        let group = self.group_mut(group_id)?;
        group.forks.named(partition, from, most);
        group.judge(group_id, rule, out);
        Ok(())
    }

    fn report(
        &mut self,
        from: &ServiceProviderId,
        group_id: &[u8],
        report: &ForkReport,
        out: &mut Effects,
    ) -> Result<()> {
        let (rule, most) = (self.settings.termination, self.settings.limits.max_followers);
        let lapse = if let Termination::Minority { lapse, .. } = rule { lapse } else { u64::MAX };
        let group = self.group_mut(group_id)?;
        group.forks.report(from, report, most, lapse)?;
        out.push(Effect::Respond(Response::Done));
        group.judge(group_id, rule, out);
        Ok(())
    }

    fn external_join(&mut self, from: &ServiceProviderId, join: ExternalJoinRequest, out: &mut Effects) -> Result<()> {
        let group_id = super::admit::group_of(&join.message)?.to_vec();
        super::admit::joins(&join.message)?;
        let partition = self.most_recent(&group_id)?;
        self.sequence(from, group_id, partition, join.message, Some(join.commit_data), out)
    }

    /// Everything is looked at before anything changes.
    fn sequence(
        &mut self,
        from: &ServiceProviderId,
        group_id: Vec<u8>,
        partition: PartitionKey,
        message: MlsMessage,
        commit: Option<CommitData>,
        out: &mut Effects,
    ) -> Result<()> {
        let admitted = self.admit(&group_id, &partition, &message, commit.as_ref())?;
        let (push, most) = (self.settings.pushes, self.settings.limits.max_followers);
        let group = self.groups.get_mut(&group_id).ok_or_else(|| unknown(&group_id))?;
        let index = group.add(partition, message, admitted.step);
        self.sight.learn(&mut group.knowledge, &partition, admitted.insight);
        out.push(Effect::Respond(Response::Done));
        out.push(Effect::Sequenced { group_id: group_id.clone(), partition, index });
        if let (Some(welcome), Some(CommitData { welcome_data: Some(data), .. })) = (admitted.welcome, commit) {
            group.wait(self.welcomes.fan_out(&group_id, &self.settings.provider, data.welcome, welcome, out));
        }
        if push == Pushes::Followers {
            group.push(&group_id, &partition, out);
            group.remember(&partition, from, most);
        }
        Ok(())
    }

    fn receive(
        &mut self,
        from: &ServiceProviderId,
        group_id: &[u8],
        request: ReceiveRequest,
        out: &mut Effects,
    ) -> Result<()> {
        let (hints, push, most) = (self.settings.hints, self.settings.pushes, self.settings.limits.max_followers);
        let group = self.group_mut(group_id)?;
        out.push(Effect::Respond(Response::Received(group.received(&request, hints))));
        if push == Pushes::Followers {
            group.remember(&request.partition_key, from, most);
        }
        self.named(from, group_id, &request.partition_key, out)
    }

    fn group_info(&self, request: &GroupInfoRequest, out: &mut Effects) -> Result<()> {
        let Published { group_info, tree } = self.group(&request.group_id)?.published()?.clone();
        let response = GroupInfoResponse { group_info, ratchet_tree: tree };
        out.push(Effect::Respond(Response::GroupInfo(response)));
        Ok(())
    }

    fn welcome_answer(&mut self, from: &ServiceProviderId, accept: bool, out: &mut Effects) -> Result<()> {
        let waited = self.welcomes.answered(from)?;
        if let Some(group) = self.groups.get_mut(&waited.group_id) {
            group.no_longer_waits(waited.octets);
        }
        out.push(Effect::Respond(Response::Done));
        if accept {
            out.push(Effect::Welcome { to: from.clone(), welcome: waited.welcome.as_ref().clone() });
        }
        Ok(())
    }

    fn terminate(
        &mut self,
        from: &ServiceProviderId,
        group_id: &[u8],
        partition: &PartitionKey,
        out: &mut Effects,
    ) -> Result<()> {
        self.only_own(from)?;
        if self.settings.termination == Termination::Never {
            return Err(Refused::new(reason::NOT_ALLOWED, "this hub ends no branch"));
        }
        self.group_mut(group_id)?.terminate(partition)?;
        out.push(Effect::Respond(Response::Done));
        Ok(())
    }
}

fn unknown(group_id: &[u8]) -> Refused {
    Refused::new(reason::UNKNOWN_GROUP, format!("group {}", crate::wire::hex::encode(group_id)))
}
