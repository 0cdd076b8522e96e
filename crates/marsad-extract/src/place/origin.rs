//! From where did it fly?
//!
//! «من» behind what flew or was launched leads to a place: «أطلق صاروخا من سهل القليلة», «مقذوفات من داخل الأراضي اليمنية على نجران»,
//! «سبعة صواريخ من شاحنة في حي الجهاد على القاعدة». What stands behind «على» or «باتجاه» is aimed at, and no origin.

use crate::context::Ctx;
use marsad_lang::{Count, Mention, Part};
use std::ops::Range;

/// Tokens from «من» to a place that lies behind other words of the origin.
const INNER: usize = 6;

/// Tokens from a verb of launching to its «من», over subject and object.
const LAUNCHED: usize = 8;

/// So many where a word such as «داخل» says that an origin follows, over who stands behind the doer.
const LAUNCHED_FAR: usize = 12;

/// Tokens from what flew to its «من».
const FLEW: usize = 4;

/// The words of an origin that has no name: «داخل الأراضي اليمنية», «جهة البحر».
const UNNAMED: usize = 5;

/// The token lies in the words that say from where something flew.
pub(super) fn leads_to(ctx: &Ctx, token: usize) -> bool {
    for at in (token.saturating_sub(INNER)..token).rev() {
        if opens(ctx, at, token) {
            return true;
        }
        if ends(ctx, at) || !joins(ctx, at) {
            return false;
        }
    }
    false
}

/// «من عرض البحر مخيم الشاطئ»: nothing joins a word with the article to a name behind it, so that it is what was hit.
fn joins(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    let leads = |t: usize| [l.prep_in, l.near, l.direction].iter().any(|k| ctx.is_at(t, *k));
    !is_definite(ctx, at) || is_definite(ctx, at + 1) || leads(at) || leads(at + 1)
}

fn is_definite(ctx: &Ctx, at: usize) -> bool {
    ctx.a.tokens.text_or_empty(at).starts_with(&*ctx.res.lexicon.clitics.article)
}

/// An origin without a name, as told: «من خارج الحدود» → «خارج الحدود».
pub(crate) fn unnamed(ctx: &Ctx, within: Range<usize>) -> Option<Range<usize>> {
    within.clone().find_map(|from| {
        let first = from + 1;
        let spatial = is_opener(ctx, first) && !ctx.is_at(first, ctx.l.target);
        let positions = ctx.is_at(from, ctx.l.from_positions);
        if !(spatial || positions) || !is_from(ctx, from) || !flew_before(ctx, from) {
            return None;
        }
        let end = within.end.min(first + UNNAMED);
        let over = |t: &usize| ends(ctx, *t) || !joins(ctx, t - 1);
        Some(first..(first + 1..end).find(over).unwrap_or(end))
    })
}

/// The origin is over: a sign, a verb, an aim, a time.
fn ends(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    let inner = ctx.is_at(at, l.prep_in) || ctx.is_at(at, l.near) || is_opener(ctx, at);
    let aim = |m: &Mention| ctx.has(m, l.on) || ctx.has(m, l.toward) || ctx.has(m, l.range_to);
    let joined = |m: &Mention| m.clitics.conjunction;
    let other = |m: &Mention| ctx.has(m, l.prep_place) && !inner;
    is_sign(ctx, at)
        || ctx.a.at(at).any(|m| is_finite(ctx, m) || aim(m) || other(m) || joined(m))
        || ctx.a.times_in(at..at + 1).next().is_some()
}

fn is_finite(ctx: &Ctx, m: &Mention) -> bool {
    ctx.has(m, ctx.l.verb) && matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive)
}

fn is_sign(ctx: &Ctx, at: usize) -> bool {
    !ctx.a.tokens.is_word(at) && !ctx.a.tokens.is_number(at)
}

/// A «من» of an origin, with words between it and the place that name one.
fn opens(ctx: &Ctx, from: usize, place: usize) -> bool {
    if !is_from(ctx, from) {
        return false;
    }
    let named = from + 1 == place;
    (named || is_opener(ctx, from + 1)) && flew_before(ctx, from)
}

