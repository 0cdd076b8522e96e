//! Who did it, in the words of the text?
//!
//! The doer of an act stands in few places: as subject of its verb («قصفت
//! مدفعية …», «طائرات … تقصف»), behind its noun («قصف تركي», «قصف لقوات …»), behind a
//! cue («من قبل …», «على يد …», «مصدره …») or behind the means («برصاص …»). Only words of
//! force and adjectives may stand between act and doer; whatever else stands
//! there is another phrase, and nobody is named. What is only believed becomes
//! an accusation, not a perpetrator.

use crate::context::Ctx;
use crate::party::{Phrase, QUOTES, after_times, is_arm, is_to, phrase, phrase_of};
use crate::retort::befalls_attacker;
use crate::unit::Unit;
use marsad_lang::{Count, Mention, Part};
use marsad_model::{Blame, BlameStrength, EventType, Evidence, Sourced};
use std::ops::Range;

/// A party to whom a text ascribes an act.
#[derive(Clone, Debug)]
pub struct Doer {
    pub name: String,
    pub evidence: Vec<Evidence>,
    /// «يُعتقد أنها …», or only where the fire came from is told.
    pub suspected: bool,
}

impl Doer {
    pub fn perpetrator(self) -> Option<Sourced<String>> {
        Sourced::with_all(self.name, self.evidence)
    }

    pub fn blame(self) -> Blame {
        Blame { actor: self.name, by: None, strength: BlameStrength::Accusation, evidence: self.evidence }
    }
}

/// The doer that the tellings of an event name: asserted before suspected,
/// early before late.
pub fn doer(ctx: &Ctx, units: &[Unit], kind: EventType) -> Option<Doer> {
    let all: Vec<Doer> = units.iter().flat_map(|u| doers(ctx, reach(ctx, u), kind)).collect();
    all.iter().find(|d| !d.suspected).or(all.first()).cloned()
}

/// A telling that stands alone in its sentence has its agent anywhere in it.
fn reach(ctx: &Ctx, unit: &Unit) -> Range<usize> {
    if !unit.alone {
        return unit.first..unit.end;
    }
    let s = &ctx.a.sentences[unit.sentence];
    s.first.max(unit.first.saturating_sub(FAR))..s.end.min(unit.end + FAR)
}

/// Sentences of run-on pages are long; what stands farther off is told of something else.
const FAR: usize = 40;

fn doers(ctx: &Ctx, range: Range<usize>, kind: EventType) -> Vec<Doer> {
    // Few words name a doer: see that before asking whom the act befell.
    let named = |m| named_by(ctx, m, range.end).filter(|_| !befalls_attacker(ctx, m, kind, range.end));
    ctx.a.within(range.clone()).filter_map(named).collect()
}

/// The doer to whom one word leads.
fn named_by(ctx: &Ctx, m: &Mention, end: usize) -> Option<Doer> {
    let l = ctx.l;
    if ctx.has(m, l.by_agent) {
        return phrase(ctx, m.end, end).map(|p| p.doer(false));
    }
    if ctx.has(m, l.fire_source) {
        return phrase(ctx, m.end, end).or_else(|| holder(ctx, m.end, end)).map(|p| p.doer(true));
    }
    if ctx.has(m, l.undertake) {
        return undertaken(ctx, m, end);
    }
    // «قصف من معسكرات قوات …»: whose guns stand there.
    if ctx.has(m, l.from_positions) {
        return phrase(ctx, m.end, end).filter(|p| p.is_group).map(|p| p.doer(true));
    }
    if ctx.has(m, l.weapon) {
        return of_means(ctx, m, end);
    }
    // «أُطلق من اليمن» tells where it came from.
    let act = Act::of(ctx, m).filter(|_| !ctx.has(m, l.launch_cue) && !arrests(ctx, m, end))?;
    match m.form.part {
        Part::Perfect | Part::Imperfect => subject(ctx, m, act, end),
        _ => behind_noun(ctx, m, act, end),
    }
}

/// «ألقت الشرطة القبض على …» throws nothing.
fn arrests(ctx: &Ctx, verb: &Mention, end: usize) -> bool {
    let caught = |m: &Mention| m.form.part == Part::Noun && !m.clitics.conjunction;
    ctx.has(verb, ctx.l.drop) && ctx.all(verb.end..(verb.end + 8).min(end), ctx.l.police_work).any(caught)
}

