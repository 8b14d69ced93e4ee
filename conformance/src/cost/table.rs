use super::measure::{Cost, Report, Shape, Suite, Work};
use std::fmt::Write;

/// `n` with a point after each three digits would need a locale: thousands are set apart by blanks.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// How often `b` goes into `a`, with one digit where it is small.
fn times_as(a: usize, b: usize) -> String {
    let tenths = a.saturating_mul(10) / b.max(1);
    if tenths < 1000 { format!("{}.{}x", tenths / 10, tenths % 10) } else { format!("{}x", tenths / 10) }
}

fn suites(report: &Report) -> Vec<Suite> {
    let mut suites: Vec<Suite> = report.costs.iter().map(|cost| cost.suite).collect();
    suites.dedup();
    suites
}

fn of(report: &Report, suite: Suite, shape: Shape) -> impl Iterator<Item = &Cost> {
    report.costs.iter().filter(move |cost| cost.suite == suite && cost.shape == shape)
}

/// Octets as text of at most 100 columns: exact, and the same in every run.
#[must_use]
pub fn octets(report: &Report) -> String {
    let mut out = String::new();
    for suite in suites(report) {
        let _ = writeln!(out, "suite {}, octets beside a commit that updates, and beside a Welcome", suite.name());
        let _ = writeln!(
            out,
            "{:>8} {:>13} {:>11} {:>13} {:>8} {:>7} {:>13} {:>13}",
            "members", "commit: clear", "blob", "patch", "nodes", "fewer", "join: clear", "encrypted"
        );
        for cost in of(report, suite, Shape::Settled) {
            let Some(commit) = cost.commits.first() else { continue };
            let _ = writeln!(
                out,
                "{:>8} {:>13} {:>11} {:>13} {:>8} {:>7} {:>13} {:>13}",
                grouped(cost.members),
                grouped(commit.octets.clear),
                grouped(commit.octets.blob),
                grouped(commit.octets.encrypted),
                commit.nodes,
                times_as(commit.octets.clear, commit.octets.encrypted),
                grouped(cost.join.clear),
                grouped(cost.join.encrypted),
            );
        }
        for line in report.growth.iter().filter(|line| line.suite == suite) {
            let _ = writeln!(
                out,
                "patch = {:.0} + {:.1} · log2 n octets, no size farther from it than {:.0}; as a power of n: {:.2}",
                line.start, line.slope, line.residual, line.exponent
            );
        }
        out.push('\n');
    }
    out
}

/// Kinds of commit, and the groups in which patches are largest, as text of at most 100 columns: exact.
#[must_use]
pub fn leaks(report: &Report) -> String {
    let mut out = String::new();
    for suite in suites(report) {
        let _ =
            writeln!(out, "suite {}, patches by what the commit does: nodes + removed places, octets", suite.name());
        let _ = writeln!(
            out,
            "{:>8} {:>15} {:>15} {:>15} {:>20} {:>13}",
            "members", "update", "remove", "add", "add, most unmerged", "tree then"
        );
        for cost in of(report, suite, Shape::Settled) {
            let crowded = of(report, suite, Shape::Crowded).find(|other| other.members == cost.members);
            let cell = |cost: &Cost, work: Work| {
                let commit = cost.commits.iter().find(|commit| commit.work == work);
                commit.map_or_else(String::new, |commit| {
                    format!("{}+{} {}", commit.nodes, commit.removed, grouped(commit.octets.encrypted))
                })
            };
            let _ = writeln!(
                out,
                "{:>8} {:>15} {:>15} {:>15} {:>20} {:>13}",
                grouped(cost.members),
                cell(cost, Work::Update),
                cell(cost, Work::Remove),
                cell(cost, Work::Add),
                crowded.map_or_else(String::new, |cost| cell(cost, Work::Add)),
                crowded.map_or_else(String::new, |cost| grouped(cost.join.encrypted)),
            );
        }
        out.push('\n');
    }
    out
}

/// What version 0 leaves out, as text of at most 100 columns: exact.
#[must_use]
pub fn variants(report: &Report) -> String {
    let mut out = String::new();
    for suite in suites(report) {
        let _ = writeln!(
            out,
            "suite {}, without epochs in nodes; and a joiner's own path with what is beside it",
            suite.name()
        );
        let _ = writeln!(
            out,
            "{:>8} {:>12} {:>14} {:>13} {:>14} {:>15} {:>8} {:>7}",
            "members", "patch", "without epoch", "tree", "without epoch", "path and beside", "nodes", "fewer"
        );
        for cost in of(report, suite, Shape::Settled) {
            let (Some(commit), Some(variants)) = (cost.commits.first(), cost.variants) else { continue };
            let _ = writeln!(
                out,
                "{:>8} {:>12} {:>14} {:>13} {:>14} {:>15} {:>8} {:>7}",
                grouped(cost.members),
                grouped(commit.octets.encrypted),
                grouped(variants.patch_without_epoch),
                grouped(cost.join.encrypted),
                grouped(variants.tree_without_epoch),
                grouped(variants.partial),
                variants.partial_nodes,
                times_as(cost.join.encrypted, variants.partial),
            );
        }
        out.push('\n');
    }
    out
}

/// Times as text of at most 100 columns: ratios of one run, and milliseconds of this machine.
#[must_use]
pub fn times(report: &Report) -> String {
    let mut out = String::new();
    for suite in
        suites(report).into_iter().filter(|suite| of(report, *suite, Shape::Settled).any(|c| c.times.is_some()))
    {
        let _ = writeln!(out, "suite {}, milliseconds of one core in this run; x: against the blob", suite.name());
        let _ = writeln!(
            out,
            "{:>8} {:>12} {:>9} {:>8} {:>9} {:>11} {:>9} {:>9} {:>8} {:>8}",
            "members", "commit: blob", "patch", "x", "hub", "join: clear", "blob", "encrypted", "x", "all new"
        );
        for cost in of(report, suite, Shape::Settled) {
            let Some(times) = cost.times else { continue };
            let _ = writeln!(
                out,
                "{:>8} {:>12.3} {:>9.3} {:>7.2}x {:>9.3} {:>11.3} {:>9.3} {:>9.3} {:>7.2}x {:>8.3}",
                grouped(cost.members),
                times.blob_commit,
                times.commit,
                times.commit / times.blob_commit.max(1e-6),
                times.hub,
                times.clear_join,
                times.blob_join,
                times.join,
                times.join / times.blob_join.max(1e-6),
                times.join_first,
            );
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_easily() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1 000", "1 234 567"]);
        assert_eq!([times_as(10, 4), times_as(999, 10), times_as(40_000, 9)], ["2.5x", "99.9x", "4444x"]);
    }
}
