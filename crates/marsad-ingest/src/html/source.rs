//! Where in the fetched page does each character of the readable text stand?
//!
//! Reading works on the text that a visitor sees. What it finds is told in
//! places of the decoded page, so that a span always finds its words in what
//! was fetched. Both sides count code points.

use marsad_model::Span;

/// A stretch of readable text and the stretch of the page behind it: character
/// by character when both are as long, else as a whole (`&nbsp;`, a run of
/// spaces).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: u32,
    len: u32,
    source: u32,
    width: u32,
}

/// Leads from places of the readable text to places of the decoded page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
}

/// Places from here on are no places of the text: they stand for places of the
/// page that no visitor sees, such as the content of a `<meta>`.
const UNSEEN: u32 = 1 << 31;

/// The span that stands for a stretch of the page outside the readable text.
pub(crate) fn unseen(source: Span) -> Span {
    Span::new(UNSEEN + source.start, UNSEEN + source.end)
}

impl SourceMap {
    /// Appends `len` characters that come from `width` characters of the page.
    pub(crate) fn push(&mut self, len: u32, source: u32, width: u32) {
        let text = self.runs.last().map_or(0, |r| r.text + r.len);
        if let Some(last) = self.runs.last_mut() {
            let linear = last.len == last.width && len == width;
            if linear && last.source + last.width == source {
                last.len += len;
                last.width += width;
                return;
            }
        }
        self.runs.push(Run { text, len, source, width });
    }

    /// The stretch of the page behind a span of the text, markup inside it included.
    pub fn to_source(&self, span: Span) -> Span {
        if span.start >= UNSEEN {
            return Span::new(span.start - UNSEEN, span.end - UNSEEN);
        }
        let start = self.run_at(span.start).map_or_else(|| self.source_end(), |r| r.start_of(span.start));
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self.run_at(span.end - 1).map_or_else(|| self.source_end(), |r| r.end_of(span.end - 1));
        Span::new(start, end.max(start))
    }

    /// The same without the markup inside: the stretches of the page that are
    /// text, in order.
    pub(crate) fn pieces(&self, span: Span) -> Vec<Span> {
        let mut out: Vec<Span> = vec![];
        let first = self.runs.partition_point(|r| r.text + r.len <= span.start);
        for run in self.runs[first..].iter().take_while(|r| r.text < span.end) {
            let (from, to) = (span.start.max(run.text), span.end.min(run.text + run.len));
            let piece = Span::new(run.start_of(from), run.end_of(to - 1));
            match out.last_mut() {
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ if piece.is_empty() => {}
                _ => out.push(piece),
            }
        }
        out
    }

    fn run_at(&self, text: u32) -> Option<&Run> {
        let at = self.runs.partition_point(|r| r.text + r.len <= text);
        self.runs.get(at)
    }

    fn source_end(&self) -> u32 {
        self.runs.last().map_or(0, |r| r.source + r.width)
    }
}

impl Run {
    fn is_linear(&self) -> bool {
        self.len == self.width
    }

    /// Where the character at `text` begins in the page.
    fn start_of(&self, text: u32) -> u32 {
        if self.is_linear() { self.source + (text - self.text) } else { self.source }
    }

    /// Where it ends.
    fn end_of(&self, text: u32) -> u32 {
        if self.is_linear() { self.source + (text - self.text) + 1 } else { self.source + self.width }
    }
}

/// Code points before a byte of a text, in constant time.
pub(crate) struct CodePoints<'s> {
    text: &'s str,
    /// Code points before every `STEP`-th byte.
    marks: Vec<u32>,
}

const STEP: usize = 256;

impl<'s> CodePoints<'s> {
    pub fn new(text: &'s str) -> CodePoints<'s> {
        let mut seen = 0;
        let count = |chunk: &[u8]| {
            let before = seen;
            seen += begun(chunk);
            before
        };
        CodePoints { text, marks: text.as_bytes().chunks(STEP).map(count).collect() }
    }

    /// Code points before this byte.
    pub fn at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let block = byte / STEP;
        let Some(mark) = self.marks.get(block) else {
            return self.marks.last().map_or(0, |m| m + begun(&self.text.as_bytes()[(block - 1) * STEP..]));
        };
        mark + begun(&self.text.as_bytes()[block * STEP..byte])
    }

    pub fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        Span::new(self.at(bytes.start), self.at(bytes.end))
    }
}

/// Bytes that begin a code point.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_leads_back_to_the_page() {
        // <b>اب</b>&amp;  ج   as "اب& ج"
        let mut map = SourceMap::default();
        map.push(2, 3, 2);
        map.push(1, 9, 5);
        map.push(1, 14, 2);
        map.push(1, 16, 1);
        assert_eq!(map.to_source(Span::new(0, 2)), Span::new(3, 5));
        assert_eq!(map.to_source(Span::new(1, 5)), Span::new(4, 17));
        assert_eq!(map.pieces(Span::new(0, 5)), [Span::new(3, 5), Span::new(9, 17)]);
        assert_eq!(map.to_source(unseen(Span::new(7, 9))), Span::new(7, 9));
    }

    #[test]
    fn code_points_are_counted_from_any_byte() {
        let text = "aب\u{1f600}".repeat(300);
        let points = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), count as u32);
        }
        assert_eq!(points.at(text.len()), 900);
    }
}
