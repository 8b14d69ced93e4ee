use crate::project::Failure;
use mimicheck::vector::Level;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The requirements of one revision of a document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its name, e.g. `draft-ietf-mimi-content`.
    pub document: String,
    /// Its revision, e.g. `08`.
    pub revision: String,
    /// Whether every entry must have a case or a reason by now.
    #[serde(default)]
    pub coverage: Stage,
    /// What it demands, in its order.
    pub entries: Vec<Entry>,
}

/// How far the cases for a document have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Every entry has a case, or says why not.
    #[default]
    Complete,
    /// Families are still to come: entries without a case are counted, and are no fault.
    Growing,
}

impl Document {
    /// The first part of its entries' ids, which is also the name of its file: `content-08`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.entries.first().map_or("", |e| e.id.split(':').next().unwrap_or_default())
    }

    /// What is wrong with it by itself, in words.
    fn fault(&self, stem: &str) -> Option<String> {
        if self.entries.is_empty() {
            return Some("has no entries".into());
        }
        let ill = self.entries.iter().find(|e| {
            let slug = e.id.strip_prefix(stem).and_then(|rest| rest.strip_prefix(':'));
            let slug = slug.and_then(|rest| rest.strip_prefix(e.section.as_str())).and_then(|s| s.strip_prefix(':'));
            !slug.is_some_and(is_slug)
        })?;
        Some(format!("the id {} is not {stem}:{}:words-with-hyphens", ill.id, ill.section))
    }
}

fn is_slug(text: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(word)
}

/// One thing that a document demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Permanent: `document-revision:section:slug`.
    pub id: String,
    /// The section, e.g. `4.1`.
    pub section: String,
    /// How strong it is.
    pub level: Level,
    /// Whom it binds.
    pub addressee: Addressee,
    /// In our own words.
    pub text: String,
    /// The honest readings, where the document leaves it open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contested: Vec<String>,
    /// Why no input and answer can show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untestable: Option<String>,
}

/// Whom a requirement binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addressee {
    /// Whoever writes a message.
    Sender,
    /// Whoever reads one.
    Receiver,
    /// Both.
    Both,
    /// The provider between them.
    Provider,
    /// A registry or its experts.
    Registry,
}

impl Addressee {
    /// As in the ledger.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Receiver => "receiver",
            Self::Both => "sender and receiver",
            Self::Provider => "provider",
            Self::Registry => "registry",
        }
    }
}

/// A level as in the ledger and the vectors.
#[must_use]
pub const fn level_name(level: Level) -> &'static str {
    match level {
        Level::Must => "must",
        Level::Should => "should",
        Level::May => "may",
        Level::Format => "format",
    }
}

/// Every document's requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By name and revision.
    pub documents: Vec<Document>,
}

impl Ledger {
    /// Reads every JSON file of `conformance/requirements/`; unknown members, repeated ids, and ids that do not
    /// begin with the file's name and the entry's section are refused.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn load(dir: &Path) -> Result<Self, Failure> {
        let fault = |path: &Path, e: &dyn std::fmt::Display| Failure::usage(format!("{}: {e}", path.display()));
        let mut documents = vec![];
        for entry in std::fs::read_dir(dir).map_err(|e| fault(dir, &e))? {
            let path = entry.map_err(|e| fault(dir, &e))?.path();
            if path.extension().is_some_and(|e| e == "json") {
                let text = std::fs::read_to_string(&path).map_err(|e| fault(&path, &e))?;
                let document: Document = serde_json::from_str(&text).map_err(|e| fault(&path, &e))?;
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                if let Some(what) = document.fault(&stem) {
                    return Err(fault(&path, &what));
                }
                documents.push(document);
            }
        }
        documents.sort_by(|a, b| (&a.document, &a.revision).cmp(&(&b.document, &b.revision)));
        let ledger = Self { documents };
        let mut seen = std::collections::BTreeSet::new();
        let twice = ledger.entries().find(|e| !seen.insert(&e.id));
        if let Some(Entry { id, .. }) = twice {
            return Err(fault(dir, &format!("the id {id} occurs twice; ids are never reused")));
        }
        Ok(ledger)
    }

    /// Every entry of every document.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.documents.iter().flat_map(|d| &d.entries)
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.entries().find(|e| e.id == id)
    }
}
