//! Which dates do documents give one another?
//!
//! One page says «on Tuesday» under no date at all, another prints the same attack under a full date. What the second
//! says dates the first, and bounds when the first was published: nothing is reported before it happens, and news is
//! at most [`NEWS_DAYS`] old. These are conclusions, not readings: they stand beside the claims, name the documents
//! on whose word they rest, and never replace what a document says of itself. Where that contradicts them, there are
//! none.

use crate::agree::bounds;
use crate::levels::NEWS_DAYS;
use crate::merge::Telling;
use crate::when::{When, date_of, days};
use jiff::civil::Date;
use marsad_model::{DatePrecision, Role};

/// A date that one document owes to others of the same incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivedDate {
    pub document: String,
    pub of: Dated,
    /// Both inclusive; an end that nothing bounds is `None`.
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    /// The documents whose dates it follows from, sorted.
    pub basis: Vec<String>,
}

/// What of a document is dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dated {
    /// The incident, of which it tells no day.
    Incident,
    /// Its publication.
    Publication,
}

/// For each telling (sorted by document) what the others add.
pub(crate) fn derived_dates(tellings: &[Telling]) -> Vec<DerivedDate> {
    let of = |telling: &Telling| {
        let told = Told::by_others(telling, tellings)?;
        Some([incident(telling, &told), publication(telling, &told)])
    };
    tellings.iter().filter_map(of).flatten().flatten().collect()
}

/// First and last day, as days since 1970.
type Days = (i32, i32);

/// When the incident was, on the word of other documents.
struct Told {
    days: Days,
    basis: Vec<String>,
}

impl Told {
    /// The sharpest dates decide: of exact days all that are told, of longer spans what they have in common.
    fn by_others(telling: &Telling, all: &[Telling]) -> Option<Told> {
        let others = all.iter().filter(|t| t.claim.document != telling.claim.document);
        let dated: Vec<&Telling> = others.filter(|t| is_told(t)).collect();
        let (exact, spans): (Vec<&Telling>, Vec<&Telling>) = dated.into_iter().partition(|t| exact_day(t).is_some());
        let (used, days) = match &exact[..] {
            [] => (&spans, spans.iter().map(|t| bounds(&t.claim.incident.date)).reduce(common)?),
            _ => (&exact, exact.iter().map(|t| bounds(&t.claim.incident.date)).reduce(hull)?),
        };
        let mut basis: Vec<String> = used.iter().map(|t| t.claim.document.clone()).collect();
        basis.dedup();
        Some(Told { days, basis })
    }
}

fn is_told(telling: &Telling) -> bool {
    let date = &telling.claim.incident.date;
    date.precision != DatePrecision::Unknown && date.earliest.is_some()
}

fn exact_day(telling: &Telling) -> Option<Date> {
    telling.claim.incident.date.exact_day()
}

fn hull(a: Days, b: Days) -> Days {
    (a.0.min(b.0), a.1.max(b.1))
}

/// The days of both; of two spans that have none in common, all days of both.
fn common(a: Days, b: Days) -> Days {
    let both = (a.0.max(b.0), a.1.min(b.1));
    if both.0 <= both.1 { both } else { hull(a, b) }
}

fn incident(telling: &Telling, told: &Told) -> Option<DerivedDate> {
    let own = bounds(&telling.claim.incident.date);
    let is_open = exact_day(telling).is_none() && (own.0 < told.days.0 || own.1 > told.days.1);
    is_open.then(|| derived(telling, Dated::Incident, told.days, told))
}

fn publication(telling: &Telling, told: &Told) -> Option<DerivedDate> {
    let claim = telling.claim;
    let own =
        (claim.published_earliest.map_or(When::OPEN_START, days), claim.published_latest.map_or(When::OPEN_END, days));
    let is_news = claim.incident.role == Role::Main;
    let reported_by = if is_news { told.days.1 + NEWS_DAYS } else { When::OPEN_END };
    let both = (own.0.max(told.days.0), own.1.min(reported_by));
    (both.0 <= both.1 && both != own).then(|| derived(telling, Dated::Publication, both, told))
}

fn derived(telling: &Telling, of: Dated, (first, last): Days, told: &Told) -> DerivedDate {
    DerivedDate {
        document: telling.claim.document.clone(),
        of,
        earliest: date_of(first),
        latest: date_of(last),
        basis: told.basis.clone(),
    }
}
