//! Whose is the fire that goes on?
//!
//! «قصفت قوات … بلدة …. وطال القصف قرية …», «كما استهدف قصف مماثل بلدة …»: what is told as more of the same fire is that of
//! whoever opened it, unless the text names another.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::party;
use crate::perpetrator::{self, Doer};
use crate::unit::{Link, Unit};
use marsad_lang::{Mention, Part};
use marsad_model::{EventType, Family, Incident, ResponsibilityStatus};
use std::collections::BTreeMap;

/// So many sentences before may stand whose fire it is.
const SENTENCES_BACK: usize = 1;

/// Tokens from «قصف» over its adjectives to «مماثل».
const ADJECTIVES: usize = 3;

/// Tokens from the fire to those whom it met.
const MET: usize = 5;

/// Gives each attack that is told as more of the fire before it, and has no doer of its own, the doer of that.
pub fn share_doer(ctx: &Ctx, events: &[Event], incidents: &mut [Incident]) {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|i| events[*i].units[0].first);
    let mut shared: BTreeMap<usize, Doer> = BTreeMap::new();
    for i in order {
        let unit = &events[i].units[0];
        let Some(noun) = more_of_it(ctx, unit).filter(|_| is_open(&incidents[i])) else { continue };
        let Some((j, before)) = told_before(ctx, events, unit) else { continue };
        if j == i || !is_fire(before.event) || one_from_the_air(ctx, noun, unit, before) {
            continue;
        }
        let own = perpetrator::doer(ctx, std::slice::from_ref(before), events[j].kind());
        let doer = own.or_else(|| shared.get(&j).cloned()).or_else(|| told_of(&incidents[j], unit));
        let Some(doer) = doer.filter(|d| !names(ctx, noun.end..noun.end + MET, d)) else { continue };
        shared.insert(i, doer.clone());
        give(ctx, doer, noun, &mut incidents[i]);
    }
}

/// «أشار إلى أن قصفا مماثلا …»: whoever did what it is like, in whatever telling of that he is named.
fn told_of(before: &Incident, unit: &Unit) -> Option<Doer> {
    let doer = before.perpetrator.as_ref().filter(|_| unit.event.agrees(before.event_type()))?;
    Some(Doer { name: doer.value().clone(), evidence: doer.evidence().to_vec(), suspected: false })
}

fn give(ctx: &Ctx, mut doer: Doer, noun: &Mention, incident: &mut Incident) {
    doer.evidence.push(ctx.evidence(noun.first, noun.end, "fire-goes-on"));
    match doer.suspected {
        true => incident.blamed_on.push(doer.blame()),
        false => incident.perpetrator = doer.perpetrator(),
    }
}

/// «القصف استهدف مواقع القوات …»: those whom it met did not open it.
fn names(ctx: &Ctx, words: std::ops::Range<usize>, doer: &Doer) -> bool {
    let own = |m: &Mention| *ctx.a.entry(m).en == *doer.name;
    ctx.all(words, ctx.l.actor).any(|m| own(m) || party::called(ctx, m) == doer.name)
}

/// Nobody is named as the doer, and nobody claims or is accused.
fn is_open(incident: &Incident) -> bool {
    let claimed = incident.claimed_by.status != ResponsibilityStatus::Unknown;
    incident.perpetrator.is_none() && incident.blamed_on.is_empty() && !claimed
}

/// «القصف» as one who acts, or «قصف مماثل» of the same day: the word for the fire that goes on.
fn more_of_it<'c>(ctx: &'c Ctx, unit: &Unit) -> Option<&'c Mention> {
    let l = ctx.l;
    let head = unit.hits.iter().filter(|h| !h.casualty_only).find_map(|h| fire(ctx, h.first..h.end))?;
    let subject = head.clitics.article && head.clitics.preposition == '\0' && is_subject(ctx, head);
    let similar = (head.end..head.end + ADJECTIVES).any(|t| ctx.is_at(t, l.similar) || ctx.is_at(t, l.alike));
    let same_day = unit.link != Link::Earlier && unit.whens.iter().all(|w| !w.own);
    (subject || similar && same_day).then_some(head)
}

/// «طال القصف», «أن القصف …», «جراء القصف …»: and not «مواقع القصف», «كثفت القصف», «وهذا القصف».
fn is_subject(ctx: &Ctx, noun: &Mention) -> bool {
    let l = ctx.l;
    let opens = |m: &Mention| {
        let verb = m.form.part == Part::Perfect && !m.clitics.pronoun;
        let reaches = [l.target_v, l.hit, l.cause].iter().any(|k| ctx.has(m, *k));
        verb && reaches || [l.that, l.content_that, l.also, l.result].iter().any(|k| ctx.has(m, *k))
    };
    let before = (noun.first.saturating_sub(3)..noun.first).flat_map(|t| ctx.a.at(t)).filter(|m| m.end == noun.first);
    let starts = ctx.a.sentences.iter().any(|s| s.first == noun.first);
    starts || noun.clitics.conjunction || before.into_iter().any(opens)
}

/// A noun of fire among the words of a trigger.
fn fire<'c>(ctx: &'c Ctx, words: std::ops::Range<usize>) -> Option<&'c Mention> {
    let l = ctx.l;
    let noun = |m: &&Mention| m.form.part == Part::Noun && [l.bombard, l.raid].iter().any(|k| ctx.has(m, *k));
    ctx.a.within(words).find(|m| noun(m))
}

/// The telling right before, of this sentence or the last; what only counts victims is none.
fn told_before<'e>(ctx: &Ctx, events: &'e [Event], unit: &Unit) -> Option<(usize, &'e Unit)> {
    let same_part = |u: &Unit| ctx.roles[u.sentence] == ctx.roles[unit.sentence];
    let all = events.iter().enumerate().flat_map(|(j, e)| e.units.iter().map(move |u| (j, u)));
    let before = all.filter(|(_, u)| u.first < unit.first && u.sentence + SENTENCES_BACK >= unit.sentence);
    before.filter(|(_, u)| !u.is_casualty_only() && same_part(u)).max_by_key(|(_, u)| u.first)
}

fn is_fire(kind: EventType) -> bool {
    matches!(kind.family(), Family::Projectile | Family::Air)
}

/// «القصف الجوي» is not the shelling told before; «القصف» may be either.
fn one_from_the_air(ctx: &Ctx, noun: &Mention, unit: &Unit, before: &Unit) -> bool {
    let plain = ctx.has(noun, ctx.l.bombard) && unit.is_plain_bombardment();
    !plain && (unit.event.family() == Family::Air) != (before.event.family() == Family::Air)
}
