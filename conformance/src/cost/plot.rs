use super::measure::{Cost, Report, Shape, Suite};
use std::fmt::Write;

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 70.0;
const PLOT: (f64, f64) = (330.0, 260.0);

const STYLE: &str = "text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}.paper{fill:#ffffff}\
.axis{stroke:#c8d0d8;stroke-width:1}text.dim{fill:#59636e}path{fill:none;stroke-width:2}.dash{stroke-dasharray:5 4}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.axis{stroke:#3d454f}text.dim{fill:#9aa4af}}";

/// One line of a picture: name, colour on light and on dark paper, whether it is dashed, octets of a group.
type Curve = (&'static str, &'static str, bool, fn(&Cost) -> usize);

const CURVES: [Curve; 4] = [
    ("join: encrypted", "#8250df", false, |cost| cost.join.encrypted),
    ("clear, blob", "#bc4c00", false, |cost| cost.join.clear),
    ("commit: add, most", "#1b7c83", true, |cost| cost.commits.last().map_or(0, |commit| commit.octets.encrypted)),
    ("commit: patch", "#0969da", false, |cost| cost.commits.first().map_or(0, |commit| commit.octets.encrypted)),
];

fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// Octets against members, both by powers, one picture for each cipher suite.
#[must_use]
pub fn svg(report: &Report) -> String {
    let mut suites: Vec<Suite> = report.costs.iter().map(|cost| cost.suite).collect();
    suites.dedup();
    let width = WIDTH * number(suites.len().max(1));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {HEIGHT:.0}\" width=\"{width:.0}\" \
         height=\"{HEIGHT:.0}\" role=\"img\">\n<title>What a commit and a join cost</title>\n<style>\n{STYLE}\n</style>\n\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    );
    for (at, suite) in suites.into_iter().enumerate() {
        let _ = writeln!(out, "<g transform=\"translate({:.0} 0)\">", WIDTH * number(at));
        panel(&mut out, suite, report);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// 1234 as 1.2Ki, so that axes stay narrow.
fn short(octets: usize) -> String {
    match octets {
        0..1024 => octets.to_string(),
        1024..0x10_0000 => format!("{}Ki", octets / 1024),
        _ => format!("{}Mi", octets / 0x10_0000),
    }
}

fn panel(out: &mut String, suite: Suite, report: &Report) {
    let of = |shape: Shape| report.costs.iter().filter(move |cost| cost.suite == suite && cost.shape == shape);
    let lines: Vec<(&Curve, Vec<(f64, f64)>)> = CURVES
        .iter()
        .map(|curve| {
            let shape = if curve.2 { Shape::Crowded } else { Shape::Settled };
            let mut points: Vec<(f64, f64)> =
                of(shape).map(|cost| (number(cost.members).log2(), number((curve.3)(cost).max(1)).log2())).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            (curve, points)
        })
        .collect();
    let all = || lines.iter().flat_map(|(_, points)| points.iter().copied());
    let span = |values: Vec<f64>| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let high = values.iter().copied().fold(0.0, f64::max).ceil();
        if low.is_finite() && high > low { (low, high) } else { (0.0, 1.0) }
    };
    let (x0, x1) = span(all().map(|point| point.0).collect());
    let (y0, y1) = span(all().map(|point| point.1).collect());
    let x = |of: f64| LEFT + PLOT.0 * (of - x0) / (x1 - x0);
    let y = |of: f64| TOP + PLOT.1 - PLOT.1 * (of - y0) / (y1 - y0);
    let (bottom, end) = (TOP + PLOT.1, LEFT + PLOT.0);
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"28\" font-weight=\"600\">suite {}</text>", suite.name());
    let _ =
        writeln!(out, "<text class=\"dim\" x=\"{LEFT}\" y=\"48\">octets beside a commit or a Welcome; members</text>");
    for power in 0..31_u32 {
        let (at, label) = (f64::from(power), 1_usize << power);
        if at >= x0 && at <= x1 && power % 2 == 1 {
            let x = x(at);
            let _ = writeln!(out, "<line class=\"axis\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\"/>");
            let _ = writeln!(
                out,
                "<text class=\"dim\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 18.0,
                short(label)
            );
        }
        if at >= y0 && at <= y1 && power % 2 == 0 {
            let y = y(at);
            let _ = writeln!(out, "<line class=\"axis\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{end}\" y2=\"{y:.1}\"/>");
            let _ = writeln!(
                out,
                "<text class=\"dim\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                y + 4.0,
                short(label)
            );
        }
    }
    let mut label = TOP + 6.0;
    for ((name, color, dashed, _), points) in lines.iter().filter(|(_, points)| !points.is_empty()) {
        let path: Vec<String> = points.iter().map(|(m, o)| format!("{:.1},{:.1}", x(*m), y(*o))).collect();
        let class = if *dashed { " class=\"dash\"" } else { "" };
        let _ = writeln!(out, "<path{class} stroke=\"{color}\" d=\"M{}\"/>", path.join(" L"));
        for (m, o) in points {
            let _ = writeln!(out, "<circle fill=\"{color}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>", x(*m), y(*o));
        }
        let at = end + 14.0;
        let _ = writeln!(out, "<text x=\"{at:.1}\" y=\"{label:.1}\"><tspan fill=\"{color}\">●</tspan> {name}</text>");
        label += 18.0;
    }
}
