//! What does the text itself say about the day on which it was written?
//!
//! Only news text counts: chrome and "read also" speak of other days.

use super::offices::{Tenure, tenures};
use crate::furniture::{full_date, tokens_of};
use crate::phrases::Phrases;
use crate::roles::Page;
use jiff::civil::{Date, Weekday};
use marsad_lang::time::Direction;
use marsad_lang::{Annotation, Class, TimeExpr, TimeMention};
use marsad_model::{Evidence, SegmentRole};
use std::ops::Range;

/// What was found.
pub(super) struct Clues {
    /// The weekday of writing, from «اليوم الثلاثاء» and, as the day after it, «أمس الاثنين».
    pub weekdays: Vec<WeekdayClue>,
    /// Dates without a year that name their weekday.
    pub dated_weekdays: Vec<DatedWeekday>,
    pub tenures: Vec<Tenure>,
    /// Years and dates in the lede: the report is about that time.
    pub lede_dates: Vec<(Date, Date, Evidence)>,
    /// The text was written on or after these days.
    pub past: Vec<(Date, Evidence)>,
}

pub(super) struct WeekdayClue {
    pub weekday: Weekday,
    pub evidence: Evidence,
}

pub(super) struct DatedWeekday {
    pub month: i8,
    pub day: i8,
    pub weekday: Weekday,
    pub evidence: Evidence,
}

/// First and last possible day with what bounds them.
pub(super) struct Bounds {
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    pub evidence: Vec<Evidence>,
}

impl Clues {
    pub fn read(phrases: &Phrases, a: &Annotation, page: &Page) -> Clues {
        let news: Vec<Range<usize>> = page
            .lines
            .iter()
            .zip(&page.roles)
            .filter(|(_, role)| role.tells_news())
            .map(|(line, _)| tokens_of(a, line))
            .collect();
        let is_paragraph = |r: &SegmentRole| matches!(r, SegmentRole::Body | SegmentRole::SingleLineArticle);
        let lede = page.roles.iter().position(is_paragraph).map_or(0..0, |i| tokens_of(a, &page.lines[i]));
        let reader = Reader { phrases, a, news, lede };
        Clues {
            weekdays: reader.weekdays(),
            dated_weekdays: reader.dated_weekdays(),
            tenures: tenures(phrases, a, &reader.news),
            lede_dates: reader.lede_dates(),
            past: reader.past(),
        }
    }

    /// The weekday of writing, when the text does not contradict itself.
    pub fn weekday(&self) -> Option<Weekday> {
        let first = self.weekdays.first()?.weekday;
        self.weekdays.iter().all(|w| w.weekday == first).then_some(first)
    }

    /// The day has the weekday of writing.
    pub fn names(&self, day: Date) -> bool {
        self.weekday() == Some(day.weekday())
    }

    /// Where the text names its weekday: two places show it as well as twenty.
    pub fn day_named(&self) -> impl Iterator<Item = Evidence> {
        self.weekdays.iter().take(2).map(|w| w.evidence.clone())
    }

    /// Terms of office intersected, then past dates, then the horizon.
    pub fn bounds(&self, horizon: Date) -> Bounds {
        let mut span = (Date::MIN, horizon);
        let mut evidence = vec![];
        for tenure in &self.tenures {
            if let Some(narrower) = tenure.narrow(span, horizon) {
                if narrower != span {
                    evidence.push(tenure.evidence.clone());
                }
                span = narrower;
            }
        }
        let past = self.past.iter().filter(|(d, _)| *d > span.0 && *d < span.1).max_by_key(|(d, _)| *d);
        if let Some((date, seen)) = past {
            span.0 = *date;
            evidence.push(seen.clone());
        }
        let bounded = !evidence.is_empty() && span.0 < span.1;
        Bounds {
            earliest: (bounded && span.0 > Date::MIN).then_some(span.0),
            // The horizon is what the data know, not what the text says.
            latest: (bounded && span.1 < horizon).then_some(span.1),
            evidence: if bounded { evidence } else { vec![] },
        }
    }
}

/// «تاريخ النشر: 5 مايو 2021» inside a line: the date behind a date label.
pub(super) fn is_labelled(phrases: &Phrases, a: &Annotation, time: &TimeMention) -> bool {
    if full_date(time).is_none() {
        return false;
    }
    let mut at = time.first;
    while at > 0 && [":", "|", "-", "/"].iter().any(|s| a.tokens.is_sign(at - 1, s)) {
        at -= 1;
    }
    let signed = at < time.first;
    let label = |p: &String| {
        let words: Vec<&str> = p.split(' ').collect();
        let ends_here = at >= words.len() && words.iter().rev().zip((0..at).rev()).all(|(w, i)| a.tokens.text(i) == *w);
        ends_here && (signed || words.len() >= 2)
    };
    phrases.list("date_label").iter().any(label)
}

/// «… 2022/01/17 بغداد – أعلن …»: a stamp in figures right before the dateline.
pub(super) fn opens_dateline(a: &Annotation, time: &TimeMention) -> bool {
    let t = &a.tokens;
    let dash = |i: usize| ["\u{2013}", "-", "\u{2014}"].iter().any(|s| t.is_sign(i, s)) && !t.glued(i);
    let in_figures = !(time.first..time.end).any(|i| t.is_word(i));
    full_date(time).is_some() && in_figures && a.at(time.end).any(|m| a.class(m) == Class::Place && dash(m.end))
}

