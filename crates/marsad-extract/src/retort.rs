//! Did this force do it, or did it stop the one who did?
//!
//! «عملية طعن …، وأطلقت القوات النار على المنفذ», «قتلت الشرطة مسلحا أطلق النار على حافلة»: a report
//! of an attack mostly tells how its attacker ended. Whoever shot or arrested him
//! is no doer of the attack; who then did it stays open.

use crate::context::Ctx;
use marsad_lang::{Mention, Part};
use marsad_model::EventType;

/// So far behind its verb stands the object.
const OBJECT: usize = 9;

/// The act of this word befell the attacker of an event of this type.
pub fn befalls_attacker(ctx: &Ctx, act: &Mention, kind: EventType, end: usize) -> bool {
    let by_hand = matches!(kind, EventType::Stabbing | EventType::VehicleRamming);
    by_hand && is_gunfire(ctx, act) || upon_attacker(ctx, act, end) || upon_one_who_did(ctx, act, end)
}

/// Nobody stabs or rams with a gun: the shots are another's.
fn is_gunfire(ctx: &Ctx, act: &Mention) -> bool {
    let l = ctx.l;
    let gun = ctx.has(act, l.weapon) && &*ctx.a.entry(act).family == "firearm";
    gun || ctx.has(act, l.shoot) || ctx.has(act, l.launch)
}

/// «أطلقت الشرطة النار على المنفذ», «وقُتل المهاجم برصاص الشرطة».
fn upon_attacker(ctx: &Ctx, act: &Mention, end: usize) -> bool {
    let l = ctx.l;
    let verb = matches!(act.form.part, Part::Perfect | Part::Imperfect | Part::Noun);
    let own = verb
        && !ctx.has(act, l.weapon)
        && [l.shoot, l.launch, l.kill, l.hit, l.injure].iter().any(|k| ctx.has(act, *k));
    let stop = (act.end..end).find(|t| new_clause(ctx, *t)).unwrap_or(end);
    let behind = own && ctx.any(act.end..stop.min(act.end + OBJECT), l.attacker);
    // The dead stands before what killed him.
    let means = !own && (ctx.has(act, l.weapon) || ctx.has(act, l.by_agent));
    behind || means && ctx.any(act.first.saturating_sub(3)..act.first, l.attacker)
}

/// «قتلت القوات مسلحا أطلق النار على …», «اعتقلت شابا نفذ عملية طعن»: the object is the subject of the next verb.
fn upon_one_who_did(ctx: &Ctx, act: &Mention, end: usize) -> bool {
    let l = ctx.l;
    let kills = matches!(act.form.part, Part::Perfect | Part::Imperfect) && ctx.has(act, l.kill);
    let objects = ctx.a.within(act.end..(act.end + OBJECT).min(end)).filter(|m| ctx.has(m, l.people));
    kills && objects.into_iter().any(|m| (m.end..m.end + 2).any(|t| violent_verb(ctx, t)))
}

/// A finite verb of attack that no conjunction joins.
fn violent_verb(ctx: &Ctx, token: usize) -> bool {
    let l = ctx.l;
    let attack = [l.shoot, l.launch, l.stab, l.attack, l.carry_out, l.target_v, l.bombard, l.detonate];
    ctx.a
        .at(token)
        .any(|m| m.form.part == Part::Perfect && !m.clitics.conjunction && attack.iter().any(|k| ctx.has(m, *k)))
}

fn new_clause(ctx: &Ctx, token: usize) -> bool {
    let joined = |m: &Mention| m.clitics.conjunction && ctx.has(m, ctx.l.verb);
    ctx.sign(token, "،") || ctx.sign(token, ".") || ctx.a.at(token).any(joined)
}
