//! When was this published, and what speaks against the dates on the page?
//!
//! Candidates are tried in order of trust: the date given with the input, what
//! the head of a page says, the date line, the address. Each must agree with what the text says of its
//! own day: "today, Tuesday", who is in office, which years have passed. A
//! crawl date fails this and is kept with its reason. When none survives, the
//! same clues give bounds; no clock is asked.

mod clues;
mod head;
mod hijri;
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
use marsad_model::{Evidence, Published, PublishedMethod, RejectedDate, weekday_name};

/// The publication date, the date line that it was read from, and the weekday of writing where that is the day before or after it.
pub(crate) struct Dated {
    pub published: Published,
    pub line: Option<usize>,
    pub one_day_off: Option<OneDayOff>,
}

/// The text calls another day its own than the page does: the edition of a printed paper that is put online the evening before, a page
/// changed after midnight, a stamp in another time zone. The date stays as it was shown.
pub(crate) struct OneDayOff {
    pub written: Date,
    pub evidence: Vec<Evidence>,
}

/// A date that may be the publication date.
#[derive(Clone)]
struct Candidate {
    earliest: Date,
    latest: Date,
    method: PublishedMethod,
    evidence: Vec<Evidence>,
    line: Option<usize>,
    /// Shown beside the article, below its headline.
    beside: bool,
    /// A day of change: the article is older.
    changed: bool,
    /// Why only a weekday in the text makes it believable.
    doubt: Option<Doubt>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// Shown in the head of the page, where the day of the visit stands.
    Top,
    /// Figures read as month and day, which most pages write the other way round.
    Order,
}

impl Candidate {
    fn allows(&self, day: Date) -> bool {
        self.earliest <= day && day <= self.latest
    }

    fn new(earliest: Date, latest: Date, method: PublishedMethod, evidence: Vec<Evidence>) -> Candidate {
        Candidate { earliest, latest, method, evidence, line: None, beside: false, changed: false, doubt: None }
    }
}

/// Reads the publication date of a page.
pub(crate) fn published(phrases: &Phrases, a: &Annotation, page: &Page, raw: &RawArticle) -> Dated {
    let clues = Clues::read(phrases, a, page);
    let fetched = raw.retrieval.fetched.as_deref().and_then(given::days).map(|(_, last)| last);
    let mut rejected: Vec<RejectedDate> = vec![];
    let mut accepted: Option<Candidate> = None;
    let mut outranked: Vec<Candidate> = vec![];
    for candidate in candidates(phrases, a, page, raw, &clues) {
        match verdict::against(&clues, &candidate, fetched) {
            Some(_) if candidate.doubt == Some(Doubt::Order) => {}
            Some(reason) if !rejected.iter().any(|r| r.date == candidate.earliest) => rejected.push(reason),
            Some(_) => {}
            None if accepted.as_ref().is_none_or(|known| sharper(known, &candidate)) => accepted = Some(candidate),
            None => outranked.push(candidate),
        }
    }
    let worded = accepted.as_ref().and_then(|known| worded_day(known, &outranked, &clues));
    if let Some((best, beaten)) = worded {
        rejected.push(beaten);
        accepted = Some(best);
    }
    let shown =
        accepted.as_ref().filter(|known| !clues.names(known.earliest)).and_then(|known| local_day(known, &outranked));
    let accepted = shown.or(accepted);
    let known_best = accepted.as_ref().filter(|_| raw.page.is_some());
    rejected.extend(known_best.map(|best| contradicting(best, &outranked)).unwrap_or_default());
    let line = accepted.as_ref().and_then(|c| c.line).or_else(|| agreeing_line(page, accepted.as_ref()));
    let named = || today::today(a, page, &clues, phrases.res.horizon).map(by_own_words);
    let mut published = match accepted {
        // A month is narrowed by the day that the text names in it.
        Some(c) if c.earliest < c.latest => {
            named().filter(|p| p.day().is_some_and(|d| c.allows(d))).unwrap_or(known(c))
        }
        Some(c) => {
            // An address has no words; those that name its day stand for it.
            let words = named().filter(|p| c.evidence.is_empty() && p.day() == Some(c.earliest));
            Published { evidence: words.map(|p| p.evidence).unwrap_or(c.evidence.clone()), ..known(c) }
        }
        None => named().unwrap_or_else(|| inferred(phrases, &clues)),
    };
    if published.day().is_none() {
        published.latest = [published.latest, fetched].into_iter().flatten().min();
    }
    published.rejected = rejected;
    let one_day_off = published.day().and_then(|day| one_day_off(&clues, day));
    Dated { published, line, one_day_off }
}

