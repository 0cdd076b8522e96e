//! Which of the namesakes is meant?
//!
//! Candidates are ranked by what the document itself says: its countries, the
//! provinces and towns that it names without doubt, how far they lie, the kind
//! of place that the words ask for; then by size. No candidate is thrown away.

use super::Located;
use super::report::FIGHT_ABROAD;
use crate::context::Ctx;
use crate::party::QUOTES;
use marsad_lang::{Class, Mention, Part, PlaceId};
use marsad_model::Point;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the rest of the document says about where it plays.
pub(super) struct Context {
    /// Points a country got from unambiguous names, actors and nationalities.
    countries: BTreeMap<Arc<str>, i32>,
    /// Countries in which places are named, which an actor's nationality does not tell.
    named: BTreeSet<Arc<str>>,
    /// Countries that actors and nationalities of the document belong to.
    acting: BTreeSet<Arc<str>>,
    /// Places named without namesakes.
    sure: BTreeSet<PlaceId>,
    /// What those lie in, with the level of the sharpest of them.
    around: BTreeMap<PlaceId, u8>,
    /// Where those lie that are no country.
    near: Vec<(PlaceId, Point)>,
}

impl Context {
    pub(super) fn new(ctx: &Ctx) -> Context {
        let mut countries: BTreeMap<Arc<str>, i32> = BTreeMap::new();
        let (mut sure, mut around) = (BTreeSet::new(), BTreeMap::new());
        let (mut named, mut acting) = (BTreeSet::new(), BTreeSet::new());
        let g = &ctx.res.gazetteer;
        for token in 0..ctx.a.tokens.len() {
            let here = ctx.a.at(token).as_slice();
            if here.is_empty() {
                continue;
            }
            let places: Vec<PlaceId> = here
                .iter()
                .filter(|m| {
                    let person = || is_of_people(ctx, m.first) || is_of_person(ctx, m.first);
                    let bare = || !person() && bearer(ctx, m.first).is_none();
                    ctx.a.class(m) == Class::Place && bare() && super::homonym::longer_name(ctx, m.first).is_none()
                })
                .filter_map(|m| ctx.res.place_of(m.form.entry))
                .collect();
            let isos: Vec<Arc<str>> = places.iter().map(|p| ctx.res.gazetteer.get(*p).country.clone()).collect();
            let by_hand = places.iter().any(|p| !is_generated(&ctx.res.gazetteer.get(*p).id));
            if let Some(iso) = isos.first().filter(|iso| by_hand && isos.iter().all(|i| i == *iso)) {
                *countries.entry(iso.clone()).or_default() += 4;
                // «بلد», «الجبل»: a word that may be a name tells of no country, nor does a quarter («السلام»).
                let telling = |m: &&Mention| ctx.a.class(m) == Class::Place && m.form.part != Part::Weak;
                let large = |m: &Mention| ctx.res.place_of(m.form.entry).is_some_and(|p| !is_common(&g.get(p).kind));
                if here.iter().filter(telling).any(large) {
                    named.insert(iso.clone());
                }
                for place in places {
                    sure.insert(place);
                    // «درعا» is the town, and tells of its province.
                    sure.extend(g.get(place).parent.filter(|p| super::relate::is_seat(ctx, place, *p)));
                    let level = ctx.res.gazetteer.get(place).level;
                    for outer in ctx.res.gazetteer.chain(place).skip(1) {
                        let sharpest = around.entry(outer).or_insert(level);
                        *sharpest = level.min(*sharpest);
                    }
                }
            }
            for m in here {
                let entry = ctx.a.entry(m);
                let country: Option<Arc<str>> = match entry.class {
                    Class::Actor => entry.extra("country").map(Arc::from),
                    Class::Person => entry.extra("country").map(Arc::from),
                    Class::Word if ctx.has(m, ctx.l.nationality) => Some(entry.family.clone()),
                    _ => None,
                };
                if let Some(iso) = country.filter(|c| !c.is_empty()) {
                    acting.insert(iso.clone());
                    *countries.entry(iso).or_default() += 2;
                }
            }
        }
        let points = sure.iter().filter(|p| g.get(**p).level <= 7).filter_map(|p| Some((*p, g.get(*p).point?)));
        let near = points.take(NEAR_MAX).collect();
        Context { countries, named, acting, sure, around, near }
    }

