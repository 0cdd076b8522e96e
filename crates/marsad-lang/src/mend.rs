//! Which words are written so that a filter does not find them, and what do they say?
//!
//! Writers on social platforms cut up the words that moderation looks for:
//! «قـ.ـصف», «مـ ـقتـ ـل», «غ.ارة», «د ا ع ش», «ص*اروخ», «د1عش». The pieces become one
//! token with the letters of the word meant; its span covers all that was
//! written, so that evidence quotes the source as it stands. A tatweel on both
//! sides of a gap is certain; any other cut counts only where the joined word
//! is one that the lexicon knows and its pieces are not.

use crate::lexicon::Lexicon;
use crate::token::{Joined, TokenKind, Tokens, is_letter};

/// Longest row of pieces that is tried.
const PIECES_MAX: usize = 10;
/// Signs between two pieces.
const SIGNS_MAX: usize = 4;
/// Single letters in a row that may spell a word.
const LETTERS_MIN: usize = 3;
const CUTTING: [&str; 18] =
    [".", "*", "_", "-", "~", "/", "\\", "|", "+", "=", "^", "@", "#", "$", "!", "'", "\u{2022}", "\u{b7}"];

/// The tokens with cut-up words joined.
pub(crate) fn mended(lexicon: &Lexicon, tokens: Tokens) -> Tokens {
    let joined = Mender { lexicon, tokens: &tokens }.joined();
    if joined.is_empty() { tokens } else { tokens.with_joined(joined) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Tatweel on both sides of the gap.
    Certain,
    /// A sign, a digit or a Latin letter inside; or tatweel on one side.
    Possible,
    /// A space between single letters.
    Spelled,
}

struct Mender<'t> {
    lexicon: &'t Lexicon,
    tokens: &'t Tokens,
}