/// Two witnesses tell days next to each other, and the text counts its own from the one that is trusted less: «أمس الثلاثاء» on a page of
/// Tuesday evening that carries the Wednesday of its edition. A day of change says nothing of writing, and what is given with the input stays.
fn worded_day(known: &Candidate, others: &[Candidate], clues: &Clues) -> Option<(Candidate, RejectedDate)> {
    let one_day = known.earliest == known.latest && known.method != PublishedMethod::Given;
    if !one_day || clues.names(known.earliest) {
        return None;
    }
    let next_to = |c: &&Candidate| c.earliest == c.latest && (c.earliest - known.earliest).get_days().abs() == 1;
    let best = others.iter().filter(next_to).find(|c| !c.changed && c.doubt.is_none() && clues.names(c.earliest))?;
    let weekday = weekday_name(best.earliest.weekday());
    let reason = format!(
        "outranked: {} tells {}, a {weekday} like the day of the text",
        method_name(best.method),
        best.earliest
    );
    let evidence = known.evidence.iter().cloned().chain(clues.day_named()).collect();
    Some((best.clone(), RejectedDate { date: known.earliest, reason, evidence }))
}

fn one_day_off(clues: &Clues, day: Date) -> Option<OneDayOff> {
    let next_to = [day.tomorrow().ok()?, day.yesterday().ok()?];
    let written = next_to.into_iter().find(|d| clues.names(*d))?;
    Some(OneDayOff { written, evidence: clues.day_named().collect() })
}

/// Stamps of machines may stand in another time zone: the day that the article
/// itself shows, one day off, is its readers' day.
fn local_day(known: &Candidate, others: &[Candidate]) -> Option<Candidate> {
    let stamped = matches!(known.method, PublishedMethod::JsonLd | PublishedMethod::Meta);
    let shown = |c: &&Candidate| {
        c.method == PublishedMethod::DateLine && c.beside && (c.earliest - known.earliest).get_days().abs() == 1
    };
    others.iter().filter(|_| stamped).find(shown).cloned()
}

/// Dates that nothing in the text speaks against, but that a better witness contradicts.
fn contradicting(known: &Candidate, others: &[Candidate]) -> Vec<RejectedDate> {
    let far = |c: &&Candidate| (c.earliest - known.latest).get_days() > 1 || (known.earliest - c.latest).get_days() > 1;
    let mut out: Vec<RejectedDate> = vec![];
    for other in others.iter().filter(far) {
        let reason =
            format!("outranked: {} tells {}, which is trusted more", method_name(known.method), known.earliest);
        if !out.iter().any(|r| r.date == other.earliest) {
            out.push(RejectedDate { date: other.earliest, reason, evidence: other.evidence.clone() });
        }
    }
    out
}

