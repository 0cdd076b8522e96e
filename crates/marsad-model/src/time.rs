//! When did it happen, and how sharply is that known?

use crate::Evidence;
use jiff::civil::{Date, Weekday};

/// How sharply a date is known (`spec/reading.md`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    #[default]
    Unknown,
    Year,
    Month,
    MonthPart,
    Day,
    PartOfDay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeOfDay {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// The day or interval of an incident. An unknown date may still carry bounds
/// and a weekday; both ends are inclusive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateValue {
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    pub precision: DatePrecision,
    pub time_of_day: Option<TimeOfDay>,
    pub weekday: Option<Weekday>,
    /// How it was derived, in a few words ("weekday before publication").
    pub derivation: String,
    pub evidence: Vec<Evidence>,
}

impl DateValue {
    pub fn unknown() -> DateValue {
        DateValue::default()
    }

    pub fn day(date: Date, derivation: &str, evidence: Vec<Evidence>) -> DateValue {
        DateValue {
            earliest: Some(date),
            latest: Some(date),
            precision: DatePrecision::Day,
            derivation: derivation.to_string(),
            evidence,
            ..DateValue::default()
        }
    }

    /// The day when exactly one is meant, else `None`.
    pub fn exact_day(&self) -> Option<Date> {
        matches!(self.precision, DatePrecision::Day | DatePrecision::PartOfDay).then_some(self.earliest).flatten()
    }
}

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// The lower-case English name, as readings and exports print it.
pub fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(d, _)| *d == day).expect("all seven are listed").1
}

/// The weekday of a lower-case English name; `None` for any other word.
pub fn weekday_from_name(name: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, n)| *n == name).map(|(d, _)| *d)
}
