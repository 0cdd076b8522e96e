//! Which sentence of the article stands behind a value?
//!
//! A span is a few words; people want to read the sentence around them. The
//! texts come from the store, each loaded once; of a page what a visitor sees
//! is shown, not its markup.

use super::console::Console;
use crate::Error;
use marsad_model::{Document, Reading, SegmentRole, Span};
use marsad_store::{Store, wire};
use std::collections::BTreeMap;

/// So many characters before and after the words of one value …
const AROUND_VALUE: usize = 50;
/// … and of a whole telling.
const AROUND_TELLING: usize = 200;

/// The stored readings of an incident's documents.
pub struct Quotes {
    readings: BTreeMap<String, (Reading, Shown)>,
}

impl Quotes {
    pub fn of(resolved: &wire::Resolved, store: &Store) -> Result<Quotes, Error> {
        let mut readings = BTreeMap::new();
        for telling in &resolved.tellings {
            if let Some(reading) = store.reading(&telling.document)? {
                let shown = Shown::of(&reading.document);
                readings.insert(telling.document.clone(), (reading, shown));
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
        let (_, shown) = self.readings.get(document)?;
        let [before, words, after] = around(&shown.text, shown.place(span), width)?;
        let (open, close) = if console.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
        Some(console.isolated(&format!("{before}{open}{words}{close}{after}")))
    }
}

/// The text of a document as a person reads it.
struct Shown {
    text: Vec<char>,
    /// Of a page: for each place of its source the place in the text.
    places: Option<Vec<u32>>,
}

impl Shown {
    fn of(document: &Document) -> Shown {
        let source: Vec<char> = document.text.chars().collect();
        if !is_page(document, &source) {
            return Shown { text: source, places: None };
        }
        let (mut text, mut places) = (vec![], vec![0; source.len() + 1]);
        let mut at = 0;
        for segment in &document.segments {
            let (start, end) = (segment.span.start as usize, segment.span.end as usize);
            places[at..start].fill(text.len() as u32);
            if segment.role == SegmentRole::Blank {
                places[start..end].fill(text.len() as u32);
                text.push('\n');
            } else {
                show(&source, start..end, &mut text, &mut places);
            }
            at = end;
        }
        places[at..].fill(text.len() as u32);
        Shown { text, places: Some(places) }
    }

    fn place(&self, span: Span) -> Span {
        let Some(places) = &self.places else { return span };
        let place = |at: u32| places.get(at as usize).copied().unwrap_or(self.text.len() as u32);
        Span::new(place(span.start), place(span.end).max(place(span.start)))
    }
}

/// Something but line breaks stands outside of all segments: markup.
fn is_page(document: &Document, source: &[char]) -> bool {
    let ends = std::iter::once(0).chain(document.segments.iter().map(|s| s.span.end as usize));
    let gaps = ends.zip(&document.segments).map(|(end, next)| end..next.span.start as usize);
    gaps.into_iter().any(|gap| source.get(gap).is_some_and(|g| g.iter().any(|c| !c.is_whitespace())))
}

/// Appends a stretch of markup without tags, its character references resolved.
fn show(source: &[char], range: std::ops::Range<usize>, text: &mut Vec<char>, places: &mut [u32]) {
    const LONGEST: usize = 34;
    let mut at = range.start;
    while at < range.end {
        let rest = &source[at..range.end];
        let end = rest.iter().take(LONGEST).position(|c| *c == ';').filter(|_| rest[0] == '&').map_or(1, |i| i + 1);
        places[at..at + end].fill(text.len() as u32);
        match end {
            1 => text.push(rest[0]),
            _ => {
                let seen = marsad_ingest::visible_text(&rest[..end].iter().collect::<String>());
                // A reference to a space is seen as one.
                text.extend(if seen.is_empty() { " ".chars() } else { seen.chars() });
            }
        }
        at += end;
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
    fn of_a_page_the_words_are_shown() {
        let page = "<p>إن <b>شخصين</b>&nbsp;قتلا</p><p>آخر";
        let at = |words: &str| {
            let start = page[..page.find(words).unwrap()].chars().count() as u32;
            Span::new(start, start + words.chars().count() as u32)
        };
        let body = |words: &str| marsad_model::Segment { role: SegmentRole::Body, span: at(words) };
        let blank = marsad_model::Segment { role: SegmentRole::Blank, span: at("</p><p>") };
        let document = Document {
            id: "a".into(),
            source: "a".into(),
            sha256: String::new(),
            text: page.into(),
            language: "ar".into(),
            title: None,
            outlet: None,
            outlet_given: None,
            published: Default::default(),
            retrieval: Default::default(),
            segments: vec![body("إن "), body("شخصين"), body("&nbsp;قتلا"), blank, body("آخر")],
        };
        let shown = Shown::of(&document);
        assert_eq!(shown.text.iter().collect::<String>(), "إن شخصين قتلا\nآخر");
        let quoted = around(&shown.text, shown.place(at("شخصين</b>&nbsp;قتلا")), 50).unwrap();
        assert_eq!(quoted, ["إن ", "شخصين قتلا", ""]);
    }

    #[test]
    fn a_span_outside_the_text_quotes_nothing() {
        assert!(around(&['a'], Span::new(0, 2), 9).is_none());
        assert!(around(&['a'], Span::new(1, 1), 9).is_none());
    }
}
