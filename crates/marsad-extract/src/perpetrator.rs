//! Who did it, in the words of the text?
//!
//! The doer of an act stands in few places: as subject of its verb («قصفت
//! مدفعية …», «طائرات … تقصف»), behind its noun («قصف تركي», «قصف لقوات …»), behind a
//! cue («من قبل …», «على يد …», «مصدره …») or behind the means («برصاص …»). Only words of
//! force and adjectives may stand between act and doer; whatever else stands
//! there is another phrase, and nobody is named. What is only believed becomes
//! an accusation, not a perpetrator.

use crate::context::Ctx;
use crate::unit::Unit;
use marsad_lang::{Entry, Mention, Part};
use marsad_model::{Blame, BlameStrength, Evidence, Sourced};
use std::collections::BTreeMap;
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
pub fn doer(ctx: &Ctx, units: &[Unit]) -> Option<Doer> {
    let all: Vec<Doer> = units.iter().flat_map(|u| doers(ctx, reach(ctx, u))).collect();
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

/// So far before and behind, a report is about the same parties.
const REPORT: usize = 400;

/// Sentences of run-on pages are long; what stands farther off is told of something else.
const FAR: usize = 40;

fn doers(ctx: &Ctx, range: Range<usize>) -> Vec<Doer> {
    ctx.a.within(range.clone()).filter_map(|m| named_by(ctx, m, range.end)).collect()
}

/// The doer to whom one word leads.
fn named_by(ctx: &Ctx, m: &Mention, end: usize) -> Option<Doer> {
    let l = ctx.l;
    if ctx.has(m, l.by_agent) {
        // «وقُتل المهاجم برصاص الشرطة»: who stopped the attack.
        if (m.first.saturating_sub(3)..m.first).any(|t| ctx.is_at(t, l.attacker)) {
            return None;
        }
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
    let act = Act::of(ctx, m).filter(|_| !ctx.has(m, l.launch_cue))?;
    match m.form.part {
        Part::Perfect | Part::Imperfect => subject(ctx, m, act, end),
        _ => behind_noun(ctx, m, act, end),
    }
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
            _ if any(&[l.target_v, l.assassinate, l.abduct, l.storm, l.detonate, l.stab, l.ambush, l.hit]) => {
                Some(Act::Strike)
            }
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
    let object = !verb.clitics.pronoun && has_antecedent(ctx, verb.first);
    let behind = phrase(ctx, after_times(ctx, verb.end, end), end).filter(|p| {
        let befallen = ctx.all(p.end..(p.end + 2).min(end), ctx.l.weapon).any(|w| planted(ctx, w));
        !object && p.acts() && (act != Act::Kill || p.words == 0 || kills_others(ctx, p)) && !befallen
    });
    behind.or_else(|| before(ctx, verb)).or_else(|| carried(ctx, verb)).map(|p| p.doer(false))
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
    phrase(ctx, after_times(ctx, last.end, verb.first), verb.first).filter(Phrase::acts)
}

/// An attack or arms right before a verb, without an article of its own clause.
fn has_antecedent(ctx: &Ctx, at: usize) -> bool {
    let l = ctx.l;
    [l.weapon, l.bombard, l.raid, l.attack, l.strike, l.detonate, l.act_adjective, l.nationality, l.explode]
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

/// A noun phrase that ends in a party.
struct Phrase {
    name: String,
    end: usize,
    evidence: Evidence,
    /// Words of force and adjectives before the party.
    words: usize,
    is_group: bool,
}

impl Phrase {
    /// «قتل فلسطينيان»: a bare nationality behind a verb is a person of it.
    fn acts(&self) -> bool {
        self.is_group || self.words > 0
    }

    fn doer(self, suspected: bool) -> Doer {
        Doer { name: self.name, evidence: vec![self.evidence], suspected }
    }
}

fn phrase(ctx: &Ctx, from: usize, end: usize) -> Option<Phrase> {
    phrase_of(ctx, from, end, false)
}

/// The party that a run of words of force and adjectives ends in; with `to` it
/// may hang on «لـ».
fn phrase_of(ctx: &Ctx, from: usize, end: usize, to: bool) -> Option<Phrase> {
    let (mut at, mut words) = (from, 0);
    while at < end && words <= 4 {
        if let Some(p) = party(ctx, at, words, to) {
            return Some(p);
        }
        at = filler(ctx, at, words, to)?;
        words += 1;
    }
    None
}

/// A force, a group or a state that begins at the token.
fn party(ctx: &Ctx, at: usize, words: usize, to: bool) -> Option<Phrase> {
    let free = |m: &Mention| m.clitics.preposition == '\0' || (to && is_to(ctx, m));
    let acting = |m: &&Mention| {
        let family = &*ctx.a.entry(m).family;
        ctx.has(m, ctx.l.actor)
            && matches!(family, "forces" | "armed_group" | "militia" | "coalition" | "state" | "tribe")
    };
    if let Some(m) = ctx.a.at(at).filter(acting).max_by_key(|m| m.end) {
        // «مسلحون من حركة …»: the group that they are of.
        let of = (ctx.is_at(m.end, ctx.l.from) && free(m)).then(|| party(ctx, m.end + 1, words + 1, false));
        if let Some(group) = of.flatten().filter(|p| p.is_group) {
            return Some(group);
        }
        let e = ctx.mention_evidence(m);
        return free(m).then(|| Phrase {
            name: name_of(ctx, full_name(ctx, m)),
            end: m.end,
            evidence: e,
            words,
            is_group: true,
        });
    }
    let nation = ctx.at(at, ctx.l.nationality).or_else(|| country(ctx, at))?;
    let name = ctx.a.entry(nation).en.to_string();
    let evidence = ctx.mention_evidence(nation);
    free(nation).then_some(Phrase { name, end: nation.end, evidence, words, is_group: false })
}

/// «القوات الحكومية» are those of the country that the report plays in.
fn name_of(ctx: &Ctx, m: &Mention) -> String {
    let entry = ctx.a.entry(m);
    let government = match &*entry.id {
        "generic-government-forces" => ctx.government.get_or_init(|| government(ctx)).clone(),
        _ => None,
    };
    government.unwrap_or_else(|| entry.en.to_string())
}

/// The forces that an actor's `government` marks for the country of the report, on its day.
fn government(ctx: &Ctx) -> Option<String> {
    let home = home(ctx)?;
    let written = ctx.anchor.earliest.map(|day| day.to_string());
    let past = |e: &Entry| e.extra("government_until").is_some_and(|until| written.as_deref() > Some(until));
    let lexicon = &ctx.res.lexicon;
    let all = (0..lexicon.entry_count()).map(|id| lexicon.entry(id as _));
    let mut governing = all.filter(|e| e.extra("government") == Some(&home));
    governing.find(|e| !past(e)).map(|e| e.en.to_string())
}

/// The country in which most of the named places lie, when one has more than half of them.
fn home(ctx: &Ctx) -> Option<String> {
    let places = ctx.all(0..ctx.a.tokens.len(), ctx.l.place).filter_map(|m| ctx.res.place_of(m.form.entry));
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for country in places.map(|p| &*ctx.res.gazetteer.get(p).country).filter(|c| !c.is_empty()) {
        *countries.entry(country).or_default() += 1;
    }
    let all: usize = countries.values().sum();
    countries.into_iter().find(|(_, n)| n * 2 > all).map(|(country, _)| country.to_string())
}

/// «الاحتلال» where the text has said «الاحتلال التركي»: the fuller name that
/// begins with it, when all fuller names agree.
fn full_name<'c>(ctx: &'c Ctx, short: &'c Mention) -> &'c Mention {
    if short.end - short.first > 1 {
        return short;
    }
    let word = bare(ctx, short.first);
    let near = short.first.saturating_sub(REPORT)..(short.first + REPORT).min(ctx.a.tokens.len());
    let mut fuller = ctx.all(near, ctx.l.actor).filter(|m| {
        m.end - m.first > 1 && m.form.entry != short.form.entry && (m.first..m.end - 1).any(|t| bare(ctx, t) == word)
    });
    let Some(first) = fuller.next() else { return short };
    if fuller.all(|m| m.form.entry == first.form.entry) { first } else { short }
}

/// A word without the letters glued before its article.
fn bare<'c>(ctx: &'c Ctx, token: usize) -> &'c str {
    let article = &ctx.res.lexicon.clitics.article;
    let text = ctx.a.tokens.text(token);
    let swallowed = text.trim_start_matches(ctx.res.lexicon.clitics.swallowing);
    match text.find(article.as_str()) {
        Some(i) if i <= 2 * article.len() => &text[i + article.len()..],
        _ => swallowed,
    }
}

/// «روسيا» as one who acts; a country behind a preposition is a place.
fn country<'c>(ctx: &'c Ctx, at: usize) -> Option<&'c Mention> {
    let m = ctx.at(at, ctx.l.place)?;
    let level = ctx.res.place_of(m.form.entry).map(|p| ctx.res.gazetteer.get(p).level)?;
    (level >= 9 && m.clitics.preposition == '\0').then_some(m)
}

