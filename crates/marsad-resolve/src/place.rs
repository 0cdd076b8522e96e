//! Can two places be the same place?
//!
//! A place is compared by its gazetteer id and those of its chain, then by points, never by reading its name; a name
//! that the gazetteer does not list counts as the same only when it is spelt the same within one country.

use crate::levels::*;
use marsad_model::{Place, PlaceLink, Point};
use std::sync::Arc;

/// What identifies a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceKey {
    Id(Arc<str>),
    /// Country and romanized name, for places without an id.
    Name(Arc<str>, String),
    Country(Arc<str>),
}

/// Ranks as in `data/vocabulary/place_kind.toml`: 1 is a building, 4 a town, 9 a country.
const SITE: u8 = 2;
const SETTLEMENT: u8 = 4;
const AREA: u8 = 5;
const DISTRICT: u8 = 6;
const COUNTRY: u8 = 9;

/// A place, prepared for comparison.
#[derive(Clone, Debug)]
pub(crate) struct Whereabouts {
    pub own: PlaceKey,
    pub rank: u8,
    /// The rank of its kind, where `rank` is that of the circle around its point. One name that no gazetteer lists is
    /// one town, wherever in the province it lies.
    named_rank: u8,
    /// All links of the chain above the place itself.
    pub above: Vec<PlaceKey>,
    /// The town of a site or quarter, or the town itself.
    pub settlement: Option<PlaceKey>,
    pub country: Option<Arc<str>>,
    pub point: Option<Point>,
    district: Option<PlaceKey>,
    governorate: Option<PlaceKey>,
}

impl Whereabouts {
    /// `None` for a place of which neither name nor country is known.
    pub fn of(place: &Place) -> Option<Whereabouts> {
        let country = Some(place.country.clone()).filter(|c| !c.is_empty() && &**c != "XX");
        let links: Vec<(PlaceKey, u8)> =
            place.chain.iter().map(|l| (link_key(l, &place.country), rank(&l.kind))).collect();
        let named = own_key(place)?;
        let own_link = links.iter().find(|(key, _)| *key == named).cloned();
        let (own, kind_rank) = own_link.unwrap_or_else(|| {
            let rank = if matches!(named, PlaceKey::Country(_)) { COUNTRY } else { rank_below(&links) };
            (named, rank)
        });
        let mut above: Vec<PlaceKey> = links.iter().map(|(k, _)| k.clone()).filter(|k| *k != own).collect();
        above.extend(country.clone().map(PlaceKey::Country));
        above.sort();
        above.dedup();
        above.retain(|k| *k != own);
        let at = |wanted: std::ops::RangeInclusive<u8>| {
            links.iter().find(|(_, r)| wanted.contains(r)).map(|(k, _)| k.clone())
        };
        let is_unlisted = matches!(own, PlaceKey::Name(..));
        let is_coarse = place.point.is_some_and(|p| p.accuracy_km > SHARP_KM);
        Some(Whereabouts {
            rank: if is_coarse { kind_rank.max(AREA) } else { kind_rank },
            named_rank: if is_coarse && !is_unlisted { kind_rank.max(AREA) } else { kind_rank },
            settlement: at(SETTLEMENT..=SETTLEMENT).or((kind_rank == SETTLEMENT).then(|| own.clone())),
            district: at(AREA..=DISTRICT),
            governorate: at(DISTRICT + 1..=DISTRICT + 1),
            own,
            above,
            country,
            point: place.point,
        })
    }

    /// A town or something in it, and known as accurately.
    pub fn is_sharp(&self) -> bool {
        self.rank <= SETTLEMENT
    }

    /// A name that no gazetteer lists may be another name of anything in the smallest area that is known to hold it.
    pub fn may_be_anything_in(&self) -> Option<&PlaceKey> {
        self.district.as_ref().filter(|_| self.is_named() && !self.is_listed())
    }

    /// Which building, base or market it is, where a gazetteer lists it.
    pub fn site(&self) -> Option<&str> {
        match &self.own {
            PlaceKey::Id(id) if self.named_rank <= SITE => Some(id),
            _ => None,
        }
    }

    /// Says no more than the country.
    pub fn is_country(&self) -> bool {
        self.rank >= COUNTRY
    }

    /// A town or something in it by its name, listed or not.
    fn is_named(&self) -> bool {
        self.named_rank <= SETTLEMENT
    }

    fn is_listed(&self) -> bool {
        matches!(self.own, PlaceKey::Id(_))
    }

    fn distance_km(&self, other: &Whereabouts) -> Option<f64> {
        Some(self.point?.distance_km(other.point?))
    }
}

