//! Which places are known, and how do they lie inside one another?
//!
//! The records behind place mentions: kind, parent, point and names. Turning a
//! mention into one of them needs the context of a document and happens in
//! `marsad-extract`.

use crate::packed::packed;
use crate::shelf::{Numbers, Shelf};
use marsad_model::{Place, PlaceLink, Point, Relation};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

pub type PlaceId = u32;

/// One place of the gazetteer.
#[derive(Clone, Debug)]
pub struct PlaceRecord {
    pub id: Arc<str>,
    pub kind: Arc<str>,
    pub en: Arc<str>,
    pub en_also: Vec<Arc<str>>,
    pub ar: Arc<str>,
    pub parent: Option<PlaceId>,
    /// ISO code, own or inherited; empty for none.
    pub country: Arc<str>,
    pub point: Option<Point>,
    pub population: u32,
    /// 1 for a site, 9 for a country (`data/vocabulary/place_kind.toml`).
    pub level: u8,
}

/// All places, by number.
#[derive(Default)]
pub struct Gazetteer {
    places: Shelf<PlaceRecord>,
    /// The numbers of all places, in the order of their ids.
    by_id: Numbers,
    /// The same while places are added.
    adding: BTreeMap<Arc<str>, PlaceId>,
    countries: BTreeMap<Arc<str>, PlaceId>,
    /// By the ISO codes of their countries.
    capitals: BTreeMap<Arc<str>, PlaceId>,
}

packed!(struct PlaceRecord { id, kind, en, en_also, ar, parent, country, point, population, level });
packed!(struct Gazetteer { places, by_id, adding, countries, capitals });

impl Gazetteer {
    pub fn get(&self, id: PlaceId) -> &PlaceRecord {
        self.places.get(id as usize)
    }

    pub fn find(&self, id: &str) -> Option<PlaceId> {
        if !self.adding.is_empty() {
            return self.adding.get(id).copied();
        }
        let (mut low, mut high) = (0, self.by_id.len());
        while low < high {
            let middle = (low + high) / 2;
            let number = self.by_id.get(middle);
            match (*self.get(number).id).cmp(id) {
                Ordering::Equal => return Some(number),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The place of a country's ISO code.
    pub fn country(&self, iso: &str) -> Option<PlaceId> {
        self.countries.get(iso).copied()
    }

    /// The capital of a country by its ISO code; `None` where the data names none, as where it is contested.
    pub fn capital(&self, iso: &str) -> Option<PlaceId> {
        self.capitals.get(iso).copied()
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.len() == 0
    }

    /// Adds a place or replaces the one of the same id, and returns its number.
    pub(crate) fn add(&mut self, record: PlaceRecord) -> PlaceId {
        if let Some(&known) = self.adding.get(&record.id) {
            self.places.made()[known as usize] = record;
            return known;
        }
        let number = self.places.len() as PlaceId;
        self.adding.insert(record.id.clone(), number);
        self.places.made().push(record);
        number
    }

    /// Takes the capitals of countries by their ids. Returns the first that is no place.
    pub(crate) fn name_capitals(&mut self, capitals: &BTreeMap<Arc<str>, String>) -> Option<(Arc<str>, String)> {
        for (iso, id) in capitals {
            let Some(number) = self.find(id) else { return Some((iso.clone(), id.clone())) };
            self.capitals.insert(iso.clone(), number);
        }
        None
    }

    /// Ties parents by id and hands countries down. Returns the entries whose
    /// parent is unknown or loops.
    pub(crate) fn link(&mut self, parents: &BTreeMap<Arc<str>, String>) -> Vec<(Arc<str>, String)> {
        let mut lost = vec![];
        for (child, parent) in parents {
            match (self.find(child), self.find(parent)) {
                (Some(c), Some(p)) if c != p => self.places.made()[c as usize].parent = Some(p),
                _ => lost.push((child.clone(), parent.clone())),
            }
        }
        for number in 0..self.places.len() as PlaceId {
            if self.chain(number).count() > 12 {
                let id = self.get(number).id.clone();
                self.places.made()[number as usize].parent = None;
                lost.push((id, "itself, in a circle".to_string()));
            }
            let country = self.chain(number).map(|p| self.get(p).country.clone()).find(|c| !c.is_empty());
            self.places.made()[number as usize].country = country.unwrap_or_default();
        }
        for (number, place) in self.places.made().iter().enumerate() {
            if &*place.kind == "country" {
                self.countries.insert(place.country.clone(), number as PlaceId);
            }
        }
        self.by_id = std::mem::take(&mut self.adding).into_values().collect();
        lost
    }

    /// The place itself, its parent, and so on up to the country.
    pub fn chain(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(Some(id), |p| self.get(*p).parent).take(13)
    }

    /// The whole place, as a value without a text: a place lies in itself.
    pub fn place(&self, id: PlaceId) -> Place {
        let record = self.get(id);
        let link = |id: PlaceId| {
            let PlaceRecord { id, kind, en, ar, .. } = self.get(id);
            PlaceLink { id: Some(id.clone()), kind: kind.clone(), name_en: en.clone(), name_ar: ar.clone() }
        };
        Place {
            id: Some(record.id.clone()),
            name_en: record.en.clone(),
            names_en: record.en_also.clone(),
            name_ar: record.ar.clone(),
            relation: Relation::In,
            chain: self.chain(id).map(link).collect(),
            country: record.country.clone(),
            point: record.point.or_else(|| self.nearest_point(id)),
            evidence: vec![],
        }
    }

    /// True when `inner` is `outer` or lies inside it.
    pub fn inside(&self, inner: PlaceId, outer: PlaceId) -> bool {
        self.chain(inner).any(|p| p == outer)
    }

    /// The nearest point known for a place: its own or that of an ancestor.
    pub fn nearest_point(&self, id: PlaceId) -> Option<Point> {
        self.chain(id).find_map(|p| self.get(p).point)
    }
}
