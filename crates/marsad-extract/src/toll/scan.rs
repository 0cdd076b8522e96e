//! Which words of a clause say how many were killed or wounded?
//!
//! One pass over its tokens; each kind of statement is a function with the
//! wordings that it reads.

use super::victims::{ONE, Victims};
use super::{Fact, Kind, Said, Tie};
use crate::context::Ctx;
use marsad_lang::{Amount, Count, Mention, Part};

pub(super) struct Scan<'c, 'a> {
    pub ctx: &'c Ctx<'a>,
    pub first: usize,
    pub end: usize,
}

impl Scan<'_, '_> {
    /// Reads what begins at a token and returns the token to go on from.
    pub(super) fn at(&self, at: usize, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // All but a count before its noun begins with a known word.
        if ctx.a.at(at).as_slice().is_empty() {
            return self.counted_noun(at, out);
        }
        if let Some(m) = ctx.at(at, l.toll_unsaid) {
            for kind in [Kind::Killed, Kind::Wounded] {
                out.push(self.fact(kind, Said::NotKnown, m.first, m.end));
            }
            return m.end;
        }
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
        if let Some(fact) = self.nobody_died(at) {
            let end = fact.end;
            out.push(fact);
            return end;
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
        if let Some(fact) = self.treated(at) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        if let Some(fact) = self.idiom(at) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        if let Some(fact) = ctx.at(at, l.die).or(ctx.at(at, l.kill)).and_then(|m| self.died_of_wounds(m)) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        if let Some(m) = ctx.at(at, l.fall).filter(fell) {
            return self.counted(m, self.how_they_fell(m), out);
        }
        // «عشرة جنود سقطوا في كمين»: a verb in the plural, and no count behind it.
        let pooled = |m: &Mention| ctx.any(m.end..(m.end + 8).min(self.end), l.between_dead);
        let wounded = |m: &Mention| ctx.all(self.first..m.first, l.hurt_noun).any(|n| n.end == m.first);
        let told =
            |m: &&Mention| m.form.part == Part::Perfect && m.form.count == Count::Plural && !pooled(m) && !wounded(m);
        if let Some((m, dead)) = ctx.at(at, l.fall).filter(told).and_then(|m| Some((m, self.subject_before(m)?))) {
            let fact = self.fact(self.how_they_fell(m), Said::Count(dead), m.first, m.end);
            out.push(Fact { breakdown: false, ..fact });
            return m.end;
        }
        // «ذبح الراعي»: the man told before.
        let anew = |m: &&Mention| self.one(m.end, true).is_some() && !ctx.a.at(m.end).any(|v| v.clitics.article);
        if let Some(m) = ctx.at(at, l.slaughter).filter(anew) {
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
        if let Some(fact) = self.killed_and_wounded(at) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        // «أدى إلى مقتله وجرح سائقه» tells each apart.
        if let Some(m) = ctx.at(at, l.pool).filter(|m| m.clitics.pronoun) {
            if m.clitics.one && self.caused(at) {
                out.push(self.fact(Kind::Killed, Said::Count(ONE), m.first, m.first + 1));
            }
            let Some(np) = self.victims(m.end, true) else { return m.end };
            let fact = self.fact(Kind::Wounded, np.said, m.end - 1, np.end);
            out.push(Fact { group: np.group, by_verb: true, breakdown: false, ..fact });
            return np.end;
        }
        if let Some(m) = ctx.at(at, l.pool) {
            // «إن شخصاً على الأقل قتل وأصيب ثلاثة», «إن عنصراً في الحرس قتل وأصيب اثنان» counts each apart.
            let person = self.person_before(m.first).or_else(|| self.member_before(m.first));
            let Some(one) = person else { return self.counted(m, Kind::Pooled, out) };
            out.push(self.fact(Kind::Killed, Said::Count(one), m.first, m.first + 1));
            return self.counted(m, Kind::Wounded, out);
        }
        // «محاولة اغتيال قيادي»: whoever it was aimed at is not said to be dead.
        let attempted = ctx.before(at, l.tried).is_some();
        let killed = ctx.at(at, l.kill).or(ctx.at(at, l.assassinate).filter(|_| !attempted));
        if let Some(m) = killed.filter(|_| !self.sentenced(at)) {
            return self.counted(m, Kind::Killed, out);
        }
        if let Some(m) = ctx
            .at(at, l.injure)
            .filter(|m| ctx.at(at, l.injury_noun).is_none() || m.form.part != Part::Noun || self.counts_behind(m))
        {
            let kind = if self.shares_victims(m) { Kind::Pooled } else { Kind::Wounded };
            return self.counted(m, kind, out);
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
            tie: Tie::Apart,
        }
    }

    /// The same pass, over the whole sentence: what a comma cuts off.
    pub(super) fn sentence_wide(&self) -> Self {
        let sentence = self.ctx.a.sentence_at(self.first);
        let (first, end) = sentence.map_or((self.first, self.end), |s| (s.first, s.end));
        Scan { ctx: self.ctx, first, end }
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        let tokens = &self.ctx.a.tokens;
        [",", "\u{60c}"].iter().any(|sign| tokens.is_sign(at, sign))
    }

    pub(super) fn counts_behind(&self, m: &Mention) -> bool {
        self.ctx.a.within(m.end..(m.end + 2).min(self.end)).any(|n| self.ctx.has(n, self.ctx.l.victim))
            || self.number_at(m.end).is_some()
    }

    /// «سقط أحد عشر شرطياً»: people, not shells.
    pub(super) fn people_behind(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // «وسقطت أخرى» is another shell.
        let nouns = [l.dead_noun, l.hurt_noun, l.victim_noun, l.other];
        ctx.all(m.end..(m.end + 7).min(self.end), l.victim).any(|p| {
            let plain = !nouns.iter().any(|n| ctx.has(p, *n));
            // «سقط شاب برصاص قناص»
            let shot =
                || [l.gun, l.fires].iter().any(|k| ctx.at(p.end, *k).is_some_and(|g| g.clitics.preposition != '\0'));
            let counted = p.quantity.is_some_and(|q| q.worded) || p.quantity.is_some() && shot();
            p.phrase.0 <= m.end + 1 && plain && !self.governs_nothing(p) && counted
        })
    }

    /// «سقط عنصران مصابين», «سقط خلالها جندي جريحاً»: the wounded fall too.
    fn how_they_fell(&self, m: &Mention) -> Kind {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let state = |n: &Mention| {
            n.phrase.0 == n.first && !n.clitics.conjunction && !n.clitics.article && n.clitics.preposition == '\0'
        };
        let until = (m.end + 8).min(self.end);
        let hurt = ctx.all(m.end..until, l.hurt_noun).find(|n| state(n) && !ctx.has(n, l.injury_noun));
        let dead = ctx.any(m.end..until, l.dead_noun);
        if hurt.is_some() && !dead { Kind::Wounded } else { Kind::Killed }
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
        } else if self.caused(m.first) || m.first == self.first {
            out.extend(self.one_each(m).into_iter().flatten());
        }
        m.end
    }

    /// «أوقع قتيلاً وجريحاً», «قتيل وجريح في إطلاق نار»: one dead, one wounded, and no «بين» before them.
    fn one_each(&self, m: &Mention) -> Option<[Fact; 2]> {
        let one =
            Amount { value: Some(1.0), min: Some(1.0), max: Some(1.0), approx: false, vague: false, worded: true };
        (m.end - m.first == 2).then(|| {
            [
                self.fact(Kind::Killed, Said::Count(one), m.first, m.first + 1),
                self.fact(Kind::Wounded, Said::Count(one), m.first + 1, m.end),
            ]
        })
    }

    /// «18 عاملاً قتلوا وأصيبوا»: the phrases of the lists in the plural.
    fn killed_and_wounded(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let several = |m: &Mention| matches!(m.form.count, Count::Plural | Count::Dual) && is_told(m);
        let dead = ctx.at(at, l.kill).filter(|m| several(m))?;
        let hurt = ctx.at(dead.end, l.injure).filter(|m| several(m) && m.clitics.conjunction)?;
        let people = self.number_before(dead).or_else(|| self.subject_before(dead))?;
        Some(self.fact(Kind::Pooled, Said::Count(people), dead.first, hurt.end))
    }

    /// «انفجار يقتل ويجرح أكثر من 25»: the verb before has the same victims.
    fn shares_victims(&self, hurt: &Mention) -> bool {
        let bare = |m: &Mention| m.form.part == Part::Imperfect && !m.clitics.pronoun;
        let dead = self.ctx.before(hurt.first, self.ctx.l.kill);
        bare(hurt) && hurt.clitics.conjunction && dead.is_some_and(|m| bare(m) && m.form.count == hurt.form.count)
    }

    /// A verb or verbal noun of killing or wounding, with whom it counts.
    pub(super) fn counted(&self, verb: &Mention, kind: Kind, out: &mut Vec<Fact>) -> usize {
        let passive_too = self.ctx.a.at(verb.first).any(|m| m.form.part == Part::Passive);
        let active = verb.form.part == Part::Perfect && kind == Kind::Wounded && !passive_too;
        // «ولم يصب أحد», «ولم يصب أي شرطي».
        let any_of = || self.ctx.is_at(verb.end, self.ctx.l.any) && self.ctx.is_at(verb.end + 1, self.ctx.l.victim);
        let nobody = self.ctx.before(verb.first, self.ctx.l.not).is_some()
            && (self.ctx.is_at(verb.end, self.ctx.l.no_party) || any_of());
        if nobody {
            out.push(self.fact(kind, Said::None, verb.first - 1, verb.end + 1));
            return verb.end + 1;
        }
        if let Some(fact) = self.he_and_others(verb, kind).or_else(|| self.one_of_the_two(verb, kind)) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        if let Some(fact) = self.his_own(verb, kind) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        if let Some(people) = self.subject_beside(verb) {
            let fact = self.fact(self.fate_of(verb, kind), Said::Count(people), verb.first, verb.end);
            // «أربعة مدنيين بينهم امرأتان قتلوا»
            let whole = self.total_before(verb);
            out.push(Fact { breakdown: fact.breakdown && !whole, ..fact });
            return verb.end;
        }
        // «وقتل منهم ثلاثة»: of those told before.
        let some_of = self.ctx.at(verb.end, self.ctx.l.among_them).filter(|m| self.number_at(m.end).is_some());
        // «قبل أن يقتلهما جندي»: behind a pronoun stands who did it. «مراسلا لقي حتفه بعدما أطلق عليه مسلحان النار»: who met his own
        // fate stands before.
        let his_fate = verb.end == verb.first + 2 && verb.form.part == Part::Passive && some_of.is_none();
        let told = his_fate && self.one(verb.end, false).is_none() && self.subject_before(verb).is_some();
        let hit = || {
            (!told && !self.hits_those_told(verb)).then(|| self.victims(some_of.map_or(verb.end, |m| m.end), active))
        };
        let Some(np) = hit().flatten() else {
            if let Some(fact) = self.one_object(verb, kind).or_else(|| self.several_objects(verb, kind)) {
                out.push(fact);
                return verb.end;
            }
            if let Some(fact) = self.met_their_fate(verb, kind).or_else(|| self.object_behind(verb, kind)) {
                let end = fact.end;
                out.push(fact);
                return end;
            }
            let before = || self.subject_before(verb).or_else(|| self.had_been(verb));
            if let Some(people) = self.number_before(verb).or_else(before) {
                // «وكان عنصران قد قتلا».
                let fact = self.fact(self.fate_of(verb, kind), Said::Count(people), verb.first, verb.end);
                let whole = self.total_before(verb);
                out.push(Fact { breakdown: fact.breakdown && !whole, ..fact });
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
        if let Some([attacker, others]) = self.attacker_and_others(verb, &np, kind) {
            out.extend([attacker, others]);
            return np.end;
        }
        let kind = if np.attackers && kind == Kind::Killed { Kind::Attackers } else { kind };
        let mut fact = self.fact(kind, np.said, verb.first, np.end);
        fact.group = np.group;
        fact.by_verb = true;
        fact.breakdown = false;
        fact.breakdown = self.some_of_those(&fact, out);
        let vague = matches!(fact.said, Said::Count(a) if a.value.is_none());
        fact.tie = if vague { Tie::Apart } else { self.tie(verb, np.first, kind) };
        out.push(fact);
        np.end
    }

    /// «إن خمسة من المهاجمين قتلوا»: of which side those are that stand before the verb.
    fn fate_of(&self, verb: &Mention, kind: Kind) -> Kind {
        let attackers = kind == Kind::Killed && self.ctx.before(verb.first, self.ctx.l.attacker).is_some();
        if attackers { Kind::Attackers } else { kind }
    }

    /// «قتل المهاجم وأربعة آخرون»: he, and those who were hit.
    fn attacker_and_others(&self, verb: &Mention, all: &Victims, kind: Kind) -> Option<[Fact; 2]> {
        let Said::Count(Amount { value: Some(n), vague: false, .. }) = all.said else { return None };
        let he = self.one(all.first, false).filter(|v| v.attackers && is_one(v))?;
        let others = Amount { value: Some(n - 1.0), min: Some(n - 1.0), max: Some(n - 1.0), ..ONE };
        let told = kind == Kind::Killed && n > 1.0;
        let fact = |kind, amount, first, end| Fact {
            by_verb: true,
            breakdown: false,
            ..self.fact(kind, Said::Count(amount), first, end)
        };
        told.then(|| [fact(Kind::Attackers, ONE, verb.first, he.end), fact(kind, others, he.end, all.end)])
    }

    /// «يقتلهما», «فقتلته»: a verb whose pronoun is the one hit.
    fn hits_those_told(&self, verb: &Mention) -> bool {
        let acts = matches!(verb.form.part, Part::Perfect | Part::Imperfect);
        acts && verb.clitics.pronoun && !self.ctx.a.at(verb.first).any(|m| m.form.part == Part::Noun)
    }

    /// «إصابة تسعة، إصابة ثلاثة منهم بالغة»: some of more that were told right before, and nobody new.
    fn some_of_those(&self, fact: &Fact, told: &[Fact]) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let value = |f: &Fact| if let Said::Count(a) = f.said { a.value } else { None };
        let more = told.iter().any(|f| f.kind == fact.kind && value(f) > value(fact));
        let among = ctx.at(fact.end, l.among_them).filter(|_| more && value(fact).is_some());
        among.is_some_and(|m| self.one(m.end, false).is_none())
    }

    /// «إضافة إلى إصابة عنصر», and «وأصيب خامس», «وأصيب آخر» right behind others that were hit so.
    fn tie(&self, verb: &Mention, counted: usize, kind: Kind) -> Tie {
        let (ctx, l) = (self.ctx, self.ctx.l);
        if ctx.before(verb.first, l.in_addition).is_some() {
            return Tie::Adds;
        }
        let label = if kind == Kind::Killed { l.kill } else { l.injure };
        let start = ctx.a.sentence_at(verb.first).map_or(self.first, |s| s.first);
        let last = |k| ctx.all(start..verb.first, k).last().map(|m| m.first);
        let same = last(label);
        let alone = same.is_some() && same.max(last(l.kill)).max(last(l.injure)) == same;
        let another = ctx.is_at(counted, l.other) || self.ordinal_at(counted);
        let told = matches!(verb.form.part, Part::Perfect | Part::Passive) && verb.clitics.conjunction;
        if alone && another && told { Tie::Adds } else { Tie::Apart }
    }
}

fn is_one(v: &Victims) -> bool {
    matches!(v.said, Said::Count(a) if a.value == Some(1.0))
}

fn is_told(m: &Mention) -> bool {
    matches!(m.form.part, Part::Perfect | Part::Passive) && !m.clitics.pronoun
}
