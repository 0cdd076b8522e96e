//! Does a party tell its own deed?
//!
//! Nobody need say «مسؤولية» to claim: «أعلنت كتائب … أنها استهدفت», «قالت … في بلاغ: تمكن مجاهدونا من تفجير …»,
//! «أعلنت كتيبة … عن تفجير عبوة». What it tells of others, or of what befell itself, is no claim.

use crate::attribution::speaks_for;
use crate::context::Ctx;
use crate::perpetrator;
use crate::responsibility::{Responsibility, groups};
use marsad_lang::{Mention, Part};
use marsad_model::{ClaimedBy, ResponsibilityStatus};

/// A word of one's own men, «أنها», or a verb of saying: is the deed of the speaker told behind it?
pub fn own_deed(ctx: &Ctx, m: &Mention, first: usize, end: usize, out: &mut Responsibility) {
    let l = ctx.l;
    if out.claimed.status != ResponsibilityStatus::Unknown || ctx.any(first..end, l.habitual) {
        return;
    }
    let (own, that_he) = (ctx.has(m, l.own_forces), ctx.has(m, l.that_he));
    let found = match () {
        _ if own || that_he => {
            deed_beside(ctx, m, end, own).and_then(|deed| Some((speaker(ctx, m, first, own)?, m, deed)))
        }
        _ => announced(ctx, m, end).map(|(group, deed)| ((group, ctx.a.entry(group).en.to_string()), m, deed)),
    };
    let Some(((group, name), cue, deed)) = found else { return };
    // «قالت الشرطة إنها قتلت المنفذ»: of a state, killing somebody mostly ends an attack.
    let of_state = matches!(&*ctx.a.entry(group).family, "forces" | "state");
    if of_state && !attacks(ctx, deed) {
        return;
    }
    out.points_back = that_he;
    out.of_state = of_state;
    out.claimed = ClaimedBy {
        status: ResponsibilityStatus::Claimed,
        actor: Some(name),
        evidence: vec![
            ctx.evidence(cue.first.min(deed.first), deed.end.max(cue.end), "claim"),
            ctx.mention_evidence(group),
        ],
    };
}

/// «مقاتليها استهدفوا», «مجاهدونا من تفجير», «قصف مجاهدونا».
fn deed_beside<'c>(ctx: &'c Ctx, m: &Mention, end: usize, own: bool) -> Option<&'c Mention> {
    let killed = |v: &Mention| ctx.has(v, ctx.l.kill) && perpetrator::victim_at(ctx, v.end);
    let did = |v: &&Mention| v.form.part == Part::Perfect && (attacks(ctx, v) || killed(v));
    let behind = ctx.a.within(m.end..(m.end + 2).min(end)).find(|v| did(v));
    let managed = || {
        let from = ctx.at(m.end, ctx.l.from).filter(|_| own)?;
        ctx.a.within(from.end..(from.end + 1).min(end)).find(|n| n.form.part == Part::Noun && attacks(ctx, n))
    };
    let before = || {
        let verb = ctx.a.within(m.first.saturating_sub(1)..m.first).find(|v| v.end == m.first && attacks(ctx, v));
        verb.filter(|v| own && v.form.part == Part::Perfect)
    };
    behind.or_else(managed).or_else(before)
}

fn attacks(ctx: &Ctx, m: &Mention) -> bool {
    let l = ctx.l;
    let attack =
        [l.carry_out, l.target_v, l.attack, l.bombard, l.detonate, l.assassinate, l.shoot, l.launch, l.destroy];
    attack.iter().any(|k| ctx.has(m, *k))
}

/// Whose word it is: the party named before, the voice of one, or the party of the report whose name is left out.
fn speaker<'c>(ctx: &'c Ctx, m: &Mention, first: usize, own: bool) -> Option<(&'c Mention, String)> {
    let id = |a: &Mention| ctx.a.entry(a).id.clone();
    // «زعيم المتمردين … أن قواته قصفت»: unnamed too, where they speak of their own men.
    let known = |a: &&Mention| !id(a).starts_with("generic-") || own && matches!(&*id(a), "generic-rebels");
    let said = ctx.any(first..m.first, ctx.l.speech);
    let name = |a: &'c Mention| (a, ctx.a.entry(a).en.to_string());
    let group = || groups(ctx, first, m.first).filter(known).last().or_else(|| led(ctx, m, first, own)).map(name);
    let voice =
        || ctx.all(first..m.first, ctx.l.actor).filter_map(|a| Some((a, speaks_for(ctx, a)?.to_string()))).last();
    let found = said.then(|| group().or_else(voice)).flatten();
    found.or_else(|| left_out(ctx, m).map(name))
}

