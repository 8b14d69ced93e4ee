use super::door::Door;
use super::identity::name;
use super::library::{Group, State, now};
use super::refusal::{malformed, refuse};
use super::{input, staged};
use crate::mls::member::{CommitOut, Listed, Member, Plan, Position, Proposal, Received, Result};
use crate::protocol::{EXPORTER_LABEL, Held, PartitionKey};
use crate::reason::mls as reason;
use mls_rs::group::{CommitEffect, ReceivedMessage, Sender};
use mls_rs::mls_rs_codec::MlsEncode;
use mls_rs::{MlsMessage, MlsMessageDescription, WireFormat};

/// The library's own SelfRemove is another proposal on the wire, and a custom proposal has a length before it.
const NO_SELF_REMOVE: &str = "mls-rs numbers SelfRemove 0xf003, where draft-ietf-mls-extensions has 0x000a";

/// A device in one group.
///
/// The library moves as soon as it has processed a commit. So everything that may fail or may be taken back is
/// done on a copy of the group; moving is taking the copy.
#[derive(Clone)]
pub(super) struct Party {
    state: State,
    door: Door,
    /// The own commit that is pending: its octets, and where it leads.
    own: Option<(Vec<u8>, Group)>,
    /// The staged commit: where it leads, unless out of the group.
    staged: Option<Option<Group>>,
    removed: bool,
}

/// Where this group is.
pub(super) fn position(group: &Group) -> Result<Position> {
    let key = group.export_secret(EXPORTER_LABEL.as_bytes(), &[], 16)?;
    let key = key.as_bytes().try_into().map_err(|_| refuse(reason::MLS_OTHER, "an exported secret of another length"));
    Ok(Position {
        group_id: group.group_id().to_vec(),
        epoch: group.current_epoch(),
        epoch_authenticator: group.epoch_authenticator()?.as_bytes().to_vec(),
        partition_key: PartitionKey(key?),
        group_context: group.context().mls_encode_to_vec().map_err(|e| malformed(&e))?,
    })
}

/// Whether an epoch can be left: its number is a u64, and the library does not look.
pub(super) fn has_next(epoch: u64) -> Result<()> {
    epoch.checked_add(1).map(|_| ()).ok_or_else(|| refuse(reason::BAD_GROUP_INFO, "the last epoch there can be"))
}

fn info_and_tree(group: &Group) -> Result<(Vec<u8>, Vec<u8>)> {
    let info = group.group_info_message_allowing_ext_commit(false)?.to_bytes()?;
    Ok((info, group.export_tree().to_bytes()?))
}

/// What goes out with a commit that led to `next`.
pub(super) fn commit_out(
    next: &Group,
    commit: Vec<u8>,
    welcome: Option<Vec<u8>>,
    held: Vec<Held>,
) -> Result<CommitOut> {
    let (group_info, ratchet_tree) = info_and_tree(next)?;
    Ok(CommitOut { commit, welcome, group_info, ratchet_tree, next: position(next)?, held })
}

/// Refuses a KeyPackage that could not be added here. The library looks at it only when it is committed.
fn could_add(group: &Group, key_package: MlsMessage) -> Result<()> {
    let mut scratch = group.clone();
    scratch.clear_proposal_cache();
    scratch.commit_builder().add_member(key_package)?.commit_time(now()).build()?;
    Ok(())
}

impl Party {
    pub(super) fn new(state: State, door: Door) -> Self {
        Self { state, door, own: None, staged: None, removed: false }
    }

    fn present(&self) -> Result<()> {
        if self.removed { Err(refuse(reason::NOT_A_MEMBER, "removed")) } else { Ok(()) }
    }

    fn nothing_pending(&self) -> Result<()> {
        if self.own.is_some() { Err(refuse(reason::PENDING_COMMIT, "a commit is pending")) } else { Ok(()) }
    }

    /// Does something to a copy of the group; the copy, if it was not refused.
    fn on_copy<T>(&self, act: impl FnOnce(&mut Group) -> Result<T>) -> Result<(T, State)> {
        self.present()?;
        let mut group = self.state.group.clone();
        self.door.open(self.state.stream.clone());
        let out = act(&mut group)?;
        Ok((out, State { group, stream: self.door.stream() }))
    }

    /// Refuses a message whose sender is a leaf that nobody has. The library does so too, with an error that it
    /// has for proposals as well.
    fn known_sender(&self, message: &MlsMessage) -> Result<()> {
        let MlsMessageDescription::PublicProtocolMessage { group_id, epoch_id, sender: Sender::Member(leaf), .. } =
            message.description()
        else {
            return Ok(());
        };
        let group = &self.state.group;
        let here = group_id == group.group_id() && epoch_id == group.current_epoch();
        if here && group.member_at_index(leaf).is_none() {
            return Err(refuse(reason::UNKNOWN_SENDER, &format!("nobody has leaf {leaf}")));
        }
        Ok(())
    }

    fn build(&self, group: &mut Group, plan: &Plan) -> Result<(Vec<u8>, Option<Vec<u8>>)> {
        if plan.update {
            self.door.wish_path();
        }
        let mut builder = group.commit_builder().authenticated_data(plan.aad.clone()).commit_time(now());
        for key_package in &plan.add {
            builder = builder.add_member(input::key_package(key_package)?)?;
        }
        for leaf in &plan.remove {
            builder = builder.remove_member(*leaf)?;
        }
        let out = builder.build()?;
        let welcome = out.welcome_messages().first().map(MlsMessage::to_bytes).transpose()?;
        Ok((out.commit_message().to_bytes()?, welcome))
    }
}