    /// Points for one candidate; higher is likelier.
    pub(super) fn points(&self, ctx: &Ctx, id: PlaceId, kind: Option<&str>, referred: &[Referred]) -> i64 {
        let g = &ctx.res.gazetteer;
        let place = g.get(id);
        let country = i64::from(self.countries.get(&place.country).copied().unwrap_or(0)).min(40) * 10;
        let outer = g.chain(id).skip(1).find(|p| self.sure.contains(p)).map(|p| g.get(p).level);
        let inner = self.around.get(&id).copied();
        let chained = [outer, inner].into_iter().flatten().min().map_or(0, |level| 12 - i64::from(level)) * 25;
        let asked = kind.map_or(0, |k| asked_for(k, &place.kind));
        let size = (f64::from(place.population.max(1)).log10() * 6.0) as i64 + i64::from(place.level) * 4;
        let by_hand = if is_generated(&place.id) { 0 } else { CURATED };
        let chance = if self.is_chance(ctx, id) { CHANCE } else { 0 };
        country + chained + self.nearness(ctx, id) + asked + size + by_hand + told_from(ctx, id, referred) + chance
    }

    /// A village of a generated table, far from all that the document names without doubt, is a
    /// chance likeness: no place is better than a wrong one.
    pub(super) fn is_chance(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let g = &ctx.res.gazetteer;
        let place = g.get(id);
        if !is_generated(&place.id) || self.named.is_empty() {
            return false;
        }
        let told = self.named.contains(&place.country);
        let others: Vec<Point> = self.near.iter().filter(|(other, _)| *other != id).map(|(_, p)| *p).collect();
        let (Some(point), small) = (place.point, place.population < KNOWN_POPULATION_MIN) else { return false };
        let away = others.iter().map(|p| apart(*p, point)).fold(f64::INFINITY, f64::min);
        let inside = g.chain(id).skip(1).any(|p| g.get(p).level < 9 && self.sure.contains(&p));
        small && (!told || !others.is_empty() && away > CHANCE_KM && !inside)
    }

    /// In a country of which the document names no place, though it names many of others.
    pub(super) fn is_foreign(&self, ctx: &Ctx, id: PlaceId) -> bool {
        self.near.len() >= MANY_NAMED && !self.named.contains(&ctx.res.gazetteer.get(id).country)
    }

    /// A quarter or market in a country that the document names in no way: half the towns have one of that name.
    pub(super) fn is_common_abroad(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let place = ctx.res.gazetteer.get(id);
        let told = self.named.contains(&place.country) || self.acting.contains(&place.country);
        is_common(&place.kind) && !self.named.is_empty() && !told
    }

    /// «السفارة الأمريكية» stands in many capitals: the listed one is meant where the document speaks of its country.
    pub(super) fn is_embassy_abroad(&self, ctx: &Ctx, id: PlaceId) -> bool {
        &*ctx.res.gazetteer.get(id).kind == "embassy" && !self.tells_country(ctx, id)
    }

    /// A town whose name a building or quarter bears, while all else that the document names lies elsewhere.
    pub(super) fn is_namesake_of(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let g = &ctx.res.gazetteer;
        let place = g.get(id);
        if place.level < 4 {
            return false;
        }
        let related = |p: &PlaceId| g.inside(*p, id) || g.inside(id, *p);
        if !self.near.is_empty() {
            let Some(point) = place.point else { return false };
            return !self.near.iter().any(|(p, other)| related(p) || apart(*other, point) <= NAMESAKE_KM);
        }
        !self.tells_country(ctx, id)
    }

    /// Its country is told, or none is.
    pub(super) fn tells_country(&self, ctx: &Ctx, id: PlaceId) -> bool {
        self.speaks_of_country(ctx, id) || self.named.is_empty() && self.acting.is_empty()
    }

    /// The document names places in the country, or whose people or forces it has.
    fn speaks_of_country(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let iso = &ctx.res.gazetteer.get(id).country;
        self.named.contains(iso) || self.acting.contains(iso)
    }

    /// The document names places in the country, and none in a country whose names all spell alike.
    pub(super) fn plays_abroad_in(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let iso = &ctx.res.gazetteer.get(id).country;
        self.named.contains(iso) && self.named.iter().all(|iso| ctx.res.is_spelled_by_sound(iso))
    }

    /// The one country in which places are named, else the one whose people or forces are spoken of.
    pub(super) fn one_country(&self) -> Option<Arc<str>> {
        let one = |isos: &BTreeSet<Arc<str>>| isos.first().filter(|_| isos.len() == 1).cloned();
        let at_home = || one(&self.acting).filter(|iso| !FIGHT_ABROAD.contains(&&**iso));
        if self.named.is_empty() { at_home() } else { one(&self.named) }
    }

    /// The document names its province or another place of that: «رفح» beside Arish is the Egyptian one.
    pub(super) fn is_at_home(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let g = &ctx.res.gazetteer;
        let settled = |p: &PlaceId| matches!(&*g.get(*p).kind, "city" | "town" | "village" | "governorate" | "region");
        let home = |p: PlaceId| g.chain(id).skip(1).any(|outer| g.get(outer).level < 9 && g.inside(p, outer));
        self.sure.iter().filter(|p| settled(p)).any(|p| home(*p))
    }

