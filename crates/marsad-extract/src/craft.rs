//! What flew, whose was it, and did it strike?
//!
//! «ألقت مسيرة قنبلة», «أسقطوا طائرة مسيرة أمريكية», «هجوم جوي بمسيرة للحوثيين», «قبل وصول طائرته»: aircraft strike, are shot down,
//! or only carry someone.

use crate::context::Ctx;
use crate::munition::weapons;
use crate::trigger::Hit;
use marsad_lang::{Count, Mention};
use marsad_model::EventType;

/// «ألقت مسيرة قنبلة», «بقنبلة ألقتها طائرة»: a bomb from the air is no placed one.
pub fn dropped_from_air(ctx: &Ctx, base: EventType, first: usize, end: usize) -> Option<EventType> {
    let bomb = matches!(
        base,
        EventType::AirStrike
            | EventType::Ied
            | EventType::Grenade
            | EventType::AttackUnspecified
            | EventType::ExplosionUnclear
    );
    let craft = |range: std::ops::Range<usize>| {
        weapons(ctx, range.start, range.end).find_map(|m| match &*ctx.a.best_entry(m).family {
            "drone" => Some(EventType::DroneAttack),
            "aircraft" => Some(EventType::AirStrike),
            _ => None,
        })
    };
    let drops = ctx.all(first..end, ctx.l.drop).filter(|_| bomb);
    // The craft is the subject: right behind the verb, or right before it.
    drops.into_iter().find_map(|m| {
        let subject = craft(m.end..(m.end + 2).min(end));
        let subject = subject.or_else(|| craft(m.first.saturating_sub(4).max(first)..m.first));
        // «إلقاء قنبلة من طائرة استطلاع»
        let source = (m.end..(m.end + 4).min(end)).find(|t| ctx.is_at(*t, ctx.l.from));
        subject.or_else(|| craft(source? + 1..(source? + 3).min(end)))
    })
}

/// «أسقطوا طائرة أميركية مسيرة», «سقطت طائرة شحن بعد إصابتها بنيران …»: the craft of an
/// air force or a scout was the target, not a munition.
pub fn downed(ctx: &Ctx, hits: &[Hit], first: usize, end: usize) -> bool {
    let l = ctx.l;
    let flies = |m: &&Mention| matches!(&*ctx.a.best_entry(m).family, "drone" | "aircraft");
    let alone = |m: &&Mention| m.form.count == Count::Singular && m.quantity.is_none_or(|q| q.value == Some(1.0));
    let of_state = |m: &Mention| {
        let nations = ctx.a.within(m.first..m.end + 3).filter(|n| ctx.has(n, l.nationality));
        nations.into_iter().any(|n| is_air_power(&ctx.a.entry(n).family))
    };
    weapons(ctx, first, end).filter(flies).filter(alone).any(|m| {
        let shot =
            hits.iter().any(|h| h.intercepted && h.head < m.first) && (ctx.has(m, l.reconnaissance) || of_state(m));
        let fell = ctx.any(m.first.saturating_sub(2)..m.first, l.fall);
        let hit = |h: &Hit| h.head > m.end && ctx.a.at(h.head).any(|n| ctx.has(n, l.injure) && n.clitics.pronoun);
        shot || fell && hits.iter().any(hit)
    })
}

/// «قصف سلاح الجو الإسرائيلي مطارا»: it is the one who bombards.
pub fn by_air_force(ctx: &Ctx, first: usize, end: usize) -> bool {
    let next = |m: &Mention| ctx.is_at(m.end, ctx.l.air_force);
    let before = |m: &Mention| ctx.before(m.first, ctx.l.air_force).is_some();
    ctx.all(first..end, ctx.l.bombard).any(|m| next(m) || before(m))
}

/// «وتشنّ واشنطن ضربات … قصفت مواقع»: strikes by a state that has an air force.
pub fn state_strikes(ctx: &Ctx, first: usize, end: usize) -> bool {
    let Some(sentence) = ctx.a.sentences.iter().find(|s| s.first <= first && first < s.end) else { return false };
    let ground =
        weapons(ctx, first, end).any(|m| matches!(&*ctx.a.best_entry(m).family, "shell" | "rocket" | "missile"));
    let strikes = ctx.any(sentence.first..end, ctx.l.strike);
    let state = ctx.all(sentence.first..end, ctx.l.actor).any(|m| {
        matches!(&*ctx.a.entry(m).family, "state") && ctx.a.entry(m).extra("country").is_some_and(is_air_power)
    });
    strikes && state && !ground
}

