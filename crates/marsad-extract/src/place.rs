//! Where did it happen, and which places in the text are something else?
//!
//! Place mentions play parts: where it happened, where it was launched, whom a
//! speaker represents, who acted. The part follows from the words before the
//! name. Then names become gazetteer entries: namesakes are ranked by what else
//! the document names. A name that no gazetteer lists is kept as it is written.

use crate::context::Ctx;
use marsad_lang::{Class, Mention, PlaceId};
use marsad_model::{Evidence, Place, PlaceLink, Point, Relation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
    for i in 1..out.len() {
        settle_pair(ctx, &mut out, i);
    }
    for i in 0..out.len() {
        let behind = out[i + 1..].iter().find(|p| !p.candidates.is_empty()).filter(|p| p.first <= out[i].end + 8);
        out[i].container = behind.and_then(|p| p.candidates.first().copied());
    }
    out
}

/// What the rest of the document says about where it plays.
struct Context {
    /// Points a country got from unambiguous names, actors and nationalities.
    countries: BTreeMap<Arc<str>, i32>,
    /// Places named without namesakes.
    sure: BTreeSet<PlaceId>,
    /// What those lie in, with the level of the sharpest of them.
    around: BTreeMap<PlaceId, u8>,
}

impl Context {
    fn new(ctx: &Ctx) -> Context {
        let mut countries: BTreeMap<Arc<str>, i32> = BTreeMap::new();
        let (mut sure, mut around) = (BTreeSet::new(), BTreeMap::new());
        for token in 0..ctx.a.tokens.len() {
            let here: Vec<&Mention> = ctx.a.at(token).collect();
            let places: Vec<PlaceId> = here
                .iter()
                .filter(|m| ctx.a.class(m) == Class::Place)
                .filter_map(|m| ctx.res.place_of(m.form.entry))
                .collect();
            let isos: Vec<Arc<str>> = places.iter().map(|p| ctx.res.gazetteer.get(*p).country.clone()).collect();
            if let Some(iso) = isos.first().filter(|iso| isos.iter().all(|i| i == *iso)) {
                *countries.entry(iso.clone()).or_default() += 4;
                for place in places {
                    sure.insert(place);
                    let level = ctx.res.gazetteer.get(place).level;
                    for outer in ctx.res.gazetteer.chain(place).skip(1) {
                        let sharpest = around.entry(outer).or_insert(level);
                        *sharpest = level.min(*sharpest);
                    }
                }
            }
            for m in &here {
                let entry = ctx.a.entry(m);
                let country: Option<Arc<str>> = match entry.class {
                    Class::Actor => entry.extra("country").map(Arc::from),
                    Class::Person => entry.extra("country").map(Arc::from),
                    Class::Word if ctx.has(m, ctx.l.nationality) => Some(entry.family.clone()),
                    _ => None,
                };
                if let Some(iso) = country.filter(|c| !c.is_empty()) {
                    *countries.entry(iso).or_default() += 2;
                }
            }
        }
        Context { countries, sure, around }
    }

    /// Points for one candidate; higher is likelier.
    fn points(&self, ctx: &Ctx, id: PlaceId, kind: Option<&str>) -> i64 {
        let g = &ctx.res.gazetteer;
        let place = g.get(id);
        let country = i64::from(self.countries.get(&place.country).copied().unwrap_or(0)).min(40) * 10;
        let outer = g.chain(id).skip(1).find(|p| self.sure.contains(p)).map(|p| g.get(p).level);
        let inner = self.around.get(&id).copied();
        let chained = [outer, inner].into_iter().flatten().min().map_or(0, |level| 12 - i64::from(level)) * 25;
        let asked = kind.map_or(0, |k| if k == &*place.kind { 80 } else { 0 });
        let size = (f64::from(place.population.max(1)).log10() * 6.0) as i64 + i64::from(place.level) * 4;
        country + chained + asked + size
    }
}

