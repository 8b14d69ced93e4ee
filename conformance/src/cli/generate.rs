use crate::exit::Exit;
use crate::lint::{IDS, first_difference, read_ids};
use crate::project::{Failure, Project};
use crate::witness;
use mimicheck::vector::File;
use mimicheck::vector::families::{self, Family};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  mimicheck generate                     write every family, and the list of ids
  mimicheck generate content/decode      write one
  mimicheck generate --check             write nothing; say what is not as it would be written
  mimicheck generate --list              the families

Exit code 1 with --check when a file is missing, different, or made by no family.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these families
    #[arg(value_name = "FAMILY")]
    families: Vec<String>,
    /// Compare, octet by octet, and write nothing
    #[arg(long)]
    check: bool,
    /// List the families
    #[arg(long, conflicts_with = "check")]
    list: bool,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    if args.list {
        families::ALL.iter().for_each(|f| anstream::println!("{}", f.name));
        return Ok(Exit::Ok);
    }
    let project = super::project(root)?;
    let mut files: Vec<File> = chosen(&args.families)?.into_iter().map(|f| (f.generate)()).collect();
    witnessed(&project, &mut files)?;
    let mut pages = vec![];
    for file in &files {
        let path = project.vectors().join(format!("{}.json", file.family));
        pages.push((path, file.canonical().map_err(Failure::harness)?));
    }
    pages.push((project.vectors().join(IDS), ids(&project, &files)?));
    if args.check { check(args, &project, &pages) } else { write(&pages) }
}

fn chosen(names: &[String]) -> Result<Vec<&'static Family>, Failure> {
    if let Some(unknown) = names.iter().find(|n| !families::ALL.iter().any(|f| f.name == n.as_str())) {
        return Err(Failure::usage(format!("no family {unknown}; mimicheck generate --list shows them")));
    }
    Ok(families::ALL.iter().filter(|f| names.is_empty() || names.iter().any(|n| n == f.name)).collect())
}

/// Who else gave the same answers, from `vectors/witnesses/record.json`, into the files.
fn witnessed(project: &Project, files: &mut [File]) -> Result<(), Failure> {
    witness::apply(&witness::Record::read(project)?, files);
    Ok(())
}

/// Every id that ever was, and those of these files. None is ever taken off.
fn ids(project: &Project, files: &[File]) -> Result<String, Failure> {
    let path = project.vectors().join(IDS);
    let mut ids = read(&path)?.map(|text| read_ids(&text)).unwrap_or_default();
    ids.extend(files.iter().flat_map(File::cases).map(|c| c.id.clone()));
    Ok(ids.iter().map(|id| format!("{id}\n")).collect())
}

/// What is in a file; `None` when there is none.
fn read(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Failure::usage(format!("{}: {e}", path.display()))),
    }
}

fn check(args: &Args, project: &Project, pages: &[(PathBuf, String)]) -> Result<Exit, Failure> {
    let mut wrong = vec![];
    for (path, text) in pages {
        match read(path)? {
            None => wrong.push(format!("{}: missing", path.display())),
            Some(found) if found != *text => wrong.push(format!("{}: {}", path.display(), difference(text, &found))),
            Some(_) => {}
        }
    }
    if args.families.is_empty() {
        let made: BTreeSet<&PathBuf> = pages.iter().map(|(path, _)| path).collect();
        let extra = project.vector_paths()?.into_iter().filter(|path| !made.contains(path));
        wrong.extend(extra.map(|path| format!("{}: no family makes this file", path.display())));
    }
    for what in &wrong {
        anstream::println!("{what}");
    }
    if wrong.is_empty() {
        anstream::println!("{} files are as generated", pages.len());
        return Ok(Exit::Ok);
    }
    anstream::println!("{} of {} files differ; write them with mimicheck generate", wrong.len(), pages.len());
    Ok(Exit::Conformance)
}

/// The first line that differs, and the case it belongs to.
fn difference(generated: &str, found: &str) -> String {
    const LONGEST: usize = 100;
    let line = first_difference(generated, found);
    let show = |text: &str| match text.lines().nth(line - 1) {
        None => "(the end of the file)".to_owned(),
        Some(line) => line.trim().chars().take(LONGEST).collect(),
    };
    let id = |line: &str| line.trim_start().strip_prefix("\"id\": \"")?.split('"').next().map(str::to_owned);
    // Message ids in an output are called "id" too, but have no slash.
    let case = generated.lines().take(line).filter_map(id).filter(|id| id.contains('/')).last();
    let case = case.map(|id| format!(", case {id}")).unwrap_or_default();
    format!("line {line}{case}\n  generated: {}\n  found:     {}", show(generated), show(found))
}

/// Writes each file beside its place and then moves it there, so that no reader ever sees half a file.
fn write(pages: &[(PathBuf, String)]) -> Result<Exit, Failure> {
    let mut written = 0;
    for (path, text) in pages {
        if read(path)?.as_deref() == Some(text) {
            continue;
        }
        let fault = |e: std::io::Error| Failure::usage(format!("{}: {e}", path.display()));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(fault)?;
        }
        let beside = path.with_extension("new");
        std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path)).map_err(fault)?;
        anstream::println!("wrote {}", path.display());
        written += 1;
    }
    anstream::println!("{written} of {} files changed", pages.len());
    Ok(Exit::Ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn what_is_written_passes_the_check_and_what_is_changed_does_not() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("vectors")).unwrap();
        let root = Some(dir.path());
        let args = |check| Args { families: vec![], check, list: false };
        assert_eq!(run(&args(true), root).unwrap(), Exit::Conformance, "every file is missing");
        assert_eq!(run(&args(false), root).unwrap(), Exit::Ok);
        assert_eq!(run(&args(true), root).unwrap(), Exit::Ok);

        let extra = dir.path().join("vectors/stray.json");
        std::fs::write(&extra, "{}").unwrap();
        assert_eq!(run(&args(true), root).unwrap(), Exit::Conformance, "no family makes it");
        std::fs::remove_file(extra).unwrap();

        let first = Project::find(root).unwrap().vector_paths().unwrap().remove(0);
        let text = std::fs::read_to_string(&first).unwrap();
        std::fs::write(&first, text.replacen("\"level\"", "\"Level\"", 1)).unwrap();
        assert_eq!(run(&args(true), root).unwrap(), Exit::Conformance, "one octet differs");
    }

    #[test]
    fn an_id_stays_on_the_list() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("vectors")).unwrap();
        let list = dir.path().join("vectors").join(IDS);
        std::fs::write(&list, "content/gone/case\n").unwrap();
        run(&Args { families: vec![], check: false, list: false }, Some(dir.path())).unwrap();
        let ids = read_ids(&std::fs::read_to_string(list).unwrap());
        assert!(ids.contains("content/gone/case") && ids.len() > 1);
    }

    #[test]
    fn a_difference_names_line_and_case() {
        let text = difference("{\n \"id\": \"a/b\",\n \"x\": 1\n}", "{\n \"id\": \"a/b\",\n \"x\": 2\n}");
        assert!(text.starts_with("line 3, case a/b"), "{text}");
        assert!(chosen(&["no/such".into()]).is_err());
    }
}
