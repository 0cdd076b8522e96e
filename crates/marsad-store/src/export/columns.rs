//! Which columns has a table of incidents, and what stands in each cell?

use crate::wire::{DerivedDate, Place, PlaceLink, Quantity, Resolved, Rollup};
use std::collections::BTreeSet;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Count(u32),
    Number(f64),
    Text(String),
}

/// The columns in order. New ones are added at the end only: people have
/// spreadsheets that count on the order.
#[rustfmt::skip]
pub const COLUMNS: &[&str] = &[
    "id", "type", "date_earliest", "date_latest", "date_precision", "weekday", "time_of_day",
    "place_en", "place_ar", "relation", "admin1", "country", "lat", "lon", "accuracy_km", "weapons",
    "killed", "killed_min", "killed_max", "killed_status", "wounded", "wounded_min", "wounded_max", "wounded_status",
    "damage", "claimed_by", "claim_status", "voices", "reports", "conflicts", "sources", "epistemic", "role", "title",
    "sub_type", "tags", "place_id", "damage_status", "perpetrator", "blamed_on", "target", "target_class",
    "pooled", "perpetrators_killed", "launched", "landed", "intercepted", "unfired", "used", "interception",
    "grade", "previous_ids", "documents",
    "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
    "links", "derived_dates",
];

/// The cells of one incident, one a column.
pub(super) fn cells(resolved: &Resolved) -> Vec<Cell> {
    let mut row = what_and_when(resolved).to_vec();
    row.extend(place_cells(resolved.incident.place.as_ref()));
    row.push(list(resolved.incident.weapons.iter().map(|w| w.id.as_str())));
    row.extend(toll(&resolved.incident.casualties.killed));
    row.extend(toll(&resolved.incident.casualties.wounded));
    row.extend(who_says(resolved));
    row.extend(details(resolved));
    row.extend(counts(resolved));
    row.extend(keeping(resolved));
    row.extend(rollup(resolved.rollup.killed));
    row.extend(rollup(resolved.rollup.wounded));
    let links: Vec<String> = resolved.incident.links.iter().map(|l| format!("{} {}", l.kind, l.incident)).collect();
    let derived: Vec<String> = resolved.derived_dates.iter().map(derived_date).collect();
    row.extend([&links, &derived].map(|words| list(words.iter().map(String::as_str))));
    row
}

/// `DOCUMENT incident 2021-07-28..2021-07-29 by DOCUMENT`; an open end is empty.
fn derived_date(date: &DerivedDate) -> String {
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let (first, last) = (day(&date.earliest), day(&date.latest));
    let days = if first == last { first } else { format!("{first}..{last}") };
    format!("{} {} {days} by {}", date.document, date.of, date.basis.join(", "))
}

fn rollup(rollup: Option<Rollup>) -> [Cell; 3] {
    let numbers = rollup.map(|r| [r.low, r.best, r.high]);
    numbers.map_or([Cell::Empty, Cell::Empty, Cell::Empty], |numbers| numbers.map(Cell::Count))
}

fn what_and_when(resolved: &Resolved) -> [Cell; 7] {
    let incident = &resolved.incident;
    let date = &incident.date;
    [
        text(&incident.id),
        text(&incident.event),
        maybe(&date.earliest),
        maybe(&date.latest),
        text(&date.precision),
        maybe(&date.weekday),
        maybe(&date.time_of_day),
    ]
}

fn place_cells(place: Option<&Place>) -> [Cell; 8] {
    let word = |get: fn(&Place) -> &Option<String>| place.map_or(Cell::Empty, |p| maybe(get(p)));
    let point = place.and_then(|p| p.point);
    let number = |x: Option<f64>| x.map_or(Cell::Empty, Cell::Number);
    [
        word(|p| &p.name_en),
        word(|p| &p.name_ar),
        word(|p| &p.relation),
        place.and_then(admin1).map_or(Cell::Empty, |link| text(&link.name_en)),
        word(|p| &p.country),
        number(point.map(|p| p.lat)),
        number(point.map(|p| p.lon)),
        number(point.map(|p| p.accuracy_km)),
    ]
}

