use mimicheck::protocol::CipherSuite;
use mimicheck::recovery::Strategy;
use serde::Serialize;

/// A fork to come back from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Setting {
    /// How many members there are before the fork.
    pub members: usize,
    /// How many of them are on the other branch.
    pub away: usize,
    /// Number of the cipher suite.
    pub suite: u16,
    /// Whether handshake messages are PrivateMessages: then the hub knows no tree, and each GroupInfo carries it.
    pub private: bool,
}

impl Setting {
    /// The suite's short name.
    #[must_use]
    pub fn suite_name(&self) -> String {
        match CipherSuite(self.suite) {
            CipherSuite::X25519 => "x25519".to_owned(),
            CipherSuite::P256 => "p256".to_owned(),
            CipherSuite::X_WING => "x-wing".to_owned(),
            CipherSuite(other) => format!("{other:#06x}"),
        }
    }

    /// The framing's name.
    #[must_use]
    pub const fn framing(&self) -> &'static str {
        if self.private { "private" } else { "public" }
    }
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// One group of everybody.
    All(Strategy),
    /// Those on the other branch are right, and too few: they make a successor of their own.
    MinorityReboots,
}

impl Way {
    /// All ways, in the order of tables.
    pub const ALL: [Self; 5] = [
        Self::All(Strategy::ReAdd),
        Self::All(Strategy::EvidenceThenReAdd),
        Self::All(Strategy::Rejoin),
        Self::All(Strategy::Reboot),
        Self::MinorityReboots,
    ];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All(strategy) => strategy.name(),
            Self::MinorityReboots => "minority reboots",
        }
    }
}

/// How many are on the other branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// One member.
    One,
    /// A quarter of them, and at most 16: rejoining has a commit for each.
    Quarter,
}

impl Away {
    fn of(self, members: usize) -> usize {
        match self {
            Self::One => 1,
            Self::Quarter => (members / 4).clamp(1, 16),
        }
    }
}

/// Every fork of these sizes, in the order of tables; each once.
#[must_use]
pub fn settings(members: &[usize], away: &[Away], suites: &[u16], framings: &[bool]) -> Vec<Setting> {
    let mut all = vec![];
    for suite in suites {
        for private in framings {
            for members in members {
                for away in away {
                    let setting =
                        Setting { members: *members, away: away.of(*members), suite: *suite, private: *private };
                    if !all.contains(&setting) {
                        all.push(setting);
                    }
                }
            }
        }
    }
    all
}
