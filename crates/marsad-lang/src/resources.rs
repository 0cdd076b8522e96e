//! How do data files become the tables that the readers look into?
//!
//! [`Resources::load`] takes `(name, contents)` pairs and opens no file. The
//! folder of a file decides what its entries are; later pairs overlay earlier
//! entries of the same id, which is how `--data DIR` works.

use crate::error::Error;
use crate::fold::FoldTable;
use crate::gazetteer::{Gazetteer, PlaceRecord};
use crate::lexicon::{Class, Count, Endings, Entry, EntryId, Form, Label, LabelSet, Lexicon, Part};
use crate::pattern::TriggerRule;
use jiff::civil::Date;
use marsad_model::Point;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::{Table, Value};

/// Everything the program knows of the language and the region.
pub struct Resources {
    pub fold: FoldTable,
    pub lexicon: Lexicon,
    /// Words of time and amount for the full reading ([`crate::measure`]), which no event sees.
    pub measures: Lexicon,
    pub gazetteer: Gazetteer,
    pub triggers: Vec<TriggerRule>,
    /// For each label, the trigger patterns that can begin with it, as indices
    /// into `triggers` and the rule's patterns.
    pub patterns_by_label: Vec<Vec<(usize, usize)>>,
    pub terms: Vec<Term>,
    pub outlets: Vec<Outlet>,
    /// Page-furniture phrases by role, folded: `share`, `nav`, `read_also` …
    pub furniture: BTreeMap<String, Vec<String>>,
    /// Which act with which weapon is which event type.
    pub means: Vec<MeansRule>,
    /// Romanization of single letters, for names the gazetteer lacks.
    pub roman: BTreeMap<char, String>,
    /// No page is younger than this day: the release of the data. Stands in for
    /// a clock, which no reader of text may have.
    pub horizon: Date,
    /// Place entries: entry number to place number.
    place_of: BTreeMap<EntryId, u32>,
    fingerprint: u64,
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
    pub country: String,
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
        // Vocabularies first: the gazetteer asks for the level of a kind of place.
        let (first, rest): (Vec<_>, Vec<_>) = merged.iter().partition(|(name, _)| name.starts_with("vocabulary/"));
        let ordered: Vec<(&str, &str)> = first.into_iter().chain(rest).map(|(n, c)| (*n, *c)).collect();
        std::thread::scope(|scope| {
            let hash = scope.spawn(|| fingerprint(&merged));
            for ((name, contents), parsed) in ordered.iter().zip(parse_all(&ordered)) {
                loader.file(name, contents, parsed)?;
            }
            loader.finish(hash.join().expect("hashing does not panic"))
        })
    }

    /// Hash of names and contents of all data files: part of provenance.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.fingerprint)
    }

    /// The place of a place entry.
    pub fn place_of(&self, entry: EntryId) -> Option<u32> {
        self.place_of.get(&entry).copied()
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

pub(crate) fn file_error(file: &str, error: toml::de::Error) -> Error {
    let message = error.to_string();
    Error::data(file, "", message.trim().replace('\n', " "))
}

/// Parses the entry files on all cores, in the order given; `None` for files
/// that hold no entries.
fn parse_all(files: &[(&str, &str)]) -> Vec<Option<Result<Table, Error>>> {
    let parse = |(name, contents): &(&str, &str)| {
        let entries = name.ends_with(".toml") && !matches!(*name, "ar/fold.toml" | "ar/words/clitics.toml");
        entries.then(|| toml::from_str::<Table>(contents).map_err(|e| file_error(name, e)))
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    // Pieces of about equal size in bytes.
    let share = files.iter().map(|f| f.1.len()).sum::<usize>() / cores + 1;
    let mut pieces: Vec<&[(&str, &str)]> = vec![];
    let (mut start, mut size) = (0, 0);
    for (i, file) in files.iter().enumerate() {
        size += file.1.len();
        if size >= share || i + 1 == files.len() {
            pieces.push(&files[start..=i]);
            (start, size) = (i + 1, 0);
        }
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            pieces.iter().map(|piece| scope.spawn(move || piece.iter().map(parse).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|w| w.join().expect("parsing does not panic")).collect()
    })
}

/// FNV-1a over names and contents: stable across machines and releases.
fn fingerprint(files: &BTreeMap<&str, &str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for (name, contents) in files {
        for byte in name.bytes().chain([0]).chain(contents.bytes()).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

struct Loader {
    fold: FoldTable,
    lexicon: Lexicon,
    measures: Lexicon,
    endings: Endings,
    gazetteer: Gazetteer,
    parents: BTreeMap<Arc<str>, String>,
    levels: BTreeMap<String, u8>,
    triggers: Vec<TriggerRule>,
    terms: Vec<Term>,
    outlets: Vec<Outlet>,
    furniture: BTreeMap<String, Vec<String>>,
    means: Vec<MeansRule>,
    roman: BTreeMap<char, String>,
    place_of: BTreeMap<EntryId, u32>,
    horizon: Date,
}

impl Loader {
    fn new(fold: FoldTable) -> Loader {
        Loader {
            fold,
            lexicon: Lexicon::default(),
            measures: Lexicon::small(),
            endings: Endings::default(),
            gazetteer: Gazetteer::default(),
            parents: BTreeMap::new(),
            levels: BTreeMap::new(),
            triggers: vec![],
            terms: vec![],
            outlets: vec![],
            furniture: BTreeMap::new(),
            means: vec![],
            roman: BTreeMap::new(),
            place_of: BTreeMap::new(),
            horizon: Date::MAX,
        }
    }

    fn grammar(&mut self, contents: &str) -> Result<(), Error> {
        const FILE: &str = "ar/words/clitics.toml";
        let doc: Table = toml::from_str(contents).map_err(|e| file_error(FILE, e))?;
        let read = Keys { file: FILE, doc: &doc };
        let c = &mut self.lexicon.clitics;
        c.conjunctions = read.text("clitics", "conjunctions")?.chars().collect();
        c.prepositions = read.text("clitics", "prepositions")?.chars().collect();
        c.article = self.fold.fold_str(&read.text("clitics", "article")?);
        c.swallowing = read.letter("clitics", "swallowing")?;
        c.future = read.letter("clitics", "future")?;
        c.likeness = read.letter("clitics", "likeness")?;
        c.ta = read.letter("clitics", "ta")?;
        let ta_marbuta = read.letter("clitics", "ta_marbuta")?;
        c.ta_marbuta = self.fold.fold_str(&ta_marbuta.to_string()).chars().next().unwrap_or(ta_marbuta);
        c.pronouns = read.list("clitics", "pronouns")?.iter().map(|p| self.fold.fold_str(p)).collect();
        self.measures.clitics = c.clone();
        self.lexicon.adjective_ending = Some(read.letter("endings", "relative_adjective")?);
        let text = |key: &str| read.text("endings", key);
        self.endings = Endings {
            dual_nominative: text("dual_nominative")?,
            dual_oblique: text("dual_oblique")?,
            construct_nominative: text("construct_nominative")?,
            construct_oblique: text("construct_oblique")?,
            plural_masculine: text("plural_masculine")?,
            plural_feminine: text("plural_feminine")?,
            accusative: text("accusative")?,
            ta_marbuta,
            ta: c.ta,
            verb_feminine: text("verb_feminine")?,
            verb_dual: text("verb_dual")?,
            verb_dual_feminine: text("verb_dual_feminine")?,
            verb_plural: text("verb_plural")?,
            present_masculine: read.letter("endings", "present_masculine")?,
            present_feminine: read.letter("endings", "present_feminine")?,
            present_dual: text("present_dual")?,
            present_plural: text("present_plural")?,
            weak_finals: text("weak_finals")?.chars().collect(),
            weak_dual: text("weak_dual")?,
        };
        Ok(())
    }

    fn file(&mut self, name: &str, contents: &str, parsed: Option<Result<Table, Error>>) -> Result<(), Error> {
        let Some(doc) = parsed.transpose()? else {
            return if name.ends_with(".tsv") { self.bulk(name, contents) } else { Ok(()) };
        };
        for (id, value) in doc.iter().filter(|(id, _)| *id != "file") {
            let table = value.as_table().ok_or_else(|| Error::data(name, id, "expected a table"))?;
            self.entry(name, id, table)?;
        }
        Ok(())
    }

    fn entry(&mut self, file: &str, id: &str, table: &Table) -> Result<(), Error> {
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
            _ if file.starts_with("outlets/") => self.outlet(&e),
            _ if file.starts_with("people/") => self.person(&e),
            "vocabulary/place_kind.toml" => self.place_kind(&e),
            "vocabulary/means.toml" => self.means_rule(&e),
            _ if file.starts_with("vocabulary/") => Ok(()),
            "ar/romanize.toml" => self.romanization(&e),
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
        let done = self.named(e, class);
        std::mem::swap(&mut self.lexicon, &mut self.measures);
        done
    }

    fn named_and_measured(&mut self, e: &Fields, class: Class) -> Result<(), Error> {
        self.measured(e, class)?;
        self.named(e, class)
    }

    /// An entry of a lexicon or word list, with all the forms it gives.
    fn named(&mut self, e: &Fields, class: Class) -> Result<(), Error> {
        let entry = self.new_entry(e, class);
        let person = matches!(class, Class::People) || e.flag("person");
        for name in e.texts("ar")?.into_iter().chain(e.texts("ar_also")?).chain(e.texts("latin")?) {
            self.form(entry, &name, Part::Plain, e.count("count")?, false);
        }
        for name in e.texts("ar_weak")? {
            self.form(entry, &name, Part::Weak, Count::Singular, false);
        }
        let plurals = e.texts("plural")?;
        for noun in e.texts("noun_phrase")? {
            self.noun(entry, &noun, &plurals, person);
        }
        for plural in &plurals {
            self.plural(entry, plural);
        }
        for verb in e.texts("perfect")? {
            for (form, count, feminine) in self.endings.perfect_forms(&verb) {
                self.add(entry, &form, Form { entry, part: Part::Perfect, count, feminine });
            }
        }
        for verb in e.texts("passive")? {
            for (form, count, feminine) in self.endings.perfect_forms(&verb) {
                self.add(entry, &form, Form { entry, part: Part::Passive, count, feminine });
            }
        }
        for verb in e.texts("imperfect")? {
            for (form, count, feminine) in self.endings.imperfect_forms(&verb) {
                self.add(entry, &form, Form { entry, part: Part::Imperfect, count, feminine });
            }
        }
        self.verbal_nouns(e, entry)
    }

    fn verbal_nouns(&mut self, e: &Fields, entry: EntryId) -> Result<(), Error> {
        for noun in e.texts("noun")? {
            for (form, part, count, feminine) in self.endings.noun_forms(&noun) {
                if part != Part::Construct {
                    self.add(entry, &form, Form { entry, part: Part::Noun, count, feminine });
                }
            }
        }
        for plural in e.texts("nouns")? {
            self.form(entry, &plural, Part::Noun, Count::Plural, false);
        }
        for noun in e.texts("participle")? {
            self.form(entry, &noun, Part::Participle, Count::Singular, false);
            self.form(entry, &format!("{noun}{}", self.endings.ta_marbuta), Part::Participle, Count::Singular, true);
            for (plural, count) in self.endings.sound_plurals(&noun, true) {
                self.form(entry, &plural, Part::Participle, count, false);
            }
        }
        Ok(())
    }

    /// A noun with its duals and, where no broken plural is listed, its sound
    /// ones. A form that is both (مدنيين) tells neither.
    fn noun(&mut self, entry: EntryId, noun: &str, plurals: &[String], person: bool) {
        let sound = if plurals.is_empty() { self.endings.sound_plurals(noun, person) } else { vec![] };
        let plural_too = |form: &String| plurals.contains(form) || sound.iter().any(|(s, _)| s == form);
        for (form, part, count, feminine) in self.endings.noun_forms(noun) {
            let count = if count == Count::Dual && plural_too(&form) { Count::DualOrPlural } else { count };
            self.add(entry, &form, Form { entry, part, count, feminine });
        }
        for (plural, count) in &sound {
            self.add(entry, plural, Form { entry, part: Part::Plain, count: *count, feminine: false });
        }
    }

    /// A listed plural, unless it was already met as "dual or plural".
    fn plural(&mut self, entry: EntryId, plural: &str) {
        let folded = self.fold.fold_str(plural);
        if !self.lexicon.has_form(&folded, entry, Count::DualOrPlural) {
            self.form(entry, plural, Part::Plain, Count::Plural, false);
        }
    }

    fn form(&mut self, entry: EntryId, name: &str, part: Part, count: Count, feminine: bool) {
        self.add(entry, name, Form { entry, part, count, feminine });
    }

    fn add(&mut self, _entry: EntryId, name: &str, form: Form) {
        let folded = self.fold.fold_str(name);
        self.lexicon.add_form(&folded, form);
    }

    fn new_entry(&mut self, e: &Fields, class: Class) -> EntryId {
        let family = e.string("family").or(e.string("kind")).unwrap_or_default();
        let mut labels = LabelSet::default();
        labels.insert(self.lexicon.intern(class.name()));
        // Patterns name word lists and weapons by id; of places and people they name the kind.
        let by_kind = matches!(
            class,
            Class::Place | Class::Actor | Class::Person | Class::Number | Class::Month | Class::Weekday
        );
        if !by_kind {
            labels.insert(self.lexicon.intern(e.id));
        }
        if !family.is_empty() {
            labels.insert(self.lexicon.intern(&family));
        }
        for tag in e.texts("tags").unwrap_or_default() {
            labels.insert(self.lexicon.intern(&tag));
        }
        let told = |k: &str| matches!(k, "country" | "part" | "office" | "rule");
        let extra = e
            .table
            .iter()
            .filter(|(k, _)| told(k))
            .filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_string())))
            .collect();
        self.lexicon.add_entry(Entry {
            class,
            id: e.id.into(),
            rule: format!("{}/{}", class.name(), e.id).into(),
            en: e.string("en").unwrap_or_else(|| e.id.to_string()).into(),
            family: family.into(),
            value: e.table.get("value").and_then(number).unwrap_or(0.0),
            labels,
            extra,
        })
    }

    fn place(&mut self, e: &Fields) -> Result<(), Error> {
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
        self.nationality(e)?;
        let names: Vec<String> = [vec![ar], e.texts("ar_also")?].concat();
        self.add_place(e, record, &names, &e.texts("ar_weak")?)
    }

    fn add_place(&mut self, e: &Fields, record: PlaceRecord, names: &[String], weak: &[String]) -> Result<(), Error> {
        let number = self.gazetteer.add(record);
        let entry = self.new_entry(e, Class::Place);
        self.place_of.insert(entry, number);
        for name in names {
            self.form(entry, name, Part::Plain, Count::Singular, false);
        }
        for name in weak {
            self.form(entry, name, Part::Weak, Count::Singular, false);
        }
        Ok(())
    }

    /// «العراقي» tells a country: a word list `nationality` with one entry a country.
    fn nationality(&mut self, e: &Fields) -> Result<(), Error> {
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

    fn place_kind(&mut self, e: &Fields) -> Result<(), Error> {
        let level =
            e.table.get("level").and_then(number).ok_or_else(|| e.error("level", "expected a number from 1 to 9"))?;
        self.levels.insert(e.id.to_string(), level as u8);
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
        }
        for plural in e.texts("plural")? {
            self.form(entry, &plural, Part::Plain, Count::Plural, false);
        }
        Ok(())
    }

    /// Generated tables: `id, kind, in, en, lat, lon, radius_km, population, ar|ar|…`, tab-separated.
    fn bulk(&mut self, file: &str, contents: &str) -> Result<(), Error> {
        let empty = Table::new();
        for line in contents.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, kind, parent, en, lat, lon, radius, population, names] = cells[..] else {
                return Err(Error::data(
                    file,
                    cells[0],
                    format!("expected 9 tab-separated cells, got {}", cells.len()),
                ));
            };
            let e = Fields { file, id, table: &empty };
            if self.gazetteer.find(id).is_some() {
                continue;
            }
            let float = |cell: &str| cell.parse::<f64>().map_err(|_| e.error(cell, "expected a number"));
            let names: Vec<String> = names.split('|').map(str::to_string).collect();
            let record = PlaceRecord {
                id: id.into(),
                kind: kind.into(),
                en: en.into(),
                en_also: vec![],
                ar: names[0].as_str().into(),
                parent: None,
                country: "".into(),
                point: Some(Point { lat: float(lat)?, lon: float(lon)?, accuracy_km: float(radius)? }),
                population: float(population)? as u32,
                level: self.levels.get(kind).copied().unwrap_or(4),
            };
            self.parents.insert(record.id.clone(), parent.to_string());
            self.add_place(&e, record, &names, &[])?;
        }
        Ok(())
    }

    fn person(&mut self, e: &Fields) -> Result<(), Error> {
        self.named(e, Class::Person)?;
        let person = (self.lexicon.entries.len() - 1) as EntryId;
        let Some(from) = e.date("from")? else { return Ok(()) };
        self.terms.push(Term {
            person,
            office: e.string("office").unwrap_or_default(),
            country: e.string("country").unwrap_or_default(),
            from,
            to: e.date("to")?,
        });
        Ok(())
    }

    fn outlet(&mut self, e: &Fields) -> Result<(), Error> {
        if e.id == "common" {
            for key in e.table.keys() {
                let phrases =
                    e.texts(key)?.iter().map(|p| self.fold.fold_str(p).trim().to_string()).collect::<Vec<_>>();
                self.furniture.entry(key.clone()).or_default().extend(phrases);
            }
            return Ok(());
        }
        let ar = e.must("ar")?;
        let names = [vec![ar.clone()], e.texts("ar_also")?].concat();
        self.outlets.push(Outlet {
            id: e.id.to_string(),
            en: e.must("en")?,
            ar,
            hosts: e.texts("hosts")?,
            country: e.string("country").unwrap_or_default(),
            names: names.iter().map(|n| self.fold.fold_str(n)).collect(),
            chrome: e.texts("ar_chrome")?.iter().map(|n| self.fold.fold_str(n)).collect(),
        });
        Ok(())
    }

    fn means_rule(&mut self, e: &Fields) -> Result<(), Error> {
        for act in e.texts("act")? {
            for weapon in e.texts("weapon")? {
                self.means.push(MeansRule {
                    id: e.id.to_string(),
                    act: act.clone(),
                    weapon,
                    event: e.must("event")?,
                    sub_type: e.string("sub_type"),
                });
            }
        }
        Ok(())
    }

    fn horizon(&mut self, e: &Fields) -> Result<(), Error> {
        self.horizon = e.date("latest")?.ok_or_else(|| e.error("latest", "expected a date"))?;
        Ok(())
    }

    fn romanization(&mut self, e: &Fields) -> Result<(), Error> {
        for letter in e.must("ar")?.chars() {
            self.roman.insert(letter, e.must("en")?);
        }
        Ok(())
    }

    fn finish(mut self, fingerprint: u64) -> Result<Resources, Error> {
        if let Some((child, parent)) = self.gazetteer.link(&self.parents).first() {
            return Err(Error::data("gazetteer/", child, format!("lies in {parent:?}, which no entry names")));
        }
        for rule in &mut self.triggers {
            rule.bind(&self.lexicon)?;
        }
        let mut patterns_by_label = vec![vec![]; self.lexicon.label_count()];
        for (r, rule) in self.triggers.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                pattern.first_labels().into_iter().for_each(|l| patterns_by_label[l as usize].push((r, p)));
            }
        }
        Ok(Resources {
            patterns_by_label,
            fold: self.fold,
            lexicon: self.lexicon,
            measures: self.measures,
            gazetteer: self.gazetteer,
            triggers: self.triggers,
            terms: self.terms,
            outlets: self.outlets,
            furniture: self.furniture,
            means: self.means,
            roman: self.roman,
            horizon: self.horizon,
            place_of: self.place_of,
            fingerprint,
        })
    }
}