impl Member for Party {
    fn position(&self) -> Result<Position> {
        self.present()?;
        position(&self.state.group)
    }

    fn leaf(&self) -> u32 {
        self.state.group.current_member_index()
    }

    fn members(&self) -> Vec<Listed> {
        let listed = |m: mls_rs::group::Member| Listed { leaf: m.index, identity: name(&m.signing_identity) };
        self.state.group.roster().members_iter().map(listed).collect()
    }

    fn export(&self, label: &str, context: &[u8], octets: usize) -> Result<Vec<u8>> {
        self.present()?;
        Ok(self.state.group.export_secret(label.as_bytes(), context, octets)?.as_bytes().to_vec())
    }

    fn group_info(&mut self) -> Result<(Vec<u8>, Vec<u8>)> {
        self.present()?;
        info_and_tree(&self.state.group)
    }

    fn group_info_with_tree(&mut self) -> Result<Vec<u8>> {
        self.present()?;
        Ok(self.state.group.group_info_message_allowing_ext_commit(true)?.to_bytes()?)
    }

    fn send(&mut self, data: &[u8], aad: &[u8]) -> Result<Vec<u8>> {
        self.nothing_pending()?;
        let (octets, state) =
            self.on_copy(|group| Ok(group.encrypt_application_message(data, aad.to_vec())?.to_bytes()?))?;
        self.state = state;
        Ok(octets)
    }

    fn propose(&mut self, proposal: &Proposal) -> Result<Vec<u8>> {
        let (octets, state) = self.on_copy(|group| {
            let message = match proposal {
                Proposal::Add(octets) => {
                    let key_package = input::key_package(octets)?;
                    could_add(group, key_package.clone())?;
                    group.propose_add(key_package, vec![])?
                }
                Proposal::Remove(leaf) if group.member_at_index(*leaf).is_none() => {
                    return Err(refuse(reason::BAD_PROPOSALS, &format!("nobody has leaf {leaf}")));
                }
                Proposal::Remove(leaf) => group.propose_remove(*leaf, vec![])?,
                Proposal::Update => group.propose_update(vec![])?,
                Proposal::AppData(..) => return Err(refuse(reason::MLS_UNSUPPORTED, "AppDataUpdate is not known")),
                Proposal::SelfRemove => return Err(refuse(reason::MLS_UNSUPPORTED, NO_SELF_REMOVE)),
            };
            Ok(message.to_bytes()?)
        })?;
        self.state = state;
        Ok(octets)
    }

    fn commit(&mut self, plan: &Plan) -> Result<CommitOut> {
        self.nothing_pending()?;
        has_next(self.state.group.current_epoch())?;
        let ((out, next), mut state) = self.on_copy(|group| {
            let (commit, welcome) = self.build(group, plan)?;
            let mut next = group.clone();
            let held = staged::held_by(&next.apply_pending_commit()?);
            let out = commit_out(&next, commit, welcome, held)?;
            Ok((out, next))
        })?;
        // The generation that an encrypted commit used stays used, whatever becomes of the commit.
        state.group.clear_pending_commit();
        self.own = Some((out.commit.clone(), next));
        self.state = state;
        Ok(out)
    }

    fn merge_own(&mut self) -> Result<()> {
        let (_, next) = self.own.take().ok_or_else(|| refuse(reason::PENDING_COMMIT, "no commit is pending"))?;
        self.state.group = next;
        self.staged = None;
        Ok(())
    }

    fn drop_own(&mut self) {
        self.own = None;
    }

    fn process(&mut self, message: &[u8]) -> Result<Received> {
        if self.own.as_ref().is_some_and(|(octets, _)| octets == message) {
            return Err(refuse(reason::PENDING_COMMIT, "this is the own pending commit"));
        }
        let message = input::message(message)?;
        has_next(self.state.group.current_epoch())?;
        if !matches!(message.wire_format(), WireFormat::PublicMessage | WireFormat::PrivateMessage) {
            return Err(refuse(reason::WRONG_WIRE_FORMAT, "not a message to a group"));
        }
        self.known_sender(&message)?;
        let joiner = message.commit_path_leaf_node().map(|leaf| name(&leaf.signing_identity));
        let (received, state) = self.on_copy(|group| Ok(group.process_incoming_message(message)?))?;
        let received = match received {
            ReceivedMessage::ApplicationMessage(m) => {
                self.state = state;
                let (sender, data) = (m.sender_index, m.data().to_vec());
                Received::Application { sender, data, aad: m.authenticated_data }
            }
            ReceivedMessage::Proposal(p) => {
                self.state = state;
                Received::Proposal { sender: staged::proposer(&p.sender) }
            }
            ReceivedMessage::Commit(commit) => {
                let staged = staged::describe(&commit, &state.group, joiner)?;
                let stays = matches!(commit.effect, CommitEffect::NewEpoch(_));
                self.staged = Some(stays.then_some(state.group));
                Received::Commit(staged)
            }
            _ => return Err(refuse(reason::WRONG_WIRE_FORMAT, "not a message to a group")),
        };
        Ok(received)
    }

    fn merge(&mut self) -> Result<()> {
        let staged = self.staged.take().ok_or_else(|| refuse(reason::PENDING_COMMIT, "nothing is staged"))?;
        match staged {
            // The stream goes on from here: what was drawn since staging is not drawn again.
            Some(next) => self.state.group = next,
            None => self.removed = true,
        }
        self.own = None;
        Ok(())
    }

    fn discard(&mut self) {
        self.staged = None;
    }

    fn copy(&self) -> Box<dyn Member> {
        Box::new(self.clone())
    }
}
