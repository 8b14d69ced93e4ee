use crate::exit::Exit;
use crate::inspect::{Options, render};
use crate::project::Failure;
use mimicheck::content::Document;
use mimicheck::wire::hex;
use std::io::{IsTerminal, Read};
use std::path::Path;

const EXAMPLES: &str = "Examples:
  mimicheck inspect message.cbor
  echo 8750... | mimicheck inspect -
  mimicheck inspect --case content/decode/salt-15-octets

Exit code 0 for a conforming document, 1 for any other.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A file with the message, as octets or as hex digits; - for standard input
    #[arg(required_unless_present = "case")]
    file: Option<String>,
    /// Show the input of this case instead
    #[arg(long, value_name = "ID", conflicts_with = "file")]
    case: Option<String>,
    /// The sender's URI, for the message id [default: extension 1]
    #[arg(long, value_name = "URI")]
    sender: Option<String>,
    /// The room's URI, for the message id [default: extension 2]
    #[arg(long, value_name = "URI")]
    room: Option<String>,
    /// Every line, however many there are
    #[arg(long)]
    all: bool,
}

/// Lines shown at the beginning and at the end of a long page.
const SHOWN: (usize, usize) = (120, 20);

/// A page that is short enough to read, and how many lines it leaves out.
fn cut(page: &str) -> String {
    let lines: Vec<&str> = page.lines().collect();
    let (first, last) = SHOWN;
    let Some(hidden) = lines.len().checked_sub(first + last).filter(|hidden| *hidden > 1) else {
        return page.to_owned();
    };
    let note = format!("… {hidden} lines are left out; --all shows them");
    let shown = lines.iter().take(first).copied().chain([note.as_str()]);
    let mut text: String = shown.chain(lines.iter().skip(first + hidden).copied()).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

/// Largest input in octets: far above any message, and still shown at once.
const LARGEST: u64 = 64 << 20;

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let (name, octets) = match (&args.case, args.file.as_deref()) {
        (Some(id), _) => (id.clone(), case_octets(id, root)?),
        (None, Some("-")) => ("standard input".to_owned(), read("standard input", std::io::stdin())?),
        (None, file) => {
            let file = file.unwrap_or_default();
            let open = std::fs::File::open(file).map_err(|e| Failure::usage(format!("{file}: {e}")))?;
            (file.to_owned(), read(file, open)?)
        }
    };
    let color = std::io::stdout().is_terminal();
    let options = Options { name, sender_uri: args.sender.clone(), room_uri: args.room.clone(), color };
    let page = render(&octets, &options);
    anstream::print!("{}", if args.all { page } else { cut(&page) });
    Ok(if Document::decode(&octets).is_ok() { Exit::Ok } else { Exit::Conformance })
}

fn case_octets(id: &str, root: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let files = super::project(root)?.load_vectors()?;
    let case = files.iter().flat_map(|f| f.cases()).find(|c| c.id == id);
    let case = case.ok_or_else(|| Failure::usage(format!("no case {id}; see mimicheck list cases")))?;
    let cbor = case.input.get("cbor").and_then(|c| c.as_str());
    let cbor = cbor.ok_or_else(|| Failure::usage(format!("{id} has no single message; see mimicheck explain {id}")))?;
    hex::decode(cbor).map_err(|e| Failure::usage(format!("{id}: {e}")))
}

fn read(name: &str, from: impl Read) -> Result<Vec<u8>, Failure> {
    let mut octets = vec![];
    from.take(LARGEST + 1).read_to_end(&mut octets).map_err(|e| Failure::usage(format!("{name}: {e}")))?;
    if u64::try_from(octets.len()).unwrap_or(u64::MAX) > LARGEST {
        return Err(Failure::usage(format!("{name}: more than {LARGEST} octets")));
    }
    Ok(from_hex(&octets).unwrap_or(octets))
}

/// Hex digits with white space between them, as octets. No message starts with a hex digit: an array
/// of 7 items starts with 0x87.
fn from_hex(input: &[u8]) -> Option<Vec<u8>> {
    let text: String = std::str::from_utf8(input).ok()?.split_whitespace().collect();
    if text.is_empty() { None } else { hex::decode(&text.to_ascii_lowercase()).ok() }
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_page_is_cut_in_the_middle_and_says_so() {
        let page = |lines: usize| (0..lines).map(|n| format!("{n}\n")).collect::<String>();
        assert_eq!(cut(&page(141)), page(141));
        let cut = cut(&page(4000));
        let lines: Vec<_> = cut.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[119], lines[121], lines[140]), (141, "0", "119", "3980", "3999"));
        assert_eq!(lines[120], "… 3860 lines are left out; --all shows them");
    }
}
