//! Which days does an expression mean, given the day of writing?

use super::{Anchor, Direction, Edge, Resolved, Season, TimeExpr, TimeMention, Unit};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use marsad_model::{DatePrecision, TimeOfDay};

/// Resolves an expression against the day of writing.
pub fn resolve(time: &TimeMention, anchor: &Anchor) -> Resolved {
    let open = Resolved {
        earliest: None,
        latest: anchor.latest,
        precision: DatePrecision::Unknown,
        weekday: time.weekday(),
        how: "not datable from the text",
    };
    let resolved = match &time.expr {
        TimeExpr::Date { year, month, day, weekday, edge, direction } => date_of(
            anchor,
            &DateParts { year: *year, month: *month, day: *day, weekday: *weekday, edge: *edge, direction: *direction },
        ),
        TimeExpr::Weekday { weekday, direction, until } => weekday_on(anchor, *weekday, *direction, *until, time.part),
        TimeExpr::Relative { days, weekday } => relative_on(anchor, *days, *weekday),
        TimeExpr::Year { year, edge, direction } => year_span(anchor, *year, *edge, *direction),
        TimeExpr::Season { season, year } => year.and_then(|y| season_span(*season, y)),
        TimeExpr::Calendar { unit, direction } => calendar_span(anchor, *unit, *direction),
        TimeExpr::Duration { .. } | TimeExpr::Clock { .. } | TimeExpr::Part => None,
    };
    let mut out = resolved.unwrap_or(open);
    out.weekday = out.weekday.or(time.weekday());
    if out.precision == DatePrecision::Day && time.part.is_some() {
        out.precision = DatePrecision::PartOfDay;
    }
    out
}

fn one_day(date: Date, how: &'static str) -> Option<Resolved> {
    Some(Resolved {
        earliest: Some(date),
        latest: Some(date),
        precision: DatePrecision::Day,
        weekday: Some(date.weekday()),
        how,
    })
}

fn span(earliest: Date, latest: Date, precision: DatePrecision, how: &'static str) -> Option<Resolved> {
    Some(Resolved { earliest: Some(earliest), latest: Some(latest), precision, weekday: None, how })
}

struct DateParts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<Weekday>,
    edge: Option<Edge>,
    direction: Direction,
}

fn date_of(anchor: &Anchor, p: &DateParts) -> Option<Resolved> {
    let month = match p.month {
        Some(month) => month,
        None => return date_of_this_month(anchor, p),
    };
    match (p.day, p.year.or_else(|| year_for(anchor, month, p))) {
        (Some(day), Some(year)) => one_day(
            Date::new(year, month, day).ok()?,
            if p.year.is_some() { "calendar date" } else { "last such date before publication" },
        ),
        (None, Some(year)) => month_span(year, month, p.edge),
        _ => None,
    }
}

fn date_of_this_month(anchor: &Anchor, p: &DateParts) -> Option<Resolved> {
    let day = anchor.exact().filter(|_| p.direction != Direction::Same)?;
    if let (Some(d), Some(weekday), Direction::None) = (p.day, p.weekday, p.direction) {
        return one_day(last_such_day(day, weekday, d)?, "last such day of a month on its weekday");
    }
    let back = months_back(p.direction);
    let base = if back > 0 { day.first_of_month().checked_sub(back.months()).ok()? } else { day };
    match p.day {
        Some(d) => one_day(Date::new(base.year(), base.month(), d).ok()?, "day of the named month"),
        None => month_span(base.year(), base.month(), p.edge),
    }
}

/// How many months, weeks or years before the present one «الماضي» and «قبل الماضي» lie.
fn months_back(direction: Direction) -> i32 {
    match direction {
        Direction::Past => 1,
        Direction::BeforeLast => 2,
        _ => 0,
    }
}

