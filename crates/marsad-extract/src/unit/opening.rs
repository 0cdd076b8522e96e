//! How is a stretch of a sentence tied to what was told before it?
//!
//! «كما», «بعد أسبوع على», «رداً على», «بالتزامن مع», «وكانت … قد»: the words that open it say so.

use super::Link;
use crate::context::Ctx;
use crate::toll;
use crate::trigger::Hit;
use crate::when;
use marsad_lang::{Clause, Opening, Sentence, TimeExpr, TimeMention};

/// Clauses, cut once more where «بعد» or «رداً على» opens an earlier event.
pub(super) fn stretches(ctx: &Ctx, sentence: &Sentence, hits: &[Hit]) -> Vec<(Clause, Link)> {
    let mut out = vec![];
    for (i, clause) in sentence.clauses.iter().enumerate() {
        let mut rest = clause.clone();
        let end = sentence.clauses.get(i + 1).filter(|next| goes_on(ctx, next)).map_or(clause.end, |next| next.end);
        let mut link = opening_link(ctx, &rest, end, hits);
        let mut at = clause.first;
        while at < rest.end {
            if let Some((inner, to)) = earlier_at(ctx, at, rest.end, hits) {
                if at > rest.first {
                    out.push((Clause { end: at, ..rest.clone() }, link));
                }
                rest = Clause { first: at, end: rest.end, opening: Opening::Conjunction };
                link = inner;
                at = to;
                continue;
            }
            at += 1;
        }
        if rest.end > rest.first {
            out.push((rest, link));
        }
    }
    out
}

/// «وكان جنديان قد قتلا وأصيب ستة أمس في …»: the second verb has the place and the day of both.
fn goes_on(ctx: &Ctx, next: &Clause) -> bool {
    let hurts =
        |m: &marsad_lang::Mention| m.clitics.conjunction && (ctx.has(m, ctx.l.kill) || ctx.has(m, ctx.l.injure));
    ctx.a.at(next.first).any(hurts)
}

/// How a clause is tied; what its first verb shares with the next goes on to `end`.
fn opening_link(ctx: &Ctx, clause: &Clause, end: usize, hits: &[Hit]) -> Link {
    let first = clause.first;
    let has = |l| ctx.is_at(first, l);
    // «وكانت مسيّرة قد أطلقت …» without day or place of its own only adds to what was told.
    let dated = ctx.a.times_in(first..end).any(|(_, t)| t.is_point()) || when::weeks_ago(ctx, first..end);
    let own = ctx.any(first..end, ctx.l.place) || dated;
    // «وكان هجوم الاثنين هو الثالث»: says what it was, not what had been before.
    let says_what = ctx.any(first..(first + 6).min(clause.end), ctx.l.he_too);
    if has(ctx.l.had)
        && own
        && !says_what
        && !had_spoken_of(ctx, clause, hits)
        && !had_happened(ctx, clause, hits)
        && !ctx.any(first..(first + 4).min(clause.end), ctx.l.latest)
    {
        return Link::Earlier;
    }
    if has(ctx.l.also) || (has(ctx.l.clause_break) && ctx.any(first..(first + 2).min(clause.end), ctx.l.also)) {
        return Link::Another;
    }
    if ctx.any(first..(first + 2).min(clause.end), ctx.l.latest) || when::tells_of_since(ctx, first) {
        return Link::Earlier;
    }
    if days_ago(ctx, first) {
        return Link::Earlier;
    }
    if later(ctx, first) || when::days_after_told(ctx, first, first + 3).is_some() {
        return Link::Another;
    }
    Link::None
}

/// «وقبل يومين، قتل …»: joined to the news, which is younger.
fn days_ago(ctx: &Ctx, first: usize) -> bool {
    let joined = ctx.res.lexicon.clitics.is_joined(ctx.a.tokens.text(first));
    let ago = |t: &TimeMention| t.first == first && matches!(t.expr, TimeExpr::Relative { days, .. } if days < -1);
    joined && ctx.a.times_in(first..first + 1).any(|(_, t)| ago(t))
}

