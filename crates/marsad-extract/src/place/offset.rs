//! Where is «120 كلم شمال بغداد», and where is «بين بعقوبة وبغداد»?
//!
//! A distance and a direction before a name move the point away from the named
//! place; «بين» before two names puts it midway. How much the words leave open
//! goes into the radius: a quarter of the distance told, half of the way between.

use super::{Located, PlaceRole};
use crate::context::Ctx;
use marsad_lang::{Mention, PlaceId};
use marsad_model::{Point, Relation};

/// Where a place lies, told from another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Offset {
    /// So many kilometres away; the bearing in degrees where it is told.
    Away { km: f64, bearing: Option<f64> },
    /// Between the named place and this one.
    Midway(PlaceId),
    /// In the countryside of a province or town, on the side of this bearing where one is told.
    Side { bearing: Option<f64>, province: bool },
}

/// The countryside of a province lies about so far from its chief town …
const SIDE_KM: f64 = 20.0;
const SIDE_OPEN_KM: f64 = 25.0;
/// … and that of another town so far from it.
const TOWN_SIDE_KM: f64 = 6.0;
const TOWN_SIDE_OPEN_KM: f64 = 8.0;

/// Two places further apart than this have no midst that says anything.
const MIDWAY_KM_MAX: f64 = 200.0;

/// The least that such words leave open.
const OPEN_KM_MIN: f64 = 5.0;

/// «120 كلم شمال», «30 كيلومترا إلى الجنوب من», «على بعد 20 كم من» right before a place.
pub(super) fn told_before(ctx: &Ctx, first: usize) -> Option<Offset> {
    let from = ctx.before(first, ctx.l.from).map_or(first, |m| m.first);
    let direction = ctx.before(from, ctx.l.direction).filter(|d| !ctx.has(d, ctx.l.countryside));
    // «إلى الشمال من»: a preposition may stand before the direction.
    let at = direction.map_or(from, |d| d.first);
    let unit = unit_before(ctx, at).or_else(|| direction.and(at.checked_sub(1)).and_then(|t| unit_before(ctx, t)))?;
    let number = ctx.a.numbers_in(unit.first.saturating_sub(5)..unit.first).find(|n| n.core.1 == unit.first)?;
    let km = number.value? * ctx.a.entry(unit).value;
    let bearing = direction.map(|d| ctx.a.entry(d).value).filter(|b| *b > 0.0);
    (km > 0.0 && (bearing.is_some() || from < first)).then_some(Offset::Away { km, bearing })
}

/// «ريف حمص الشمالي», «حمص الريف الشمالي», «بالريف الشمالي في حمص»; with the phrase and the
/// name in it; `province` when the name is that of one.
pub(super) fn side_of(ctx: &Ctx, (first, name): (usize, usize), end: usize, province: bool) -> Option<Offset> {
    let side = |m: &Mention| (m.clitics.article && !ctx.has(m, ctx.l.countryside)).then(|| ctx.a.entry(m).value);
    // «ريف "حمص" الشمالي».
    let past_quote = |t: usize| if ctx.sign(t, "\"") { t + 1 } else { t };
    let behind = |t: usize| ctx.at(past_quote(t), ctx.l.direction).and_then(side);
    let countryside = |m: &Mention| m.clitics.article && ctx.has(m, ctx.l.countryside);
    let open = if first > 0 && ctx.sign(first - 1, "\"") { first - 1 } else { first };
    let own = (province || ctx.before(open, ctx.l.countryside).is_some()).then(|| behind(end)).flatten();
    // «قرية … بالريف الشمالي»: of the province, and not of the village.
    let apart = ctx.at(end, ctx.l.direction).filter(|m| province && countryside(m)).and_then(|m| behind(m.end));
    let to = ctx.before(open, ctx.l.prep_in).map_or(open, |p| p.first);
    let ahead = || {
        let direction = ctx.before(to, ctx.l.direction)?;
        ctx.before(direction.first, ctx.l.direction).filter(|m| countryside(m))?;
        side(direction)
    };
    let bearing = own.or(apart).or_else(ahead).filter(|b| *b > 0.0);
    // «ريف حمص» is the country around Homs, not the midst of a province that reaches into the desert.
    let around = province && (ctx.a.may_be(name, ctx.l.countryside) || ctx.before(open, ctx.l.countryside).is_some());
    (bearing.is_some() || around).then_some(Offset::Side { bearing, province })
}

fn unit_before<'a>(ctx: &Ctx<'a>, at: usize) -> Option<&'a Mention> {
    ctx.before(at, ctx.l.distance)
}

/// «بين X وY», «بين بلدتي X وY»: each of the two learns of the other.
pub(super) fn between(ctx: &Ctx, all: &mut [Located]) {
    for i in 1..all.len() {
        let (left, right) = (&all[i - 1], &all[i]);
        let and = ctx.a.at(right.first).any(|m| m.clitics.conjunction) && right.first == left.end;
        let between = and && ctx.before(left.first, ctx.l.range_between).is_some();
        let road = is_road(ctx, left, right);
        // «طريق حلب - اللاذقية قرب بلدة …»: a spot on it is told too.
        let reach = if is_quoted_line(ctx, left, right) { 12 } else { 4 };
        let spot =
            |p: &&Located| p.role == PlaceRole::Scene && p.first <= right.end + reach && super::level(ctx, p) <= 4;
        let spotted = road && all.get(i + 1).filter(spot).is_some();
        if !between && !road {
            continue;
        }
        let (Some(&a), Some(&b)) = (left.candidates.first(), right.candidates.first()) else { continue };
        let g = &ctx.res.gazetteer;
        if a == b || g.get(a).level >= 7 || g.get(b).level >= 7 {
            continue;
        }
        for (i, other) in [(i - 1, b), (i, a)] {
            all[i].offset = Some(Offset::Midway(other));
            all[i].relation = Relation::Near;
            all[i].role = match all[i].role {
                _ if spotted => PlaceRole::Loose,
                PlaceRole::Loose | PlaceRole::Other => PlaceRole::Scene,
                role => role,
            };
        }
    }
}

