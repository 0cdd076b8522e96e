//! Whom does a verb of killing or wounding count?
//!
//! Behind the verb stand a number, a counted noun, names, and what is joined to
//! them («ضابطاً وثلاثة من …»); an actor in their place is rather who did it.

use super::Said;
use super::scan::Scan;
use crate::context::Ctx;
use marsad_lang::{Amount, Count, Mention, NumberKind, Part};

/// Tokens between a person and the one who belongs to him.
const OWN_MAX: usize = 8;

impl Scan<'_, '_> {
    pub(super) fn number_at(&self, at: usize) -> Option<(Amount, usize)> {
        let n = self.ctx.a.numbers_in(at..at + 6).find(|n| {
            (n.first == at || n.core.0 == at) && matches!(n.kind, NumberKind::Cardinal | NumberKind::Vague)
        })?;
        let clock = self.ctx.a.times_in(n.core.0.saturating_sub(8)..n.core.0 + 1).any(|(_, t)| n.core.1 <= t.end);
        let unit = self.ctx.at(n.core.1, self.ctx.l.unit).is_some_and(|m| !m.clitics.article);
        (!clock && !unit).then(|| (Amount::of(n), n.core.1))
    }

    pub(super) fn number_ending(&self, end: usize) -> Option<Amount> {
        let counts = |k: NumberKind| matches!(k, NumberKind::Cardinal | NumberKind::Vague);
        self.ctx.a.numbers_in(end.saturating_sub(8)..end).find(|n| n.core.1 == end && counts(n.kind)).map(Amount::of)
    }

    /// The counted victims behind a verb: number with noun, bare number, names;
    /// joined ones are added («ضابطاً وثلاثة من …»).
    pub(super) fn victims(&self, from: usize, needs_people: bool) -> Option<Victims> {
        let mut at = from;
        let mut first = None;
        while at < (from + 5).min(self.end) && first.is_none() {
            if at > from && self.ctx.a.at(at).any(|m| finite(self.ctx, m)) {
                return None;
            }
            first = self.one(at, needs_people).filter(|v| !(at > from && v.subject && self.are_origin(at)));
            // «استشهد فلان ونجله»: a name that no list has, and his son.
            if at > from && first.is_some() && (self.is_his_own(at) || self.with_a_name(from, at)) {
                let named = Victims { said: Said::Count(ONE), ..first? };
                first = Some(named.plus(self.one(at, needs_people)?));
            }
            // «قتل مسلحون خمسة مدنيين»: the subject stands first.
            if let Some(v) = first.as_ref().filter(|v| v.subject) {
                let object = (v.end..(v.end + 9).min(self.end)).find_map(|t| self.one(t, true).filter(|o| !o.subject));
                first = object.or(first.filter(|v| v.said != Said::Named(0)));
                break;
            }
            at += 1;
        }
        let mut total = first?;
        if let Some(more) = self.and_others(&total).or_else(|| self.and_his_own(&total)) {
            total = total.plus(more);
        }
        total.end = self.past_origin(&total);
        while let Some(more) = self.joined(total.end, needs_people) {
            total = total.plus(more);
            total.end = self.past_origin(&total);
        }
        if self.ctx.at(from, self.ctx.l.with_him).is_some_and(|m| m.end <= from + 1) {
            total.said = match total.said {
                Said::Count(amount) => Said::Count(one_more(amount)),
                said => said,
            };
        }
        Some(total)
    }

    /// «قُتل إثر إطلاق نار من مسلحين»: who shot, not whom they hit.
    fn are_origin(&self, at: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        ctx.before(at, l.from)
            .is_some_and(|m| [l.shoot, l.attack, l.explode].iter().any(|k| ctx.before(m.first, *k).is_some()))
    }

    /// «خمسة من أعضاء الحركة وعنصر أمن»: whose they were stands between.
    fn past_origin(&self, total: &Victims) -> usize {
        let ctx = self.ctx;
        // «صبي عمره 9 سنوات من البلدة»
        let age = ctx.at(total.end, ctx.l.age).and_then(|m| ctx.a.numbers_in(m.end..m.end + 3).next());
        let end = age.map_or(total.end, |n| n.core.1 + 1);
        if !ctx.is_at(end, ctx.l.from) {
            return if self.joined(end, true).is_some() { end } else { total.end };
        }
        let reach = (end + 5).min(self.end);
        let next = (end + 1..reach).find(|t| ctx.a.at(*t).any(|m| m.clitics.conjunction || finite(ctx, m)));
        let counted = |m: &Mention| m.quantity.is_some_and(|q| q.worded || m.form.count == Count::Singular);
        let joined = |t: &usize| {
            ctx.a.at(*t).any(|m| m.clitics.conjunction && ctx.has(m, ctx.l.victim) && counted(m))
                || self.ordinal_at(*t) && self.joined(*t, true).is_some()
        };
        next.filter(joined).unwrap_or(total.end)
    }

