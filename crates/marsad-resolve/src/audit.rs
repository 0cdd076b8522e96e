//! Do the incidents that we know bear out a cumulative claim?
//!
//! "About 50 attacks since January" is compared with the incidents between its days, of its types, in its country.
//! Knowing fewer is no contradiction (no record is complete); knowing more is one, unless the tally counts only some
//! target that this version cannot test. "An attack in the country on Monday" beside rockets on a base on Monday adds
//! nothing to a count: it may be the same. What it does not do: sums of casualties, habitual phrases, targets; counts
//! beside one another are in `series.rs`.

use crate::levels::NEWS_DAYS;
use crate::resolve::Resolved;
use crate::when::days;
use jiff::civil::Date;
use marsad_model::{EventType, Incident, Reading, Role, Tally, TallyKind};
use std::sync::Arc;

/// Checks each tally, sorted by document and index.
///
/// ```
/// use jiff::civil::date;
/// use marsad_model::{DateValue, EventType, Quantity, Tally, TallyKind};
/// use marsad_resolve::{Claim, TallyClaim, Verdict, audit, resolve};
///
/// let on = |document: &str, day| {
///     let mut claim = Claim::coded(document, "i1", EventType::RocketAttack, "example");
///     claim.incident.date = DateValue::day(date(2021, 5, day), "coded", vec![]);
///     claim
/// };
/// let third_in_three_days = Tally {
///     kind: TallyKind::OrdinalInWindow,
///     count: Quantity::exactly(3, vec![]),
///     from: Some(date(2021, 5, 2)),
///     to: Some(date(2021, 5, 4)),
///     types: vec![EventType::RocketAttack],
///     target: None,
///     said_by: None,
///     killed: Quantity::unknown(),
///     wounded: Quantity::unknown(),
///     evidence: vec![],
/// };
/// let tally = TallyClaim { document: "c".into(), index: 0, country: None, tally: third_in_three_days };
///
/// let all = resolve(&[on("a", 2), on("b", 3), on("c", 4)]);
/// assert_eq!(audit(&[tally.clone()], &all)[0].verdict, Verdict::Confirmed);
/// let two = audit(&[tally], &all[1..]).remove(0);
/// assert_eq!((two.verdict, two.missing), (Verdict::UnderCovered, Some(1)));
/// ```
pub fn audit(tallies: &[TallyClaim], incidents: &[Resolved]) -> Vec<Audit> {
    let mut audits: Vec<Audit> = tallies.iter().map(|t| audit_one(t, incidents)).collect();
    audits.sort_by(|a, b| (&a.document, a.index).cmp(&(&b.document, b.index)));
    audits
}

/// One cumulative claim of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyClaim {
    pub document: String,
    /// Position among the tallies of the document.
    pub index: usize,
    /// ISO code of the country that the tally is about; `None` for any.
    pub country: Option<Arc<str>>,
    pub tally: Tally,
}

impl TallyClaim {
    /// All tallies of one reading. The country is that of the document's own news when it has only one, else that of
    /// all its incidents.
    pub fn from_reading(reading: &Reading) -> Vec<TallyClaim> {
        let news = reading.incidents.iter().filter(|i| i.role == Role::Main);
        let country = only_country(news).or_else(|| only_country(&reading.incidents));
        let claim = |(index, tally): (usize, &Tally)| TallyClaim {
            document: reading.document.id.clone(),
            index,
            country: country.clone(),
            tally: tally.clone(),
        };
        reading.tallies.iter().enumerate().map(claim).collect()
    }
}

/// What the record says to a tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Confirmed,
    UnderCovered,
    Contradicted,
    NotCheckable,
}

impl Verdict {
    /// The ASCII name that `audit --json` prints.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::UnderCovered => "under_covered",
            Verdict::Contradicted => "contradicted",
            Verdict::NotCheckable => "not_checkable",
        }
    }
}

/// A tally beside the incidents that it may count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    pub document: String,
    pub index: usize,
    /// Lowest and highest number that the tally allows.
    pub claimed: (Option<u32>, Option<u32>),
    /// Incidents that surely fall under the tally.
    pub counted: u32,
    /// Incidents that may: a date or type too vague to tell, or a day before a window counted in hours.
    pub possible: u32,
    pub verdict: Verdict,
    /// Keys of all counted and possible incidents, in order.
    pub members: Vec<String>,
    /// Keys of incidents told so vaguely that each may be one of the members: not counted.
    pub echoes: Vec<String>,
    /// How many incidents the record lacks; `None` when the tally cannot be checked.
    pub missing: Option<u32>,
}

