//! How do two places of a document lie to each other?

use super::Located;
use super::offset::Offset;
use crate::context::Ctx;
use marsad_lang::PlaceId;
use marsad_model::{Point, Relation};

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
                || one_name(ctx, *x, *y)
                || a.directed != b.directed && (g.inside(*x, *y) || g.inside(*y, *x))
                || around(ctx, a, *y)
                || around(ctx, b, *x)
        }
        (None, None) => name(ctx, a) == name(ctx, b),
        (Some(x), None) if b.container.is_none() && is_site(b) => g.get(*x).level == 4,
        (None, Some(y)) if a.container.is_none() && is_site(a) => g.get(*y).level == 4,
        (Some(x), None) => b.container.is_some_and(|c| {
            around(ctx, a, c) || g.inside(c, *x) || g.inside(*x, c) && g.get(*x).level >= g.get(c).level
        }),
        (None, Some(y)) => a.container.is_some_and(|c| {
            around(ctx, b, c) || g.inside(c, *y) || g.inside(*y, c) && g.get(*y).level >= g.get(c).level
        }),
    }
}

/// «القدس» and «القدس الغربية»: one town by its name, whichever country the gazetteer files each part under.
fn one_name(ctx: &Ctx, x: PlaceId, y: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let (a, b) = (&g.get(x).ar, &g.get(y).ar);
    let part = |short: &str, long: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    // «جبل سنجار» above Sinjar.
    let above = |short: &str, long: PlaceId| {
        let name = g.get(long).ar.strip_suffix(short);
        &*g.get(long).kind == "mountain" && name.is_some_and(|rest| rest.ends_with(' '))
    };
    let within = |short: &str, long: &str, place: PlaceId| part(short, long) || above(short, place);
    let near = matches!((g.get(x).point, g.get(y).point), (Some(p), Some(q)) if p.distance_km(q) <= ONE_TOWN_KM);
    near && (within(a, b, y) || within(b, a, x))
}

/// So far from its midst lie the parts of a city that are called after it.
const ONE_TOWN_KM: f64 = 12.0;

/// True when each lies in a governorate of its own, as far as the text tells.
pub fn regions_apart(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let region = |l: &Located| {
        let at = l.candidates.first().copied().or(l.container)?;
        g.chain(at).find(|p| &*g.get(*p).kind == "governorate")
    };
    matches!((region(a), region(b)), (Some(x), Some(y)) if x != y)
}

/// True when both lie in one governorate, as far as the text tells, and one of
/// them is on no map, or when they are neighbours.
pub fn share_region(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let region = |l: &Located| {
        let at = l.candidates.first().copied().or(l.container)?;
        g.chain(at).find(|p| (5..9).contains(&g.get(*p).level) || &*g.get(*p).kind == "governorate")
    };
    // Of a generated place the province may be unknown.
    let near = || match (point(ctx, a), point(ctx, b)) {
        (Some(x), Some(y)) => x.distance_km(y) <= PROVINCE_KM,
        _ => false,
    };
    let unmapped = a.candidates.is_empty() || b.candidates.is_empty();
    let beside =
        !unmapped && matches!((point(ctx, a), point(ctx, b)), (Some(x), Some(y)) if x.distance_km(y) <= BESIDE_KM);
    beside
        || unmapped
            && match (region(a), region(b)) {
                (Some(x), Some(y)) => x == y,
                _ => near(),
            }
}

/// «شرق العاصمة», «قرب المدينة» and a town that lies so far from it at most.
pub fn lies_that_way(ctx: &Ctx, from: &Located, town: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let (Some(x), Some(y)) = (from.candidates.first(), town.candidates.first()) else { return false };
    let reach = match from.directed {
        true => THAT_WAY_KM,
        false if from.relation == Relation::Near => CLOSE_BY_KM,
        false => return false,
    };
    from.offset.is_none()
        && !town.directed
        && g.get(*y).level <= 4
        && g.get(*x).country == g.get(*y).country
        && matches!((g.get(*x).point, g.get(*y).point), (Some(p), Some(q)) if p.distance_km(q) <= reach)
}

/// Reports name a capital that readers know, at most so far away.
const THAT_WAY_KM: f64 = 150.0;
/// What is near a city may lie in the next district.
const CLOSE_BY_KM: f64 = 40.0;

/// Two villages so near each other may both be named for a spot between them.
const BESIDE_KM: f64 = 10.0;

/// «بين إدلب وعين شيب»: both names tell one place.
pub fn is_between(l: &Located) -> bool {
    matches!(l.offset, Some(Offset::Midway(_)))
}

/// «بين X وY», and a village that lies there: hardly further from both than they are from each other.
pub fn lies_on_the_way(ctx: &Ctx, way: &Located, village: &Located) -> bool {
    let Some(Offset::Midway(other)) = way.offset else { return false };
    let end = ctx.res.gazetteer.get(other).point;
    let at = village.candidates.first().and_then(|id| ctx.res.gazetteer.get(*id).point);
    let (Some(a), Some(b), Some(v)) = (point(ctx, way), end, at) else { return false };
    level(ctx, village) <= 4 && a.distance_km(v) + v.distance_km(b) <= a.distance_km(b) * BYWAY
}

