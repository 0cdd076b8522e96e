//! Which words name a place that no gazetteer lists?
//!
//! A name behind a kind of place («بلدة كفريا»), or a bare one between a
//! preposition of place and a place that is known («في تسيل غربي درعا»).

use super::rank::is_generated;
use super::role::{is_coordinated, launched_behind, toward};
use super::{Located, PlaceRole, row};
use crate::context::Ctx;
use marsad_lang::{Class, Mention};
use marsad_model::Relation;
use std::sync::Arc;

pub(super) fn unlisted(
    ctx: &Ctx,
    span: (usize, usize),
    name: (usize, usize),
    kind: Option<Arc<str>>,
    last: Option<&Located>,
) -> Option<Located> {
    let prep = ctx.before(span.0, ctx.l.prep_place);
    let glued = ctx.a.at(span.0).any(|m| m.clitics.preposition != '\0');
    let direction = ctx.before(span.0, ctx.l.direction).is_some();
    let aimed = prep.filter(|p| ctx.has(p, ctx.l.toward));
    let launched = prep.is_some_and(|p| launched_behind(ctx, p.first)) && aimed.is_none();
    // «القوات المتمركزة في حاجز …».
    let stationed = prep.is_some_and(|p| ctx.before(p.first, ctx.l.stationed).is_some());
    let launch = ctx.before(span.0, ctx.l.launch_cue).is_some() || launched || stationed;
    let coordinated = is_coordinated(ctx, span.0, last);
    let near = ctx.before(span.0, ctx.l.near).is_some() || direction;
    // «نقلا إلى مستشفى …»: where the wounded are.
    let taken = kind.as_deref() == Some("hospital") && ctx.before(span.0, ctx.l.range_to).is_some();
    let role = match () {
        _ if taken => PlaceRole::Other,
        _ if launch => PlaceRole::Launch,
        _ if ctx.before(span.0, ctx.l.sons_of).is_some() => PlaceRole::Loose,
        _ if aimed.is_some() => aimed.map_or(PlaceRole::Scene, |p| toward(ctx, p.first)),
        _ if prep.is_some() || glued || direction || kind.is_some() => PlaceRole::Scene,
        _ if coordinated => last?.role,
        _ => return None,
    };
    let relation = if near { Relation::Near } else { Relation::In };
    Some(Located {
        first: span.0,
        end: span.1,
        role,
        relation,
        candidates: vec![],
        unlisted: Some(name),
        kind,
        coordinated,
        directed: direction,
        container: None,
        offset: None,
    })
}

/// The name behind a place word: one or two words that the lexicon does not
/// read as something else.
pub(super) fn unlisted_name(ctx: &Ctx, at: usize) -> Option<(usize, usize)> {
    let free = |t: usize| {
        ctx.a.tokens.is_word(t)
            && ctx.a.tokens.text(t).chars().count() > 2
            && !is_owned(ctx, t)
            && !ctx.a.at(t).any(|m| blocks_name(ctx, m))
    };
    if ctx.is_at(at, ctx.l.place_prefix) && ctx.a.tokens.is_word(at + 1) && !is_door_of(ctx, at) {
        // «قرية المجدل جنوب نابلس», «قرية الدير مديرية بني مطر»: the whole name.
        let alone = [ctx.l.direction, ctx.l.prep_in, ctx.l.place_word].iter().any(|l| ctx.is_at(at + 1, *l));
        return Some((at, if alone { at + 1 } else { at + 2 }));
    }
    // «منطقة ساحل المدينة»: a part of it.
    let part = ctx.at(at + 1, ctx.l.place_word).is_some_and(|w| w.clitics.article && w.clitics.preposition == '\0');
    if !free(at) || part || is_added(ctx, at) {
        return None;
    }
    // «بلدة الحوش قضاء صور»: the district is no part of the name.
    let joins = |t: usize| free(t) && !ctx.sign(t, "،") && !ctx.is_at(t, ctx.l.place_word);
    let compound = ctx.a.tokens.text(at).chars().count() <= 3 && joins(at + 1) && !row::begins_second(ctx, at, at + 1);
    let long = compound || described(ctx, at) || foreign(ctx, at) || row::first_of_pair(ctx, at);
    let end = if long { at + 2 } else { at + 1 };
    let adjective = ctx.a.at(at).any(|m| ctx.has(m, ctx.l.nationality)) || ctx.a.tokens.text(at).len() <= 4;
    (!adjective).then_some((at, end))
}

