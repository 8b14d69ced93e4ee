//! A state: the tree of epochs, what the hub has sequenced, where members are.

use super::world::{Policy, World};

/// What a commit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Everybody follows it.
    Good,
    /// Everybody but its sender refuses it.
    Invalid,
    /// One victim can not open its path: the last member.
    Fragmented,
    /// Cryptographically perfect; who knows the ban refuses it.
    AgainstPolicy,
    /// Removes and adds these members, a bit each. They are welcomed.
    ReAdd(u8),
    /// A member's external commit.
    External,
}

/// An epoch, and the commit that began it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// The epoch before; its own for the first.
    pub parent: u8,
    /// Who committed.
    pub sender: u8,
    /// What.
    pub kind: Kind,
}

/// A member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Client {
    /// The partition that it asks for.
    pub part: u8,
    /// The epoch that it is in.
    pub epoch: u8,
    /// Messages of the partition that it has taken.
    pub counter: u8,
    /// Its commit that has not come back.
    pub pending: Option<u8>,
    /// A Welcome that waits for it.
    pub welcome: Option<u8>,
    /// Its Welcome came when the hub gave the tree of another epoch: it waits for the right one.
    pub waits: bool,
    /// It has refused a commit, or a tree.
    pub refused: bool,
    /// The hub has refused something of its, as its branch is ended.
    pub blocked: bool,
    /// The hub shows it nothing any more.
    pub withheld: bool,
    /// A hub's fault has befallen it, or a spoiled path; or it has come back. It is no measure for others.
    pub touched: bool,
    /// A hub's fault has befallen it.
    pub misled: bool,
    /// Messages that it took while it was alone and nobody knew.
    pub silent: u8,
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct State {
    /// Epochs, in the order in which their commits were made.
    pub nodes: Vec<Node>,
    /// By epoch: the commits that were sequenced in its partition.
    pub parts: Vec<Vec<u8>>,
    /// Commits in the order of the hub.
    pub order: Vec<u8>,
    /// Partitions that are ended, a bit each.
    pub ended: u8,
    /// A commit on its way to the hub.
    pub flying: Option<u8>,
    /// Members.
    pub clients: Vec<Client>,
    /// Members who do not know the ban, a bit each: the same in every state of a world.
    pub lax: u8,
    /// Partition and counter that each member reported last.
    pub reports: Vec<(u8, u8)>,
    /// By provider, where the hub's rule asks: partitions that its members have reported, a bit each. Such a report stands for
    /// ever. One of an epoch before another one is left out: it speaks for no branch that the later one does not speak for.
    pub claims: Vec<u8>,
    /// Partitions that somebody asked for, a bit each, where the hub's rule asks.
    pub named: u8,
    /// Faults that may still happen.
    pub faults: u8,
    /// The hub's rule could not decide a fork.
    pub undecided: bool,
    /// The hub's rule ended a partition that a member had reported last.
    pub wronged: bool,
    /// Who made a re-add, and whether a fault happened afterwards.
    pub readd: Option<(u8, bool)>,
}

/// A bit.
#[must_use]
pub fn bit(n: u8) -> u8 {
    1_u8.checked_shl(u32::from(n)).unwrap_or(0)
}

impl State {
    /// Everybody is in the first epoch.
    #[must_use]
    pub fn first(world: &World) -> Self {
        Self {
            nodes: vec![Node { parent: 0, sender: 0, kind: Kind::Good }],
            parts: vec![vec![]],
            order: vec![0],
            ended: 0,
            flying: None,
            clients: world.everybody().map(|_| Client::default()).collect(),
            lax: world.everybody().filter(|c| world.lax(*c)).map(bit).fold(0, |a, b| a | b),
            reports: world.everybody().map(|_| (0, 0)).collect(),
            claims: if world.policy == Policy::Minority { vec![0; usize::from(world.voices())] } else { vec![] },
            named: 1,
            faults: world.faults,
            undecided: false,
            wronged: false,
            readd: None,
        }
    }

    /// A member.
    #[must_use]
    pub fn client(&self, who: u8) -> Client {
        self.clients.get(usize::from(who)).cloned().unwrap_or_default()
    }

    pub(super) fn client_mut(&mut self, who: u8) -> Option<&mut Client> {
        self.clients.get_mut(usize::from(who))
    }

    /// An epoch.
    #[must_use]
    pub fn node(&self, node: u8) -> Option<&Node> {
        self.nodes.get(usize::from(node))
    }

    /// The commits of a partition, oldest first.
    #[must_use]
    pub fn part(&self, part: u8) -> &[u8] {
        self.parts.get(usize::from(part)).map_or(&[], Vec::as_slice)
    }

    /// Commits so far.
    #[must_use]
    pub fn commits(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// Whether one epoch comes before another, or is it.
    #[must_use]
    pub fn within(&self, node: u8, branch: u8) -> bool {
        self.road(node).contains(&branch)
    }

    /// The epochs from the first to this one.
    #[must_use]
    pub fn road(&self, node: u8) -> Vec<u8> {
        let mut road = vec![node];
        let mut at = node;
        while at != 0 {
            at = self.node(at).map_or(0, |n| n.parent);
            road.push(at);
        }
        road.reverse();
        road
    }

    /// Epochs before this one.
    #[must_use]
    pub fn depth(&self, node: u8) -> usize {
        self.road(node).len().saturating_sub(1)
    }

    /// Where two places part: the partition, and which of its commits each of them took, by its place there. `None` where
    /// one of them may still come to where the other is.
    #[must_use]
    pub fn parting(&self, a: (u8, u8), b: (u8, u8)) -> Option<(Option<usize>, Option<usize>)> {
        let (left, right) = (self.road(a.0), self.road(b.0));
        let shared = left.iter().zip(&right).take_while(|(x, y)| x == y).count();
        let part = *left.get(shared.checked_sub(1)?)?;
        let took = |road: &[u8]| road.get(shared).and_then(|node| self.part(part).iter().position(|c| c == node));
        match (left.get(shared), right.get(shared)) {
            (None, None) => None,
            (Some(_), Some(_)) => Some((took(&left), took(&right))),
            (None, Some(_)) => took(&right).filter(|at| *at < usize::from(a.1)).map(|at| (None, Some(at))),
            (Some(_), None) => took(&left).filter(|at| *at < usize::from(b.1)).map(|at| (Some(at), None)),
        }
    }

    /// Partition and counter of a member.
    #[must_use]
    pub fn place(&self, who: u8) -> (u8, u8) {
        let client = self.client(who);
        (client.part, client.counter)
    }

    /// Whether two members can not come together by reading.
    #[must_use]
    pub fn apart(&self, a: u8, b: u8) -> bool {
        self.parting(self.place(a), self.place(b)).is_some()
    }

    /// Whether there is something that a member could take.
    #[must_use]
    pub fn unread(&self, who: u8) -> bool {
        let client = self.client(who);
        !client.withheld && (client.welcome.is_some() || usize::from(client.counter) < self.part(client.part).len())
    }

    /// Whether a commit was made that is against policy.
    #[must_use]
    pub fn policy_broken(&self) -> bool {
        self.nodes.iter().any(|n| n.kind == Kind::AgainstPolicy)
    }

    /// The branch that external commits go to: the live partition that was begun last.
    #[must_use]
    pub fn most_recent(&self) -> Option<u8> {
        self.order.iter().rev().find(|node| self.ended & bit(**node) == 0).copied()
    }
}
