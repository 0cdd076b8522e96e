//! How does one incident of many documents look as JSON?
//!
//! The fields of a reading's incident, then who tells it, how many voices that
//! are, and which values conflict (`spec/interfaces.md`). Its spans stand in
//! different documents, so each names the document that it quotes.

use super::quote::{Quote, TextIndex};
use super::{Incident, Link, Span, from_model};
use crate::{ResolvedDate, ResolvedIncident, ResolvedLink};
use marsad_model::Evidence;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One incident with the preferred values and everything that was said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resolved {
    #[serde(flatten)]
    pub incident: Incident,
    pub tellings: Vec<Telling>,
    /// Independent voices: reprints of one wire text count once.
    pub voices: u32,
    pub conflicts: Vec<Conflict>,
    /// Why the tellings were taken to be one incident.
    pub why: Vec<String>,
    /// How well attested, after Airwars' scheme: `confirmed`, `fair`, `weak`, `contested`, `discounted`.
    pub grade: Option<String>,
    /// Ids that now lead here, sorted.
    pub previous_ids: Vec<String>,
    pub rollup: Rollups,
    /// What the dates of some documents say of the open dates of others; no document says it of itself.
    pub derived_dates: Vec<DerivedDate>,
}

/// A date that one document owes to others that tell the same incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DerivedDate {
    pub document: String,
    /// `incident`, of which the document tells no day, or `publication`, its own.
    pub of: String,
    /// Both inclusive; null where nothing bounds it.
    pub earliest: Option<String>,
    pub latest: Option<String>,
    /// The documents from whose dates it follows.
    pub basis: Vec<String>,
    /// The words with which the first of them date the incident.
    pub evidence: Vec<Span>,
}

/// The tolls as the codebooks count them; null where nobody counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rollups {
    pub killed: Option<Rollup>,
    pub wounded: Option<Rollup>,
}

/// One toll: `low` is ACLED's number, all three are UCDP's, `low` to `high` is Airwars'.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rollup {
    pub low: u32,
    pub best: u32,
    pub high: u32,
}

/// One document's incident of which a resolved incident is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Telling {
    pub document: String,
    pub source: String,
    pub outlet: Option<String>,
    /// Headline of the document; filled in by the store.
    pub title: Option<String>,
    /// Last day on which the document can have been published; filled in by the store.
    pub published_latest: Option<String>,
    /// Id of the incident within the document, `i1`, `i2` ….
    pub incident: String,
    /// Tellings with one number are one voice.
    pub voice: u32,
}

/// A field of which the tellings say different things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conflict {
    pub field: String,
    pub values: Vec<ConflictValue>,
    /// The value that is shown.
    pub preferred: Value,
    /// The rule that chose it.
    pub rule: String,
}

/// One of several values, with the documents and the speakers that give it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConflictValue {
    pub value: Value,
    pub documents: Vec<String>,
    pub said_by: Vec<String>,
}

/// The JSON form of a resolved incident under its stable id.
pub(crate) fn resolved_incident(row: &ResolvedIncident, id: &str, quotes: &EvidenceSource) -> Resolved {
    Resolved {
        incident: Incident { id: id.to_string(), ..from_model::incident(&row.incident, quotes) },
        tellings: row.tellings.clone(),
        voices: row.voices,
        conflicts: row.conflicts.clone(),
        why: row.why.clone(),
        grade: row.grade.clone(),
        previous_ids: row.previous_ids.clone(),
        rollup: row.rollup,
        derived_dates: row.derived_dates.iter().map(|date| derived_date(date, quotes)).collect(),
    }
}

/// Of so many documents of a basis the words are kept; hundreds may tell one incident, and each owes to all others.
const BASIS_QUOTED_MAX: usize = 5;

fn derived_date(date: &ResolvedDate, quotes: &EvidenceSource) -> DerivedDate {
    let ResolvedDate { document, of, earliest, latest, basis } = date.clone();
    let evidence = basis.iter().filter_map(|told| quotes.of_field(told, "date")).take(BASIS_QUOTED_MAX).collect();
    DerivedDate { document, of, earliest, latest, basis, evidence }
}

/// A link to the incident with this id, with the spans that quote the phrases.
pub(crate) fn resolved_link(link: &ResolvedLink, incident: String, evidence: Vec<Span>) -> Link {
    let said_by: BTreeSet<&String> = link.told_by.iter().map(|told| &told.said_by).collect();
    Link {
        kind: link.kind.clone(),
        incident,
        by: link.decided.clone().unwrap_or_else(|| "text".to_string()),
        said_by: said_by.into_iter().cloned().collect(),
        evidence,
    }
}

