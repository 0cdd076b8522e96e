//! Who did it, in the words of the text?
//!
//! The doer of an act stands in few places: as subject of its verb («قصفت
//! مدفعية …», «طائرات … تقصف»), behind its noun («قصف تركي», «قصف لقوات …»), behind a
//! cue («من قبل …», «على يد …», «مصدره …») or behind the means («برصاص …»). Only words of
//! force and adjectives may stand between act and doer; whatever else stands
//! there is another phrase, and nobody is named. What is only believed becomes
//! an accusation, not a perpetrator.

use crate::context::Ctx;
use crate::habit::is_habit;
use crate::party::{Phrase, QUOTES, after_backing, after_times, is_arm, is_to, phrase, phrase_of};
use crate::retort::befalls_attacker;
use crate::suspect::{suspects, told};
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

/// The doer that a stretch of text names.
pub fn doer_in(ctx: &Ctx, range: Range<usize>, kind: EventType) -> Option<Doer> {
    doers(ctx, range, kind).into_iter().next()
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
    // What somebody left behind is his where it goes off.
    let left = |m: &Mention| kind == EventType::MineUxo || !ctx.has(m, ctx.l.remnants);
    // Few words name a doer: see that before asking whom the act befell.
    let told = |m: &Mention| left(m) && !befalls_attacker(ctx, m, kind, range.end) && !is_habit(ctx, m);
    let named = |m| named_by(ctx, m, range.end).or_else(|| answering(ctx, m, &range)).filter(|_| told(m));
    ctx.a.within(range.clone()).filter_map(named).collect()
}

/// «هاجمت قوة من … قرية»: the force behind a verb of attack is its subject.
pub fn is_doer_of(ctx: &Ctx, force: &Mention, end: usize) -> bool {
    let verbs = ctx.a.within(force.first.saturating_sub(SUBJECT)..force.first);
    verbs.into_iter().any(|v| {
        let finite = matches!(v.form.part, Part::Perfect | Part::Imperfect);
        let undertakes = ctx.has(v, ctx.l.undertake);
        let at = after_times(ctx, v.end, force.first + 1);
        if at != force.first || !(undertakes || finite && Act::of(ctx, v).is_some_and(|a| a != Act::Kill)) {
            return false;
        }
        undertakes || Act::of(ctx, v).is_some_and(|a| subject_behind(ctx, v, a, end).is_some())
    })
}

/// Tokens from a verb to its subject, over words of time.
const SUBJECT: usize = 6;

/// The doer to whom one word leads.
fn named_by(ctx: &Ctx, m: &Mention, end: usize) -> Option<Doer> {
    let l = ctx.l;
    if ctx.has(m, l.by_agent) {
        return phrase(ctx, m.end, end).map(|p| p.doer(false));
    }
    // «لغم زرعته ميليشيا …», «من مخلفات ميليشيا …»
    if ctx.has(m, l.planted_by) || ctx.has(m, l.remnants) {
        return phrase(ctx, m.end, end).filter(|p| p.is_group && !p.unnamed).map(|p| p.doer(false));
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
        // «كمين نصبته للجيش»: a verb with its object, and behind «لـ» stands who was waylaid.
        _ if ctx.has(m, l.lay) => subject(ctx, m, act, end),
        _ => behind_noun(ctx, m, act, end),
    }
}

/// «ألقت الشرطة القبض على …» throws nothing.
fn arrests(ctx: &Ctx, verb: &Mention, end: usize) -> bool {
    let caught = |m: &Mention| m.form.part == Part::Noun && !m.clitics.conjunction;
    ctx.has(verb, ctx.l.drop) && ctx.all(verb.end..(verb.end + 8).min(end), ctx.l.police_work).any(caught)
}

/// «وردت المدفعية التركية بقصف مواقع …»: with fire, and nothing told before it in the same telling that it answers.
fn answering(ctx: &Ctx, verb: &Mention, range: &Range<usize>) -> Option<Doer> {
    let l = ctx.l;
    if !ctx.has(verb, l.answer) {
        return None;
    }
    let attacks = [l.bombard, l.target_v, l.raid, l.attack, l.strike, l.shoot, l.explode, l.detonate, l.kill];
    if attacks.iter().any(|k| ctx.any(range.start..verb.first, *k)) {
        return None;
    }
    let p = phrase(ctx, after_times(ctx, verb.end, range.end), range.end).filter(|p| p.is_group && !p.unnamed)?;
    let fires = |m: &Mention| {
        let act = m.form.part == Part::Noun && [l.bombard, l.target_v, l.raid].iter().any(|k| ctx.has(m, *k));
        m.clitics.preposition != '\0' && (act || ctx.has(m, l.weapon) && is_arm(ctx, m))
    };
    ctx.a.within(p.end..(p.end + ANSWER).min(range.end)).find(|m| fires(m)).map(|_| p.doer(false))
}