/// The keys of one entry, with errors that name file and entry.
struct Fields<'a> {
    file: &'a str,
    id: &'a str,
    table: &'a Table,
}

impl Fields<'_> {
    fn error(&self, key: &str, message: &str) -> Error {
        Error::data(self.file, self.id, format!("{key}: {message}"))
    }

    fn string(&self, key: &str) -> Option<String> {
        self.table.get(key).and_then(Value::as_str).map(str::to_string)
    }

    fn must(&self, key: &str) -> Result<String, Error> {
        self.string(key).ok_or_else(|| self.error(key, "expected a string"))
    }

    fn flag(&self, key: &str) -> bool {
        self.table.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A string or a list of strings; empty when absent.
    fn texts(&self, key: &str) -> Result<Vec<String>, Error> {
        match self.table.get(key) {
            None => Ok(vec![]),
            Some(Value::String(s)) => Ok(vec![s.clone()]),
            Some(Value::Array(items)) => {
                let strings: Option<Vec<String>> = items.iter().map(|v| v.as_str().map(str::to_string)).collect();
                strings.ok_or_else(|| self.error(key, "expected a list of strings"))
            }
            Some(_) => Err(self.error(key, "expected a string or a list of strings")),
        }
    }

    fn count(&self, key: &str) -> Result<Count, Error> {
        match self.string(key).as_deref() {
            None | Some("singular") => Ok(Count::Singular),
            Some("dual") => Ok(Count::Dual),
            Some("plural") => Ok(Count::Plural),
            Some(_) => Err(self.error(key, "expected singular, dual or plural")),
        }
    }

    fn date(&self, key: &str) -> Result<Option<Date>, Error> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let date = value.as_datetime().and_then(|d| d.date);
        let date = date.and_then(|d| Date::new(d.year as i16, d.month as i8, d.day as i8).ok());
        date.map(Some).ok_or_else(|| self.error(key, "expected a date such as 2021-07-29"))
    }

    fn point(&self) -> Result<Option<Point>, Error> {
        let Some(value) = self.table.get("point") else { return Ok(None) };
        let pair: Option<Vec<f64>> = value.as_array().map(|a| a.iter().filter_map(number).collect());
        let Some([lat, lon]) = pair.as_deref() else {
            return Err(self.error("point", "expected [latitude, longitude]"));
        };
        if !(-90.0..=90.0).contains(lat) || !(-180.0..=180.0).contains(lon) {
            return Err(self.error("point", "latitude lies between -90 and 90, longitude between -180 and 180"));
        }
        let accuracy_km = self.table.get("radius_km").and_then(number).unwrap_or(10.0);
        Ok(Some(Point { lat: *lat, lon: *lon, accuracy_km }))
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|i| i as f64))
}

/// The grammar file's keys.
struct Keys<'a> {
    file: &'a str,
    doc: &'a Table,
}

impl Keys<'_> {
    fn text(&self, table: &str, key: &str) -> Result<String, Error> {
        let value = self.doc.get(table).and_then(|t| t.get(key)).and_then(Value::as_str);
        value.map(str::to_string).ok_or_else(|| Error::data(self.file, table, format!("{key}: expected a string")))
    }

    fn letter(&self, table: &str, key: &str) -> Result<char, Error> {
        let text = self.text(table, key)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), None) => Ok(letter),
            _ => Err(Error::data(self.file, table, format!("{key}: expected one letter"))),
        }
    }

    fn list(&self, table: &str, key: &str) -> Result<Vec<String>, Error> {
        let value = self.doc.get(table).and_then(|t| t.get(key)).and_then(Value::as_array);
        let value = value.ok_or_else(|| Error::data(self.file, table, format!("{key}: expected a list")))?;
        Ok(value.iter().filter_map(|v| v.as_str().map(str::to_string)).collect())
    }
}
