//! How does one find a span's letters without counting from the start?

use crate::Span;

/// Code points between two marks: small enough to count through, large enough
/// that the index stays a fraction of the text.
const STEP: usize = 64;

/// Byte offsets of every 64th code point of a text.
///
/// ```
/// use marsad_model::{Span, TextIndex};
/// let text = "قصف على البلدة";
/// let index = TextIndex::new(text);
/// assert_eq!(index.slice(text, Span::new(4, 7)), "على");
/// ```
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    marks: Vec<u32>,
    len: u32,
}

impl TextIndex {
    pub fn new(text: &str) -> TextIndex {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut len = 0;
        // A byte that continues a code point begins none.
        for (byte, _) in text.bytes().enumerate().filter(|(_, byte)| (*byte as i8) >= -0x40) {
            if (len as usize).is_multiple_of(STEP) {
                marks.push(byte as u32);
            }
            len += 1;
        }
        TextIndex { marks, len }
    }

    /// Code points in the text.
    pub fn len(&self) -> u32 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The text that a span quotes; cut off where the text ends.
    pub fn slice<'t>(&self, text: &'t str, span: Span) -> &'t str {
        &text[self.byte(text, span.start)..self.byte(text, span.end)]
    }

    fn byte(&self, text: &str, at: u32) -> usize {
        if at >= self.len {
            return text.len();
        }
        let mark = self.marks[at as usize / STEP] as usize;
        text[mark..].char_indices().nth(at as usize % STEP).map_or(text.len(), |(i, _)| mark + i)
    }
}
