//! Who says it, who claims it, and who is blamed by whom?
//!
//! Four different things that news keeps apart: a claim of responsibility, the
//! statement that nobody claimed it, an accusation, and the habit of accusing.
//! A habit never becomes a perpetrator of this incident.

use crate::context::Ctx;
use crate::unit::Unit;
use marsad_lang::{Mention, Part};
use marsad_model::{Attribution, Blame, BlameStrength, ClaimedBy, Epistemic, ResponsibilityStatus, SourceKind};

/// What a stretch of text says about responsibility.
#[derive(Clone, Debug, Default)]
pub struct Responsibility {
    pub claimed: ClaimedBy,
    pub blamed: Vec<Blame>,
}

/// Reads responsibility in a sentence.
pub fn responsibility(ctx: &Ctx, first: usize, end: usize) -> Responsibility {
    let mut out = Responsibility::default();
    for m in ctx.a.within(first..end) {
        if ctx.has(m, ctx.l.claim) || (ctx.has(m, ctx.l.announce) && announces_own(ctx, m, end)) {
            claim(ctx, m, first, end, &mut out);
        }
        if ctx.has(m, ctx.l.own_forces) {
            own_deed(ctx, m, first, end, &mut out);
        }
        if ctx.has(m, ctx.l.blame) || ctx.has(m, ctx.l.attribute) {
            blame(ctx, m, first, end, &mut out);
        }
    }
    out
}

/// «أعلنت … مسؤوليتها»
fn announces_own(ctx: &Ctx, m: &Mention, end: usize) -> bool {
    (m.end..(m.end + 7).min(end)).any(|t| ctx.is_at(t, ctx.l.responsibility))
}

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
    let actor = actor_near(ctx, m.end, (m.end + 5).min(end)).or_else(|| actor_near(ctx, first, m.first));
    let Some(actor) = actor else { return };
    let mut evidence = evidence;
    evidence.push(ctx.mention_evidence(actor));
    out.claimed =
        ClaimedBy { status: ResponsibilityStatus::Claimed, actor: Some(ctx.a.entry(actor).en.to_string()), evidence };
}

/// «قال تنظيم … إن عناصره نفذوا التفجير»: an armed group tells it of its own men.
fn own_deed(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    let l = ctx.l;
    let deed = ctx.a.within(m.end..(m.end + 2).min(end)).find(|v| {
        let attack = [l.carry_out, l.target_v, l.attack, l.bombard, l.detonate, l.assassinate, l.shoot];
        v.form.part == Part::Perfect && attack.iter().any(|k| ctx.has(v, *k))
    });
    let group = ctx.all(first..m.first, l.actor).filter(|a| &*ctx.a.entry(a).family == "armed_group").last();
    let said = ctx.any(first..m.first, l.speech);
    let habit = ctx.any(first..end, l.habitual);
    if let (Some(deed), Some(group), true, false, ResponsibilityStatus::Unknown) =
        (deed, group, said, habit, out.claimed.status)
    {
        out.claimed = ClaimedBy {
            status: ResponsibilityStatus::Claimed,
            actor: Some(ctx.a.entry(group).en.to_string()),
            evidence: vec![ctx.evidence(m.first, deed.end, "claim"), ctx.mention_evidence(group)],
        };
    }
}

fn blame(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    let habit = (m.first.saturating_sub(4)..(m.end + 4).min(end)).any(|t| ctx.is_at(t, ctx.l.habitual));
    let passive = ctx.has(m, ctx.l.attribute);
    let actors: Vec<&Mention> = parties(ctx, m.end, (m.end + 10).min(end)).collect();
    let before = parties(ctx, first, m.first).last();
    let (by, whom) = match (passive, actors.as_slice()) {
        (true, [whom, ..]) => (None, *whom),
        (false, [by, whom, ..]) => (Some(*by), *whom),
        (false, [whom]) => (before, *whom),
        _ => return,
    };
    // «فصائل … تحملها واشنطن مسؤولية»: the blamed stands before, as a pronoun.
    let (by, whom) = match (m.clitics.pronoun, before) {
        (true, Some(b)) if !passive => (Some(whom), b),
        _ => (by, whom),
    };
    let mut evidence = vec![ctx.mention_evidence(m), ctx.mention_evidence(whom)];
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
            && ctx.res.place_of(m.form.entry).is_some_and(|p| ctx.res.gazetteer.get(p).level >= 9);
        let fits = (ctx.has(m, actor) || country) && m.first != last && !is_agency(ctx, m);
        if fits {
            last = m.first;
        }
        fits
    })
}