/// The first-order unit: named as such, else the link below the country.
fn admin1(place: &Place) -> Option<&PlaceLink> {
    const KINDS: [&str; 5] = ["governorate", "province", "state", "emirate", "admin1"];
    let named = place.chain.iter().rev().find(|link| KINDS.contains(&link.kind.as_str()));
    named.or_else(|| match place.chain.as_slice() {
        [.., below, country] if country.kind == "country" => Some(below),
        _ => None,
    })
}

fn toll(quantity: &Quantity) -> [Cell; 4] {
    [count(quantity.value), count(quantity.min), count(quantity.max), text(&quantity.status)]
}

fn who_says(resolved: &Resolved) -> [Cell; 10] {
    let incident = &resolved.incident;
    let sources = resolved.tellings.iter().map(|t| t.outlet.as_deref().unwrap_or(short_source(&t.source)));
    [
        maybe(&incident.damage.value),
        maybe(&incident.claimed_by.actor),
        text(&incident.claimed_by.status),
        Cell::Count(resolved.voices),
        Cell::Count(resolved.tellings.len() as u32),
        list(resolved.conflicts.iter().map(|c| c.field.as_str())),
        list(sources),
        text(&incident.epistemic),
        text(&incident.role),
        first_title(resolved).map_or(Cell::Empty, text),
    ]
}

/// The host of an address, the name of a file: whole paths say where somebody works, not who reports.
fn short_source(source: &str) -> &str {
    match source.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#', ':']).next().unwrap_or(rest).trim_start_matches("www."),
        None => source.rsplit(['/', '\\']).next().unwrap_or(source),
    }
}

/// The headline of the report that was published first, as far as that is known.
fn first_title(resolved: &Resolved) -> Option<&str> {
    let titled = resolved.tellings.iter().filter(|t| t.title.is_some());
    // `None` sorts before every day, and a report without a date is no early one.
    let first = titled.min_by_key(|t| (t.published_latest.is_none(), t.published_latest.as_deref()));
    first?.title.as_deref()
}

fn details(resolved: &Resolved) -> [Cell; 8] {
    let incident = &resolved.incident;
    let target = incident.target.as_ref();
    [
        maybe(&incident.sub_type),
        list(incident.tags.iter().map(String::as_str)),
        incident.place.as_ref().map_or(Cell::Empty, |p| maybe(&p.id)),
        text(&incident.damage.status),
        incident.perpetrator.as_ref().map_or(Cell::Empty, |p| text(&p.actor)),
        list(incident.blamed_on.iter().filter(|b| b.strength == "accusation").map(|b| b.actor.as_str())),
        target.map_or(Cell::Empty, |t| text(&t.value)),
        target.map_or(Cell::Empty, |t| maybe(&t.class)),
    ]
}

fn counts(resolved: &Resolved) -> [Cell; 8] {
    let (casualties, munitions) = (&resolved.incident.casualties, &resolved.incident.munitions);
    [
        count(casualties.pooled.value),
        count(casualties.perpetrators_killed.value),
        count(munitions.launched.value),
        count(munitions.landed.value),
        count(munitions.intercepted.value),
        count(munitions.unfired.value),
        count(munitions.used.value),
        text(&resolved.incident.interception.status),
    ]
}

fn keeping(resolved: &Resolved) -> [Cell; 3] {
    [
        maybe(&resolved.grade),
        list(resolved.previous_ids.iter().map(String::as_str)),
        list(resolved.tellings.iter().map(|t| t.document.as_str())),
    ]
}

fn text(word: &str) -> Cell {
    if word.is_empty() { Cell::Empty } else { Cell::Text(word.to_string()) }
}

fn maybe(word: &Option<String>) -> Cell {
    word.as_deref().map_or(Cell::Empty, text)
}

fn count(n: Option<u32>) -> Cell {
    n.map_or(Cell::Empty, Cell::Count)
}

/// Several words in one cell, each once, in the order of the incident.
fn list<'a>(words: impl Iterator<Item = &'a str>) -> Cell {
    let mut seen = BTreeSet::new();
    let once: Vec<&str> = words.filter(|word| seen.insert(*word)).collect();
    text(&once.join("; "))
}
