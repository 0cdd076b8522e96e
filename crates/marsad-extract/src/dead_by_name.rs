//! Is it the same man who died?
//!
//! Local pages tell one killing after the other, each with the name of its victim: «قتل الشاب فلان … كما قتل فلان …». Who is named
//! otherwise is another, and his death another attack, however alike place, day and means are. Names are compared and not kept.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::toll::{Fact, Kind, Said};
use crate::unit::Unit;
use marsad_lang::{Class, Mention};
use std::ops::Range;

/// Words of a name that are looked at; a grandfather's seldom stands in the news.
const NAME_MAX: usize = 5;

/// Words that nothing knows are a name from so many on.
const NAME_MIN: usize = 2;

/// The telling names its one dead, the event names its own, and nobody of these is that one.
pub fn differs(ctx: &Ctx, event: &Event, unit: &Unit) -> bool {
    let Some(mine) = named(ctx, unit) else { return false };
    let mut theirs = event.units.iter().filter_map(|u| named(ctx, u)).peekable();
    theirs.peek().is_some() && !theirs.any(|other| shares_a_word(ctx, &mine, &other))
}

/// The name of the one whom the telling counts as dead, where it counts but one.
fn named(ctx: &Ctx, unit: &Unit) -> Option<Range<usize>> {
    let one = |f: &&Fact| matches!(f.said, Said::Count(a) if a.value == Some(1.0)) || f.said == Said::Named(1);
    let mut dead = unit.facts.iter().filter(|f| f.kind == Kind::Killed && f.founds() && !f.breakdown);
    let fact = dead.next().filter(one).filter(|_| dead.next().is_none())?;
    let sentence = &ctx.a.sentences[unit.sentence];
    // «لقي فلان بن فلان مصرعه»
    let within = run(ctx, fact.first..fact.end);
    let behind = run(ctx, fact.end..(fact.end + NAME_MAX).min(sentence.end)).filter(|n| n.start == fact.end);
    // «إن السيدة فلانة قتلت»: the people's noun stands before her name.
    let before = run(ctx, fact.first.saturating_sub(NAME_MAX).max(sentence.first)..fact.first);
    let before = before.filter(|n| n.end == fact.first && ctx.before(n.start, ctx.l.people).is_some());
    within.or(behind).or(before)
}

/// The first words in a row that may be a name.
fn run(ctx: &Ctx, among: Range<usize>) -> Option<Range<usize>> {
    let mut from = among.start;
    while from < among.end {
        let until = (from..among.end).find(|t| !is_name(ctx, *t)).unwrap_or(among.end);
        if until - from >= NAME_MIN {
            return Some(from..until);
        }
        from = until + 1;
    }
    None
}

/// A word that no list knows, or a name: many a man is called as a town is.
fn is_name(ctx: &Ctx, at: usize) -> bool {
    let of_names =
        |m: &Mention| matches!(ctx.a.class(m), Class::Person | Class::Place) && m.clitics.preposition == '\0';
    ctx.a.tokens.is_word(at) && ctx.a.at(at).all(of_names) && !ctx.res.lexicon.clitics.is_joined(ctx.a.tokens.text(at))
}

fn shares_a_word(ctx: &Ctx, a: &Range<usize>, b: &Range<usize>) -> bool {
    a.clone().any(|t| b.clone().any(|u| ctx.a.tokens.text(t) == ctx.a.tokens.text(u)))
}
