//! How many independent voices tell an incident?
//!
//! Documents that print the same wire copy, or whose only source is the same agency or the same official, are one
//! voice however many they are. Voices are counted for each incident apart: two outlets may print the same agency on
//! one attack and send their own reporters to the next.

use crate::facts::Facts;
use crate::lean::Incident;
use crate::wire::Wire;
use marsad_model::SourceKind;
use std::collections::BTreeMap;

/// The voice of each member, numbered from 1 in the order of the members.
pub(crate) fn voices(members: &[u32], facts: &[Facts], wire: &Wire) -> Vec<u32> {
    let mut parent: Vec<usize> = (0..members.len()).collect();
    let mut first_to_cite: BTreeMap<String, usize> = BTreeMap::new();
    for (i, member) in members.iter().enumerate() {
        let fact = &facts[*member as usize];
        if let Some(source) = only_source(&fact.claim.incident) {
            let first = *first_to_cite.entry(source).or_insert(i);
            unite(&mut parent, first, i);
        }
        for (j, earlier) in members[..i].iter().enumerate() {
            if wire.shares(facts[*earlier as usize].document, fact.document) {
                unite(&mut parent, j, i);
            }
        }
    }
    let mut number: BTreeMap<usize, u32> = BTreeMap::new();
    (0..members.len()).map(|i| numbered(&mut number, root(&parent, i))).collect()
}

/// The agency or official on whose word alone the document tells the incident. An official whom an agency quotes
/// speaks through the agency; anonymous sources, witnesses and parties are never known to be the same.
pub(crate) fn only_source(incident: &Incident) -> Option<String> {
    let speakers = || incident.attribution.iter().filter(|a| a.kind != SourceKind::Outlet);
    let of = |kind: SourceKind| -> Vec<&str> {
        let mut names: Vec<&str> = speakers().filter(|a| a.kind == kind).map(|a| a.source.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let (agencies, officials) = (of(SourceKind::Agency), of(SourceKind::Official));
    let has_others = speakers().any(|a| !matches!(a.kind, SourceKind::Agency | SourceKind::Official));
    match (&agencies[..], &officials[..]) {
        _ if has_others => None,
        ([agency], [] | [_]) => Some(format!("agency {agency}")),
        ([], [official]) => Some(format!("official {official}")),
        _ => None,
    }
}

fn numbered(number: &mut BTreeMap<usize, u32>, root: usize) -> u32 {
    let next = number.len() as u32 + 1;
    *number.entry(root).or_insert(next)
}

fn root(parent: &[usize], mut i: usize) -> usize {
    while parent[i] != i {
        i = parent[i];
    }
    i
}

/// The smaller index stays the root, so that trees do not depend on the order of unions.
fn unite(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}