/// The level of two places; `None` when they are apart.
pub(crate) fn place_level(a: Option<&Whereabouts>, b: Option<&Whereabouts>) -> Option<Level> {
    let (Some(a), Some(b)) = (a, b) else { return Some(PLACE_UNKNOWN) };
    // Equal places are mostly one shared value.
    if std::ptr::eq(a, b) || a.own == b.own {
        return Some(same_place(a.named_rank));
    }
    if a.above.contains(&b.own) {
        return Some(inside(b.rank));
    }
    if b.above.contains(&a.own) {
        return Some(inside(a.rank));
    }
    if let Some(near) = near(a, b) {
        return Some(near);
    }
    if is_other_town(a, b) {
        return Some(PLACE_OTHER_TOWN);
    }
    if is_apart(a, b) {
        return None;
    }
    Some(share(a, b))
}

/// Two towns of one district, or two sites of them.
fn is_other_town(a: &Whereabouts, b: &Whereabouts) -> bool {
    let is_one_district = a.district.is_some() && a.district == b.district && !differ(&a.country, &b.country);
    let is_in_reach = || a.distance_km(b).is_some_and(|km| km <= OTHER_TOWN_KM);
    let is_one_town = a.settlement.is_some() && a.settlement == b.settlement;
    is_one_district && !is_one_town && a.is_sharp() && b.is_sharp() && a.is_listed() && b.is_listed() && is_in_reach()
}

fn same_place(rank: u8) -> Level {
    match rank {
        r if r <= SITE => PLACE_SAME_SITE,
        r if r <= SETTLEMENT => PLACE_SAME_SETTLEMENT,
        AREA => PLACE_SAME_AREA,
        _ => inside(rank),
    }
}

/// The level of a place and another that lies in it.
fn inside(rank: u8) -> Level {
    match rank {
        r if r <= SETTLEMENT => PLACE_IN_SETTLEMENT,
        r if r <= DISTRICT => PLACE_DISTRICT,
        r if r < COUNTRY => PLACE_GOVERNORATE,
        _ => PLACE_COUNTRY,
    }
}

/// Agreement by points alone, across any border.
fn near(a: &Whereabouts, b: &Whereabouts) -> Option<Level> {
    let km = a.distance_km(b)?;
    let radius = a.point?.accuracy_km.max(b.point?.accuracy_km);
    if !a.is_sharp() || !b.is_sharp() {
        let is_area = a.rank <= DISTRICT && b.rank <= DISTRICT;
        return (is_area && km <= radius).then_some(PLACE_SAME_TOWN);
    }
    let two_towns = a.rank == SETTLEMENT && b.rank == SETTLEMENT && a.is_listed() && b.is_listed();
    let level = if two_towns { PLACE_NEIGHBOUR } else { PLACE_NEAR };
    (km <= radius.clamp(NEAR_KM_MIN, NEAR_KM_MAX)).then_some(level)
}

fn is_apart(a: &Whereabouts, b: &Whereabouts) -> bool {
    if differ(&a.country, &b.country) || differ(&a.governorate, &b.governorate) {
        return true;
    }
    let both_sharp = a.is_sharp() && b.is_sharp();
    if both_sharp && a.distance_km(b).is_some_and(|km| km > SAME_TOWN_KM) {
        return true;
    }
    // The gazetteer knows both names, and they are two; an unlisted name may be another name of the listed place.
    let both_listed = a.is_listed() && b.is_listed();
    both_listed
        && (differ(&a.district, &b.district) || both_sharp && (a.settlement.is_none() || a.settlement != b.settlement))
}

/// What two different places that are not apart have in common.
fn share(a: &Whereabouts, b: &Whereabouts) -> Level {
    let same = |x: &Option<PlaceKey>, y: &Option<PlaceKey>| x.is_some() && x == y;
    if same(&a.settlement, &b.settlement) {
        PLACE_SAME_TOWN
    } else if a.is_named() && b.is_named() {
        if same(&a.district, &b.district) { PLACE_UNLISTED } else { PLACE_OTHER_NAME }
    } else if same(&a.governorate, &b.governorate) {
        PLACE_GOVERNORATE
    } else if a.country.is_some() && a.country == b.country {
        PLACE_COUNTRY
    } else {
        PLACE_UNKNOWN
    }
}

fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn own_key(place: &Place) -> Option<PlaceKey> {
    let link = place.chain.first().filter(|l| l.id == place.id && l.name_en == place.name_en);
    let key = match (link, &place.id) {
        (Some(link), _) => link_key(link, &place.country),
        (None, Some(id)) => PlaceKey::Id(id.clone()),
        (None, None) if place.name_en.is_empty() => PlaceKey::Country(place.country.clone()),
        (None, None) => PlaceKey::Name(place.country.clone(), place.name_en.to_lowercase()),
    };
    (key != PlaceKey::Country("".into())).then_some(key)
}

