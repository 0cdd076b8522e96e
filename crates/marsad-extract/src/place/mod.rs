//! Where did it happen, and which places in the text are something else?
//!
//! Place mentions play parts: where it happened, where it was launched, whom a
//! speaker represents, who acted. The part follows from the words before the
//! name (`role.rs`). Then names become gazetteer entries: namesakes are ranked
//! by what else the document names (`rank.rs`). A name that no gazetteer lists
//! is kept as it is written (`unlisted.rs`). `resolve.rs` makes points and
//! chains of it, `read.rs` lists all places of a text.

mod again;
mod capital;
mod homonym;
mod offset;
pub(crate) mod origin;
mod rank;
mod read;
mod relate;
mod report;
mod resolve;
mod role;
mod row;
mod spelled;
mod unlisted;

use crate::context::Ctx;
use crate::dateline;
use again::pointing_back;
use capital::bare_capital;
use marsad_lang::{Class, Mention, Part, PlaceId};
use marsad_model::Relation;
use offset::Offset;
use rank::{Context, settle_pair};
pub use read::NamedPlace;
pub use relate::{
    beyond_its_sides, compatible, is_between, is_sea, level, lies_on_plain, lies_on_the_way, lies_that_way,
    may_be_country, may_lie_around, narrows, quarters_apart, regions_apart, share_region, sharper, told_in,
};
pub use report::{share_country, town_that_tells};
pub use resolve::resolve;
use role::{is_coordinated, part};
use std::sync::Arc;
use unlisted::{bare_unlisted, is_nisba, looks_adverbial, looks_imperfect, unlisted, unlisted_name};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRole {
    /// Where it happened or was aimed at.
    Scene,
    /// Where munitions flew to («باتجاه»).
    Toward,
    Launch,
    /// Says where another place lies («60 كم شمال بعقوبة»).
    Reference,
    /// Named without a word that says where; stands in for want of better.
    Loose,
    /// A country that acts, a force's home, a ministry's seat.
    Other,
}

/// A place mention with its part in the clause.
#[derive(Clone, Debug)]
pub struct Located {
    pub first: usize,
    pub end: usize,
    pub role: PlaceRole,
    pub relation: Relation,
    /// Gazetteer candidates, best first; empty for an unlisted name.
    pub candidates: Vec<PlaceId>,
    /// An unlisted name: its tokens without the place word.
    pub unlisted: Option<(usize, usize)>,
    /// Kind of place that the words ask for («بلدة», «حي»).
    pub kind: Option<Arc<str>>,
    /// Joined to the previous place by «و»: `X وY`.
    pub coordinated: bool,
    /// A direction stands before it («شمال بغداد»).
    pub directed: bool,
    /// The listed place named right behind: where an unlisted name lies.
    pub container: Option<PlaceId>,
    /// How far and in which direction from the named place it was.
    pub offset: Option<Offset>,
}

/// All places of a document in order, with their parts.
/// In order of their first token, without overlap.
pub fn located(ctx: &Ctx) -> Vec<Located> {
    let context = Context::new(ctx);
    let mut out: Vec<Located> = vec![];
    let mut token = 0;
    while token < ctx.a.tokens.len() {
        match place_at(ctx, token, &context, &out) {
            Some(place) => {
                token = place.end.max(token + 1);
                out.push(place);
            }
            None => token += 1,
        }
    }
    spelled::otherwise(ctx, &context, &mut out);
    for i in 1..out.len() {
        settle_pair(ctx, &mut out, i);
    }
    for i in 1..out.len() {
        homonym::settle_by_region(ctx, &mut out, i);
    }
    offset::between(ctx, &mut out);
    offset::spots_on_roads(ctx, &mut out);
    out.iter_mut().filter(|l| dateline::is_place(ctx, l)).for_each(|l| l.role = PlaceRole::Other);
    let desks: Vec<usize> = (0..out.len()).filter(|i| dateline::is_desk(ctx, &out, *i)).collect();
    desks.into_iter().for_each(|i| out[i].role = PlaceRole::Other);
    out.iter_mut()
        .filter(|l| tells_of_outset(ctx, l) || is_supported(ctx, l) || is_fled_to(ctx, l))
        .for_each(|l| l.role = PlaceRole::Other);
    for i in 0..out.len() {
        // «معسكري بافو ونيونو»: one of a row lies in none of the others.
        let around = |p: &&Located| !p.candidates.is_empty() && !p.coordinated;
        let behind = out[i + 1..].iter().find(around).filter(|p| p.first <= out[i].end + 8);
        let moved = |p: &&Located| !role::taken_to_hospital(ctx, p.first);
        let behind = behind.filter(moved);
        out[i].container = out[i].container.or(behind.and_then(|p| p.candidates.first().copied()));
    }
    out
}

