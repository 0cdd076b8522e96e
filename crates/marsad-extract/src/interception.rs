//! Was it stopped on its way, by what, and wholly or in part?
//!
//! Only what flies or sails is intercepted: «اعترض مسلحون سيارة» waylays, «تصدى الأهالي للمستوطنين» stands
//! up to men, and «أسقطت المسيرة قذيفة» drops what she carries.

use crate::context::Ctx;
use crate::munition::weapons;
use crate::unit::Unit;
use marsad_lang::{Mention, Part};
use marsad_model::{Evidence, Interception, InterceptionStatus, Munitions};

/// Whether and by what munitions were shot down.
pub fn interception(ctx: &Ctx, unit: &Unit, counts: &Munitions) -> Interception {
    let system = ctx.all(unit.first..unit.end, ctx.l.defence).next();
    let hit = unit.hits.iter().any(|h| h.intercepted);
    let stop = ctx
        .all(unit.first..unit.end, ctx.l.stop)
        .filter(|m| !ctx.has(m, ctx.l.destroy) || system.is_some() || hit)
        .find(|m| stops(ctx, unit, m, system.is_some()));
    let refused = ctx.all(unit.first..unit.end, ctx.l.not).find(|m| {
        (m.end..(m.end + 5).min(unit.end))
            .any(|t| ctx.is_at(t, ctx.l.intercept) || (ctx.is_at(t, ctx.l.shoot) && system.is_some()))
    });
    let mut evidence: Vec<Evidence> = system.iter().map(|m| ctx.mention_evidence(m)).collect();
    if let Some(m) = refused.filter(|_| system.is_some()) {
        evidence.push(ctx.evidence(m.first, (m.first + 4).min(unit.end), "interception-refused"));
        return Interception {
            status: InterceptionStatus::ExplicitNone,
            system: system.map(|m| ctx.quote(m.first, m.end)),
            evidence,
        };
    }
    let Some(stop) = stop else { return Interception::default() };
    evidence.insert(0, ctx.mention_evidence(stop));
    let all = counts.launched.value.or(counts.used.value);
    let status = match (counts.intercepted.value, all) {
        (Some(n), Some(of)) if n < of => InterceptionStatus::Partial,
        _ if counts.landed.value.is_some_and(|n| n > 0) => InterceptionStatus::Partial,
        _ => InterceptionStatus::Full,
    };
    Interception { status, system: system.map(|m| ctx.quote(m.first, m.end)), evidence }
}

/// The word is said of something that was on its way.
fn stops(ctx: &Ctx, unit: &Unit, stop: &Mention, by_system: bool) -> bool {
    let moving = weapons(ctx, unit.first, unit.end).any(|m| {
        let family = &*ctx.a.best_entry(m).family;
        matches!(family, "drone" | "aircraft" | "rocket" | "missile" | "projectile" | "shell" | "boat" | "air-bomb")
    });
    (moving || by_system) && !drops(ctx, stop)
}

/// «أسقطت طائرة مسيرة قذائف على …», «قنبلة أسقطتها مسيرة»: the craft is the subject, and what she carries falls.
pub fn drops(ctx: &Ctx, stop: &Mention) -> bool {
    let l = ctx.l;
    let verb = matches!(stop.form.part, Part::Perfect | Part::Imperfect);
    // «ودمرت بصاروخين خزان مياه»: with what it was done.
    let with = |m: &Mention| m.clitics.preposition != '\0' && ctx.has(m, l.munition);
    if verb && ctx.has(stop, l.destroy) && !ctx.has(stop, l.intercept) && ctx.a.at(stop.end).any(with) {
        return true;
    }
    if !verb || ctx.has(stop, l.intercept) || ctx.has(stop, l.destroy) {
        return false;
    }
    let family = |m: &Mention| &*ctx.a.best_entry(m).family;
    let load = |m: &&Mention| matches!(family(m), "shell" | "air-bomb" | "grenade" | "projectile" | "ied" | "rocket");
    let free = |m: &&Mention| m.clitics.preposition == '\0' && !m.clitics.conjunction;
    let craft = weapons(ctx, stop.end, stop.end + 1).find(|m| matches!(family(m), "drone" | "aircraft"));
    let behind = craft.is_some_and(|c| weapons(ctx, c.end, c.end + LOAD).filter(free).any(|m| load(&m)));
    let carried = stop.clitics.pronoun && craft.is_some();
    behind || carried
}

/// Tokens from a craft to what she drops, over the name of whose she is.
const LOAD: usize = 7;