fn link_key(link: &PlaceLink, country: &Arc<str>) -> PlaceKey {
    match &link.id {
        _ if &*link.kind == "country" && !country.is_empty() => PlaceKey::Country(country.clone()),
        Some(id) => PlaceKey::Id(id.clone()),
        None => PlaceKey::Name(country.clone(), link.name_en.to_lowercase()),
    }
}

/// The rank of a place that its own chain does not list: a site of the town above it, else a town.
fn rank_below(links: &[(PlaceKey, u8)]) -> u8 {
    match links.first() {
        Some((_, rank)) if *rank <= SETTLEMENT => 1,
        _ => SETTLEMENT,
    }
}

/// The level of a kind; a kind that is not listed here is a site. Held in step with the data file by hand: this crate
/// opens no files, and only the border between sharp and vague matters.
fn rank(kind: &str) -> u8 {
    match kind {
        "country" => COUNTRY,
        "region" | "sea" => 8,
        "governorate" => 7,
        "district" => 6,
        "subdistrict" | "border_area" => 5,
        "city" | "town" | "village" | "settlement" | "area" | "mountain" | "valley" | "island" => SETTLEMENT,
        "quarter" | "neighbourhood" | "camp" | "road" => 3,
        _ => SITE,
    }
}

/// How precisely a place is named, for choosing between tellings: higher is sharper.
pub(crate) fn precision(place: &Place) -> i32 {
    Whereabouts::of(place).map_or(0, |w| i32::from(COUNTRY + 1 - w.rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place by its chain of `(id, kind)`, the place itself first.
    fn place(chain: &[(&str, &str)], point: Option<(f64, f64, f64)>) -> Whereabouts {
        let link = |(id, kind): &(&str, &str)| PlaceLink {
            id: Some((*id).into()),
            kind: (*kind).into(),
            name_en: (*id).into(),
            name_ar: "".into(),
        };
        Whereabouts::of(&Place {
            id: Some(chain[0].0.into()),
            name_en: chain[0].0.into(),
            names_en: vec![],
            name_ar: "".into(),
            relation: marsad_model::Relation::In,
            chain: chain.iter().map(link).collect(),
            country: "IQ".into(),
            point: point.map(|(lat, lon, accuracy_km)| Point { lat, lon, accuracy_km }),
            evidence: vec![],
        })
        .expect("it has an id")
    }

    #[test]
    fn a_bare_country_is_vague_and_a_bare_nothing_is_no_place() {
        let bare = |country: &str| {
            Whereabouts::of(&Place {
                id: None,
                name_en: "".into(),
                names_en: vec![],
                name_ar: "".into(),
                relation: marsad_model::Relation::In,
                chain: vec![],
                country: country.into(),
                point: None,
                evidence: vec![],
            })
        };
        assert!(bare("IQ").is_some_and(|w| w.is_country()));
        assert!(bare("").is_none());
    }

    #[test]
    fn levels_follow_the_chain() {
        let airport =
            place(&[("bgw", "airport"), ("baghdad", "city"), ("bag", "governorate"), ("iq", "country")], None);
        let embassy =
            place(&[("emb", "embassy"), ("baghdad", "city"), ("bag", "governorate"), ("iq", "country")], None);
        let city = place(&[("baghdad", "city"), ("bag", "governorate"), ("iq", "country")], None);
        let country = place(&[("iq", "country")], None);
        let basra = place(&[("basra", "governorate"), ("iq", "country")], None);
        let level = |a, b| place_level(Some(a), Some(b));
        assert_eq!(level(&airport, &airport), Some(PLACE_SAME_SITE));
        assert_eq!(level(&airport, &city), Some(PLACE_IN_SETTLEMENT));
        assert_eq!(level(&airport, &embassy), Some(PLACE_SAME_TOWN));
        assert_eq!(level(&airport, &country), Some(PLACE_COUNTRY));
        assert_eq!(level(&airport, &basra), None);
        assert_eq!(place_level(Some(&airport), None), Some(PLACE_UNKNOWN));
    }

    #[test]
    fn an_inaccurate_point_makes_a_place_vague() {
        let north = place(&[("north", "area"), ("iq", "country")], Some((33.94, 44.36, 70.0)));
        let balad = place(&[("balad", "military_base"), ("iq", "country")], Some((33.94, 44.36, 3.0)));
        assert!(!north.is_sharp());
        assert_eq!(place_level(Some(&north), Some(&balad)), Some(PLACE_SAME_TOWN));
    }
}