/// «دعماً لشعبنا الصامد في قطاع غزة استهدف …»: for whom it was done.
fn is_supported(ctx: &Ctx, l: &Located) -> bool {
    const SUPPORT: usize = 12;
    let Some(cue) = ctx.all(l.first.saturating_sub(SUPPORT)..l.first, ctx.l.in_support).last() else { return false };
    let finite = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive);
    !ctx.all(cue.end..l.first, ctx.l.verb).any(finite) && !(cue.end..l.first).any(|t| ctx.sign(t, "."))
}

/// «وفرار ثلاثة باتجاه الأراضي العمانية»: where they went.
fn is_fled_to(ctx: &Ctx, l: &Located) -> bool {
    const FLEEING: usize = 4;
    let toward = ctx.before(l.first, ctx.l.toward).or_else(|| ctx.before(l.first, ctx.l.range_to));
    toward.is_some_and(|p| ctx.any(p.first.saturating_sub(FLEEING)..p.first, ctx.l.flight_of_men))
}

/// «منذ اندلاع العنف بين … في غزة»: where it broke out that has gone on since then.
fn tells_of_outset(ctx: &Ctx, l: &Located) -> bool {
    const OUTSET: usize = 12;
    let Some(since) = ctx.all(l.first.saturating_sub(OUTSET)..l.first, ctx.l.since).last() else { return false };
    let finite = |m: &Mention| matches!(m.form.part, Part::Perfect | Part::Imperfect | Part::Passive);
    let broke_out = ctx.any(since.end..since.end + 2, ctx.l.war_start);
    let told_anew = ctx.all(since.end..l.first, ctx.l.verb).any(finite);
    let cut = (since.end..l.first).any(|t| !ctx.a.tokens.is_word(t) && !ctx.a.tokens.is_number(t));
    broke_out && !told_anew && !cut
}

fn place_at(ctx: &Ctx, token: usize, context: &Context, placed: &[Located]) -> Option<Located> {
    let last = placed.last();
    if ctx.a.at(token).as_slice().is_empty() {
        let (first, end) = bare_unlisted(ctx, token)?;
        return unlisted(ctx, (token, end), (first, end), None, last);
    }
    let word = ctx.at(token, ctx.l.place_word);
    if let Some(again) = pointing_back(ctx, token, placed) {
        return Some(again);
    }
    if let Some(capital) = bare_capital(ctx, token, context, placed) {
        return Some(capital);
    }
    if let Some(country) = adjective_country(ctx, token) {
        return Some(country);
    }
    // «قرية العمارة عبدالله», of which «قرية العمارة» is listed elsewhere.
    let longer =
        homonym::longer_name(ctx, token).filter(|n| n.first > token && borne_name(ctx, token, context).is_some());
    if let Some(n) = longer {
        return unlisted(ctx, (token, n.end), (n.first, n.end), Some(n.kind), last);
    }
    let named = named_at(ctx, token, context);
    if let Some(m) = named.first() {
        // «اتحاد بلديات بنت جبيل» is of the town.
        let several =
            |w: &Mention| w.form.count == marsad_lang::Count::Plural && ctx.a.entry(w).family == "subdistrict".into();
        let kind = announcing(ctx, token).filter(|w| !several(w)).map(|w| ctx.a.entry(w).family.clone());
        return Some(known(ctx, &named, m.first, m.end, kind, context, last));
    }
    // A kind of place, then its name: «بلدة كفريا», listed or not.
    if let Some(word) = word.filter(|w| {
        w.form.part != Part::Indefinite
            && !w.clitics.article
            && (w.form.count == marsad_lang::Count::Singular || before_unknown(ctx, w))
            && !w.clitics.pronoun
    }) {
        if !named_at(ctx, word.end, context).is_empty() {
            return None;
        }
        let (first, end) = borne_name(ctx, word.end, context).or_else(|| unlisted_name(ctx, word.end))?;
        let kind = ctx.a.entry(word).family.clone();
        let listed_otherwise = || spelled::meant(ctx, context, (first, end), Some(&kind)).is_some();
        if matches!(&*kind, "country" | "headquarters" | "facility")
            || matches!(&*kind, "district" | "governorate" | "region") && !listed_otherwise()
        {
            return None;
        }
        let settlement = matches!(
            &*kind,
            "village"
                | "town"
                | "city"
                | "quarter"
                | "camp"
                | "district"
                | "subdistrict"
                | "settlement"
                | "area"
                | "mountain"
                | "valley"
        );
        // «ساحة تتجمع فيها»: behind other kinds a verb may follow.
        if !settlement && looks_imperfect(ctx, first) || is_nisba(ctx, first) {
            return None;
        }
        return unlisted(ctx, (token, end), (first, end), Some(kind), last);
    }
    if let Some(next) = row::next_in_row(ctx, token, placed) {
        return Some(next);
    }
    let (first, end) = bare_unlisted(ctx, token)?;
    unlisted(ctx, (token, end), (first, end), None, last)
}

