//! Which lines does a text have, and where do they stand?

use crate::phrases::key;
use marsad_lang::Resources;
use marsad_model::Span;

/// One line without its line break.
pub(crate) struct Line<'t> {
    pub text: &'t str,
    pub span: Span,
    /// Folded words, for comparison with other lines and with phrases.
    pub key: String,
}

/// How much of a line its key reflects: enough to compare paragraphs.
const KEY_BYTES_MAX: usize = 30_000;

/// The lines of a text, in order; together with line breaks they are the text.
pub(crate) fn lines<'t>(res: &Resources, text: &'t str) -> Vec<Line<'t>> {
    let mut out = vec![];
    let (mut at, mut rest) = (0u32, text);
    loop {
        let end = rest.find(is_break).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        out.push(Line::new(res, line, at));
        let Some(sign) = tail.chars().next() else { return out };
        let width = if tail.starts_with("\r\n") { 2 } else { 1 };
        at += line.chars().count() as u32 + width;
        rest = &tail[if width == 2 { 2 } else { sign.len_utf8() }..];
        if rest.is_empty() {
            return out;
        }
    }
}

pub(crate) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn head(line: &str) -> &str {
    let mut end = line.len().min(KEY_BYTES_MAX);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

impl<'t> Line<'t> {
    /// A line that begins at this code point of its text.
    pub fn new(res: &Resources, text: &'t str, start: u32) -> Line<'t> {
        Line { text, span: Span::new(start, start + text.chars().count() as u32), key: key(res, head(text)) }
    }

    /// Nothing but spaces, invisible marks and the like.
    pub fn is_blank(&self) -> bool {
        self.key.is_empty() && !self.text.chars().any(|c| !c.is_whitespace() && !is_invisible(c))
    }

    pub fn len(&self) -> u32 {
        self.span.len()
    }

    pub fn words(&self) -> usize {
        self.key.split(' ').filter(|w| !w.is_empty()).count()
    }

    /// The text and its span without spaces around it.
    pub fn trimmed(&self) -> (&'t str, Span) {
        let start = self.text.trim_start();
        let skipped = (self.text.len(), start.len());
        let lead = self.text[..skipped.0 - skipped.1].chars().count() as u32;
        let text = start.trim_end();
        let from = self.span.start + lead;
        (text, Span::new(from, from + text.chars().count() as u32))
    }

    /// Ends as a sentence does: a stop, perhaps inside closing quotes or brackets.
    pub fn ends_sentence(&self) -> bool {
        let end = self.unclosed();
        end.ends_with(['!', '?', '\u{61f}', '\u{2026}']) || end.ends_with("...") || is_stop(end)
    }

    /// Ends with a full stop, perhaps inside closing quotes or brackets.
    pub fn ends_with_stop(&self) -> bool {
        is_stop(self.unclosed())
    }

    /// The text without closing quotes and brackets at its end.
    fn unclosed(&self) -> &'t str {
        self.text.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c) || "\"'»”’)]".contains(c))
    }

    /// Opens with a dash, a dot or another sign of a list.
    pub fn is_item(&self) -> bool {
        const SIGNS: [char; 7] = ['\u{2022}', '-', '\u{2013}', '\u{2014}', '*', '\u{25cf}', '\u{25aa}'];
        self.text.trim_start().starts_with(SIGNS)
    }

    /// What stands in brackets at the very end of the line.
    pub fn bracket_at_end(&self) -> Option<&'t str> {
        let text = self.text.trim_end().trim_end_matches(['.', ' ']);
        let inner = text.strip_suffix([')', ']'])?;
        let open = inner.rfind(['(', '['])?;
        Some(&inner[open + 1..])
    }
}

fn is_stop(end: &str) -> bool {
    end.ends_with(['.', '\u{6d4}']) && !end.ends_with("..")
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_lang::testing;

    #[test]
    fn lines_keep_their_places() {
        let res = Resources::load(&testing::files()).unwrap();
        let text = "أول\r\n\u{a0}\nثالث .";
        let found: Vec<(u32, u32, bool)> =
            lines(&res, text).iter().map(|l| (l.span.start, l.span.end, l.is_blank())).collect();
        assert_eq!(found, [(0, 3, false), (5, 6, true), (7, 13, false)]);
        assert!(lines(&res, text)[2].ends_sentence());
        assert_eq!(lines(&res, "صورة (رويترز)")[0].bracket_at_end(), Some("رويترز"));
    }
}
