use crate::project::{Failure, Project};
use mimicheck::vector::Case;
use mimicheck::wire::hex;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The record's path below `vectors/`.
pub const PATH: &str = "witnesses/record.json";

/// What independent implementations said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// One entry an implementation, by name.
    pub implementations: Vec<Implementation>,
}

/// What one of them said. A case that it was asked is in `confirms` or in `refutes`, with its [`digest`] at that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Implementation {
    /// Its name, as in `hello`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in.
    pub language: String,
    /// How many cases it was asked.
    pub asked: usize,
    /// Case ids whose expected answer it gave.
    pub confirms: BTreeMap<String, String>,
    /// Case ids that it answered otherwise.
    pub refutes: BTreeMap<String, String>,
}

impl Record {
    /// The project's record; an empty one when there is none.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn read(project: &Project) -> Result<Self, Failure> {
        let path = project.vectors().join(PATH);
        let at = |e: &dyn std::fmt::Display| Failure::usage(format!("{}: {e}", path.display()));
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|e| at(&e)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(at(&e)),
        }
    }

    /// The one way to write it: by name, two spaces, a final line feed.
    ///
    /// # Errors
    /// Never for a record that was read or made here.
    pub fn canonical(&self) -> Result<String, Failure> {
        let mut text = serde_json::to_string_pretty(self).map_err(Failure::harness)?;
        text.push('\n');
        Ok(text)
    }

    /// Puts an entry in the place of that implementation's earlier one.
    pub fn put(&mut self, entry: Implementation) {
        self.implementations.retain(|i| i.name != entry.name);
        self.implementations.push(entry);
        self.implementations.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// In which way a new entry is not what is recorded, one line each; empty when it is.
    #[must_use]
    pub fn differences(&self, new: &Implementation) -> Vec<String> {
        let name = &new.name;
        let Some(old) = self.implementations.iter().find(|i| i.name == *name) else {
            return vec![format!("{name}: is not in the record")];
        };
        let mut found = vec![];
        if (&old.version, &old.language) != (&new.version, &new.language) {
            found.push(format!("{name}: is {} now, was {}", new.version, old.version));
        }
        let mut compare = |what: &str, from: &BTreeMap<_, _>, to: &BTreeMap<String, String>| {
            let ids = from.iter().filter(|(id, digest)| to.get(*id) != Some(*digest));
            found.extend(ids.map(|(id, _)| format!("{name}: {what} {id}")));
        };
        compare("lost confirmation of", &old.confirms, &new.confirms);
        compare("gained confirmation of", &new.confirms, &old.confirms);
        compare("no longer refutes", &old.refutes, &new.refutes);
        compare("now refutes", &new.refutes, &old.refutes);
        if found.is_empty() && old.asked != new.asked {
            found.push(format!("{name}: was asked {} cases, the record says {}", new.asked, old.asked));
        }
        found
    }
}

/// The first 16 hex digits of SHA-256 over `expect`, `in` and `op` of a case, as JSON with sorted members and no
/// white space, and of the steps that follow: what an implementation was asked, and what it was to say.
#[must_use]
pub fn digest(case: &Case) -> String {
    let asked = if case.then.is_empty() {
        json!({"expect": case.expect, "in": case.input, "op": case.op})
    } else {
        json!({"expect": case.expect, "in": case.input, "op": case.op, "then": case.then})
    };
    let asked = asked.to_string();
    hex::encode(&Sha256::digest(asked)).chars().take(16).collect()
}
