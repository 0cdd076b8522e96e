//! Where does a sentence end, and where does a clause?
//!
//! A time or a place speaks for its own clause only. Clauses part at commas,
//! semicolons, colons and dashes, at conjunctions such as «فيما» and «بينما», and where
//! «و» joins a verb. Commas or brackets around nothing but a time part no clause: «أسقط الجيش، السبت، طائرة».

use crate::annotate::{Mention, Starts};
use crate::lexicon::{Label, Part};
use crate::resources::Resources;
use crate::time::TimeMention;
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

impl Sentence {
    /// What stands before a token inside it, and what stands from it on.
    fn parted(self, at: usize) -> (Sentence, Sentence) {
        let (mut before, mut behind) = (vec![], vec![]);
        for clause in self.clauses {
            match () {
                _ if clause.end <= at => before.push(clause),
                _ if clause.first >= at => behind.push(clause),
                _ => {
                    behind.push(Clause { first: at, opening: Opening::Start, ..clause.clone() });
                    before.push(Clause { end: at, ..clause });
                }
            }
        }
        let rest = Sentence { first: at, end: self.end, clauses: behind };
        (Sentence { first: self.first, end: at, clauses: before }, rest)
    }
}

/// The sentences, none of which reaches over one of these tokens, in order.
pub(crate) fn parted(sentences: Vec<Sentence>, borders: &[usize]) -> Vec<Sentence> {
    let mut borders = borders.iter().copied().peekable();
    let mut out = Vec::with_capacity(sentences.len());
    for mut rest in sentences {
        while borders.next_if(|at| *at <= rest.first).is_some() {}
        while let Some(at) = borders.next_if(|at| *at < rest.end) {
            let (before, behind) = rest.parted(at);
            out.push(before);
            rest = behind;
        }
        out.push(rest);
    }
    out
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
/// Tokens of the longest sentence. The longest in 9,000 news texts and sentences has 472 words; what is longer has lost its full stops,
/// and readers ask about whole sentences.
const TOKENS_MAX: usize = 600;
/// Tokens of a name before a sign within it.
const NAME_MAX: usize = 4;
/// Words of the longest remark in brackets that parts no clause.
const REMARK_MAX: usize = 5;
const LIGHT: [&str; 5] = ["،", ",", "(", ")", "–"];

pub(crate) fn sentences(
    res: &Resources,
    tokens: &Tokens,
    (mentions, starts): (&[Mention], &Starts),
    times: &[TimeMention],
) -> Vec<Sentence> {
    let mut cutter = Cutter {
        tokens,
        mentions,
        starts,
        breaks: res.lexicon.label("clause_break"),
        verb: res.lexicon.label("verb"),
        speech: res.lexicon.label("speech"),
        around_times: vec![],
        brackets: vec![],
    };
    cutter.around_times = cutter.signs_around(times);
    cutter.brackets = cutter.brackets_of_remarks(times);
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
    let borders = borders_of_endless(&out);
    parted(out, &borders)
}

/// Where sentences without a full stop are cut: at the clauses that keep each piece short enough, and where there is no
/// such clause, anywhere.
fn borders_of_endless(sentences: &[Sentence]) -> Vec<usize> {
    let mut out = vec![];
    for sentence in sentences.iter().filter(|s| s.end - s.first > TOKENS_MAX) {
        let mut first = sentence.first;
        while sentence.end - first > TOKENS_MAX {
            let last = first + TOKENS_MAX;
            let until = sentence.clauses.partition_point(|c| c.first <= last);
            let clause = sentence.clauses[..until].last().map(|c| c.first).filter(|at| *at > first);
            first = clause.unwrap_or(last);
            out.push(first);
        }
    }
    out
}

struct Cutter<'a> {
    tokens: &'a Tokens,
    mentions: &'a [Mention],
    starts: &'a Starts,
    breaks: Option<Label>,
    verb: Option<Label>,
    speech: Option<Label>,
    /// Light signs that only set a time apart, sorted.
    around_times: Vec<usize>,
    /// Brackets around a remark that tells nothing of its own, sorted.
    brackets: Vec<usize>,
}

