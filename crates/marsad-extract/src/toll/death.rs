//! Who died, lost a life, or died of wounds told before?
//!
//! «أودى بحياة 34 شخصاً», «فقدت امرأة حياتها», «توفي أحدهما متأثراً بجراحه».

use super::scan::Scan;
use super::victims::{ONE, sum};
use super::{Fact, Kind, Said, Tie};
use marsad_lang::{Count, Mention, Part};

impl Scan<'_, '_> {
    /// «أحدهما توفي متأثراً بجراحه», «وتوفيا متأثرين بجراحهما»: of the wounded told before.
    pub(super) fn died_of_wounds(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let behind = m.end..(m.end + 6).min(self.end);
        let told = matches!(m.form.part, Part::Perfect | Part::Passive) && ctx.any(behind, l.of_wounds);
        let one = ctx.before(m.first, l.one_of_them).is_some() || ctx.is_at(m.end, l.one_of_them);
        let both = m.form.count == Count::Dual;
        let amount = if both { sum(ONE, ONE) } else { ONE };
        let mut fact = self.fact(Kind::Killed, Said::Count(amount), m.first, m.end);
        (fact.breakdown, fact.tie) = (false, Tie::Moves);
        (told && (one || both)).then_some(fact)
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
                let of_wounds = self.violent() && ctx.any(m.end..end.min(m.end + 8), l.of_wounds);
                of_wounds || ctx.all(m.end..end, l.result).any(|r| blow(r.end..(r.end + 4).min(end)))
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
}
