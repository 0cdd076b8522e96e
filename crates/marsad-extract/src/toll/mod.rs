//! How many were killed and wounded, and was "none" or "not known" said?
//!
//! Tolls follow a verb («قتل شخص وجرح آخر»), stand as counted nouns («ثلاثة قتلى»),
//! are pooled («مقتل وإصابة 5»), denied («دون خسائر بشرية») or said to be unknown.
//! A breakdown behind «بينهم» lies inside its total. A toll over a period is a
//! tally and belongs to no incident.

mod among;
mod death;
mod idiom;
mod none_said;
mod nouns;
mod period;
mod row;
mod scan;
mod subject;
mod treated;
mod victims;

use crate::context::Ctx;
use marsad_lang::{Amount, Clause, Mention, Opening, Part, Sentence};
use scan::Scan;
pub use victims::{ONE, sum};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Killed,
    Wounded,
    Pooled,
    /// Attackers killed.
    Attackers,
    /// Taken to a hospital or treated there: wounded, where nothing else is told of those.
    Treated,
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
            Kind::Treated => "treated",
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

/// How a count is tied to one of its kind that was told before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It is not: one of two counts of the same.
    Apart,
    /// «إضافة إلى إصابة عنصر», «وأصيب خامس», «وأصيب آخر»: comes on top.
    Adds,
    /// «توفي أحدهما متأثراً بجراحه»: some of the wounded told before are dead.
    Moves,
    /// «توفي على إثرها»: those wounded before are those who died, or were told dead.
    Same,
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
    pub tie: Tie,
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
            tie: Tie::Apart,
        }
    }

    /// True when the fact can found an incident by itself.
    pub fn founds(&self) -> bool {
        let counted = matches!(self.said, Said::Count(_) | Said::Named(_));
        counted
            && matches!(self.kind, Kind::Killed | Kind::Wounded | Kind::Pooled)
            && !self.over_period
            && !self.breakdown
            && self.tie != Tie::Same
    }
}

/// Sentences from an attack to the remark that nobody was hurt.
const REMARK_WITHIN: usize = 2;

/// «استهدفت مسيرة حقلاً. ولم تسجل إصابات.»: a sentence that says no more is of the attack told last.
pub fn none_of_the_last(sentence: usize, facts: &[Fact], units: &mut [crate::unit::Unit]) {
    let none = |f: &Fact| matches!(f.said, Said::None | Said::NotKnown) || f.tie == Tie::Same;
    if let Some(last) = units.last_mut().filter(|u| u.sentence + REMARK_WITHIN >= sentence && facts.iter().all(none)) {
        last.facts.extend(facts.iter().cloned());
    }
}

/// «سقطت مسيرة …، واستهدفت أخرى حقلا …، ولا خسائر»: what a clause of its own denies at the end, it denies for all that the
/// sentence told without victims.
pub fn none_of_all(ctx: &Ctx, sentence: &Sentence, units: &mut [crate::unit::Unit]) {
    let Some((last, others)) = units.split_last_mut().filter(|(_, others)| !others.is_empty()) else { return };
    let denies =
        |c: &Clause| ctx.at(c.first, ctx.l.not).is_some_and(|m| m.clitics.conjunction || c.opening == Opening::And);
    let Some(end) = sentence.clauses.last().filter(|c| denies(c)) else { return };
    let none: Vec<Fact> = last.facts.iter().filter(|f| f.said == Said::None && f.first >= end.first).cloned().collect();
    for unit in others.iter_mut().filter(|u| u.facts.is_empty() && !u.is_casualty_only()) {
        unit.facts.extend(none.iter().cloned());
    }
}

/// «قتل جندي بانفجار في هلمند، وجندي آخر في هجوم مماثل في قندهار»: whose verb is left out met the fate told before.
pub fn left_out(ctx: &Ctx, units: &mut [crate::unit::Unit]) {
    for i in 1..units.len() {
        let Some(fate) = units[i - 1].facts.iter().rfind(|f| f.founds()).map(|f| f.kind) else { continue };
        let unit = &units[i];
        let scan = Scan { ctx, first: unit.first, end: unit.end };
        let people = matches!(fate, Kind::Killed | Kind::Wounded);
        let attack = unit.hits.first().filter(|h| h.noun && !h.casualty_only && people && unit.facts.is_empty());
        let verb = |to: usize| (unit.first..to).any(|t| ctx.a.at(t).any(|m| victims::finite(ctx, m)));
        let joined = ctx.a.at(unit.first).any(|m| m.clitics.conjunction);
        let Some(whom) = attack.filter(|h| joined && !verb(h.first)).and_then(|_| scan.one(unit.first, true)) else {
            continue;
        };
        if let Said::Count(amount) = whom.said {
            let fact = Fact::counted(fate, amount, unit.first, whom.end);
            units[i].facts.push(Fact { group: whom.group, ..fact });
        }
    }
}

/// The statements of a sentence, clause by clause.
pub struct Told<'c>(Vec<(&'c Clause, Vec<Fact>)>);