    /// «القيادة العامة», «الغابات»: an everyday word, which is the name of a site or an area in a country that the document
    /// names in no way.
    pub(super) fn is_word_abroad(&self, ctx: &Ctx, id: PlaceId) -> bool {
        let place = ctx.res.gazetteer.get(id);
        (place.level <= 2 || &*place.kind == "area") && !self.tells_country(ctx, id)
    }

    /// A namesake near to another place of the document is likelier than one far away.
    fn nearness(&self, ctx: &Ctx, id: PlaceId) -> i64 {
        let Some(point) = ctx.res.gazetteer.get(id).point else { return 0 };
        let others = self.near.iter().filter(|(other, _)| *other != id);
        match others.map(|(_, p)| apart(*p, point)).fold(f64::INFINITY, f64::min) {
            km if km <= 30.0 => 60,
            km if km <= 80.0 => 40,
            km if km <= 160.0 => 15,
            _ => 0,
        }
    }
}

/// «الطائفة الإسماعيلية», «آل الشياح»: the name of people.
pub(super) fn is_of_people(ctx: &Ctx, name: usize) -> bool {
    ctx.before(name, ctx.l.kin).is_some()
}

/// «المواطن س. ع. …», «الشاب … الحلبي»: the last of the names of somebody, behind names that no list has.
pub(super) fn is_of_person(ctx: &Ctx, name: usize) -> bool {
    let glued = |m: &Mention| m.clitics.preposition != '\0' || m.clitics.conjunction;
    if ctx.a.at(name).any(glued) {
        return false;
    }
    let unknown = |t: &usize| ctx.a.tokens.is_word(*t) && ctx.a.at(*t).next().is_none();
    let names = (0..name).rev().take(PERSON_NAMES).take_while(unknown).count();
    let one = |m: &Mention| m.clitics.article && m.form.count == marsad_lang::Count::Singular;
    names > 0 && ctx.before(name - names, ctx.l.people).is_some_and(one)
}

/// So many names may stand between who somebody is and the last of them.
const PERSON_NAMES: usize = 3;

/// «الناقلة البريطانية …», «سفينة الشحن "…"»: the name of the ship right before it.
pub(super) fn is_of_ship(ctx: &Ctx, name: usize) -> bool {
    let l = ctx.l;
    let apart = |t: usize| {
        ctx.a.at(t).any(|m| m.clitics.preposition != '\0' || m.clitics.conjunction)
            || [l.prep_place, l.from, l.verb, l.direction, l.place_word].iter().any(|k| ctx.is_at(t, *k))
            || !ctx.a.tokens.is_word(t) && !QUOTES.iter().any(|sign| ctx.sign(t, sign))
    };
    let ship = ctx.all(name.saturating_sub(SHIP_NAME)..name, l.ship).last();
    ship.is_some_and(|m| m.form.count == marsad_lang::Count::Singular && !(m.end..name + 1).any(apart))
}

/// Tokens from the word for a ship to the last word of its name.
const SHIP_NAME: usize = 4;

/// The building, street or quarter right before a name, which may be called after a town.
pub(super) fn bearer<'a>(ctx: &Ctx<'a>, name: usize) -> Option<&'a Mention> {
    ctx.before(name, ctx.l.named_building)
}

/// Kinds of place whose names are met everywhere.
fn is_common(kind: &str) -> bool {
    matches!(kind, "quarter" | "street" | "square" | "market" | "mosque" | "hospital" | "school" | "junction")
}

/// A town on the other side of a border from one that has the same name first: the Egyptian Rafah.
pub(super) fn is_across(ctx: &Ctx, id: PlaceId, plain: &[PlaceId]) -> bool {
    let g = &ctx.res.gazetteer;
    let beside = |p: &PlaceId| match (g.get(id).point, g.get(*p).point) {
        (Some(a), Some(b)) => a.distance_km(b) <= ACROSS_KM,
        _ => false,
    };
    plain.iter().any(|p| g.get(*p).country != g.get(id).country && beside(p))
}

/// A place that the words right behind a name tell it from.
pub(super) struct Referred {
    point: Point,
    bearing: Option<f64>,
}

