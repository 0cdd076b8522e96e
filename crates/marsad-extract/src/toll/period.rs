//! Does a toll count over a period rather than in one attack?
//!
//! «منذ الأربعاء», «خلال 24 ساعة», «في يوليو», «… بهجمات نفذتها الطائرات منذ عام 2016»: such a toll is a tally.

use crate::context::Ctx;
use crate::when::is_outset;
use marsad_lang::time::Unit;
use marsad_lang::{Amount, Clause, Count, Mention, NumberKind, Opening, Part, Sentence, TimeExpr, TimeMention};

/// What the clause counts, it counts over a period; that may be told elsewhere in the sentence.
pub(super) fn counts_over(ctx: &Ctx, clause: &Clause, counts: bool) -> bool {
    covers_period(ctx, clause)
        || caused_over_period(ctx, clause)
        || counts && (period_behind(ctx, clause) || beside_a_period(ctx, clause) || in_many_raids(ctx, clause))
}

/// «حصيلة الشهداء تجاوزت 41 ألفاً»: more than one attack kills, where the clause tells of none.
pub(super) fn is_of_war(ctx: &Ctx, clause: &Clause, amount: &Amount) -> bool {
    amount.value.or(amount.min) >= Some(OF_WAR) && !one_attack(ctx, clause.first..clause.end)
}

/// «14 هجوماً في ريف حمص خلفت …»: so many attacks at the head have one toll.
pub(super) fn of_many(ctx: &Ctx, clause: &Clause) -> bool {
    let sentence = sentence_of(ctx, clause);
    let before = sentence.into_iter().flat_map(|s| s.clauses.iter().filter(|c| c.end <= clause.first));
    // «14 هجوماً، خلفت تسعة قتلى، إضافة إلى جرح 20»
    let goes_on = [ctx.l.cause, ctx.l.in_addition].iter().any(|l| ctx.any(clause.first..clause.first + 2, *l));
    heads_many(ctx, clause) || goes_on && before.into_iter().any(|c| heads_many(ctx, c))
}

fn heads_many(ctx: &Ctx, clause: &Clause) -> bool {
    let l = ctx.l;
    // «أصيب 34 بهجوم»: the wounded are counted.
    let noun = |m: &Mention| m.form.part == Part::Noun && m.clitics.preposition == '\0';
    let attack = |m: &Mention| noun(m) && (ctx.has(m, l.attack) || ctx.has(m, l.target_v));
    ctx.a.numbers_in(clause.first..clause.first + 3).any(|n| {
        let many = n.kind == NumberKind::Cardinal && n.value >= Some(MANY_RAIDS);
        // «أوقعت ثلاث هجمات 26 قتيلا: …» sums up what follows.
        let sums_up = n.first > clause.first && ctx.is_at(clause.first, l.cause);
        many && n.first <= clause.first + 1 && !sums_up && ctx.a.at(n.core.1).any(attack)
    })
}

/// «… منذ أبريل عن إصابة 20 جندياً، بينما قتل اثنان», «استهدفت البلاد 30 مرة خلال العام، ودمرت …، وقتلت 80», «ومنذ الهدنة أحصت الوزارة …»: of
/// the same period as what the sentence told before, when neither a day nor one attack is told.
fn beside_a_period(ctx: &Ctx, clause: &Clause) -> bool {
    let Some(sentence) = sentence_of(ctx, clause) else { return false };
    let hurts = |span: std::ops::Range<usize>| [ctx.l.kill, ctx.l.injure].iter().any(|l| ctx.any(span.clone(), *l));
    let dated = |c: &Clause| ctx.a.times_in(c.first..c.end).next().is_some();
    let goes_on = hurts(clause.first..(clause.first + 2).min(clause.end));
    let mut before = sentence.clauses.iter().rev().filter(|c| c.end <= clause.first).peekable();
    let last = before.peek().is_some_and(|c| hurts(c.first..c.end) && covers_period(ctx, c));
    if dated(clause) {
        return false;
    }
    let framed = before.find(|c| dated(c)).is_some_and(|c| is_frame(ctx, c));
    goes_on && last || framed && !one_attack(ctx, clause.first..clause.end)
}

