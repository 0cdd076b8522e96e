//! What do the smaller tables say: people in office, outlets, means, the horizon, Latin letters?

use super::fields::Fields;
use super::loader::Loader;
use super::{MeansRule, Outlet, Term};
use crate::error::Error;
use crate::lexicon::{Class, EntryId};

const OUTLET_KINDS: [&str; 7] = ["agency", "broadcaster", "newspaper", "portal", "aggregator", "party", "monitor"];

impl Loader {
    pub(super) fn person(&mut self, e: &Fields) -> Result<(), Error> {
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

    pub(super) fn outlet(&mut self, e: &Fields) -> Result<(), Error> {
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
        let text = |key: &str| e.string(key).unwrap_or_default();
        let kind = text("kind");
        if !kind.is_empty() && !OUTLET_KINDS.contains(&kind.as_str()) {
            return Err(e.error("kind", &format!("one of {}", OUTLET_KINDS.join(", "))));
        }
        self.outlets.push(Outlet {
            id: e.id.to_string(),
            en: e.must("en")?,
            ar,
            hosts: e.texts("hosts")?,
            country: text("country"),
            time_zone: text("time_zone"),
            kind,
            edition: text("edition"),
            ownership: text("ownership"),
            owner: text("owner"),
            date_line: e.texts("date_line")?,
            reprints: e.texts("ar_reprints")?.iter().map(|n| self.fold.fold_str(n)).collect(),
            names: names.iter().map(|n| self.fold.fold_str(n)).collect(),
            chrome: e.texts("ar_chrome")?.iter().map(|n| self.fold.fold_str(n)).collect(),
        });
        Ok(())
    }

    pub(super) fn means_rule(&mut self, e: &Fields) -> Result<(), Error> {
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

    pub(super) fn horizon(&mut self, e: &Fields) -> Result<(), Error> {
        self.horizon = e.date("latest")?.ok_or_else(|| e.error("latest", "expected a date"))?;
        Ok(())
    }

    pub(super) fn sound(&mut self, e: &Fields) -> Result<(), Error> {
        let letters: Vec<char> = e.texts("ar")?.iter().filter_map(|letter| letter.chars().next()).collect();
        match e.id {
            "foreign" => self.sounds.countries.extend(e.texts("countries")?),
            id => self.sounds.add_class(id, &letters),
        }
        Ok(())
    }

    pub(super) fn romanization(&mut self, e: &Fields) -> Result<(), Error> {
        for letter in e.must("ar")?.chars() {
            self.roman.insert(letter, e.must("en")?);
        }
        Ok(())
    }
}
