//! What a scenario says. Parties are named; steps refer to them by name.

use super::forking::{SeenFork, Terminates};
use super::recovering::{Recovery, To};
use super::{Misdeed, Network};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Parties, what they do in which order, and what must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scenario {
    /// A slug.
    pub name: String,
    /// What it shows, in words.
    pub shows: String,
    /// What must hold at the end, in words; `ends` says it to the machine.
    pub holds: String,
    /// Ids of the requirements without which `ends`, or an expectation on the way, would not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<String>,
    /// How it is played besides: what must hold is the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// Cipher suite of the group.
    #[serde(default = "one")]
    pub suite: u16,
    /// Whether handshake messages are PrivateMessages.
    #[serde(default)]
    pub encrypt_handshake: bool,
    /// How packets between providers travel.
    #[serde(default)]
    pub network: Network,
    /// Who hosts and follows.
    pub providers: Vec<Provider>,
    /// Who talks.
    pub devices: Vec<Device>,
    /// What happens. After each step, everything that is under way arrives, unless a step says otherwise.
    pub steps: Vec<Step>,
    /// What must hold at the end; at least one group of two or more who must be together.
    pub ends: Vec<Expect>,
    /// Whether the group keeps an encrypted ratchet tree at its hub (`docs/spec/encrypted-tree.md`). Nobody is given a tree
    /// in the clear then.
    #[serde(default, skip_serializing_if = "is_false")]
    pub encrypted_tree: bool,
    /// A room that keeps its participant list and its roles in its group: users, and their roles at first (`banned`, `guest`,
    /// `member`, `moderator`, `admin`). Its clients go by that.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub room: BTreeMap<String, String>,
}

fn one() -> u16 {
    1
}

/// A provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Provider {
    /// Its name, e.g. `a.example`; these octets are its ServiceProviderId.
    pub name: String,
    /// Whether it fetches for its users and keeps what it fetched, rather than pass on what they ask.
    #[serde(default)]
    pub keeps: bool,
    /// What it is to groups that its own users create. Any provider may follow others.
    #[serde(default)]
    pub hub: HubKind,
    /// Whether it says unasked what other partitions hold.
    #[serde(default)]
    pub hints: bool,
    /// Whether it pushes new messages to providers that asked before.
    #[serde(default)]
    pub pushes: bool,
    /// Who may end a branch of a group that it hosts.
    #[serde(default)]
    pub terminates: Terminates,
    /// For how many further commits of the group it serves an encrypted tree that a commit has left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_trees: Option<usize>,
}

/// Which hub a provider runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HubKind {
    /// It knows partition keys and sizes.
    #[default]
    Blind,
    /// It reads handshakes, and refuses what no member takes.
    Tracking,
}

/// How a scenario is played besides as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Also {
    /// Every provider runs a tracking hub.
    TrackingHubs,
    /// Every provider that follows fetches for its users.
    KeepingProviders,
}

impl Scenario {
    /// The scenario as it is written, and as it is played besides: `name@tracking-hubs`, `name@keeping-providers`.
    #[must_use]
    pub fn variants(&self) -> Vec<Self> {
        let mut all = vec![self.clone()];
        for also in &self.also {
            let mut other = self.clone();
            let (name, change): (&str, fn(&mut Provider)) = match also {
                Also::TrackingHubs => ("tracking-hubs", |provider| provider.hub = HubKind::Tracking),
                Also::KeepingProviders => ("keeping-providers", |provider| provider.keeps = true),
            };
            other.name = format!("{}@{name}", self.name);
            other.providers.iter_mut().for_each(change);
            all.push(other);
        }
        all
    }
}

/// A device of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Device {
    /// Its name; these octets are the identity of its credential.
    pub name: String,
    /// Its user; its own name if nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Its user's provider.
    pub provider: String,
    /// Which MLS library it runs, by a name that the runner knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// What it does with commits in false envelopes.
    #[serde(default)]
    pub envelope: EnvelopeRule,
    /// What it publishes with its commits.
    #[serde(default)]
    pub publishes: Publishes,
    /// What it takes the group's policy to be.
    #[serde(default)]
    pub forbids: Forbids,
    /// Whether it does what its room does not allow, and follows what it should ignore.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lawless: bool,
    /// Whether a later Welcome, or an external join, replaces its membership.
    #[serde(default)]
    pub replace: bool,
    /// Whether it commits anew what a lost commit should have done.
    #[serde(default = "yes")]
    pub redo: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