    /// «نائب رئيس المكتب السياسي لحركة … وستة آخرين»: a title, then the others.
    pub(super) fn and_others(&self, total: &Victims) -> Option<Victims> {
        let ctx = self.ctx;
        let single = match total.said {
            Said::Count(a) => a.value == Some(1.0) && !a.worded,
            said => said == Said::Named(1),
        };
        let reach = (total.end + 10).min(self.end);
        // «استشهاد مواطن وإصابة 10 آخرين»: the others are hurt, not dead.
        let ends = |m: &Mention| finite(ctx, m) || ctx.has(m, ctx.l.injure) || ctx.has(m, ctx.l.kill);
        let until = (total.end..reach).find(|t| ctx.a.at(*t).any(ends)).unwrap_or(reach);
        let others = ctx.all(total.end..until, ctx.l.other);
        // «مقتل المدرس … وشخص آخر»
        let one = |m: &Mention| {
            let noun = ctx.before(m.first, ctx.l.victim).filter(|n| n.clitics.conjunction)?;
            noun.quantity.filter(|q| q.value == Some(1.0))
        };
        let told = |m: &Mention| {
            let counted = m.phrase.0 < m.first || m.clitics.conjunction;
            one(m).or(m.quantity.filter(|q| counted && !q.vague)).map(|q| (m.end, q))
        };
        let (end, q) = others.filter_map(told).next().filter(|_| single)?;
        Some(Victims { first: end, said: Said::Count(q), end, group: None, attackers: false, subject: false })
    }

