//! Does the text speak against this date?
//!
//! Each reason begins with a code: `crawl_date` where weekdays do not fit,
//! `office` where someone was not in office, `explicit_year` where the report
//! is about another year.

use super::Candidate;
use super::clues::{Clues, DatedWeekday};
use jiff::civil::{Date, Weekday};
use marsad_model::{Evidence, PublishedMethod, RejectedDate, weekday_name};

/// Why a candidate cannot be the day of writing; `None` when nothing speaks
/// against it. A date given with the input yields to offices and to "today,
/// Tuesday", not to other dates: those may be the event's.
pub(super) fn against(clues: &Clues, candidate: &Candidate, fetched: Option<Date>) -> Option<RejectedDate> {
    let (earliest, latest) = (candidate.earliest, candidate.latest);
    let one_day = earliest == latest;
    let given = candidate.method == PublishedMethod::Given;
    let (reason, told) = fetched
        .and_then(|day| after_fetch(earliest, day))
        .or_else(|| unsupported(clues, candidate))
        .or_else(|| weekday(clues, earliest).filter(|_| one_day))
        .or_else(|| office(clues, earliest, latest))
        .or_else(|| dated_weekday(clues, earliest).filter(|_| one_day && !given))
        .or_else(|| explicit_year(clues, earliest, latest).filter(|_| !given))?;
    let evidence = candidate.evidence.iter().cloned().chain(told).collect();
    Some(RejectedDate { date: earliest, reason, evidence })
}

type Reason = (String, Vec<Evidence>);

/// Nothing is published after it was fetched, but for time zones.
fn after_fetch(date: Date, fetched: Date) -> Option<Reason> {
    let reason = || format!("after_fetch: the page was fetched on {fetched}, before {date}");
    ((date - fetched).get_days() > 1).then(|| (reason(), vec![]))
}

/// In the head of a page the day of the visit stands: believed only where the text names its weekday.
fn unsupported(clues: &Clues, candidate: &Candidate) -> Option<Reason> {
    let named = clues.weekday() == Some(candidate.earliest.weekday());
    let reason = || {
        format!(
            "crawl_date: {} stands in the head of the page, and the text does not name its weekday",
            candidate.earliest
        )
    };
    (candidate.doubt.is_some() && !named).then(|| (reason(), vec![]))
}

/// «اليوم الثلاثاء» on a Friday. A day before or after is forgiven: stamps in
/// other time zones, print editions, pages changed after midnight.
fn weekday(clues: &Clues, date: Date) -> Option<Reason> {
    let (good, bad): (Vec<_>, Vec<_>) = clues.weekdays.iter().partition(|c| apart(c.weekday, date.weekday()) <= 1);
    if bad.len() <= good.len() {
        return None;
    }
    let (said, is) = (weekday_name(bad[0].weekday), weekday_name(date.weekday()));
    let reason = format!("crawl_date: by its own words the text was written on a {said}, and {date} is a {is}");
    Some((reason, bad.iter().map(|c| c.evidence.clone()).collect()))
}

fn apart(a: Weekday, b: Weekday) -> i8 {
    let days = a.until(b);
    days.min(7 - days)
}

/// «الأحد 7 نوفمبر» in a year in which that day is none.
fn dated_weekday(clues: &Clues, date: Date) -> Option<Reason> {
    let (good, bad): (Vec<_>, Vec<_>) = clues.dated_weekdays.iter().partition(|c| fits(c, date));
    if bad.len() <= good.len() {
        return None;
    }
    let (day, month, weekday) = (bad[0].day, bad[0].month, weekday_name(bad[0].weekday));
    let reason = format!("crawl_date: {day}/{month} is no {weekday} in the year before or after {date}");
    Some((reason, bad.iter().map(|c| c.evidence.clone()).collect()))
}

fn fits(clue: &DatedWeekday, date: Date) -> bool {
    let years = date.year() - 1..=date.year() + 1;
    let within_a_year = |d: &Date| (*d - date).get_days().abs() <= 366;
    years
        .filter_map(|y| Date::new(y, clue.month, clue.day).ok())
        .filter(within_a_year)
        .any(|d| d.weekday() == clue.weekday)
}

fn office(clues: &Clues, earliest: Date, latest: Date) -> Option<Reason> {
    let out = clues.tenures.iter().find(|t| !t.allows(earliest, latest))?;
    let state = if out.former { "no longer in office" } else { "in office" };
    let office = out.office.replace('_', " ");
    let reason = format!("office: the text has {} ({office}) {state}, which does not fit {earliest}", out.person);
    Some((reason, vec![out.evidence.clone()]))
}

/// The lede dates its report more than a year away from the page.
fn explicit_year(clues: &Clues, earliest: Date, latest: Date) -> Option<Reason> {
    let far = |first: &Date, last: &Date| (earliest - *last).get_days() > 366 || (*first - latest).get_days() > 366;
    if clues.lede_dates.is_empty() || !clues.lede_dates.iter().all(|(first, last, _)| far(first, last)) {
        return None;
    }
    let (date, _, evidence) = &clues.lede_dates[0];
    Some((
        format!("explicit_year: the report is about {date}, more than a year from {earliest}"),
        vec![evidence.clone()],
    ))
}
