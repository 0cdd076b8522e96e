//! Which words does a span quote?

use super::Span;
use marsad_model::Evidence;

/// A text with the places of its code points, found once, so that quoting a
/// span costs the same wherever the span stands.
///
/// ```
/// use marsad_model::Span;
/// let text = marsad_store::wire::TextIndex::new("سقط صاروخان"); // "two rockets fell"
/// assert_eq!(text.quote(Span::new(4, 11)), "صاروخان");
/// assert_eq!(text.quote(Span::new(4, 99)), "صاروخان"); // a span beyond the end is cut, not a panic
/// ```
pub struct TextIndex<'a> {
    text: &'a str,
    index: marsad_model::TextIndex,
}

impl<'a> TextIndex<'a> {
    pub fn new(text: &'a str) -> TextIndex<'a> {
        TextIndex { text, index: marsad_model::TextIndex::new(text) }
    }

    /// The words of a span, cut at the end of the text.
    pub fn quote(&self, span: marsad_model::Span) -> &'a str {
        self.index.slice(self.text, span)
    }

    pub(super) fn span(&self, span: marsad_model::Span, rule: Option<&str>) -> Span {
        let exact = self.quote(span).to_string();
        Span { start: span.start, end: span.end, exact, rule: rule.map(str::to_string), document: None }
    }
}

/// Turns evidence into spans with their words. The field (`date`,
/// `casualties.killed` …) tells apart whose text is meant when an incident is
/// merged from several documents.
pub(crate) trait Quote {
    fn span(&self, field: &str, evidence: &Evidence) -> Option<Span>;

    fn spans(&self, field: &str, evidence: &[Evidence]) -> Vec<Span> {
        evidence.iter().filter_map(|e| self.span(field, e)).collect()
    }
}

impl Quote for TextIndex<'_> {
    fn span(&self, _field: &str, evidence: &Evidence) -> Option<Span> {
        Some(TextIndex::span(self, evidence.span, Some(&evidence.rule)))
    }
}
