//! One file a subcommand. Each has `Args` for clap and `run`, which returns how the process ends.

use crate::exit::Exit;
use crate::project::{Failure, Project};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

mod adapter;
mod bugs;
mod check;
mod cost;
mod doctor;
mod draw;
mod explain;
mod explore;
mod generate;
mod inspect;
mod lint;
mod list;
mod mixed;
mod output;
mod recovery;
mod requirements;
mod run;
mod seeds;
mod select;
mod simulate;
mod witness;

/// Conformance and fuzz tests for interoperable end-to-end encrypted messaging (IETF MIMI).
#[derive(Debug, Parser)]
#[command(name = "mimicheck", version, about, long_about = None, propagate_version = true, after_help = EXIT_CODES)]
struct Cli {
    /// The folder that holds vectors/ and conformance/ [default: the nearest one above, else where this was built]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 all as expected, 1 conformance failure or unexpected pass, 2 usage or input, \
3 adapter did not start, 4 bug of this tool, 5 no failure but stale expectations";

macro_rules! commands {
    ($( $(#[$doc:meta])* $name:ident = $module:ident; )*) => {
        #[derive(Debug, Subcommand)]
        enum Command { $( $(#[$doc])* $name($module::Args), )* }

        fn dispatch(command: &Command, root: Option<&std::path::Path>) -> Result<Exit, Failure> {
            match command { $( Command::$name(args) => $module::run(args, root), )* }
        }
    };
}

commands! {
    /// Check every vector with the reference implementation
    Check = check;
    /// Judge implementations through their adapters
    Run = run;
    /// Help an adapter's author: what is missing or malformed, step by step
    Doctor = doctor;
    /// Serve a built-in adapter on stdin and stdout
    Adapter = adapter;
    /// List cases, families, flags, reasons, operations, built-in adapters
    List = list;
    /// Explain a case, a requirement or a reason
    Explain = explain;
    /// Requirements of the documents and the cases that test them
    Requirements = requirements;
    /// Seeded bugs and which vectors catch them: the kill matrix
    Bugs = bugs;
    /// Show one message: diagnostic notation, annotated hex, parts, id, the first thing wrong
    Inspect = inspect;
    /// Run scenarios: clients and hubs over a network; who is where at the end
    Simulate = simulate;
    /// Draw a run: who said what to whom, and where the commits of a group lead
    Draw = draw;
    /// Explore small worlds: every order of commits, reads and faults, and what holds in each
    Explore = explore;
    /// Play every way out of a fork and count what it costs
    Recovery = recovery;
    /// Measure what an encrypted ratchet tree costs, beside the tree in the clear and as one blob
    Cost = cost;
    /// Write the vector files
    Generate = generate;
    /// Check the vector files themselves
    Lint = lint;
    /// Ask independent implementations for the answers, and record who confirms what
    Witness = witness;
    /// Write a fuzz target's seeds and dictionary from the vectors
    Seeds = seeds;
}

/// Parses the arguments, runs the subcommand, says what went wrong.
#[must_use]
pub fn main() -> Exit {
    let cli = Cli::parse();
    match dispatch(&cli.command, cli.root.as_deref()) {
        Ok(exit) => exit,
        Err(failure) => {
            anstream::eprintln!("mimicheck: {failure}");
            failure.exit
        }
    }
}

/// The project, or why there is none. One that nobody would guess is named.
fn project(root: Option<&std::path::Path>) -> Result<Project, Failure> {
    let project = Project::find(root)?;
    if project.is_fallback() {
        let root = project.root().display();
        anstream::eprintln!("root: {root}, where this was built: no vectors/ here or above; --root DIR names another");
    }
    Ok(project)
}
