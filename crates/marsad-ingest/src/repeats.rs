//! Which lines say again what another line of the page says?
//!
//! Pages show the headline twice, a caption with and without its credit, and a
//! sentence of the body in large letters. None of these is a second report.

use crate::lines::Line;
use foldhash::fast::FixedState;
use std::collections::HashSet;

/// For each line, the earlier line with the same words.
pub(crate) fn repeats(lines: &[Line]) -> Vec<Option<usize>> {
    let mut first = std::collections::BTreeMap::new();
    let of = |(i, line): (usize, &Line)| {
        let earlier = *first.entry(line.key.clone()).or_insert(i);
        (earlier < i && line.words() >= 2).then_some(earlier)
    };
    lines.iter().enumerate().map(of).collect()
}

/// True when `short` is `long` without a few words at its end: a caption
/// without its credit.
pub(crate) fn is_opening(short: &str, long: &str) -> bool {
    let rest = long.strip_prefix(short).filter(|r| r.starts_with(' '));
    rest.is_some_and(|r| r.split(' ').count() <= 5) && short.split(' ').count() >= 2
}

/// A line, ready for being compared with many others.
pub(crate) struct Compared<'l> {
    /// Its key between spaces.
    spaced: String,
    /// The first words of it as a paragraph, in order and in none.
    words: Vec<&'l str>,
    known: HashSet<&'l str, FixedState>,
}

/// A quote is compared by this many words, a paragraph by that many.
const QUOTE_WORDS: usize = 80;
const PARAGRAPH_WORDS: usize = 400;

impl<'l> Compared<'l> {
    pub(crate) fn new(key: &'l str) -> Compared<'l> {
        let words: Vec<&str> = key.split(' ').take(PARAGRAPH_WORDS).collect();
        Compared { spaced: format!(" {key} "), known: words.iter().copied().collect(), words }
    }

    /// True when the words of this line stand in `paragraph` in the same order, but
    /// for one in ten: a pull quote shortens the sentence that it takes.
    pub(crate) fn is_quoted_from(&self, paragraph: &Compared) -> bool {
        // Most paragraphs lack the words altogether: see that before comparing rows.
        let quote = &self.words[..self.words.len().min(QUOTE_WORDS)];
        let mut strange = quote.iter().filter(|w| !paragraph.known.contains(*w));
        let is_cut = paragraph.words.len() == PARAGRAPH_WORDS;
        if strange.nth(quote.len() * 4 / 10).is_some() && !is_cut {
            return false;
        }
        if paragraph.spaced.contains(&self.spaced) {
            return self.spaced.len() < paragraph.spaced.len();
        }
        if quote.len() < 6 || paragraph.words.len() <= quote.len() {
            return false;
        }
        common_words(quote, &paragraph.words) * 10 >= quote.len() * 9
    }
}

/// Length of the longest row of words that both have in this order.
fn common_words(a: &[&str], b: &[&str]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for word in a {
        let mut diagonal = 0;
        for (j, other) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if same_word(word, other) { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// Equal, or equal but for one glued letter in front.
fn same_word(a: &str, b: &str) -> bool {
    let glued = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|p| p.chars().count() == 1) && short.chars().nth(1).is_some()
    };
    a == b || glued(a, b) || glued(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_quote_may_leave_words_out() {
        let paragraph = "ومنذ بدايه العام وقع نحو عشرين هجوما علي قوافل الشركه في المنطقه الجنوبيه من البلاد";
        let is_quoted_from = |quote, paragraph| Compared::new(quote).is_quoted_from(&Compared::new(paragraph));
        assert!(is_quoted_from("منذ بدايه العام وقع نحو عشرين هجوما علي قوافل الشركه", paragraph));
        assert!(is_quoted_from("وقع نحو عشرين هجوما", paragraph));
        assert!(!is_quoted_from("وقع هجوم واحد علي قافله الشركه في شمال البلاد", paragraph));
    }

    #[test]
    fn a_caption_may_lose_its_credit() {
        assert!(is_opening("مقر الشركه في المدينه", "مقر الشركه في المدينه رويترز"));
        assert!(!is_opening("مقر", "مقر الشركه"));
    }
}
