//! Which time expression dates the event, and which only the statement?
//!
//! A time speaks for its own clause. Beside a verb of speech it dates the
//! statement, and dates the event only where the announcement leads and no
//! better time is there.

use crate::context::Ctx;
use crate::dateline;
use crate::trigger::Hit;
use marsad_lang::time::{Direction, Resolved, Unit, resolve};
use marsad_lang::{Clause, Count, Mention, Part, Sentence, TimeExpr, TimeMention};
use marsad_model::{DatePrecision, DateValue, TimeOfDay};

/// A time expression with its bearing on the events of a clause.
#[derive(Clone, Debug)]
pub struct When {
    /// Index into `Annotation::times`.
    pub time: usize,
    pub resolved: Resolved,
    /// False when it dates a statement and stands in for want of better.
    pub own: bool,
    /// Told of the news before, or of several attacks together.
    pub shared: bool,
    /// Set between commas behind who says something: any other day told is rather that of the event.
    pub apart: bool,
}

/// The times of a clause that may date its events.
pub fn whens(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hits: &[Hit]) -> Vec<When> {
    let mut out = vec![];
    // «منتصف نيسان حين نفّذت …»: the time stands right before the clause it dates.
    let opened_by = |t: &TimeMention| {
        let beside = t.end == clause.first || t.end + 1 == clause.first && !ctx.a.tokens.is_word(t.end);
        beside && t.first >= sentence.first && tells_of(ctx, t, clause.first)
    };
    for (index, time) in ctx.a.times_in(clause.first.saturating_sub(8)..clause.end) {
        let inside = time.first >= clause.first && time.first < clause.end;
        if !(inside || opened_by(time)) || !time.is_point() {
            continue;
        }
        if is_rite(ctx, sentence, time, hits) || is_same_day(ctx, time) || is_of_burial(ctx, sentence, time, hits) {
            continue;
        }
        if dateline::is_day(ctx, sentence, time) || ctx.any(time.first.saturating_sub(2)..time.first, ctx.l.scheduled) {
            continue;
        }
        let since = ctx.before(time.first, ctx.l.since).is_some() && !is_outset(time) && !opened_by(time);
        // «وبين 29 أبريل والأول من يونيو أصيب 19»: a stretch of time.
        let stretch = ctx.before(time.first, ctx.l.range_between).is_some();
        if since || stretch || is_window(ctx, time) || is_named_for(ctx, time) || dates_an_outset(ctx, clause, time) {
            continue;
        }
        // «ويتزامن الهجوم مع … نهاية العام»: what points back is not dated anew.
        let mine: Vec<&Hit> = hits.iter().filter(|h| h.head >= clause.first && h.head < clause.end).collect();
        // «العدوان … والذي وقع فجر اليوم»: the verb right before the time says that it is dated.
        let happened = ctx.any(time.first.saturating_sub(2)..time.first, ctx.l.happen);
        if !happened && !mine.is_empty() && mine.iter().all(|h| points_far_back(ctx, h, time)) {
            continue;
        }
        let own = match bearing(ctx, sentence, clause, time, hits) {
            // «حتى 17 تشرين الثاني» only bounds it.
            Bearing::Event => ctx.before(time.first, ctx.l.until).is_none(),
            Bearing::Statement => false,
            Bearing::Neither => continue,
        };
        let apart = is_apart(ctx, sentence, clause, time, hits);
        out.push(When { time: index, resolved: resolve(time, &ctx.anchor), own, shared: false, apart });
    }
    out.extend(before_the_day_told(ctx, sentence, clause, hits));
    out
}

/// «التفجير … نهاية العام»: what points back is dated only by the time right behind it, but where it says which one it means
/// («التفجير الذي هز السوق في كويتا الجمعة الماضي»).
fn points_far_back(ctx: &Ctx, h: &Hit, time: &TimeMention) -> bool {
    let near = match is_coarse(time) {
        true => 1,
        false if ctx.is_at(h.end, ctx.l.relative) => RELATIVE_MAX,
        false => 6,
    };
    h.anaphoric && time.first > h.end + near
}

/// Tokens of a clause that says which event is meant.
const RELATIVE_MAX: usize = 12;

