//! How many were killed and wounded, and was "none" or "not known" said?
//!
//! Tolls follow a verb («قتل شخص وجرح آخر»), stand as counted nouns («ثلاثة قتلى»),
//! are pooled («مقتل وإصابة 5»), denied («دون خسائر بشرية») or said to be unknown.
//! A breakdown behind «بينهم» lies inside its total. A toll over a period is a
//! tally and belongs to no incident.

use crate::context::Ctx;
use marsad_lang::time::Unit;
use marsad_lang::{Amount, Clause, Count, Mention, NumberKind, Part, TimeExpr};

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
    let period = covers_period(ctx, clause);
    let update = ctx.any(clause.first..clause.end, ctx.l.rise);
    let earlier = ctx.all(clause.first..clause.end, ctx.l.toll_earlier).next().map(|m| m.first);
    for fact in &mut out {
        fact.update = update;
        fact.earlier = earlier.is_some_and(|at| fact.first > at);
        fact.over_period = period && !matches!(fact.said, Said::None | Said::NotKnown);
    }
    out
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
                !ctx.any(span.clone(), ctx.l.explode) && !ctx.any(span.clone(), ctx.l.detonate)
            }
            _ => false,
        }
    })
}

struct Scan<'c, 'a> {
    ctx: &'c Ctx<'a>,
    first: usize,
    end: usize,
}

impl Scan<'_, '_> {
    /// Reads what begins at a token and returns the token to go on from.
    fn at(&self, at: usize, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        if let Some(m) = ctx.at(at, l.no_details) {
            return self.denial(m.end, Said::NotKnown, m.first, out);
        }
        if let Some(m) = ctx.at(at, l.crew_well) {
            out.push(self.fact(Kind::Killed, Said::None, m.first, m.end));
            out.push(self.fact(Kind::Wounded, Said::None, m.first, m.end));
            return m.end;
        }
        // Who survived may be wounded.
        if let Some(m) = ctx.at(at, l.crew_survived) {
            out.push(self.fact(Kind::Killed, Said::None, m.first, m.end));
            return m.end;
        }
        if let Some(m) = ctx.at(at, l.limited_to) {
            return self.limited(m, out);
        }
        if let Some(m) = ctx.at(at, l.without).or(ctx.at(at, l.not)) {
            return self.denial(m.end, Said::None, m.first, out);
        }
        for (label, kind) in [(l.toll_killed, Kind::Killed), (l.toll_wounded, Kind::Wounded), (l.toll, Kind::Killed)] {
            if let Some((m, fact)) = ctx.at(at, label).and_then(|m| Some((m, self.toll_number(m, kind)?))) {
                let next = fact.end.max(m.end);
                out.push(fact);
                return next;
            }
        }
        if let Some(m) = ctx.at(at, l.fall).filter(|m| m.form.part != Part::Imperfect && self.people_behind(m)) {
            return self.counted(m, Kind::Killed, out);
        }
        if let Some(m) = ctx.at(at, l.die).filter(|m| self.died_of_it(m)) {
            return self.counted(m, Kind::Killed, out);
        }
        if let Some(m) = ctx.at(at, l.take_lives).or(ctx.at(at, l.lives)) {
            return self.lives_taken(m, out);
        }
        if let Some(m) = ctx.at(at, l.lose).filter(|_| self.violent()) {
            return self.life_lost(m, out);
        }
        if let Some(m) = ctx.at(at, l.between_dead) {
            return self.between(m, out);
        }
        if let Some(m) = ctx.at(at, l.pool) {
            return self.counted(m, Kind::Pooled, out);
        }
        if let Some(m) = ctx.at(at, l.kill).or(ctx.at(at, l.assassinate)) {
            return self.counted(m, Kind::Killed, out);
        }
        if let Some(m) = ctx
            .at(at, l.injure)
            .filter(|m| ctx.at(at, l.injury_noun).is_none() || m.form.part != Part::Noun || self.counts_behind(m))
        {
            return self.counted(m, Kind::Wounded, out);
        }
        if let Some(m) = ctx.at(at, l.damage_v).or(ctx.at(at, l.harm)) {
            out.push(self.fact(Kind::Damage, Said::Told, m.first, (m.end + 3).min(self.end)));
            return m.end;
        }
        self.counted_noun(at, out)
    }

