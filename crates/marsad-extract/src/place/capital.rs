//! Which town is «العاصمة», where it is not named?
//!
//! That of the country in which the report plays: of the scene told last, else of the one country in which places are named, else of the one whose
//! people or forces it speaks of. Where several are told it stays open.

use super::offset;
use super::rank::Context;
use super::role::{is_coordinated, part};
use super::{Located, PlaceRole};
use crate::context::Ctx;
use marsad_lang::{Class, PlaceId};

/// «في العاصمة», «شرقي العاصمة» without a name behind it.
pub(super) fn bare_capital(ctx: &Ctx, token: usize, context: &Context, placed: &[Located]) -> Option<Located> {
    let word = ctx.at(token, ctx.l.capital_word).filter(|w| !is_told_behind(ctx, w.end))?;
    let capital = capital_meant(ctx, context, placed)?;
    let last = placed.last();
    let (role, relation, directed) = part(ctx, token, word, Some(capital), last);
    Some(Located {
        first: token,
        end: word.end,
        role,
        relation,
        candidates: vec![capital],
        unlisted: None,
        kind: None,
        coordinated: is_coordinated(ctx, token, last),
        directed,
        container: None,
        offset: offset::told_before(ctx, token).or_else(|| offset::side_of(ctx, (token, token), word.end, false)),
    })
}

/// «العاصمة الفرنسية», «العاصمة الإدارية», «العاصمة "كمبالا"»: which one is told right behind.
fn is_told_behind(ctx: &Ctx, at: usize) -> bool {
    let quoted = ["\"", "«", "“", "("].iter().any(|sign| ctx.sign(at, sign));
    let named = ctx.a.at(at).any(|m| ctx.a.class(m) == Class::Place || ctx.has(m, ctx.l.nationality));
    let unknown = ctx.a.tokens.is_word(at) && ctx.a.at(at).next().is_none();
    quoted || named || unknown
}

fn capital_meant(ctx: &Ctx, context: &Context, placed: &[Located]) -> Option<PlaceId> {
    let g = &ctx.res.gazetteer;
    let scene = placed.iter().rev().find(|p| p.role == PlaceRole::Scene && !p.candidates.is_empty());
    let of_scene = scene.and_then(|p| p.candidates.first()).map(|id| g.get(*id).country.clone());
    g.capital(&of_scene.or_else(|| context.one_country())?)
}
