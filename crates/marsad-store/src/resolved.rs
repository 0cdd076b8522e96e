//! What does the store ask of whoever resolves incidents?
//!
//! The row that `replace_incidents` takes. The caller fills it from the
//! resolver's result, so that neither crate needs the other.

use crate::wire::{Conflict, Rollups, Telling};
use marsad_model::Evidence;
use std::collections::BTreeMap;

/// One incident of the world as a resolver hands it over.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedIncident {
    /// The preferred values. Its `id` is not used: the store assigns stable
    /// ids. Its spans may stand in any of the tellings' documents.
    pub incident: marsad_model::Incident,
    /// At least one; no telling may belong to two incidents.
    pub tellings: Vec<Telling>,
    pub voices: u32,
    pub conflicts: Vec<Conflict>,
    pub why: Vec<String>,
    pub grade: Option<String>,
    /// The dead and the wounded as the codebooks count them.
    pub rollup: Rollups,
    pub links: Vec<ResolvedLink>,
    pub derived_dates: Vec<ResolvedDate>,
    /// Ids that must lead here beyond those that the store finds out itself,
    /// for example after a merge by hand.
    pub previous_ids: Vec<String>,
    /// For a field (`date`, `casualties.killed` or `killed` …) the document whose value is
    /// shown, where the resolver knows it. Settles which text a span quotes
    /// when two documents have the same span under the same rule.
    pub shown_from: BTreeMap<String, String>,
}

impl ResolvedIncident {
    /// An incident with one voice a telling and nothing in conflict.
    pub fn new(incident: marsad_model::Incident, tellings: Vec<Telling>) -> ResolvedIncident {
        let voices = tellings.iter().map(|t| t.voice).collect::<std::collections::BTreeSet<_>>().len() as u32;
        ResolvedIncident {
            incident,
            tellings,
            voices,
            conflicts: vec![],
            why: vec![],
            grade: None,
            rollup: Rollups::default(),
            links: vec![],
            derived_dates: vec![],
            previous_ids: vec![],
            shown_from: BTreeMap::new(),
        }
    }
}

/// How an incident stands to another one, of which a telling is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedLink {
    /// `retaliation_for`, `follow_up_of`, `same_campaign_as` or `part_of`.
    pub kind: String,
    pub document: String,
    pub incident: String,
    /// The entry of the log that says so, in words; `None` where only documents do.
    pub decided: Option<String>,
    pub told_by: Vec<LinkTold>,
}

/// A document that says how two incidents stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTold {
    pub document: String,
    pub said_by: String,
    /// The phrase, in this document's text.
    pub evidence: Vec<Evidence>,
}

/// A date that one of the tellings' documents owes to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedDate {
    pub document: String,
    /// `incident`, of which the document tells no day, or `publication`, its own.
    pub of: String,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    /// The documents from whose dates it follows.
    pub basis: Vec<String>,
}
