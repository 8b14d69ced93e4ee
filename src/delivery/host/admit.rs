//! Whether a message may be sequenced. All that a hub refuses here is unambiguously invalid, whatever the branch:
//! which partition keys it has seen before is never asked (section 3).

use super::engine::Host;
use super::group::{Published, Step, masked};
use super::welcomes::{Recipients, recipients};
use crate::delivery::hub::{CreateGroup, Refused};
use crate::delivery::sight::Sight;
use crate::protocol::{
    CipherSuite, CommitData, ContentType, Head, MlsMessage, PartitionKey, Sender, check_ratchet_tree,
};
use crate::reason::{delivery as reason, mls};

type Result<T> = std::result::Result<T, Refused>;

/// A message that may be sequenced, and what follows.
pub(super) struct Admitted<I> {
    pub step: Step,
    pub insight: I,
    pub welcome: Option<Recipients>,
}

/// The group of a PublicMessage or a PrivateMessage.
pub(super) fn group_of(message: &MlsMessage) -> Result<&[u8]> {
    match message.head() {
        Head::Public { group_id, .. } | Head::Private { group_id, .. } => Ok(group_id),
        _ => Err(Refused::new(reason::NOT_A_GROUP_MESSAGE, "neither a PublicMessage nor a PrivateMessage")),
    }
}

fn content(message: &MlsMessage) -> Option<ContentType> {
    match message.head() {
        Head::Public { content, .. } | Head::Private { content, .. } => Some(*content),
        _ => None,
    }
}

/// Application data is encrypted, and CommitData comes exactly with commits (section 4.2).
pub(super) fn kinds(message: &MlsMessage, with_data: bool) -> Result<()> {
    if matches!(message.head(), Head::Public { content: ContentType::Application, .. }) {
        return Err(Refused::new(mls::WRONG_WIRE_FORMAT, "application data in a PublicMessage"));
    }
    match (content(message) == Some(ContentType::Commit), with_data) {
        (true, false) => Err(Refused::new(reason::COMMIT_DATA_MISMATCH, "a commit without CommitData")),
        (false, true) => Err(Refused::new(reason::COMMIT_DATA_MISMATCH, "CommitData without a commit")),
        (true, true) | (false, false) => Ok(()),
    }
}

/// The commit of somebody who is no member yet (section 4.5).
pub(super) fn joins(message: &MlsMessage) -> Result<()> {
    match message.head() {
        Head::Public { sender: Sender::NewMemberCommit, content: ContentType::Commit, .. } => Ok(()),
        _ => Err(Refused::new(reason::NOT_AN_EXTERNAL_COMMIT, "not a commit of a new member in a PublicMessage")),
    }
}

/// The epoch after that of a message.
fn next_epoch(message: &MlsMessage) -> Option<u64> {
    match message.head() {
        Head::Public { epoch, .. } | Head::Private { epoch, .. } => epoch.checked_add(1),
        _ => None,
    }
}

/// Whether this is a GroupInfo of that group, and of that epoch if one is said.
fn describes(info: &MlsMessage, group: &[u8], suite: CipherSuite, after: Option<&MlsMessage>) -> Result<()> {
    let Head::GroupInfo { cipher_suite, group_id, epoch, .. } = info.head() else {
        return Err(Refused::new(reason::NOT_A_GROUP_INFO, "another message stands where a GroupInfo belongs"));
    };
    let wrong = |what| Err(Refused::new(reason::GROUP_INFO_OF_ANOTHER, format!("a GroupInfo of another {what}")));
    if group_id != group {
        return wrong("group");
    }
    if *cipher_suite != suite.0 {
        return wrong("cipher suite");
    }
    if after.is_some_and(|commit| next_epoch(commit) != Some(*epoch)) {
        return wrong("epoch than the commit begins");
    }
    Ok(())
}

fn has_tree(info: &MlsMessage) -> bool {
    matches!(info.head(), Head::GroupInfo { ratchet_tree: Some(_), .. })
}

fn tree_needed() -> Refused {
    Refused::new(reason::TREE_NEEDED, "retry with a GroupInfo that has a ratchet_tree extension")
}

impl<S: Sight> Host<S> {
    /// What a new group publishes. A GroupInfo has its tree with it, unless the tree is kept `elsewhere`.
    pub(super) fn published_at_creation(&self, new: &CreateGroup, elsewhere: bool) -> Result<Option<Published>> {
        let limits = &self.settings.limits;
        masked(new.suite, &new.partition_key)?;
        let Some(info) = &new.group_info else {
            let Some(_) = new.ratchet_tree else { return Ok(None) };
            return Err(Refused::new(reason::TREE_WITHOUT_GROUP_INFO, "a tree that belongs to no GroupInfo"));
        };
        limits.message(info)?;
        describes(info, &new.group_id, new.suite, None)?;
        if let Some(tree) = &new.ratchet_tree {
            limits.octets(tree, "octets of a ratchet tree")?;
            check_ratchet_tree(tree).map_err(|e| Refused::new(e.reason, e))?;
        }
        if !elsewhere && !has_tree(info) && new.ratchet_tree.is_none() {
            return Err(tree_needed());
        }
        let tree = new.ratchet_tree.clone().filter(|_| !has_tree(info));
        Ok(Some(Published { group_info: info.clone(), tree }))
    }

    /// Whether the message may be sequenced to this partition. Changes nothing.
    pub(super) fn admit(
        &self,
        group_id: &[u8],
        partition: &PartitionKey,
        message: &MlsMessage,
        commit: Option<&CommitData>,
    ) -> Result<Admitted<S::Insight>> {
        let limits = &self.settings.limits;
        let group = self.group(group_id)?;
        limits.message(message)?;
        let info = commit.and_then(|data| data.group_info.as_ref());
        if let Some(info) = info {
            limits.message(info)?;
            describes(info, group_id, group.suite, Some(message))?;
        }
        let welcome = match commit.and_then(|data| data.welcome_data.as_ref()) {
            None => None,
            Some(data) => {
                limits.message(&data.welcome)?;
                Some(recipients(data, group.suite, &self.settings.provider)?)
            }
        };
        let next = commit.map(|data| data.next_partition_key);
        group.room(limits, partition, next.as_ref(), 0, 0)?;
        let insight = self.sight.look(&group.knowledge, partition, message, commit)?;
        let published = match info {
            None => None,
            Some(info) if has_tree(info) || group.tree_elsewhere => {
                Some(Published { group_info: info.clone(), tree: None })
            }
            Some(info) => {
                let tree = self.sight.infer_tree(&insight, info).ok_or_else(tree_needed)?;
                Some(Published { group_info: info.clone(), tree: Some(tree) })
            }
        };
        let octets = message.octets().len().saturating_add(published.as_ref().map_or(0, Published::octets));
        let (waiting, welcome_octets) = welcome.as_ref().map_or((0, 0), |w| (w.remote(), w.octets));
        group.room(limits, partition, next.as_ref(), octets.saturating_add(welcome_octets), waiting)?;
        let next = match next {
            None => None,
            Some(key) => Some((key, masked(group.suite, &key)?, published)),
        };
        let step = Step { masked: masked(group.suite, partition)?, next, octets };
        Ok(Admitted { step, insight, welcome })
    }
}