/// «حي الناصرة», far from Nazareth: what is called after a town that it does not lie in.
fn borne_name(ctx: &Ctx, at: usize, context: &Context) -> Option<(usize, usize)> {
    let names = || ctx.a.at(at).filter(|m| ctx.a.class(m) == Class::Place);
    let longer = homonym::longer_name(ctx, at).map(|n| n.end);
    // «حسينية بإسلام آباد» stands there, and bears no such name.
    let bare = || names().filter(|m| m.clitics.preposition == '\0');
    let borne = || bare().map(|m| m.end).max().filter(|_| rank::bearer(ctx, at).is_some());
    let end = longer.or_else(borne)?;
    let elsewhere = |m: &Mention| ctx.res.place_of(m.form.entry).is_some_and(|id| context.is_namesake_of(ctx, id));
    // «شارع بيروت» lies in another town than Beirut, however near that may be.
    let street = ctx.before(at, ctx.l.street_word).is_some();
    (street || names().all(elsewhere)).then_some((at, end))
}

/// «بلدتي كفرنوران ومعارة النعسان»: two of a kind, then a name that no list has.
fn before_unknown(ctx: &Ctx, w: &Mention) -> bool {
    let dual = w.form.count == marsad_lang::Count::Dual && w.form.part == Part::Construct;
    let name_begins = ctx.a.at(w.end).next().is_none() || ctx.is_at(w.end, ctx.l.place_prefix);
    dual && ctx.a.tokens.is_word(w.end) && name_begins
}

/// Where the kinds of place before a name begin: «لقرى وبلدات جبل الزاوية», «بلدة "ذيبان"».
fn phrase_start(ctx: &Ctx, first: usize, country: bool) -> usize {
    let Some(word) = announcing(ctx, first) else { return first };
    // «على المدينة. روسيا …» without its stop.
    if country && word.clitics.article {
        return first;
    }
    let before = ctx.before(word.first, ctx.l.place_word).filter(|_| word.clitics.conjunction);
    before.map_or(word.first, |w| w.first)
}

/// The kind of place right before a name, quotation marks passed over.
fn announcing<'a>(ctx: &Ctx<'a>, first: usize) -> Option<&'a Mention> {
    // «… أم القرى وأم حوش»: what «و» joins is not announced by the word before.
    if ctx.a.at(first).any(|m| m.clitics.conjunction && ctx.a.class(m) == Class::Place) {
        return None;
    }
    let quoted = first > 0 && ["\"", "«", "“", "("].iter().any(|sign| ctx.sign(first - 1, sign));
    ctx.before(if quoted { first - 1 } else { first }, ctx.l.place_word)
}

/// «قرية الكفير» may be listed as such for one village and as «الكفير» for another: both are meant.
fn behind_kind(ctx: &Ctx, first: usize, end: usize, kind: Option<Arc<str>>) -> (Vec<PlaceId>, Option<Arc<str>>) {
    // «كفر نبل» is no village called «نبل».
    let part_of_name = ctx.a.may_be(first, ctx.l.place_prefix);
    if kind.is_some() || end < first + 2 || part_of_name {
        return (vec![], kind);
    }
    let said = ctx.a.alone(first, ctx.l.place_word).map(|e| e.family.clone());
    let settlement = said.as_deref().is_some_and(|k| matches!(k, "city" | "town" | "village" | "camp" | "subdistrict"));
    let entries = if settlement { ctx.a.names_between(first + 1, end) } else { vec![] };
    (entries.into_iter().filter_map(|e| ctx.res.place_of(e)).collect(), said)
}

