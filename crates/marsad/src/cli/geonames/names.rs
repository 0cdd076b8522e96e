//! Which of the spellings that a list gives can be a name in Arabic news?
//!
//! Letters of Arabic alone, without vowel signs and what stands in brackets. One
//! word that the program knows as another, an everyday word
//! (`data/vocabulary/everyday_names.toml`) and one of three letters are left out,
//! but for towns, where they are weak: they count only after a place word or a
//! preposition of place. So are words of four letters. A mere kind of place
//! («المدينة») and what begins as a direction («ريف …») is no name.

use marsad_lang::{Annotation, Class, Mention, PlaceId, Resources, annotate};
use std::collections::BTreeSet;

/// One word of so few letters is a name only of a town …
const CHANCE_LETTERS: usize = 3;
const TOWN_MIN: u32 = 20_000;
/// … and one of so few is weak but for a town.
const SHORT_LETTERS: usize = 4;
const SHORT_TOWN_MIN: u32 = 10_000;
/// Spellings kept of one place.
const NAMES_MAX: usize = 6;

/// What the data files say about names in general.
#[derive(Default)]
pub struct Lists {
    everyday: BTreeSet<String>,
    /// A preposition of place: behind it weak names count too.
    preposition: String,
    /// Words for kinds of settlements.
    settlements: Vec<String>,
}

/// Judges names with the shipped data.
pub struct Names<'r> {
    res: &'r Resources,
    lists: Lists,
}

/// One spelling and how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub folded: String,
    pub weak: bool,
}

