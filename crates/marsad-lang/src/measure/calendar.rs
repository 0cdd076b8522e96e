//! Which days do weeks, feasts and the Islamic calendar fall on?

use crate::time::{Edge, Season, Unit};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

pub(super) fn plus(day: Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

pub(super) fn days_between(a: Date, b: Date) -> Option<i64> {
    Some(i64::from(a.until((jiff::Unit::Day, b)).ok()?.get_days()))
}

pub(super) fn plus_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// First and last day of the unit in which a day lies, `k` units on.
pub(super) fn stretch(day: Date, unit: Unit, k: i64) -> Option<(Date, Date)> {
    match unit {
        Unit::Day => plus(day, k).map(|d| (d, d)),
        Unit::Week => {
            let monday = plus(day, 7 * k - i64::from(Weekday::Monday.until(day.weekday())))?;
            Some((monday, plus(monday, 6)?))
        }
        Unit::Month => {
            let first = plus_months(day.first_of_month(), k)?;
            Some((first, first.last_of_month()))
        }
        Unit::Year => {
            let year = i16::try_from(i64::from(day.year()) + k).ok()?;
            Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
        }
        Unit::Decade => {
            let year = i16::try_from(i64::from(day.year()) / 10 * 10 + 10 * k).ok()?;
            Some((Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?))
        }
        _ => None,
    }
}

/// The days that «مطلع», «منتصف» or «أواخر» leaves of a stretch: of a year its
/// first and last month, of a month ten days, of what is shorter a third.
pub(super) fn edge_of((first, last): (Date, Date), edge: Edge) -> Option<(Date, Date)> {
    let days = days_between(first, last)? + 1;
    let part = match days {
        360.. => 31,
        28..=31 => 10,
        _ => (days / 3).max(1),
    };
    match edge {
        Edge::Start => Some((first, plus(first, part - 1)?)),
        // Coders write the day in the middle of a month.
        Edge::Middle if (28..=31).contains(&days) => plus(first, 14).map(|d| (d, d)),
        Edge::Middle => Some((plus(first, (days - part) / 2)?, plus(last, (part - days) / 2)?)),
        Edge::End if (28..=31).contains(&days) => Some((plus(first, 20)?, last)),
        Edge::End => Some((plus(last, 1 - part)?, last)),
    }
}

/// «في وقت سابق من هذا العام»: its first half or what of it is over; «لاحق» the other side.
pub(super) fn side_of((first, last): (Date, Date), today: Date, edge: Edge) -> Option<(Date, Date)> {
    let half = plus(first, (days_between(first, last)? + 1) / 2)?;
    let within = (first..=last).contains(&today);
    Some(match edge {
        Edge::Start if within => (first, today.max(first)),
        Edge::Start => (first, half),
        _ if within => (plus(today, 1)?.max(half).min(last), last),
        _ => (half, last),
    })
}

/// The `n`th such weekday of a stretch, from its end when `n` is negative.
pub(super) fn nth_weekday((first, last): (Date, Date), weekday: Weekday, n: i64) -> Option<Date> {
    let day = if n > 0 {
        plus(first, i64::from(first.weekday().until(weekday)) + 7 * (n - 1))?
    } else {
        plus(last, 7 * (n + 1) - i64::from(weekday.until(last.weekday())))?
    };
    (first..=last).contains(&day).then_some(day)
}

/// The `n`th week of a year as ISO 8601 counts them, of a month the `n`th that lies wholly in it.
pub(super) fn nth_week((first, last): (Date, Date), n: i64) -> Option<(Date, Date)> {
    let year = days_between(first, last)? > 31;
    let (first, last) = if year {
        // The week of 4 January is the first, that of 28 December the last.
        (stretch(plus(first, 3)?, Unit::Week, 0)?.0, stretch(plus(last, -3)?, Unit::Week, 0)?.1)
    } else {
        (first, last)
    };
    let monday = if n > 0 {
        nth_weekday((first, last), Weekday::Monday, n)?
    } else {
        let sunday = nth_weekday((first, last), Weekday::Sunday, n)?;
        plus(sunday, -6)?
    };
    Some((monday, plus(monday, 6)?))
}

/// Easter Sunday of the western churches (the anonymous Gregorian algorithm).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// A day of the tabular Islamic calendar; the sighted moon may be a day off.
pub(crate) fn hijri(year: i64, month: i64, day: i64) -> Option<Date> {
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + (29 * (month - 1) + month / 2) + day - 1;
    // 1 Muharram of the year 1 is 19 July 622 in the Gregorian calendar.
    plus(date(622, 7, 19), days)
}

/// The days of an Islamic month.
pub(super) fn hijri_month(year: i64, month: i64) -> Option<(Date, Date)> {
    let next = if month == 12 { hijri(year + 1, 1, 1) } else { hijri(year, month + 1, 1) };
    Some((hijri(year, month, 1)?, plus(next?, -1)?))
}

/// The Islamic year in which a day lies, to within one.
pub(super) fn hijri_year(day: Date) -> i64 {
    (i64::from(day.year()) - 622) * 33 / 32 + 1
}

/// The day of a feast in a year, by its rule in the data.
pub(super) fn feast(rule: &str, year: i16) -> Option<Date> {
    let words: Vec<&str> = rule.split(' ').collect();
    let pair = |s: &str| s.split_once('-').and_then(|(a, b)| Some((a.parse::<i8>().ok()?, b.parse::<i8>().ok()?)));
    match words[..] {
        ["easter", days] => plus(easter(year)?, days.parse().ok()?),
        ["hijri", day] => {
            let (month, day) = pair(day)?;
            let near = hijri_year(date(year, 7, 1));
            (near - 2..=near + 2).filter_map(|y| hijri(y, month.into(), day.into())).find(|d| d.year() == year)
        }
        [month, weekday, n] => {
            let first = Date::new(year, month.parse().ok()?, 1).ok()?;
            nth_weekday((first, first.last_of_month()), marsad_model::weekday_from_name(weekday)?, n.parse().ok()?)
        }
        [day] => pair(day).and_then(|(m, d)| Date::new(year, m, d).ok()),
        _ => None,
    }
}

/// First and last day of a season: whole months, a winter reaching into the next year.
pub(crate) fn season(season: Season, year: i16) -> Option<(Date, Date)> {
    let (from, to) = match season {
        Season::Spring => (3, 5),
        Season::Summer => (6, 8),
        Season::Autumn => (9, 11),
        Season::Winter => (12, 2),
    };
    let last_year = if to < from { year + 1 } else { year };
    Some((Date::new(year, from, 1).ok()?, Date::new(last_year, to, 1).ok()?.last_of_month()))
}

/// A stretch as TIMEX3 writes it: a year, a month, a week where it is one, else its two ends.
pub(super) fn stretch_timex(first: Date, last: Date) -> String {
    for (unit, written) in [
        (Unit::Year, format!("{:04}", first.year())),
        (Unit::Month, format!("{:04}-{:02}", first.year(), first.month())),
        (Unit::Week, {
            let week = first.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }),
    ] {
        if stretch(first, unit, 0) == Some((first, last)) {
            return written;
        }
    }
    format!("{first}/{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        assert_eq!(feast("easter 0", 2024), Some(date(2024, 3, 31)));
        assert_eq!(feast("11 thursday 4", 2022), Some(date(2022, 11, 24)));
        // The first day of Ramadan 1442 was announced for 13 April 2021.
        assert_eq!(hijri(1442, 9, 1), Some(date(2021, 4, 13)));
        assert_eq!(feast("hijri 12-10", 2021), Some(date(2021, 7, 20)));
    }

    #[test]
    fn weeks_of_a_year_and_of_a_month_are_counted_apart() {
        let year = stretch(date(2020, 6, 1), Unit::Year, 0).unwrap();
        assert_eq!(nth_week(year, 1), Some((date(2019, 12, 30), date(2020, 1, 5))));
        let month = stretch(date(2021, 5, 1), Unit::Month, 0).unwrap();
        assert_eq!(nth_week(month, 1), Some((date(2021, 5, 3), date(2021, 5, 9))));
        assert_eq!(nth_week(month, -1), Some((date(2021, 5, 24), date(2021, 5, 30))));
    }
}
