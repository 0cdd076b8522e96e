//! Where do the parts of an article begin whose line breaks are lost?
//!
//! A page copied as one line has its headline, date, caption, article and the titles of other stories in a row.
//! Only what is sure parts them: wide gaps, a stamp in the head that no word governs, a label behind the last
//! sentence, a caption in brackets that calls itself one.

use crate::furniture::{full_date, tokens_of};
use crate::lines::Line;
use crate::phrases::{Phrases, key};
use marsad_lang::{Annotation, Class, Part, TimeMention, TokenKind};
use std::ops::Range;

/// The lines with those parted that hold several parts.
pub(crate) fn parted<'t>(phrases: &Phrases, a: &Annotation, lines: Vec<Line<'t>>) -> Vec<Line<'t>> {
    let whole = lines.iter().filter(|l| !l.is_blank()).count() <= WHOLE_LINES_MAX;
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let mut cuts = captions(phrases, &line);
        if whole && line.len() >= FLAT_MIN {
            let reader = Reader { phrases, a, line: &line, tokens: tokens_of(a, &line) };
            cuts.extend(gaps(line.text));
            cuts.extend(reader.stamp());
            cuts.extend(reader.other_stories());
        }
        out.extend(cut(phrases, line, cuts));
    }
    out
}

/// An article that stands on one line has few others beside it, and is longer than this.
const WHOLE_LINES_MAX: usize = 3;
const FLAT_MIN: u32 = 400;
/// So many spaces in a row stand for a lost line break.
const GAP: usize = 3;
/// Tokens of the head of a page, before the article begins.
const HEAD: usize = 60;
/// Characters of the titles of other stories behind an article.
const TAIL: usize = 300;
/// Words of the longest label, and of the longest byline.
const LABEL_WORDS: usize = 5;
/// Characters of the longest caption.
const CAPTION: usize = 400;

/// Bytes at which a line is cut; together the pieces are the line.
fn cut<'t>(phrases: &Phrases, line: Line<'t>, mut cuts: Vec<usize>) -> Vec<Line<'t>> {
    cuts.retain(|at| (1..line.text.len()).contains(at));
    if cuts.is_empty() {
        return vec![line];
    }
    cuts.push(line.text.len());
    cuts.sort_unstable();
    cuts.dedup();
    let (mut from, mut start, mut out) = (0, line.span.start, vec![]);
    for to in cuts {
        let piece = Line::new(phrases.res, &line.text[from..to], start);
        (from, start) = (to, piece.span.end);
        out.push(piece);
    }
    out
}

/// Behind every gap of several spaces.
fn gaps(text: &str) -> Vec<usize> {
    let mut out = vec![];
    let mut spaces = 0;
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() && spaces >= GAP {
            out.push(at);
        }
        spaces = if c.is_whitespace() { spaces + 1 } else { 0 };
    }
    out
}

/// «… بجروح. (الصورة: مبنى متضرر - وكالات) وقال …»: around a caption that calls itself one, where a sentence has ended.
fn captions(phrases: &Phrases, line: &Line) -> Vec<usize> {
    let mut out = vec![];
    for (open, _) in line.text.match_indices('(') {
        let before = line.text[..open].trim_end();
        let ended = before.is_empty() || before.ends_with(['.', '!', '\u{61f}', '\u{2026}']);
        let inner = beginning(&line.text[open + 1..], CAPTION);
        let Some(close) = inner.find(')').filter(|_| ended) else { continue };
        let label = inner[..close].split_once(':').map(|(label, _)| key(phrases.res, label));
        if label.is_some_and(|l| phrases.is("caption_label", &l)) {
            let end = open + 1 + close + 1;
            let gap = line.text[end..].len() - line.text[end..].trim_start().len();
            out.extend([open, end + gap]);
        }
    }
    out
}

/// So many characters of a text.
fn beginning(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

struct Reader<'a, 'r, 't> {
    phrases: &'a Phrases<'r>,
    a: &'a Annotation<'r>,
    line: &'a Line<'t>,
    tokens: Range<usize>,
}

