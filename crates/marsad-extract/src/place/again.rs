//! Which place told before do these words point back to?
//!
//! «قربها», «في القرية», «البلدة ذاتها», «استهدفت مسيرة الحقل»: no name stands there, and the place is that of before.

use super::{Located, PlaceRole, compatible, sharper};
use crate::context::Ctx;
use marsad_lang::{Class, Mention, Part, PlaceId};
use marsad_model::Relation;

/// «قربها», «في القرية»: the place told before.
pub(super) fn pointing_back(ctx: &Ctx, token: usize, placed: &[Located]) -> Option<Located> {
    if let Some(district) = district_again(ctx, token, placed) {
        return Some(district);
    }
    if let Some(site) = site_again(ctx, token, placed) {
        return Some(site);
    }
    if let Some(same) = same_spot(ctx, token, placed) {
        return Some(same);
    }
    // «دورية أرسلت إلى المكان»
    if let Some(m) = ctx.at(token, ctx.l.on_arrival) {
        return Some(scene_again(scene_before(ctx, placed)?, m));
    }
    let near = ctx.a.at(token).find(|m| m.clitics.pronoun && (ctx.has(m, ctx.l.near) || ctx.has(m, ctx.l.prep_in)));
    let word = ctx.at(token, ctx.l.place_word).filter(|w| {
        let kind = &*ctx.a.entry(w).family;
        let same = is_the_same(ctx, w);
        let bare = w.clitics.article
            && (matches!(kind, "village" | "town")
                || same
                || kind == "city" && (in_it(ctx, w) || beside_it(ctx, w, placed)))
            && !ctx.a.at(w.end).any(|m| ctx.a.class(m) == Class::Place);
        bare && w.form.count == marsad_lang::Count::Singular
    });
    let m = near.or(word)?;
    let last = scene_before(ctx, placed)?;
    // «البلدة ذاتها»: the one that was called so.
    let called = |p: &&Located| {
        let kind = p.kind.as_deref() == word.map(|w| &*ctx.a.entry(w).family);
        kind || word.is_some_and(|w| bears_word(ctx, p, w.first))
    };
    let same = word.is_some_and(|w| is_the_same(ctx, w));
    let last = placed.iter().rev().find(called).filter(|_| same && near.is_none()).unwrap_or(last);
    // «أحد مساجد المدينة»: the town, not the quarter named last.
    let city = word.is_some_and(|w| &*ctx.a.entry(w).family == "city") && near.is_none() && !same;
    // «وفي مدينة …، أصاب صاروخ مدرسة في المدينة»: the one that opens the sentence.
    // «سكان صنعاء … وسط المدينة»: nor another, told in a sentence before.
    let beside = |p: &Located| city && p.candidates.len() == 1 && in_sentence(ctx, p, token);
    let opens = |p: &Located| p.role == PlaceRole::Loose && (opens_sentence(ctx, p, token) || beside(p));
    // «في حي الزهراء شرق الموصل». Then «شرق المدينة».
    let aside = city && word.is_some_and(|w| beside_it(ctx, w, placed));
    let scene = |p: &Located| p.role == PlaceRole::Scene || opens(p) || aside && p.role == PlaceRole::Reference;
    let called = |p: &Located| opens(p) && p.kind.as_deref() == Some("city");
    let listed = |p: &Located| p.candidates.first().is_some_and(|id| is_town(ctx, *id));
    let town = |p: &&Located| scene(p) && (listed(p) || called(p));
    // «شرق الموصل», «حي الزهور في الموصل» are listed themselves.
    let part = |p: &&Located| aside && p.candidates.first().is_some_and(|id| ctx.res.gazetteer.get(*id).level <= 4);
    let last = if city { placed.iter().rev().find(|p| town(p) || part(p))? } else { last };
    let relation = if near.is_some() { Relation::Near } else { last.relation };
    let around = last
        .candidates
        .first()
        .filter(|_| city && part(&last))
        .and_then(|id| ctx.res.gazetteer.chain(*id).find(|id| is_town(ctx, *id)));
    let candidates = around.map_or_else(|| last.candidates.clone(), |town| vec![town]);
    Some(Located { relation, candidates, ..scene_again(last, m) })
}

