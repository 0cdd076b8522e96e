//! Which idioms tell who was killed or hurt?
//!
//! «بترت ساقه», «تعرض شاب لإصابة بليغة», «لقي منقبان حتفهما», «القضاء على أربعة إرهابيين», «جثث ثلاثة أشقاء»,
//! «إصابات خطيرة لثلاثة عناصر».

use super::scan::Scan;
use super::victims::{ONE, TWO, Victims, finite};
use super::{Fact, Kind, Said};
use crate::context::Ctx;
use marsad_lang::{Count, Mention, Part};

/// Tokens from a verb to its object, with the time told between.
const OBJECT_MAX: usize = 20;
/// Tokens from a court to what it passed.
const COURT_MAX: usize = 3;
/// Tokens from «لقي» to «حتفه».
const FATE_MAX: usize = 8;
/// Tokens from «لفظ» to «أنفاسه الأخيرة».
const END_MAX: usize = 9;

impl Scan<'_, '_> {
    pub(super) fn idiom(&self, at: usize) -> Option<Fact> {
        let ctx = self.ctx;
        let lost = ctx.at(at, ctx.l.lose_people);
        (self.limb_lost(at))
            .or_else(|| self.exposed_to_injury(at))
            .or_else(|| self.injuries_of(at))
            .or_else(|| self.beheaded(at))
            .or_else(|| self.put_down(at))
            .or_else(|| self.bodies_of(at))
            .or_else(|| self.came_to_the_end(at))
            .or_else(|| self.found_killed(at))
            .or_else(|| self.fell_in_it(at))
            .or_else(|| lost.and_then(|m| self.people_lost(m)))
    }

    /// «بترت ساقه», «بتر ساق راع»: where nothing else is told of the wounded.
    fn limb_lost(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let limb = ctx.at(at, l.amputate).and_then(|m| ctx.at(m.end, l.limb))?;
        let his = limb.clitics.pronoun && limb.clitics.one;
        let of_one = self.one(limb.end, true).filter(|v| matches!(v.said, Said::Count(a) if a.value == ONE.value));
        let span = self.sentence_wide();
        let told = [l.injure, l.hurt_noun].iter().any(|k| ctx.any(span.first..span.end, *k));
        let end = of_one.as_ref().map_or(limb.end, |v| v.end);
        let fact = self.fact(Kind::Wounded, Said::Count(ONE), at, end);
        (!told && (his || of_one.is_some())).then_some(fact)
    }

    /// «قطع مسلحون رأس راع», «قطع رأس أحدهما»
    fn beheaded(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let cut = ctx.at(at, l.cut)?;
        let head = ctx.all(cut.end..(cut.end + 4).min(self.end), l.head).next()?;
        let one = ctx.at(head.end, l.one_of_them).map(|m| (Said::Count(ONE), m.end));
        // «رؤوس ما لا يقل عن خمسة أشخاص»: as many as the heads are of.
        let of = || self.one(head.end, true).filter(|v| !v.subject && counts(v)).map(|v| (v.said, v.end));
        let (said, end) = one.or_else(of)?;
        let fact = self.fact(Kind::Killed, said, at, end);
        Some(Fact { by_verb: true, breakdown: false, ..fact })
    }

    /// «تعرض شاب لإصابة بليغة»
    fn exposed_to_injury(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let bare =
            |m: &&Mention| m.form.count == Count::Singular && !m.clitics.article && m.clitics.preposition != '\0';
        // «تعرض ضابط برتبة عميد لجروح خطرة»
        let wounds = || ctx.at(at, l.injured_with).filter(|m| m.clitics.preposition != '\0' || m.end > m.first);
        // «تعرض إمام مسجد لعدة طعنات»
        let many = || ctx.at(at, l.stab).filter(|m| m.form.part == Part::Noun && glued_before(ctx, m));
        let injury = ctx.at(at, l.injury_noun).filter(bare).or_else(wounds).or_else(many)?;
        let verb = ctx.all(at.saturating_sub(FATE_MAX).max(self.first)..at, l.be_exposed).last()?;
        let person = (verb.end..at).find_map(|t| self.one(t, true).filter(|v| !v.subject))?;
        let fact = self.fact(Kind::Wounded, person.said, verb.first, injury.end);
        Some(Fact { group: person.group, by_verb: true, breakdown: false, ..fact })
    }

