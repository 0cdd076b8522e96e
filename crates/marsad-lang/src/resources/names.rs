//! Which forms does an entry of a lexicon or word list give?
//!
//! The entry lists what grammar does not give; duals, sound plurals and verb
//! forms are derived here and folded with the table that folds the texts.

use super::fields::{Fields, number};
use super::loader::Loader;
use crate::error::Error;
use crate::lexicon::{Class, Count, Entry, EntryId, Form, LabelSet, Part};

impl Loader {
    /// An entry of a lexicon or word list, with all the forms it gives.
    pub(super) fn named(&mut self, e: &Fields, class: Class) -> Result<(), Error> {
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

    pub(super) fn verbal_nouns(&mut self, e: &Fields, entry: EntryId) -> Result<(), Error> {
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
    pub(super) fn noun(&mut self, entry: EntryId, noun: &str, plurals: &[String], person: bool) {
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
    pub(super) fn plural(&mut self, entry: EntryId, plural: &str) {
        let folded = self.fold.fold_str(plural);
        if !self.forms.has(&folded, entry, Count::DualOrPlural) {
            self.form(entry, plural, Part::Plain, Count::Plural, false);
        }
    }

    pub(super) fn form(&mut self, entry: EntryId, name: &str, part: Part, count: Count, feminine: bool) {
        self.add(entry, name, Form { entry, part, count, feminine });
    }

    pub(super) fn add(&mut self, _entry: EntryId, name: &str, form: Form) {
        let folded = self.fold.fold_str(name);
        self.forms.add(&folded, form);
    }

    pub(super) fn new_entry(&mut self, e: &Fields, class: Class) -> EntryId {
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
        let told = |k: &str| {
            matches!(
                k,
                "country"
                    | "part"
                    | "office"
                    | "rule"
                    | "government"
                    | "government_until"
                    | "speaks_for"
                    | "coalition_in"
                    | "calls_itself"
            )
        };
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
}