impl Mender<'_> {
    fn joined(&self) -> Vec<Joined> {
        let mut out = vec![];
        let mut at = 0;
        while at < self.tokens.len() {
            match self.joined_at(at).or_else(|| self.cleaned(at)).or_else(|| self.spaced_and(at)) {
                Some(joined) => {
                    at = joined.end;
                    out.push(joined);
                }
                None => at += 1,
            }
        }
        out
    }

    /// The longest row of pieces from a token that says a word.
    fn joined_at(&self, first: usize) -> Option<Joined> {
        if !self.is_piece(first) || self.is_inside(first) {
            return None;
        }
        // Nearly every word stands alone.
        self.next_piece(first)?;
        let (mut best, mut certain, mut pieces) = (None, true, vec![first]);
        let mut texts = vec![self.tokens.text(first).to_string()];
        while pieces.len() < PIECES_MAX {
            let Some((next, link)) = self.next_piece(*pieces.last()?) else { break };
            certain &= link == Link::Certain;
            let inside = self.between(*pieces.last()?, next);
            texts = texts.iter().flat_map(|t| inside.iter().map(move |i| format!("{t}{i}"))).collect();
            texts.iter_mut().for_each(|t| t.push_str(self.tokens.text(next)));
            pieces.push(next);
            let spelled = link != Link::Spelled || pieces.len() >= LETTERS_MIN;
            let known = texts.iter().find(|t| self.lexicon.knows_reading(t));
            let text = match known {
                Some(text) if certain || spelled && self.meant(&pieces) => Some(text),
                _ => texts.first().filter(|_| certain),
            };
            best = text.map(|text| Joined { first, end: next + 1, text: text.clone() }).or(best);
        }
        best
    }

    /// «آر.بي.جي»: behind a piece that says nothing either, so that no word begins here.
    fn is_inside(&self, token: usize) -> bool {
        let cut = token >= 2 && self.cuts(token - 1) && self.tokens.glued(token - 1) && self.tokens.glued(token - 2);
        cut && self.is_piece(token - 2) && !self.lexicon.knows_reading(self.tokens.text(token - 2))
    }

    /// A word of Arabic letters.
    fn is_piece(&self, token: usize) -> bool {
        self.tokens.is_word(token) && !self.tokens.text(token).starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// The piece behind a token and what ties it to it.
    fn next_piece(&self, token: usize) -> Option<(usize, Link)> {
        let mut next = token + 1;
        while next < self.tokens.len() && next <= token + SIGNS_MAX && self.cuts(next) {
            next += 1;
        }
        if !self.is_piece(next) {
            return None;
        }
        let stretched = (self.tokens.stretched_after(token), self.tokens.stretched_before(next));
        if stretched == (true, true) {
            return Some((next, Link::Certain));
        }
        let beside = next == token + 1;
        let letters = [token, next].iter().all(|t| self.tokens.text(*t).chars().nth(1).is_none());
        // Nearly every word stands beside another whole one.
        if beside && !letters && stretched == (false, false) {
            return None;
        }
        if self.is_clitic(token) && self.lexicon.knows_reading(self.tokens.text(next)) {
            return None;
        }
        let glued = (token..next).all(|t| self.tokens.glued(t));
        // «الدعـ.م»: behind a tatweel no sentence ends; «1443هـ/نوفمبر» is a letter that stands for a word.
        let tied = stretched != (false, false) && !letters && !self.is_clitic(token) && !self.is_letter_alone(token);
        match (beside, glued) {
            (false, true) if tied => Some((next, Link::Certain)),
            (false, true) => Some((next, Link::Possible)),
            (true, _) if letters => Some((next, Link::Spelled)),
            (true, _) if stretched != (false, false) => Some((next, Link::Possible)),
            _ => None,
        }
    }

    fn is_letter_alone(&self, token: usize) -> bool {
        self.tokens.text(token).chars().nth(1).is_none()
    }

    /// A sign, one digit or one Latin letter may cut a word.
    fn cuts(&self, token: usize) -> bool {
        let text = self.tokens.text(token);
        match self.tokens.list[token].kind {
            // Behind the arrows begin the pictures.
            TokenKind::Sign => CUTTING.contains(&text) || text.starts_with(|c| c >= '\u{2190}'),
            TokenKind::Number | TokenKind::Word => text.len() == 1,
            TokenKind::Newline => false,
        }
    }

    /// What may stand for the signs between two pieces: nothing, or the letter
    /// that a digit looks like.
    fn between(&self, token: usize, next: usize) -> Vec<String> {
        let mut out = vec![String::new()];
        if next == token + 2 {
            out.extend(self.tokens.lookalikes(token + 1).map(String::from));
        }
        out
    }

    /// Pieces that are words by themselves were not cut.
    fn meant(&self, pieces: &[usize]) -> bool {
        pieces.iter().any(|p| {
            let text = self.tokens.text(*p);
            text.chars().nth(1).is_none() || !self.lexicon.knows_reading(text)
        })
    }

    /// «و.قتل», «لـ «الشرق»», «الـ21»: a little word, which nobody cut off its word.
    fn is_clitic(&self, token: usize) -> bool {
        let clitics = &self.lexicon.clitics;
        let text = self.tokens.text(token);
        let before = text.strip_suffix(clitics.article.as_str()).unwrap_or(text);
        let little = |c| clitics.conjunctions.contains(&c) || clitics.prepositions.contains(&c);
        before.chars().nth(2).is_none() && before.chars().all(little)
    }

    /// «السادس و العشرين»: an «and» with a space behind it, as if it stood before its word.
    fn spaced_and(&self, token: usize) -> Option<Joined> {
        let and = self.tokens.text(token);
        let alone = and.chars().nth(1).is_none() && self.lexicon.clitics.is_joined(and);
        let word = alone && self.is_piece(token) && self.is_piece(token + 1);
        word.then(|| Joined { first: token, end: token + 2, text: format!("{and}{}", self.tokens.text(token + 1)) })
    }

    /// A word with Latin letters in the midst of its own.
    fn cleaned(&self, token: usize) -> Option<Joined> {
        let text = self.tokens.text(token);
        let latin = text.bytes().any(|b| b.is_ascii_alphabetic());
        if !latin || !self.tokens.is_word(token) || text.is_ascii() {
            return None;
        }
        let text: String = text.chars().filter(|c| is_letter(*c) && !c.is_ascii()).collect();
        self.lexicon.knows_reading(&text).then_some(Joined { first: token, end: token + 1, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Resources, testing};

    /// The words of a text as they are read, and as they were written.
    fn words(text: &str) -> Vec<(String, String)> {
        let res = Resources::load(&testing::files()).unwrap();
        let tokens = mended(&res.lexicon, Tokens::new(&res.fold, text));
        let chars: Vec<char> = text.chars().collect();
        let written = |i: usize| {
            let span = tokens.span(i, i + 1);
            chars[span.start as usize..span.end as usize].iter().collect()
        };
        (0..tokens.len()).filter(|i| tokens.is_word(*i)).map(|i| (tokens.text(i).to_string(), written(i))).collect()
    }

    #[test]
    fn a_cut_up_word_is_read_whole_and_quoted_as_written() {
        for (text, word) in [
            ("مـ ـقتـ ـل", "مقتل"),
            ("الشـ.ـهداء", "الشهداء"),
            ("قـ.ـصف", "قصف"),
            ("غ.ارة", "غاره"),
            ("د ا ع ش", "داعش"),
            ("د1عش", "داعش"),
            ("الدعـ.م", "الدعم"),
            ("السـ.ريع", "السريع"),
            ("ص*اروخ", "صاروخ"),
            ("ق_ت_ل", "قتل"),
            ("قصxف", "قصف"),
            ("انـ💥ـفجار", "انفجار"),
            ("مـ قتل", "مقتل"),
            ("و العشرين", "والعشرين"),
        ] {
            let said = format!("خبر عن {text} هناك");
            let found = words(&said);
            assert!(found.iter().any(|(read, _)| read == word), "{text}: {found:?}");
            let quoted = &found.iter().find(|(read, _)| read == word).unwrap().1;
            assert_eq!(quoted.trim_end_matches('\u{640}'), text, "{found:?}");
        }
    }

    #[test]
    fn what_nobody_cut_stays_apart() {
        for text in [
            "في حماة.وقال الجيش",
            "صحيفة لـ«الشرق الأوسط»",
            "عام 1443هـ قتل",
            "عام 1443هـ/نوفمبر",
            "الـ داعشي",
            "و.قتل",
            "سقوط3صواريخ",
            "و5قتلى",
            "سوريا-لبنان",
            "قصف/هجوم",
            "أ ب ج",
            "قذيفة آر.بي.جي",
        ] {
            let read: Vec<String> = words(text).into_iter().map(|w| w.0).collect();
            let plain = Resources::load(&testing::files()).unwrap();
            let tokens = Tokens::new(&plain.fold, text);
            let cut: Vec<String> =
                (0..tokens.len()).filter(|i| tokens.is_word(*i)).map(|i| tokens.text(i).to_string()).collect();
            assert_eq!(read, cut, "{text}");
        }
    }
}