fn audit_one(claim: &TallyClaim, incidents: &[Resolved]) -> Audit {
    let claimed = claimed(&claim.tally);
    let current = current(claim, incidents);
    let claim = &anchored(claim, current);
    let widest = count(claim, incidents);
    let is_too_many = claimed.1.is_some_and(|high| widest.counted > high);
    let kind = current.filter(|_| is_too_many && claim.tally.types.is_empty()).map(|i| i.merged.event_type());
    let count = match kind.filter(|event| !event.is_vague()) {
        Some(event) => count(&of_family(claim, event), incidents),
        None => widest,
    };
    let verdict = verdict(&claim.tally, claimed, count.counted, count.possible);
    let lacking = claimed.0.map(|low| low.saturating_sub(count.counted + count.possible));
    Audit {
        document: claim.document.clone(),
        index: claim.index,
        claimed,
        counted: count.counted,
        possible: count.possible,
        verdict,
        members: count.members,
        echoes: count.echoes,
        missing: lacking.filter(|_| verdict != Verdict::NotCheckable),
    }
}

struct Count {
    counted: u32,
    possible: u32,
    members: Vec<String>,
    echoes: Vec<String>,
}

fn count(claim: &TallyClaim, incidents: &[Resolved]) -> Count {
    let fits: Vec<(&Resolved, Fit)> = incidents.iter().filter_map(|i| Some((i, fit(claim, &i.merged)?))).collect();
    let is_echo = |(i, _): &&(&Resolved, Fit)| fits.iter().any(|(other, _)| may_be(&i.merged, &other.merged));
    let (echoes, members): (Vec<&(&Resolved, Fit)>, Vec<_>) = fits.iter().partition(is_echo);
    let counted = members.iter().filter(|(_, fit)| *fit == Fit::Sure).count() as u32;
    let possible = members.len() as u32 - counted;
    let keys = |all: Vec<&(&Resolved, Fit)>| all.into_iter().map(|(i, _)| i.key.clone()).collect();
    Count { counted, possible, members: keys(members), echoes: keys(echoes) }
}

/// An attack of which only the day is told, with at most a country or with the place around another's: it may be that
/// other one, told again.
fn may_be(vague: &Incident, sharp: &Incident) -> bool {
    let wider = match (&vague.place, &sharp.place) {
        (None, Some(_)) => true,
        (Some(wide), Some(place)) => {
            let around = place.chain.iter().skip(1).any(|link| link.id.is_some() && link.id == wide.id);
            around && (vague.event_type().is_vague() || wide.chain.len() == 1)
        }
        _ => false,
    };
    let one_day = vague.date.exact_day().is_some_and(|day| sharp.date.exact_day() == Some(day));
    let tolls = |a: &Incident, b: &Incident| {
        a.casualties.killed.compatible(&b.casualties.killed) && a.casualties.wounded.compatible(&b.casualties.wounded)
    };
    wider && one_day && vague.event_type().agrees(sharp.event_type()) && tolls(vague, sharp)
}

/// The attack that "the third" is: the latest news of the document, on whatever document's word it is dated.
pub(crate) fn current<'a>(claim: &TallyClaim, incidents: &'a [Resolved]) -> Option<&'a Resolved> {
    let is_ordinal = claim.tally.kind == TallyKind::OrdinalInWindow;
    let is_told = |i: &&Resolved| i.merged.role == Role::Main && i.members.iter().any(|m| m.document == claim.document);
    let day = |i: &Resolved| i.merged.date.exact_day().filter(|day| claim.tally.to.is_none_or(|to| *day <= to));
    let dated = incidents.iter().filter(|_| is_ordinal).filter(is_told).filter_map(|i| Some((day(i)?, i)));
    let first_of_latest =
        |a: &(Date, &Resolved), b: &(Date, &Resolved)| a.0.cmp(&b.0).then_with(|| b.1.key.cmp(&a.1.key));
    dated.max_by(first_of_latest).map(|(_, incident)| incident)
}

