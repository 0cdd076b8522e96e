//! Which days does a date given beside the text allow?
//!
//! Crawlers and feeds write full timestamps, plain dates, months or years. The
//! written calendar day is taken as it stands, whatever its time zone: text
//! beside it says "today" in the same zone.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

/// First and last day of a date as crawlers write it; `None` when unreadable.
///
/// ```
/// let (first, last) = marsad_ingest::days("2021-07").unwrap();
/// assert_eq!((first.to_string(), last.to_string()), ("2021-07-01".into(), "2021-07-31".into()));
/// assert_eq!(marsad_ingest::days("2021-13-40"), None);
/// assert_eq!(marsad_ingest::days("yesterday"), None);
/// ```
pub fn days(text: &str) -> Option<(Date, Date)> {
    let text = text.trim();
    numeric(text).or_else(|| mail_date(text)).or_else(|| unix_time(text)).or_else(|| worded(text))
}

/// `2021-07-29…`, `2021/07/29`, `20210729`, `29-07-2021`, `2022-08`, `2022`.
fn numeric(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = text.split(['-', '/', 'T', ' ', '.']).collect();
    let is_year = |s: &str| s.len() == 4 && s.bytes().all(|b| b.is_ascii_digit());
    let small = |s: &&str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [y, m, d, ..] if is_year(y) && small(&m) && small(&d) => day(y, m, d),
        [d, m, y, ..] if is_year(y) && small(&m) && small(&d) => day(y, m, d),
        [y, m] if is_year(y) && small(&m) => month(y, m),
        [y] if is_year(y) => year(y),
        [packed, ..] if packed.len() == 8 && packed.is_ascii() => day(&packed[..4], &packed[4..6], &packed[6..]),
        _ => None,
    }
}

fn day(y: &str, m: &str, d: &str) -> Option<(Date, Date)> {
    let date = Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok()?;
    Some((date, date))
}

fn month(y: &str, m: &str) -> Option<(Date, Date)> {
    let first = Date::new(y.parse().ok()?, m.parse().ok()?, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn year(y: &str) -> Option<(Date, Date)> {
    let y = y.parse().ok().filter(|y| (1950..=2100).contains(y))?;
    Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?))
}

/// `Thu Jul 29 2021 10:00`, `July 29, 2021`, `29 July 2021`.
fn worded(text: &str) -> Option<(Date, Date)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<&str> = text.split([' ', ',', '-', '/']).filter(|w| !w.is_empty()).take(6).collect();
    let month_at = |w: &&str| {
        let head = w.get(..3)?.to_ascii_lowercase();
        let known = w.bytes().all(|b| b.is_ascii_alphabetic());
        MONTHS.iter().position(|m| *m == head).filter(|_| known).map(|i| (i + 1).to_string())
    };
    let month = words.iter().find_map(month_at)?;
    let number = |n: usize| move |w: &&&str| w.len() <= 4 && w.parse::<u16>().is_ok_and(|v| (v > 31) == (n == 4));
    day(words.iter().find(number(4))?, &month, words.iter().find(number(2))?)
}

/// `Thu, 29 Jul 2021 10:00:00 +0300`, as feeds write it.
fn mail_date(text: &str) -> Option<(Date, Date)> {
    let date = rfc2822::DateTimeParser::new().parse_zoned(text).ok()?.date();
    Some((date, date))
}

/// Seconds or milliseconds since 1970.
fn unix_time(text: &str) -> Option<(Date, Date)> {
    let n: i64 = text.parse().ok()?;
    let seconds = if n > 100_000_000_000 { n / 1000 } else { n };
    let stamp = Timestamp::from_second(seconds).ok().filter(|_| seconds > 600_000_000)?;
    let date = stamp.to_zoned(TimeZone::UTC).date();
    Some((date, date))
}

/// The written day of a full timestamp of another time zone than the readers'
/// may be the day before theirs: true for one late in the day of UTC.
pub(crate) fn is_late_in_utc(text: &str) -> bool {
    const EVENING: i8 = 21;
    let text = text.trim();
    let zulu = text.ends_with('Z') || text.ends_with("+00:00") || text.ends_with("+0000") || text.ends_with("GMT");
    let hour = || text.split_once(['T', ' '])?.1.get(..2)?.parse::<i8>().ok();
    zulu && hour().is_some_and(|h| h >= EVENING)
}

