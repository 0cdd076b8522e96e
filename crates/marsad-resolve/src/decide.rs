//! What do the decisions of people change?
//!
//! They come after clustering, in the order in which they were made, so that a
//! later one has the last word, and each touches only the incidents of the
//! tellings that it names. A telling that a decision does not know stays where
//! it fits best. Values that a person set stand first, and what the documents
//! say is kept as a conflict.

use crate::cluster::Cluster;
use crate::group::Group;
use crate::judge::Judge;
use crate::link::{ByHand, links};
use crate::resolve::{Conflict, ConflictValue, Resolved};
use crate::resolver::Resolver;
use crate::rollup::Rollup;
use crate::text;
use marsad_model::{
    Casualties, DatePrecision, DateValue, Decision, Evidence, Incident, Place, Quantity, SetValue, Sourced, Span,
    TellingRef,
};
use std::collections::BTreeSet;

/// The rule of a value that a person set.
const BY_HAND: &str = "set by hand";

/// A decision with the number by which it is known, such as that of its entry in a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    pub number: u64,
    pub decision: Decision,
}

/// Documents that were retracted.
pub fn retracted(decisions: &[Decided]) -> BTreeSet<&str> {
    let mut documents = BTreeSet::new();
    for decided in decisions {
        if let Decision::Retract { document } = &decided.decision {
            documents.insert(document.as_str());
        }
    }
    documents
}

/// The incidents of a resolver as people decided, sorted by their first members. Decisions reach no further than the clusters of the
/// tellings that they name, so that the others are passed by.
pub(crate) fn groups(resolver: &Resolver, decisions: &[Decided]) -> Vec<Group> {
    let (facts, _) = resolver.known();
    let mut clusters = meant(resolver, decisions);
    rearrange(&mut clusters, decisions, resolver);
    let named: BTreeSet<u32> = clusters.iter().flat_map(|c| c.members.iter().copied()).collect();
    let is_other = |c: &&Cluster| named.is_empty() || !named.contains(&c.members[0]);
    clusters.extend(resolver.clusters().filter(is_other).cloned());
    clusters.sort_unstable_by_key(|c| facts[c.members[0] as usize].key());
    let mut groups: Vec<Group> = clusters.iter().map(|cluster| Group::of(cluster, facts)).collect();
    let by_hand = tell(&mut groups, &clusters, decisions, resolver);
    for (group, links) in groups.iter_mut().zip(links(&clusters, &by_hand, facts)) {
        group.links = links;
    }
    groups
}

/// The clusters of all tellings that decisions name, by their first members.
fn meant(resolver: &Resolver, decisions: &[Decided]) -> Vec<Cluster> {
    let tellings = decisions.iter().flat_map(|decided| match &decided.decision {
        Decision::Same { tellings } | Decision::Set { tellings, .. } => vec![tellings],
        Decision::Apart { tellings, others } => vec![tellings, others],
        Decision::Link { tellings, to, .. } => vec![tellings, to],
        Decision::Retract { .. } => vec![],
    });
    let claims = tellings.flatten().filter_map(|telling| resolver.telling(telling));
    let first = |claim: u32| resolver.cluster_of(claim).members[0];
    let mut firsts: Vec<u32> = claims.map(first).collect::<BTreeSet<u32>>().into_iter().collect();
    firsts.sort_unstable_by_key(|claim| resolver.judge().facts(*claim).key());
    firsts.into_iter().map(|claim| resolver.cluster_of(claim).clone()).collect()
}

/// Joins and parts clusters as people decided.
fn rearrange(clusters: &mut Vec<Cluster>, decisions: &[Decided], resolver: &Resolver) {
    let judge = resolver.judge();
    for Decided { number, decision } in decisions {
        match decision {
            Decision::Same { tellings } => {
                join(clusters, &found(tellings, resolver), *number, judge);
            }
            Decision::Apart { tellings, others } => {
                part(clusters, &found(tellings, resolver), &found(others, resolver), *number, judge);
            }
            Decision::Link { tellings, to, .. } => {
                keep_apart(clusters, &found(tellings, resolver), &found(to, resolver), *number, judge);
            }
            Decision::Set { .. } | Decision::Retract { .. } => {}
        }
    }
}

