//! The No HTML extension (section 7.1.1), the sender's side: the `<` of every HTML tag as defined in
//! GFM 0.29 section 6.10 becomes `&lt;`.
//!
//! Where the draft is silent:
//! - Tags are looked for in the whole text: it exempts neither code spans nor code blocks, where GFM sees
//!   no tag and `&lt;` will show literally. Block structure is not parsed.
//! - It names 6.10 only. An HTML block (GFM 4.6) may start with an incomplete tag, such as `<div` before
//!   a line ending; that stays as it is, and a receiver must not render it.
//! - `\<` is an escaped character in GFM, not a tag; `\&lt;` would change what it shows. It stays.
//! - Replacing the `<` of one tag can complete another: `<a b=<i>` holds the tag `<i>` alone, but
//!   `<a b=&lt;i>` is one. What counts is that no tag is sent, so that the first `<` is replaced as well.
//! - A line in a block quote starts with `>`, which belongs to no tag: `<a b=` may go on after it.

/// A state of the automaton: one bit, or none when the text can no longer be a tag.
type State = u64;

const DEAD: State = 0;
/// A whole tag was read; whatever follows does not matter.
const DONE: State = 1;
/// After `<`.
const LT: State = 1 << 1;
// Open tags.
const NAME: State = 1 << 2;
const SPACE: State = 1 << 3;
const ATTRIBUTE: State = 1 << 4;
const ATTRIBUTE_SPACE: State = 1 << 5;
const EQUALS: State = 1 << 6;
/// After `=` and a line ending.
const EQUALS_LINE: State = 1 << 7;
const UNQUOTED: State = 1 << 8;
const SINGLE: State = 1 << 9;
const DOUBLE: State = 1 << 10;
const VALUE_END: State = 1 << 11;
const SELF_CLOSE: State = 1 << 12;
// Closing tags.
const SLASH: State = 1 << 13;
const CLOSE_NAME: State = 1 << 14;
const CLOSE_SPACE: State = 1 << 15;
// Processing instructions.
const PI: State = 1 << 16;
const PI_END: State = 1 << 17;
// `<!`: comments, declarations, CDATA sections.
const BANG: State = 1 << 18;
const BANG_DASH: State = 1 << 19;
/// After `<!--`, and after `<!---`.
const COMMENT_START: State = 1 << 20;
const COMMENT_START_DASH: State = 1 << 21;
const COMMENT: State = 1 << 22;
const COMMENT_DASH: State = 1 << 23;
const COMMENT_END: State = 1 << 24;
const DECLARATION_NAME: State = 1 << 25;
const DECLARATION: State = 1 << 26;
const CDATA_0: State = 1 << 27;
const CDATA_1: State = 1 << 28;
const CDATA_2: State = 1 << 29;
const CDATA_3: State = 1 << 30;
const CDATA_4: State = 1 << 31;
const CDATA_5: State = 1 << 32;
const CDATA: State = 1 << 33;
const CDATA_END_1: State = 1 << 34;
const CDATA_END_2: State = 1 << 35;
const STATES: u32 = 36;

const ESCAPED: &str = "&lt;";

/// What a sender sends: no HTML tag is left. Idempotent, and linear in the text.
///
/// It reads backwards and keeps the states from which the rest of the text completes a tag. Every `<`
/// is decided by looking at one of them, however many tags are open, and sees what follows it as it
/// will be sent.
#[must_use]
pub fn escape_html(markdown: &str) -> String {
    let octets = markdown.as_bytes();
    let mut completing = DONE;
    let mut tags = Vec::new();
    for (at, &octet) in octets.iter().enumerate().rev() {
        if octet == b'<' && completing & LT != 0 && !backslash_escaped(octets, at) {
            tags.push(at);
            completing = ESCAPED.bytes().rev().fold(completing, before);
        } else {
            completing = before(completing, octet);
        }
    }
    let mut escaped = String::with_capacity(markdown.len() + tags.len() * (ESCAPED.len() - 1));
    let mut from = 0;
    for at in tags.into_iter().rev() {
        escaped.push_str(markdown.get(from..at).unwrap_or_default());
        escaped.push_str(ESCAPED);
        from = at + 1;
    }
    escaped.push_str(markdown.get(from..).unwrap_or_default());
    escaped
}

