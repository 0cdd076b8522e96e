//! Where does a value stand in the text, and which rule read it?

use std::sync::Arc;

/// A stretch of a document's decoded text: Unicode code points, 0-based,
/// end-exclusive. Neither bytes nor UTF-16 units.
///
/// ```
/// let span = marsad_model::Span::new(4, 9);
/// assert_eq!(span.len(), 5);
/// assert!(span.overlaps(marsad_model::Span::new(8, 12)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// When `end` lies before `start`: such a span quotes nothing.
    pub fn new(start: u32, end: u32) -> Span {
        assert!(start <= end, "a span must not end ({end}) before it starts ({start})");
        Span { start, end }
    }

    /// Length in code points.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True when the span quotes nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when the two share at least one code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The name of the resource entry or phenomenon that read a value, such as
/// `weapon/katyusha` or `clause-time`. ASCII, stable across releases.
pub type RuleId = Arc<str>;

/// A span together with the rule that read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    pub span: Span,
    pub rule: RuleId,
}

impl Evidence {
    pub fn new(span: Span, rule: impl Into<RuleId>) -> Evidence {
        Evidence { span, rule: rule.into() }
    }
}

/// A value that the text gives, with at least one piece of evidence.
///
/// The fields are private and every constructor asks for evidence, so that an
/// argument without a span cannot be built (invariant 7).
///
/// ```
/// use marsad_model::{Evidence, Sourced, Span};
/// let weapon = Sourced::new("katyusha", Evidence::new(Span::new(10, 17), "weapon/katyusha"));
/// assert_eq!(weapon.evidence().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sourced<T> {
    value: T,
    evidence: Vec<Evidence>,
}

impl<T> Sourced<T> {
    pub fn new(value: T, evidence: Evidence) -> Sourced<T> {
        Sourced { value, evidence: vec![evidence] }
    }

    /// A value with several pieces of evidence; `None` when there are none.
    pub fn with_all(value: T, evidence: Vec<Evidence>) -> Option<Sourced<T>> {
        (!evidence.is_empty()).then_some(Sourced { value, evidence })
    }

    pub fn value(&self) -> &T {
        &self.value
    }

    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    pub(crate) fn evidence_mut(&mut self) -> &mut [Evidence] {
        &mut self.evidence
    }

    /// Adds a second telling of the same value. Order is kept, repeats are not.
    pub fn add_evidence(&mut self, more: &[Evidence]) {
        for e in more {
            if !self.evidence.contains(e) {
                self.evidence.push(e.clone());
            }
        }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: f(self.value), evidence: self.evidence }
    }
}