/// «… حقل كورمور. … استهدفت مسيرة الحقل», «كمين بالجبل نفسه»: the site of that kind that was told last.
fn site_again(ctx: &Ctx, token: usize, placed: &[Located]) -> Option<Located> {
    let word = ctx.at(token, ctx.l.place_word).filter(|w| w.clitics.article && w.end == token + 1)?;
    let kind = &*ctx.a.entry(word).family;
    let site = matches!(
        kind,
        "oil_field" | "mountain" | "camp" | "military_base" | "airport" | "prison" | "port" | "dam" | "power_station"
    );
    let single = word.form.count == marsad_lang::Count::Singular;
    let named = ctx.a.at(word.end).any(|m| ctx.a.class(m) == Class::Place || ctx.has(m, ctx.l.nationality));
    let unknown = is_unknown(ctx, word.end);
    // «السد تعرض لهجوم»
    let suffers = ctx.at(word.end, ctx.l.be_exposed).is_some_and(|m| m.form.part == Part::Perfect);
    if !site || !single || named || unknown || !(in_it(ctx, word) || is_object(ctx, token) || suffers) {
        return None;
    }
    let of_kind = |p: &&Located| {
        let listed = p.candidates.first().is_some_and(|id| &*ctx.res.gazetteer.get(*id).kind == kind);
        listed || p.kind.as_deref() == Some(kind)
    };
    let told = placed.iter().rev().find(of_kind)?;
    Some(Located { relation: Relation::In, offset: None, ..scene_again(told, word) })
}

/// «قرب الدير ذاته», «هجوم على المزار نفسه», «وفي المكان نفسه»: a noun with the article behind which the text says that it is the
/// same; where none told before is called so, the scene told last.
fn same_spot(ctx: &Ctx, token: usize, placed: &[Located]) -> Option<Located> {
    let (t, article) = (&ctx.a.tokens, &ctx.res.lexicon.clitics.article);
    t.text_or_empty(token).strip_prefix(article.as_str()).filter(|_| t.is_word(token))?;
    let same = ctx.at(token + 1, ctx.l.same)?;
    let spot = [ctx.l.target, ctx.l.spot].iter().any(|l| ctx.is_at(token, *l));
    let beside = [ctx.l.near, ctx.l.on].iter().any(|l| ctx.before(token, *l).is_some());
    let stands_there = spot && (beside || ctx.before(token, ctx.l.prep_in).is_some());
    let l = ctx.l;
    // «على الهجوم نفسه», «على الجهة ذاتها»: no place.
    let other = |m: &Mention| [l.verb, l.actor, l.source, l.people, l.weapon].iter().any(|k| ctx.has(m, *k));
    let timed = ctx.a.times_in(token..token + 1).any(|(_, t)| t.first <= token);
    if !stands_there && (!beside || timed || ctx.a.at(token).any(other)) {
        return None;
    }
    let told = placed.iter().rev().find(|p| bears_word(ctx, p, token)).or_else(|| scene_before(ctx, placed))?;
    Some(scene_of(told, token, same.end))
}

/// «وادي الخيالة», and then «الوادي نفسه».
fn bears_word(ctx: &Ctx, p: &Located, token: usize) -> bool {
    let article = ctx.res.lexicon.clitics.article.as_str();
    let bare = |t: usize| ctx.a.tokens.text(t).trim_start_matches(article);
    (p.first..p.end).any(|t| bare(t) == bare(token))
}

/// «قال مجلس قضاء الزبير إن مسلحين هاجموا منزلا في مركز القضاء»: the district told before, whatever part that plays.
fn district_again(ctx: &Ctx, token: usize, placed: &[Located]) -> Option<Located> {
    let word = ctx.at(token, ctx.l.place_word).filter(|w| w.clitics.article && w.end == token + 1)?;
    let kind = &*ctx.a.entry(word).family;
    // «السلطة المحلية» is local, and no district.
    let article = &ctx.res.lexicon.clitics.article;
    let adjective = token.checked_sub(1).is_some_and(|t| ctx.a.tokens.text(t).starts_with(article.as_str()));
    let of_body = ctx.before(token, ctx.l.speaking_body).is_some() || adjective && word.clitics.preposition == '\0';
    let meant = matches!(kind, "district" | "subdistrict") && in_it(ctx, word) && !of_body;
    let told = placed.iter().rev().find(|p| p.kind.as_deref() == Some(kind)).filter(|_| meant)?;
    Some(Located { offset: None, ..scene_again(told, word) })
}

