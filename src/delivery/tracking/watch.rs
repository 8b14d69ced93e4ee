use super::branches::{Branches, Horizon};
use super::view::{Looked, View};
use crate::delivery::Host;
use crate::delivery::hub::{CreateGroup, Refused, Settings};
use crate::delivery::sight::{Sight, Tree};
use crate::protocol::{CommitData, Head, MlsMessage, PartitionKey};
use crate::reason::delivery as reason;
use std::fmt;
use std::marker::PhantomData;

/// Sees what is not encrypted, and keeps it in views of this kind.
pub struct Tracking<V> {
    /// How much of a group it keeps in sight; older partitions are not judged any more.
    pub most: Horizon,
    kind: PhantomData<fn() -> V>,
}

/// What a message does to the branches.
#[derive(Clone, Debug, PartialEq)]
pub struct Insight<V> {
    /// The states of its own partition after it, where a proposal changed them.
    here: Option<Vec<V>>,
    /// With a commit: where it leads, and to which states.
    next: Option<(PartitionKey, Vec<V>)>,
}

impl<V> Tracking<V> {
    /// Keeps so much of each group in sight.
    #[must_use]
    pub const fn new(most: Horizon) -> Self {
        Self { most, kind: PhantomData }
    }
}

impl<V> Clone for Tracking<V> {
    fn clone(&self) -> Self {
        Self::new(self.most)
    }
}

impl<V> fmt::Debug for Tracking<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracking").field("most", &self.most).finish()
    }
}

impl<V> PartialEq for Tracking<V> {
    fn eq(&self, other: &Self) -> bool {
        self.most == other.most
    }
}

impl<V: View> Host<Tracking<V>> {
    /// A hub without groups, which keeps so many partitions of each in sight, within
    /// [`Limits::max_octets_in_sight`](crate::delivery::Limits::max_octets_in_sight).
    #[must_use]
    pub fn tracking(settings: Settings, most: usize) -> Self {
        let horizon = Horizon { partitions: most, octets: settings.limits.max_octets_in_sight };
        Self::with(settings, Tracking::new(horizon))
    }
}

/// Whether a GroupInfo has the tree hash of a state.
fn describes<V: View>(view: &V, group_info: &MlsMessage) -> bool {
    matches!(group_info.head(), Head::GroupInfo { tree_hash, .. } if *tree_hash == view.tree_hash())
}

/// Whether the room allows a commit, judged in the state before it, like members do (`docs/spec/policy.md`). What cannot be
/// seen is not judged.
fn allowed<V: View>(branches: &Branches<V>, view: &V, message: &MlsMessage, after: &Looked<V>) -> Result<(), Refused> {
    let (Looked::Next(begun), Head::Public { sender, .. }) = (after, message.head()) else { return Ok(()) };
    let Some(known) = branches.allows(view) else { return Ok(()) };
    // Who joins by a commit is the last of those who come in.
    let joiner = begun.joined().pop().unwrap_or_default();
    let judged = known.commit(&view.members(), *sender, &joiner, &begun.held());
    judged.map_err(|denied| Refused::new(denied.reason, denied.about))
}

impl<V: View> Sight for Tracking<V> {
    type Group = Branches<V>;
    type Insight = Insight<V>;

    fn create(&self, new: &CreateGroup) -> Result<Branches<V>, Refused> {
        let mut branches = Branches::under(new.room.clone());
        if let Some(info) = &new.group_info {
            let view = V::open(info, new.ratchet_tree.as_deref())?;
            branches.lead(new.partition_key, vec![view], self.most);
        }
        Ok(branches)
    }

    fn look(
        &self,
        branches: &Branches<V>,
        partition: &PartitionKey,
        message: &MlsMessage,
        commit: Option<&CommitData>,
    ) -> Result<Insight<V>, Refused> {
        let views = branches.of(partition);
        let (mut here, mut next, mut refused) = (vec![], vec![], None);
        let (mut changed, mut taken) = (false, views.is_empty());
        for view in views {
            let looked = view.look(message).and_then(|after| allowed(branches, view, message, &after).map(|()| after));
            let after = match looked {
                Err(why) => {
                    refused = refused.or(Some(why));
                    here.push(view.clone());
                    continue;
                }
                Ok(after) => after,
            };
            taken = true;
            changed |= matches!(after, Looked::Here(_));
            match after {
                Looked::Sealed => here.push(view.clone()),
                Looked::Here(with) => here.push(with),
                Looked::Next(begun) => {
                    here.push(view.clone());
                    next.push(begun);
                }
            }
        }
        // Only where no state that the partition may be in takes it.
        if let Some(why) = refused.filter(|_| !taken) {
            return Err(why);
        }
        let info = commit.and_then(|data| data.group_info.as_ref());
        if let Some(info) = info.filter(|_| !next.is_empty())
            && !next.iter().any(|view| describes(view, info))
        {
            return Err(Refused::new(
                reason::GROUP_INFO_OF_ANOTHER,
                "a GroupInfo of another tree than the commit makes",
            ));
        }
        let next = commit.map(|data| (data.next_partition_key, next));
        Ok(Insight { here: changed.then_some(here), next })
    }

    fn infer_tree(&self, insight: &Insight<V>, group_info: &MlsMessage) -> Option<Tree> {
        let (_, views) = insight.next.as_ref()?;
        views.iter().find(|view| describes(*view, group_info)).map(View::ratchet_tree)
    }

    fn learn(&self, branches: &mut Branches<V>, partition: &PartitionKey, insight: Insight<V>) {
        if let Some(here) = insight.here {
            branches.replace(*partition, here, self.most);
        }
        if let Some((next, views)) = insight.next {
            branches.lead(next, views, self.most);
        }
    }
}
