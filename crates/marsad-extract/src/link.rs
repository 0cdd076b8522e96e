//! How does one incident of a document stand to another one of it?
//!
//! A phrase of `ar/links/` («رداً على», «بعد ساعات من») ties the event word behind it to the last one before it, or to
//! what the sentence before it told. A link is read only where both words tell incidents: a threat, a motive, a
//! campaign that is only named, and what is thought possible or denied give none.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::trigger;
use jiff::ToSpan;
use marsad_lang::{Clause, LinkRule, Pattern, Sentence};
use marsad_model::{Incident, Link, LinkKind, ResponsibilityStatus, Sourced};
use std::collections::BTreeSet;

/// So many tokens lie between a phrase and the event word behind it, at most.
const REACH: usize = 4;

/// Writes into the incidents of the events (in their order) how they stand to one another.
pub fn link(ctx: &Ctx, events: &[Event], incidents: &mut [Incident]) {
    if incidents.len() < 2 {
        return;
    }
    let rules = rules_of(ctx);
    for (index, sentence) in ctx.a.sentences.iter().enumerate().filter(|(i, _)| ctx.roles[*i].tells_news()) {
        let phrases = phrases(ctx, &rules, sentence);
        if phrases.is_empty() {
            continue;
        }
        let told = Told { ctx, events, index, sentence, words: words(ctx, events, index, sentence) };
        for phrase in phrases.iter().filter(|p| !told.is_doubted(p)) {
            let Some((own, other)) = told.ends(phrase) else { continue };
            for (from, to) in own.iter().flat_map(|from| other.iter().map(move |to| (*from, *to))) {
                add(ctx, phrase, incidents, from, to);
            }
        }
    }
    without_contradictions(incidents);
}

/// A phrase of the data in the text.
struct Phrase<'r> {
    rule: &'r LinkRule,
    first: usize,
    end: usize,
}

/// The rules with those of their patterns that the text has all words for.
fn rules_of<'r>(ctx: &Ctx<'r>) -> Vec<(&'r LinkRule, Vec<&'r Pattern>)> {
    let patterns = |rule: &'r LinkRule| rule.patterns.iter().filter(|p| p.may_be_in(ctx.a)).collect::<Vec<_>>();
    ctx.res.links.iter().map(|rule| (rule, patterns(rule))).filter(|(_, patterns)| !patterns.is_empty()).collect()
}

/// Left to right; of several at one token the longest.
fn phrases<'r>(ctx: &Ctx<'r>, rules: &[(&'r LinkRule, Vec<&'r Pattern>)], sentence: &Sentence) -> Vec<Phrase<'r>> {
    let mut out: Vec<Phrase> = vec![];
    for m in ctx.a.within(sentence.first..sentence.end) {
        if out.last().is_some_and(|before| m.first < before.end && m.first != before.first) {
            continue;
        }
        for (rule, patterns) in rules {
            let begins = patterns.iter().filter(|p| p.first_labels().any(|l| ctx.has(m, l)));
            let found = begins.filter_map(|p| p.match_at(ctx.a, m.first, sentence.end));
            let Some(found) = found.max_by_key(|found| found.end) else { continue };
            match out.last_mut() {
                Some(before) if before.first == found.first && before.end >= found.end => {}
                Some(before) if before.first == found.first => *before = phrase(rule, found.end, before.first),
                _ => out.push(phrase(rule, found.end, found.first)),
            }
        }
    }
    out
}

fn phrase(rule: &LinkRule, end: usize, first: usize) -> Phrase<'_> {
    Phrase { rule, first, end }
}

/// An event word of a sentence, with the incidents that it tells: none where it was set aside.
struct Word {
    first: usize,
    head: usize,
    anaphoric: bool,
    plural: bool,
    tells: BTreeSet<usize>,
}

