//! Does a report count over months, so that what it breaks down is no attack?
//!
//! «وثق المرصد مقتل 90 مدنياً خلال آب …. وأضاف التقرير أن بين القتلى امرأة …»: behind a count over a period, tolls without a day of
//! their own are parts of it, in whatever sentence they stand.

use crate::context::Ctx;
use crate::place;
use crate::unit::Unit;
use marsad_lang::time::Unit as TimeUnit;
use marsad_lang::{Label, Mention, NumberKind, NumberMention, Sentence, TimeExpr};
use marsad_model::{Tally, TallyKind};

/// The sentence is of one who documents, or gives a toll, and speaks of months or years.
pub fn counts_over_months(ctx: &Ctx, sentence: &Sentence, tallies: &[Tally]) -> bool {
    let l = ctx.l;
    let span = || sentence.first..sentence.end;
    let toll = tallies.iter().any(|t| t.kind == TallyKind::TollReport);
    let cues: &[Label] = match ctx.any(span(), l.report_of_many) {
        true => &[l.during, l.since, l.prep_in],
        false if toll => &[l.during],
        false => return false,
    };
    let cued = |at: usize| cues.iter().any(|k| ctx.before(at, *k).is_some());
    ctx.a.times_in(span()).any(|(_, t)| is_long(&t.expr) && (t.first.saturating_sub(1)..=t.first).any(cued))
}

/// An attack with a place, and a time of its own or a verb that tells it, which a report of months may tell too.
pub fn tells_apart(ctx: &Ctx, unit: &Unit) -> bool {
    let own = || unit.hits.iter().filter(|h| !h.casualty_only && !h.plural && !h.anaphoric);
    let placed = unit.scene(ctx).is_some_and(|s| place::level(ctx, s) < 7);
    let timed = unit.whens.iter().any(|w| w.own && !matches!(ctx.a.times[w.time].expr, TimeExpr::Year { .. }));
    placed && (timed && own().next().is_some() || own().any(|h| !h.noun))
}

/// «– الشهر الثاني، 9 غارات، قتل فيها سبعة …»: one month of a count, and no attack; what has a day of its own is.
pub fn is_month_of_count(ctx: &Ctx, sentence: &Sentence) -> bool {
    let sign = |t: usize| !ctx.a.tokens.is_word(t) && !ctx.a.tokens.is_number(t);
    let first = (sentence.first..sentence.end).find(|t| !sign(*t)).unwrap_or(sentence.first);
    let month = |m: &Mention| m.clitics.article && m.clitics.preposition == '\0' && *ctx.a.entry(m).id == *MONTH;
    let ordinal = |n: &NumberMention| n.kind == NumberKind::Ordinal && n.core.0 == first + 1;
    ctx.all(first..first + 1, ctx.l.unit).any(month) && ctx.a.numbers_in(first + 1..first + 2).any(ordinal)
}

/// The unit of time that such a line begins with.
const MONTH: &str = "unit-month";

/// The telling has a day of its own.
pub fn tells_its_day(ctx: &Ctx, unit: &Unit) -> bool {
    let day = |e: &TimeExpr| matches!(e, TimeExpr::Date { day: Some(_), .. });
    unit.whens.iter().any(|w| w.own && day(&ctx.a.times[w.time].expr))
}

fn is_long(e: &TimeExpr) -> bool {
    match e {
        TimeExpr::Duration { unit, .. } => matches!(unit, TimeUnit::Month | TimeUnit::Year),
        TimeExpr::Year { .. } | TimeExpr::Calendar { .. } | TimeExpr::Date { day: None, .. } => true,
        _ => false,
    }
}