/// The sharpest of the scenes named last: of «قاعدة بلد بصلاح الدين» the base.
fn scene_before<'l>(ctx: &Ctx, placed: &'l [Located]) -> Option<&'l Located> {
    let last = placed.iter().rposition(|p| p.role == PlaceRole::Scene)?;
    let inner = placed[..last]
        .last()
        .filter(|p| p.role == PlaceRole::Scene && compatible(ctx, p, &placed[last]) && sharper(ctx, p, &placed[last]));
    inner.or(placed.get(last))
}

fn place_at(ctx: &Ctx, token: usize, context: &Context, placed: &[Located]) -> Option<Located> {
    let last = placed.last();
    let word = ctx.at(token, ctx.l.place_word);
    if let Some(again) = pointing_back(ctx, token, scene_before(ctx, placed)) {
        return Some(again);
    }
    if let Some(country) = adjective_country(ctx, token) {
        return Some(country);
    }
    let named: Vec<&Mention> = ctx.a.at(token).filter(|m| ctx.a.class(m) == Class::Place).collect();
    if let Some(m) = named.first() {
        let kind = ctx.before(token, ctx.l.place_word).map(|w| ctx.a.entry(w).family.clone());
        return Some(known(ctx, &named, m.first, m.end, kind, context, last));
    }
    // A kind of place, then its name: «بلدة كفريا», listed or not.
    if let Some(word) = word.filter(|w| {
        w.form.part != marsad_lang::Part::Indefinite
            && !w.clitics.article
            && w.form.count == marsad_lang::Count::Singular
            && !w.clitics.pronoun
    }) {
        if ctx.a.at(word.end).any(|m| ctx.a.class(m) == Class::Place) {
            return None;
        }
        let (first, end) = unlisted_name(ctx, word.end)?;
        let kind = ctx.a.entry(word).family.clone();
        if matches!(&*kind, "district" | "governorate" | "country" | "region" | "headquarters" | "facility") {
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
    let (first, end) = bare_unlisted(ctx, token)?;
    unlisted(ctx, (token, end), (first, end), None, last)
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
    candidates.sort_by_key(|id| (-context.points(ctx, *id, kind.as_deref()), *id));
    candidates.dedup();
    let m = named[0];
    let phrase_first = ctx.before(first, ctx.l.place_word).map_or(first, |w| w.first);
    let (role, relation, directed) = part(ctx, phrase_first, m, candidates.first().copied(), last);
    let coordinated = is_coordinated(ctx, phrase_first, last);
    let (role, relation) = match last.filter(|_| coordinated && matches!(role, PlaceRole::Other | PlaceRole::Loose)) {
        Some(l) => (l.role, l.relation),
        None => (role, relation),
    };
    Located {
        first: phrase_first,
        end,
        role,
        relation,
        candidates,
        unlisted: None,
        kind,
        coordinated,
        directed,
        container: None,
    }
}

/// «قربها», «في القرية»: the place told before.
fn pointing_back(ctx: &Ctx, token: usize, last: Option<&Located>) -> Option<Located> {
    let last = last?;
    let near = ctx.a.at(token).find(|m| m.clitics.pronoun && (ctx.has(m, ctx.l.near) || ctx.has(m, ctx.l.prep_in)));
    let word = ctx.at(token, ctx.l.place_word).filter(|w| {
        let kind = &*ctx.a.entry(w).family;
        let same = ctx.is_at(w.end, ctx.l.same);
        let bare = w.clitics.article
            && (matches!(kind, "village" | "town")
                || same && matches!(kind, "city" | "area" | "quarter" | "governorate" | "district"))
            && !ctx.a.at(w.end).any(|m| ctx.a.class(m) == Class::Place);
        bare && w.form.count == marsad_lang::Count::Singular
    });
    let m = near.or(word)?;
    let relation = if near.is_some() { Relation::Near } else { last.relation };
    Some(Located {
        first: m.first,
        end: m.end,
        role: PlaceRole::Scene,
        relation,
        coordinated: false,
        directed: false,
        ..last.clone()
    })
}

/// «بلدات إسرائيلية», «الأراضي السورية»: places of a country without a name.
fn adjective_country(ctx: &Ctx, token: usize) -> Option<Located> {
    let region = |w: &&Mention| {
        matches!(&*ctx.a.entry(w).family, "village" | "town" | "city" | "governorate" | "area" | "district")
    };
    let word = ctx
        .at(token, ctx.l.place_word)
        .filter(region)
        .filter(|w| w.form.count == marsad_lang::Count::Plural || w.clitics.article)?;
    let adjective = ctx.at(word.end, ctx.l.nationality)?;
    let place = ctx.res.gazetteer.country(&ctx.a.entry(adjective).family)?;
    let role = if ctx.before(token, ctx.l.speaking_body).is_some() { PlaceRole::Other } else { PlaceRole::Scene };
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
    })
}

