//! Which value of a field is shown, and what becomes of the others?
//!
//! A field is decided by letting every telling vote: equal values stand together with the voices behind them, a rank
//! orders the values, and the first telling of the best value is shown with its own evidence. Where values contradict
//! each other all of them go into the ledger as a conflict, with the documents and speakers behind each; a value that
//! merely says less than another (see [`crate::agree`]) is none.

use crate::Claim;
use crate::merge::Telling;
use crate::resolve::{Conflict, ConflictValue};
use marsad_model::{Incident, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Compared from the front; the higher is preferred.
pub(crate) type Rank = [i32; 6];

/// One telling's value of a field, with all voices that give the same value.
pub(crate) struct Vote<'a, T> {
    pub claim: &'a Claim,
    pub value: T,
    pub voices: i32,
}

pub(crate) struct Ledger<'a> {
    tellings: &'a [Telling<'a>],
    pub conflicts: Vec<Conflict>,
    pub telling_of_field: BTreeMap<&'static str, String>,
}

impl<'a> Ledger<'a> {
    pub fn new(tellings: &'a [Telling<'a>]) -> Ledger<'a> {
        Ledger { tellings, conflicts: vec![], telling_of_field: BTreeMap::new() }
    }

    pub fn tellings(&self) -> &'a [Telling<'a>] {
        self.tellings
    }

    /// The preferred value of a field; `None` when no telling gives one. `read` gives a value with its text: values
    /// with the same text are the same, and values that `agree` are no conflict. Equal ranks fall to the telling with
    /// the smallest key.
    pub fn choose<T>(
        &mut self,
        (field, rule): (&'static str, &'static str),
        read: impl Fn(&'a Incident) -> Option<(String, T)>,
        agree: impl Fn(&T, &T) -> bool,
        rank: impl Fn(&Vote<'a, T>) -> Rank,
    ) -> Option<T> {
        let mut said: BTreeMap<String, Vec<(&'a Telling<'a>, T)>> = BTreeMap::new();
        for telling in self.tellings {
            if let Some((text, value)) = read(&telling.claim.incident) {
                said.entry(text).or_default().push((telling, value));
            }
        }
        let in_conflict = in_conflict(&said, agree);
        let all: Vec<ConflictValue> = said.iter().map(|(text, by)| conflict_value(field, text, by)).collect();
        let mut votes = said.into_iter().flat_map(|(text, by)| votes(text, by));
        let first = votes.next()?;
        let (text, best) = votes.fold(first, |best, next| preferred(best, next, &rank));
        if !in_conflict.is_empty() {
            let told = |v: &ConflictValue| v.text == text || in_conflict.contains(&v.text);
            let mut values: Vec<ConflictValue> = all.into_iter().filter(told).collect();
            values.sort_by_key(|v| v.text != text);
            self.conflicts.push(Conflict { field, values, preferred: text, rule });
        }
        self.telling_of_field.insert(field, best.claim.document.clone());
        Some(best.value)
    }
}

/// The texts of all values that some other value contradicts. Values with one text may still differ in what the text
/// leaves out, so each telling's own value is asked.
fn in_conflict<T>(said: &BTreeMap<String, Vec<(&Telling, T)>>, agree: impl Fn(&T, &T) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (i, (text, by)) in said.iter().enumerate() {
        for (other, other_by) in said.iter().skip(i + 1) {
            if by.iter().any(|(_, x)| other_by.iter().any(|(_, y)| !agree(x, y))) {
                found.extend([text.clone(), other.clone()]);
            }
        }
    }
    found
}

fn votes<'a, T>(text: String, by: Vec<(&'a Telling<'a>, T)>) -> Vec<(String, Vote<'a, T>)> {
    let voices = by.iter().map(|(t, _)| t.voice).collect::<BTreeSet<_>>().len() as i32;
    by.into_iter().map(|(t, value)| (text.clone(), Vote { claim: t.claim, value, voices })).collect()
}

fn preferred<'a, T>(
    best: (String, Vote<'a, T>),
    next: (String, Vote<'a, T>),
    rank: impl Fn(&Vote<'a, T>) -> Rank,
) -> (String, Vote<'a, T>) {
    let key = |v: &Vote<'a, T>| (&v.claim.document, &v.claim.incident.id);
    let order = rank(&next.1).cmp(&rank(&best.1)).then_with(|| key(&best.1).cmp(&key(&next.1)));
    if order.is_gt() { next } else { best }
}

fn conflict_value<T>(field: &str, text: &str, by: &[(&Telling, T)]) -> ConflictValue {
    let documents: BTreeSet<&str> = by.iter().map(|(t, _)| t.claim.document.as_str()).collect();
    let said_by: BTreeSet<&str> = by.iter().map(|(t, _)| teller(field, t.claim)).collect();
    ConflictValue {
        text: text.to_string(),
        documents: documents.into_iter().map(str::to_string).collect(),
        said_by: said_by.into_iter().map(str::to_string).collect(),
    }
}

/// Who says what a report gives for a field: whoever claims the attack says so, and the rest is rather an official's word.
fn teller<'a>(field: &str, claim: &'a Claim) -> &'a str {
    let claimant = claim.incident.claimed_by.actor.as_deref();
    let voices = || claim.incident.attribution.iter().rev().filter(|a| a.kind != SourceKind::Outlet);
    let wanted = match (field, claimant) {
        (_, None) => None,
        ("claimed_by", Some(party)) => voices().find(|a| a.source == party),
        (_, Some(_)) => voices().find(|a| a.kind == SourceKind::Official),
    };
    wanted.map_or_else(|| speaker(claim), |a| a.source.as_str())
}

/// The speaker nearest to the event, else the outlet, else where the document came from.
pub(crate) fn speaker(claim: &Claim) -> &str {
    let named = claim.incident.attribution.iter().rev().find(|a| a.kind != SourceKind::Outlet);
    let outlet = claim.outlet.as_deref();
    named.map(|a| a.source.as_str()).or(outlet).unwrap_or(&claim.source)
}
