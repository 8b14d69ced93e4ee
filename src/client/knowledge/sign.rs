use crate::entropy::Time;

/// A moment in the life of a membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Its place among all that the membership has seen.
    pub order: u64,
    /// When.
    pub at: Time,
    /// Answers of its hub to questions for messages that had come by then, this one counted.
    pub deliveries: u64,
    /// Number of the epoch that the client was in.
    pub epoch: u64,
}

/// How much a sign is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// The hub's word, a stranger's word, or an absence: whoever carries messages can make it.
    Suspicion,
    /// What happened splits a group by itself, or the hub contradicts itself; but something else could explain it.
    Likely,
    /// A member has signed it, or has said it over a channel that shows who speaks.
    Certain,
}

/// What speaks for being apart from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A commit of a member is good and came in a false envelope: who follows the draft ignores it, and whoever got another
    /// envelope has followed it.
    Envelope,
    /// A commit of a member is good and against policy: its committer has followed it, and nobody else should.
    Policy,
    /// A commit came in a false envelope and was followed; others may have ignored it.
    Tampered,
    /// A message of a branch that this client did not follow and has the keys of, from a member.
    HeardElsewhere,
    /// A member says which epoch it is in.
    Report,
    /// The hub tells of a partition that nothing has led to.
    Hint,
    /// The hub takes nothing in this partition any more.
    Terminated,
    /// Something in this partition can not be opened, or is no message of its epoch.
    Unreadable,
    /// Something of one's own does not come back.
    Silence,
    /// The hub has given other octets for a place of a partition than before.
    Rewritten,
}

impl What {
    /// Its name, as in `conformance/SESSIONS.md`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Envelope => "envelope",
            Self::Policy => "policy",
            Self::Tampered => "tampered",
            Self::HeardElsewhere => "heard-elsewhere",
            Self::Report => "report",
            Self::Hint => "hint",
            Self::Terminated => "terminated",
            Self::Unreadable => "unreadable",
            Self::Silence => "silence",
            Self::Rewritten => "rewritten",
        }
    }
}

impl Proof {
    /// Its name, as in `conformance/SESSIONS.md`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suspicion => "suspicion",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// Something that speaks for being apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What.
    pub what: What,
    /// What it is worth.
    pub proof: Proof,
    /// Identity of the member that it is about.
    pub member: Option<Vec<u8>>,
    /// Since when that is so, as far as the client can tell.
    pub since: Moment,
    /// When the client came to know it.
    pub seen: Moment,
}

/// What a member says of itself over another channel than its hub: which epoch it is in. Two people compare epoch
/// authenticators to see that they are in one epoch (RFC 9420 section 8.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Identity of the member.
    pub member: Vec<u8>,
    /// Its group.
    pub group_id: Vec<u8>,
    /// The number of its epoch.
    pub epoch: u64,
    /// The authenticator of that epoch.
    pub epoch_authenticator: Vec<u8>,
    /// Whether the channel shows that it was this member who said it.
    pub authentic: bool,
}