/// «قرية زراعية», «حي سكني»: an adjective without the article is no name.
fn is_nisba(ctx: &Ctx, token: usize) -> bool {
    let text = ctx.a.tokens.text(token);
    let clitics = &ctx.res.lexicon.clitics;
    let stem = text.strip_suffix(clitics.ta_marbuta).unwrap_or(text);
    let relative = ctx.res.lexicon.adjective_ending.is_some_and(|e| stem.ends_with(e));
    relative && text.chars().count() >= 5 && !text.starts_with(clitics.article.as_str())
}

/// An unknown word with the prefix of the imperfect.
fn looks_imperfect(ctx: &Ctx, token: usize) -> bool {
    let text = ctx.a.tokens.text(token);
    let clitics = &ctx.res.lexicon.clitics;
    text.chars().count() >= 5 && text.starts_with(clitics.ta) && !text.ends_with(clitics.ta_marbuta)
}

/// «X وY», «X، وY»: the same part as the place before.
fn is_coordinated(ctx: &Ctx, first: usize, last: Option<&Located>) -> bool {
    let Some(last) = last else { return false };
    let and = ctx.a.at(first).any(|m| m.clitics.conjunction);
    let gap = first.saturating_sub(last.end);
    // «جباليا النزلة وحي …»: an unknown second name may stand between.
    let second_name = gap == 1 && ctx.a.tokens.is_word(last.end) && ctx.a.at(last.end).next().is_none();
    and && (gap == 0
        || second_name
        || (gap == 1 && (ctx.sign(last.end, "،") || ctx.a.at(last.end).any(|m| ctx.has(m, ctx.l.prep_place)))))
}

