//! What stands on the page without a script.

use super::data;
use crate::report::model::{Counts, Final, Report, Run};
use crate::report::text;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Nothing is loaded from anywhere, whatever a text may make of itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

/// Writes `index.html` into a folder, which is made if need be; `ledger` maps requirement ids to their texts.
///
/// # Errors
/// The folder or file cannot be written.
pub fn write(report: &Report, ledger: &BTreeMap<String, String>, dir: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    let path = dir.join("index.html");
    fs::write(&path, page(report, ledger).into_string())?;
    Ok(path)
}

fn page(report: &Report, ledger: &BTreeMap<String, String>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "mimicheck report" }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                header {
                    h1 { "mimicheck report" }
                    p.note {
                        "version " (text::line(&report.version))
                        @if let Some(seed) = &report.seed { ", seed " code { (text::line(&text::cut(seed, 80))) } }
                    }
                }
                main {
                    section.runs aria-label="Implementations" { @for run in &report.runs { (card(run)) } }
                    (matrix(report))
                    (filters(report))
                    p #shown aria-live="polite" {}
                    noscript { p { "The list of cases needs JavaScript; the totals above do not." } }
                    ol #cases {}
                }
                script #data type="application/json" { (PreEscaped(data::embed(report, ledger))) }
                script { (PreEscaped(include_str!("script.js"))) }
            }
        }
    }
}

fn card(run: &Run) -> Markup {
    let counts = run.counts();
    let (class, verdict) = match (run.failed(), run.results.is_empty()) {
        (true, _) => ("bad", "fails"),
        (false, _) if !run.stale.is_empty() => ("bad", "stale"),
        (false, true) => ("idle", "nothing run"),
        (false, false) => ("good", "no failures"),
    };
    html! {
        article.run {
            h2 { (text::line(&text::cut(&run.hello.name, 80))) " " span.version { (text::line(&text::cut(&run.hello.version, 80))) } }
            p.verdict.(class) { (verdict) }
            p.note {
                @if !run.hello.language.is_empty() { (text::line(&text::cut(&run.hello.language, 80))) ", " }
                "run as " code { (text::line(&text::cut(&run.adapter, 200))) } ", " (text::profile(run.profile)) " profile, "
                (text::duration(run.duration))
            }
            (bar(run, &counts))
            p.denominator { strong { (text::denominator(run)) } }
            ul.legend { @for (verdict, n) in &counts { li { span.dot.(class_of(*verdict)) {} (n) " " (text::label(*verdict)) } } }
            @if !run.stale.is_empty() {
                details.stale open {
                    summary { "Stale expectations: " (run.stale.len()) }
                    ul { @for entry in &run.stale { li { (text::line(&text::cut(entry, 600))) } } }
                }
            }
        }
    }
}

/// One bar over all available cases. Few cases are drawn a little wider than their share, so that they are seen.
fn bar(run: &Run, counts: &Counts) -> Markup {
    let missing = run.available.saturating_sub(run.results.len());
    let all = run.results.len().saturating_add(missing).max(1);
    let parts = counts.iter().map(|(v, n)| (class_of(*v), text::label(*v), *n)).chain([(
        "rest".to_owned(),
        "not run",
        missing,
    )]);
    let mut at = 0;
    let mut drawn = vec![];
    for (class, label, n) in parts.filter(|(_, _, n)| *n > 0) {
        let width = (n.saturating_mul(1000) / all).max(8);
        drawn.push((class, format!("{n} {label}"), at, width));
        at += width;
    }
    let spoken: Vec<_> = drawn.iter().map(|(_, title, ..)| title.as_str()).collect();
    html! {
        svg.bar viewBox={ "0 0 " (at.max(1)) " 10" } preserveAspectRatio="none" role="img" aria-label=(spoken.join(", ")) {
            @for (class, title, x, width) in &drawn {
                rect.(class) x=(x) y="0" width=(width) height="10" { title { (title) } }
            }
        }
    }
}

