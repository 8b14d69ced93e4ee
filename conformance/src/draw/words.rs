/// A, B, … Z, A1, B1, …: the name of the n-th place that a run comes to.
#[must_use]
pub fn letter(n: usize) -> String {
    let letter = u8::try_from(n % 26).map_or('?', |n| char::from(b'A'.saturating_add(n)));
    match n / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// Text without characters that do something to a terminal or a picture.
#[must_use]
pub fn plain(text: &str) -> String {
    let shown = |c: char| if c.is_control() || ('\u{200b}'..='\u{206f}').contains(&c) { '\u{fffd}' } else { c };
    text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { shown(c) }).collect()
}

/// Words in lines of at most `width` characters; a longer word has a line of its own and is cut.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in plain(text).split_whitespace() {
        let word = cut(word, width);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// At most `width` characters, the last of them an ellipsis where some are left out.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
