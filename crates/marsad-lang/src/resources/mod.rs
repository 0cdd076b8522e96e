//! How do data files become the tables that the readers look into?
//!
//! [`Resources::load`] takes `(name, contents)` pairs and opens no file. The
//! folder of a file decides what its entries are; later pairs overlay earlier
//! entries of the same id, which is how `--data DIR` works. `files.rs` parses
//! the pairs, `loader.rs` sends each entry to the file that knows its kind,
//! `fields.rs` reads the keys of one entry. [`Resources::pack`] writes the
//! tables down for [`Resources::unpack`], which a program does that carries them.

mod bulk;
mod fields;
mod files;
mod grammar;
mod loader;
mod names;
mod places;
mod spacing;
mod tables;

use crate::error::Error;
use crate::fold::FoldTable;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::labels::Labels;
use crate::lexicon::{EntryId, Label, LabelSet, Lexicon};
use crate::link::LinkRule;
use crate::packed::{Packed, Packer, Unpacker, packed};
use crate::pattern::TriggerRule;
use crate::shelf::Numbers;
use crate::sound::Sounds;
use crate::weights::Weights;
pub(crate) use files::file_error;
use jiff::civil::Date;
use loader::Loader;
use std::collections::BTreeMap;

/// Everything the program knows of the language and the region.
pub struct Resources {
    pub fold: FoldTable,
    pub lexicon: Lexicon,
    /// Words of time and amount for the full reading ([`crate::measure`]), which no event sees.
    pub measures: Lexicon,
    pub gazetteer: Gazetteer,
    /// Names of places abroad by how they sound.
    sounds: Sounds,
    pub triggers: Vec<TriggerRule>,
    /// For each label, the trigger patterns that can begin with it, as indices
    /// into `triggers` and the rule's patterns.
    pub patterns_by_label: Vec<Vec<(usize, usize)>>,
    /// The labels with which any of them can begin.
    pub pattern_labels: LabelSet,
    /// Which phrases say how one event stands to another.
    pub links: Vec<LinkRule>,
    pub terms: Vec<Term>,
    pub outlets: Vec<Outlet>,
    /// Page-furniture phrases by role, folded: `share`, `nav`, `read_also` …
    pub furniture: BTreeMap<String, Vec<String>>,
    /// Which act with which weapon is which event type.
    pub means: Vec<MeansRule>,
    /// What speaks for a report of an attack, and what for a reference to one.
    pub relevance: Weights,
    /// Romanization of single letters, for names the gazetteer lacks.
    pub roman: BTreeMap<char, String>,
    /// No page is younger than this day: the release of the data. Stands in for
    /// a clock, which no reader of text may have.
    pub horizon: Date,
    /// For each entry its place, when it is one.
    place_of: Numbers,
    /// The word lists that this crate itself asks for.
    pub(crate) labels: Labels,
    fingerprint: u64,
}

/// Vocabularies first: the gazetteer asks for the level of a kind of place. Generated tables last: they only add.
fn turn(name: &str) -> u8 {
    match name {
        _ if name.starts_with("vocabulary/") => 0,
        _ if name.ends_with(".tsv") => 2,
        _ => 1,
    }
}

/// A term of office: a text that has this person in office was written in it,
/// or after it only when it says "former".
#[derive(Clone, Debug)]
pub struct Term {
    pub person: EntryId,
    pub office: String,
    pub country: String,
    pub from: Date,
    /// `None`: still in office when the table was written.
    pub to: Option<Date>,
}

/// One outlet (`data/outlets/`).
#[derive(Clone, Debug)]
pub struct Outlet {
    pub id: String,
    pub en: String,
    pub ar: String,
    pub hosts: Vec<String>,
    /// Of its seat; empty where it has none.
    pub country: String,
    /// IANA name of the zone in which it dates its pages; empty where that is not known.
    pub time_zone: String,
    /// `agency`, `broadcaster`, `newspaper`, `portal`, `aggregator`, `party` or `monitor`.
    pub kind: String,
    /// The parent of an Arabic edition.
    pub edition: String,
    /// Who owns it, for people.
    pub ownership: String,
    /// The same word for all outlets of one owner: they are not independent of each other.
    pub owner: String,
    /// Forms of its date line, such as `{weekday} {day} {month} {yyyy}`.
    pub date_line: Vec<String>,
    /// Folded names of the agencies whose texts it prints.
    pub reprints: Vec<String>,
    /// Folded names that a byline may carry.
    pub names: Vec<String>,
    /// Folded chrome phrases.
    pub chrome: Vec<String>,
}