fn yes() -> bool {
    true
}

/// See `client::Envelope`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnvelopeRule {
    /// Ignore the commit.
    #[default]
    Ignore,
    /// Follow it, and say so.
    Follow,
}

/// See `client::Publish`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publishes {
    /// No GroupInfo.
    Nothing,
    /// A GroupInfo without its tree, and with it when the hub asks for it.
    WithoutTree,
    /// A GroupInfo with its tree.
    #[default]
    WithTree,
}

/// What a device takes to be forbidden.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forbids {
    /// Devices that must not be added.
    #[serde(default)]
    pub banned: Vec<String>,
    /// Devices that must not send.
    #[serde(default)]
    pub muted: Vec<String>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Step {
    /// A device makes the group; its provider is the hub.
    Create {
        /// The device.
        by: String,
    },
    /// A device fetches KeyPackages and adds their devices in one commit.
    Add {
        /// The device that commits.
        by: String,
        /// Who is added.
        who: Vec<String>,
    },
    /// A device removes others.
    Remove {
        /// The device that commits.
        by: String,
        /// Who is removed.
        who: Vec<String>,
    },
    /// A device gives users other roles in their room; who is banned is removed with it.
    Role {
        /// The device that commits.
        by: String,
        /// Users, and their new roles.
        who: BTreeMap<String, String>,
    },
    /// A device refreshes its leaf; proposals that it has received are committed with it.
    Update {
        /// The device.
        by: String,
    },
    /// A device says something.
    Send {
        /// The device.
        by: String,
        /// What.
        text: String,
    },
    /// A device joins by an external commit.
    ExternalJoin {
        /// The device.
        by: String,
    },
    /// The next commit of a device has a fault, by its name in `mls::hostile`; of one that joins by it, if it is one of those.
    /// A fault that befalls nothing is an error of the scenario.
    Sabotage {
        /// The device, which runs the engine that can.
        by: String,
        /// E.g. `wrong-parent-hash`.
        fault: String,
    },
    /// A device asks to be removed.
    Leave {
        /// The device.
        by: String,
    },
    /// These devices hear nothing until they are back; their providers keep Welcomes for them.
    Offline(Vec<String>),
    /// These are back, and look for what they missed.
    Online(Vec<String>),
    /// All of this is said before anything arrives.
    Together(Vec<Step>),
    /// From now on, packets between providers travel like this.
    Network(Network),
    /// Nothing passes between these two providers.
    Cut(String, String),
    /// What waited passes.
    Mend(String, String),
    /// Something befalls the next packet of a kind.
    Fault(Fault),
    /// The hub does something to a provider from now on; a further one takes its place. One that befalls nothing is an error of the
    /// scenario.
    Misbehave {
        /// The provider.
        to: String,
        /// What.
        does: Misdeed,
        /// The device whose place, as it is now, it is done with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
    },
    /// The hub treats a provider as it should from now on, and gives it what it kept back.
    Behave {
        /// The provider.
        to: String,
    },
    /// A device says to others, over another channel, in which epoch it is.
    Tell {
        /// The device.
        by: String,
        /// Who hears it.
        to: Vec<String>,
        /// Whether somebody else says so in its name.
        #[serde(default, skip_serializing_if = "is_false")]
        stranger: bool,
    },
    /// A device looks for what is new. Members do so after each step; who waits for an encrypted tree asks for it anew.
    Look {
        /// The device.
        by: String,
    },
    /// A member helps a device outside to join by an external commit: the root of its encrypted tree, over another channel.
    Help {
        /// The member.
        by: String,
        /// The device outside.
        to: String,
    },
    /// What was held travels on.
    Release,
    /// A device reports to the hub in which epoch it is (`docs/spec/forks.md` section 2).
    Report {
        /// The device.
        by: String,
        /// Whether it makes the epoch up.
        #[serde(default, skip_serializing_if = "is_false")]
        falsely: bool,
    },
    /// The operator of the hub blocks the partition in which this device is.
    Terminate {
        /// The device.
        of: String,
    },
    /// The users of these devices agree that they give up the place where they are for another one, once.
    Approve {
        /// The devices.
        who: Vec<String>,
        /// For what.
        to: To,
    },
    /// A device removes others and adds them anew in one commit.
    ReAdd {
        /// The device that commits.
        by: String,
        /// Who is taken in again.
        who: Vec<String>,
    },
    /// A device makes a successor of its group, and adds others to it.
    Reboot {
        /// The device that makes it.
        by: String,
        /// Who is added.
        with: Vec<String>,
        /// The number of the epoch that all of them were in: the successor's id derives from it.
        after: u64,
    },
    /// A device that has a place in a group joins anew by an external commit.
    Rejoin {
        /// The device.
        by: String,
    },
    /// People start a strategy: members report, a rule decides, users agree, and the rest follows from it.
    Recover(Recovery),
    /// This must hold now.
    Expect(Expect),
}