impl Cutter<'_> {
    /// Signs within times, and those before and behind a time that stands alone between them, but behind who says something.
    /// The one behind parts clauses all the same where «و», a conjunction or a verb follows.
    fn signs_around(&self, times: &[TimeMention]) -> Vec<usize> {
        let mut out = vec![];
        for time in times {
            let inside = (time.first..time.end).filter(|at| self.is_light(*at));
            let is_bracketed = inside.clone().any(|at| self.tokens.text(at) == "(");
            out.extend(inside);
            let before = time.first.checked_sub(1).filter(|at| self.is_light(*at));
            let behind = Some(time.end).filter(|at| self.is_light(*at) && !self.goes_on(at + 1));
            if before.is_some_and(|at| !self.speaks_before(at)) && self.is_light(time.end) {
                out.extend(before);
                out.extend(behind);
            } else if is_bracketed {
                out.extend(behind.filter(|at| self.tokens.text(*at) == ")"));
            }
        }
        out.sort_unstable();
        out
    }

    /// «قتلت الصحفية … (31 عاما) إثر غارة», «وكان مدنيان (شقيقان) قد قتلا»: a few words without a verb.
    fn brackets_of_remarks(&self, times: &[TimeMention]) -> Vec<usize> {
        let is = |at: usize, sign: &str| self.tokens.is_sign(at, sign);
        let mut out = vec![];
        for open in (0..self.tokens.len()).filter(|at| is(*at, "(")) {
            let reach = (open + 2 + REMARK_MAX).min(self.tokens.len());
            let Some(close) = (open + 1..reach).find(|at| is(*at, ")")) else { continue };
            let plain = |at: usize| !self.ends_sentence(at) && !self.is_light(at) && !self.goes_on(at);
            // At the head or the end of a line stands what is no part of the sentence.
            let inside = |at: usize| at < self.tokens.len() && !self.ends_sentence(at);
            let amid = inside(close + 1) && open.checked_sub(1).is_some_and(inside);
            // «قال المصدر لوكالة (سانا) اليوم إن …»: the day is of who says it.
            let dated = times.iter().any(|t| t.first == close + 1);
            if amid && !dated && (open + 1..close).all(plain) {
                out.extend([open, close]);
            }
        }
        out
    }

    fn is_light(&self, at: usize) -> bool {
        at < self.tokens.len() && self.tokens.list[at].kind == TokenKind::Sign && LIGHT.contains(&self.tokens.text(at))
    }

    /// Something is joined here, or a verb begins.
    fn goes_on(&self, at: usize) -> bool {
        self.at(at).any(|m| m.clitics.conjunction || self.has(m, self.breaks) || is_finite(m) && self.is_verb(m))
    }

    /// «قال المصدر، اليوم الأحد، إن …»: the time stands apart from who says it.
    fn speaks_before(&self, at: usize) -> bool {
        let stop = |at: &usize| self.is_light(*at) || self.ends_sentence(*at);
        let from = (0..at).rev().find(stop).map_or(0, |at| at + 1);
        (from..at).any(|at| self.at(at).any(|m| self.has(m, self.speech)))
    }

    fn is_verb(&self, m: &Mention) -> bool {
        self.verb.is_none() || self.has(m, self.verb)
    }

    fn at(&self, at: usize) -> std::slice::Iter<'_, Mention> {
        self.mentions[self.starts.at(at)].iter()
    }

    fn has(&self, m: &Mention, label: Option<Label>) -> bool {
        label.is_some_and(|l| m.labels.contains(&l))
    }

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
        // «آر.بي.جي»
        let short = |at: usize| self.tokens.is_word(at) && self.tokens.text(at).chars().count() <= 2;
        digits
            || short(at - 1) && short(at + 1)
            || (self.single_letter(at - 1) && self.tokens.is_word(at + 1))
            || self.single_letter(at + 1)
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
            if self.is_in_a_name(at) {
                return None;
            }
            if STRONG.contains(&sign) && !self.clock_colon(at) {
                return Some((Opening::Strong, Opening::Strong));
            }
            let dash = sign == "-" && !(at > 0 && self.tokens.glued(at - 1)) && !self.tokens.glued(at);
            let parts = self.is_light(at)
                && self.around_times.binary_search(&at).is_err()
                && self.brackets.binary_search(&at).is_err();
            return (parts || dash).then_some((Opening::Comma, Opening::Comma));
        }
        for m in self.at(at) {
            if self.has(m, self.breaks) {
                return Some((Opening::Conjunction, Opening::Conjunction));
            }
            if is_finite(m) && m.clitics.conjunction && self.is_verb(m) {
                return Some((Opening::And, Opening::And));
            }
        }
        None
    }

    /// «صاروخ أرض - أرض»: between the words of one name.
    fn is_in_a_name(&self, at: usize) -> bool {
        (at.saturating_sub(NAME_MAX)..at).any(|t| self.at(t).any(|m| m.end > at))
    }

    fn clock_colon(&self, at: usize) -> bool {
        at > 0 && self.tokens.text(at) == ":" && self.tokens.is_number(at - 1) && self.tokens.is_number(at + 1)
    }
}

fn is_finite(m: &Mention) -> bool {
    matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive)
}
