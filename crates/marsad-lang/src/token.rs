//! What are the words of a text, and which little words are glued to them?
//!
//! A token is a run of letters, a run of digits, or one sign. Letters and
//! digits part («4آب», «و57», «الـ21»), so that numbers are found wherever
//! they are glued. Clitics (و ف ب ل ك س ال and pronoun endings) are not cut off but
//! offered as readings of a word: a lexicon decides which reading it knows.

use crate::fold::{FoldTable, Folded};
use crate::packed::packed;
use marsad_model::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Number,
    Sign,
    Newline,
}

/// One token; `span` counts code points of the source, `start..end` bytes of
/// the folded text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
    start: u32,
    end: u32,
    /// Number of its text among the joined words, from one; zero when it stands as written.
    joined: u32,
}

/// Tokens `first..end` are one word.
pub(crate) struct Joined {
    pub first: usize,
    pub end: usize,
    pub text: String,
}

/// A folded text cut into tokens.
pub struct Tokens {
    folded: Folded,
    pub list: Vec<Token>,
    /// Words that were written in pieces (`mend.rs`).
    joined: Vec<String>,
    /// What a digit may stand for inside a word.
    lookalikes: Vec<(char, String)>,
}

impl Tokens {
    pub fn new(table: &FoldTable, text: &str) -> Tokens {
        let folded = table.fold(text);
        let list = cut(&folded);
        Tokens { folded, list, joined: vec![], lookalikes: table.lookalikes.clone() }
    }

    /// The tokens with some rows of them, in order, taken for one word each.
    pub(crate) fn with_joined(self, words: Vec<Joined>) -> Tokens {
        let (mut list, mut joined) = (Vec::with_capacity(self.list.len()), vec![]);
        let mut at = 0;
        for word in words {
            list.extend_from_slice(&self.list[at..word.first]);
            joined.push(word.text);
            let (first, last) = (self.list[word.first], self.list[word.end - 1]);
            let span = Span::new(first.span.start, last.span.end);
            list.push(Token { span, end: last.end, joined: joined.len() as u32, ..first });
            at = word.end;
        }
        list.extend_from_slice(&self.list[at..]);
        Tokens { list, joined, ..self }
    }

    /// The tokens but for some, given in order.
    pub(crate) fn without(self, dropped: &[usize]) -> Tokens {
        let mut dropped = dropped.iter().copied().peekable();
        let kept = |(i, token): (usize, &Token)| dropped.next_if_eq(&i).is_none().then_some(*token);
        let list = self.list.iter().enumerate().filter_map(kept).collect();
        Tokens { list, ..self }
    }

    /// The folded letters of token `i`.
    pub fn text(&self, i: usize) -> &str {
        let t = &self.list[i];
        match t.joined {
            0 => &self.folded.text[t.start as usize..t.end as usize],
            n => &self.joined[n as usize - 1],
        }
    }

