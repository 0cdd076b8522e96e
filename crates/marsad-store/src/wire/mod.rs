//! How does a reading look as JSON?
//!
//! The row types of `spec/reading.md`, key names and key order as documented
//! there; `schema/reading.schema.json` holds them to it in a test. They own the
//! format so that the nouns of `marsad-model` need no serde. [`reading`] prints,
//! [`Reading::to_model`] reads back; [`Resolved`] is one incident of many
//! documents as `spec/interfaces.md` has it. Extra keys beyond the format:
//! `document.outlet_given`, `type_evidence`, a tally's `killed` and `wounded`,
//! and in resolved incidents `document` beside each span.
//!
//! Every type reads leniently: a missing key is "unknown", an extra key is
//! ignored. Examples are in `tests/wire.rs`.

mod from_model;
mod names;
mod quote;
mod resolved;
mod to_model;

pub(crate) use from_model::place_row as place;
pub use from_model::{reading, reading_with};
pub use quote::TextIndex;
pub use resolved::{Conflict, ConflictValue, DerivedDate, Resolved, Rollup, Rollups, Telling};
pub(crate) use resolved::{EvidenceSource, each_span, quoted, resolved_incident, resolved_link};
pub(crate) use to_model::to_place;

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// The format that this module writes, as the key `schema` names it.
pub const SCHEMA: &str = "marsad.reading/1";

/// Everything that was read from one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    pub schema: String,
    pub document: Document,
    pub incidents: Vec<Incident>,
    pub tallies: Vec<Tally>,
    pub not_incidents: Vec<NotIncident>,
    /// Printed only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Vec<Mention>>,
    pub quotes: Vec<Quote>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A stretch of the document: code points, end-exclusive, with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
    pub exact: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// In resolved incidents: whose text is quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quantity {
    pub value: Option<u32>,
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub approx: bool,
    pub status: String,
    pub evidence: Vec<Span>,
}

/// An absent quantity is one of which the text is silent.
impl Default for Quantity {
    fn default() -> Self {
        Quantity { value: None, min: None, max: None, approx: false, status: "unknown".into(), evidence: vec![] }
    }
}

/// Where and when a document was fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Retrieval {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

impl Retrieval {
    fn is_empty(&self) -> bool {
        *self == Retrieval::default()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    pub id: String,
    pub source: String,
    pub sha256: String,
    pub language: String,
    pub title: Option<Text>,
    /// From the text; where the text is silent, as given, without evidence.
    pub outlet: Option<Text>,
    pub published: Published,
    /// Left out where the input tells nothing of it.
    #[serde(skip_serializing_if = "Retrieval::is_empty")]
    pub retrieval: Retrieval,
    pub segments: Vec<Segment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet_given: Option<String>,
}

/// A value of the document with the words that give it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Text {
    pub value: Option<String>,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Published {
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub precision: String,
    pub weekday: Option<String>,
    pub method: String,
    pub evidence: Vec<Span>,
    pub rejected: Vec<Rejected>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rejected {
    pub date: String,
    pub reason: String,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Segment {
    pub role: String,
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incident {
    pub id: String,
    #[serde(rename = "type")]
    pub event: String,
    pub sub_type: Option<String>,
    pub tags: Vec<String>,
    pub role: String,
    pub epistemic: String,
    pub date: DateValue,
    pub place: Option<Place>,
    pub weapons: Vec<Weapon>,
    pub munitions: Munitions,
    pub interception: Interception,
    pub launch_site: Option<LaunchSite>,
    pub target: Option<Target>,
    pub casualties: Casualties,
    pub damage: Damage,
    pub claimed_by: ClaimedBy,
    pub perpetrator: Option<Actor>,
    pub blamed_on: Vec<Blame>,
    pub attribution: Vec<Attribution>,
    pub mentions: Vec<Span>,
    /// The words on which the type rests.
    pub type_evidence: Vec<Span>,
    /// How it stands to other incidents.
    pub links: Vec<Link>,
}

/// One incident stands so to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// `retaliation_for`, `follow_up_of`, `same_campaign_as` or `part_of`.
    pub kind: String,
    /// Id of the other incident: within the document in a reading, of the store in a resolved incident.
    pub incident: String,
    /// In resolved incidents: `text`, or the entry of the log that says so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// In resolved incidents: the speakers of the documents that say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said_by: Vec<String>,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DateValue {
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub precision: String,
    pub time_of_day: Option<String>,
    pub weekday: Option<String>,
    pub derivation: Option<String>,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub id: Option<String>,
    pub name_en: Option<String>,
    /// Other romanizations of the name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    pub name_ar: Option<String>,
    pub relation: Option<String>,
    pub chain: Vec<PlaceLink>,
    pub country: Option<String>,
    pub point: Option<Point>,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceLink {
    pub id: Option<String>,
    pub kind: String,
    pub name_en: String,
    pub name_ar: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
    pub accuracy_km: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weapon {
    pub id: String,
    pub name_en: Option<String>,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Munitions {
    pub launched: Quantity,
    pub landed: Quantity,
    pub intercepted: Quantity,
    pub unfired: Quantity,
    pub used: Quantity,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Interception {
    pub status: String,
    pub system: Option<String>,
    pub evidence: Vec<Span>,
}

impl Default for Interception {
    fn default() -> Self {
        Interception { status: "unknown".into(), system: None, evidence: vec![] }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LaunchSite {
    pub value: Option<String>,
    pub place_id: Option<String>,
    pub launcher_found: bool,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    pub value: String,
    pub class: Option<String>,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Casualties {
    pub killed: Quantity,
    pub wounded: Quantity,
    pub pooled: Quantity,
    pub perpetrators_killed: Quantity,
    pub by_group: Vec<GroupToll>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupToll {
    pub group: String,
    pub killed: Quantity,
    pub wounded: Quantity,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Damage {
    pub status: String,
    pub value: Option<String>,
    pub evidence: Vec<Span>,
}

impl Default for Damage {
    fn default() -> Self {
        Damage { status: "unknown".into(), value: None, evidence: vec![] }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimedBy {
    pub status: String,
    pub actor: Option<String>,
    pub evidence: Vec<Span>,
}

impl Default for ClaimedBy {
    fn default() -> Self {
        ClaimedBy { status: "unknown".into(), actor: None, evidence: vec![] }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    pub actor: String,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Blame {
    pub actor: String,
    pub by: Option<String>,
    pub strength: String,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    pub source: String,
    pub kind: String,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub kind: String,
    pub count: Quantity,
    pub from: Option<String>,
    pub to: Option<String>,
    pub types: Vec<String>,
    pub target: Option<String>,
    pub said_by: Option<String>,
    pub killed: Quantity,
    pub wounded: Quantity,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotIncident {
    pub reason: String,
    pub evidence: Vec<Span>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mention {
    pub kind: String,
    pub start: u32,
    pub end: u32,
    pub exact: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timex: Option<String>,
    /// A whole number prints without a fraction: `2`, not `2.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quote {
    pub speaker: Option<String>,
    pub cue: Option<Span>,
    pub content: Span,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Diagnostic {
    pub code: String,
    pub message: String,
    pub hint: Option<String>,
    pub evidence: Vec<Span>,
}
