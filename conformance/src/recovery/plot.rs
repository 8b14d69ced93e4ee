use super::price::Price;
use super::setting::Way;
use std::collections::BTreeSet;
use std::fmt::Write;

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 70.0;
const PLOT: (f64, f64) = (320.0, 180.0);

/// Colours that can be told apart on light and on dark paper, one a way.
const COLORS: [&str; 5] = ["#0969da", "#1b7c83", "#bc4c00", "#8250df", "#bf3989"];

const STYLE: &str = "text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}.paper{fill:#ffffff}\
.axis{stroke:#c8d0d8;stroke-width:1}.dim{fill:#59636e}path{fill:none;stroke-width:2}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.axis{stroke:#3d454f}.dim{fill:#9aa4af}}";

fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// What a device receives on average against the size of the group, one picture for each cipher suite and framing, one line
/// for each way; where there are several sizes of the other branch, the largest.
#[must_use]
pub fn svg(prices: &[Price]) -> String {
    let panels: BTreeSet<(bool, u16)> = prices.iter().map(|p| (p.setting.private, p.setting.suite)).collect();
    let rows = panels.len().div_ceil(2);
    let (width, height) = (WIDTH * 2.0, HEIGHT * number(rows));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\">\n<title>What a device receives until a fork is mended</title>\n<style>\n{STYLE}\n</style>\n\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    );
    for (at, (private, suite)) in panels.into_iter().enumerate() {
        let of: Vec<&Price> =
            prices.iter().filter(|p| (p.setting.private, p.setting.suite) == (private, suite)).collect();
        let _ =
            writeln!(out, "<g transform=\"translate({:.0} {:.0})\">", WIDTH * number(at % 2), HEIGHT * number(at / 2));
        panel(&mut out, &of);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// The prices of one way, by members; the largest other branch of each size.
fn line(prices: &[&Price], way: &str) -> Vec<(usize, usize)> {
    let mut points: Vec<(usize, usize, usize)> = vec![];
    for price in prices.iter().filter(|p| p.way == way) {
        let (members, away, mean) = (price.setting.members, price.setting.away, price.mean());
        match points.iter_mut().find(|(m, _, _)| *m == members) {
            Some(point) if point.1 < away => *point = (members, away, mean),
            Some(_) => {}
            None => points.push((members, away, mean)),
        }
    }
    points.sort_unstable();
    points.into_iter().map(|(members, _, mean)| (members, mean)).collect()
}

fn panel(out: &mut String, prices: &[&Price]) {
    let Some(first) = prices.first() else { return };
    let title = format!("suite {}, {} handshakes", first.setting.suite_name(), first.setting.framing());
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"28\" font-weight=\"600\">{title}</text>");
    let _ =
        writeln!(out, "<text class=\"dim\" x=\"{LEFT}\" y=\"48\">octets received by a device, mean; members</text>");
    let lines: Vec<_> = Way::ALL.iter().map(|way| (way.name(), line(prices, way.name()))).collect();
    let all = || lines.iter().flat_map(|(_, points)| points.iter().copied());
    let span = |values: Vec<usize>| {
        let low = values.iter().copied().min().unwrap_or(1).max(1);
        let high = values.iter().copied().max().unwrap_or(1).max(low + 1);
        (number(low).log2(), number(high).log2())
    };
    let (x0, x1) = span(all().map(|(members, _)| members).collect());
    let (y0, y1) = span(all().map(|(_, octets)| octets).collect());
    let (y0, y1) = (y0.floor(), y1.ceil());
    let x = |members: usize| LEFT + PLOT.0 * (number(members.max(1)).log2() - x0) / (x1 - x0);
    let y = |octets: usize| TOP + PLOT.1 - PLOT.1 * (number(octets.max(1)).log2() - y0) / (y1 - y0);
    let members: BTreeSet<usize> = all().map(|(members, _)| members).collect();
    for at in &members {
        let x = x(*at);
        let _ =
            writeln!(out, "<line class=\"axis\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{:.1}\"/>", TOP + PLOT.1);
        let _ = writeln!(
            out,
            "<text class=\"dim\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{at}</text>",
            TOP + PLOT.1 + 18.0
        );
    }
    let mut octets = 256_usize;
    while octets <= 1 << 24 {
        let place = y(octets);
        if (TOP - 0.5..=TOP + PLOT.1 + 0.5).contains(&place) {
            let label = if octets < 1024 { octets.to_string() } else { format!("{}Ki", octets / 1024) };
            let end = LEFT + PLOT.0;
            let _ =
                writeln!(out, "<line class=\"axis\" x1=\"{LEFT}\" y1=\"{place:.1}\" x2=\"{end}\" y2=\"{place:.1}\"/>");
            let _ = writeln!(
                out,
                "<text class=\"dim\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
                LEFT - 6.0,
                place + 4.0
            );
        }
        octets *= 4;
    }
    let mut label = TOP + 6.0;
    for ((way, points), color) in lines.iter().zip(COLORS).filter(|((_, points), _)| !points.is_empty()) {
        let path: Vec<String> = points.iter().map(|(m, o)| format!("{:.1},{:.1}", x(*m), y(*o))).collect();
        let _ = writeln!(out, "<path stroke=\"{color}\" d=\"M{}\"/>", path.join(" L"));
        for (members, octets) in points {
            let _ =
                writeln!(out, "<circle fill=\"{color}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>", x(*members), y(*octets));
        }
        let at = LEFT + PLOT.0 + 14.0;
        let _ = writeln!(out, "<text x=\"{at:.1}\" y=\"{label:.1}\"><tspan fill=\"{color}\">●</tspan> {way}</text>");
        label += 18.0;
    }
}
