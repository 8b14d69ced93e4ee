use crate::draw::{svg, terminal};
use crate::exit::Exit;
use crate::project::Failure;
use crate::simulate;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  mimicheck draw scenarios/leaving.yaml
  mimicheck draw leaving.json --svg leaving.svg
  mimicheck draw scenarios/leaving.yaml --svg - --theme dark > leaving.svg

A file that mimicheck simulate --trace wrote is drawn as it is; a scenario is run first.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A scenario (YAML or JSON), or a trace (JSON)
    #[arg(value_name = "SCENARIO|TRACE")]
    file: PathBuf,
    /// Write a picture instead of text; - is stdout
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Everything that crossed a boundary, also questions without an answer
    #[arg(long)]
    all: bool,
    /// Which background the picture is for
    #[arg(long, value_enum, default_value_t)]
    theme: Theme,
    /// Where all randomness comes from, if a scenario is run
    #[arg(long, value_name = "TEXT", default_value = "mimicheck")]
    seed: String,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Theme {
    /// As the viewer prefers
    #[default]
    Auto,
    Light,
    Dark,
}

pub(super) fn run(args: &Args, _: Option<&Path>) -> Result<Exit, Failure> {
    let trace = match simulate::trace(&args.file)? {
        Some(trace) => trace,
        None => super::simulate::one(&args.file, &args.seed, None)?,
    };
    let theme = match args.theme {
        Theme::Auto => svg::Theme::Auto,
        Theme::Light => svg::Theme::Light,
        Theme::Dark => svg::Theme::Dark,
    };
    match args.svg.as_deref() {
        None => anstream::print!("{}", terminal::render(&trace, args.all)),
        Some(file) => {
            let picture = svg::render(&trace, svg::Options { all: args.all, theme });
            if file == Path::new("-") {
                anstream::print!("{picture}");
            } else {
                std::fs::write(file, picture).map_err(|e| Failure::usage(format!("{}: {e}", file.display())))?;
            }
        }
    }
    Ok(if trace.failures().next().is_none() { Exit::Ok } else { Exit::Conformance })
}