/// «وبعد أسبوع، قتل …», «بعدها بيومين انفجرت …», and not «بعد أسبوع على …», which leads back.
pub(crate) fn later(ctx: &Ctx, first: usize) -> bool {
    let Some(m) = ctx.at(first, ctx.l.later_on).or_else(|| ctx.at(first, ctx.l.after)) else { return false };
    let passed = ctx.a.times_in(m.end..m.end + 2).find(|(_, t)| matches!(t.expr, TimeExpr::Duration { .. }));
    let end = passed.map_or(m.end, |(_, t)| t.end);
    let tail = ctx.a.numbers_in(end..end + 1).next().map_or(end, |n| n.core.1);
    let leads_back = ctx.is_at(tail, ctx.l.from) || ctx.is_at(tail, ctx.l.on);
    (passed.is_some() || ctx.has(m, ctx.l.later_on)) && !leads_back
}

/// «وكان المتحدث صرح الاثنين بأن … مسؤولية الضربات»: the statement had been before, not the strikes.
fn had_spoken_of(ctx: &Ctx, clause: &Clause, hits: &[Hit]) -> bool {
    let mut mine = hits.iter().filter(|h| h.head >= clause.first && h.head < clause.end).peekable();
    let Some(first) = mine.peek().filter(|h| h.anaphoric || h.casualty_only) else { return false };
    // «وكان المرصد قد أحصى صباح الجمعة مقتل 23»: how many there were by then, and no place.
    let counts = || !ctx.any(clause.first..clause.end, ctx.l.place) && toll::had_said(ctx, clause).is_some();
    let spoken = ctx.any(clause.first..first.head, ctx.l.speech) && (first.anaphoric || counts());
    spoken && mine.all(|h| h.anaphoric || h.casualty_only)
}

/// «وكان الانفجار قد وقع ظهر أمس»: says when the attack was that is told.
fn had_happened(ctx: &Ctx, clause: &Clause, hits: &[Hit]) -> bool {
    let Some(attack) = hits.iter().find(|h| h.head >= clause.first && h.head < clause.end) else { return false };
    let subject = attack.anaphoric && attack.first <= clause.first + 1;
    // «وكان الهجوم السابق قد وقع …» is another.
    let behind = attack.end..(attack.end + 2).min(clause.end);
    subject && ctx.any(behind, ctx.l.happen)
}

