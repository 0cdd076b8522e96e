//! How many did an event kill and wound, by all that is told of it?
//!
//! The first count said, later ones that raise it, the range where speakers differ; what comes on top is added, and
//! the wounded that died are counted as dead. A report that the present one has overtaken counts no more.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::munition;
use crate::recount;
use crate::toll::{self, Fact, Kind, Said, Tie, sum};
use marsad_lang::{Amount, Clause, Count, Mention, Opening, Part};
use marsad_model::*;

/// One statement of an event, and how the telling gives it in which it stands.
#[derive(Clone, Copy)]
struct Stated<'f> {
    fact: &'f Fact,
    /// Where its telling begins.
    telling: usize,
    /// The telling gives nothing but the count that somebody has.
    recounted: bool,
}

/// Tolls of all tellings: the first said, later ones that raise it, the range
/// where speakers differ.
pub fn add(ctx: &Ctx, event: &Event, out: &mut Incident) {
    let stated: Vec<Stated> = stated(ctx, event);
    let (died, stated): (Vec<Stated>, Vec<Stated>) =
        stated.into_iter().partition(|s| matches!(s.fact.tie, Tie::Moves | Tie::Same));
    out.casualties.killed = toll(ctx, &stated, Kind::Killed);
    out.casualties.wounded = toll(ctx, &stated, Kind::Wounded);
    out.casualties.pooled = toll(ctx, &stated, Kind::Pooled);
    out.casualties.perpetrators_killed = toll(ctx, &stated, Kind::Attackers);
    let facts: Vec<&Fact> = stated.iter().map(|s| s.fact).collect();
    died.iter().for_each(|s| wounded_who_died(ctx, &facts, s.fact, out));
    attackers_apart(ctx, event, out);
    stabbed_or_run_over(ctx, event, out);
    treated(ctx, event, out);
    out.casualties.by_group = groups(ctx, &facts);
    let damage = facts.iter().find(|f| f.kind == Kind::Damage);
    if let Some(f) = damage {
        let status = match f.said {
            Said::None => DamageStatus::ExplicitNone,
            Said::NotKnown => DamageStatus::ExplicitUnknown,
            _ => DamageStatus::Stated,
        };
        let value = (status == DamageStatus::Stated).then(|| ctx.quote(f.first, f.end));
        out.damage = Damage { status, value, evidence: vec![ctx.evidence(f.first, f.end, "damage")] };
    }
}

/// What is stated of the event, without the parts of a total and without the reports that are overtaken.
fn stated<'e>(ctx: &Ctx, event: &'e Event) -> Vec<Stated<'e>> {
    let counts = |f: &&Fact| !f.over_period && !f.breakdown;
    let dead = |f: &Fact| if let (Kind::Killed, Said::Count(a)) = (f.kind, f.said) { a.value } else { None };
    let present = event.units.iter().flat_map(|u| &u.facts).filter(counts).filter(|f| !f.earlier).find_map(dead);
    let mut out = vec![];
    for unit in &event.units {
        let recounted = recount::gives_only_counts(ctx, unit);
        // «تحدثوا عن قتيلين وستة جرحى», and three are dead by now: the wounded were counted then, too.
        let then = unit.facts.iter().filter(counts).filter(|f| f.earlier).filter_map(dead).reduce(f64::max);
        let overtaken = then.is_some() && then < present;
        let facts = unit.facts.iter().filter(counts).filter(|f| !(f.earlier && overtaken));
        out.extend(facts.map(|fact| Stated { fact, telling: unit.first, recounted }));
    }
    out
}

