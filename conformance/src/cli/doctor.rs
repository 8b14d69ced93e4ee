use crate::exit::Exit;
use crate::project::Failure;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let _project = super::project(root)?;
    Err(Failure::harness("not built yet"))
}
