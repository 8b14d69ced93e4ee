//! Expected failures, strict both ways.

use crate::project::Failure;
use crate::report::{CaseResult, Final, Run};
use crate::runner::{Job, matcher};
use globset::GlobMatcher;
use mimicheck::vector::Outcome;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use std::path::Path;

/// The reason of an expectation that a tool wrote and nobody has looked at.
pub const UNREVIEWED: &str = "unreviewed";

/// An expectations file: what an implementation is known to get wrong, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The implementation's name, as in its `hello`.
    pub adapter: String,
    /// What to expect; the first that matches a case counts.
    pub expectations: Vec<Expectation>,
}

/// One expected failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Glob over case ids.
    pub cases: String,
    /// What they end in.
    pub outcome: Expected,
    /// Why, for people.
    pub because: String,
    /// Where it is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// What a case is expected to end in, instead of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    /// A wrong answer.
    Fail,
    /// The end of the process, or garbage.
    Crash,
    /// No answer in time.
    Timeout,
    /// The implementation says that it does not have this.
    Unsupported,
}

impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word)
    }
}

/// Reads an [`Expected`], and names the words that there are when it is none of them.
struct Word;

impl de::Visitor<'_> for Word {
    type Value = Expected;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Expected::ALL.map(|(word, _)| format!("\"{word}\""));
        write!(f, "an \"outcome\" of {}", words.join(", "))
    }

    fn visit_str<E: de::Error>(self, given: &str) -> Result<Expected, E> {
        let found = Expected::ALL.into_iter().find(|(word, _)| *word == given);
        let wrong = || E::invalid_value(de::Unexpected::Str(given), &self);
        found.map(|(_, expected)| expected).ok_or_else(wrong)
    }
}

impl Expected {
    /// Every one, and its word in a file.
    const ALL: [(&'static str, Self); 4] =
        [("fail", Self::Fail), ("crash", Self::Crash), ("timeout", Self::Timeout), ("unsupported", Self::Unsupported)];

    /// That which an outcome amounts to, if it is none of pass, contested and harness error.
    fn of(outcome: &Outcome) -> Option<Self> {
        match outcome {
            Outcome::Fail(_) => Some(Self::Fail),
            Outcome::Crash(_) => Some(Self::Crash),
            Outcome::Timeout(_) => Some(Self::Timeout),
            Outcome::Unsupported(_) => Some(Self::Unsupported),
            Outcome::Pass | Outcome::Contested { .. } | Outcome::HarnessError(_) => None,
        }
    }
}

/// Whether it is about scenarios that several implementations play, and not about cases.
fn is_mixed(expectation: &Expectation) -> bool {
    expectation.cases.starts_with("mixed/")
}

/// Expectations, ready to be matched.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    list: Vec<(Expectation, GlobMatcher)>,
}

impl Expectations {
    /// From a file's content.
    ///
    /// # Errors
    /// A glob that is none, or an empty reason.
    pub fn new(file: File) -> Result<Self, Failure> {
        let mut list = vec![];
        for expectation in file.expectations {
            if expectation.because.trim().is_empty() {
                return Err(Failure::usage(format!("expectation {}: \"because\" is empty", expectation.cases)));
            }
            let glob = matcher(&expectation.cases)?;
            list.push((expectation, glob));
        }
        Ok(Self { list })
    }

    /// Why something with this id is expected to fail, if it is.
    #[must_use]
    pub fn reason(&self, id: &str) -> Option<String> {
        self.list.iter().find(|(_, glob)| glob.is_match(id)).map(|(expectation, _)| expectation.because.clone())
    }

    /// Entries about mixed runs: glob and matcher.
    pub fn mixed(&self) -> impl Iterator<Item = (&str, &GlobMatcher)> {
        self.list.iter().filter(|(e, _)| is_mixed(e)).map(|(e, glob)| (e.cases.as_str(), glob))
    }

