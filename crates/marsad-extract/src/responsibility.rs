//! Who claims it, and who is blamed by whom?
//!
//! Four different things that news keeps apart: a claim of responsibility, the
//! statement that nobody claimed it, an accusation, and the habit of accusing.
//! A habit never becomes a perpetrator of this incident.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::deed;
use crate::trigger;
use marsad_lang::{Count, Mention, Part, Sentence};
use marsad_model::{Blame, BlameStrength, ClaimedBy, EventType, Family, Incident, ResponsibilityStatus, Role};

/// What a stretch of text says about responsibility.
#[derive(Clone, Debug, Default)]
pub struct Responsibility {
    pub claimed: ClaimedBy,
    pub blamed: Vec<Blame>,
    /// A state tells what its forces did: of their own arms only, not of the attack that they answered.
    pub of_state: bool,
    /// «إنه نفذ الهجوم»: it points back, and vouches for nothing else that the sentence names.
    pub points_back: bool,
}

impl Responsibility {
    /// The claim, where it can be one of an event of this type.
    pub fn claim_of(self, kind: EventType) -> ClaimedBy {
        let of_arms = matches!(kind.family(), Family::Projectile | Family::Air | Family::Sea | Family::Any);
        if self.of_state && !of_arms { ClaimedBy::default() } else { self.claimed }
    }
}

/// Reads responsibility in a sentence.
pub fn responsibility(ctx: &Ctx, first: usize, end: usize) -> Responsibility {
    let mut out = Responsibility::default();
    for m in ctx.a.within(first..end) {
        if ctx.has(m, ctx.l.claim) || (ctx.has(m, ctx.l.announce) && announces_own(ctx, m, end)) || owns_up(ctx, m, end)
        {
            claim(ctx, m, first, end, &mut out);
        }
        if ctx.has(m, ctx.l.own_forces) || ctx.has(m, ctx.l.that_he) || ctx.has(m, ctx.l.speech) {
            deed::own_deed(ctx, m, first, end, &mut out);
        }
        // «نسبة» looks like a verb with its object.
        let share = ctx.has(m, ctx.l.attribute) && m.clitics.pronoun;
        if ctx.has(m, ctx.l.blame) || ctx.has(m, ctx.l.attribute) && !share {
            blame(ctx, m, first, end, &mut out);
        }
        if ctx.has(m, ctx.l.accusing) {
            accusing(ctx, m, first, end, &mut out);
        }
        if ctx.has(m, ctx.l.drop) {
            lays_blame(ctx, m, first, end, &mut out);
        }
        if ctx.has(m, ctx.l.stand_behind) || answers_for(ctx, m) {
            stands_behind(ctx, m, first, end, &mut out);
        }
    }
    out
}

/// «ولم تعلن أي جهة مسؤوليتها عنه»: a sentence that tells no event of its own speaks of the news told before it,
/// of all of it where it says «الهجمات».
pub fn left_over(ctx: &Ctx, events: &[Event], incidents: &mut [Incident]) {
    let told = |i: usize| events.iter().any(|e| e.units.iter().any(|u| u.sentence == i));
    for (i, s) in ctx.a.sentences.iter().enumerate().filter(|(i, _)| ctx.roles[*i].tells_news()) {
        if told(i) && !of_all(ctx, s) {
            continue;
        }
        let found = responsibility(ctx, s.first, s.end);
        if found.claimed.status == ResponsibilityStatus::Unknown && found.blamed.is_empty() || tells_anew(ctx, s) {
            continue;
        }
        let before = |e: &Event| e.units.iter().map(|u| u.sentence).filter(|at| *at < i && i - at <= NEAR).max();
        let news = events.iter().zip(incidents.iter_mut()).filter(|(_, out)| out.role == Role::Main);
        let mut news: Vec<_> = news.filter_map(|(e, out)| Some((before(e)?, out))).collect();
        news.sort_by_key(|(at, _)| *at);
        let about = if of_all(ctx, s) { 0 } else { news.len().saturating_sub(1) };
        for (_, out) in news.drain(about..) {
            if out.claimed_by.status == ResponsibilityStatus::Unknown {
                out.claimed_by = found.clone().claim_of(out.event_type());
            }
            let about = known_attack(ctx, s).is_some();
            let new = found.blamed.iter().filter(|b| about && !out.blamed_on.contains(b)).cloned().collect::<Vec<_>>();
            out.blamed_on.extend(new);
        }
    }
}