/// The part that a place plays, by the words before it.
fn part(
    ctx: &Ctx,
    first: usize,
    m: &Mention,
    best: Option<PlaceId>,
    last: Option<&Located>,
) -> (PlaceRole, Relation, bool) {
    use PlaceRole::*;
    let level = best.map_or(4, |b| ctx.res.gazetteer.get(b).level);
    let kind = best.map_or("", |b| &*ctx.res.gazetteer.get(b).kind);
    if ctx.before(first, ctx.l.launch_cue).is_some() {
        return (Launch, Relation::In, false);
    }
    if let Some(d) = ctx.before(first, ctx.l.direction) {
        let countryside = ctx.has(d, ctx.l.countryside);
        // «خزاعة شرق خان يونس»: only says where the other lies.
        let refers = d.first > 0 && follows_place(ctx, d.first, last);
        let launch = ctx.before(d.first, ctx.l.launch_cue).is_some();
        let role = if launch {
            Launch
        } else if refers {
            Reference
        } else {
            Scene
        };
        return (role, if countryside { Relation::In } else { Relation::Near }, !countryside);
    }
    if let Some(p) = ctx.before(first, ctx.l.prep_place) {
        if launched_behind(ctx, p.first) {
            return (Launch, Relation::In, false);
        }
        let far = ctx.before(p.first, ctx.l.distance).is_some();
        return match () {
            _ if ctx.has(p, ctx.l.toward) => (Toward, Relation::Near, false),
            _ if ctx.has(p, ctx.l.off) => (Scene, Relation::Off, false),
            _ if ctx.has(p, ctx.l.near) || far => (Scene, Relation::Near, false),
            _ => (Scene, relation_of(level, kind), false),
        };
    }
    if ctx.before(first, ctx.l.among_them).is_some() {
        return (Scene, relation_of(level, kind), false);
    }
    let head = ctx.a.at(first).find(|h| h.clitics.preposition != '\0').unwrap_or(m);
    if head.clitics.preposition != '\0' {
        let locative = ctx.res.lexicon.clitics.prepositions.first() == Some(&head.clitics.preposition);
        return (
            if locative {
                Scene
            } else if level <= 7 {
                Loose
            } else {
                Other
            },
            relation_of(level, kind),
            false,
        );
    }
    if ctx.before(first, ctx.l.from).is_some() {
        let flown = (first.saturating_sub(8)..first).any(|t| ctx.is_at(t, ctx.l.launch))
            || (first.saturating_sub(4)..first).any(|t| ctx.is_at(t, ctx.l.munition));
        return (if flown { Launch } else { Other }, Relation::In, false);
    }
    if ctx.before(first, ctx.l.speaking_body).is_some() {
        return (Other, Relation::In, false);
    }
    // Object of a verb of attack, or «تفجيرات طرطوس».
    let event_word = [
        ctx.l.target_v,
        ctx.l.bombard,
        ctx.l.attack,
        ctx.l.strike,
        ctx.l.raid,
        ctx.l.explode,
        ctx.l.detonate,
        ctx.l.be_exposed,
        ctx.l.hit,
        ctx.l.clash,
    ]
    .iter()
    .any(|l| ctx.before(first, *l).is_some());
    if event_word && level <= 7 {
        return (Scene, relation_of(level, kind), false);
    }
    let site = level <= 3 || matches!(kind, "city" | "town" | "village" | "settlement");
    let object = (first.saturating_sub(6)..first).any(|t| {
        ctx.is_at(t, ctx.l.target_v)
            || ctx.is_at(t, ctx.l.bombard)
            || ctx.is_at(t, ctx.l.be_exposed)
            || ctx.is_at(t, ctx.l.hit)
    });
    let speaker = ctx.before(first, ctx.l.speech).is_some() || ctx.before(first, ctx.l.deny).is_some();
    match () {
        _ if site && object => (Scene, relation_of(level, kind), false),
        _ if site && !speaker => (Loose, relation_of(level, kind), false),
        _ => (Other, Relation::In, false),
    }
}

/// True when a scene-naming place ends right before the token.
fn follows_place(ctx: &Ctx, token: usize, last: Option<&Located>) -> bool {
    let gap = last.map_or(99, |l| token.saturating_sub(l.end));
    let distance = (token.saturating_sub(4)..token).any(|t| ctx.is_at(t, ctx.l.distance));
    gap == 0 || (distance && gap <= 5)
}

/// «انطلقا من مكانين في الرضوانية»: a launch cue governs the preposition.
fn launched_behind(ctx: &Ctx, prep: usize) -> bool {
    (prep.saturating_sub(3)..prep).any(|t| ctx.at(t, ctx.l.launch_cue).is_some_and(|m| m.end <= prep))
}

fn relation_of(level: u8, kind: &str) -> Relation {
    match kind {
        "airport" | "border_area" | "embassy" | "checkpoint" | "border_crossing" => Relation::At,
        _ if level <= 1 => Relation::At,
        _ => Relation::In,
    }
}

/// The name behind a place word: one or two words that the lexicon does not
/// read as something else.
fn unlisted_name(ctx: &Ctx, at: usize) -> Option<(usize, usize)> {
    let free = |t: usize| {
        ctx.a.tokens.is_word(t) && ctx.a.tokens.text(t).chars().count() > 2 && !ctx.a.at(t).any(|m| blocks_name(ctx, m))
    };
    if ctx.is_at(at, ctx.l.place_prefix) && ctx.a.tokens.is_word(at + 1) {
        return Some((at, at + 2));
    }
    if !free(at) {
        return None;
    }
    let compound = ctx.a.tokens.text(at).chars().count() <= 3 && free(at + 1) && !ctx.sign(at + 1, "،");
    let end = if compound { at + 2 } else { at + 1 };
    let adjective = ctx.a.at(at).any(|m| ctx.has(m, ctx.l.nationality)) || ctx.a.tokens.text(at).len() <= 4;
    (!adjective).then_some((at, end))
}

