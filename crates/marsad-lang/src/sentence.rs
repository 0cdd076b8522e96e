//! Where does a sentence end, and where does a clause?
//!
//! A time or a place speaks for its own clause only. Clauses part at commas,
//! semicolons, colons and dashes, at conjunctions such as «فيما» and «بينما», and where
//! «و» joins a verb.

use crate::annotate::Mention;
use crate::lexicon::{Label, Part};
use crate::resources::Resources;
use crate::token::{TokenKind, Tokens};

/// Tokens `first..end` without the closing sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub first: usize,
    pub end: usize,
    pub clauses: Vec<Clause>,
}

/// Part of a sentence that a time or place speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub first: usize,
    pub end: usize,
    /// What opens it.
    pub opening: Opening,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    Start,
    /// Comma, dash, bracket.
    Comma,
    /// Semicolon or colon.
    Strong,
    /// «فيما», «بينما», «كما» …
    Conjunction,
    /// «و» before a verb.
    And,
}

const FULL_STOPS: [&str; 6] = [".", "!", "؟", "?", "…", "•"];
const STRONG: [&str; 4] = ["؛", ";", ":", "|"];
const LIGHT: [&str; 5] = ["،", ",", "(", ")", "–"];

pub(crate) fn sentences(res: &Resources, tokens: &Tokens, mentions: &[Mention], starts: &[u32]) -> Vec<Sentence> {
    let cutter = Cutter {
        res,
        tokens,
        mentions,
        starts,
        breaks: res.lexicon.label("clause_break"),
        verb: res.lexicon.label("verb"),
    };
    let mut out = vec![];
    let mut first = 0;
    for at in 0..=tokens.len() {
        if at == tokens.len() || cutter.ends_sentence(at) {
            if at > first {
                out.push(Sentence { first, end: at, clauses: cutter.clauses(first, at) });
            }
            first = at + 1;
        }
    }
    out
}

struct Cutter<'a> {
    res: &'a Resources,
    tokens: &'a Tokens,
    mentions: &'a [Mention],
    starts: &'a [u32],
    breaks: Option<Label>,
    verb: Option<Label>,
}

impl Cutter<'_> {
    fn ends_sentence(&self, at: usize) -> bool {
        match self.tokens.list[at].kind {
            TokenKind::Newline => true,
            TokenKind::Sign if FULL_STOPS.contains(&self.tokens.text(at)) => !self.inside_number_or_abbreviation(at),
            _ => false,
        }
    }

    /// «3.5», «أ.ف.ب», «c.ram»: a point between glued neighbours of which one
    /// is a digit or a single letter.
    fn inside_number_or_abbreviation(&self, at: usize) -> bool {
        if at == 0 || !self.tokens.glued(at - 1) || !self.tokens.glued(at) {
            // «أ. ف. ب»: single letters keep their points.
            return at > 0 && self.tokens.text(at) == "." && self.single_letter(at - 1) && self.single_letter(at + 1);
        }
        let digits = self.tokens.is_number(at - 1) && self.tokens.is_number(at + 1);
        digits || (self.single_letter(at - 1) && self.tokens.is_word(at + 1)) || self.single_letter(at + 1)
    }

    fn single_letter(&self, at: usize) -> bool {
        self.tokens.is_word(at) && self.tokens.text(at).chars().count() == 1
    }

    fn clauses(&self, first: usize, end: usize) -> Vec<Clause> {
        let mut out = vec![];
        let (mut start, mut opening) = (first, Opening::Start);
        for at in first..end {
            let Some((cut, next)) = self.cut(at) else { continue };
            let next_start = if matches!(cut, Opening::Comma | Opening::Strong) { at + 1 } else { at };
            if at > start {
                out.push(Clause { first: start, end: at, opening });
            } else if start == first && out.is_empty() && cut != Opening::Start && at == first {
                opening = cut;
            }
            if at >= start {
                (start, opening) = (next_start, next);
            }
        }
        if end > start {
            out.push(Clause { first: start, end, opening });
        }
        out
    }

    fn cut(&self, at: usize) -> Option<(Opening, Opening)> {
        if self.tokens.list[at].kind == TokenKind::Sign {
            let sign = self.tokens.text(at);
            if STRONG.contains(&sign) && !self.clock_colon(at) {
                return Some((Opening::Strong, Opening::Strong));
            }
            let dash = sign == "-" && !(at > 0 && self.tokens.glued(at - 1)) && !self.tokens.glued(at);
            return (LIGHT.contains(&sign) || dash).then_some((Opening::Comma, Opening::Comma));
        }
        let from = self.starts[at] as usize;
        let here = self.mentions[from..].iter().take_while(|m| m.first == at);
        for m in here {
            let entry = self.res.lexicon.entry(m.form.entry);
            if self.breaks.is_some_and(|l| entry.labels.contains(&l)) {
                return Some((Opening::Conjunction, Opening::Conjunction));
            }
            let finite = matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive);
            if finite && m.clitics.conjunction && self.verb.is_none_or(|l| entry.labels.contains(&l)) {
                return Some((Opening::And, Opening::And));
            }
        }
        None
    }

    fn clock_colon(&self, at: usize) -> bool {
        at > 0 && self.tokens.text(at) == ":" && self.tokens.is_number(at - 1) && self.tokens.is_number(at + 1)
    }
}
