//! Annotated hex: an item a line, its octets, what it is, what the schema calls it.

use super::schema;
use super::walk::{INDEFINITE, Item, Walk};
use mimicheck::wire::hex;

/// Octets of a string in one row.
const ROW: usize = 16;
/// Rows of one string that are shown before the rest is summed up.
const ROWS: usize = 8;

/// One line: offset, text, and whether it is the wrong place.
pub(super) struct Line {
    pub text: String,
    pub wrong: bool,
}

/// The lines of a walk; the item that holds the octet `wrong` is marked.
pub(super) fn lines(octets: &[u8], walk: &Walk, wrong: Option<usize>) -> Vec<Line> {
    let mut out = vec![];
    for item in &walk.items {
        let head = octets.get(item.head.clone()).unwrap_or_default();
        let here = wrong.is_some_and(|w| item.head.contains(&w));
        out.push(line(item.head.start, item.depth, head, &note(octets, item), here));
        payload(&mut out, octets, item, wrong);
    }
    if let Some((at, why)) = walk.stopped {
        let rest = octets.get(at..).unwrap_or_default();
        let shown = rest.get(..ROW.min(rest.len())).unwrap_or_default();
        let more = rest.len().saturating_sub(ROW);
        let note = if more > 0 { format!("{why} ({more} more)") } else { why.to_owned() };
        out.push(line(at, 0, shown, &note, wrong == Some(at)));
    }
    if walk.cut {
        out.push(Line { text: "      … more items follow".into(), wrong: false });
    }
    out
}

fn payload(out: &mut Vec<Line>, octets: &[u8], item: &Item, wrong: Option<usize>) {
    let payload = octets.get(item.payload.clone()).unwrap_or_default();
    let mut at = item.payload.start;
    for row in payload.chunks(ROW).take(ROWS) {
        let here = wrong.is_some_and(|w| (at..at + row.len()).contains(&w));
        out.push(line(at, item.depth + 1, row, &printable(row, item.major == 3), here));
        at += row.len();
    }
    if at < item.payload.end {
        let more = item.payload.end - at;
        out.push(line(at, item.depth + 1, &[], &format!("… {more} more octets"), false));
    }
}

fn line(at: usize, depth: usize, octets: &[u8], note: &str, wrong: bool) -> Line {
    const DEEPEST: usize = 8;
    let indent = "  ".repeat(depth.min(DEEPEST));
    let left = format!("{at:06x}  {indent}{}", hex::encode(octets));
    Line { text: format!("{left:<46}  {note}").trim_end().to_owned(), wrong }
}

fn note(octets: &[u8], item: &Item) -> String {
    let indefinite = item.info == INDEFINITE;
    let length = if indefinite { "_".to_owned() } else { item.arg.to_string() };
    let what = match item.major {
        0 => item.arg.to_string(),
        1 => (-1 - i128::from(item.arg)).to_string(),
        2 => format!("bytes({length})"),
        3 => format!("text({length})"),
        4 => format!("array({length})"),
        5 => format!("map({length})"),
        6 => format!("tag({length})"),
        _ => simple(octets, item),
    };
    let word = if item.major == 0 { schema::word(item.label, item.arg) } else { None };
    match (item.label, word) {
        ("", _) => what,
        (label, None) => format!("{label}: {what}"),
        (label, Some(word)) => format!("{label}: {what} ({word})"),
    }
}

fn simple(octets: &[u8], item: &Item) -> String {
    match item.info {
        20 => "false".into(),
        21 => "true".into(),
        22 => "null".into(),
        23 => "undefined".into(),
        25..=27 => format!("float{}", 8 * octets.get(item.head.clone()).unwrap_or_default().len().saturating_sub(1)),
        INDEFINITE => "break".into(),
        _ => format!("simple({})", item.arg),
    }
}

fn printable(row: &[u8], text: bool) -> String {
    let readable = row.iter().all(|b| (0x20..0x7f).contains(b));
    if text || readable {
        let shown: String = row.iter().map(|b| if (0x20..0x7f).contains(b) { char::from(*b) } else { '.' }).collect();
        format!("\"{shown}\"")
    } else {
        String::new()
    }
}
