use super::run::{Common, Extra, judge};
use crate::exit::Exit;
use crate::project::Failure;
use crate::runner::Target;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  mimicheck check
  mimicheck check vectors/content --level must
  mimicheck check --run 'content/decode/salt-*' --verbose
  mimicheck check --shard 1/4 --json report/check-1.json";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    judge(vec![Target::parse("reference")?], &args.common, &Extra::default(), root)
}