/// "The third within a week" ends with the third, not with the report of it.
pub(crate) fn anchored(claim: &TallyClaim, current: Option<&Resolved>) -> TallyClaim {
    let moved = || {
        let (day, from, to) = (current?.merged.date.exact_day()?, claim.tally.from?, claim.tally.to?);
        Some((day.checked_sub(to - from).ok()?, day))
    };
    let (from, to) = moved().map_or((claim.tally.from, claim.tally.to), |(from, to)| (Some(from), Some(to)));
    TallyClaim { tally: Tally { from, to, ..claim.tally.clone() }, ..claim.clone() }
}

/// A tally that names no kind of attack and would be too low for all kinds may count those like the one it stands with.
fn of_family(claim: &TallyClaim, event: EventType) -> TallyClaim {
    let family = EventType::ALL.iter().copied().filter(|t| t.family() == event.family());
    TallyClaim { tally: Tally { types: family.collect(), ..claim.tally.clone() }, ..claim.clone() }
}

fn verdict(tally: &Tally, claimed: (Option<u32>, Option<u32>), counted: u32, possible: u32) -> Verdict {
    let has_window = tally.from.is_some();
    let is_count = !matches!(tally.kind, TallyKind::HabitualUncounted | TallyKind::TollReport);
    let (low, high) = claimed;
    if !has_window || !is_count || (low, high) == (None, None) {
        Verdict::NotCheckable
    } else if high.is_some_and(|high| counted > high) {
        if tally.target.is_none() { Verdict::Contradicted } else { Verdict::NotCheckable }
    } else if low.is_some_and(|low| counted + possible < low) {
        Verdict::UnderCovered
    } else {
        Verdict::Confirmed
    }
}

/// A lull claims that nothing happened.
pub(crate) fn claimed(tally: &Tally) -> (Option<u32>, Option<u32>) {
    match tally.kind {
        TallyKind::Lull => (Some(0), Some(0)),
        _ if tally.count.is_counted() => tally.count.range(),
        _ => (None, None),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Sure,
    Possible,
}

/// `None` when the tally cannot count the incident.
fn fit(claim: &TallyClaim, incident: &Incident) -> Option<Fit> {
    let parts = [fit_country(claim, incident)?, fit_type(&claim.tally, incident)?, fit_date(&claim.tally, incident)?];
    Some(if parts.contains(&Fit::Possible) { Fit::Possible } else { Fit::Sure })
}

fn fit_country(claim: &TallyClaim, incident: &Incident) -> Option<Fit> {
    let Some(country) = &claim.country else { return Some(Fit::Sure) };
    match incident.place.as_ref().map(|p| &*p.country).filter(|c| !c.is_empty() && *c != "XX") {
        None => Some(Fit::Possible),
        Some(other) => (other == &**country).then_some(Fit::Sure),
    }
}

fn fit_type(tally: &Tally, incident: &Incident) -> Option<Fit> {
    let event = incident.event_type();
    if tally.types.is_empty() || tally.types.contains(&event) {
        return Some(Fit::Sure);
    }
    event.is_vague().then_some(Fit::Possible)
}

fn fit_date(tally: &Tally, incident: &Incident) -> Option<Fit> {
    let from = days(tally.from?);
    let to = tally.to.map_or(i32::MAX, days);
    let last = incident.date.latest.map(days);
    // News that tells no day is of the week before it was published.
    let news = last.filter(|_| incident.role == Role::Main).map(|last| last - NEWS_DAYS);
    let first = incident.date.earliest.map(days).or(news)?;
    let last = last.unwrap_or(first);
    // "The third in two days" may count hours: from Monday evening to Wednesday.
    let slack = i32::from(tally.kind == TallyKind::OrdinalInWindow);
    if last < from - slack || first > to {
        return None;
    }
    let is_told = incident.date.earliest.is_some();
    Some(if is_told && from <= first && last <= to { Fit::Sure } else { Fit::Possible })
}

fn only_country<'a>(incidents: impl IntoIterator<Item = &'a Incident>) -> Option<Arc<str>> {
    let places = incidents.into_iter().filter_map(|i| i.place.as_ref());
    let mut countries: Vec<&Arc<str>> = places.map(|p| &p.country).filter(|c| !c.is_empty()).collect();
    countries.sort();
    countries.dedup();
    if let [only] = countries[..] { Some(only.clone()) } else { None }
}
