//! Which spellings count as the same, and how does one get back to the source?
//!
//! Newspapers write one name with and without hamza, with ta marbuta or ha,
//! with Persian kaf or digits, with vowel signs or without. Folding maps all of
//! them to one form and remembers, for every folded character, the code point
//! of the source that it came from. The table is data (`data/ar/fold.toml`).

use crate::error::Error;
use crate::packed::{Packed, Packer, Unpacker};
use crate::resources::file_error;
use marsad_model::Span;

/// What becomes of one source character.
#[derive(Clone, Copy)]
enum Fold {
    Keep,
    Drop,
    To(char),
    /// Index into `strings`: one character becomes several (a ligature).
    Many(u16),
}

/// The fold table: letters treated as the same, signs dropped, digits unified.
pub struct FoldTable {
    /// One entry for each character of the basic plane; others are kept.
    table: Vec<Fold>,
    strings: Vec<String>,
    /// Digits written for letters that look like them.
    pub(crate) lookalikes: Vec<(char, String)>,
}

/// Folded text with the way back to its source.
pub struct Folded {
    pub text: String,
    /// For each byte of `text`, the code point of the source it came from; one
    /// more entry at the end holds the length of the source.
    source: Vec<u32>,
    /// Code points in the source.
    pub source_len: u32,
    /// Where the source writes a fatha: it tells some duals from plurals.
    fathas: Vec<u32>,
    /// Where the source stretches a letter: it may cut a word there.
    tatweels: Vec<u32>,
    /// Where the source dots the ending of a feminine noun, which folds to that of a pronoun.
    dotted: Vec<u32>,
}

const FATHA: char = '\u{64e}';
const TATWEEL: char = '\u{640}';
const DOTTED: char = '\u{629}';
/// So many dots show that a writer sets them.
const DOTS: usize = 2;

impl Folded {
    /// True when the source writes a fatha inside the span.
    pub fn fathas_in(&self, span: Span) -> bool {
        let at = self.fathas.partition_point(|f| *f < span.start);
        self.fathas.get(at).is_some_and(|f| *f < span.end)
    }

    /// True when the source dots feminine endings throughout.
    pub fn dots_endings(&self) -> bool {
        self.dotted.len() >= DOTS
    }

    /// True when the source dots a feminine ending inside the span.
    pub fn dotted_in(&self, span: Span) -> bool {
        let at = self.dotted.partition_point(|d| *d < span.start);
        self.dotted.get(at).is_some_and(|d| *d < span.end)
    }

    /// True when a tatweel follows the letter that ends at byte `end`.
    pub fn stretched_after(&self, end: usize) -> bool {
        end > 0 && self.tatweel_in(self.source[end - 1] + 1, self.source[end])
    }

    /// True when a tatweel stands before the letter that begins at byte `start`.
    pub fn stretched_before(&self, start: usize) -> bool {
        let from = if start == 0 { 0 } else { self.source[start - 1] + 1 };
        self.tatweel_in(from, self.source[start])
    }

    fn tatweel_in(&self, from: u32, to: u32) -> bool {
        let at = self.tatweels.partition_point(|t| *t < from);
        self.tatweels.get(at).is_some_and(|t| *t < to)
    }

    /// The source code points from which the bytes `start..end` came. Signs
    /// that were dropped inside are covered; trailing ones are too.
    pub fn source_span(&self, start: usize, end: usize) -> Span {
        if start == end {
            return Span::new(self.source[start], self.source[start]);
        }
        // The two letters of a ligature share one source character.
        Span::new(self.source[start], self.source[end].max(self.source[end - 1] + 1))
    }
}

impl FoldTable {
    /// Reads `fold.toml`: `[same]` letter = "its variants", `[drop]` ranges,
    /// `[digits]` families in order 0..9,
    /// `[lookalikes]` digit = the letters that it may stand for inside a word.
    pub fn parse(file: &str, contents: &str) -> Result<FoldTable, Error> {
        let doc: toml::Table = toml::from_str(contents).map_err(|e| file_error(file, e))?;
        let mut fold = FoldTable::keeping();
        for upper in 'A'..='Z' {
            fold.set(upper, Fold::To(upper.to_ascii_lowercase()));
        }
        for (name, value) in &doc {
            let pairs = value.as_table().ok_or_else(|| Error::data(file, name, "expected a table"))?;
            for (key, value) in pairs {
                let text = value.as_str().ok_or_else(|| Error::data(file, key, "expected a string"))?;
                fold.add(file, name, key, text)?;
            }
        }
        Ok(fold)
    }

    /// Keeps every character.
    fn keeping() -> FoldTable {
        FoldTable { table: vec![Fold::Keep; 0x1_0000], strings: vec![], lookalikes: vec![] }
    }

