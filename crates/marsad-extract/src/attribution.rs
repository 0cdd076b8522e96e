//! Who says it, and on whose word does it rest?
//!
//! Agencies, officials, unnamed sources, and the parties themselves. A party
//! speaks for itself where it is armed and no state, or where it tells its own
//! deed; what a state's army or police tells of others is an official's word.

use crate::context::Ctx;
use crate::unit::Unit;
use marsad_lang::{Entry, Mention, Part};
use marsad_model::{Attribution, ClaimedBy, Epistemic, Incident, ResponsibilityStatus, SourceKind, Sourced};

/// The chain of speakers in a stretch: agencies first, then officials and
/// unnamed sources.
pub fn attribution(ctx: &Ctx, first: usize, end: usize) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = vec![];
    let statements = ctx.all(first..end, ctx.l.source).filter(|m| ctx.is_at(m.first, ctx.l.statement));
    let unsigned: Vec<String> = statements.map(|m| ctx.quote(m.first, m.end)).collect();
    let speaks = ctx.a.within(first..end).any(|m| ctx.has(m, ctx.l.speech));
    for m in ctx.a.within(first..end) {
        let entry = ctx.a.entry(m);
        let (source, kind) = match () {
            _ if ctx.has(m, ctx.l.actor) && &*entry.family == "agency" => (entry.en.to_string(), SourceKind::Agency),
            _ if ctx.has(m, ctx.l.actor) && &*entry.family == "official" && speaks => (
                entry.en.to_string(),
                if speaks_for(ctx, m).is_some() { SourceKind::Party } else { SourceKind::Official },
            ),
            _ if ctx.has(m, ctx.l.source) && speaks => match voiced(ctx, m) {
                Voiced::Party(party) => (party.en.to_string(), speaker_kind(&party.family)),
                Voiced::Body(end) => (ctx.quote(m.first, end), SourceKind::Official),
                Voiced::Nobody => (ctx.quote(m.first, m.end), source_kind(ctx, m)),
            },
            _ if ctx.has(m, ctx.l.actor) && spoken_by(ctx, m, first) => {
                (entry.en.to_string(), speaker_kind(&entry.family))
            }
            _ => continue,
        };
        if !out.iter().any(|a| a.source == source) {
            out.push(Attribution { source, kind, evidence: vec![ctx.mention_evidence(m)] });
        }
    }
    // «قالت الحركة في بيان»: the statement is that of the one who speaks.
    if out.iter().any(|a| !unsigned.contains(&a.source) && matches!(a.kind, SourceKind::Party | SourceKind::Official)) {
        out.retain(|a| !unsigned.contains(&a.source));
    }
    out.sort_by_key(|a| a.kind != SourceKind::Agency);
    out
}

/// The party for which an official or a medium speaks.
pub fn speaks_for<'c>(ctx: &'c Ctx, m: &Mention) -> Option<&'c str> {
    ctx.res.lexicon.actor(ctx.a.entry(m).extra("speaks_for")?).map(|party| &*party.en)
}

/// Armed groups speak as parties; states, armies and police as officials, unless it was their own deed.
fn speaker_kind(family: &str) -> SourceKind {
    match family {
        "armed_group" | "militia" | "coalition" => SourceKind::Party,
        _ => SourceKind::Official,
    }
}

fn source_kind(ctx: &Ctx, m: &Mention) -> SourceKind {
    match m.end - m.first {
        _ if ctx.any(m.end..m.end + 6, ctx.l.anonymous_cue) => SourceKind::Anonymous,
        _ if ctx.is_at(m.first, ctx.l.statement) || ctx.is_at(m.first, ctx.l.spokesman) => SourceKind::Official,
        _ => SourceKind::Anonymous,
    }
}

/// For whom a spokesman speaks.
enum Voiced<'c> {
    /// One that the lexicon knows.
    Party(&'c Entry),
    /// «الناطق باسم مركز سبها الطبي»: what stands up to the token.
    Body(usize),
    Nobody,
}

fn voiced<'c>(ctx: &'c Ctx, m: &Mention) -> Voiced<'c> {
    let l = ctx.l;
    if !ctx.is_at(m.first, l.spokesman) || m.end - m.first < 2 {
        return Voiced::Nobody;
    }
    let party = ctx.at(m.end, l.actor).map(|n| ctx.a.entry(n)).filter(|e| &*e.family != "agency");
    if let Some(party) = party {
        return Voiced::Party(party);
    }
    let stops = |t: &usize| !ctx.a.tokens.is_word(*t) || [l.that, l.person, l.speech].iter().any(|k| ctx.is_at(*t, *k));
    let end = (m.end..m.end + BODY).find(stops).unwrap_or(m.end);
    if end > m.end { Voiced::Body(end) } else { Voiced::Nobody }
}

