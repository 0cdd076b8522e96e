//! How does a person put right what the resolver got wrong?
//!
//! `merge`, `split`, `set`, `link`, `retract`, `undo`: each writes one entry into the
//! log and brings the incidents up. Nothing is deleted; any entry can be undone, and what
//! was decided holds when more is read.

use super::Done;
use super::args::{Link, Merge, Retract, Set, Split, Undo};
use super::console::Console;
use super::near::near_places;
use super::stores::{incident, told, writable};
use crate::Error;
use crate::resolve_store;
use marsad_model::{Decision, Place, SetValue};
use marsad_store::wire::{Resolved, Telling};
use marsad_store::{Operation, Store};
use std::collections::BTreeSet;

pub fn merge(args: &Merge, console: &Console) -> Result<Done, Error> {
    let mut store = writable(console)?;
    let mut incidents: Vec<Resolved> = vec![];
    for id in &args.ids {
        let found = incident(id, &store, console)?;
        if incidents.iter().all(|i| i.incident.id != found.incident.id) {
            incidents.push(found);
        }
    }
    if incidents.len() < 2 {
        let error = Error::new("usage", "these are one incident already");
        return Err(error.with_hint("name two or more incidents; `marsad show ID` tells which ids lead to one"));
    }
    let tellings = told(incidents.iter().flat_map(|i| &i.tellings), &store)?;
    let entry = store.decide(&Decision::Same { tellings }, args.why.as_deref())?;
    finish(&mut store, &entry, console)
}

pub fn split(args: &Split, console: &Console) -> Result<Done, Error> {
    let mut store = writable(console)?;
    let whole = incident(&args.id, &store, console)?;
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for report in &args.reports {
        chosen.extend(named(report, &whole.tellings)?);
    }
    if chosen.len() == whole.tellings.len() {
        let error = Error::new("usage", "these are all reports of the incident");
        return Err(error.with_hint("name those that tell of another one; `marsad show ID --sources` lists them"));
    }
    let of = |is_chosen: bool| -> Vec<&Telling> {
        let all = whole.tellings.iter().enumerate();
        all.filter(|(i, _)| chosen.contains(i) == is_chosen).map(|(_, telling)| telling).collect()
    };
    let (tellings, others) = (of(true), of(false));
    let decision = Decision::Apart { tellings: told(tellings, &store)?, others: told(others, &store)? };
    let entry = store.decide(&decision, args.why.as_deref())?;
    finish(&mut store, &entry, console)
}

/// The tellings that a word on the command line means: a document's id or its beginning, or its address or file.
fn named(report: &str, tellings: &[Telling]) -> Result<Vec<usize>, Error> {
    let find = |fits: &dyn Fn(&Telling) -> bool| -> Vec<usize> {
        tellings.iter().enumerate().filter(|(_, t)| fits(t)).map(|(i, _)| i).collect()
    };
    let exact = find(&|t| t.document == report || t.source == report);
    let found = if exact.is_empty() { find(&|t| t.document.starts_with(report)) } else { exact };
    let documents: BTreeSet<&str> = found.iter().map(|i| tellings[*i].document.as_str()).collect();
    match documents.len() {
        0 => Err(Error::new("unknown_report", format!("{report:?}: no report of this incident is called so"))
            .with_hint("`marsad show ID --sources` lists its reports")),
        1 => Ok(found),
        _ => Err(Error::new("ambiguous_id", format!("{report:?}: several reports begin so"))
            .with_hint("write more of the id")),
    }
}

pub fn set(args: &Set, console: &Console) -> Result<Done, Error> {
    let Some((field, text)) = args.value.split_once('=') else {
        return Err(Error::new("usage", format!("{:?} is no value", args.value)).with_hint(SET_HINT));
    };
    let value = match field.trim() {
        "place" => SetValue::Place(Box::new(place(text.trim(), console)?)),
        field => SetValue::read(field, text.trim())
            .ok_or_else(|| Error::new("usage", format!("{:?} is no value", args.value)).with_hint(SET_HINT))?,
    };
    let mut store = writable(console)?;
    let found = incident(&args.id, &store, console)?;
    let tellings = told(&found.tellings, &store)?;
    let entry = store.decide(&Decision::Set { tellings, value }, Some(&args.why))?;
    finish(&mut store, &entry, console)
}

