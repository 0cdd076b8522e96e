//! What of a claim is compared, prepared once per claim?

use crate::Claim;
use crate::company::Company;
use crate::lean::{self, Pool};
use crate::place::Whereabouts;
use crate::when::{When, days};
use marsad_model::{BlameStrength, EventType, Incident, ResponsibilityStatus};
use std::sync::Arc;

#[derive(Debug)]
pub(crate) struct Facts {
    pub claim: lean::Claim,
    /// Number of the document, in the order in which documents came.
    pub document: u32,
    pub event: EventType,
    pub when: When,
    pub place: Option<Arc<Whereabouts>>,
    /// Days of publication, both inclusive.
    pub published: (i32, i32),
    /// Whom the document names as perpetrator, sorted.
    pub actors: Arc<[Arc<str>]>,
    /// The dead that are known by name, sorted.
    pub victims: Arc<[Arc<str>]>,
    /// All that the document tells; the resolver fills it in when it knows all.
    pub company: Arc<Company>,
}

impl Facts {
    pub fn of(claim: &Claim, name: Arc<str>, document: u32, pool: &mut Pool) -> Facts {
        let incident = &claim.incident;
        Facts {
            claim: lean::Claim::of(claim, name, pool),
            document,
            event: incident.event_type(),
            when: When::of(claim),
            place: incident.place.as_ref().and_then(|p| pool.place(p)),
            published: (
                claim.published_earliest.map_or(When::OPEN_START, days),
                claim.published_latest.map_or(When::OPEN_END, days),
            ),
            actors: pool.words(&actors(incident)),
            victims: pool.words(&victims(incident)),
            company: Arc::default(),
        }
    }

    /// Claims are ordered by this wherever order matters.
    pub fn key(&self) -> (&str, &str) {
        (&self.claim.document, &self.claim.incident.id)
    }

    /// Day, place and means are all told: such a claim may join others to an incident, a vague one only joins them.
    pub fn is_sharp(&self) -> bool {
        self.when.exact && !self.event.is_vague() && self.place.as_ref().is_some_and(|p| p.is_sharp())
    }
}

fn actors(incident: &Incident) -> Vec<&str> {
    let perpetrator = incident.perpetrator.iter().map(|p| p.value().as_str());
    let is_claimed = incident.claimed_by.status == ResponsibilityStatus::Claimed;
    let claimed = incident.claimed_by.actor.as_deref().filter(|_| is_claimed);
    let accused =
        incident.blamed_on.iter().filter(|b| b.strength == BlameStrength::Accusation).map(|b| b.actor.as_str());
    let mut all: Vec<&str> = perpetrator.chain(claimed).chain(accused).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn victims(incident: &Incident) -> Vec<&str> {
    let Some(target) = &incident.target else { return vec![] };
    let is_assassination = incident.tags.iter().any(|t| t == "assassination");
    // An assassination is told by whom it hit, whether the lexicon knows him or not.
    let whole = (is_assassination && target.individuals().next().is_none()).then_some(target.value.as_str());
    let mut all: Vec<&str> = target.individuals().chain(whole).collect();
    all.sort_unstable();
    all.dedup();
    all
}
