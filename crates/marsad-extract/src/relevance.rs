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
use marsad_lang::{Class, Clause, Mention, Opening, Part, Sentence, Weights};
use marsad_model::{DatePrecision, EventType, SegmentRole};
use std::ops::Range;

/// An event before it is judged.
pub struct Weighed {
    /// How much is told of it: date, place, type, victims.
    pub told: i32,
    /// How much speaks for it being reported: the weights of its features.
    pub news: i64,
    /// The features of its best telling.
    pub features: Features,
}

impl Weighed {
    /// The features that weigh anything, the heaviest first.
    pub(crate) fn reasons(&self, ctx: &Ctx) -> String {
        let weight = |f: &str| ctx.res.relevance.weight(f);
        let mut heavy: Vec<&str> = self.features.distinct().into_iter().filter(|f| weight(f) != 0).collect();
        heavy.sort_by_key(|f| -weight(f).abs());
        heavy.iter().map(|f| format!("{f} {:+}", weight(f))).collect::<Vec<_>>().join(", ")
    }
}

/// Names of features, some of them more than once: one text, for there are many and most weigh nothing.
pub struct Features {
    names: String,
    /// Where each name ends.
    ends: Vec<usize>,
}

impl Features {
    /// None yet, with room for those of a sentence.
    fn with_room() -> Features {
        Features { names: String::with_capacity(4096), ends: Vec::with_capacity(160) }
    }

    /// Adds a name given in parts.
    fn add<const N: usize>(&mut self, parts: [&str; N]) {
        parts.iter().for_each(|part| self.names.push_str(part));
        self.ends.push(self.names.len());
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.names[start..*end])
    }

    /// Those whose name is wanted.
    fn only(&self, keep: impl Fn(&str) -> bool) -> Features {
        let mut out = Features::with_room();
        self.iter().filter(|name| keep(name)).for_each(|name| out.add([name]));
        out
    }

    fn extend(&mut self, more: Option<Features>) {
        more.iter().flat_map(Features::iter).for_each(|name| self.add([name]));
    }

    /// Each name once, in alphabetical order.
    pub fn distinct(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.iter().collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|n| n == name)
    }

    /// The weights of all of them, each once.
    fn weight(&self, weights: &Weights) -> i64 {
        let mut heavy: Vec<(&str, i64)> =
            self.iter().map(|name| (name, weights.weight(name))).filter(|(_, weight)| *weight != 0).collect();
        heavy.sort_unstable();
        heavy.dedup();
        heavy.into_iter().map(|(_, weight)| weight).sum()
    }
}

/// How much speaks for an event being reported rather than referred to: its best telling, with the toll and the place of
/// whichever telling gives them best.
pub fn weighed(ctx: &Ctx, event: &Event, told: i32) -> Weighed {
    let weights = &ctx.res.relevance;
    let telling = |unit: &Unit| {
        let mut features = Features::with_room();
        of_unit(ctx, unit, &mut features);
        features
    };
    let tellings: Vec<Features> = event.units.iter().map(telling).collect();
    // The first of those that weigh the same.
    let best = |keep: &dyn Fn(&str) -> bool| {
        let kept = tellings.iter().map(|t| t.only(keep)).map(|f| (f.weight(weights), f));
        kept.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, features)| features)
    };
    // Deaths that nobody says to be of an attack lend each other nothing.
    let shared: &[&str] = if event.units.iter().all(Unit::is_casualty_only) { &[] } else { &SHARED };
    let mut features = Features::with_room();
    of_event(ctx, event, told, &mut features);
    features.extend(best(&|f| !shared.iter().any(|kind| f.starts_with(kind))));
    shared.iter().for_each(|kind| features.extend(best(&|f| f.starts_with(kind))));
    Weighed { told, news: features.weight(weights), features }
}

/// What one telling says of an event is said for all of them.
const SHARED: [&str; 2] = ["toll/", "place/"];

/// What is told of the event as a whole.
fn of_event(ctx: &Ctx, event: &Event, told: i32, out: &mut Features) {
    out.add(["bias"]);
    out.add(["told/", &told.min(9).to_string()]);
    out.add(["tellings/", digit(event.units.len().min(3))]);
    out.add(["type/", event.kind().name()]);
    if event.background {
        out.add(["background"]);
    }
    if event.units.iter().any(|u| ctx.roles[u.sentence] == SegmentRole::Headline) {
        out.add(["headline"]);
    }
}

fn of_unit(ctx: &Ctx, unit: &Unit, out: &mut Features) {
    let sentence = &ctx.a.sentences[unit.sentence];
    let head = unit.hits.iter().filter(|h| !h.casualty_only).max_by_key(|h| h.rank).or(unit.hits.first());
    if let Some(hit) = head {
        of_hit(ctx, sentence, hit, out);
    }
    of_facts(&unit.facts, out);
    of_date(ctx, unit, out);
    of_place(ctx, unit, out);
    of_sentence(ctx, sentence, unit, out);
}

