//! Was "none" or "not known" said of casualties?
//!
//! «دون خسائر بشرية», «لم يسفر عن إصابات», «لم ترد تفاصيل عن …», «اقتصرت الخسائر على الماديات».
//! What a sentence is silent about is neither.

use super::scan::Scan;
use super::victims::finite;
use super::{Fact, Kind, Said};
use crate::context::Ctx;
use marsad_lang::{Count, Mention, Part};

/// Tokens from a denial to the deaths that it denies.
const DEATH_MAX: usize = 4;

impl Scan<'_, '_> {
    /// «دون خسائر بشرية أو مادية», «لم يسفر عن إصابات», «لم ترد تفاصيل عن …».
    pub(super) fn denial(&self, from: usize, said: Said, first: usize, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // «لم تشر المصادر إلى خسائر»: that nobody says so does not mean none.
        let silent =
            ctx.is_at(from, l.not_telling) || ctx.at(from, l.speech).is_some_and(|m| m.form.part == Part::Imperfect);
        let said = if silent { Said::NotKnown } else { said };
        let reach = from
            + if said == Said::NotKnown {
                10
            } else if ctx.is_at(first, l.not) {
                9
            } else {
                6
            };
        let reach = reach.min(self.end);
        let mut end = from;
        let (mut people, mut damage, mut loss, mut material) = (false, false, false, false);
        // «لم يسقط قتلى في الانفجار، غير أن أربعة جرحوا»
        let mut dead_named = false;
        let mut wounded_too = said == Said::NotKnown;
        for t in from..reach {
            let nobody = ctx.a.at(t).any(|m| ctx.is_at(m.end, l.no_party));
            if t > from && !nobody && ctx.a.at(t).any(|m| stops_denial(ctx, m)) {
                break;
            }
            // «لم تعلن أي جهة مسؤوليتها عن …» speaks of who did it.
            if ctx.is_at(t, l.responsibility) || ctx.is_at(t, l.except) {
                break;
            }
            for m in ctx.a.at(t) {
                // «دون أن تذكر هل كان القتلى …»: those told before.
                let told_before = m.clitics.article
                    && (said == Said::None
                        || ctx.has(m, l.dead_noun)
                        || ctx.has(m, l.hurt_noun) && !ctx.has(m, l.injury_noun));
                let counted = m.quantity.is_some_and(|q| q.worded && !q.vague) || told_before;
                people |= (ctx.has(m, l.hurt_noun)
                    || ctx.has(m, l.dead_noun)
                    || ctx.has(m, l.victim_noun)
                    || ctx.has(m, l.injure) && m.form.part == Part::Noun)
                    && !counted;
                dead_named |= ctx.has(m, l.dead_noun);
                wounded_too |= !ctx.has(m, l.dead_noun)
                    && (ctx.has(m, l.hurt_noun)
                        || ctx.has(m, l.victim_noun)
                        || ctx.has(m, l.injure)
                        || ctx.has(m, l.human));
                people |= ctx.has(m, l.human) || said == Said::NotKnown && ctx.has(m, l.toll);
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
            if wounded_too || !dead_named || !self.hurt_are_counted(end) {
                out.push(self.fact(Kind::Wounded, said, first, end));
            }
        }
        if damage {
            out.push(self.fact(Kind::Damage, said, first, end));
        }
        if people || damage { end } else { from }
    }

    /// The sentence goes on to those who were hurt.
    fn hurt_are_counted(&self, from: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let wide = self.sentence_wide();
        [l.injure, l.hurt_noun].iter().any(|k| ctx.any(from..wide.end, *k))
    }

    /// «نافياً وفاة أي مدني», «ولم تسجل أي وفيات»: of the wounded it says nothing.
    pub(super) fn nobody_died(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let denial = [l.deny, l.not, l.without].iter().find_map(|k| ctx.at(at, *k))?;
        let reach = denial.end..(denial.end + DEATH_MAX).min(self.end);
        let death = ctx.all(reach, l.die).find(|m| m.form.part == Part::Noun && !m.clitics.article)?;
        let hurt = [l.injure, l.hurt_noun, l.dead_noun, l.victim_noun, l.kill];
        let alone = !hurt.iter().any(|k| ctx.any(denial.end..(death.end + 2).min(self.end), *k));
        let anybody = ctx.is_at(death.end, l.any) || death.form.count == Count::Plural;
        (alone && anybody).then(|| self.fact(Kind::Killed, Said::None, denial.first, death.end))
    }

    /// «اقتصرت الخسائر على الماديات», «واقتصر الهجوم على أضرار في الواجهة»: nobody was hurt, something was broken.
    pub(super) fn limited(&self, m: &Mention, out: &mut Vec<Fact>) -> usize {
        let span = m.end..(m.end + 6).min(self.end);
        let things = [self.ctx.l.material, self.ctx.l.harm];
        if !things.iter().any(|k| self.ctx.any(span.clone(), *k)) {
            return m.end;
        }
        for kind in [Kind::Killed, Kind::Wounded] {
            out.push(self.fact(kind, Said::None, m.first, span.end));
        }
        out.push(self.fact(Kind::Damage, Said::Told, m.first, span.end));
        span.end
    }
}

fn stops_denial(ctx: &Ctx, m: &Mention) -> bool {
    finite(ctx, m)
        && !ctx.has(m, ctx.l.cause)
        && !ctx.has(m, ctx.l.fall)
        && !ctx.has(m, ctx.l.happen)
        && !ctx.has(m, ctx.l.had)
        && !ctx.has(m, ctx.l.be_exposed)
}
