use super::output::write_file;
use crate::draw::{svg, terminal, wrapped};
use crate::exit::Exit;
use crate::project::Failure;
use crate::simulate;
use mimicheck::entropy::Seed;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  mimicheck draw scenarios/leaving.yaml
  mimicheck draw leaving.json --svg leaving.svg
  mimicheck draw scenarios/leaving.yaml --svg - --theme dark > leaving.svg

  mimicheck draw --tree remove            an encrypted tree: what hub and member see
  mimicheck draw --tree grow --members 8 --svg grow.svg
  mimicheck draw --tree tree/hub/hole-of-growth       the patches of a case
  mimicheck draw --tree patches.txt       patches in hexadecimal digits, as in a log

A file that mimicheck simulate --trace wrote is drawn as it is; a scenario is run first.
Trees: update, remove, add, grow, shrink, unmerged.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A scenario (YAML or JSON), or a trace (JSON)
    #[arg(value_name = "SCENARIO|TRACE", required_unless_present = "tree", conflicts_with = "tree")]
    file: Option<PathBuf>,
    /// Draw a commit of an encrypted ratchet tree: an example, the last patch of a case that a hub takes, or of a file with
    /// patches in hexadecimal digits
    #[arg(long, value_name = "EXAMPLE|CASE|FILE")]
    tree: Option<String>,
    /// Members of an example, 4 to 16
    #[arg(long, value_name = "N", default_value_t = 7, requires = "tree", value_parser = clap::value_parser!(u8).range(4..=16))]
    members: u8,
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

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let theme = match args.theme {
        Theme::Auto => svg::Theme::Auto,
        Theme::Light => svg::Theme::Light,
        Theme::Dark => svg::Theme::Dark,
    };
    let Some(file) = &args.file else { return tree(args, theme, root) };
    let trace = match simulate::trace(file)? {
        Some(trace) => trace,
        None => super::simulate::one(file, &args.seed, None)?,
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

/// The case of this id, as it is written; none where a file has that name, or where there is no such case.
fn case(id: &str, root: Option<&Path>) -> Result<Option<String>, Failure> {
    if !id.contains('/') || Path::new(id).exists() {
        return Ok(None);
    }
    let files = super::project(root)?.load_vectors()?;
    let mut cases = files.iter().flat_map(|file| &file.groups).flat_map(|group| &group.cases);
    let found = cases.find(|case| case.id == id).map(serde_json::to_string);
    found.transpose().map_err(|e| Failure::harness(format!("--tree {id}: {e}")))
}

/// A commit of an encrypted ratchet tree.
fn tree(args: &Args, theme: svg::Theme, root: Option<&Path>) -> Result<Exit, Failure> {
    let name = args.tree.as_deref().unwrap_or_default();
    let view = if wrapped::EXAMPLES.iter().any(|example| example.0 == name) {
        wrapped::example(name, usize::from(args.members), &Seed::new(&args.seed))
            .map_err(|e| Failure::harness(format!("--tree {name}: {e}")))?
    } else {
        let text = match case(name, root)? {
            Some(text) => text,
            None => {
                let known = wrapped::EXAMPLES.map(|example| example.0).join(", ");
                let none =
                    |e| Failure::usage(format!("--tree {name}: no case, and as a file: {e}; examples are {known}"));
                std::fs::read_to_string(name).map_err(none)?
            }
        };
        wrapped::patches(name, &text)
            .ok_or_else(|| Failure::usage(format!("--tree {name}: no patch in it that a hub takes as a first tree")))?
    };
    match args.svg.as_deref() {
        None => anstream::print!("{}", terminal::wrapped(&view)),
        Some(file) => {
            let picture = svg::wrapped::render(&view, theme).ok_or_else(|| {
                Failure::usage(format!(
                    "--svg: there is room for {} leaves; as text there is for more",
                    svg::wrapped::MOST
                ))
            })?;
            if file == Path::new("-") {
                anstream::print!("{picture}");
            } else {
                write_file("--svg", file, &picture)?;
            }
        }
    }
    Ok(Exit::Ok)
}
