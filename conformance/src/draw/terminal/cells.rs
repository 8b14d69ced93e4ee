use anstyle::Style;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// A line of a terminal: one character and its style a column.
pub(super) struct Cells(Vec<(char, Style)>);

impl Cells {
    pub fn new(width: usize) -> Self {
        Self(vec![(' ', Style::new()); width])
    }

    /// Writes text from a column on; what does not fit is left out, and what is not one column wide replaced.
    pub fn put(&mut self, x: usize, text: &str, style: Style) {
        for (cell, c) in self.0.iter_mut().skip(x).zip(text.chars()) {
            *cell = (if c.width() == Some(1) { c } else { '\u{fffd}' }, style);
        }
    }

    /// Where text begins that is to be centred here, moved so that it fits.
    fn start(&self, x: usize, text: &str) -> usize {
        let wide = text.chars().count();
        x.saturating_sub(wide / 2).min(self.0.len().saturating_sub(wide))
    }

    pub fn centre(&mut self, x: usize, text: &str, style: Style) {
        self.put(self.start(x, text), text, style);
    }

    /// Whether nothing is where that text would be.
    pub fn free(&self, x: usize, text: &str) -> bool {
        let here = self.0.iter().skip(self.start(x, text)).take(text.chars().count());
        here.into_iter().all(|(c, style)| *c == ' ' && *style == Style::new())
    }

    pub fn write(&self, out: &mut String) {
        let end = self.0.iter().rposition(|(c, _)| *c != ' ').map_or(0, |last| last.saturating_add(1));
        let mut now = Style::new();
        for (c, style) in self.0.iter().take(end) {
            if *style != now {
                let _ = write!(out, "{now:#}{style}");
                now = *style;
            }
            out.push(*c);
        }
        let _ = writeln!(out, "{now:#}");
    }
}