/// Tokens from who answers to with what.
const ANSWER: usize = 3;

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
    if let Some(doer) =
        subject_behind(ctx, verb, act, end).map(|p| told(ctx, verb, p)).or_else(|| suspects(ctx, verb, end))
    {
        return Some(doer);
    }
    // «ثلاثة من عناصر التنظيم قتلوا في قصف»: without an object it is they who died.
    let object = after_times(ctx, verb.end, end);
    let object = ctx.at(object, ctx.l.also).map_or(object, |m| m.end);
    let active = act != Act::Kill || victim_at(ctx, object);
    let ahead = before(ctx, verb).or_else(|| carried(ctx, verb)).filter(|_| active);
    ahead.map(|p| told(ctx, verb, p))
}

/// The party right behind its verb.
fn subject_behind(ctx: &Ctx, verb: &Mention, act: Act, end: usize) -> Option<Phrase> {
    // «عبوة استهدفت قوات …»: what stands before is the subject, what follows the object;
    // «غارة شنتها قوات …»: the pronoun is the object, what follows the subject.
    // and a verb in the plural («هاجموا الشرطة») stands behind its subject.
    if takes_object(ctx, verb) {
        return None;
    }
    let at = after_times(ctx, verb.end, end);
    phrase(ctx, at, end).or_else(|| gunman(ctx, at)).filter(|p| {
        let befallen = ctx.all(p.end..(p.end + 2).min(end), ctx.l.weapon).any(|w| planted(ctx, w, p.end));
        p.acts() && (act != Act::Kill || p.words == 0 || kills_others(ctx, p)) && !befallen
    })
}

/// «أطلق مسلح النار»: one man, of whom nothing else is known.
fn gunman(ctx: &Ctx, at: usize) -> Option<Phrase> {
    let m = ctx.at(at, ctx.l.gunman).filter(|m| m.clitics.preposition == '\0')?;
    let name = ctx.res.lexicon.actor("generic-gunmen")?.en.to_string();
    let evidence = ctx.mention_evidence(m);
    Some(Phrase { name, end: m.end, evidence, words: 0, is_group: true, unnamed: true })
}

/// «قتل عناصر من … ثلاثة مدنيين»: with an object behind it the verb is active.
fn kills_others(ctx: &Ctx, p: &Phrase) -> bool {
    victim_at(ctx, after_times(ctx, p.end, p.end + 3))
}

/// People that no preposition governs, counted or not, and named or not.
pub fn victim_at(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    let at = if QUOTES.iter().any(|q| ctx.sign(at, q)) { at + 1 } else { at };
    let counted = ctx.a.numbers_in(at..at + 1).any(|n| n.first == at) || ctx.a.tokens.is_number(at);
    let bare = |m: &Mention| m.clitics.preposition == '\0' && !m.clitics.conjunction && m.phrase.0.min(m.first) <= at;
    let person = |m: &Mention| [l.people, l.person, l.kin, l.victim].iter().any(|k| ctx.has(m, *k));
    counted || ctx.a.within(at..at + 3).any(|m| bare(m) && person(m))
}

/// «صعّدت قوات … هجماتها، واستهدفت …»: a joined verb without a subject of its
/// own keeps that of the verb before it.
fn carried(ctx: &Ctx, verb: &Mention) -> Option<Phrase> {
    // «كما استهدفت قرية …», and not «كما طال القصف …» nor «تزامنا مع قصف …».
    let also = || ctx.before(verb.first, ctx.l.also).is_some() && is_sure(ctx, verb) && object_at(ctx, verb.end);
    let then = ctx.before(verb.first, ctx.l.then).is_some() || also();
    let joined = (verb.clitics.conjunction || then) && verb.form.part == Part::Perfect;
    let start = ctx.a.sentences.iter().find(|s| s.first <= verb.first && verb.first < s.end)?.first;
    let low = verb.first.saturating_sub(FAR).max(start);
    let verbs =
        ctx.all(low..verb.first, ctx.l.verb).filter(|v| v.form.part == Part::Perfect && !ctx.has(v, ctx.l.speech));
    let Some(last) = verbs.filter(|_| joined).last() else { return topic(ctx, verb, low) };
    // «نفذت ضربة استهدفت مسلحين وقتلت خمسة»: what followed that verb was its object.
    if takes_object(ctx, last) {
        return None;
    }
    let behind = phrase(ctx, after_times(ctx, last.end, verb.first), verb.first).filter(Phrase::acts);
    behind.or_else(|| topic(ctx, verb, low))
}

