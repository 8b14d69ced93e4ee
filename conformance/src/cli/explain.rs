use crate::exit::Exit;
use crate::explain::{Known, explain};
use crate::ledger::Ledger;
use crate::project::Failure;
use crate::simulate;
use std::path::Path;

const EXAMPLES: &str = "Examples:
  mimicheck explain content/decode/salt-15-octets    a case
  mimicheck explain content-08:4.1:salt-16           a requirement, or just salt-16
  mimicheck explain salt-length                      a reason or a flag
  mimicheck explain content/decode                   a family or an operation";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A case, a requirement (or the end of its id), a reason, a flag, a family or an operation
    what: String,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let project = super::project(root)?;
    let files = project.load_vectors()?;
    let scenarios = simulate::named(&project)?;
    let ledger = Ledger::load(&project.requirements())?;
    anstream::print!("{}", explain(&Known::new(&files, &scenarios, &ledger), &args.what)?);
    Ok(Exit::Ok)
}
