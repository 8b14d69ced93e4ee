//! Steps and expectations as sentences, for traces and pictures.

use super::crooked::Misdeed;
use super::recovering::{By, Recovery, Strategy, To};
use super::scenario::{Does, Expect, Fault, Step};
use std::fmt;

fn list(names: &[String]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { by } => write!(f, "{by} creates the group"),
            Self::Add { by, who } => write!(f, "{by} adds {}", list(who)),
            Self::Remove { by, who } => write!(f, "{by} removes {}", list(who)),
            Self::Role { by, who } => {
                let all: Vec<_> = who.iter().map(|(user, role)| format!("{user} {role}")).collect();
                write!(f, "{by} makes {}", all.join(", "))
            }
            Self::Update { by } => write!(f, "{by} commits"),
            Self::Send { by, text } => write!(f, "{by} says: {text}"),
            Self::ExternalJoin { by } => write!(f, "{by} joins by an external commit"),
            Self::Sabotage { by, fault } => write!(f, "the next commit of {by} has a fault: {fault}"),
            Self::Leave { by } => write!(f, "{by} wants to leave"),
            Self::Offline(who) => write!(f, "{} offline", list(who)),
            Self::Online(who) => write!(f, "{} online again", list(who)),
            Self::Together(steps) => {
                let all: Vec<_> = steps.iter().map(ToString::to_string).collect();
                write!(f, "at once: {}", all.join("; "))
            }
            Self::Network(network) => write!(f, "the network: {network:?}"),
            Self::Cut(a, b) => write!(f, "nothing passes between {a} and {b}"),
            Self::Mend(a, b) => write!(f, "{a} and {b} reach each other again"),
            Self::Fault(fault) => write!(f, "{fault}"),
            Self::Misbehave { to, does, of: None } => write!(f, "to {to}, the hub {does}"),
            Self::Misbehave { to, does, of: Some(of) } => write!(f, "to {to}, the hub {does}, {of}"),
            Self::Behave { to } => write!(f, "to {to}, the hub is as it should be"),
            Self::Tell { by, to, stranger: false } => write!(f, "{by} tells {} where it is", list(to)),
            Self::Tell { by, to, stranger: true } => write!(f, "a stranger tells {} where {by} is", list(to)),
            Self::Report { by, falsely: false } => write!(f, "{by} reports to the hub where it is"),
            Self::Report { by, falsely: true } => write!(f, "{by} reports to the hub an epoch that it made up"),
            Self::Look { by } => write!(f, "{by} looks for what is new"),
            Self::Help { by, to } => write!(f, "{by} helps {to} to read the encrypted tree"),
            Self::Release => write!(f, "what was held travels on"),
            Self::Terminate { of } => write!(f, "the hub blocks the partition of {of}"),
            Self::Approve { who, to } => write!(f, "for {}, users agree to {to}", list(who)),
            Self::ReAdd { by, who } => write!(f, "{by} removes and adds {}", list(who)),
            Self::Reboot { by, with, after } => {
                write!(f, "{by} makes a successor after epoch {after}, with {}", list(with))
            }
            Self::Rejoin { by } => write!(f, "{by} joins anew by an external commit"),
            Self::Recover(Recovery { by, strategy, rule, .. }) => write!(f, "{strategy}, by {by}; {rule} decides"),
            Self::Expect(expectation) => write!(f, "{expectation}"),
        }
    }
}

impl fmt::Display for Misdeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WithholdCommits => "withholds commits",
            Self::WithholdMessages => "withholds what is no commit",
            Self::WithholdEverything => "withholds everything",
            Self::Reverse => "gives what is new in the opposite order",
            Self::Repeat => "gives everything twice",
            Self::FalseNextPartitionKey => "gives commits a false next partition key",
            Self::Damage => "damages what is no commit",
            Self::InventHints => "hints at a partition that there is not",
            Self::StaleGroupInfo => "goes on to give the GroupInfo of now",
            Self::DamagedTree => "gives encrypted trees with a bit flipped",
            Self::OtherTree => "gives the encrypted tree of a place as it is now",
            Self::MixedTree => "mixes into the encrypted tree a node of a place as it is now",
            Self::PoisonedTree => "gives an encrypted tree that was wrapped with what a member knows now",
            Self::NoTree => "says that it has no encrypted tree",
            Self::FalseTreeMarks => "tells members that it has another tree than theirs",
        })
    }
}