/// «زعيم المتمردين»: the genitive of a leader is no preposition, but the group may be held by one («في حركة …»).
fn led<'c>(ctx: &'c Ctx, m: &Mention, first: usize, own: bool) -> Option<&'c Mention> {
    let near = m.first.saturating_sub(LEADER).max(first)..m.first;
    let armed = |a: &&Mention| matches!(&*ctx.a.entry(a).family, "armed_group" | "militia");
    ctx.all(near, ctx.l.actor).filter(armed).rfind(|a| own && !ctx.a.entry(a).id.starts_with("generic-gunmen"))
}

/// Tokens from the group of a leader to his men.
const LEADER: usize = 6;

/// «وأشارت إلى أنها قصفت»: the verb has no subject of its own, so the armed group told last goes on speaking.
fn left_out<'c>(ctx: &'c Ctx, m: &Mention) -> Option<&'c Mention> {
    let l = ctx.l;
    let verb = ctx.all(m.first.saturating_sub(2)..m.first, l.speech).last()?;
    let bare = verb.form.part == Part::Perfect && verb.clitics.conjunction;
    let low = m.first.saturating_sub(REPORT);
    let before = ctx.all(low..verb.first, l.actor).rfind(|a| !matches!(&*ctx.a.entry(a).family, "agency"))?;
    let armed = matches!(&*ctx.a.entry(before).family, "armed_group" | "militia");
    (bare && armed && !ctx.a.entry(before).id.starts_with("generic-")).then_some(before)
}

/// So far back a report goes on quoting the same speaker.
const REPORT: usize = 80;

/// «أعلنت كتيبة … عن تفجير عبوة», «أعلنت حركة … تنفيذ هجوم»: an armed group, and an act that is nobody else's.
fn announced<'c>(ctx: &'c Ctx, verb: &Mention, end: usize) -> Option<(&'c Mention, &'c Mention)> {
    let l = ctx.l;
    let said = ctx.has(verb, l.announce) && verb.form.part == Part::Perfect && ctx.before(verb.first, l.not).is_none();
    let group = groups(ctx, verb.end, (verb.end + 2).min(end)).next().filter(|_| said)?;
    let entry = ctx.a.entry(group);
    if !matches!(&*entry.family, "armed_group" | "militia") || entry.id.starts_with("generic-") {
        return None;
    }
    let act = |n: &Mention| {
        let bare = n.form.part == Part::Noun && !n.clitics.article && !n.clitics.pronoun;
        bare && (attacks(ctx, n) || ctx.has(n, l.ambush))
    };
    // «أعلنت كتيبة …، الجناح العسكري لـ…، اليوم عن تفجير»: «عن» opens what is announced, however far.
    let opened = (group.end..(group.end + FAR).min(end)).take_while(|t| !ctx.is_at(*t, l.that_he));
    let far = opened.into_iter().filter(|t| ctx.is_at(*t, l.that)).find_map(|t| ctx.a.at(t + 1).find(|n| act(n)));
    let stop = (group.end..(group.end + CONTENT).min(end)).find(|t| ctx.sign(*t, "،") || ctx.is_at(*t, l.that_he));
    let near = || ctx.a.within(group.end..stop.unwrap_or(end).min(group.end + CONTENT)).find(|n| act(n));
    let deed = far.or_else(near)?;
    let befell = ctx.a.within(deed.end..(deed.end + 4).min(end)).any(|o| o.clitics.pronoun);
    let of_other = perpetrator::agent_of(ctx, deed, end).is_some_and(|who| who != *entry.en);
    (!befell && !of_other).then_some((group, deed))
}

/// Tokens from the name of a group to the deed that it announces.
const CONTENT: usize = 8;

/// The same, where «عن» opens it.
const FAR: usize = 30;
