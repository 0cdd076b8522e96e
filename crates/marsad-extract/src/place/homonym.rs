//! Is the listed namesake meant, where the text says in which region the place lies?
//!
//! «منطقة القادسية شرق الموصل» is no province in the south, «ناحية القحطانية بريف الحسكة» no town of another country: of
//! the namesakes one that may lie in the region is taken, and where none does, the place is on no list.

use super::{Located, announcing, looks_adverbial, rank};
use crate::context::Ctx;
use crate::quote::PAIRS;
use marsad_lang::{Class, Count, Mention, PlaceId};
use std::sync::Arc;

/// Gives a place the namesake that lies in the region named right behind it, or none.
pub(super) fn settle_by_region(ctx: &Ctx, all: &mut [Located], i: usize) {
    let (inner, outer) = (&all[i - 1], &all[i]);
    if inner.candidates.is_empty()
        || outer.candidates.is_empty()
        || outer.coordinated
        || !tells_region(ctx, inner, outer)
    {
        return;
    }
    let g = &ctx.res.gazetteer;
    if outer.candidates.iter().any(|b| &*g.get(*b).kind == "sea" || g.get(*b).country.is_empty()) {
        return;
    }
    let side = outer.directed || ctx.a.may_be(outer.first, ctx.l.direction);
    let fits =
        |a: &PlaceId| outer.candidates.iter().any(|b| may_lie_in(ctx, *a, *b) || side && may_lie_beyond(ctx, *a, *b));
    let fitting = inner.candidates.iter().copied().find(fits);
    // «غوما بولاية بنوي»: a bare name, too, is not that of a town in another country.
    let abroad = |a: &PlaceId| outer.candidates.iter().all(|b| g.get(*b).country != g.get(*a).country);
    let province = (5..9).contains(&g.get(outer.candidates[0]).level) || outer.kind.as_deref() == Some("governorate");
    let bare = (province && inner.candidates.iter().all(abroad)).then_some(inner.first);
    let Some(word) = kind_end(ctx, inner).or(bare) else { return };
    let best = g.get(inner.candidates[0]);
    let asked = ctx.a.alone(inner.first, ctx.l.place_word).map(|e| e.family.clone());
    let broad = best.level >= 7 && !asked.is_some_and(|k| matches!(&*k, "quarter" | "area" | "village" | "town"));
    match fitting {
        Some(a) if a != inner.candidates[0] => rank::promote(&mut all[i - 1].candidates, a),
        Some(_) => {}
        None if broad || side && best.level <= 4 && best.population > KNOWN_ANYWHERE => {}
        None => {
            let name = (word, inner.end);
            let region = outer.candidates[0];
            all[i - 1].candidates.clear();
            all[i - 1].unlisted = Some(name);
            all[i - 1].container = Some(region);
        }
    }
}

/// Behind the words for a kind of place, where the name begins.
fn kind_end(ctx: &Ctx, l: &Located) -> Option<usize> {
    let kind = |t: usize| ctx.a.alone(t, ctx.l.place_word).is_some();
    let word = (l.first..l.end.saturating_sub(1)).take_while(|t| kind(*t) || !ctx.a.tokens.is_word(*t)).last()?;
    kind(l.first).then_some(word + 1)
}

/// «… في محافظة …», «… التابعة لقضاء …», «… شرق الموصل», «… بريف …» right behind a name.
fn tells_region(ctx: &Ctx, inner: &Located, outer: &Located) -> bool {
    let end = behind_remark(ctx, inner.end);
    let between = end..outer.first;
    let l = ctx.l;
    let joins = [l.prep_in, l.direction, l.lying, l.belonging];
    let plain = |t: usize| joins.iter().chain([&l.place_word, &l.from]).any(|label| ctx.is_at(t, *label));
    // «بولاية بنوي», where the word of its kind is no part of the name, too.
    let glued = ctx.a.at(end).any(|m| m.clitics.preposition != '\0' && !m.clitics.conjunction);
    // «شرق الموصل» may be listed as such.
    let side = ctx.a.may_be(outer.first, l.direction);
    let joined = side || joins.iter().any(|label| ctx.any(between.clone(), *label));
    let none_joined = ctx.a.at(end).all(|m| !m.clitics.conjunction);
    between.len() <= 3 && none_joined && between.clone().all(plain) && (glued || joined)
}