    /// From a file, which must be there and be about this adapter.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn read(path: &Path, adapter: &str) -> Result<Self, Failure> {
        let at = |what: &dyn std::fmt::Display| Failure::usage(format!("{}: {what}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|e| at(&e))?;
        let file: File = serde_json::from_str(&text)
            .map_err(|e| Failure::usage(format!("{}, line {}: {}", path.display(), e.line(), said(&e))))?;
        if file.adapter != adapter {
            return Err(at(&format!("is about {} and not about {adapter}", file.adapter)));
        }
        Self::new(file).map_err(|e| at(&e))
    }

    /// `FOLDER/ADAPTER.json` where there is one, else no expectations.
    ///
    /// # Errors
    /// There is one, and something is wrong with it.
    pub fn default_for(folder: &Path, adapter: &str) -> Result<Self, Failure> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let path = folder.join(format!("{adapter}.json"));
        // A name is free text from another program, and must not lead out of the folder.
        if adapter.chars().all(plain) && path.is_file() { Self::read(&path, adapter) } else { Ok(Self::default()) }
    }

    fn about(&self, id: &str) -> Option<&Expectation> {
        self.list.iter().find(|(_, glob)| glob.is_match(id)).map(|(expectation, _)| expectation)
    }

    /// The verdict on a case's outcome, and the expectation's reason where one applies.
    #[must_use]
    pub fn settle(&self, id: &str, outcome: &Outcome) -> (Final, Option<String>) {
        let plain = match outcome {
            Outcome::Pass => Final::Pass,
            Outcome::Contested { agrees: true, .. } => Final::ContestedAgrees,
            Outcome::Contested { agrees: false, .. } => Final::ContestedDiffers,
            Outcome::Fail(_) => Final::Fail,
            Outcome::Unsupported(_) => Final::Unsupported,
            Outcome::Crash(_) => Final::Crash,
            Outcome::Timeout(_) => Final::Timeout,
            Outcome::HarnessError(_) => Final::HarnessError,
        };
        let Some(expectation) = self.about(id) else { return (plain, None) };
        let because = Some(expectation.because.clone());
        match (plain, Expected::of(outcome)) {
            (Final::Pass, _) => (Final::UnexpectedPass, because),
            (Final::Unsupported, Some(Expected::Unsupported)) if expectation.outcome == Expected::Unsupported => {
                (Final::Unsupported, because)
            }
            (_, Some(found)) if found == expectation.outcome => (Final::ExpectedFailure, because),
            _ => (plain, None),
        }
    }

    /// Expectations that nothing bears out any more, in words. One that a run did not fully ask is not judged.
    #[must_use]
    pub fn stale(&self, all: &[Job], results: &[CaseResult]) -> Vec<String> {
        self.list
            .iter()
            .enumerate()
            .filter(|(_, (e, _))| !is_mixed(e))
            .filter_map(|(i, (e, _))| Some(format!("{}: {}", e.cases, self.why_stale(i, all, results)?)))
            .collect()
    }

    fn why_stale(&self, index: usize, all: &[Job], results: &[CaseResult]) -> Option<&'static str> {
        let (expectation, glob) = self.list.get(index)?;
        let matching = all.iter().filter(|job| glob.is_match(&job.case.id)).count();
        let asked = || results.iter().filter(|r| glob.is_match(&r.case.id));
        if matching == 0 {
            Some("no case of the vectors matches; delete it")
        } else if asked().count() < matching {
            None
        } else if asked().all(|r| self.about(&r.case.id) != Some(expectation)) {
            Some("earlier expectations match all its cases; delete it")
        } else if asked().all(|r| matches!(r.outcome, Outcome::Pass | Outcome::Contested { .. })) {
            Some("all its cases pass or are contested; delete it")
        } else if asked().all(|r| Expected::of(&r.outcome) != Some(expectation.outcome)) {
            Some("its cases end otherwise now; change its \"outcome\"")
        } else {
            None
        }
    }

    /// How many nobody has reviewed.
    #[must_use]
    pub fn unreviewed(&self) -> usize {
        self.list.iter().filter(|(e, _)| e.because == UNREVIEWED).count()
    }
}

/// What is wrong, without the place: that is named first.
fn said(e: &serde_json::Error) -> String {
    let (what, place) = (e.to_string(), format!(" at line {} column {}", e.line(), e.column()));
    what.strip_suffix(&place).unwrap_or(&what).to_owned()
}

