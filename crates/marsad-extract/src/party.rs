//! Which words name a party, and what is it called?
//!
//! A party stands at the end of a noun phrase: words of force and adjectives
//! («قناصة تابعون لقوات …», «مجموعة من مقاتلي …») and then a name or an adjective of
//! nationality. «القوات الحكومية» is named by the country that the report plays
//! in, a short name by the fuller one of the text.

use crate::attribution::speaks_for;
use crate::context::Ctx;
use crate::perpetrator::Doer;
use marsad_lang::{Entry, Mention};
use marsad_model::Evidence;
use std::collections::BTreeMap;

/// So far before and behind, a report is about the same parties.
const REPORT: usize = 400;

/// A noun phrase that ends in a party.
pub struct Phrase {
    pub name: String,
    pub end: usize,
    pub evidence: Evidence,
    /// Words of force and adjectives before the party.
    pub words: usize,
    pub is_group: bool,
    /// «مسلحون»: men of whom no name is told.
    pub unnamed: bool,
}

impl Phrase {
    /// «قتل فلسطينيان»: a bare nationality behind a verb is a person of it.
    pub fn acts(&self) -> bool {
        self.is_group || self.words > 0
    }

    pub fn doer(self, suspected: bool) -> Doer {
        Doer { name: self.name, evidence: vec![self.evidence], suspected }
    }
}

pub fn phrase(ctx: &Ctx, from: usize, end: usize) -> Option<Phrase> {
    phrase_of(ctx, from, end, false)
}

/// The party that a run of words of force and adjectives ends in; with `to` it
/// may hang on «لـ».
pub fn phrase_of(ctx: &Ctx, from: usize, end: usize, to: bool) -> Option<Phrase> {
    let (mut at, mut words, mut to) = (from, 0, to);
    while at < end && words <= 4 {
        if let Some(p) = party(ctx, at, words, to) {
            return Some(p);
        }
        // «قوة تابعة للدعم السريع»: of a force one may say whose it is, with «لـ».
        to |= words > 0 && ctx.is_at(at, ctx.l.belonging);
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
        let name = if QUOTES.iter().any(|q| ctx.sign(m.end + 1, q)) { m.end + 2 } else { m.end + 1 };
        // «مجموعات مسلحة من …»: the adjective alone may be read as their noun, with «من».
        let armed = || ctx.a.at(m.end - 1).any(|w| w.end == m.end + 1 && ctx.has(w, ctx.l.people));
        let from = ctx.is_at(m.end, ctx.l.from) || m.end - m.first > 1 && armed();
        let of = (from && free(m)).then(|| phrase_of(ctx, name, name + 6, false));
        if let Some(group) = of.flatten().filter(|p| p.is_group) {
            return Some(group);
        }
        let e = ctx.mention_evidence(m);
        return free(m).then(|| Phrase {
            name: called(ctx, m),
            end: m.end,
            evidence: e,
            words,
            is_group: true,
            unnamed: ctx.a.entry(m).id.starts_with("generic-"),
        });
    }
    let nation = ctx.at(at, ctx.l.nationality).or_else(|| country(ctx, at))?;
    // «شمال مالي» is where, and not who.
    let part = ctx.is_at(nation.first, ctx.l.direction) || ctx.before(nation.first, ctx.l.direction).is_some();
    if ctx.is_at(nation.end, ctx.l.make) || part {
        return None;
    }
    let militia = words > 0 && (at.saturating_sub(2)..at).any(|t| ctx.is_at(t, ctx.l.militia_word));
    let name = &ctx.a.entry(nation).en;
    let name = if militia { format!("Militias ({name})") } else { name.to_string() };
    // «مسيرات تركية تابعة للجيش السوداني»: whose they are, and not who made them.
    let owner = ctx.at(nation.end, ctx.l.belonging).filter(|_| words > 0);
    if let Some(p) = owner.and_then(|o| phrase_of(ctx, o.end, o.end + 6, true)).filter(|p| p.is_group) {
        return Some(p);
    }
    let evidence = ctx.mention_evidence(nation);
    free(nation).then_some(Phrase { name, end: nation.end, evidence, words, is_group: false, unnamed: false })
}

/// What a party is called in this text.
pub fn called(ctx: &Ctx, m: &Mention) -> String {
    name_of(ctx, full_name(ctx, m))
}

/// «القوات الحكومية» are those of the country that the report plays in.
fn name_of(ctx: &Ctx, m: &Mention) -> String {
    let entry = ctx.a.entry(m);
    let government = match &*entry.id {
        "generic-government-forces" => ctx.government.get_or_init(|| government(ctx)).clone(),
        "generic-coalition" => ctx.coalition.get_or_init(|| coalition(ctx)).clone(),
        _ => None,
    };
    government.or_else(|| spoken_name(ctx, m)).unwrap_or_else(|| entry.en.to_string())
}