/// «الأكبر منذ 27 يناير حين قتل …»: a clause that tells of the day since which nothing was like it.
pub fn tells_of_since(ctx: &Ctx, first: usize) -> bool {
    let mut before = ctx.a.times_in(first.saturating_sub(8)..first);
    let right_before = |end: usize| end == first || end + 1 == first && !ctx.a.tokens.is_word(end);
    let since = |t: &TimeMention| right_before(t.end) && t.is_point() && ctx.before(t.first, ctx.l.since).is_some();
    before.any(|(_, t)| since(t) && tells_of(ctx, t, first))
}

/// «ذكر الجيش الأحد أن غارة أصابت … قبل ذلك بيومين»: counted back from the day of the announcement.
fn before_the_day_told(ctx: &Ctx, sentence: &Sentence, clause: &Clause, hits: &[Hit]) -> Option<When> {
    let (at, days) = (clause.first + 1..clause.end).find_map(|t| Some((t, days_before_that(ctx, t)?.0)))?;
    let told_before = hits.iter().any(|h| h.head >= clause.first && h.head < at);
    let days_known = |r: &Resolved| matches!(r.precision, DatePrecision::Day | DatePrecision::PartOfDay);
    let times = ctx.a.times_in(sentence.first..at).map(|(i, t)| (i, resolve(t, &ctx.anchor)));
    let (time, told) = times.filter(|(_, r)| days_known(r)).last().filter(|_| told_before && days > 0)?;
    let resolved = moved(&told, -days)?;
    Some(When { time, resolved, own: true, shared: false, apart: false })
}

/// The clause goes on with what was on that day: «في 3 مايو حين …»; behind a comma, only what was since then («منذ 3 مايو، حين …»).
fn tells_of(ctx: &Ctx, time: &TimeMention, clause: usize) -> bool {
    let since = || ctx.before(time.first, ctx.l.since).is_some() && ctx.is_at(clause, ctx.l.when_word);
    ctx.is_at(clause, ctx.l.clause_break) && (time.end == clause || since())
}

/// So many days from a day that was told.
fn moved(told: &Resolved, days: i32) -> Option<Resolved> {
    let by = |d: Option<jiff::civil::Date>| d?.checked_add(jiff::Span::new().days(days)).ok();
    let (earliest, latest) = (by(told.earliest)?, by(told.latest)?);
    let one = earliest == latest;
    Some(Resolved {
        earliest: Some(earliest),
        latest: Some(latest),
        precision: if one { DatePrecision::Day } else { told.precision },
        weekday: one.then(|| earliest.weekday()),
        how: "counted from a day told before",
    })
}

/// «حدث ذلك ليل الاثنين», «وكان ذلك عصر أمس»: words that say no more than when it was.
pub fn of_what_was_told(ctx: &Ctx, clause: &Clause) -> Option<When> {
    let l = ctx.l;
    let verb = (clause.first..clause.first + 2).find_map(|t| ctx.at(t, l.happen).or(ctx.at(t, l.had)))?;
    let that = ctx.at(verb.end, l.this).filter(|_| ctx.is_at(verb.end, l.same_before));
    let (time, day) = ctx.a.times_in(that?.end..clause.end).find(|(_, t)| t.is_point())?;
    let ends = day.end + 1 >= clause.end;
    let resolved = resolve(day, &ctx.anchor);
    ends.then_some(When { time, resolved, own: true, shared: false, apart: false })
}

/// «منذ مساء أمس», «منذ فجر الخميس 29 أكتوبر»: when it broke out; «منذ الاثنين» only bounds what is counted.
pub fn is_outset(time: &TimeMention) -> bool {
    let part = time.part.is_some();
    let day = matches!(time.expr, TimeExpr::Weekday { .. } | TimeExpr::Date { day: Some(_), .. });
    matches!(time.expr, TimeExpr::Relative { days: -1..=0, .. }) || part && day
}

/// «منذ اندلاع العنف في المدينة في العاشر من مايو»: the day of what has gone on since then.
fn dates_an_outset(ctx: &Ctx, clause: &Clause, time: &TimeMention) -> bool {
    let Some(since) = ctx.all(clause.first..time.first, ctx.l.since).last() else { return false };
    let finite = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive);
    let own_time = ctx.a.times_in(since.end..time.first).any(|(_, t)| t.end <= time.first);
    let told_anew = ctx.all(since.end..time.first, ctx.l.verb).any(finite);
    let day = matches!(time.expr, TimeExpr::Date { day: Some(_), .. });
    day && since.end < time.first && !own_time && !told_anew
}

