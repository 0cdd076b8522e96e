//! How do incidents stand to one another, and on whose word?
//!
//! A document says so of two incidents that it tells («in retaliation for»), or a person decides it. What is said of the
//! tellings holds of the incidents that they belong to. Links are no evidence that tellings are one incident; that they
//! are two is held elsewhere: those of one document are never joined, and those that a person linked are kept apart.
//! Between two incidents that a person linked, the word of documents no longer counts; where it is the same, it stands
//! beside the decision.

use crate::cluster::Cluster;
use crate::facts::Facts;
use marsad_model::{Evidence, LinkKind};
use std::collections::{BTreeMap, HashMap, HashSet};

/// An incident stands so to another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub kind: LinkKind,
    /// Key of the other incident.
    pub to: String,
    /// Number of the decision that says so; `None` where only documents do.
    pub decided_by: Option<u64>,
    /// The tellings whose documents say so, by document.
    pub told_by: Vec<LinkTelling>,
}

/// A document that says how two incidents stand to each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkTelling {
    pub document: String,
    /// The last named speaker of the telling, else the outlet.
    pub said_by: String,
    /// The phrase.
    pub evidence: Vec<Evidence>,
}

/// A link that a person decided, between two clusters by their places.
pub(crate) struct ByHand {
    pub number: u64,
    pub kind: LinkKind,
    pub from: usize,
    pub to: usize,
}

/// How each cluster stands to the others; none stands to itself.
pub(crate) fn links(clusters: &[Cluster], by_hand: &[ByHand], facts: &[Facts]) -> Vec<Vec<Link>> {
    let told = told(clusters, facts);
    let key = |cluster: usize| {
        let keys = clusters[cluster].members.iter().map(|m| facts[*m as usize].key());
        keys.map(|(document, incident)| format!("{document}#{incident}")).min().unwrap_or_default()
    };
    let is_decided = |a: usize, b: usize| by_hand.iter().any(|d| (d.from, d.to) == (a, b) || (d.to, d.from) == (a, b));
    let mut out: Vec<Vec<Link>> = vec![vec![]; clusters.len()];
    for ByHand { number, kind, from, to } in by_hand.iter().filter(|d| d.from != d.to) {
        let told_by = told.get(&(*from, *kind, *to)).cloned().unwrap_or_default();
        out[*from].push(Link { kind: *kind, to: key(*to), decided_by: Some(*number), told_by });
    }
    for ((from, kind, to), told_by) in told {
        if !is_decided(from, to) {
            out[from].push(Link { kind, to: key(to), decided_by: None, told_by });
        }
    }
    out.iter_mut().for_each(|links| links.sort_by_key(|link| link.decided_by.is_none()));
    out
}

/// From which cluster to which, in which way, as the documents say.
type Told = BTreeMap<(usize, LinkKind, usize), Vec<LinkTelling>>;

fn told(clusters: &[Cluster], facts: &[Facts]) -> Told {
    let linked = |claim: u32| !facts[claim as usize].claim.incident.links.is_empty();
    let claims = || clusters.iter().zip(0..).flat_map(|(c, at)| c.members.iter().map(move |m| (*m, at)));
    let documents: HashSet<u32> =
        claims().filter(|(m, _)| linked(*m)).map(|(m, _)| facts[m as usize].document).collect();
    let meant = claims().map(|(m, at)| (&facts[m as usize], at)).filter(|(f, _)| documents.contains(&f.document));
    let cluster_of: HashMap<(u32, &str), usize> =
        meant.clone().map(|(f, at)| ((f.document, &*f.claim.incident.id), at)).collect();
    let mut told = Told::new();
    for (fact, from) in meant {
        for link in fact.claim.incident.links.iter() {
            let Some(to) = cluster_of.get(&(fact.document, link.to.as_str())).filter(|to| **to != from) else {
                continue;
            };
            told.entry((from, link.kind, *to)).or_default().push(LinkTelling {
                document: fact.claim.document.to_string(),
                said_by: link.said_by.clone(),
                evidence: link.evidence.clone(),
            });
        }
    }
    told.values_mut().for_each(|by| by.sort());
    told
}
