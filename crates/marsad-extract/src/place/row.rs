//! Which unknown words go on with a row of places?
//!
//! «بلدتي كفرنوران والعصعوص», «قرى حربل وأم القرى والحصية»: behind two or more of a kind, what «و» joins to the name before is
//! another one, listed or not.

use super::{Located, PlaceRole, announcing};
use crate::context::Ctx;
use marsad_lang::{Count, Mention};

/// The unlisted place that begins at a token, joined to the last one of a row.
pub(super) fn next_in_row(ctx: &Ctx, token: usize, placed: &[Located]) -> Option<Located> {
    let last = placed.last().filter(|l| matches!(l.role, PlaceRole::Scene | PlaceRole::Loose))?;
    let t = &ctx.a.tokens;
    let quote = |at: usize| ["\"", "”", "“", "»", "«"].iter().any(|s| ctx.sign(at, s));
    let between = last.end..token;
    let near = between.len() <= 2 && between.clone().all(quote);
    if !near || !t.is_word(token) {
        return None;
    }
    let row = goes_on(ctx, placed);
    let end = if row { joined_name(ctx, token)? } else { joined_before_region(ctx, token, last)? };
    let g = &ctx.res.gazetteer;
    // It lies in the district or province of its neighbour.
    let around = last.candidates.first().and_then(|id| g.chain(*id).find(|p| g.get(*p).level >= 5));
    Some(Located {
        first: token,
        end,
        candidates: vec![],
        unlisted: Some((token, end)),
        coordinated: true,
        offset: None,
        container: last.container.or(around),
        ..last.clone()
    })
}

/// Two of a kind and one named, or several of a kind.
fn goes_on(ctx: &Ctx, placed: &[Located]) -> bool {
    let Some(start) = placed.iter().rposition(|l| !l.coordinated) else { return false };
    let head = &placed[start];
    // «مسجدي بدر والحشوش»: two sites may lie in one town.
    let settled = matches!(head.kind.as_deref(), Some("village" | "town" | "city" | "quarter" | "area" | "camp"));
    if !settled {
        return false;
    }
    let name = head.unlisted.map_or(head.end, |u| u.0);
    let word = ctx.all(head.first..head.end, ctx.l.place_word).last().or_else(|| announcing(ctx, name));
    match word.map(|w| w.form.count) {
        Some(Count::Dual) => placed.len() == start + 1,
        Some(Count::Plural | Count::DualOrPlural) => true,
        _ => false,
    }
}

/// «والعصعوص», «و"العصعوص"», «وأم القرى»: where the joined name ends.
fn joined_name(ctx: &Ctx, token: usize) -> Option<usize> {
    let t = &ctx.a.tokens;
    let text = t.text(token);
    let and = ctx.res.lexicon.clitics.is_joined(text);
    if and && ctx.a.may_be(token, ctx.l.place_prefix) {
        return t.is_word(token + 1).then_some(token + 2);
    }
    let name = and && text.chars().count() >= 4 && ctx.a.at(token).next().is_none();
    name.then_some(token + 1)
}

/// «في غاسكيندي وبوبيه منغاو بإقليم سوم»: one is on a list, and behind both stands the region in which they lie.
fn joined_before_region(ctx: &Ctx, token: usize, last: &Located) -> Option<usize> {
    let prep = ctx.before(last.first, ctx.l.prep_in).is_some();
    let glued = ctx.a.at(last.first).any(|m| m.clitics.preposition != '\0');
    let settled = !last.candidates.is_empty() && super::level(ctx, last) <= 4 && (prep || glued);
    let end = joined_name(ctx, token).filter(|_| settled)?;
    let unknown = ctx.a.tokens.is_word(end) && ctx.a.at(end).next().is_none();
    [Some(end), unknown.then_some(end + 1)].into_iter().flatten().find(|end| is_region_word(ctx, *end))
}

/// «بإقليم», «في محافظة»
fn is_region_word(ctx: &Ctx, at: usize) -> bool {
    let region = |m: &Mention| {
        let kind = &*ctx.a.entry(m).family;
        m.form.count == Count::Singular && matches!(kind, "governorate" | "region" | "district" | "province")
    };
    let glued = ctx.at(at, ctx.l.place_word).filter(|m| m.clitics.preposition != '\0');
    let apart = ctx.at(at, ctx.l.prep_in).and_then(|p| ctx.at(p.end, ctx.l.place_word));
    glued.or(apart).is_some_and(region)
}

/// «قريتي حيدر خيل وحاسوخيل»: two of a kind, and «و» stands only behind the second word.
pub(super) fn first_of_pair(ctx: &Ctx, at: usize) -> bool {
    let dual = announcing(ctx, at).is_some_and(|w| w.form.count == Count::Dual);
    let joined = |t: usize| ctx.res.lexicon.clitics.is_joined(ctx.a.tokens.text_or_empty(t));
    let unknown = |t: usize| ctx.a.tokens.is_word(t) && ctx.a.at(t).next().is_none();
    dual && unknown(at + 1) && !joined(at + 1) && joined(at + 2) && unknown(at + 2)
}

/// Two of a kind: what «و» joins is the second, no further word of the first.
pub(super) fn begins_second(ctx: &Ctx, first: usize, second: usize) -> bool {
    let dual = announcing(ctx, first).is_some_and(|w| w.form.count == Count::Dual);
    dual && ctx.res.lexicon.clitics.is_joined(ctx.a.tokens.text(second))
}