/// «غربي إدلب», «بريف إدلب الغربي», «قرب الباب» right behind a name: from where is it told?
pub(super) fn referred(ctx: &Ctx, end: usize) -> Vec<Referred> {
    let bearing = |m: &Mention| Some(ctx.a.entry(m).value).filter(|b| *b > 0.0);
    let direction = ctx.at(end, ctx.l.direction);
    let preposition = ctx.at(end, ctx.l.prep_place).filter(|_| direction.is_none());
    let mut at = direction.or(preposition).map_or(end, |m| m.end);
    at = ctx.at(at, ctx.l.direction).map_or(at, |m| m.end);
    at = ctx.at(at, ctx.l.place_word).map_or(at, |m| m.end);
    let mut out = vec![];
    for m in ctx.a.at(at).filter(|m| ctx.a.class(m) == Class::Place) {
        let glued = at == end && m.clitics.preposition != '\0';
        if at == end && !glued {
            continue;
        }
        let behind = ctx.at(m.end, ctx.l.direction).filter(|d| d.clitics.article).and_then(bearing);
        let place = ctx.res.place_of(m.form.entry).map(|id| ctx.res.gazetteer.get(id));
        if let Some(point) = place.filter(|p| p.level <= 7).and_then(|p| p.point) {
            out.push(Referred { point, bearing: direction.and_then(bearing).or(behind) });
        }
    }
    out
}

/// What is told from near by, and on that side, is likelier.
fn told_from(ctx: &Ctx, id: PlaceId, referred: &[Referred]) -> i64 {
    let Some(point) = ctx.res.gazetteer.get(id).point else { return 0 };
    let one = |r: &Referred| {
        let km = apart(r.point, point);
        let side = r.bearing.is_some_and(|b| turn(bearing_of(r.point, point), b) <= 60.0);
        if km > 70.0 { 0 } else { 50 - km as i64 / 2 + if side { 30 } else { 0 } }
    };
    referred.iter().map(one).max().unwrap_or(0)
}

/// The bearing in degrees under which `to` is seen from `from`.
fn bearing_of(from: Point, to: Point) -> f64 {
    let east = (to.lon - from.lon) * from.lat.to_radians().cos();
    east.atan2(to.lat - from.lat).to_degrees().rem_euclid(360.0)
}

fn turn(a: f64, b: f64) -> f64 {
    let d = (a - b).rem_euclid(360.0);
    d.min(360.0 - d)
}

/// From the edge of what may be a whole province.
fn apart(region: Point, point: Point) -> f64 {
    (region.distance_km(point) - region.accuracy_km).max(0.0)
}

/// What an entry made by hand is worth over one of a generated table: someone found it in the news.
const CURATED: i64 = 40;

/// What a likeness by chance costs beside a likelier namesake.
const CHANCE: i64 = -200;

/// A street that is called after a town further away than this is no street of that town.
const NAMESAKE_KM: f64 = 40.0;

/// A town and the one of its name across the border lie so near to each other.
const ACROSS_KM: f64 = 15.0;

/// Towns of this size are in the news anywhere.
const KNOWN_POPULATION_MIN: u32 = 100_000;

/// Beyond this distance from everything else that is named, a village is another one.
const CHANCE_KM: f64 = 60.0;

/// Ids of `make bulk` and of `marsad data import-geonames` name their source.
pub(super) fn is_generated(id: &str) -> bool {
    id.starts_with("geonames/") || id.starts_with("import/")
}

/// A document that names so many places tells where it plays.
const MANY_NAMED: usize = 6;

/// So many places of one document are looked at for nearness: tables of hundreds of towns say nothing.
const NEAR_MAX: usize = 24;

/// «بلدة X» may be a village of the gazetteer, but is no mountain.
fn asked_for(asked: &str, kind: &str) -> i64 {
    let settlement = |k: &str| matches!(k, "city" | "town" | "village" | "settlement");
    let area = |k: &str| matches!(k, "governorate" | "district" | "subdistrict" | "region");
    match () {
        _ if asked == kind => 80,
        _ if settlement(asked) && settlement(kind) => 50,
        _ if area(asked) && area(kind) => 40,
        _ if settlement(asked)
            && matches!(
                kind,
                "mountain" | "valley" | "country" | "sea" | "governorate" | "district" | "subdistrict"
            ) =>
        {
            -60
        }
        _ if area(asked) && settlement(kind) => 20,
        _ => 0,
    }
}

/// Two neighbours settle each other: a candidate inside the other's chain wins.
pub(super) fn settle_pair(ctx: &Ctx, all: &mut [Located], i: usize) {
    let g = &ctx.res.gazetteer;
    let near = all[i].first <= all[i - 1].end + 6;
    // «رفح قرب الحدود مع مصر» is not in Egypt.
    let neighbour = ctx.before(all[i].first, ctx.l.with_word).is_some();
    if !near || neighbour {
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

pub(super) fn promote(list: &mut Vec<PlaceId>, id: PlaceId) {
    list.retain(|x| *x != id);
    list.insert(0, id);
}
