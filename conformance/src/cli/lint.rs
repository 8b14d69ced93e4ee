use crate::exit::Exit;
use crate::lint::{Suite, lint};
use crate::project::Failure;
use std::path::Path;

const EXAMPLES: &str = "Examples:
  mimicheck lint                what is wrong with vectors/, where, and how to mend it
  mimicheck lint --json         the same as JSON

Exit code 1 when anything is wrong.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Write the problems as a JSON array
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let suite = Suite::load(&super::project(root)?)?;
    let problems = lint(&suite);
    if args.json {
        let text = serde_json::to_string_pretty(&problems).map_err(Failure::harness)?;
        anstream::println!("{text}");
    } else {
        for problem in &problems {
            anstream::println!("{problem}");
        }
        anstream::println!("{} files, {} problems", suite.sources.len(), problems.len());
    }
    Ok(if problems.is_empty() { Exit::Ok } else { Exit::Conformance })
}