/// What a word of violence lets stand right behind its noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// «قصف …»: the doer.
    Fire,
    /// «استهداف …», «اغتيال …»: mostly whom it befell.
    Strike,
    /// «قتل»: in print the passive looks the same.
    Kill,
}

impl Act {
    fn of(ctx: &Ctx, m: &Mention) -> Option<Act> {
        let l = ctx.l;
        let any = |labels: &[marsad_lang::Label]| labels.iter().any(|label| ctx.has(m, *label));
        match () {
            _ if any(&[
                l.bombard,
                l.raid,
                l.attack,
                l.strike,
                l.shoot,
                l.launch,
                l.carry_out,
                l.operation,
                l.massacre,
                l.drop,
            ]) =>
            {
                Some(Act::Fire)
            }
            _ if any(&[
                l.target_v,
                l.assassinate,
                l.abduct,
                l.storm,
                l.detonate,
                l.blow_up,
                l.stab,
                l.ambush,
                l.hit,
                l.burn,
                l.ignite,
            ]) =>
            {
                Some(Act::Strike)
            }
            // «نصب مسلحون كمينا», «كمين نصبه مسلحون»
            _ if ctx.has(m, l.lay)
                && (ctx.before(m.first, l.ambush).is_some() || ctx.any(m.end..m.end + 8, l.ambush)) =>
            {
                Some(Act::Fire)
            }
            // «استولى قراصنة على ناقلة»; «تسيطر عليها قوات …» is no act.
            _ if ctx.has(m, l.capture) && ctx.any(m.end..m.end + 8, l.ship) => Some(Act::Strike),
            _ if ctx.has(m, l.kill) => Some(Act::Kill),
            _ => None,
        }
    }
}

/// «قصفت الطائرات الروسية …» or «الطائرات الروسية قصفت …».
fn subject(ctx: &Ctx, verb: &Mention, act: Act, end: usize) -> Option<Doer> {
    if ctx.has(verb, ctx.l.launch_cue) {
        return None;
    }
    // «عبوة استهدفت قوات …»: what stands before is the subject, what follows the object;
    // «غارة شنتها قوات …»: the pronoun is the object, what follows the subject.
    // and a verb in the plural («هاجموا الشرطة») stands behind its subject.
    let object = takes_object(ctx, verb);
    let at = after_times(ctx, verb.end, end);
    let behind = phrase(ctx, at, end).or_else(|| gunman(ctx, at)).filter(|p| {
        let befallen = ctx.all(p.end..(p.end + 2).min(end), ctx.l.weapon).any(|w| planted(ctx, w));
        !object && p.acts() && (act != Act::Kill || p.words == 0 || kills_others(ctx, p)) && !befallen
    });
    behind.or_else(|| before(ctx, verb)).or_else(|| carried(ctx, verb)).map(|p| p.doer(false))
}

/// «أطلق مسلح النار»: one man, of whom nothing else is known.
fn gunman(ctx: &Ctx, at: usize) -> Option<Phrase> {
    let m = ctx.at(at, ctx.l.gunman).filter(|m| m.clitics.preposition == '\0')?;
    let name = ctx.res.lexicon.actor("generic-gunmen")?.en.to_string();
    Some(Phrase { name, end: m.end, evidence: ctx.mention_evidence(m), words: 0, is_group: true })
}

/// «قتل عناصر من … ثلاثة مدنيين»: with an object behind it the verb is active.
fn kills_others(ctx: &Ctx, p: &Phrase) -> bool {
    let object = ctx.a.within(p.end..p.end + 3).find(|m| ctx.has(m, ctx.l.people));
    object.is_some_and(|m| !m.clitics.conjunction && m.clitics.preposition == '\0')
}

