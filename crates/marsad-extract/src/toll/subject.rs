//! Who stands before a verb of killing or wounding, and whom does its pronoun mean?
//!
//! «وكان عنصران قد قتلا», «28 قتلوا», «فأرداه قتيلاً», «ما أدى إلى مقتله»: the number is told before the verb.

use super::scan::Scan;
use super::victims::{ONE, TWO, finite, one_more, sum};
use super::{Fact, Kind, Said};
use marsad_lang::{Amount, Clause, Count, Mention, NumberKind, NumberMention, Part};

/// Tokens from the subject to its verb.
const SUBJECT_MAX: usize = 7;
/// Tokens from «اثنين» to its verb in the dual.
const DUAL_MAX: usize = 10;
/// Tokens of a name.
const NAME_MAX: usize = 5;
/// Tokens of a remark in brackets.
const REMARK_MAX: usize = 7;

impl Scan<'_, '_> {
    /// «فقُتل هو ومرافقه», «قُتل مع اثنين من مرافقيه»: he counts with those named.
    pub(super) fn he_and_others(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
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

    /// «دهس شرطيين فقتل أحدهما»: one of those told before.
    pub(super) fn one_of_the_two(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        let one = self.ctx.at(verb.end, self.ctx.l.one_of_them)?;
        // «وأصيبت إحداهما بأضرار»: a ship.
        let thing = self.ctx.any(one.end..one.end + 2, self.ctx.l.harm);
        // «على الحراس فقتلوا أحدهم»
        let several = verb.form.part == Part::Perfect && verb.clitics.conjunction;
        let told = matches!(verb.form.part, Part::Perfect | Part::Passive)
            && (verb.form.count == Count::Singular || several)
            && !thing;
        let fact = self.fact(kind, Said::Count(ONE), verb.first, one.end);
        told.then_some(Fact { by_verb: true, breakdown: false, ..fact })
    }

    /// «إن عنصراً في الحرس الوطني قتل»: where he serves stands between him and the verb.
    pub(super) fn member_before(&self, at: usize) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let window = at.saturating_sub(SUBJECT_MAX).max(self.first)..at;
        let bare = |m: &&Mention| {
            let opens = m.first == self.first || ctx.before(m.first, l.that).is_some();
            let one = m.form.count == Count::Singular && !m.clitics.article && m.clitics.preposition == '\0';
            opens && one && !ctx.has(m, l.attacker) && !ctx.a.is(m, "national")
        };
        let m = ctx.all(window, l.victim).find(bare)?;
        let serves = [l.prep_in, l.from].iter().any(|k| ctx.is_at(m.end, *k));
        let between = (m.end..at).any(|t| ctx.a.at(t).any(|n| finite(ctx, n)));
        m.quantity.filter(|q| serves && !between && q.value == Some(1.0))
    }