/// Gives the groups, each of the cluster at its place, the values that people set; and the links that people decided, where both
/// sides are still told.
fn tell(groups: &mut [Group], clusters: &[Cluster], decisions: &[Decided], resolver: &Resolver) -> Vec<ByHand> {
    let first = |tellings: &[TellingRef]| {
        let claims = found(tellings, resolver).into_iter();
        claims.min_by_key(|claim| resolver.judge().facts(*claim).key())
    };
    let of = |tellings: &[TellingRef]| {
        let first = first(tellings)?;
        clusters.iter().position(|c| c.members.contains(&first))
    };
    let mut by_hand = vec![];
    for Decided { number, decision } in decisions {
        match decision {
            Decision::Set { tellings, value } => {
                if let Some(at) = of(tellings) {
                    groups[at].set.push((*number, value.clone()));
                }
            }
            Decision::Link { tellings, to, kind } => {
                if let (Some(from), Some(to)) = (of(tellings), of(to)) {
                    by_hand.push(ByHand { number: *number, kind: *kind, from, to });
                }
            }
            Decision::Same { .. } | Decision::Apart { .. } | Decision::Retract { .. } => {}
        }
    }
    by_hand
}

/// The claims that are meant, where they are still told.
fn found(tellings: &[TellingRef], resolver: &Resolver) -> BTreeSet<u32> {
    tellings.iter().filter_map(|telling| resolver.telling(telling)).collect()
}

fn join(clusters: &mut Vec<Cluster>, claims: &BTreeSet<u32>, number: u64, judge: Judge) {
    let holds = |c: &Cluster| c.members.iter().any(|m| claims.contains(m));
    let (meant, rest): (Vec<Cluster>, Vec<Cluster>) = std::mem::take(clusters).into_iter().partition(holds);
    *clusters = rest;
    let mut joined = Cluster::default();
    for cluster in meant {
        joined.members.extend(cluster.members);
        joined.joined_by.extend(cluster.joined_by);
        joined.decided_by.extend(cluster.decided_by);
    }
    if !joined.members.is_empty() {
        joined.decided_by.push(number);
        clusters.push(in_order(joined, judge));
    }
}

fn part(clusters: &mut Vec<Cluster>, claims: &BTreeSet<u32>, others: &BTreeSet<u32>, number: u64, judge: Judge) {
    let mut taken = Cluster::default();
    for cluster in clusters.iter_mut() {
        let is_meant = cluster.members.iter().any(|m| claims.contains(m));
        if !is_meant {
            continue;
        }
        let has_others = cluster.members.iter().any(|m| others.contains(m));
        let fits = |m: u32| !has_others || nearest(m, claims, judge) > nearest(m, others, judge);
        let goes = |m: u32| claims.contains(&m) || !others.contains(&m) && fits(m);
        let (out, stay): (Vec<u32>, Vec<u32>) = cluster.members.iter().partition(|m| goes(**m));
        let within = |side: &[u32], (a, b): &(u32, u32)| side.contains(a) && side.contains(b);
        taken.joined_by.extend(cluster.joined_by.iter().filter(|pair| within(&out, pair)));
        cluster.joined_by.retain(|pair| within(&stay, pair));
        taken.members.extend(out);
        cluster.members = stay;
        cluster.decided_by.push(number);
    }
    taken.decided_by.push(number);
    clusters.push(in_order(taken, judge));
    clusters.retain(|c| !c.members.is_empty());
}

/// What stands somehow to another incident is not that incident. A link holds nothing together: only a cluster with
/// tellings of both sides is touched.
fn keep_apart(clusters: &mut Vec<Cluster>, from: &BTreeSet<u32>, to: &BTreeSet<u32>, number: u64, judge: Judge) {
    let holds = |c: &Cluster, claims: &BTreeSet<u32>| c.members.iter().any(|m| claims.contains(m));
    let (torn, rest): (Vec<Cluster>, Vec<Cluster>) =
        std::mem::take(clusters).into_iter().partition(|c| holds(c, from) && holds(c, to));
    *clusters = rest;
    for cluster in torn {
        let mut sides = vec![cluster];
        part(&mut sides, from, to, number, judge);
        clusters.extend(sides);
    }
}

fn in_order(mut cluster: Cluster, judge: Judge) -> Cluster {
    let key = |claim: u32| judge.facts(claim).key();
    cluster.members.sort_unstable_by_key(|claim| key(*claim));
    let points = |(a, b): (u32, u32)| judge.comparison(a, b).map_or(i32::MIN, |c| c.points);
    cluster.joined_by.sort_by_cached_key(|(a, b)| (std::cmp::Reverse(points((*a, *b))), key(*a), key(*b)));
    cluster
}