fn is_agency(ctx: &Ctx, m: &Mention) -> bool {
    matches!(&*ctx.a.entry(m).family, "agency" | "official")
}

fn actor_near<'c>(ctx: &'c Ctx, first: usize, end: usize) -> Option<&'c Mention> {
    ctx.all(first..end, ctx.l.actor).find(|m| !is_agency(ctx, m))
}

/// The chain of speakers in a stretch: agencies first, then officials and
/// unnamed sources.
pub fn attribution(ctx: &Ctx, first: usize, end: usize) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = vec![];
    let speaks = ctx.a.within(first..end).any(|m| ctx.has(m, ctx.l.speech));
    for m in ctx.a.within(first..end) {
        let entry = ctx.a.entry(m);
        let (source, kind) = match () {
            _ if ctx.has(m, ctx.l.actor) && &*entry.family == "agency" => (entry.en.to_string(), SourceKind::Agency),
            _ if ctx.has(m, ctx.l.actor) && &*entry.family == "official" && speaks => {
                (entry.en.to_string(), SourceKind::Official)
            }
            _ if ctx.has(m, ctx.l.source) && speaks => (ctx.quote(m.first, m.end), source_kind(ctx, m)),
            _ if ctx.has(m, ctx.l.actor) && spoken_by(ctx, m, first) => (entry.en.to_string(), SourceKind::Party),
            _ => continue,
        };
        if !out.iter().any(|a| a.source == source) {
            out.push(Attribution { source, kind, evidence: vec![ctx.mention_evidence(m)] });
        }
    }
    out.sort_by_key(|a| a.kind != SourceKind::Agency);
    out
}

fn source_kind(ctx: &Ctx, m: &Mention) -> SourceKind {
    let text = ctx.quote(m.first, m.end);
    let _ = text;
    match m.end - m.first {
        _ if ctx.any(m.end..m.end + 6, ctx.l.anonymous_cue) => SourceKind::Anonymous,
        _ if ctx.has(m, ctx.l.statement) => SourceKind::Official,
        _ => SourceKind::Anonymous,
    }
}

/// «أعلن التحالف …»: a party to the fight speaks.
fn spoken_by(ctx: &Ctx, m: &Mention, first: usize) -> bool {
    (m.first.saturating_sub(3).max(first)..m.first).any(|t| ctx.is_at(t, ctx.l.speech))
}

/// On whose word the incident rests.
pub fn epistemic(ctx: &Ctx, unit: &Unit, chain: &[Attribution], denied: bool) -> Epistemic {
    let believed = ctx.all(unit.first..unit.end, ctx.l.believed).any(|m| {
        // «يُعتقد أنها تركية» doubts the actor, not the event.
        !ctx.a.within(m.end..(m.end + 3).min(unit.end)).any(|n| ctx.has(n, ctx.l.nationality))
    });
    match () {
        _ if denied => Epistemic::Denied,
        _ if believed => Epistemic::Suspected,
        _ if chain.iter().any(|a| a.kind == SourceKind::Party)
            && chain.iter().all(|a| matches!(a.kind, SourceKind::Party | SourceKind::Agency)) =>
        {
            Epistemic::ClaimedByParty
        }
        _ if !chain.is_empty() => Epistemic::Reported,
        _ => Epistemic::Asserted,
    }
}
