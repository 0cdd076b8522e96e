//! Whom does a verb of killing or wounding count?
//!
//! Behind the verb stand a number, a counted noun, names, and what is joined to
//! them («ضابطاً وثلاثة من …»); an actor in their place is rather who did it.

use super::Said;
use super::scan::Scan;
use crate::context::Ctx;
use marsad_lang::{Amount, Count, Mention, NumberKind, Part};

/// Tokens from the one killed, over what he is and where, to «مع».
const WITH_MAX: usize = 8;

impl Scan<'_, '_> {
    pub(super) fn number_at(&self, at: usize) -> Option<(Amount, usize)> {
        let n = self.ctx.a.numbers_in(at..at + 6).find(|n| {
            (n.first == at || n.core.0 == at) && matches!(n.kind, NumberKind::Cardinal | NumberKind::Vague)
        })?;
        let clock = self.ctx.a.times_in(n.core.0.saturating_sub(8)..n.core.0 + 1).any(|(_, t)| n.core.1 <= t.end);
        // «أصيبت السفينة بأربع قذائف» counts shells; «أصيب العشرات بدرجات متفاوتة», glued to a preposition, is no unit.
        let bare = |m: &Mention| !m.clitics.article && m.clitics.preposition == '\0' && !m.clitics.conjunction;
        let things = [self.ctx.l.unit, self.ctx.l.munition];
        let thing = things.iter().any(|k| self.ctx.at(n.core.1, *k).is_some_and(bare));
        (!clock && !thing).then(|| (Amount::of(n), n.core.1))
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
            // «قتلوا بينهم نساء وأطفال»: a part of those told before.
            if at > from && self.ctx.a.at(at).any(|m| finite(self.ctx, m)) || self.breaks_down(at) {
                return None;
            }
            // «لقوا مصرعهم وكثيرون أصيبوا»: others, of whom another verb tells.
            if at == from && self.is_subject_of_next(at) {
                return None;
            }
            let astray = at > from
                && (self.is_another_thing(at)
                    || self.is_kind_of_thing(at)
                    || self.is_of_ship(from, at)
                    || self.is_of_thing(at));
            let origin = |v: &Victims| at > from && v.subject && self.are_origin(at);
            first = self.one(at, needs_people).filter(|v| !(astray || origin(v)));
            first = first.or_else(|| self.official(at).filter(|_| at == from));
            // «استشهد فلان ونجله»: a name that no list has, and his son.
            if at > from && first.is_some() && (self.is_his_own(at) || self.with_a_name(from, at)) {
                let named = Victims { said: Said::Count(ONE), ..first? };
                first = Some(named.plus(self.one(at, needs_people)?));
            }
            // «قتل شقيقان أربعة جنود»: two nouns side by side, and the first of them did it.
            if let Some(hit) = first.as_ref().and_then(|v| self.object_beside(from, v)) {
                first = Some(hit);
                break;
            }
            // «قتل مسلحون خمسة مدنيين»: the subject stands first.
            if let Some(v) = first.as_ref().filter(|v| v.subject) {
                let reach = v.end..(v.end + 9).min(self.end);
                // «أصيب جندي إسرائيلي، وقتل ثلاثة»: what another verb tells is no object of this one.
                let next = |m: &Mention| m.clitics.conjunction && finite(self.ctx, m);
                let until = reach.clone().find(|t| self.ctx.a.at(*t).any(next)).unwrap_or(reach.end);
                // «أصيب جندي إسرائيلي ومستوطنان» are all hurt.
                let apart = |t: &usize| !self.begins_joined(*t);
                let object = (v.end..until).filter(apart).find_map(|t| self.one(t, true).filter(|o| !o.subject));
                first = object.or(first.filter(|v| v.said != Said::Named(0)));
                break;
            }
            at += 1;
        }
        let mut total = first?;
        // «رجل وابنه وسائق آخر»: each is joined to the one before.
        let apart = self.joined(total.end, needs_people).is_none();
        let beside = || self.and_others(&total).or_else(|| self.and_his_own(&total));
        if let Some(more) = apart.then(beside).flatten() {
            total = total.plus(more);
        }
        if let Some(more) = self.with_others(&total) {
            total = total.plus(more);
        }
        while let Some(more) = self.and_named(&total) {
            total = total.plus(more);
        }
        total.end = self.past_origin(&total);
        while let Some(more) = self.joined(total.end, needs_people).or_else(|| self.joined_behind_comma(&total)) {
            total = total.plus(more);
            total.end = self.past_origin(&total);
        }
        // «قتل معه سبعة»; «فجر انتحاري نفسه فقتل معه أربعة» counts those beside the bomber.
        let with_bomber = || self.ctx.any(self.sentence_wide().first..from, self.ctx.l.suicide);
        if self.ctx.at(from, self.ctx.l.with_him).is_some_and(|m| m.end <= from + 1) && !with_bomber() {
            total.said = match total.said {
                Said::Count(amount) => Said::Count(one_more(amount)),
                said => said,
            };
        }
        Some(total)
    }

    /// «مقتل مختار القرية مع اثنين من أبنائه»: what he is may stand between.
    fn with_others(&self, one: &Victims) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let single = matches!(one.said, Said::Count(a) if a.value == Some(1.0)) || matches!(one.said, Said::Named(1));
        let reach = one.end..(one.end + WITH_MAX).min(self.end);
        let until = reach.clone().find(|t| ctx.a.at(*t).any(|m| finite(ctx, m)) || self.is_comma(*t));
        let with = ctx.all(reach.start..until.unwrap_or(reach.end), l.with_word).next().filter(|_| single)?;
        let counted = |v: &Victims| matches!(v.said, Said::Count(a) if !a.vague && a.value.is_some());
        let kin = |m: &Mention| ctx.has(m, l.victim) && (m.clitics.pronoun || ctx.a.is(m, "relatives"));
        let his = (with.end..with.end + 4).any(|t| ctx.a.at(t).any(kin));
        self.one(with.end, false).filter(|v| counted(v) && his && !v.subject && !v.attackers)
    }

    /// «قتل فلسطينيان سبعة أشخاص»: counted people right behind those who stand at the verb, joined to them by nothing.
    fn object_beside(&self, from: usize, subject: &Victims) -> Option<Victims> {
        let people = |m: &&Mention| {
            let many = m.quantity.is_some_and(|q| q.worded && !q.vague && q.value > Some(2.0));
            m.phrase.0 == subject.end && many && self.ctx.has(m, self.ctx.l.people)
        };
        let behind = self.ctx.a.within(subject.end..(subject.end + 4).min(self.end)).any(|m| people(&m));
        // «قتلت امرأة وثلاثة أطفال» are all dead.
        let joined = self.begins_joined(subject.end);
        let acts = subject.first == from
            && self.ctx.before(from, self.ctx.l.kill).is_some_and(|m| m.form.part == Part::Perfect);
        self.one(subject.end, true).filter(|v| behind && acts && !joined && !v.subject)
    }

    /// «وكثيرون أصيبوا»: joined, and right before a verb in the plural.
    fn is_subject_of_next(&self, at: usize) -> bool {
        let several = |m: &Mention| {
            finite(self.ctx, m) && !m.clitics.conjunction && matches!(m.form.count, Count::Plural | Count::Dual)
        };
        self.number_at(at).is_some_and(|(_, end)| self.ctx.a.at(end).any(several)) && self.begins_joined(at)
    }

    fn begins_joined(&self, at: usize) -> bool {
        self.ctx.res.lexicon.clitics.is_joined(self.ctx.a.tokens.text_or_empty(at))
    }

    /// «قتل مسؤول أمني»: he who otherwise tells the news.
    fn official(&self, at: usize) -> Option<Victims> {
        let m = self.ctx.at(at, self.ctx.l.official_source).filter(|m| m.form.count == Count::Singular)?;
        let one = Amount { worded: false, ..ONE };
        Some(Victims::of(at, Said::Count(one), m.end))
    }

    /// «قُتل إثر إطلاق نار من مسلحين»: who shot, not whom they hit.
    fn are_origin(&self, at: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        ctx.before(at, l.from)
            .is_some_and(|m| [l.shoot, l.attack, l.explode].iter().any(|k| ctx.before(m.first, *k).is_some()))
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
            .find(|m| m.phrase.0 == at && ctx.has(m, l.victim) && m.quantity.is_some() && !self.governs_nothing(m));
        if let Some(m) = np {
            let q = m.quantity.map(|q| self.bracketed(m).filter(|_| q.vague).unwrap_or(q))?;
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
            if let Some(family) = self.family_of(at, m) {
                return Some(family);
            }
            if let Some(named) = self.named_behind(m) {
                return Some(named);
            }
            let actor_too = ctx.a.at(m.first).any(|n| ctx.has(n, l.actor)) && q.vague;
            // «أصاب انتحاري خمسة أشخاص»
            let attacker = ctx.has(m, l.attacker);
            let bomber = attacker && (ctx.is_at(m.first, l.suicide) || self.counts_right_behind(m));
            return Some(Victims {
                first: at,
                said: Said::Count(q),
                end,
                group: Some(ctx.a.entry(m).id.clone()),
                attackers: ctx.has(m, l.attacker),
                subject: militants || actor_too || bomber,
            });
        }
        if let Some(m) = ctx.at(at, l.person) {
            return Some(Victims::of(at, Said::Named(1), m.end));
        }
        if let Some(member) = self.member_of_party(at) {
            return Some(member);
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
            return (!definite).then_some(Victims::of(at, Said::Count(ONE), n.end));
        }
        let (amount, end) = self.number_at(at)?;
        let of_people = ctx.is_at(end, l.force_word)
            || ctx.is_at(end, l.of_them)
            || ctx.is_at(end, l.sons_of)
            || ctx.is_at(end, l.from)
                && (ctx.at(end + 1, l.victim).is_some_and(|m| m.form.count != Count::Singular)
                    || ctx.is_at(end + 1, l.actor));
        // «أصابت اثنتان منزلاً»: an active verb that takes a thing.
        if needs_people && !of_people && !self.closes(end) {
            return None;
        }
        Some(Victims::of(at, Said::Count(amount), end))
    }

    /// Counted people at a token, joined to nothing and governed by nothing.
    pub(super) fn object_at(&self, at: usize) -> Option<Victims> {
        let ctx = self.ctx;
        let tied = |m: &Mention| m.clitics.preposition != '\0' || m.clitics.conjunction || m.clitics.article;
        let governed = ctx.a.at(at).any(tied) || ctx.a.at(at - 1).any(|m| self.is_prep(m) || ctx.has(m, ctx.l.on));
        let several = |v: &Victims| matches!(v.said, Said::Count(a) if a.worded && !a.vague && a.value > Some(1.0));
        self.one(at, true).filter(|v| several(v) && !governed && !v.subject && !v.attackers)
    }

    /// «قتل المهاجم أربعة منهم»: he did it.
    fn counts_right_behind(&self, m: &Mention) -> bool {
        let article = self.ctx.res.lexicon.clitics.article.as_str();
        let single = m.form.count == Count::Singular && self.ctx.a.tokens.text(m.first).starts_with(article);
        let verb = self.ctx.before(m.first, self.ctx.l.kill).or(self.ctx.before(m.first, self.ctx.l.injure));
        let acts = verb.is_some_and(|v| self.ctx.a.at(v.first).any(|v| v.form.part == Part::Perfect));
        single && acts && !self.begins_joined(m.end) && self.number_at(m.end).is_some()
    }

    /// «جندي أميركي», «عنصر في حزب الله»: one man, whom the lists know as a party that acts.
    fn member_of_party(&self, at: usize) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let fights = |m: &Mention| matches!(&*ctx.a.entry(m).family, "armed_group" | "forces");
        let bare = |m: &Mention| m.clitics.preposition == '\0' && !m.clitics.article;
        let party = ctx.at(at, l.actor).filter(|m| m.end > at + 1 && fights(m) && bare(m))?;
        let single = ctx.a.count_alone(at, l.victim) == Some(Count::Singular);
        let man = ctx.a.alone(at, l.victim).filter(|e| single && !e.labels.contains(&l.attacker))?;
        let (said, group) = (Said::Count(ONE), Some(man.id.clone()));
        Some(Victims { first: at, said, end: party.end, group, attackers: false, subject: true })
    }

    /// «أسرة من خمسة أفراد», «عائلة مكونة من أربعة»: as many as it has.
    fn family_of(&self, at: usize, m: &Mention) -> Option<Victims> {
        let ctx = self.ctx;
        let from = (m.end..m.end + 2).find(|t| ctx.is_at(*t, ctx.l.from)).filter(|_| ctx.a.is(m, "family"))?;
        let single = m.quantity.is_none_or(|q| !q.worded);
        let (amount, end) = self.number_at(from + 1).filter(|(a, _)| single && a.value > Some(1.0))?;
        let amount = Amount { worded: true, ..amount };
        Some(Victims::of(at, Said::Count(amount), end))
    }

    /// «رجلا وزوجته»: written like the dual before a noun that it governs, but none follows; «من شرطة طالبان»: a party.
    pub(super) fn governs_nothing(&self, m: &Mention) -> bool {
        let ctx = self.ctx;
        let dual = m.form.count == Count::Dual && m.phrase.0 == m.first && m.end == m.first + 1;
        // «ومرافقيهم» are rather several than two.
        let theirs = m.clitics.pronoun && !m.clitics.one && !m.clitics.two;
        if m.clitics.pronoun {
            return dual && theirs;
        }
        let governed = ctx.a.tokens.is_word(m.end)
            && m.end < self.end
            && !ctx
                .a
                .at(m.end)
                .any(|n| n.clitics.conjunction || n.clitics.preposition != '\0' || finite(ctx, n) || self.is_prep(n));
        dual && (m.form.part == Part::Construct && (!governed || ctx.has(m, ctx.l.other))
            || !ctx.has(m, ctx.l.militant) && ctx.a.at(m.first).any(|n| ctx.has(n, ctx.l.actor)))
    }

    /// «بينهم», and not «أحدهما».
    fn breaks_down(&self, at: usize) -> bool {
        self.ctx.is_at(at, self.ctx.l.among_them) && !self.ctx.is_at(at, self.ctx.l.one_of_them)
    }

    /// «إرهابيين (02)»: a number in brackets behind a plural.
    fn bracketed(&self, m: &Mention) -> Option<Amount> {
        let ctx = self.ctx;
        let number = ctx.a.numbers_in(m.end..m.end + 2).find(|n| n.kind == NumberKind::Cardinal)?;
        let (open, close) = (m.end, m.end + 2);
        let bare = ctx.a.tokens.is_number(m.end + 1) && !ctx.is_at(m.end + 1, ctx.l.unit);
        (ctx.sign(open, "(") && ctx.sign(close, ")") && bare).then(|| Amount { worded: true, ..Amount::of(number) })
    }

    /// «أصابت طلقة أخرى امرأة», «بصاروخ آخر»: of a thing that stands right before it.
    fn is_another_thing(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let other = |m: &&Mention| ctx.has(m, ctx.l.other) && m.phrase.0 == at && m.form.count == Count::Singular;
        let single = ctx.a.at(at).find(other);
        single.is_some_and(|m| !m.clitics.conjunction && !m.clitics.article)
            && ctx.before(at, ctx.l.victim).is_none()
            && ctx.a.tokens.is_word(at - 1)
            && !ctx.a.at(at - 1).any(|m| m.clitics.article || m.clitics.pronoun)
    }

    /// «أصاب صاروخ منزل شيخ», «أصاب محطة في جدة»: whose the thing is, and where.
    fn is_of_thing(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let bare = |m: &Mention| !m.clitics.article && !m.clitics.pronoun && m.end == at;
        let owner = || ctx.before(at, ctx.l.target).is_some_and(bare) && self.number_at(at).is_none();
        ctx.before(at, ctx.l.prep_in).is_some() || owner()
    }

    /// «أصيبت سفينة الحاويات …»: a ship was hit, and what follows is its name.
    fn is_of_ship(&self, from: usize, at: usize) -> bool {
        let joined = self.ctx.a.at(at).any(|m| m.clitics.conjunction);
        self.ctx.is_at(from, self.ctx.l.ship) && !joined && self.number_at(at).is_none()
    }

    /// «إصابة جيب عسكري», «أصابت الجزء المدني»: of what kind the thing before it is.
    fn is_kind_of_thing(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let people = [ctx.l.victim, ctx.l.person, ctx.l.actor, ctx.l.force_word];
        let article = &ctx.res.lexicon.clitics.article;
        let single = |m: &Mention| m.clitics.article && !m.clitics.conjunction && m.form.count == Count::Singular;
        let adjective = ctx.a.tokens.is_word(at - 1)
            && ctx.a.tokens.text(at - 1).starts_with(article.as_str())
            && ctx.at(at, ctx.l.victim).is_some_and(single)
            && !people.iter().any(|k| ctx.before(at, *k).is_some());
        if adjective {
            return true;
        }
        let soldier = ctx.a.at(at).any(|m| {
            let bare = !m.clitics.article && !m.clitics.conjunction && m.clitics.preposition == '\0';
            // «أصيب في تبادل إطلاق النار مجند واحد»
            let counted = m.quantity.is_some_and(|q| q.worded);
            bare && !counted
                && m.end == m.first + 1
                && m.form.count == Count::Singular
                && &*ctx.a.entry(m).id == "soldiers"
        });
        let named = [ctx.l.victim, ctx.l.person].iter().any(|k| ctx.before(at, *k).is_some());
        // «قتل أمس جندي»: when, and not what.
        let when = || ctx.a.times_in(at.saturating_sub(6)..at).any(|(_, t)| t.end == at);
        soldier && !named && ctx.a.tokens.is_word(at - 1) && !when()
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
        Some(Victims::of(m.first, Said::Named(persons.len() as u32), last.end))
    }

    /// True when nothing that could be an object follows.
    pub(super) fn closes(&self, at: usize) -> bool {
        at >= self.end
            || self.ctx.is_at(at, self.ctx.l.at_least)
            || self.ctx.a.at(at).any(|m| finite(self.ctx, m) || m.clitics.conjunction || self.is_prep(m))
            || !self.ctx.a.tokens.is_word(at)
    }

    /// «وأصابت خمسة في كمين»: a preposition begins no object.
    pub(super) fn is_prep(&self, m: &Mention) -> bool {
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
                    || (ctx.before(at, ctx.l.victim).is_none_or(|n| n.form.count == Count::Singular)
                        && ctx.a.at(at).all(|m| ctx.has(m, ctx.l.victim) && !m.clitics.article)
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
    /// Those whom the words count, of no named kind.
    pub(super) fn of(first: usize, said: Said, end: usize) -> Victims {
        Victims { first, said, end, group: None, attackers: false, subject: false }
    }

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
pub const ONE: Amount =
    Amount { value: Some(1.0), min: Some(1.0), max: Some(1.0), approx: false, vague: false, worded: true };

/// Two, by a dual or its pronoun.
pub(super) const TWO: Amount = Amount { value: Some(2.0), min: Some(2.0), max: Some(2.0), ..ONE };

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
