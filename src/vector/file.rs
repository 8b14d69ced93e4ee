use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// One family's file (`vectors/README.md`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Path of the JSON Schema, relative to `vectors/`.
    pub schema: String,
    /// The family, e.g. `content/decode`; also the file's path without `.json`.
    pub family: String,
    /// The document that decides.
    pub spec: Spec,
    /// What each flag means.
    pub notes: BTreeMap<String, Note>,
    /// The cases, grouped by what they have in common.
    pub groups: Vec<Group>,
}

/// A document and its revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Its name.
    pub document: String,
    /// Its revision.
    pub revision: String,
}

/// What a flag means: the kind of bug it catches, what such a bug does, and which rule it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The kind of bug that cases with this flag catch.
    pub bug: String,
    /// What such a bug leads to.
    pub effect: String,
    /// The rule.
    pub requirement: String,
    /// Further reading: names of documents and sections.
    pub links: Vec<String>,
}

/// Cases of one origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What they have in common.
    pub name: String,
    /// Where they come from.
    pub source: Source,
    /// Who else gave the same answers; written by the tool that asked.
    pub witnesses: Vec<Witness>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// Where a group's cases come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Whether it can be made again, octet by octet.
    pub kind: SourceKind,
    /// What made it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The seed of its random octets.
    pub seed: String,
}

/// Whether a group can be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// Made again and compared, octet by octet.
    Derived,
    /// Made once; only verified.
    Recorded,
}

/// An independent implementation that gave the expected answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Cases of this group that it confirms.
    pub confirmed: usize,
    /// Cases of this group that it was asked.
    pub of: usize,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Permanent slug `family/name`.
    pub id: String,
    /// One sentence that a person can act on.
    pub comment: String,
    /// Why it is hard; explained in the file's notes.
    pub flags: Vec<String>,
    /// Ledger ids that it tests.
    pub requirements: Vec<String>,
    /// How strong they are.
    pub level: Level,
    /// Whom the rule addresses.
    pub about: About,
    /// The operation.
    pub op: String,
    /// Its input.
    #[serde(rename = "in")]
    pub input: Value,
    /// What is right.
    pub expect: Expect,
    /// Further steps of the same session, in order; each is judged, and the first that is wrong decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Step>,
    /// The documents leave it open: `expect` is what the reference does, and never a failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contested: Option<Contested>,
    /// No second implementation has given this answer yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}

/// A further step of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What it does, where the case's comment does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The operation.
    pub op: String,
    /// Its input.
    #[serde(rename = "in")]
    pub input: Value,
    /// What is right.
    pub expect: Expect,
}

/// A step of a case, the first one or a further one.
#[derive(Clone, Copy, Debug)]
pub struct StepRef<'a> {
    /// What it does, where the case's comment does not say.
    pub comment: Option<&'a str>,
    /// The operation.
    pub op: &'a str,
    /// Its input.
    pub input: &'a Value,
    /// What is right.
    pub expect: &'a Expect,
}

impl Case {
    /// Every step, the first one first.
    pub fn steps(&self) -> impl Iterator<Item = StepRef<'_>> {
        let further = self.then.iter().map(|s| StepRef {
            comment: s.comment.as_deref(),
            op: &s.op,
            input: &s.input,
            expect: &s.expect,
        });
        std::iter::once(self.first()).chain(further)
    }

    /// Reject where any step is refused, else either where any step leaves it open, else accept.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let is = |wanted| self.steps().any(|step| step.expect.verdict == wanted);
        if is(Verdict::Reject) {
            Verdict::Reject
        } else if is(Verdict::Either) {
            Verdict::Either
        } else {
            Verdict::Accept
        }
    }

    /// The step at this place, from 0; the first one where there are not so many.
    #[must_use]
    pub fn step(&self, place: usize) -> StepRef<'_> {
        self.steps().nth(place).unwrap_or_else(|| self.first())
    }

    fn first(&self) -> StepRef<'_> {
        StepRef { comment: None, op: &self.op, input: &self.input, expect: &self.expect }
    }
}

/// How strong a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// MUST, or as good as.
    Must,
    /// SHOULD.
    Should,
    /// MAY.
    May,
    /// A schema or formula implies it.
    Format,
}

/// Whom a case's rule addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// Whether these octets are a conforming document.
    Conformance,
    /// What a receiver does.
    Receiver,
}

/// What is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Accept, reject, or either.
    pub verdict: Verdict,
    /// With accept (or either): the output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out: Option<Value>,
    /// With accept (or either): further outputs that are just as good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<Value>,
    /// With reject (or either): our reason code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// With reject: codes that are just as good.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// With reject: octet offset of the item that breaks the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// With accept, in place of the output: what is to be found in its `response` once that is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
    /// With either: why both are right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// What a GroupInfoResponse of draft-ietf-mimi-protocol (section 5.6, cipher suite 1) must be: of this room, signed by this
/// hub, encrypted to this key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The asker's private HPKE key, as hex.
    pub private_key: String,
    /// The room.
    pub room_id: String,
    /// Identity of the hub's credential.
    pub hub: String,
    /// The hub's public signature key, as hex.
    pub hub_key: String,
    /// Octets that may have been encrypted, as hex: each is as good as the others.
    pub plaintexts: Vec<String>,
}

/// What an implementation is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It accepts, with the output given.
    Accept,
    /// It refuses.
    Reject,
    /// Both are right.
    Either,
}

/// Why the documents do not decide a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contested {
    /// The honest readings, the reference implementation's first.
    pub readings: Vec<Reading>,
}

/// One honest reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// In words, with the section it leans on.
    pub text: String,
    /// What it makes of the case.
    pub verdict: Verdict,
}

/// Why a vector file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError(pub String);

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FileError {}

impl File {
    /// Reads a vector file; unknown members are refused.
    ///
    /// # Errors
    /// [`FileError`] with line and column.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        serde_json::from_str(text).map_err(|e| FileError(e.to_string()))
    }

    /// The one way to write it: members in the order of the format, two spaces, a final line feed.
    ///
    /// # Errors
    /// Never for a file that was parsed or generated; a value that JSON cannot hold otherwise.
    pub fn canonical(&self) -> Result<String, FileError> {
        let mut text = serde_json::to_string_pretty(self).map_err(|e| FileError(e.to_string()))?;
        text.push('\n');
        Ok(text)
    }

    /// Every case of every group.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.groups.iter().flat_map(|g| &g.cases)
    }
}
