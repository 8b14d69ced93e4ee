use mimicheck::reason::Reason;
use mimicheck::recovery::{Ballots, Decision, Epoch, Evidence, Report, Rule, decide};
use serde::Serialize;
use std::collections::BTreeSet;

/// How many members are on the right branch, on the faulty one, and silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// Whose software is right.
    pub right: usize,
    /// Whose software is faulty.
    pub faulty: usize,
    /// Who does not answer.
    pub silent: usize,
}

/// What a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The right branch goes on.
    Right,
    /// The faulty branch goes on.
    Faulty,
    /// No branch is ended.
    Undecided,
}

impl Outcome {
    /// In a table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Faulty => "FAULTY",
            Self::Undecided => "undecided",
        }
    }
}

/// What each rule decides about these sides: the count of devices; an operator who looks and is not deceived; a vote in which
/// devices vote as they are; a vote in which half of the users of faulty devices see it; one in which all do.
///
/// # Errors
/// The reports are refused, which would be a fault of ours.
pub fn outcomes(sides: Sides) -> Result<[Outcome; 5], Reason> {
    let Sides { right, faulty, silent } = sides;
    let name = |at: usize| at.to_be_bytes().to_vec();
    let roster: BTreeSet<Vec<u8>> = (0..right + faulty + silent).map(name).collect();
    let epoch = |number, word: &str| Epoch { number, authenticator: word.as_bytes().to_vec() };
    let tip = |at: usize| if at < right { "right" } else { "faulty" };
    let report = |at: usize| Report {
        member: name(at),
        group_id: b"room".to_vec(),
        trail: vec![epoch(0, "common"), epoch(1, tip(at))],
    };
    let reports: Vec<Report> = (0..right + faulty).map(report).collect();
    let evidence = Evidence::of(b"room", &roster, &reports)?;
    let vote = |seeing: usize| {
        let sees = |at: usize| if at >= right && at - right < seeing { "right" } else { tip(at) };
        Rule::Vote((0..right + faulty).map(|at| (name(at), sees(at).as_bytes().to_vec())).collect::<Ballots>())
    };
    let rules = [Rule::Majority, Rule::Operator(b"right".to_vec()), vote(0), vote(faulty.div_ceil(2)), vote(faulty)];
    Ok(rules.map(|rule| match decide(&rule, &evidence) {
        Decision::Survives(at) => match evidence.branches.get(at) {
            Some(branch) if branch.tip.authenticator == b"right" => Outcome::Right,
            _ => Outcome::Faulty,
        },
        Decision::Undecided(_) => Outcome::Undecided,
    }))
}
