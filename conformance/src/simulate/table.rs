use crate::draw::plain;
use anstyle::{AnsiColor, Style};
use mimicheck::sim::{Entry, Place, Trace};
use std::collections::BTreeMap;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// Columns of text.
const WIDTH: usize = 100;

/// What a run amounts to: who is where, what was refused, what did not hold.
#[must_use]
pub fn render(trace: &Trace) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", plain(&trace.scenario));
    wrap(&mut out, "  ", &trace.shows);
    places(&mut out, trace);
    refusals(&mut out, trace);
    knowledge(&mut out, trace);
    expectations(&mut out, trace);
    out
}

/// Text in lines that fit, each after `indent`.
fn wrap(out: &mut String, indent: &str, text: &str) {
    let mut line = String::new();
    for word in plain(text).split_whitespace() {
        if !line.is_empty() && indent.width() + line.width() + 1 + word.width() > WIDTH {
            let _ = writeln!(out, "{indent}{line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        let _ = writeln!(out, "{indent}{line}");
    }
}

/// Letters for places, in the order in which devices come to them.
fn letters(trace: &Trace) -> BTreeMap<String, String> {
    let mut letters = BTreeMap::new();
    for entry in &trace.entries {
        if let Entry::Moved { place: Some(place), .. } = entry {
            let next = letters.len();
            letters.entry(place.authenticator.clone()).or_insert_with(|| crate::draw::letter(next));
        }
    }
    letters
}

fn places(out: &mut String, trace: &Trace) {
    let letters = letters(trace);
    let mut last: BTreeMap<&str, (Option<&Place>, &str)> = BTreeMap::new();
    for entry in &trace.entries {
        if let Entry::At { device, place, awaits, .. } = entry {
            last.insert(device, (place.as_ref(), awaits));
        }
    }
    let (name, home) = trace.devices.iter().fold((6, 8), |(n, p), (d, h)| (n.max(d.width()), p.max(h.width())));
    let _ = writeln!(
        out,
        "\n  {DIM}{:name$}  {:home$}  place  epoch  {:16}  waits for{DIM:#}",
        "device", "provider", "authenticator"
    );
    for (device, provider) in &trace.devices {
        let (place, awaits) = last.get(device.as_str()).copied().unwrap_or((None, ""));
        let (device, provider, awaits) = (plain(device), plain(provider), plain(awaits));
        let _ = match place {
            Some(p) => {
                let letter = letters.get(&p.authenticator).map_or("?", String::as_str);
                let short: String = plain(&p.authenticator).chars().take(16).collect();
                writeln!(out, "  {device:name$}  {provider:home$}  {letter:5}  {:>5}  {short:16}  {awaits}", p.epoch)
            }
            None => writeln!(out, "  {device:name$}  {provider:home$}  {:5}  {:>5}  {:16}  {awaits}", "-", "-", "-"),
        };
    }
}

fn refusals(out: &mut String, trace: &Trace) {
    let mut first = true;
    for entry in &trace.entries {
        let Entry::Refused { at, by, reason, said } = entry else { continue };
        if std::mem::take(&mut first) {
            let _ = writeln!(out, "\n  {DIM}refused or ignored{DIM:#}");
        }
        let said = said.lines().next().unwrap_or_default();
        let line = format!("{at:>6} ms  {by}: {reason} ({said})");
        wrap(out, "  ", &line);
    }
}

/// Who knew what of forks, and after how many answers of its hub since not all were in one epoch.
fn knowledge(out: &mut String, trace: &Trace) {
    let mut first = true;
    for entry in &trace.entries {
        let Entry::Knows { at, device, standing, proof, k } = entry else { continue };
        if std::mem::take(&mut first) {
            let _ = writeln!(out, "\n  {DIM}who knew of a fork{DIM:#}");
        }
        let proof = proof.as_ref().map(|proof| format!(" ({proof})")).unwrap_or_default();
        let k = k.map(|k| format!(", k = {k}")).unwrap_or_default();
        wrap(out, "  ", &format!("{at:>6} ms  {device}: {standing}{proof}{k}"));
    }
}

fn expectations(out: &mut String, trace: &Trace) {
    let _ = writeln!(out);
    for entry in &trace.entries {
        let Entry::Expected { text, otherwise, .. } = entry else { continue };
        let _ = if otherwise.is_empty() {
            writeln!(out, "  {GOOD}holds{GOOD:#}  {}", plain(text))
        } else {
            writeln!(out, "  {BAD}fails{BAD:#}  {}: {}", plain(text), plain(otherwise))
        };
    }
}
