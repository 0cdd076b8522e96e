//! Does a place or a day only say where or when the report was written?
//!
//! «بيروت - معا -», «عمّان 18 ديسمبر 2016 /», «حمص، 27 ديسمبر 2025 (الوكالة) شيع …»: at the head of a report stand a town, a
//! day and who wrote, before signs or brackets that cut them off from the news.

use crate::context::Ctx;
use crate::place::{Located, PlaceRole};
use marsad_lang::time::resolve;
use marsad_lang::{Class, Sentence, TimeExpr, TimeMention};

/// Signs that cut a dateline off from the news.
const SIGNS: [&str; 7] = ["|", "–", "—", "-", "/", "•", "_"];

/// Tokens of a dateline before its day.
const DATELINE: usize = 8;

/// Tokens before the day of a line that a sign cuts off: an outlet, a town.
const STAMP: usize = 3;

/// «بغداد/ واع/»: so many words may the name of who wrote have.
const AGENCY: usize = 4;

/// The place is where it was written: a sign cuts it off behind who wrote or behind the day.
pub fn is_place(ctx: &Ctx, l: &Located) -> bool {
    if !ctx.a.sentences.iter().any(|s| s.first == l.first) {
        return false;
    }
    let dated = ctx.a.times_in(l.end..l.end + 2).find(|(_, t)| t.first <= l.end + 1 && is_full(t));
    dated.is_some_and(|(_, t)| sign_at(ctx, t.end).is_some()) || named_between_signs(ctx, l.end)
}

/// «صنعاء: قتل سبعة … في مديرية باقم شمالي صعدة», «كابول - أعلن الناطق مقتل جندي غربي قندهار»: a city before a sign at the head of a
/// sentence that goes on to tell of another province is where they wrote.
pub fn is_desk(ctx: &Ctx, placed: &[Located], index: usize) -> bool {
    let l = &placed[index];
    let Some(sentence) = ctx.a.sentence_at(l.first) else { return false };
    let g = &ctx.res.gazetteer;
    let province = |l: &Located| {
        let id = l.candidates.first()?;
        g.chain(*id).find(|p| g.get(*p).level >= PROVINCE).or(Some(*id))
    };
    let city = l.candidates.first().is_some_and(|id| matches!(&*g.get(*id).kind, "city" | "town"));
    let heads = l.first == sentence.first && !ctx.a.at(l.first).any(|m| m.clitics.preposition != '\0');
    if !city || !heads || !cut_off(ctx, l.end) {
        return false;
    }
    // What is told behind «بعد» is not the news.
    let earlier =
        |p: &Located| [ctx.l.after, ctx.l.before_word, ctx.l.since].iter().any(|k| ctx.any(l.end..p.first, *k));
    let tells = |p: &&Located| {
        let part = matches!(p.role, PlaceRole::Scene | PlaceRole::Reference);
        part && p.first < sentence.end && !earlier(p) && province(p) != province(l) && province(p).is_some()
    };
    placed[index + 1..].iter().take_while(|p| p.first < sentence.end).any(|p| tells(&p))
}

/// From this level on a place is a province.
const PROVINCE: u8 = 7;

/// A sign right behind, or behind a bracket or the name of who wrote («(رويترز) -», «- الوكالات:»).
fn cut_off(ctx: &Ctx, at: usize) -> bool {
    let sign = |t: usize| sign_at(ctx, t).is_some() || ctx.sign(t, ":");
    let bracket = || ctx.sign(at, "(") && (at + 2..=at + AGENCY + 1).any(|t| ctx.sign(t, ")"));
    sign(at) || bracket()
}

/// «- معا -», «/ واع/»: one sign before and behind a name.
fn named_between_signs(ctx: &Ctx, at: usize) -> bool {
    let agency = |t: &usize| ctx.a.tokens.is_word(*t) && !ctx.a.at(*t).any(|m| ctx.a.class(m) == Class::Place);
    let words = (at + 1..=at + AGENCY).take_while(agency).count();
    sign_at(ctx, at).is_some_and(|sign| words > 0 && ctx.sign(at + 1 + words, sign))
}

/// The day is that of writing: it stands before the name of who wrote, or, where another day is told behind it, before a sign
/// or bare at the head of the report.
pub fn is_day(ctx: &Ctx, sentence: &Sentence, time: &TimeMention) -> bool {
    let ahead = time.first - sentence.first;
    if !is_full(time) || ahead > DATELINE || ctx.any(sentence.first..time.first, ctx.l.verb) {
        return false;
    }
    let named = ctx.sign(time.end, "(") && (time.end + 2..=time.end + 5).any(|t| ctx.sign(t, ")"));
    let cut = ahead <= STAMP && sign_at(ctx, time.end).is_some();
    // «date 2025-08-10 قالت الوكالة …»: a field of the page that was copied with the text.
    let field = ahead == 1 && ctx.a.tokens.text(sentence.first).bytes().all(|b| b.is_ascii_alphabetic());
    named
        || field
        || cut && another_day(ctx, time, sentence.end)
        || ahead <= 1 && is_of_page(ctx, time) && another_day(ctx, time, clause_end(sentence, time))
}

/// «الأحد 28-02-2021 خطف مسلحون … في هجوم الجمعة»: no sign, but the page has this day.
fn is_of_page(ctx: &Ctx, time: &TimeMention) -> bool {
    let day = resolve(time, &ctx.anchor).earliest;
    day.is_some() && day == ctx.anchor.exact()
}

/// «الأحد 14 آذار 2021 - سقطت … مساء اليوم الأحد» tells the day of the stamp itself; any other is that of the news.
fn another_day(ctx: &Ctx, stamp: &TimeMention, end: usize) -> bool {
    let written = resolve(stamp, &ctx.anchor).earliest.map(|day| day.weekday());
    let other = |t: &TimeMention| match t.expr {
        TimeExpr::Weekday { weekday, .. } => written != Some(weekday),
        // «الأربعاء 11 فبراير | … اليوم الخميس»: a page of yesterday, or of another week.
        TimeExpr::Relative { days, weekday } => days != 0 || weekday.is_some() && weekday != written,
        TimeExpr::Date { day, .. } => day.is_some(),
        _ => false,
    };
    ctx.a.times_in(stamp.end..end).any(|(_, t)| t.is_point() && other(t))
}

fn clause_end(sentence: &Sentence, time: &TimeMention) -> usize {
    sentence.clauses.iter().map(|c| c.end).find(|end| *end > time.end).unwrap_or(sentence.end)
}

fn is_full(time: &TimeMention) -> bool {
    matches!(time.expr, TimeExpr::Date { day: Some(_), year: Some(_), .. })
}

fn sign_at(ctx: &Ctx, at: usize) -> Option<&'static str> {
    SIGNS.into_iter().find(|sign| ctx.sign(at, sign))
}
