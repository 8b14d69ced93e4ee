use super::{Entry, Ledger, Stage};
use mimicheck::sim::Scenario;
use mimicheck::vector::{Case, File};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The cases and scenarios that name each requirement, by its id. A scenario is a test like a case: what it expects
/// must hold (`mimicheck simulate`), and every expectation of it can fail.
#[derive(Clone, Debug, Default)]
pub struct Cases<'a> {
    cases: BTreeMap<&'a str, Vec<&'a Case>>,
    scenarios: BTreeMap<&'a str, Vec<&'a Scenario>>,
}

impl<'a> Cases<'a> {
    /// Links every case and every scenario with what it names.
    #[must_use]
    pub fn link(files: &'a [File], scenarios: &'a [Scenario]) -> Self {
        let mut links = Self::default();
        for case in files.iter().flat_map(File::cases) {
            for id in &case.requirements {
                links.cases.entry(id).or_default().push(case);
            }
        }
        for scenario in scenarios {
            for id in &scenario.requirements {
                links.scenarios.entry(id).or_default().push(scenario);
            }
        }
        links
    }

    /// The cases that name this requirement.
    #[must_use]
    pub fn of(&self, id: &str) -> &[&'a Case] {
        self.cases.get(id).map_or(&[], Vec::as_slice)
    }

    /// The scenarios that name this requirement.
    #[must_use]
    pub fn played(&self, id: &str) -> &[&'a Scenario] {
        self.scenarios.get(id).map_or(&[], Vec::as_slice)
    }

    /// Names of all that test it: cases by their ids, then `scenario` and its name.
    pub fn names(&self, id: &str) -> impl Iterator<Item = String> {
        let cases = self.of(id).iter().map(|c| c.id.clone());
        cases.chain(self.played(id).iter().map(|s| format!("scenario {}", s.name)))
    }

    /// What became of an entry.
    #[must_use]
    pub fn status(&self, entry: &Entry) -> Status {
        match () {
            () if self.names(&entry.id).next().is_some() => Status::Tested,
            () if entry.untestable.is_some() => Status::Untestable,
            () if !entry.contested.is_empty() => Status::Open,
            () => Status::Uncovered,
        }
    }
}

/// What became of an entry; each has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// At least one case or scenario names it.
    Tested,
    /// Neither, and the ledger says why there can be none.
    Untestable,
    /// Neither, and the documents leave it open.
    Open,
    /// Neither, and no reason.
    Uncovered,
}

impl Status {
    /// Stable name, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::Untestable => "untestable",
            Self::Open => "open",
            Self::Uncovered => "uncovered",
        }
    }
}

/// How many entries have each status. `entries` = `tested` + `untestable` + `open` + `uncovered`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them: the denominator.
    pub entries: usize,
    /// With at least one case or scenario.
    pub tested: usize,
    /// Of those tested: the documents leave them open.
    pub tested_contested: usize,
    /// Without a case, with a reason.
    pub untestable: usize,
    /// Without a case; the documents leave them open.
    pub open: usize,
    /// With neither case nor reason.
    pub uncovered: usize,
}

impl Counts {
    fn add(&mut self, entry: &Entry, status: Status) {
        self.entries += 1;
        let (count, contested) = match status {
            Status::Tested => (&mut self.tested, !entry.contested.is_empty()),
            Status::Untestable => (&mut self.untestable, false),
            Status::Open => (&mut self.open, false),
            Status::Uncovered => (&mut self.uncovered, false),
        };
        *count += 1;
        self.tested_contested += usize::from(contested);
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.entries += other.entries;
        self.tested += other.tested;
        self.tested_contested += other.tested_contested;
        self.untestable += other.untestable;
        self.open += other.open;
        self.uncovered += other.uncovered;
    }
}

/// Which entries are tested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The documents with entries that are shown, in the ledger's order.
    pub documents: Vec<Covered>,
    /// Over all of them.
    pub total: Counts,
}

/// Which entries of one document are tested, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// As its ids begin, e.g. `content-08`.
    pub name: String,
    /// Whether entries without a case are a fault.
    pub coverage: Stage,
    /// In the ledger's order.
    pub sections: Vec<(String, Counts)>,
    /// Over all of them.
    pub total: Counts,
}

/// Counts the entries that `shown` lets through.
#[must_use]
pub fn coverage(ledger: &Ledger, cases: &Cases<'_>, shown: impl Fn(&Entry) -> bool) -> Coverage {
    let mut coverage = Coverage::default();
    for document in &ledger.documents {
        let mut total = Counts::default();
        let mut sections: Vec<(String, Counts)> = vec![];
        for entry in document.entries.iter().filter(|e| shown(e)) {
            let known = sections.iter().position(|(name, _)| *name == entry.section);
            if known.is_none() {
                sections.push((entry.section.clone(), Counts::default()));
            }
            let at = known.unwrap_or(sections.len() - 1);
            if let Some((_, counts)) = sections.get_mut(at) {
                counts.add(entry, cases.status(entry));
            }
        }
        for (_, counts) in &sections {
            total += *counts;
        }
        coverage.total += total;
        if total.entries > 0 {
            let name = document.name().to_owned();
            coverage.documents.push(Covered { name, coverage: document.coverage, sections, total });
        }
    }
    coverage
}
