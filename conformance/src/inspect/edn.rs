//! Diagnostic notation (RFC 8949 chapter 8), a field a line, with the schema's names as comments.

use super::walk::{INDEFINITE, Item, Walk};
use mimicheck::wire::hex;
use std::fmt::Write;

/// The notation, two spaces a level. What could not be read is left out and said so.
pub(super) fn render(octets: &[u8], walk: &Walk) -> String {
    let mut out = String::new();
    let mut open: Vec<(usize, &'static str, bool)> = vec![];
    for (i, item) in walk.items.iter().enumerate() {
        let broken = item.major == 7 && item.info == INDEFINITE;
        while open.last().is_some_and(|(depth, _, _)| *depth >= item.depth) {
            close(&mut out, &mut open);
        }
        if broken {
            continue;
        }
        let in_map = open.last().is_some_and(|(_, bracket, _)| *bracket == "}");
        let key = in_map && is_key(walk, i);
        let after_key = in_map && !key;
        let in_tag = open.last().is_some_and(|(_, bracket, _)| *bracket == ")");
        if !after_key && !in_tag {
            indent(&mut out, item.depth);
        }
        let label = if in_map || item.label.is_empty() { String::new() } else { format!("/ {} / ", item.label) };
        out.push_str(&label);
        match container(item) {
            Some((begin, end)) => {
                out.push_str(&begin);
                let empty = item.arg == 0 && item.info != INDEFINITE;
                open.push((item.depth, end, empty));
                if empty {
                    close(&mut out, &mut open);
                } else if end != ")" {
                    out.push('\n');
                }
            }
            None => {
                scalar(&mut out, octets, item);
                out.push_str(if key {
                    ": "
                } else if in_tag {
                    ""
                } else {
                    ",\n"
                });
            }
        }
    }
    while !open.is_empty() {
        close(&mut out, &mut open);
    }
    let trimmed = out.trim_end().trim_end_matches(',').to_owned();
    match walk.stopped {
        Some((at, why)) => format!("{trimmed}\n/ {why}: octet {at} /"),
        None if walk.cut => format!("{trimmed}\n/ more items follow /"),
        None => trimmed,
    }
}

fn indent(out: &mut String, depth: usize) {
    const DEEPEST: usize = 40;
    for _ in 0..depth.min(DEEPEST) {
        out.push_str("  ");
    }
}

fn close(out: &mut String, open: &mut Vec<(usize, &'static str, bool)>) {
    let Some((depth, bracket, empty)) = open.pop() else { return };
    if !empty && bracket != ")" {
        indent(out, depth);
    }
    out.push_str(bracket);
    let in_tag = open.last().is_some_and(|(_, bracket, _)| *bracket == ")");
    if !in_tag {
        out.push_str(",\n");
    }
}

/// Whether the item is at an even place among its siblings.
fn is_key(walk: &Walk, index: usize) -> bool {
    let Some(item) = walk.items.get(index) else { return false };
    let before = walk.items.get(..index).unwrap_or_default().iter().rev();
    before.take_while(|i| i.depth >= item.depth).filter(|i| i.depth == item.depth).count() % 2 == 0
}

fn container(item: &Item) -> Option<(String, &'static str)> {
    let indefinite = item.info == INDEFINITE;
    match item.major {
        2 | 3 if indefinite => Some(("(_ ".into(), ")")),
        4 => Some((if indefinite { "[_" } else { "[" }.into(), "]")),
        5 => Some((if indefinite { "{_" } else { "{" }.into(), "}")),
        6 => Some((format!("{}(", item.arg), ")")),
        _ => None,
    }
}

fn scalar(out: &mut String, octets: &[u8], item: &Item) {
    let payload = octets.get(item.payload.clone()).unwrap_or_default();
    let written = match (item.major, item.info) {
        (0, _) => write!(out, "{}", item.arg),
        (1, _) => write!(out, "{}", -1 - i128::from(item.arg)),
        (2, _) => write!(out, "{}", bytes(payload)),
        (3, _) => match std::str::from_utf8(payload) {
            Ok(text) => write!(out, "{}", serde_json::Value::from(text)),
            Err(_) => write!(out, "/ invalid UTF-8 / h'{}'", hex::encode(payload)),
        },
        (_, 20) => write!(out, "false"),
        (_, 21) => write!(out, "true"),
        (_, 22) => write!(out, "null"),
        (_, 23) => write!(out, "undefined"),
        (_, 25) => write!(out, "{}_1", float(half(item.arg))),
        (_, 26) => write!(out, "{}_2", float(f64::from(f32::from_bits(u32::try_from(item.arg).unwrap_or(0))))),
        (_, 27) => write!(out, "{}_3", float(f64::from_bits(item.arg))),
        _ => write!(out, "simple({})", item.arg),
    };
    debug_assert!(written.is_ok(), "writing to a string");
}

/// Octets that read well as text in single quotes, others in hex.
fn bytes(payload: &[u8]) -> String {
    match std::str::from_utf8(payload) {
        Ok(text) if text.len() > 3 && !text.chars().any(|c| c.is_control() || c == '\'' || c == '\\') => {
            format!("'{text}'")
        }
        _ => format!("h'{}'", hex::encode(payload)),
    }
}

fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity".into() } else { "-Infinity".into() }
    } else {
        format!("{value:?}")
    }
}

/// Value of binary16 bits (RFC 8949 appendix D).
fn half(bits: u64) -> f64 {
    let exponent = i32::try_from((bits >> 10) & 0x1f).unwrap_or(0);
    let fraction = f64::from(u32::try_from(bits & 0x3ff).unwrap_or(0));
    let magnitude = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        e => (fraction + 1024.0) * 2f64.powi(e - 25),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}
