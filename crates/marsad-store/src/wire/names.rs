//! Which word stands for which value of the model's enumerations?
//!
//! Tables for those enumerations that carry no names of their own. The others
//! (`EventType`, `Role` …) bring `name` and `from_name` with them.

use marsad_model::{
    BlameStrength, DamageStatus, DatePrecision, PublishedMethod, QuantityStatus, ResponsibilityStatus, TimeOfDay,
};

pub(super) type Names<T> = &'static [(T, &'static str)];

/// The word for a value; every value is listed in its table.
pub(super) fn name<T: Copy + PartialEq>(names: Names<T>, value: T) -> String {
    names.iter().find(|(v, _)| *v == value).expect("every value of the enumeration is listed").1.to_string()
}

/// The value of a word; `None` for any other word.
pub(super) fn value<T: Copy>(names: Names<T>, word: &str) -> Option<T> {
    names.iter().find(|(_, w)| *w == word).map(|(v, _)| *v)
}

pub(super) const METHODS: Names<PublishedMethod> = &[
    (PublishedMethod::None, "none"),
    (PublishedMethod::Given, "given"),
    (PublishedMethod::JsonLd, "json_ld"),
    (PublishedMethod::Meta, "meta"),
    (PublishedMethod::Url, "url"),
    (PublishedMethod::DateLine, "date_line"),
    (PublishedMethod::Inferred, "inferred"),
];

pub(super) const PRECISIONS: Names<DatePrecision> = &[
    (DatePrecision::Unknown, "unknown"),
    (DatePrecision::Year, "year"),
    (DatePrecision::Month, "month"),
    (DatePrecision::MonthPart, "month_part"),
    (DatePrecision::Day, "day"),
    (DatePrecision::PartOfDay, "part_of_day"),
];

pub(super) const TIMES_OF_DAY: Names<TimeOfDay> = &[
    (TimeOfDay::Dawn, "dawn"),
    (TimeOfDay::Morning, "morning"),
    (TimeOfDay::Noon, "noon"),
    (TimeOfDay::Afternoon, "afternoon"),
    (TimeOfDay::Evening, "evening"),
    (TimeOfDay::Night, "night"),
];

pub(super) const QUANTITY_STATUSES: Names<QuantityStatus> = &[
    (QuantityStatus::Unknown, "unknown"),
    (QuantityStatus::Stated, "stated"),
    (QuantityStatus::Inferred, "inferred"),
    (QuantityStatus::ExplicitNone, "explicit_none"),
    (QuantityStatus::ExplicitUnknown, "explicit_unknown"),
];

pub(super) const DAMAGE_STATUSES: Names<DamageStatus> = &[
    (DamageStatus::Unknown, "unknown"),
    (DamageStatus::Stated, "stated"),
    (DamageStatus::ExplicitNone, "explicit_none"),
    (DamageStatus::ExplicitUnknown, "explicit_unknown"),
];

pub(super) const CLAIM_STATUSES: Names<ResponsibilityStatus> = &[
    (ResponsibilityStatus::Unknown, "unknown"),
    (ResponsibilityStatus::Claimed, "claimed"),
    (ResponsibilityStatus::ExplicitNoClaim, "explicit_no_claim"),
];

pub(super) const STRENGTHS: Names<BlameStrength> =
    &[(BlameStrength::Accusation, "accusation"), (BlameStrength::HabitualPattern, "habitual_pattern")];