fn is_coarse(time: &TimeMention) -> bool {
    !matches!(time.expr, TimeExpr::Weekday { .. } | TimeExpr::Relative { .. } | TimeExpr::Date { day: Some(_), .. })
}

enum Bearing {
    Event,
    Statement,
    Neither,
}

/// «خلال الأسبوع الجاري» bounds a count, it does not date.
fn is_window(ctx: &Ctx, time: &TimeMention) -> bool {
    matches!(time.expr, TimeExpr::Year { .. }) && ctx.before(time.first, ctx.l.during).is_some()
}

/// «سوق الخميس» is a market, «شارع 21 أكتوبر» a street.
fn is_named_for(ctx: &Ctx, time: &TimeMention) -> bool {
    // «في كفري الأحد»: a town by its whole name.
    let town = |m: &Mention| ctx.all(m.first..m.first + 1, ctx.l.place).any(|p| p.end == time.first);
    let construct = ctx.before(time.first, ctx.l.place_word).is_some_and(|m| !m.clitics.article && !town(m));
    // «في ذكرى ثورة 26 سبتمبر 1962»
    let risen = ctx.before(time.first, ctx.l.risen_on).is_some_and(|m| !m.clitics.article);
    risen && matches!(time.expr, TimeExpr::Date { .. })
        || construct && matches!(time.expr, TimeExpr::Weekday { .. } | TimeExpr::Date { weekday: None, year: None, .. })
}

/// «وفي اليوم نفسه», «في اليوم ذاته»: the day that was told before, and not the one of writing.
fn is_same_day(ctx: &Ctx, time: &TimeMention) -> bool {
    let today = matches!(time.expr, TimeExpr::Relative { days: 0, weekday: None });
    // «في ذات اليوم», «في اليوم ذاته»
    today && (ctx.is_at(time.end, ctx.l.same) || ctx.before(time.first, ctx.l.same_before).is_some())
}

/// «في 22 مايو … أثناء صلاة الجمعة»: the prayer dates nothing where the day is told.
fn is_rite(ctx: &Ctx, sentence: &Sentence, time: &TimeMention, hits: &[Hit]) -> bool {
    let dates = |t: &TimeMention| t.is_point() && t.first != time.first && !is_of_burial(ctx, sentence, t, hits);
    let others = || ctx.a.times_in(sentence.first..sentence.end).any(|(_, t)| dates(t));
    ctx.before(time.first, ctx.l.weekly_rite).is_some() && others()
}

/// «شيع الآلاف أمس السبت ضحايا الهجوم»: the day of the burial, where no event stands between.
fn is_of_burial(ctx: &Ctx, sentence: &Sentence, time: &TimeMention, hits: &[Hit]) -> bool {
    // «فجر نفسه وسط مشيعين في جنازة ظهر أمس»: where it was, and not what the day is of.
    let scene = |m: &Mention| {
        let inside = [ctx.l.prep_place, ctx.l.during].iter().any(|k| ctx.before(m.first, *k).is_some())
            || ctx.a.at(m.first).any(|n| n.clitics.preposition != '\0');
        inside && hits.iter().any(|h| h.head < m.first && h.head >= sentence.first)
    };
    let burial = ctx.all(sentence.first..time.first, ctx.l.burial).rfind(|m| !scene(m));
    burial.is_some_and(|m| {
        let near = time.first - m.end <= BURIAL_DAY;
        near && !hits.iter().any(|h| h.head >= m.end && h.head < time.first)
    })
}

/// Tokens from the burial to its day.
const BURIAL_DAY: usize = 12;