/// «ومنذ مطلع العام …», «… 30 مرة خلال العام 2022»: a long period, which the clause is all about.
fn is_frame(ctx: &Ctx, c: &Clause) -> bool {
    let long = |cue: &Mention| {
        ctx.a.times_in(cue.end..c.end).next().is_some_and(|(_, t)| is_long(&t.expr) || is_date(&t.expr))
    };
    let opens = ctx.all(c.first..(c.first + 2).min(c.end), ctx.l.since).any(long) || is_toll_of_month(ctx, c);
    opens || counts_many(ctx, c.first..c.end) && covers_period(ctx, c)
}

/// «إن حصيلة أكتوبر الماضي هي الأعلى»
fn is_toll_of_month(ctx: &Ctx, c: &Clause) -> bool {
    let month = |e: &TimeExpr| matches!(e, TimeExpr::Date { day: None, edge: None, .. });
    ctx.all(c.first..c.end, ctx.l.toll)
        .any(|m| ctx.a.times_in(m.end..m.end + 2).any(|(_, t)| t.first <= m.end + 1 && month(&t.expr)))
}

fn is_date(e: &TimeExpr) -> bool {
    matches!(e, TimeExpr::Date { .. })
}

/// «711 هجوماً», «32 مرة»: more than a report tells one by one.
fn counts_many(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let l = ctx.l;
    let acts = [l.attack, l.raid, l.strike, l.operation, l.bombard, l.time_of];
    ctx.a.numbers_in(span).any(|n| {
        n.kind == NumberKind::Cardinal && n.value > Some(MANY_RAIDS) && acts.iter().any(|k| ctx.is_at(n.core.1, *k))
    })
}

/// So many dead are those of a war rather than of an attack.
const OF_WAR: f64 = 2000.0;

/// Raids of which no one has a toll of its own.
const MANY_RAIDS: f64 = 3.0;

/// «مقتل 126 شخصاً، وذلك خلال تنفيذه 22 مداهمة»
fn in_many_raids(ctx: &Ctx, clause: &Clause) -> bool {
    let Some(sentence) = sentence_of(ctx, clause) else { return false };
    let acts = [ctx.l.storm, ctx.l.operation, ctx.l.raid];
    let many = |m: &Mention| m.quantity.is_some_and(|q| q.worded && q.value >= Some(MANY_RAIDS));
    let counted = |span: std::ops::Range<usize>| {
        acts.iter().any(|k| ctx.all(span.clone(), *k).any(many))
            || ctx.a.numbers_in(span).any(|n| {
                n.kind == NumberKind::Cardinal
                    && n.value >= Some(MANY_RAIDS)
                    && acts.iter().any(|k| ctx.is_at(n.core.1, *k))
            })
    };
    ctx.all(clause.first..sentence.end, ctx.l.during).any(|m| counted(m.end..(m.end + 4).min(sentence.end)))
}

fn sentence_of<'c>(ctx: &'c Ctx, clause: &Clause) -> Option<&'c Sentence> {
    ctx.a.sentence_at(clause.first)
}

/// Weeks, months or years.
fn is_long(e: &TimeExpr) -> bool {
    match e {
        TimeExpr::Duration { unit, .. } => matches!(unit, Unit::Week | Unit::Month | Unit::Year),
        TimeExpr::Year { .. } | TimeExpr::Calendar { .. } | TimeExpr::Date { day: None, .. } => true,
        _ => false,
    }
}