/// «الهجمات», «التفجيرين»: the attacks that were told, and not the last of them.
fn of_all(ctx: &Ctx, sentence: &Sentence) -> bool {
    known_attack(ctx, sentence).is_some_and(|m| m.form.count != Count::Singular)
}

/// «الهجوم», «هذه الهجمات»: an attack of which the report has told.
fn known_attack<'c>(ctx: &'c Ctx, sentence: &Sentence) -> Option<&'c Mention> {
    let l = ctx.l;
    ctx.a.within(sentence.first..sentence.end).find(|m| {
        let kinds = [l.attack, l.detonate, l.explode, l.operation, l.bombard, l.raid, l.assassinate, l.shoot];
        let known = m.clitics.article || ctx.before(m.first, l.this).is_some();
        known && m.form.part == Part::Noun && kinds.iter().any(|k| ctx.has(m, *k))
    })
}

/// So many sentences back stands what a remark is about.
const NEAR: usize = 4;

/// The sentence tells an attack that was set aside: its claim goes with it.
fn tells_anew(ctx: &Ctx, sentence: &Sentence) -> bool {
    let (hits, rejected) = trigger::hits(ctx, sentence);
    !rejected.is_empty() || hits.iter().any(|h| !h.anaphoric)
}

/// «أضافت الحركة في بيانها مسؤوليتها عن …»: with any verb of saying, if nothing is denied.
fn owns_up(ctx: &Ctx, m: &Mention, end: usize) -> bool {
    let l = ctx.l;
    let said = ctx.has(m, l.speech) && m.form.part == Part::Perfect && ctx.before(m.first, l.not).is_none();
    let Some(own) = own_word(ctx, m, end).filter(|_| said) else { return false };
    let whose = ctx.at(own, l.responsibility).is_some_and(|r| r.clitics.pronoun);
    let other = [l.not, l.deny, l.announce, l.speech].iter().any(|k| ctx.any(m.end..own, *k));
    let speaker = groups(ctx, m.end, (m.end + 2).min(own)).next().is_some();
    whose && !other && speaker
}

/// «مسؤولون عن قصف …», «المسؤولون عن الهجوم».
fn answers_for(ctx: &Ctx, m: &Mention) -> bool {
    let l = ctx.l;
    if !ctx.has(m, l.answerable) || !ctx.is_at(m.end, l.that) {
        return false;
    }
    let at = m.end + 1;
    let kinds = [l.attack, l.detonate, l.explode, l.bombard, l.raid, l.assassinate, l.shoot, l.kill, l.target_v];
    ctx.a.within(at..at + 2).any(|m| m.form.part == Part::Noun && kinds.iter().any(|k| ctx.has(m, *k)))
}

/// «أعلنت … مسؤوليتها»
fn announces_own(ctx: &Ctx, m: &Mention, end: usize) -> bool {
    own_word(ctx, m, end).is_some()
}

/// Where «مسؤوليتها» stands behind its verb («لم تعلن أي جهة فلسطينية حتى فجر الخميس مسؤوليتها»).
fn own_word(ctx: &Ctx, m: &Mention, end: usize) -> Option<usize> {
    (m.end..(m.end + OWN_WORD).min(end)).find(|t| ctx.is_at(*t, ctx.l.responsibility))
}

/// Tokens from a verb of announcing to the word of responsibility.
const OWN_WORD: usize = 10;

fn claim(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    let negated =
        (m.first.saturating_sub(2)..m.first).any(|t| ctx.is_at(t, ctx.l.not)) && m.form.part == Part::Imperfect;
    let evidence = vec![ctx.evidence(if negated { m.first - 1 } else { m.first }, (m.end + 2).min(end), "claim")];
    let nobody = (m.end..(m.end + 3).min(end)).any(|t| ctx.is_at(t, ctx.l.no_party));
    if negated {
        let habit = (first..end).any(|t| ctx.is_at(t, ctx.l.habitual));
        if !habit || nobody {
            out.claimed = ClaimedBy { status: ResponsibilityStatus::ExplicitNoClaim, actor: None, evidence };
        }
        return;
    }
    if (first..end).any(|t| ctx.is_at(t, ctx.l.habitual)) || out.claimed.status != ResponsibilityStatus::Unknown {
        return;
    }
    let Some(actor) = claimant(ctx, m, first, end) else { return };
    let mut evidence = evidence;
    evidence.push(ctx.mention_evidence(actor));
    out.claimed =
        ClaimedBy { status: ResponsibilityStatus::Claimed, actor: Some(ctx.a.entry(actor).en.to_string()), evidence };
}