/// The first and last day that a URL path allows: `/2021/07/29/`, `/2021-07-29-`,
/// `/20210729…`, a month `/2021/07/`, or seconds since 1970. Ten digits may also be the number of a story: of
/// those that would lie more than a year behind the horizon it is one.
pub(crate) fn in_url(url: &str, horizon: Date) -> Option<(Date, Date)> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).filter(|s| !s.is_empty()).collect();
    let joined = |parts: &[&str]| ["/", "-", "_", "."].iter().any(|s| path.contains(&parts.join(s)));
    let is_year = |y: &str| y.len() == 4 && y.starts_with("20");
    let days = |w: &[&str]| match *w {
        [y, m, d] if is_year(y) && d.len() <= 2 && joined(w) => day(y, m, d),
        [d, m, y] if is_year(y) && d.len() <= 2 && joined(w) => day(y, m, d),
        _ => None,
    };
    let dated = || numbers.windows(3).find_map(days);
    // Some outlets write the day and the number of the story in one.
    let packed = |n: &&str| (matches!(n.len(), 8 | 12 | 14) || n.len() >= 16).then(|| numeric(n.get(..8)?)).flatten();
    let packed = || numbers.iter().filter(|n| n.starts_with("20")).find_map(packed);
    let months = |w: &[&str]| match *w {
        [y, m] if is_year(y) && m.len() == 2 && path.contains(&format!("/{y}/{m}/")) => month(y, m),
        _ => None,
    };
    let month = || numbers.windows(2).find_map(months);
    let known = |d: &(Date, Date)| d.0 <= horizon.saturating_add(jiff::Span::new().years(1));
    let stamp = |n: &&str| matches!(n.len(), 10 | 13).then(|| unix_time(n)).flatten().filter(known);
    dated().or_else(packed).or_else(month).or_else(|| numbers.iter().find_map(stamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_crawlers_write_them() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let expected = expected.map(|(a, b)| (a.parse::<Date>().unwrap(), b.parse::<Date>().unwrap()));
            assert_eq!(days(text), expected, "{text}");
        };
        let one = |d| Some((d, d));
        check("2021-07-29", one("2021-07-29"));
        check("2021-07-29T23:10:00+03:00", one("2021-07-29"));
        check("2021-07-29 04:00:00", one("2021-07-29"));
        check("2021/7/9", one("2021-07-09"));
        check("29/07/2021", one("2021-07-29"));
        check("20210729", one("2021-07-29"));
        check("Thu, 29 Jul 2021 10:00:00 +0300", one("2021-07-29"));
        check("Thu Jul 29 2021 13:00:00 GMT+0300", one("2021-07-29"));
        check("July 29, 2021 10:00 AM", one("2021-07-29"));
        check("1627550000", one("2021-07-29"));
        check("1627550000000", one("2021-07-29"));
        check("2022-08", Some(("2022-08-01", "2022-08-31")));
        check("2022", Some(("2022-01-01", "2022-12-31")));
        check("yesterday", None);
        check("2021-13-45", None);
    }

    #[test]
    fn dates_in_urls() {
        let horizon = "2026-11-22".parse().unwrap();
        let check = |url: &str, expected: Option<&str>| {
            let day = in_url(url, horizon).filter(|(first, last)| first == last).map(|(first, _)| first);
            assert_eq!(day, expected.map(|d| d.parse().unwrap()), "{url}");
        };
        check("https://example.org/news/2021/05/04/story", Some("2021-05-04"));
        check("https://example.org/2021-5-4-story", Some("2021-05-04"));
        check("https://example.org/a/20210504/123", Some("2021-05-04"));
        check("https://example.org/article/34567", None);
        check("https://example.org/world/202105041044893040-story/", Some("2021-05-04"));
        check("https://example.org/story/1620115200", Some("2021-05-04"));
        check("https://example.org/story/1904053220", None);
        check("https://example.org/4-5-2021/story", Some("2021-05-04"));
        let month = ("2021-05-01".parse().unwrap(), "2021-05-31".parse().unwrap());
        assert_eq!(in_url("https://example.org/2021/05/2338761/", horizon), Some(month));
    }
}