/// «صعّدت قوات … هجماتها، واستهدفت …»: a joined verb without a subject of its
/// own keeps that of the verb before it.
fn carried(ctx: &Ctx, verb: &Mention) -> Option<Phrase> {
    let joined = verb.clitics.conjunction && verb.form.part == Part::Perfect;
    let start = ctx.a.sentences.iter().find(|s| s.first <= verb.first && verb.first < s.end)?.first;
    let low = verb.first.saturating_sub(FAR).max(start);
    let verbs =
        ctx.all(low..verb.first, ctx.l.verb).filter(|v| v.form.part == Part::Perfect && !ctx.has(v, ctx.l.speech));
    let last = verbs.filter(|_| joined).last()?;
    // «نفذت ضربة استهدفت مسلحين وقتلت خمسة»: what followed that verb was its object.
    if takes_object(ctx, last) {
        return None;
    }
    phrase(ctx, after_times(ctx, last.end, verb.first), verb.first).filter(Phrase::acts)
}

/// What follows the verb is whom it befell: its subject stands before it.
fn takes_object(ctx: &Ctx, verb: &Mention) -> bool {
    !verb.clitics.pronoun && has_antecedent(ctx, verb.first) || verb.form.count == Count::Plural
}

/// An attack or arms right before a verb, without an article of its own clause.
fn has_antecedent(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    [
        l.weapon,
        l.bombard,
        l.raid,
        l.attack,
        l.strike,
        l.operation,
        l.detonate,
        l.act_adjective,
        l.nationality,
        l.explode,
    ]
    .iter()
    .any(|label| ctx.before(at, *label).is_some())
}

/// «استهدفت قوات … بعبوة»: what is planted is met, so the verb is passive.
fn planted(ctx: &Ctx, weapon: &Mention) -> bool {
    weapon.clitics.preposition != '\0'
        && matches!(&*ctx.a.entry(weapon).family, "ied" | "car-bomb" | "mine" | "suicide")
}

/// The party that ends right before a verb, as the head of its own phrase.
fn before(ctx: &Ctx, verb: &Mention) -> Option<Phrase> {
    let start = ctx.a.sentences.iter().find(|s| s.first <= verb.first && verb.first < s.end).map_or(0, |s| s.first);
    let low = verb.first.saturating_sub(8).max(start);
    (low..verb.first).find_map(|from| {
        let free = governs_nothing(ctx, from);
        let p = phrase(ctx, from, verb.first).filter(|p| free && p.acts())?;
        let rest = after_times(ctx, p.end, verb.first);
        let allied = ctx.a.at(rest).any(|m| m.clitics.conjunction && ctx.has(m, ctx.l.force_word));
        let rest = if allied && !ctx.any(rest..verb.first, ctx.l.verb) { verb.first } else { rest };
        let bridge = (rest..verb.first).all(|t| {
            ctx.is_at(t, ctx.l.act_adjective) || ctx.is_at(t, ctx.l.nationality) || SIGNS.iter().any(|q| ctx.sign(t, q))
        });
        (bridge && rest <= verb.first).then_some(p)
    })
}

/// True where a phrase begins that no preposition and no noun before it holds.
fn governs_nothing(ctx: &Ctx, from: usize) -> bool {
    let glued = ctx.a.at(from).any(|m| m.clitics.preposition != '\0');
    let l = ctx.l;
    let held = [
        l.prep_place,
        l.prep_in,
        l.on,
        l.near,
        l.toward,
        l.from,
        l.by_agent,
        l.force_word,
        l.act_adjective,
        l.people,
        l.target,
    ]
    .iter()
    .any(|label| ctx.before(from, *label).is_some());
    !glued && !held
}

/// «قصف تركي», «قصف مدفعي لقوات …», «استهداف قوات … لبلدة».
fn behind_noun(ctx: &Ctx, noun: &Mention, act: Act, end: usize) -> Option<Doer> {
    let p = phrase_of(ctx, noun.end, end, act == Act::Fire)?;
    let attribute = !p.is_group && p.words == 0 && ctx.has(noun, ctx.l.target_v);
    // «استهداف القوات التركية قرية عقيبة»: with an object behind it the party is the subject.
    let hands_on = ctx.a.at(p.end).any(|m| is_to(ctx, m)) || p.is_group && object_at(ctx, p.end);
    let does = match act {
        Act::Fire => true,
        Act::Strike => attribute || hands_on,
        Act::Kill => false,
    };
    does.then(|| p.doer(false))
}

