//! Which words of a clause say how many were killed or wounded?
//!
//! One pass over its tokens; each kind of statement is a function with the
//! wordings that it reads.

use super::victims::{ONE, one_more};
use super::{Fact, Kind, Said};
use crate::context::Ctx;
use marsad_lang::{Amount, Count, Mention, NumberKind, Part};

pub(super) struct Scan<'c, 'a> {
    pub ctx: &'c Ctx<'a>,
    pub first: usize,
    pub end: usize,
}

impl Scan<'_, '_> {
    /// Reads what begins at a token and returns the token to go on from.
    pub(super) fn at(&self, at: usize, out: &mut Vec<Fact>) -> usize {
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
        let fell = |m: &&Mention| {
            let pooled = ctx.any(m.end..(m.end + 8).min(self.end), l.between_dead);
            m.form.part != Part::Imperfect && !pooled && self.people_behind(m)
        };
        if let Some(m) = ctx.at(at, l.fall).filter(fell) {
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
            // «إن شخصاً على الأقل قتل وأصيب ثلاثة» counts each apart.
            let Some(one) = self.person_before(m.first) else { return self.counted(m, Kind::Pooled, out) };
            out.push(self.fact(Kind::Killed, Said::Count(one), m.first, m.first + 1));
            return self.counted(m, Kind::Wounded, out);
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

    pub(super) fn fact(&self, kind: Kind, said: Said, first: usize, end: usize) -> Fact {
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

    pub(super) fn counts_behind(&self, m: &Mention) -> bool {
        self.ctx.a.within(m.end..(m.end + 2).min(self.end)).any(|n| self.ctx.has(n, self.ctx.l.victim))
            || self.number_at(m.end).is_some()
    }

    /// «ارتفع عدد قتلى … إلى 85», «ارتفع إلى 41 عدد قتلى …», «بلغ عدد القتلى 143».
    pub(super) fn toll_number(&self, m: &Mention, kind: Kind) -> Option<Fact> {
        let ctx = self.ctx;
        let noun = |n: &marsad_lang::NumberMention| {
            ctx.a.within(n.first..n.end + 2).any(|p| p.phrase.0 == n.first && ctx.has(p, ctx.l.people))
        };
        let to = |n: &&marsad_lang::NumberMention| ctx.before(n.first, ctx.l.range_to).is_some();
        let free = |n: &&marsad_lang::NumberMention| {
            n.kind == NumberKind::Cardinal && (to(n) || !noun(n)) && self.number_at(n.first).is_some()
        };
        let all = ctx.a.numbers_in(m.end..self.end).filter(free);
        let behind = all.filter(|n| to(n) || n.first <= m.end + 1).last();
        let start = m.first.saturating_sub(4).max(self.first);
        let n = behind.or(ctx.a.numbers_in(start..m.first).filter(free).find(to))?;
        Some(self.fact(kind, Said::Count(Amount::of(n)), n.first.min(m.first), n.end.max(m.end)))
    }

    /// «سقط أحد عشر شرطياً»: people, not shells.
    pub(super) fn people_behind(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // «وسقطت أخرى» is another shell.
        let nouns = [l.dead_noun, l.hurt_noun, l.victim_noun, l.other];
        ctx.all(m.end..(m.end + 4).min(self.end), l.victim).any(|p| {
            let plain = !nouns.iter().any(|n| ctx.has(p, *n));
            p.phrase.0 <= m.end + 1 && plain && p.quantity.is_some_and(|q| q.worded)
        })
    }

    /// «أدى إلى وفاة …», «انفجار … ووفاة …», «توفي شخصان إثر سقوط …».
    pub(super) fn died_of_it(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let blow = |range: std::ops::Range<usize>| {
            [l.explode, l.detonate, l.munition, l.bombard, l.raid, l.explosive]
                .iter()
                .any(|k| ctx.any(range.clone(), *k))
        };
        match m.form.part {
            Part::Noun => {
                let sentence = ctx.a.sentences.partition_point(|s| s.end <= m.first);
                let start = ctx.a.sentences.get(sentence).map_or(self.first, |s| s.first);
                self.caused(m.first) || m.clitics.conjunction && blow(start..m.first)
            }
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
    pub(super) fn lives_taken(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
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
    pub(super) fn life_lost(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
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
    pub(super) fn violent(&self) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let sentence = ctx.a.sentences.partition_point(|s| s.end <= self.first);
        let span = ctx.a.sentences.get(sentence).map_or(self.first..self.end, |s| s.first..s.end);
        [l.bombard, l.raid, l.explode, l.detonate, l.target_v, l.shoot, l.munition, l.explosive, l.attack]
            .iter()
            .any(|k| ctx.any(span.clone(), *k))
    }

    pub(super) fn caused(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|t| self.ctx.is_at(t, self.ctx.l.cause))
    }

    /// «تسعة بين شهيد وجريح», «بين قتيل وجريح 9».
    pub(super) fn between(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let before = (self.first..m.first).rev().find_map(|t| self.number_ending(t + 1).map(|n| (n, t)));
        let after = self.number_at(m.end);
        if let Some(amount) = before.map(|b| b.0).or(after.map(|a| a.0)) {
            out.push(self.fact(Kind::Pooled, Said::Count(amount), m.first, m.end));
        }
        m.end
    }

    /// A verb or verbal noun of killing or wounding, with whom it counts.
    pub(super) fn counted(&self, verb: &Mention, kind: Kind, out: &mut Vec<Fact>) -> usize {
        let passive_too = self.ctx.a.at(verb.first).any(|m| m.form.part == Part::Passive);
        let active = verb.form.part == Part::Perfect && kind == Kind::Wounded && !passive_too;
        let nobody =
            self.ctx.before(verb.first, self.ctx.l.not).is_some() && self.ctx.is_at(verb.end, self.ctx.l.no_party);
        if nobody {
            // «ولم يصب أحد».
            out.push(self.fact(kind, Said::None, verb.first - 1, verb.end + 1));
            return verb.end + 1;
        }
        if let Some(fact) = self.he_and_others(verb, kind) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        let Some(np) = self.victims(verb.end, active) else {
            if let Some(fact) = self.one_object(verb, kind) {
                out.push(fact);
                return verb.end;
            }
            if let Some(people) = self.subject_before(verb) {
                // «وكان عنصران قد قتلا».
                out.push(self.fact(kind, Said::Count(people), verb.first, verb.end));
                return verb.end;
            }
            if let Some(amount) = self.number_ending(verb.first).filter(|_| verb.form.count == Count::Plural) {
                // «28 قتلوا»: the number stands before its verb.
                out.push(self.fact(kind, Said::Count(amount), verb.first - 1, verb.end));
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

    /// «فقُتل هو ومرافقه», «قُتل مع اثنين من مرافقيه»: he counts with those named.
    fn he_and_others(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let singular = verb.form.count == Count::Singular && matches!(verb.form.part, Part::Perfect | Part::Passive);
        let he = ctx.at(verb.end, l.he_too).map(|m| m.end).filter(|at| self.joined(*at, false).is_some());
        // «مع اثنين من مرافقيه»: he is one more; «مع معلمه» is not.
        let with = ctx.at(verb.end, l.with_word).map(|m| m.end);
        let others = match (he, with) {
            (Some(at), _) => self.joined(at, false),
            (None, Some(at)) => self.one(at, false),
            _ => None,
        };
        let others = others.filter(|_| singular)?;
        let Said::Count(amount) = others.said else { return None };
        let mut fact = self.fact(kind, Said::Count(one_more(amount)), verb.first, others.end);
        fact.by_verb = true;
        fact.breakdown = false;
        Some(fact)
    }

    /// «فأرداه قتيلاً», «فأصابه بجروح»: the pronoun is the one hit.
    fn one_object(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        // «في إصابتها»: behind a preposition a noun, though it may be read as a verb.
        let l = self.ctx.l;
        let governed =
            [l.prep_in, l.after, l.from, l.result, l.on].iter().any(|p| self.ctx.before(verb.first, *p).is_some());
        let active = verb.form.part == Part::Perfect && verb.clitics.pronoun && !governed;
        // Ships and houses are hit too: a person must have been named.
        let window = verb.first.saturating_sub(14).max(self.first)..verb.first;
        let person = self.ctx.all(window, self.ctx.l.victim).any(|m| {
            m.form.count == Count::Singular && !self.ctx.has(m, self.ctx.l.attacker) && !self.ctx.a.is(m, "national")
        });
        let mut fact = self.fact(kind, Said::Count(ONE), verb.first, verb.end);
        fact.by_verb = true;
        (active && verb.clitics.one && person).then_some(fact)
    }

    /// Counted people right before a dual or plural verb.
    pub(super) fn subject_before(&self, verb: &Mention) -> Option<Amount> {
        // Idioms of dying («لقوا حتفهم») carry their number in the pronoun.
        let idiom = verb.end - verb.first >= 2;
        let many = (idiom || matches!(verb.form.count, Count::Dual | Count::Plural))
            && matches!(verb.form.part, Part::Perfect | Part::Passive);
        let window = verb.first.saturating_sub(6).max(self.first)..verb.first;
        // «3 أشخاص بينهم ضابط قتلوا»: what is counted stands before «بينهم», but not in «11 منهم قتلوا».
        let among = self.ctx.all(window.clone(), self.ctx.l.among_them).next();
        let close = among.filter(|m| self.number_ending(m.first).is_none()).map_or(verb.first, |m| m.first);
        let near = close.saturating_sub(4).max(self.first)..close;
        // «ثلاثة صيادين يمنيين قضوا»: the noun that is counted, not its adjective.
        let counts = |m: &&Mention| m.quantity.is_some_and(|q| q.worded && !q.vague);
        let people: Vec<&Mention> = self.ctx.all(near, self.ctx.l.victim).filter(counts).collect();
        let before = people.iter().rev().find(|m| !self.ctx.a.is(m, "national")).or(people.last()).copied();
        // «أربعة من طاقمها قُتلوا», «11 منهم لقوا حتفهم».
        let some_of = self.ctx.a.numbers_in(window).find(|n| {
            n.kind == NumberKind::Cardinal
                && (self.ctx.is_at(n.core.1, self.ctx.l.from) || self.ctx.is_at(n.core.1, self.ctx.l.among_them))
        });
        let counted = before.and_then(|m| Some(self.with_those_before(m, m.quantity?)));
        counted.or(some_of.map(Amount::of)).filter(|_| many).or_else(|| self.one_before(verb))
    }

    /// «امرأة وثلاثة أطفال قد قُتلوا»: those joined before count too.
    fn with_those_before(&self, m: &Mention, amount: Amount) -> Amount {
        let ctx = self.ctx;
        let joined = m.phrase.0 > self.first && ctx.a.at(m.phrase.0).any(|w| w.clitics.conjunction);
        let other = ctx.before(m.phrase.0, ctx.l.victim).filter(|_| joined);
        let bare = |o: &&Mention| !o.clitics.article && o.clitics.preposition == '\0' && !ctx.a.is(o, "national");
        match other.filter(bare).and_then(|o| Some((o, o.quantity.filter(|q| !q.vague)?))) {
            Some((o, q)) => self.with_those_before(o, super::victims::sum(amount, q)),
            None => amount,
        }
    }

    /// «إن مدنياً قتل إثر …»: one person right before a verb in the singular.
    pub(super) fn one_before(&self, verb: &Mention) -> Option<Amount> {
        let single = verb.form.count == Count::Singular && !verb.clitics.conjunction;
        let told = matches!(verb.form.part, Part::Perfect | Part::Passive);
        self.person_before(verb.first).filter(|_| single && told)
    }

    /// «إن مدنياً», «أن شخصاً على الأقل» right before a token.
    fn person_before(&self, at: usize) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let hedge = ctx.before(at, l.at_least).map_or(at, |h| h.first);
        // «إن شابا فلسطينيا استشهد»
        let adjective = ctx.before(hedge, l.nationality).filter(|n| ctx.before(n.first, l.victim).is_some());
        let m = ctx.before(adjective.map_or(hedge, |n| n.first), l.victim)?;
        let bare = !m.clitics.article && !m.clitics.conjunction && m.clitics.preposition == '\0';
        let person = bare && m.form.count == Count::Singular && !ctx.has(m, l.attacker) && !ctx.has(m, l.hurt_noun);
        let opens = m.first == self.first || ctx.before(m.first, l.that).is_some();
        m.quantity.filter(|q| person && opens && q.value == Some(1.0))
    }

    /// «استهدف مجهولون شاباً … فقتل على الفور»: the man told before.
    pub(super) fn implicit(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
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
    pub(super) fn counted_noun(&self, at: usize, out: &mut Vec<Fact>) -> usize {
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
        // Bodies that are flown home or washed ashore tell of no attack by themselves.
        if &*ctx.a.entry(m).id == "bodies" && !self.violent() {
            return m.end;
        }
        let kind = match () {
            _ if ctx.has(m, l.hurt_noun) => Kind::Wounded,
            _ => Kind::Killed,
        };
        let mut fact = self.fact(kind, Said::Count(q), m.phrase.0, m.phrase.1.max(m.end));
        // «هم 31 قتيلاً وتسعة جرحى» splits what was pooled; «9 شهداء بينهم مسنة وعشرون إصابة» goes on
        // to the wounded: neither is a part of the dead told before.
        let split = ctx.has(m, l.dead_noun) && ctx.any(m.end..(m.end + 4).min(self.end), l.hurt_noun);
        let other_kind = kind == Kind::Wounded && out.last().is_some_and(|f| f.kind == Kind::Killed);
        fact.breakdown &= !(split || other_kind);
        let end = fact.end;
        out.push(fact);
        end
    }
}
