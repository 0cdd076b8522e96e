//! Do two values of one field contradict each other, or does one merely say less?
//!
//! "Some day in May" and the 4th of May are no conflict, nor are a town and the market in it, "at least three" and
//! seven, "an attack" and "a car bomb". Each function answers for one field; what it calls agreement is never listed
//! as a conflict. Values that agree are not equal: the ledger still prefers the sharper one.

use crate::levels::MONTH_PART_DAYS;
use crate::place::Whereabouts;
use crate::when::{When, days};
use jiff::civil::{Date, Weekday};
use marsad_model::{
    Attribution, Blame, ClaimedBy, Damage, DamageStatus, DatePrecision, DateValue, Epistemic, EventType, GroupToll,
    Incident, Interception, InterceptionStatus, LaunchSite, Place, Quantity, ResponsibilityStatus, Target, Weapon,
};

pub(crate) fn event(a: &(EventType, &Incident), b: &(EventType, &Incident)) -> bool {
    a.0 == b.0 || a.0.is_vague() || b.0.is_vague()
}

/// An outlet that says it itself and one that reports it from a neutral source do not contradict each other.
pub(crate) fn epistemic(a: &Epistemic, b: &Epistemic) -> bool {
    let is_plain = |e: &Epistemic| matches!(e, Epistemic::Asserted | Epistemic::Reported);
    a == b || is_plain(a) && is_plain(b)
}

/// Two days agree when they are one; an open date agrees with all that its bounds and its weekday allow.
pub(crate) fn date(a: &&DateValue, b: &&DateValue) -> bool {
    let ((first, last), (other_first, other_last)) = (bounds(a), bounds(b));
    let same_weekday = match (weekday(a), weekday(b)) {
        (Some(day), Some(other)) => day == other,
        _ => true,
    };
    first <= other_last && other_first <= last && same_weekday
}

/// First and last day; the days of a part of a month are nominal.
pub(crate) fn bounds(date: &DateValue) -> (i32, i32) {
    let slack = if date.precision == DatePrecision::MonthPart { MONTH_PART_DAYS } else { 0 };
    let first = date.earliest.map_or(When::OPEN_START, |d| days(d) - slack);
    let last = date.latest.or(date.exact_day()).map_or(When::OPEN_END, |d| days(d) + slack);
    (first, last)
}

fn weekday(date: &DateValue) -> Option<Weekday> {
    date.weekday.or(date.exact_day().map(Date::weekday))
}

/// A place agrees with the places around it, by the gazetteer or by its point, and with one that is not known.
pub(crate) fn place(a: &&Place, b: &&Place) -> bool {
    let (Some(x), Some(y)) = (Whereabouts::of(a), Whereabouts::of(b)) else { return true };
    x.own == y.own || x.above.contains(&y.own) || y.above.contains(&x.own) || one_circle_holds_the_other(a, b)
}

/// A market on the edge of two quarters is in both for those who tell of it.
fn one_circle_holds_the_other(a: &Place, b: &Place) -> bool {
    let (Some(p), Some(q)) = (a.point, b.point) else { return false };
    let (small, large) = (p.accuracy_km.min(q.accuracy_km), p.accuracy_km.max(q.accuracy_km));
    2.0 * small <= large && p.distance_km(q) <= large
}

pub(crate) fn quantity(a: &&Quantity, b: &&Quantity) -> bool {
    a.compatible(b)
}

/// One list may count groups that the other leaves out.
pub(crate) fn by_group(a: &&Vec<GroupToll>, b: &&Vec<GroupToll>) -> bool {
    let tells_other = |x: &GroupToll, y: &GroupToll| {
        x.group == y.group && !(x.killed.compatible(&y.killed) && x.wounded.compatible(&y.wounded))
    };
    !a.iter().any(|x| b.iter().any(|y| tells_other(x, y)))
}