impl<'c> Told<'c> {
    pub fn new(ctx: &Ctx, clauses: &'c [Clause]) -> Told<'c> {
        let mut told: Vec<_> = clauses.iter().map(|c| (c, facts(ctx, c))).collect();
        // «توقفت حصيلة أولى عند 77، قبل أن تتحدث مصادر عن 137»: both had been said before.
        for i in 1..told.len() {
            let first = told[i].0.first;
            let next = ctx.at(first, ctx.l.before_word).is_some_and(|m| ctx.is_at(m.end, ctx.l.that));
            if next && told[i - 1].1.iter().any(|f| f.earlier) {
                told[i].1.iter_mut().filter(|f| !f.update).for_each(|f| f.earlier = true);
            }
        }
        among::attackers_apart(ctx, &mut told);
        among::they_are(ctx, &mut told);
        Told(told)
    }

    pub fn all(&self) -> Vec<Fact> {
        self.0.iter().flat_map(|(_, facts)| facts).cloned().collect()
    }

    /// Those of a clause, which may be part of one of the sentence.
    pub fn of(&self, ctx: &Ctx, clause: &Clause) -> Vec<Fact> {
        let whole = self.0.iter().find(|(c, _)| (c.first, c.end) == (clause.first, clause.end));
        whole.map_or_else(|| facts(ctx, clause), |(_, facts)| facts.clone())
    }
}

/// Tokens from «كانت» over who spoke to the verb.
const SPEAKER_MAX: usize = 9;

/// «وكانت مصادر محلية قد تحدثت عن …»: behind the verb stands what had been said before.
pub fn had_said(ctx: &Ctx, clause: &Clause) -> Option<usize> {
    let had = ctx.at(clause.first, ctx.l.had)?;
    let told = |m: &&Mention| matches!(m.form.part, Part::Perfect | Part::Passive);
    let verb = ctx.all(had.end..(had.end + SPEAKER_MAX).min(clause.end), ctx.l.verb).find(told)?;
    [ctx.l.speech, ctx.l.announce].iter().any(|k| ctx.has(verb, *k)).then_some(verb.end)
}

/// Tokens from a verb, over who did it and with what, to those whom it met.
const MET_MAX: usize = 8;

/// How many people a verb met, with the words that say so: those behind it, or behind the one who did it.
pub fn met_by(ctx: &Ctx, verb: &Mention, end: usize) -> Option<(Amount, usize, usize)> {
    let scan = Scan { ctx, first: verb.first, end };
    // «دهس شاب بسيارته ثلاثة جنود»: behind the one who did it.
    let active = matches!(verb.form.part, Part::Perfect | Part::Imperfect);
    let behind = || (verb.end + 1..(verb.end + MET_MAX).min(end)).find_map(|t| scan.object_at(t));
    let met = behind().filter(|_| active).or_else(|| scan.victims(verb.end, true))?;
    match met.said {
        Said::Count(amount) if !amount.vague && !met.attackers => Some((amount, verb.first, met.end)),
        _ => None,
    }
}

/// All statements of a clause.
fn facts(ctx: &Ctx, clause: &Clause) -> Vec<Fact> {
    let mut out = vec![];
    let scan = Scan { ctx, first: clause.first, end: clause.end };
    let mut at = clause.first;
    while at < clause.end {
        let next = scan.at(at, &mut out);
        at = next.max(at + 1);
    }
    // «راح ضحيته 253 شخصاً بين قتيل وجريح»
    for fact in out.iter_mut().filter(|f| f.kind == Kind::Killed && matches!(f.said, Said::Count(_))) {
        let pooled = ctx.any(fact.end..(fact.end + 2).min(clause.end), ctx.l.between_dead);
        fact.kind = if pooled { Kind::Pooled } else { Kind::Killed };
    }
    let period = period::counts_over(ctx, clause, !out.is_empty());
    // «الحصيلة 33 قتيلاً» tells how it stands now.
    let standing =
        ctx.all(clause.first..clause.end, ctx.l.toll).any(|m| m.clitics.article && m.first <= clause.first + 2);
    // «وبذلك يصبح عدد القتلى ستة»
    let becomes = ctx.all(clause.first..clause.end, ctx.l.toll).any(|m| ctx.before(m.first, ctx.l.comes_to).is_some());
    let update = standing || becomes || ctx.any(clause.first..clause.end, ctx.l.rise);
    let earlier = ctx.all(clause.first..clause.end, ctx.l.toll_earlier).next().map(|m| m.first);
    let earlier = earlier.or_else(|| had_said(ctx, clause));
    // «تشهد المحافظة سقوط ضحايا بصورة شبه يومية»
    let habitual = ctx.any(clause.first..clause.end, ctx.l.habitual);
    // «سبع هجمات على …، لم تسفر عن قتلى»: of none of them alone.
    let many = period::of_many(ctx, clause);
    for fact in &mut out {
        fact.update = update;
        fact.earlier = earlier.is_some_and(|at| fact.first >= at);
        let some = matches!(fact.said, Said::Count(a) if a.vague);
        let of_war =
            fact.kind == Kind::Killed && matches!(&fact.said, Said::Count(a) if period::is_of_war(ctx, clause, a));
        let period = period || some && habitual || of_war;
        fact.over_period = many || period && !matches!(fact.said, Said::None | Said::NotKnown);
    }
    out
}
