//! Where vectors, ledger and expectations are.

use crate::exit::Exit;
use mimicheck::vector::File;
use std::fmt;
use std::path::{Path, PathBuf};

/// The folder that holds `vectors/` and `conformance/`.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    fallback: bool,
}

/// Something that ends a subcommand, with its exit code.
#[derive(Clone, Debug)]
pub struct Failure {
    /// How it ends.
    pub exit: Exit,
    /// What happened, where, and what to do next.
    pub message: String,
}

impl Failure {
    /// Wrong usage or unreadable input.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string() }
    }

    /// A bug of this tool.
    pub fn harness(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Harness, message: message.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl Project {
    /// The folder given, else the current one or the nearest above that has `vectors/`, else the one
    /// this binary was built in.
    ///
    /// # Errors
    /// None of them has `vectors/`.
    pub fn find(given: Option<&Path>) -> Result<Self, Failure> {
        let has_vectors = |dir: &Path| dir.join("vectors").is_dir();
        if let Some(dir) = given {
            return if has_vectors(dir) {
                Ok(Self { root: dir.to_owned(), fallback: false })
            } else {
                Err(Failure::usage(format!("{}: no folder vectors/ in it; name the project's root", dir.display())))
            };
        }
        let here = std::env::current_dir().unwrap_or_default();
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let near = here.ancestors().find(|dir| has_vectors(dir));
        let found = near.or(built.filter(|dir| has_vectors(dir)));
        found.map(|root| Self { root: root.to_owned(), fallback: near.is_none() }).ok_or_else(|| {
            Failure::usage("no folder vectors/ here or above; run in the project's root or give --root DIR")
        })
    }

    /// Whether nobody named it and it is not above the current folder either: it is where this binary was built.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        self.fallback
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `vectors/`.
    #[must_use]
    pub fn vectors(&self) -> PathBuf {
        self.root.join("vectors")
    }

    /// `conformance/requirements/`.
    #[must_use]
    pub fn requirements(&self) -> PathBuf {
        self.root.join("conformance/requirements")
    }

    /// `scenarios/`.
    #[must_use]
    pub fn scenarios(&self) -> PathBuf {
        self.root.join("scenarios")
    }

    /// `conformance/expectations/`.
    #[must_use]
    pub fn expectations(&self) -> PathBuf {
        self.root.join("conformance/expectations")
    }

    /// The paths of all vector files, sorted.
    ///
    /// # Errors
    /// Names the folder that cannot be read.
    pub fn vector_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut paths = vec![];
        json_files(&self.vectors(), &mut paths)?;
        paths.sort();
        Ok(paths)
    }

    /// Every vector file, by family name; a file that cannot be read is an error, never skipped.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn load_vectors(&self) -> Result<Vec<File>, Failure> {
        let mut files = vec![];
        for path in self.vector_paths()? {
            files.push(load(&path)?);
        }
        files.sort_by(|a: &File, b: &File| a.family.cmp(&b.family));
        Ok(files)
    }
}

/// Folders of `vectors/` that hold no vectors.
const NOT_FAMILIES: [&str; 2] = ["schema", "witnesses"];

/// Every JSON file in a folder and below it, but for folders that hold no vectors.
pub(crate) fn json_files(dir: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let fault = |e: std::io::Error| Failure::usage(format!("{}: {e}", dir.display()));
    for entry in std::fs::read_dir(dir).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if !NOT_FAMILIES.contains(&name) {
                json_files(&path, found)?;
            }
        } else if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads one vector file.
///
/// # Errors
/// Names the file and what is wrong with it.
pub fn load(path: &Path) -> Result<File, Failure> {
    let fault = |e: &dyn fmt::Display| Failure::usage(format!("{}: {e}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| fault(&e))?;
    File::parse(&text).map_err(|e| fault(&e))
}
