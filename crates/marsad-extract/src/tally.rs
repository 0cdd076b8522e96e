//! Which counts speak of many attacks rather than of one?
//!
//! «نحو 50 هجوماً منذ مطلع العام», «الثالث خلال ثلاثة أيام», tolls over a period,
//! habits and lulls: claims of their own, to be audited against the store, and
//! never incidents.

use crate::context::Ctx;
use crate::munition::quantity;
use crate::toll::{Fact, Kind, Said};
use crate::trigger::Hit;
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_lang::time::{Unit, resolve};
use marsad_lang::{Amount, Clause, Mention, NumberKind, Sentence, TimeExpr, TimeMention};
use marsad_model::{EventType, Evidence, Quantity, Tally, TallyKind};

/// Tallies of a sentence, and the hits that belong to them and not to events.
pub fn tallies(ctx: &Ctx, sentence: &Sentence, hits: &[Hit], facts: &[Fact]) -> (Vec<Tally>, Vec<usize>) {
    let (mut out, mut spent) = (vec![], vec![]);
    for clause in &sentence.clauses {
        let window = window(ctx, sentence, clause);
        if let Some(tally) = counted_attacks(ctx, clause, window.as_ref(), hits, &mut spent) {
            out.push(tally);
        }
        if let Some(tally) = ordinal(ctx, sentence, clause) {
            out.push(tally);
        }
        if let Some(tally) = habit(ctx, clause, window.as_ref(), hits, &mut spent) {
            out.push(tally);
        }
    }
    let report = toll_report(ctx, sentence, facts);
    if report.is_some() {
        spend_on_toll(ctx, sentence, hits, facts, &mut spent);
    }
    out.extend(report);
    (out, spent)
}

/// The period a clause speaks of: «منذ …», «خلال …», «على مدى الأشهر الماضية».
struct Window {
    kind: TallyKind,
    from: Option<Date>,
    to: Option<Date>,
    evidence: Evidence,
}

fn window(ctx: &Ctx, sentence: &Sentence, clause: &Clause) -> Option<Window> {
    let here = clause.first..clause.end;
    // «ومنذ مطلع العام، استهدف …»: the period may stand in the clause before.
    let at = sentence.clauses.partition_point(|c| c.first < clause.first);
    let before = at.checked_sub(1).map(|i| &sentence.clauses[i]);
    let frame = before
        .filter(|c| c.end - c.first <= 14 && ctx.any(c.first..(c.first + 2).min(c.end), ctx.l.since))
        .map(|c| c.first..c.end);
    let to = ctx.anchor.exact();
    for span in [Some(here), frame].into_iter().flatten() {
        if let Some(m) = ctx.all(span.clone(), ctx.l.since).next() {
            let time = ctx.a.times_in(m.end..span.end).next().map(|t| t.1);
            let from = time.and_then(|t| resolve(t, &ctx.anchor).earliest).or_else(|| term_start(ctx, m.end, span.end));
            let end = time.map_or((m.end + 2).min(span.end), |t| t.end);
            return Some(Window {
                kind: TallyKind::CountSince,
                from,
                to,
                evidence: ctx.evidence(m.first, end, "tally-since"),
            });
        }
        let during =
            ctx.all(span.clone(), ctx.l.during).find_map(|m| Some((m, ctx.a.times_in(m.end..m.end + 3).next()?.1)));
        let during = during.or_else(|| in_less_than(ctx, &span)).filter(|(_, t)| !is_some_hours(&t.expr));
        if during.is_none()
            && let Some((m, end)) = in_less_than_one(ctx, &span)
        {
            let evidence = ctx.evidence(m.first, end, "tally-during");
            return Some(Window { kind: TallyKind::CountInPastPeriod, from: None, to, evidence });
        }
        if let Some((m, t)) = during {
            let from = back_from(to, &t.expr);
            return Some(Window {
                kind: TallyKind::CountInPastPeriod,
                from,
                to,
                evidence: ctx.evidence(m.first, t.end, "tally-during"),
            });
        }
    }
    None
}

