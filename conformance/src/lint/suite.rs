use super::{Schemas, case, file, whole};
use crate::ledger::Ledger;
use crate::project::{Failure, Project};
use crate::simulate;
use mimicheck::sim::Scenario;
use mimicheck::vector::File;
use serde::Serialize;
use std::fmt;

/// Something that is wrong with the vectors, or with what a scenario names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, relative to `vectors/`; for a scenario `scenario` and its name.
    pub file: String,
    /// The case, where it is one case's.
    pub case: Option<String>,
    /// Stable name of the rule.
    pub rule: &'static str,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, case, rule, what, mend } = self;
        let case = case.as_deref().map(|c| format!(": {c}")).unwrap_or_default();
        write!(f, "{file}{case}: {what} [{rule}]\n    mend: {mend}")
    }
}

/// A vector file as it is.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path, relative to `vectors/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Everything that the rules look at.
#[derive(Debug)]
pub struct Suite {
    /// The vector files.
    pub sources: Vec<Source>,
    /// `vectors/ids.txt`, if there is one.
    pub ids: Option<String>,
    /// `vectors/schema/`.
    pub schemas: Schemas,
    /// The requirements.
    pub ledger: Ledger,
    /// The scenarios, for what they name.
    pub scenarios: Vec<Scenario>,
}

impl Suite {
    /// Reads all of it.
    ///
    /// # Errors
    /// Names the file that cannot be read. A vector file that is no JSON, or not of the format, is a
    /// [`Problem`] and no error.
    pub fn load(project: &Project) -> Result<Self, Failure> {
        let vectors = project.vectors();
        let read = |path: &std::path::Path| {
            std::fs::read_to_string(path).map_err(|e| Failure::usage(format!("{}: {e}", path.display())))
        };
        let mut sources = vec![];
        for path in project.vector_paths()? {
            let name = path.strip_prefix(&vectors).unwrap_or(&path);
            let name: Vec<_> = name.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            sources.push(Source { path: name.join("/"), text: read(&path)? });
        }
        let ids = vectors.join(whole::IDS);
        Ok(Self {
            sources,
            ids: if ids.exists() { Some(read(&ids)?) } else { None },
            schemas: Schemas::load(&vectors.join("schema"))?,
            ledger: Ledger::load(&project.requirements())?,
            scenarios: simulate::named(project)?,
        })
    }
}

/// Every problem, by file and case.
#[must_use]
pub fn lint(suite: &Suite) -> Vec<Problem> {
    let (mut problems, mut files) = (vec![], vec![]);
    for source in &suite.sources {
        problems.extend(file::text(source, &suite.schemas));
        match File::parse(&source.text) {
            Err(e) => problems.push(Problem {
                file: source.path.clone(),
                case: None,
                rule: "format",
                what: e.to_string(),
                mend: "vectors/README.md has the format; write the file with mimicheck generate",
            }),
            Ok(parsed) => {
                problems.extend(file::rules(source, &parsed, &suite.ledger));
                problems.extend(parsed.cases().flat_map(|c| case::rules(source, &parsed, c, &suite.ledger)));
                files.push((source.path.clone(), parsed));
            }
        }
    }
    problems.extend(whole::rules(&files, suite.ids.as_deref()));
    problems.extend(whole::scenarios(&suite.scenarios, &suite.ledger));
    problems.sort();
    problems
}
