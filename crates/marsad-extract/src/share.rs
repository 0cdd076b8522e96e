//! Which part of a toll fell in which place?
//!
//! «13 قتيلاً في كربلاء و9 في كركوك», «أصيب رجل في بنش وامرأة في النيرب»: each
//! place with its own count is an attack of its own, and what all of them
//! lost together belongs to none.

use crate::context::Ctx;
use crate::judge::shared_toll;
use crate::place::{self, Located, PlaceRole};
use crate::toll::{Fact, Kind, Said, sum};
use crate::unit::{Link, Unit, event_of};
use marsad_lang::{Amount, Mention, NumberKind, Sentence};
use marsad_model::{EventType, Tally};

/// A count with the place right behind it.
struct Share<'l> {
    first: usize,
    end: usize,
    /// Its number stands in brackets behind the place.
    bracketed: bool,
    /// `None` where only a number stands: of the kind told before.
    kind: Option<Kind>,
    amount: Amount,
    place: &'l Located,
}

/// Tokens from one share of a list to the next.
const APART_MAX: usize = 16;

/// One telling for each place of a list of tolls; the telling itself when it holds no list.
pub fn split(ctx: &Ctx, unit: Unit, located: &[Located]) -> (Vec<Unit>, Option<Tally>) {
    let sentence = &ctx.a.sentences[unit.sentence];
    let list = list(ctx, sentence, &unit, located);
    let Some(first) = list.first() else { return (vec![unit], None) };
    let before: Vec<Fact> = unit.facts.iter().filter(|f| f.end <= first.first).cloned().collect();
    let kind =
        before.iter().map(|f| f.kind).find(|k| matches!(k, Kind::Killed | Kind::Wounded)).unwrap_or(Kind::Killed);
    let whole = Unit { facts: before, ..unit.clone() };
    let mut told = kind;
    let mut out = vec![];
    for (i, share) in list.iter().enumerate() {
        told = share.kind.unwrap_or(told);
        let first = if i == 0 { unit.first } else { share.first };
        let end = list.get(i + 1).map_or(unit.end, |next| next.first);
        let part = Unit { first, end, event: sharper(ctx, &unit, first, end), ..unit.clone() };
        out.push(one(ctx, part, share, told, i));
    }
    (out, shared_toll(ctx, &whole))
}

/// «13 قتيلاً في كربلاء بسيارتين مفخختين»: the means that are told of this share.
fn sharper(ctx: &Ctx, unit: &Unit, first: usize, end: usize) -> EventType {
    let own = event_of(ctx, &unit.hits, first, end);
    if own.is_vague() { unit.event } else { own }
}

fn one(ctx: &Ctx, unit: Unit, share: &Share, kind: Kind, index: usize) -> Unit {
    let broad: Vec<Located> =
        unit.places.iter().filter(|p| place::level(ctx, p) >= 5 && p.first != share.place.first).cloned().collect();
    let scene = Located { role: PlaceRole::Scene, ..share.place.clone() };
    Unit {
        places: std::iter::once(scene).chain(broad).collect::<Vec<_>>(),
        facts: vec![Fact::counted(kind, share.amount, share.first, share.end)],
        link: if index == 0 { unit.link } else { Link::Another },
        ..unit
    }
}

/// The shares that begin in the unit, when they are two at least and lie in places apart.
fn list<'l>(ctx: &Ctx, sentence: &Sentence, unit: &Unit, located: &'l [Located]) -> Vec<Share<'l>> {
    let mut out: Vec<Share> = vec![];
    let places = place::within(located, unit.first, unit.end);
    for p in places.iter().filter(|p| place::level(ctx, p) < 9 && p.role != PlaceRole::Launch) {
        let from = out.last().map_or(sentence.first.max(unit.first), |s| s.end);
        let Some(share) = counted_before(ctx, from, p).or_else(|| counted_behind(ctx, p)) else { continue };
        let far = out.last().is_some_and(|last| share.first > last.end + APART_MAX);
        let again = out.iter().any(|s| place::compatible(ctx, s.place, p));
        if far || again {
            break;
        }
        out.push(share);
    }
    if let Some(first) = out.first_mut() {
        first.kind = first.kind.or_else(|| verb_before(ctx, sentence.first, first.first));
    }
    let told = out.len() >= 2 && (!out.iter().any(|s| s.bracketed) || add_up(unit, &out));
    if told { out } else { vec![] }
}

