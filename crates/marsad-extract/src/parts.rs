//! Which parts of a toll fell in which attack, where the text gives the whole first or counts in the order of the attacks?
//!
//! «قتل ثمانية في هجمات: ثلاثة في انفجار عبوة في …، وخمسة في هجوم على …», «سيارتان في بغداد والحلة، ما أسفر عن مقتل أربعة في
//! الأولى وسبعة في الثانية», «مقتل ثلاثة وخمسة في بغداد والحلة على التوالي». The whole belongs to none of them.

use crate::context::Ctx;
use crate::judge::shared_toll;
use crate::place::{self, Located, PlaceRole};
use crate::share::{count_in, verb_before};
use crate::toll::{Fact, Kind, ONE, Said};
use crate::unit::{Link, Unit, event_of};
use crate::when::When;
use marsad_lang::{Amount, Mention, NumberKind, NumberMention, Sentence};
use marsad_model::Tally;

/// One part of a whole: where its count begins and where the next part does.
struct Part {
    first: usize,
    end: usize,
    fact: Fact,
}

/// Behind a colon, or behind a comma and «منهم», numbers that add up to the toll of the whole are those of the attacks in which
/// they stand.
pub fn by_sum(ctx: &Ctx, sentence: &Sentence, units: &mut Vec<Unit>) -> Option<Tally> {
    let signs = || sentence.first..sentence.end;
    let colon = signs().find(|t| ctx.sign(*t, ":")).or_else(|| signs().find(|t| breaks_down(ctx, *t)))?;
    let whole_of = |u: &Unit| u.facts.iter().find(|f| is_whole(f, colon)).and_then(|f| Some((f.kind, value(f)?)));
    let (lead, (kind, whole)) = units.iter().enumerate().find_map(|(i, u)| Some((i, whole_of(u)?)))?;
    let parts = parts(ctx, sentence, colon, kind, units);
    let sum: f64 = parts.iter().filter_map(|p| value(&p.fact)).sum();
    if parts.len() < 2 || sum != whole {
        return None;
    }
    let told: Vec<Unit> = parts.iter().map(|p| attack_of(ctx, units, lead, colon, p)).collect::<Option<_>>()?;
    if !apart(ctx, units, &told) {
        return None;
    }
    let tally = shared_toll(ctx, &units[lead]);
    let from = parts[0].first;
    let first_told = units.iter().position(|u| u.end > from).unwrap_or(units.len());
    let mut kept: Vec<Unit> = std::mem::take(units);
    let after = kept.split_off(first_told).into_iter().filter(|u| u.first >= parts[parts.len() - 1].end);
    let after: Vec<Unit> = after.collect();
    kept.retain(|u| u.end <= colon && !u.facts.iter().any(|f| is_whole(f, colon)));
    units.extend(kept.into_iter().chain(told).chain(after));
    tally
}

/// «…، أربعة منهم في انفجار …»
fn breaks_down(ctx: &Ctx, comma: usize) -> bool {
    let number = || ctx.a.numbers_in(comma + 1..comma + 2).find(|n| n.kind == NumberKind::Cardinal);
    (ctx.sign(comma, "،") || ctx.sign(comma, ",")) && number().is_some_and(|n| ctx.is_at(n.core.1, ctx.l.of_them))
}

fn is_whole(f: &Fact, colon: usize) -> bool {
    matches!(f.kind, Kind::Killed | Kind::Wounded) && matches!(f.said, Said::Count(_)) && f.end <= colon
}

fn value(f: &Fact) -> Option<f64> {
    if let Said::Count(a) = f.said { a.value } else { None }
}

/// The numbers that open a clause, or are joined, behind the colon; each reaches to the next one.
fn parts(ctx: &Ctx, sentence: &Sentence, colon: usize, kind: Kind, units: &[Unit]) -> Vec<Part> {
    let opens = |t: usize| {
        t == colon + 1
            || sentence.clauses.iter().any(|c| c.first == t)
            || ctx.a.at(t).any(|m| m.clitics.conjunction)
            || ctx.before(t, ctx.l.and_word).is_some()
    };
    let starts: Vec<(usize, Fact)> =
        (colon + 1..sentence.end).filter(|t| opens(*t)).filter_map(|t| Some((t, part_at(ctx, t, kind)?))).collect();
    let ends = starts.get(1..).unwrap_or_default().iter().map(|(t, _)| *t).chain(std::iter::once(sentence.end));
    let told_to = |t: usize| holder(units, t).map_or(sentence.end, |i| units[i].end);
    let pairs = starts.iter().cloned().zip(ends);
    pairs.map(|((first, fact), end)| Part { first, end: end.min(told_to(first).max(first + 1)), fact }).collect()
}

