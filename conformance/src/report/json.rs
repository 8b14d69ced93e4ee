//! The report for programs, described by `conformance/schema/report.schema.json`.
//!
//! A later run reads it back with [`parse`] to compare itself with this one.

use super::model::{CaseResult, Final, Report, Run};
use super::{tally::Tally, text};
use mimicheck::adapter::Answer;
use mimicheck::vector::{Level, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Version of this format; grows when a reader of the old one would misread the new one.
pub const FORMAT: u32 = 1;

/// Everything one invocation found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "mimicheck report")]
pub struct Document {
    /// Version of this format.
    pub format: u32,
    /// Version of the tool that wrote it.
    pub version: String,
    /// Seed that ordered the cases, if one did.
    pub seed: Option<String>,
    /// Whether any run failed.
    pub failed: bool,
    /// One run an implementation.
    pub runs: Vec<RunEntry>,
}

/// One implementation's run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunEntry {
    /// How it was named on the command line; with a case's id, the key of a comparison.
    pub adapter: String,
    /// Its name for itself.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in, if it says so.
    pub language: String,
    /// The operations it answers.
    pub ops: Vec<String>,
    /// Whether its reason codes were compared.
    pub reasons: bool,
    /// Whether its offsets were compared.
    pub offsets: bool,
    /// How strictly it was judged.
    pub profile: Profile,
    /// Whether anything in it fails the run.
    pub failed: bool,
    /// Cases in the vector files, before any selection.
    pub available: usize,
    /// Over all cases that were run.
    pub totals: Totals,
    /// The same for each family.
    pub families: BTreeMap<String, Totals>,
    /// Expectations that no case bears out any more.
    pub stale: Vec<String>,
    /// Wall-clock time in microseconds.
    pub duration_us: u64,
    /// The cases, in the order in which they were judged.
    pub cases: Vec<CaseEntry>,
}

/// How strictly an implementation was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// It is the reference: it has everything, and contested cases bind it too.
    Reference,
    /// It claims to refuse every document that does not conform.
    Strict,
    /// It may be lenient towards a nonconforming document.
    Receiver,
}

/// Counts; the verdicts' sum is `cases`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Cases that were run.
    pub cases: usize,
    /// Of these, to be accepted.
    pub accept: usize,
    /// To be rejected.
    pub reject: usize,
    /// Where both are right.
    pub either: usize,
    /// By verdict; all are listed.
    pub verdicts: BTreeMap<Final, usize>,
    /// Sum of their durations in microseconds.
    pub duration_us: u64,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseEntry {
    /// Its permanent id.
    pub id: String,
    /// Its family.
    pub family: String,
    /// The operation.
    pub op: String,
    /// How strong its rule is.
    #[schemars(with = "String", extend("enum" = ["must", "should", "may", "format"]))]
    pub level: Level,
    /// Ledger ids of its rules.
    pub requirements: Vec<String>,
    /// What was expected.
    #[schemars(with = "String", extend("enum" = ["accept", "reject", "either"]))]
    pub expected: Verdict,
    /// The verdict after expectations.
    pub verdict: Final,
    /// What differed, in words; empty for a pass.
    pub what: String,
    /// The reason that an expectation gives, where one applied.
    pub because: Option<String>,
    /// What the implementation answered, if it did.
    pub answer: Option<Said>,
    /// What it wrote on stderr meanwhile, shortened, without control characters.
    pub stderr: String,
    /// How long it took, in microseconds.
    pub duration_us: u64,
}

/// An answer, as in the adapter protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Said {
    /// It accepted, with this output.
    Ok(Value),
    /// It refused.
    Reject(Refusal),
    /// It does not have this.
    Unsupported(String),
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// The reason code it gave.
    pub reason: Option<String>,
    /// Its message for people.
    pub message: Option<String>,
    /// The octet offset it gave.
    pub offset: Option<u64>,
}

