//! Which fields of an incident are shown, in which order, with which evidence?
//!
//! The order in which people ask: what, when, where, with what, at what cost,
//! by whom, who says it. Counts are always shown, so that "unknown" is seen;
//! other fields only when some text speaks of them.

use super::console::Console;
use super::values;
use marsad_store::wire::{Incident, Link, Place, Quantity, Resolved, Span};

/// One line of an incident.
pub struct Field<'a> {
    /// Key of the label in the catalogue.
    pub name: &'static str,
    pub value: String,
    pub evidence: &'a [Span],
}

fn field<'a>(name: &'static str, value: impl Into<String>, evidence: &'a [Span]) -> Field<'a> {
    Field { name, value: value.into(), evidence }
}

pub fn fields<'a>(resolved: &'a Resolved, console: &Console) -> Vec<Field<'a>> {
    let incident = &resolved.incident;
    let mut out = vec![
        field("type", kind(incident, console), &incident.type_evidence),
        field("status", standing(incident, console), &[]),
        field("date", values::date_in_words(&incident.date, console), &incident.date.evidence),
    ];
    where_it_was(incident.place.as_ref(), console, &mut out);
    with_what(incident, console, &mut out);
    at_what_cost(incident, console, &mut out);
    by_whom(incident, console, &mut out);
    who_says(resolved, console, &mut out);
    out
}

fn kind(incident: &Incident, console: &Console) -> String {
    let mut words = vec![values::event(incident, console)];
    words.extend(incident.sub_type.iter().map(|sub_type| console.label("tag", sub_type)));
    words.extend(incident.tags.iter().map(|tag| console.label("tag", tag)));
    console.list(&words)
}

/// How sure it is, and whether it is news in the reports.
fn standing(incident: &Incident, console: &Console) -> String {
    console.list(&[console.label("epistemic", &incident.epistemic), console.label("role", &incident.role)])
}

fn where_it_was<'a>(place: Option<&'a Place>, console: &Console, out: &mut Vec<Field<'a>>) {
    out.push(field("place", values::place(place, console), place.map_or(&[], |p| &p.evidence)));
    let Some(place) = place else { return };
    let around = values::surroundings(place, console);
    if !around.is_empty() {
        out.push(field("surroundings", around, &[]));
    }
    if let Some(point) = place.point {
        out.push(field("point", format!("{}, {} ±{} km", point.lat, point.lon, point.accuracy_km), &[]));
    }
}

fn with_what<'a>(incident: &'a Incident, console: &Console, out: &mut Vec<Field<'a>>) {
    for weapon in &incident.weapons {
        out.push(field("weapons", weapon.name_en.as_deref().unwrap_or(&weapon.id), &weapon.evidence));
    }
    let m = &incident.munitions;
    let counts = [&m.launched, &m.landed, &m.intercepted, &m.unfired, &m.used];
    let names = ["launched", "landed", "intercepted", "unfired", "used"];
    for (count, name) in counts.into_iter().zip(names).filter(|(count, _)| is_told(count)) {
        let name = console.word(&format!("munitions.{name}"), name);
        out.push(field("munitions", format!("{} {name}", values::quantity(count)), &count.evidence));
    }
    if incident.interception.status != "unknown" {
        let mut words = vec![console.label("status", &incident.interception.status)];
        words.extend(incident.interception.system.iter().map(|system| console.isolated(system)));
        out.push(field("interception", console.list(&words), &incident.interception.evidence));
    }
    if let Some(site) = &incident.launch_site {
        let value = site.value.as_ref().map_or(values::UNKNOWN.to_string(), |v| console.isolated(v));
        out.push(field("launch_site", value, &site.evidence));
    }
    if let Some(target) = &incident.target {
        let class = target.class.as_ref().map_or(String::new(), |class| format!(" ({class})"));
        out.push(field("target", console.isolated(&target.value) + &class, &target.evidence));
    }
}

fn at_what_cost<'a>(incident: &'a Incident, console: &Console, out: &mut Vec<Field<'a>>) {
    let c = &incident.casualties;
    out.push(field("killed", values::quantity(&c.killed), &c.killed.evidence));
    out.push(field("wounded", values::quantity(&c.wounded), &c.wounded.evidence));
    for (name, count) in [("pooled", &c.pooled), ("perpetrators_killed", &c.perpetrators_killed)] {
        if is_told(count) {
            out.push(field(name, values::quantity(count), &count.evidence));
        }
    }
    let damage = &incident.damage;
    if damage.status != "unknown" {
        let value =
            damage.value.as_ref().map_or_else(|| console.label("status", &damage.status), |v| console.isolated(v));
        out.push(field("damage", value, &damage.evidence));
    }
}

fn by_whom<'a>(incident: &'a Incident, console: &Console, out: &mut Vec<Field<'a>>) {
    let claim = &incident.claimed_by;
    if claim.status != "unknown" {
        let value = claim
            .actor
            .as_ref()
            .map_or_else(|| console.label("status", &claim.status), |actor| console.isolated(actor));
        out.push(field("claimed_by", value, &claim.evidence));
    }
    if let Some(actor) = &incident.perpetrator {
        out.push(field("perpetrator", console.isolated(&actor.actor), &actor.evidence));
    }
    for blame in &incident.blamed_on {
        let by = blame.by.as_ref().map_or(String::new(), |by| format!(" ← {}", console.isolated(by)));
        let value = format!("{}{by} ({})", console.isolated(&blame.actor), console.label("strength", &blame.strength));
        out.push(field("blamed_on", value, &blame.evidence));
    }
}

fn who_says<'a>(resolved: &'a Resolved, console: &Console, out: &mut Vec<Field<'a>>) {
    for link in &resolved.incident.attribution {
        let kind = console.label("kind", &link.kind);
        out.push(field("attribution", format!("{} ({kind})", console.isolated(&link.source)), &link.evidence));
    }
    out.push(field("voices", format!("{}/{}", resolved.tellings.len(), resolved.voices), &[]));
    for link in &resolved.incident.links {
        out.push(field("link", stands_to(link, console), &link.evidence));
    }
    if let Some(grade) = &resolved.grade {
        out.push(field("grade", console.label("grade", grade), &[]));
    }
    if !resolved.previous_ids.is_empty() {
        out.push(field("previous_ids", console.list(&resolved.previous_ids), &[]));
    }
}

/// Who says so, where the reports do.
fn stands_to(link: &Link, console: &Console) -> String {
    let mut value = format!("{} {}", console.label("link", &link.kind), link.incident);
    if !link.said_by.is_empty() {
        let speakers: Vec<String> = link.said_by.iter().map(|s| console.isolated(s)).collect();
        value += &format!(" ({})", console.say("section.said_by", &[("who", &console.list(&speakers))]));
    }
    value
}

fn is_told(quantity: &Quantity) -> bool {
    quantity.status != "unknown"
}
