//! Which day is «الأربعاء 27 شوال 1444 هـ»?
//!
//! Papers print the Umm al-Qura calendar, which is reckoned in advance; where
//! the month began by sight it may be a day off. A weekday beside the date
//! settles the day; without one the days around it stay open.

use super::{Candidate, full_date};
use crate::furniture::tokens_of;
use crate::lines::Line;
use icu_calendar::Date as Reckoned;
use icu_calendar::cal::{Hijri, Iso};
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_lang::{Annotation, Resources, TokenKind};
use marsad_model::{Evidence, PublishedMethod};
use std::ops::Range;

/// The days that a line with a Hijri date allows; none where it has a Gregorian date too.
pub(super) fn on_line(res: &Resources, a: &Annotation, line: &Line) -> Option<Candidate> {
    let tokens = tokens_of(a, line);
    if a.times.iter().any(|t| tokens.contains(&t.first) && full_date(t).is_some()) {
        return None;
    }
    let (words, day) = tokens.clone().find_map(|i| date_at(res, a, i..tokens.end))?;
    let around = [day, day.checked_sub(1.day()).ok()?, day.checked_add(1.day()).ok()?];
    let weekday = a.times.iter().filter(|t| tokens.contains(&t.first)).find_map(|t| t.weekday());
    let evidence = vec![Evidence::new(a.span(words.start, words.end), "hijri_date")];
    let candidate = |first, last| Candidate::new(first, last, PublishedMethod::DateLine, evidence.clone());
    match weekday {
        Some(weekday) => around.into_iter().find(|d| d.weekday() == weekday).map(|d| candidate(d, d)),
        None => Some(candidate(around[1], around[2])),
    }
}

/// Day, month and year in this order, at the first token of the range.
fn date_at(res: &Resources, a: &Annotation, tokens: Range<usize>) -> Option<(Range<usize>, Date)> {
    let number = |i: usize| (i < tokens.end).then(|| a.tokens.text(i).parse::<i32>().ok()).flatten();
    let day = number(tokens.start).filter(|d| (1..=30).contains(d))?;
    let signs = |from: usize| (from..tokens.end).find(|i| a.tokens.list[*i].kind != TokenKind::Sign);
    let (month, end) = month_at(res, a, signs(tokens.start + 1)?)?;
    let year_at = signs(end)?;
    let year = number(year_at).filter(|y| (1350..=1500).contains(y))?;
    let reckoned = Reckoned::try_new_hijri_with_calendar(year, month, day as u8, Hijri::new_umm_al_qura()).ok()?;
    let iso = reckoned.to_calendar(Iso);
    let (y, m, d) = (iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0);
    Some((tokens.start..year_at + 1, Date::new(y as i16, m as i8, d as i8).ok()?))
}

/// The Islamic month that is named at a token, and the token behind it.
fn month_at(res: &Resources, a: &Annotation, token: usize) -> Option<(u8, usize)> {
    let label = res.measures.label("hijri_month")?;
    let mut found: Option<(u8, usize)> = None;
    res.measures.matches_at(&a.tokens, token, &mut String::new(), &mut |m| {
        let entry = res.measures.entry(m.form.entry);
        if entry.labels.contains(&label) && found.is_none_or(|(_, end)| m.end > end) {
            found = Some((entry.value as u8, m.end));
        }
    });
    found
}
