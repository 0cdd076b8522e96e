//! Who counts beside the one that a verb counts?
//!
//! «وتسعة عراقيين», «، واثنان من المدنيين», «ونجله», «وستة آخرون»; whose they were may stand between.

use super::Said;
use super::scan::Scan;
use super::victims::{ONE, Victims, finite};
use crate::party::QUOTES;
use marsad_lang::{Count, Mention, NumberKind, Part};

/// Tokens between a person and the one who belongs to him.
const OWN_MAX: usize = 8;

/// Tokens of a name with its quotation marks.
const TITLED_MAX: usize = 8;

impl Scan<'_, '_> {
    /// «ثلاثة عناصر، وأربعة مواطنين»: all that are joined behind.
    pub(super) fn with_those_joined(&self, mut total: Victims) -> Victims {
        total.end = self.past_origin(&total);
        while let Some(more) = self.joined(total.end, true).or_else(|| self.joined_behind_comma(&total)) {
            total = total.plus(more);
            total.end = self.past_origin(&total);
        }
        total
    }

    /// «أصيب شرطي، واثنان من المدنيين»: a counted row goes on behind a comma, unless something else is told of them.
    pub(super) fn joined_behind_comma(&self, total: &Victims) -> Option<Victims> {
        let ctx = self.ctx;
        let wide = self.sentence_wide();
        // «لثلاثة عناصر من الشرطة، وثلاثة مواطنين»
        let reach = (total.end + 6).min(wide.end);
        let stops = |m: &Mention| m.clitics.conjunction || finite(ctx, m) || self.is_prep(m);
        let comma = (total.end..reach).find(|t| self.is_comma(*t) || ctx.a.at(*t).any(stops))?;
        let at = comma + 1;
        if !self.is_comma(comma) || !ctx.a.numbers_in(at..at + 2).any(|n| n.kind == NumberKind::Cardinal) {
            return None;
        }
        let more = wide.joined(at, true).filter(|v| matches!(v.said, Said::Count(a) if a.worded && !a.vague))?;
        let end = wide.past_origin(&more);
        let acts =
            (end..(end + 3).min(wide.end)).any(|t| ctx.a.at(t).any(|m| finite(ctx, m) && !m.clitics.conjunction));
        (!acts).then_some(more)
    }

    /// «خمسة من أعضاء الحركة وعنصر أمن»: whose they were stands between.
    pub(super) fn past_origin(&self, total: &Victims) -> usize {
        let ctx = self.ctx;
        // «صبي عمره 9 سنوات من البلدة»
        let age = ctx.at(total.end, ctx.l.age).and_then(|m| ctx.a.numbers_in(m.end..m.end + 3).next());
        let bracket = |at: usize| usize::from(ctx.sign(at, ")"));
        let end = age.map_or(total.end, |n| n.core.1 + bracket(n.core.1) + 1);
        // «ستة من عناصر الجيش السوري وثلاثة من …»: the name of the group goes on.
        let of_group = (total.first..end).any(|t| ctx.is_at(t, ctx.l.from)) && self.is_adjective_of_group(end);
        if of_group && self.number_joined(end + 1) {
            return end + 1;
        }
        if !ctx.is_at(end, ctx.l.from) && !ctx.is_at(end, ctx.l.actor) && !self.in_their_group(end) {
            let of_what = if end == total.end { self.past_office(total) } else { end };
            return if self.joined(of_what, true).is_some() { of_what } else { total.end };
        }
        let reach = (end + 5).min(self.end);
        let next = (end + 1..reach)
            .find(|t| ctx.a.at(*t).any(|m| m.clitics.conjunction || finite(ctx, m)) || self.one_of_many(*t));
        let counted = |m: &Mention| m.quantity.is_some_and(|q| q.worded || m.form.count == Count::Singular);
        let joined = |t: &usize| {
            ctx.a.at(*t).any(|m| m.clitics.conjunction && ctx.has(m, ctx.l.victim) && counted(m))
                || self.ordinal_at(*t) && self.joined(*t, true).is_some()
                || self.number_joined(*t)
        };
        next.filter(joined).unwrap_or(total.end)
    }

