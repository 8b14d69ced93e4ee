use crate::project::{Failure, Project};
use mimicheck::sim::{Scenario, Trace};
use std::path::{Path, PathBuf};

/// The scenario files of a folder, in the order of their names.
///
/// # Errors
/// The folder can not be read.
pub fn all(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |e: std::io::Error| Failure::usage(format!("{}: {e}", dir.display()));
    let mut found = vec![];
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|e| e == "yaml" || e == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Every scenario of a project, for what it names: those of `scenarios/`, then those of `scenarios/mixed/`. None where a
/// folder is missing: a project may be vectors alone.
///
/// # Errors
/// A folder or file can not be read, or a file is no scenario.
pub fn named(project: &Project) -> Result<Vec<Scenario>, Failure> {
    let mut found = vec![];
    for dir in [project.scenarios(), project.scenarios().join("mixed")] {
        if dir.is_dir() {
            for path in all(&dir)? {
                found.push(scenario(&path)?);
            }
        }
    }
    Ok(found)
}

/// A scenario: JSON where the file is called so, else YAML.
///
/// # Errors
/// The file can not be read, or is no scenario.
pub fn scenario(path: &Path) -> Result<Scenario, Failure> {
    let text = read(path)?;
    if path.extension().is_some_and(|e| e == "json") {
        serde_json::from_str(&text).map_err(|e| unusable(path, &e))
    } else {
        serde_saphyr::from_str(&text).map_err(|e| unusable(path, &e))
    }
}

/// A trace; `None` for a file that is none.
///
/// # Errors
/// The file can not be read.
pub fn trace(path: &Path) -> Result<Option<Trace>, Failure> {
    Ok(serde_json::from_str(&read(path)?).ok())
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| unusable(path, &e))
}

fn unusable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("{}: {why}", path.display()))
}
