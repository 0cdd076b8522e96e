//! How many were killed and wounded, and was "none" or "not known" said?
//!
//! Tolls follow a verb («قتل شخص وجرح آخر»), stand as counted nouns («ثلاثة قتلى»),
//! are pooled («مقتل وإصابة 5»), denied («دون خسائر بشرية») or said to be unknown.
//! A breakdown behind «بينهم» lies inside its total. A toll over a period is a
//! tally and belongs to no incident.

mod none_said;
mod scan;
mod victims;

use crate::context::Ctx;
use marsad_lang::time::Unit;
use marsad_lang::{Amount, Clause, Count, Mention, NumberKind, Part, TimeExpr};
use scan::Scan;
pub use victims::sum;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Killed,
    Wounded,
    Pooled,
    /// Attackers killed.
    Attackers,
    Damage,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said {
    Count(Amount),
    /// Named victims: at least so many.
    Named(u32),
    None,
    NotKnown,
    /// Damage is told.
    Told,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            Kind::Killed => "killed",
            Kind::Wounded => "wounded",
            Kind::Pooled => "killed and wounded",
            Kind::Attackers => "attackers killed",
            Kind::Damage => "damage",
        })
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Said::Count(Amount { value: Some(v), min, max, approx, .. }) => {
                let sign = match (min == max, max, approx) {
                    (_, None, _) => "\u{2265}",
                    (false, _, _) | (_, _, true) => "~",
                    _ => "",
                };
                write!(f, "{sign}{v}")
            }
            Said::Count(_) => f.write_str("some"),
            Said::Named(n) => write!(f, "{n} named"),
            Said::None => f.write_str("none"),
            Said::NotKnown => f.write_str("not known"),
            Said::Told => f.write_str("told"),
        }
    }
}

/// One statement about casualties or damage.
#[derive(Clone, Debug)]
pub struct Fact {
    pub kind: Kind,
    pub said: Said,
    pub first: usize,
    pub end: usize,
    /// Id of the victims' group («civilians»), when named.
    pub group: Option<std::sync::Arc<str>>,
    /// «ارتفعت الحصيلة إلى»: replaces earlier tolls.
    pub update: bool,
    /// Counts over a period («منذ الجمعة», «خلال 24 ساعة»): a tally.
    pub over_period: bool,
    /// Behind «بينهم».
    pub breakdown: bool,
    /// «حصيلة أولى أشارت إلى …»: what had been said before.
    pub earlier: bool,
    /// The count follows a verb or verbal noun that is a trigger by itself.
    pub by_verb: bool,
}

impl Fact {
    /// A count that is told beside its place.
    pub fn counted(kind: Kind, amount: Amount, first: usize, end: usize) -> Fact {
        Fact {
            kind,
            said: Said::Count(amount),
            first,
            end,
            group: None,
            update: false,
            over_period: false,
            breakdown: false,
            earlier: false,
            by_verb: false,
        }
    }

    /// True when the fact can found an incident by itself.
    pub fn founds(&self) -> bool {
        let counted = matches!(self.said, Said::Count(_) | Said::Named(_));
        counted
            && matches!(self.kind, Kind::Killed | Kind::Wounded | Kind::Pooled)
            && !self.over_period
            && !self.breakdown
    }
}

/// All statements of a clause.
pub fn facts(ctx: &Ctx, clause: &Clause) -> Vec<Fact> {
    let mut out = vec![];
    let scan = Scan { ctx, first: clause.first, end: clause.end };
    let mut at = clause.first;
    while at < clause.end {
        let next = scan.at(at, &mut out);
        at = next.max(at + 1);
    }
    let period = covers_period(ctx, clause) || caused_over_period(ctx, clause);
    // «الحصيلة 33 قتيلاً» tells how it stands now.
    let standing =
        ctx.all(clause.first..clause.end, ctx.l.toll).any(|m| m.clitics.article && m.first <= clause.first + 2);
    let update = standing || ctx.any(clause.first..clause.end, ctx.l.rise);
    let earlier = ctx.all(clause.first..clause.end, ctx.l.toll_earlier).next().map(|m| m.first);
    for fact in &mut out {
        fact.update = update;
        fact.earlier = earlier.is_some_and(|at| fact.first > at);
        fact.over_period = period && !matches!(fact.said, Said::None | Said::NotKnown);
    }
    out
}

