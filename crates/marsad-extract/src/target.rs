//! What was hit, or who?
//!
//! The first thing that a word of attack takes, a person that it kills, or the
//! kind of the scene. What the attackers came on, what they stood near, and they
//! themselves were not hit.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::perpetrator;
use crate::toll::{Fact, Kind, Said};
use crate::unit::Unit;
use marsad_lang::Mention;
use marsad_model::{EventType, Evidence, Target};

/// The first thing that a verb of attack takes or person that it kills, or the kind of the scene.
pub fn target(ctx: &Ctx, event: &Event) -> Option<Target> {
    event
        .units
        .iter()
        .find_map(|unit| thing_hit(ctx, unit).or_else(|| named_dead(ctx, unit)))
        .or_else(|| site_of_scene(ctx, event))
}

fn thing_hit(ctx: &Ctx, unit: &Unit) -> Option<Target> {
    let hit = unit.hits.iter().find(|h| !h.casualty_only)?;
    let m = ctx
        .all(hit.head..unit.end, ctx.l.target)
        .find(|m| m.first <= hit.end + 6 && !of_attackers(ctx, unit, m) && !is_town(ctx, m))?;
    let (class, end) = class_of(ctx, m);
    let evidence = Evidence::new(ctx.span(m.first, end), ctx.a.best_entry(m).rule.clone());
    Some(Target { value: ctx.quote(m.first, end), class: Some(class.to_string()), evidence: vec![evidence] })
}

/// «مبنى المحكمة», «مقر حزب»: a building is of the class of whose it is.
fn class_of<'c>(ctx: &'c Ctx, m: &Mention) -> (&'c str, usize) {
    let class = &*ctx.a.entry(m).family;
    let owner = |label| ctx.at(m.end, label).filter(|o| o.clitics.preposition == '\0' && !o.clitics.conjunction);
    match class {
        "house" | "government" => match (owner(ctx.l.private_body), owner(ctx.l.public_body)) {
            (Some(o), _) => ("office", o.end),
            (None, Some(o)) => ("government", o.end),
            _ => (class, m.end),
        },
        _ => (class, m.end),
    }
}

/// What struck, what its men came on or stood near, and the force that did it.
fn of_attackers(ctx: &Ctx, unit: &Unit, m: &Mention) -> bool {
    let l = ctx.l;
    let by_hand = matches!(unit.event, EventType::Stabbing | EventType::VehicleRamming | EventType::ArmedAttack);
    let family = &*ctx.a.entry(m).family;
    let rammed_with = unit.event == EventType::VehicleRamming && family == "vehicle";
    let beside = by_hand && ctx.before(m.first, l.near).is_some();
    let on_foot = by_hand || matches!(unit.event, EventType::AttackUnspecified | EventType::Grenade);
    let armed = |n: &Mention| {
        [l.attacker, l.militant, l.gunman].iter().any(|k| ctx.has(n, *k))
            || ctx.has(n, l.actor) && *ctx.a.entry(n).id == *"generic-gunmen"
    };
    let rides = ctx.before(m.first, l.riding).filter(|_| on_foot && family == "vehicle");
    let came_on = rides.is_some_and(|r| ctx.a.within(r.first.saturating_sub(RIDER)..r.first).any(armed));
    let did_it = family == "troops" && perpetrator::is_doer_of(ctx, m, unit.end);
    rammed_with || beside || came_on || did_it
}

/// Tokens from the rider to what he rides.
const RIDER: usize = 5;

/// «شرق العمارة»: a town of that name, and no building.
fn is_town(ctx: &Ctx, m: &Mention) -> bool {
    let town = |n: &Mention| ctx.has(n, ctx.l.place) && n.first == m.first && n.end >= m.end;
    let placed = [ctx.l.prep_place, ctx.l.direction].iter().any(|k| ctx.before(m.first, *k).is_some());
    m.clitics.article && placed && ctx.a.at(m.first).any(town)
}

/// «اغتيال فلان», «مقتل فلان وفلان بضربة»: the dead by their names.
fn named_dead(ctx: &Ctx, unit: &Unit) -> Option<Target> {
    let named = |f: &&Fact| f.kind == Kind::Killed && matches!(f.said, Said::Named(n) if n > 0) && !f.over_period;
    let fact = unit.facts.iter().find(named)?;
    let persons: Vec<&Mention> = ctx.all(fact.first..fact.end, ctx.l.person).collect();
    let mut names: Vec<&str> = persons.iter().map(|m| &*ctx.a.best_entry(m).en).collect();
    names.dedup();
    (!names.is_empty()).then(|| Target {
        value: names.join(Target::NAMES_APART),
        class: Some(Target::INDIVIDUALS.to_string()),
        evidence: persons.into_iter().map(|m| ctx.mention_evidence(m)).collect(),
    })
}

fn site_of_scene(ctx: &Ctx, event: &Event) -> Option<Target> {
    let p = event.units.iter().find_map(|u| u.scene(ctx))?;
    let by_hand = matches!(event.kind(), EventType::Stabbing | EventType::VehicleRamming | EventType::ArmedAttack);
    if by_hand && ctx.before(p.first, ctx.l.near).is_some() {
        return None;
    }
    let id = *p.candidates.first()?;
    let record = ctx.res.gazetteer.get(id);
    let site = record.level <= 2;
    site.then(|| Target {
        value: record.en.to_string(),
        class: Some(record.kind.to_string()),
        evidence: vec![ctx.evidence(p.first, p.end, "place-as-target")],
    })
}