/// Marks that fence a name off: لقوات "…".
const QUOTES: [&str; 8] = ["\"", "«", "»", "“", "”", "‹", "›", "'"];

/// What may stand between a subject and its verb.
const SIGNS: [&str; 6] = ["\"", "»", "”", "›", "'", "،"];

/// Behind a word of force, or of the means, the party may follow.
fn filler(ctx: &Ctx, at: usize, words: usize, to: bool) -> Option<usize> {
    let l = ctx.l;
    if QUOTES.iter().any(|q| ctx.sign(at, q)) {
        return Some(at + 1);
    }
    // «قصف مدفعي من الجيش التركي», «برشاش 23 لقوات …», «طائرة حربية، لجيش …».
    let hangs_on = |t: usize| ctx.a.at(t).any(|m| is_to(ctx, m) && ctx.has(m, l.actor));
    let named = |t: usize| ctx.a.at(t).any(|m| ctx.has(m, l.actor) && m.clitics.preposition == '\0');
    if to
        && (ctx.is_at(at, l.from) && named(at + 1)
            || (ctx.a.tokens.is_number(at) || ctx.sign(at, "،")) && hangs_on(at + 1))
    {
        return Some(at + 1);
    }
    let m = ctx.a.at(at).filter(|m| {
        let glue = ctx.has(m, l.force_word) || ctx.has(m, l.act_adjective) || (ctx.has(m, l.weapon) && is_arm(ctx, m));
        // «قصف بالمدفعية لقوات …»: with what stands between act and doer too.
        let with = ctx.has(m, l.weapon) && !is_to(ctx, m);
        let free = m.clitics.preposition == '\0' || with || (words == 0 && to && is_to(ctx, m));
        // «مدفعي وصاروخي لقوات …»: a second adjective may be joined, a second noun not.
        glue && free && (!m.clitics.conjunction || ctx.has(m, l.act_adjective))
    });
    m.map(|m| m.end).max()
}

/// Arms and munitions that carry the name of whose they are.
fn is_arm(ctx: &Ctx, m: &Mention) -> bool {
    matches!(
        &*ctx.a.entry(m).family,
        "aircraft"
            | "air-bomb"
            | "drone"
            | "shell"
            | "projectile"
            | "rocket"
            | "missile"
            | "boat"
            | "firearm"
            | "rpg"
            | "launcher"
            | "mine"
    )
}

/// «لـ»: the only glued preposition that swallows the article.
fn is_to(ctx: &Ctx, m: &Mention) -> bool {
    m.clitics.preposition == ctx.res.lexicon.clitics.swallowing
}

/// Past words of time between verb and subject.
fn after_times(ctx: &Ctx, from: usize, end: usize) -> usize {
    let mut at = from;
    while let Some((_, t)) = ctx.a.times_in(at..(at + 2).min(end)).find(|(_, t)| t.first <= at + 1) {
        if t.end <= at || t.first > at {
            break;
        }
        at = t.end;
    }
    at
}