fn bearing(ctx: &Ctx, sentence: &Sentence, clause: &Clause, time: &TimeMention, hits: &[Hit]) -> Bearing {
    // «اغتالوا قاضيا في محكمة الاستئناف مساء الاثنين»: behind the deed no court speaks.
    let done = |t: usize| hits.iter().any(|h| h.head >= clause.first && h.head < t);
    let speech = |t: usize| {
        ctx.a.at(t).any(|m| {
            (ctx.has(m, ctx.l.speech)
                || ctx.has(m, ctx.l.deny)
                || ctx.has(m, ctx.l.claim)
                || ctx.has(m, ctx.l.condemn)
                || ctx.has(m, ctx.l.court) && !done(t))
                && !ctx.has(m, ctx.l.unreal)
        })
    };
    let cue = (clause.first..time.first).rev().find(|t| speech(*t));
    let Some(cue) = cue else { return Bearing::Event };
    // «أعلنت القوات أنها مساء أمس …»: a time of what is said.
    if !is_coarse(time) && ctx.any(cue + 1..time.first, ctx.l.content_that) {
        return Bearing::Event;
    }
    // An event word between the speech and the time takes the time.
    let acts = [ctx.l.happen, ctx.l.carry_out, ctx.l.be_exposed];
    let happened = acts.iter().any(|label| ctx.any(cue + 1..time.first, *label));
    // «هذا ما أحصاه المستشفى بعد الغارات على … ليلة الاثنين»: no other word tells of an event.
    let pointed = || hits.iter().all(|h| h.anaphoric);
    let between = |h: &Hit| h.head > cue && h.head < time.first;
    if happened
        || hits.iter().any(|h| between(h) && !h.anaphoric)
        || hits.iter().any(|h| between(h) && time.first <= h.end + DATED_NEAR) && pointed()
    {
        return Bearing::Event;
    }
    let claims = ctx.a.at(cue).any(|m| ctx.has(m, ctx.l.claim));
    let leads = hits.iter().any(|h| h.head > time.first && h.head < sentence.end)
        && !hits.iter().any(|h| h.head < cue && h.head >= sentence.first);
    // «بحسب ما أعلنه اليوم، الأحد 28 من تشرين الثاني»
    let published = ctx.anchor.exact().is_some_and(|day| resolve(time, &ctx.anchor).earliest == Some(day));
    let today = matches!(time.expr, TimeExpr::Relative { days: 0, .. }) || published;
    match () {
        _ if claims && !leads => Bearing::Neither,
        _ if leads || today => Bearing::Statement,
        _ => Bearing::Neither,
    }
}

/// Tokens from a word that points back to the time right behind its place.
const DATED_NEAR: usize = 4;

/// «أعلنت المديرية، فجر الأربعاء، مقتل …»: a time between commas behind who says something.
fn is_apart(ctx: &Ctx, sentence: &Sentence, clause: &Clause, time: &TimeMention, hits: &[Hit]) -> bool {
    let alone = clause.first == time.first && clause.end == time.end;
    let before = sentence.clauses.iter().rev().find(|c| c.first < clause.first).filter(|_| alone);
    before.is_some_and(|c| {
        let speaks = ctx.any(c.first..c.end, ctx.l.speech);
        speaks && !hits.iter().any(|h| h.head >= c.first && h.head < c.end)
    })
}

/// «بعد أسبوع على», «بعد ساعات من», «قبل يومين من»: days before the event it
/// hangs on, and the token behind the phrase.
pub fn days_before(ctx: &Ctx, at: usize) -> Option<(i32, usize)> {
    // «غداة الضربات …»
    if let Some(m) = ctx.at(at, ctx.l.day_after) {
        return Some((1, m.end));
    }
    let after = ctx.at(at, ctx.l.after)?;
    let time = ctx.a.times_in(after.end..after.end + 4).next().map(|t| t.1)?;
    let days = days_passed(time)?;
    Some((days, leads_back(ctx, time.end)?))
}

/// «بعد أسبوع من …», «بعد يوم واحد على …»: where the event begins that it is counted from. «بعد أربعة أيام من ذلك» comes after
/// what was told, and leads to nothing.
fn leads_back(ctx: &Ctx, end: usize) -> Option<usize> {
    let tail = ctx.a.numbers_in(end..end + 1).next().map_or(end, |n| n.core.1);
    let of = |at: usize| ctx.is_at(at, ctx.l.from) || ctx.is_at(at, ctx.l.on);
    // «بعد يومين فقط من …»
    let tail = if !of(tail) && ctx.a.at(tail).next().is_none() && of(tail + 1) { tail + 1 } else { tail };
    let of = of(tail);
    let that = ctx.is_at(tail + 1, ctx.l.this) && ctx.is_at(tail + 1, ctx.l.same_before);
    (of && !that).then_some(tail + 1)
}

/// The words say that it was on the day told before.
pub fn tells_same_day(ctx: &Ctx, first: usize, end: usize) -> bool {
    ctx.a.times_in(first..end).any(|(_, t)| is_same_day(ctx, t))
}

