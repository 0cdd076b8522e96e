//! Which known words of time and amount stand at a token?

use super::{Moment, Quantity, Setting};
use crate::lexicon::{Class, Entry, Form, Lexicon, Part};
use crate::resources::Resources;
use crate::token::{Clitics, Tokens};
use jiff::civil::Date;

/// A known word or phrase at a token.
pub(super) struct Hit<'a> {
    pub end: usize,
    pub entry: &'a Entry,
    pub form: Form,
    pub clitics: Clitics,
}

/// The words of one text, and all rules over them.
pub(super) struct Reader<'a> {
    pub t: &'a Tokens,
    lex: &'a Lexicon,
    pub setting: Setting,
    hits: Vec<Hit<'a>>,
    /// Where the hits of each token begin; one more entry at the end.
    starts: Vec<u32>,
}

impl<'a> Reader<'a> {
    pub fn new(res: &'a Resources, tokens: &'a Tokens, setting: Setting) -> Reader<'a> {
        let lex = &res.measures;
        let (mut hits, mut starts, mut scratch): (Vec<Hit>, Vec<u32>, String) = (vec![], vec![], String::new());
        for first in 0..tokens.len() {
            starts.push(hits.len() as u32);
            let from = hits.len();
            lex.matches_at(tokens, first, &mut scratch, &mut |m| {
                if !m.clitics.pronoun && !m.clitics.future {
                    hits.push(Hit { end: m.end, entry: lex.entry(m.form.entry), form: m.form, clitics: m.clitics });
                }
            });
            hits[from..].sort_by_key(|h| (std::cmp::Reverse(h.end), h.weight()));
        }
        starts.push(hits.len() as u32);
        Reader { t: tokens, lex, setting, hits, starts }
    }

    /// The day of writing.
    pub fn today(&self) -> Option<Date> {
        self.setting.reference
    }

    pub fn plans(&self) -> bool {
        self.setting.manner == super::Manner::Plan
    }

    /// Hits at a token, the longest first.
    pub fn hits(&self, at: usize) -> &[Hit<'a>] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.hits[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The longest hit with this label.
    pub fn hit(&self, at: usize, label: &str) -> Option<&Hit<'a>> {
        if self.hits(at).is_empty() {
            return None;
        }
        let label = self.lex.label(label)?;
        self.hits(at).iter().find(|h| h.entry.labels.contains(&label))
    }

    /// The end of the longest hit with this label.
    pub fn past(&self, at: usize, label: &str) -> Option<usize> {
        self.hit(at, label).map(|h| h.end)
    }

    /// The token behind an optional word.
    pub fn over(&self, at: usize, label: &str) -> usize {
        self.past(at, label).unwrap_or(at)
    }

    pub fn class(&self, at: usize, class: Class) -> Option<&Hit<'a>> {
        self.hits(at).iter().find(|h| h.entry.class == class)
    }

    /// A hit of a family of number words.
    pub fn number_word(&self, at: usize, family: &str) -> Option<&Hit<'a>> {
        self.hits(at).iter().find(|h| h.entry.class == Class::Number && &*h.entry.family == family)
    }

    /// «و» written apart, or glued to digits.
    pub fn is_and(&self, at: usize) -> bool {
        let letter = |c: char| self.lex.clitics.conjunctions.first() == Some(&c);
        self.t.is_word(at) && self.t.text(at).len() == 2 && self.t.text(at).starts_with(letter)
    }

    /// «الـ» before digits.
    pub fn is_article(&self, at: usize) -> bool {
        let article = self.lex.clitics.article.as_str();
        let word = self.t.text_or_empty(at);
        self.t.is_word(at)
            && self.t.is_number(at + 1)
            && (word == article || (self.t.glued(at) && word.ends_with(article)))
    }

    /// A word that is written with the article, whatever stands in the data.
    pub fn has_article(&self, at: usize) -> bool {
        self.t.text_or_empty(at).starts_with(self.lex.clitics.article.as_str())
    }

    /// Hours are feminine: «الثالثة», not «الثالث».
    pub fn is_feminine(&self, at: usize) -> bool {
        // The first hour is «الواحدة» or «الأولى», whose ending is another.
        let first = self.hits(at).iter().any(|h| h.entry.value == 1.0 && &*h.entry.family == "ordinal");
        self.t.text_or_empty(at).ends_with(self.lex.clitics.ta_marbuta) || first
    }

    pub fn sign(&self, at: usize, signs: &[&str]) -> bool {
        signs.iter().any(|s| self.t.is_sign(at, s))
    }

    /// The number of a row of digits as it stands, without separators.
    pub fn plain_digits(&self, at: usize) -> Option<u32> {
        self.t.is_number(at).then(|| self.t.text(at).parse().ok()).flatten()
    }

    /// True when a letter or digit touches the token from the left.
    pub fn touched(&self, at: usize) -> bool {
        at > 0 && self.t.glued(at - 1) && (self.t.is_number(at - 1) || self.t.is_word(at - 1))
    }

    pub fn quantities(&self) -> Vec<Quantity> {
        let mut out = vec![];
        let mut at = 0;
        while at < self.t.len() {
            let amount = if self.is_and(at) { None } else { self.quantity(at) };
            match amount {
                Some(q) => {
                    at = q.end.max(at + 1);
                    out.push(q);
                }
                None => at += 1,
            }
        }
        out
    }

    pub fn moments(&self) -> Vec<Moment> {
        let mut out = vec![];
        let mut at = 0;
        while at < self.t.len() {
            let starts = (self.t.is_number(at) || !self.hits(at).is_empty()) && !self.is_and(at);
            match starts.then(|| self.moment(at)).flatten() {
                Some(m) => {
                    at = m.end.max(at + 1);
                    out.push(m);
                }
                None => at += 1,
            }
        }
        out
    }
}

/// Words that may stand before a time without belonging to it, in the order of the data's labels.
const LEADS: [&str; 10] =
    ["of", "inside", "until", "between", "interval", "dayword", "lasting", "about_hour", "oclock", "this"];

impl Reader<'_> {
    /// True for a word that may stand before a time without belonging to it, and for signs.
    pub fn leads(&self, at: usize) -> bool {
        let word = LEADS.iter().any(|label| self.hit(at, label).is_some());
        word || self.is_and(at) || self.is_article(at) || !(self.t.is_word(at) || self.t.is_number(at))
    }

    /// The same words, but for what leads and for signs.
    pub fn same_words(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        let sign = |at: usize| !(self.t.is_word(at) || self.t.is_number(at));
        let ends = (a.1.min(b.1)..a.1.max(b.1)).all(sign);
        let starts = (a.0.min(b.0)..a.0.max(b.0)).all(|at| self.leads(at));
        ends && starts && a.0.max(b.0) < a.1.min(b.1)
    }
}

impl Hit<'_> {
    fn weight(&self) -> u8 {
        let c = &self.clitics;
        u8::from(self.form.part == Part::Weak) + u8::from(c.conjunction) + u8::from(c.preposition != '\0')
    }

    pub fn bare(&self) -> bool {
        !self.clitics.conjunction && self.clitics.preposition == '\0'
    }
}

/// The longer of two readings, the first on a tie.
pub(super) fn longer(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.end > a.end { b } else { a }),
        (a, b) => a.or(b),
    }
}