/// «46 هجوماً في أقل من شهر»
fn in_less_than<'a>(ctx: &Ctx<'a>, span: &std::ops::Range<usize>) -> Option<(&'a Mention, &'a TimeMention)> {
    let lasts = |t: &&TimeMention| matches!(t.expr, TimeExpr::Duration { .. });
    ctx.a.times_in(span.clone()).map(|(_, t)| t).filter(lasts).find_map(|t| {
        let within = t.first.saturating_sub(HEDGE_MAX).max(span.start)..t.first;
        let preposition = ctx.all(within, ctx.l.prep_in).last()?;
        let hedge = ctx.any(preposition.end..t.first, ctx.l.less_than);
        hedge.then_some((preposition, t))
    })
}

/// «في أقل من شهر»: a unit alone is no span that is counted.
fn in_less_than_one<'a>(ctx: &Ctx<'a>, span: &std::ops::Range<usize>) -> Option<(&'a Mention, usize)> {
    let hedge = ctx.all(span.clone(), ctx.l.less_than).find(|m| ctx.is_at(m.end, ctx.l.unit))?;
    Some((ctx.before(hedge.first, ctx.l.prep_in)?, hedge.end + 1))
}

/// Tokens of «في أقل من».
const HEDGE_MAX: usize = 3;

/// «خلال الساعات الماضية» is today, «خلال 24 ساعة» a period.
fn is_some_hours(expr: &TimeExpr) -> bool {
    const PERIOD: f64 = 12.0;
    matches!(expr, TimeExpr::Duration { n, unit: Unit::Hour | Unit::Minute } if n.is_none_or(|n| n <= PERIOD))
}

/// «منذ تسلّم الرئيس … السلطة»: the start of the named person's term.
fn term_start(ctx: &Ctx, first: usize, end: usize) -> Option<Date> {
    let person = ctx.all(first..end, ctx.l.person).next()?;
    ctx.res.terms.iter().find(|t| t.person == person.form.entry).map(|t| t.from)
}

fn back_from(to: Option<Date>, expr: &TimeExpr) -> Option<Date> {
    let TimeExpr::Duration { n, unit } = expr else { return None };
    let n = n.unwrap_or(1.0) as i64;
    let span = match unit {
        Unit::Hour => (n.max(24) / 24).days(),
        Unit::Second | Unit::Minute => 0.days(),
        // An ordinal's window counts its own day.
        Unit::Day => (n - 1).max(0).days(),
        Unit::Week => (7 * n).days(),
        Unit::Month => n.months(),
        Unit::Year => n.years(),
        Unit::Decade => (10 * n).years(),
    };
    to?.checked_sub(span).ok()
}

fn attack_noun(ctx: &Ctx, m: &Mention) -> bool {
    let noun = matches!(m.form.part, marsad_lang::Part::Noun | marsad_lang::Part::Plain);
    noun && [
        ctx.l.attack,
        ctx.l.strike,
        ctx.l.raid,
        ctx.l.operation,
        ctx.l.assassinate,
        ctx.l.explode,
        ctx.l.detonate,
        ctx.l.target_v,
    ]
    .iter()
    .any(|l| ctx.has(m, *l))
}

/// «نحو 50 هجوماً»: a number of attacks with a period, or a vague number («عشرات الهجمات»).
fn counted_attacks(
    ctx: &Ctx,
    clause: &Clause,
    window: Option<&Window>,
    hits: &[Hit],
    spent: &mut Vec<usize>,
) -> Option<Tally> {
    let noun = ctx.a.within(clause.first..clause.end).find_map(|m| {
        let n = ctx
            .a
            .numbers_in(m.first.saturating_sub(8)..m.first)
            .find(|n| n.core.1 == m.first && n.kind != NumberKind::Ordinal && n.kind != NumberKind::Fraction)?;
        // «أصيب 160 بتفجير»: the wounded are counted.
        let counted = m.clitics.preposition == '\0';
        (counted && attack_noun(ctx, m) || ctx.a.is(m, "unit-thing") && window.is_some() && attack_noun(ctx, m))
            .then_some((m, n))
    });
    let (m, n) = noun?;
    // «شنت الطائرات صباح اليوم عدة غارات»: told of a day, they are one event.
    let of_a_day = window.is_none() && n.kind == NumberKind::Vague && tells_a_day(ctx, clause, hits);
    let many = n.value.is_none_or(|v| v > 3.0) && !of_a_day;
    if !many || (window.is_none() && n.value.is_some()) {
        return None;
    }
    let span = clause.first..clause.end;
    spent.extend(hits.iter().enumerate().filter(|(_, h)| span.contains(&h.head)).map(|(i, _)| i));
    let mut evidence = vec![ctx.evidence(n.first, m.end, "tally-count")];
    evidence.extend(window.map(|w| w.evidence.clone()));
    Some(Tally {
        kind: window.map_or(TallyKind::CountInPastPeriod, |w| w.kind),
        count: quantity(Amount::of(n), vec![ctx.evidence(n.first, n.core.1, "tally-count")]),
        from: window.and_then(|w| w.from),
        to: window.and_then(|w| w.to).or(ctx.anchor.exact()),
        types: types_in(ctx, clause),
        target: None,
        said_by: None,
        killed: Quantity::unknown(),
        wounded: Quantity::unknown(),
        evidence,
    })
}