struct Reader<'p, 'r> {
    phrases: &'p Phrases<'r>,
    a: &'p Annotation<'r>,
    /// Tokens of the news lines.
    news: Vec<Range<usize>>,
    /// Tokens of the first paragraph.
    lede: Range<usize>,
}

impl Reader<'_, '_> {
    fn times(&self) -> impl Iterator<Item = &TimeMention> {
        let told = |t: &TimeMention| self.news.iter().any(|n| n.contains(&t.first) && !self.is_stamp(n, t));
        self.a.times.iter().filter(move |t| told(t))
    }

    /// A full date before or behind everything else on a line, set off by a
    /// sign: the page's stamp, run into the text.
    fn is_stamp(&self, line: &Range<usize>, time: &TimeMention) -> bool {
        let t = &self.a.tokens;
        let leads = time.first == line.start && !t.is_word(time.end) && time.end < line.end;
        let trails = time.end == line.end && time.first > line.start && !t.is_word(time.first - 1);
        full_date(time).is_some() && (leads || trails) || opens_dateline(self.a, time)
    }

    fn seen(&self, time: &TimeMention, rule: &str) -> Evidence {
        Evidence::new(self.a.span(time.first, time.end), rule)
    }

    fn is(&self, list: &str, token: usize) -> bool {
        self.phrases.is(list, self.a.tokens.text_or_empty(token))
    }

    /// A word of the list within a few tokens before, on the same line.
    fn shortly_before(&self, list: &str, token: usize, reach: usize) -> bool {
        (token.saturating_sub(reach)..token).rev().take_while(|i| self.a.tokens.is_word(*i)).any(|i| self.is(list, i))
    }

    fn weekdays(&self) -> Vec<WeekdayClue> {
        let named = |t: &TimeMention| {
            Some(WeekdayClue { weekday: t.weekday_of_writing()?, evidence: self.seen(t, "today-weekday") })
        };
        let mut out: Vec<WeekdayClue> = self.times().filter_map(named).collect();
        if out.is_empty() {
            out.extend(self.today_too());
        }
        out
    }

    /// «وفي هجوم آخر اليوم أيضا»: the day of the lede is today.
    fn today_too(&self) -> Option<WeekdayClue> {
        let today = self
            .times()
            .find(|t| matches!(t.expr, TimeExpr::Relative { days: 0, weekday: None }) && self.is("also", t.end))?;
        let mut named = self.a.times.iter().filter(|t| self.lede.contains(&t.first)).filter_map(|t| match t.expr {
            TimeExpr::Weekday { weekday, direction: Direction::None, until: None } => Some(weekday),
            _ => None,
        });
        let weekday = named.next()?;
        named.all(|w| w == weekday).then(|| WeekdayClue { weekday, evidence: self.seen(today, "today-too") })
    }

    fn dated_weekdays(&self) -> Vec<DatedWeekday> {
        let of = |t: &TimeMention| match t.expr {
            TimeExpr::Date {
                year: None,
                month: Some(month),
                day: Some(day),
                weekday: Some(weekday),
                direction: Direction::None,
                ..
            } => Some(DatedWeekday { month, day, weekday, evidence: self.seen(t, "weekday-and-date") }),
            _ => None,
        };
        self.times().filter_map(of).collect()
    }

    /// Dates with a year in the first paragraph, unless the sentence looks
    /// back or ahead.
    fn lede_dates(&self) -> Vec<(Date, Date, Evidence)> {
        self.times()
            .filter(|t| self.lede.contains(&t.first) && !self.looks_elsewhere(t))
            .filter_map(|t| {
                let TimeExpr::Date { year: Some(y), month: Some(m), day, .. } = t.expr else { return None };
                let first = Date::new(y, m, day.unwrap_or(1)).ok()?;
                let last = if day.is_some() { first } else { first.last_of_month() };
                Some((first, last, self.seen(t, "lede-date")))
            })
            .collect()
    }

    fn looks_elsewhere(&self, time: &TimeMention) -> bool {
        let sentence = self.a.sentences.iter().find(|s| (s.first..s.end).contains(&time.first));
        let words = sentence.map_or(time.first..time.end, |s| s.first..s.end);
        self.shortly_before("since", time.first, 3)
            || self.shortly_before("ahead", time.first, 4)
            || words.into_iter().any(|i| self.is("anniversary", i))
    }

    /// Days on or after which the text was written: full dates, months with
    /// their year, and years behind "since" or a word for year.
    fn past(&self) -> Vec<(Date, Evidence)> {
        self.times()
            .filter(|t| !self.shortly_before("ahead", t.first, 4) && !self.shortly_before("ahead", t.end + 2, 2))
            .filter_map(|t| Some((self.past_day(t)?, self.seen(t, "past-date"))))
            .collect()
    }

    fn past_day(&self, time: &TimeMention) -> Option<Date> {
        match time.expr {
            TimeExpr::Date { year: Some(y), month: Some(m), day, direction: Direction::None, .. } => {
                Date::new(y, m, day.unwrap_or(1)).ok()
            }
            TimeExpr::Year { year: Some(y), direction: Direction::None, .. }
            | TimeExpr::Season { year: Some(y), .. } => Date::new(y, 1, 1).ok(),
            _ => None,
        }
    }
}
