use super::measure::{Cost, Shape, Suite};
use schemars::JsonSchema;
use serde::Serialize;

/// Octets of a patch as `start + slope · log2(room)`, where room is the number of leaves that the tree has room for, and so
/// log2(room) the number of parents above a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// Cipher suite.
    pub suite: Suite,
    /// Octets at no parent.
    pub start: f64,
    /// Octets for each doubling.
    pub slope: f64,
    /// The farthest that a size is from the line, in octets.
    pub residual: f64,
    /// The exponent b of the best `a · n^b` between the smallest and the largest size: of the whole tree it is 1.
    pub exponent: f64,
}

fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// The line of least squares through the updates of settled groups. `None` for fewer than three heights.
#[must_use]
pub fn line(suite: Suite, costs: &[Cost]) -> Option<Line> {
    let of = costs.iter().filter(|cost| cost.suite == suite && cost.shape == Shape::Settled);
    let points: Vec<(f64, f64)> = of
        .filter_map(|cost| {
            Some((number(cost.members.next_power_of_two()).log2(), number(cost.commits.first()?.octets.encrypted)))
        })
        .collect();
    let mut heights: Vec<f64> = points.iter().map(|(x, _)| *x).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    if heights.len() < 3 {
        return None;
    }
    let (start, slope) = fit(&points);
    let off = |(x, y): &(f64, f64)| (y - start - slope * x).abs();
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (*x, y.log2())).collect();
    Some(Line { suite, start, slope, residual: points.iter().map(off).fold(0.0, f64::max), exponent: fit(&logs).1 })
}

fn fit(points: &[(f64, f64)]) -> (f64, f64) {
    let count = number(points.len());
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let across: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let along: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    let slope = across / along;
    (y - slope * x, slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found() {
        let points: Vec<(f64, f64)> = (1..9).map(|n| (f64::from(n), 100.0 + 7.0 * f64::from(n))).collect();
        let (start, slope) = fit(&points);
        assert!((start - 100.0).abs() < 1e-6 && (slope - 7.0).abs() < 1e-6);
    }
}
