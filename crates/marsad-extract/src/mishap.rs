//! Does the report say, a sentence later, that nobody attacked?
//!
//! «انفجار صهريج …. ووقع الحادث عقب …», «وسبب الانفجار تماس كهربائي», «أسقط الجيش مسيرة …. وكانت تحمل مخدرات»: the words that
//! stand beside a trigger are weighed in `trigger`; here is what stands further down.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::perpetrator;
use crate::unit::Unit;
use marsad_lang::Sentence;
use marsad_model::EventType;

/// So many sentences behind an explosion may give its cause.
const CAUSE_WITHIN: usize = 4;

/// So many where the sentence speaks of the explosion.
const CAUSE_FAR: usize = 12;

/// So many sentences before its victims an accident may be told.
const ACCIDENT_BEFORE: usize = 3;

/// The reason why the event is none, when the sentences behind it give one.
pub fn told_later(ctx: &Ctx, event: &Event) -> Option<&'static str> {
    let first = event.units.first()?.sentence;
    let mut near = ctx.a.sentences[first..].iter().take(CAUSE_WITHIN + 1);
    let l = ctx.l;
    let intercepted = || event.units.iter().flat_map(|u| &u.hits).all(|h| h.intercepted || h.casualty_only);
    match event.kind() {
        EventType::ExplosionUnclear if !names_arms(ctx, event) => {
            let far = ctx.a.sentences[first..].iter().take(CAUSE_FAR + 1);
            let explained = || far.into_iter().any(|s| speaks_of_it(ctx, s) && is_accident(ctx, s));
            (near.any(|s| is_accident(ctx, s)) || explained()).then_some("accident")
        }
        EventType::Ied | EventType::Grenade | EventType::ExplosionUnclear => {
            near.any(|s| ctx.any(s.first..s.end, l.by_mistake)).then_some("mishap")
        }
        // A force that kills a bystander by mistake has still fired at someone.
        EventType::ArmedAttack if perpetrator::doer(ctx, &event.units, EventType::ArmedAttack).is_none() => {
            let unit = &event.units[0];
            ctx.any(unit.first..unit.end, l.by_mistake).then_some("mishap")
        }
        // «اصطدام شاحنة …. وقال إن الضحايا الذين قضوا …»: its victims are told of in a sentence of their own.
        EventType::AttackUnspecified if event.units.iter().all(Unit::is_casualty_only) => {
            let told = &ctx.a.sentences[first.saturating_sub(ACCIDENT_BEFORE)..=first];
            // «قتل شخص في حادث …. وتتمثل صورة الحادث في اصطدام سيارة …»
            let explained = |s: &Sentence| ctx.any(s.first..s.end, l.the_incident) && of_itself(ctx, s);
            // «تزيد احتمالات الإصابة بسرطان …. كما ترتفع نسبة الإصابة لدى …»: an illness, named a sentence before.
            if told.iter().any(|s| is_of_illness(ctx, s)) {
                return Some("disease");
            }
            let found = told.iter().any(|s| of_itself(ctx, s)) || near.any(explained);
            found.then_some("accident")
        }
        EventType::DroneAttack if intercepted() => {
            near.any(|s| ctx.any(s.first..s.end, l.smuggling)).then_some("smuggling")
        }
        _ => None,
    }
}

/// «عبوة», «صاروخ», a suicide bomber: what explodes by itself is no accident.
fn names_arms(ctx: &Ctx, event: &Event) -> bool {
    let l = ctx.l;
    event.units.iter().any(|u| [l.explosive, l.suicide].iter().any(|k| ctx.any(u.first..u.end, *k)))
}

/// An accident is named, and not among what is still unknown.
fn is_accident(ctx: &Ctx, s: &Sentence) -> bool {
    let l = ctx.l;
    let accident = |m: &&marsad_lang::Mention| matches!(&*ctx.a.entry(m).id, "accident" | "by-mistake");
    let open = [l.perhaps, l.no_details].iter().any(|k| ctx.any(s.first..s.end, *k));
    // «انفجر صهريج غاز …، من دون أن تعرف الأسباب»: what it was that exploded.
    let exploded = |m: &marsad_lang::Mention| ctx.before(m.first, l.explode).is_some();
    ctx.all(s.first..s.end, l.not_event).filter(accident).any(|m| !open || exploded(m))
}

/// «وعد الضابط ارتفاع درجات الحرارة سببا لانفجار الذخيرة», «الحادث ناجم عن تماس كهربائي»
fn speaks_of_it(ctx: &Ctx, s: &Sentence) -> bool {
    [ctx.l.explode, ctx.l.the_incident].iter().any(|k| ctx.any(s.first..s.end, *k))
}

/// An illness, and nothing that wounds otherwise.
fn is_of_illness(ctx: &Ctx, s: &Sentence) -> bool {
    let l = ctx.l;
    let arms = [l.weapon, l.explosive, l.attack, l.bombard, l.raid, l.shoot, l.clash, l.detonate];
    ctx.any(s.first..s.end, l.disease) && !arms.iter().any(|k| ctx.any(s.first..s.end, *k))
}

/// An accident or a fire, and no word of arms or of an attack beside it.
fn of_itself(ctx: &Ctx, s: &Sentence) -> bool {
    let l = ctx.l;
    let span = || s.first..s.end;
    let acts = [l.weapon, l.explosive, l.attack, l.bombard, l.raid, l.shoot, l.clash, l.target_v, l.detonate, l.ignite];
    let attacked = acts.iter().any(|k| ctx.any(span(), *k));
    !attacked && (is_accident(ctx, s) || ctx.any(span(), l.fire))
}
