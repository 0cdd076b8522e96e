//! How well is an incident attested?
//!
//! The five grades by which Airwars judges reports of civilian harm, from what
//! the reports say alone: who accepts it, how many independent voices tell it,
//! whether they agree on who did it.

use crate::merge::Telling;
use marsad_model::{BlameStrength, Epistemic, Incident, ResponsibilityStatus};
use std::collections::BTreeSet;

/// How well an incident is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// A party says that it did it.
    Confirmed,
    /// Two independent voices or more tell it.
    Fair,
    /// One voice alone.
    Weak,
    /// The reports name different parties.
    Contested,
    /// Every report denies it.
    Discounted,
}

impl Grade {
    pub const ALL: [Grade; 5] = [Grade::Confirmed, Grade::Fair, Grade::Weak, Grade::Contested, Grade::Discounted];

    /// The ASCII name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Grade::Confirmed => "confirmed",
            Grade::Fair => "fair",
            Grade::Weak => "weak",
            Grade::Contested => "contested",
            Grade::Discounted => "discounted",
        }
    }
}

/// The grade of an incident that these tellings tell.
pub(crate) fn grade(tellings: &[Telling], voices: u32) -> Grade {
    let mut incidents = tellings.iter().map(|t| &t.claim.incident);
    if incidents.clone().all(|i| i.epistemic == Epistemic::Denied) {
        Grade::Discounted
    } else if is_contested(tellings) {
        Grade::Contested
    } else if incidents.any(|i| i.claimed_by.status == ResponsibilityStatus::Claimed) {
        Grade::Confirmed
    } else if voices > 1 {
        Grade::Fair
    } else {
        Grade::Weak
    }
}

/// Two reports name parties of which none is the same, or one claims what another is said to have done.
fn is_contested(tellings: &[Telling]) -> bool {
    let named: Vec<BTreeSet<&str>> = tellings.iter().map(|t| parties(&t.claim.incident)).collect();
    let apart = |(i, a): (usize, &BTreeSet<&str>)| {
        named[i + 1..].iter().any(|b| !a.is_empty() && !b.is_empty() && a.is_disjoint(b))
    };
    named.iter().enumerate().any(apart) || tellings.iter().any(|t| is_disputed(&t.claim.incident))
}

fn is_disputed(incident: &Incident) -> bool {
    let claims = claimant(incident);
    let done = incident.perpetrator.as_ref().map(|p| p.value().as_str());
    matches!((claims, done), (Some(a), Some(b)) if a != b)
}

fn claimant(incident: &Incident) -> Option<&str> {
    let claimed = incident.claimed_by.status == ResponsibilityStatus::Claimed;
    incident.claimed_by.actor.as_deref().filter(|_| claimed)
}

fn parties(incident: &Incident) -> BTreeSet<&str> {
    let accused = incident.blamed_on.iter().filter(|b| b.strength == BlameStrength::Accusation);
    let done = incident.perpetrator.as_ref().map(|p| p.value().as_str());
    accused.map(|b| b.actor.as_str()).chain(done).chain(claimant(incident)).collect()
}
