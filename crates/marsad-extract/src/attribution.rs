//! Who says it, and on whose word does it rest?
//!
//! Agencies, officials, unnamed sources, and the parties themselves. A party
//! speaks for itself where it is armed and no state, or where it tells its own
//! deed; what a state's army or police tells of others is an official's word.

use crate::context::Ctx;
use crate::unit::Unit;
use marsad_lang::{Mention, Part};
use marsad_model::{Attribution, ClaimedBy, Epistemic, Incident, ResponsibilityStatus, SourceKind, Sourced};

/// The chain of speakers in a stretch: agencies first, then officials and
/// unnamed sources.
pub fn attribution(ctx: &Ctx, first: usize, end: usize) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = vec![];
    let speaks = ctx.a.within(first..end).any(|m| ctx.has(m, ctx.l.speech));
    for m in ctx.a.within(first..end) {
        let entry = ctx.a.entry(m);
        let (source, kind) = match () {
            _ if ctx.has(m, ctx.l.actor) && &*entry.family == "agency" => (entry.en.to_string(), SourceKind::Agency),
            _ if ctx.has(m, ctx.l.actor) && &*entry.family == "official" && speaks => (
                entry.en.to_string(),
                if speaks_for(ctx, m).is_some() { SourceKind::Party } else { SourceKind::Official },
            ),
            _ if ctx.has(m, ctx.l.source) && speaks => (ctx.quote(m.first, m.end), source_kind(ctx, m)),
            _ if ctx.has(m, ctx.l.actor) && spoken_by(ctx, m, first) => {
                (entry.en.to_string(), speaker_kind(&entry.family))
            }
            _ => continue,
        };
        if !out.iter().any(|a| a.source == source) {
            out.push(Attribution { source, kind, evidence: vec![ctx.mention_evidence(m)] });
        }
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
        _ if ctx.has(m, ctx.l.statement) => SourceKind::Official,
        _ => SourceKind::Anonymous,
    }
}

/// «أعلن التحالف …»: one who acts speaks; «الاشتباكات بين … و…» looks like a verb of speech and is none.
fn spoken_by(ctx: &Ctx, m: &Mention, first: usize) -> bool {
    let free = m.clitics.preposition == '\0';
    let speaks = |t: usize| ctx.is_at(t, ctx.l.speech) && !ctx.is_at(t, ctx.l.range_between);
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