/// So much longer may the way over a village be than the straight one.
const BYWAY: f64 = 1.2;

fn point(ctx: &Ctx, l: &Located) -> Option<Point> {
    let at = l.candidates.first().copied().or(l.container)?;
    ctx.res.gazetteer.get(at).point.filter(|_| ctx.res.gazetteer.get(at).level < 9)
}

/// Farther from a town than what is told to lie on one of its sides: a large city has wide ones.
pub fn beyond_its_sides(ctx: &Ctx, town: &Located, other: &Located) -> bool {
    const LARGE: u32 = 500_000;
    const SIDES_KM: f64 = 15.0;
    let Some(record) = town.candidates.first().map(|id| ctx.res.gazetteer.get(*id)) else { return false };
    let small = record.level <= 4 && record.population < LARGE;
    let apart =
        matches!((record.point, point(ctx, other)), (Some(a), Some(b)) if a.distance_km(b) > SIDES_KM + a.accuracy_km);
    small && apart && level(ctx, other) <= 4
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

/// True when `a` tells more sharply where `b` is: a place in it, or a settlement of the province
/// whose chief town it names («حلب – الأتارب»).
pub fn narrows(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let side = matches!(b.offset, Some(Offset::Side { .. }));
    // «مدينة حلب» is the town itself.
    let town = b.kind.as_deref() == Some("city");
    let country = around_town(ctx, a, b);
    let quarter = || match (a.candidates.first(), b.candidates.first()) {
        (Some(x), Some(y)) => level(ctx, a) < 4 && ctx.res.gazetteer.inside(*x, *y),
        _ => false,
    };
    country
        || (!town || quarter())
            && (b.offset.is_none() || side)
            && b.candidates.first().is_some_and(|y| lies_in(ctx, a, *y))
}

/// «مقاطعة منبج», «الريف الشرقي لعين عيسى»: a settlement near a town whose surroundings are named.
fn around_town(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let (Some(&x), Some(&y)) = (a.candidates.first(), b.candidates.first()) else { return false };
    let side = matches!(b.offset, Some(Offset::Side { .. }));
    let district = matches!(b.kind.as_deref(), Some("governorate" | "district" | "subdistrict" | "region"));
    let settled = |p: PlaceId| matches!(&*g.get(p).kind, "city" | "town" | "village");
    let near = match (g.get(x).point, g.get(y).point) {
        (Some(p), Some(q)) => p.distance_km(q) <= AROUND_TOWN_KM,
        _ => false,
    };
    (side || district) && x != y && settled(x) && settled(y) && near && a.offset.is_none()
}

/// So far reaches what news calls the countryside of a town.
const AROUND_TOWN_KM: f64 = 25.0;

/// A settlement or site in the region, or in the province whose chief town is named.
pub(super) fn lies_in(ctx: &Ctx, a: &Located, y: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let Some(&x) = a.candidates.first() else { return false };
    let within = g.inside(x, y) && g.get(x).level < g.get(y).level;
    if x == y || g.get(x).level > 4 {
        return x != y && within;
    }
    let province = g.get(y).parent.filter(|p| g.get(y).level == 4 && is_seat(ctx, y, *p));
    // Of a generated place the province may be unknown.
    let near = |p: PlaceId| match (g.get(x).point, g.get(p).point, g.get(y).point) {
        (Some(a), Some(_), Some(c)) => g.get(x).parent == g.get(p).parent && a.distance_km(c) <= PROVINCE_KM,
        _ => false,
    };
    let region = g.get(y).level >= 5 && g.get(y).level < 9 && near_region(ctx, x, y);
    within || region || province.is_some_and(|p| (g.inside(x, p) || near(p)) && !g.inside(y, x))
}

/// A settlement of a plain or on a mountain, which have no borders and no children in the gazetteer.
pub fn lies_on_plain(ctx: &Ctx, a: &Located, plain: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let (Some(&x), Some(&y)) = (a.candidates.first(), plain.candidates.first()) else { return false };
    let borderless = plain.offset.is_none() && matches!(&*g.get(y).kind, "mountain" | "valley" | "area" | "region");
    let settled = matches!(&*g.get(x).kind, "city" | "town" | "village");
    let near = matches!((g.get(x).point, g.get(y).point), (Some(p), Some(q)) if p.distance_km(q) <= q.accuracy_km);
    borderless && settled && near && g.get(x).country == g.get(y).country
}

/// «قرية … بمنطقة …»: right behind the village it is told in which parts it lies.
pub fn told_in(ctx: &Ctx, village: &Located, parts: &Located) -> bool {
    let kind = |l: &Located, kinds: &[&str]| l.kind.as_deref().is_some_and(|k| kinds.contains(&k));
    let settled = kind(village, &["village", "town", "camp", "settlement"]);
    let wide = kind(parts, &["area", "region", "district", "subdistrict"]);
    let preposition = ctx.before(parts.first, ctx.l.prep_in).map(|p| p.first);
    let glued = || ctx.a.at(parts.first).any(|m| m.clitics.preposition != '\0').then_some(parts.first);
    let behind = preposition.or_else(glued) == Some(village.end);
    let near = match (point(ctx, village), point(ctx, parts)) {
        (Some(a), Some(b)) => a.distance_km(b) <= PARTS_KM + b.accuracy_km,
        _ => true,
    };
    settled && wide && behind && near
}

/// A village is not told to lie in parts that are further away than this.
const PARTS_KM: f64 = 25.0;

/// Of a generated place the province may be unknown; it lies within the radius of this one.
fn near_region(ctx: &Ctx, x: PlaceId, y: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    // A mountain or a plain has no borders and no children in the gazetteer.
    let borderless = matches!(&*g.get(y).kind, "mountain" | "valley" | "area" | "region");
    let unknown =
        borderless || g.get(x).parent.is_some_and(|p| g.get(p).level == 9) && g.get(x).country == g.get(y).country;
    match (g.get(x).point, g.get(y).point) {
        (Some(a), Some(b)) => unknown && a.distance_km(b) <= b.accuracy_km,
        _ => false,
    }
}

/// So far from its chief town a place may be thought to lie in a province.
const PROVINCE_KM: f64 = 50.0;

/// The town that gives its province the name.
pub(super) fn is_seat(ctx: &Ctx, town: PlaceId, province: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let (town, province) = (g.get(town), g.get(province));
    &*province.kind == "governorate"
        && town.level == 4
        && (province.ar.ends_with(&*town.ar) || province.en.starts_with(&*town.en))
}

/// «جنوب غربي كركوك» and a village of the province of Kirkuk outside the town.
fn around(ctx: &Ctx, a: &Located, other: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let town = a.candidates.first().copied().filter(|_| a.directed && a.offset.is_none());
    let Some(town) = town else { return false };
    let province = g.get(town).parent.filter(|p| is_seat(ctx, town, *p));
    province.is_some_and(|p| g.inside(other, p) && !g.inside(other, town) && other != p && other != town)
}

/// An unlisted market, street or mosque lies in the town told beside it.
fn is_site(l: &Located) -> bool {
    let kind = l.kind.as_deref().unwrap_or_default();
    matches!(kind, "market" | "junction" | "mosque" | "hospital" | "quarter" | "checkpoint" | "university" | "prison")
}

/// Each lies in a town of its own.
fn towns_apart(ctx: &Ctx, a: PlaceId, b: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let town = |id: PlaceId| g.chain(id).find(|p| matches!(&*g.get(*p).kind, "city" | "town" | "village" | "camp"));
    matches!((town(a), town(b)), (Some(x), Some(y)) if x != y)
}

/// Two sites in one town.
fn shared_town(ctx: &Ctx, a: PlaceId, b: PlaceId) -> bool {
    let g = &ctx.res.gazetteer;
    let town = |id: PlaceId| g.chain(id).find(|p| g.get(*p).level == 4);
    // Two camps of one town are two places.
    let camp = |id: PlaceId| &*g.get(id).kind == "camp";
    let sites = g.get(a).level <= 3 && g.get(b).level <= 3 && !(camp(a) && camp(b));
    sites && town(a).is_some() && town(a) == town(b)
}

/// Two quarters of one town, neither in the other, further from each other than a blast reaches.
pub fn quarters_apart(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    let g = &ctx.res.gazetteer;
    let (Some(&x), Some(&y)) = (a.candidates.first(), b.candidates.first()) else { return false };
    let far = matches!((g.get(x).point, g.get(y).point), (Some(p), Some(q)) if p.distance_km(q) > QUARTERS_KM);
    g.get(x).level <= 3 && g.get(y).level <= 3 && far && !g.inside(x, y) && !g.inside(y, x)
}

/// The midsts of quarters nearer than this may be named for one spot.
const QUARTERS_KM: f64 = 1.5;

/// The folded name of an unlisted place.
fn name(ctx: &Ctx, l: &Located) -> Option<String> {
    let (first, end) = l.unlisted?;
    Some((first..end).map(|t| ctx.a.tokens.text(t).to_string()).collect::<Vec<_>>().join(" "))
}

/// A sea, a gulf, a strait: what lies on no land.
pub fn is_sea(ctx: &Ctx, l: &Located) -> bool {
    l.candidates.first().is_some_and(|id| &*ctx.res.gazetteer.get(*id).kind == "sea")
}

/// «عمان» may be the country, which says less than its sea.
pub fn may_be_country(ctx: &Ctx, l: &Located) -> bool {
    l.candidates.iter().any(|id| ctx.res.gazetteer.get(*id).level == 9)
}

/// True when `a` says more sharply where than `b` does.
pub fn sharper(ctx: &Ctx, a: &Located, b: &Located) -> bool {
    level(ctx, a) < level(ctx, b)
}

pub fn level(ctx: &Ctx, l: &Located) -> u8 {
    l.candidates.first().map_or(3, |id| ctx.res.gazetteer.get(*id).level)
}