fn toll(ctx: &Ctx, stated: &[Stated], kind: Kind) -> Quantity {
    let mine: Vec<&Stated> = stated.iter().filter(|s| s.fact.kind == kind).collect();
    let counted: Vec<(Stated, Amount)> =
        mine.iter().filter_map(|s| if let Said::Count(a) = s.fact.said { Some((**s, a)) } else { None }).collect();
    let named: u32 = mine.iter().map(|s| if let Said::Named(n) = s.fact.said { n } else { 0 }).max().unwrap_or(0);
    let evidence = |f: &Fact| vec![ctx.evidence(f.first, f.end, "toll")];
    // What an earlier toll had said gives way to the present one, unless it was higher.
    let (earlier, present): (Vec<_>, Vec<_>) = counted.into_iter().partition(|(s, _)| s.fact.earlier);
    let (counted, earlier) = if present.is_empty() { (earlier, vec![]) } else { (present, earlier) };
    let counted = without_one_of_them(added_up(ctx, counted));
    let numbered = |(_, a): &&(Stated, Amount)| !a.vague && a.value.is_some();
    let first = counted.iter().find(numbered).or(counted.iter().find(|(_, a)| !a.vague)).or(counted.first());
    let Some((first, amount)) = first else {
        if let Some(s) = mine.iter().find(|s| matches!(s.fact.said, Said::Named(n) if n > 0)) {
            return Quantity::at_least(named, evidence(s.fact));
        }
        let none = mine.iter().find(|s| s.fact.said == Said::None);
        let unknown = mine.iter().find(|s| s.fact.said == Said::NotKnown);
        return match (none, unknown) {
            (Some(s), _) => Quantity::none(evidence(s.fact)),
            (None, Some(s)) => Quantity::not_known(evidence(s.fact)),
            _ => Quantity::unknown(),
        };
    };
    let mut q = munition::quantity(*amount, evidence(first.fact));
    let parts = are_parts(amount, &counted);
    for (s, a) in counted.iter().filter(|(s, a)| !a.vague && s.fact.first != first.fact.first) {
        let f = s.fact;
        let contrasted = contrasted(ctx, first.fact, f);
        // «ارتفعت الحصيلة إلى 11», then «أربعة من الجرحى فارقوا الحياة»: what is lower is within what was reached.
        let within = a.value < amount.value && (first.fact.update && !contrasted || is_first_count(ctx, f));
        let differs = a.value != amount.value && !within && (s.recounted || contrasted);
        if f.update && !(differs && by_another(ctx, f)) || f.tie == Tie::Adds && a.value > q.value.map(f64::from) {
            q = munition::quantity(*a, evidence(f));
        } else if differs && !parts && a.value.is_some() {
            // "At least" a lower one says nothing against a higher one, but on another's word.
            let says_less = a.value < amount.value && is_open(&munition::quantity(*a, vec![]));
            if !says_less || by_another(ctx, f) {
                widen(&mut q, *a, evidence(f));
            }
        } else if a.value == amount.value && q.max == q.value && a.max.is_none() {
            q.evidence.extend(evidence(f));
        }
    }
    let highest = q.max.or(q.value).map(f64::from);
    for (s, a) in earlier.iter().filter(|(s, a)| s.recounted && a.value > highest) {
        widen(&mut q, *a, evidence(s.fact));
    }
    q
}

/// «وثماني جثث حصيلة أولية»: lower, it was on the way to the other.
fn is_first_count(ctx: &Ctx, f: &Fact) -> bool {
    ctx.any(f.end..f.end + 2, ctx.l.toll)
}

/// «قتل 17: أحصى متطوع مقتل 14، وتحدثت الفرقة عن 3»: the others add up to the first.
fn are_parts(whole: &Amount, counted: &[(Stated, Amount)]) -> bool {
    let others: Vec<f64> = counted.iter().filter_map(|(_, a)| a.value).filter(|v| Some(*v) != whole.value).collect();
    others.len() >= 2 && Some(others.iter().sum::<f64>()) == whole.value
}

/// «اغتيال القائد …: خمسة قتلى»: he is one of those whom the same telling counts.
fn without_one_of_them(counted: Vec<(Stated, Amount)>) -> Vec<(Stated, Amount)> {
    let (uncounted, numbered): (Vec<_>, Vec<_>) =
        counted.iter().copied().partition(|(_, a)| !a.worded && a.value == Some(1.0) && a.max == a.value);
    let among = |one: &Stated| numbered.iter().any(|(s, a)| s.telling == one.telling && a.value > Some(1.0));
    if uncounted.iter().any(|(one, _)| among(one)) { numbered } else { counted }
}