/// «القوات المسلحة اليمنية» in the mouth of the spokesman of a party that calls itself so.
fn spoken_name(ctx: &Ctx, m: &Mention) -> Option<String> {
    let id = &ctx.a.entry(m).id;
    let near = m.first.saturating_sub(REPORT)..(m.first + REPORT).min(ctx.a.tokens.len());
    let calls_itself = |voice: &&Mention| {
        let names = ctx.a.entry(voice).extra("calls_itself");
        names.is_some_and(|names| names.split_whitespace().any(|name| *name == **id))
    };
    ctx.all(near, ctx.l.actor).find(calls_itself).and_then(|voice| speaks_for(ctx, voice)).map(str::to_string)
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

/// «طيران التحالف»: the coalition that fights in the country of the report.
fn coalition(ctx: &Ctx) -> Option<String> {
    let home = home(ctx)?;
    let lexicon = &ctx.res.lexicon;
    let mut all = (0..lexicon.entry_count()).map(|id| lexicon.entry(id as _));
    let fights = |e: &&Entry| e.extra("coalition_in").is_some_and(|c| c.split_whitespace().any(|c| *c == *home));
    all.find(fights).map(|e| e.en.to_string())
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

/// «الاحتلال», «جيش الاحتلال» where the text has said «الاحتلال التركي»: the fuller name that
/// holds it, when all fuller names agree.
fn full_name<'c>(ctx: &'c Ctx, short: &'c Mention) -> &'c Mention {
    let (words, head) = (short.end - short.first, bare(ctx, short.first));
    let near = short.first.saturating_sub(REPORT)..(short.first + REPORT).min(ctx.a.tokens.len());
    // Of two words and more only what goes on behind them is a fuller name.
    let holds = |m: &Mention| match words {
        1 => (m.first..m.end - 1).any(|t| bare(ctx, t) == head),
        _ => bare(ctx, m.first) == head && (1..words).all(|i| bare(ctx, m.first + i) == bare(ctx, short.first + i)),
    };
    let longer = |m: &&Mention| m.end - m.first > words && m.form.entry != short.form.entry && holds(m);
    let mut fuller = ctx.all(near, ctx.l.actor).filter(longer);
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
pub const QUOTES: [&str; 9] = ["\"", "«", "»", "“", "”", "„", "‹", "›", "'"];

/// Behind a word of force, or of the means, the party may follow.
fn filler(ctx: &Ctx, at: usize, words: usize, to: bool) -> Option<usize> {
    let l = ctx.l;
    if QUOTES.iter().any(|q| ctx.sign(at, q)) {
        return Some(at + 1);
    }
    // «قصف مدفعي من الجيش التركي», «برشاش 23 لقوات …», «طائرة حربية، لجيش …», «قصف صاروخي لـ قوات …».
    let hangs_on = |t: usize| ctx.a.at(t).any(|m| is_to(ctx, m) && ctx.has(m, l.actor));
    let named = |t: usize| ctx.a.at(t).any(|m| ctx.has(m, l.actor) && m.clitics.preposition == '\0');
    let from = |t: usize| ctx.is_at(t, l.from) && named(past_quote(ctx, t + 1));
    if to
        && (from(at)
            || is_to_alone(ctx, at) && named(past_quote(ctx, at + 1))
            || ctx.sign(at, "،") && from(at + 1)
            || (ctx.a.tokens.is_number(at) || ctx.sign(at, "،")) && hangs_on(at + 1))
    {
        return Some(at + 1);
    }
    if let Some(nation) = ctx.at(at, l.nationality).filter(|n| ctx.is_at(n.end, l.make)) {
        return Some(nation.end + 1);
    }
    let belongs = ctx.at(at, l.belonging).filter(|m| to && hangs_on(m.end));
    if let Some(m) = belongs {
        return Some(m.end);
    }
    let m = ctx.a.at(at).filter(|m| {
        // «قوة تتبع للدعم السريع»
        let troops = ctx.has(m, l.target) && &*ctx.a.entry(m).family == "troops" && ctx.is_at(m.end, l.belonging);
        let glue = ctx.has(m, l.force_word)
            || troops
            || ctx.has(m, l.party_part)
            || ctx.has(m, l.act_adjective)
            || (ctx.has(m, l.weapon) && is_arm(ctx, m));
        // «قصف بالمدفعية لقوات …»: with what stands between act and doer too.
        let with = ctx.has(m, l.weapon) && !is_to(ctx, m);
        let free = m.clitics.preposition == '\0' || with || (words == 0 && to && is_to(ctx, m));
        // «مدفعي وصاروخي لقوات …»: a second adjective may be joined, a second noun not.
        glue && free && (!m.clitics.conjunction || ctx.has(m, l.act_adjective))
    });
    m.map(|m| m.end).max()
}

/// Arms and munitions that carry the name of whose they are.
pub fn is_arm(ctx: &Ctx, m: &Mention) -> bool {
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
pub fn is_to(ctx: &Ctx, m: &Mention) -> bool {
    m.clitics.preposition == ctx.res.lexicon.clitics.swallowing
}

/// «لـ» written by itself before a name.
fn is_to_alone(ctx: &Ctx, at: usize) -> bool {
    let mut letters = ctx.a.tokens.text(at).chars();
    letters.next() == Some(ctx.res.lexicon.clitics.swallowing) && letters.next().is_none()
}

fn past_quote(ctx: &Ctx, at: usize) -> usize {
    if QUOTES.iter().any(|q| ctx.sign(at, q)) { at + 1 } else { at }
}

/// Past «المدعومة من إيران»: who stands behind a party.
pub fn after_backing(ctx: &Ctx, at: usize) -> usize {
    let fenced = if ctx.sign(at, "،") { at + 1 } else { at };
    let Some(backed) = ctx.at(fenced, ctx.l.backed) else { return at };
    let l = ctx.l;
    let power = (backed.end..backed.end + 2)
        .find_map(|t| ctx.a.at(t).find(|m| [l.place, l.actor, l.nationality].iter().any(|k| ctx.has(m, *k))));
    power.map_or(backed.end + 1, |m| m.end)
}

/// Past words of time between verb and subject.
pub fn after_times(ctx: &Ctx, from: usize, end: usize) -> usize {
    let mut at = from;
    while let Some((_, t)) = ctx.a.times_in(at..(at + 2).min(end)).find(|(_, t)| t.first <= at + 1) {
        if t.end <= at || t.first > at {
            break;
        }
        at = t.end;
    }
    // «أطلق عليه مسلح النار»
    if ctx.a.at(at).any(|m| m.clitics.pronoun && ctx.has(m, ctx.l.on)) { at + 1 } else { at }
}
