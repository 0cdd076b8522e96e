//! What does each report say of each field, and who says it there?
//!
//! Field by field, every telling with its value, its speaker, the day on which
//! it was published and how sure it is: what the shown value was chosen from.

use super::console::Console;
use super::fields::fields;
use super::owners::Owners;
use super::values;
use crate::Error;
use marsad_store::Store;
use marsad_store::wire::{self, DerivedDate, Resolved, Telling};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is no field of a telling, or stands in another one.
const NOT_TOLD: [&str; 5] = ["voices", "grade", "previous_ids", "surroundings", "point"];

/// One telling as its document has it.
pub struct Told {
    telling: Telling,
    incident: Resolved,
}

/// The tellings of an incident.
///
/// # Errors
/// When the store cannot be read.
pub fn told(resolved: &Resolved, store: &Store) -> Result<Vec<Told>, Error> {
    let mut all = vec![];
    for telling in &resolved.tellings {
        let Some(reading) = store.reading(&telling.document)? else { continue };
        let incident = wire::reading(&reading).incidents.into_iter().find(|i| i.id == telling.incident);
        let incident = incident.map(|incident| Resolved { incident, ..Resolved::default() });
        all.extend(incident.map(|incident| Told { telling: telling.clone(), incident }));
    }
    Ok(all)
}

impl Told {
    /// The speaker nearest to the event, else the outlet, else where it came from.
    fn said_by(&self) -> &str {
        let named = self.incident.incident.attribution.iter().rev().find(|a| a.kind != "outlet");
        let outlet = self.telling.outlet.as_deref();
        named.map(|a| a.source.as_str()).or(outlet).unwrap_or(&self.telling.source)
    }

    pub fn json(&self, owners: &Owners) -> Value {
        let Telling { document, source, outlet, published_latest, voice, .. } = &self.telling;
        json!({
            "document": document, "source": source, "outlet": outlet, "published_latest": published_latest,
            "voice": voice, "owner": owners.of(document), "said_by": self.said_by(), "told": self.incident.incident,
        })
    }
}

/// Each field with what every telling says of it; below the date what other reports add to one that tells no day.
pub fn text(all: &[Told], derived: &[DerivedDate], name_of: impl Fn(&str) -> String, console: &Console) -> String {
    let mut order: Vec<&'static str> = vec![];
    let mut said: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for told in all {
        for field in fields(&told.incident, console).into_iter().filter(|f| !NOT_TOLD.contains(&f.name)) {
            if !order.contains(&field.name) {
                order.push(field.name);
            }
            let line = format!("    {:<24}  {}\n", field.value, who(told, &name_of, console));
            said.entry(field.name).or_default().push(line);
            if field.name == "date" {
                let added = derived.iter().filter(|d| d.of == "incident" && d.document == told.telling.document);
                let lines = added.map(|d| format!("    {}\n", concluded(d, &name_of, console)));
                said.entry(field.name).or_default().extend(lines);
            }
        }
    }
    let heading = format!("\n{}\n", console.say("section.claims", &[]));
    order.iter().fold(heading, |out, name| {
        let label = console.say(&format!("field.{name}"), &[]);
        out + &format!("  {label}\n{}", said[name].concat())
    })
}

fn concluded(date: &DerivedDate, name_of: impl Fn(&str) -> String, console: &Console) -> String {
    let basis: Vec<String> = date.basis.iter().map(|document| name_of(document)).collect();
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("days", &values::span(&date.earliest, &date.latest)), ("basis", &console.list(&basis))];
    console.say("section.derived_claim", &values)
}

fn who(told: &Told, name_of: impl Fn(&str) -> String, console: &Console) -> String {
    let speaker = console.isolated(told.said_by());
    let said_by = console.say("section.said_by", &[("who", &speaker)]);
    let published = told.telling.published_latest.clone().unwrap_or_else(|| "?".to_string());
    let sure = console.label("epistemic", &told.incident.incident.epistemic);
    format!("{} ({})", name_of(&told.telling.document), console.list(&[said_by, published, sure]))
}
