//! Which names and records do the places of the gazetteer give?

use super::fields::{Fields, number};
use super::loader::Loader;
use crate::error::Error;
use crate::gazetteer::PlaceRecord;
use crate::lexicon::{Class, Count, Entry, LabelSet, Part};
use std::sync::Arc;

impl Loader {
    pub(super) fn place(&mut self, e: &Fields) -> Result<(), Error> {
        let kind = e.must("kind")?;
        let level = self.levels.get(&kind).copied();
        let ar = e.must("ar")?;
        let record = PlaceRecord {
            id: e.id.into(),
            kind: kind.as_str().into(),
            en: e.must("en")?.into(),
            en_also: e.texts("en_also")?.iter().map(|s| s.as_str().into()).collect(),
            ar: ar.as_str().into(),
            parent: None,
            country: e.string("iso").unwrap_or_default().into(),
            point: e.point()?,
            population: e.table.get("population").and_then(number).unwrap_or(0.0) as u32,
            level: level.unwrap_or(4),
        };
        if let Some(parent) = e.string("in") {
            self.parents.insert(record.id.clone(), parent);
        }
        if let Some(capital) = e.string("capital") {
            self.capitals.insert(record.country.clone(), capital);
        }
        self.nationality(e)?;
        let names: Vec<String> = [vec![ar], e.texts("ar_also")?].concat();
        self.add_place(e, record, &names, &e.texts("ar_weak")?)
    }

    pub(super) fn add_place(
        &mut self,
        e: &Fields,
        record: PlaceRecord,
        names: &[String],
        weak: &[String],
    ) -> Result<(), Error> {
        let renamed = self.renamed(&record, names);
        let number = self.gazetteer.add(record);
        let entry = self.new_entry(e, Class::Place);
        self.place_of.insert(entry, number);
        let folded: Vec<_> = names.iter().map(|name| (number, self.fold.fold_str(self.bare(name)))).collect();
        self.plain_names.extend(folded);
        for (list, part) in [(names, Part::Plain), (&renamed, Part::Weak), (weak, Part::Weak)] {
            for name in list {
                self.form(entry, name, part, Count::Singular, false);
                for other in self.spacing.other_spellings(name) {
                    self.form(entry, &other, part, Count::Singular, false);
                }
            }
        }
        Ok(())
    }

    /// «ولاية بكتيا» without the word for its kind.
    fn bare<'n>(&self, name: &'n str) -> &'n str {
        match name.split_once(' ') {
            Some((word, bare)) if self.two_of.contains_key(word) => bare,
            _ => name,
        }
    }

    /// Names of places abroad by how they sound: known when all are linked to their countries.
    pub(super) fn sound_out(&mut self) {
        let names = std::mem::take(&mut self.plain_names);
        let abroad = |place: &u32| self.sounds.countries.iter().any(|iso| **iso == *self.gazetteer.get(*place).country);
        let abroad: Vec<_> = names.into_iter().filter(|(place, _)| abroad(place)).collect();
        self.sounds.take(abroad.into_iter().map(|(place, name)| (name, place)));
    }

    /// «مدينة قارة» and «قرية قارة» for a settlement that is listed as «بلدة قارة»; «مخيمي زمزم» of two camps.
    fn renamed(&self, record: &PlaceRecord, names: &[String]) -> Vec<String> {
        let settlement = matches!(&*record.kind, "city" | "town" | "village");
        let one = |name: &String| {
            let (word, bare) = name.split_once(' ')?;
            let words = self.settlement_words.iter().find(|words| words.first().is_some_and(|w| w == word));
            let either = words.filter(|_| settlement).map_or(&[][..], |words| &words[1..]);
            let of_two = self.two_of.get(word).map_or(&[][..], |forms| forms);
            Some(either.iter().chain(of_two).map(|w| format!("{w} {bare}")).collect::<Vec<_>>())
        };
        names.iter().filter_map(one).flatten().filter(|n| !names.contains(n)).collect()
    }

    /// «العراقي» tells a country: a word list `nationality` with one entry a country.
    pub(super) fn nationality(&mut self, e: &Fields) -> Result<(), Error> {
        let adjectives = e.texts("ar_adjective")?;
        if adjectives.is_empty() {
            return Ok(());
        }
        let labels = LabelSet::of(&["word", "nationality"].map(|l| self.lexicon.intern(l)));
        let iso: Arc<str> = e.string("iso").unwrap_or_default().into();
        let entry = self.lexicon.add_entry(Entry {
            class: Class::Word,
            id: "nationality".into(),
            rule: format!("nationality/{iso}").into(),
            en: e.string("en").unwrap_or_default().into(),
            family: iso,
            value: 0.0,
            labels,
            extra: vec![],
        });
        for adjective in adjectives {
            self.noun(entry, &adjective, &[], true);
            let feminine = format!("{adjective}{}", self.endings.ta_marbuta);
            self.noun(entry, &feminine, &[], true);
        }
        Ok(())
    }

    pub(super) fn place_kind(&mut self, e: &Fields) -> Result<(), Error> {
        let level =
            e.table.get("level").and_then(number).ok_or_else(|| e.error("level", "expected a number from 1 to 9"))?;
        self.levels.insert(e.id.to_string(), level as u8);
        self.settlement_words.push(e.texts("either")?);
        let labels = LabelSet::of(&["word", "place_word", e.id].map(|l| self.lexicon.intern(l)));
        let entry = self.lexicon.add_entry(Entry {
            class: Class::Word,
            id: "place_word".into(),
            rule: format!("place_kind/{}", e.id).into(),
            en: e.string("en").unwrap_or_default().into(),
            family: e.id.into(),
            value: level,
            labels,
            extra: vec![],
        });
        for word in e.texts("ar")? {
            self.noun(entry, &word, &[], false);
            let duals = self.endings.noun_forms(&word).into_iter().filter(|(_, part, ..)| *part == Part::Construct);
            self.two_of.insert(word, duals.map(|(form, ..)| form).collect());
        }
        for plural in e.texts("plural")? {
            self.form(entry, &plural, Part::Plain, Count::Plural, false);
        }
        Ok(())
    }
}
