//! How much speaks for two claims being one incident, and does anything forbid it?
//!
//! The groups are asked in a fixed order, the three that can forbid it first. The answer lists one level a group, so
//! that a person can read why two claims were joined.

use crate::Claim;
use crate::company::company_level;
use crate::facts::Facts;
use crate::judge::Judge;
use crate::lean::Incident;
use crate::levels::*;
use crate::place::place_level;
use crate::resolver::Resolver;
use crate::toll::{munitions_level, toll_level};
use crate::when::{date_level, weekday_level};
use marsad_model::Role;

const GROUPS: usize = 12;

/// What speaks for and against a pair; groups without a say are [`SILENT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub points: i32,
    levels: [Level; GROUPS],
    /// Sharing a wire text would say that it is the same news.
    may_be_same_news: bool,
}

/// The last group: what else the two documents tell.
const COMPANY: usize = GROUPS - 1;

/// The groups of which a report may say nothing: killed, wounded, munitions, weapon, target, actor.
pub(crate) const TOLD: usize = 6;
/// The first of them: killed and wounded.
pub(crate) const TOLLS: usize = 2;
const TOLD_FROM: usize = 4;

impl Comparison {
    fn with_company(mut self, company: Level) -> Comparison {
        self.levels[COMPANY] = company;
        self.points += company.points;
        self
    }

    /// What a common text could add at most where none was looked at.
    pub fn text_points_max(&self) -> i32 {
        if self.may_be_same_news { TEXT_SHARED_NEWS.points } else { TEXT_POINTS_MAX }
    }

    /// The levels that said something, in the order of comparison.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        self.levels.into_iter().filter(|l| *l != SILENT)
    }

    /// False where two towns are named and neither a number of two or more is alike nor the dead are known by name: an outlet may name
    /// the wrong town, but as often two neighbours are attacked on one day.
    pub fn may_bring_together(&self) -> bool {
        let any = |is: fn(&Level) -> bool| self.levels.iter().any(is);
        let names_two = any(|level| matches!(*level, PLACE_NEIGHBOUR | PLACE_OTHER_TOWN | PLACE_UNLISTED));
        !names_two || any(|level| is_same_count(level) || *level == VICTIM_SAME)
    }

    /// True when both tell their days within three weeks, and not only the month, or nothing.
    pub fn is_of_known_days(&self) -> bool {
        self.levels.iter().any(|level| *level == DATE_SHORT || is_of_known_days(*level))
    }
}

/// What the comparison of two claims says, whether or not it joined them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub points: i32,
    pub levels: Vec<Level>,
    /// `document`, `type`, `date` or `place`, where it forbids that they are one incident; then there are no levels.
    pub veto: Option<&'static str>,
}

/// Compares two claims, named by their keys, as [`crate::resolve`] does, for a person who asks why they were joined or
/// kept apart. `claims` holds all that their documents tell; `None` when it does not hold the two.
///
/// ```
/// use marsad_model::EventType::{AirStrike, Ied};
/// use marsad_resolve::{Claim, explain};
/// let claims = [Claim::coded("a", "i1", Ied, "test"), Claim::coded("b", "i1", AirStrike, "test")];
/// assert_eq!(explain(&claims, "a#i1", "b#i1").unwrap().veto, Some("type"));
/// assert_eq!(explain(&claims, "a#i1", "c#i1"), None);
/// ```
pub fn explain(claims: &[Claim], a: &str, b: &str) -> Option<Explanation> {
    let find = |key: &str| claims.iter().find(|c| c.key() == key);
    let (of_a, of_b) = (find(a)?, find(b)?);
    let mut resolver = Resolver::new();
    resolver.add(claims.iter().filter(|c| c.document == of_a.document || c.document == of_b.document));
    let number = |claim: &Claim| resolver.number((&claim.document, &claim.incident.id));
    let (a, b) = (number(of_a)?, number(of_b)?);
    let (facts, wire) = resolver.known();
    let judge = Judge::new(facts, wire);
    Some(match judge.comparison(a, b) {
        Some(found) => Explanation { points: found.points, levels: found.levels().collect(), veto: None },
        None => Explanation { points: 0, levels: vec![], veto: Some(veto(judge.facts(a), judge.facts(b))) },
    })
}

/// What forbids a pair that [`compare`] refuses.
fn veto(a: &Facts, b: &Facts) -> &'static str {
    if a.document == b.document {
        "document"
    } else if !a.event.agrees(b.event) {
        "type"
    } else if date_level(a.when, b.when).is_none() {
        "date"
    } else {
        "place"
    }
}

/// What the texts of two documents have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    /// So many 5-grams, below the measure of a wire text; 0 where nobody looked.
    Phrases(u64),
    Wire,
}

/// What a common text adds at most that does not tell the same news.
const TEXT_POINTS_MAX: i32 = {
    assert!(TEXT_PHRASES.points <= TEXT_SHARED.points && TEXT_PASSAGES.points <= TEXT_SHARED.points);
    assert!(0 <= TEXT_SHARED.points && TEXT_SHARED.points <= TEXT_SHARED_NEWS.points);
    TEXT_SHARED.points
};

/// Compares two claims; `None` when they cannot be one incident. `text` is what their documents have in common.
pub(crate) fn compare(a: &Facts, b: &Facts, text: Shared) -> Option<Comparison> {
    Some(compare_alone(a, b, text)?.with_company(company_level(a, b)))
}

