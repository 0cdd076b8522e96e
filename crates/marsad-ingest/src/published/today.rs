//! Which day does the text itself call "today"?
//!
//! «اليوم الخميس 19 آب» names the day of writing outright, «أمس الخميس» the day
//! after it, and so does a bulletin «لأحداث يوم …» in its headline. A post set
//! into the page («— … (@…) August 19, 2022») is no older than its page, and
//! news embeds the posts of its day: with the weekday of writing it names it.

use super::clues::Clues;
use crate::furniture::{full_date, tokens_of};
use crate::lines::Line;
use crate::roles::Page;
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_lang::time::{Anchor, resolve};
use marsad_lang::{Annotation, TimeExpr, TimeMention};
use marsad_model::{Evidence, SegmentRole};

/// Days between an embedded post and its page.
const POST_DAYS_MAX: i32 = 3;
/// The heading of a bulletin is no longer than a headline.
const BULLETIN_MAX: u32 = 200;

/// A day of writing that the text names, with the words that name it.
pub(super) struct Today {
    pub date: Date,
    pub evidence: Vec<Evidence>,
}

/// The day of writing, when the words of the page give it.
pub(super) fn today(a: &Annotation, page: &Page, clues: &Clues, horizon: Date) -> Option<Today> {
    let bounds = clues.bounds(horizon);
    let anchor = Anchor { earliest: bounds.earliest, latest: bounds.latest, horizon: Some(horizon), written: None };
    let fits = |t: &Today| bounds.earliest.is_none_or(|d| t.date >= d) && bounds.latest.is_none_or(|d| t.date <= d);
    let mut named = a.times.iter().filter_map(|t| named_today(a, page, t, &anchor));
    let bulletin = || a.times.iter().find_map(|t| bulletin_day(a, page, t, &anchor));
    named.find(fits).or_else(bulletin).or_else(|| posted(a, page, clues))
}

/// «اليوم الخميس 19 آب», «أمس الأربعاء 18 آب» in the news text.
fn named_today(a: &Annotation, page: &Page, time: &TimeMention, anchor: &Anchor) -> Option<Today> {
    let dated = matches!(time.expr, TimeExpr::Date { day: Some(_), month: Some(_), .. });
    let fixed = matches!(time.expr, TimeExpr::Date { year: Some(_), .. } | TimeExpr::Date { weekday: Some(_), .. });
    if !dated || !fixed || !in_role(a, page, time, SegmentRole::tells_news) {
        return None;
    }
    let days = (time.first..time.end).find_map(|i| a.get(i, "relative_day").map(|m| a.entry(m).value as i64))?;
    let day = resolve(time, anchor).earliest?;
    Some(Today { date: day.checked_sub(days.days()).ok()?, evidence: vec![seen(a, time, "today-date")] })
}

/// «حصاد … ليوم الجمعة 19-11-2021» on a line of its own above the list: all
/// below happened on that day.
fn bulletin_day(a: &Annotation, page: &Page, time: &TimeMention, anchor: &Anchor) -> Option<Today> {
    let span = a.span(time.first, time.end);
    let line = page.lines.iter().find(|line| line.span.contains(span))?;
    if !a.is_bulletin_day(time) || tokens_of(a, line).end != time.end || line.len() > BULLETIN_MAX {
        return None;
    }
    Some(Today { date: resolve(time, anchor).earliest?, evidence: vec![seen(a, time, "bulletin-date")] })
}

/// The first such weekday on or after the youngest embedded post.
fn posted(a: &Annotation, page: &Page, clues: &Clues) -> Option<Today> {
    let weekday = clues.weekday()?;
    let stamps = page.lines.iter().filter_map(|line| post_stamp(a, line));
    let (day, stamp) = stamps.filter_map(|t| Some((full_date(t)?, t))).max_by_key(|(d, _)| *d)?;
    let ahead = i32::from(day.weekday().until(weekday));
    let date = day.checked_add(ahead.days()).ok().filter(|_| ahead <= POST_DAYS_MAX)?;
    let named = clues.weekdays.first().map(|w| w.evidence.clone());
    Some(Today { date, evidence: [Some(seen(a, stamp, "embedded-post")), named].into_iter().flatten().collect() })
}

/// The date that closes the line of an embedded post: a dash, a name, its handle.
fn post_stamp<'a>(a: &'a Annotation, line: &Line) -> Option<&'a TimeMention> {
    let text = line.text.trim();
    if !text.starts_with(['\u{2014}', '\u{2013}', '-']) || !text.contains("(@") {
        return None;
    }
    let tokens = tokens_of(a, line);
    a.times.iter().find(|t| t.end == tokens.end && tokens.contains(&t.first))
}

fn in_role(a: &Annotation, page: &Page, time: &TimeMention, fits: impl Fn(SegmentRole) -> bool) -> bool {
    let span = a.span(time.first, time.end);
    page.lines.iter().zip(&page.roles).any(|(line, role)| fits(*role) && line.span.contains(span))
}

fn seen(a: &Annotation, time: &TimeMention, rule: &str) -> Evidence {
    Evidence::new(a.span(time.first, time.end), rule)
}
