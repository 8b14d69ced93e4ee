use super::contract::{Creation, Effect, Effects, Ignored, Input, Publish, Request, Settings, Way};
use super::knowledge::{Knowledge, Standing};
use super::membership::Membership;
use super::own::{refuse, written};
use super::policy;
use super::trees::{self, Grown};
use crate::entropy::Time;
use crate::mls::member::{Ahead, Client, Listed, Member, Position, Refusal, Result};
use crate::protocol::{
    CommitData, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, Head, MlsMessage, PartitionKey,
};
use crate::reason::Reason;
use crate::reason::{delivery as reason, mls};
use crate::recovery::{Approval, Epoch, Link};
use crate::tree::{Help, Wrapping};

/// One device in at most one group.
pub struct Device {
    pub(super) client: Box<dyn Client>,
    pub(super) settings: Settings,
    state: State,
    /// What it waits for to come into a group, or into the same group anew.
    pub(super) door: Door,
    /// What its user has agreed to give up its membership for. It serves once.
    approval: Option<Approval>,
    /// A member's help to join by an external commit.
    pub(super) help: Option<Help>,
    /// What its external join, or the group that it made, replaces, should the hub refuse that.
    before: Option<Before>,
    /// The time of the present input.
    now: Time,
}

/// A membership that was replaced, and the approval that served for it.
struct Before {
    membership: Box<Membership>,
    approval: Option<Approval>,
}

/// Where it is.
enum State {
    /// Waits for its user, or for a Welcome.
    AwaitingGroup,
    /// Waits for messages of its partition; with an own commit out, for its return.
    AwaitingMessages(Box<Membership>),
    /// It was removed and waits for nothing.
    Out,
}

/// What it waits for to come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// Nothing.
    Shut,
    /// Waits for the tree of a Welcome.
    AwaitingTree { welcome: Vec<u8> },
    /// Waits for the encrypted tree of a Welcome.
    AwaitingTrees { welcome: Vec<u8>, ahead: Ahead },
    /// Waits for the encrypted tree of a GroupInfo to join by.
    AwaitingTreesToJoin { info: Vec<u8>, help: Help },
    /// Waits for a GroupInfo to join by.
    AwaitingGroupInfo { group_id: Vec<u8> },
}

impl Device {
    /// A device in no group.
    #[must_use]
    pub fn new(client: Box<dyn Client>, settings: Settings) -> Self {
        Self {
            client,
            settings,
            state: State::AwaitingGroup,
            door: Door::Shut,
            approval: None,
            help: None,
            before: None,
            now: Time(0),
        }
    }