    fn fact(&self, kind: Kind, said: Said, first: usize, end: usize) -> Fact {
        // Only what stands right behind «بينهم» breaks the total down.
        let among = self.ctx.all(self.first..first, self.ctx.l.among_them).last();
        let breakdown = among.is_some_and(|m| first <= m.end + 1) && !matches!(said, Said::None | Said::NotKnown);
        Fact {
            kind,
            said,
            first,
            end,
            group: None,
            update: false,
            over_period: false,
            breakdown,
            earlier: false,
            by_verb: false,
        }
    }

    fn counts_behind(&self, m: &Mention) -> bool {
        self.ctx.a.within(m.end..(m.end + 2).min(self.end)).any(|n| self.ctx.has(n, self.ctx.l.victim))
            || self.number_at(m.end).is_some()
    }

    /// «ارتفع عدد قتلى … إلى 85», «ارتفع إلى 41 عدد قتلى …», «بلغ عدد القتلى 143».
    fn toll_number(&self, m: &Mention, kind: Kind) -> Option<Fact> {
        let ctx = self.ctx;
        let noun = |n: &marsad_lang::NumberMention| {
            ctx.a.within(n.first..n.end + 2).any(|p| p.phrase.0 == n.first && ctx.has(p, ctx.l.people))
        };
        let free = |n: &&marsad_lang::NumberMention| {
            n.kind == NumberKind::Cardinal && !noun(n) && self.number_at(n.first).is_some()
        };
        let to = |n: &&marsad_lang::NumberMention| ctx.before(n.first, ctx.l.range_to).is_some();
        let all = ctx.a.numbers_in(m.end..self.end).filter(free);
        let behind = all.filter(|n| to(n) || n.first <= m.end + 1).last();
        let start = m.first.saturating_sub(4).max(self.first);
        let n = behind.or(ctx.a.numbers_in(start..m.first).filter(free).find(to))?;
        Some(self.fact(kind, Said::Count(Amount::of(n)), n.first.min(m.first), n.end.max(m.end)))
    }

    /// «سقط أحد عشر شرطياً»: people, not shells.
    fn people_behind(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let nouns = [l.dead_noun, l.hurt_noun, l.victim_noun];
        ctx.all(m.end..(m.end + 4).min(self.end), l.victim).any(|p| {
            let plain = !nouns.iter().any(|n| ctx.has(p, *n));
            p.phrase.0 <= m.end + 1 && plain && p.quantity.is_some_and(|q| q.worded)
        })
    }

    /// «أدى إلى وفاة …», «انفجار … ووفاة …», «توفي شخصان إثر سقوط …».
    fn died_of_it(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let blow = |range: std::ops::Range<usize>| {
            [l.explode, l.detonate, l.munition, l.bombard, l.raid, l.explosive]
                .iter()
                .any(|k| ctx.any(range.clone(), *k))
        };
        match m.form.part {
            Part::Noun => self.caused(m.first) || m.clitics.conjunction && blow(self.first..m.first),
            Part::Perfect | Part::Passive => {
                // The cause may stand behind the next verb: «… وأصيب سبعة إثر …».
                let sentence = ctx.a.sentences.partition_point(|s| s.end <= m.first);
                let end = ctx.a.sentences.get(sentence).map_or(self.end, |s| s.end).min(m.end + 20);
                ctx.all(m.end..end, l.result).any(|r| blow(r.end..(r.end + 4).min(end)))
            }
            _ => false,
        }
    }

    /// «أودى بحياة 34 شخصاً», «أودى بأربعة», «أودى انفجار … بحياة شيخ».
    fn lives_taken(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let verb = ctx.has(m, l.take_lives);
        let from = match ctx.at(m.end, l.lives).filter(|_| verb) {
            Some(lives) => lives.end,
            None => m.end,
        };
        let glued = |t: usize| {
            ctx.a.at(t).any(|m| m.clitics.preposition != '\0') || ctx.a.numbers_in(t..t + 2).next().is_some()
        };
        let direct = verb && (from > m.end || glued(from));
        let apart = !verb && ctx.all(self.first..m.first, l.take_lives).next().is_some();
        let at_number = ctx.a.numbers_in(from..from + 2).next().map_or(from, |n| n.core.0);
        let Some(np) = self.one(from, false).or_else(|| self.one(at_number, false)).filter(|_| direct || apart) else {
            return m.end;
        };
        let mut total = np;
        while let Some(more) = self.joined(total.end, false) {
            total = total.plus(more);
        }
        let mut fact = self.fact(Kind::Killed, total.said, m.first, total.end);
        fact.group = total.group;
        fact.breakdown = false;
        out.push(fact);
        total.end
    }

