//! May two tellings be of one attack, though they name its means otherwise?
//!
//! «قصف», then «عدوان جوي برشقات من الصواريخ»; «غارة», then «أطلقت الطائرة صاروخين»; «أطلقوا النار … ثم أضرموا النار في …».

use crate::context::Ctx;
use crate::corefer::{Event, SAME_PLACE, place_points};
use crate::perpetrator;
use crate::toll::Fact;
use crate::unit::{Link, Unit};
use marsad_lang::Class;
use marsad_model::{EventType, Family};

/// The kinds go together; «قصف» may be told again as an air strike, and an air strike as «القصف».
pub fn agrees(event: &Event, kind: EventType, unit: &Unit) -> bool {
    kind.agrees(unit.event)
        || bombards(kind) && unit.is_plain_bombardment()
        || bombards(unit.event) && event.units.iter().all(|u| u.is_plain_bombardment() || u.event.is_vague())
}

/// «قصف استهدف المدينة», then «وقال مصدر إن طائرات نفذت عدوانا جويا»: a source says what it was, and neither where nor how many.
pub fn is_named_now(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let open = |u: &Unit| u.is_plain_bombardment() || u.event.is_vague();
    let bombarded = event.units.iter().any(Unit::is_plain_bombardment) && event.units.iter().all(open);
    let sentence = ctx.a.sentences[unit.sentence].first;
    let sourced = ctx.any(sentence..(sentence + 3).min(unit.end), ctx.l.speech);
    let bare = unit.scene(ctx).is_none() && !unit.facts.iter().any(Fact::founds) && unit.link == Link::None;
    bombarded && bombards(unit.event) && sourced && bare && !unit.is_another(ctx) && !event.background
}

fn bombards(e: EventType) -> bool {
    matches!(e.family(), Family::Projectile | Family::Air)
}

/// «حاصر مسلحون القرية وأطلقوا النار على أهلها …، ثم أضرموا النار في منازل»: people who are there shoot, burn and blow up in one go. With
/// a place, a day or victims of its own it is another attack.
pub fn is_one_assault(ctx: &Ctx, event: &Event, kind: EventType, unit: &Unit) -> bool {
    let by_hand = |e: EventType| {
        use EventType::*;
        matches!(e, ArmedAttack | Sabotage | SuicideBombing | CarBomb | Grenade | ArmedClash)
    };
    let there = unit.scene(ctx).is_some() && place_points(ctx, event, unit) >= Some(SAME_PLACE);
    let apart = !there && (unit.scene(ctx).is_some() || unit.when().is_some_and(|w| w.own));
    let hurts = |u: &Unit| u.facts.iter().any(Fact::founds);
    let anew = || hurts(unit) && event.units.iter().any(hurts);
    let one = by_hand(kind) && by_hand(unit.event) && unit.link == Link::None && !event.background;
    one && !apart && !anew() && !unit.is_another(ctx)
}

/// «… في غارة على سيارة … وأطلقت الطائرة ثلاثة صواريخ على السيارة»: what the strike was flown with.
pub fn fired_from_the_air(ctx: &Ctx, event: &Event, kind: EventType, unit: &Unit) -> bool {
    let missiles = matches!(unit.event, EventType::RocketAttack | EventType::MissileAttack);
    if kind != EventType::AirStrike || !missiles {
        return false;
    }
    // «الصواريخ أصابت أيضا مواقع …»: those that the strike was told to be flown with.
    if unit.points_back() && unit.scene(ctx).is_none() {
        return true;
    }
    if unit.facts.iter().any(Fact::founds) || unit.scene(ctx).is_none() {
        return false;
    }
    let plane = [ctx.l.aircraft_word, ctx.l.drone].iter().any(|l| ctx.any(unit.first..unit.end, *l));
    let doer = |units: &[Unit]| perpetrator::doer(ctx, units, kind).map(|d| d.name);
    let mine = doer(std::slice::from_ref(unit));
    // «… ضربة جوية على منزل، وأطلقت ثلاثة صواريخ على المنزل»: the verb has the doer told before.
    let goes_on = mine.is_none() && event.units.iter().any(|u| u.sentence == unit.sentence);
    let nation = |name: String| nation_of(ctx, &name);
    plane || goes_on || mine.and_then(nation).is_some_and(|n| doer(&event.units).and_then(nation) == Some(n))
}

/// The country of a party by its name.
fn nation_of<'a>(ctx: &Ctx<'a>, name: &str) -> Option<&'a str> {
    ctx.res.lexicon.named(name).find_map(|e| match e.class {
        Class::Actor => e.extra("country"),
        _ => Some(&*e.family).filter(|_| *e.id == *"nationality"),
    })
}
