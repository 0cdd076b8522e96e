//! With what was «a similar attack» carried out?
//!
//! «انفجرت عبوة …. وفي حادثة مماثلة أصيب جنديان في …»: where it names no means of its own, it has those of the attack told right
//! before.

use crate::context::Ctx;
use crate::unit::Unit;
use marsad_model::EventType;

/// So many tokens into its telling an attack may be called similar.
const REACH: usize = 6;

/// Gives the first telling of a sentence the type of the attack that it is said to be like.
pub fn carry(ctx: &Ctx, units: &mut [Unit], before: Option<&Unit>) {
    let (Some(unit), Some(before)) = (units.first_mut(), before) else { return };
    let near = unit.sentence <= before.sentence + 1;
    let similar = ctx.any(unit.first..(unit.first + REACH).min(unit.end), ctx.l.similar);
    if near && similar && unit.event == EventType::AttackUnspecified && !before.event.is_vague() {
        unit.carried = Some(before.event);
        unit.event = before.event;
    }
}
