use super::Theme;
use crate::draw::words::cut;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Width of a character of 12 pixels height, with a little to spare for fonts that differ.
pub(super) const CHARACTER: f64 = 7.3;

/// Where a text is relative to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
}

pub(super) struct Text<'a> {
    pub class: &'a str,
    pub x: f64,
    pub anchor: Anchor,
    pub text: &'a str,
}

/// Width of a text, in pixels.
pub(super) fn width(text: &str) -> f64 {
    u32::try_from(text.width()).map_or(f64::MAX, |n| f64::from(n) * CHARACTER)
}

/// How many characters fit.
pub(super) fn fitting(pixels: f64) -> usize {
    let mut count = 0_u32;
    while f64::from(count.saturating_add(1)) * CHARACTER <= pixels && count < 400 {
        count = count.saturating_add(1);
    }
    usize::try_from(count).unwrap_or(0)
}

/// A picture that grows downwards.
pub(super) struct Canvas {
    pub width: f64,
    pub y: f64,
    /// Behind everything else.
    back: String,
    body: String,
}

impl Canvas {
    pub fn new(width: f64) -> Self {
        Self { width, y: 0.0, back: String::new(), body: String::new() }
    }

    pub fn down(&mut self, pixels: f64) {
        self.y += pixels;
    }

    /// A text at the present height; where it would leave the picture it is moved, and cut if it must be.
    pub fn text(&mut self, text: &Text) {
        let Text { class, x, anchor, text } = text;
        let room = self.width - 2.0 * super::MARGIN;
        let shown = cut(text, fitting(room));
        let wide = width(&shown);
        let left = match anchor {
            Anchor::Start => *x,
            Anchor::Middle => x - wide / 2.0,
        };
        let left = left.clamp(super::MARGIN / 2.0, (self.width - super::MARGIN / 2.0 - wide).max(super::MARGIN / 2.0));
        let (x, anchor) = match anchor {
            Anchor::Start => (left, "start"),
            Anchor::Middle => (left + wide / 2.0, "middle"),
        };
        let y = self.y;
        let text = escape(&shown);
        let _ = writeln!(
            self.body,
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" xml:space="preserve">{text}</text>"#
        );
    }

    pub fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = writeln!(self.body, r#"<line class="{class}" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#);
    }

    /// A line behind everything else.
    pub fn behind(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = writeln!(self.back, r#"<line class="{class}" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#);
    }

    /// A rectangle: left, top, width, height.
    pub fn rectangle(&mut self, class: &str, (x, y, w, h): (f64, f64, f64, f64)) {
        let _ = writeln!(
            self.body,
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" rx="4"/>"#
        );
    }

    pub fn dot(&mut self, class: &str, x: f64, y: f64) {
        let _ = writeln!(self.body, r#"<circle class="{class}" cx="{x:.1}" cy="{y:.1}" r="3"/>"#);
    }

    /// The tip of an arrow that points to `x`, from the left or from the right.
    pub fn tip(&mut self, class: &str, x: f64, y: f64, to_right: bool) {
        let back = if to_right { x - 8.0 } else { x + 8.0 };
        let _ = writeln!(
            self.body,
            r#"<polygon class="{class}" points="{x:.1},{y:.1} {back:.1},{:.1} {back:.1},{:.1}"/>"#,
            y - 4.0,
            y + 4.0
        );
    }

    pub fn finish(self, title: &str, about: &str, theme: Theme) -> String {
        let (w, h) = (self.width, self.y);
        let style = style(theme);
        let (title, about) = (escape(title), escape(about));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0} {h:.0}" width="{w:.0}" height="{h:.0}" role="img">
<title>{title}</title>
<desc>{about}</desc>
<style>
{style}</style>
<rect class="paper" width="100%" height="100%"/>
{}{}</svg>
"#,
            self.back, self.body
        )
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Colours: paper, band, line, text, dim, bad, fault, good, and those of places.
struct Colors {
    base: [&'static str; 8],
    places: [&'static str; PLACES],
}

/// How many colours places have; then they begin again, and letters tell them apart.
pub(super) const PLACES: usize = 8;

const LIGHT: Colors = Colors {
    base: ["#ffffff", "#f3f5f8", "#c8d0d8", "#1f2328", "#59636e", "#c21d2b", "#8a5a00", "#1a7f37"],
    places: ["#0969da", "#8250df", "#bc4c00", "#1b7c83", "#bf3989", "#4d7c0f", "#a40e26", "#7a6a00"],
};

const DARK: Colors = Colors {
    base: ["#0d1117", "#171d26", "#3d454f", "#e6edf3", "#9aa4af", "#ff8078", "#e0a92c", "#4ac26b"],
    places: ["#58a6ff", "#bc8cff", "#ffa657", "#39c5cf", "#f778ba", "#a3d65c", "#ff9492", "#e3d049"],
};

fn style(theme: Theme) -> String {
    let shape =
        "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;stroke-width:4px;\
paint-order:stroke;stroke-linejoin:round}
.title{font-size:18px;font-weight:600}.head{font-size:14px;font-weight:600}.name,.step{font-weight:600}
line{stroke-width:1.2}.lane{stroke-width:1.5}.stay{stroke-width:3}.dash{stroke-dasharray:5 4}.box{stroke-width:1.5}
";
    match theme {
        Theme::Light => format!("{shape}{}", rules(&LIGHT)),
        Theme::Dark => format!("{shape}{}", rules(&DARK)),
        Theme::Auto => {
            format!("{shape}{}@media (prefers-color-scheme:dark){{\n{}}}\n", rules(&LIGHT), rules(&DARK))
        }
    }
}

fn rules(colors: &Colors) -> String {
    let [paper, band, line, fg, dim, bad, fault, good] = colors.base;
    let mut out = format!(
        ".paper{{fill:{paper}}}text{{stroke:{paper}}}.band{{fill:{band}}}.onband{{stroke:{band}}}.lane{{stroke:{line}}}\n"
    );
    for (name, color) in [("fg", fg), ("dim", dim), ("bad", bad), ("fault", fault), ("good", good)] {
        let _ = writeln!(
            out,
            "text.{name},polygon.{name},circle.{name}{{fill:{color}}}line.{name},rect.{name}{{stroke:{color}}}"
        );
    }
    for (n, color) in colors.places.iter().enumerate() {
        let _ = writeln!(out, "text.p{n},circle.p{n}{{fill:{color}}}line.p{n},rect.p{n}{{stroke:{color}}}");
    }
    let _ = writeln!(out, "rect.box{{fill:{paper}}}");
    out
}