/// «أصيب شخصان … وأصيب ثالث»: what comes on top goes to the count of its kind before it in the sentence.
fn added_up<'f>(ctx: &Ctx, counted: Vec<(Stated<'f>, Amount)>) -> Vec<(Stated<'f>, Amount)> {
    let mut out: Vec<(Stated, Amount)> = vec![];
    for (s, amount) in counted {
        let adds = s.fact.tie == Tie::Adds;
        match out.last_mut().filter(|(last, _)| adds && in_one_sentence(ctx, last.fact, s.fact)) {
            Some(last) => *last = (s, sum(last.1, amount)),
            None => out.push((s, amount)),
        }
    }
    out
}

fn in_one_sentence(ctx: &Ctx, a: &Fact, b: &Fact) -> bool {
    in_one_sentence_at(ctx, a.first, b.first)
}

fn in_one_sentence_at(ctx: &Ctx, a: usize, b: usize) -> bool {
    let of = |t: usize| ctx.a.sentences.partition_point(|s| s.end <= t);
    of(a) == of(b)
}

/// «مقتله وإصابة مرافقيه», then «المرافقان توفيا»: dead with those killed in the telling that had them wounded.
fn wounded_who_died(ctx: &Ctx, facts: &[&Fact], died: &Fact, out: &mut Incident) {
    let Said::Count(Amount { value: Some(more), .. }) = died.said else { return };
    let value = |f: &Fact| if let Said::Count(a) = f.said { a.value } else { None };
    let enough = |f: &Fact| if died.tie == Tie::Same { value(f) == Some(more) } else { value(f) >= Some(more) };
    let wounded = facts.iter().rfind(|f| f.kind == Kind::Wounded && f.first < died.first && enough(f));
    let hurt = facts.iter().any(|f| f.kind == Kind::Wounded);
    if died.tie == Tie::Same && wounded.is_none() && hurt {
        return;
    }
    // «قتيلين …؛ فقد أعلن أولاً وفاة امرأة وإصابة ثلاثة، ثم توفي أحدهم»: those told beside these wounded.
    let dead = |w: &Fact, f: &Fact| f.kind == Kind::Killed && in_one_sentence(ctx, w, f);
    let beside = |w: &&Fact| facts.iter().filter(|f| dead(w, f)).min_by_key(|f| f.first.abs_diff(w.first)).copied();
    let before = wounded.and_then(beside).and_then(value).unwrap_or(0.0);
    let c = &mut out.casualties;
    if c.killed.value.is_none_or(|told| f64::from(told) < before + more) {
        let evidence = vec![ctx.evidence(died.first, died.end, "toll")];
        let told = std::mem::replace(&mut c.killed, Quantity::exactly((before + more) as u32, evidence));
        c.killed.evidence.splice(0..0, told.evidence);
    }
    if let (Some(told), Some(_)) = (c.wounded.value, wounded) {
        let left = told.saturating_sub(more as u32);
        let evidence = std::mem::take(&mut c.wounded.evidence);
        c.wounded = if left == 0 { Quantity::unknown() } else { Quantity::exactly(left, evidence) };
    }
}

/// «بينما ذكرت مواقع أن عدد القتلى بلغ 39»: no later state of the count before, but somebody else's.
fn by_another(ctx: &Ctx, f: &Fact) -> bool {
    let clause = ctx.a.sentences.iter().flat_map(|s| &s.clauses).find(|c| c.first <= f.first && f.first < c.end);
    let opens = |c: &Clause| {
        let said = ctx.all(c.first..(c.first + SAID_WITHIN).min(c.end), ctx.l.speech).next();
        c.opening == Opening::Conjunction && said.is_some()
    };
    clause.is_some_and(opens)
}

/// Tokens from the head of a clause to its verb of speech.
const SAID_WITHIN: usize = 3;