/// «إن قوات … ردت على النيران، وقصفت …»: who stands behind «إن» does all that is told of him, until another acts.
fn topic(ctx: &Ctx, verb: &Mention, start: usize) -> Option<Phrase> {
    let joined = verb.clitics.conjunction && verb.form.part == Part::Perfect;
    let that = ctx.all(start..verb.first, ctx.l.content_that).rfind(|_| joined)?;
    let p = phrase(ctx, that.end, verb.first).filter(Phrase::acts)?;
    let acts = |v: &Mention| {
        let finite = matches!(v.form.part, Part::Perfect | Part::Imperfect);
        finite && phrase(ctx, after_times(ctx, v.end, verb.first), verb.first).is_some_and(|q| q.acts())
    };
    let own = || object_at(ctx, verb.end) || verb.clitics.pronoun || of_things(ctx, verb);
    (own() && !ctx.all(p.end..verb.first, ctx.l.verb).any(acts)).then_some(p)
}

/// «وقصفت بالهاون سيارة»: an object behind what they shot with.
fn of_things(ctx: &Ctx, verb: &Mention) -> bool {
    after_means(ctx, verb.end, verb.end + 2 * MEANS).is_some_and(|at| object_at(ctx, at))
}

/// A verb that in print is no noun, too.
fn is_sure(ctx: &Ctx, verb: &Mention) -> bool {
    ctx.a.at(verb.first).all(|m| m.form.part != Part::Noun)
}

