//! Which telling only sums up what the report then tells one by one?
//!
//! «سبعة قتلى في هجمات بالعبوات في بغداد», then one bomb after the other with its quarter and its toll: the lead is
//! none of them. What it says of the day holds for all; the toll that it gives for them together belongs to none.
//! With only one attack told behind it, the lead tells that one («غارات على المدينة», then the house that was hit).

use crate::context::Ctx;
use crate::corefer::{Event, PartOf, counted};
use crate::judge::shared_toll;
use crate::place;
use crate::toll::{Fact, Kind};
use crate::trigger::Hit;
use crate::unit::Unit;
use crate::when::When;
use marsad_lang::{Count, Mention, Part};
use marsad_model::{EventType, Tally};

/// The event may be one that sums up: it is told in the plural, and not of one site.
pub fn may_sum_up(ctx: &Ctx, event: &Event) -> bool {
    let lead = &event.units[0];
    event.part_of.is_none() && lead.event != EventType::ArmedClash && sums(ctx, lead)
}

/// The telling is of one of the attacks that the event sums up, rather than of all of them again.
pub fn is_part(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let told_anew = unit.hits.iter().any(|h| !h.anaphoric);
    let several = sums(ctx, unit);
    let retold = || told_alone(ctx, event).any(|u| tells_there(ctx, u, unit));
    told_anew && !several && sharper(ctx, event, unit) && !gives_the_sum(event, unit) && !retold()
}

/// The tellings of the event that are no sum: one of its attacks, which has the toll of all of them.
fn told_alone<'e>(ctx: &Ctx, event: &'e Event) -> impl Iterator<Item = &'e Unit> {
    event.units.iter().filter(move |u| !sums(ctx, u) && u.scene(ctx).is_some_and(|s| place::level(ctx, s) < 7))
}

fn sums(ctx: &Ctx, unit: &Unit) -> bool {
    unit.hits.iter().any(|h| !h.casualty_only && is_several(ctx, h))
}

fn tells_there(ctx: &Ctx, a: &Unit, b: &Unit) -> bool {
    matches!((a.scene(ctx), b.scene(ctx)), (Some(x), Some(y)) if place::compatible(ctx, x, y) && !place::quarters_apart(ctx, x, y))
}

/// The events without those that only sum up, and the tolls that these give for all together.
pub fn folded(ctx: &Ctx, mut events: Vec<Event>) -> (Vec<Event>, Vec<Tally>) {
    let mut tallies = vec![];
    let mut dropped = vec![false; events.len()];
    for lead in 0..events.len() {
        let parts: Vec<usize> =
            (0..events.len()).filter(|i| events[*i].part_of.is_some_and(|p| p.event == lead)).collect();
        match parts[..] {
            [] => {}
            // Half of a sum that was dropped before: nothing may be joined to it, and its parts stand alone.
            _ if dropped[lead] => {}
            _ if told_alone(ctx, &events[lead]).next().is_some() => {
                let (summed, own): (Vec<Unit>, Vec<Unit>) =
                    std::mem::take(&mut events[lead].units).into_iter().partition(|u| sums(ctx, u));
                tallies.extend(summed.iter().find_map(|u| shared_toll(ctx, u)));
                events[lead].units = own;
                for i in parts.into_iter().chain([lead]) {
                    hand_down(&mut events[i], &summed);
                }
            }
            [only] if !events[only].part_of.is_some_and(|p| p.same) => {}
            [only] => {
                let units = std::mem::take(&mut events[only].units);
                events[lead].units.extend(units);
                events[lead].units.sort_by_key(|u| u.first);
                dropped[only] = true;
            }
            _ => {
                dropped[lead] = true;
                for i in beside_lead(ctx, &events, lead) {
                    dropped[i] = true;
                }
                tallies.extend(events[lead].units.iter().find_map(|u| shared_toll(ctx, u)));
                let summed = events[lead].units.clone();
                parts.into_iter().for_each(|i| hand_down(&mut events[i], &summed));
            }
        }
    }
    (without(events, &dropped), tallies)
}

