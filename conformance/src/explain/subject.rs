use crate::ledger::{Cases, Entry, Ledger};
use mimicheck::reason::{self, Reason};
use mimicheck::sim::Scenario;
use mimicheck::vector::{Case, File};
use std::collections::BTreeSet;

/// All that can be explained.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The vectors.
    pub files: &'a [File],
    /// The requirements.
    pub ledger: &'a Ledger,
    /// Who tests what.
    pub cases: Cases<'a>,
}

/// What a word names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'a> {
    Case(&'a File, &'a Case),
    Requirement(&'a Entry),
    Reason(Reason),
    Flag(&'a str),
    Family(&'a File),
    Op(&'a str),
}

/// Nearest names that are suggested.
const SUGGESTIONS: usize = 5;

impl<'a> Known<'a> {
    /// Vectors, scenarios and requirements, linked.
    #[must_use]
    pub fn new(files: &'a [File], scenarios: &'a [Scenario], ledger: &'a Ledger) -> Self {
        Self { files, ledger, cases: Cases::link(files, scenarios) }
    }

    pub(super) fn all_cases(&self) -> impl Iterator<Item = (&'a File, &'a Case)> {
        self.files.iter().flat_map(|f| f.cases().map(move |c| (f, c)))
    }

    /// Everything that this word names; a flag and a reason, or a family and an operation, may share one.
    pub(super) fn subjects(&self, word: &str) -> Vec<Subject<'a>> {
        let mut found: Vec<Subject<'a>> = vec![];
        found.extend(self.all_cases().filter(|(_, c)| c.id == word).map(|(f, c)| Subject::Case(f, c)));
        found.extend(self.requirement(word).map(Subject::Requirement));
        found.extend(reason::find(word).map(Subject::Reason));
        let flag = self.files.iter().find_map(|f| f.notes.get_key_value(word));
        found.extend(flag.map(|(flag, _)| Subject::Flag(flag)));
        found.extend(self.files.iter().filter(|f| f.family == word).map(Subject::Family));
        let op = self.all_cases().find(|(_, c)| c.op == word);
        found.extend(op.map(|(_, c)| Subject::Op(&c.op)));
        found
    }

    /// A requirement by its id, or by the end of it where that is unique.
    fn requirement(&self, word: &str) -> Option<&'a Entry> {
        let ends = |e: &&Entry| e.id.strip_suffix(word).is_some_and(|rest| rest.ends_with(':'));
        self.ledger.find(word).or_else(|| {
            let mut found = self.ledger.entries().filter(ends);
            found.next().filter(|_| found.next().is_none())
        })
    }

    /// The names nearest to a word that names nothing, nearest first.
    pub(super) fn near(&self, word: &str) -> Vec<&'a str> {
        let ledger: &'a Ledger = self.ledger;
        let files: &'a [File] = self.files;
        let mut names: BTreeSet<&'a str> = ledger.entries().map(|e| e.id.as_str()).collect();
        names.extend(reason::all().map(|r| -> &'a str { r.code() }));
        names.extend(files.iter().map(|f| f.family.as_str()));
        names.extend(files.iter().flat_map(|f| f.notes.keys().map(String::as_str)));
        names.extend(files.iter().flat_map(File::cases).flat_map(|c| [c.id.as_str(), c.op.as_str()]));
        let distance = |name: &str| {
            let last = name.rsplit(['/', ':']).next().unwrap_or(name);
            strsim::damerau_levenshtein(word, name).min(strsim::damerau_levenshtein(word, last))
        };
        let contains = |name: &str| word.len() > 2 && name.contains(word);
        let mut near: Vec<(usize, &'a str)> = names
            .into_iter()
            .map(|n| if contains(n) { (1, n) } else { (distance(n), n) })
            .filter(|(d, _)| *d <= word.len() / 3 + 1)
            .collect();
        near.sort();
        near.into_iter().take(SUGGESTIONS).map(|(_, n)| n).collect()
    }
}
