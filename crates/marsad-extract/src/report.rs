//! Does a report count over months, so that what it breaks down is no attack?
//!
//! «وثق المرصد مقتل 90 مدنياً خلال آب …. وأضاف التقرير أن بين القتلى امرأة …»: behind a count over a period, tolls without a day of
//! their own are parts of it, in whatever sentence they stand.

use crate::context::Ctx;
use crate::place;
use crate::unit::Unit;
use marsad_lang::time::Unit as TimeUnit;
use marsad_lang::{Sentence, TimeExpr};

/// The sentence is of one who documents, and speaks of weeks, months or years.
pub fn counts_over_months(ctx: &Ctx, sentence: &Sentence) -> bool {
    let l = ctx.l;
    let span = || sentence.first..sentence.end;
    let documents = ctx.any(span(), l.report_of_many);
    documents
        && ctx.a.times_in(span()).any(|(_, t)| {
            let cues = [l.during, l.since, l.prep_in];
            is_long(&t.expr)
                && (t.first.saturating_sub(1)..=t.first).any(|at| cues.iter().any(|k| ctx.before(at, *k).is_some()))
        })
}

/// An attack with a place and a time of its own, which a report of months may tell too.
pub fn tells_apart(ctx: &Ctx, unit: &Unit) -> bool {
    let one = unit.hits.iter().any(|h| !h.casualty_only && !h.plural && !h.anaphoric);
    let placed = unit.scene(ctx).is_some_and(|s| place::level(ctx, s) < 7);
    let timed = unit.whens.iter().any(|w| w.own && !matches!(ctx.a.times[w.time].expr, TimeExpr::Year { .. }));
    one && placed && timed
}

fn is_long(e: &TimeExpr) -> bool {
    match e {
        TimeExpr::Duration { unit, .. } => matches!(unit, TimeUnit::Month | TimeUnit::Year),
        TimeExpr::Year { .. } | TimeExpr::Calendar { .. } | TimeExpr::Date { day: None, .. } => true,
        _ => false,
    }
}