impl Reader<'_, '_, '_> {
    /// The byte of the line at which a token begins.
    fn byte(&self, token: usize) -> usize {
        let at = self.a.span(token, token + 1).start - self.line.span.start;
        self.line.text.char_indices().nth(at as usize).map_or(self.line.text.len(), |(byte, _)| byte)
    }

    /// «… وإصابة آخرين بغداد – وكالات 21/7/2022 قتل …»: before the byline and the date, and behind them.
    fn stamp(&self) -> Vec<usize> {
        let head = self.tokens.start..(self.tokens.start + HEAD).min(self.tokens.end);
        let stamps = self.a.times.iter().filter(|t| head.contains(&t.first) && full_date(t).is_some());
        let found = stamps.into_iter().find_map(|t| {
            let first = self.stamp_start(t)?;
            // A desk or a label before it shows that it is a stamp; else what follows must open an article.
            let sure = first < t.first || self.byline_before(first).is_some();
            Some((first, self.article_behind(t, sure)?))
        });
        let Some((first, article)) = found else { return vec![] };
        let byline = self.byline_before(first);
        [byline, Some(first), Some(article)].into_iter().flatten().map(|at| self.byte(at)).collect()
    }

    /// The first token of the stamp with its label; none where a word of the sentence governs the date.
    fn stamp_start(&self, time: &TimeMention) -> Option<usize> {
        let label = |at: usize| {
            let word = self.a.tokens.text_or_empty(at);
            self.phrases.has_word("date_label", word) && self.a.tokens.is_word(at)
        };
        let mut first = time.first;
        while first > self.tokens.start && label(first - 1) {
            first -= 1;
        }
        let opens = first == self.tokens.start;
        (opens || first < time.first || self.is_apart(first) || self.byline_before(first).is_some()).then_some(first)
    }

    /// A dash, bar or bracket stands right before.
    fn is_apart(&self, first: usize) -> bool {
        const SIGNS: [&str; 5] = ["-", "\u{2013}", "\u{2014}", "|", ")"];
        let parts = |at: usize| SIGNS.iter().any(|s| self.a.tokens.is_sign(at, s));
        first > self.tokens.start && parts(first - 1)
    }

    /// «بغداد – فريق التحرير»: a desk, an agency or an outlet right before, with the town before its dash.
    fn byline_before(&self, end: usize) -> Option<usize> {
        let low = end.saturating_sub(LABEL_WORDS).max(self.tokens.start);
        let end = if self.is_apart(end) { end - 1 } else { end };
        let first = (low..end).find(|at| {
            let text = &self.line.text[self.byte(*at)..self.byte(end)];
            let named = key(self.phrases.res, text);
            self.a.tokens.is_word(*at)
                && (self.phrases.is("byline", &named)
                    || self.phrases.is("sources_word", &named)
                    || self.phrases.outlet(&named).is_some())
        })?;
        let dash = first.checked_sub(1).filter(|_| self.is_apart(first));
        let town = dash.and_then(|d| {
            let near = d.saturating_sub(3).max(self.tokens.start)..d;
            self.a.within(near).find(|m| m.end == d && self.a.class(m) == Class::Place).map(|m| m.first)
        });
        Some(town.unwrap_or(first))
    }

    /// Where the article begins: a verb of news, or a town and its dash.
    fn article_behind(&self, time: &TimeMention, sure: bool) -> Option<usize> {
        let furniture = |at: usize| match self.a.tokens.list[at].kind {
            TokenKind::Word => self.phrases.has_word("date_filler", self.a.tokens.text(at)),
            _ => true,
        };
        let first = (time.end..self.tokens.end).find(|at| !furniture(*at))?;
        let verb = |m: &marsad_lang::Mention| {
            matches!(m.form.part, Part::Perfect | Part::Passive) && !m.clitics.conjunction && self.a.is(m, "verb")
        };
        let dash = |at: usize| ["-", "\u{2013}", "\u{2014}", ":"].iter().any(|s| self.a.tokens.is_sign(at, s));
        let dateline = |m: &marsad_lang::Mention| self.a.class(m) == Class::Place && dash(m.end);
        (sure || self.a.at(first).any(|m| verb(m) || dateline(m))).then_some(first)
    }

    /// «… منذ سنوات. اقرأ أيضا: …»: at a label of other stories or of sources behind the last sentences.
    fn other_stories(&self) -> Vec<usize> {
        let text = self.line.text;
        let from = text.char_indices().rev().nth(TAIL).map_or(0, |(at, _)| at);
        let colons = text[from..].match_indices(':').map(|(at, _)| from + at);
        let label_of = |colon: usize| {
            let head = &text[..colon];
            let stop = head.rfind(['.', '!', '\u{61f}', '\u{2026}', '\u{bb}', '"'])?;
            let width = head[stop..].chars().next().map_or(1, char::len_utf8);
            let label = key(self.phrases.res, &head[stop + width..]);
            let known = ["read_also", "sources_label"].iter().any(|list| self.phrases.is(list, &label));
            let behind = &head[stop + width..];
            known.then_some(stop + width + behind.len() - behind.trim_start().len())
        };
        colons.filter_map(label_of).collect()
    }
}
