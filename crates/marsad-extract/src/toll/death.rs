//! Who died, lost a life, or died of wounds told before?
//!
//! «أودى بحياة 34 شخصاً», «فقدت امرأة حياتها», «توفي أحدهما متأثراً بجراحه».

use super::scan::Scan;
use super::victims::{ONE, TWO, Victims, finite, one_more};
use super::{Fact, Kind, Said, Tie};
use marsad_lang::{Amount, Count, Mention, Part};

/// Tokens from «أودى» to those whose lives it took.
const TAKER_MAX: usize = 14;
/// Tokens from a family to those whom it lost.
const FAMILY_MAX: usize = 6;

/// Tokens from a death to the weapon that brought it.
const DIED_OF_MAX: usize = 6;

impl Scan<'_, '_> {
    /// «أحدهما توفي متأثراً بجراحه», «وتوفيا متأثرين بجراحهما»: of the wounded told before.
    pub(super) fn died_of_wounds(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let behind = m.end..(m.end + 6).min(self.end);
        let told = matches!(m.form.part, Part::Perfect | Part::Passive) && ctx.any(behind, l.of_wounds);
        let one = ctx.before(m.first, l.one_of_them).is_some() || ctx.is_at(m.end, l.one_of_them);
        let both = m.form.count == Count::Dual;
        let amount = if both { TWO } else { ONE };
        let mut fact = self.fact(Kind::Killed, Said::Count(amount), m.first, m.end);
        (fact.breakdown, fact.tie) = (false, Tie::Moves);
        // «وأُعلن عن مصرع أحدهم لاحقاً»
        let announced = m.form.part == Part::Noun && ctx.is_at(m.end, l.one_of_them);
        // «أصيب أربعة مدنيين توفي أحدهم لاحقاً»
        let later = ctx.has(m, l.die)
            && matches!(m.form.part, Part::Perfect | Part::Passive)
            && one
            && ctx.any(self.sentence_wide().first..m.first, l.injure);
        let announced = announced || later;
        if told && (one || both) || announced {
            return Some(fact);
        }
        fact.tie = Tie::Same;
        self.death_of_the_hurt(m).map(|amount| Fact { said: Said::Count(amount), ..fact })
    }

