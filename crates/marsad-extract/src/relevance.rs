//! Is an attack told here, or only spoken of?
//!
//! «قتل شرطيان في انفجار» reports; «التحقيق في اغتيال الوزير» refers. Every telling has features that a
//! reader can check: how the event word stands, what governs it, what is told beside it. Their
//! weights are integers of a table in the data (`ar/model/relevance.toml`, which says on what they
//! were trained and how); the sum decides, and stands in the derivation.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::place;
use crate::toll::{Fact, Kind, Said};
use crate::trigger::Hit;
use crate::unit::{Link, Unit};
use marsad_lang::{Class, Clause, Mention, Opening, Part, Sentence};
use marsad_model::{DatePrecision, EventType, SegmentRole};
use std::collections::BTreeSet;
use std::ops::Range;

/// An event before it is judged.
pub struct Weighed {
    /// How much is told of it: date, place, type, victims.
    pub told: i32,
    /// How much speaks for it being reported: the weights of its features.
    pub news: i64,
    /// The features of its best telling.
    pub features: BTreeSet<String>,
}

impl Weighed {
    /// The features that weigh anything, the heaviest first.
    pub(crate) fn reasons(&self, ctx: &Ctx) -> String {
        let weight = |f: &String| ctx.res.relevance.weight(f);
        let mut heavy: Vec<&String> = self.features.iter().filter(|f| weight(f) != 0).collect();
        heavy.sort_by_key(|f| -weight(f).abs());
        heavy.iter().map(|f| format!("{f} {:+}", weight(f))).collect::<Vec<_>>().join(", ")
    }
}

/// How much speaks for an event being reported rather than referred to.
pub fn weighed(ctx: &Ctx, event: &Event, told: i32) -> Weighed {
    let about = of_event(ctx, event, told);
    let tellings = event.units.iter().map(|unit| {
        // Sorted rather than a tree: only one telling is kept.
        let mut features: Vec<String> = of_unit(ctx, unit).into_iter().chain(about.iter().cloned()).collect();
        features.sort_unstable();
        features.dedup();
        let news: i64 = features.iter().map(|f| ctx.res.relevance.weight(f)).sum();
        (news, features)
    });
    match tellings.reduce(|a, b| if b.0 > a.0 { b } else { a }) {
        Some((news, features)) => Weighed { told, news, features: features.into_iter().collect() },
        None => Weighed { told, news: 0, features: about },
    }
}

/// What is told of the event as a whole.
fn of_event(ctx: &Ctx, event: &Event, told: i32) -> BTreeSet<String> {
    let mut out = BTreeSet::from(["bias".to_string()]);
    out.insert(format!("told/{}", told.min(9)));
    out.insert(format!("tellings/{}", event.units.len().min(3)));
    out.insert(format!("type/{}", event.kind().name()));
    if event.background {
        out.insert("background".into());
    }
    if event.units.iter().any(|u| ctx.roles[u.sentence] == SegmentRole::Headline) {
        out.insert("headline".into());
    }
    out
}

/// With repetitions, which the set of all features does without.
fn of_unit(ctx: &Ctx, unit: &Unit) -> Vec<String> {
    let mut out = vec![];
    let sentence = &ctx.a.sentences[unit.sentence];
    let head = unit.hits.iter().filter(|h| !h.casualty_only).max_by_key(|h| h.rank).or(unit.hits.first());
    if let Some(hit) = head {
        out.extend(of_hit(ctx, sentence, hit));
    }
    out.extend(of_facts(&unit.facts));
    out.extend(of_date(ctx, unit));
    out.extend(of_place(ctx, unit));
    out.extend(of_sentence(ctx, sentence, unit));
    out
}

/// How the event word stands, and what governs it.
fn of_hit(ctx: &Ctx, sentence: &Sentence, hit: &Hit) -> Vec<String> {
    let rule = ctx.res.triggers[hit.rule].rule.rsplit('/').next().unwrap_or_default().to_string();
    let mut out = vec![format!("rule/{rule}"), format!("form/{}", form(ctx, hit))];
    let clause = sentence.clauses.iter().position(|c| c.first <= hit.head && hit.head < c.end).unwrap_or(0);
    out.push(format!("clause/{}", clause.min(4)));
    out.push(format!("at/{}", bucket(hit.first - sentence.first.min(hit.first))));
    let first = sentence.clauses.get(clause).map_or(sentence.first, |c| c.first);
    out.push(format!("in-clause/{}", bucket(hit.first - first.min(hit.first))));
    out.extend(governors(ctx, first, hit).into_iter().map(|g| format!("before/{g}")));
    out.extend(followers(ctx, sentence, hit).into_iter().map(|g| format!("behind/{g}")));
    if let Some(c) = sentence.clauses.get(clause) {
        out.push(format!("opening/{}", opening(c)));
    }
    out
}

fn opening(clause: &Clause) -> &'static str {
    match clause.opening {
        Opening::Start => "start",
        Opening::Comma => "comma",
        Opening::Strong => "strong",
        Opening::Conjunction => "conjunction",
        Opening::And => "and",
    }
}

fn form(ctx: &Ctx, hit: &Hit) -> String {
    let m = ctx.a.at(hit.head).find(|m| ctx.has(m, ctx.l.verb)).or(ctx.a.at(hit.head).next());
    let Some(m) = m else { return "none".into() };
    let mut name = m.form.part.name().to_string();
    if hit.plural {
        name += "-plural";
    }
    if m.clitics.article {
        name += "-definite";
    }
    if m.clitics.preposition != '\0' {
        name += "-governed";
    }
    if m.clitics.future {
        name += "-future";
    }
    name
}

fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=6 => "4",
        7..=12 => "7",
        13..=24 => "13",
        _ => "25",
    }
}