/// «بعد هجوم …», «بعد أسبوع على استهداف …», «رداً على …» before a trigger.
fn earlier_at(ctx: &Ctx, at: usize, end: usize, hits: &[Hit]) -> Option<(Link, usize)> {
    if let Some(m) = ctx.at(at, ctx.l.reply_to) {
        return trigger_soon(hits, m.end, end, 4).then_some((Link::Earlier, m.end));
    }
    if let Some(to) = beside(ctx, at, end, hits) {
        return Some((Link::Beside, to));
    }
    if let Some(to) = for_instance(ctx, at, end, hits) {
        return Some((Link::Earlier, to));
    }
    if let Some((days, to)) = when::days_before(ctx, at) {
        return trigger_soon(hits, to, end, 6).then_some((Link::DaysBefore(days), to));
    }
    if let Some((days, to)) = when::days_before_that(ctx, at) {
        return trigger_soon(hits, to, end, 6).then_some((Link::DaysBefore(days), to));
    }
    // «قبل أن ترتفع الحصيلة إلى …», «قبل أن يقتله الحراس»: what came after.
    if let Some(m) = ctx.at(at, ctx.l.before_word).filter(|_| at > 0) {
        if ctx.is_at(m.end, ctx.l.that) {
            return None;
        }
        let opens = ctx.a.sentence_at(at).is_some_and(|s| s.clauses.iter().any(|c| c.first == at));
        return opens.then_some((Link::Earlier, m.end));
    }
    // «وبعد ساعات أغارت طائرات على …»: what came next.
    let m = ctx.at(at, ctx.l.after).filter(|_| !later(ctx, at))?;
    // «بعد استهدافها», «بعد إصابتها»: how it came to it.
    let pronoun =
        hits.iter().any(|h| h.head >= m.end && h.head <= m.end + 1 && ctx.a.at(h.head).any(|n| n.clitics.pronoun));
    if pronoun {
        return None;
    }
    let soon = trigger_soon(hits, m.end, end, 3);
    // «أصيب بعد انفجار عبوة»: a cause, unless a day or place of its own follows.
    let own_time = ctx.a.times_in(m.end..end).any(|(_, t)| t.is_point());
    // «اقتحموا الفندق بعد تفجير سيارتين عند مدخله»: how they came in.
    let stormed = hits.iter().any(|h| h.head < at && ctx.is_at(h.head, ctx.l.storm));
    if stormed && !own_time && !ctx.any(m.end..end, ctx.l.place) {
        return None;
    }
    let kill = hits.iter().any(|h| h.head >= m.end && h.head <= m.end + 2 && h.casualty_only);
    let nothing_before = hits.iter().all(|h| h.head > at || h.casualty_only);
    let counted = hits.iter().any(|h| h.head >= m.end && h.head <= m.end + 3 && !h.casualty_only);
    // Where only one time is told, it dates both cause and effect.
    let start = ctx.a.sentence_at(at).map_or(at, |s| s.first);
    let two_times = own_time && ctx.a.times_in(start..at).any(|(_, t)| t.is_point());
    let caused = nothing_before && counted && !two_times;
    (soon && !caused && (two_times || kill || !nothing_before)).then_some((Link::Earlier, m.end))
}

/// «بالتزامن مع قصف» where that has a place of its own, and «وأعقبه انفجار» where it has its victims too: a bomb and
/// the shots that follow it are mostly one attack.
fn beside(ctx: &Ctx, at: usize, end: usize, hits: &[Hit]) -> Option<usize> {
    let hurts = |from: usize| [ctx.l.kill, ctx.l.injure, ctx.l.dead_noun].iter().any(|l| ctx.any(from..end, *l));
    let next = ctx.at(at, ctx.l.followed_by).filter(|m| hurts(m.end));
    let to = next.or_else(|| ctx.at(at, ctx.l.same_time))?.end;
    (ctx.any(to..end, ctx.l.place) && trigger_soon(hits, to, end, 3)).then_some(to)
}

/// «ضمن سلسلة حوادث، منها خطف عاملين في مركز صحي», «قصفا متكررا كان أبرزه اغتيال قيادي في …»: one of many attacks, with a
/// place or a day of its own.
fn for_instance(ctx: &Ctx, at: usize, end: usize, hits: &[Hit]) -> Option<usize> {
    let to = ctx.at(at, ctx.l.such_as)?.end;
    let soon = hits.iter().any(|h| h.noun && !h.anaphoric && !h.plural && h.head >= to && h.head <= to + 1);
    let several = hits.iter().any(|h| h.plural && h.head < at && at - h.head <= SERIES_BEFORE);
    let dated = |span: std::ops::Range<usize>| ctx.a.times_in(span).any(|(_, t)| t.is_point());
    let first = ctx.a.sentence_at(at).map_or(at, |s| s.first);
    // «شهدت بغداد سلسلة تفجيرات أمس، أعنفها في الكرادة»: of the day of the series.
    let own = dated(to..end) || ctx.any(to..end, ctx.l.place) && !dated(first..at);
    (soon && several && own).then_some(to)
}

/// Tokens from a word for many attacks to the one that is named of them.
const SERIES_BEFORE: usize = 20;

fn trigger_soon(hits: &[Hit], at: usize, end: usize, within: usize) -> bool {
    hits.iter().any(|h| h.head >= at && h.head < end && h.first.max(at) - at <= within)
}