/// «منطقة علب "أمسودا" بالوضيع»: a second name of it in quotation marks or brackets.
fn behind_remark(ctx: &Ctx, at: usize) -> usize {
    const REMARK: usize = 4;
    const BRACKETS: (&str, &str) = ("(", ")");
    let mut marks = PAIRS.iter().chain([&BRACKETS]);
    let close = marks.find(|(open, _)| ctx.sign(at, open)).map(|(_, close)| close);
    let end = close.and_then(|close| (at + 2..at + 2 + REMARK).find(|t| ctx.sign(*t, close)));
    // Marks around a single name are gone by now.
    let word = |t: usize| ctx.a.tokens.is_word(t) && !ctx.res.lexicon.clitics.is_joined(ctx.a.tokens.text(t));
    let unknown = word(at) && ctx.a.at(at).next().is_none();
    let single = unknown && ctx.a.at(at + 1).any(|m| m.clitics.preposition != '\0');
    end.map(|t| t + 1).or(single.then_some(at + 1)).unwrap_or(at)
}

/// One lies in the other, or not further from it than its borders may be.
fn may_lie_in(ctx: &Ctx, a: PlaceId, b: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    if g.inside(a, b) || g.inside(b, a) {
        return true;
    }
    let region = g.get(b);
    let reach = match region.level {
        9 => return g.get(a).country == region.country,
        5.. => REGION_KM,
        _ => TOWN_KM,
    };
    match (g.get(a).point, region.point.or_else(|| g.nearest_point(b))) {
        (Some(p), Some(q)) => p.distance_km(q) <= reach + q.accuracy_km + p.accuracy_km,
        _ => true,
    }
}

/// «بلدة الشويرف جنوب طرابلس»: a direction reaches through the country, but not «حي الجامعة غربي الموصل».
fn may_lie_beyond(ctx: &Ctx, a: PlaceId, b: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let quarter = matches!(&*g.get(a).kind, "quarter" | "street" | "market" | "mosque");
    g.get(a).country == g.get(b).country && g.get(a).level < 7 && !quarter
}

/// «قرية العمارة عبدالله الواقعة في …»: where a listed name with a second word, which nothing knows, is the name of another
/// village; the kind of place stands before `at` or is part of the listed name.
pub(super) fn longer_name(ctx: &Ctx, at: usize) -> Option<LongerName> {
    let end = ctx.a.at(at).filter(|m| ctx.a.class(m) == Class::Place).map(|m| m.end).max()?;
    let before = announcing(ctx, at).filter(|w| w.form.count == Count::Singular && !w.clitics.article);
    let within = ctx.a.alone(at, ctx.l.place_word).filter(|_| end > at + 1);
    let kind = before.map(|w| ctx.a.entry(w)).or(within)?.family.clone();
    let next = end + 1;
    let where_behind =
        [ctx.l.direction, ctx.l.prep_in, ctx.l.lying, ctx.l.belonging].iter().any(|l| ctx.is_at(next, *l))
            || ctx.at(next, ctx.l.place_word).is_some_and(|w| w.clitics.preposition != '\0')
            || ctx.a.at(next).any(|m| ctx.a.class(m) == Class::Place && m.clitics.preposition != '\0');
    let longer = matches!(&*kind, "village" | "town" | "quarter" | "area") && is_unknown(ctx, end) && where_behind;
    longer.then_some(LongerName { first: if before.is_some() { at } else { at + 1 }, end: next, kind })
}

pub(super) struct LongerName {
    pub first: usize,
    pub end: usize,
    pub kind: Arc<str>,
}

/// A word that nothing knows, or a name of people, with no article or conjunction.
fn is_unknown(ctx: &Ctx, at: usize) -> bool {
    let text = if ctx.a.tokens.is_word(at) { ctx.a.tokens.text(at) } else { "" };
    let clitics = &ctx.res.lexicon.clitics;
    let glued = text.starts_with(clitics.article.as_str()) || clitics.is_joined(text);
    let person = |m: &Mention| ctx.a.class(m) == Class::Person && m.end == at + 1;
    text.chars().count() >= 3 && ctx.a.at(at).all(person) && !glued && !looks_adverbial(ctx, at)
}

/// A settlement lies so far at most from the midst of its region, the radius of that apart.
const REGION_KM: f64 = 60.0;
/// So far from a town lies what is told from it.
const TOWN_KM: f64 = 100.0;
/// A town of this size is named with what lies anywhere near it.
const KNOWN_ANYWHERE: u32 = 400_000;
