//! Cases of Duckling: a phrase that is a time, a duration, a number as a whole.
//!
//! * A number or ordinal is right when one amount covers the phrase and has the
//!   value.
//! * A duration is right with its amount and its unit.
//! * A time is resolved in the manner of plans, as Duckling does. A day, week,
//!   month or year is right when its first day is, and it is as long; the edge
//!   of a stretch («بداية شهر»), for which Duckling gives one day, when that day
//!   lies in it. An hour is right on the day of reference; where no word tells
//!   the half of the day, either is. Duckling's intervals end behind the last
//!   day or hour that is named; ours are compared with that in mind.
//! * Money, phones, volumes, temperatures and quantities with units are not
//!   times or numbers and are not judged.

use super::super::{Case, Outcome, Row, text};
use super::{Heard, case, same, told};
use jiff::civil::{Date, Time};
use marsad_lang::Resources;
use marsad_lang::measure::{Clock, Manner, Moment, QuantityKind};
use marsad_model::TimeOfDay;

const FIGURE: &str = "duckling";

pub fn cases(res: &Resources, row: &Row) -> Vec<Case> {
    let kind = text(row, "kind").split('/').next().unwrap_or_default();
    let id = format!("duckling#{}", row.get("id").map(ToString::to_string).unwrap_or_default());
    let heard = Heard::new(res, text(row, "text"));
    let value = text(row, "value");
    let negative = row.get("negative").and_then(|n| n.as_bool()).unwrap_or(false);
    let judged = match kind {
        "Numeral" | "Ordinal" => amount(&heard, kind == "Ordinal", value),
        "Duration" => duration(&heard, value),
        "Time" => time(&heard, reference(text(row, "reference_time")), value),
        _ => return vec![],
    };
    let (right, got) = judged;
    if negative {
        let outcome = if got.is_empty() { Outcome::Silent } else { Outcome::Invented };
        return vec![Case { id, figure: FIGURE, outcome, expected: String::new(), got }];
    }
    vec![case(&id, FIGURE, right, value.to_string(), got)]
}

fn reference(stamp: &str) -> Option<Date> {
    stamp.get(..10)?.parse().ok()
}

/// The numbers of a value such as `(datetime (2013, 2, 12, 0, 0, 0) Day)`.
fn numbers(value: &str) -> Vec<f64> {
    let digit = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    value.split(|c| !digit(c)).filter_map(|n| n.parse().ok()).collect()
}

fn amount(heard: &Heard, ordinal: bool, value: &str) -> (bool, String) {
    let found = heard.quantities();
    let whole = found.iter().find(|q| q.first == 0 && q.end == heard.tokens.len());
    let kind = |k| (k == QuantityKind::Ordinal) == ordinal;
    let right =
        whole.is_some_and(|q| kind(q.kind) && numbers(value).first().zip(q.value).is_some_and(|(a, b)| same(*a, b)));
    let got = found.iter().filter_map(|q| Some(format!("{:?} {}", q.kind, q.value?))).collect::<Vec<_>>();
    (right, got.join(", "))
}

fn duration(heard: &Heard, value: &str) -> (bool, String) {
    let found = heard.moments(None, Manner::Plan);
    let right = found.iter().filter_map(|m| m.length.as_ref()).any(|l| {
        let [(Some(n), unit)] = l.parts[..] else { return false };
        value.contains(&format!("{unit:?}")) && numbers(value).first().is_some_and(|v| same(*v, n))
    });
    (right, told(&found))
}

fn time(heard: &Heard, today: Option<Date>, value: &str) -> (bool, String) {
    let found = heard.moments(today, Manner::Plan);
    let stamps: Vec<(Date, Time)> = numbers(value).chunks_exact(6).filter_map(stamp).collect();
    let grain =
        value.trim_end_matches(')').rsplit(' ').find(|w| w.chars().all(char::is_alphabetic)).unwrap_or_default();
    let right = found.iter().any(|m| match stamps[..] {
        [at] => is_at(m, today, at, grain),
        [from, to] => is_between(m, today, from, to),
        _ => false,
    });
    (right, told(&found))
}

fn stamp(n: &[f64]) -> Option<(Date, Time)> {
    let date = Date::new(n[0] as i16, n[1] as i8, n[2] as i8).ok()?;
    Some((date, Time::new(n[3] as i8, n[4] as i8, n[5] as i8, 0).ok()?))
}

fn is_at(m: &Moment, today: Option<Date>, (date, time): (Date, Time), grain: &str) -> bool {
    if matches!(grain, "Hour" | "Minute" | "Second") {
        let day = m.days.map(|d| d.0).or(today);
        return day == Some(date) && m.clock.is_some_and(|c| is_hour(c, time)) && m.until.is_none();
    }
    let Some((first, last)) = m.days else { return false };
    let unit = match grain {
        "Week" => jiff::Span::new().weeks(1),
        "Month" => jiff::Span::new().months(1),
        "Quarter" => jiff::Span::new().months(3),
        "Year" => jiff::Span::new().years(1),
        _ => jiff::Span::new().days(1),
    };
    let as_long = date.checked_add(unit).is_ok_and(|end| last.tomorrow().is_ok_and(|l| l == end));
    (first == date && as_long) || (m.edge.is_some() && (first..=last).contains(&date))
}

/// The hour, or its twin of the other half of the day where the words leave that open.
fn is_hour(clock: Clock, time: Time) -> bool {
    let hour = time.hour() as u8;
    let same_hour = if clock.sure { clock.hour == hour } else { clock.hour % 12 == hour % 12 };
    same_hour && clock.minute == time.minute() as u8
}

fn is_between(m: &Moment, today: Option<Date>, from: (Date, Time), to: (Date, Time)) -> bool {
    if let (Some(a), Some(b)) = (m.clock, m.until) {
        let behind = to.1.hour() as u8;
        let day = m.days.map(|d| d.0).or(today);
        let last = if b.sure { b.hour == behind || b.hour + 1 == behind } else { false };
        return day == Some(from.0) && is_hour(a, from.1) && last;
    }
    let Some((first, last)) = m.days else { return false };
    // «الليلة»: the night of that day, whatever its hours.
    if m.part == Some(TimeOfDay::Night) {
        return first == from.0 && from.1.hour() >= 18;
    }
    first == from.0 && (last.tomorrow().is_ok_and(|l| l == to.0) || last == to.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_give_their_numbers() {
        assert_eq!(numbers("(datetime (2013, 2, 12, 0, 0, 0) Day)"), [2013.0, 2.0, 12.0, 0.0, 0.0, 0.0]);
        assert_eq!(numbers("(NumeralValue (-1.2))"), [-1.2]);
        assert!(format!("{:?}", marsad_lang::time::Unit::Week) == "Week", "Duckling names units as we do");
    }
}