/// A day is told in the clause, and a verb of attack has it.
fn tells_a_day(ctx: &Ctx, clause: &Clause, hits: &[Hit]) -> bool {
    let day = |e: &TimeExpr| {
        matches!(
            e,
            TimeExpr::Relative { .. } | TimeExpr::Weekday { .. } | TimeExpr::Part | TimeExpr::Date { day: Some(_), .. }
        )
    };
    let acts = [ctx.l.carry_out, ctx.l.happen, ctx.l.be_exposed, ctx.l.launch];
    let span = clause.first..clause.end;
    let verb = hits.iter().any(|h| span.contains(&h.head) && !h.noun) || acts.iter().any(|l| ctx.any(span.clone(), *l));
    verb && ctx.a.times_in(span).any(|(_, t)| t.is_point() && day(&t.expr))
}

/// Types that the clause limits its count to: «بعبوات ناسفة أو صواريخ».
fn types_in(ctx: &Ctx, clause: &Clause) -> Vec<EventType> {
    let mut types: Vec<EventType> = ctx
        .all(clause.first..clause.end, ctx.l.weapon)
        .filter_map(|m| {
            Some(match &*ctx.a.best_entry(m).family {
                "rocket" => EventType::RocketAttack,
                "missile" => EventType::MissileAttack,
                "drone" => EventType::DroneAttack,
                "ied" => EventType::Ied,
                "car-bomb" => EventType::CarBomb,
                "shell" => EventType::Shelling,
                _ => return None,
            })
        })
        .collect();
    let rockets = ctx.a.within(clause.first..clause.end).any(|m| ctx.a.is(m, "rocket-adjective"));
    types.extend(rockets.then_some(EventType::RocketAttack));
    types.sort();
    types.dedup();
    types
}

/// «وهو الثالث خلال ثلاثة أيام», «في ثالث عملية من نوعها … في غضون ثلاثة أيام».
fn ordinal(ctx: &Ctx, sentence: &Sentence, clause: &Clause) -> Option<Tally> {
    let n = ctx
        .a
        .numbers_in(clause.first..clause.end)
        .find(|n| n.kind == NumberKind::Ordinal && n.end <= clause.end && n.value.is_some_and(|v| v >= 2.0))?;
    if ctx.a.times_in(n.first.saturating_sub(8)..n.first + 1).any(|(_, t)| n.end <= t.end) {
        return None;
    }
    let during = ctx.all(n.end..sentence.end.min(n.end + 16), ctx.l.during).next();
    let since = ctx.all(n.end..sentence.end.min(n.end + 10), ctx.l.since).next();
    let cue = during.or(since)?;
    let time = ctx.a.times_in(cue.end..(cue.end + 4).min(sentence.end)).next()?.1;
    let to = ctx.anchor.exact();
    let from = if during.is_some() { back_from(to, &time.expr) } else { resolve(time, &ctx.anchor).earliest };
    let count = n.value? as u32;
    Some(Tally {
        kind: TallyKind::OrdinalInWindow,
        count: Quantity::exactly(count, vec![ctx.evidence(n.core.0, n.core.1, "tally-ordinal")]),
        from,
        to,
        types: types_in(ctx, clause),
        target: None,
        said_by: None,
        killed: Quantity::unknown(),
        wounded: Quantity::unknown(),
        evidence: vec![ctx.evidence(n.core.0, time.end, "tally-ordinal")],
    })
}