/// The points of a claim with the nearest of several.
fn nearest(claim: u32, others: &BTreeSet<u32>, judge: Judge) -> i32 {
    let points = others.iter().filter_map(|other| judge.comparison(claim, *other).map(|c| c.points));
    points.max().unwrap_or(i32::MIN)
}

pub(crate) fn set(resolved: &mut Resolved, value: &SetValue, number: u64) {
    let field = value.field();
    let former = said(field, &resolved.merged);
    let evidence = vec![Evidence::new(Span::new(0, 0), format!("decision/{number}"))];
    write(&mut resolved.merged, value, evidence);
    match value {
        SetValue::Killed(low, high) => resolved.killed = Some(Rollup { low: *low, best: *low, high: *high }),
        SetValue::Wounded(low, high) => resolved.wounded = Some(Rollup { low: *low, best: *low, high: *high }),
        _ => {}
    }
    resolved.telling_of_field.remove(field);
    resolved.decided_by.push(number);
    let text = value.text();
    let by_hand = ConflictValue { text: text.clone(), documents: vec![], said_by: vec![format!("decision {number}")] };
    let known = resolved.conflicts.iter().position(|c| c.field == field);
    let mut conflict = match known {
        Some(known) => resolved.conflicts.remove(known),
        None => Conflict { field, values: told(resolved, former), preferred: text.clone(), rule: BY_HAND },
    };
    conflict.values.retain(|v| !v.documents.is_empty());
    conflict.values.insert(0, by_hand);
    (conflict.preferred, conflict.rule) = (text, BY_HAND);
    resolved.conflicts.push(conflict);
    resolved.conflicts.sort_by_key(|c| c.field);
}

/// What the documents agreed on before.
fn told(resolved: &Resolved, former: Option<String>) -> Vec<ConflictValue> {
    let documents = || resolved.members.iter().map(|m| m.document.clone()).collect();
    let speakers = || resolved.members.iter().map(|m| m.outlet.clone().unwrap_or_else(|| m.source.clone()));
    let said_by = || speakers().collect::<BTreeSet<String>>().into_iter().collect();
    let value = |text| ConflictValue { text, documents: documents(), said_by: said_by() };
    former.map(value).into_iter().collect()
}

fn said(field: &str, incident: &Incident) -> Option<String> {
    match field {
        "type" => text::event(incident).map(|said| said.0),
        "epistemic" => Some(incident.epistemic.name().to_string()),
        "date" => text::date(incident).map(|said| said.0),
        "place" => text::place(incident).map(|said| said.0),
        "killed" => text::quantity(&incident.casualties.killed).map(|said| said.0),
        _ => text::quantity(&incident.casualties.wounded).map(|said| said.0),
    }
}

fn write(incident: &mut Incident, value: &SetValue, evidence: Vec<Evidence>) {
    let Casualties { killed, wounded, .. } = &mut incident.casualties;
    match value {
        SetValue::Type(event) => {
            incident.event = Sourced::new(*event, evidence[0].clone());
            incident.sub_type = None;
        }
        SetValue::Epistemic(epistemic) => incident.epistemic = *epistemic,
        SetValue::Date(first, last) if first == last => incident.date = DateValue::day(*first, BY_HAND, evidence),
        SetValue::Date(first, last) => {
            let day = DateValue::day(*first, BY_HAND, evidence);
            incident.date = DateValue { latest: Some(*last), precision: DatePrecision::Unknown, weekday: None, ..day };
        }
        SetValue::Killed(low, high) => *killed = counted(*low, *high, evidence),
        SetValue::Wounded(low, high) => *wounded = counted(*low, *high, evidence),
        SetValue::Place(place) => incident.place = Some(Place { evidence, ..(**place).clone() }),
    }
}

fn counted(low: u32, high: u32, evidence: Vec<Evidence>) -> Quantity {
    match (low, high) {
        (0, 0) => Quantity::none(evidence),
        _ if low == high => Quantity::exactly(low, evidence),
        _ => Quantity { value: None, min: Some(low), max: Some(high), ..Quantity::exactly(low, evidence) },
    }
}
