use crate::exit::Exit;
use crate::expectations::Expectations;
use crate::project::{Failure, Project};
use crate::runner::{Job, Judged, Session, Settings, Target, jobs};
use crate::witness::{Implementation, PATH, Record, testimony};
use mimicheck::adapter::Implementation as _;
use mimicheck::adapter::reference::Reference;
use mimicheck::vector::Profile;
use std::collections::BTreeSet;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  mimicheck witness --adapter ciborium --adapter conformance/adapters/python-cbor2/adapter.py
  mimicheck witness --adapter ./my-adapter --check

Asks every case under the strict profile, and records in vectors/witnesses/record.json which expected
answers were given. What the record says of implementations that are not asked stays. mimicheck
generate then writes it into the vectors. The reference and faulty implementations are no witnesses.

Exit code 1 with --check when an answer is not as recorded.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// An independent implementation: a built-in adapter, a path, or a command line; may be repeated
    #[arg(long, short, value_name = "ADAPTER", required = true)]
    adapter: Vec<String>,
    /// Compare with the record, and write nothing
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let project = super::project(root)?;
    let jobs = jobs(&project.load_vectors()?);
    let mut record = Record::read(&project)?;
    let (mut wrong, mut names) = (vec![], BTreeSet::new());
    for given in &args.adapter {
        let entry = ask(given, &jobs)?;
        if !names.insert(entry.name.clone()) {
            return Err(Failure::usage(format!("--adapter {given}: {} is asked already", entry.name)));
        }
        let Implementation { name, version, asked, confirms, .. } = &entry;
        anstream::println!("{name} {version}: confirms {} of {asked} cases", confirms.len());
        if args.check { wrong.extend(record.differences(&entry)) } else { record.put(entry) }
    }
    if args.check { Ok(compared(&wrong)) } else { write(&project, &record) }
}

/// Asks one implementation every case.
fn ask(given: &str, jobs: &[Job]) -> Result<Implementation, Failure> {
    let settings = Settings { profile: Some(Profile::Strict), ..Settings::default() };
    let session = Session::start(Target::parse(given)?, settings)?;
    let name = session.hello().name.clone();
    if name == Reference.hello().name || [given, &name].iter().any(|n| n.starts_with("faulty")) {
        let what = format!("--adapter {given}: {name} shares the code of the reference and is no witness");
        return Err(Failure::usage(what));
    }
    let (expectations, baseline) = (Expectations::default(), BTreeSet::new());
    let judged = Judged { jobs, all: jobs, expectations: &expectations, baseline: &baseline };
    testimony(&session.run(judged, &|_| ())?)
}

fn compared(wrong: &[String]) -> Exit {
    for what in wrong {
        anstream::println!("{what}");
    }
    if wrong.is_empty() {
        anstream::println!("as recorded");
        return Exit::Ok;
    }
    anstream::println!("{} differences; record them with mimicheck witness, without --check", wrong.len());
    Exit::Conformance
}

fn write(project: &Project, record: &Record) -> Result<Exit, Failure> {
    let path = project.vectors().join(PATH);
    let fault = |e: std::io::Error| Failure::usage(format!("{}: {e}", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    std::fs::write(&path, record.canonical()?).map_err(fault)?;
    anstream::println!("wrote {}; next: mimicheck generate", path.display());
    Ok(Exit::Ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::vector::families;

    fn args(adapter: &str, check: bool) -> Args {
        Args { adapter: vec![adapter.into()], check }
    }

    #[test]
    fn check_finds_a_lost_confirmation() {
        let dir = tempfile::tempdir().unwrap();
        let root = Some(dir.path());
        let vectors = dir.path().join("vectors");
        std::fs::create_dir_all(vectors.join("content")).unwrap();
        let family = families::ALL.iter().find(|f| f.name == "content/part-index").unwrap();
        std::fs::write(vectors.join("content/part-index.json"), (family.generate)().canonical().unwrap()).unwrap();

        assert_eq!(run(&args("ciborium", true), root).unwrap(), Exit::Conformance, "nothing is recorded");
        assert_eq!(run(&args("ciborium", false), root).unwrap(), Exit::Ok);
        assert_eq!(run(&args("ciborium", true), root).unwrap(), Exit::Ok);

        let project = Project::find(root).unwrap();
        let mut record = Record::read(&project).unwrap();
        record.implementations[0].confirms.insert("content/part-index/no-such".into(), "00".into());
        std::fs::write(vectors.join(PATH), record.canonical().unwrap()).unwrap();
        assert_eq!(run(&args("ciborium", true), root).unwrap(), Exit::Conformance);
    }

    #[test]
    fn the_reference_is_no_witness() {
        let failure = ask("reference", &[]).unwrap_err();
        assert!(failure.exit == Exit::Usage && failure.message.contains("no witness"), "{failure}");
    }
}