    /// «إصابات خطيرة لثلاثة عناصر», «طعنات إلى شرطي»
    fn injuries_of(&self, at: usize) -> Option<Fact> {
        let ctx = self.ctx;
        let stabs = || ctx.at(at, ctx.l.stab).filter(|m| m.form.part == Part::Noun && m.form.count == Count::Plural);
        let injury = ctx.at(at, ctx.l.injury_noun).filter(|m| m.form.count != Count::Dual).or_else(stabs)?;
        let glued = |t: &usize| ctx.a.tokens.is_word(*t) && ctx.a.at(*t).any(|m| m.clitics.preposition != '\0');
        let to = ctx.at(injury.end, ctx.l.range_to).map(|m| m.end);
        let first = to.or_else(|| (injury.end..(injury.end + 3).min(self.end)).find(glued))?;
        let hurt = self.one(first, true).filter(|v| !v.subject && counts(v))?;
        let hurt = self.with_those_joined(hurt);
        let fact = self.fact(Kind::Wounded, hurt.said, at, hurt.end);
        Some(Fact { group: hurt.group, by_verb: true, breakdown: false, ..fact })
    }

    /// «قضت مفرزة على إرهابيين اثنين», «تحييد عشرة عناصر»: who did it may stand between, and when. Courts pass sentences.
    fn put_down(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let wide = self.sentence_wide();
        let verb = ctx.at(at, l.finish_off).or(ctx.at(at, l.neutralise))?;
        let from = if ctx.has(verb, l.finish_off) {
            let reach = (verb.end + OBJECT_MAX).min(wide.end);
            let until = (verb.end..reach).find(|t| ctx.a.at(*t).any(|m| finite(ctx, m))).unwrap_or(reach);
            ctx.all(verb.end..until, l.on).map(|m| m.end).find(|t| wide.one(*t, true).is_some())?
        } else if verb.form.part == Part::Perfect {
            // «حيدت مفرزة للجيش تسعة إرهابيين»
            let counted = |t: &usize| wide.one(*t, true).is_some_and(|v| counts(&v) && !v.attackers);
            (verb.end..(verb.end + OBJECT_MAX).min(wide.end)).find(counted)?
        } else {
            verb.end
        };
        // «تحييد المنفذ» leaves open whether he died; a toll of many deeds is none of this one.
        // «تحييد المرافق الصحية»
        let worded = |v: &Victims| matches!(v.said, Said::Count(a) if a.worded);
        let told_before = |v: &Victims| !worded(v) && ctx.a.at(from).any(|m| m.clitics.article);
        let put_down = wide.one(from, true).filter(|v| counts(v) && !v.attackers && !told_before(v))?;
        if ctx.any(wide.first..at, l.rise) {
            return None;
        }
        let put_down = wide.with_those_joined(put_down);
        let fact = self.fact(Kind::Killed, put_down.said, at, put_down.end);
        let fact = Fact { group: put_down.group, by_verb: true, breakdown: false, ..fact };
        (!self.sentenced(at)).then_some(fact)
    }

    /// «قضت المحكمة على ثلاثة إرهابيين بالسجن»: a sentence was passed, and nobody killed.
    pub(super) fn sentenced(&self, at: usize) -> bool {
        let near = at.saturating_sub(COURT_MAX)..(at + COURT_MAX + 1);
        self.ctx.is_at(at, self.ctx.l.finish_off) && self.ctx.all(near, self.ctx.l.court).any(|m| m.first != at)
    }

