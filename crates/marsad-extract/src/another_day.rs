//! Is what a telling tells of another day than the event that it would join?
//!
//! Where the event gives no day, the news beside it or before it does: an attack of last night is not that of this
//! morning, and one of a day long before the page is not the news.

use crate::context::Ctx;
use crate::corefer::{Event, SAME_PLACE, counted, founds, killed, place_points};
use crate::place::{self, Located};
use crate::toll::Kind;
use crate::unit::{Link, Unit};
use crate::when;
use jiff::ToSpan;
use marsad_model::DatePrecision;

/// The event has no day of its own, but that which the text gives it is another than the telling's.
pub fn than_told(ctx: &Ctx, events: &[Event], event: &Event, unit: &Unit) -> bool {
    than_the_row(ctx, events, event, unit)
        || than_the_news(ctx, events, event, unit)
        || weeks_before(ctx, event, unit)
        || leads_with_its_day(ctx, event, unit)
}

/// «والاثنين قتل ستة في هجوم شهدته المنطقة», «ففي فجر 30 يونيو قتل 28»: the day comes first, joined to the news, and the victims
/// are others than those of the news, which gives no day.
fn leads_with_its_day(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let Some(mine) = unit.when().filter(|w| w.own) else { return false };
    let time = &ctx.a.times[mine.time];
    let joined = ctx.res.lexicon.clitics.is_joined(ctx.a.tokens.text(unit.first));
    let leads = time.first <= unit.first + LEADS && when::is_day(ctx, mine);
    let dated = event.units.iter().any(|u| u.when().is_some_and(|w| w.own));
    let told_anew = unit.hits.iter().any(|h| !h.casualty_only && !h.anaphoric);
    let counts = |u: &Unit| [Kind::Killed, Kind::Wounded].map(|k| counted(u, k));
    let ours = counts(unit);
    let theirs: Vec<[Option<f64>; 2]> = event.units.iter().map(counts).collect();
    let counted_too = theirs.iter().any(|t| (0..2).any(|k| t[k].is_some() && ours[k].is_some()));
    let alike = theirs.iter().any(|t| (0..2).any(|k| t[k].is_some() && t[k] == ours[k]));
    let update = unit.facts.iter().any(|f| f.update);
    joined && leads && !dated && told_anew && counted_too && !alike && !update
}

/// Tokens from the head of a telling to the day that it begins with.
const LEADS: usize = 2;

/// «وكان آخر هجوم قبل ثلاثة أسابيع حين أصاب انتحاري خمسة»: weeks before the news, whose day is told.
fn weeks_before(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let recent = |w: &when::When| w.own && when::is_sure(ctx, w) && when::is_of_this_week(ctx, w);
    unit.link == Link::Earlier
        && founds(ctx, unit)
        && when::weeks_ago(ctx, unit.first..unit.end)
        && event.units.iter().filter_map(Unit::when).any(recent)
}

/// «سقط صاروخ اليوم على أسدود وآخران على بئر السبع وعسقلان. والليلة الماضية أطلقت أربعة على عسقلان»: what one sentence tells is
/// of the day that it gives once.
fn than_the_row(ctx: &Ctx, events: &[Event], event: &Event, unit: &Unit) -> bool {
    let own = |e: &Event| e.units.iter().find_map(|u| u.when().filter(|w| w.own)).cloned();
    let Some(mine) = unit.when().filter(|w| w.own && founds(ctx, unit) && own(event).is_none()) else { return false };
    let leads = ctx.a.times[mine.time].first <= ctx.a.sentences[unit.sentence].first + 1;
    let beside = |e: &&Event| e.units[0].sentence == event.units[0].sentence && !e.background;
    let day = events.iter().filter(beside).find_map(own);
    leads && day.is_some_and(|theirs| when::days_differ(ctx, mine, &theirs))
}

/// «قصف … صباح اليوم الأحد …. غارات على بلدة …. وأمس السبت قصفت الطائرات قرية …»: the raids without a day are of the day of the
/// news that was told before them, and yesterday's in another place are not the same.
fn than_the_news(ctx: &Ctx, events: &[Event], event: &Event, unit: &Unit) -> bool {
    let own = |u: &Unit| u.when().filter(|w| w.own).cloned();
    let recent = |w: &when::When| when::is_sure(ctx, w) && when::is_of_this_week(ctx, w);
    let Some(mine) = own(unit).filter(|w| recent(w) || when::is_day_of_late(ctx, w)) else { return false };
    let town = |l: &Located| place::level(ctx, l) <= 4 && !l.directed;
    let told_anew = unit.link == Link::None && unit.hits.iter().any(|h| !h.casualty_only && !h.anaphoric && !h.plural);
    let placed = unit.scene(ctx).is_some_and(town) && event.units.iter().any(|u| u.scene(ctx).is_some_and(town));
    if !told_anew || !placed || event.units.iter().any(|u| own(u).is_some()) {
        return false;
    }
    let before =
        events.iter().flat_map(|e| &e.units).filter(|u| u.first < event.units[0].first && u.link == Link::None);
    let news = before.filter_map(own).find(recent);
    let another = news.is_some_and(|w| when::days_differ(ctx, &mine, &w) && !when::one_night(ctx, &mine, &w));
    another && place_points(ctx, event, unit) != Some(SAME_PLACE)
}

/// «قتل جنديان في مكمن». Then «وفي الثالث من أكتوبر قتل خمسة …»: a day long before the page leads, and the dead are others.
pub fn long_ago(ctx: &Ctx, event: &Event, unit: &Unit, mine: &when::When) -> bool {
    const NEWS: i64 = 7;
    let leads = ctx.a.times[mine.time].first <= ctx.a.sentences[unit.sentence].first + 2;
    let long_ago = match (mine.resolved.latest, ctx.anchor.earliest) {
        (Some(day), Some(page)) => day.saturating_add(NEWS.days()) < page,
        _ => false,
    };
    let others = matches!((killed(unit), event.units.iter().find_map(killed)), (Some(a), Some(b)) if a != b);
    // «يذكر أن المدينة شهدت الشهر الماضي تفجيرا أودى بسبعة»
    let month_past = mine.resolved.precision == DatePrecision::Month
        && matches!((mine.resolved.latest, ctx.anchor.earliest), (Some(day), Some(page)) if day < page);
    let alike = killed(unit).is_none() || event.units.iter().any(|u| killed(u) == killed(unit));
    let others = others || month_past && !alike;
    (month_past || leads && long_ago) && others && founds(ctx, unit) && !unit.facts.iter().any(|f| f.update)
}
