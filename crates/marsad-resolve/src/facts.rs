//! What of a claim is compared, prepared once per claim?

use crate::Claim;
use crate::place::Whereabouts;
use crate::when::{When, days};
use marsad_model::{BlameStrength, EventType, Incident, ResponsibilityStatus};

pub(crate) struct Facts<'a> {
    pub claim: &'a Claim,
    pub key: String,
    /// Number of the document among all documents in sorted order.
    pub document: u32,
    pub event: EventType,
    pub when: When,
    pub place: Option<Whereabouts>,
    /// Days of publication, both inclusive.
    pub published: (i32, i32),
    /// Whom the document names as perpetrator, sorted.
    pub actors: Vec<&'a str>,
    /// Named target of an assassination.
    pub victim: Option<&'a str>,
}

impl<'a> Facts<'a> {
    /// `claims` sorted by document, so that equal documents stand together.
    pub fn of_all(claims: &[&'a Claim]) -> Vec<Facts<'a>> {
        let mut facts: Vec<Facts> = Vec::with_capacity(claims.len());
        for claim in claims {
            let number = facts.last().map_or(0, |f| f.document + u32::from(f.claim.document != claim.document));
            facts.push(Facts::of(claim, number));
        }
        facts
    }

    fn of(claim: &'a Claim, document: u32) -> Facts<'a> {
        let incident = &claim.incident;
        Facts {
            claim,
            key: claim.key(),
            document,
            event: incident.event_type(),
            when: When::of(claim),
            place: incident.place.as_ref().and_then(Whereabouts::of),
            published: (
                claim.published_earliest.map_or(When::OPEN_START, days),
                claim.published_latest.map_or(When::OPEN_END, days),
            ),
            actors: actors(incident),
            victim: victim(incident),
        }
    }

    /// Day, place and means are all told: such a claim may join others to an incident, a vague one only joins them.
    pub fn is_sharp(&self) -> bool {
        self.when.exact && !self.event.is_vague() && self.place.as_ref().is_some_and(Whereabouts::is_sharp)
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

fn victim(incident: &Incident) -> Option<&str> {
    let is_assassination = incident.tags.iter().any(|t| t == "assassination");
    incident.target.as_ref().filter(|_| is_assassination).map(|t| t.value.as_str())
}
