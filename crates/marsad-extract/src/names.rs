//! What does the text name, and what is its fingerprint?

use crate::context::Ctx;
use crate::place::Located;
use marsad_lang::measure::{Manner, Quantity, Setting, beyond};
use marsad_lang::time::timex;
use marsad_lang::{Class, Count, TokenKind};
use marsad_model::{RuleId, Span, TextMention, stable_hash};
use std::collections::BTreeMap;

/// Times, numbers, places, actors, weapons, people in order of the text; in
/// full, also what is said of times and amounts without dating an event.
pub fn mentions(ctx: &Ctx, places: &[Located], in_full: bool) -> Vec<TextMention> {
    let mut ranks: BTreeMap<(Span, Option<RuleId>), usize> = BTreeMap::new();
    for l in places {
        let names = (l.first..l.end).flat_map(|t| ctx.a.at(t)).filter(|m| m.end == l.end);
        for span in names.map(|m| ctx.a.mention_span(m)) {
            for (rank, id) in l.candidates.iter().enumerate() {
                ranks.insert((span, Some(ctx.res.gazetteer.get(*id).id.clone())), rank);
            }
        }
    }
    let mut out: Vec<TextMention> = vec![];
    let quantities = if in_full { say_in_full(ctx, &mut out) } else { vec![] };
    for t in &ctx.a.times {
        out.push(TextMention {
            kind: "time".into(),
            span: ctx.span(t.first, t.end),
            id: None,
            timex: timex(t, &ctx.anchor),
            value: None,
        });
    }
    // «خمسة في المئة» holds the five.
    let held = |core: (usize, usize)| quantities.iter().any(|q| q.first <= core.0 && core.1 <= q.end);
    for n in ctx.a.numbers.iter().filter(|n| !held(n.core)) {
        out.push(TextMention {
            kind: "number".into(),
            span: ctx.span(n.core.0, n.core.1),
            id: None,
            timex: None,
            value: n.value,
        });
    }
    for m in &ctx.a.mentions {
        let class = ctx.a.class(m);
        let dual = m.form.count == Count::Dual
            || m.quantity
                .is_some_and(|q| q.value == Some(2.0) && m.phrase.0 == m.first && m.form.count != Count::Singular);
        if dual && matches!(class, Class::Weapon | Class::People | Class::Target) {
            out.push(TextMention {
                kind: "number".into(),
                span: ctx.a.mention_span(m),
                id: None,
                timex: None,
                value: Some(2.0),
            });
        }
        if matches!(class, Class::Place | Class::Actor | Class::Person | Class::Weapon) {
            let id = ctx.a.best_entry(m).id.clone();
            out.push(TextMention {
                kind: class.name().into(),
                span: ctx.a.mention_span(m),
                id: Some(id),
                timex: None,
                value: None,
            });
        }
    }
    // Namesakes stay as they are ranked, likeliest first.
    let rank = |m: &TextMention| if m.kind == "place" { ranks.get(&(m.span, m.id.clone())).copied() } else { None };
    out.sort_by_cached_key(|m| (m.span, m.kind.clone(), rank(m).unwrap_or(usize::MAX), m.id.clone()));
    out
}

/// Adds what the full reading knows beyond times and numbers that date and count.
fn say_in_full(ctx: &Ctx, out: &mut Vec<TextMention>) -> Vec<Quantity> {
    let times: Vec<(usize, usize)> = ctx.a.times.iter().map(|t| (t.first, t.end)).collect();
    let numbers: Vec<(usize, usize)> = ctx.a.numbers.iter().map(|n| n.core).collect();
    let setting = Setting { reference: ctx.anchor.exact(), manner: Manner::Report };
    let (moments, quantities) = beyond(ctx.a.res, &ctx.a.tokens, &setting, &times, &numbers);
    let mut say = |kind: &str, span, timex, value| {
        out.push(TextMention { kind: kind.into(), span, id: None, timex, value });
    };
    moments.iter().for_each(|m| say("time", ctx.span(m.first, m.end), m.timex(), None));
    quantities.iter().for_each(|q| say("number", ctx.span(q.first, q.end), None, q.value));
    quantities
}

/// Words in a shingle: long enough that chance does not repeat it.
const SHINGLE: usize = 5;

/// Sorted hashes of all runs of five folded words in the news text.
pub fn fingerprint(ctx: &Ctx) -> Vec<u64> {
    let t = &ctx.a.tokens;
    let mut words: Vec<u64> = vec![];
    let mut out = vec![];
    for (index, s) in ctx.a.sentences.iter().enumerate() {
        if !ctx.roles[index].tells_news() {
            continue;
        }
        words.clear();
        words.extend(
            (s.first..s.end).filter(|i| t.list[*i].kind == TokenKind::Word).map(|i| stable_hash(t.text(i).bytes())),
        );
        for run in words.windows(SHINGLE) {
            out.push(stable_hash(run.iter().flat_map(|w| w.to_le_bytes())));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
