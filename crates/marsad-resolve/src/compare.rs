//! How much speaks for two claims being one incident, and does anything forbid it?
//!
//! The groups are asked in a fixed order, the three that can forbid it first. The answer lists one level a group, so
//! that a person can read why two claims were joined.

use crate::facts::Facts;
use crate::lean::Incident;
use crate::levels::*;
use crate::place::place_level;
use crate::toll::{munitions_level, toll_level};
use crate::when::{date_level, weekday_level};
use marsad_model::Role;

const GROUPS: usize = 11;

/// What speaks for and against a pair; groups without a say are [`SILENT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub points: i32,
    levels: [Level; GROUPS],
}

impl Comparison {
    /// The levels that said something, in the order of comparison.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        self.levels.into_iter().filter(|l| *l != SILENT)
    }
}

/// Compares two claims; `None` when they cannot be one incident. `shared_text` tells whether the documents share wire
/// copy.
pub(crate) fn compare(a: &Facts, b: &Facts, shared_text: bool) -> Option<Comparison> {
    if a.document == b.document || !a.event.agrees(b.event) {
        return None;
    }
    let date = date_level(a.when, b.when)?;
    let place = place_level(a.place.as_deref(), b.place.as_deref())?;
    let (x, y) = (&a.claim.incident, &b.claim.incident);
    let weekday = weekday_level(a.when, b.when);
    let is_same_news =
        a.event == b.event && place.points >= PLACE_SAME_AREA.points && weekday.points >= 0 && both_news(x, y);
    let wounded = toll_level(&x.casualties.wounded, &y.casualties.wounded, a.published, b.published);
    let levels = [
        type_level(a, b),
        place,
        date,
        weekday,
        toll_level(&x.casualties.killed, &y.casualties.killed, a.published, b.published),
        Level { points: wounded.points / 2, ..wounded },
        munitions_level(&x.munitions, &y.munitions),
        weapon_level(a, b),
        target_level(a, b),
        actor_level(a, b),
        text_level(shared_text, is_same_news),
    ];
    Some(Comparison { points: levels.iter().map(|l| l.points).sum(), levels })
}

fn text_level(is_shared: bool, is_same_news: bool) -> Level {
    match (is_shared, is_same_news) {
        (false, _) => SILENT,
        (true, false) => TEXT_SHARED,
        (true, true) => TEXT_SHARED_NEWS,
    }
}

fn both_news(a: &Incident, b: &Incident) -> bool {
    a.role == Role::Main && b.role == Role::Main
}

fn type_level(a: &Facts, b: &Facts) -> Level {
    match (a.event == b.event, a.event.is_vague() || b.event.is_vague()) {
        (true, false) => TYPE_SAME,
        (true, true) => TYPE_BOTH_VAGUE,
        (false, true) => TYPE_VAGUE,
        (false, false) => TYPE_FAMILY,
    }
}

fn weapon_level(a: &Facts, b: &Facts) -> Level {
    let (x, y) = (&a.claim.incident, &b.claim.incident);
    let shared = x.weapons.iter().any(|w| y.weapons.iter().any(|v| v.id == w.id));
    let same_sub_type = x.sub_type.is_some() && x.sub_type == y.sub_type;
    if shared || same_sub_type {
        return WEAPON_SAME;
    }
    if x.weapons.is_empty() || y.weapons.is_empty() { SILENT } else { WEAPON_DIFFERS }
}

fn target_level(a: &Facts, b: &Facts) -> Level {
    if a.victim.is_some() && a.victim == b.victim {
        return VICTIM_SAME;
    }
    let (Some(x), Some(y)) = (&a.claim.incident.target, &b.claim.incident.target) else { return SILENT };
    match (&x.class, &y.class) {
        _ if x.value == y.value => TARGET_SAME,
        (Some(c), Some(d)) if c == d => TARGET_CLASS,
        (Some(_), Some(_)) => TARGET_DIFFERS,
        _ => SILENT,
    }
}

fn actor_level(a: &Facts, b: &Facts) -> Level {
    if a.actors.iter().any(|x| b.actors.contains(x)) {
        return ACTOR_SAME;
    }
    let (x, y) = (&a.claim.incident.perpetrator, &b.claim.incident.perpetrator);
    if x.is_some() && y.is_some() { ACTOR_DIFFERS } else { SILENT }
}
