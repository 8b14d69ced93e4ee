//! What can happen.

use super::state::{Kind, State, bit};
use std::fmt;

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A member commits, and the hub sequences it.
    Commit(u8, Kind),
    /// A member commits, and the commit is slow.
    Slow(u8),
    /// The slow commit comes to the hub.
    Arrives,
    /// A member takes what there is for it.
    Read(u8),
    /// The same, and the hub gives its commits false envelopes.
    ReadFalse(u8),
    /// The same, and the hub gives its messages in reverse.
    ReadReversed(u8),
    /// A member reports where it is.
    Report(u8),
    /// From now on the hub shows a member nothing.
    Withhold(u8),
    /// A member removes and adds all who are reported apart from it.
    ReAdd(u8),
    /// A member joins anew by an external commit, as its user agrees.
    Rejoin(u8),
    /// The hub ends a partition.
    End(u8),
    /// The hub ends what its rule ends.
    Judges,
}

/// The name of a member.
#[must_use]
pub fn name(client: u8) -> &'static str {
    ["alice", "mallory", "bob", "carol", "dave"].get(usize::from(client)).copied().unwrap_or("nobody")
}

/// The name of an epoch: its number, and which of that number.
#[must_use]
pub fn epoch(state: &State, node: u8) -> String {
    let depth = state.depth(node);
    let same = (0_u8..node).filter(|n| state.depth(*n) == depth).count();
    let mark = u8::try_from(same).map_or('?', |n| char::from(b'a'.saturating_add(n)));
    format!("{}{mark}", depth.saturating_add(1))
}

/// Members of a mask, by name.
#[must_use]
pub fn names(mask: u8) -> Vec<&'static str> {
    (0..8).filter(|c| mask & bit(*c) != 0).map(name).collect()
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Commit(by, Kind::Good) => write!(f, "{} commits", name(by)),
            Self::Commit(by, Kind::Invalid) => write!(f, "{} commits something invalid", name(by)),
            Self::Commit(by, Kind::Fragmented) => write!(f, "{} commits and spoils the path of one", name(by)),
            Self::Commit(by, Kind::AgainstPolicy) => write!(f, "{} adds somebody who is banned", name(by)),
            Self::Commit(by, Kind::ReAdd(who)) => {
                write!(f, "{} removes and adds {}", name(by), names(who).join(", "))
            }
            Self::Commit(by, Kind::External) => write!(f, "{} joins", name(by)),
            Self::Slow(by) => write!(f, "{} commits, and it is slow", name(by)),
            Self::Arrives => f.write_str("the slow commit comes to the hub"),
            Self::Read(who) => write!(f, "{} reads", name(who)),
            Self::ReadFalse(who) => write!(f, "{} reads, and the hub gives it false envelopes", name(who)),
            Self::ReadReversed(who) => write!(f, "{} reads, and the hub gives it the messages in reverse", name(who)),
            Self::Report(who) => write!(f, "{} reports where it is", name(who)),
            Self::Withhold(who) => write!(f, "the hub shows {} nothing from now on", name(who)),
            Self::ReAdd(by) => write!(f, "{} takes those in again who are reported apart", name(by)),
            Self::Rejoin(who) => write!(f, "{} joins anew, as its user agrees", name(who)),
            Self::End(node) => write!(f, "the hub ends partition {node}"),
            Self::Judges => f.write_str("the hub ends what its rule ends"),
        }
    }
}
