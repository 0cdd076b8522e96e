//! With what was «a similar attack» carried out?
//!
//! «انفجرت عبوة …. وفي حادثة مماثلة أصيب جنديان في …»: where it names no means of its own, it has those of the attack told
//! before.

use crate::context::Ctx;
use crate::trigger::Hit;
use crate::unit::{Link, Unit};
use marsad_lang::{Count, Mention, Part};
use marsad_model::EventType;

/// So many tokens into its telling an incident may be called similar.
const REACH: usize = 6;

/// So many sentences before may stand what it is like.
const SENTENCES_BACK: usize = 4;

/// «سقطت مسيرة قرب القرية، واستهدفت أخرى حقلا», «…، وجندي في هجوم مماثل في قندهار»: another one of what was told right before.
pub fn carry_on(ctx: &Ctx, units: &mut [Unit]) {
    for i in 1..units.len() {
        let like = units[i - 1].event;
        let alike = |u: &Unit| another_acts(ctx, u) || u.hits.iter().any(|h| ctx.is_at(h.end, ctx.l.similar));
        let left_over = like == EventType::MineUxo && units[i].event == EventType::Ied && another_bomb(ctx, &units[i]);
        if left_over || units[i].event == EventType::AttackUnspecified && !like.is_vague() && alike(&units[i]) {
            units[i].carried = Some(like);
            units[i].event = like;
        }
    }
}

/// «قتل طفل بقنبلة من المخلفات، وأصيب راع بقنبلة أخرى»: one more of what lay there.
fn another_bomb(ctx: &Ctx, unit: &Unit) -> bool {
    crate::munition::weapons(ctx, unit.first, unit.end).any(|m| ctx.is_at(m.end, ctx.l.other_event))
}

/// «استهدفت أخرى»: the subject is one more, and nothing names it.
fn another_acts(ctx: &Ctx, unit: &Unit) -> bool {
    unit.hits.iter().find(|h| !h.casualty_only).is_some_and(|h| is_of_another(ctx, h))
}

/// «استهدفت أخرى», «وصدم آخر»: the verb of one more that acts; in «وأصابت آخر» he is the one hit.
pub fn is_of_another(ctx: &Ctx, hit: &Hit) -> bool {
    let verb = ctx.a.at(hit.head).any(|m| ctx.has(m, ctx.l.verb) && m.form.part == Part::Perfect);
    let harms = [ctx.l.injure, ctx.l.kill].iter().any(|l| ctx.is_at(hit.head, *l));
    let bare = |m: &Mention| !m.clitics.article && !m.clitics.conjunction;
    let other = ctx.l.other_event;
    let beside = [ctx.at(hit.end, other), ctx.at(hit.head + 1, other), ctx.before(hit.head, other)];
    verb && !harms && beside.into_iter().flatten().any(bare)
}

/// Gives the first telling of a sentence the type of the attack that it is said to be like.
pub fn carry(ctx: &Ctx, units: &mut [Unit], before: &[Unit]) {
    let open = |u: &Unit| u.event == EventType::AttackUnspecified || u.is_plain_bombardment() || lay_in_wait(ctx, u);
    let Some(unit) = units.first_mut().filter(|u| open(u) && is_similar(ctx, u)) else {
        return;
    };
    let near = |u: &&Unit| u.sentence + SENTENCES_BACK >= unit.sentence;
    let like = before.iter().rev().take_while(near).map(|u| u.event).find(|event| !event.is_vague());
    if let Some(event) = like {
        unit.carried = Some(event);
        unit.event = event;
        if unit.link == Link::None {
            unit.link = Link::Another;
        }
    }
}

/// «بكمين مماثل»: of a bomb, where that before it was one.
fn lay_in_wait(ctx: &Ctx, unit: &Unit) -> bool {
    let mut own = unit.hits.iter().filter(|h| !h.casualty_only).peekable();
    own.peek().is_some() && own.all(|h| ctx.is_at(h.head, ctx.l.ambush))
}

/// «في حادثة مماثلة …» opens it, or «هجوم مماثل» is its word.
fn is_similar(ctx: &Ctx, unit: &Unit) -> bool {
    // «تشهد المدينة عمليات مماثلة» is no attack like the one before.
    let many = |t: usize| t > 0 && ctx.a.at(t - 1).any(|m| m.form.count == Count::Plural);
    let similar = |t: usize| ctx.is_at(t, ctx.l.similar) && !many(t);
    (unit.first..(unit.first + REACH).min(unit.end)).any(similar)
        || unit.hits.iter().any(|h| (h.head..=h.end).any(similar))
}
