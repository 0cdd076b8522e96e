//! How many did an event kill and wound, by all that is told of it?
//!
//! The first count said, later ones that raise it, the range where speakers differ; what comes on top is added, and
//! the wounded that died are counted as dead.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::munition;
use crate::toll::{Fact, Kind, Said, Tie, sum};
use marsad_lang::{Amount, Count, Mention, Part};
use marsad_model::*;

/// Tolls of all tellings: the first said, later ones that raise it, the range
/// where speakers differ.
pub fn add(ctx: &Ctx, event: &Event, out: &mut Incident) {
    let facts: Vec<&Fact> =
        event.units.iter().flat_map(|u| &u.facts).filter(|f| !f.over_period && !f.breakdown).collect();
    let (died, facts): (Vec<&Fact>, Vec<&Fact>) =
        facts.into_iter().partition(|f| matches!(f.tie, Tie::Moves | Tie::Same));
    out.casualties.killed = toll(ctx, &facts, Kind::Killed);
    out.casualties.wounded = toll(ctx, &facts, Kind::Wounded);
    out.casualties.pooled = toll(ctx, &facts, Kind::Pooled);
    out.casualties.perpetrators_killed = toll(ctx, &facts, Kind::Attackers);
    died.iter().for_each(|f| wounded_who_died(ctx, &facts, f, out));
    attackers_apart(ctx, event, out);
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

fn toll(ctx: &Ctx, facts: &[&Fact], kind: Kind) -> Quantity {
    let mine: Vec<&&Fact> = facts.iter().filter(|f| f.kind == kind).collect();
    let counted: Vec<(&Fact, Amount)> =
        mine.iter().filter_map(|f| if let Said::Count(a) = f.said { Some((**f, a)) } else { None }).collect();
    let named: u32 = mine.iter().map(|f| if let Said::Named(n) = f.said { n } else { 0 }).max().unwrap_or(0);
    let evidence = |f: &Fact| vec![ctx.evidence(f.first, f.end, "toll")];
    // What an earlier toll had said gives way to the present one.
    let present: Vec<(&Fact, Amount)> = counted.iter().filter(|(f, _)| !f.earlier).copied().collect();
    let counted = if present.is_empty() { counted } else { present };
    let counted = added_up(ctx, counted);
    let Some(first) = counted.iter().find(|(_, a)| !a.vague).or(counted.first()) else {
        if let Some(f) = mine.iter().find(|f| matches!(f.said, Said::Named(n) if n > 0)) {
            return Quantity::at_least(named, evidence(f));
        }
        let none = mine.iter().find(|f| f.said == Said::None);
        let unknown = mine.iter().find(|f| f.said == Said::NotKnown);
        return match (none, unknown) {
            (Some(f), _) => Quantity::none(evidence(f)),
            (None, Some(f)) => Quantity::not_known(evidence(f)),
            _ => Quantity::unknown(),
        };
    };
    let mut q = munition::quantity(first.1, evidence(first.0));
    for (f, a) in counted.iter().filter(|(f, a)| !a.vague && f.first != first.0.first) {
        if f.update || f.tie == Tie::Adds && a.value > q.value.map(f64::from) {
            q = munition::quantity(*a, evidence(f));
        } else if a.value != first.1.value && contrasted(ctx, first.0, f) {
            widen(&mut q, *a, evidence(f));
        } else if a.value == first.1.value && q.max == q.value && a.max.is_none() {
            q.evidence.extend(evidence(f));
        }
    }
    q
}

/// «أصيب شخصان … وأصيب ثالث»: what comes on top goes to the count of its kind before it in the sentence.
fn added_up<'f>(ctx: &Ctx, counted: Vec<(&'f Fact, Amount)>) -> Vec<(&'f Fact, Amount)> {
    let mut out: Vec<(&Fact, Amount)> = vec![];
    for (f, amount) in counted {
        match out.last_mut().filter(|(last, _)| f.tie == Tie::Adds && in_one_sentence(ctx, last, f)) {
            Some(last) => *last = (f, sum(last.1, amount)),
            None => out.push((f, amount)),
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
    let beside = |w: &&Fact| facts.iter().find(|f| f.kind == Kind::Killed && in_one_sentence(ctx, w, f)).copied();
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

/// Two speakers differ: «… فيما قال …».
fn contrasted(ctx: &Ctx, a: &Fact, b: &Fact) -> bool {
    let span = a.end.min(b.first)..b.first.max(a.end);
    let one_sentence = ctx.a.sentences.iter().any(|s| s.first <= a.first && b.end <= s.end);
    one_sentence && span.len() < 40 && ctx.any(span, ctx.l.speech)
}

fn widen(q: &mut Quantity, a: Amount, evidence: Vec<Evidence>) {
    let other = munition::quantity(a, vec![]);
    q.min = q.min.min(other.min).or(q.min);
    q.max = match (q.max, other.max) {
        (Some(x), Some(y)) => Some(x.max(y)),
        _ => None,
    };
    if q.min != q.max {
        q.value = q.value.filter(|_| q.max.is_none());
    }
    q.evidence.extend(evidence);
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
        let h = u.hits.iter().find(|h| !h.casualty_only)?;
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
