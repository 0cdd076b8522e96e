//! When was this published, and what speaks against the dates on the page?
//!
//! Candidates are tried in order of trust: the date given with the input, the
//! date in the URL, date lines. Each must agree with what the text says of its
//! own day: "today, Tuesday", who is in office, which years have passed. A
//! crawl date fails this and is kept with its reason. When none survives, the
//! same clues give bounds; no clock is asked.

mod clues;
mod offices;
mod today;
mod verdict;

use crate::article::RawArticle;
use crate::furniture::full_date;
use crate::given;
use crate::phrases::Phrases;
use crate::roles::Page;
use clues::Clues;
use jiff::civil::Date;
use marsad_lang::{Annotation, TimeMention};
use marsad_model::{Evidence, Published, PublishedMethod, RejectedDate};

/// The publication date, and the date line that it was read from.
pub(crate) struct Dated {
    pub published: Published,
    pub line: Option<usize>,
}

/// A date that may be the publication date.
struct Candidate {
    earliest: Date,
    latest: Date,
    method: PublishedMethod,
    evidence: Vec<Evidence>,
    line: Option<usize>,
}

/// Reads the publication date of a page.
pub(crate) fn published(phrases: &Phrases, a: &Annotation, page: &Page, raw: &RawArticle) -> Dated {
    let clues = Clues::read(phrases, a, page);
    let mut rejected: Vec<RejectedDate> = vec![];
    let mut accepted: Option<Candidate> = None;
    for candidate in candidates(phrases, a, page, raw) {
        match verdict::against(&clues, &candidate) {
            Some(reason) if !rejected.iter().any(|r| r.date == candidate.earliest) => rejected.push(reason),
            Some(_) => {}
            None if accepted.as_ref().is_none_or(|known| sharper(known, &candidate)) => accepted = Some(candidate),
            None => {}
        }
    }
    let line = accepted.as_ref().and_then(|c| c.line).or_else(|| agreeing_line(page, accepted.as_ref()));
    let named = || today::today(a, page, &clues, phrases.res.horizon).map(by_own_words);
    let mut published = match accepted {
        Some(candidate) => known(candidate),
        None => named().unwrap_or_else(|| inferred(phrases, &clues)),
    };
    published.rejected = rejected;
    Dated { published, line }
}

/// A day inside a month or year that was given.
fn sharper(known: &Candidate, other: &Candidate) -> bool {
    known.earliest < known.latest && known.earliest <= other.earliest && other.latest <= known.latest
}

fn known(c: Candidate) -> Published {
    Published {
        earliest: Some(c.earliest),
        latest: Some(c.latest),
        weekday: (c.earliest == c.latest).then(|| c.earliest.weekday()),
        method: c.method,
        evidence: c.evidence,
        rejected: vec![],
    }
}

/// The day that the text itself calls today.
fn by_own_words(today: today::Today) -> Published {
    known(Candidate {
        earliest: today.date,
        latest: today.date,
        method: PublishedMethod::Inferred,
        evidence: today.evidence,
        line: None,
    })
}

/// The date line that says what was known from elsewhere.
fn agreeing_line(page: &Page, accepted: Option<&Candidate>) -> Option<usize> {
    let c = accepted?;
    let near = |d: Date| {
        d.checked_add(jiff::Span::new().days(1)).is_ok_and(|d| d >= c.earliest)
            && c.latest.checked_add(jiff::Span::new().days(1)).is_ok_and(|l| d <= l)
    };
    page.dates.iter().find(|(_, t)| full_date(t).is_some_and(near)).map(|(i, _)| *i)
}

/// In order of trust. Of several date lines the one nearest to the article,
/// below its headline, comes first; a crawl date stands at the top.
fn candidates(phrases: &Phrases, a: &Annotation, page: &Page, raw: &RawArticle) -> Vec<Candidate> {
    let mut out = vec![];
    if let Some((earliest, latest)) = raw.published {
        out.push(Candidate { earliest, latest, method: PublishedMethod::Given, evidence: vec![], line: None });
    }
    let url = raw.url.as_deref().or(Some(raw.source.as_str()).filter(|s| s.contains("://")));
    if let Some(day) = url.and_then(given::in_url) {
        out.push(Candidate { earliest: day, latest: day, method: PublishedMethod::Url, evidence: vec![], line: None });
    }
    let headline = page.roles.iter().position(|r| *r == marsad_model::SegmentRole::Headline);
    let (below, above): (Vec<_>, Vec<_>) = page.dates.iter().partition(|(i, _)| headline.is_some_and(|h| *i > h));
    for &(line, time) in below.into_iter().chain(above) {
        out.extend(on_page(a, time, Some(line)));
    }
    let in_line = |t: &TimeMention| clues::is_labelled(phrases, a, t) || clues::opens_dateline(a, t);
    let labelled = a.times.iter().filter(|t| in_line(t) && !on_date_line(page, a, t));
    out.extend(labelled.filter_map(|t| on_page(a, t, None)));
    out
}

fn on_page(a: &Annotation, time: &TimeMention, line: Option<usize>) -> Option<Candidate> {
    let day = full_date(time)?;
    let evidence = vec![Evidence::new(a.span(time.first, time.end), "date_line")];
    Some(Candidate { earliest: day, latest: day, method: PublishedMethod::DateLine, evidence, line })
}

fn on_date_line(page: &Page, a: &Annotation, time: &TimeMention) -> bool {
    let span = a.span(time.first, time.end);
    page.dates.iter().any(|(i, _)| page.lines[*i].span.contains(span))
}

/// Bounds from offices and past dates, and the weekday that the text names.
fn inferred(phrases: &Phrases, clues: &Clues) -> Published {
    let bounds = clues.bounds(phrases.res.horizon);
    let weekday = clues.weekday();
    if bounds.earliest.is_none() && bounds.latest.is_none() && weekday.is_none() {
        return Published::default();
    }
    let mut evidence = bounds.evidence;
    // Two places that name the weekday show it as well as twenty.
    let named = clues.weekdays.iter().filter(|w| Some(w.weekday) == weekday).take(2);
    evidence.extend(named.map(|w| w.evidence.clone()));
    Published {
        earliest: bounds.earliest,
        latest: bounds.latest,
        weekday,
        method: PublishedMethod::Inferred,
        evidence,
        rejected: vec![],
    }
}