/// «وفي اليوم نفسه», «وفي اليوم التالي», «وبعد أربعة أيام من ذلك», «وبعد ذلك بيومين»: so many days after what was told last.
pub fn days_after_told(ctx: &Ctx, first: usize, end: usize) -> Option<i32> {
    if tells_same_day(ctx, first, end) {
        return Some(0);
    }
    let next_day = |m: &marsad_lang::Mention| ctx.has(m, ctx.l.day_word) && ctx.is_at(m.end, ctx.l.next_one);
    // «وغداة ذلك فجرت فتاة نفسها»
    let morrow = ctx.at(first, ctx.l.day_after).or(ctx.at(first + 1, ctx.l.day_after));
    let morrow = morrow.is_some_and(|m| ctx.is_at(m.end, ctx.l.same_before) && ctx.is_at(m.end, ctx.l.this));
    if morrow || ctx.a.within(first..end).any(next_day) {
        return Some(1);
    }
    let later = ctx.at(first, ctx.l.later_on);
    let opens = later.or_else(|| ctx.at(first, ctx.l.after))?;
    let passed = ctx.a.times_in(opens.end..opens.end + 3).map(|(_, t)| t).find(|t| t.first <= opens.end + 1);
    if passed.is_some_and(|t| leads_back(ctx, t.end).is_some()) {
        return None;
    }
    // «وبعدها بدقائق», «بعد ذلك بساعات»: of that day, too.
    let soon = |m: &Mention| ctx.a.is(m, "unit-minute") || ctx.a.is(m, "unit-hour");
    if later.is_some_and(|m| ctx.a.within(m.end..m.end + 2).any(soon)) {
        return Some(0);
    }
    let days = passed.and_then(days_passed).or_else(|| later.and_then(|m| counted_days(ctx, m.end)).map(|(n, _)| n));
    days.filter(|n| *n > 0)
}

/// The same day, or another, as one told of an event before it.
pub fn day_after(told: &When, days: i32) -> Option<When> {
    let resolved = if days == 0 { told.resolved.clone() } else { moved(&told.resolved, days)? };
    Some(When { resolved, shared: true, ..told.clone() })
}

/// «وقبل ذلك بيوم …»: this many days before what was told last, and where what happened then begins.
pub fn days_before_that(ctx: &Ctx, at: usize) -> Option<(i32, usize)> {
    counted_days(ctx, ctx.at(at, ctx.l.before_that)?.end)
}

/// «بيوم», «بيومين», «بثلاثة أيام»: none for hours, minus one where they are not counted, and where the words end.
fn counted_days(ctx: &Ctx, at: usize) -> Option<(i32, usize)> {
    let number = ctx.a.numbers_in(at..at + 1).next().filter(|n| n.value.is_some());
    let unit = ctx.a.at(number.map_or(at, |n| n.core.1)).find(|m| ctx.has(m, ctx.l.unit))?;
    let counted = number.and_then(|n| n.value).or(match unit.form.count {
        Count::Singular => Some(1.0),
        Count::Dual | Count::DualOrPlural => Some(2.0),
        Count::Plural => None,
    });
    let days = match (&*ctx.a.entry(unit).id, counted) {
        ("unit-day", Some(n)) => n as i32,
        ("unit-week", Some(n)) => 7 * n as i32,
        ("unit-hour", _) => 0,
        _ => -1,
    };
    Some((days, unit.end))
}

/// The days of a span of time: none for hours, minus one where they are not counted.
fn days_passed(time: &TimeMention) -> Option<i32> {
    let TimeExpr::Duration { n, unit } = &time.expr else { return None };
    Some(match (unit, n) {
        (Unit::Hour, Some(n)) if *n >= 24.0 => (*n / 24.0).round() as i32,
        (Unit::Hour | Unit::Minute, _) => 0,
        (Unit::Day, n) => n.map_or(-1, |n| n as i32),
        (Unit::Week, n) => n.map_or(-1, |n| n as i32 * 7),
        _ => -1,
    })
}