    /// The folded letters of token `i`, empty beyond either end.
    pub fn text_or_empty(&self, i: usize) -> &str {
        if i < self.list.len() { self.text(i) } else { "" }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// True when token `i` is this very sign.
    pub fn is_sign(&self, i: usize, sign: &str) -> bool {
        i < self.list.len() && self.list[i].kind == TokenKind::Sign && self.text(i) == sign
    }

    pub fn is_word(&self, i: usize) -> bool {
        i < self.list.len() && self.list[i].kind == TokenKind::Word
    }

    pub fn is_number(&self, i: usize) -> bool {
        i < self.list.len() && self.list[i].kind == TokenKind::Number
    }

    /// True when nothing stands between tokens `i` and `i + 1`.
    pub fn glued(&self, i: usize) -> bool {
        i + 1 < self.list.len() && self.list[i].end == self.list[i + 1].start
    }

    /// True when the source stretches the last letter of token `i` with a tatweel.
    pub(crate) fn stretched_after(&self, i: usize) -> bool {
        self.folded.stretched_after(self.list[i].end as usize)
    }

    /// True when the source writes a tatweel right before token `i`.
    pub(crate) fn stretched_before(&self, i: usize) -> bool {
        self.folded.stretched_before(self.list[i].start as usize)
    }

    /// The letters that token `i`, a digit inside a word, may stand for.
    pub(crate) fn lookalikes(&self, i: usize) -> impl Iterator<Item = char> {
        let sign = self.text(i).chars().next().unwrap_or('\0');
        self.lookalikes.iter().filter(move |(c, _)| *c == sign).flat_map(|(_, letters)| letters.chars())
    }

    /// True when a fatha was written near the end of token `i`.
    pub fn has_fatha(&self, i: usize) -> bool {
        let span = self.list[i].span;
        self.folded.fathas_in(Span::new(span.end.saturating_sub(4).max(span.start), span.end))
    }

    /// True when token `i` is written with the ending of a feminine noun, which folds to that of a pronoun.
    pub fn is_dotted(&self, i: usize) -> bool {
        self.folded.dotted_in(self.list[i].span)
    }

    /// True when the source tells the two endings apart.
    pub fn dots_endings(&self) -> bool {
        self.folded.dots_endings()
    }

    /// The source span from token `first` to token `end` (exclusive).
    pub fn span(&self, first: usize, end: usize) -> Span {
        let (first, last) = (first, end.max(first + 1) - 1);
        Span::new(self.list[first].span.start, self.list[last].span.end)
    }
}

fn cut(folded: &Folded) -> Vec<Token> {
    let text = &folded.text;
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 8 + 1);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let Some(kind) = kind_of(c) else { continue };
        let mut end = start + c.len_utf8();
        if matches!(kind, TokenKind::Word | TokenKind::Number) {
            while let Some(&(at, next)) = chars.peek() {
                if kind_of(next) != Some(kind) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        out.push(Token { kind, span: folded.source_span(start, end), start: start as u32, end: end as u32, joined: 0 });
    }
    out
}

fn kind_of(c: char) -> Option<TokenKind> {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(TokenKind::Newline),
        ' ' => None,
        '0'..='9' => Some(TokenKind::Number),
        _ if is_letter(c) => Some(TokenKind::Word),
        _ if c.is_whitespace() || c.is_control() => None,
        _ => Some(TokenKind::Sign),
    }
}

/// True for letters; Arabic and Latin ones without a look-up in the Unicode tables.
pub fn is_letter(c: char) -> bool {
    match c {
        '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}' | 'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{a9}' | '\u{600}'..='\u{620}' | '\u{63b}'..='\u{640}' | '\u{64b}'..='\u{670}' => {
            c.is_ascii_alphabetic()
        }
        _ => c.is_alphabetic(),
    }
}

/// Which clitics a reading of a word has taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clitics {
    /// و or ف before the word.
    pub conjunction: bool,
    /// The preposition glued before it, as its folded letter; `\0` when none.
    pub preposition: char,
    pub article: bool,
    pub future: bool,
    pub pronoun: bool,
    /// The pronoun means one person or thing (his, her), not several.
    pub one: bool,
    /// The pronoun means two (of them both).
    pub two: bool,
}

/// The clitics of the language, from `data/ar/words/clitics.toml`.
#[derive(Clone, Default)]
pub struct CliticTable {
    pub conjunctions: Vec<char>,
    /// The conjunction that leads to what came of what was told before.
    pub consequence: char,
    pub prepositions: Vec<char>,
    pub article: String,
    /// The preposition that swallows the alif of the article (ل + ال = لل).
    pub swallowing: char,
    pub future: char,
    /// The preposition "like", which names do not take in news.
    pub likeness: char,
    /// Pronoun endings, longest first.
    pub pronouns: Vec<String>,
    /// Those of them that mean one person or thing.
    pub pronouns_one: Vec<String>,
    /// Those that mean two.
    pub pronouns_two: Vec<String>,
    /// The alif that an alif maqsura becomes before a pronoun, and what it folds to.
    pub alif: char,
    pub maqsura: char,
    /// The ending of plural verbs, whose silent alif falls before a pronoun.
    pub waw: char,
    /// Folded ta marbuta and the ta it becomes before a pronoun.
    pub ta_marbuta: char,
    pub ta: char,
}