    /// «إمام مسجد وشرطي», «مدير السجن المركزي وأحد أقربائه», «قائد لواء وعشرة جنود», «ضابط برتبة ملازم وشرطيان»: of what
    /// he was stands between.
    fn past_office(&self, total: &Victims) -> usize {
        let ctx = self.ctx;
        let one = matches!(total.said, Said::Count(a) if a.value == Some(1.0) && !a.worded);
        if let Some(rank) = ctx.at(total.end, ctx.l.of_rank).filter(|_| one) {
            return rank.end + 1;
        }
        if !one || !matches!(total.group.as_deref(), Some("professions" | "leaders")) {
            return total.end;
        }
        let plain = |t: usize| {
            let other = |m: &Mention| {
                m.clitics.conjunction || finite(ctx, m) || self.is_prep(m) || m.clitics.preposition != '\0'
            };
            ctx.a.tokens.is_word(t) && !ctx.a.at(t).any(other)
        };
        let behind = (total.end..(total.end + 2).min(self.end)).take_while(|t| plain(*t)).last();
        behind.map_or(total.end, |t| t + 1)
    }

    /// «عناصر الجيش السوري»: a word with the article that no list has.
    fn is_adjective_of_group(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let article = ctx.res.lexicon.clitics.article.as_str();
        let unlisted = ctx.a.at(at).all(|m| ctx.has(m, ctx.l.nationality));
        at < self.end && ctx.a.tokens.is_word(at) && ctx.a.tokens.text(at).starts_with(article) && unlisted
    }

    /// «… من القبيلة وأحد الجنود», «… في «القاعدة» وثلاثة مدنيين»: of whom no other thing is told.
    fn number_joined(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let number = ctx.a.numbers_in(at..at + 1).any(|n| n.core.0 == at && n.kind == NumberKind::Cardinal);
        let acts = |end: usize| {
            (end..(end + 3).min(self.end)).any(|t| ctx.a.at(t).any(|m| finite(ctx, m) && !m.clitics.conjunction))
        };
        number && self.joined(at, true).is_some_and(|v| !acts(v.end))
    }

    /// «خمسة أعضاء في «القاعدة»»
    fn in_their_group(&self, at: usize) -> bool {
        let ctx = self.ctx;
        let l = ctx.l;
        let members = ctx.before(at, l.victim).is_some_and(|m| &*ctx.a.entry(m).id == "members");
        let group = ctx.at(at, l.prep_in).map(|m| if ctx.a.tokens.is_word(m.end) { m.end } else { m.end + 1 });
        let event = |t: usize| [l.verb, l.place, l.explosive].iter().any(|k| ctx.is_at(t, *k));
        let owner = members && ctx.a.tokens.is_word(at) && ctx.a.at(at).any(|m| m.clitics.article);
        owner || group.is_some_and(|t| ctx.is_at(t, l.actor) || members && !event(t))
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
        Some(Victims::of(end, Said::Count(q), end))
    }

    /// «السيدة «سعاد …» والشاب «خالد …»», «الشاب خالد … والطفل سعيد …»: each by title and name, which no list has.
    pub(super) fn and_named(&self, total: &Victims) -> Option<Victims> {
        let ctx = self.ctx;
        let title = |m: &Mention| {
            m.clitics.article && m.form.count == Count::Singular && m.clitics.preposition == '\0' && !m.clitics.pronoun
        };
        let titled = ctx.before(total.end, ctx.l.victim).is_some_and(|m| m.clitics.article);
        let reach = (total.end + TITLED_MAX).min(self.end);
        let quote = |t: usize| QUOTES.iter().any(|s| ctx.sign(t, s));
        let at =
            (total.end..reach).find(|t| !quote(*t) && !self.may_be_name(*t)).filter(|t| titled && *t > total.end)?;
        let next = ctx.at(at, ctx.l.victim).filter(|m| title(m) && m.clitics.conjunction && m.phrase.0 == at)?;
        let named = quote(next.end) || self.may_be_name(next.end);
        let counted = !ctx.has(next, ctx.l.attacker) && !ctx.has(next, ctx.l.other) && next.quantity.is_some();
        (named && counted).then_some(Victims::of(at, Said::Count(ONE), next.end))
    }

