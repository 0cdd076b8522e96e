//! Which telling only gives somebody's count of the dead of an attack that was told before?
//!
//! «وأفاد مصدر طبي بمقتل تسعة», «وكانت الشرطة قد تحدثت عن خمسة قتلى»: it has neither place nor means, so that it is of the attack
//! that the report is about just then, and one more count of it. What had been said before gives way to what is said now.

use crate::context::Ctx;
use crate::toll::{Fact, Kind, Said};
use crate::unit::{Link, Unit};
use crate::when::{self, When};
use marsad_model::EventType;

/// Tokens from «وكانت» to the verb of speech.
const HAD_SAID_MAX: usize = 14;

/// People are counted on somebody's word, and nothing else is told of an attack.
pub fn gives_only_counts(ctx: &Ctx, unit: &Unit) -> bool {
    let Some(first) = unit.facts.iter().find(|f| counts_people(f)) else { return false };
    let sentence = &ctx.a.sentences[unit.sentence];
    let said = || ctx.any(sentence.first..first.first, ctx.l.speech) || ctx.any(sentence.first..first.end, ctx.l.toll);
    let elsewhere = || unit.scene(ctx).is_some_and(|s| s.kind.as_deref() != Some("hospital"));
    only_refers(unit) && !elsewhere() && said()
}

/// «وكانت الشرطة قد تحدثت مساء السبت عن …»: an earlier count of the attack in focus, told in `before`, and no earlier attack.
/// The time is that of the statement.
pub fn settle(ctx: &Ctx, units: &mut [Unit], before: &[Unit]) {
    for unit in units.iter_mut().filter(|u| had_said(ctx, u) && gives_only_counts(ctx, u)) {
        // Sought only here: most sentences hold no such count, and a long report may have told no day yet.
        let day = before.iter().rev().find_map(|u| u.when().filter(|w| w.own));
        if day.is_some_and(|day| of_another_day(ctx, unit, day)) {
            continue;
        }
        unit.link = if unit.link == Link::Earlier { Link::None } else { unit.link };
        unit.whens.clear();
        unit.facts.iter_mut().for_each(|f| f.earlier = true);
    }
}

/// Nobody counted the dead of an attack on the day before it; and «في هجوم الثلاثاء» is none of Thursday.
fn of_another_day(ctx: &Ctx, unit: &Unit, day: &When) -> bool {
    let Some(mine) = unit.when() else { return false };
    let too_early = matches!((mine.resolved.latest, day.resolved.earliest), (Some(said), Some(done)) if said < done);
    let names_one = unit.hits.iter().any(|h| !h.casualty_only && !h.anaphoric);
    too_early || names_one && mine.own && when::days_differ(ctx, mine, day)
}

fn had_said(ctx: &Ctx, unit: &Unit) -> bool {
    let reach = unit.first + 1..(unit.first + HAD_SAID_MAX).min(unit.end);
    ctx.is_at(unit.first, ctx.l.had) && ctx.any(reach, ctx.l.speech)
}

fn counts_people(f: &Fact) -> bool {
    let people = matches!(f.kind, Kind::Killed | Kind::Wounded | Kind::Pooled);
    people && matches!(f.said, Said::Count(_)) && !f.over_period
}

/// No attack is told anew but by a noun that leaves its means open («عن 11 قتيلا في اعتداء»).
fn only_refers(unit: &Unit) -> bool {
    unit.hits.iter().all(|h| h.casualty_only || h.anaphoric || h.noun && h.event == EventType::AttackUnspecified)
}