/// Two speakers differ: «… فيما قال …», «… فيما استقرت حصيلة دائرة الصحة عند …».
fn contrasted(ctx: &Ctx, a: &Fact, b: &Fact) -> bool {
    let span = a.end.min(b.first)..b.first.max(a.end);
    let one_sentence = ctx.a.sentences.iter().any(|s| s.first <= a.first && b.end <= s.end);
    let near = b.first.saturating_sub(TOLL_NEAR).max(a.end);
    let toll = || ctx.any(near..b.first, ctx.l.toll);
    // «قتل عشرة وفق مصدر، والقرية شهدت …»: on whose word the first count is.
    let says = |m: &Mention| ctx.has(m, ctx.l.verb) || m.first >= near;
    one_sentence && span.len() < CONTRAST_MAX && (ctx.all(span, ctx.l.speech).any(says) || toll())
}

/// Tokens from one speaker's count to the next one's.
const CONTRAST_MAX: usize = 40;

/// Tokens from the word for a toll to the numbers of it.
const TOLL_NEAR: usize = 8;

/// "At least" so many.
fn is_open(q: &Quantity) -> bool {
    q.max.is_none() && q.min.is_some()
}

/// The range from the lower to the higher count.
fn widen(q: &mut Quantity, a: Amount, evidence: Vec<Evidence>) {
    let other = munition::quantity(a, vec![]);
    let highest = |x: &Quantity| x.max.or(x.value.filter(|_| !is_open(x)));
    q.max = match (highest(q), highest(&other)) {
        (Some(x), Some(y)) => Some(x.max(y)),
        (None, higher) if q.value < other.value => higher,
        // "At least 40", and on another's word "at least 25".
        (None, None) => q.value.max(other.value).filter(|_| is_open(&other)),
        _ => None,
    };
    q.min = q.min.or(q.value).min(other.min.or(other.value)).or(q.min);
    if q.min != q.max {
        q.value = q.value.filter(|_| q.max.is_none());
    }
    q.evidence.extend(evidence);
}

/// «ونقل معلمان إلى المستشفى»: hurt, where nothing else is told of the wounded.
fn treated(ctx: &Ctx, event: &Event, out: &mut Incident) {
    let c = &mut out.casualties;
    let mut facts = event.units.iter().flat_map(|u| &u.facts);
    let first = facts.find(|f| f.kind == Kind::Treated && !f.over_period && !f.earlier);
    if let (Some(f), false) = (first, c.wounded.is_said() || c.pooled.is_said())
        && let Said::Count(amount) = f.said
    {
        c.wounded = munition::quantity(amount, vec![ctx.evidence(f.first, f.end, "toll")]);
    }
}

/// «طُعن إسرائيليان», «دهس رجل ثلاثة جنود», «هاجم شرطيين بسكين»: hurt, where nothing else is told of them.
fn stabbed_or_run_over(ctx: &Ctx, event: &Event, out: &mut Incident) {
    let by_hand = matches!(out.event_type(), EventType::Stabbing | EventType::VehicleRamming);
    let c = &mut out.casualties;
    if !by_hand || c.killed.is_said() || c.wounded.is_said() || c.pooled.is_said() {
        return;
    }
    let told = event.units.iter().find_map(|u| {
        let acts = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Passive | Part::Imperfect);
        let verb = |m: &&Mention| acts(m) && !m.clitics.pronoun;
        let verbs =
            [ctx.l.stab, ctx.l.ram, ctx.l.attack].into_iter().flat_map(|k| ctx.all(u.first..u.end, k).filter(verb));
        verbs.into_iter().find_map(|m| toll::met_by(ctx, m, u.end))
    });
    if let Some((amount, first, end)) = told {
        c.wounded = munition::quantity(amount, vec![ctx.evidence(first, end, "toll")]);
    }
}

