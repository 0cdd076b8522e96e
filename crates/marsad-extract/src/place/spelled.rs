//! Which listed place abroad does a name mean that outlets spell in more than one way?
//!
//! «إقليم باكتيكا» is listed as «بكتيكا». By its sounds alone a name is taken for a place only where the report plays
//! in that country, and only where one place of that kind sounds so.

use super::Located;
use super::rank::Context;
use crate::context::Ctx;
use marsad_lang::PlaceId;

/// Gives names without an entry the place that they sound like.
pub(super) fn otherwise(ctx: &Ctx, context: &Context, places: &mut [Located]) {
    for l in places.iter_mut().filter(|l| l.candidates.is_empty()) {
        let Some(name) = l.unlisted else { continue };
        let Some(place) = meant(ctx, context, name, l.kind.as_deref()) else { continue };
        l.candidates = vec![place];
        l.unlisted = None;
    }
}

/// The one place of a kind that the words sound like.
pub(super) fn meant(ctx: &Ctx, context: &Context, name: (usize, usize), kind: Option<&str>) -> Option<PlaceId> {
    let words: Vec<&str> = (name.0..name.1).map(|t| ctx.a.tokens.text(t)).collect();
    let region = matches!(kind, Some("governorate" | "region"));
    let fits = |place: &PlaceId| {
        let level = ctx.res.gazetteer.get(*place).level;
        (if region { level >= 7 } else { level < 7 }) && level < 9 && context.plays_abroad_in(ctx, *place)
    };
    let alike: Vec<PlaceId> = ctx.res.sounding_like(&words.join(" ")).into_iter().filter(fits).collect();
    match alike.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