impl fmt::Display for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BranchOf(name) => write!(f, "the branch of {name}"),
            Self::PlaceOf(name) => write!(f, "the place of {name}, by its authenticator"),
            Self::SuccessorAfter(epoch) => write!(f, "the successor after epoch {epoch}"),
        }
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ReAdd => "remove and add",
            Self::Reboot => "a successor",
            Self::Rejoin => "external commits",
            Self::EvidenceThenReAdd => "reports, then remove and add",
        })
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Majority => f.write_str("the majority"),
            Self::Operator(name) => write!(f, "an operator for {name}"),
            Self::Vote(votes) => write!(f, "a vote of {}", votes.len()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |word: &str, name: &Option<String>| name.as_ref().map(|n| format!(" {word} {n}")).unwrap_or_default();
        let (from, to) = (end("from", &self.from), end("to", &self.to));
        let does = match self.does {
            Does::Hold => "waits",
            Does::Lose => "is lost",
            Does::FlipBit => "has a bit flipped",
            Does::UnknownPartitionKey => "names an unknown partition key",
            Does::FalseNextPartitionKey => "gets a false next partition key",
            Does::WithoutGroupInfo => "loses its GroupInfo",
            Does::WrongPatch => "gets a patch that is not of this commit",
            Does::DamagedPatch => "gets a patch with a bit flipped",
            Does::WithoutPatch => "loses its patch",
        };
        write!(f, "the next {}{from}{to} {does}", self.on)
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Together(who) => write!(f, "{} are together, and nobody else", list(who)),
            Self::Apart(who) => write!(f, "{} are each somewhere else", list(who)),
            Self::Outside(who) => write!(f, "{} outside", list(who)),
            Self::Awaits(who) => {
                let all: Vec<_> = who.iter().map(|(name, what)| format!("{name} waits for {what}")).collect();
                f.write_str(&all.join(", "))
            }
            Self::Epoch(who) => {
                let all: Vec<_> = who.iter().map(|(name, epoch)| format!("{name} in epoch {epoch}")).collect();
                f.write_str(&all.join(", "))
            }
            Self::Heard { by, text } => write!(f, "heard once by {}: {text}", list(by)),
            Self::Unheard { by, text } => write!(f, "not heard by {}: {text}", list(by)),
            Self::Refused { by, reason } => write!(f, "{by} refuses something: {reason}"),
            Self::Knows(who) => {
                let all: Vec<_> = who.iter().map(|(name, standing)| format!("{name} knows: {standing}")).collect();
                f.write_str(&all.join(", "))
            }
            Self::KnewAfter(who) => {
                let all: Vec<_> = who.iter().map(|(name, k)| format!("{name} knew after {k}")).collect();
                write!(f, "{} answers", all.join(", "))
            }
            Self::ForkSeen(seen) => {
                let branches: Vec<_> = seen.branches.iter().map(|branch| list(branch)).collect();
                let of = seen.of.as_ref().map(|name| format!(" of {name}'s branch")).unwrap_or_default();
                write!(f, "the hub sees a fork: {}; {}{of}", branches.join(" | "), seen.finding)
            }
            Self::NoForkSeen => write!(f, "the hub sees no fork"),
            Self::Terminated(who) => write!(f, "the hub has ended the partition of {}", list(who)),
            Self::Live(who) => write!(f, "the partition of {} is live", list(who)),
            Self::NothingRefused => write!(f, "nobody refuses anything"),
            Self::Crossed { what, from, to } => write!(f, "{what} from {from} to {to}"),
            Self::CrossedNow { what, from, to } => write!(f, "{what} from {from} to {to} just now"),
            Self::Silent { what, from, to } => write!(f, "no {what} from {from} to {to} just now"),
        }
    }
}