    /// «فقدت امرأة حياتها», «فقدان مدني لحياته»: whose life stands between.
    fn life_lost(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let Some(np) = self.victims(m.end, false) else { return m.end };
        let Some(life) = self.ctx.all(np.end..(np.end + 6).min(self.end), self.ctx.l.lives).next() else {
            return m.end;
        };
        let mut fact = self.fact(Kind::Killed, np.said, m.first, life.end);
        fact.group = np.group;
        fact.breakdown = false;
        out.push(fact);
        life.end
    }

    /// Something in the sentence kills.
    fn violent(&self) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let sentence = ctx.a.sentences.partition_point(|s| s.end <= self.first);
        let span = ctx.a.sentences.get(sentence).map_or(self.first..self.end, |s| s.first..s.end);
        [l.bombard, l.raid, l.explode, l.detonate, l.target_v, l.shoot, l.munition, l.explosive, l.attack]
            .iter()
            .any(|k| ctx.any(span.clone(), *k))
    }

    fn caused(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|t| self.ctx.is_at(t, self.ctx.l.cause))
    }

    /// «دون خسائر بشرية أو مادية», «لم يسفر عن إصابات», «لم ترد تفاصيل عن …».
    fn denial(&self, from: usize, said: Said, first: usize, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let reach = (from + if said == Said::NotKnown { 8 } else { 6 }).min(self.end);
        let mut end = from;
        let (mut people, mut damage, mut loss, mut material) = (false, false, false, false);
        for t in from..reach {
            let nobody = ctx.a.at(t).any(|m| ctx.is_at(m.end, l.no_party));
            if t > from && !nobody && ctx.a.at(t).any(|m| stops_denial(ctx, m)) {
                break;
            }
            for m in ctx.a.at(t) {
                let counted = m.quantity.is_some_and(|q| q.worded && !q.vague);
                people |= (ctx.has(m, l.hurt_noun)
                    || ctx.has(m, l.dead_noun)
                    || ctx.has(m, l.victim_noun)
                    || ctx.has(m, l.injure) && m.form.part == Part::Noun)
                    && !counted;
                people |= ctx.has(m, l.human);
                // «من دون أن يصاب أحد»
                let harmed = ctx.has(m, l.injure) || ctx.has(m, l.kill);
                people |= harmed && m.form.part == Part::Imperfect && ctx.is_at(m.end, l.no_party);
                material |= ctx.has(m, l.material);
                loss |= ctx.has(m, l.loss);
                damage |= ctx.has(m, l.harm) || ctx.has(m, l.material);
                if people || material || loss || damage {
                    end = end.max(m.end);
                }
            }
        }
        if loss && !people && !material {
            (people, damage) = (true, true);
        }
        if people {
            out.push(self.fact(Kind::Killed, said, first, end));
            out.push(self.fact(Kind::Wounded, said, first, end));
        }
        if damage {
            out.push(self.fact(Kind::Damage, said, first, end));
        }
        if people || damage { end } else { from }
    }

    /// «اقتصرت الخسائر على الماديات»: nobody was hurt, something was broken.
    fn limited(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let span = m.end..(m.end + 6).min(self.end);
        if !self.ctx.any(span.clone(), self.ctx.l.material) {
            return m.end;
        }
        for kind in [Kind::Killed, Kind::Wounded] {
            out.push(self.fact(kind, Said::None, m.first, span.end));
        }
        out.push(self.fact(Kind::Damage, Said::Told, m.first, span.end));
        span.end
    }

    /// «تسعة بين شهيد وجريح», «بين قتيل وجريح 9».
    fn between(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let before = (self.first..m.first).rev().find_map(|t| self.number_ending(t + 1).map(|n| (n, t)));
        let after = self.number_at(m.end);
        if let Some(amount) = before.map(|b| b.0).or(after.map(|a| a.0)) {
            out.push(self.fact(Kind::Pooled, Said::Count(amount), m.first, m.end));
        }
        m.end
    }

    /// A verb or verbal noun of killing or wounding, with whom it counts.
    fn counted(&self, verb: &Mention, kind: Kind, out: &mut Vec<Fact>) -> usize {
        let passive_too = self.ctx.a.at(verb.first).any(|m| m.form.part == Part::Passive);
        let active = verb.form.part == Part::Perfect && kind == Kind::Wounded && !passive_too;
        let nobody =
            self.ctx.before(verb.first, self.ctx.l.not).is_some() && self.ctx.is_at(verb.end, self.ctx.l.no_party);
        if nobody {
            // «ولم يصب أحد».
            out.push(self.fact(kind, Said::None, verb.first - 1, verb.end + 1));
            return verb.end + 1;
        }
        let Some(np) = self.victims(verb.end, active) else {
            if let Some(amount) = self.number_ending(verb.first).filter(|_| verb.form.count == Count::Plural) {
                // «28 قتلوا»: the number stands before its verb.
                out.push(self.fact(kind, Said::Count(amount), verb.first - 1, verb.end));
                return verb.end;
            }
            if let Some(people) = self.subject_before(verb) {
                // «وكان عنصران قد قتلا».
                out.push(self.fact(kind, Said::Count(people), verb.first, verb.end));
                return verb.end;
            }
            if matches!(verb.form.part, Part::Perfect | Part::Passive)
                && verb.form.count == Count::Singular
                && kind == Kind::Killed
                && let Some(f) = self.implicit(verb, kind)
            {
                out.push(f);
            }
            return verb.end;
        };
        if self.ctx.before(verb.first, self.ctx.l.not).is_some() {
            return np.end;
        }
        let kind = if np.attackers && kind == Kind::Killed { Kind::Attackers } else { kind };
        let mut fact = self.fact(kind, np.said, verb.first, np.end);
        fact.group = np.group;
        fact.by_verb = true;
        fact.breakdown = false;
        out.push(fact);
        np.end
    }

    /// Counted people right before a dual or plural verb.
    fn subject_before(&self, verb: &Mention) -> Option<Amount> {
        // Idioms of dying («لقوا حتفهم») carry their number in the pronoun.
        let idiom = verb.end - verb.first >= 2;
        let many = (idiom || matches!(verb.form.count, Count::Dual | Count::Plural))
            && matches!(verb.form.part, Part::Perfect | Part::Passive);
        let window = verb.first.saturating_sub(6).max(self.first)..verb.first;
        let before = self.ctx.all(verb.first.saturating_sub(4).max(self.first)..verb.first, self.ctx.l.victim).last();
        // «أربعة من طاقمها قُتلوا», «11 منهم لقوا حتفهم».
        let some_of = self.ctx.a.numbers_in(window).find(|n| {
            n.kind == NumberKind::Cardinal
                && (self.ctx.is_at(n.core.1, self.ctx.l.from) || self.ctx.is_at(n.core.1, self.ctx.l.among_them))
        });
        let counted = before.and_then(|m| m.quantity).filter(|q| q.worded && !q.vague);
        counted.or(some_of.map(Amount::of)).filter(|_| many).or_else(|| self.one_before(verb))
    }

    /// «إن مدنياً قتل إثر …»: one person right before a verb in the singular.
    fn one_before(&self, verb: &Mention) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let single = verb.form.count == Count::Singular && !verb.clitics.conjunction;
        let told = matches!(verb.form.part, Part::Perfect | Part::Passive);
        let m = ctx.before(verb.first, l.victim).filter(|_| single && told)?;
        let bare = !m.clitics.article && !m.clitics.conjunction && m.clitics.preposition == '\0';
        let person = bare && m.form.count == Count::Singular && !ctx.has(m, l.attacker) && !ctx.has(m, l.hurt_noun);
        let opens = m.first == self.first || ctx.before(m.first, l.that).is_some();
        m.quantity.filter(|q| person && opens && q.value == Some(1.0))
    }

    /// «استهدف مجهولون شاباً … فقتل على الفور»: the man told before.
    fn implicit(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        let joined = verb.clitics.conjunction;
        let window = verb.first.saturating_sub(14)..verb.first;
        let man = self
            .ctx
            .all(window, self.ctx.l.victim)
            .filter(|m| {
                m.form.count == Count::Singular
                    && !m.clitics.article
                    && !self.ctx.has(m, self.ctx.l.hurt_noun)
                    && !self.ctx.has(m, self.ctx.l.attacker)
                    && !self.ctx.a.is(m, "national")
            })
            .last()?;
        let mut fact = self.fact(kind, Said::Count(man.quantity?), verb.first, verb.end);
        fact.by_verb = true;
        joined.then_some(fact)
    }

    /// «ثلاثة قتلى», «8 شهداء و21 جريحاً», «قتلى وجرحى» behind a verb of causing.
    fn counted_noun(&self, at: usize, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let noun = ctx.a.within(at..(at + 6).min(self.end)).find(|m| {
            m.phrase.0 == at && (ctx.has(m, l.dead_noun) || ctx.has(m, l.hurt_noun) || ctx.has(m, l.victim_noun))
        });
        let Some(m) = noun else { return at };
        let Some(q) = m.quantity else { return m.end };
        // «ثلاثة من المصابين»: some of those told before.
        if m.clitics.article && (m.phrase.0..m.first).any(|t| ctx.is_at(t, l.from)) {
            return m.end;
        }
        let caused = (at.saturating_sub(6)..at)
            .any(|t| ctx.is_at(t, l.cause) || ctx.is_at(t, l.fall) || ctx.is_at(t, l.toll) || ctx.is_at(t, l.rise));
        // «وسقوط شهيد», «شهيد وإصابتان باستهداف …»
        let single = q.value == Some(1.0) && !m.clitics.article && m.form.count == Count::Singular;
        let beside = (m.end..(m.end + 3).min(self.end)).any(|t| ctx.is_at(t, l.hurt_noun) || ctx.is_at(t, l.injure));
        // «جريح بقصف …», «شهيد جراء …» at the head of the line.
        let by_blow = [l.bombard, l.raid, l.explode, l.detonate, l.target_v, l.shoot, l.munition, l.explosive]
            .iter()
            .any(|k| ctx.any(m.end..(m.end + 3).min(self.end), *k));
        let headed = at == self.first && single && (beside || by_blow);
        if !(q.worded || caused && (q.vague || single) || headed) {
            return m.end;
        }
        let kind = match () {
            _ if ctx.has(m, l.hurt_noun) => Kind::Wounded,
            _ => Kind::Killed,
        };
        out.push(self.fact(kind, Said::Count(q), m.phrase.0, m.phrase.1.max(m.end)));
        m.phrase.1.max(m.end)
    }

    fn number_at(&self, at: usize) -> Option<(Amount, usize)> {
        let n = self.ctx.a.numbers_in(at..at + 6).find(|n| {
            (n.first == at || n.core.0 == at) && matches!(n.kind, NumberKind::Cardinal | NumberKind::Vague)
        })?;
        let clock = self.ctx.a.times_in(n.core.0.saturating_sub(8)..n.core.0 + 1).any(|(_, t)| n.core.1 <= t.end);
        let unit = self.ctx.at(n.core.1, self.ctx.l.unit).is_some_and(|m| !m.clitics.article);
        (!clock && !unit).then(|| (Amount::of(n), n.core.1))
    }

    fn number_ending(&self, end: usize) -> Option<Amount> {
        self.ctx.a.numbers_in(end.saturating_sub(8)..end).find(|n| n.core.1 == end).map(Amount::of)
    }

    /// The counted victims behind a verb: number with noun, bare number, names;
    /// joined ones are added («ضابطاً وثلاثة من …»).
    fn victims(&self, from: usize, needs_people: bool) -> Option<Victims> {
        let mut at = from;
        let mut first = None;
        while at < (from + 5).min(self.end) && first.is_none() {
            if at > from && self.ctx.a.at(at).any(|m| finite(self.ctx, m)) {
                return None;
            }
            first = self.one(at, needs_people);
            // «قتل مسلحون خمسة مدنيين»: the subject stands first.
            if let Some(v) = first.as_ref().filter(|v| v.subject) {
                let object = (v.end..(v.end + 9).min(self.end)).find_map(|t| self.one(t, true).filter(|o| !o.subject));
                first = object.or(first.filter(|v| v.said != Said::Named(0)));
                break;
            }
            at += 1;
        }
        let mut total = first?;
        if let Some(more) = self.and_others(&total) {
            total = total.plus(more);
        }
        while let Some(more) = self.joined(total.end, needs_people) {
            total = total.plus(more);
        }
        Some(total)
    }

    /// «نائب رئيس المكتب السياسي لحركة … وستة آخرين»: a title, then the others.
    fn and_others(&self, total: &Victims) -> Option<Victims> {
        let ctx = self.ctx;
        let single = match total.said {
            Said::Count(a) => a.value == Some(1.0) && !a.worded,
            said => said == Said::Named(1),
        };
        let reach = (total.end + 10).min(self.end);
        let until = (total.end..reach).find(|t| ctx.a.at(*t).any(|m| finite(ctx, m))).unwrap_or(reach);
        let others = ctx.all(total.end..until, ctx.l.other).find(|m| m.phrase.0 < m.first || m.clitics.conjunction);
        let other = others.filter(|_| single)?;
        let q = other.quantity.filter(|q| !q.vague)?;
        Some(Victims { said: Said::Count(q), end: other.end, group: None, attackers: false, subject: false })
    }

    fn one(&self, at: usize, needs_people: bool) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let np = ctx
            .a
            .within(at..(at + 6).min(self.end))
            .find(|m| m.phrase.0 == at && ctx.has(m, l.victim) && m.quantity.is_some());
        if let Some(m) = np {
            let q = m.quantity?;
            let militants = ctx.has(m, l.militant) && q.vague;
            let adjective = ctx.a.is(m, "national") && !q.worded;
            if adjective || ctx.has(m, l.injury_noun) {
                return None;
            }
            let end = self.skip_adjectives(m.phrase.1.max(m.end));
            if let Some(named) = self.named_behind(m) {
                return Some(named);
            }
            let actor_too = ctx.a.at(m.first).any(|n| ctx.has(n, l.actor)) && q.vague;
            return Some(Victims {
                said: Said::Count(q),
                end,
                group: Some(ctx.a.entry(m).id.clone()),
                attackers: ctx.has(m, l.attacker),
                subject: militants || actor_too,
            });
        }
        if let Some(m) = ctx.at(at, l.person) {
            return Some(Victims { said: Said::Named(1), end: m.end, group: None, attackers: false, subject: false });
        }
        if let Some(m) = ctx.at(at, l.actor).filter(|m| &*ctx.a.entry(m).family == "armed_group") {
            return Some(Victims { said: Said::Named(0), end: m.end, group: None, attackers: false, subject: true });
        }
        if let Some(n) =
            ctx.a.numbers_in(at..at + 1).find(|n| n.first == at && n.kind == NumberKind::Ordinal && !needs_people)
        {
            // «وأصيب ثالث»: one more.
            let definite = ctx.a.at(at).any(|m| m.clitics.article);
            let one =
                Amount { value: Some(1.0), min: Some(1.0), max: Some(1.0), approx: false, vague: false, worded: true };
            return (!definite).then_some(Victims {
                said: Said::Count(one),
                end: n.end,
                group: None,
                attackers: false,
                subject: false,
            });
        }
        let (amount, end) = self.number_at(at)?;
        // «أصابت اثنتان منزلاً»: an active verb that takes a thing.
        if needs_people && !self.closes(end) {
            return None;
        }
        Some(Victims { said: Said::Count(amount), end, group: None, attackers: false, subject: false })
    }

    /// «مقتل قائد فيلق … قاسم سليماني ونائب رئيس … أبو مهدي المهندس»: titles, then names.
    fn named_behind(&self, m: &Mention) -> Option<Victims> {
        let ctx = self.ctx;
        let bare = m.form.count == Count::Singular && !m.quantity.is_some_and(|q| q.worded);
        let until = (m.end..(m.end + 24).min(self.end))
            .find(|t| ctx.a.at(*t).any(|n| finite(ctx, n) || n.clitics.preposition != '\0'))
            .unwrap_or((m.end + 24).min(self.end));
        let persons: Vec<&Mention> = ctx.all(m.end..until, ctx.l.person).collect();
        let last = persons.last().filter(|_| bare)?;
        Some(Victims {
            said: Said::Named(persons.len() as u32),
            end: last.end,
            group: None,
            attackers: false,
            subject: false,
        })
    }

    /// True when nothing that could be an object follows.
    fn closes(&self, at: usize) -> bool {
        at >= self.end
            || self.ctx.a.at(at).any(|m| finite(self.ctx, m) || m.clitics.conjunction)
            || !self.ctx.a.tokens.is_word(at)
    }

    fn skip_adjectives(&self, mut at: usize) -> usize {
        let ctx = self.ctx;
        for _ in 0..2 {
            let adjective = at < self.end
                && ctx.a.tokens.is_word(at)
                && !ctx.a.at(at).any(|m| m.clitics.conjunction)
                && (ctx.a.at(at).any(|m| ctx.has(m, ctx.l.nationality) || ctx.a.is(m, "national"))
                    || (ctx.a.at(at).next().is_none()
                        && ctx.a.at(at + 1).any(|m| m.clitics.conjunction && ctx.has(m, ctx.l.victim))));
            if !adjective {
                break;
            }
            at += 1;
        }
        at
    }

    /// «وتسعة عراقيين», «وطفل», «و8 مدنيين» right behind.
    fn joined(&self, at: usize, needs_people: bool) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        if at >= self.end || ctx.is_at(at, l.among_them) || ctx.a.at(at).any(|m| finite(ctx, m)) {
            return None;
        }
        let bare_and = ctx.a.is(ctx.a.at(at).next()?, "and-word") && ctx.a.tokens.is_number(at + 1);
        let start = if bare_and { at + 1 } else { at };
        if !bare_and && !ctx.a.at(at).any(|m| m.clitics.conjunction) {
            return None;
        }
        let v = self.one(start, needs_people || !bare_and)?;
        let noun = ctx.a.within(start..v.end).any(|m| ctx.has(m, l.dead_noun) || ctx.has(m, l.hurt_noun));
        (!noun && !v.attackers && !v.subject).then_some(v)
    }
}

