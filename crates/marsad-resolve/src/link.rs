//! How do incidents stand to one another, and on whose word?
//!
//! A document says so of two incidents that it tells («in retaliation for»), or a person decides it. What is said of the
//! tellings holds of the incidents that they belong to. Links are no evidence that tellings are one incident; that they
//! are two is held elsewhere: those of one document are never joined, and those that a person linked are kept apart.
//! Between two incidents that a person linked, the word of documents no longer counts; where it is the same, it stands
//! beside the decision.

use crate::Claim;
use crate::decide::{Decided, found, tells};
use crate::ledger::speaker;
use crate::resolve::Resolved;
use marsad_model::{Decision, Evidence, LinkKind, TellingRef};
use std::collections::{BTreeSet, HashMap};

/// An incident stands so to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    /// Key of the other incident; from [`crate::Resolver::resolved`], which knows one incident at a time, the key of one
    /// of its tellings.
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

/// What the tellings of one incident say, each link by itself; the others are named by their tellings.
pub(crate) fn told_links(claims: &[&Claim]) -> Vec<Link> {
    let pairs = claims.iter().flat_map(|claim| claim.incident.links.iter().map(move |link| (*claim, link)));
    let told = |(claim, link): (&Claim, &marsad_model::Link)| Link {
        kind: *link.kind.value(),
        to: format!("{}#{}", claim.document, link.to),
        decided_by: None,
        told_by: vec![LinkTelling {
            document: claim.document.clone(),
            said_by: speaker(claim).to_string(),
            evidence: link.kind.evidence().to_vec(),
        }],
    };
    pairs.map(told).collect()
}

/// Ties incidents to one another, as documents say and people decided; one is never tied to itself.
pub(crate) fn link(resolved: &mut [Resolved], decisions: &[Decided], claims: &[&Claim]) {
    by_documents(resolved);
    for Decided { number, decision } in decisions {
        let Decision::Link { tellings, to, kind } = decision else { continue };
        let of = |tellings: &[TellingRef]| {
            let first = found(tellings, claims).into_iter().next()?;
            resolved.iter().position(|r| tells(r, claims[first as usize]))
        };
        if let (Some(from), Some(to)) = (of(tellings), of(to))
            && from != to
        {
            by_hand(resolved, from, to, *kind, *number);
        }
    }
    resolved.iter_mut().for_each(|r| r.links.sort_by_key(|link| link.decided_by.is_none()));
}

/// The incidents instead of their tellings, each link once.
fn by_documents(resolved: &mut [Resolved]) {
    let meant: BTreeSet<&str> = resolved.iter().flat_map(|r| &r.links).map(|link| link.to.as_str()).collect();
    if meant.is_empty() {
        return;
    }
    let mut incident_of: HashMap<String, String> = HashMap::new();
    for r in resolved.iter() {
        let keys = r.members.iter().map(|m| format!("{}#{}", m.document, m.incident));
        incident_of.extend(keys.filter(|key| meant.contains(key.as_str())).map(|key| (key, r.key.clone())));
    }
    for r in resolved {
        let mut links: Vec<Link> = vec![];
        for link in std::mem::take(&mut r.links) {
            let Some(to) = incident_of.get(&link.to).filter(|to| **to != r.key) else { continue };
            match links.iter_mut().find(|known| known.kind == link.kind && known.to == *to) {
                Some(known) => known.told_by.extend(link.told_by),
                None => links.push(Link { to: to.clone(), ..link }),
            }
        }
        links.iter_mut().for_each(|link| link.told_by.sort());
        links.sort_by(|a, b| (a.kind, &a.to).cmp(&(b.kind, &b.to)));
        r.links = links;
    }
}

fn by_hand(resolved: &mut [Resolved], from: usize, to: usize, kind: LinkKind, number: u64) {
    let (own, other) = (resolved[from].key.clone(), resolved[to].key.clone());
    resolved[to].links.retain(|link| link.decided_by.is_some() || link.to != own);
    let between = |link: &&mut Link| link.to == other && link.kind == kind;
    let told_by = resolved[from].links.iter_mut().find(between).map(|link| std::mem::take(&mut link.told_by));
    let links = &mut resolved[from].links;
    links.retain(|link| link.decided_by.is_some() || link.to != other);
    links.push(Link { kind, to: other, decided_by: Some(number), told_by: told_by.unwrap_or_default() });
}