/// The place names that start at a token; none when all of them are names by mere chance.
fn named_at<'a>(ctx: &Ctx<'a>, token: usize, context: &Context) -> Vec<&'a Mention> {
    let named: Vec<&Mention> = ctx.a.at(token).filter(|m| ctx.a.class(m) == Class::Place).collect();
    // «الحسينية الحيدرية»: the building, and the name that it bears.
    let borne = |at: usize| borne_name(ctx, at, context).is_some();
    let building = ctx.at(token, ctx.l.named_building);
    let bears = building.is_some_and(|m| borne(m.end));
    if named.is_empty() || rank::is_of_people(ctx, token) || rank::is_of_ship(ctx, token) || borne(token) || bears {
        return vec![];
    }
    if rank::is_of_person(ctx, token) {
        return vec![];
    }
    // «بلدة نبل الخطيب» names no «نبل»: a longer name begins inside.
    // «حوارة جنوب نابلس» only says where it is.
    // «حي الجزيرة بدرعا» is listed as «الجزيرة بدرعا» too, «منطقة أوروميا الإثيوبية»: the same place with more words.
    let other = |m: &Mention, n: &Mention| ctx.res.place_of(m.form.entry) != ctx.res.place_of(n.form.entry);
    let longer = |m: &&&Mention| {
        let begun = |n: &Mention| ctx.a.class(n) == Class::Place && n.end > m.end && other(m, n);
        ctx.a.within(m.first + 1..m.end).any(begun)
    };
    if named.iter().any(|m| longer(&m)) {
        return vec![];
    }
    // «محافظة تيسمسيلت» is told to be a province.
    let province = announcing(ctx, token).is_some_and(|w| &*ctx.a.entry(w).family == "governorate");
    // «الضفة اللبنانية لمجرى النهر»: a bank of another country than the listed one.
    let told_abroad = |id: PlaceId| {
        let place = ctx.res.gazetteer.get(id);
        let adjective = |m: &Mention| ctx.at(m.end, ctx.l.nationality).filter(|a| a.clitics.article);
        let other = |m: &Mention| adjective(m).is_some_and(|a| *ctx.a.entry(a).family != *place.country);
        &*place.kind == "region" && named.iter().any(|m| other(m))
    };
    let likely = |m: &&Mention| {
        let unsure = m.form.part == Part::Weak;
        let id = ctx.res.place_of(m.form.entry);
        id.is_some_and(|id| {
            let abroad = unsure && (context.is_foreign(ctx, id) || context.is_word_abroad(ctx, id))
                || unsure && building.is_some() && !context.tells_country(ctx, id)
                || context.is_common_abroad(ctx, id)
                || context.is_embassy_abroad(ctx, id);
            !told_abroad(id)
                && !(context.is_chance(ctx, id) && !(province && context.tells_country(ctx, id)))
                && !abroad
        })
    };
    if named.iter().any(likely) { named } else { vec![] }
}

fn known(
    ctx: &Ctx,
    named: &[&Mention],
    first: usize,
    end: usize,
    kind: Option<Arc<str>>,
    context: &Context,
    last: Option<&Located>,
) -> Located {
    let mut candidates: Vec<PlaceId> = named.iter().filter_map(|m| ctx.res.place_of(m.form.entry)).collect();
    let (inner, kind) = behind_kind(ctx, first, end, kind);
    candidates.extend(inner);
    // «قضاء المجر» is no country.
    let small = matches!(kind.as_deref(), Some("district" | "subdistrict" | "town" | "village" | "quarter"));
    if small && candidates.iter().any(|id| ctx.res.gazetteer.get(*id).level < 9) {
        candidates.retain(|id| ctx.res.gazetteer.get(*id).level < 9);
    }
    let referred = if candidates.len() > 1 { rank::referred(ctx, end) } else { vec![] };
    let own = |m: &&Mention| ctx.res.place_of(m.form.entry).filter(|_| m.form.part != Part::Weak);
    let plain: Vec<PlaceId> = named.iter().filter_map(own).collect();
    let borrowed =
        |id: &PlaceId| !plain.contains(id) && rank::is_across(ctx, *id, &plain) && !context.is_at_home(ctx, *id);
    candidates.sort_by_cached_key(|id| (borrowed(id), -context.points(ctx, *id, kind.as_deref(), &referred), *id));
    candidates.dedup();
    if let Some(id) = told_longer(ctx, first, end) {
        candidates.sort_by_key(|c| *c != id);
    }
    let m = named[0];
    let province_of = town_of_province(ctx, m, first, kind.as_deref(), candidates.first());
    let province_told = province_of.filter(|id| context.tells_country(ctx, *id));
    let country = candidates.first().is_some_and(|id| ctx.res.gazetteer.get(*id).level == 9);
    let phrase_first = phrase_start(ctx, first, country);
    let kind_of = |id: &PlaceId| &*ctx.res.gazetteer.get(*id).kind;
    let seat = |id: &PlaceId| ctx.res.gazetteer.get(*id).parent.is_some_and(|p| relate::is_seat(ctx, *id, p));
    let province = candidates.iter().any(|id| kind_of(id) == "governorate") || candidates.first().is_some_and(seat);
    let best = candidates.first().copied().filter(|_| province_of.is_none());
    let (role, relation, directed) = part(ctx, phrase_first, m, best, last);
    let coordinated = is_coordinated(ctx, phrase_first, last);
    let (role, relation) = match last.filter(|_| coordinated && matches!(role, PlaceRole::Other | PlaceRole::Loose)) {
        Some(l) => (l.role, l.relation),
        None => (role, relation),
    };
    let offset =
        offset::told_before(ctx, phrase_first).or_else(|| offset::side_of(ctx, (phrase_first, first), end, province));
    Located {
        first: phrase_first,
        end,
        role,
        relation,
        candidates: if province_of.is_some() { vec![] } else { candidates },
        unlisted: province_of.map(|_| (first, end)),
        kind,
        coordinated,
        directed,
        container: province_told,
        offset,
    }
}