/// One row of `data/vocabulary/means.toml`.
#[derive(Clone, Debug)]
pub struct MeansRule {
    pub id: String,
    /// Event type that the trigger gave.
    pub act: String,
    /// Weapon family or id found in the clause.
    pub weapon: String,
    pub event: String,
    pub sub_type: Option<String>,
}

/// Stands for no place in a list of numbers of places.
const NO_PLACE: PlaceId = PlaceId::MAX;

impl Resources {
    /// Builds the tables from `(name, contents)` pairs; names are paths
    /// relative to the data folder, with forward slashes.
    ///
    /// # Errors
    /// The first file that does not parse or lacks what it must have. Softer
    /// findings are the business of [`crate::check`].
    pub fn load(files: &[(String, String)]) -> Result<Resources, Error> {
        let mut merged: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, contents) in files {
            merged.insert(name, contents);
        }
        let fold_file =
            merged.get("ar/fold.toml").ok_or_else(|| Error::data("ar/fold.toml", "", "this file is missing"))?;
        let fold = FoldTable::parse("ar/fold.toml", fold_file)?;
        let mut loader = Loader::new(fold);
        loader.grammar(merged.get("ar/words/clitics.toml").copied().unwrap_or_default())?;
        let mut ordered: Vec<(&str, &str)> = merged.iter().map(|(n, c)| (*n, *c)).collect();
        ordered.sort_by_key(|(name, _)| turn(name));
        std::thread::scope(|scope| {
            let hash = scope.spawn(|| files::fingerprint(&merged));
            for ((name, contents), parsed) in ordered.iter().zip(files::parse_all(&ordered)) {
                loader.file(name, contents, parsed)?;
            }
            loader.finish(hash.join().expect("hashing does not panic"))
        })
    }

    /// The tables as bytes, for [`Resources::unpack`] of the same program.
    ///
    /// ```
    /// use marsad_lang::{Resources, testing};
    /// let read = Resources::load(&testing::files())?;
    /// let unpacked = Resources::unpack(read.pack().leak());
    /// assert_eq!(unpacked.fingerprint(), read.fingerprint());
    /// assert_eq!(unpacked.pack(), read.pack());
    /// # Ok::<(), marsad_lang::Error>(())
    /// ```
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Packer::default();
        Packed::pack(self, &mut out);
        out.finish()
    }

    /// The tables that [`Resources::pack`] wrote, in a small part of the time that reading the files takes.
    ///
    /// # Panics
    /// When the bytes are not from the same program: they are part of it, and nothing in them is checked.
    pub fn unpack(bytes: &'static [u8]) -> Resources {
        <Resources as Packed>::unpack(&mut Unpacker::new(bytes))
    }

    /// Hash of names and contents of all data files: part of provenance.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.fingerprint)
    }

    /// The place of a place entry.
    pub fn place_of(&self, entry: EntryId) -> Option<PlaceId> {
        Some(self.place_of.get(entry as usize)).filter(|place| *place != NO_PLACE)
    }

    /// Places abroad that a name without an entry may mean, by how it sounds.
    ///
    /// ```
    /// let res = marsad_lang::Resources::load(&marsad_lang::testing::files())?;
    /// let ids: Vec<_> = res.sounding_like("باكتيكه").into_iter().map(|place| res.gazetteer.get(place).id.clone()).collect();
    /// assert!(ids.iter().any(|id| id.starts_with("af/")));
    /// # Ok::<(), marsad_lang::Error>(())
    /// ```
    pub fn sounding_like(&self, name: &str) -> Vec<PlaceId> {
        self.sounds.like(&self.fold.fold_str(name))
    }

    /// Names of places in the country of an ISO code have no Arabic spelling of their own.
    pub fn is_spelled_by_sound(&self, iso: &str) -> bool {
        self.sounds.countries.iter().any(|country| country == iso)
    }

    /// The label of a name, or an error that names the missing data.
    pub fn need(&self, name: &str) -> Result<Label, Error> {
        self.lexicon
            .label(name)
            .ok_or_else(|| Error::data("ar/", name, "the program asks for this word list and no data file has it"))
    }

    /// A readable Latin form of an Arabic name that the gazetteer lacks.
    pub fn romanize(&self, name: &str) -> String {
        crate::romanize::romanize(&self.roman, &self.lexicon.clitics.article, name)
    }
}

packed!(struct Resources {
    fold, lexicon, measures, gazetteer, sounds, triggers, patterns_by_label, pattern_labels, links, terms, outlets, furniture, means, relevance, roman,
    horizon, place_of, labels, fingerprint,
});
packed!(struct Term { person, office, country, from, to });
packed!(struct Outlet {
    id, en, ar, hosts, country, time_zone, kind, edition, ownership, owner, date_line, reprints, names, chrome,
});
packed!(struct MeansRule { id, act, weapon, event, sub_type });
