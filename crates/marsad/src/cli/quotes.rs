//! Which sentence of the article stands behind a value?
//!
//! A span is a few words; people want to read the sentence around them. The
//! texts come from the store, each loaded once.

use super::console::Console;
use crate::Error;
use marsad_model::{Reading, Span};
use marsad_store::{Store, wire};
use std::collections::BTreeMap;

/// So many characters before and after the words of one value …
const AROUND_VALUE: usize = 50;
/// … and of a whole telling.
const AROUND_TELLING: usize = 200;

/// The stored readings of an incident's documents.
pub struct Quotes {
    readings: BTreeMap<String, (Reading, Vec<char>)>,
}

impl Quotes {
    pub fn of(resolved: &wire::Resolved, store: &Store) -> Result<Quotes, Error> {
        let mut readings = BTreeMap::new();
        for telling in &resolved.tellings {
            if let Some(reading) = store.reading(&telling.document)? {
                let text = reading.document.text.chars().collect();
                readings.insert(telling.document.clone(), (reading, text));
            }
        }
        Ok(Quotes { readings })
    }

    pub fn reading(&self, document: &str) -> Option<&Reading> {
        self.readings.get(document).map(|(reading, _)| reading)
    }

    /// The words around a span of a merged incident, cut to its sentence, the span marked.
    pub fn sentence(&self, span: &wire::Span, console: &Console) -> Option<String> {
        self.marked(span.document.as_deref()?, Span::new(span.start, span.end.max(span.start)), AROUND_VALUE, console)
    }

    /// The sentence around a span of one document's text.
    pub fn telling(&self, document: &str, span: Span, console: &Console) -> Option<String> {
        self.marked(document, span, AROUND_TELLING, console)
    }

    fn marked(&self, document: &str, span: Span, width: usize, console: &Console) -> Option<String> {
        let (_, text) = self.readings.get(document)?;
        let [before, words, after] = around(text, span, width)?;
        let (open, close) = if console.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
        Some(console.isolated(&format!("{before}{open}{words}{close}{after}")))
    }
}

/// What stands before the span in its sentence, the span, what stands after.
fn around(text: &[char], span: Span, width: usize) -> Option<[String; 3]> {
    let (start, end) = (span.start as usize, span.end as usize);
    if start >= end || end > text.len() {
        return None;
    }
    let first = text[..start].iter().rposition(|c| ends_sentence(*c)).map_or(0, |i| i + 1);
    let last = text[end..].iter().position(|c| ends_sentence(*c)).map_or(text.len(), |i| end + i);
    let (from, to) = whole_words(text, (first, start, end, last), width);
    let plain = |range: &[char]| range.iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect::<String>();
    let left = if from > first { "…" } else { "" };
    let right = if to < last { "…" } else { "" };
    Some([
        format!("{left}{}", plain(&text[from..start]).trim_start()),
        plain(&text[start..end]),
        format!("{}{right}", plain(&text[end..to]).trim_end()),
    ])
}

/// So much of the sentence `first..last` around `start..end` as the width allows, without half words.
fn whole_words(text: &[char], (first, start, end, last): (usize, usize, usize, usize), width: usize) -> (usize, usize) {
    let (mut from, mut to) = (first.max(start.saturating_sub(width)), last.min(end + width));
    while from > first && from < start && !text[from - 1].is_whitespace() {
        from += 1;
    }
    while to < last && to > end && !text[to].is_whitespace() {
        to -= 1;
    }
    (from, to)
}

/// Full stop, exclamation and question marks of both scripts, line breaks.
fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\n' | '\r' | '\u{61f}' | '\u{6d4}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: [&str; 3]) {
        let start = text[..text.find(words).unwrap()].chars().count() as u32;
        let span = Span::new(start, start + words.chars().count() as u32);
        assert_eq!(around(&text.chars().collect::<Vec<_>>(), span, 50).unwrap(), expected);
    }

    #[test]
    fn the_sentence_and_no_more() {
        check("قال المصدر. سقط صاروخان قرب المطار. ثم عاد الهدوء", "صاروخان", ["سقط ", "صاروخان", " قرب المطار"]);
        check("عنوان\nسقط صاروخ", "سقط", ["", "سقط", " صاروخ"]);
    }

    #[test]
    fn long_sentences_are_cut_between_words() {
        let text: Vec<char> = "aaaa bbbb cccc dddd eeee".chars().collect();
        assert_eq!(around(&text, Span::new(10, 14), 6).unwrap(), ["…bbbb ", "cccc", " dddd…"]);
    }

    #[test]
    fn a_span_outside_the_text_quotes_nothing() {
        assert!(around(&['a'], Span::new(0, 2), 9).is_none());
        assert!(around(&['a'], Span::new(1, 1), 9).is_none());
    }
}