/// «1900 شخص قتلوا في …، بينهم 300 امرأة، بهجمات نفذتها الطائرات منذ عام 2016»: the period stands in a later clause,
/// at its head or behind attacks in the plural, and not in one that goes on about the place («التي تتعرض لهجمات منذ …»).
fn period_behind(ctx: &Ctx, clause: &Clause) -> bool {
    let Some(sentence) = sentence_of(ctx, clause) else { return false };
    let one_day = ctx.a.times_in(clause.first..clause.end).any(|(_, t)| t.is_point() && !is_long(&t.expr));
    if one_day || one_attack(ctx, clause.first..clause.end) {
        return false;
    }
    let mut later = sentence.clauses.iter().filter(|c| c.first >= clause.end).peekable();
    // «قتل 12 عاملاً وأصيب 30 خلال شهر»
    let hurts = |c: &Clause| [ctx.l.kill, ctx.l.injure].iter().any(|l| ctx.is_at(c.first, *l));
    if later.peek().is_some_and(|c| c.opening == Opening::And && hurts(c) && covers_period(ctx, c)) {
        return true;
    }
    later.take_while(|c| !one_attack(ctx, c.first..c.end)).any(|c| {
        let since = ctx
            .all(c.first..c.end, ctx.l.since)
            .find(|m| ctx.a.times_in(m.end..m.end + 4).any(|(_, t)| is_long(&t.expr)));
        since.is_some_and(|m| m.first == c.first || by_many_attacks(ctx, c.first, m.first))
            || during_operations(ctx, c.first..c.end)
    })
}

/// «خلال 22 مداهمة»: for as long as many operations took.
fn during_operations(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let l = ctx.l;
    let operation = |at: usize| [l.operation, l.storm, l.raid, l.attack].iter().any(|k| ctx.is_at(at, *k));
    ctx.all(span, l.during).any(|m| {
        let many = |n: &&marsad_lang::NumberMention| n.kind == NumberKind::Cardinal && n.value >= Some(3.0);
        ctx.a.numbers_in(m.end..m.end + 4).filter(many).any(|n| operation(n.core.1))
    })
}

/// «قتل بالهجمات آنفة الذكر …»: by all of many that were told.
fn by_those_told(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let l = ctx.l;
    let acts = [l.attack, l.raid, l.strike, l.operation, l.bombard];
    let many = |m: &Mention| m.form.count == Count::Plural && m.clitics.article;
    ctx.all(span, l.aforesaid).any(|m| acts.iter().any(|k| ctx.before(m.first, *k).is_some_and(many)))
}

/// «بهجمات نفذتها …»: attacks in the plural, glued to what they did, and nothing that is still going on.
fn by_many_attacks(ctx: &Ctx, first: usize, end: usize) -> bool {
    let l = ctx.l;
    let many = |m: &Mention| m.form.count == Count::Plural && m.clitics.preposition != '\0' && m.first <= first + 1;
    let goes_on = ctx.all(first..end, l.verb).any(|m| m.form.part == Part::Imperfect);
    [l.attack, l.raid, l.strike, l.operation].iter().any(|k| ctx.all(first..end, *k).any(many)) && !goes_on
}

/// «قُتل 28 جندياً بهجوم …» in a month is one attack; «قُتل 28 في تموز» is none by itself.
fn one_attack(ctx: &Ctx, span: std::ops::Range<usize>) -> bool {
    let l = ctx.l;
    // «84 هجوماً»: written in the singular, they are many.
    let many = |m: &Mention| {
        let number = ctx.a.numbers_in(m.first.saturating_sub(6)..m.first).find(|n| n.core.1 == m.first);
        let counted = m.form.part == Part::Noun && m.clitics.preposition == '\0';
        number.is_some_and(|n| counted && n.kind == NumberKind::Cardinal && n.value > Some(MANY_RAIDS))
    };
    let single =
        |m: &Mention| m.form.count == Count::Singular && !(m.clitics.article && m.form.part == Part::Noun) && !many(m);
    let acts = [l.attack, l.raid, l.ambush, l.strike, l.bombard, l.explosive];
    let struck = acts.iter().any(|k| ctx.all(span.clone(), *k).any(single));
    struck || by_bomber(ctx, span.start) || ctx.any(span.clone(), l.explode) || ctx.any(span, l.detonate)
}