/// The party of a verb of claiming: behind it («تبناه تنظيم …»), or the nearest before it («جبهة … التي تبنته»).
fn claimant<'c>(ctx: &'c Ctx, m: &Mention, first: usize, end: usize) -> Option<&'c Mention> {
    let to = own_word(ctx, m, end).unwrap_or(m.end).max(m.end + 5).min(end);
    let relative = ctx.before(m.first, ctx.l.relative).is_some();
    // «الذي أعلنت حركة … مسؤوليتها عنه» has its subject right behind it, «التي تبنته» before.
    let to = if relative { (m.end + 2).min(end) } else { to };
    let behind = || named(ctx, &groups(ctx, m.end, to).collect::<Vec<_>>());
    let before = || groups(ctx, first, m.first).last().or_else(|| group_of_text(ctx, m));
    behind().or_else(before)
}

/// The first that has a name: «التنظيم الإرهابي المعروف باسم …» describes before it names.
fn named<'c>(ctx: &Ctx, groups: &[&'c Mention]) -> Option<&'c Mention> {
    let unnamed = |m: &&&Mention| ctx.a.entry(m).id.starts_with("generic-");
    groups.iter().find(|m| !unnamed(m)).or(groups.first()).copied()
}

/// Parties that no preposition holds: «كتائب …، الجناح العسكري لحركة …» is the brigades.
pub fn groups<'c>(ctx: &'c Ctx, first: usize, end: usize) -> impl Iterator<Item = &'c Mention> {
    ctx.all(first..end, ctx.l.actor).filter(|m| !is_agency(ctx, m) && !is_held(ctx, m))
}

fn is_held(ctx: &Ctx, m: &Mention) -> bool {
    let l = ctx.l;
    m.clitics.preposition != '\0'
        || [l.prep_place, l.prep_in, l.on, l.from].iter().any(|k| ctx.before(m.first, *k).is_some())
}

/// «تبنى التنظيم الهجوم»: the armed group that the text has named last.
fn group_of_text<'c>(ctx: &'c Ctx, m: &Mention) -> Option<&'c Mention> {
    let meant = ctx.a.at(m.end).any(|n| n.clitics.article && ctx.has(n, ctx.l.group_word));
    let low = if meant { m.first.saturating_sub(REPORT) } else { m.first };
    ctx.all(low..m.first, ctx.l.actor).rfind(|a| &*ctx.a.entry(a).family == "armed_group")
}

/// So far back, a report is about the same group.
const REPORT: usize = 400;

fn blame(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    // «تحمل علم ليبيريا»: to carry is not to hold responsible.
    if ctx.has(m, ctx.l.hold_responsible) && !announces_own(ctx, m, end) {
        return;
    }
    let passive = ctx.has(m, ctx.l.attribute);
    let charge = charge(ctx, m, end);
    let actors: Vec<&Mention> = parties(ctx, m.end, charge.unwrap_or(m.end + 10).min(end)).collect();
    let before = parties(ctx, first, m.first).last();
    let (by, whom) = match (passive, actors.as_slice()) {
        (true, [whom, ..]) => (None, *whom),
        // Right before the charge stands the accused, however long the name of the accuser is.
        (false, [by, .., whom]) if charge.is_some() => (Some(*by).filter(|by| !is_held(ctx, by)), *whom),
        (false, [by, whom, ..]) => (Some(*by), *whom),
        (false, [whom]) => (before, *whom),
        _ => return,
    };
    // «فصائل … تحملها واشنطن مسؤولية»: the blamed stands before, as a pronoun.
    let (by, whom) = match (m.clitics.pronoun, before) {
        (true, Some(b)) if !passive => (Some(whom), b),
        _ => (by, whom),
    };
    accuse(ctx, m, by, whom, end, out);
}

/// «ألقت إيران المسؤولية على …», «ألقى باللوم على …».
fn lays_blame(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    let l = ctx.l;
    let word = (m.end..(m.end + 6).min(end)).find(|t| ctx.is_at(*t, l.responsibility) || ctx.is_at(*t, l.fault));
    let Some(word) = word else { return };
    let Some(on) = (word + 1..(word + 4).min(end)).find(|t| ctx.is_at(*t, l.on)) else { return };
    let state = |p: &&Mention| ctx.has(p, l.actor) || is_country(ctx, p);
    let whom = (on + 1..(on + 3).min(end)).find_map(|t| ctx.a.at(t).find(state));
    let by = parties(ctx, m.end, word).next().or_else(|| parties(ctx, first, m.first).last());
    if let Some(whom) = whom {
        accuse(ctx, m, by, whom, end, out);
    }
}

