//! Where can anything happen?
//!
//! Up to eight invented countries with governorates, districts, towns a few kilometres apart and sites in the towns, each with a
//! point and a chain as the gazetteer gives them. Some towns see a hundred times as much as others.

use super::chance::Chance;
use marsad_model::{Place, PlaceLink, Point, Relation};
use std::sync::Arc;

/// A node of the tree of places.
#[derive(Clone, Debug)]
pub struct Node {
    pub place: Place,
    pub parent: Option<usize>,
}

#[derive(Debug)]
pub struct Town {
    pub node: usize,
    pub governorate: usize,
    pub sites: Vec<usize>,
    /// Nodes of towns of the same district.
    pub neighbours: Vec<usize>,
}

#[derive(Debug)]
pub struct Land {
    pub nodes: Vec<Node>,
    pub towns: Vec<Town>,
    /// Running sum of how much happens in each town.
    activity: Vec<f64>,
}

const GOVERNORATES: usize = 12;
const DISTRICTS: usize = 6;
const TOWNS: usize = 6;
const SITE_KINDS: [&str; 7] = ["quarter", "market", "military_base", "checkpoint", "quarter", "airport", "hospital"];
/// User-assigned country codes, which no country has.
const COUNTRIES: [&str; 8] = ["QM", "QN", "QO", "QP", "QR", "QS", "QT", "QU"];

impl Land {
    /// `share` of the whole land: 1.0 has 3456 towns in eight countries.
    pub fn new(chance: &mut Chance, share: f64) -> Land {
        let mut land = Land { nodes: vec![], towns: vec![], activity: vec![] };
        let governorates = ((COUNTRIES.len() * GOVERNORATES) as f64 * share).ceil() as usize;
        for number in 0..governorates {
            let country = land.country(number / GOVERNORATES);
            land.governorate(chance, country, number);
        }
        land.set_activity(chance);
        land
    }

    /// A town, the busy ones more often.
    pub fn busy_town(&self, chance: &mut Chance) -> usize {
        let at = chance.unit() * self.activity.last().expect("there are towns");
        self.activity.partition_point(|sum| *sum <= at).min(self.towns.len() - 1)
    }

    pub fn place(&self, node: usize) -> &Place {
        &self.nodes[node].place
    }

    fn country(&mut self, number: usize) -> usize {
        let code = COUNTRIES[number % COUNTRIES.len()];
        let known = self.nodes.iter().position(|n| n.parent.is_none() && &*n.place.country == code);
        known.unwrap_or_else(|| self.node(None, "country", code.to_lowercase(), code, None))
    }

    fn governorate(&mut self, chance: &mut Chance, country: usize, number: usize) {
        let (lat, lon) = (14.0 + (number / 8) as f64 * 1.6, 20.0 + (number % 8) as f64 * 1.6);
        let governorate = self.child(country, "governorate", number, (lat, lon, 70.0));
        for d in 0..DISTRICTS {
            let (lat, lon) = (lat + 0.5 * (d / 3) as f64, lon + 0.5 * (d % 3) as f64);
            let district = self.child(governorate, "district", d, (lat, lon, 25.0));
            let first = self.towns.len();
            for t in 0..TOWNS {
                let at = (lat + 0.35 * chance.unit(), lon + 0.35 * chance.unit());
                self.town(chance, district, governorate, t, at);
            }
            let nodes: Vec<usize> = self.towns[first..].iter().map(|t| t.node).collect();
            for town in &mut self.towns[first..] {
                town.neighbours = nodes.iter().copied().filter(|n| *n != town.node).collect();
            }
        }
    }

    fn town(&mut self, chance: &mut Chance, district: usize, governorate: usize, number: usize, at: (f64, f64)) {
        let kind = if number == 0 { "city" } else { "town" };
        let node = self.child(district, kind, number, (at.0, at.1, if number == 0 { 6.0 } else { 3.0 }));
        let sites = if number == 0 { 9 } else { chance.below(5) };
        let spread = if number == 0 { 0.12 } else { 0.03 };
        let site = |land: &mut Land, chance: &mut Chance, i: usize| {
            let at = (at.0 + spread * (chance.unit() - 0.5), at.1 + spread * (chance.unit() - 0.5), 0.8);
            land.child(node, SITE_KINDS[i % SITE_KINDS.len()], i, at)
        };
        let sites = (0..sites).map(|i| site(self, chance, i)).collect();
        self.towns.push(Town { node, governorate, sites, neighbours: vec![] });
    }

    fn child(&mut self, parent: usize, kind: &str, number: usize, (lat, lon, accuracy_km): (f64, f64, f64)) -> usize {
        let above = self.place(parent);
        let id = format!("{}/{}{number}", above.id.as_deref().unwrap_or_default(), &kind[..1]);
        let country = above.country.clone();
        self.node(Some(parent), kind, id, &country, Some(Point { lat, lon, accuracy_km }))
    }

    fn node(&mut self, parent: Option<usize>, kind: &str, id: String, country: &str, point: Option<Point>) -> usize {
        let name: Arc<str> = id.replace('/', " ").into();
        let own = PlaceLink { id: Some(id.into()), kind: kind.into(), name_en: name.clone(), name_ar: "".into() };
        let above = parent.map_or(vec![], |p| self.place(p).chain.clone());
        let place = Place {
            id: own.id.clone(),
            name_en: name,
            names_en: vec![],
            name_ar: "".into(),
            relation: Relation::In,
            chain: std::iter::once(own).chain(above).collect(),
            country: country.into(),
            point,
            evidence: vec![],
        };
        self.nodes.push(Node { place, parent });
        self.nodes.len() - 1
    }

    /// Zipf's law over the towns in random order.
    fn set_activity(&mut self, chance: &mut Chance) {
        let mut order: Vec<usize> = (0..self.towns.len()).collect();
        for i in (1..order.len()).rev() {
            order.swap(i, chance.below(i + 1));
        }
        let mut sum = 0.0;
        for rank in order {
            sum += 1.0 / (rank as f64 + 3.0).powf(0.9);
            self.activity.push(sum);
        }
    }
}
