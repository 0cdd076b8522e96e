//! Which nouns are tolls by themselves?
//!
//! «ثلاثة قتلى», «8 شهداء و21 جريحاً», «عدد القتلى 143».

use super::scan::Scan;
use super::victims::{finite, sum};
use super::{Fact, Kind, Said};
use marsad_lang::{Amount, Count, Mention, NumberKind, Part};

/// Tokens from a verb of causing, over what caused it and where, to those whom it killed.
const CAUSE_MAX: usize = 12;

impl Scan<'_, '_> {
    /// «ارتفع عدد قتلى … إلى 85», «ارتفع إلى 41 عدد قتلى …», «بلغ عدد القتلى 143».
    pub(super) fn toll_number(&self, m: &Mention, kind: Kind) -> Option<Fact> {
        let ctx = self.ctx;
        let noun = |n: &marsad_lang::NumberMention| {
            ctx.a.within(n.first..n.end + 2).any(|p| p.phrase.0 == n.first && ctx.has(p, ctx.l.people))
        };
        let to = |n: &&marsad_lang::NumberMention| ctx.before(n.first, ctx.l.range_to).is_some();
        // «بلغت الوفيات (3) حالات»
        let cases = |n: &marsad_lang::NumberMention| (n.core.1..n.end + 1).any(|t| ctx.is_at(t, ctx.l.case));
        let free = |n: &&marsad_lang::NumberMention| {
            let counts = cases(n) || self.number_at(n.first).is_some();
            n.kind == NumberKind::Cardinal && (to(n) || !noun(n)) && counts
        };
        let all = ctx.a.numbers_in(m.end..self.end).filter(free);
        let behind = all.filter(|n| to(n) || n.first <= m.end + 1).last();
        let start = m.first.saturating_sub(4).max(self.first);
        let before = || ctx.a.numbers_in(start..m.first).filter(free).find(to);
        let n = behind.or_else(before).or_else(|| self.risen_to(m))?;
        // «إلى سبعة إضافة إلى مدنيين اثنين»
        let (mut amount, mut end) = (Amount::of(n), n.end.max(m.end));
        let adds = ctx.is_at(end, ctx.l.in_addition);
        while adds
            && let Some(more) = self.joined(end, true)
            && let Said::Count(others) = more.said
        {
            (amount, end) = (sum(amount, others), more.end);
        }
        Some(self.fact(kind, Said::Count(amount), n.first.min(m.first), end))
    }

    /// «ارتفع عدد ضحايا الغارة التي استهدفت، أمس، سوقاً، إلى أربعة»: a clause of its own.
    fn risen_to(&self, m: &Mention) -> Option<&marsad_lang::NumberMention> {
        let ctx = self.ctx;
        let rises = ctx.all(m.first.saturating_sub(4).max(self.first)..m.first, ctx.l.rise).next().is_some();
        let wide = self.sentence_wide();
        let opens = |n: &&marsad_lang::NumberMention| {
            let to = ctx.before(n.first, ctx.l.range_to);
            n.kind == NumberKind::Cardinal && to.is_some_and(|t| t.first > m.end && self.is_comma(t.first - 1))
        };
        let n = ctx.a.numbers_in(m.end..wide.end).find(opens).filter(|_| rises)?;
        wide.number_at(n.first).map(|_| n)
    }

