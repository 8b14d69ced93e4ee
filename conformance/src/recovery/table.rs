use super::majority::{Sides, outcomes};
use super::price::Price;
use std::fmt::Write;

/// Octets in a table: as they are to 99999, then in KiB.
fn size(octets: usize) -> String {
    if octets < 100_000 { octets.to_string() } else { format!("{}Ki", octets.div_ceil(1024)) }
}

/// Prices as text of at most 100 columns, one table for each cipher suite and framing.
#[must_use]
pub fn text(prices: &[Price]) -> String {
    let mut out = String::new();
    let mut last = None;
    for price in prices {
        let setting = &price.setting;
        if last.replace((setting.suite, setting.private)) != Some((setting.suite, setting.private)) {
            if !out.is_empty() {
                out.push('\n');
            }
            let _ =
                writeln!(out, "suite {}, handshakes in {}Messages", setting.suite_name(), capital(setting.framing()));
            let _ = writeln!(
                out,
                "{:>7} {:>4}  {:16} {:>5} {:>6} {:>7} {:>7} {:>9} {:>7} {:>4} {:>7} {:>6}",
                "members",
                "away",
                "way",
                "asked",
                "rounds",
                "commits",
                "sent",
                "mean recv",
                "most",
                "lost",
                "outside",
                "eyes"
            );
        }
        let _ = writeln!(
            out,
            "{:>7} {:>4}  {:16} {:>5} {:>6} {:>7} {:>7} {:>9} {:>7} {:>4} {:>7} {:>6}",
            setting.members,
            setting.away,
            price.way,
            price.asked,
            price.rounds,
            price.commits,
            size(price.sent),
            size(price.mean()),
            size(price.most),
            price.lost,
            price.outside,
            price.eyes
        );
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Seven members, and what each rule decides.
const SIDES: [Sides; 9] = [
    Sides { right: 6, faulty: 1, silent: 0 },
    Sides { right: 4, faulty: 3, silent: 0 },
    Sides { right: 4, faulty: 1, silent: 2 },
    Sides { right: 3, faulty: 2, silent: 2 },
    Sides { right: 3, faulty: 3, silent: 1 },
    Sides { right: 3, faulty: 4, silent: 0 },
    Sides { right: 2, faulty: 4, silent: 1 },
    Sides { right: 2, faulty: 5, silent: 0 },
    Sides { right: 1, faulty: 6, silent: 0 },
];

/// What rules decide, as text of at most 100 columns.
#[must_use]
pub fn decisions() -> String {
    let mut out = String::from("which branch goes on, of seven members\n");
    let _ = writeln!(
        out,
        "{:>5} {:>6} {:>6}  {:10} {:10} {:13} {:13} all see it",
        "right", "faulty", "silent", "majority", "operator", "vote: devices", "half see it"
    );
    for sides in SIDES {
        let Ok([majority, operator, devices, half, all]) = outcomes(sides) else { continue };
        let _ = writeln!(
            out,
            "{:>5} {:>6} {:>6}  {:10} {:10} {:13} {:13} {}",
            sides.right,
            sides.faulty,
            sides.silent,
            majority.name(),
            operator.name(),
            devices.name(),
            half.name(),
            all.name()
        );
    }
    out
}