/// «وفي مايو قتل 29 وأصيب 20 حين أطلق مسلحون النار على حافلة»: the clause of «حين» tells the one attack in which they died.
fn as_one_struck(ctx: &Ctx, clause: &Clause) -> bool {
    let l = ctx.l;
    let acts =
        [l.shoot, l.launch, l.attack, l.raid, l.bombard, l.target_v, l.detonate, l.explode, l.hit, l.storm, l.drop];
    let single = |m: &Mention| m.form.part == Part::Perfect && acts.iter().any(|k| ctx.has(m, *k));
    let strikes =
        |c: &Clause| ctx.is_at(c.first, l.when_word) && ctx.a.within(c.first..(c.first + 4).min(c.end)).any(single);
    sentence_of(ctx, clause).is_some_and(|s| s.clauses.iter().any(|c| c.first >= clause.end && strikes(c)))
}

/// «وكان انتحاريون قد قتلوا 12 شخصاً وأصابوا …»: what the sentence of a token tells a bomber did.
fn by_bomber(ctx: &Ctx, token: usize) -> bool {
    let sentence = ctx.a.sentence_at(token);
    let kills = |m: &Mention| ctx.has(m, ctx.l.suicide) && ctx.any(m.end..m.end + 2, ctx.l.kill);
    let bomber = |m: &Mention| ctx.a.at(m.first).any(kills);
    sentence.is_some_and(|s| ctx.all(s.first..s.end, ctx.l.attacker).any(bomber))
}

/// «… منذ أكثر من عامين، وتسببت الهجمات بمقتل …»: what the clause before told of a period caused it.
fn caused_over_period(ctx: &Ctx, clause: &Clause) -> bool {
    let opens = ctx.any(clause.first..(clause.first + 2).min(clause.end), ctx.l.cause);
    let sentence = sentence_of(ctx, clause);
    let before = sentence.and_then(|s| s.clauses.iter().rev().find(|c| c.first < clause.first));
    let long = |c: &Clause| {
        ctx.all(c.first..c.end, ctx.l.since).any(|m| {
            ctx.any(m.end..m.end + 2, ctx.l.war_start)
                || ctx.a.times_in(m.end..m.end + 6).any(|(_, t)| {
                    is_long(&t.expr) && (t.first <= m.end + 1 || !matches!(t.expr, TimeExpr::Date { .. }))
                })
        })
    };
    opens && before.is_some_and(long) || sentence.is_some_and(|s| attacks_of_a_year(ctx, s.first, clause.first))
}

/// «أدت هجمات هذا العام، بحسب …، إلى مقتل …»: cause and period stand in a clause before.
fn attacks_of_a_year(ctx: &Ctx, first: usize, end: usize) -> bool {
    let cause = ctx.all(first..end, ctx.l.cause).any(|m| m.first <= first + 1);
    let many = |m: &Mention| m.form.count == Count::Plural && m.form.part != Part::Perfect;
    let attacks = [ctx.l.attack, ctx.l.raid, ctx.l.strike].iter().any(|l| ctx.all(first..end, *l).any(many));
    let long = |e: &TimeExpr| matches!(e, TimeExpr::Year { .. } | TimeExpr::Calendar { .. });
    cause && attacks && ctx.a.times_in(first..end).any(|(_, t)| long(&t.expr))
}

/// «وهو الخامس خلال سبعة أيام», «وهو سادس انفجار منذ مطلع العام»: attacks are counted, not victims.
fn counts_attacks(ctx: &Ctx, cue: &Mention) -> bool {
    ctx.a.numbers_in(cue.first.saturating_sub(6)..cue.first).any(|n| n.kind == NumberKind::Ordinal)
}