/// «من» alone, or as the beginning of a phrase («من مواقع»).
fn is_from(ctx: &Ctx, at: usize) -> bool {
    ctx.before(at + 1, ctx.l.launch_cue).is_some() || ctx.is_at(at, ctx.l.from) || ctx.is_at(at, ctx.l.from_positions)
}

/// A word that a place or its surroundings begin with.
fn is_opener(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    let words = [l.origin_word, l.place_word, l.direction, l.land, l.border, l.part_noun, l.countryside];
    words.iter().any(|k| ctx.is_at(at, *k)) || is_carrier(ctx, at)
}

/// «من شاحنة», «من سفينة»: on which the launcher stood.
fn is_carrier(ctx: &Ctx, at: usize) -> bool {
    ctx.is_at(at, ctx.l.ship) || ctx.at(at, ctx.l.target).is_some_and(|m| &*ctx.a.entry(m).family == "vehicle")
}

/// «الجانب العسكري من مطار», «أحياء متفرقة من مدينة»: a part of it.
pub(super) fn is_part_of(ctx: &Ctx, from: usize) -> bool {
    let before = from.saturating_sub(2)..from;
    // «عبرت الحدود من بوركينا فاسو»
    let border = |m: &Mention| &*ctx.a.entry(m).family == "border_area";
    // «قوة من المدينة وأخرى من ورشفانة»
    let joined = |m: &Mention| (m.end..from).any(|t| ctx.a.at(t).any(|w| w.clitics.conjunction));
    let parts = |m: &Mention| (m.clitics.article || m.form.count == Count::Plural) && !border(m) && !joined(m);
    ctx.any(before.clone(), ctx.l.part_noun) || ctx.all(before, ctx.l.place_word).any(parts)
}

/// Something flew or was launched in the words before «من», and it was no shot of a gun.
fn flew_before(ctx: &Ctx, from: usize) -> bool {
    let l = ctx.l;
    let opener = is_opener(ctx, from + 1);
    // «أطلقته الميليشيا، من داخل الأراضي اليمنية»
    let end = if opener && from > 0 && ctx.sign(from - 1, "،") { from - 1 } else { from };
    let sign = (end.saturating_sub(LAUNCHED_FAR)..end).rev().find(|t| is_sign(ctx, *t)).map_or(0, |t| t + 1);
    let before = |reach: usize| end.saturating_sub(reach).max(sign)..end;
    let flies = |m: &Mention| (ctx.has(m, l.munition) || ctx.has(m, l.salvo)) && !ctx.has(m, l.explosive);
    // «مسيّرة اقتربت من حقل»: another verb governs «من».
    if is_part_of(ctx, from) || ctx.before(from, l.takes_from).is_some() {
        return false;
    }
    let shot = ctx.any(before(LAUNCHED), l.gunfire) && !ctx.a.within(before(LAUNCHED)).any(flies);
    let cue = ctx.before(from + 1, l.launch_cue).is_some();
    // «قصفت مقر القيادة بالخرطوم من منطقة صالحة»
    let (launch, bombard) = if opener { (LAUNCHED_FAR, LAUNCHED_FAR) } else { (LAUNCHED, FLEW) };
    let launched = || cue || ctx.any(before(launch), l.launch) || ctx.any(before(bombard), l.bombard);
    !shot && (launched() || ctx.a.within(before(FLEW)).any(flies) || strikes_from(ctx, from))
}

/// «نفذ عدوانا من الجولان على محيط دمشق»: an attack from one place on another.
fn strikes_from(ctx: &Ctx, from: usize) -> bool {
    let l = ctx.l;
    let attack = [l.attack, l.strike, l.raid].iter().any(|k| ctx.any(from.saturating_sub(2)..from, *k));
    let aim = |t: usize| ctx.is_at(t, l.on) || ctx.is_at(t, l.toward);
    attack && (from + 2..from + INNER).find(|t| aim(*t) || ctx.sign(*t, "،")).is_some_and(aim)
}