/// Word lists met in the few words before the hit, with how near: beside it or close by.
fn governors(ctx: &Ctx, first: usize, hit: &Hit) -> BTreeSet<String> {
    let from = hit.first.saturating_sub(5).max(first);
    let mut out = BTreeSet::new();
    if from == hit.first {
        out.insert("nothing".to_string());
    }
    for t in from..hit.first {
        for m in ctx.a.at(t).filter(|m| m.end <= hit.first) {
            let Some(name) = word_of(ctx, m) else { continue };
            let near = if m.end == hit.first { "beside" } else { "near" };
            out.insert(format!("{name}-{near}"));
        }
    }
    out
}

fn followers<'a>(ctx: &Ctx<'a>, sentence: &Sentence, hit: &Hit) -> BTreeSet<&'a str> {
    let to = (hit.end + 4).min(sentence.end);
    (hit.end..to).flat_map(|t| ctx.a.at(t)).filter_map(|m| word_of(ctx, m)).collect()
}

/// The names met in a stretch of the sentence, each once.
fn words_in<'a>(ctx: &Ctx<'a>, tokens: Range<usize>) -> Vec<&'a str> {
    let mut names: Vec<&str> = ctx.a.within(tokens).filter_map(|m| word_of(ctx, m)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The name under which weights speak of a mention: its word list, or its class.
fn word_of<'a>(ctx: &Ctx<'a>, m: &Mention) -> Option<&'a str> {
    let entry = ctx.a.entry(m);
    match entry.class {
        Class::Word => Some(&entry.id),
        Class::Number | Class::Month | Class::Weekday => None,
        class => Some(class.name()),
    }
}

fn of_facts(facts: &[Fact]) -> Vec<String> {
    let mut out = vec![];
    for f in facts {
        let said = match f.said {
            Said::Count(a) if a.vague => "some",
            Said::Count(a) if a.worded => "counted",
            Said::Count(_) => "one",
            Said::Named(_) => "named",
            // Both look for what an attack has done.
            Said::None | Said::NotKnown => "none",
            Said::Told => "told",
        };
        let kind = match f.kind {
            Kind::Killed => "killed",
            Kind::Wounded => "wounded",
            Kind::Pooled => "pooled",
            Kind::Attackers => "attackers",
            Kind::Damage => "damage",
        };
        let over = if f.over_period { "-period" } else { "" };
        out.push(format!("toll/{kind}-{said}{over}"));
    }
    if !facts.iter().any(Fact::founds) {
        out.push("toll/nothing".into());
    }
    out
}

fn of_date(ctx: &Ctx, unit: &Unit) -> Vec<String> {
    let Some(w) = unit.when() else { return vec!["date/nothing".into()] };
    let r = &w.resolved;
    let own = if w.own { "own" } else { "statement" };
    let days = match (r.latest, ctx.anchor.exact()) {
        (Some(day), Some(today)) => day.until(today).map_or(0, |s| s.get_days()),
        _ => return vec![format!("date/{own}-open")],
    };
    let age = match (r.precision, days) {
        (DatePrecision::Year, _) => "year",
        (DatePrecision::Month | DatePrecision::MonthPart, d) if d > 60 => "month-past",
        (DatePrecision::Month | DatePrecision::MonthPart, _) => "month",
        (_, 0..=1) => "fresh",
        (_, 2..=7) => "week",
        (_, 8..=60) => "weeks",
        (_, d) if d < 0 => "ahead",
        _ => "old",
    };
    vec![format!("date/{own}-{age}")]
}

fn of_place(ctx: &Ctx, unit: &Unit) -> Vec<String> {
    let Some(p) = unit.scene(ctx) else { return vec!["place/nothing".into()] };
    let level = match place::level(ctx, p) {
        0..=2 => "site",
        3..=5 => "town",
        6..=7 => "region",
        _ => "country",
    };
    let role = format!("{:?}", p.role).to_lowercase();
    vec![format!("place/{level}"), format!("place/{role}")]
}

const QUESTION: [&str; 2] = ["\u{61f}", "?"];

/// What else the sentence talks about.
fn of_sentence(ctx: &Ctx, sentence: &Sentence, unit: &Unit) -> Vec<String> {
    let mut out = vec![];
    out.extend(words_in(ctx, sentence.first..unit.first).iter().map(|w| format!("sentence/{w}-earlier")));
    out.extend(words_in(ctx, sentence.first..sentence.end).iter().map(|w| format!("sentence/{w}")));
    let length = match sentence.end - sentence.first {
        0..=15 => "15",
        16..=30 => "30",
        31..=50 => "50",
        51..=80 => "80",
        _ => "long",
    };
    out.push(format!("sentence/length/{length}"));
    out.push(format!("hits/{}", unit.hits.len().min(4)));
    out.push(format!("link/{}", link(unit.link)));
    let verb = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Passive) && ctx.has(m, ctx.l.verb);
    let told = unit.hits.iter().any(|h| ctx.a.at(h.head).any(verb));
    out.push(format!("verb/{}", if told { "told" } else { "nothing" }));
    let times = ctx.a.times_in(sentence.first..sentence.end).any(|(_, t)| t.is_point());
    out.push(if times { "sentence/dated" } else { "sentence/undated" }.into());
    if (sentence.first..=sentence.end).any(|t| t < ctx.a.tokens.len() && QUESTION.iter().any(|q| ctx.sign(t, q))) {
        out.push("question".into());
    }
    if unit.event == EventType::AttackUnspecified && unit.is_casualty_only() {
        out.push("casualty-only".into());
    }
    out
}

fn link(link: Link) -> &'static str {
    match link {
        Link::None => "none",
        Link::Earlier => "earlier",
        Link::DaysBefore(_) => "days-before",
        Link::Another | Link::Beside => "another",
    }
}