pub(crate) fn damage(a: &&Damage, b: &&Damage) -> bool {
    let is_open = |d: &Damage| matches!(d.status, DamageStatus::Unknown | DamageStatus::ExplicitUnknown);
    a.status == b.status || is_open(a) || is_open(b)
}

pub(crate) fn weapons(a: &&Vec<Weapon>, b: &&Vec<Weapon>) -> bool {
    one_holds_the_other(a, b, |x, y| x.id == y.id)
}

/// "The defences engaged them" leaves open with what success.
pub(crate) fn interception(a: &&Interception, b: &&Interception) -> bool {
    use InterceptionStatus::{Attempted, Full, Partial};
    let is_try = |i: &Interception| i.status == Attempted;
    let is_shot = |i: &Interception| matches!(i.status, Attempted | Partial | Full);
    a.status == b.status || is_try(a) && is_shot(b) || is_try(b) && is_shot(a)
}

pub(crate) fn launch_site(a: &&LaunchSite, b: &&LaunchSite) -> bool {
    let is_unnamed = |s: &LaunchSite| s.place_id.is_none() && s.value.is_none();
    a.place_id == b.place_id && a.value == b.value || is_unnamed(a) || is_unnamed(b)
}

/// Without a class there are only words, which every outlet chooses for itself.
pub(crate) fn target(a: &&Target, b: &&Target) -> bool {
    a.class.is_none() || b.class.is_none() || a.class == b.class
}

pub(crate) fn claimed_by(a: &&ClaimedBy, b: &&ClaimedBy) -> bool {
    let is_unnamed = |c: &ClaimedBy| c.actor.is_none() && c.status == ResponsibilityStatus::Claimed;
    a.status == b.status && (a.actor == b.actor || is_unnamed(a) || is_unnamed(b))
}

pub(crate) fn blamed_on(a: &&Vec<Blame>, b: &&Vec<Blame>) -> bool {
    one_holds_the_other(a, b, |x, y| x.actor == y.actor)
}

/// Who is quoted differs from report to report and contradicts nothing.
pub(crate) fn attribution(_: &&Vec<Attribution>, _: &&Vec<Attribution>) -> bool {
    true
}

/// What has no open form agrees with nothing but itself, and equal values are never compared.
pub(crate) fn never<T>(_: &T, _: &T) -> bool {
    false
}

fn one_holds_the_other<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    let holds = |all: &[T], some: &[T]| some.iter().all(|x| all.iter().any(|y| same(x, y)));
    holds(a, b) || holds(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn check(a: DateValue, b: DateValue, expected: bool) {
        assert_eq!(date(&&a, &&b), expected, "{a:?} {b:?}");
        assert_eq!(date(&&b, &&a), expected, "{b:?} {a:?}");
    }

    #[test]
    fn open_dates_contradict_only_by_bounds_or_weekday() {
        let on = |d| DateValue::day(day(2021, 5, d), "test", vec![]);
        let open = |weekday| DateValue { weekday, latest: Some(day(2022, 10, 27)), ..DateValue::unknown() };
        check(on(4), on(4), true);
        check(on(4), on(5), false);
        check(on(4), open(None), true);
        check(on(4), open(Some(Weekday::Tuesday)), true);
        check(on(4), open(Some(Weekday::Sunday)), false);
        check(open(Some(Weekday::Sunday)), open(Some(Weekday::Monday)), false);
        check(on(4), DateValue { latest: Some(day(2021, 5, 1)), ..DateValue::unknown() }, false);
        let part = DateValue { precision: DatePrecision::MonthPart, ..on(15) };
        check(on(19), part.clone(), true);
        check(on(21), part, false);
    }

    #[test]
    fn a_count_contradicts_only_what_it_excludes() {
        let n = |n| Quantity::exactly(n, vec![]);
        assert!(!quantity(&&n(7), &&n(9)));
        assert!(quantity(&&n(7), &&Quantity::at_least(3, vec![])));
        assert!(quantity(&&n(7), &&Quantity::not_known(vec![])));
        assert!(!quantity(&&n(7), &&Quantity::none(vec![])));
    }
}