/// Something that befalls the next packet of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fault {
    /// The structure, e.g. `Welcome`.
    pub on: String,
    /// Only from this party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Only to this party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What befalls it.
    pub does: Does,
}

/// What befalls a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    /// It waits for `release`.
    Hold,
    /// It never arrives.
    Lose,
    /// One bit of the MLS message inside is flipped, in the middle.
    FlipBit,
    /// SendRequest: another partition key, which nobody knows.
    UnknownPartitionKey,
    /// ReceiveResponse: each commit in it gets another masked next partition key.
    FalseNextPartitionKey,
    /// ReceiveResponse: the GroupInfo beside each commit is left out.
    WithoutGroupInfo,
    /// A commit with a patch: the patch is as if nothing had changed, under a secret that nobody has. No hub can tell.
    WrongPatch,
    /// A commit with a patch: a bit of the patch is flipped.
    DamagedPatch,
    /// A commit with a patch: the patch is left out.
    WithoutPatch,
}

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Expect {
    /// These, at least two, are in one epoch with one epoch authenticator, and are exactly its members.
    Together(Vec<String>),
    /// No two of these are in the same epoch; each is in one.
    Apart(Vec<String>),
    /// These are in no group.
    Outside(Vec<String>),
    /// What each of these waits for.
    Awaits(BTreeMap<String, String>),
    /// The number of the epoch in which each of these is.
    Epoch(BTreeMap<String, u64>),
    /// These heard this application message, each exactly once.
    Heard {
        /// Who.
        by: Vec<String>,
        /// What was said.
        text: String,
    },
    /// None of these heard it.
    Unheard {
        /// Who.
        by: Vec<String>,
        /// What was said.
        text: String,
    },
    /// This party ignored a message, or refused a request, for this reason.
    Refused {
        /// Who.
        by: String,
        /// Code of the reason.
        reason: String,
    },
    /// Nobody refused or ignored anything.
    NothingRefused,
    /// How each of these stands, as far as it knows (`client::Standing`).
    Knows(BTreeMap<String, String>),
    /// After how many answers of its hub each of these first knew, since not all were in one epoch.
    KnewAfter(BTreeMap<String, u64>),
    /// The hub's operator sees this fork.
    ForkSeen(SeenFork),
    /// The hub's operator sees no fork.
    NoForkSeen,
    /// The hub has ended the partition in which each of these is.
    Terminated(Vec<String>),
    /// It has not.
    Live(Vec<String>),
    /// A packet of this structure went from one party to another.
    Crossed {
        /// The structure.
        what: String,
        /// From.
        from: String,
        /// To.
        to: String,
    },
    /// The same, since the last step that was no expectation began.
    CrossedNow {
        /// The structure.
        what: String,
        /// From.
        from: String,
        /// To.
        to: String,
    },
    /// No packet of this structure went from one party to another since the last step that was no expectation began,
    /// though others did.
    Silent {
        /// The structure.
        what: String,
        /// From.
        from: String,
        /// To.
        to: String,
    },
}
