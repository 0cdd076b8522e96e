//! What is known of one incident, and from which sentences?
//!
//! Every value that a text gives stands over the sentence it was read from;
//! what no text gives is shown as unknown. Who says it, what they say
//! differently, and why the reports are one incident come on request.

use super::args::Show;
use super::claims::{self, Told};
use super::console::{Console, output_error};
use super::fields::{Field, fields};
use super::owners::Owners;
use super::quotes::Quotes;
use super::stores::{incident, opened};
use super::{Done, derived, values};
use crate::Error;
use crate::{Nearest, nearest_in_store};
use marsad_resolve::levels::{EDGE_POINTS, LINK_POINTS};
use marsad_resolve::{Apart, Erring};
use marsad_store::wire::{Conflict, ConflictValue, Resolved, Telling};
use marsad_store::{Filter, Store, export};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write, stdout};
use std::path::Path;
use unicode_width::UnicodeWidthStr;

pub fn run(args: &Show, console: &Console) -> Result<Done, Error> {
    let store = opened(console, args.as_of.as_deref())?;
    let resolved = incident(&args.id, &store, console)?;
    let mut out = BufWriter::new(stdout().lock());
    if !console.human {
        match args.claims {
            false => export::ndjson(&[resolved], out).map_err(output_error)?,
            true => with_claims(&resolved, &store, console)
                .and_then(|line| writeln!(out, "{line}").map_err(output_error))?,
        }
        return Ok(Done::Well);
    }
    let quotes = Quotes::of(&resolved, &store)?;
    let nearest = if args.why { nearest(&store, &resolved)? } else { None };
    let told = if args.claims { claims::told(&resolved, &store)? } else { vec![] };
    let owners = if args.sources || args.claims { owners(&resolved, console)? } else { Owners::default() };
    let page = Page { resolved: &resolved, quotes: &quotes, nearest, told, owners, console };
    out.write_all(page.text(args).as_bytes()).and_then(|()| out.flush()).map_err(output_error)?;
    Ok(Done::Well)
}

/// What is shown of one incident.
struct Page<'a> {
    resolved: &'a Resolved,
    quotes: &'a Quotes,
    /// What came nearest to joining it to another incident.
    nearest: Option<Rejected>,
    told: Vec<Told>,
    owners: Owners,
    console: &'a Console,
}

/// The incident as JSON, with every telling as its document has it.
fn with_claims(resolved: &Resolved, store: &Store, console: &Console) -> Result<serde_json::Value, Error> {
    let owners = owners(resolved, console)?;
    let mut line = serde_json::to_value(resolved).expect("an incident has string keys only");
    line["claims"] = claims::told(resolved, store)?.iter().map(|told| told.json(&owners)).collect();
    Ok(line)
}

fn owners(resolved: &Resolved, console: &Console) -> Result<Owners, Error> {
    Ok(Owners::new(&resolved.tellings, &crate::resources(console.data())?))
}

struct Rejected {
    pair: String,
    apart: Option<Apart>,
    incident: String,
}

/// The pair, with the incident that it would have joined.
fn nearest(store: &Store, resolved: &Resolved) -> Result<Option<Rejected>, Error> {
    let Some(Nearest { pair, apart }) = nearest_in_store(store, resolved)? else { return Ok(None) };
    let other = pair.split(" = ").nth(1).and_then(|b| b.split_once(": ")).map_or("", |(key, _)| key);
    let tells =
        |incident: &&Resolved| incident.tellings.iter().any(|t| other == format!("{}#{}", t.document, t.incident));
    let incidents = store.incidents(&Filter::default())?;
    let incident = incidents.iter().find(tells).map(|i| i.incident.id.clone()).unwrap_or_default();
    Ok(Some(Rejected { pair, apart, incident }))
}