/// Attacks told as a habit over a long period: «على مدى الأشهر الماضية تعرضت قواعد … لهجمات».
fn habit(ctx: &Ctx, clause: &Clause, window: Option<&Window>, hits: &[Hit], spent: &mut Vec<usize>) -> Option<Tally> {
    let window = window?;
    let span = clause.first..clause.end;
    let mine: Vec<usize> =
        hits.iter().enumerate().filter(|(i, h)| span.contains(&h.head) && !spent.contains(i)).map(|(i, _)| i).collect();
    let day = ctx.a.times_in(span.clone()).any(|(_, t)| {
        matches!(t.expr, TimeExpr::Weekday { .. } | TimeExpr::Relative { .. } | TimeExpr::Date { day: Some(_), .. })
    });
    let all_plural = !mine.is_empty() && mine.iter().all(|i| hits[*i].plural || hits[*i].casualty_only);
    let general = mine.iter().any(|i| hits[*i].plural) && all_plural
        || (mine.iter().any(|i| hits[*i].plural) && window.kind == TallyKind::CountInPastPeriod);
    if day || !general {
        return None;
    }
    spent.extend(&mine);
    Some(Tally {
        kind: TallyKind::HabitualUncounted,
        count: Quantity::unknown(),
        from: window.from,
        to: window.to,
        types: types_in(ctx, clause),
        target: None,
        said_by: None,
        killed: Quantity::unknown(),
        wounded: Quantity::unknown(),
        evidence: vec![ctx.evidence(clause.first, clause.end, "tally-habit"), window.evidence.clone()],
    })
}

/// The hits of clauses whose tolls count over a period tell no event of their
/// own: «حصيلة الهجوم … منذ الجمعة», «أصيب 19 في 5 ألغام».
fn spend_on_toll(ctx: &Ctx, sentence: &Sentence, hits: &[Hit], facts: &[Fact], spent: &mut Vec<usize>) {
    for clause in &sentence.clauses {
        let inside = |t: usize| clause.first <= t && t < clause.end;
        let mine: Vec<&Fact> = facts.iter().filter(|f| inside(f.first)).collect();
        if mine.is_empty() || !mine.iter().all(|f| f.over_period) {
            continue;
        }
        let toll = ctx.any(clause.first..clause.end, ctx.l.toll) || ctx.any(clause.first..clause.end, ctx.l.this);
        let weak = |h: &Hit| h.casualty_only || (toll && h.anaphoric) || h.plural;
        spent.extend(hits.iter().enumerate().filter(|(_, h)| inside(h.head) && weak(h)).map(|(i, _)| i));
    }
}

/// Tolls that a sentence gives for a period.
fn toll_report(ctx: &Ctx, sentence: &Sentence, facts: &[Fact]) -> Option<Tally> {
    let over: Vec<&Fact> =
        facts.iter().filter(|f| f.over_period && matches!(f.kind, Kind::Killed | Kind::Wounded)).collect();
    let first = over.first()?;
    let toll = |kind: Kind| {
        over.iter().find(|f| f.kind == kind).map_or(Quantity::unknown(), |f| match f.said {
            Said::Count(a) => quantity(a, vec![ctx.evidence(f.first, f.end, "toll-report")]),
            _ => Quantity::unknown(),
        })
    };
    let time = ctx.a.times_in(sentence.first..sentence.end).next().map(|t| t.1);
    let resolved = time.map(|t| resolve(t, &ctx.anchor));
    Some(Tally {
        kind: TallyKind::TollReport,
        count: Quantity::unknown(),
        from: resolved.as_ref().and_then(|r| r.earliest),
        to: ctx.anchor.exact(),
        types: vec![],
        target: None,
        said_by: None,
        killed: toll(Kind::Killed),
        wounded: toll(Kind::Wounded),
        evidence: vec![ctx.evidence(first.first, over.last().map_or(first.end, |f| f.end), "toll-report")],
    })
}
