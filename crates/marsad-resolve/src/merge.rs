//! What does the incident look like when all its tellings are laid over each other?
//!
//! One rule a field, by name, so that a person who disagrees knows what to argue with. Values are taken whole from one
//! telling, with that telling's evidence; nothing is averaged.

use crate::Claim;
use crate::agree;
use crate::ledger::{Ledger, Rank, Vote};
use crate::place;
use crate::resolve::Conflict;
use crate::text;
use crate::when::{When, days};
use marsad_model::{
    Attribution, Blame, ClaimedBy, Damage, DamageStatus, DatePrecision, DateValue, Epistemic, EventType, GroupToll,
    Incident, Place, Quantity, QuantityStatus, ResponsibilityStatus, Role, SourceKind, Target, Weapon,
};
use std::collections::BTreeMap;

/// A claim with the voice that it belongs to.
pub(crate) struct Telling<'a> {
    pub claim: &'a Claim,
    pub voice: u32,
}

pub(crate) struct Merge {
    pub incident: Incident,
    pub conflicts: Vec<Conflict>,
    pub telling_of_field: BTreeMap<&'static str, String>,
}

/// Lays the tellings (at least one, sorted) over each other.
pub(crate) fn merge(key: &str, tellings: &[Telling]) -> Merge {
    let mut ledger = Ledger::new(tellings);
    let mut incident = kind(key, &mut ledger);
    when_and_where(&mut incident, &mut ledger);
    cost(&mut incident, &mut ledger);
    means(&mut incident, &mut ledger);
    actors(&mut incident, &mut ledger);
    let is_main = tellings.iter().any(|t| t.claim.incident.role == Role::Main);
    incident.role = if is_main { Role::Main } else { Role::Background };
    incident.tags = tellings.iter().flat_map(|t| t.claim.incident.tags.clone()).collect();
    incident.tags.sort();
    incident.tags.dedup();
    Merge { incident, conflicts: ledger.conflicts, telling_of_field: ledger.telling_of_field }
}

const TYPE: &str = "most specific type, then most voices";
const DATE: &str = "most precise date, then most voices";
const PLACE: &str = "most precise place, then most voices";
const TOLL: &str = "a count before none, then latest official, then most voices, then most precise";
const VOICES: &str = "most voices";
const CAUTIOUS: &str = "most voices, then most cautious";
const STATED: &str = "stated before none, then most voices";
const COMPLETE: &str = "most complete, then most voices";

fn kind(key: &str, ledger: &mut Ledger) -> Incident {
    let rank = |v: &Vote<(EventType, &Incident)>| {
        let (event, incident) = v.value;
        [(!event.is_vague()).into(), v.voices, incident.sub_type.is_some().into(), 0, 0, 0]
    };
    let (_, chosen) = ledger.choose(("type", TYPE), text::event, agree::event, rank).expect("every telling has a type");
    let rank = |v: &Vote<Epistemic>| [v.voices, v.value as i32, 0, 0, 0, 0];
    let read = |i: &Incident| Some((i.epistemic.name().to_string(), i.epistemic));
    let epistemic =
        ledger.choose(("epistemic", CAUTIOUS), read, agree::epistemic, rank).expect("every telling has a status");
    Incident {
        sub_type: chosen.sub_type.clone(),
        mentions: chosen.mentions.clone(),
        epistemic,
        ..Incident::new(key, chosen.event.clone())
    }
}

fn when_and_where(incident: &mut Incident, ledger: &mut Ledger) {
    let date = ledger.choose(("date", DATE), text::date, agree::date, date_rank).cloned().unwrap_or_default();
    incident.date = bounded(date, ledger.tellings());
    incident.place = ledger.choose(("place", PLACE), text::place, agree::place, place_rank).cloned();
}

/// Day and part of the day are equally precise until the voices are counted.
fn date_rank(vote: &Vote<&DateValue>) -> Rank {
    let date = vote.value;
    let class = date.precision.min(DatePrecision::Day) as i32;
    let first = date.earliest.map_or(When::OPEN_START, days);
    let last = date.latest.map_or(When::OPEN_END, days);
    [class, vote.voices, first - last, date.precision as i32, 0, 0]
}

/// An open date ends with the report; an end that no report gives is only where somebody stopped looking.
fn bounded(date: DateValue, tellings: &[Telling]) -> DateValue {
    let Some(last) = date.latest.filter(|_| date.precision == DatePrecision::Unknown) else { return date };
    let is_given = tellings.iter().filter_map(|t| t.claim.published_latest).any(|published| last <= published);
    DateValue { latest: date.latest.filter(|_| is_given), ..date }
}

fn place_rank(vote: &Vote<&Place>) -> Rank {
    let place = vote.value;
    let radius_m = place.point.map_or(i32::MAX, |p| (p.accuracy_km * 1000.0) as i32);
    [place::precision(place), place.id.is_some().into(), vote.voices, radius_m.saturating_neg(), 0, 0]
}