    /// «القيادي حسن كريم وحارسه», «شيخ القبيلة ونجله»: a name or title stands between.
    fn and_his_own(&self, total: &Victims) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let single = match total.said {
            Said::Count(a) => a.value == Some(1.0),
            said => said == Said::Named(1),
        };
        let ends =
            |m: &Mention| ctx.has(m, l.verb) || ctx.has(m, l.weapon) || ctx.has(m, l.result) || ctx.has(m, l.after);
        let reach = (total.end + OWN_MAX).min(self.end);
        let until = (total.end..reach).find(|t| ctx.a.at(*t).any(ends) || !ctx.a.tokens.is_word(*t)).unwrap_or(reach);
        let at = (total.end..until).find(|t| self.is_his_own(*t) || self.some_of_his(*t))?;
        // «… وزوجته تنجو»: she did something of her own.
        let acts = |v: &Victims| ctx.a.at(v.end).any(|m| finite(ctx, m) && !m.clitics.conjunction);
        self.one(at, true).filter(|v| single && !v.subject && !v.attackers && !acts(v))
    }

    /// «وثلاثة من موظفيه»
    fn some_of_his(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let joined = ctx.a.at(at).any(|m| m.clitics.conjunction);
        let number = ctx.a.numbers_in(at..at + 1).find(|n| n.core.0 == at && n.kind == NumberKind::Cardinal);
        let of = number.filter(|n| joined && ctx.is_at(n.core.1, ctx.l.from));
        of.is_some_and(|n| {
            ctx.all(n.core.1 + 1..n.core.1 + 2, ctx.l.victim).any(|m| m.clitics.pronoun && m.clitics.one)
        })
    }

    /// «قُتل السفير لدى … وثلاثة من موظفيه»: before the number stands someone whom no list has.
    fn with_a_name(&self, from: usize, at: usize) -> bool {
        let ctx = self.ctx;
        let counts = ctx.a.numbers_in(at..at + 1).any(|n| n.core.0 == at && n.kind == NumberKind::Cardinal);
        let joined = ctx.a.at(at).any(|m| m.clitics.conjunction);
        let governed = ctx.a.at(from).any(|m| m.clitics.preposition != '\0' || self.is_prep(m));
        counts && joined && !governed && !self.tells_harm(at, (at + 3).min(self.end))
    }

    /// «وحارسه», «ونجله», «ومرافقوه الأربعة»
    fn is_his_own(&self, at: usize) -> bool {
        let his = |m: &Mention| m.clitics.conjunction && m.clitics.pronoun && m.clitics.one;
        self.ctx
            .all(at..at + 1, self.ctx.l.victim)
            .any(|m| his(m) && (m.form.count != Count::Plural || m.quantity.is_some_and(|q| q.value.is_some())))
    }

    pub(super) fn ordinal_at(&self, at: usize) -> bool {
        let ordinal = self.ctx.a.numbers_in(at..at + 1).any(|n| n.first == at && n.kind == NumberKind::Ordinal);
        ordinal && !self.ctx.a.at(at).any(|m| m.clitics.article)
    }

    pub(super) fn one(&self, at: usize, needs_people: bool) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let np = ctx
            .a
            .within(at..(at + 6).min(self.end))
            .find(|m| m.phrase.0 == at && ctx.has(m, l.victim) && m.quantity.is_some());
        if let Some(m) = np {
            let q = m.quantity?;
            let militants = ctx.has(m, l.militant);
            // «مقتل سوريين» names them, «مقتل قيادي سوري» says of which country he is.
            let noun = ctx.before(at, l.kill).is_some() || ctx.before(at, l.injure).is_some();
            let adjective = ctx.a.is(m, "national") && !q.worded && !noun;
            // «قتلوا في هجوم انتحاري»: of what kind the attack was.
            let of_attack = ctx.has(m, l.attacker)
                && [l.attack, l.operation, l.explode].iter().any(|k| ctx.before(m.first, *k).is_some());
            if adjective || of_attack || ctx.has(m, l.injury_noun) {
                return None;
            }
            let end = self.skip_adjectives(m.phrase.1.max(m.end));
            if let Some(named) = self.named_behind(m) {
                return Some(named);
            }
            let actor_too = ctx.a.at(m.first).any(|n| ctx.has(n, l.actor)) && q.vague;
            return Some(Victims {
                first: at,
                said: Said::Count(q),
                end,
                group: Some(ctx.a.entry(m).id.clone()),
                attackers: ctx.has(m, l.attacker),
                subject: militants || actor_too,
            });
        }
        if let Some(m) = ctx.at(at, l.person) {
            return Some(Victims {
                first: at,
                said: Said::Named(1),
                end: m.end,
                group: None,
                attackers: false,
                subject: false,
            });
        }
        if let Some(m) = ctx.at(at, l.actor).filter(|m| &*ctx.a.entry(m).family == "armed_group") {
            return Some(Victims {
                first: at,
                said: Said::Named(0),
                end: m.end,
                group: None,
                attackers: false,
                subject: true,
            });
        }
        if let Some(n) =
            ctx.a.numbers_in(at..at + 1).find(|n| n.first == at && n.kind == NumberKind::Ordinal && !needs_people)
        {
            // «وأصيب ثالث»: one more.
            let definite = ctx.a.at(at).any(|m| m.clitics.article);
            return (!definite).then_some(Victims {
                first: at,
                said: Said::Count(ONE),
                end: n.end,
                group: None,
                attackers: false,
                subject: false,
            });
        }
        let (amount, end) = self.number_at(at)?;
        let of_people = ctx.is_at(end, l.force_word)
            || ctx.is_at(end, l.from) && ctx.at(end + 1, l.victim).is_some_and(|m| m.form.count != Count::Singular);
        // «أصابت اثنتان منزلاً»: an active verb that takes a thing.
        if needs_people && !of_people && !self.closes(end) {
            return None;
        }
        Some(Victims { first: at, said: Said::Count(amount), end, group: None, attackers: false, subject: false })
    }

    /// «مقتل قائد فيلق … قاسم سليماني ونائب رئيس … أبو مهدي المهندس»: titles, then names.
    pub(super) fn named_behind(&self, m: &Mention) -> Option<Victims> {
        let ctx = self.ctx;
        let bare = m.form.count == Count::Singular && !m.quantity.is_some_and(|q| q.worded);
        let until = (m.end..(m.end + 24).min(self.end))
            .find(|t| ctx.a.at(*t).any(|n| finite(ctx, n) || n.clitics.preposition != '\0'))
            .unwrap_or((m.end + 24).min(self.end));
        let persons: Vec<&Mention> = ctx.all(m.end..until, ctx.l.person).collect();
        let last = persons.last().filter(|_| bare)?;
        Some(Victims {
            first: m.first,
            said: Said::Named(persons.len() as u32),
            end: last.end,
            group: None,
            attackers: false,
            subject: false,
        })
    }

    /// True when nothing that could be an object follows.
    pub(super) fn closes(&self, at: usize) -> bool {
        at >= self.end
            || self.ctx.a.at(at).any(|m| finite(self.ctx, m) || m.clitics.conjunction || self.is_prep(m))
            || !self.ctx.a.tokens.is_word(at)
    }

    /// «وأصابت خمسة في كمين»: a preposition begins no object.
    fn is_prep(&self, m: &Mention) -> bool {
        let l = self.ctx.l;
        [l.prep_in, l.near, l.result].iter().any(|label| self.ctx.has(m, *label))
    }

    pub(super) fn skip_adjectives(&self, mut at: usize) -> usize {
        let ctx = self.ctx;
        for _ in 0..2 {
            // «جنديان أميركي وبريطاني»: one adjective each.
            let second = ctx.before(at, ctx.l.nationality).is_some()
                && ctx.a.at(at).any(|m| m.clitics.conjunction && ctx.has(m, ctx.l.nationality));
            let adjective = at < self.end
                && ctx.a.tokens.is_word(at)
                && (second || !ctx.a.at(at).any(|m| m.clitics.conjunction))
                && (ctx.a.at(at).any(|m| ctx.has(m, ctx.l.nationality) || ctx.a.is(m, "national"))
                    // «رجل مسن وامرأة»: an adjective that the lists know only as a noun, or not at all.
                    || (ctx.a.at(at).all(|m| ctx.has(m, ctx.l.victim) && !m.clitics.article)
                        && ctx.a.at(at + 1).any(|m| m.clitics.conjunction && ctx.has(m, ctx.l.victim)))
                    // «شيخ قبلي وثلاثة أشخاص», «شيخ القبيلة ونجله»
                    || ctx.a.at(at).all(|m| ctx.has(m, ctx.l.kin)) && self.joined(at + 1, true).is_some());
            if !adjective {
                break;
            }
            at += 1;
        }
        at
    }

    /// «وتسعة عراقيين», «وطفل», «و8 مدنيين» right behind.
    pub(super) fn joined(&self, at: usize, needs_people: bool) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        // «إضافة إلى مدنيين اثنين وسائحة».
        if let Some(m) = ctx.at(at, l.in_addition).filter(|m| m.end < self.end) {
            return self
                .one(m.end, needs_people)
                .filter(|v| !v.subject && !v.attackers && !self.tells_harm(m.end, v.end));
        }
        if at >= self.end || ctx.is_at(at, l.among_them) || ctx.a.at(at).any(|m| finite(ctx, m)) {
            return None;
        }
        let bare_and = ctx.a.is(ctx.a.at(at).next()?, "and-word") && ctx.a.tokens.is_number(at + 1);
        let start = if bare_and { at + 1 } else { at };
        if !bare_and && !ctx.a.at(at).any(|m| m.clitics.conjunction) && !self.one_of_many(at) {
            return None;
        }
        // «رابع وخامس», «وتاجر ثان من البلدة وثالث من القرية»
        let row = self.ordinal_at(start) && (self.closes(start + 1) || ctx.is_at(start + 1, l.from));
        let v = self.one(start, (needs_people || !bare_and) && !row)?;
        // «وسائقهم ينجو»: he did something of his own.
        let acts = ctx.a.at(v.end).any(|m| finite(ctx, m) && m.form.part == Part::Imperfect);
        (!acts && !self.tells_harm(start, v.end) && !v.attackers && !v.subject).then_some(v)
    }

    /// «وأحد الجنود», which is written like «واحد».
    fn one_of_many(&self, at: usize) -> bool {
        let one = self.ctx.a.numbers_in(at..at + 1).find(|n| n.value == Some(1.0) && n.core.0 == at);
        one.is_some_and(|n| {
            self.ctx.all(n.core.1..n.core.1 + 1, self.ctx.l.victim).any(|m| m.form.count != Count::Singular)
        })
    }

    /// «وثلاثة جرحى»: a toll of its own.
    fn tells_harm(&self, first: usize, end: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        ctx.a.within(first..end).any(|m| ctx.has(m, l.dead_noun) || ctx.has(m, l.hurt_noun))
    }
}

pub(super) fn finite(ctx: &Ctx, m: &Mention) -> bool {
    ctx.has(m, ctx.l.verb) && matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive)
}

pub(super) struct Victims {
    pub first: usize,
    pub said: Said,
    pub end: usize,
    pub group: Option<std::sync::Arc<str>>,
    pub attackers: bool,
    /// Rather who did it than whom it hit.
    pub subject: bool,
}

impl Victims {
    pub(super) fn plus(self, more: Victims) -> Victims {
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

/// One person whom no number word counts.
pub(super) const ONE: Amount =
    Amount { value: Some(1.0), min: Some(1.0), max: Some(1.0), approx: false, vague: false, worded: true };

/// The others and the one told before.
pub(super) fn one_more(others: Amount) -> Amount {
    sum(others, ONE)
}

pub fn sum(a: Amount, b: Amount) -> Amount {
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