/// The spans of a document's text that this evidence quotes.
pub(crate) fn quoted(document: &str, text: &str, evidence: &[Evidence]) -> Vec<Span> {
    let spans = TextIndex::new(text).spans("links", evidence).into_iter();
    spans.map(|span| Span { document: Some(document.to_string()), ..span }).collect()
}

/// Finds which of the tellings a piece of evidence comes from.
///
/// A merged incident carries bare spans. Each is looked up in the tellings'
/// own incidents: first in the document from which the field is shown, then
/// under the same field in any telling, then anywhere. What no telling has is
/// left out rather than quoted from the wrong text.
pub(crate) struct EvidenceSource<'a> {
    shown_from: &'a BTreeMap<String, String>,
    tellings: Vec<(String, BTreeMap<Place, Span>)>,
}

/// Where evidence stands: field, start, end, rule.
type Place = (String, u32, u32, String);

impl<'a> EvidenceSource<'a> {
    /// `tellings`: each document's id with its incident as stored.
    pub(crate) fn new(shown_from: &'a BTreeMap<String, String>, tellings: &[(String, Value)]) -> EvidenceSource<'a> {
        let index = |(document, incident): &(String, Value)| {
            let mut places = BTreeMap::new();
            each_span(incident, "", &mut |field, span| {
                let quoted = Span { document: Some(document.clone()), ..span };
                places.entry((field.to_string(), quoted.start, quoted.end, rule(&quoted))).or_insert(quoted);
            });
            (document.clone(), places)
        };
        EvidenceSource { shown_from, tellings: tellings.iter().map(index).collect() }
    }

    /// The first that this document has under this field.
    fn of_field(&self, document: &str, field: &str) -> Option<Span> {
        let mut told = self.tellings.iter().filter(|(of, _)| of == document).flat_map(|(_, places)| places);
        told.find(|(place, _)| place.0 == field).map(|(_, span)| span.clone())
    }

    fn under_field(&self, place: &Place) -> Option<&Span> {
        let shown = names(&place.0).find_map(|name| self.shown_from.get(name));
        let first = self.tellings.iter().filter(|(document, _)| Some(document) == shown);
        first.chain(&self.tellings).find_map(|(_, places)| places.get(place))
    }

    fn anywhere(&self, place: &Place) -> Option<&Span> {
        let same = |p: &Place| (p.1, p.2, &p.3) == (place.1, place.2, &place.3);
        self.tellings.iter().find_map(|(_, places)| places.iter().find(|(p, _)| same(p)).map(|(_, span)| span))
    }
}

impl Quote for EvidenceSource<'_> {
    fn span(&self, field: &str, evidence: &Evidence) -> Option<Span> {
        let place = (field.to_string(), evidence.span.start, evidence.span.end, evidence.rule.to_string());
        self.under_field(&place).or_else(|| self.anywhere(&place)).cloned()
    }
}

/// The names under which a resolver may list a field, the most exact first:
/// `casualties.by_group.killed` also goes by `casualties.by_group`, and all
/// that is under `casualties` may leave that word out.
fn names(field: &str) -> impl Iterator<Item = &str> {
    let wider = std::iter::successors(Some(field), |name| name.rsplit_once('.').map(|(wider, _)| wider));
    wider.flat_map(|name| [Some(name), name.strip_prefix("casualties.")]).flatten()
}

fn rule(span: &Span) -> String {
    span.rule.clone().unwrap_or_default()
}

/// Calls `f` with every span under `value` and the dotted name of its field.
pub(crate) fn each_span(value: &Value, field: &str, f: &mut dyn FnMut(&str, Span)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_span(item, field, f)),
        Value::Object(keys) if keys.contains_key("exact") => {
            if let Ok(span) = serde_json::from_value(value.clone()) {
                f(field, span);
            }
        }
        Value::Object(keys) => keys.iter().for_each(|(key, inner)| each_span(inner, &below(field, key), f)),
        _ => {}
    }
}

fn below(field: &str, key: &str) -> String {
    match (field, key) {
        (_, "evidence") => field.to_string(),
        ("", "type_evidence") => "type".to_string(),
        ("", _) => key.to_string(),
        _ => format!("{field}.{key}"),
    }
}
