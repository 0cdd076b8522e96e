//! Whose deed is it where the verb has no subject?
//!
//! «استهدفت قوات … مدينة …. كما استهدفت بلدة … بقصف مدفعي»: Arabic leaves out the subject that the sentence before has. The
//! doer of the attack told right before is then the doer of this one too.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::unit::{Link, Unit};
use marsad_lang::Part;

/// Lets the tellings right before speak for the doer of a verb without a subject.
pub fn share(ctx: &Ctx, events: &mut [Event]) {
    for i in 1..events.len() {
        let before = events[i].summed.is_empty() && has_no_subject(ctx, &events[i].units[0]);
        let Some(told) = before.then(|| told_before(events, i)).flatten() else { continue };
        events[i].summed = told;
    }
}

/// The tellings of the event before, when it is told in this sentence or the last one.
fn told_before(events: &[Event], i: usize) -> Option<Vec<Unit>> {
    let sentence = events[i].units[0].sentence;
    let near = |u: &&Unit| u.sentence <= sentence && u.sentence + 1 >= sentence;
    let told: Vec<Unit> = events[i - 1].units.iter().filter(near).cloned().collect();
    (!told.is_empty()).then_some(told)
}

/// «كما استهدفت بلدة …»: an active verb that goes on, and no party anywhere in the telling.
fn has_no_subject(ctx: &Ctx, unit: &Unit) -> bool {
    let l = ctx.l;
    let Some(first) = unit.hits.iter().find(|h| !h.casualty_only) else { return false };
    let verb = ctx.a.at(first.head).any(|m| m.form.part == Part::Perfect && ctx.has(m, l.verb));
    let joined = unit.link == Link::Another || ctx.a.at(unit.first).any(|m| m.clitics.conjunction);
    let parties = [l.actor, l.force_word, l.militant];
    let named = parties.iter().any(|k| ctx.any(unit.first..unit.end, *k));
    verb && !first.noun && joined && first.head <= unit.first + 2 && !named
}