/// «عند باب حسينية», «جسر مشاة»: a part of what the next word calls by its kind.
fn is_door_of(ctx: &Ctx, at: usize) -> bool {
    let kind = |m: &Mention| !m.clitics.article && m.end == at + 2;
    [ctx.l.place_word, ctx.l.target, ctx.l.people].iter().any(|l| ctx.at(at + 1, *l).is_some_and(kind))
}

/// «هجوم على قرية وحفل زفاف», «العاصمة وحدها»: what follows an «and» is another thing than the place, as far as no list has the name.
fn is_added(ctx: &Ctx, at: usize) -> bool {
    let (text, clitics) = (ctx.a.tokens.text(at), &ctx.res.lexicon.clitics);
    // With the letter of «then» many a name begins.
    clitics.is_joined(text) && !text.starts_with(clitics.consequence) && text.chars().count() >= 4
}

/// «النهر الأبيض»: an adjective with the article belongs to a name with the article.
fn described(ctx: &Ctx, at: usize) -> bool {
    let article = &ctx.res.lexicon.clitics.article;
    let definite = |t: usize| ctx.a.tokens.is_word(t) && ctx.a.tokens.text(t).starts_with(article.as_str());
    // «شارع الاستقلال السياحي» is a street for tourists.
    let relative = |t: usize| {
        let stem = ctx.a.tokens.text(t).trim_end_matches(ctx.res.lexicon.clitics.ta_marbuta);
        ctx.res.lexicon.adjective_ending.is_some_and(|e| stem.ends_with(e))
    };
    definite(at) && definite(at + 1) && !relative(at + 1) && ctx.a.at(at + 1).next().is_none()
}

/// «كاسوان داجي في منطقة …»: two words that nothing knows, without articles, before words that say where.
fn foreign(ctx: &Ctx, at: usize) -> bool {
    let clitics = &ctx.res.lexicon.clitics;
    let article = &clitics.article;
    let unknown = |t: usize| {
        let text = if ctx.a.tokens.is_word(t) { ctx.a.tokens.text(t) } else { "" };
        let plain = !text.starts_with(article.as_str()) && !clitics.is_joined(text);
        text.chars().count() >= 3 && ctx.a.at(t).next().is_none() && plain
    };
    let where_behind = ctx.is_at(at + 2, ctx.l.direction)
        || ctx.at(at + 2, ctx.l.prep_in).is_some_and(|p| ctx.is_at(p.end, ctx.l.place_word))
        || ctx.at(at + 2, ctx.l.place_word).is_some_and(|w| w.clitics.preposition != '\0');
    unknown(at) && unknown(at + 1) && where_behind && !looks_adverbial(ctx, at + 1)
}

/// An accusative with its alif is an adverb («مجددا»).
pub(super) fn looks_adverbial(ctx: &Ctx, token: usize) -> bool {
    ctx.a.tokens.text(token).ends_with(ctx.res.lexicon.clitics.alif)
}

/// «طريق عودتهما», «مرور آليتهم»: a noun with its owner is no name, nor is what belongs to someone («فوج للهيئة»).
fn is_owned(ctx: &Ctx, token: usize) -> bool {
    let text = ctx.a.tokens.text(token);
    let clitics = &ctx.res.lexicon.clitics;
    let mut long = clitics.pronouns.iter().filter(|p| p.chars().count() >= 2);
    let of_noun = |p: &String| text.strip_suffix(p.as_str()).is_some_and(|noun| noun.ends_with(clitics.ta));
    let given = text.chars().take_while(|c| *c == clitics.swallowing).count() == 2;
    text.chars().count() >= 6 && long.any(of_noun) || given
}