    /// «ثلاثة قتلى», «8 شهداء و21 جريحاً», «قتلى وجرحى» behind a verb of causing.
    pub(super) fn counted_noun(&self, at: usize, out: &mut Vec<Fact>) -> usize {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let noun = ctx.a.within(at..(at + 6).min(self.end)).find(|m| {
            m.phrase.0 == at && (ctx.has(m, l.dead_noun) || ctx.has(m, l.hurt_noun) || ctx.has(m, l.victim_noun))
        });
        let Some(m) = noun else { return at };
        // «رجل في الخمسين إصابته خطرة»
        if m.clitics.pronoun && ctx.a.at(m.phrase.0).any(|n| n.clitics.article) {
            return m.end;
        }
        if let Some(fact) =
            self.all_of_them(m).or_else(|| self.are_hurt(m)).or_else(|| self.dead_are(m)).or_else(|| self.people_are(m))
        {
            let end = fact.end;
            out.push(fact);
            return end;
        }
        let Some(q) = m.quantity else { return m.end };
        // «ثلاثة من المصابين», «أحد الجرحى»: some of those told before.
        let one_of = q.value == Some(1.0) && m.form.count != Count::Singular;
        if m.clitics.article && (one_of || (m.phrase.0..m.first).any(|t| ctx.is_at(t, l.from))) {
            return m.end;
        }
        // «فإن الضحيتين هما فلان ووالده»: their names, and nobody new.
        if m.clitics.article && m.form.count == Count::Dual && ctx.is_at(m.end, l.among_them) {
            return m.end;
        }
        let caused = (at.saturating_sub(6)..at).any(|t| {
            ctx.is_at(t, l.casualty_cue)
                || ctx.is_at(t, l.cause)
                || ctx.is_at(t, l.fall)
                || ctx.is_at(t, l.toll)
                || ctx.is_at(t, l.rise)
        });
        let caused = caused || self.caused_far(m);
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
        let (q, end) = self.more_such(m, q);
        let mut fact = self.fact(kind, Said::Count(q), m.phrase.0, end);
        // «هم 31 قتيلاً وتسعة جرحى» splits what was pooled; «9 شهداء بينهم مسنة وعشرون إصابة» goes on
        // to the wounded: neither is a part of the dead told before.
        let split = ctx.has(m, l.dead_noun) && ctx.any(m.end..(m.end + 6).min(self.end), l.hurt_noun);
        let other_kind = kind == Kind::Wounded && out.last().is_some_and(|f| f.kind == Kind::Killed);
        fact.breakdown &= !(split || other_kind);
        let end = fact.end;
        out.push(fact);
        end
    }

    /// «أوقع قصف مدفعي على الفاشر في ذات اليوم قتيلا»: no other verb between.
    fn caused_far(&self, m: &Mention) -> bool {
        let ctx = self.ctx;
        let bare =
            m.phrase.0 == m.first && !m.clitics.article && m.clitics.preposition == '\0' && !m.clitics.conjunction;
        let window = m.first.saturating_sub(CAUSE_MAX).max(self.first)..m.first;
        let cause = ctx.all(window, ctx.l.cause).filter(|v| finite(ctx, v)).last();
        // «قصف» is written like a verb.
        let noun = |t: usize| ctx.a.at(t).any(|n| ctx.has(n, ctx.l.verb) && n.form.part == Part::Noun);
        let verb = |t: usize| ctx.a.at(t).any(|n| finite(ctx, n)) && !noun(t);
        bare && cause.is_some_and(|v| !(v.end..m.first).any(verb))
    }

    /// «عشرة من رجال الأمن جرحى في تفجير»: what is told of those who were counted before.
    fn are_hurt(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let alone = m.form.count == Count::Plural && m.phrase.0 == m.first && self.tells_state(m);
        let behind = [l.prep_in, l.result].iter().any(|k| ctx.is_at(m.end, *k));
        let glued = ctx.a.at(m.end).any(|n| n.clitics.preposition != '\0');
        if !alone || !(behind || glued) || (self.first..m.first).any(|t| ctx.a.at(t).any(|n| finite(ctx, n))) {
            return None;
        }
        let amount = self.subject_of_noun(m)?;
        let kind = if ctx.has(m, l.hurt_noun) { Kind::Wounded } else { Kind::Killed };
        let fact = self.fact(kind, Said::Count(amount), m.first, m.end);
        Some(Fact { breakdown: false, ..fact })
    }

    /// «والحصيلة ستة جنود قتلى», «طفلتان قتيلتان», «سقط 15 منهم قتلى»: right behind those who are counted.
    fn people_are(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let several = m.form.count != Count::Singular && m.phrase.0 == m.first;
        let people = |p: &&Mention| p.end == m.first && !p.clitics.article && ctx.has(p, l.people);
        let counted = ctx.a.within(m.first.saturating_sub(6).max(self.first)..m.first).filter(people);
        let counted = counted
            .filter_map(|p| p.quantity.filter(|q| q.worded || p.form.count == Count::Dual))
            .find(|q| q.value > Some(1.0));
        let of_them = || {
            let some = ctx.at(m.first.checked_sub(1)?, l.of_them)?;
            self.number_ending(some.first)
        };
        let amount = counted.or_else(of_them).filter(|_| several && self.tells_state(m))?;
        let kind = if ctx.has(m, l.hurt_noun) { Kind::Wounded } else { Kind::Killed };
        Some(Fact { breakdown: false, ..self.fact(kind, Said::Count(amount), m.first, m.end) })
    }