fn cost(incident: &mut Incident, ledger: &mut Ledger) {
    let casualties = &mut incident.casualties;
    casualties.killed = quantity(ledger, "killed", |i| &i.casualties.killed);
    casualties.wounded = quantity(ledger, "wounded", |i| &i.casualties.wounded);
    casualties.pooled = quantity(ledger, "pooled", |i| &i.casualties.pooled);
    casualties.perpetrators_killed = quantity(ledger, "perpetrators_killed", |i| &i.casualties.perpetrators_killed);
    let rank = |v: &Vote<&Vec<GroupToll>>| [v.value.len() as i32, v.voices, 0, 0, 0, 0];
    casualties.by_group =
        ledger.choose(("by_group", COMPLETE), text::by_group, agree::by_group, rank).cloned().unwrap_or_default();
    let rank = |v: &Vote<&Damage>| [damage_rank(v.value.status), v.voices, v.value.value.is_some().into(), 0, 0, 0];
    incident.damage = ledger.choose(("damage", STATED), text::damage, agree::damage, rank).cloned().unwrap_or_default();
}

fn means(incident: &mut Incident, ledger: &mut Ledger) {
    let munitions = &mut incident.munitions;
    munitions.launched = quantity(ledger, "munitions.launched", |i| &i.munitions.launched);
    munitions.landed = quantity(ledger, "munitions.landed", |i| &i.munitions.landed);
    munitions.intercepted = quantity(ledger, "munitions.intercepted", |i| &i.munitions.intercepted);
    munitions.unfired = quantity(ledger, "munitions.unfired", |i| &i.munitions.unfired);
    munitions.used = quantity(ledger, "munitions.used", |i| &i.munitions.used);
    let rank = |v: &Vote<&Vec<Weapon>>| [v.voices, v.value.len() as i32, 0, 0, 0, 0];
    incident.weapons =
        ledger.choose(("weapons", VOICES), text::weapons, agree::weapons, rank).cloned().unwrap_or_default();
    incident.interception = ledger
        .choose(("interception", VOICES), text::interception, agree::interception, by_voices)
        .cloned()
        .unwrap_or_default();
    incident.launch_site =
        ledger.choose(("launch_site", VOICES), text::launch_site, agree::launch_site, by_voices).cloned();
    let rank = |v: &Vote<&Target>| [v.voices, v.value.class.is_some().into(), 0, 0, 0, 0];
    incident.target = ledger.choose(("target", VOICES), text::target, agree::target, rank).cloned();
}

fn actors(incident: &mut Incident, ledger: &mut Ledger) {
    let rank = |v: &Vote<&ClaimedBy>| [(v.value.status == ResponsibilityStatus::Claimed).into(), v.voices, 0, 0, 0, 0];
    incident.claimed_by =
        ledger.choose(("claimed_by", STATED), text::claimed_by, agree::claimed_by, rank).cloned().unwrap_or_default();
    incident.perpetrator = ledger.choose(("perpetrator", VOICES), text::perpetrator, agree::never, by_voices).cloned();
    let rank = |v: &Vote<&Vec<Blame>>| [v.value.len() as i32, v.voices, 0, 0, 0, 0];
    incident.blamed_on =
        ledger.choose(("blamed_on", COMPLETE), text::blamed_on, agree::blamed_on, rank).cloned().unwrap_or_default();
    let rank = |v: &Vote<&Vec<Attribution>>| [v.value.len() as i32, v.voices, 0, 0, 0, 0];
    let attribution = ledger.choose(("attribution", COMPLETE), text::attribution, agree::attribution, rank);
    incident.attribution = attribution.cloned().unwrap_or_default();
}

fn quantity<'a>(ledger: &mut Ledger<'a>, field: &'static str, of: fn(&'a Incident) -> &'a Quantity) -> Quantity {
    ledger.choose((field, TOLL), |i| text::quantity(of(i)), agree::quantity, quantity_rank).cloned().unwrap_or_default()
}

fn quantity_rank(vote: &Vote<&Quantity>) -> Rank {
    let (claim, q) = (vote.claim, vote.value);
    let class = match q.status {
        QuantityStatus::Stated | QuantityStatus::Inferred => 3,
        QuantityStatus::ExplicitNone => 2,
        QuantityStatus::ExplicitUnknown => 1,
        QuantityStatus::Unknown => 0,
    };
    let sharpness = i32::from(q.min.is_some()) + i32::from(q.max.is_some()) + i32::from(!q.approx);
    let published = published(claim);
    let is_official = is_official(claim);
    [class, is_official.into(), if is_official { published } else { 0 }, vote.voices, sharpness, published]
}

fn is_official(claim: &Claim) -> bool {
    claim.incident.attribution.iter().any(|a| a.kind == SourceKind::Official)
}

fn published(claim: &Claim) -> i32 {
    claim.published_latest.map_or(When::OPEN_START, days)
}

fn damage_rank(status: DamageStatus) -> i32 {
    match status {
        DamageStatus::Stated => 3,
        DamageStatus::ExplicitNone => 2,
        DamageStatus::ExplicitUnknown => 1,
        DamageStatus::Unknown => 0,
    }
}

fn by_voices<T>(vote: &Vote<T>) -> Rank {
    [vote.voices, 0, 0, 0, 0, 0]
}