/// A state that flies drones: named as the one who struck, here or where «المسيرات» were first told of.
pub fn state_did_it(ctx: &Ctx, hits: &[Hit], first: usize, end: usize) -> bool {
    let drones: Vec<&Mention> = drones(ctx, first, end).collect();
    let known = !drones.is_empty() && !drones.iter().any(|d| is_owned(ctx, d));
    let told = || drones_before(ctx, first).filter(|d| is_owned(ctx, d)).last().is_some_and(|d| of_state(ctx, d));
    hits.iter().all(|h| !h.intercepted) && (drones.iter().any(|d| of_state(ctx, d)) || known && told())
}

fn drones<'c>(ctx: &'c Ctx, first: usize, end: usize) -> impl Iterator<Item = &'c Mention> {
    weapons(ctx, first, end).filter(|m| &*ctx.a.best_entry(m).family == "drone")
}

/// Those of the last paragraphs.
fn drones_before<'c>(ctx: &'c Ctx, first: usize) -> impl Iterator<Item = &'c Mention> {
    const IN_MIND: usize = 150;
    drones(ctx, first.saturating_sub(IN_MIND), first)
}

/// «مسيرة تركية», «مسيرة تابعة لجيش الاحتلال التركي»
fn of_state(ctx: &Ctx, drone: &Mention) -> bool {
    let nation = |m: &Mention| ctx.has(m, ctx.l.nationality) && is_air_power(&ctx.a.entry(m).family);
    let army = |m: &Mention| {
        let of = ctx.a.entry(m).extra("country");
        let own = matches!(&*ctx.a.entry(m).family, "state" | "forces");
        ctx.has(m, ctx.l.actor) && own && of.is_some_and(is_air_power)
    };
    let power = |t: usize| ctx.a.at(t).any(|m| nation(m) || army(m));
    let reach = if ctx.is_at(drone.end, ctx.l.belonging) { OWNER_BEHIND + 1 } else { 3 };
    // «مسيرة على المستشفى السعودي»: what a preposition brings is another thing.
    let apart = |t: &usize| [ctx.l.on, ctx.l.prep_place, ctx.l.from].iter().any(|k| ctx.is_at(*t, *k));
    let own = (drone.end..drone.end + reach).take_while(|t| !apart(t));
    own.into_iter().any(power)
}

/// It is said whose the drone is.
fn is_owned(ctx: &Ctx, drone: &Mention) -> bool {
    let owner = |t: usize| [ctx.l.nationality, ctx.l.actor, ctx.l.belonging].iter().any(|k| ctx.is_at(t, *k));
    (drone.end..drone.end + 2).any(owner)
}

/// States whose armed drones news counts as their air force.
fn is_air_power(iso: &str) -> bool {
    matches!(
        iso,
        "TR" | "IL" | "US" | "RU" | "GB" | "FR" | "EG" | "AE" | "SA" | "PK" | "ET" | "MA" | "NG" | "ML" | "SD"
    )
}

/// «هجوم جوي نفذته طائرة بدون طيار لميليشيا الحوثي»: the drone of a group that has no air force.
pub fn drone_of_group(ctx: &Ctx, first: usize, end: usize) -> bool {
    let craft: Vec<&Mention> =
        weapons(ctx, first, end).filter(|m| matches!(&*ctx.a.best_entry(m).family, "drone" | "aircraft")).collect();
    let of_group = |m: &&Mention| {
        let near = m.end..(m.end + OWNER_BEHIND).min(end);
        ctx.all(near, ctx.l.actor).any(|a| &*ctx.a.entry(a).family == "armed_group")
    };
    let all_drones = craft.iter().all(|m| &*ctx.a.best_entry(m).family == "drone");
    all_drones && craft.iter().any(of_group)
}

/// «طائرة مسيرة تابعة لجماعة …»: so far behind the craft stands whose it is.
const OWNER_BEHIND: usize = 4;

/// «قبل وصول طائرته», «على متن طائرة»: it carries someone.
pub fn only_carries(ctx: &Ctx, m: &Mention) -> bool {
    ctx.has(m, ctx.l.aircraft_word) && ctx.before(m.first, ctx.l.flight).is_some()
}