/// «استشهد شاب بعد عملية طعن», «استشهاد فلسطيني نفذ عملية …», «ارتقى شاب إثر تنفيذه عملية …»: the dead is the attacker.
fn attackers_apart(ctx: &Ctx, event: &Event, out: &mut Incident) {
    let by_hand = matches!(out.event_type(), EventType::Stabbing | EventType::VehicleRamming);
    let count = |f: &Fact| match f.said {
        Said::Count(a) => a.value,
        Said::Named(n) => Some(f64::from(n)),
        _ => None,
    };
    let attacker = event.units.iter().find_map(|u| {
        // «بعد إطلاق النار عليه»: he was shot, and stabbed nobody.
        let h = u.hits.iter().find(|h| !h.casualty_only && h.event != EventType::ArmedAttack)?;
        let f = u.facts.iter().find(|f| f.kind == Kind::Killed && f.by_verb && f.first < h.head)?;
        let after = by_hand && ctx.any(f.end..h.head, ctx.l.after);
        (after || count(f) == Some(1.0) && carried_out(ctx, f.end, h.head)).then(|| count(f)).flatten()
    });
    attackers_by_pretext(ctx, event, by_hand, out);
    let alone = |n: f64| out.casualties.killed.value.is_none_or(|told| f64::from(told) <= n);
    if out.casualties.killed.is_counted() && attacker.is_some_and(alone) {
        out.casualties.perpetrators_killed = std::mem::take(&mut out.casualties.killed);
    }
}

/// «استشهد شاب بزعم تنفيذه عملية طعن», then «مقتل المنفذ»: one and the same.
fn attackers_by_pretext(ctx: &Ctx, event: &Event, by_hand: bool, out: &mut Incident) {
    let alleged = event.units.iter().flat_map(|u| &u.facts).any(|f| {
        let behind = f.end..f.end + CARRIED_OUT_MAX;
        let his = |m: &Mention| m.clitics.pronoun && m.clitics.one && m.form.part == Part::Noun;
        f.kind == Kind::Killed
            && ctx.all(behind, ctx.l.pretext).any(|p| {
                in_one_sentence_at(ctx, f.first, p.first) && ctx.all(p.end..p.end + 2, ctx.l.carry_out).any(his)
            })
    });
    let c = &mut out.casualties;
    let same = c.killed.value.is_some() && c.killed.value == c.perpetrators_killed.value;
    match () {
        _ if !alleged => {}
        _ if same => c.killed = Quantity::unknown(),
        _ if by_hand && c.killed.value == Some(1) => c.perpetrators_killed = std::mem::take(&mut c.killed),
        _ => {}
    }
}

/// Tokens from the one who carries out an attack to the word for it.
const CARRIED_OUT_MAX: usize = 24;

/// «فلسطيني نفذ عملية طعن», «… إثر تنفيذه عملية طعن»: right behind the person, or with his pronoun.
fn carried_out(ctx: &Ctx, person: usize, attack: usize) -> bool {
    attack <= person + CARRIED_OUT_MAX
        && ctx.all(person..attack, ctx.l.carry_out).any(|m| {
            let right_behind = m.first == person && m.form.count == Count::Singular;
            let by_him = m.clitics.pronoun && m.clitics.one && m.form.part == Part::Noun;
            let verb = m.form.part == Part::Perfect && !m.clitics.conjunction;
            attack <= m.end + 2 && (right_behind && verb || by_him)
        })
}

fn groups(ctx: &Ctx, facts: &[&Fact]) -> Vec<GroupToll> {
    let mut out: Vec<GroupToll> = vec![];
    for f in facts {
        let (Some(group), Said::Count(a)) = (&f.group, f.said) else { continue };
        if matches!(&**group, "persons" | "others" | "dead" | "wounded" | "victims")
            || !matches!(f.kind, Kind::Killed | Kind::Wounded)
        {
            continue;
        }
        let q = munition::quantity(a, vec![ctx.evidence(f.first, f.end, "toll")]);
        let index = out.iter().position(|g| g.group == **group).unwrap_or_else(|| {
            out.push(GroupToll { group: group.to_string(), killed: Quantity::unknown(), wounded: Quantity::unknown() });
            out.len() - 1
        });
        let slot = if f.kind == Kind::Killed { &mut out[index].killed } else { &mut out[index].wounded };
        if !slot.is_said() {
            *slot = q;
        }
    }
    out
}