    /// «لفظ سائق أنفاسه الأخيرة», «دفع ثلاثة أطفال حياتهم ثمناً», «نال الشهادة أربعة جنود»: who it was stands between the verb
    /// and the words for the end, or behind them.
    fn came_to_the_end(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let verb = ctx.at(at, l.end_verb)?;
        let reach = verb.end..(verb.end + END_MAX).min(self.end);
        let until = reach.clone().find(|t| ctx.a.at(*t).any(|m| finite(ctx, m))).unwrap_or(reach.end);
        let end = ctx.all(verb.end..until, l.end_word).next()?;
        let whom = |t: usize| self.one(t, true).filter(|v| !v.attackers && v.said != Said::Named(0));
        let between = (verb.end..end.first).find_map(whom);
        let behind = || (end.end..(end.end + FATE_MAX).min(self.end)).find_map(whom);
        let dead = self.with_those_joined(between.or_else(behind)?);
        let last = dead.end.max(end.end);
        let fact = self.fact(Kind::Killed, dead.said, at, last);
        Some(Fact { group: dead.group, by_verb: true, breakdown: false, ..fact })
    }

    /// «عثر على مختار القرية مقتولاً», «العثور على شابين مذبوحين»
    fn found_killed(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let found = ctx.at(at, l.seize)?;
        let state = ctx.all(found.end..(found.end + END_MAX).min(self.end), l.found_killed).next()?;
        let dead = (found.end..state.first).find_map(|t| self.one(t, true).filter(|v| !v.attackers))?;
        let fact = self.fact(Kind::Killed, dead.said, at, state.end);
        Some(Fact { group: dead.group, by_verb: true, breakdown: false, ..fact })
    }

    /// «تعرضت القرية لهجوم سقط فيه سبعة», «غارات قضى فيها ستة»: a number alone, of those who fell in it.
    fn fell_in_it(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let fell = ctx.at(at, l.fall).or(ctx.at(at, l.perish)).filter(|m| m.form.part == Part::Perfect)?;
        let it = ctx.at(fell.end, l.within_it)?;
        let dead = self.one(it.end, false).filter(|v| counts(v) && !v.subject && !v.attackers)?;
        // «سقطت خلاله إحدى القذائف»
        let other = [l.hurt_noun, l.munition].iter().any(|k| ctx.any(it.end..(dead.end + 2).min(self.end), *k));
        let dead = self.with_those_joined(dead);
        let fact = self.fact(Kind::Killed, dead.said, fell.first, dead.end);
        (!other).then_some(Fact { group: dead.group, by_verb: true, breakdown: false, ..fact })
    }

    /// «العثور على جثث ثلاثة أشقاء بعد اختطافهم»
    fn bodies_of(&self, at: usize) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let bodies = ctx.at(at, l.dead_noun).filter(|m| &*ctx.a.entry(m).id == "bodies" && !m.clitics.article)?;
        let dead = self.one(bodies.end, true).filter(|v| !v.subject && counts(v))?;
        let span = self.sentence_wide();
        let violent = self.violent() || ctx.any(span.first..span.end, l.abduct);
        let fact = self.fact(Kind::Killed, dead.said, at, dead.end);
        violent.then_some(Fact { group: dead.group, ..fact })
    }

    /// «لقي منقبان حتفهما»: whoever they are, the pronoun says how many.
    pub(super) fn met_their_fate(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        let ctx = self.ctx;
        let reach = (verb.end + FATE_MAX).min(self.end);
        let alone = verb.end == verb.first + 1 && kind == Kind::Killed;
        let fate = ctx.all(verb.end..reach, ctx.l.fate).find(|m| m.clitics.pronoun).filter(|_| alone)?;
        let between = (verb.end..fate.first).any(|t| ctx.a.at(t).any(|m| finite(ctx, m)));
        let amount = match fate.clitics {
            c if c.one => ONE,
            c if c.two => TWO,
            _ => return None,
        };
        let fact = self.fact(kind, Said::Count(amount), verb.first, fate.end);
        (!between && fate.first > verb.end).then_some(Fact { by_verb: true, breakdown: false, ..fact })
    }

    /// «قتلت قوات الاحتلال، فجر الاثنين 5 مايو، طفلاً»: a time stands between the verb and whom it hit.
    pub(super) fn object_behind(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        let ctx = self.ctx;
        let wide = self.sentence_wide();
        let reach = (verb.end + OBJECT_MAX).min(wide.end);
        let time_ending = |t: usize| ctx.a.times_in(verb.end..t).any(|(_, time)| time.end == t);
        let bare = |t: usize| {
            !ctx.a.at(t).any(|m| m.clitics.conjunction || m.clitics.preposition != '\0' || m.clitics.article)
        };
        let until = (verb.end..reach).find(|t| ctx.a.at(*t).any(|m| finite(ctx, m))).unwrap_or(reach);
        let behind = |t: &usize| {
            let end = if wide.is_comma(t - 1) { t - 1 } else { *t };
            *t > verb.end + 1 && time_ending(end) && bare(*t)
        };
        let object =
            (verb.end + 1..until).filter(behind).find_map(|t| wide.one(t, true).filter(|v| !v.subject && counts(v)));
        let object = object.or_else(|| self.hit_by_a_thing(verb))?;
        let object = wide.with_those_joined(object);
        let fact = self.fact(kind, object.said, verb.first, object.end);
        let active = verb.form.part == Part::Perfect;
        active.then_some(Fact { group: object.group, by_verb: true, breakdown: false, ..fact })
    }
}