fn is_country(ctx: &Ctx, m: &Mention) -> bool {
    let place = ctx.has(m, ctx.l.place).then(|| ctx.res.place_of(m.form.entry)).flatten();
    place.is_some_and(|p| ctx.res.gazetteer.get(p).level >= 9)
}

/// «… بقصف المدينة», «… بالوقوف وراء الهجوم»: what somebody is accused of.
fn charge(ctx: &Ctx, m: &Mention, end: usize) -> Option<usize> {
    let l = ctx.l;
    let deed = [l.bombard, l.attack, l.kill, l.carry_out, l.target_v, l.shoot, l.assassinate, l.abduct, l.detonate];
    let charged = |n: &&Mention| {
        n.form.part == Part::Noun && n.clitics.preposition != '\0' && deed.iter().any(|k| ctx.has(n, *k))
    };
    ctx.a.within(m.end..(m.end + CHARGE).min(end)).find(charged).map(|n| n.first)
}

/// Tokens from an accusation to its charge, over titles and names.
const CHARGE: usize = 30;

/// «متهمة عناصر … بزرعها»: the accused stands right behind.
fn accusing(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    let Some(whom) = parties(ctx, m.end, (m.end + 3).min(end)).find(|p| !is_held(ctx, p)) else { return };
    accuse(ctx, m, parties(ctx, first, m.first).last(), whom, end, out);
}

/// «عناصر من تنظيم … تقف خلف الهجوم», «تقف وراءه جماعة …».
fn stands_behind(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    // «لمعرفة الدافع وراء الهجوم»
    if ctx.before(m.first, ctx.l.why_word).is_some() {
        return;
    }
    let low = first.max(m.first.saturating_sub(6));
    let armed = |p: &&Mention| !ctx.has(p, ctx.l.place);
    let before = || parties(ctx, low, m.first).filter(armed).last();
    let behind = parties(ctx, m.end, (m.end + 5).min(end)).find(armed);
    // «تقف وراءه»: what is done is a pronoun, and the doer follows.
    let pronoun = ctx.a.at(m.end).all(|n| n.form.part != Part::Noun) && m.end - m.first > 1;
    let whom = if pronoun { behind.or_else(before) } else { before() };
    if let Some(whom) = whom {
        accuse(ctx, m, None, whom, end, out);
    }
}

fn accuse(ctx: &Ctx, m: &Mention, by: Option<&Mention>, whom: &Mention, end: usize, out: &mut Responsibility) {
    let habit = (m.first.saturating_sub(4)..(m.end + 4).min(end)).any(|t| ctx.is_at(t, ctx.l.habitual));
    let mut evidence = vec![ctx.mention_evidence(m), ctx.mention_evidence(whom)];
    let by = by.filter(|b| ctx.a.entry(b).id != ctx.a.entry(whom).id);
    evidence.extend(by.map(|b| ctx.mention_evidence(b)));
    out.blamed.push(Blame {
        actor: ctx.a.entry(whom).en.to_string(),
        by: by.map(|b| ctx.a.entry(b).en.to_string()),
        strength: if habit { BlameStrength::HabitualPattern } else { BlameStrength::Accusation },
        evidence,
    });
}

/// Actors and countries that can act.
fn parties<'c>(ctx: &'c Ctx, first: usize, end: usize) -> impl Iterator<Item = &'c Mention> {
    let (actor, place) = (ctx.l.actor, ctx.l.place);
    let mut last = usize::MAX;
    ctx.a.within(first..end).filter(move |m| {
        let country = ctx.has(m, place)
            && m.clitics.preposition == '\0'
            && ctx.before(m.first, ctx.l.prep_place).is_none()
            && is_country(ctx, m);
        let fits = (ctx.has(m, actor) || country) && m.first != last && !is_agency(ctx, m);
        if fits {
            last = m.first;
        }
        fits
    })
}

pub fn is_agency(ctx: &Ctx, m: &Mention) -> bool {
    matches!(&*ctx.a.entry(m).family, "agency" | "official")
}
