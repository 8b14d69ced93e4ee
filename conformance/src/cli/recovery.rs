use super::output::write_file;
use crate::exit::Exit;
use crate::project::Failure;
use crate::recovery::{Away, Price, decisions, prices, settings, svg, text};
use crate::runner::default_workers;
use mimicheck::protocol::CipherSuite;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  mimicheck recovery                                       prices of every way out, groups of 4 to 256
  mimicheck recovery --members 4,16 --suite x25519         a part of them
  mimicheck recovery --members 64 --away 1,2,4,8,16,31     one size, and how many are away
  mimicheck recovery --json prices.json --svg prices.svg   as data, and as a picture
  mimicheck recovery --check docs/fork-recovery.md         whether a page has these lines

Octets are those of the delivery draft's structures between a device and its provider; the figures depend on no
clock and on no chance. asked: users who must agree. mean recv, most: received by a device, on average and
at most. lost: who should be there and is not. outside: members before the fork who are not in the group at the
end. eyes: of the states that all members had when the recovery began, how many still read what is said at its end.

Exit code 1 where somebody is lost, or where a page that is checked lacks a line.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Sizes of the group before the fork, 4 to 1024
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "4,16,64,256",
          value_parser = clap::value_parser!(u16).range(4..=1024))]
    members: Vec<u16>,
    /// How many are on the other branch: a number, where that is less than half, or quarter, which is at most 16
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "1,quarter")]
    away: Vec<Away>,
    /// Cipher suites
    #[arg(long, value_name = "SUITE,…", value_delimiter = ',', default_value = "x25519,x-wing",
          value_parser = ["x25519", "p256", "x-wing"])]
    suite: Vec<String>,
    /// Framings of handshakes
    #[arg(long, value_name = "FRAMING,…", value_delimiter = ',', default_value = "public,private",
          value_parser = ["public", "private"])]
    framing: Vec<String>,
    /// Write the prices as JSON; - is stdout, in place of the tables
    #[arg(long, value_name = "FILE|-")]
    json: Option<PathBuf>,
    /// Write a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// A page that must have every line of the tables
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Forks at a time [default: one a core, at most 8]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,
}

fn suite(name: &str) -> u16 {
    match name {
        "p256" => CipherSuite::P256.0,
        "x-wing" => CipherSuite::X_WING.0,
        _ => CipherSuite::X25519.0,
    }
}

pub(super) fn run(args: &Args, _root: Option<&Path>) -> Result<Exit, Failure> {
    let members: Vec<usize> = args.members.iter().copied().map(usize::from).collect();
    let suites: Vec<u16> = args.suite.iter().map(|name| suite(name)).collect();
    let framings: Vec<bool> = args.framing.iter().map(|name| name == "private").collect();
    let chosen = settings(&members, &args.away, &suites, &framings);
    if chosen.is_empty() {
        return Err(Failure::usage("no group of these sizes has so many away"));
    }
    let told = prices(&chosen, args.jobs.unwrap_or_else(default_workers))
        .map_err(|refusal| Failure::harness(format!("a member refuses what it must take: {refusal}")))?;
    if let Some(path) = &args.svg {
        write_file("--svg", path, &svg(&told))?;
    }
    let tables = format!("{}\n{}", text(&told), decisions());
    match &args.json {
        Some(path) => {
            let json = serde_json::to_string_pretty(&told).map_err(|e| Failure::harness(e.to_string()))?;
            if path == Path::new("-") {
                anstream::println!("{json}");
            } else {
                write_file("--json", path, &format!("{json}\n"))?;
                anstream::print!("{tables}");
            }
        }
        None => anstream::print!("{tables}"),
    }
    let missing = args.check.as_deref().map(|page| missing(page, &tables)).transpose()?.unwrap_or_default();
    for line in &missing {
        anstream::eprintln!("not in the page: {line}");
    }
    let lost = told.iter().any(|price: &Price| price.lost > 0);
    Ok(if lost || !missing.is_empty() { Exit::Conformance } else { Exit::Ok })
}

/// Lines of the tables that a page does not have.
pub(super) fn missing(page: &Path, tables: &str) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(page).map_err(|e| Failure::usage(format!("{}: {e}", page.display())))?;
    let has = |line: &&str| line.trim().is_empty() || text.lines().any(|of| of.trim_end() == line.trim_end());
    Ok(tables.lines().filter(|line| !has(line)).map(str::to_owned).collect())
}