/// Words that cannot be part of an unlisted place name.
fn blocks_name(ctx: &Ctx, m: &Mention) -> bool {
    let generated = ctx.a.class(m) == Class::Place && is_generated(&ctx.a.entry(m).id);
    !generated && (!matches!(ctx.a.class(m), Class::Person) || m.clitics.preposition == '\0')
}

/// «قرية زراعية», «حي سكني»: an adjective without the article is no name.
pub(super) fn is_nisba(ctx: &Ctx, token: usize) -> bool {
    let text = ctx.a.tokens.text(token);
    let clitics = &ctx.res.lexicon.clitics;
    let stem = text.strip_suffix(clitics.ta_marbuta).unwrap_or(text);
    let relative = ctx.res.lexicon.adjective_ending.is_some_and(|e| stem.ends_with(e));
    relative && text.chars().count() >= 5 && !text.starts_with(clitics.article.as_str())
}

/// An unknown word with the prefix of the imperfect.
pub(super) fn looks_imperfect(ctx: &Ctx, token: usize) -> bool {
    let text = ctx.a.tokens.text(token);
    let clitics = &ctx.res.lexicon.clitics;
    text.chars().count() >= 4 && text.starts_with(clitics.ta) && !text.ends_with(clitics.ta_marbuta)
}

/// «قرب خزاعة شرق خان يونس», «في تسيل غربي درعا», «بالمزيريب بريف …»: a bare
/// name is a place when a preposition stands before and a place relation behind.
pub(super) fn bare_unlisted(ctx: &Ctx, token: usize) -> Option<(usize, usize)> {
    let t = &ctx.a.tokens;
    // «بدير كيفا قضاء صور», «في تل رفعت شمالي حلب».
    if let Some(m) = ctx.at(token, ctx.l.place_prefix).filter(|_| t.is_word(token + 1) && !is_door_of(ctx, token)) {
        let said_where = ctx.before(token, ctx.l.prep_place).is_some() || m.clitics.preposition != '\0';
        return (said_where && related_behind(ctx, token + 2)).then_some((token, token + 2));
    }
    if !t.is_word(token) || ctx.a.at(token).next().is_some() || t.text(token).chars().count() < 3 {
        return None;
    }
    let before = ctx.before(token, ctx.l.prep_place).is_some();
    if !before {
        return None;
    }
    let second = t.is_word(token + 1) && ctx.a.at(token + 1).next().is_none() && t.text(token).chars().count() <= 4;
    if is_owned(ctx, token) || second && is_owned(ctx, token + 1) {
        return None;
    }
    let end = if second { token + 2 } else { token + 1 };
    // «على ورشة في عسقلان»: what was hit there, as far as no list has it as a name.
    let thing = ctx.before(token, ctx.l.on).is_some() && ctx.is_at(end, ctx.l.prep_in);
    let behind = related_behind(ctx, end);
    (behind && !thing).then_some((token, end))
}

/// «غربي درعا», «في الدمام», «بالدمام», «بريف …» behind a name.
fn related_behind(ctx: &Ctx, at: usize) -> bool {
    let direction = ctx.at(at, ctx.l.direction).map(|d| d.end);
    let prep = ctx.at(at, ctx.l.prep_in).map(|p| p.end);
    let next = direction.or(prep).unwrap_or(at);
    // «في اتحاد بلديات بنت جبيل»: several are no place in which one lies.
    let word = ctx
        .at(at, ctx.l.place_word)
        .filter(|w| w.form.count != marsad_lang::Count::Plural)
        .is_some_and(|w| ctx.a.at(w.first).chain(ctx.a.at(w.end)).any(|m| ctx.a.class(m) == Class::Place));
    let place = word
        || ctx.a.at(next).any(|m| {
            ctx.a.class(m) == Class::Place && (next > at || m.clitics.preposition != '\0')
                || (ctx.has(m, ctx.l.countryside) && m.clitics.preposition != '\0')
        });
    let distance = ctx.a.tokens.is_number(at) && ctx.is_at(at + 1, ctx.l.distance);
    place || distance || (direction.is_some() && ctx.is_at(next, ctx.l.country_word))
}