/// The expectations under which a run would pass: those that applied, with their reasons, and its failures as unreviewed.
#[must_use]
pub fn from_run(run: &Run) -> File {
    let expectations = run.results.iter().filter_map(|r| {
        let outcome = Expected::of(&r.outcome)?;
        let known = r.because.as_ref().filter(|_| !r.verdict.fails());
        if outcome == Expected::Unsupported && known.is_none() {
            return None;
        }
        let because = known.cloned().unwrap_or_else(|| UNREVIEWED.to_owned());
        Some(Expectation { cases: globset::escape(&r.case.id), outcome, because, link: None })
    });
    File { adapter: run.hello.name.clone(), expectations: expectations.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expectations(list: &[(&str, Expected)]) -> Expectations {
        let expectations = list
            .iter()
            .map(|(cases, outcome)| Expectation {
                cases: (*cases).into(),
                outcome: *outcome,
                because: "known".into(),
                link: None,
            })
            .collect();
        Expectations::new(File { adapter: "a".into(), expectations }).unwrap()
    }

    #[test]
    fn strict_both_ways() {
        let e = expectations(&[("x/*", Expected::Fail), ("y", Expected::Unsupported), ("z", Expected::Crash)]);
        let says = |id, outcome| e.settle(id, &outcome).0;
        let fail = || Outcome::Fail(String::new());
        assert_eq!(says("x/1", fail()), Final::ExpectedFailure);
        assert_eq!(says("x/1", Outcome::Pass), Final::UnexpectedPass);
        assert_eq!(says("x/1", Outcome::Timeout(String::new())), Final::Timeout);
        assert_eq!(says("x/1", Outcome::Unsupported(String::new())), Final::Unsupported);
        assert_eq!(says("y", Outcome::Unsupported(String::new())), Final::Unsupported);
        assert_eq!(says("y", Outcome::Pass), Final::UnexpectedPass);
        assert_eq!(says("y", fail()), Final::Fail);
        assert_eq!(says("z", Outcome::Crash(String::new())), Final::ExpectedFailure);
        assert_eq!(says("q", fail()), Final::Fail);
        let contested = Outcome::Contested { agrees: false, what: String::new() };
        assert_eq!(says("x/1", contested), Final::ContestedDiffers);
        assert_eq!(e.settle("x/1", &fail()).1.as_deref(), Some("known"));
    }

    #[test]
    fn files_are_read_strictly() {
        let parse = |text: &str| serde_json::from_str::<File>(text);
        assert!(parse(r#"{"adapter":"a","expectations":[{"cases":"*","outcome":"fail","because":"b"}]}"#).is_ok());
        for bad in [
            r#"{"adapter":"a"}"#,
            r#"{"adapter":"a","expectations":[{"cases":"*","outcome":"pass","because":"b"}]}"#,
            r#"{"adapter":"a","expectations":[{"cases":"*","outcome":"fail"}]}"#,
            r#"{"adapter":"a","expectations":[{"cases":"*","outcome":"fail","because":"b","why":1}]}"#,
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        let empty = r#"{"adapter":"a","expectations":[{"cases":"*","outcome":"fail","because":" "}]}"#;
        assert!(Expectations::new(parse(empty).unwrap()).is_err());
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.json"), empty.replace(" ", "b")).unwrap();
        assert_eq!(Expectations::default_for(dir.path(), "a").unwrap().list.len(), 1);
        assert_eq!(Expectations::default_for(dir.path(), "b").unwrap().list.len(), 0);
        assert!(Expectations::read(&dir.path().join("a.json"), "b").is_err());
        assert!(Expectations::default_for(&dir.path().join("x"), "../a").unwrap().list.is_empty());
    }

    #[test]
    fn a_wrong_outcome_is_told_with_file_line_and_the_words_there_are() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        let says = |outcome: &str| {
            let text =
                "{\"adapter\":\"a\",\n\"expectations\":[{\"cases\":\"*\",\n\"outcome\":OUTCOME,\"because\":\"b\"}\n]}";
            std::fs::write(&path, text.replace("OUTCOME", outcome)).unwrap();
            Expectations::read(&path, "a").unwrap_err().message.replace(path.to_str().unwrap(), "FILE")
        };
        let words = "an \"outcome\" of \"fail\", \"crash\", \"timeout\", \"unsupported\"";
        assert_eq!(says("\"pass\""), format!("FILE, line 3: invalid value: string \"pass\", expected {words}"));
        assert_eq!(says("1"), format!("FILE, line 3: invalid type: integer `1`, expected {words}"));
        for (word, expected) in Expected::ALL {
            assert_eq!(serde_json::to_value(expected).unwrap(), word);
            assert_eq!(serde_json::from_value::<Expected>(word.into()).unwrap(), expected);
        }
    }
}