    /// «كان عمدة مدينة مجاورة قد اغتيل»: he stands between «كان» and «قد», with what he is.
    pub(super) fn had_been(&self, verb: &Mention) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let passive = ctx.a.at(verb.first).any(|m| m.form.part == Part::Passive && m.form.count == Count::Singular);
        let had = ctx.at(self.first, l.had).or_else(|| ctx.at(self.first + 1, l.had))?;
        let told = passive && ctx.before(verb.first, l.verb_particle).is_some() && verb.first <= had.end + SUBJECT_MAX;
        let who =
            ctx.all(had.end..had.end + 1, l.victim).find(|m| !m.clitics.conjunction && !ctx.has(m, l.attacker))?;
        who.quantity.filter(|q| told && q.value == Some(1.0))
    }

    /// «فأرداه قتيلاً», «فأصابه بجروح»: the pronoun is the one hit.
    pub(super) fn one_object(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        // «في إصابتها»: behind a preposition a noun, though it may be read as a verb.
        let l = self.ctx.l;
        let governed = [l.prep_in, l.after, l.from, l.result, l.on]
            .iter()
            .any(|p| self.ctx.before(verb.first, *p).is_some_and(|m| !m.clitics.pronoun));
        // «فقتله» may be read as «his killing» too: behind «ف» or «و» it is the verb.
        let acts = |m: &Mention| m.form.part == Part::Perfect && m.clitics.pronoun && m.clitics.one;
        let joined = |m: &Mention| acts(m) && m.clitics.conjunction && (m.first, m.end) == (verb.first, verb.end);
        let active = !governed && (acts(verb) || kind == Kind::Killed && self.ctx.a.at(verb.first).any(joined));
        // Ships and houses are hit too: a person must have been named.
        let start = if verb.clitics.conjunction { self.sentence_wide().first } else { self.first };
        let window = verb.first.saturating_sub(14).max(start)..verb.first;
        // «طعن حارسا فأصابه»: in the accusative, one is written like two before a noun.
        let is_one = |m: &Mention| m.form.count == Count::Singular || self.governs_nothing(m) && !m.clitics.pronoun;
        let single = |m: &Mention| is_one(m) && !self.ctx.has(m, self.ctx.l.attacker) && !self.ctx.a.is(m, "national");
        let shot_down = kind == Kind::Killed && self.attacker_told_last(window.clone(), start);
        let person = self.ctx.all(window, self.ctx.l.victim).any(single) || self.shot_at(verb, single);
        let kind = if shot_down { Kind::Attackers } else { kind };
        let mut fact = self.fact(kind, Said::Count(ONE), verb.first, verb.end);
        fact.by_verb = true;
        (active && (person || shot_down)).then_some(fact)
    }

    /// «طعن حارسا فأطلق شرطي النار على المهاجم وقتله», «دهس المارة، وأطلق مدني الرصاص على السائق وقتله»: the pronoun means him.
    fn attacker_told_last(&self, window: std::ops::Range<usize>, sentence: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let end = window.end;
        let person = |m: &&Mention| m.end <= end && !m.clitics.conjunction;
        let last = ctx.all(window, l.victim).rfind(person);
        let rams = || ctx.any(sentence..end, l.ram);
        last.is_some_and(|m| m.clitics.article && (ctx.has(m, l.attacker) || ctx.is_at(m.first, l.driver) && rams()))
    }

    /// «أطلقوا النار على خمسة من رجال الشرطة فقتلوهم»: the pronoun means all who were counted before.
    pub(super) fn several_objects(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let them =
            |m: &Mention| m.form.part == Part::Perfect && m.clitics.pronoun && !m.clitics.one && m.clitics.conjunction;
        if !ctx.a.at(verb.first).any(|m| them(m) && m.end == verb.end) {
            return None;
        }
        let window = verb.first.saturating_sub(14).max(self.sentence_wide().first)..verb.first;
        let hit = |m: &Mention| ctx.has(m, l.victim) && !ctx.has(m, l.attacker) && !ctx.has(m, l.militant);
        let several = |m: &Mention| m.quantity.is_some_and(|q| q.worded && !q.vague && q.value > Some(1.0));
        // «القتلى أستاذ وولداه»: the last of a list are not all of them.
        let joined = |m: &Mention| ctx.a.at(m.phrase.0).any(|n| n.clitics.conjunction);
        let counted = |m: &&Mention| hit(m) && several(m) && !joined(m) && !self.governs_nothing(m);
        let of_many = |n: &&NumberMention| {
            n.kind == NumberKind::Cardinal && ctx.is_at(n.core.1, l.from) && ctx.a.at(n.core.1 + 1).any(hit)
        };
        let amount = ctx.a.numbers_in(window.clone()).filter(of_many).last().map(Amount::of);
        let amount = amount.or_else(|| ctx.all(window, l.victim).rfind(counted)?.quantity)?;
        let mut fact = self.fact(kind, Said::Count(amount), verb.first, verb.end);
        (fact.by_verb, fact.breakdown) = (true, false);
        Some(fact)
    }

    /// «فأطلقوا النار عليه وأصابوه في كتفه», «طعن حارساً فأصابه بجروح»: an attack on someone, and where they hit him.
    fn shot_at(&self, verb: &Mention, single: impl Fn(&Mention) -> bool) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let start = ctx.a.sentence_at(verb.first).map_or(self.first, |s| s.first);
        let span = start.max(verb.first.saturating_sub(40))..verb.first;
        let hurt =
            (verb.end..(verb.end + 2).min(self.end)).any(|t| ctx.is_at(t, l.injured_with) || ctx.is_at(t, l.body_part));
        hurt && [l.shoot, l.launch, l.stab, l.attack].iter().any(|k| ctx.any(span.clone(), *k))
            && ctx.all(span, l.victim).any(single)
    }

    /// «ما أدى إلى مقتله», «ما تسبب بإصابته ومرافقه بجروح»: the one told before, and who is joined to him. Behind «بعد»
    /// it tells of a death that was before.
    pub(super) fn his_own(&self, verb: &Mention, kind: Kind) -> Option<Fact> {
        // «إصابته» is written like «أصابته».
        let his = |m: &Mention| m.form.part == Part::Noun && m.clitics.pronoun && m.clitics.one;
        let noun = his(verb) || verb.clitics.pronoun && self.ctx.a.at(verb.first).any(his);
        let with_him = self.joined(verb.end, true);
        let end = with_him.as_ref().map_or(verb.end, |v| v.end);
        // Ships and houses are hit too.
        let with_wounds = self.ctx.any(end..(end + 2).min(self.end), self.ctx.l.injured_with);
        let person = kind == Kind::Killed || with_wounds || self.shot_was_one(verb);
        let amount = match with_him.map(|v| v.said) {
            Some(Said::Count(others)) => one_more(others),
            _ => ONE,
        };
        // «تبادل الحرس إطلاق النار معه فأسفر ذلك عن مقتله»: the one whom they fought.
        let start = self.ctx.a.sentence_at(verb.first).map_or(self.first, |s| s.first);
        let fought = self.ctx.any(start.max(verb.first.saturating_sub(8))..verb.first, self.ctx.l.with_him);
        let kind = if fought && kind == Kind::Killed { Kind::Attackers } else { kind };
        let mut fact = self.fact(kind, Said::Count(amount), verb.first, end);
        fact.by_verb = true;
        fact.breakdown = false;
        (noun && person && self.caused(verb.first)).then_some(fact)
    }

    /// «تعرض شاب لإطلاق نار …، ما أسفر عن إصابته»: a person was shot at, and no thing is told behind him.
    fn shot_was_one(&self, verb: &Mention) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let span = self.sentence_wide().first..verb.first;
        let single = |m: &&Mention| {
            let one = m.form.count == Count::Singular && !m.clitics.pronoun && !m.clitics.conjunction;
            one && !ctx.has(m, l.attacker) && !ctx.has(m, l.militant) && !ctx.a.is(m, "national")
        };
        let Some(man) = ctx.all(span.clone(), l.victim).filter(single).last() else { return false };
        let things = [l.target, l.ship, l.drone, l.launcher];
        let thing = things.iter().any(|k| ctx.any(man.end..verb.first, *k));
        !thing && [l.shoot, l.launch, l.stab].iter().any(|k| ctx.any(span.clone(), *k))
    }

    /// «28 قتلوا», «9 على الأقل قتلوا»: the number stands right before its verb.
    pub(super) fn number_before(&self, verb: &Mention) -> Option<Amount> {
        let end = self.ctx.before(verb.first, self.ctx.l.at_least).map_or(verb.first, |h| h.first);
        let several = matches!(verb.form.count, Count::Plural | Count::Dual);
        let told = matches!(verb.form.part, Part::Perfect | Part::Passive);
        // «من عائلة واحدة قتلوا»: one family, not one dead.
        self.number_ending(end).filter(|a| several && told && a.value != Some(1.0))
    }

    /// «سبعة عمال قتلوا إثر هجوم نفذه رجال»: a verb in the plural has its subject before it; «قتلوا ثلاثة رعاة» takes an object.
    pub(super) fn subject_beside(&self, verb: &Mention) -> Option<Amount> {
        let several = matches!(verb.form.count, Count::Plural | Count::Dual);
        let at = self.before_remark(verb.first);
        let at = self.ctx.before(at, self.ctx.l.at_least).map_or(at, |hedge| hedge.first);
        let beside = self.number_before(verb).is_some()
            || self.ctx.before(at, self.ctx.l.victim).is_some_and(|m| m.quantity.is_some_and(|q| q.worded && !q.vague));
        if !several || !beside || self.one(verb.end, true).is_some() {
            return None;
        }
        self.number_before(verb).or_else(|| self.subject_before(verb))
    }

    /// «ثلاثة أبرياء، بينهم شرطي، قُتلوا», «خمسة عمال بينهم شقيقان، أصيبوا»: what a comma cuts off is skipped.
    pub(super) fn subject_before(&self, verb: &Mention) -> Option<Amount> {
        self.subject_in_clause(verb, verb.first).or_else(|| {
            let (ctx, l) = (self.ctx, self.ctx.l);
            let sentence = ctx.a.sentence_at(verb.first)?;
            let aside = sentence.clauses.iter().rfind(|c| c.end < verb.first)?;
            let heads = verb.first <= self.first + 1;
            let whole = |c: &Clause| Scan { ctx, first: c.first, end: c.end }.subject_in_clause(verb, c.end);
            if heads && ctx.is_at(aside.first, l.among_them) {
                return sentence.clauses.iter().rfind(|c| c.end < aside.first).and_then(whole);
            }
            let told_apart = heads && verb.first == aside.end + 1 && ctx.any(aside.first..aside.end, l.among_them);
            told_apart.then(|| whole(aside)).flatten()
        })
    }

    /// «تسعة من أبناء القبيلة بينهم نساء أصيبوا»: the verb is of all that stand before «بينهم», not of those behind it; but «11 منهم قتلوا» are a part.
    pub(super) fn total_before(&self, verb: &Mention) -> bool {
        let among = self.ctx.all(self.first..verb.first, self.ctx.l.among_them).last();
        among.is_some_and(|m| self.number_ending(m.first).is_none() && self.number_ending(verb.first).is_none())
    }

    /// Counted people right before a dual or plural verb.
    fn subject_in_clause(&self, verb: &Mention, end: usize) -> Option<Amount> {
        // Idioms of dying («لقوا حتفهم») carry their number in the pronoun.
        let idiom = verb.end - verb.first >= 2;
        let many = (idiom || matches!(verb.form.count, Count::Dual | Count::Plural))
            && matches!(verb.form.part, Part::Perfect | Part::Passive);
        let at = self.before_remark(end);
        let window = at.saturating_sub(6).max(self.first)..at;
        // «3 أشخاص بينهم ضابط قتلوا»: what is counted stands before «بينهم», but not in «11 منهم قتلوا».
        let among = self.ctx.all(window.clone(), self.ctx.l.among_them).next();
        let close = among.filter(|m| self.number_ending(m.first).is_none()).map_or(at, |m| m.first);
        let near = self.after_verbs(close)..close;
        // «ثلاثة صيادين يمنيين قضوا»: the noun that is counted, not its adjective.
        let origin = |m: &Mention| self.ctx.before(m.phrase.0, self.ctx.l.from).is_some();
        let counts =
            |m: &&Mention| m.quantity.is_some_and(|q| q.worded && !q.vague) && !origin(m) && !self.governs_nothing(m);
        let people: Vec<&Mention> = self.ctx.all(near, self.ctx.l.victim).filter(counts).collect();
        let before = people.iter().rev().find(|m| !self.ctx.a.is(m, "national")).or(people.last()).copied();
        // «أربعة من طاقمها قُتلوا», «11 منهم لقوا حتفهم».
        // «اثنين من رجال العشيرة المرابطين هناك قتلا»: a dual verb has its two, however far.
        let far = at.saturating_sub(DUAL_MAX).max(self.first);
        let far = if verb.form.count == Count::Dual { self.after_verbs_from(far, at)..at } else { window };
        let some_of =
            self.ctx.a.numbers_in(far).filter(|n| verb.form.count != Count::Dual || n.value == Some(2.0)).find(|n| {
                n.kind == NumberKind::Cardinal
                    && [self.ctx.l.from, self.ctx.l.among_them, self.ctx.l.force_word, self.ctx.l.actor]
                        .iter()
                        .any(|k| self.ctx.is_at(n.core.1, *k))
            });
        let counted =
            before.and_then(|m| Some(self.with_those_behind(m, close, self.with_those_before(m, m.quantity?))));
        // «رجلاً وزوجته قُتلا»
        let pair = || {
            let last = self.ctx.before(close, self.ctx.l.victim).filter(|m| !self.governs_nothing(m))?;
            let both = self.with_those_before(last, last.quantity.filter(|q| q.value == Some(1.0))?);
            (both.value > Some(1.0)).then_some(both)
        };
        // «إن مدنيين قتلا»: the verb tells that they were two.
        let two = || {
            let last = self.ctx.before(close, self.ctx.l.victim)?;
            let both = verb.form.count == Count::Dual && last.form.count == Count::DualOrPlural;
            (both && !last.clitics.conjunction && last.phrase.0 == last.first).then_some(TWO)
        };
        let counted = counted.or_else(pair).or_else(two);
        counted.or(some_of.map(Amount::of)).filter(|_| many).or_else(|| self.one_before(verb))
    }

    /// «جنديين تابعين للفوج الثالث أصيبا»: how far back the subject may stand, no verb between.
    fn after_verbs(&self, close: usize) -> usize {
        let reach = close.saturating_sub(SUBJECT_MAX).max(self.first);
        let behind = self.after_verbs_from(reach, close);
        if behind == reach { reach } else { behind.min(close.saturating_sub(4).max(self.first)) }
    }

    /// The token behind the last verb of a stretch, or its first token.
    fn after_verbs_from(&self, reach: usize, close: usize) -> usize {
        let verb = (reach..close).rev().find(|t| self.ctx.a.at(*t).any(|m| finite(self.ctx, m)));
        verb.map_or(reach, |t| t + 1)
    }

    /// «مدنيان (شقيقان من البلدة) قد قتلا»: where a remark in brackets before the verb begins.
    fn before_remark(&self, at: usize) -> usize {
        let sign = |t: &usize, sign: &str| self.ctx.a.tokens.is_sign(*t, sign);
        let close = (at.saturating_sub(2)..at).rev().find(|t| sign(t, ")"));
        let open = close.and_then(|c| (c.saturating_sub(REMARK_MAX)..c).rev().find(|t| sign(t, "(")));
        let at = open.filter(|open| *open > self.first).unwrap_or(at);
        self.before_age(at).filter(|age| *age > self.first).unwrap_or(at)
    }

    /// «طفلاً يبلغ من العمر 11 عاماً قتل», «مواطناً في الـ 35 من عمره أصيب»: where the age begins.
    fn before_age(&self, at: usize) -> Option<usize> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let reach = at.saturating_sub(REMARK_MAX).max(self.first);
        let numbered = |from: usize| ctx.a.numbers_in(from..at).any(|n| n.core.1 + 1 >= at);
        if let Some(years) = ctx.before(at, l.of_age) {
            let number = ctx.a.numbers_in(reach..years.first).last()?;
            return ctx.all(reach..number.core.0, l.prep_in).last().map(|m| m.first);
        }
        let words = [l.age, l.reaches_age].iter().find_map(|k| ctx.all(reach..at, *k).last());
        words.filter(|m| m.end < at && numbered(m.end)).map(|m| m.first)
    }

    /// «أربع فتيات ومعلمة وسائق من أسرة واحدة قتلوا»: those joined behind count too.
    fn with_those_behind(&self, m: &Mention, close: usize, amount: Amount) -> Amount {
        let mut at = self.skip_adjectives(m.phrase.1.max(m.end));
        let mut total = amount;
        while let Some(more) = self.joined(at, true).filter(|v| v.end <= close) {
            let Said::Count(others) = more.said else { break };
            (total, at) = (sum(total, others), more.end);
        }
        total
    }

    /// «امرأة وثلاثة أطفال قد قُتلوا»: those joined before count too.
    pub(super) fn with_those_before(&self, m: &Mention, amount: Amount) -> Amount {
        let ctx = self.ctx;
        let joined = m.phrase.0 > self.first && ctx.a.at(m.phrase.0).any(|w| w.clitics.conjunction);
        let before = |t: usize| {
            ctx.a
                .within(t.saturating_sub(4)..t)
                .find(|o| o.end == t && ctx.has(o, ctx.l.victim) && !self.governs_nothing(o))
        };
        let other = before(m.phrase.0).filter(|_| joined);
        let bare = |o: &&Mention| !o.clitics.article && o.clitics.preposition == '\0' && !ctx.a.is(o, "national");
        match other.filter(bare).and_then(|o| Some((o, o.quantity.filter(|q| !q.vague)?))) {
            Some((o, q)) => self.with_those_before(o, sum(amount, q)),
            None => amount,
        }
    }

    /// «إن مدنياً قتل إثر …»: one person right before a verb in the singular.
    pub(super) fn one_before(&self, verb: &Mention) -> Option<Amount> {
        let single = verb.form.count == Count::Singular && !verb.clitics.conjunction;
        let told = matches!(verb.form.part, Part::Perfect | Part::Passive);
        // «وكان مدني قد جُرح»
        let particle = self.ctx.before(verb.first, self.ctx.l.verb_particle).map(|m| m.first);
        let with_particle = particle.and_then(|at| self.person_before(at));
        with_particle
            .or_else(|| self.person_before(verb.first))
            .or_else(|| self.named_before(verb.first))
            .filter(|_| single && told)
    }

    /// «أن الشاب فلان بن فلان قُتل»: a person by his name, whom no list has.
    fn named_before(&self, at: usize) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let person = |m: &&Mention| {
            let opens = m.first == self.first || ctx.before(m.first, l.that).is_some();
            let one = m.form.count == Count::Singular && !m.clitics.conjunction && m.clitics.preposition == '\0';
            opens && one && !ctx.has(m, l.attacker) && !ctx.has(m, l.hurt_noun) && !ctx.a.is(m, "national")
        };
        let window = at.saturating_sub(NAME_MAX + 1).max(self.first)..at;
        let m = ctx.all(window, l.victim).find(person)?;
        let named = m.end < at && (m.end..at).all(|t| self.may_be_name(t));
        named.then_some(ONE)
    }

    /// A word of a name: neither a verb nor joined, nor behind a preposition.
    pub(super) fn may_be_name(&self, at: usize) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let other = |m: &Mention| {
            let word = [l.prep_in, l.from, l.relative, l.result, l.among_them, l.place];
            finite(ctx, m) || m.clitics.conjunction || word.iter().any(|k| ctx.has(m, *k))
        };
        ctx.a.tokens.is_word(at) && !ctx.a.at(at).any(other)
    }

    /// «إن مدنياً», «أن شخصاً على الأقل» right before a token.
    pub(super) fn person_before(&self, at: usize) -> Option<Amount> {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let at = self.before_remark(at);
        let hedge = ctx.before(at, l.at_least).map_or(at, |h| h.first);
        // «إن شابا فلسطينيا استشهد»
        let adjective = ctx.before(hedge, l.nationality).filter(|n| ctx.before(n.first, l.victim).is_some());
        let last = ctx.before(adjective.map_or(hedge, |n| n.first), l.victim)?;
        // «أن مواطنا آخر أصيب»
        let adjective = ctx.has(last, l.other) || !last.clitics.conjunction && last.form.count == Count::Singular;
        let noun = ctx.before(last.first, l.victim).filter(|_| adjective);
        let m = noun.unwrap_or(last);
        let bare = !m.clitics.article && !m.clitics.conjunction && m.clitics.preposition == '\0';
        let person = bare && m.form.count == Count::Singular && !ctx.has(m, l.attacker) && !ctx.has(m, l.hurt_noun);
        let opens = m.first == self.first || [l.that, l.had].iter().any(|k| ctx.before(m.first, *k).is_some());
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
}