    /// «جرحى», «قتيلتان», and not «الجرحى» or «إصابات»: how they are of whom something is told.
    fn tells_state(&self, m: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let bare = !m.clitics.article && !m.clitics.conjunction && m.clitics.preposition == '\0' && !m.clitics.pronoun;
        let told = [l.dead_noun, l.hurt_noun].iter().any(|k| ctx.has(m, *k));
        bare && told && !ctx.has(m, l.injury_noun)
    }

    /// A number or counted people at the head of the clause, before a noun.
    fn subject_of_noun(&self, m: &Mention) -> Option<Amount> {
        const HEADS: usize = 2;
        let ctx = self.ctx;
        let head = self.first..(self.first + HEADS).min(m.first);
        let people = ctx.all(self.first..m.first, ctx.l.victim).any(|v| !ctx.a.is(v, "national"));
        let number = ctx.a.numbers_in(head).find(|n| n.kind == NumberKind::Cardinal && n.core.1 < m.first);
        number.filter(|_| people).map(Amount::of)
    }

    /// «إن القتلى سبعة والجرحى أربعة»: all of them, and not «بين القتلى ثلاثة أطفال».
    fn dead_are(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // «جميع المصابين البالغ عددهم عشرة»
        let numbering = ctx.at(m.end, l.numbering);
        // «إن المصابين سبعة»: in print a dual, too, but for the number.
        let several = matches!(m.form.count, Count::Plural | Count::DualOrPlural);
        let all = m.clitics.article
            && several
            && (m.phrase.0 == m.first || numbering.is_some())
            && m.clitics.preposition == '\0';
        let told = [l.dead_noun, l.hurt_noun].iter().any(|k| ctx.has(m, *k)) && !ctx.has(m, l.injury_noun);
        let joined = m.clitics.conjunction && self.ctx.a.numbers_in(self.first..m.first).next().is_some();
        let opens = joined || m.first == self.first || ctx.before(m.first, l.that).is_some() || numbering.is_some();
        let number = self.number_at(numbering.map_or(m.end, |n| n.end));
        let (amount, end) = number.filter(|(a, _)| a.value.is_some())?;
        let kind = if ctx.has(m, l.hurt_noun) { Kind::Wounded } else { Kind::Killed };
        let fact = self.fact(kind, Said::Count(amount), m.first, end);
        (all && told && opens).then_some(Fact { breakdown: false, ..fact })
    }

    /// «ثلاثة من المصابين التسعة», «القتلى الخمسة»: the number with its article counts all of them.
    fn all_of_them(&self, m: &Mention) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let several = matches!(m.form.count, Count::Plural | Count::DualOrPlural) && m.clitics.article;
        let kind = if ctx.has(m, l.hurt_noun) { Kind::Wounded } else { Kind::Killed };
        let told = [l.dead_noun, l.hurt_noun].iter().any(|k| ctx.has(m, *k)) && !ctx.has(m, l.injury_noun);
        let number =
            ctx.a.numbers_in(m.end..m.end + 1).find(|n| n.core.0 == m.end && n.kind == NumberKind::Cardinal)?;
        let definite = ctx.a.tokens.text(m.end).starts_with(ctx.res.lexicon.clitics.article.as_str());
        let fact = self.fact(kind, Said::Count(Amount::of(number)), m.first, number.end);
        (several && told && definite && number.value > Some(1.0)).then_some(Fact { breakdown: false, ..fact })
    }

    /// «قتيلان من الحرس و4 قتلى مدنيين»: counted by the same word, and joined.
    fn more_such(&self, m: &Mention, amount: Amount) -> (Amount, usize) {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let label = if ctx.has(m, l.hurt_noun) { l.hurt_noun } else { l.dead_noun };
        let end = m.phrase.1.max(m.end);
        let reach = (end + 8).min(self.end);
        let until = (end..reach).find(|t| ctx.a.at(*t).any(|n| finite(ctx, n) || ctx.has(n, l.among_them)));
        let next = ctx.all(end..until.unwrap_or(reach), l.victim).find(|n| {
            let joined = (n.phrase.0.saturating_sub(1)..=n.phrase.0)
                .any(|t| t >= end && ctx.a.at(t).any(|w| w.clitics.conjunction || ctx.a.is(w, "and-word")));
            ctx.has(n, label) && joined && n.quantity.is_some_and(|q| q.worded && !q.vague)
        });
        match next.and_then(|n| Some((n, n.quantity?))) {
            Some((n, q)) if amount.worded && !amount.vague => (sum(amount, q), n.phrase.1.max(n.end)),
            _ => (amount, end),
        }
    }
}
