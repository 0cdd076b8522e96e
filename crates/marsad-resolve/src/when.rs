//! Can two dates be the same day?
//!
//! Every claim gets an interval of days, as narrow as its date and its publication allow. A date that the text leaves
//! open is bounded here for comparison only: nothing happens after it is reported, and news is at most
//! [`NEWS_DAYS`] old. The bounds never become the date of an incident.

use crate::Claim;
use crate::agree::bounds;
use crate::levels::*;
use jiff::civil::{Date, Weekday};
use marsad_model::{DatePrecision, Role};

/// Days since 1970 between which the incident lies, both inclusive; [`When::OPEN_START`] and [`When::OPEN_END`] where
/// nothing bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub first: i32,
    pub last: i32,
    pub exact: bool,
    pub weekday: Option<Weekday>,
    /// Day of publication of news that does not tell its day.
    pub news: Option<i32>,
    /// Told as background, and nothing says since when it may have been.
    pub is_any_earlier: bool,
}

impl When {
    pub const OPEN_START: i32 = -10_000_000;
    pub const OPEN_END: i32 = 10_000_000;

    pub fn of(claim: &Claim) -> When {
        let date = &claim.incident.date;
        let exact_day = date.exact_day();
        let (first, last) = match bounds(date) {
            (When::OPEN_START, last) => (news_start(claim).map_or(When::OPEN_START, days), last),
            bounds => bounds,
        };
        let last = if last == When::OPEN_END { claim.published_latest.map_or(last, days) } else { last };
        let exact = exact_day.is_some() && last - first <= 1;
        let last = if exact { last } else { last.min(reported_by(claim)).max(first) };
        let weekday = date.weekday.or(exact_day.map(Date::weekday));
        let published = claim.published_latest.filter(|day| claim.published_earliest == Some(*day));
        let news = published.filter(|_| !exact && claim.incident.role == Role::Main).map(days);
        let is_any_earlier = first == When::OPEN_START && claim.incident.role == Role::Background;
        When { first, last: last.max(first), exact, weekday, news, is_any_earlier }
    }

    pub fn width(self) -> i32 {
        self.last - self.first
    }

    /// True when neither date nor publication narrows it to a month or two.
    pub fn is_open(self) -> bool {
        self.width() > 2 * MONTH_DAYS
    }

    /// Days between the two intervals; zero or less when they overlap.
    pub fn gap(self, other: When) -> i32 {
        self.first.max(other.first) - self.last.min(other.last)
    }
}

/// The level of two dates; `None` when they are apart.
pub(crate) fn date_level(a: When, b: When) -> Option<Level> {
    let gap = a.gap(b);
    if gap > DAYS_APART_MAX {
        return None;
    }
    if a.exact && b.exact {
        return Some(if gap <= 0 { DATE_SAME_DAY } else { DATE_NEXT_DAY });
    }
    let is_told_at_once = |report: When, day: When| {
        let is_of_weekday = report.weekday.is_none() || report.weekday == day.weekday;
        day.exact && is_of_weekday && report.news.is_some_and(|published| (0..=1).contains(&(published - day.last)))
    };
    let are_days_apart = || match (a.news, b.news) {
        (Some(day), Some(other)) => (day - other).abs() > 1,
        (news, other) => news.or(other).is_some() && (a.exact || b.exact),
    };
    // News is mostly of the day on which it is published or of the one before.
    if is_told_at_once(a, b) || is_told_at_once(b, a) {
        return Some(DATE_NEWS);
    }
    Some(match a.width().max(b.width()) {
        width if width <= NEWS_DAYS && are_days_apart() => DATE_WEEK,
        _ if a.is_any_earlier || b.is_any_earlier => DATE_OPEN_BACKGROUND,
        width if width <= SHORT_DAYS => DATE_SHORT,
        width if width <= MONTH_DAYS => DATE_MONTH,
        _ => DATE_OPEN,
    })
}

/// Weekdays speak only where a day is missing; between two exact days the distance has said it all.
pub(crate) fn weekday_level(a: When, b: When) -> Level {
    let (Some(day), Some(other)) = (a.weekday, b.weekday) else { return SILENT };
    if a.exact && b.exact {
        return SILENT;
    }
    let apart = day.since(other).min(other.since(day));
    match apart {
        0 => WEEKDAY_SAME,
        1 => WEEKDAY_NEXT,
        _ => WEEKDAY_DIFFERS,
    }
}

/// Days since 1970-01-01.
pub(crate) fn days(date: Date) -> i32 {
    let hours = date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours();
    i32::try_from(hours / 24).expect("jiff's dates lie within ten thousand years")
}

/// The day so many days after 1970-01-01; `None` where that stands for an open end.
pub(crate) fn date_of(days: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn news_start(claim: &Claim) -> Option<Date> {
    let is_news = claim.incident.role == Role::Main && claim.incident.date.precision == DatePrecision::Unknown;
    let published = claim.published_earliest.filter(|_| is_news)?;
    published.checked_sub(jiff::Span::new().days(NEWS_DAYS)).ok()
}

/// A day later than published: print editions and stamps of other time zones.
fn reported_by(claim: &Claim) -> i32 {
    claim.published_latest.map_or(When::OPEN_END, |d| days(d) + DAYS_APART_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use marsad_model::{DateValue, EventType};

    fn when(edit: impl FnOnce(&mut Claim)) -> When {
        let mut claim = Claim::coded("a", "i1", EventType::Ied, "test").with_published(date(2021, 5, 4));
        edit(&mut claim);
        When::of(&claim)
    }

    #[test]
    fn open_news_is_bounded_by_its_publication() {
        assert_eq!(when(|_| ()).width(), NEWS_DAYS);
        assert!(when(|c| c.incident.role = Role::Background).is_open());
        assert_eq!(when(|c| c.incident.role = Role::Background).last, days(date(2021, 5, 4)));
    }

    #[test]
    fn a_month_ends_with_its_report() {
        let month = when(|c| {
            c.incident.date = DateValue {
                earliest: Some(date(2021, 5, 1)),
                latest: Some(date(2021, 5, 31)),
                precision: DatePrecision::Month,
                ..DateValue::unknown()
            };
        });
        assert_eq!(month.last, days(date(2021, 5, 5)));
    }

    #[test]
    fn weekdays_count_across_the_week_end() {
        let sunday =
            When { first: 0, last: 9, exact: false, weekday: Some(Weekday::Sunday), news: None, is_any_earlier: false };
        let on = |weekday| When { weekday: Some(weekday), ..sunday };
        assert_eq!(weekday_level(sunday, on(Weekday::Saturday)), WEEKDAY_NEXT);
        assert_eq!(weekday_level(sunday, on(Weekday::Monday)), WEEKDAY_NEXT);
        assert_eq!(weekday_level(sunday, on(Weekday::Wednesday)), WEEKDAY_DIFFERS);
    }
}