    /// «… توفي على إثرها», «إعلان وفاته متأثراً بإصاباته», «تم إقرار وفاتهما»: those who were hurt before, and nobody else.
    fn death_of_the_hurt(&self, m: &Mention) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let near = m.end..(m.end + 4).min(self.end);
        let wounds = ctx.all(near, l.of_wounds).next();
        let alone = |end: usize| !ctx.any(m.end..end, l.victim) && ctx.before(m.first, l.victim).is_none();
        match m.form.part {
            Part::Perfect | Part::Passive => {
                let he = m.form.count == Count::Singular && wounds.is_some_and(|w| alone(w.first));
                he.then_some(ONE)
            }
            Part::Noun if m.clitics.two => Some(TWO),
            Part::Noun => (m.clitics.one && wounds.is_some_and(|w| alone(w.first))).then_some(ONE),
            _ => None,
        }
    }

    /// «أدى إلى وفاة …», «انفجار … ووفاة …», «توفي شخصان إثر سقوط …».
    pub(super) fn died_of_it(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // «مات عشرة أشخاص عندما فتح مسلحون النار», «انفجرت عبوة …، فمات على الفور»
        if m.form.part == Part::Perfect && !m.clitics.pronoun && self.shot_or_blown_up(m) {
            return true;
        }
        let blow = |range: std::ops::Range<usize>| {
            [l.explode, l.detonate, l.munition, l.bombard, l.raid, l.explosive]
                .iter()
                .any(|k| ctx.any(range.clone(), *k))
        };
        match m.form.part {
            Part::Noun => {
                let start = ctx.a.sentence_at(m.first).map_or(self.first, |s| s.first);
                // «وفاة أربعة بحارة بلغم انفجر …»
                let by = |t: usize| ctx.a.at(t).any(|n| n.clitics.preposition != '\0' && ctx.has(n, l.weapon));
                let of_it = (m.end + 1..(m.end + DIED_OF_MAX).min(self.end)).any(by);
                self.caused(m.first) || m.clitics.conjunction && blow(start..m.first) || of_it
            }
            Part::Perfect | Part::Passive => {
                // The cause may stand behind the next verb: «… وأصيب سبعة إثر …».
                let end = ctx.a.sentence_at(m.first).map_or(self.end, |s| s.end).min(m.end + 20);
                let of_wounds = self.violent() && ctx.any(m.end..end.min(m.end + 8), l.of_wounds);
                // «توفي ثلاثة وأصيب ستة بانفجار سيارة ملغمة»
                let by = |n: &Mention| {
                    n.clitics.preposition != '\0' && [l.explode, l.raid, l.weapon].iter().any(|k| ctx.has(n, *k))
                };
                let by_it = ctx.a.within(m.end..end).any(by);
                by_it || of_wounds || ctx.all(m.end..end, l.result).any(|r| blow(r.end..(r.end + 4).min(end)))
            }
            _ => false,
        }
    }

    /// Right before the death, or in the clause of «عندما», something is fired or goes off.
    fn shot_or_blown_up(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let wide = self.sentence_wide();
        let acts = [l.shoot, l.explode, l.detonate, l.bombard, l.raid];
        let struck = |span: std::ops::Range<usize>| acts.iter().any(|k| ctx.any(span.clone(), *k));
        let then = m.clitics.conjunction && struck(wide.first..m.first);
        then || ctx.all(m.end..wide.end, l.when_word).any(|w| struck(w.end..(w.end + DIED_OF_MAX).min(wide.end)))
    }

    /// «أودى بحياة 34 شخصاً», «أودى بأربعة», «أودى انفجار … بحياة شيخ».
    pub(super) fn lives_taken(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let verb = ctx.has(m, l.take_lives);
        let lives = if verb { ctx.at(m.end, l.lives) } else { Some(m) };
        let from = lives.map_or(m.end, |lives| lives.end);
        let glued = |t: usize| {
            ctx.a.at(t).any(|m| m.clitics.preposition != '\0') || ctx.a.numbers_in(t..t + 2).next().is_some()
        };
        // «أودى انفجار لغم أمس بثلاثة رعاة»: what took them stands between.
        if verb && lives.is_none() && !glued(from) {
            return self.lives_taken_by(m, out);
        }
        let direct = verb && (from > m.end || glued(from));
        let apart = !verb && ctx.all(self.first..m.first, l.take_lives).next().is_some();
        // «ما أودى بحياته»
        if (verb || apart) && lives.is_some_and(|m| m.clitics.pronoun && m.clitics.one) {
            let with_him = self.joined(from, true);
            let end = with_him.as_ref().map_or(from, |v| v.end);
            let amount = match with_him.map(|v| v.said) {
                Some(Said::Count(others)) => one_more(others),
                _ => ONE,
            };
            let fact = self.fact(Kind::Killed, Said::Count(amount), m.first, end);
            out.push(Fact { breakdown: false, ..fact });
            return end;
        }
        let at_number = ctx.a.numbers_in(from..from + 2).next().map_or(from, |n| n.core.0);
        let Some(np) = self.one(from, false).or_else(|| self.one(at_number, false)).filter(|_| direct || apart) else {
            return m.end;
        };
        self.taken(m, np, out)
    }

    /// «أودى انفجار سيارة بستة رجال وامرأة»
    fn lives_taken_by(&self, verb: &Mention, out: &mut Vec<Fact>) -> usize {
        let ctx = self.ctx;
        let reach = (verb.end + TAKER_MAX).min(self.end);
        let until = (verb.end..reach).find(|t| ctx.a.at(*t).any(|m| finite(ctx, m))).unwrap_or(reach);
        let clitics = &ctx.res.lexicon.clitics;
        let glued = |at: usize| {
            let preposition = |c: char| clitics.prepositions.contains(&c) && c != clitics.swallowing;
            // «بـ14» is two tokens.
            let alone = || {
                let before = at.checked_sub(1).map(|t| ctx.a.tokens.text(t)).unwrap_or_default();
                before.chars().count() == 1 && before.starts_with(preposition)
            };
            ctx.a.tokens.text(at).starts_with(preposition) || alone()
        };
        let people = |m: &&Mention| {
            let counted = m.quantity.is_some_and(|q| q.worded && !q.vague && q.value.is_some());
            ctx.has(m, ctx.l.people) && counted && !ctx.has(m, ctx.l.attacker)
        };
        let told = ctx.any(verb.end..until, ctx.l.lives);
        let first = ctx.a.within(verb.end..until).filter(people).map(|m| m.phrase.0).find(|at| glued(*at));
        let Some(np) = first.filter(|_| !told).and_then(|at| self.one(at, true)).filter(|v| !v.attackers) else {
            return verb.end;
        };
        self.taken(verb, np, out)
    }

    fn taken(&self, verb: &Mention, first: Victims, out: &mut Vec<Fact>) -> usize {
        let mut total = first;
        while let Some(more) = self.joined(total.end, false) {
            total = total.plus(more);
        }
        let fact = self.fact(Kind::Killed, total.said, verb.first, total.end);
        out.push(Fact { group: total.group, breakdown: false, ..fact });
        total.end
    }

    /// «فقدت امرأة حياتها», «فقدان مدني لحياته»: whose life stands between.
    pub(super) fn life_lost(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        if let Some(fact) = self.men_lost(m) {
            let end = fact.end;
            out.push(fact);
            return end;
        }
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

    /// «فقدت قوات النظام ثلاثة مقاتلين», «فقدت أسرة أربعة من أبنائها»: whom a force lost stands right behind it; «فقدت الاتصال بثلاثة جنود» is no death.
    fn men_lost(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let force = |t: usize| [l.actor, l.force_word, l.nationality].iter().find_map(|k| ctx.at(t, *k));
        let mut counted = m.end;
        while let Some(part) = force(counted).filter(|_| counted < self.end) {
            counted = part.end;
        }
        // «فقدت أسرة نازحة من تاورغاء أربعة من أبنائها»
        let family = ctx.all(m.end..m.end + 1, l.victim).any(|n| ctx.a.is(n, "family"));
        if family && self.violent() {
            let reach = m.end + 1..(m.end + FAMILY_MAX).min(self.end);
            counted = reach.into_iter().find(|t| self.number_at(*t).is_some()).unwrap_or(m.end);
        }
        if counted == m.end {
            return None;
        }
        let apart = ctx.a.at(counted).any(|n| n.clitics.preposition != '\0' || n.clitics.conjunction);
        let lost = self.one(counted, true).filter(|v| !apart && !v.subject && v.first == counted)?;
        let fact = self.fact(Kind::Killed, lost.said, m.first, lost.end);
        Some(Fact { group: lost.group, breakdown: false, ..fact })
    }

    /// «فقدنا سبعة أشخاص», «خسر الفوج أحد منتسبيه»: who lost them may stand between.
    pub(super) fn people_lost(&self, m: &Mention) -> Option<Fact> {
        let ctx = self.ctx;
        let reach = (m.end + 5).min(self.end);
        let until = (m.end..reach).find(|t| ctx.a.at(*t).any(|n| finite(ctx, n))).unwrap_or(reach);
        let lost = (m.end..until).find_map(|t| self.one(t, true).filter(|v| !v.subject))?;
        let fact = self.fact(Kind::Killed, lost.said, m.first, lost.end);
        self.violent().then_some(Fact { group: lost.group, breakdown: false, ..fact })
    }

    /// Something in the sentence kills.
    pub(super) fn violent(&self) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let span = ctx.a.sentence_at(self.first).map_or(self.first..self.end, |s| s.first..s.end);
        [l.bombard, l.raid, l.explode, l.detonate, l.target_v, l.shoot, l.munition, l.explosive, l.attack, l.clash]
            .iter()
            .any(|k| ctx.any(span.clone(), *k))
    }
}