impl<'r> Names<'r> {
    pub fn new(res: &'r Resources, lists: Lists) -> Names<'r> {
        let everyday = lists.everyday.iter().map(|word| res.fold.fold_str(word)).collect();
        Names { res, lists: Lists { everyday, ..lists } }
    }

    /// The usable names among those given, without repetitions.
    pub fn of(&self, given: &[String], population: u32) -> Vec<Name> {
        let mut out: Vec<Name> = vec![];
        for text in given.iter().filter_map(|g| plain(g)) {
            let folded = self.res.fold.fold_str(&text);
            if out.iter().any(|n| n.folded == folded) {
                continue;
            }
            let behind = self.behind_kind(&text, population);
            // «قرية الكفير» is «الكفير»; the reader knows what stands before it.
            let first = text.split(' ').next().unwrap_or_default();
            let settlement = behind.is_some() && self.lists.settlements.iter().any(|word| word == first);
            if let Some(weak) = self.weakness(&text, &folded, population).filter(|_| !settlement) {
                out.push(Name { text, folded, weak });
            }
            out.extend(behind.filter(|b| !out.iter().any(|n| n.folded == b.folded)));
        }
        out.truncate(NAMES_MAX);
        out
    }

    /// `None` for what is no name at all.
    fn weakness(&self, text: &str, folded: &str, population: u32) -> Option<bool> {
        let one_word = !folded.contains(' ');
        let letters = folded.chars().count();
        if one_word && letters <= CHANCE_LETTERS && population < TOWN_MIN {
            return None;
        }
        let a = annotate(self.res, text);
        let whole: Vec<_> = a.mentions.iter().filter(|m| m.first == 0 && m.end == a.tokens.len()).collect();
        let said_where = |m: &&Mention| ["place_word", "direction", "prep_place"].iter().any(|l| a.is(m, l));
        let countryside = self.res.lexicon.label("countryside").is_some_and(|l| !one_word && a.may_be(0, l));
        if whole.iter().any(said_where) || countryside {
            return None;
        }
        let word = whole.iter().any(|m| a.class(m) != Class::Place) || self.lists.everyday.contains(folded);
        if one_word && word {
            return (population >= TOWN_MIN).then_some(true);
        }
        Some(one_word && letters <= SHORT_LETTERS && population < SHORT_TOWN_MIN)
    }

    /// «حي الصالحين» is also called «الصالحين», where a place is expected.
    fn behind_kind(&self, text: &str, population: u32) -> Option<Name> {
        let kind = self.kind_of(text)?;
        let (_, rest) = text.split_once(' ')?;
        let folded = self.res.fold.fold_str(rest);
        let settlement = is_settlement(&kind);
        let part = matches!(&*kind, "quarter" | "camp");
        let weak = self.weakness(rest, &folded, population).filter(|_| settlement || part)?;
        Some(Name { text: rest.to_string(), folded, weak: weak || part })
    }

    /// The kind that the first word says («مخيم …») where words follow it.
    pub fn kind_of(&self, text: &str) -> Option<String> {
        let (first, _) = text.split_once(' ')?;
        let a = annotate(self.res, first);
        let word = a.at(0).find(|m| a.is(m, "place_word"))?;
        // «كفر الشيخ» is a name of its own, and no village called «الشيخ».
        let part_of_name = self.res.lexicon.label("place_prefix").is_some_and(|l| a.may_be(0, l));
        (!part_of_name).then(|| a.entry(word).family.to_string())
    }

    /// The listed places that have this name, alone or behind a kind of settlement («مدينة الحراك»).
    pub fn listed(&self, text: &str) -> Vec<PlaceId> {
        let kinded = self.lists.settlements.iter().map(|word| format!("{word} {text}"));
        std::iter::once(text.to_string()).chain(kinded).flat_map(|name| self.named(&name)).collect()
    }

    fn named(&self, text: &str) -> Vec<PlaceId> {
        let text = format!("{} {text}", self.lists.preposition);
        let a: Annotation = annotate(self.res, &text);
        let end = a.tokens.len();
        let names = a.mentions.iter().filter(|m| m.first == 1 && m.end == end && a.class(m) == Class::Place);
        let bare = names.filter(|m| !m.clitics.conjunction && m.clitics.preposition == '\0');
        bare.filter_map(|m| self.res.place_of(m.form.entry)).collect()
    }
}

fn is_settlement(kind: &str) -> bool {
    matches!(kind, "city" | "town" | "village")
}

impl Lists {
    /// From the data files, because everyday words are no part of the lexicon.
    pub fn of(files: &[(String, String)]) -> Lists {
        let list = |file: &str, table: &str| -> Vec<String> {
            let text = files.iter().find(|(name, _)| name == file).map_or("", |(_, text)| text);
            let doc: toml::Table = text.parse().unwrap_or_default();
            let list = doc.get(table).and_then(|t| t.get("ar")).and_then(|ar| ar.as_array());
            list.map_or(vec![], |l| l.iter().filter_map(|v| v.as_str().map(str::to_string)).collect())
        };
        Lists {
            everyday: list("vocabulary/everyday_names.toml", "everyday").into_iter().collect(),
            settlements: ["city", "town", "village"]
                .iter()
                .flat_map(|kind| list("vocabulary/place_kind.toml", kind).into_iter().take(1))
                .collect(),
            preposition: list("ar/words/cues.toml", "prep_in").into_iter().next().unwrap_or_default(),
        }
    }
}

/// The name in Arabic letters alone; `None` where there is none, or more than one.
fn plain(given: &str) -> Option<String> {
    let outside = given.split(['(', '[', '\u{60c}', ',', ';', '/']).next().unwrap_or_default();
    let kept = without_marks(outside);
    let words: Vec<&str> = kept
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '"' | '_'))
        .filter(|w| !w.is_empty())
        .collect();
    let arabic = |w: &&str| w.chars().all(is_arabic);
    let name: Vec<&str> = words.iter().copied().filter(arabic).collect();
    let foreign = words.len() - name.len();
    let run = words.windows(2).filter(|w| arabic(&w[0]) != arabic(&w[1])).count();
    (!name.is_empty() && name.len() <= 6 && (foreign == 0 || run <= 1)).then(|| name.join(" "))
}

/// Without vowel signs, tatweel and marks of direction.
pub fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | '\u{67e}' | '\u{686}' | '\u{698}' | '\u{6a9}' | '\u{6af}' | '\u{6cc}')
}
