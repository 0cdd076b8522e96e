//! What do all claims together say happened?
//!
//! The one entry point: sorts the claims, then blocks, compares, clusters, counts voices and merges.

use crate::Claim;
use crate::cluster::Cluster;
use crate::decide::{Decided, retracted};
use crate::derived::{DerivedDate, derived_dates};
use crate::facts::Facts;
use crate::grade::{Grade, grade};
use crate::group::Group;
use crate::judge::Judge;
use crate::levels::Level;
use crate::link::Link;
use crate::merge::{Telling, merge};
use crate::resolver::Resolver;
use crate::rollup::{Rollup, rollup};
use crate::voice::voices;
use crate::wire::Wire;
use marsad_model::Incident;
use std::collections::BTreeMap;

/// The incidents behind the claims, sorted by key; every claim is a member of exactly one.
///
/// The order of `claims` does not matter. A key that comes twice (the same document read twice) counts once.
///
/// Cost: near-linear in the number of claims, given how many fall on one place and day, and quadratic in the number of
/// documents that tell one incident. Measured on one core, optimized (`docs/notes/resolution.md`): 100,000 invented claims in
/// 3.5 s, a million in 46 s; one incident told by 2,000 documents in 2 s. Whole incidents and all their claims are held in
/// memory; where that is too much, or claims come later, use [`Resolver`].
///
/// Two incidents of one document are never merged, however alike:
///
/// ```
/// use marsad_model::EventType::Ied;
/// use marsad_resolve::{Claim, resolve};
/// let claims = [Claim::coded("a", "i1", Ied, "test"), Claim::coded("a", "i2", Ied, "test")];
/// assert_eq!(resolve(&claims).len(), 2);
/// assert!(resolve(&[]).is_empty());
/// ```
pub fn resolve(claims: &[Claim]) -> Vec<Resolved> {
    resolve_with(claims, &[])
}

/// As [`resolve`], and then as people decided, in the order of their decisions.
///
/// ```
/// use marsad_model::{Decision, EventType::Ied, TellingRef};
/// use marsad_resolve::{Claim, Decided, resolve_with};
/// let claims = [Claim::coded("a", "i1", Ied, "test"), Claim::coded("b", "i1", Ied, "test")];
/// let telling = |document: &str| TellingRef { document: document.into(), incident: "i1".into(), anchor: None };
/// let same = Decision::Same { tellings: vec![telling("a"), telling("b")] };
/// assert_eq!(resolve_with(&claims, &[]).len(), 2);
/// assert_eq!(resolve_with(&claims, &[Decided { number: 7, decision: same }])[0].decided_by, [7]);
/// ```
pub fn resolve_with(claims: &[Claim], decisions: &[Decided]) -> Vec<Resolved> {
    let retracted = retracted(decisions);
    let mut claims = in_order(claims);
    claims.retain(|claim| !retracted.contains(claim.document.as_str()));
    let mut resolver = Resolver::new();
    claims.iter().for_each(|claim| _ = resolver.take(claim));
    resolver.settle();
    let place = |key: (&str, &str)| claims.partition_point(|c| (c.document.as_str(), c.incident.id.as_str()) < key);
    let told = |group: &Group| group.members().map(|key| claims[place(key)]).collect::<Vec<_>>();
    let merged = |group: &Group| resolver.resolved(group, told(group));
    let mut resolved: Vec<Resolved> = resolver.decided(decisions).iter().map(merged).collect();
    resolved.sort_by(|a, b| a.key.cmp(&b.key));
    resolved
}

/// The pair that came nearest to joining an incident to another one, and did not: its points, and what speaks for
/// and against it. `members` are document and incident id of the incident's tellings.
///
/// `None` when every pair contradicts itself outright. Costs a comparison with every claim.
///
/// ```
/// use marsad_model::EventType::Ied;
/// use marsad_resolve::{Claim, nearest};
/// let claims = [Claim::coded("a", "i1", Ied, "test"), Claim::coded("b", "i1", Ied, "test")];
/// let pair = nearest(&claims, &[("a", "i1")]).unwrap();
/// assert_eq!((pair.a.as_str(), pair.b.as_str()), ("a#i1", "b#i1"));
/// assert!(pair.points < marsad_resolve::levels::LINK_POINTS);
/// ```
pub fn nearest(claims: &[Claim], members: &[(&str, &str)]) -> Option<PairReason> {
    let mut resolver = Resolver::new();
    in_order(claims).into_iter().for_each(|claim| _ = resolver.take(claim));
    resolver.settle();
    resolver.nearest(members)
}

/// Of all pairs of a member and a claim that is none, the one with most points; of equals the first by key.
pub(crate) fn nearest_pair(members: &[(&str, &str)], judge: Judge, count: u32) -> Option<PairReason> {
    let key = |claim: u32| judge.facts(claim).key();
    let (own, others): (Vec<u32>, Vec<u32>) = (0..count).partition(|claim| members.contains(&key(*claim)));
    let pairs = own.iter().flat_map(|a| others.iter().map(move |b| (*a, *b)));
    let compared = pairs.filter_map(|(a, b)| Some((judge.comparison(a, b)?.points, a, b)));
    let (_, a, b) = compared.max_by_key(|(points, a, b)| (*points, std::cmp::Reverse((key(*a), key(*b)))))?;
    reason((a, b), judge)
}