    fn add(&mut self, file: &str, section: &str, key: &str, text: &str) -> Result<(), Error> {
        match section {
            "same" => {
                let target = key.chars().next().filter(|_| key.chars().count() == 1);
                let target = target.ok_or_else(|| Error::data(file, key, "expected one letter as key"))?;
                text.chars().filter(|c| !c.is_whitespace()).for_each(|c| self.set(c, Fold::To(target)));
            }
            "spaces" => text.chars().for_each(|c| self.set(c, Fold::To(' '))),
            "drop" => text.chars().for_each(|c| self.set(c, Fold::Drop)),
            "digits" => {
                for (c, digit) in text.chars().zip('0'..='9') {
                    self.set(c, Fold::To(digit));
                }
            }
            "ligatures" => {
                let folded = self.fold(text).text;
                let index = self.strings.len() as u16;
                self.strings.push(folded);
                key.chars().for_each(|c| self.set(c, Fold::Many(index)));
            }
            "lookalikes" => {
                let letters = self.fold_str(text);
                self.lookalikes.extend(key.chars().next().map(|c| (c, letters)));
            }
            _ => {
                let message = "unknown section; use same, spaces, drop, digits, ligatures, lookalikes";
                return Err(Error::data(file, section, message));
            }
        }
        Ok(())
    }

    fn set(&mut self, c: char, fold: Fold) {
        if let Some(slot) = self.table.get_mut(c as usize) {
            *slot = fold;
        }
    }

    fn get(&self, c: char) -> Fold {
        self.table.get(c as usize).copied().unwrap_or(Fold::Keep)
    }

    /// The folded text with its map back to the source.
    pub fn fold(&self, text: &str) -> Folded {
        let mut out = String::with_capacity(text.len());
        let mut source = Vec::with_capacity(text.len() + 1);
        let mut index = 0u32;
        let (mut fathas, mut tatweels, mut dotted) = (vec![], vec![], vec![]);
        for c in text.chars() {
            if c == DOTTED {
                dotted.push(index);
            }
            match self.get(c) {
                Fold::Keep => out.push(c),
                Fold::Drop if c == FATHA => fathas.push(index),
                Fold::Drop if c == TATWEEL => tatweels.push(index),
                Fold::Drop => {}
                Fold::To(to) => out.push(to),
                Fold::Many(i) => out.push_str(&self.strings[i as usize]),
            }
            (source.len()..out.len()).for_each(|_| source.push(index));
            index += 1;
        }
        source.push(index);
        Folded { text: out, source, source_len: index, fathas, tatweels, dotted }
    }

    /// The folded form alone, for building lookup tables.
    pub fn fold_str(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.fold_into(text, &mut out);
        out
    }

    /// The same behind what a string already holds, for those who fold many words.
    pub fn fold_into(&self, text: &str, out: &mut String) {
        for c in text.chars() {
            match self.get(c) {
                Fold::Keep => out.push(c),
                Fold::Drop => {}
                Fold::To(to) => out.push(to),
                Fold::Many(i) => out.push_str(&self.strings[i as usize]),
            }
        }
    }
}

/// Only the characters that change are packed.
impl Packed for FoldTable {
    fn pack(&self, out: &mut Packer) {
        let FoldTable { table, strings, lookalikes } = self;
        let changed = table.iter().zip(0u32..).filter_map(|(fold, c)| match *fold {
            Fold::Keep => None,
            Fold::Drop => Some((c, (0u8, 0u32))),
            Fold::To(to) => Some((c, (1, to as u32))),
            Fold::Many(index) => Some((c, (2, u32::from(index)))),
        });
        changed.collect::<Vec<_>>().pack(out);
        strings.pack(out);
        lookalikes.pack(out);
    }

    fn unpack(from: &mut Unpacker) -> FoldTable {
        let mut fold = FoldTable::keeping();
        for (c, (how, to)) in Vec::<(u32, (u8, u32))>::unpack(from) {
            fold.table[c as usize] = match how {
                0 => Fold::Drop,
                1 => Fold::To(char::from_u32(to).expect("packed as a char")),
                _ => Fold::Many(to as u16),
            };
        }
        fold.strings = Packed::unpack(from);
        fold.lookalikes = Packed::unpack(from);
        fold
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table() -> FoldTable {
        FoldTable::parse("fold.toml", include_str!("../../../data/ar/fold.toml")).unwrap()
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        let t = table();
        for (a, b) in
            [("أربيل", "اربيل"), ("المتّحدة", "المتحده"), ("علی", "علي"), ("٢٠٢١", "2021"), ("کاتیوشا", "كاتيوشا")]
        {
            assert_eq!(t.fold_str(a), t.fold_str(b));
        }
        assert_eq!(t.fold_str("إلى"), t.fold_str("الي"));
        assert_eq!(t.fold_str("الـ21"), "ال21");
    }

    #[test]
    fn a_span_covers_the_signs_that_folding_drops() {
        let text = "قُتِلَ أحد";
        let folded = table().fold(text);
        let span = folded.source_span(0, "قتل".len());
        let back: String = text.chars().skip(span.start as usize).take(span.len() as usize).collect();
        assert_eq!(back, "قُتِلَ");
    }

    proptest! {
        #[test]
        fn folding_maps_back(text in "[\u{0600}-\u{06ff}a-zA-Z0-9 \u{fef5}-\u{fefc}\u{a0}\u{200f}😀]{0,60}") {
            let t = table();
            let folded = t.fold(&text);
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(folded.source_len as usize, chars.len());
            // Each folded character, folded alone from its source, is itself again.
            for (at, c) in folded.text.char_indices() {
                let span = folded.source_span(at, at + c.len_utf8());
                let source: String = chars[span.start as usize..span.end as usize].iter().collect();
                prop_assert!(t.fold_str(&source).contains(c));
            }
            prop_assert_eq!(t.fold_str(&folded.text), folded.text.clone());
        }
    }
}