/// The telling that a token stands in.
fn holder(units: &[Unit], token: usize) -> Option<usize> {
    units.iter().position(|u| (u.first..u.end).contains(&token))
}

/// A bare number at the head of a clause, or «والخامس»: of the people told before.
fn part_at(ctx: &Ctx, at: usize, kind: Kind) -> Option<Fact> {
    let last = |n: &&NumberMention| n.first == at && n.kind == NumberKind::Ordinal && is_definite(ctx, n);
    if let Some(n) = ctx.a.numbers_in(at..at + 1).find(last) {
        return Some(Fact::counted(kind, ONE, n.first, n.end));
    }
    let number = ctx.a.numbers_in(at..at + 3).find(|n| n.first == at && n.kind == NumberKind::Cardinal)?;
    // «ثلاثة بنيران قناص» counts no guns.
    let bare = |m: &Mention| m.clitics.preposition == '\0';
    let counted = [ctx.l.unit, ctx.l.weapon].iter().any(|k| ctx.at(number.core.1, *k).is_some_and(bare));
    let time = ctx.a.times_in(at..number.end + 1).any(|(_, t)| t.first <= at);
    (!counted && !time).then(|| Fact::counted(kind, Amount::of(number), number.first, number.end))
}

/// The attack that a part tells: what stands in the part, with the means and the day of the lead where it has none.
fn attack_of(ctx: &Ctx, units: &[Unit], lead: usize, colon: usize, part: &Part) -> Option<Unit> {
    let base = &units[holder(units, part.first)?];
    let inside = |t: usize| (part.first..part.end).contains(&t);
    let of = |u: &Unit| u.hits.iter().filter(|h| inside(h.head)).cloned().collect::<Vec<_>>();
    let hits: Vec<_> = units.iter().flat_map(of).collect();
    let mut places: Vec<Located> = units.iter().flat_map(|u| &u.places).filter(|p| inside(p.first)).cloned().collect();
    if let Some(p) = places.first_mut().filter(|p| p.role != PlaceRole::Launch) {
        p.role = PlaceRole::Scene;
    }
    let mut whens: Vec<When> =
        base.whens.iter().filter(|w| w.own && inside(ctx.a.times[w.time].first)).cloned().collect();
    if whens.is_empty() {
        // What is said of the day before the colon holds for each.
        let day = units[lead].whens.iter().filter(|w| w.own && ctx.a.times[w.time].first < colon);
        whens.extend(day.map(|w| When { shared: true, ..w.clone() }));
    }
    let own = event_of(ctx, &hits, part.first, part.end);
    let lead_event = units[lead].event;
    let carried = (own.is_vague() && !lead_event.is_vague()).then_some(lead_event);
    let others = units.iter().flat_map(|u| &u.facts);
    let others = others.filter(|f| inside(f.first) && f.kind != part.fact.kind && f.first > part.fact.first).cloned();
    let facts = std::iter::once(part.fact.clone()).chain(others).collect();
    let link = if inside(base.first) { base.link } else { Link::Another };
    Some(Unit {
        first: part.first,
        end: part.end,
        places,
        whens,
        facts,
        link,
        carried,
        event: carried.unwrap_or(own),
        hits: if hits.is_empty() { units[lead].hits.clone() } else { hits },
        alone: false,
        ..base.clone()
    })
}

