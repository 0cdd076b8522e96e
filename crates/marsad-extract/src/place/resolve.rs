//! Which point, chain and country does a place get?
//!
//! A place told by its distance or direction from another lies beside that one,
//! and one between two lies midway; the radius says how far the words leave it open.

use super::Located;
use super::offset::{self, Offset};
use crate::context::Ctx;
use marsad_lang::PlaceId;
use marsad_model::{Evidence, Place, PlaceLink, Point};
use std::sync::Arc;

/// The place of the model, with its chain. `container` is a known place that
/// an unlisted name lies in or near.
pub fn resolve(ctx: &Ctx, l: &Located, container: Option<&Located>) -> Place {
    let g = &ctx.res.gazetteer;
    let link = |id: PlaceId| {
        let p = g.get(id);
        PlaceLink { id: Some(p.id.clone()), kind: p.kind.clone(), name_en: p.en.clone(), name_ar: p.ar.clone() }
    };
    let rule = |id: PlaceId| -> Arc<str> { format!("place/{}", g.get(id).id).into() };
    if let Some(&id) = l.candidates.first() {
        let mut evidence = vec![ctx.evidence(l.first, l.end, rule(id))];
        evidence.extend(container.and_then(|c| Some(ctx.evidence(c.first, c.end, rule(*c.candidates.first()?)))));
        let point = seen_from(ctx, l, id).map(|point| told(ctx, point, l));
        return Place { relation: l.relation, point, evidence, ..g.place(id) };
    }
    unlisted_place(ctx, l, container, link)
}

/// The point from which the words look: the northern countryside of a province is that of its chief town.
fn seen_from(ctx: &Ctx, l: &Located, id: PlaceId) -> Option<Point> {
    let g = &ctx.res.gazetteer;
    let side = matches!(l.offset, Some(Offset::Side { .. })) && g.get(id).level >= 5;
    let town = || (0..g.len() as PlaceId).find(|t| g.get(*t).parent == Some(id) && super::relate::is_seat(ctx, *t, id));
    let town = side.then(town).flatten();
    town.and_then(|t| g.get(t).point).or(g.get(id).point).or_else(|| g.nearest_point(id))
}

/// Where the words put it, seen from the named place: «شمال بغداد» lies somewhere around.
fn told(ctx: &Ctx, point: Point, l: &Located) -> Point {
    match l.offset {
        None if l.directed => Point { accuracy_km: point.accuracy_km + 25.0, ..point },
        offset => offset::applied(ctx, point, offset),
    }
}

fn unlisted_place(ctx: &Ctx, l: &Located, container: Option<&Located>, link: impl Fn(PlaceId) -> PlaceLink) -> Place {
    let g = &ctx.res.gazetteer;
    let (first, end) = l.unlisted.unwrap_or((l.first, l.end));
    let name = name_span(ctx, first, end);
    // «والعصعوص» in a row: the conjunction is no part of the name.
    let joined = l.coordinated && ctx.a.at(first).all(|m| !m.clitics.conjunction) && first == l.first;
    let and = |c: char| ctx.res.lexicon.clitics.conjunctions.contains(&c);
    let bare = name.strip_prefix(and).filter(|_| joined).unwrap_or(&name);
    let name_ar: Arc<str> = bare.trim_start_matches(['"', '“', '”', '«']).into();
    let romanized: Arc<str> = ctx.res.romanize(&name_ar).into();
    let kind: Arc<str> = l.kind.clone().unwrap_or_else(|| "town".into());
    let known = namesake(ctx, first, end).filter(|en| &*kind != "quarter" && initial(en) == initial(&romanized));
    let name_en = known.unwrap_or(romanized);
    let mut chain = vec![PlaceLink { id: None, kind, name_en: name_en.clone(), name_ar: name_ar.clone() }];
    let mut evidence: Vec<Evidence> = vec![ctx.evidence(l.first, l.end, "place/unlisted")];
    let outer = container.and_then(|c| c.candidates.first().copied().map(|id| (c, id)));
    let mut country: Arc<str> = "".into();
    let mut point = None;
    if let Some(id) = l.container.filter(|own| outer.is_none_or(|(_, id)| *own != id && g.inside(*own, id))) {
        chain.extend(g.chain(id).map(&link));
        country = g.get(id).country.clone();
        point = g.nearest_point(id).map(|p| Point { accuracy_km: p.accuracy_km + 30.0, ..p });
        evidence.extend(outer.map(|(c, id)| ctx.evidence(c.first, c.end, format!("place/{}", g.get(id).id))));
    } else if let Some((c, id)) = outer {
        chain.extend(g.chain(id).map(&link));
        country = g.get(id).country.clone();
        point = g.nearest_point(id).map(|p| match c.offset {
            Some(Offset::Away { .. } | Offset::Side { .. }) => told(ctx, seen_from(ctx, c, id).unwrap_or(p), c),
            _ => offset::beyond(ctx, l, c, p).unwrap_or(Point { accuracy_km: p.accuracy_km + 30.0, ..p }),
        });
        evidence.push(ctx.evidence(c.first, c.end, format!("place/{}", g.get(id).id)));
    }
    Place { id: None, name_en, names_en: vec![], name_ar, relation: l.relation, chain, country, point, evidence }
}

/// The English name of a listed place that is called so too («شارع يافا»).
fn namesake(ctx: &Ctx, first: usize, end: usize) -> Option<Arc<str>> {
    let listed = ctx.a.at(first).filter(|m| m.end == end && m.clitics.preposition == '\0');
    let records = listed.filter_map(|m| ctx.res.place_of(m.form.entry)).map(|id| ctx.res.gazetteer.get(id));
    let name = records.filter(|p| p.level <= 4).map(|p| p.en.clone());
    name.min().filter(|en| !en.contains('('))
}

/// The first letter without the article, which tells a spelling from another name.
fn initial(name: &str) -> Option<char> {
    let plain =
        name.split(['-', ' ']).find(|w| !matches!(*w, "al" | "Al" | "El" | "An" | "Ash" | "Ar" | "Az" | "As" | "At"));
    plain?.chars().find(|c| c.is_alphabetic()).map(|c| c.to_ascii_uppercase())
}

/// The name as written, a glued preposition left out.
fn name_span(ctx: &Ctx, first: usize, end: usize) -> String {
    let text = ctx.quote(first, end);
    let glued = ctx.at(first, ctx.l.place_prefix).is_some_and(|m| m.clitics.preposition != '\0');
    if glued { text.chars().skip(1).collect() } else { text }
}