/// Words that cannot be part of an unlisted place name.
fn blocks_name(ctx: &Ctx, m: &Mention) -> bool {
    !matches!(ctx.a.class(m), Class::Person) || m.clitics.preposition == '\0'
}

/// «قرب خزاعة شرق خان يونس», «في تسيل غربي درعا», «بالمزيريب بريف …»: a bare
/// name is a place when a preposition stands before and a place relation behind.
fn bare_unlisted(ctx: &Ctx, token: usize) -> Option<(usize, usize)> {
    let t = &ctx.a.tokens;
    // «بدير كيفا قضاء صور», «في تل رفعت شمالي حلب».
    if let Some(m) = ctx.at(token, ctx.l.place_prefix).filter(|_| t.is_word(token + 1)) {
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
    let end = if t.is_word(token + 1) && ctx.a.at(token + 1).next().is_none() && t.text(token).chars().count() <= 4 {
        token + 2
    } else {
        token + 1
    };
    let behind = related_behind(ctx, end);
    behind.then_some((token, end))
}

/// «غربي درعا», «في الدمام», «بالدمام», «بريف …» behind a name.
fn related_behind(ctx: &Ctx, at: usize) -> bool {
    let direction = ctx.at(at, ctx.l.direction).map(|d| d.end);
    let prep = ctx.at(at, ctx.l.prep_in).map(|p| p.end);
    let next = direction.or(prep).unwrap_or(at);
    let word = ctx
        .at(at, ctx.l.place_word)
        .is_some_and(|w| ctx.a.at(w.first).chain(ctx.a.at(w.end)).any(|m| ctx.a.class(m) == Class::Place));
    let place = word
        || ctx.a.at(next).any(|m| {
            ctx.a.class(m) == Class::Place && (next > at || m.clitics.preposition != '\0')
                || (ctx.has(m, ctx.l.countryside) && m.clitics.preposition != '\0')
        });
    let distance = ctx.a.tokens.is_number(at) && ctx.is_at(at + 1, ctx.l.distance);
    place || distance || (direction.is_some() && ctx.is_at(next, ctx.l.country_word))
}

fn unlisted(
    ctx: &Ctx,
    span: (usize, usize),
    name: (usize, usize),
    kind: Option<Arc<str>>,
    last: Option<&Located>,
) -> Option<Located> {
    let prep = ctx.before(span.0, ctx.l.prep_place);
    let glued = ctx.a.at(span.0).any(|m| m.clitics.preposition != '\0');
    let direction = ctx.before(span.0, ctx.l.direction).is_some();
    let launch = ctx.before(span.0, ctx.l.launch_cue).is_some() || prep.is_some_and(|p| launched_behind(ctx, p.first));
    let coordinated = is_coordinated(ctx, span.0, last);
    let near = prep.is_some_and(|p| ctx.has(p, ctx.l.near)) || direction;
    let role = match () {
        _ if launch => PlaceRole::Launch,
        _ if prep.is_some_and(|p| ctx.has(p, ctx.l.toward)) => PlaceRole::Toward,
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
    })
}

/// The places that begin within a range of tokens.
pub fn within(located: &[Located], first: usize, end: usize) -> &[Located] {
    let from = located.partition_point(|l| l.first < first);
    let to = located.partition_point(|l| l.first < end);
    &located[from..to]
}

/// Two neighbours settle each other: a candidate inside the other's chain wins.
fn settle_pair(ctx: &Ctx, all: &mut [Located], i: usize) {
    let g = &ctx.res.gazetteer;
    let near = all[i].first <= all[i - 1].end + 6;
    if !near {
        return;
    }
    let (left, right) = (all[i - 1].candidates.clone(), all[i].candidates.clone());
    let pair = left
        .iter()
        .flat_map(|a| right.iter().map(move |b| (*a, *b)))
        .find(|(a, b)| a != b && (g.inside(*a, *b) || g.inside(*b, *a)));
    let Some((a, b)) = pair else { return };
    promote(&mut all[i - 1].candidates, a);
    promote(&mut all[i].candidates, b);
}

