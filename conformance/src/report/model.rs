use mimicheck::adapter::{Answer, Hello};
use mimicheck::vector::{Case, Outcome, Profile, StepRef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The verdict on a case after expectations, never merged with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Final {
    /// As expected.
    Pass,
    /// Not as expected.
    Fail,
    /// Not as expected, and an expectation says so, with a reason.
    ExpectedFailure,
    /// As expected, though an expectation says it would fail. Fails the run.
    UnexpectedPass,
    /// Contested, and it does what the reference does.
    ContestedAgrees,
    /// Contested, and it does something else. Never fails a run.
    ContestedDiffers,
    /// The implementation says that it does not have this.
    Unsupported,
    /// The process ended.
    Crash,
    /// No answer in time.
    Timeout,
    /// Not the implementation's fault.
    HarnessError,
}

impl Final {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Pass,
        Self::Fail,
        Self::ExpectedFailure,
        Self::UnexpectedPass,
        Self::ContestedAgrees,
        Self::ContestedDiffers,
        Self::Unsupported,
        Self::Crash,
        Self::Timeout,
        Self::HarnessError,
    ];

    /// Stable name, as in JSON reports and expectations files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::ExpectedFailure => "expected-failure",
            Self::UnexpectedPass => "unexpected-pass",
            Self::ContestedAgrees => "contested-agrees",
            Self::ContestedDiffers => "contested-differs",
            Self::Unsupported => "unsupported",
            Self::Crash => "crash",
            Self::Timeout => "timeout",
            Self::HarnessError => "harness-error",
        }
    }

    /// Whether it fails a run.
    #[must_use]
    pub const fn fails(self) -> bool {
        matches!(self, Self::Fail | Self::UnexpectedPass | Self::Crash | Self::Timeout | Self::HarnessError)
    }
}

/// One case of a run.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// The case.
    pub case: Arc<Case>,
    /// The file's family.
    pub family: Arc<str>,
    /// What the judge said.
    pub outcome: Outcome,
    /// That, after expectations.
    pub verdict: Final,
    /// The expectation's reason, where one applied.
    pub because: Option<String>,
    /// What the implementation answered to each step that it was asked.
    pub answers: Vec<Answer>,
    /// What it wrote on stderr meanwhile, shortened.
    pub stderr: String,
    /// How long it took.
    pub duration: Duration,
}

impl CaseResult {
    /// The place of the step that decided, from 0: the last that was answered, or the one that never was.
    #[must_use]
    pub fn place(&self) -> usize {
        if self.unanswered() { self.answers.len() } else { self.answers.len().saturating_sub(1) }
    }

    /// The step that decided.
    #[must_use]
    pub fn step(&self) -> StepRef<'_> {
        self.case.step(self.place())
    }

    /// The answer that decided; none where no answer came.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        if self.unanswered() { None } else { self.answers.last() }
    }

    const fn unanswered(&self) -> bool {
        matches!(self.outcome, Outcome::Crash(_) | Outcome::Timeout(_) | Outcome::HarnessError(_))
    }
}

/// One implementation's run.
#[derive(Clone, Debug)]
pub struct Run {
    /// How it was named on the command line.
    pub adapter: String,
    /// What it says of itself.
    pub hello: Hello,
    /// How strictly it was judged.
    pub profile: Profile,
    /// Results in the order of the cases.
    pub results: Vec<CaseResult>,
    /// Cases in the vector files, before any selection: the denominator.
    pub available: usize,
    /// Expectations that no case bears out any more, in words.
    pub stale: Vec<String>,
    /// Wall-clock time.
    pub duration: Duration,
}

/// Everything one invocation found.
#[derive(Clone, Debug)]
pub struct Report {
    /// This tool's version.
    pub version: String,
    /// Seed that ordered the cases, if one did.
    pub seed: Option<String>,
    /// One run an implementation.
    pub runs: Vec<Run>,
}

/// How many cases have each verdict.
pub type Counts = BTreeMap<Final, usize>;

impl Run {
    /// Counts over all its results.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::new();
        for result in &self.results {
            *counts.entry(result.verdict).or_default() += 1;
        }
        counts
    }

    /// Whether anything in it fails the run.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.results.iter().any(|r| r.verdict.fails())
    }
}
