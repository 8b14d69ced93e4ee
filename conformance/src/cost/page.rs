use super::measure::Report;
use super::plot::svg;
use super::table::{leaks, octets, times, variants};
use maud::{DOCTYPE, PreEscaped, html};

/// Nothing is loaded from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const STYLE: &str = ":root{color-scheme:light dark}body{margin:0 auto;max-width:76rem;padding:1.5rem 1.25rem 4rem;\
font:1rem/1.5 system-ui,sans-serif}pre{overflow-x:auto;font:.86rem/1.4 ui-monospace,Menlo,Consolas,monospace}\
svg{max-width:100%;height:auto}.note{opacity:.75}";

/// A page to read in a browser: the picture, and the tables under it.
#[must_use]
pub fn page(report: &Report) -> String {
    let times = times(report);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "mimicheck cost" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "What an encrypted ratchet tree costs" }
                p.note { "seed " code { (report.seed) } ", octets are the same in every run" }
                (PreEscaped(svg(report)))
                h2 { "Octets" }
                pre { (octets(report)) }
                h2 { "What patches show" }
                pre { (leaks(report)) }
                h2 { "What version 0 leaves out" }
                pre { (variants(report)) }
                @if !times.is_empty() {
                    h2 { "Time" }
                    pre { (times) }
                }
            }
        }
    }
    .into_string()
}
