//! What does every step of the reading need to see?

use crate::labels::Labels;
use crate::listing::Page;
use marsad_lang::{Anchor, Annotation, Label, Mention, Resources};
use marsad_model::{Document, Evidence, RuleId, SegmentRole, Span, TextIndex};
use std::cell::{Cell, OnceCell, RefCell};

/// One document under reading: its annotation, its day, and the log of the derivation.
pub struct Ctx<'a> {
    pub res: &'a Resources,
    pub a: &'a Annotation<'a>,
    pub doc: &'a Document,
    pub l: &'a Labels,
    pub anchor: Anchor,
    /// Role of the segment in which each sentence stands.
    pub roles: Vec<SegmentRole>,
    pub index: TextIndex,
    /// The world of the whole report, when it is none of attacks.
    pub world: Option<&'static str>,
    /// What «القوات الحكومية» means in this document; looked for once, when first asked.
    pub government: OnceCell<Option<String>>,
    /// «التحالف»: the one that fights in that country, likewise.
    pub coalition: OnceCell<Option<String>>,
    /// Whether the text lists several stories; known once its tellings are.
    pub page: Cell<Page>,
    /// `None` when nobody asked for the derivation.
    pub log: Option<RefCell<Vec<String>>>,
}

impl<'a> Ctx<'a> {
    pub fn has(&self, m: &Mention, label: Label) -> bool {
        self.a.has_label(m, label)
    }

    /// The first mention with the label that starts at the token.
    pub fn at(&self, token: usize, label: Label) -> Option<&'a Mention> {
        if !self.a.has_any(label) {
            return None;
        }
        self.a.at(token).find(|m| self.a.has_label(m, label))
    }

    pub fn is_at(&self, token: usize, label: Label) -> bool {
        self.at(token, label).is_some()
    }

    /// The mention with the label that ends right before the token.
    pub fn before(&self, token: usize, label: Label) -> Option<&'a Mention> {
        if !self.a.has_any(label) {
            return None;
        }
        (token.saturating_sub(5)..token)
            .find_map(|t| self.a.at(t).find(|m| m.end == token && self.a.has_label(m, label)))
    }

    /// Mentions with the label that start in a range of tokens.
    pub fn all(&self, range: std::ops::Range<usize>, label: Label) -> impl DoubleEndedIterator<Item = &'a Mention> {
        self.a.labelled(range, label)
    }

    pub fn any(&self, range: std::ops::Range<usize>, label: Label) -> bool {
        self.all(range, label).next().is_some()
    }

    /// Evidence over tokens; a glued conjunction at the start is left out.
    pub fn evidence(&self, first: usize, end: usize, rule: impl Into<RuleId>) -> Evidence {
        Evidence::new(self.span(first, end), rule)
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        let span = self.a.span(first, end);
        let glued = self.a.at(first).map(|m| u32::from(m.clitics.conjunction)).max().unwrap_or(0);
        Span::new((span.start + glued).min(span.end), span.end)
    }

    pub fn mention_evidence(&self, m: &Mention) -> Evidence {
        Evidence::new(self.a.mention_span(m), self.a.best_entry(m).rule.clone())
    }

    /// The source text of tokens, for values that quote it.
    pub fn quote(&self, first: usize, end: usize) -> String {
        self.text_of(self.span(first, end))
    }

    pub fn text_of(&self, span: Span) -> String {
        self.index.slice(&self.doc.text, span).to_string()
    }

    /// True when a sign of this text stands at the token.
    pub fn sign(&self, token: usize, sign: &str) -> bool {
        self.a.tokens.is_sign(token, sign)
    }

    /// Adds a line to the derivation; the line is made only when it is wanted.
    pub fn note(&self, line: impl FnOnce() -> String) {
        if let Some(log) = &self.log {
            log.borrow_mut().push(line());
        }
    }
}