/// «على الطريق الدولي «إم 4» قرب أريحا»: a listed road says less than the spot on it.
pub(super) fn spots_on_roads(ctx: &Ctx, all: &mut [Located]) {
    let g = &ctx.res.gazetteer;
    for i in 1..all.len() {
        let (road, spot) = (&all[i - 1], &all[i]);
        let listed = road.candidates.first().is_some_and(|id| &*g.get(*id).kind == "road");
        let beside = spot.first <= road.end + SPOT_REACH && ctx.any(road.end..spot.first + 1, ctx.l.near);
        if listed && beside && road.role == PlaceRole::Scene && super::level(ctx, spot) <= 4 {
            all[i - 1].role = PlaceRole::Loose;
            all[i].role = PlaceRole::Scene;
        }
    }
}

/// Tokens from a road to the word that tells how near the spot is.
const SPOT_REACH: usize = 4;

/// «طريق حلب - اللاذقية».
fn is_road(ctx: &Ctx, left: &Located, right: &Located) -> bool {
    let dash = ["-", "–", "—"].iter().any(|sign| ctx.sign(left.end, sign)) && right.first == left.end + 1;
    let line = left.kind.as_deref() == Some("road") || is_quoted_line(ctx, left, right);
    dash && line && left.role != PlaceRole::Launch
}

/// «خطوط الكهرباء «صنعاء - مأرب»»: a line that is called after its ends.
fn is_quoted_line(ctx: &Ctx, left: &Located, right: &Located) -> bool {
    let quote = |t: usize| ["«", "»", "\"", "“", "”"].iter().any(|s| ctx.sign(t, s));
    left.first > 0 && quote(left.first - 1) && quote(right.end)
}

/// The point that the words mean, and how far they leave it open.
pub(super) fn applied(ctx: &Ctx, point: Point, offset: Option<Offset>) -> Point {
    match offset {
        None => point,
        Some(Offset::Away { km, bearing: None }) => Point { accuracy_km: point.accuracy_km + km, ..point },
        Some(Offset::Away { km, bearing: Some(bearing) }) => {
            let moved = moved(point, km, bearing);
            Point { accuracy_km: point.accuracy_km + (km * 0.25).max(OPEN_KM_MIN), ..moved }
        }
        Some(Offset::Side { bearing, province }) => {
            let (km, open) = if province { (SIDE_KM, SIDE_OPEN_KM) } else { (TOWN_SIDE_KM, TOWN_SIDE_OPEN_KM) };
            match bearing {
                Some(bearing) => Point { accuracy_km: open, ..moved(point, km, bearing) },
                None => Point { accuracy_km: km + open, ..point },
            }
        }
        Some(Offset::Midway(other)) => {
            let Some(other) = ctx.res.gazetteer.get(other).point else { return point };
            let km = point.distance_km(other);
            if km > MIDWAY_KM_MAX {
                return point;
            }
            let (lat, lon) = ((point.lat + other.lat) / 2.0, (point.lon + other.lon) / 2.0);
            Point { lat, lon, accuracy_km: (km / 2.0).max(OPEN_KM_MIN) }
        }
    }
}

/// «قرية … جنوب مدينة …»: a village that no list has lies some way out on that side of the town.
pub(super) fn beyond(ctx: &Ctx, village: &Located, town: &Located, point: Point) -> Option<Point> {
    let apart = village.kind.as_deref().is_some_and(|k| matches!(k, "village" | "town" | "camp" | "settlement"));
    let settled = (4..=5).contains(&super::level(ctx, town));
    let told = apart && settled && town.directed && town.offset.is_none();
    let bearing = ctx.before(town.first, ctx.l.direction).map(|d| ctx.a.entry(d).value).filter(|b| *b > 0.0 && told)?;
    Some(Point { accuracy_km: point.accuracy_km + BEYOND_OPEN_KM, ..moved(point, BEYOND_KM, bearing) })
}

/// Villages that are told from a town lie about so far out …
const BEYOND_KM: f64 = 8.0;
/// … more or less.
const BEYOND_OPEN_KM: f64 = 12.0;

/// So far along a bearing; flat enough for what news tells.
fn moved(from: Point, km: f64, bearing: f64) -> Point {
    let (north, east) = (bearing.to_radians().cos() * km, bearing.to_radians().sin() * km);
    let lat = from.lat + north / 111.2;
    let lon = from.lon + east / (111.2 * from.lat.to_radians().cos().max(0.1));
    // Five digits say a metre, and hide that machines round differently.
    let round = |x: f64| (x * 1e5).round() / 1e5;
    Point { lat: round(lat), lon: round(lon), ..from }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearing_moves_the_point() {
        let baghdad = Point { lat: 33.3152, lon: 44.3661, accuracy_km: 15.0 };
        let north = moved(baghdad, 120.0, 360.0);
        assert!((north.lat - 34.394).abs() < 0.01 && (north.lon - baghdad.lon).abs() < 1e-4, "{north:?}");
        let west = moved(baghdad, 50.0, 270.0);
        assert!((west.distance_km(baghdad) - 50.0).abs() < 0.5 && west.lon < baghdad.lon, "{west:?}");
    }
}