/// One incident in the world with all that was said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The smallest key of its members.
    pub key: String,
    /// The preferred values. Each keeps the evidence of the document named in `telling_of_field`, and its spans count
    /// in that document's text.
    pub merged: Incident,
    /// From which document each field of `merged` comes.
    pub telling_of_field: BTreeMap<&'static str, String>,
    /// Sorted by document and incident id.
    pub members: Vec<Member>,
    /// Independent sources; at least 1, at most the number of members.
    pub voices: u32,
    /// Every field for which the members give different values.
    pub conflicts: Vec<Conflict>,
    /// Why the members were joined: one pair for each joining, the strongest first.
    pub why: Vec<PairReason>,
    /// Numbers of the decisions of people that joined, parted or changed it.
    pub decided_by: Vec<u64>,
    /// How it stands to other incidents, on the word of documents and people.
    pub links: Vec<Link>,
    /// Dates that members owe to one another, by document.
    pub derived_dates: Vec<DerivedDate>,
    pub grade: Grade,
    /// The dead and the wounded as the codebooks count them.
    pub killed: Option<Rollup>,
    pub wounded: Option<Rollup>,
}

/// One telling of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub document: String,
    pub source: String,
    pub outlet: Option<String>,
    /// Id of the incident within the document.
    pub incident: String,
    /// Members with the same number are one voice.
    pub voice: u32,
}

/// A field for which the documents give different values. None is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub field: &'static str,
    /// The preferred value first, the others by text.
    pub values: Vec<ConflictValue>,
    /// Text of the value that `merged` shows.
    pub preferred: String,
    /// The rule that chose it.
    pub rule: &'static str,
}

/// One of several values of a field, and who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictValue {
    /// ASCII form of the value: `4`, `>=3`, `~30`, `20..99`, `2021-05-04`, a gazetteer id …
    pub text: String,
    pub documents: Vec<String>,
    /// The last named speakers of those documents, else their outlets.
    pub said_by: Vec<String>,
}

/// A pair of members that was compared and joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairReason {
    pub a: String,
    pub b: String,
    pub points: i32,
    pub levels: Vec<Level>,
}

/// Sorted by document and id. Of two claims with one key the same one stays whatever the order of the input.
fn in_order(claims: &[Claim]) -> Vec<&Claim> {
    let identity = |c: &Claim| (c.document.clone(), c.incident.id.clone());
    let mut sorted: Vec<&Claim> = claims.iter().collect();
    sorted.sort_by(|a, b| {
        let by_key = (&a.document, &a.incident.id).cmp(&(&b.document, &b.incident.id));
        by_key.then_with(|| if a == b { std::cmp::Ordering::Equal } else { format!("{a:?}").cmp(&format!("{b:?}")) })
    });
    sorted.dedup_by_key(|c| identity(c));
    sorted
}

/// `claims` are those of the cluster's members, in their order.
pub(crate) fn incident(cluster: &Cluster, claims: &[&Claim], facts: &[Facts], wire: &Wire) -> Resolved {
    let voices = voices(&cluster.members, facts, wire);
    let tellings: Vec<Telling> =
        claims.iter().zip(&voices).map(|(claim, voice)| Telling { claim, voice: *voice }).collect();
    let key = claims.iter().map(|claim| claim.key()).min().expect("a cluster has members");
    let merge = merge(&key, &tellings);
    let judge = Judge::new(facts, wire);
    let tolls = &merge.incident.casualties;
    let voices = voices.iter().copied().max().unwrap_or(0);
    Resolved {
        key,
        grade: grade(&tellings, voices),
        killed: rollup(&tellings, &tolls.killed, |i| &i.casualties.killed),
        wounded: rollup(&tellings, &tolls.wounded, |i| &i.casualties.wounded),
        decided_by: cluster.decided_by.clone(),
        links: vec![],
        derived_dates: derived_dates(&tellings),
        merged: merge.incident,
        telling_of_field: merge.telling_of_field,
        members: tellings.iter().map(member).collect(),
        voices,
        conflicts: merge.conflicts,
        why: cluster.joined_by.iter().filter_map(|pair| reason(*pair, judge)).collect(),
    }
}

fn member(telling: &Telling) -> Member {
    let claim = telling.claim;
    Member {
        document: claim.document.clone(),
        source: claim.source.clone(),
        outlet: claim.outlet.clone(),
        incident: claim.incident.id.clone(),
        voice: telling.voice,
    }
}

fn reason((a, b): (u32, u32), judge: Judge) -> Option<PairReason> {
    let comparison = judge.comparison(a, b)?;
    let key = |claim: u32| {
        let (document, incident) = judge.facts(claim).key();
        format!("{document}#{incident}")
    };
    Some(PairReason { a: key(a), b: key(b), points: comparison.points, levels: comparison.levels().collect() })
}
