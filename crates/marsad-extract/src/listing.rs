//! Does this page list several stories, and where does one end?
//!
//! Front pages, tickers and "latest news" columns come as one text of many short lines. Each line is a story of its own: what
//! one of them tells does not carry over to the others, whatever its kind. A report written in short lines looks alike, but
//! stays in one or two places. A bulletin lists too, in full sentences: «حلب:: … إدلب:: …», or one dash after the other.

use crate::context::Ctx;
use crate::corefer::{Event, SAME_PLACE, place_points};
use crate::place::{self, PlaceRole};
use crate::unit::Unit;
use marsad_model::{Diagnostic, Span};

/// What a text lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Nothing: it is one report.
    #[default]
    Report,
    /// Headlines, one a line.
    Headlines,
    /// Stories under the names of provinces; the first of these begins here.
    Provinces(u32),
    /// Stories behind dashes or dots.
    Dashes,
}

/// A list has at least so many lines of news.
const LINES_MIN: usize = 5;
/// Of ten lines, so many are headlines.
const SHORT_OF_TEN: usize = 8;
/// A headline is shorter than this, in code points.
const HEADLINE_MAX: u32 = 200;
/// Towns that are not one another's, told of in lines of their own.
const PLACES_MIN: usize = 3;
/// So many provinces head the lines of a bulletin.
const PROVINCES_MIN: usize = 3;
/// So many of its lines begin with a dash, and half of all.
const DASHES_MIN: usize = 4;
/// What marks off the name that heads a line.
const COLONS: &str = "::";
/// What stands before a story in a list.
const DASH: [char; 9] = ['-', '–', '—', '•', '●', '▪', '◾', '*', '■'];

/// What kind of page tells these stories.
pub fn page(ctx: &Ctx, units: &[Unit]) -> Page {
    let lines: Vec<Span> = ctx.doc.segments.iter().filter(|s| s.role.tells_news()).map(|s| s.span).collect();
    let headed: Vec<Span> = lines.iter().copied().filter(|l| province_head(ctx, *l)).collect();
    let dashes = lines.iter().filter(|l| is_dashed(ctx, **l)).count();
    let headline = |span: &&Span| {
        span.len() <= HEADLINE_MAX && !ctx.text_of(**span).trim_end().ends_with(['.', '\u{61f}', '\u{2026}'])
    };
    let short = lines.iter().filter(headline).count();
    let several = || towns(ctx, units) >= PLACES_MIN;
    match headed.first() {
        Some(first) if headed.len() >= PROVINCES_MIN && several() => Page::Provinces(first.start),
        _ if dashes >= DASHES_MIN && dashes * 2 >= lines.len() && several() => Page::Dashes,
        _ if lines.len() >= LINES_MIN && short * 10 >= lines.len() * SHORT_OF_TEN && several() => Page::Headlines,
        _ => Page::Report,
    }
}

/// «حلب::قصفت …»: the line is filed under the name of a place.
fn province_head(ctx: &Ctx, line: Span) -> bool {
    let text = ctx.text_of(line);
    let Some((name, _)) = text.split_once(COLONS) else { return false };
    let end = line.start + name.chars().count() as u32;
    let tokens = &ctx.a.tokens;
    let first = tokens.list.partition_point(|t| t.span.start < line.start);
    ctx.all(first..first + 1, ctx.l.place).any(|m| tokens.span(m.first, m.end).end == end)
}

/// «حلب::» before the story.
pub fn heads_line(ctx: &Ctx, place: &place::Located) -> bool {
    let named = ctx.a.tokens.span(place.first, place.end);
    let at = ctx.doc.segments.partition_point(|s| s.span.end <= named.start);
    ctx.doc.segments.get(at).is_some_and(|line| {
        let before = ctx.text_of(Span::new(line.span.start, named.start));
        let behind = ctx.text_of(Span::new(named.end, line.span.end));
        before.trim().is_empty() && behind.starts_with(COLONS)
    })
}

fn is_dashed(ctx: &Ctx, line: Span) -> bool {
    ctx.text_of(line).trim_start().starts_with(DASH)
}

/// How many places of different tellings exclude each other.
fn towns(ctx: &Ctx, units: &[Unit]) -> usize {
    let mut apart: Vec<&place::Located> = vec![];
    for scene in units.iter().filter_map(|u| u.scene(ctx)) {
        if place::level(ctx, scene) < 7 && apart.iter().all(|p| !place::compatible(ctx, p, scene)) {
            apart.push(scene);
        }
    }
    apart.len()
}

impl Page {
    pub fn lists(self) -> bool {
        self != Page::Report
    }
}

/// The line of a sentence, where that is a story of its own in a bulletin.
fn story(ctx: &Ctx, sentence: usize) -> Option<Span> {
    let start = ctx.span(ctx.a.sentences[sentence].first, ctx.a.sentences[sentence].end).start;
    let at = ctx.doc.segments.partition_point(|s| s.span.end <= start);
    let line = ctx.doc.segments.get(at)?.span;
    match ctx.page.get() {
        Page::Provinces(from) => line.start >= from,
        Page::Dashes => is_dashed(ctx, line),
        Page::Report | Page::Headlines => false,
    }
    .then_some(line)
}

/// The two sentences tell stories of their own.
pub fn stories_differ(ctx: &Ctx, a: usize, b: usize) -> bool {
    matches!((story(ctx, a), story(ctx, b)), (Some(x), Some(y)) if x != y)
}

/// In a list a line joins an event of its own line, one at the same place, or that of the line right before when it only
/// adds to it.
pub fn another_story(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let page = ctx.page.get();
    let last = event.units.iter().map(|u| u.sentence).max().unwrap_or(0);
    let own_line = match page {
        Page::Report => true,
        Page::Headlines => unit.sentence == last,
        _ => !stories_differ(ctx, unit.sentence, last),
    };
    let adds = unit.hits.iter().all(|h| h.casualty_only || h.anaphoric) && unit.scene(ctx).is_none();
    !(own_line || is_there(ctx, page, event, unit) || adds && unit.sentence <= last + 1)
}

/// The event's own place is told again; in a bulletin, not only the province that heads both lines.
fn is_there(ctx: &Ctx, page: Page, event: &Event, unit: &Unit) -> bool {
    let Some(scene) = unit.scene(ctx) else { return false };
    let points = place_points(ctx, event, unit);
    match page {
        Page::Headlines => points.is_some_and(|p| p >= SAME_PLACE - 1),
        _ => {
            let spot = scene.role != PlaceRole::Loose && place::level(ctx, scene) < 7 && !scene.directed;
            let unlisted = scene.candidates.is_empty();
            spot && points.is_some_and(|p| p >= SAME_PLACE || unlisted && p == SAME_PLACE - 1)
        }
    }
}

/// Says so in the reading.
pub fn note(page: Page) -> Option<Diagnostic> {
    let message = match page {
        Page::Report => return None,
        Page::Headlines => "the text lists headlines of several stories; each line is read by itself",
        Page::Provinces(_) | Page::Dashes => "the text is a bulletin of several stories; each line is read by itself",
    };
    Some(Diagnostic {
        code: "listing".to_string(),
        message: message.to_string(),
        hint: Some("give each story as an article of its own, where you have them".to_string()),
        evidence: vec![],
    })
}