/// The same without texts, `None` as well when even with the best of texts it could not reach the floor, which depends on what was compared:
/// most pairs are far below, and looking at their company is dear.
pub(crate) fn compare_above(a: &Facts, b: &Facts, floor: impl Fn(&Comparison) -> i32) -> Option<Comparison> {
    let alone = compare_alone(a, b, Shared::Phrases(0)).filter(Comparison::may_bring_together)?;
    let missing = floor(&alone) - alone.points - alone.text_points_max();
    if missing > COMPANY_POINTS_MAX {
        return None;
    }
    let together = alone.with_company(company_level(a, b));
    (missing <= together.levels[COMPANY].points).then_some(together)
}

/// What two claims say of the groups that may be left out; `None` when they cannot be one incident.
pub(crate) fn compare_told(a: &Facts, b: &Facts) -> Option<[Level; TOLD]> {
    let levels = compare_alone(a, b, Shared::Phrases(0))?.levels;
    Some(std::array::from_fn(|i| levels[TOLD_FROM + i]))
}

const COMPANY_POINTS_MAX: i32 = {
    assert!(COMPANY_SEVERAL.points <= COMPANY_ONE.points);
    COMPANY_ONE.points
};

/// Without what else the documents tell.
fn compare_alone(a: &Facts, b: &Facts, text: Shared) -> Option<Comparison> {
    if a.document == b.document || !a.event.agrees(b.event) {
        return None;
    }
    let date = match date_level(a.when, b.when)? {
        DATE_NEXT_DAY => next_day_level(a, b),
        level => level,
    };
    let place = place_level(a.place.as_deref(), b.place.as_deref())?;
    let (x, y) = (&a.claim.incident, &b.claim.incident);
    let weekday = weekday_level(a.when, b.when);
    let (killed, wounded) = tolls(a, b, matches!(date, DATE_OPEN | DATE_OPEN_BACKGROUND));
    let munitions = munitions_level(&x.munitions, &y.munitions);
    if place == PLACE_OTHER_TOWN && !is_of_known_days(date) {
        return None;
    }
    let is_dated = a.when.exact && b.when.exact;
    let is_same_news = a.event == b.event
        && matches!(place, PLACE_SAME_SITE | PLACE_SAME_SETTLEMENT | PLACE_IN_SETTLEMENT | PLACE_SAME_AREA)
        && !matches!(weekday, WEEKDAY_NEXT | WEEKDAY_DIFFERS)
        && !is_other_count(killed)
        && both_news(x, y);
    let levels = [
        type_level(a, b),
        place,
        date,
        weekday,
        killed,
        wounded,
        munitions,
        weapon_level(a, b),
        target_level(a, b),
        actor_level(a, b),
        match (text, is_same_news) {
            (Shared::Wire, true) => TEXT_SHARED_NEWS,
            (Shared::Wire, false) => TEXT_SHARED,
            (Shared::Phrases(_), _) if is_dated => SILENT,
            (Shared::Phrases(count), _) => phrases_level(count, place),
        },
        SILENT,
    ];
    Some(Comparison { points: levels.iter().map(|l| l.points).sum(), levels, may_be_same_news: is_same_news })
}

fn is_of_known_days(date: Level) -> bool {
    matches!(date, DATE_SAME_DAY | DATE_NEXT_DAY | DATE_NEXT_DAY_AHEAD | DATE_NEXT_DAY_TOLD | DATE_NEWS)
}

fn is_same_count(level: &Level) -> bool {
    matches!(*level, TOLL_EQUAL_LARGE | TOLL_EQUAL | TOLL_EQUAL_SMALL | MUNITIONS_AGREE)
}

fn is_other_count(toll: Level) -> bool {
    matches!(toll, TOLL_GROWN | TOLL_DIFFERS | TOLL_JUMPED | TOLL_SOME | TOLL_SHRUNK | TOLL_CLASH)
}

fn next_day_level(a: &Facts, b: &Facts) -> Level {
    let (early, late) = if a.when.first < b.when.first { (a, b) } else { (b, a) };
    if late.published.1 < late.when.first {
        DATE_NEXT_DAY_AHEAD
    } else if early.published.1 <= early.when.last && late.published.0 > late.when.last {
        DATE_NEXT_DAY_TOLD
    } else {
        DATE_NEXT_DAY
    }
}

/// Killed and wounded.
fn tolls(a: &Facts, b: &Facts, is_undated: bool) -> (Level, Level) {
    let (x, y) = (&a.claim.incident.casualties, &b.claim.incident.casualties);
    let level = |p, q| match toll_level(p, q, a.published, b.published) {
        TOLL_EQUAL_SMALL | TOLL_EQUAL_ONE if is_undated => TOLL_EQUAL_SMALL_UNDATED,
        level => level,
    };
    let (killed, wounded) = (level(&x.killed, &y.killed), level(&x.wounded, &y.wounded));
    (killed, wounded)
}

/// Common phrases below the measure of a wire text, of tellings of one town.
fn phrases_level(count: u64, place: Level) -> Level {
    let is_one_town = matches!(place, PLACE_SAME_SITE | PLACE_SAME_SETTLEMENT);
    match if is_one_town { count } else { 0 } {
        PASSAGES_MIN.. => TEXT_PASSAGES,
        PHRASES_MIN.. => TEXT_PHRASES,
        _ => SILENT,
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
    if a.victims.iter().any(|x| b.victims.contains(x)) {
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
