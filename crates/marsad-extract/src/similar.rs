//! With what was «a similar attack» carried out?
//!
//! «انفجرت عبوة …. وفي حادثة مماثلة أصيب جنديان في …»: where it names no means of its own, it has those of the attack told
//! before.

use crate::context::Ctx;
use crate::unit::{Link, Unit};
use marsad_lang::Count;
use marsad_model::EventType;

/// So many tokens into its telling an incident may be called similar.
const REACH: usize = 6;

/// So many sentences before may stand what it is like.
const SENTENCES_BACK: usize = 4;

/// Gives the first telling of a sentence the type of the attack that it is said to be like.
pub fn carry(ctx: &Ctx, units: &mut [Unit], before: &[Unit]) {
    let Some(unit) = units.first_mut().filter(|u| u.event == EventType::AttackUnspecified && is_similar(ctx, u)) else {
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

/// «في حادثة مماثلة …» opens it, or «هجوم مماثل» is its word.
fn is_similar(ctx: &Ctx, unit: &Unit) -> bool {
    // «تشهد المدينة عمليات مماثلة» is no attack like the one before.
    let many = |t: usize| t > 0 && ctx.a.at(t - 1).any(|m| m.form.count == Count::Plural);
    let similar = |t: usize| ctx.is_at(t, ctx.l.similar) && !many(t);
    (unit.first..(unit.first + REACH).min(unit.end)).any(similar) || unit.hits.iter().any(|h| similar(h.end))
}
