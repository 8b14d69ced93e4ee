//! One call in a group.

use super::library::Parts;
use super::refusal::refuse;
use super::{application, input};
use crate::crypto::faults::Faults;
use crate::crypto::{Kept, Provider};
use crate::entropy::Stream;
use crate::mls::anatomy::Commit;
use crate::mls::member::{CommitOut, Listed, Position, Result};
use crate::mls::strict::{self, Once};
use crate::protocol::{EXPORTER_LABEL, Held, PartitionKey};
use crate::reason::mls as reason;
use openmls::group::{GroupId, MlsGroup};
use openmls::prelude::tls_codec::Serialize;
use openmls::prelude::{MlsMessageOut, OpenMlsProvider, QueuedProposal};
use std::cell::Cell;
use std::rc::Rc;

/// A group where a member may be: all of the library's state in it, and what is asked for often.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) kept: Kept,
    pub(super) here: Rc<Here>,
    /// The library's group with this state, left over from the message that led here or from one that it refused:
    /// loading one costs more than most refusals do. Copies of a member share it, and whoever changes it takes it away.
    hot: Rc<Cell<Option<Box<Work>>>>,
}

impl Place {
    fn new(kept: Kept, here: Here) -> Self {
        Self { kept, here: Rc::new(here), hot: Rc::default() }
    }

    /// The same place with other things stored.
    pub(super) fn with(&self, kept: Kept) -> Self {
        Self { kept, here: Rc::clone(&self.here), hot: Rc::default() }
    }

    /// The library's group for one message. It draws nothing and seals nothing for one that it refuses.
    pub(super) fn warm(&self, stream: &Stream, faults: &Faults) -> Result<Box<Work>> {
        let Some(work) = self.hot.take() else {
            return Ok(Box::new(Work::load(&self.kept, &self.here.position.group_id, stream.clone(), faults)?));
        };
        work.provider.restart(stream.clone());
        Ok(work)
    }

    /// Leaves the group for the next message: this one led here, or was refused and the library changed nothing.
    pub(super) fn stay(&self, work: Box<Work>) {
        self.hot.set(Some(work));
    }
}

/// What is asked for often.
pub(super) struct Here {
    pub(super) position: Position,
    pub(super) leaf: u32,
    pub(super) members: Vec<Listed>,
    pub(super) data: Vec<(u16, Vec<u8>)>,
}

/// Place of the second octet of `wire_format` in an MLSMessage, and what it is for a PublicMessage.
const WIRE_FORMAT: usize = 3;
const PUBLIC: u8 = 1;

/// The library's group during a call.
pub(super) struct Work {
    pub(super) provider: Provider,
    pub(super) group: MlsGroup,
}

impl Work {
    /// The group that was kept, to be worked on.
    pub(super) fn load(kept: &Kept, group_id: &[u8], stream: Stream, faults: &Faults) -> Result<Self> {
        let provider = Provider::under(stream, kept, faults);
        let none = || refuse(reason::MLS_OTHER, "a member without its group");
        let group = MlsGroup::load(provider.storage(), &GroupId::from_slice(group_id))?.ok_or_else(none)?;
        Ok(Self { provider, group })
    }

    /// What a member keeps of it; `before` is what was stored beside it and is not the group's.
    pub(super) fn place(&self, before: &Kept) -> Result<Place> {
        let mut members = vec![];
        for member in self.group.members() {
            input::basic(&member.credential)?;
            let identity = member.credential.serialized_content().to_vec();
            members.push(Listed { leaf: member.index.u32(), identity });
        }
        let data = application::kept(self.group.extensions());
        let here = Here { position: self.position()?, leaf: self.group.own_leaf_index().u32(), members, data };
        Ok(Place::new(self.provider.kept().since(before), here))
    }

    fn position(&self) -> Result<Position> {
        let key = self.group.export_secret(self.provider.crypto(), EXPORTER_LABEL, &[], 16)?;
        let other = |_| refuse(reason::MLS_OTHER, "an exported secret of another length");
        Ok(Position {
            group_id: self.group.group_id().as_slice().to_vec(),
            epoch: self.group.epoch().as_u64(),
            epoch_authenticator: self.group.epoch_authenticator().as_slice().to_vec(),
            partition_key: PartitionKey(key.as_slice().try_into().map_err(other)?),
            group_context: self.group.public_group().group_context().tls_serialize_detached()?,
        })
    }

    /// The GroupInfo (MLSMessage).
    pub(super) fn group_info(&self, parts: &Parts, with_tree: bool) -> Result<Vec<u8>> {
        octets(&self.group.export_group_info(self.provider.crypto(), &parts.keys, with_tree)?)
    }

    /// Octets of the tree.
    pub(super) fn tree(&self) -> Result<Vec<u8>> {
        Ok(self.group.export_ratchet_tree().tls_serialize_detached()?)
    }

    /// The commit that a message was found to hold, as it was sent.
    pub(super) fn commit(&self, message: &[u8]) -> Result<Commit> {
        match message.get(WIRE_FORMAT) {
            Some(&PUBLIC) => strict::public(message),
            _ => strict::decrypted(&self.provider.crypto().opened()),
        }
    }

    /// What a proposal of this epoch is, by its reference with the length in front.
    pub(super) fn pending(&self, reference: &[u8]) -> Option<Once> {
        let is = |queued: &&QueuedProposal| {
            queued.proposal_reference_ref().tls_serialize_detached().is_ok_and(|octets| octets == reference)
        };
        self.group.pending_proposals().find(is).and_then(strict::of_queued)
    }

    /// What goes out with a commit that led here.
    pub(super) fn commit_out(
        &self,
        parts: &Parts,
        commit: Vec<u8>,
        welcome: Option<Vec<u8>>,
        held: Vec<Held>,
    ) -> Result<CommitOut> {
        let (group_info, ratchet_tree) = (self.group_info(parts, false)?, self.tree()?);
        Ok(CommitOut { commit, welcome, group_info, ratchet_tree, next: self.position()?, held })
    }
}

/// A message's octets.
pub(super) fn octets(message: &MlsMessageOut) -> Result<Vec<u8>> {
    Ok(message.tls_serialize_detached()?)
}

/// Whether an epoch can be left: its number is a u64, and the library does not look.
pub(super) fn has_next(epoch: u64) -> Result<()> {
    epoch.checked_add(1).map(|_| ()).ok_or_else(|| refuse(reason::BAD_GROUP_INFO, "the last epoch there can be"))
}
