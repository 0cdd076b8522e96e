//! Which days does the head of a page give, and in whose time zone?
//!
//! JSON-LD, `<meta>` and `<time>` carry stamps of machines. For an outlet of
//! the data the stamp is told in the outlet's time zone. Of others the written
//! day is taken as it stands, but for one late in the day of UTC: the outlets
//! of the region live east of it, and it is the next day there.

use super::Candidate;
use super::clues::Clues;
use crate::article::{RawArticle, host_of};
use crate::given;
use crate::html::{DateKind, Found, outside};
use crate::phrases::Phrases;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use marsad_model::{Evidence, PublishedMethod};

/// The days of publication that the head tells, and those of later changes.
pub(super) fn dates(phrases: &Phrases, raw: &RawArticle, clues: &Clues) -> (Vec<Candidate>, Vec<Candidate>) {
    let Some(page) = &raw.page else { return (vec![], vec![]) };
    let outlet = raw.address().and_then(host_of).and_then(|host| phrases.outlet_of_host(&host));
    let zone = outlet.and_then(|i| TimeZone::get(&phrases.res.outlets[i].time_zone).ok());
    let day = |found: &Found| local_day(&found.value, zone.as_ref(), clues);
    let told = page.facts.dates.iter().filter_map(|(kind, f)| Some((*kind, candidate(*kind, f, day(f)?))));
    let (changed, told): (Vec<_>, Vec<_>) = told.partition(|(kind, _)| kind.is_change());
    let only = |list: Vec<(DateKind, Candidate)>| list.into_iter().map(|(_, c)| c).collect();
    (only(told), only(changed))
}

/// The days that a stamp allows in the outlet's own zone, where that is known.
fn local_day(stamp: &str, zone: Option<&TimeZone>, clues: &Clues) -> Option<(Date, Date)> {
    if let (Ok(moment), Some(zone)) = (stamp.parse::<Timestamp>(), zone) {
        let day = moment.to_zoned(zone.clone()).date();
        return Some((day, day));
    }
    let (first, last) = given::days(stamp)?;
    if first == last && given::is_late_in_utc(stamp) {
        let day = readers_day(first, clues)?;
        return Some((day, day));
    }
    Some((first, last))
}

fn candidate(kind: DateKind, found: &Found, (first, last): (Date, Date)) -> Candidate {
    let (method, rule) = match kind {
        DateKind::JsonLd => (PublishedMethod::JsonLd, "json_ld/datePublished"),
        DateKind::JsonLdModified => (PublishedMethod::JsonLd, "json_ld/dateModified"),
        DateKind::Meta => (PublishedMethod::Meta, "meta/published"),
        DateKind::MetaModified => (PublishedMethod::Meta, "meta/modified"),
        DateKind::Time => (PublishedMethod::Meta, "time/datetime"),
    };
    Candidate::new(first, last, method, vec![Evidence::new(outside(found), rule)])
}

/// The day east of UTC, unless the text calls the written one today.
fn readers_day(written: Date, clues: &Clues) -> Option<Date> {
    match clues.weekday() {
        Some(weekday) if weekday == written.weekday() => Some(written),
        _ => written.checked_add(1.day()).ok(),
    }
}