/// In order. A word that several rules read tells what any of them tells.
fn words(ctx: &Ctx, events: &[Event], index: usize, sentence: &Sentence) -> Vec<Word> {
    let (hits, rejected) = trigger::hits(ctx, sentence);
    let tells = |head: usize| {
        let is_told = |e: &Event| e.units.iter().any(|u| u.sentence == index && u.hits.iter().any(|h| h.head == head));
        events.iter().enumerate().filter(|(_, e)| is_told(e)).map(|(i, _)| i).collect()
    };
    let mut out: Vec<Word> = hits
        .iter()
        .map(|h| Word { first: h.first, head: h.head, anaphoric: h.anaphoric, plural: h.plural, tells: tells(h.head) })
        .collect();
    let aside = |r: &trigger::Rejected| Word {
        first: r.first,
        head: r.first,
        anaphoric: false,
        plural: false,
        tells: BTreeSet::new(),
    };
    out.extend(rejected.iter().map(aside));
    out.sort_by_key(|w| (w.head, w.first));
    out
}

/// One sentence and what its words tell.
struct Told<'t, 'a> {
    ctx: &'t Ctx<'a>,
    events: &'t [Event],
    index: usize,
    sentence: &'t Sentence,
    words: Vec<Word>,
}

/// Incidents by their numbers.
type Ends = (BTreeSet<usize>, BTreeSet<usize>);

impl Told<'_, '_> {
    /// The incidents that have the link, and those to which it leads; `None` where one side tells none.
    fn ends(&self, phrase: &Phrase) -> Option<Ends> {
        let behind = self.behind(phrase)?;
        let before = self.words.iter().rfind(|w| w.head < phrase.first);
        let (own, other) = if phrase.rule.own_behind {
            let before = before.map_or_else(|| self.sentence_before(), |w| Some(w.tells.clone()))?;
            (behind.tells.clone(), before)
        } else {
            if phrase.rule.kind == LinkKind::PartOf.name() && behind.plural {
                return None;
            }
            let points_back = || self.ctx.any(self.clause(phrase)?.first..phrase.first, self.ctx.l.this).then_some(());
            let own = match before {
                Some(word) => word.tells.clone(),
                None if points_back().is_some() => self.sentence_before()?,
                None => self.after(phrase, &behind.tells)?,
            };
            (own, behind.tells.clone())
        };
        (!own.is_empty() && !other.is_empty() && own.is_disjoint(&other)).then_some((own, other))
    }

    /// The event word that the phrase governs.
    fn behind(&self, phrase: &Phrase) -> Option<&Word> {
        let end = self.clause(phrase)?.end;
        // «وردت القوات على الهجوم بقصف …»: what it replied with, not what it replied to.
        let is_means = |w: &Word| self.ctx.a.at(w.head).any(|m| m.clitics.preposition != '\0');
        let passes = |w: &&Word| !phrase.rule.own_behind || !w.anaphoric;
        let word = self.words.iter().filter(passes).find(|w| w.head >= phrase.end && w.head < end)?;
        let is_near = word.first.max(phrase.end) - phrase.end <= REACH;
        (is_near && (!phrase.rule.needs("by_means") || is_means(word))).then_some(word)
    }

    /// «رداً على استهداف …، قصفت …»: the phrase opens the sentence, and the link is that of what is told next.
    fn after(&self, phrase: &Phrase, other: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
        let clause = self.clause(phrase)?;
        let next = self.words.iter().find(|w| w.head >= clause.end)?;
        (clause.first == self.sentence.first && next.tells.is_disjoint(other)).then(|| next.tells.clone())
    }

    /// What the sentence before told, if it told one incident.
    fn sentence_before(&self) -> Option<BTreeSet<usize>> {
        let before = self.index.checked_sub(1).filter(|i| self.ctx.roles[*i].tells_news())?;
        let told = |e: &Event| e.units.iter().any(|u| u.sentence == before);
        let told: BTreeSet<usize> = self.events.iter().enumerate().filter(|(_, e)| told(e)).map(|(i, _)| i).collect();
        (told.len() == 1).then_some(told)
    }

    fn clause(&self, phrase: &Phrase) -> Option<&Clause> {
        self.sentence.clauses.iter().find(|c| c.first <= phrase.first && phrase.first < c.end)
    }

