//! Which forms does grammar derive from a noun or a verb?
//!
//! Duals, sound plurals and the persons that news needs. The data files list
//! only what is not derived here, such as broken plurals.

use crate::lexicon::{Count, Part};
use crate::trie::words_of;

/// Endings from which duals and plurals are derived, from `data/ar/words/clitics.toml`,
/// as written: forms are derived first and folded afterwards.
#[derive(Default)]
pub struct Endings {
    pub dual_nominative: String,
    pub dual_oblique: String,
    pub construct_nominative: String,
    pub construct_oblique: String,
    pub plural_masculine: String,
    pub plural_feminine: String,
    pub accusative: String,
    pub ta_marbuta: char,
    pub ta: char,
    pub verb_feminine: String,
    pub verb_dual: String,
    pub verb_dual_feminine: String,
    pub verb_plural: String,
    pub present_masculine: char,
    pub present_feminine: char,
    pub present_dual: String,
    pub present_plural: String,
    /// Final letters that a weak verb loses before an ending.
    pub weak_finals: Vec<char>,
    pub weak_dual: String,
}

impl Endings {
    fn is_feminine(&self, word: &str) -> bool {
        word.ends_with(self.ta_marbuta)
    }

    /// The stem to which endings attach: ta marbuta opens to ta.
    fn open(&self, word: &str) -> String {
        match word.strip_suffix(self.ta_marbuta) {
            Some(stem) => format!("{stem}{}", self.ta),
            None => word.to_string(),
        }
    }

    fn with_each_word(&self, name: &str, ending: impl Fn(&str) -> String) -> String {
        words_of(name).map(ending).collect::<Vec<_>>().join(" ")
    }

    /// Singular with case ending, duals and construct duals of a noun phrase
    /// (every word is inflected: عبوة ناسفة → عبوتان ناسفتان).
    pub fn noun_forms(&self, written: &str) -> Vec<(String, Part, Count, bool)> {
        let feminine = words_of(written).next().is_some_and(|w| self.is_feminine(w));
        let first_only = |ending: &str| {
            let mut words = words_of(written);
            let head = words.next().unwrap_or_default();
            let tail: Vec<&str> = words.collect();
            let mut out = format!("{}{ending}", self.open(head));
            for word in tail {
                out.push(' ');
                out.push_str(word);
            }
            out
        };
        let mut out = vec![(written.to_string(), Part::Plain, Count::Singular, feminine)];
        if !feminine {
            let accusative = self.with_each_word(written, |w| format!("{w}{}", self.accusative));
            out.push((accusative, Part::Indefinite, Count::Singular, false));
        }
        for dual in [&self.dual_nominative, &self.dual_oblique] {
            let each = self.with_each_word(written, |w| format!("{}{dual}", self.open(w)));
            out.push((each, Part::Plain, Count::Dual, feminine));
            out.push((first_only(dual), Part::Plain, Count::Dual, feminine));
        }
        for construct in [&self.construct_nominative, &self.construct_oblique] {
            out.push((first_only(construct), Part::Construct, Count::Dual, feminine));
        }
        out
    }

    /// Sound plurals of a noun that has no broken one.
    pub fn sound_plurals(&self, written: &str, person: bool) -> Vec<(String, Count)> {
        let feminine = words_of(written).next().is_some_and(|w| self.is_feminine(w));
        if feminine {
            let each = self.with_each_word(written, |w| {
                w.strip_suffix(self.ta_marbuta)
                    .map_or_else(|| w.to_string(), |s| format!("{s}{}", self.plural_feminine))
            });
            let first = self.first_plural(written);
            return vec![(each, Count::Plural), (first, Count::Plural)];
        }
        if !person {
            return vec![(format!("{written}{}", self.plural_feminine), Count::Plural)];
        }
        vec![
            (self.with_each_word(written, |w| format!("{w}{}", self.plural_masculine)), Count::Plural),
            (self.with_each_word(written, |w| format!("{w}{}", self.dual_oblique)), Count::DualOrPlural),
        ]
    }

    /// عبوة ناسفة → عبوات ناسفة: the adjective stays singular feminine.
    fn first_plural(&self, written: &str) -> String {
        let mut words = words_of(written);
        let head = words.next().unwrap_or_default();
        let head = head.strip_suffix(self.ta_marbuta).unwrap_or(head);
        let mut out = format!("{head}{}", self.plural_feminine);
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
        out
    }

    /// Third-person perfect forms of a verb: masculine, feminine, duals, plural.
    pub fn perfect_forms(&self, written: &str) -> Vec<(String, Count, bool)> {
        let (head, tail) = written.split_once(' ').map_or((written, String::new()), |(h, t)| (h, format!(" {t}")));
        let stem = head.strip_suffix(self.weak_finals.as_slice()).unwrap_or(head);
        let weak = stem.len() < head.len();
        let (dual, dual_feminine) = match weak {
            true => (format!("{stem}{}", self.weak_dual), format!("{stem}{}{}", self.ta, &self.verb_dual)),
            false => (format!("{stem}{}", self.verb_dual), format!("{stem}{}", self.verb_dual_feminine)),
        };
        [
            (head.to_string(), Count::Singular, false),
            (format!("{stem}{}", self.verb_feminine), Count::Singular, true),
            (dual, Count::Dual, false),
            (dual_feminine, Count::Dual, true),
            (format!("{stem}{}", self.verb_plural), Count::Plural, false),
        ]
        .into_iter()
        .map(|(form, count, feminine)| (format!("{form}{tail}"), count, feminine))
        .collect()
    }

    /// Third-person imperfect forms of a verb given as «يسقط».
    pub fn imperfect_forms(&self, written: &str) -> Vec<(String, Count, bool)> {
        let (head, tail) = written.split_once(' ').map_or((written, String::new()), |(h, t)| (h, format!(" {t}")));
        let rest = head.strip_prefix(self.present_masculine).unwrap_or(head);
        let stem = rest.strip_suffix(self.weak_finals.as_slice()).unwrap_or(rest);
        let (he, she) = (self.present_masculine, self.present_feminine);
        [
            (format!("{he}{rest}"), Count::Singular, false),
            (format!("{she}{rest}"), Count::Singular, true),
            (format!("{he}{stem}{}", self.present_dual), Count::Dual, false),
            (format!("{she}{stem}{}", self.present_dual), Count::Dual, true),
            (format!("{he}{stem}{}", self.present_plural), Count::Plural, false),
        ]
        .into_iter()
        .map(|(form, count, feminine)| (format!("{form}{tail}"), count, feminine))
        .collect()
    }
}
