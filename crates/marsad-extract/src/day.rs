//! Of which day is news that tells none?
//!
//! A report gives its day once, in the lead. What it brings as new right behind is of that day, unless it says otherwise,
//! is told as earlier, or counts over a period. The day is taken over when what counts as an incident has been decided:
//! it makes nothing more likely to be one.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::judge;
use crate::listing;
use crate::unit::{Link, Unit, opening};
use crate::when::{self, When};
use marsad_lang::Sentence;
use marsad_lang::time::resolve;
use marsad_model::Role;

/// «… صباح اليوم …. وفي حادث آخر، …»: news that tells no day of its own, right behind news that does, is of that day.
pub fn share(ctx: &Ctx, events: &mut [Event]) {
    for i in 0..events.len() {
        let first = &events[i].units[0];
        let day = match when::days_after_told(ctx, first.first, first.end) {
            Some(days) => day_told_last(events, i).and_then(|told| when::day_after(&told, days)),
            None if events[i].before.is_none() && days_led_back(first).is_some() => counted_back(events, i),
            None => day_before(ctx, events, i)
                .or_else(|| day_of_the_sum(ctx, &events[i]))
                .filter(|_| is_news(ctx, events, i) && is_timeless(ctx, &events[i])),
        };
        events[i].units[0].whens.extend(day.map(|w| When { shared: true, ..w }));
    }
}

/// «… والحصيلة جريحان. حدث ذلك ليل الاثنين.»: the day of what was told last, where that has none.
pub fn of_the_last(day: When, units: &mut [Unit]) {
    if let Some(last) = units.last_mut().filter(|u| !u.whens.iter().any(|w| w.own)) {
        last.whens.insert(0, day);
    }
}

fn days_led_back(unit: &Unit) -> Option<i32> {
    if let Link::DaysBefore(days @ 1..) = unit.link { Some(days) } else { None }
}

/// «بعد يوم من مقتل أربعة …، نفذت الطائرات الإثنين …»: counted back from the day that its main clause tells.
fn counted_back(events: &[Event], i: usize) -> Option<When> {
    let mine = &events[i].units[0];
    let main = |u: &&Unit| u.sentence == mine.sentence && u.first > mine.first;
    let mut news = events.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, e)| e.units.iter().filter(main));
    let day = news.find_map(Unit::when).filter(|_| mine.when().is_none())?;
    when::day_after(day, -days_led_back(mine)?)
}

/// «وفي اليوم نفسه», «وبعد أربعة أيام من ذلك»: the day of the event told before it, of whatever week.
fn day_told_last(events: &[Event], i: usize) -> Option<When> {
    let mine = &events[i].units[0];
    let before = events.iter().flat_map(|e| &e.units).filter(|u| u.first < mine.first);
    let dated = before.filter_map(|u| Some((u.first, u.when().filter(|w| w.own)?)));
    dated.max_by_key(|(first, _)| *first).map(|(_, day)| day.clone()).filter(|_| mine.when().is_none())
}

/// The day of the last news before an event, when that is near and of this week. In a bulletin «أمس» is of its own line.
fn day_before(ctx: &Ctx, events: &[Event], i: usize) -> Option<When> {
    let sentence = events[i].units[0].sentence;
    let of_story = |u: &Unit, w: &When| when::is_today(ctx, w) || !listing::stories_differ(ctx, u.sentence, sentence);
    let hours_later = opening::later(ctx, events[i].units[0].first);
    let near = |e: &Event| {
        let last = e.units.iter().map(|u| u.sentence).filter(|s| *s <= sentence).max();
        last.is_some_and(|last| sentence - last <= DAY_REACHES)
    };
    let day = |e: &Event| {
        // «أعلن الجهاز اليوم سقوط مسيرة …، واستهداف حقل …»: the day of one announcement stands in for all that it tells.
        // «… مساء الجمعة. وبعد ساعات …»: by then it may have been the next day.
        let late = |w: &When| hours_later && when::is_late(ctx, w);
        let holds = |u: &Unit, w: &&When| {
            (w.own || u.sentence == sentence) && when::is_of_this_week(ctx, w) && of_story(u, w) && !late(w)
        };
        e.units.iter().find_map(|u| u.when().filter(|w| holds(u, w))).cloned()
    };
    // «هاجم مسلحون ثكنة الجمعة، وفي الوقت نفسه سقطت قذائف على …»: one sentence has one day, if not a recent one.
    let beside = |e: &Event| e.units[0].sentence == sentence && told_as_news(&e.units[0]);
    (i.saturating_sub(EVENTS_BACK)..i)
        .rev()
        .filter(|j| near(&events[*j]) && (is_news(ctx, events, *j) || beside(&events[*j])))
        .find_map(|j| day(&events[j]))
}

/// «استشهد 22 منذ فجر السبت في هجمات على القطاع. ففي …»: the lead counts what was on the day of the page, and then tells it.
fn day_of_the_sum(ctx: &Ctx, event: &Event) -> Option<When> {
    let sentence = event.units[0].sentence;
    let l = ctx.l;
    let counts = |s: &Sentence| [l.kill, l.dead_noun, l.attack].iter().any(|k| ctx.any(s.first..s.end, *k));
    let since = |s: &Sentence| {
        let cues = ctx.all(s.first..s.end, l.since);
        let times = cues.filter_map(|m| ctx.a.times_in(m.end..m.end + 2).find(|(_, t)| t.first <= m.end + 1));
        times.map(|(time, t)| When { time, resolved: resolve(t, &ctx.anchor), own: true, shared: true, apart: false })
    };
    let of_page = |w: &When| {
        when::is_outset(&ctx.a.times[w.time])
            && w.resolved.earliest.is_some()
            && w.resolved.earliest == ctx.anchor.exact()
    };
    let before = ctx.a.sentences[sentence.saturating_sub(DAY_REACHES)..sentence].iter().rev();
    before.filter(|s| counts(s)).flat_map(|s| since(s).filter(of_page).collect::<Vec<_>>()).next()
}

fn is_news(ctx: &Ctx, events: &[Event], i: usize) -> bool {
    told_as_news(&events[i].units[0]) && judge::role(ctx, events, i) == Role::Main
}

fn told_as_news(unit: &Unit) -> bool {
    matches!(unit.link, Link::None | Link::Another | Link::Beside)
}

/// No time is told, no period, not that it was the last of several, and no film of it, which may be older.
fn is_timeless(ctx: &Ctx, event: &Event) -> bool {
    let l = ctx.l;
    let sentence = &ctx.a.sentences[event.units[0].sentence];
    let counts = [l.since, l.during, l.latest, l.footage].iter().any(|k| ctx.any(sentence.first..sentence.end, *k));
    !counts && event.units.iter().all(|u| u.whens.is_empty())
}

/// In so many sentences stand no more events than these.
const EVENTS_BACK: usize = 48;

/// So many sentences behind it, a day still holds.
const DAY_REACHES: usize = 2;