/// Whether an odd number of backslashes precedes.
fn backslash_escaped(octets: &[u8], at: usize) -> bool {
    let before = octets.get(..at).unwrap_or_default();
    before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// The states from which `octet` leads to one of `completing`.
fn before(completing: State, octet: u8) -> State {
    (0..STATES).map(|bit| 1 << bit).filter(|state| step(*state, octet) & completing != 0).fold(DEAD, |all, s| all | s)
}

/// The grammar. Octets of characters beyond ASCII are like any other that it does not name.
fn step(state: State, octet: u8) -> State {
    match state {
        DONE => DONE,
        LT => match octet {
            b'a'..=b'z' | b'A'..=b'Z' => NAME,
            b'/' => SLASH,
            b'!' => BANG,
            b'?' => PI,
            _ => DEAD,
        },
        NAME if tag_name(octet) => NAME,
        ATTRIBUTE if attribute_name(octet) => ATTRIBUTE,
        ATTRIBUTE | ATTRIBUTE_SPACE if octet == b'=' => EQUALS,
        ATTRIBUTE if white_space(octet) => ATTRIBUTE_SPACE,
        SPACE | ATTRIBUTE_SPACE if white_space(octet) => state,
        SPACE | ATTRIBUTE_SPACE if attribute_name_start(octet) => ATTRIBUTE,
        NAME | VALUE_END | UNQUOTED if white_space(octet) => SPACE,
        EQUALS if matches!(octet, b'\n' | b'\r') => EQUALS_LINE,
        EQUALS | EQUALS_LINE if white_space(octet) => state,
        EQUALS_LINE if octet == b'>' => EQUALS_LINE,
        EQUALS | EQUALS_LINE if octet == b'\'' => SINGLE,
        EQUALS | EQUALS_LINE if octet == b'"' => DOUBLE,
        EQUALS | EQUALS_LINE | UNQUOTED if !b"\"'=<>`".contains(&octet) => UNQUOTED,
        SINGLE => {
            if octet == b'\'' {
                VALUE_END
            } else {
                SINGLE
            }
        }
        DOUBLE => {
            if octet == b'"' {
                VALUE_END
            } else {
                DOUBLE
            }
        }
        NAME | SPACE | ATTRIBUTE | ATTRIBUTE_SPACE | VALUE_END if octet == b'/' => SELF_CLOSE,
        NAME | SPACE | ATTRIBUTE | ATTRIBUTE_SPACE | VALUE_END | UNQUOTED | SELF_CLOSE if octet == b'>' => DONE,

        SLASH if octet.is_ascii_alphabetic() => CLOSE_NAME,
        CLOSE_NAME if tag_name(octet) => CLOSE_NAME,
        CLOSE_NAME | CLOSE_SPACE if white_space(octet) => CLOSE_SPACE,
        CLOSE_NAME | CLOSE_SPACE if octet == b'>' => DONE,

        PI_END if octet == b'>' => DONE,
        PI | PI_END => {
            if octet == b'?' {
                PI_END
            } else {
                PI
            }
        }

        BANG => match octet {
            b'-' => BANG_DASH,
            b'[' => CDATA_0,
            b'A'..=b'Z' => DECLARATION_NAME,
            _ => DEAD,
        },
        BANG_DASH if octet == b'-' => COMMENT_START,
        COMMENT_START | COMMENT_START_DASH if octet == b'>' => DEAD,
        COMMENT_START => {
            if octet == b'-' {
                COMMENT_START_DASH
            } else {
                COMMENT
            }
        }
        COMMENT => {
            if octet == b'-' {
                COMMENT_DASH
            } else {
                COMMENT
            }
        }
        // Two hyphens can only be the end; after `<!--` that is `<!---->`.
        COMMENT_DASH | COMMENT_START_DASH => {
            if octet == b'-' {
                COMMENT_END
            } else {
                COMMENT
            }
        }
        COMMENT_END if octet == b'>' => DONE,
        DECLARATION_NAME if octet.is_ascii_uppercase() => DECLARATION_NAME,
        DECLARATION_NAME if white_space(octet) => DECLARATION,
        DECLARATION => {
            if octet == b'>' {
                DONE
            } else {
                DECLARATION
            }
        }
        CDATA_0 if octet == b'C' => CDATA_1,
        CDATA_1 if octet == b'D' => CDATA_2,
        CDATA_2 if octet == b'A' => CDATA_3,
        CDATA_3 if octet == b'T' => CDATA_4,
        CDATA_4 if octet == b'A' => CDATA_5,
        CDATA_5 if octet == b'[' => CDATA,
        CDATA => {
            if octet == b']' {
                CDATA_END_1
            } else {
                CDATA
            }
        }
        CDATA_END_1 => {
            if octet == b']' {
                CDATA_END_2
            } else {
                CDATA
            }
        }
        CDATA_END_2 => match octet {
            b'>' => DONE,
            b']' => CDATA_END_2,
            _ => CDATA,
        },
        _ => DEAD,
    }
}

/// Space, tab, newline, line tabulation, form feed, carriage return (GFM 2.1).
fn white_space(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

fn tag_name(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || octet == b'-'
}

fn attribute_name_start(octet: u8) -> bool {
    octet.is_ascii_alphabetic() || b"_:".contains(&octet)
}

fn attribute_name(octet: u8) -> bool {
    attribute_name_start(octet) || octet.is_ascii_digit() || b".-".contains(&octet)
}

#[cfg(test)]
mod tests;