packed!(struct CliticTable {
    conjunctions, consequence, prepositions, article, swallowing, future, likeness, pronouns, pronouns_one, pronouns_two, alif, maqsura, waw, ta_marbuta, ta,
});

impl CliticTable {
    /// The word begins with the letter of a conjunction: «وأصيب», and also «وادي».
    pub fn is_joined(&self, word: &str) -> bool {
        word.starts_with(self.conjunctions.as_slice())
    }

    /// «ب», the one glued preposition that says where or with what: the data name it first.
    pub fn is_locative(&self, preposition: char) -> bool {
        self.prepositions.first() == Some(&preposition)
    }

    /// Calls `visit` for every reading of `word`, fewest clitics first. The
    /// scratch string spares an allocation where letters must be put back.
    pub fn readings(&self, word: &str, scratch: &mut String, mut visit: impl FnMut(&str, Clitics)) {
        let plain = Clitics::default();
        self.with_article(word, plain, scratch, &mut visit);
        let first = word.chars().next().unwrap_or('\0');
        self.strip_preposition(word, first, plain, scratch, &mut visit);
        if self.conjunctions.contains(&first) {
            let rest = &word[first.len_utf8()..];
            if enough(rest) {
                let clitics = Clitics { conjunction: true, ..plain };
                self.with_article(rest, clitics, scratch, &mut visit);
                let second = rest.chars().next().unwrap_or('\0');
                self.strip_preposition(rest, second, clitics, scratch, &mut visit);
            }
        }
    }

    fn strip_preposition(
        &self,
        word: &str,
        first: char,
        clitics: Clitics,
        scratch: &mut String,
        visit: &mut impl FnMut(&str, Clitics),
    ) {
        if first == self.future {
            let rest = &word[first.len_utf8()..];
            if enough(rest) {
                visit(rest, Clitics { future: true, ..clitics });
            }
        }
        if !self.prepositions.contains(&first) {
            return;
        }
        let rest = &word[first.len_utf8()..];
        if !enough(rest) {
            return;
        }
        let clitics = Clitics { preposition: first, ..clitics };
        self.with_article(rest, clitics, scratch, visit);
        if first == self.swallowing && rest.starts_with(self.swallowing) {
            let bare = &rest[self.swallowing.len_utf8()..];
            if enough(bare) {
                let mut whole = String::with_capacity(self.article.len() + bare.len());
                whole.push_str(&self.article);
                whole.push_str(bare);
                self.with_article(&whole, clitics, scratch, visit);
            }
        }
    }

    fn with_article(&self, word: &str, clitics: Clitics, scratch: &mut String, visit: &mut impl FnMut(&str, Clitics)) {
        visit(word, clitics);
        if let Some(bare) = word.strip_prefix(self.article.as_str()).filter(|b| enough(b)) {
            visit(bare, Clitics { article: true, ..clitics });
            return;
        }
        // Few of the endings have the last letter of the word: see that before comparing them.
        let last = word.as_bytes().last();
        for pronoun in self.pronouns.iter().filter(|p| p.as_bytes().last() == last) {
            let Some(stem) = word.strip_suffix(pronoun.as_str()).filter(|s| s.chars().nth(2).is_some()) else {
                continue;
            };
            let one = self.pronouns_one.contains(pronoun);
            let two = self.pronouns_two.contains(pronoun);
            let clitics = Clitics { pronoun: true, one, two, ..clitics };
            visit(stem, clitics);
            for (written, alone) in [(self.ta, self.ta_marbuta), (self.alif, self.maqsura)] {
                let Some(open) = stem.strip_suffix(written) else { continue };
                scratch.clear();
                scratch.push_str(open);
                scratch.push(alone);
                let whole = std::mem::take(scratch);
                visit(&whole, clitics);
                *scratch = whole;
            }
            if stem.ends_with(self.waw) {
                scratch.clear();
                scratch.push_str(stem);
                scratch.push(self.alif);
                let whole = std::mem::take(scratch);
                visit(&whole, clitics);
                *scratch = whole;
            }
            break;
        }
    }
}

/// A stem of one letter is no word.
fn enough(rest: &str) -> bool {
    rest.chars().nth(1).is_some()
}
