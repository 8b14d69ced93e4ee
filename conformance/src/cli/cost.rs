use super::output::write_file;
use crate::cost::{self, Suite};
use crate::exit::Exit;
use crate::project::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use mimicheck::entropy::Seed;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const EXAMPLES: &str = "\
Examples:
  mimicheck cost                                     groups of 2 to 131072, both cipher suites
  mimicheck cost --sizes 16,1024 --suite x25519      a part of them
  mimicheck cost --json cost.json --svg cost.svg     as data, and as a picture
  mimicheck cost --html cost.html                    picture and tables as a page for a browser
  mimicheck cost --exact --check docs/tree-cost.md   whether a page has these lines

Held against each other: the ratchet tree in the clear, the same as one AEAD ciphertext, and the
encrypted ratchet tree of docs/spec/encrypted-tree.md. What all three send alike (the commit itself,
the Welcome) is not counted. Groups are made up, with nodes as long as those of real ones.
fewer: octets in the clear for one of the patch. all new: all nodes are of the joiner's epoch.
most unmerged: every other member was added since the rest have committed.

Octets depend on no clock, and times are not checked.
Exit code 1 where a page that is checked lacks a line.";

/// 2 to 131072 by doubling, and 100000.
const SIZES: &str = "2,4,8,16,32,64,128,256,512,1024,2048,4096,8192,16384,32768,65536,100000,131072";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Sizes of the group, 2 to 131072
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = SIZES, hide_default_value = true,
          value_parser = clap::value_parser!(u32).range(2..=131_072))]
    sizes: Vec<u32>,
    /// Cipher suites
    #[arg(long, value_name = "SUITE,…", value_delimiter = ',', default_value = "x25519,x-wing",
          value_parser = ["x25519", "x-wing"])]
    suite: Vec<String>,
    /// Where all that is random comes from
    #[arg(long, value_name = "TEXT", default_value = "mimicheck")]
    seed: String,
    /// Octets alone, which are the same in every run
    #[arg(long)]
    exact: bool,
    /// Write what was measured as JSON (conformance/schema/cost.schema.json); - is stdout, in place of the tables
    #[arg(long, value_name = "FILE|-")]
    json: Option<PathBuf>,
    /// Write a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write a page with the picture and the tables
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// A page that must have every line of the tables of octets
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

pub(super) fn run(args: &Args, _root: Option<&Path>) -> Result<Exit, Failure> {
    let mut sizes: Vec<usize> = args.sizes.iter().filter_map(|size| usize::try_from(*size).ok()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut suites: Vec<Suite> =
        args.suite.iter().map(|name| if name == "x-wing" { Suite::XWing } else { Suite::X25519 }).collect();
    suites.sort_unstable();
    suites.dedup();
    let report = watched(|progress| cost::report(&suites, &sizes, &Seed::new(&args.seed), !args.exact, progress))
        .map_err(|e| Failure::harness(format!("a tree is refused that must be taken: {e}")))?;
    if let Some(path) = &args.svg {
        write_file("--svg", path, &cost::svg(&report))?;
    }
    if let Some(path) = &args.html {
        write_file("--html", path, &cost::page(&report))?;
    }
    let exact = [cost::octets(&report), cost::leaks(&report), cost::variants(&report)].concat();
    let tables = format!("{exact}{}", cost::times(&report));
    match &args.json {
        Some(path) => {
            let json = serde_json::to_string_pretty(&report).map_err(|e| Failure::harness(e.to_string()))?;
            if path == Path::new("-") {
                anstream::println!("{json}");
            } else {
                write_file("--json", path, &format!("{json}\n"))?;
                anstream::println!("{}", tables.trim_end());
            }
        }
        None => anstream::println!("{}", tables.trim_end()),
    }
    let missing = args.check.as_deref().map(|page| super::recovery::missing(page, &exact)).transpose()?;
    let missing = missing.unwrap_or_default();
    for line in &missing {
        anstream::eprintln!("not in the page: {line}");
    }
    Ok(if missing.is_empty() { Exit::Ok } else { Exit::Conformance })
}

/// Shows what is measured when it takes longer than two seconds.
fn watched<T>(does: impl FnOnce(&dyn Fn(&str)) -> T) -> T {
    let (start, bar) = (Instant::now(), ProgressBar::new_spinner());
    let style = ProgressStyle::with_template("{spinner} {msg} members, {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let result = does(&|what| {
        if start.elapsed() > Duration::from_secs(2) {
            bar.set_message(what.to_owned());
            bar.tick();
        }
    });
    bar.finish_and_clear();
    result
}
