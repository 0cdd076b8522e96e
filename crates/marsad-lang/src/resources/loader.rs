//! Which part of the tables does an entry belong to?
//!
//! The folder of its file decides. [`Loader::finish`] ties together what could
//! not be tied before everything was there: parents of places, labels of
//! patterns.

use super::fields::Fields;
use super::spacing::Spacing;
use super::{MeansRule, NO_PLACE, Outlet, Resources, Term};
use crate::error::Error;
use crate::fold::FoldTable;
use crate::gazetteer::Gazetteer;
use crate::inflect::Endings;
use crate::labels::Labels;
use crate::lexicon::{Class, EntryId, LabelSet, Lexicon};
use crate::link::LinkRule;
use crate::pattern::TriggerRule;
use crate::sound::Sounds;
use crate::trie::Growing;
use crate::weights::Weights;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Table;

pub(super) struct Loader {
    pub(super) fold: FoldTable,
    pub(super) lexicon: Lexicon,
    pub(super) forms: Growing,
    pub(super) measures: Lexicon,
    pub(super) measure_forms: Growing,
    pub(super) endings: Endings,
    pub(super) spacing: Spacing,
    pub(super) gazetteer: Gazetteer,
    pub(super) parents: BTreeMap<Arc<str>, String>,
    /// Ids of capitals by the ISO codes of their countries.
    pub(super) capitals: BTreeMap<Arc<str>, String>,
    pub(super) levels: BTreeMap<String, u8>,
    pub(super) sounds: Sounds,
    /// Folded names of places that count anywhere.
    pub(super) plain_names: Vec<(u32, String)>,
    /// The word for a settlement, and those that may stand for it before its name.
    pub(super) settlement_words: Vec<Vec<String>>,
    /// The duals of a word for a kind of place, as they stand before two names.
    pub(super) two_of: BTreeMap<String, Vec<String>>,
    pub(super) triggers: Vec<TriggerRule>,
    pub(super) links: Vec<LinkRule>,
    pub(super) terms: Vec<Term>,
    pub(super) outlets: Vec<Outlet>,
    pub(super) furniture: BTreeMap<String, Vec<String>>,
    pub(super) means: Vec<MeansRule>,
    pub(super) relevance: Weights,
    pub(super) roman: BTreeMap<char, String>,
    pub(super) place_of: BTreeMap<EntryId, u32>,
    pub(super) horizon: Date,
}

impl Loader {
    pub(super) fn new(fold: FoldTable) -> Loader {
        Loader {
            fold,
            lexicon: Lexicon::default(),
            forms: Growing::default(),
            measures: Lexicon::default(),
            measure_forms: Growing::default(),
            endings: Endings::default(),
            spacing: Spacing::default(),
            gazetteer: Gazetteer::default(),
            parents: BTreeMap::new(),
            capitals: BTreeMap::new(),
            levels: BTreeMap::new(),
            sounds: Sounds::default(),
            plain_names: vec![],
            settlement_words: vec![],
            two_of: BTreeMap::new(),
            triggers: vec![],
            links: vec![],
            terms: vec![],
            outlets: vec![],
            furniture: BTreeMap::new(),
            means: vec![],
            relevance: Weights::default(),
            roman: BTreeMap::new(),
            place_of: BTreeMap::new(),
            horizon: Date::MAX,
        }
    }

    pub(super) fn file(
        &mut self,
        name: &str,
        contents: &str,
        parsed: Option<Result<Table, Error>>,
    ) -> Result<(), Error> {
        let Some(doc) = parsed.transpose()? else {
            return if name.ends_with(".tsv") { self.bulk(name, contents) } else { Ok(()) };
        };
        for (id, value) in doc.iter().filter(|(id, _)| *id != "file") {
            let table = value.as_table().ok_or_else(|| Error::data(name, id, "expected a table"))?;
            self.entry(name, id, table)?;
        }
        Ok(())
    }