/// Families × implementations; each count is a button that filters.
fn matrix(report: &Report) -> Markup {
    let names = text::names(report);
    let tallies: Vec<_> = report.runs.iter().map(Run::families).collect();
    let families: BTreeSet<&str> = tallies.iter().flat_map(|t| t.keys().copied()).collect();
    html! {
        section.matrix aria-label="Families and implementations" {
            table {
                thead { tr {
                    th scope="col" { "family" }
                    @for name in &names { th scope="col" { (name) } }
                } }
                tbody { @for family in families { tr {
                    th scope="row" { (text::line(family)) }
                    @for (number, tally) in tallies.iter().enumerate() { td {
                        @match tally.get(family) {
                            None => span.note { "not run" },
                            Some(tally) => @for (verdict, n) in &tally.counts {
                                button.chip.(class_of(*verdict)) type="button" data-run=(number) data-family=(text::line(family))
                                    data-verdict=(verdict.name()) { (n) " " (text::label(*verdict)) }
                            },
                        }
                    } }
                } } }
            }
        }
    }
}

fn filters(report: &Report) -> Markup {
    let results = || report.runs.iter().flat_map(|r| &r.results);
    let families: BTreeSet<String> = results().map(|r| text::line(&r.family)).collect();
    let verdicts: BTreeSet<Final> = results().map(|r| r.verdict).collect();
    html! {
        form #filters role="search" aria-label="Filter the cases" {
            label { "Search" input name="search" type="search" placeholder="id, comment, flag, requirement, difference" autocomplete="off"; }
            label { "Verdict" select name="verdict" {
                option value="" { "all" }
                option value="failing" { "all that fail a run" }
                @for verdict in verdicts { option value=(verdict.name()) { (text::label(verdict)) } }
            } }
            label { "Level" select name="level" {
                option value="" { "all" }
                @for level in ["must", "should", "may", "format"] { option value=(level) { (level) } }
            } }
            label { "Family" select name="family" {
                option value="" { "all" }
                @for family in &families { option value=(family) { (family) } }
            } }
            label { "Implementation" select name="run" {
                option value="" { "any" }
                @for (number, name) in text::names(report).iter().enumerate() { option value=(number) { (name) } }
            } }
            button type="reset" { "Clear" }
        }
    }
}

fn class_of(verdict: Final) -> String {
    format!("v-{}", verdict.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn is_one_page_without_other_resources() {
        let dir = tempfile::tempdir().unwrap();
        let path = write(&fixture::report(), &BTreeMap::new(), &dir.path().join("new")).unwrap();
        assert!(path.ends_with("new/index.html"));
        let text = fs::read_to_string(path).unwrap();
        for outside in ["http://", "https://", " src=", "<link", "@import", "url("] {
            assert!(!text.contains(outside), "{outside}");
        }
        assert!(text.contains("10 of 14 cases run") && text.contains("2 of 14 cases run"));
    }

    #[test]
    fn hostile_text_adds_no_element() {
        let scripts =
            |report: &Report| page(report, &BTreeMap::new()).into_string().to_lowercase().matches("<script").count();
        assert_eq!(scripts(&fixture::hostile()), scripts(&fixture::report()));
        let text = page(&fixture::hostile(), &BTreeMap::new()).into_string();
        assert_eq!(text.matches("</script").count(), 2);
        assert!(text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
    }

    #[test]
    fn every_verdict_has_its_colour() {
        let style = include_str!("style.css");
        for verdict in Final::ALL {
            assert!(style.contains(&format!(".{} {{", class_of(verdict))), "{}", verdict.name());
        }
    }

    #[test]
    fn the_filter_knows_which_verdicts_fail() {
        let script = include_str!("script.js");
        let line = script.lines().find(|l| l.starts_with("const FAILING")).unwrap();
        for verdict in Final::ALL {
            assert_eq!(line.contains(&format!("\"{}\"", verdict.name())), verdict.fails(), "{}", verdict.name());
        }
    }
}