impl Scan<'_, '_> {
    /// «قتل قصف مدفعي على حي … ثمانية مدنيين», «أصابت قذيفة سقطت على مدرسة … ثلاثة تلاميذ»: what hit them stands right behind the
    /// verb, and may say where before it says whom.
    fn hit_by_a_thing(&self, verb: &Mention) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let thing = |m: &Mention| {
            let hits = [l.bombard, l.raid, l.attack, l.strike, l.explode, l.detonate, l.munition, l.explosive, l.drone];
            let noun = matches!(m.form.part, Part::Noun | Part::Plain | Part::Indefinite);
            noun && m.clitics.preposition == '\0' && !m.clitics.conjunction && hits.iter().any(|k| ctx.has(m, *k))
        };
        let subject = ctx.a.at(verb.end).find(|m| thing(m))?;
        // «قذيفة سقطت على مدرسة»: what it did tells which one it was.
        let own = |t: usize| t <= subject.end + 1;
        let reach = (verb.end + HIT_MAX).min(self.end);
        let other = |t: &usize| ctx.a.at(*t).any(|m| finite(ctx, m)) && !own(*t);
        let until = (subject.end..reach).find(other).unwrap_or(reach);
        let bare = |t: &usize| {
            let tied = |m: &Mention| m.clitics.conjunction || m.clitics.preposition != '\0' || m.clitics.article;
            let governed = [l.prep_place, l.prep_in, l.on, l.from, l.among_them, l.near]
                .iter()
                .any(|k| ctx.before(*t, *k).is_some());
            !ctx.a.at(*t).any(tied) && !governed
        };
        let worded = |v: &Victims| matches!(v.said, Said::Count(a) if a.worded && a.value.is_some());
        (subject.end..until).filter(bare).find_map(|t| self.one(t, true).filter(|v| !v.subject && worded(v)))
    }
}

/// Tokens from a verb over what hit them and where to those who were hit.
const HIT_MAX: usize = 18;

/// «لطعنات», «لعدة طعنات»: a preposition before it, maybe before how many.
fn glued_before(ctx: &Ctx, m: &Mention) -> bool {
    let glued = |t: usize| ctx.a.at(t).any(|n| n.clitics.preposition != '\0');
    let number = || ctx.a.numbers_in(m.first.saturating_sub(2)..m.first).any(|n| n.end == m.first && glued(n.first));
    glued(m.first) || number()
}

/// A number, or one of a kind.
fn counts(v: &Victims) -> bool {
    matches!(v.said, Said::Count(a) if a.value.is_some() || a.worded)
}