fn method_name(method: PublishedMethod) -> &'static str {
    match method {
        PublishedMethod::None => "nothing",
        PublishedMethod::Given => "the input",
        PublishedMethod::JsonLd => "the page's JSON-LD",
        PublishedMethod::Meta => "the head of the page",
        PublishedMethod::Url => "the address",
        PublishedMethod::DateLine => "the date line",
        PublishedMethod::Inferred => "the text",
    }
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
        beside: false,
        changed: false,
        doubt: None,
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
/// below its headline, comes first; a crawl date stands at the top. A date of
/// change comes last: the article is older.
fn candidates(phrases: &Phrases, a: &Annotation, page: &Page, raw: &RawArticle, clues: &Clues) -> Vec<Candidate> {
    let (told, mut changed) = head::dates(phrases, raw, clues);
    let headline = page.roles.iter().position(|r| *r == marsad_model::SegmentRole::Headline);
    let (below, above): (Vec<_>, Vec<_>) = page.dates.iter().partition(|(i, _)| headline.is_some_and(|h| *i > h));
    let on_line = |(line, time): &(usize, &TimeMention)| on_page(a, time, Some(*line));
    let updated = |(_, time): &&(usize, &TimeMention)| raw.page.is_some() && is_update(phrases, a, time);
    let (later, below): (Vec<_>, Vec<_>) = below.into_iter().partition(updated);
    changed.extend(later.into_iter().filter_map(on_line));
    let changed = changed.into_iter().map(|c| Candidate { changed: true, ..c }).collect();
    let shown = |line: &(usize, &TimeMention)| [on_line(line), turned(a, line.1, on_line(line))];
    let below = below.into_iter().flat_map(shown).flatten().map(|c| Candidate { beside: true, ..c }).collect();
    let at_top = |c: Candidate| Candidate { doubt: c.line.filter(|i| page.is_top(*i)).map(|_| Doubt::Top), ..c };
    let above = above.into_iter().filter_map(on_line).map(at_top).collect();
    let in_line = |t: &&TimeMention| clues::is_labelled(phrases, a, t) || clues::opens_dateline(a, t);
    let labelled = a.times.iter().filter(in_line).filter(|t| !on_date_line(page, a, t));
    let labelled = labelled.filter_map(|t| on_page(a, t, None)).collect();
    let islamic = page.lines.iter().enumerate().filter(|(i, _)| page.may_date(*i));
    let islamic =
        islamic.filter_map(|(i, line)| Some(Candidate { line: Some(i), ..hijri::on_line(phrases.res, a, line)? }));
    let islamic = islamic.map(at_top).collect();
    // A text without its page has lost what stood around its date lines: there the address says more.
    let order: [Vec<Candidate>; 8] = match raw.page {
        Some(_) => [given(raw), told, below, islamic, in_address(phrases, raw), above, labelled, changed],
        None => [given(raw), in_address(phrases, raw), below, above, labelled, islamic, vec![], vec![]],
    };
    order.into_iter().flatten().collect()
}

/// The date given beside the text.
fn given(raw: &RawArticle) -> Vec<Candidate> {
    let of = |(first, last)| Candidate::new(first, last, PublishedMethod::Given, vec![]);
    raw.published.map(of).into_iter().collect()
}

fn in_address(phrases: &Phrases, raw: &RawArticle) -> Vec<Candidate> {
    let url = raw.address().or(Some(raw.source.as_str()).filter(|s| s.contains("://")));
    let of = |(first, last)| Candidate::new(first, last, PublishedMethod::Url, vec![]);
    url.and_then(|url| given::in_url(url, phrases.res.horizon)).map(of).into_iter().collect()
}

fn on_page(a: &Annotation, time: &TimeMention, line: Option<usize>) -> Option<Candidate> {
    let day = full_date(time)?;
    let evidence = vec![Evidence::new(a.span(time.first, time.end), "date_line")];
    Some(Candidate { line, ..Candidate::new(day, day, PublishedMethod::DateLine, evidence) })
}

/// «3/5/2015» as the fifth of March.
fn turned(a: &Annotation, time: &TimeMention, read: Option<Candidate>) -> Option<Candidate> {
    let known = read.filter(|_| !(time.first..time.end).any(|i| a.tokens.is_word(i)))?;
    let day = Date::new(known.earliest.year(), known.earliest.day(), known.earliest.month()).ok()?;
    (day != known.earliest).then_some(Candidate { earliest: day, latest: day, doubt: Some(Doubt::Order), ..known })
}

/// «آخر تحديث: …»: when the page was changed.
fn is_update(phrases: &Phrases, a: &Annotation, time: &TimeMention) -> bool {
    let words: Vec<&str> =
        (time.first.saturating_sub(5)..time.first).map(|i| a.tokens.text(i)).filter(|w| !w.trim().is_empty()).collect();
    let before = words.into_iter().filter(|w| w.chars().any(char::is_alphabetic)).collect::<Vec<_>>().join(" ");
    phrases.list("update_label").iter().any(|label| before.ends_with(label.as_str()))
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
    if weekday.is_some() {
        evidence.extend(clues.day_named());
    }
    Published {
        earliest: bounds.earliest,
        latest: bounds.latest,
        weekday,
        method: PublishedMethod::Inferred,
        evidence,
        rejected: vec![],
    }
}