/// «قرية المغير شرق رام الله»: the village that is listed as «قرية المغير» and as «المغير شرق رام الله» too.
fn told_longer(ctx: &Ctx, first: usize, end: usize) -> Option<PlaceId> {
    let mut longer = ctx.a.within(first + 1..end).filter(|n| ctx.a.class(n) == Class::Place && n.end > end);
    longer.find_map(|n| ctx.res.place_of(n.form.entry))
}

/// «مدينة واراب», where only the province of that name is listed: its town, which the list has not.
fn town_of_province(
    ctx: &Ctx,
    m: &Mention,
    first: usize,
    kind: Option<&str>,
    best: Option<&PlaceId>,
) -> Option<PlaceId> {
    let town = kind.is_some_and(|k| matches!(k, "city" | "town" | "village"));
    let one = announcing(ctx, first).is_some_and(|w| w.form.count == marsad_lang::Count::Singular);
    let countryside = ctx.a.may_be(first, ctx.l.countryside) || m.clitics.preposition != '\0';
    let province = best.filter(|id| &*ctx.res.gazetteer.get(**id).kind == "governorate");
    province.copied().filter(|_| town && one && !countryside)
}

/// «بلدات إسرائيلية», «الأراضي السودانية»: places of a country without a name.
fn adjective_country(ctx: &Ctx, token: usize) -> Option<Located> {
    let region = |w: &&Mention| {
        matches!(&*ctx.a.entry(w).family, "village" | "town" | "city" | "governorate" | "area" | "district")
    };
    let word = ctx
        .at(token, ctx.l.place_word)
        .filter(region)
        .filter(|w| w.form.count == marsad_lang::Count::Plural || w.clitics.article)
        .or_else(|| ctx.at(token, ctx.l.land))?;
    let adjective = ctx.at(word.end, ctx.l.nationality)?;
    let place = ctx.res.gazetteer.country(&ctx.a.entry(adjective).family)?;
    let flown = origin::leads_to(ctx, token);
    // «داخل الأراضي السودانية», and not «عبروا الأراضي السودانية».
    let within = ctx.before(token, ctx.l.prep_place).is_some() || word.clitics.preposition != '\0';
    let role = match () {
        _ if ctx.has(word, ctx.l.land) && !within && !flown => PlaceRole::Other,
        _ if ctx.before(token, ctx.l.speaking_body).is_some() => PlaceRole::Other,
        _ if flown => PlaceRole::Launch,
        _ => PlaceRole::Scene,
    };
    Some(Located {
        first: token,
        end: adjective.end,
        role,
        relation: Relation::In,
        candidates: vec![place],
        unlisted: None,
        kind: None,
        coordinated: false,
        directed: false,
        container: None,
        offset: None,
    })
}

/// The one settlement named as a scene between two tokens that says more sharply where `coarse` is.
pub fn sharper_between<'l>(
    ctx: &Ctx,
    all: &'l [Located],
    first: usize,
    end: usize,
    coarse: PlaceId,
) -> Option<&'l Located> {
    let scene = |p: &&Located| p.role == PlaceRole::Scene && p.offset.is_none() && !p.directed;
    let mut sharper = within(all, first, end).iter().filter(scene).filter(|p| relate::lies_in(ctx, p, coarse));
    let found = sharper.next()?;
    sharper.all(|p| p.candidates.first() == found.candidates.first()).then_some(found)
}

/// The places that begin within a range of tokens.
pub fn within(located: &[Located], first: usize, end: usize) -> &[Located] {
    let from = located.partition_point(|l| l.first < first);
    let to = located.partition_point(|l| l.first < end);
    &located[from..to]
}