fn promote(list: &mut Vec<PlaceId>, id: PlaceId) {
    list.retain(|x| *x != id);
    list.insert(0, id);
}

/// How two places of a document lie to each other.
pub fn compatible(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    match (a.candidates.first(), b.candidates.first()) {
        (Some(x), Some(y)) if g.inside(*x, *y) || g.inside(*y, *x) => true,
        (Some(x), Some(y)) => {
            // Regions without borders («سيناء») reach as far as their radius.
            let region =
                |p: PlaceId| matches!(&*g.get(p).kind, "region" | "area" | "border_area" | "mountain" | "valley");
            let broad = region(*x) || region(*y);
            let close = match (g.get(*x).point, g.get(*y).point) {
                (Some(p), Some(q)) => {
                    let reach = p.accuracy_km + q.accuracy_km;
                    p.distance_km(q) <= if broad { reach } else { reach.clamp(3.0, 12.0) }
                }
                _ => false,
            };
            let one_town = shared_town(ctx, *x, *y);
            (close && !towns_apart(ctx, *x, *y) && g.get(*x).country == g.get(*y).country)
                || one_town
                || a.directed != b.directed && (g.inside(*x, *y) || g.inside(*y, *x))
        }
        (None, None) => name(ctx, a) == name(ctx, b),
        (Some(x), None) if b.container.is_none() && is_site(b) => g.get(*x).level == 4,
        (None, Some(y)) if a.container.is_none() && is_site(a) => g.get(*y).level == 4,
        (Some(x), None) => {
            b.container.is_some_and(|c| g.inside(c, *x) || g.inside(*x, c) && g.get(*x).level >= g.get(c).level)
        }
        (None, Some(y)) => {
            a.container.is_some_and(|c| g.inside(c, *y) || g.inside(*y, c) && g.get(*y).level >= g.get(c).level)
        }
    }
}

/// True when the name of `outer` may stand for the region around its town, and
/// `inner` lies in that: «إدلب» is a city and its governorate.
pub fn may_lie_around(ctx: &Ctx, outer: &Located, inner: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let Some(town) = outer.candidates.first().filter(|_| outer.kind.is_none()) else { return false };
    let named_alike = |p: &PlaceId| g.get(*p).level > g.get(*town).level && g.get(*p).ar.contains(&*g.get(*town).ar);
    let Some(region) = g.chain(*town).skip(1).find(named_alike) else { return false };
    let here = inner.candidates.first().copied().or(inner.container);
    here.is_some_and(|p| g.inside(p, region))
}

/// True when both lie in one governorate, as far as the text tells, and one of
/// them is on no map.
pub fn share_region(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let region = |l: &Located| {
        let at = l.candidates.first().copied().or(l.container)?;
        g.chain(at).find(|p| (5..9).contains(&g.get(*p).level) || &*g.get(*p).kind == "governorate")
    };
    let unmapped = a.candidates.is_empty() || b.candidates.is_empty();
    unmapped && matches!((region(a), region(b)), (Some(x), Some(y)) if x == y)
}

/// An unlisted market, street or mosque lies in the town told beside it.
fn is_site(l: &Located) -> bool {
    let kind = l.kind.as_deref().unwrap_or_default();
    matches!(kind, "market" | "junction" | "mosque" | "hospital" | "quarter" | "checkpoint" | "university" | "prison")
}

/// Each lies in a town of its own.
fn towns_apart(ctx: &Ctx, a: PlaceId, b: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let town = |id: PlaceId| g.chain(id).find(|p| matches!(&*g.get(*p).kind, "city" | "town"));
    matches!((town(a), town(b)), (Some(x), Some(y)) if x != y)
}

/// Two sites in one town.
fn shared_town(ctx: &Ctx, a: PlaceId, b: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let town = |id: PlaceId| g.chain(id).find(|p| g.get(*p).level == 4);
    g.get(a).level <= 3 && g.get(b).level <= 3 && town(a).is_some() && town(a) == town(b)
}

