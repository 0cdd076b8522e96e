//! Which claims are one incident, and what else makes it what it is?
//!
//! A [`Group`] says all that a merged incident depends on beside its claims themselves: who is in it, by which pairs they came
//! together, what people decided of it. Two groups that are equal, of claims that are equal, give the same incident, whatever
//! resolver they come from; so what was merged once need not be merged again.

use crate::cluster::Cluster;
use crate::decide::set;
use crate::facts::Facts;
use crate::link::Link;
use crate::resolve::Resolved;
use marsad_model::SetValue;
use std::sync::Arc;

/// The claims of one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Document and incident id, sorted.
    members: Vec<(Arc<str>, Arc<str>)>,
    /// Pairs of places in `members`, the strongest first.
    joined_by: Vec<(u32, u32)>,
    decided_by: Vec<u64>,
    /// Values that people set, with the numbers of their decisions.
    pub(crate) set: Vec<(u64, SetValue)>,
    pub(crate) links: Vec<Link>,
}

impl Group {
    pub(crate) fn of(cluster: &Cluster, facts: &[Facts]) -> Group {
        let name = |claim: &u32| {
            let claim = &facts[*claim as usize].claim;
            (claim.document.clone(), claim.incident.id.clone())
        };
        let mut place: Vec<(u32, u32)> = cluster.members.iter().copied().zip(0..).collect();
        place.sort_unstable();
        let at = |claim: u32| place[place.partition_point(|(c, _)| *c < claim)].1;
        Group {
            members: cluster.members.iter().map(name).collect(),
            joined_by: cluster.joined_by.iter().map(|(a, b)| (at(*a), at(*b))).collect(),
            decided_by: cluster.decided_by.clone(),
            set: vec![],
            links: vec![],
        }
    }

    /// The group with the numbers that a resolver gave its members.
    pub(crate) fn cluster(&self, members: Vec<u32>) -> Cluster {
        let pair = |(a, b): &(u32, u32)| (members[*a as usize], members[*b as usize]);
        Cluster { joined_by: self.joined_by.iter().map(pair).collect(), decided_by: self.decided_by.clone(), members }
    }

    /// Puts what people set and tied over the merged incident.
    pub(crate) fn lay_over(&self, resolved: &mut Resolved) {
        self.set.iter().for_each(|(number, value)| set(resolved, value, *number));
        resolved.links.clone_from(&self.links);
    }

    /// Document and incident id of each claim, sorted.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members.iter().map(|(document, incident)| (&**document, &**incident))
    }

    /// The key that the incident has in [`Resolved`].
    pub fn key(&self) -> String {
        self.members().map(|(document, incident)| format!("{document}#{incident}")).min().unwrap_or_default()
    }

    /// How it stands to other incidents.
    pub fn links(&self) -> &[Link] {
        &self.links
    }
}

/// What an addition changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Incidents that no longer have exactly these claims, sorted.
    pub gone: Vec<Group>,
    /// Incidents in their place, and wholly new ones, sorted.
    pub new: Vec<Group>,
}

/// What is in the first sorted list and not in the second.
pub(crate) fn without(all: &[Group], others: &[Group]) -> Vec<Group> {
    all.iter().filter(|group| others.binary_search(group).is_err()).cloned().collect()
}