/// The report as JSON with a final line feed.
#[must_use]
pub fn render(report: &Report) -> String {
    // Only a map whose keys are not texts, or a failing writer, makes this fail; there is neither.
    let mut text = serde_json::to_string_pretty(&Document::from(report)).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a report back.
///
/// # Errors
/// In words: not such a report, or one of another format.
pub fn parse(text: &str) -> Result<Document, String> {
    let document: Document = serde_json::from_str(text).map_err(|e| format!("not a report: {e}"))?;
    if document.format != FORMAT {
        return Err(format!("a report of format {}, but only {FORMAT} is understood", document.format));
    }
    Ok(document)
}

impl From<&Report> for Document {
    fn from(report: &Report) -> Self {
        Self {
            format: FORMAT,
            version: report.version.clone(),
            seed: report.seed.clone(),
            failed: report.runs.iter().any(Run::failed),
            runs: report.runs.iter().map(RunEntry::from).collect(),
        }
    }
}

impl From<&Run> for RunEntry {
    fn from(run: &Run) -> Self {
        Self {
            adapter: run.adapter.clone(),
            name: run.hello.name.clone(),
            version: run.hello.version.clone(),
            language: run.hello.language.clone(),
            ops: run.hello.ops.clone(),
            reasons: run.hello.reasons,
            offsets: run.hello.offsets,
            profile: match run.profile {
                mimicheck::vector::Profile::Reference => Profile::Reference,
                mimicheck::vector::Profile::Strict => Profile::Strict,
                mimicheck::vector::Profile::Receiver => Profile::Receiver,
            },
            failed: run.failed(),
            available: run.available,
            totals: (&run.total()).into(),
            families: run.families().iter().map(|(name, tally)| ((*name).to_owned(), tally.into())).collect(),
            stale: run.stale.clone(),
            duration_us: micros(run.duration),
            cases: run.results.iter().map(CaseEntry::from).collect(),
        }
    }
}

impl From<&Tally> for Totals {
    fn from(tally: &Tally) -> Self {
        Self {
            cases: tally.cases,
            accept: tally.accept,
            reject: tally.reject,
            either: tally.either,
            verdicts: Final::ALL.into_iter().map(|v| (v, tally.count(v))).collect(),
            duration_us: micros(tally.duration),
        }
    }
}

impl From<&CaseResult> for CaseEntry {
    fn from(result: &CaseResult) -> Self {
        Self {
            id: result.case.id.clone(),
            family: result.family.to_string(),
            op: result.step().op.to_owned(),
            level: result.case.level,
            requirements: result.case.requirements.clone(),
            expected: result.step().expect.verdict,
            verdict: result.verdict,
            what: text::what(result),
            because: result.because.clone(),
            answer: result.answer().map(Said::from),
            stderr: text::stderr(result),
            duration_us: micros(result.duration),
        }
    }
}

impl From<&Answer> for Said {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Ok(out) => Self::Ok(out.clone()),
            Answer::Unsupported(why) => Self::Unsupported(why.clone()),
            Answer::Reject(r) => {
                Self::Reject(Refusal { reason: r.reason.clone(), message: r.message.clone(), offset: r.offset })
            }
        }
    }
}

fn micros(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use std::path::Path;

    fn schema() -> Value {
        serde_json::to_value(schemars::schema_for!(Document)).unwrap()
    }

    #[test]
    fn looks_as_agreed() {
        insta::assert_snapshot!(render(&fixture::report()));
    }

    #[test]
    fn reads_back_and_refuses_other_formats() {
        let text = render(&fixture::hostile());
        assert_eq!(parse(&text).unwrap(), Document::from(&fixture::hostile()));
        let other = text.replacen("\"format\": 1", "\"format\": 2", 1);
        assert!(parse(&other).unwrap_err().contains("format 2"));
        assert!(parse("{}").is_err());
    }

    #[test]
    fn verdict_names_are_those_of_the_model() {
        for verdict in Final::ALL {
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.name());
        }
    }

    #[test]
    fn the_schema_fits_and_is_the_committed_one() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for report in [fixture::report(), fixture::hostile()] {
            let value = serde_json::from_str(&render(&report)).unwrap();
            if let Err(error) = validator.validate(&value) {
                panic!("at {}: {error}", error.instance_path());
            }
        }
        assert!(!validator.is_valid(&serde_json::json!({"format": 1})), "the schema must refuse something");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/report.schema.json");
        let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap_or_default() == text,
            "conformance/schema/report.schema.json is not what the types say; if that is meant:\n  \
             UPDATE_SCHEMA=1 cargo test -p mimicheck-conformance the_schema_fits"
        );
    }
}