/// The folded name of an unlisted place.
pub fn name(ctx: &Ctx, l: &Located) -> Option<String> {
    let (first, end) = l.unlisted?;
    Some((first..end).map(|t| ctx.a.tokens.text(t).to_string()).collect::<Vec<_>>().join(" "))
}

/// The name as written, a glued preposition left out.
fn name_span(ctx: &Ctx, first: usize, end: usize) -> String {
    let text = ctx.quote(first, end);
    let glued = ctx.at(first, ctx.l.place_prefix).is_some_and(|m| m.clitics.preposition != '\0');
    if glued { text.chars().skip(1).collect() } else { text }
}

/// True when `a` says more sharply where than `b` does.
pub fn sharper(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    level(ctx, a) < level(ctx, b)
}

pub fn level(ctx: &Ctx, l: &Located) -> u8 {
    l.candidates.first().map_or(3, |id| ctx.res.gazetteer.get(*id).level)
}

/// The place of the model, with its chain. `container` is a known place that
/// an unlisted name lies in or near.
pub fn resolve(ctx: &Ctx, l: &Located, container: Option<&Located>) -> Place {
    let g = &ctx.res.gazetteer;
    let link = |id: PlaceId| {
        let p = g.get(id);
        PlaceLink { id: Some(p.id.clone()), kind: p.kind.clone(), name_en: p.en.clone(), name_ar: p.ar.clone() }
    };
    let rule = |id: PlaceId| -> Arc<str> { format!("place/{}", g.get(id).id).into() };
    if let Some(&id) = l.candidates.first() {
        let p = g.get(id);
        let mut evidence = vec![ctx.evidence(l.first, l.end, rule(id))];
        evidence.extend(container.and_then(|c| Some(ctx.evidence(c.first, c.end, rule(*c.candidates.first()?)))));
        return Place {
            id: Some(p.id.clone()),
            name_en: p.en.clone(),
            names_en: p.en_also.clone(),
            name_ar: p.ar.clone(),
            relation: l.relation,
            chain: g.chain(id).map(link).collect(),
            country: p.country.clone(),
            point: p.point.or_else(|| g.nearest_point(id)).map(|point| blur(point, l)),
            evidence,
        };
    }
    unlisted_place(ctx, l, container, link)
}

/// «شمال بغداد» lies somewhere around: the radius grows.
fn blur(point: Point, l: &Located) -> Point {
    let extra = if l.directed { 25.0 } else { 0.0 };
    Point { accuracy_km: point.accuracy_km + extra, ..point }
}

fn unlisted_place(ctx: &Ctx, l: &Located, container: Option<&Located>, link: impl Fn(PlaceId) -> PlaceLink) -> Place {
    let g = &ctx.res.gazetteer;
    let (first, end) = l.unlisted.unwrap_or((l.first, l.end));
    let name_ar: Arc<str> = name_span(ctx, first, end).into();
    let name_en: Arc<str> = ctx.res.romanize(&name_ar).into();
    let kind: Arc<str> = l.kind.clone().unwrap_or_else(|| "town".into());
    let mut chain = vec![PlaceLink { id: None, kind, name_en: name_en.clone(), name_ar: name_ar.clone() }];
    let mut evidence: Vec<Evidence> = vec![ctx.evidence(l.first, l.end, "place/unlisted")];
    let outer = container.and_then(|c| c.candidates.first().copied().map(|id| (c, id)));
    let mut country: Arc<str> = "".into();
    let mut point = None;
    if let Some((c, id)) = outer {
        chain.extend(g.chain(id).map(&link));
        country = g.get(id).country.clone();
        point = g.nearest_point(id).map(|p| Point { accuracy_km: p.accuracy_km + 30.0, ..p });
        evidence.push(ctx.evidence(c.first, c.end, format!("place/{}", g.get(id).id)));
    }
    Place { id: None, name_en, names_en: vec![], name_ar, relation: l.relation, chain, country, point, evidence }
}