    /// «القيادي حسن كريم وحارسه», «شيخ القبيلة ونجله»: a name or title stands between.
    pub(super) fn and_his_own(&self, total: &Victims) -> Option<Victims> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let single = match total.said {
            Said::Count(a) => a.value == Some(1.0),
            said => said == Said::Named(1),
        };
        let ends =
            |m: &Mention| ctx.has(m, l.verb) || ctx.has(m, l.weapon) || ctx.has(m, l.result) || ctx.has(m, l.after);
        let reach = (total.end + OWN_MAX).min(self.end);
        let until = (total.end..reach).find(|t| ctx.a.at(*t).any(ends) || !ctx.a.tokens.is_word(*t)).unwrap_or(reach);
        let beside = (total.end..until).find(|t| self.is_his_own(*t) || self.some_of_his(*t));
        let at = beside.or_else(|| self.own_behind_remark(until))?;
        // «… وزوجته تنجو»: she did something of her own.
        let acts = |v: &Victims| ctx.a.at(v.end).any(|m| finite(ctx, m) && !m.clitics.conjunction);
        self.sentence_wide().one(at, true).filter(|v| single && !v.subject && !v.attackers && !acts(v))
    }

    /// «… سعاد خليل (39 عاماً)، وابنتها»
    fn own_behind_remark(&self, at: usize) -> Option<usize> {
        let ctx = self.ctx;
        let wide = self.sentence_wide();
        let close = (at + 1..(at + OWN_MAX).min(wide.end)).find(|t| ctx.sign(*t, ")")).filter(|_| ctx.sign(at, "("))?;
        let next = close + 1 + usize::from(self.is_comma(close + 1));
        let acts =
            (next + 1..(next + 4).min(wide.end)).any(|t| ctx.a.at(t).any(|m| finite(ctx, m) && !m.clitics.conjunction));
        (self.is_his_own(next) && !acts).then_some(next)
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
    pub(super) fn with_a_name(&self, from: usize, at: usize) -> bool {
        let ctx = self.ctx;
        let counts = ctx.a.numbers_in(at..at + 1).any(|n| n.core.0 == at && n.kind == NumberKind::Cardinal);
        let joined = ctx.a.at(at).any(|m| m.clitics.conjunction);
        let governed = ctx.a.at(from).any(|m| m.clitics.preposition != '\0' || self.is_prep(m));
        counts && joined && !governed && !self.tells_harm(at, (at + 3).min(self.end))
    }

    /// «وحارسه», «ونجله», «ومرافقوه الأربعة», «وأحد مرافقيه»
    pub(super) fn is_his_own(&self, at: usize) -> bool {
        let his = |m: &Mention| m.clitics.conjunction && m.clitics.pronoun && m.clitics.one;
        let one_of_his = || {
            let his = |m: &Mention| m.clitics.pronoun && m.clitics.one && self.ctx.has(m, self.ctx.l.victim);
            self.one_of_many(at) && self.ctx.a.at(at + 1).any(his)
        };
        let own = self
            .ctx
            .all(at..at + 1, self.ctx.l.victim)
            .any(|m| his(m) && (m.form.count != Count::Plural || m.quantity.is_some_and(|q| q.value.is_some())));
        own || one_of_his()
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
        // «و6 مسلحين»: counted, they are no subject.
        let counted = matches!(v.said, Said::Count(a) if a.worded && !a.vague && a.value.is_some());
        (!acts && !self.tells_harm(start, v.end) && !v.attackers && (!v.subject || counted)).then_some(v)
    }

    /// «وأحد الجنود», which is written like «واحد».
    pub(super) fn one_of_many(&self, at: usize) -> bool {
        let one = self.ctx.a.numbers_in(at..at + 1).find(|n| n.value == Some(1.0) && n.core.0 == at);
        one.is_some_and(|n| {
            self.ctx.all(n.core.1..n.core.1 + 1, self.ctx.l.victim).any(|m| m.form.count != Count::Singular)
        })
    }

    /// «وثلاثة جرحى»: a toll of its own.
    pub(super) fn tells_harm(&self, first: usize, end: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        ctx.a.within(first..end).any(|m| ctx.has(m, l.dead_noun) || ctx.has(m, l.hurt_noun))
    }
}