    /// «ليس رداً على», «قد يكون رداً على», «هدد … رداً على».
    fn is_doubted(&self, phrase: &Phrase) -> bool {
        let (ctx, l) = (self.ctx, self.ctx.l);
        let Some(clause) = self.clause(phrase) else { return true };
        let from = self.words.iter().rfind(|w| w.head < phrase.first).map_or(clause.first, |w| w.head + 1);
        let said = from.max(clause.first)..phrase.first;
        let near = clause.first.max(phrase.first.saturating_sub(3))..phrase.first;
        let unsure = [l.believed, l.perhaps].iter().any(|label| ctx.any(clause.first..phrase.first, *label));
        unsure || ctx.any(said, l.unreal) || ctx.any(near, l.not)
    }
}

fn add(ctx: &Ctx, phrase: &Phrase, incidents: &mut [Incident], from: usize, to: usize) {
    let rule = phrase.rule;
    let Some(kind) = LinkKind::from_name(&rule.kind) else { return };
    if !may_stand(rule, kind, &incidents[from], &incidents[to]) {
        return;
    }
    let other = incidents[to].id.clone();
    let evidence = ctx.evidence(phrase.first, phrase.end, rule.rule.clone());
    ctx.note(|| format!("{} {} {other} «{}»", incidents[from].id, kind.name(), ctx.quote(phrase.first, phrase.end)));
    ctx.note(|| format!("  {}", rule.rule));
    let links = &mut incidents[from].links;
    match links.iter_mut().find(|link| link.to == other && *link.kind.value() == kind) {
        Some(known) => known.kind.add_evidence(&[evidence]),
        None => links.push(Link { kind: Sourced::new(kind, evidence), to: other }),
    }
}

/// What the rule asks for holds, and nothing that is known of the two contradicts it.
fn may_stand(rule: &LinkRule, kind: LinkKind, own: &Incident, other: &Incident) -> bool {
    let latest_own = own.date.latest.unwrap_or(jiff::civil::Date::MAX);
    let latest_other = other.date.latest.unwrap_or(jiff::civil::Date::MAX);
    let is_earlier = other.date.earliest.is_some_and(|day| latest_own < day);
    let is_days_later = |days: i64| own.date.earliest.is_some_and(|day| latest_other.saturating_add(days.days()) < day);
    let apart = match kind {
        LinkKind::SameCampaignAs => rule.needs("same_day") && (is_earlier || is_days_later(0)),
        _ => is_earlier || rule.needs("next_day") && is_days_later(1),
    };
    let foes = kind == LinkKind::SameCampaignAs && have_other_doers(own, other);
    !(apart || foes || rule.needs("same_country") && lie_abroad(own, other))
}

fn lie_abroad(a: &Incident, b: &Incident) -> bool {
    let country = |i: &Incident| i.place.as_ref().map(|p| p.country.clone()).filter(|c| !c.is_empty());
    matches!((country(a), country(b)), (Some(x), Some(y)) if x != y)
}

fn have_other_doers(a: &Incident, b: &Incident) -> bool {
    let doers = |i: &Incident| -> BTreeSet<String> {
        let claimed = i.claimed_by.actor.clone().filter(|_| i.claimed_by.status == ResponsibilityStatus::Claimed);
        i.perpetrator.iter().map(|p| p.value().clone()).chain(claimed).collect()
    };
    let (a, b) = (doers(a), doers(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// Two incidents that answer each other, or each of which came of the other, were not understood.
fn without_contradictions(incidents: &mut [Incident]) {
    let said: BTreeSet<(String, LinkKind, String)> =
        incidents.iter().flat_map(|i| i.links.iter().map(|l| (i.id.clone(), *l.kind.value(), l.to.clone()))).collect();
    for incident in incidents {
        let own = incident.id.clone();
        incident.links.retain(|link| {
            let mutual = said.contains(&(link.to.clone(), *link.kind.value(), own.clone()));
            // Of one campaign either may be: said both ways, the first says it.
            let is_first = *link.kind.value() == LinkKind::SameCampaignAs && number(&own) < number(&link.to);
            !mutual || is_first
        });
    }
}

/// `i2` before `i10`.
fn number(id: &str) -> (usize, &str) {
    (id.len(), id)
}