    pub(super) fn entry(&mut self, file: &str, id: &str, table: &Table) -> Result<(), Error> {
        let e = Fields { file, id, table };
        if self.lexicon.label_count() + 16 > LabelSet::CAPACITY {
            let message = format!("too many word lists, families and tags; {} are possible", LabelSet::CAPACITY);
            return Err(Error::data(file, id, message));
        }
        match file {
            _ if file.starts_with("gazetteer/") => self.place(&e),
            _ if file.starts_with("ar/triggers/") => {
                self.triggers.push(TriggerRule::parse(file, id, table)?);
                Ok(())
            }
            _ if file.starts_with("ar/links/") => {
                self.links.push(LinkRule::parse(file, id, table)?);
                Ok(())
            }
            _ if file.starts_with("outlets/") => self.outlet(&e),
            _ if file.starts_with("people/") => self.person(&e),
            "vocabulary/place_kind.toml" => self.place_kind(&e),
            "vocabulary/means.toml" => self.means_rule(&e),
            _ if file.starts_with("vocabulary/") => Ok(()),
            "ar/model/relevance.toml" => self.relevance.add(file, id, table),
            "ar/romanize.toml" => self.romanization(&e),
            "ar/sounds.toml" => self.sound(&e),
            "ar/time/horizon.toml" => self.horizon(&e),
            _ if file.starts_with("ar/lexicon/actor/") => self.named(&e, Class::Actor),
            "ar/lexicon/weapon.toml" => self.named(&e, Class::Weapon),
            "ar/lexicon/target.toml" => self.named(&e, Class::Target),
            "ar/lexicon/people.toml" => self.named(&e, Class::People),
            "ar/measures/numbers.toml" => self.measured(&e, Class::Number),
            _ if file.starts_with("ar/measures/") => self.measured(&e, Class::Word),
            "ar/words/numerals.toml" => self.named_and_measured(&e, Class::Number),
            "ar/time/months.toml" => self.named_and_measured(&e, Class::Month),
            "ar/time/weekdays.toml" => self.named_and_measured(&e, Class::Weekday),
            "ar/time/words.toml" => self.named_and_measured(&e, Class::Word),
            _ => self.named(&e, Class::Word),
        }
    }

    /// An entry that only the full reading of times and amounts knows.
    fn measured(&mut self, e: &Fields, class: Class) -> Result<(), Error> {
        std::mem::swap(&mut self.lexicon, &mut self.measures);
        std::mem::swap(&mut self.forms, &mut self.measure_forms);
        let done = self.named(e, class);
        std::mem::swap(&mut self.lexicon, &mut self.measures);
        std::mem::swap(&mut self.forms, &mut self.measure_forms);
        done
    }

    fn named_and_measured(&mut self, e: &Fields, class: Class) -> Result<(), Error> {
        self.measured(e, class)?;
        self.named(e, class)
    }

    pub(super) fn finish(mut self, fingerprint: u64) -> Result<Resources, Error> {
        if let Some((child, parent)) = self.gazetteer.link(&self.parents).first() {
            return Err(Error::data("gazetteer/", child, format!("lies in {parent:?}, which no entry names")));
        }
        if let Some((country, capital)) = self.gazetteer.name_capitals(&self.capitals) {
            return Err(Error::data(
                "gazetteer/",
                &country,
                format!("its capital is {capital:?}, which no entry names"),
            ));
        }
        self.sound_out();
        self.lexicon.index_names();
        self.lexicon.trie = self.forms.grown();
        self.measures.trie = self.measure_forms.grown();
        for rule in &mut self.triggers {
            rule.bind(&self.lexicon)?;
        }
        for rule in &mut self.links {
            rule.bind(&self.lexicon)?;
        }
        let entries = self.lexicon.entries.len() as EntryId;
        let mut patterns_by_label = vec![vec![]; self.lexicon.label_count()];
        for (r, rule) in self.triggers.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                pattern.first_labels().for_each(|l| patterns_by_label[l as usize].push((r, p)));
            }
        }
        let mut pattern_labels = LabelSet::default();
        let begin = (0..).zip(&patterns_by_label).filter(|(_, patterns)| !patterns.is_empty());
        begin.for_each(|(label, _)| pattern_labels.insert(label));
        Ok(Resources {
            labels: Labels::new(&self.lexicon),
            patterns_by_label,
            pattern_labels,
            fold: self.fold,
            lexicon: self.lexicon,
            measures: self.measures,
            gazetteer: self.gazetteer,
            sounds: self.sounds,
            triggers: self.triggers,
            links: self.links,
            terms: self.terms,
            outlets: self.outlets,
            furniture: self.furniture,
            means: self.means,
            relevance: self.relevance,
            roman: self.roman,
            horizon: self.horizon,
            place_of: (0..entries).map(|entry| self.place_of.get(&entry).copied().unwrap_or(NO_PLACE)).collect(),
            fingerprint,
        })
    }
}