/// Words of the name of a body.
const BODY: usize = 6;

/// «أعلن التحالف …»: one who acts speaks; «الاشتباكات بين … و…» looks like a verb of speech and is none.
fn spoken_by(ctx: &Ctx, m: &Mention, first: usize) -> bool {
    let free = m.clitics.preposition == '\0';
    // «ذكر شهود أن المسلحين …»: another speaks, and of them.
    let spoken_of = |t: usize| ctx.any(t + 1..m.first, ctx.l.that) || ctx.any(t + 1..m.first, ctx.l.source);
    let speaks = |t: usize| ctx.is_at(t, ctx.l.speech) && !ctx.is_at(t, ctx.l.range_between) && !spoken_of(t);
    free && (m.first.saturating_sub(3).max(first)..m.first).any(speaks)
}

/// Whoever speaks of its own deed speaks as a party, and through its voice it claims it.
pub fn own_word(ctx: &Ctx, units: &[Unit], out: &mut Incident) {
    name_by_claim(ctx, out);
    let doer = out.perpetrator.as_ref().map(|p| p.value().clone());
    for speaker in &mut out.attribution {
        if doer.as_ref() == Some(&speaker.source) || out.claimed_by.actor.as_ref() == Some(&speaker.source) {
            speaker.kind = SourceKind::Party;
        }
    }
    if out.claimed_by.status != ResponsibilityStatus::Unknown {
        return;
    }
    // The voice stands before what it tells: «نشر الإعلام الحربي … بيانا جاء فيه: …».
    let from = |u: &Unit| ctx.a.sentences[u.sentence.saturating_sub(1)].first.max(u.first.saturating_sub(VOICE));
    let voices = units.iter().flat_map(|u| ctx.all(from(u)..u.end, ctx.l.actor).map(move |m| (u, m)));
    let own = voices.filter_map(|(u, m)| Some((u, m, speaks_for(ctx, m)?))).find(|(u, m, party)| match &doer {
        Some(doer) => doer == party,
        // «كشف المتحدث باسم … عن تنفيذ عملية استهدفت …»
        None => ctx.all(m.end..u.end, ctx.l.carry_out).any(|v| v.form.part == Part::Noun),
    });
    if let Some((_, m, party)) = own {
        let evidence = vec![ctx.mention_evidence(m)];
        let source = ctx.a.entry(m).en.to_string();
        if !out.attribution.iter().any(|a| a.source == source) {
            out.attribution.push(Attribution { source, kind: SourceKind::Party, evidence: evidence.clone() });
        }
        out.claimed_by = ClaimedBy { status: ResponsibilityStatus::Claimed, actor: Some(party.to_string()), evidence };
    }
}

/// Tokens from a voice to what it tells.
const VOICE: usize = 30;

/// «قال الحرس الثوري إنه استهدف … بقذائف إيرانية»: the guards, of whose country the shells are, did it.
fn name_by_claim(ctx: &Ctx, out: &mut Incident) {
    let (Some(doer), Some(claimant)) = (&out.perpetrator, &out.claimed_by.actor) else { return };
    let lexicon = &ctx.res.lexicon;
    let country = lexicon.named(claimant).next().and_then(|e| e.extra("country"));
    let of_country = lexicon.named(doer.value()).any(|e| *e.id == *"nationality" && Some(&*e.family) == country);
    if of_country && let Some(sharper) = Sourced::with_all(claimant.clone(), out.claimed_by.evidence.clone()) {
        out.perpetrator = Some(sharper);
    }
}

/// On whose word the incident rests.
pub fn epistemic(ctx: &Ctx, unit: &Unit, chain: &[Attribution], denied: bool) -> Epistemic {
    let believed = ctx.all(unit.first..unit.end, ctx.l.believed).any(|m| doubts_event(ctx, unit, m));
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

/// «يُعتقد أنها تركية», «يُعتقد أنهما من تنظيم …» doubt the actor, «يُرجح أنه تسبب بإصابات» the toll, and not the event.
fn doubts_event(ctx: &Ctx, unit: &Unit, believed: &Mention) -> bool {
    let l = ctx.l;
    let behind = |reach: usize| believed.end..(believed.end + reach).min(unit.end);
    let actor = ctx.any(behind(3), l.nationality) || ctx.any(behind(6), l.actor);
    let toll = [l.cause, l.dead_noun, l.hurt_noun, l.injury_noun, l.victim_noun, l.loss, l.rise];
    !actor && !toll.iter().any(|k| ctx.any(behind(6), *k))
}
