//! Which brackets do no more than fence off a number?
//!
//! «قتل (3) أشخاص وأصيب (5)», «مقتل(8) من المسلحين»: many outlets put every number in brackets. Beside a verb, or before
//! what is counted, the brackets are taken out of the tokens. «أحمد علي (35)» behind a name tells an age, and
//! «خمسة (5) أشخاص» tells the number twice.

use crate::lexicon::{Class, Entry, Lexicon};
use crate::token::Tokens;

/// Labels of the words behind which a number counts.
const COUNTING: [&str; 8] =
    ["verb", "toll", "hedge_about", "hedge_at_least", "hedge_more_than", "hedge_less_than", "range_to", "in-addition"];
/// Labels of what is counted.
const COUNTED: [&str; 3] = ["victim", "countable", "unit"];
/// Tokens of the longest phrase that may stand before a bracket.
const PHRASE_MAX: usize = 4;

/// The tokens of a text without the brackets around numbers that count.
pub(crate) fn without_brackets_of_numbers(lexicon: &Lexicon, tokens: Tokens) -> Tokens {
    let looks = Looks { lexicon, tokens: &tokens };
    let mut dropped = vec![];
    for open in (0..tokens.len()).filter(|at| looks.is_bracketed_number(*at)) {
        match looks.use_of(open) {
            Use::Counts => dropped.extend([open, open + 2]),
            Use::Repeats => dropped.extend(open..open + 3),
            Use::Other => {}
        }
    }
    if dropped.is_empty() { tokens } else { tokens.without(&dropped) }
}

enum Use {
    Counts,
    Repeats,
    Other,
}

struct Looks<'t> {
    lexicon: &'t Lexicon,
    tokens: &'t Tokens,
}

impl Looks<'_> {
    fn is_bracketed_number(&self, open: usize) -> bool {
        let t = self.tokens;
        t.is_sign(open, "(") && t.is_number(open + 1) && t.is_sign(open + 2, ")")
    }

    fn use_of(&self, open: usize) -> Use {
        let is_number = |e: &Entry| e.class == Class::Number && &*e.family != "several";
        if self.ends_before(open, is_number) || self.begins_at(open + 3, is_number) {
            return Use::Repeats;
        }
        let counting = self.ends_before(open, |e| self.has_any(e, &COUNTING)) || self.is_bare_and(open);
        let counted =
            self.begins_at(open + 3, |e| matches!(e.class, Class::People | Class::Weapon) || self.has_any(e, &COUNTED));
        if counting || counted { Use::Counts } else { Use::Other }
    }

    fn begins_at(&self, at: usize, is: impl Fn(&Entry) -> bool) -> bool {
        let mut found = false;
        if at < self.tokens.len() {
            let look = &mut |m: crate::lexicon::Match| found |= is(self.lexicon.entry(m.form.entry));
            self.lexicon.matches_at(self.tokens, at, &mut String::new(), look);
        }
        found
    }

    fn ends_before(&self, end: usize, is: impl Fn(&Entry) -> bool) -> bool {
        let mut found = false;
        for at in end.saturating_sub(PHRASE_MAX)..end {
            let look = &mut |m: crate::lexicon::Match| found |= m.end == end && is(self.lexicon.entry(m.form.entry));
            self.lexicon.matches_at(self.tokens, at, &mut String::new(), look);
        }
        found
    }

    fn has_any(&self, entry: &Entry, labels: &[&str]) -> bool {
        labels.iter().filter_map(|l| self.lexicon.label(l)).any(|l| entry.labels.contains(&l))
    }

    /// «و(7) جرحى»: nothing but «و» stands before.
    fn is_bare_and(&self, open: usize) -> bool {
        let Some(before) = open.checked_sub(1).filter(|at| self.tokens.is_word(*at) && self.tokens.glued(*at)) else {
            return false;
        };
        let text = self.tokens.text(before);
        self.lexicon.clitics.is_joined(text) && text.chars().nth(1).is_none()
    }
}