/// True when two time expressions name different days; false when they may
/// name the same one.
pub fn days_differ(ctx: &Ctx, a: &When, b: &When) -> bool {
    let (x, y) = (&a.resolved, &b.resolved);
    match (x.earliest, x.latest, y.earliest, y.latest) {
        (Some(x0), Some(x1), Some(y0), Some(y1)) => x1 < y0 || y1 < x0,
        _ if x.weekday.is_some() && y.weekday.is_some() => x.weekday != y.weekday,
        // «اليوم … وأمس الأربعاء»
        _ if days_back(ctx, a).is_some() && days_back(ctx, b).is_some() => days_back(ctx, a) != days_back(ctx, b),
        _ if is_past_week(ctx, a) != is_past_week(ctx, b) => true,
        _ if is_calendar(ctx, a) && is_calendar(ctx, b) => fields_differ(expr(ctx, a), expr(ctx, b)),
        // «اليوم …», «في أبريل الماضي …», and «… وفي عام 2017 …»: who names a year means none of late.
        _ if year_alone(ctx, a).is_some() || year_alone(ctx, b).is_some() => year(ctx, a) != year(ctx, b),
        // «اليوم … وفي يوليو الماضي …»: one of them is no day of this week.
        _ => is_calendar(ctx, a) != is_calendar(ctx, b),
    }
}

/// The year that is told, alone or with its month.
fn year(ctx: &Ctx, w: &When) -> Option<i16> {
    match expr(ctx, w) {
        TimeExpr::Date { year, .. } => *year,
        _ => year_alone(ctx, w),
    }
}

/// «عام 2017»: the year and no more.
fn year_alone(ctx: &Ctx, w: &When) -> Option<i16> {
    match expr(ctx, w) {
        TimeExpr::Year { year, edge: None, .. } => *year,
        _ => None,
    }
}

/// The night of one of the days runs into the other.
pub fn one_night(ctx: &Ctx, a: &When, b: &When) -> bool {
    runs_into(ctx, a, b) || runs_into(ctx, b, a)
}

/// «ليل الخميس الجمعة», then «فجر الجمعة»: the night before the other day.
fn runs_into(ctx: &Ctx, night: &When, day: &When) -> bool {
    let part = |w: &When| ctx.a.times[w.time].part;
    let early = matches!(part(day), None | Some(TimeOfDay::Dawn | TimeOfDay::Night));
    let next = match (night.resolved.latest, day.resolved.earliest) {
        (Some(before), Some(after)) if night.resolved.earliest.is_some() => before.tomorrow().ok() == Some(after),
        _ => match (night.resolved.weekday, day.resolved.weekday) {
            (Some(before), Some(after)) => before.wrapping_add(1) == after,
            _ => false,
        },
    };
    part(night) == Some(TimeOfDay::Night) && early && next
}

/// Told of an evening or a night.
pub fn is_late(ctx: &Ctx, w: &When) -> bool {
    matches!(ctx.a.times[w.time].part, Some(TimeOfDay::Evening | TimeOfDay::Night))
}

/// How many days before the writing, where the words count from it.
fn days_back(ctx: &Ctx, w: &When) -> Option<i32> {
    match expr(ctx, w) {
        TimeExpr::Relative { days, .. } => Some(*days),
        _ => None,
    }
}

/// A day by its date, its name or its distance, and no part of today.
pub fn is_day(ctx: &Ctx, w: &When) -> bool {
    match expr(ctx, w) {
        TimeExpr::Date { day, .. } => day.is_some(),
        TimeExpr::Weekday { .. } => true,
        TimeExpr::Relative { days, .. } => *days < 0,
        _ => false,
    }
}

pub fn is_calendar(ctx: &Ctx, w: &When) -> bool {
    matches!(expr(ctx, w), TimeExpr::Date { weekday: None, .. })
}

/// «أعلنت المديرية، فجر الأربعاء، …» of what was on Tuesday: one day is that of an announcement, right behind the other.
pub fn announced_after(a: &When, b: &When) -> bool {
    let (said, told) = if a.apart { (a, b) } else { (b, a) };
    let days = match (said.resolved.earliest, told.resolved.earliest) {
        (Some(x), Some(y)) => y.until(x).map_or(-1, |span| span.get_days()),
        _ => match (said.resolved.weekday, told.resolved.weekday) {
            (Some(x), Some(y)) => i32::from(y.until(x)),
            _ => -1,
        },
    };
    said.apart && !told.apart && (1..=2).contains(&days)
}

/// A day that is told of the event itself.
pub fn is_sure(ctx: &Ctx, w: &When) -> bool {
    let known = w.resolved.earliest.is_some() || w.resolved.weekday.is_some();
    known && w.own && !w.apart && !is_coarse(&ctx.a.times[w.time])
}

