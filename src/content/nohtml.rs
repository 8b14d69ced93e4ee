//! The No HTML extension of GFM-MIMI (section 7.1.1), the sender's half.
//!
//! The rule names the HTML tags of GFM section 6.10 and makes no exception, so tags in code spans are
//! escaped too (and then show as `&lt;`), while HTML blocks of GFM section 4.6 that begin without a
//! complete tag pass. Both are gaps of the document, not of this code.

/// The text to send: the `<` of every HTML tag of GFM 0.29 section 6.10 becomes `&lt;`.
///
/// Escaping a tag can bring to light another one inside it, as in a comment; those are escaped too, so
/// that none is left and a second pass changes nothing. Linear in the length of the text.
#[must_use]
pub fn escape_html_tags(markdown: &str) -> String {
    let mut scanner = Scanner { text: markdown, ends: [None; 3] };
    let mut escaped = String::with_capacity(markdown.len());
    let mut copied = 0;
    for (at, _) in markdown.match_indices('<') {
        if !scanner.backslashed(at) && scanner.tag_at(at) {
            escaped.push_str(markdown.get(copied..at).unwrap_or_default());
            escaped.push_str("&lt;");
            copied = at + 1;
        }
    }
    escaped.push_str(markdown.get(copied..).unwrap_or_default());
    escaped
}

/// Ends that may be far away; where one was found is kept, so that each octet is searched once.
const ENDS: [&str; 3] = ["?>", "]]>", ">"];

struct Scanner<'a> {
    text: &'a str,
    /// Where the end of each kind was last found; `usize::MAX` for nowhere any more.
    ends: [Option<usize>; 3],
}

impl<'a> Scanner<'a> {
    fn from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// An odd number of backslashes before it makes a `<` literal (GFM section 6.1).
    fn backslashed(&self, at: usize) -> bool {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
    }

    /// Whether the `<` at this offset opens an HTML tag.
    fn tag_at(&mut self, at: usize) -> bool {
        let rest = self.from(at + 1);
        if let Some(rest) = rest.strip_prefix('/') {
            return closing_tag(rest);
        }
        if rest.starts_with('?') {
            return self.ends_with(0, at + 2);
        }
        if rest.starts_with("![CDATA[") {
            return self.ends_with(1, at + 9);
        }
        if let Some(text) = rest.strip_prefix("!--") {
            return comment(text);
        }
        if let Some(rest) = rest.strip_prefix('!') {
            let name = rest.bytes().take_while(u8::is_ascii_uppercase).count();
            let spaced = rest.as_bytes().get(name).is_some_and(|b| white(*b));
            return name > 0 && spaced && self.ends_with(2, at + 2 + name + 1);
        }
        open_tag(rest)
    }

    fn ends_with(&mut self, kind: usize, start: usize) -> bool {
        let (Some(end), Some(known)) = (ENDS.get(kind), self.ends.get(kind).copied()) else { return false };
        let found = match known {
            Some(place) if place >= start => place,
            _ => self.from(start).find(end).map_or(usize::MAX, |i| start + i),
        };
        if let Some(slot) = self.ends.get_mut(kind) {
            *slot = Some(found);
        }
        found != usize::MAX
    }
}

/// GFM section 2.1.
const fn white(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

fn skip_white(text: &str) -> &str {
    text.trim_start_matches(|c: char| u8::try_from(c).is_ok_and(white))
}

/// The text behind a tag name.
fn tag_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic())?;
    Some(rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-'))
}

fn closing_tag(text: &str) -> bool {
    tag_name(text).is_some_and(|rest| skip_white(rest).starts_with('>'))
}

/// Neither starts with `>` or `->`, nor ends with `-`, nor contains `--`.
fn comment(text: &str) -> bool {
    if text.starts_with('>') || text.starts_with("->") {
        return false;
    }
    // The first `--` must be that of the end; of `--->` it is not, as the text then ends with `-`.
    text.find("--").is_some_and(|i| text.get(i + 2..).is_some_and(|rest| rest.starts_with('>')))
}

fn open_tag(text: &str) -> bool {
    let Some(mut rest) = tag_name(text) else { return false };
    loop {
        let after = skip_white(rest);
        if after.strip_prefix('/').unwrap_or(after).starts_with('>') {
            return true;
        }
        let spaced = after.len() < rest.len();
        match attribute(after) {
            Some(behind) if spaced => rest = behind,
            _ => return false,
        }
    }
}

/// The text behind an attribute with its value, if it has one.
fn attribute(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic() || c == '_' || c == ':')?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-'));
    let Some(value) = skip_white(rest).strip_prefix('=') else { return Some(rest) };
    let value = skip_white(value);
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).map(|(_, behind)| behind);
        }
    }
    let plain = |c: char| !matches!(c, '"' | '\'' | '=' | '<' | '>' | '`') && !u8::try_from(c).is_ok_and(white);
    let behind = value.trim_start_matches(plain);
    if behind.len() < value.len() { Some(behind) } else { None }
}