/// What follows the verb is whom it befell: its subject stands before it.
fn takes_object(ctx: &Ctx, verb: &Mention) -> bool {
    let told = ctx.before(verb.first, ctx.l.subject_pronoun).is_some();
    !verb.clitics.pronoun && has_antecedent(ctx, verb.first) || verb.form.count == Count::Plural || told
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

/// «استهدفت قوات … بعبوة», «استهدفت قوات … عبوة»: what is planted is met, so it was they who were hit.
fn planted(ctx: &Ctx, weapon: &Mention, behind: usize) -> bool {
    let subject = weapon.first == behind && !weapon.clitics.conjunction;
    (weapon.clitics.preposition != '\0' || subject)
        && matches!(&*ctx.a.entry(weapon).family, "ied" | "car-bomb" | "mine" | "suicide")
}

/// The party that ends right before a verb, as the head of its own phrase.
fn before(ctx: &Ctx, verb: &Mention) -> Option<Phrase> {
    let start = ctx.a.sentences.iter().find(|s| s.first <= verb.first && verb.first < s.end).map_or(0, |s| s.first);
    let low = verb.first.saturating_sub(AHEAD).max(start);
    (low..verb.first).find_map(|from| {
        let free = governs_nothing(ctx, from);
        let p = phrase(ctx, from, verb.first).filter(|p| free && p.acts())?;
        // «مواقع مشتركة بين "…" و…، حيث قصف», and not «بين مسلحين هاجموا الدورية».
        if ctx.before(before_quote(ctx, from), ctx.l.range_between).is_some() && p.end < verb.first {
            return None;
        }
        let rest = after_backing(ctx, after_times(ctx, p.end, verb.first));
        let l = ctx.l;
        let joined = |label| ctx.at(rest, label).filter(|m| m.clitics.conjunction);
        let allied = joined(l.force_word).is_some() && !ctx.any(rest..verb.first, l.verb);
        let ally = joined(l.actor).map_or(rest, |m| after_backing(ctx, m.end));
        let rest = if allied { verb.first } else { after_station(ctx, ally, verb.first) };
        let bridge = (rest..verb.first).all(|t| {
            let l = ctx.l;
            let small = [l.act_adjective, l.nationality, l.verb_particle, l.subject_pronoun];
            let emphasized = ctx.is_at(t, l.relative) && ctx.before(t, l.subject_pronoun).is_some();
            small.iter().any(|k| ctx.is_at(t, *k)) || emphasized || SIGNS.iter().any(|q| ctx.sign(t, q))
        });
        (bridge && rest <= verb.first).then_some(p)
    })
}

/// Where the quotation mark stands that opens right before a token, else the token.
fn before_quote(ctx: &Ctx, at: usize) -> usize {
    if at > 0 && QUOTES.iter().any(|q| ctx.sign(at - 1, q)) { at - 1 } else { at }
}

/// So far before its verb a subject begins.
const AHEAD: usize = 12;

/// Past «المتمركزة في …،»: where a force stands that then acts.
fn after_station(ctx: &Ctx, at: usize, verb: usize) -> usize {
    let told = ctx.is_at(at, ctx.l.stationed) && !ctx.any(at..verb, ctx.l.verb);
    let comma = || (at..verb).rev().find(|t| ctx.sign(*t, "،")).map(|t| t + 1);
    if told { comma().unwrap_or(verb) } else { at }
}

/// True where a phrase begins that no preposition and no noun before it holds.
fn governs_nothing(ctx: &Ctx, from: usize) -> bool {
    let glued = ctx.a.at(from).any(|m| m.clitics.preposition != '\0');
    let l = ctx.l;
    let open = before_quote(ctx, from);
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
    .any(|label| ctx.before(open, *label).is_some());
    // «مستوطنون بحماية القوات»
    let beside = ctx.before(from, l.backed).is_some();
    !glued && !held && !beside
}

/// «قصف تركي», «قصف مدفعي لقوات …», «استهداف قوات … لبلدة».
fn behind_noun(ctx: &Ctx, noun: &Mention, act: Act, end: usize) -> Option<Doer> {
    let p = phrase_of(ctx, noun.end, end, act == Act::Fire)?;
    if is_object_of(ctx, noun, &p) {
        return None;
    }
    let attribute = !p.is_group && p.words == 0 && ctx.has(noun, ctx.l.target_v);
    // «استهداف القوات التركية قرية عقيبة»: with an object behind it the party is the subject.
    let object = |t: usize| ctx.a.at(t).any(|m| is_to(ctx, m)) || p.is_group && object_at(ctx, t);
    let hands_on = object(p.end) || p.is_group && after_means(ctx, p.end, end).is_some_and(object);
    let does = match act {
        Act::Fire => true,
        Act::Strike => attribute || hands_on,
        Act::Kill => false,
    };
    does.then(|| p.doer(false))
}

/// «استهداف القوات، بالرشاشات الثقيلة، قرية …», «استهداف القوات بصاروخ موجه لسيارة»: past what they shot with.
fn after_means(ctx: &Ctx, at: usize, end: usize) -> Option<usize> {
    let l = ctx.l;
    let from = if ctx.sign(at, "،") { at + 1 } else { at };
    let with = |m: &&Mention| m.clitics.preposition != '\0' && !is_to(ctx, m) && ctx.has(m, l.weapon);
    let means = ctx.a.at(from).filter(with).find(|m| is_arm(ctx, m) && !planted(ctx, m, at))?;
    let describes = |t: usize| {
        let word = ctx.a.at(t).any(|m| [l.act_adjective, l.nationality, l.weapon].iter().any(|k| ctx.has(m, *k)));
        (word && !object_at(ctx, t) && !ctx.a.at(t).any(|m| is_to(ctx, m))) || ctx.sign(t, "،")
    };
    let last = (means.end + MEANS).min(end);
    Some((means.end..last).find(|t| !describes(*t)).unwrap_or(last))
}

/// Tokens that describe what one shot with.
const MEANS: usize = 4;

/// «استهدف هجوم مسلح القوات …»: behind an adjective the subject is over, and its verb takes the party.
fn is_object_of(ctx: &Ctx, noun: &Mention, p: &Phrase) -> bool {
    let l = ctx.l;
    let verb = [l.target_v, l.hit, l.bombard].iter().find_map(|k| ctx.before(noun.first, *k));
    let takes = verb.is_some_and(|v| v.form.part == Part::Perfect && !v.clitics.pronoun);
    let held = || ctx.a.within(noun.end..p.end).any(|m| m.clitics.preposition != '\0' || ctx.has(m, l.from));
    takes && p.is_group && p.words > 0 && !held()
}

/// The party whose deed a noun of attack is.
pub fn agent_of(ctx: &Ctx, noun: &Mention, end: usize) -> Option<String> {
    behind_noun(ctx, noun, Act::of(ctx, noun)?, end).map(|d| d.name)
}

/// A place, a thing or people that no preposition governs.
fn object_at(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    let at = if QUOTES.iter().any(|q| ctx.sign(at, q)) { at + 1 } else { at };
    let bare = |m: &Mention| m.clitics.preposition == '\0' && !m.clitics.conjunction;
    let thing = |m: &Mention| [l.place_word, l.place, l.target, l.people].iter().any(|k| ctx.has(m, *k));
    ctx.a.at(at).any(|m| bare(m) && thing(m))
}

/// «قيام قوات … باستهداف», «أقدم جيش … على قصف», «أقدم عدد من المهربين وتجار المخدرات على خطف»: who undertook it.
fn undertaken(ctx: &Ctx, m: &Mention, end: usize) -> Option<Doer> {
    let p = phrase(ctx, m.end, end).filter(|p| p.is_group)?;
    let act = |t: usize| ctx.a.at(t).any(|n| n.form.part == Part::Noun && Act::of(ctx, n).is_some());
    let beside = (p.end..(p.end + 2).min(end)).any(|t| ctx.a.at(t).any(|n| Act::of(ctx, n).is_some()));
    let joined = || (p.end..(p.end + JOINED).min(end)).any(|t| ctx.is_at(t, ctx.l.on) && act(t + 1));
    (beside || joined()).then(|| p.doer(false))
}

/// Tokens over those who are joined to a party, to what they did.
const JOINED: usize = 6;

/// «برصاص …», «بطائرة مسيّرة تركية», «صاروخ إيراني», «مسيّرة تابعة لـ…», «طائرات يُعتقد أنها روسية».
fn of_means(ctx: &Ctx, weapon: &Mention, end: usize) -> Option<Doer> {
    if !is_arm(ctx, weapon) || is_to(ctx, weapon) || is_met(ctx, weapon) || answers(ctx, weapon) {
        return None;
    }
    // «نفذتها طائرة أمريكية من دون طيار»: the nationality may stand inside the name.
    let inside = ctx.all(weapon.first + 1..weapon.end, ctx.l.nationality).next();
    if let Some(p) = inside.and_then(|n| phrase_of(ctx, n.first, weapon.end, false)) {
        return Some(p.doer(false));
    }
    let believed = (weapon.end..(weapon.end + 3).min(end)).find_map(|t| ctx.at(t, ctx.l.believed));
    if let Some(p) = phrase_of(ctx, weapon.end, end, true) {
        return Some(if p.unnamed { told(ctx, weapon, p) } else { p.doer(believed.is_some()) });
    }
    let from = believed.map_or(weapon.end, |b| b.end);
    // «قصفت طائرة حربية، لجيش …»
    let from = if ctx.sign(from, "،") && ctx.a.at(from + 1).any(|m| is_to(ctx, m)) { from + 1 } else { from };
    if let Some(p) = phrase_of(ctx, from, end, true).filter(|p| p.is_group && from > weapon.end) {
        return Some(p.doer(believed.is_some()));
    }
    // «انفجر لغم بسيارة تابعة لـ…»: whose the car was.
    let met = |t: usize| ctx.a.at(t).any(|m| m.clitics.preposition != '\0');
    let own = (from..(from + 4).min(end)).take_while(|t| !met(*t));
    let owned = own.into_iter().find_map(|t| ctx.at(t, ctx.l.belonging));
    match (believed, owned) {
        (_, Some(o)) => phrase_of(ctx, o.end, end, true).map(|p| p.doer(believed.is_some())),
        (Some(b), None) => (b.end..(b.end + 3).min(end)).find_map(|t| phrase(ctx, t, end)).map(|p| p.doer(true)),
        (None, None) => None,
    }
}

/// «رد سريع من الطيران …»: who answered an attack.
fn answers(ctx: &Ctx, weapon: &Mention) -> bool {
    let from = ctx.before(weapon.first, ctx.l.from);
    from.is_some_and(|f| ctx.before(f.first, ctx.l.answered).is_some())
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