fn expr<'a>(ctx: &Ctx<'a>, w: &When) -> &'a TimeExpr {
    &ctx.a.times[w.time].expr
}

/// «قبل ثلاثة أسابيع»: no day, but none of late.
pub fn weeks_ago(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let long = |e: &TimeExpr| {
        matches!(e, TimeExpr::Duration { unit: Unit::Week | Unit::Month | Unit::Year | Unit::Decade, .. })
    };
    ctx.a.times_in(span).any(|(_, t)| long(&t.expr) && ctx.before(t.first, ctx.l.before_word).is_some())
}

/// «اليوم», «أمس», «الثلاثاء»: a day that news is of.
pub fn is_of_this_week(ctx: &Ctx, w: &When) -> bool {
    match expr(ctx, w) {
        TimeExpr::Relative { days, .. } => (-1..=0).contains(days),
        TimeExpr::Weekday { direction: Direction::None, .. } => true,
        // Of a page without a day of its own, the day that the news gives is as good.
        TimeExpr::Date { day: Some(_), .. } if ctx.anchor.exact().is_none() => w.resolved.earliest.is_some(),
        TimeExpr::Date { .. } => w.resolved.earliest.is_some() && w.resolved.earliest == ctx.anchor.exact(),
        _ => false,
    }
}

/// «اليوم», «صباح اليوم», or the day of the page by its date.
pub fn is_today(ctx: &Ctx, w: &When) -> bool {
    days_back(ctx, w) == Some(0) || w.resolved.earliest.is_some() && w.resolved.earliest == ctx.anchor.exact()
}

/// «في 22 آب», of the weeks before the page.
pub fn is_day_of_late(ctx: &Ctx, w: &When) -> bool {
    let date = matches!(expr(ctx, w), TimeExpr::Date { day: Some(_), .. });
    let days = |page: jiff::civil::Date| w.resolved.earliest.and_then(|day| day.until(page).ok()).map(|s| s.get_days());
    date && ctx.anchor.exact().and_then(days).is_some_and(|n| (0..=DAYS_OF_LATE).contains(&n))
}

/// What is longer ago is history.
const DAYS_OF_LATE: i32 = 45;

/// «الأسبوع الماضي», «العام الماضي»: no day of this week.
fn is_past_week(ctx: &Ctx, w: &When) -> bool {
    let long = |unit: &Unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year);
    matches!(expr(ctx, w), TimeExpr::Calendar { unit, direction: Direction::Past } if long(unit))
}

/// «بداية تشرين الثاني 2016» and «بداية تشرين الأول»: year, month or day are given twice and otherwise.
fn fields_differ(a: &TimeExpr, b: &TimeExpr) -> bool {
    let fields = |e: &TimeExpr| match *e {
        TimeExpr::Date { year, month, day, .. } => [year, month.map(i16::from), day.map(i16::from)],
        _ => [None; 3],
    };
    fields(a).into_iter().zip(fields(b)).any(|(x, y)| x.is_some() && y.is_some() && x != y)
}

/// The date of the model from a time expression.
pub fn date_value(ctx: &Ctx, w: &When) -> DateValue {
    let time = &ctx.a.times[w.time];
    let r = &w.resolved;
    let known = r.precision != DatePrecision::Unknown;
    DateValue {
        earliest: r.earliest.filter(|_| known),
        latest: r.latest.or(ctx.anchor.latest.filter(|_| !known)),
        precision: r.precision,
        time_of_day: time.part,
        weekday: r.weekday,
        derivation: match (w.own, w.shared) {
            (_, true) => format!("{}, of the news before", r.how),
            (true, _) => r.how.to_string(),
            (false, _) => format!("{}, of the announcement", r.how),
        },
        evidence: vec![ctx.evidence(time.first, time.end, "clause-time")],
    }
}

/// The day that the heading of a bulletin gives to all that it lists:
/// «حصاد الأحداث ليوم …» on a line of its own.
pub fn of_bulletin(ctx: &Ctx) -> Option<DateValue> {
    let heading = ctx.doc.published.evidence.iter().find(|e| &*e.rule == "bulletin-date")?;
    let day = ctx.anchor.exact()?;
    Some(DateValue::day(day, "the day that the heading gives to all it lists", vec![heading.clone()]))
}