/// Each part is an attack of its own: it has a place that is none of the others', or the text tells it apart.
fn apart(ctx: &Ctx, units: &[Unit], told: &[Unit]) -> bool {
    let scene = |u: &Unit| u.places.iter().find(|p| p.role == PlaceRole::Scene).cloned();
    let elsewhere = |a: &Unit, b: &Unit| match (scene(a), scene(b)) {
        (Some(x), Some(y)) => !place::compatible(ctx, &x, &y),
        _ => false,
    };
    let pairs = || told.windows(2).map(|w| (&w[0], &w[1]));
    pairs().all(|(a, b)| elsewhere(a, b) || holder(units, a.first) != holder(units, b.first))
}

/// «أربعة في الأولى وسبعة في الثانية», «ثلاثة وخمسة … على التوالي»: for each of so many places that one telling names, what fell there.
pub fn by_order(ctx: &Ctx, unit: &Unit, places: usize) -> Option<Vec<Vec<Fact>>> {
    by_ordinal(ctx, unit, places)
        .or_else(|| respectively(ctx, unit, places))
        .or_else(|| in_each(ctx, unit).map(|facts| vec![facts; places]))
}

/// «لغارات أدت إلى استشهاد مواطن في كل منها»: as many in each.
fn in_each(ctx: &Ctx, unit: &Unit) -> Option<Vec<Fact>> {
    let each = ctx.all(unit.first..unit.end, ctx.l.in_each).next()?;
    let facts: Vec<Fact> = unit.facts.iter().filter(|f| f.founds() && f.end <= each.first).cloned().collect();
    (!facts.is_empty()).then_some(facts)
}

fn by_ordinal(ctx: &Ctx, unit: &Unit, places: usize) -> Option<Vec<Vec<Fact>>> {
    let ordinals =
        ctx.a.numbers_in(unit.first..unit.end).filter(|n| n.kind == NumberKind::Ordinal && is_definite(ctx, n));
    let mut told = unit.first;
    let mut kind = None;
    let mut out: Vec<Vec<Fact>> = vec![vec![]; places];
    for n in ordinals {
        let index = n.value.filter(|v| *v >= 1.0).map(|v| v as usize - 1).filter(|i| *i < places);
        if let (Some(index), Some((first, own, amount))) = (index, count_in(ctx, told, n.first)) {
            kind = own.or(kind);
            out[index].push(Fact::counted(kind.unwrap_or(Kind::Killed), amount, first, n.end));
            told = n.end;
        }
    }
    out.iter().all(|facts| !facts.is_empty()).then_some(out)
}

/// As many counts of one kind, joined, as places.
fn respectively(ctx: &Ctx, unit: &Unit, places: usize) -> Option<Vec<Vec<Fact>>> {
    ctx.all(unit.first..unit.end, ctx.l.respectively).next()?;
    let joined = |n: &NumberMention| {
        ctx.a.at(n.first).any(|m| m.clitics.conjunction) || ctx.before(n.first, ctx.l.and_word).is_some()
    };
    let numbers: Vec<&NumberMention> =
        ctx.a.numbers_in(unit.first..unit.end).filter(|n| n.kind == NumberKind::Cardinal).collect();
    let row =
        |w: &&[&NumberMention]| w[1..].iter().all(|n| joined(n)) && w.windows(2).all(|p| p[1].first <= p[0].end + 2);
    let rows = numbers.windows(places).filter(row);
    let mut out: Vec<Vec<Fact>> = vec![vec![]; places];
    for row in rows {
        // «وخلفتا سبعة وثلاثة قتلى»
        let Some(kind) = verb_before(ctx, unit.first, row[0].first).or_else(|| noun_behind(ctx, row)) else { continue };
        for (facts, n) in out.iter_mut().zip(row) {
            facts.push(Fact::counted(kind, Amount::of(n), n.first, n.end));
        }
    }
    out.iter().all(|facts| !facts.is_empty()).then_some(out)
}

fn is_definite(ctx: &Ctx, n: &NumberMention) -> bool {
    ctx.a.at(n.core.0).any(|m| m.clitics.article)
}

fn noun_behind(ctx: &Ctx, row: &[&NumberMention]) -> Option<Kind> {
    let end = row.last()?.core.1;
    match () {
        _ if ctx.is_at(end, ctx.l.dead_noun) => Some(Kind::Killed),
        _ if ctx.is_at(end, ctx.l.hurt_noun) => Some(Kind::Wounded),
        _ => None,
    }
}