/// How the event word stands, and what governs it.
fn of_hit(ctx: &Ctx, sentence: &Sentence, hit: &Hit, out: &mut Features) {
    let rule = ctx.res.triggers[hit.rule].rule.rsplit('/').next().unwrap_or_default();
    out.add(["rule/", rule]);
    form(ctx, hit, out);
    let clause = sentence.clauses.iter().position(|c| c.first <= hit.head && hit.head < c.end).unwrap_or(0);
    out.add(["clause/", digit(clause.min(4))]);
    out.add(["at/", bucket(hit.first - sentence.first.min(hit.first))]);
    let first = sentence.clauses.get(clause).map_or(sentence.first, |c| c.first);
    out.add(["in-clause/", bucket(hit.first - first.min(hit.first))]);
    governors(ctx, first, hit, out);
    followers(ctx, sentence, hit, out);
    if let Some(c) = sentence.clauses.get(clause) {
        out.add(["opening/", opening(c)]);
    }
}

/// A number of one figure.
fn digit(n: usize) -> &'static str {
    ["0", "1", "2", "3", "4"][n]
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

fn form(ctx: &Ctx, hit: &Hit, out: &mut Features) {
    let m = ctx.a.at(hit.head).find(|m| ctx.has(m, ctx.l.verb)).or(ctx.a.at(hit.head).next());
    let Some(m) = m else { return out.add(["form/none"]) };
    let said = |is: bool, name: &'static str| if is { name } else { "" };
    out.add([
        "form/",
        m.form.part.name(),
        said(hit.plural, "-plural"),
        said(m.clitics.article, "-definite"),
        said(m.clitics.preposition != '\0', "-governed"),
        said(m.clitics.future, "-future"),
    ]);
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
fn governors(ctx: &Ctx, first: usize, hit: &Hit, out: &mut Features) {
    let from = hit.first.saturating_sub(5).max(first);
    if from == hit.first {
        out.add(["before/nothing"]);
    }
    for m in ctx.a.within(from..hit.first).filter(|m| m.end <= hit.first) {
        let Some(name) = word_of(ctx, m) else { continue };
        out.add(["before/", name, if m.end == hit.first { "-beside" } else { "-near" }]);
    }
}

fn followers(ctx: &Ctx, sentence: &Sentence, hit: &Hit, out: &mut Features) {
    let behind = ctx.a.within(hit.end..(hit.end + 4).min(sentence.end));
    behind.filter_map(|m| word_of(ctx, m)).for_each(|name| out.add(["behind/", name]));
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

fn of_facts(facts: &[Fact], out: &mut Features) {
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
            Kind::Wounded | Kind::Treated => "wounded",
            Kind::Pooled => "pooled",
            Kind::Attackers => "attackers",
            Kind::Damage => "damage",
        };
        let over = if f.over_period { "-period" } else { "" };
        out.add(["toll/", kind, "-", said, over]);
    }
    if !facts.iter().any(Fact::founds) {
        out.add(["toll/nothing"]);
    }
}

fn of_date(ctx: &Ctx, unit: &Unit, out: &mut Features) {
    let Some(w) = unit.when() else { return out.add(["date/nothing"]) };
    let r = &w.resolved;
    let own = if w.own { "own" } else { "statement" };
    let days = match (r.latest, ctx.anchor.exact()) {
        (Some(day), Some(today)) => day.until(today).map_or(0, |s| s.get_days()),
        _ => return out.add(["date/", own, "-open"]),
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
    out.add(["date/", own, "-", age]);
}

fn of_place(ctx: &Ctx, unit: &Unit, out: &mut Features) {
    let Some(p) = unit.scene(ctx) else { return out.add(["place/nothing"]) };
    let level = match place::level(ctx, p) {
        0..=2 => "site",
        3..=5 => "town",
        6..=7 => "region",
        _ => "country",
    };
    let role = format!("{:?}", p.role).to_lowercase();
    out.add(["place/", level]);
    out.add(["place/", &role]);
}

const QUESTION: [&str; 2] = ["\u{61f}", "?"];

/// What else the sentence talks about.
fn of_sentence(ctx: &Ctx, sentence: &Sentence, unit: &Unit, out: &mut Features) {
    words_in(ctx, sentence.first..unit.first).iter().for_each(|w| out.add(["sentence/", w, "-earlier"]));
    words_in(ctx, sentence.first..sentence.end).iter().for_each(|w| out.add(["sentence/", w]));
    let length = match sentence.end - sentence.first {
        0..=15 => "15",
        16..=30 => "30",
        31..=50 => "50",
        51..=80 => "80",
        _ => "long",
    };
    out.add(["sentence/length/", length]);
    out.add(["hits/", digit(unit.hits.len().min(4))]);
    out.add(["link/", link(unit.link)]);
    let verb = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Passive) && ctx.has(m, ctx.l.verb);
    let told = unit.hits.iter().any(|h| ctx.a.at(h.head).any(verb));
    out.add(["verb/", if told { "told" } else { "nothing" }]);
    let times = ctx.a.times_in(sentence.first..sentence.end).any(|(_, t)| t.is_point());
    out.add([if times { "sentence/dated" } else { "sentence/undated" }]);
    if (sentence.first..=sentence.end).any(|t| t < ctx.a.tokens.len() && QUESTION.iter().any(|q| ctx.sign(t, q))) {
        out.add(["question"]);
    }
    if unit.event == EventType::AttackUnspecified && unit.is_casualty_only() {
        out.add(["casualty-only"]);
    }
}

fn link(link: Link) -> &'static str {
    match link {
        Link::None => "none",
        Link::Earlier => "earlier",
        Link::DaysBefore(_) => "days-before",
        Link::Another | Link::Beside => "another",
    }
}
