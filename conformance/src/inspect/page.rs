//! All that can be said of one message, on one page.

use super::walk::Walk;
use super::{dump, edn, walk};
use anstyle::{AnsiColor, Style};
use mimicheck::content::{DecodeError, Document, Message, Part, PartBody};
use std::fmt::Write;

/// What to show.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How the input is called.
    pub name: String,
    /// Sender's URI for the message id, if not the one in the message.
    pub sender_uri: Option<String>,
    /// Room's URI for the message id, if not the one in the message.
    pub room_uri: Option<String>,
    /// ANSI colour.
    pub color: bool,
}

/// Items shown before the rest is left out.
const MOST_ITEMS: usize = 2_000;

struct Page {
    out: String,
    color: bool,
}

impl Page {
    fn line(&mut self, style: Style, text: &str) {
        let (on, off) = if self.color {
            (style.render().to_string(), style.render_reset().to_string())
        } else {
            Default::default()
        };
        let written = writeln!(self.out, "{on}{text}{off}");
        debug_assert!(written.is_ok(), "writing to a string");
    }

    fn heading(&mut self, text: &str) {
        self.line(Style::new(), "");
        self.line(Style::new().bold(), text);
    }

    fn plain(&mut self, text: &str) {
        self.line(Style::new(), text);
    }
}

/// The page.
#[must_use]
pub fn render(octets: &[u8], options: &Options) -> String {
    let mut page = Page { out: String::new(), color: options.color };
    let decoded = Document::decode(octets);
    let items = walk::walk(octets, MOST_ITEMS);
    let verdict = if decoded.is_ok() { "a conforming document" } else { "not a conforming document" };
    page.line(Style::new().bold(), &format!("{}: {} octets, {verdict} (content-08)", options.name, octets.len()));
    match &decoded {
        Ok(document) => sound(&mut page, document, options),
        Err(error) => wrong(&mut page, error, octets.len()),
    }
    let wrong_at = decoded.as_ref().err().map(|e| e.offset);
    notation(&mut page, octets, &items);
    octet_rows(&mut page, octets, &items, wrong_at);
    page.out
}

fn wrong(page: &mut Page, error: &DecodeError, length: usize) {
    let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
    page.heading("First thing wrong");
    let place =
        if error.offset >= length { "the end".to_owned() } else { format!("octet {0} ({0:#08x})", error.offset) };
    page.line(red, &format!("  {} at {place}, field {}", error.reason, error.field));
    page.plain(&format!("  {}", error.reason.text()));
    page.plain(&format!("  next: mimicheck explain {}", error.reason));
}

fn sound(page: &mut Page, document: &Document<'_>, options: &Options) {
    page.heading("Message");
    let id = document.message_id(options.sender_uri.as_deref(), options.room_uri.as_deref());
    match id {
        Ok(id) => page.plain(&format!("  message id   {id}")),
        Err(e) => page.plain(&format!("  message id   none: {e}; give --sender and --room")),
    }
    fields(page, document.message());
    page.heading("Parts");
    page.plain("  index  depth  kind      disposition  what");
    let mut index = 0;
    part_rows(page, &document.message().body, 1, &mut index);
}

fn fields(page: &mut Page, message: &Message<'_>) {
    if let Some(id) = message.replaces {
        page.plain(&format!("  replaces     {id}"));
    }
    if let Some(id) = message.in_reply_to {
        page.plain(&format!("  in reply to  {id}"));
    }
    if let Some(expires) = message.expires {
        let from = if expires.relative { "after it is read" } else { "since the UNIX epoch" };
        page.plain(&format!("  expires      {} seconds {from}", expires.time));
    }
    if !message.topic_id.is_empty() {
        page.plain(&format!("  topic        {}", mimicheck::wire::hex::encode(message.topic_id)));
    }
    page.plain(&format!("  extensions   {}", message.extensions.len()));
}

fn part_rows(page: &mut Page, part: &Part<'_>, depth: usize, index: &mut usize) {
    let (kind, what) = match &part.body {
        PartBody::Null => ("null", String::new()),
        PartBody::Single { content_type, content } => ("single", format!("{content_type}, {} octets", content.len())),
        PartBody::External(e) => ("external", format!("{} at {}", e.content_type, e.url)),
        PartBody::Multi { semantics, parts } => ("multi", format!("{semantics:?}, {} parts", parts.len())),
    };
    let language = if part.language.is_empty() { String::new() } else { format!(" [{}]", part.language) };
    let printable: String = format!("{what}{language}").chars().map(|c| if c.is_control() { '.' } else { c }).collect();
    page.plain(&format!("  {index:>5}  {depth:>5}  {kind:<8}  {:>11}  {printable}", part.disposition));
    *index += 1;
    for child in part.children() {
        part_rows(page, child, depth + 1, index);
    }
}

fn notation(page: &mut Page, octets: &[u8], items: &Walk) {
    page.heading("Diagnostic notation");
    for line in edn::render(octets, items).lines() {
        page.plain(&format!("  {line}"));
    }
}

fn octet_rows(page: &mut Page, octets: &[u8], items: &Walk, wrong: Option<usize>) {
    let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
    page.heading("Octets");
    for line in dump::lines(octets, items, wrong) {
        if line.wrong {
            page.line(red, &format!("> {}", line.text));
        } else {
            page.plain(&format!("  {}", line.text));
        }
    }
}
