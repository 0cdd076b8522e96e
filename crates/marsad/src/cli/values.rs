//! How do values of an incident look to a person?
//!
//! `?` is not known, `0` is "the text says none", `4–12` a range, `≥3` at
//! least, `~30` about. Names follow the language of the console.

use super::console::Console;
use marsad_store::wire::{DateValue, Incident, Place, Quantity};

pub const UNKNOWN: &str = "?";

pub fn quantity(quantity: &Quantity) -> String {
    let bounds = (quantity.min, quantity.max);
    let about = if quantity.approx { "~" } else { "" };
    match (quantity.status.as_str(), quantity.value, bounds) {
        ("explicit_none", ..) => "0".to_string(),
        ("explicit_unknown" | "unknown", None, (None, None)) => UNKNOWN.to_string(),
        (_, _, (Some(low), Some(high))) if low != high => format!("{low}–{high}"),
        (_, _, (Some(low), None)) => format!("≥{low}"),
        (_, _, (None, Some(high))) => format!("≤{high}"),
        (_, Some(n), _) | (_, None, (Some(n), Some(_))) => format!("{about}{n}"),
        // "Dead and wounded fell": some, of which no number is told.
        (_, None, (None, None)) => "≥1".to_string(),
    }
}

/// `2021-07-29`, `2021-07-01…2021-07-31`, `~2021-04-15` for the middle of a month, `≥2021-07-29`, `?`.
///
/// The end of a date that the text does not give is only the day of the report: shown, it would be taken for the date.
pub fn date(date: &DateValue) -> String {
    match (date.earliest.as_deref(), date.latest.as_deref()) {
        (None, None) => UNKNOWN.to_string(),
        (None, _) if date.precision == "unknown" => UNKNOWN.to_string(),
        (Some(a), Some(b)) if a == b && date.precision == "month_part" => format!("~{a}"),
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}…{b}"),
        (Some(a), None) => format!("≥{a}"),
        (None, Some(b)) => format!("≤{b}"),
    }
}

/// The days from one to another, as [`date`] shows them.
pub fn span(earliest: &Option<String>, latest: &Option<String>) -> String {
    let (earliest, latest) = (earliest.clone(), latest.clone());
    date(&DateValue { earliest, latest, precision: "day".to_string(), ..DateValue::default() })
}

/// The text of a conflict's value in the words and signs used here.
pub fn conflict_text(field: &str, text: &str, console: &Console) -> String {
    let is_count = ["killed", "wounded", "pooled", "perpetrators_killed"].contains(&field) || field.contains('.');
    match (field, text) {
        ("type" | "epistemic", word) => console.label(field, word),
        ("interception" | "damage" | "claimed_by", word) => console.label("status", word),
        (_, "not_known") => UNKNOWN.to_string(),
        (_, "none") if is_count => "0".to_string(),
        (_, "some") if is_count => "≥1".to_string(),
        ("date", days) => days.replace("..", "…"),
        _ => text.replace(">=", "≥").replace("<=", "≤").replace("..", "–"),
    }
}

/// The date with the part of the day and, while the day is open, the weekday.
pub fn date_in_words(value: &DateValue, console: &Console) -> String {
    let mut words = vec![date(value)];
    words.extend(value.time_of_day.iter().map(|t| console.word(&format!("time.{t}"), t)));
    words.extend(value.weekday.iter().map(|w| console.word(&format!("weekday.{w}"), w)));
    console.list(&words)
}

pub fn event(incident: &Incident, console: &Console) -> String {
    console.label("type", &incident.event)
}

/// The name in the console's language, with `near` where the text says so.
pub fn place(place: Option<&Place>, console: &Console) -> String {
    let Some(place) = place else { return UNKNOWN.to_string() };
    let Some(name) = name(place, console) else { return UNKNOWN.to_string() };
    let name = if console.arabic || place.name_en.is_none() { console.isolated(name) } else { name.to_string() };
    match place.relation.as_deref() {
        Some(relation @ ("near" | "off")) => format!("{} {name}", console.say(&format!("relation.{relation}"), &[])),
        _ => name,
    }
}

fn name<'a>(place: &'a Place, console: &Console) -> Option<&'a str> {
    let (first, second) =
        if console.arabic { (&place.name_ar, &place.name_en) } else { (&place.name_en, &place.name_ar) };
    first.as_deref().or(second.as_deref())
}

/// The places around a place, from the nearest to the country.
pub fn surroundings(place: &Place, console: &Console) -> String {
    let outer = place.chain.iter().filter(|link| link.id != place.id);
    let names = outer.map(|link| if console.arabic { console.isolated(&link.name_ar) } else { link.name_en.clone() });
    console.list(&names.filter(|name| !name.is_empty()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Option<u32>, min: Option<u32>, max: Option<u32>, approx: bool, status: &str, expected: &str) {
        let q = Quantity { value, min, max, approx, status: status.into(), evidence: vec![] };
        assert_eq!(quantity(&q), expected);
    }

    #[test]
    fn unknown_is_not_zero() {
        check(None, None, None, false, "unknown", "?");
        check(None, None, None, false, "explicit_unknown", "?");
        check(Some(0), Some(0), Some(0), false, "explicit_none", "0");
    }

    #[test]
    fn bounds_are_shown_as_bounds() {
        check(Some(4), Some(4), Some(4), false, "stated", "4");
        check(None, Some(4), Some(12), false, "stated", "4–12");
        check(Some(3), Some(3), None, false, "stated", "≥3");
        check(None, None, Some(9), false, "stated", "≤9");
        check(Some(30), None, None, true, "stated", "~30");
        check(None, Some(20), Some(99), true, "stated", "20–99");
        check(None, None, None, true, "stated", "≥1");
    }

    #[test]
    fn open_dates_keep_their_bounds() {
        let of = |a: Option<&str>, b: Option<&str>| {
            date(&DateValue { earliest: a.map(str::to_string), latest: b.map(str::to_string), ..DateValue::default() })
        };
        assert_eq!(of(None, None), "?");
        assert_eq!(of(Some("2021-07-29"), Some("2021-07-29")), "2021-07-29");
        assert_eq!(of(Some("2021-07-01"), Some("2021-07-31")), "2021-07-01…2021-07-31");
        assert_eq!(of(None, Some("2021-07-29")), "≤2021-07-29");
        let told = |precision: &str, earliest: Option<&str>| {
            let (earliest, latest) = (earliest.map(str::to_string), Some("2021-04-15".to_string()));
            date(&DateValue { earliest, latest, precision: precision.to_string(), ..DateValue::default() })
        };
        assert_eq!(told("unknown", None), "?");
        assert_eq!(told("unknown", Some("2021-01-20")), "2021-01-20…2021-04-15");
        assert_eq!(told("month_part", Some("2021-04-15")), "~2021-04-15");
    }
}