const SET_HINT: &str = "write killed=4, wounded=20..30, date=2021-07-29, date=2021-07-01..2021-07-31, type=car_bomb, \
    epistemic=denied or place=iq/anbar/ain-al-asad";

/// A place of the gazetteer, with all that the gazetteer knows of it.
fn place(id: &str, console: &Console) -> Result<Place, Error> {
    let resources = crate::resources(console.data())?;
    let gazetteer = &resources.gazetteer;
    if let Some(found) = gazetteer.find(id) {
        return Ok(gazetteer.place(found));
    }
    let near = near_places(gazetteer, id);
    let error = Error::new("unknown_place", format!("{id:?}: the gazetteer has no such place"));
    Err(error.with_hint(match near.is_empty() {
        true => "name a place by its id, such as iq/anbar/ain-al-asad; `marsad show ID --json` has the ids".to_string(),
        false => format!("near it: {}", near.join(", ")),
    }))
}

pub fn link(args: &Link, console: &Console) -> Result<Done, Error> {
    let mut store = writable(console)?;
    let (from, to) = (incident(&args.id, &store, console)?, incident(&args.other, &store, console)?);
    if from.incident.id == to.incident.id {
        return Err(Error::new("usage", "an incident has no link to itself").with_hint("name two incidents"));
    }
    let (tellings, to) = (told(&from.tellings, &store)?, told(&to.tellings, &store)?);
    let entry = store.decide(&Decision::Link { tellings, to, kind: args.kind.into() }, args.why.as_deref())?;
    finish(&mut store, &entry, console)
}

pub fn retract(args: &Retract, console: &Console) -> Result<Done, Error> {
    let mut store = writable(console)?;
    let documents = store.documents()?;
    let begins = |d: &&marsad_store::DocumentRow| d.id.starts_with(&args.document) || d.source == args.document;
    let exact = documents.iter().find(|d| d.id == args.document);
    let found: Vec<&marsad_store::DocumentRow> = documents.iter().filter(begins).collect();
    let document = match (exact, &found[..]) {
        (Some(document), _) | (None, &[document]) => document.id.clone(),
        (None, &[]) => {
            let error = Error::new("unknown_report", format!("{:?}: no document is called so", args.document));
            return Err(error.with_hint("`marsad show ID --sources` lists the reports of an incident"));
        }
        (None, _) => {
            let error = Error::new("ambiguous_id", format!("{:?}: several documents begin so", args.document));
            return Err(error.with_hint("write more of the id"));
        }
    };
    let entry = store.decide(&Decision::Retract { document }, Some(&args.why))?;
    finish(&mut store, &entry, console)
}

pub fn undo(args: &Undo, console: &Console) -> Result<Done, Error> {
    let mut store = writable(console)?;
    let entry = store.undo(args.entry, args.why.as_deref())?;
    finish(&mut store, &entry, console)
}

/// Resolves and says what became of the incidents.
fn finish(store: &mut Store, entry: &Operation, console: &Console) -> Result<Done, Error> {
    let replaced = resolve_store(store)?;
    let led: Vec<String> = replaced.redirected.iter().map(|(old, new)| format!("{old} → {new}")).collect();
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("entry", &entry.seq),
        ("incidents", &replaced.ids.len()),
        ("created", &listed(&replaced.created, console)),
        ("redirected", &listed(&led, console)),
    ];
    console.note(&console.say("summary.decided", &values));
    Ok(Done::Well)
}

fn listed(words: &[String], console: &Console) -> String {
    if words.is_empty() { "–".to_string() } else { console.list(words) }
}
