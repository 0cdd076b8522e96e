//! Is this page a list of headlines of different stories?
//!
//! Front pages, tickers and "latest news" columns come as one text of many
//! short lines. Each line is a story of its own: what one of them tells does
//! not carry over to the others, whatever its kind. A report written in short
//! lines looks alike, but stays in one or two places.

use crate::context::Ctx;
use crate::place;
use crate::unit::Unit;
use marsad_model::Diagnostic;

/// A list has at least so many lines of news.
const LINES_MIN: usize = 5;
/// Of ten lines, so many are headlines.
const SHORT_OF_TEN: usize = 8;
/// A headline is shorter than this, in code points.
const HEADLINE_MAX: u32 = 200;
/// Towns that are not one another's, told of in lines of their own.
const PLACES_MIN: usize = 3;

/// True when lines are headlines and tell of several towns.
pub fn is_listing(ctx: &Ctx, units: &[Unit]) -> bool {
    let lines: Vec<_> = ctx.doc.segments.iter().filter(|s| s.role.tells_news()).map(|s| s.span).collect();
    let headline = |span: &&marsad_model::Span| {
        span.len() <= HEADLINE_MAX && !ctx.text_of(**span).trim_end().ends_with(['.', '\u{61f}', '\u{2026}'])
    };
    let short = lines.iter().filter(headline).count();
    lines.len() >= LINES_MIN && short * 10 >= lines.len() * SHORT_OF_TEN && towns(ctx, units) >= PLACES_MIN
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

/// Says so in the reading.
pub fn note() -> Diagnostic {
    Diagnostic {
        code: "listing".to_string(),
        message: "the text lists headlines of several stories; each line is read by itself".to_string(),
        hint: Some("give each story as an article of its own, where you have them".to_string()),
        evidence: vec![],
    }
}