    /// Where it is, if it is in a group.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        self.membership().map(|m| &m.position)
    }

    /// What it waits for, in words.
    #[must_use]
    pub fn awaits(&self) -> &'static str {
        match (&self.door, &self.state) {
            (Door::AwaitingTree { .. }, _) => "tree",
            (Door::AwaitingTrees { .. } | Door::AwaitingTreesToJoin { .. }, _) => "encrypted tree",
            (Door::AwaitingGroupInfo { .. }, _) => "group info",
            (Door::Shut, State::AwaitingGroup) => "group",
            (Door::Shut, State::Out) => "nothing",
            (Door::Shut, State::AwaitingMessages(m)) if m.own.is_some() => "own commit",
            (Door::Shut, State::AwaitingMessages(m)) if m.leaving.is_some() => "removal",
            (Door::Shut, State::AwaitingMessages(_)) => "messages",
        }
    }

    /// Everybody in its group, by leaf; nobody where it is in none.
    #[must_use]
    pub fn members(&self) -> Vec<Listed> {
        self.membership().map(Membership::members).unwrap_or_default()
    }

    /// Data of a component of its group's `app_data_dictionary`; none where it is in no group.
    #[must_use]
    pub fn application_data(&self, component: u16) -> Option<Vec<u8>> {
        self.membership()?.member.application_data(component)
    }

    /// Messages that it ignored, oldest first.
    pub fn ignored(&self) -> impl Iterator<Item = &Ignored> {
        self.membership().into_iter().flat_map(|m| &m.ignored)
    }

    /// Partition and number of its messages that were processed or ignored.
    #[must_use]
    pub fn counter(&self) -> Option<(PartitionKey, u32)> {
        self.membership().map(|m| (m.places.here.key, m.places.here.counter))
    }

    /// Epochs of its group that it was in, at most 33, the present one last; none where it is in no group.
    #[must_use]
    pub fn trail(&self) -> Vec<Epoch> {
        self.membership().map(|m| m.trail.epochs()).unwrap_or_default()
    }

    /// The link to a successor (`recovery`) of an epoch of its group that it was in; `None` where it was not, or where that
    /// is too long ago.
    #[must_use]
    pub fn link(&self, epoch: u64) -> Option<&Link> {
        self.membership()?.trail.link(epoch)
    }

    /// What it knows of forks of its group; `None` where it is in no group.
    #[must_use]
    pub fn knowledge(&self) -> Option<Knowledge> {
        self.membership().map(Membership::knowledge)
    }

    /// The encrypted tree of its group, in the epoch in which it is; `None` where there is none, or where it was lost.
    #[must_use]
    pub fn encrypted_tree(&self) -> Option<&Wrapping> {
        self.membership()?.tree.as_ref().map(Grown::wrapping)
    }

    /// What its user has agreed to and what has not happened yet.
    #[must_use]
    pub fn approval(&self) -> Option<&Approval> {
        self.approval.as_ref()
    }

    /// A secret of the present epoch (RFC 9420 section 8.5), in octets.
    ///
    /// # Errors
    /// It is in no group.
    pub fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>> {
        self.membership().ok_or_else(outside)?.member.export(label, context, octets)
    }

    /// A copy that goes its own way.
    #[must_use]
    pub fn copy(&self) -> Self {
        let state = match &self.state {
            State::AwaitingGroup => State::AwaitingGroup,
            State::AwaitingMessages(membership) => State::AwaitingMessages(Box::new(membership.copy())),
            State::Out => State::Out,
        };
        let before = self
            .before
            .as_ref()
            .map(|before| Before { membership: Box::new(before.membership.copy()), approval: before.approval.clone() });
        let (settings, door, approval) = (self.settings.clone(), self.door.clone(), self.approval.clone());
        Self {
            client: self.client.copy(),
            settings,
            state,
            door,
            approval,
            help: self.help.clone(),
            before,
            now: self.now,
        }
    }

    pub(super) fn membership(&self) -> Option<&Membership> {
        match &self.state {
            State::AwaitingMessages(membership) => Some(membership),
            _ => None,
        }
    }

    pub(super) fn inside(&mut self) -> Result<&mut Membership> {
        match &mut self.state {
            State::AwaitingMessages(membership) => Ok(membership),
            _ => Err(outside()),
        }
    }

    /// Takes one input and writes what follows from it.
    ///
    /// # Errors
    /// The input is refused; the device and `out` are as they were. Messages of a partition are never refused: each
    /// is processed or ignored.
    pub fn step(&mut self, now: Time, input: Input, out: &mut Effects) -> Result<()> {
        let mut effects = vec![];
        self.take(now, input, &mut effects)?;
        out.append(&mut effects);
        Ok(())
    }

    fn take(&mut self, now: Time, input: Input, out: &mut Effects) -> Result<()> {
        let before = std::mem::replace(&mut self.now, now);
        self.clock(now);
        if let Err(refusal) = self.does(now, input, out) {
            self.now = before;
            self.clock(before);
            return Err(refusal);
        }
        if let State::AwaitingMessages(membership) = &mut self.state {
            membership.learn(out);
        }
        Ok(())
    }

    fn clock(&mut self, now: Time) {
        if let State::AwaitingMessages(membership) = &mut self.state {
            membership.memory.clock(now);
        }
    }

    fn does(&mut self, now: Time, input: Input, out: &mut Effects) -> Result<()> {
        match input {
            Input::KeyPackage => {
                out.push(Effect::KeyPackage(self.client.key_package()?));
                Ok(())
            }
            Input::Create { group_id } => self.create(&group_id, out),
            Input::JoinExternally { group_id } => self.ask_to_join(group_id, out),
            Input::Approve(approval) => {
                self.approval = approval;
                Ok(())
            }
            Input::Commit(wish) => self.inside()?.commit(wish, out),
            Input::Send { data } => self.inside()?.send(data, out),
            Input::Propose(proposal) => self.inside()?.propose(&proposal, out),
            Input::Leave => self.inside()?.leave(out),
            Input::Look => self.look(out),
            Input::Welcome(welcome) => self.welcome(&welcome, out),
            Input::GroupInfo(response) => self.group_info(&response, out),
            Input::Delivered { partition_key, first, messages } => {
                let stays = self.inside()?.delivered(now, partition_key, first, messages, out)?;
                self.go_out(stays);
                Ok(())
            }
            Input::Hinted { partition, messages } => {
                let stays = self.inside()?.hinted(now, partition, messages, out)?;
                self.go_out(stays);
                Ok(())
            }
            Input::Told(told) => self.inside()?.told(&told),
            Input::Trees(response) => self.trees(&response.trees, out),
            Input::TreeMarks { partition_key, response } => {
                self.inside()?.marks(&partition_key, &response, out);
                Ok(())
            }
            Input::Help { key_package } => self.give_help(&key_package, out),
            Input::Helped { key_package, sealed } => self.helped(&key_package, &sealed),
            Input::Refused { request, reason } => self.refused(&request, reason, out),
        }
    }

    fn go_out(&mut self, stays: bool) {
        if !stays {
            self.state = State::Out;
        }
    }

    fn create(&mut self, group_id: &[u8], out: &mut Effects) -> Result<()> {
        self.may_enter(Some(group_id))?;
        let mut client = self.client.copy();
        let mut member = client.create(group_id)?;
        let position = member.position()?;
        let (info, tree) = member.group_info()?;
        let grown = self.settings.trees.then(|| Grown::first(&self.settings, member.as_ref(), &position, &tree));
        let grown = grown.transpose()?;
        let (group_info, ratchet_tree) = match self.settings.publishes() {
            Publish::WithoutTree if self.settings.trees => (Some(written(&info)?), None),
            Publish::Nothing => (None, None),
            Publish::WithoutTree => (Some(written(&info)?), Some(tree)),
            Publish::WithTree => (Some(written(&member.group_info_with_tree()?)?), None),
        };
        let (group_id, suite, partition_key) = (position.group_id.clone(), self.settings.suite, position.partition_key);
        let new = Effect::Create(Creation { group_id, suite, partition_key, group_info, ratchet_tree });
        out.push(trees::patched(new, grown.as_ref()));
        self.client = client;
        self.enter((member, grown), position, Way::Created, out);
        Ok(())
    }

    /// Whether it may come into a group: it is in none, or in this one and lets itself be replaced, or its user has agreed to
    /// this one. Where a group is not known yet, any may be it.
    pub(super) fn may_enter(&self, group_id: Option<&[u8]>) -> Result<()> {
        let Some(here) = self.position() else { return Ok(()) };
        if self.settings.replace && group_id.is_none_or(|id| id == here.group_id) {
            return Ok(());
        }
        let approval =
            self.approval.as_ref().ok_or_else(|| refuse(reason::ALREADY_MEMBER, "the device is in a group"))?;
        let named = group_id.map_or(Ok(()), |id| approval.names(id));
        named.map_err(|why| refuse(why, "the user has agreed to another group"))
    }

    /// Whether it may be there instead of where it is.
    fn may_be_at(&self, position: &Position) -> Result<()> {
        self.may_enter(Some(&position.group_id))?;
        let replaces = self.position().is_some_and(|here| self.settings.replace && here.group_id == position.group_id);
        match (&self.approval, self.position()) {
            (Some(approval), Some(_)) if !replaces => approval
                .permits(&position.group_id, position.epoch, &position.epoch_authenticator)
                .map_err(|why| refuse(why, &format!("in epoch {}", position.epoch))),
            _ => Ok(()),
        }
    }

    pub(super) fn enter(
        &mut self,
        (member, tree): (Box<dyn Member>, Option<Grown>),
        position: Position,
        way: Way,
        out: &mut Effects,
    ) {
        let shown = tree.as_ref().map(|_| trees::question(&position));
        let membership = Membership::new(self.now, self.settings.clone(), member, position.clone(), tree);
        let ask = membership.places.here.ask();
        self.before = None;
        let mut doubted = false;
        if let State::AwaitingMessages(membership) =
            std::mem::replace(&mut self.state, State::AwaitingMessages(Box::new(membership)))
        {
            out.push(Effect::Left { position: membership.position.clone(), unsent: membership.outbox.clone() });
            doubted = membership.knowledge().standing != Standing::Together;
            let approval = self.approval.take();
            // Who is welcomed need not ask anybody whether it may come.
            if way != Way::Welcomed {
                self.before = Some(Before { membership, approval });
            }
        }
        self.door = Door::Shut;
        out.push(Effect::Entered { position, way });
        if doubted {
            out.extend(self.knowledge().map(Effect::Knows));
        }
        out.push(Effect::Ask(ask));
        out.extend(shown.filter(|_| way != Way::Welcomed).map(Effect::AskTreeMarks));
    }

    fn ask_to_join(&mut self, group_id: Vec<u8>, out: &mut Effects) -> Result<()> {
        self.may_enter(Some(&group_id))?;
        out.push(Effect::AskGroupInfo(GroupInfoRequest { group_id: group_id.clone() }));
        self.door = Door::AwaitingGroupInfo { group_id };
        Ok(())
    }

    /// A Welcome that has its tree leads in at once; another makes the device ask the hub for the tree.
    fn welcome(&mut self, welcome: &MlsMessage, out: &mut Effects) -> Result<()> {
        self.may_enter(None)?;
        if self.settings.trees {
            return self.welcome_without_tree(welcome.octets(), out);
        }
        match self.join(welcome.octets(), (None, None), out) {
            Err(refusal) if refusal.reason == mls::MISSING_TREE => {
                let group_id = self.client.welcome_group(welcome.octets())?;
                self.may_enter(Some(&group_id))?;
                out.push(Effect::AskGroupInfo(GroupInfoRequest { group_id }));
                self.door = Door::AwaitingTree { welcome: welcome.octets().to_vec() };
                Ok(())
            }
            done => done,
        }
    }

    pub(super) fn join(
        &mut self,
        welcome: &[u8],
        (tree, grown): (Option<&[u8]>, Option<Grown>),
        out: &mut Effects,
    ) -> Result<()> {
        let mut client = self.client.copy();
        let member = client.join(welcome, tree)?;
        let position = member.position()?;
        self.may_be_at(&position)?;
        self.client = client;
        self.enter((member, grown), position, Way::Welcomed, out);
        Ok(())
    }

    fn group_info(&mut self, response: &GroupInfoResponse, out: &mut Effects) -> Result<()> {
        let Head::GroupInfo { group_id, ratchet_tree, .. } = response.group_info.head() else {
            return Err(refuse(mls::BAD_GROUP_INFO, "no GroupInfo"));
        };
        let tree = response.ratchet_tree.as_deref().or(ratchet_tree.as_deref());
        match self.door.clone() {
            Door::Shut | Door::AwaitingTrees { .. } | Door::AwaitingTreesToJoin { .. } => {
                Err(refuse(reason::NOT_ASKED, "a GroupInfo that nobody asked for"))
            }
            Door::AwaitingTree { welcome } => self.join(&welcome, (tree, None), out),
            Door::AwaitingGroupInfo { group_id: asked } if asked != *group_id => {
                Err(refuse(mls::WRONG_GROUP, "a GroupInfo of another group"))
            }
            Door::AwaitingGroupInfo { .. } if self.settings.trees => {
                self.join_with_help(response.group_info.octets(), group_id, out)
            }
            Door::AwaitingGroupInfo { .. } => self.join_externally(response.group_info.octets(), (tree, None), out),
        }
    }

    /// The new member is in the next epoch at once, and may send there (section 4.5).
    pub(super) fn join_externally(
        &mut self,
        info: &[u8],
        (tree, grown): (Option<&[u8]>, Option<Grown>),
        out: &mut Effects,
    ) -> Result<()> {
        let mut client = self.client.copy();
        let (member, made) = client.external_join(info, tree)?;
        self.may_be_at(&made.next)?;
        if let Some(known) = &self.settings.policy {
            policy::joining(known, member.as_ref(), &made)?;
        }
        let group_info = match self.settings.publishes() {
            Publish::Nothing => None,
            Publish::WithoutTree => Some(written(&made.group_info)?),
            Publish::WithTree => Some(written(&member.copy().group_info_with_tree()?)?),
        };
        let grown = grown.map(|grown| grown.next(member.copy().as_mut())).transpose()?;
        let commit_data = CommitData { next_partition_key: made.next.partition_key, group_info, welcome_data: None };
        let join = Effect::ExternalJoin(ExternalJoinRequest { message: written(&made.commit)?, commit_data });
        out.push(trees::patched(join, grown.as_ref()));
        self.client = client;
        self.enter((member, grown), made.next, Way::Joined, out);
        Ok(())
    }

    fn refused(&mut self, request: &Request, why: Reason, out: &mut Effects) -> Result<()> {
        match request {
            Request::Send(message) => return self.inside()?.refused(message, why, out),
            Request::GroupInfo => self.door = Door::Shut,
            // It is asked again, or made again by the next who finds it.
            Request::Tree => {}
            Request::ExternalJoin | Request::Create => {
                self.inside()?;
                self.state = match self.before.take() {
                    None => State::AwaitingGroup,
                    Some(Before { membership, approval }) => {
                        self.approval = approval;
                        State::AwaitingMessages(membership)
                    }
                };
            }
        }
        out.push(Effect::Unsent { reason: why });
        Ok(())
    }
}

pub(super) fn outside() -> Refusal {
    refuse(mls::NOT_A_MEMBER, "the device is in no group")
}