/// «قتل سبعة في إعزاز التي تشهد تفجيرات منذ …»: what still goes on is told behind the toll.
fn goes_on_since(ctx: &Ctx, clause: &Clause, since: &Mention) -> bool {
    let finite = |m: &&Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive);
    let last = ctx.all(clause.first..since.first, ctx.l.verb).rfind(finite);
    let ongoing = last.filter(|m| m.form.part == Part::Imperfect);
    ongoing.is_some_and(|m| [ctx.l.kill, ctx.l.injure].iter().any(|l| ctx.any(clause.first..m.first, *l)))
}

/// «منذ الأربعاء», «خلال 24 ساعة», «في يوليو»: the clause counts over a period.
fn covers_period(ctx: &Ctx, clause: &Clause) -> bool {
    let span = clause.first..clause.end;
    // «منذ الصباح» is a part of one day.
    let today = |t: &TimeMention| matches!(t.expr, TimeExpr::Part | TimeExpr::Relative { days: 0, .. });
    // «اشتباكات اندلعت منذ مساء أمس»: one fight that goes on.
    let fight = ctx.any(span.clone(), ctx.l.clash);
    let since_today = |m: &Mention| {
        let first = ctx.a.times_in(m.end..m.end + 2).next().map(|(_, t)| t);
        first.map_or(ctx.is_at(m.end, ctx.l.part_of_day), |t| today(t) || fight && is_outset(t))
    };
    if ctx
        .all(span.clone(), ctx.l.since)
        .any(|m| !since_today(m) && !goes_on_since(ctx, clause, m) && !counts_attacks(ctx, m))
    {
        return true;
    }
    // «وأدّت هذه الهجمات إلى مقتل …»: many attacks, one toll.
    let these = ctx
        .all(span.clone(), ctx.l.this)
        .any(|m| ctx.a.at(m.end).any(|n| n.form.count == Count::Plural && n.clitics.article && ctx.has(n, ctx.l.verb)));
    if these {
        return true;
    }
    if during_operations(ctx, span.clone())
        || by_those_told(ctx, span.clone())
        || ctx.any(span.clone(), ctx.l.period_word)
    {
        return true;
    }
    ctx.a.times_in(span.clone()).any(|(_, t)| {
        // «محافظة مايو»: a name, and no month.
        if ctx.before(t.first, ctx.l.place_word).is_some() {
            return false;
        }
        let cue = ctx.before(t.first, ctx.l.during);
        let during = cue.is_some_and(|c| !counts_attacks(ctx, c));
        if ctx.before(t.first, ctx.l.range_between).is_some() || from_day_to_day(ctx, t) {
            return true;
        }
        match &t.expr {
            TimeExpr::Duration { unit, .. } => {
                during && matches!(unit, Unit::Hour | Unit::Day | Unit::Week | Unit::Month | Unit::Year)
            }
            // «والأسبوع الماضي شهدت المنطقة اشتباكات قُتل فيها 3»
            TimeExpr::Calendar { unit: Unit::Week, .. } if ctx.any(span.clone(), ctx.l.clash) => false,
            TimeExpr::Date { day: None, edge: None, .. } | TimeExpr::Calendar { .. } | TimeExpr::Year { .. } => {
                !one_attack(ctx, span.clone()) && !as_one_struck(ctx, clause)
            }
            _ => false,
        }
    })
}

/// «من 27 تشرين الثاني إلى 15 آذار»
fn from_day_to_day(ctx: &Ctx, t: &TimeMention) -> bool {
    let day = |t: &TimeMention| matches!(t.expr, TimeExpr::Date { day: Some(_), .. });
    let last = |u: &TimeMention| day(u) && ctx.before(u.first, ctx.l.range_to).is_some();
    day(t) && ctx.before(t.first, ctx.l.from).is_some() && ctx.a.times_in(t.end..t.end + 3).any(|(_, u)| last(u))
}