impl Page<'_> {
    fn text(&self, args: &Show) -> String {
        let mut out = self.values() + &derived::text(self.resolved, self.quotes, |id| self.name_of(id), self.console);
        if args.sources {
            out += &self.sources();
        }
        if args.claims {
            out += &claims::text(
                &self.told,
                &self.resolved.derived_dates,
                |document| self.name_of(document),
                self.console,
            );
            out += &if args.sources { String::new() } else { self.one_owner() };
        }
        if args.conflicts {
            out += &self.conflicts();
        }
        if args.why {
            out += &self.why();
        }
        if !(args.sources || args.claims || args.conflicts || args.why) {
            out += &format!("\n{}\n", self.console.say("section.more", &[]));
        }
        out
    }

    fn values(&self) -> String {
        let incident = &self.resolved.incident;
        let mut out = format!("{}  {}\n\n", incident.id, values::event(incident, self.console));
        for field in fields(self.resolved, self.console) {
            out += &self.field(&field);
        }
        out
    }

    /// Label and value, then one quotation from each of the first two documents.
    fn field(&self, field: &Field) -> String {
        let label = self.console.say(&format!("field.{}", field.name), &[]);
        let gap = " ".repeat(18usize.saturating_sub(label.width()).max(2));
        let mut out = format!("{label}{gap}{}\n", field.value);
        let mut quoted: Vec<&str> = vec![];
        for span in field.evidence {
            let document = span.document.as_deref().unwrap_or_default();
            let Some(sentence) = self.quotes.sentence(span, self.console) else { continue };
            if quoted.len() < 2 && !quoted.contains(&document) {
                quoted.push(document);
                out += &format!("{:<18}{sentence}\n", "");
            }
        }
        out
    }

    fn sources(&self) -> String {
        let tellings = self.console.messages.counted("reports", self.resolved.tellings.len());
        let voices = self.console.messages.counted("voices", self.resolved.voices as usize);
        let counts: [(&str, &dyn std::fmt::Display); 2] = [("tellings", &tellings), ("voices", &voices)];
        let mut out = format!("\n{}\n", self.console.say("section.sources", &counts));
        let mut voices: BTreeMap<u32, Vec<&Telling>> = BTreeMap::new();
        for telling in &self.resolved.tellings {
            voices.entry(telling.voice).or_default().push(telling);
        }
        for (number, tellings) in voices {
            out += &format!("  {}\n", self.console.say("section.voice", &[("number", &number)]));
            tellings.iter().for_each(|telling| out += &self.telling(telling));
        }
        out + &self.one_owner()
    }

    /// Voices that are counted apart and belong together.
    fn one_owner(&self) -> String {
        let line = |(owner, voices): (&str, BTreeSet<u32>)| {
            let numbers: Vec<String> = voices.iter().map(u32::to_string).collect();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("owner", &owner), ("voices", &self.console.list(&numbers))];
            format!("  {}\n", self.console.say("section.owner", &values))
        };
        self.owners.shared(&self.resolved.tellings).into_iter().map(line).collect()
    }

    fn telling(&self, telling: &Telling) -> String {
        let mut out = format!("    {}", self.name_of(&telling.document));
        if let Some(title) = &telling.title {
            out += &format!(": {}", self.console.isolated(title));
        }
        out += &format!("\n      {}", telling.source);
        let reading = self.quotes.reading(&telling.document);
        let published = reading.and_then(|r| r.document.published.day());
        out += &published.map_or("\n".to_string(), |day| format!(", {day}\n"));
        let incident = reading.and_then(|r| r.incidents.iter().find(|i| i.id == telling.incident));
        let told = incident.and_then(|i| i.event.evidence().first().or(i.mentions.first()));
        let sentence = told.and_then(|e| self.quotes.telling(&telling.document, e.span, self.console));
        out + &sentence.map_or(String::new(), |s| format!("      {s}\n"))
    }

    /// The outlet, else the file's name: hashes say nothing to people.
    fn name_of(&self, document: &str) -> String {
        let telling = self.resolved.tellings.iter().find(|t| t.document == document);
        let Some(telling) = telling else { return document.to_string() };
        let file = || Path::new(&telling.source).file_stem().map(|s| s.to_string_lossy().into_owned());
        let outlet = telling.outlet.as_ref().map(|outlet| self.console.isolated(outlet));
        outlet.or_else(file).unwrap_or_else(|| telling.source.clone())
    }

    fn conflicts(&self) -> String {
        if self.resolved.conflicts.is_empty() {
            return format!("\n{}\n", self.console.say("section.no_conflicts", &[]));
        }
        let mut out = format!("\n{}\n", self.console.say("section.conflicts", &[]));
        self.resolved.conflicts.iter().for_each(|c| out += &self.conflict(c));
        out
    }

    fn conflict(&self, conflict: &Conflict) -> String {
        let label = self.console.word(&format!("field.{}", conflict.field), &conflict.field);
        let mut out = format!("  {label}\n");
        for value in &conflict.values {
            out += &self.conflict_value(&conflict.field, value, value.value == conflict.preferred);
        }
        let rule = self.console.label("rule", &conflict.rule);
        out + &format!("    {}\n", self.console.say("section.rule", &[("rule", &rule)]))
    }

    fn conflict_value(&self, field: &str, value: &ConflictValue, is_shown: bool) -> String {
        let text = value.value.as_str().map_or_else(
            || value.value.to_string(),
            |text| match field {
                "place" => self.place_name(text),
                _ => values::conflict_text(field, text, self.console),
            },
        );
        let mut names: Vec<String> = value.documents.iter().map(|d| self.name_of(d)).collect();
        names.dedup();
        let speakers: Vec<String> = value.said_by.iter().map(|s| self.console.isolated(s)).collect();
        let who = self.console.say("section.said_by", &[("who", &self.console.list(&speakers))]);
        let mark = if is_shown { format!("  ← {}", self.console.say("section.shown", &[])) } else { String::new() };
        format!("    {text:<12}  {} ({who}){mark}\n", self.console.list(&names))
    }

    /// The name of a place under which one of the readings knows it; conflicts carry ids.
    fn place_name(&self, id: &str) -> String {
        let readings = self.resolved.tellings.iter().filter_map(|t| self.quotes.reading(&t.document));
        let mut places = readings.flat_map(|r| r.incidents.iter().filter_map(|i| i.place.as_ref()));
        let known = places.find(|place| place.id.as_deref() == Some(id));
        let name = known.map(|place| if self.console.arabic { &place.name_ar } else { &place.name_en });
        name.filter(|name| !name.is_empty()).map_or(id.to_string(), |name| self.console.isolated(name))
    }

    fn why(&self) -> String {
        let mut out = format!("\n{}\n", self.console.say("section.why", &[]));
        if self.resolved.why.is_empty() {
            out += &format!("  {}\n", self.console.say("section.only_one", &[]));
        }
        self.resolved.why.iter().for_each(|reason| out += &format!("  {}\n", self.with_names(reason)));
        match &self.nearest {
            None => out += &format!("  {}\n", self.console.say("section.nothing_near", &[])),
            Some(Rejected { pair, apart, incident }) => {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("id", incident), ("edge", &EDGE_POINTS), ("needed", &LINK_POINTS)];
                out += &format!("  {}\n    {}\n", self.console.say("section.nearest", &values), self.with_names(pair));
                out += &apart.as_ref().map_or(String::new(), |apart| self.apart(apart));
            }
        }
        out
    }

    /// What kept two incidents apart that the mean of their pairs would have joined.
    fn apart(&self, apart: &Apart) -> String {
        let left = apart.left();
        let all: [(&str, &dyn std::fmt::Display); 3] =
            [("mean", &apart.mean), ("needed", &apart.needed), ("left", &left)];
        let mut out = format!("    {}\n", self.console.say("section.apart", &all));
        for Erring { field, voices, erring, points } in &apart.voices {
            let field = self.console.say(&format!("said.{field}"), &[]);
            let points = -points;
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("field", &field), ("voices", voices), ("erring", erring), ("points", &points)];
            out += &format!("      {}\n", self.console.say("section.apart_voices", &values));
        }
        if apart.tolls != 0 {
            let points = format!("{:+}", apart.tolls);
            out += &format!("      {}\n", self.console.say("section.apart_tolls", &[("points", &points)]));
        }
        out
    }

    /// Reasons name documents by id; people know them by outlet or file.
    fn with_names(&self, reason: &str) -> String {
        let replace =
            |text: String, telling: &Telling| text.replace(&telling.document, &self.name_of(&telling.document));
        self.resolved.tellings.iter().fold(reason.to_string(), replace)
    }
}
