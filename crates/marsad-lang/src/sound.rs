//! Which listed place may a foreign name mean that is spelled otherwise?
//!
//! Outlets write one foreign name with other letters («مايدوغوري», «مايدوجوري») and with or without its long vowels
//! («باكتيكا», «بكتيكا»). What stays is the row of its consonants, by the classes of `data/ar/sounds.toml`.

use crate::gazetteer::PlaceId;
use crate::packed::packed;
use crate::shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fewer consonants name too many places.
const CONSONANTS_MIN: usize = 3;

/// The places of foreign countries by how their names sound.
#[derive(Default)]
pub(crate) struct Sounds {
    /// The first letter of the class of each letter that has one.
    class: BTreeMap<char, char>,
    unwritten: Vec<char>,
    ending: Vec<char>,
    /// ISO codes.
    pub(crate) countries: Vec<String>,
    /// In the order of their keys.
    names: Shelf<Name>,
}

struct Name {
    key: Arc<str>,
    place: PlaceId,
}

packed!(struct Sounds { class, unwritten, ending, countries, names });
packed!(struct Name { key, place });

impl Sounds {
    pub(crate) fn add_class(&mut self, id: &str, letters: &[char]) {
        match id {
            "unwritten" => self.unwritten.extend(letters),
            "ending" => self.ending.extend(letters),
            _ => {
                let first = letters.first().copied().unwrap_or_default();
                self.class.extend(letters.iter().map(|letter| (*letter, first)));
            }
        }
    }

    /// Takes folded names with their places.
    pub(crate) fn take(&mut self, names: impl Iterator<Item = (String, PlaceId)>) {
        let keyed = names.filter_map(|(name, place)| Some((self.key(&name)?, place)));
        let all: BTreeSet<(String, PlaceId)> = keyed.collect();
        let names = all.into_iter().map(|(key, place)| Name { key: key.as_str().into(), place });
        self.names.made().extend(names);
    }

    /// The places whose names sound like a folded name, in the order of their numbers.
    pub(crate) fn like(&self, name: &str) -> Vec<PlaceId> {
        let Some(key) = self.key(name) else { return vec![] };
        let (mut low, mut high) = (0, self.names.len());
        while low < high {
            let middle = (low + high) / 2;
            if *self.names.get(middle).key < *key { low = middle + 1 } else { high = middle }
        }
        let alike = (low..self.names.len()).map(|at| self.names.get(at)).take_while(|name| *name.key == *key);
        alike.map(|name| name.place).collect()
    }

    fn key(&self, name: &str) -> Option<String> {
        let name = name.trim_end_matches(|c| self.ending.contains(&c));
        let sounded = name.chars().filter(|c| c.is_alphabetic() && !self.unwritten.contains(c));
        let key: String = sounded.map(|c| self.class.get(&c).copied().unwrap_or(c)).collect();
        (key.chars().count() >= CONSONANTS_MIN).then_some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_consonants() {
        let mut sounds = Sounds::default();
        sounds.add_class("unwritten", &['ا', 'و', 'ي']);
        sounds.add_class("ending", &['ه']);
        sounds.add_class("hard-g", &['ك', 'ج', 'غ', 'ق']);
        let names = [("مايدوغوري", 7), ("بكتيكا", 8), ("غاو", 9)];
        sounds.take(names.into_iter().map(|(name, place)| (name.to_string(), place)));
        assert_eq!(sounds.like("مايدوجوري"), [7]);
        assert_eq!(sounds.like("باكتيكه"), [8]);
        assert_eq!(sounds.like("جاو"), [], "one consonant");
        assert_eq!(sounds.like("ميدان"), []);
    }
}