/// What the sum says of the day, and of the doer, holds for each that says nothing of it.
fn hand_down(part: &mut Event, summed: &[Unit]) {
    let day = summed.iter().find_map(|u| u.when().filter(|w| w.own)).map(|w| When { shared: true, ..w.clone() });
    let lacks = !part.units.iter().any(|u| u.when().is_some_and(|w| w.own));
    part.units[0].whens.extend(day.filter(|_| lacks));
    part.summed = summed.to_vec();
}

/// «بهجمات بطائرات مسيرة وقصف صاروخي على أحياء …»: the other half of the sentence that sums up.
fn beside_lead(ctx: &Ctx, events: &[Event], lead: usize) -> Vec<usize> {
    let sentences: Vec<usize> = events[lead].units.iter().map(|u| u.sentence).collect();
    let summed = |e: &Event| {
        let own_toll = e.units.iter().any(|u| u.facts.iter().any(Fact::founds));
        let where_lead = |u: &Unit| {
            u.scene(ctx).is_none_or(|s| {
                events[lead]
                    .units
                    .iter()
                    .filter_map(|l| l.scene(ctx))
                    .any(|l| l.candidates.first() == s.candidates.first())
            })
        };
        e.part_of.is_none() && !own_toll && e.units.iter().all(|u| sentences.contains(&u.sentence) && where_lead(u))
    };
    (0..events.len()).filter(|i| *i != lead && summed(&events[*i])).collect()
}

/// «هجمات», «غارتان», «سلسلة حوادث»: a noun of attack that means several.
fn is_several(ctx: &Ctx, hit: &Hit) -> bool {
    let l = ctx.l;
    let acts = [l.attack, l.strike, l.raid, l.operation, l.explode, l.detonate, l.assassinate, l.target_v, l.shoot];
    let noun = |m: &Mention| matches!(m.form.part, Part::Noun | Part::Plain);
    let several = |m: &Mention| {
        let counted = m.quantity.is_some_and(|q| q.value.is_some_and(|v| v > 1.0) || q.vague);
        matches!(m.form.count, Count::Plural | Count::Dual) || counted
    };
    // «سلسلة حوادث إطلاق نار»
    let series = || hit.noun && ctx.any(hit.first.saturating_sub(2)..hit.first, l.series);
    // «انفجار أربع سيارات مفخخة»: the bombs are counted.
    let bombs = |m: &Mention| ctx.has(m, l.explosive) && m.quantity.is_some_and(|q| q.worded);
    let act = |m: &Mention| acts.iter().any(|act| ctx.has(m, *act)) || bombs(m);
    ctx.a.within(hit.first..hit.end).any(|m| noun(m) && several(m) && act(m)) || series()
}

/// It says more sharply where: in what the event only names as a whole.
fn sharper(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let Some(mine) = unit.scene(ctx) else { return false };
    let mut scenes = event.units.iter().filter(|u| sums(ctx, u)).filter_map(|u| u.scene(ctx)).peekable();
    scenes.peek().is_none() || scenes.all(|s| place::level(ctx, s) >= 4 && place::narrows(ctx, mine, s))
}

/// It counts as many dead and wounded as a telling of the sum: the sum once more.
fn gives_the_sum(event: &Event, unit: &Unit) -> bool {
    let toll = |u: &Unit| (counted(u, Kind::Killed), counted(u, Kind::Wounded));
    let mine = toll(unit);
    mine != (None, None) && event.units.iter().any(|u| toll(u) == mine)
}

fn without(events: Vec<Event>, dropped: &[bool]) -> Vec<Event> {
    let mut next = 0;
    let moved: Vec<Option<usize>> = dropped
        .iter()
        .map(|gone| {
            next += usize::from(!gone);
            (!gone).then(|| next - 1)
        })
        .collect();
    let kept = events.into_iter().zip(dropped).filter(|(_, gone)| !**gone).map(|(event, _)| event);
    kept.map(|event| Event {
        before: event.before.and_then(|(i, days)| Some((moved[i]?, days))),
        beside: event.beside.and_then(|i| moved[i]),
        part_of: event.part_of.and_then(|p| Some(PartOf { event: moved[p.event]?, ..p })),
        ..event
    })
    .collect()
}