/// A place told before as the scene of the words that mean it now.
fn scene_again(told: &Located, words: &Mention) -> Located {
    scene_of(told, words.first, words.end)
}

fn scene_of(told: &Located, first: usize, end: usize) -> Located {
    Located { first, end, role: PlaceRole::Scene, coordinated: false, directed: false, ..told.clone() }
}

/// «المنطقة ذاتها», «ذات المنطقة».
fn is_the_same(ctx: &Ctx, word: &Mention) -> bool {
    ctx.is_at(word.end, ctx.l.same) || ctx.before(word.first, ctx.l.same).is_some()
}

fn is_town(ctx: &Ctx, id: PlaceId) -> bool {
    matches!(&*ctx.res.gazetteer.get(id).kind, "city" | "town")
}

/// «استهدفت مسيرة المطار»: right behind a verb of attack, or behind its subject.
fn is_object(ctx: &Ctx, token: usize) -> bool {
    let l = ctx.l;
    let verb = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect);
    let strikes = |m: &Mention| verb(m) && [l.target_v, l.bombard, l.hit].iter().any(|k| ctx.has(m, *k));
    let near = token.saturating_sub(3)..token;
    let struck = ctx.a.within(near).rfind(|m| strikes(m));
    let apart = |t: usize| ctx.is_at(t, l.prep_place) || ctx.a.at(t).any(|m| m.clitics.preposition != '\0');
    struck.is_some_and(|m| !(m.end..token).any(apart))
}

/// «في المدينة», «بأحد مساجد المدينة» and not «شرق المدينة».
fn in_it(ctx: &Ctx, w: &Mention) -> bool {
    let named = |t: usize| ctx.is_at(t, ctx.l.place_word) || ctx.is_at(t, ctx.l.target) || is_unknown(ctx, t);
    let thing = w.first.checked_sub(1).is_some_and(named);
    // «وشهدت المدينة قصفا», «استهدفت المدينة».
    let suffered = [ctx.l.be_exposed, ctx.l.target_v, ctx.l.bombard]
        .iter()
        .any(|l| ctx.before(w.first, *l).is_some_and(|m| matches!(m.form.part, Part::Perfect | Part::Imperfect)));
    // «وكانت المدينة قد شهدت هجوما»
    let suffers = (w.end..w.end + 2).any(|t| {
        let verb = |m: &Mention| m.form.part == Part::Perfect;
        ctx.at(t, ctx.l.be_exposed).is_some_and(verb) && (t == w.end || ctx.is_at(w.end, ctx.l.verb_particle))
    });
    suffered || suffers || w.clitics.preposition != '\0' || ctx.before(w.first, ctx.l.prep_in).is_some() || thing
}

/// «استهدف سيارته شرق المدينة», where the sentence names no other place: in it, on that side.
fn beside_it(ctx: &Ctx, w: &Mention, placed: &[Located]) -> bool {
    let told = |p: &Located| p.role == PlaceRole::Scene && in_sentence(ctx, p, w.first);
    ctx.before(w.first, ctx.l.direction).is_some() && !placed.iter().rev().any(told)
}

/// «وفي مدينة …،» at the head of the sentence in which a token stands.
fn opens_sentence(ctx: &Ctx, p: &Located, token: usize) -> bool {
    let sentence = ctx.a.sentence_at(token);
    sentence.is_some_and(|s| (s.first..s.first + 2).contains(&p.first))
}

fn in_sentence(ctx: &Ctx, p: &Located, token: usize) -> bool {
    let sentence = ctx.a.sentence_at(token);
    sentence.is_some_and(|s| s.first <= p.first)
}

/// A word that no list has: the rest of a name.
fn is_unknown(ctx: &Ctx, token: usize) -> bool {
    ctx.a.tokens.is_word(token) && ctx.a.at(token).next().is_none()
}

/// The sharpest of the scenes named last: of «قاعدة بلد بصلاح الدين» the base.
fn scene_before<'l>(ctx: &Ctx, placed: &'l [Located]) -> Option<&'l Located> {
    let last = placed.iter().rposition(|p| p.role == PlaceRole::Scene)?;
    let inner = placed[..last]
        .last()
        .filter(|p| p.role == PlaceRole::Scene && compatible(ctx, p, &placed[last]) && sharper(ctx, p, &placed[last]));
    inner.or(placed.get(last))
}