fn finite(ctx: &Ctx, m: &Mention) -> bool {
    ctx.has(m, ctx.l.verb) && matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive)
}

fn stops_denial(ctx: &Ctx, m: &Mention) -> bool {
    finite(ctx, m)
        && !ctx.has(m, ctx.l.cause)
        && !ctx.has(m, ctx.l.fall)
        && !ctx.has(m, ctx.l.happen)
        && !ctx.has(m, ctx.l.be_exposed)
}

struct Victims {
    said: Said,
    end: usize,
    group: Option<std::sync::Arc<str>>,
    attackers: bool,
    /// Rather who did it than whom it hit.
    subject: bool,
}

impl Victims {
    fn plus(self, more: Victims) -> Victims {
        let said = match (self.said, more.said) {
            (Said::Count(a), Said::Count(b)) => Said::Count(sum(a, b)),
            (Said::Named(a), Said::Named(b)) => Said::Named(a + b),
            (Said::Count(a), Said::Named(n)) | (Said::Named(n), Said::Count(a)) => Said::Count(sum(
                a,
                Amount {
                    value: Some(f64::from(n)),
                    min: Some(f64::from(n)),
                    max: Some(f64::from(n)),
                    approx: false,
                    vague: false,
                    worded: true,
                },
            )),
            (said, _) => said,
        };
        Victims { said, end: more.end, ..self }
    }
}

fn sum(a: Amount, b: Amount) -> Amount {
    let add = |x: Option<f64>, y: Option<f64>| Some(x? + y?);
    if a.vague {
        return a;
    }
    if b.vague {
        // «قتل ثلاثة وآخرون»: at least the counted ones.
        return Amount { max: None, ..a };
    }
    Amount {
        value: add(a.value, b.value),
        min: add(a.min, b.min),
        max: add(a.max, b.max),
        approx: a.approx || b.approx,
        vague: false,
        worded: true,
    }
}