/// A place, a thing or people that no preposition governs.
fn object_at(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    let at = if QUOTES.iter().any(|q| ctx.sign(at, q)) { at + 1 } else { at };
    let bare = |m: &Mention| m.clitics.preposition == '\0' && !m.clitics.conjunction;
    let thing = |m: &Mention| [l.place_word, l.place, l.target, l.people].iter().any(|k| ctx.has(m, *k));
    ctx.a.at(at).any(|m| bare(m) && thing(m))
}

/// «قيام قوات … باستهداف», «أقدم جيش … على قصف»: who undertook it.
fn undertaken(ctx: &Ctx, m: &Mention, end: usize) -> Option<Doer> {
    let p = phrase(ctx, m.end, end).filter(|p| p.is_group)?;
    let act = (p.end..(p.end + 2).min(end)).any(|t| ctx.a.at(t).any(|n| Act::of(ctx, n).is_some()));
    act.then(|| p.doer(false))
}

/// «برصاص …», «بطائرة مسيّرة تركية», «صاروخ إيراني», «مسيّرة تابعة لـ…», «طائرات يُعتقد أنها روسية».
fn of_means(ctx: &Ctx, weapon: &Mention, end: usize) -> Option<Doer> {
    if !is_arm(ctx, weapon) || is_to(ctx, weapon) || is_met(ctx, weapon) {
        return None;
    }
    // «نفذتها طائرة أمريكية من دون طيار»: the nationality may stand inside the name.
    let inside = ctx.all(weapon.first + 1..weapon.end, ctx.l.nationality).next();
    if let Some(p) = inside.and_then(|n| phrase_of(ctx, n.first, weapon.end, false)) {
        return Some(p.doer(false));
    }
    let believed = (weapon.end..(weapon.end + 3).min(end)).find_map(|t| ctx.at(t, ctx.l.believed));
    if let Some(p) = phrase_of(ctx, weapon.end, end, true) {
        return Some(p.doer(believed.is_some()));
    }
    let from = believed.map_or(weapon.end, |b| b.end);
    // «قصفت طائرة حربية، لجيش …»
    let from = if ctx.sign(from, "،") && ctx.a.at(from + 1).any(|m| is_to(ctx, m)) { from + 1 } else { from };
    if let Some(p) = phrase_of(ctx, from, end, true).filter(|p| p.is_group && from > weapon.end) {
        return Some(p.doer(believed.is_some()));
    }
    let owned = (from..(from + 4).min(end)).find_map(|t| ctx.at(t, ctx.l.belonging));
    match (believed, owned) {
        (_, Some(o)) => phrase_of(ctx, o.end, end, true).map(|p| p.doer(believed.is_some())),
        (Some(b), None) => (b.end..(b.end + 3).min(end)).find_map(|t| phrase(ctx, t, end)).map(|p| p.doer(true)),
        (None, None) => None,
    }
}

/// Arms that were hit themselves: «استهدفت دبابة …», «أسقط طائرة …».
fn is_met(ctx: &Ctx, weapon: &Mention) -> bool {
    let l = ctx.l;
    let vessel = matches!(&*ctx.a.entry(weapon).family, "aircraft" | "drone" | "boat");
    let struck = [l.stop, l.destroy, l.target_v, l.hit, l.seize, l.fall]
        .iter()
        .any(|label| ctx.before(weapon.first, *label).is_some());
    // «استهدفت طائرة مسيرة تابعة لـ… مواطنين»: what is owned and has an object behind it struck.
    let owned = (weapon.end..weapon.end + 2).find_map(|t| ctx.at(t, l.belonging));
    let party = owned.and_then(|o| phrase_of(ctx, o.end, o.end + 8, true));
    let struck = struck && !party.is_some_and(|p| object_at(ctx, p.end) || ctx.sign(p.end, "،"));
    let downed = vessel && ctx.before(weapon.first, l.intercept).is_some();
    (vessel && struck && weapon.clitics.preposition == '\0') || downed
}

/// «المناطق التي تسيطر عليها …», «مناطق سيطرة …»: only whose ground it came from.
fn holder(ctx: &Ctx, from: usize, end: usize) -> Option<Phrase> {
    (from..(from + 6).min(end)).find_map(|t| phrase(ctx, t, end).filter(|p| p.is_group))
}

/// What may stand between a subject and its verb.
const SIGNS: [&str; 6] = ["\"", "»", "”", "›", "'", "،"];