/// «قُتل 28 جندياً بهجوم …» in a month is one attack; «قُتل 28 في تموز» is none by itself.
fn one_attack(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let l = ctx.l;
    let single = |m: &Mention| m.form.count == Count::Singular && !(m.clitics.article && m.form.part == Part::Noun);
    let acts = [l.attack, l.raid, l.ambush, l.strike, l.bombard, l.explosive];
    let struck = acts.iter().any(|k| ctx.all(span.clone(), *k).any(single));
    struck || ctx.any(span.clone(), l.explode) || ctx.any(span, l.detonate)
}

/// «… منذ أكثر من عامين، وتسببت الهجمات بمقتل …»: what the clause before told of a period caused it.
fn caused_over_period(ctx: &Ctx, clause: &Clause) -> bool {
    let opens = ctx.any(clause.first..(clause.first + 2).min(clause.end), ctx.l.cause);
    let sentence = ctx.a.sentences.get(ctx.a.sentences.partition_point(|s| s.end <= clause.first));
    let before = sentence.and_then(|s| s.clauses.iter().rev().find(|c| c.first < clause.first));
    let long = |c: &Clause| {
        ctx.all(c.first..c.end, ctx.l.since).any(|m| {
            ctx.a.times_in(m.end..m.end + 6).any(|(_, t)| {
                let years = matches!(t.expr, TimeExpr::Duration { unit: Unit::Week | Unit::Month | Unit::Year, .. });
                years || matches!(t.expr, TimeExpr::Year { .. } | TimeExpr::Calendar { .. })
            })
        })
    };
    opens && before.is_some_and(long) || sentence.is_some_and(|s| attacks_of_a_year(ctx, s.first, clause.first))
}

/// «أدت هجمات هذا العام، بحسب …، إلى مقتل …»: cause and period stand in a clause before.
fn attacks_of_a_year(ctx: &Ctx, first: usize, end: usize) -> bool {
    let cause = ctx.all(first..end, ctx.l.cause).any(|m| m.first <= first + 1);
    let many = |m: &Mention| m.form.count == Count::Plural && m.form.part != Part::Perfect;
    let attacks = [ctx.l.attack, ctx.l.raid, ctx.l.strike].iter().any(|l| ctx.all(first..end, *l).any(many));
    let long = |e: &TimeExpr| matches!(e, TimeExpr::Year { .. } | TimeExpr::Calendar { .. });
    cause && attacks && ctx.a.times_in(first..end).any(|(_, t)| long(&t.expr))
}

/// «منذ الأربعاء», «خلال 24 ساعة», «في يوليو»: the clause counts over a period.
fn covers_period(ctx: &Ctx, clause: &Clause) -> bool {
    let span = clause.first..clause.end;
    // «منذ الصباح» is a part of one day.
    let today = |t: &marsad_lang::TimeMention| matches!(t.expr, TimeExpr::Part | TimeExpr::Relative { days: 0, .. });
    let since_today = |m: &Mention| {
        ctx.a.times_in(m.end..m.end + 2).next().map_or(ctx.is_at(m.end, ctx.l.part_of_day), |(_, t)| today(t))
    };
    if ctx.all(span.clone(), ctx.l.since).any(|m| !since_today(m)) {
        return true;
    }
    // «وأدّت هذه الهجمات إلى مقتل …»: many attacks, one toll.
    let these = ctx
        .all(span.clone(), ctx.l.this)
        .any(|m| ctx.a.at(m.end).any(|n| n.form.count == Count::Plural && n.clitics.article && ctx.has(n, ctx.l.verb)));
    if these {
        return true;
    }
    ctx.a.times_in(span.clone()).any(|(_, t)| {
        let cue = ctx.before(t.first, ctx.l.during);
        // «وهو الخامس خلال سبعة أيام» counts attacks, not victims.
        let ordinal = cue.is_some_and(|c| {
            ctx.a.numbers_in(c.first.saturating_sub(6)..c.first).any(|n| n.kind == NumberKind::Ordinal)
        });
        let during = cue.is_some() && !ordinal;
        if ctx.before(t.first, ctx.l.range_between).is_some() {
            return true;
        }
        match &t.expr {
            TimeExpr::Duration { unit, .. } => {
                during && matches!(unit, Unit::Hour | Unit::Day | Unit::Week | Unit::Month | Unit::Year)
            }
            TimeExpr::Date { day: None, .. } | TimeExpr::Calendar { .. } | TimeExpr::Year { .. } => {
                !one_attack(ctx, span.clone())
            }
            _ => false,
        }
    })
}