/// «مقتل 19 في غارات على جسر الشغور (8) وكفرنبل (6) وسراقب (5)»: numbers in brackets count the dead where they make up the whole.
fn add_up(unit: &Unit, shares: &[Share]) -> bool {
    let sum: f64 = shares.iter().filter_map(|s| s.amount.value).sum();
    let whole = |f: &Fact| f.end <= shares[0].first && matches!(f.said, Said::Count(a) if a.value == Some(sum));
    unit.facts.iter().any(whole)
}

/// «9 في كركوك», «امرأة في قرية النيرب»: the count that ends where the place begins.
fn counted_before<'l>(ctx: &Ctx, from: usize, p: &'l Located) -> Option<Share<'l>> {
    let (first, kind, amount) = count_in(ctx, from, p.first)?;
    Some(Share { first, end: p.end, bracketed: false, kind, amount, place: p })
}

/// «جسر الشغور (8) وكفرنبل (6)»: a number in brackets behind the place.
fn counted_behind<'l>(ctx: &Ctx, p: &'l Located) -> Option<Share<'l>> {
    let number = ctx.a.numbers_in(p.end + 1..p.end + 2).find(|n| n.kind == NumberKind::Cardinal)?;
    let closed = ctx.sign(p.end, "(") && ctx.sign(number.core.1, ")");
    let year = number.value.is_some_and(|v| v > 1900.0);
    let (end, amount) = (number.core.1 + 1, Amount::of(number));
    (closed && !year).then_some(Share { first: p.first, end, bracketed: true, kind: None, amount, place: p })
}

/// «9 في …», «امرأة في …»: the people that are counted right before what they were in, and where their count begins.
pub(crate) fn count_in(ctx: &Ctx, from: usize, what: usize) -> Option<(usize, Option<Kind>, Amount)> {
    let glued = ctx.a.at(what).any(|m| m.clitics.preposition != '\0');
    let end = ctx.before(what, ctx.l.prep_in).map(|m| m.first).or(glued.then_some(what))?;
    let end = ctx.before(end, ctx.l.at_least).map_or(end, |m| m.first);
    let (first, kind, amount) = people_before(ctx, from, end).or_else(|| {
        let number = ctx.a.numbers_in(from..end).find(|n| n.core.1 == end && n.kind == NumberKind::Cardinal)?;
        Some((number.first, None, Amount::of(number)))
    })?;
    Some((first, kind.or_else(|| verb_before(ctx, from, first)), amount))
}

/// Counted people that end at a token, with those joined before them and without a breakdown.
fn people_before(ctx: &Ctx, from: usize, end: usize) -> Option<(usize, Option<Kind>, Amount)> {
    let end = ctx.before(end, ctx.l.other).map_or(end, |m| m.first);
    let m = ctx.before(end, ctx.l.victim).filter(|m| m.phrase.0.min(m.first) >= from)?;
    let first = m.phrase.0.min(m.first);
    if let Some(among) = ctx.before(first, ctx.l.among_them) {
        return people_before(ctx, from, among.first);
    }
    let amount = m.quantity.filter(|q| !q.vague && (q.worded || !ctx.a.is(m, "national")))?;
    let joined = ctx.a.at(first).any(|w| w.clitics.conjunction).then(|| people_before(ctx, from, first)).flatten();
    match joined {
        Some((start, kind, others)) => Some((start, kind.or(kind_of(ctx, m)), sum(others, amount))),
        None => Some((first, kind_of(ctx, m), amount)),
    }
}

fn kind_of(ctx: &Ctx, m: &Mention) -> Option<Kind> {
    let l = ctx.l;
    match () {
        _ if ctx.has(m, l.dead_noun) => Some(Kind::Killed),
        _ if ctx.has(m, l.hurt_noun) => Some(Kind::Wounded),
        _ => None,
    }
}

/// The last verb of killing or wounding before a share.
pub(crate) fn verb_before(ctx: &Ctx, from: usize, first: usize) -> Option<Kind> {
    let last = |label| ctx.all(from..first, label).map(|m| m.first).next_back();
    match (last(ctx.l.kill), last(ctx.l.injure)) {
        (None, None) => None,
        (killed, wounded) if killed > wounded => Some(Kind::Killed),
        _ => Some(Kind::Wounded),
    }
}