/// «السبت 29»: the last month in which that day is a Saturday, within a year of the page.
fn last_such_day(today: Date, weekday: Weekday, day: i8) -> Option<Date> {
    let last = today.checked_add(1.days()).ok()?;
    (0..12).find_map(|k| {
        let month = today.first_of_month().checked_sub(k.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok().filter(|d| d.weekday() == weekday && *d <= last)
    })
}

/// The year that a date without one must have: the last in which it lies on or
/// before the day of writing and, where a weekday is given, falls on it.
fn year_for(anchor: &Anchor, month: i8, p: &DateParts) -> Option<i16> {
    let years_back = match p.direction {
        Direction::Same => return None,
        Direction::LastYear => Some(1),
        Direction::YearBeforeLast => Some(2),
        _ => None,
    };
    if let Some(back) = years_back {
        let (first, last) = (anchor.earliest?.year(), anchor.latest?.year());
        return (first == last).then_some(first - back);
    }
    if let (Some(day), Some(weekday)) = (p.day, p.weekday) {
        let last = anchor.latest.or(anchor.horizon)?;
        let fits = |y: &i16| {
            Date::new(*y, month, day).is_ok_and(|d| d.weekday() == weekday && d <= last.saturating_add(1.days()))
        };
        return (last.year() - 27..=last.year()).rev().find(fits);
    }
    if p.direction == Direction::Current {
        return anchor.exact().map(|d| d.year());
    }
    let (first, last) = (anchor.earliest?, anchor.latest?);
    let year_before = |today: Date| {
        let candidate = Date::new(today.year(), month, p.day.unwrap_or(1)).ok()?;
        let ahead = match p.direction {
            Direction::Past | Direction::BeforeLast => candidate.first_of_month() >= today.first_of_month(),
            _ => candidate > today,
        };
        Some(if ahead && p.direction != Direction::Coming { today.year() - 1 } else { today.year() })
    };
    let (a, b) = (year_before(first)?, year_before(last)?);
    (a == b).then_some(a)
}

fn month_span(year: i16, month: i8, edge: Option<Edge>) -> Option<Resolved> {
    let first = Date::new(year, month, 1).ok()?;
    let last = first.last_of_month();
    let at = |d: i8| Date::new(year, month, d).ok();
    match edge {
        None => span(first, last, DatePrecision::Month, "month"),
        Some(Edge::Start) => span(first, at(10)?, DatePrecision::MonthPart, "first third of the month"),
        // Coders write the day in the middle; the precision says that it is not exact.
        Some(Edge::Middle) => span(at(15)?, at(15)?, DatePrecision::MonthPart, "middle of the month"),
        Some(Edge::End) => span(at(21)?, last, DatePrecision::MonthPart, "end of the month"),
    }
}

fn weekday_on(
    anchor: &Anchor,
    weekday: Weekday,
    direction: Direction,
    until: Option<Weekday>,
    part: Option<TimeOfDay>,
) -> Option<Resolved> {
    let Some(today) = anchor.exact() else {
        let plain = direction == Direction::None && until.is_none();
        return plain.then(|| relative_within(anchor, 0, weekday)).flatten();
    };
    match direction {
        Direction::Coming => return None,
        Direction::LastWeek => return weekday_of_last_week(today, weekday),
        _ => {}
    }
    // A stamp in another time zone: dawn or morning of the day after it.
    let tomorrow = today.checked_add(1.days()).ok()?;
    let early = matches!(part, Some(TimeOfDay::Dawn | TimeOfDay::Morning | TimeOfDay::Night));
    if direction == Direction::None && early && until.is_none() && tomorrow.weekday() == weekday {
        return one_day(tomorrow, "weekday right after the page stamp");
    }
    let back = i64::from(weekday.until(today.weekday()));
    let back = if back == 0 && matches!(direction, Direction::Past | Direction::BeforeLast) { 7 } else { back };
    let back = if direction == Direction::BeforeLast { back + 7 } else { back };
    one_day(today.checked_sub(back.days()).ok()?, "last such weekday on or before publication")
}

/// The week before this one, which begins on a Monday for some and on a Saturday for others.
fn weekday_of_last_week(today: Date, weekday: Weekday) -> Option<Resolved> {
    let how = "that weekday of the week before";
    let counted_from = |start: Weekday| {
        let back = 7 + i64::from(start.until(today.weekday())) - i64::from(start.until(weekday));
        today.checked_sub(back.days()).ok()
    };
    let (a, b) = (counted_from(Weekday::Monday)?, counted_from(Weekday::Saturday)?);
    let mut out = if a == b { one_day(a, how) } else { span(a.min(b), a.max(b), DatePrecision::Month, how) }?;
    out.weekday = Some(weekday);
    Some(out)
}

fn relative_on(anchor: &Anchor, days: i32, weekday: Option<Weekday>) -> Option<Resolved> {
    let Some(today) = anchor.exact() else { return relative_within(anchor, days, weekday?) };
    let date = today.checked_add(i64::from(days).days()).ok()?;
    match weekday {
        Some(w) if date.weekday() == w || days > 0 => one_day(date, "relative to publication"),
        // Print editions write "yesterday" for the day of the web stamp.
        Some(w) if today.weekday() == w => one_day(today, "weekday of the page stamp"),
        Some(w) => {
            one_day(today.checked_sub(i64::from(w.until(today.weekday())).days()).ok()?, "the weekday named beside it")
        }
        None => match anchor.written.filter(|day| days < 0 || *day < today) {
            Some(day) => one_day(day.checked_add(i64::from(days).days()).ok()?, "relative to the day of the text"),
            None => one_day(date, "relative to publication"),
        },
    }
}

/// The day of writing is known within a month or so: the days of that weekday in it.
fn relative_within(anchor: &Anchor, days: i32, weekday: Weekday) -> Option<Resolved> {
    let shift = |d: Date| d.checked_add(i64::from(days).days()).ok();
    let (first, last) = (shift(anchor.earliest?)?, shift(anchor.latest?)?);
    if first.until(last).ok()?.get_days() > 31 {
        return None;
    }
    let earliest = first.checked_add(i64::from(first.weekday().until(weekday)).days()).ok()?;
    let latest = last.checked_sub(i64::from(weekday.until(last.weekday())).days()).ok()?;
    let mut out = span(earliest, latest, DatePrecision::Month, "such a weekday within the month of publication")?;
    out.weekday = Some(weekday);
    (earliest <= latest).then_some(out)
}

fn year_span(anchor: &Anchor, year: Option<i16>, edge: Option<Edge>, direction: Direction) -> Option<Resolved> {
    let this = || anchor.earliest.map(|d| d.year()).filter(|y| anchor.latest.is_some_and(|l| l.year() == *y));
    let year = match (year, direction) {
        (Some(year), _) => year,
        (None, Direction::Past) => this()? - 1,
        (None, Direction::BeforeLast) => this()? - 2,
        (None, Direction::Coming) => this()? + 1,
        (None, Direction::Same) => return None,
        (None, _) => this()?,
    };
    let day = |m: i8, d: i8| Date::new(year, m, d).ok();
    match edge {
        None => span(day(1, 1)?, day(12, 31)?, DatePrecision::Year, "year"),
        Some(Edge::Start) => span(day(1, 1)?, day(1, 31)?, DatePrecision::Month, "start of the year"),
        Some(Edge::Middle) => span(day(6, 1)?, day(7, 31)?, DatePrecision::Year, "middle of the year"),
        Some(Edge::End) => span(day(12, 1)?, day(12, 31)?, DatePrecision::Month, "end of the year"),
    }
}

fn season_span(season: Season, year: i16) -> Option<Resolved> {
    let (first, last) = crate::measure::season(season, year)?;
    span(first, last, DatePrecision::Year, "season")
}

fn calendar_span(anchor: &Anchor, unit: Unit, direction: Direction) -> Option<Resolved> {
    let today = anchor.exact().filter(|_| direction != Direction::Same)?;
    let back = months_back(direction);
    match unit {
        Unit::Week => {
            let monday = today.checked_sub(i64::from(Weekday::Monday.until(today.weekday())).days()).ok()?;
            let monday = monday.checked_sub((7 * back).days()).ok()?;
            span(monday, monday.checked_add(6.days()).ok()?, DatePrecision::Month, "week")
        }
        Unit::Month => {
            let first = today.first_of_month().checked_sub(back.months()).ok()?;
            span(first, first.last_of_month(), DatePrecision::Month, "month")
        }
        Unit::Year => year_span(anchor, None, None, direction),
        _ => None,
    }
}

/// The TIMEX3 value of an expression, as far as the anchor lets it be known.
pub fn timex(time: &TimeMention, anchor: &Anchor) -> Option<String> {
    if let TimeExpr::Duration { n, unit } = &time.expr {
        let n = n.map_or("X".to_string(), |n| n.to_string());
        return Some(match unit {
            Unit::Second => format!("PT{n}S"),
            Unit::Minute => format!("PT{n}M"),
            Unit::Hour => format!("PT{n}H"),
            Unit::Day => format!("P{n}D"),
            Unit::Week => format!("P{n}W"),
            Unit::Month => format!("P{n}M"),
            Unit::Year => format!("P{n}Y"),
            Unit::Decade => format!("P{n}DE"),
        });
    }
    if let TimeExpr::Clock { hour, minute } = &time.expr {
        return Some(format!("T{hour:02}:{minute:02}"));
    }
    let r = resolve(time, anchor);
    let (first, _last) = (r.earliest?, r.latest?);
    match (&time.expr, r.precision) {
        (TimeExpr::Year { edge: Some(Edge::Start), .. }, _) => Some(format!("{first}")),
        (TimeExpr::Year { edge: None, .. }, _) => Some(format!("{:04}", first.year())),
        (TimeExpr::Season { season, year }, _) => {
            let code = match season {
                Season::Spring => "SP",
                Season::Summer => "SU",
                Season::Autumn => "FA",
                Season::Winter => "WI",
            };
            year.map(|y| format!("{y:04}-{code}"))
        }
        (TimeExpr::Calendar { unit: Unit::Week, .. }, _) => {
            let week = first.iso_week_date();
            Some(format!("{:04}-W{:02}", week.year(), week.week()))
        }
        (_, DatePrecision::Day | DatePrecision::PartOfDay) => Some(format!("{first}")),
        _ => Some(format!("{:04}-{:02}", first.year(), first.month())),
    }
}
