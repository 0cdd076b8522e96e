//! Which rows does the table get, tied to the gazetteer that is there?
//!
//! A place that shares a name with a listed one within [`TWIN_KM`] or its radius
//! is that place and is left out: a namesake twin would make both uncertain. The
//! same holds between the rows of the file, whose spellings are put together.
//! The parent is the governorate in which the nearest listed places lie when
//! they agree on it, else the country.

use super::names::{Name, Names};
use super::{Found, LeftOut};
use marsad_lang::{PlaceId, Resources};
use marsad_model::{Point, stable_hash};
use std::collections::BTreeMap;
use std::path::Path;

pub const TWIN_KM: f64 = 10.0;
/// So far around, so many listed places tell the governorate.
const PARENT_KM: f64 = 25.0;
const PARENT_VOTES: usize = 3;
/// Side of the squares by which near places are found, in degrees.
const SQUARE: f64 = 0.25;

/// One line of the table.
pub struct Row {
    id: String,
    kind: String,
    parent: String,
    en: String,
    point: Point,
    population: u32,
    names: Vec<Name>,
}

/// The kind of a settlement by its inhabitants.
pub fn settlement(population: u32) -> &'static str {
    match population {
        50_000.. => "city",
        5_000.. => "town",
        _ => "village",
    }
}

pub fn rows(res: &Resources, names: &Names, found: Vec<Found>) -> (Vec<Row>, LeftOut) {
    let mut left_out = LeftOut::default();
    let near = Near::new(res);
    let mut rows: Vec<Row> = vec![];
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for f in found {
        let line = f.line;
        let Some(country) = res.gazetteer.country(&f.iso) else {
            left_out.count("no such country in the gazetteer", line);
            continue;
        };
        let row = row(res, names, &near, f, country);
        if row.names.is_empty() {
            left_out.count("no Arabic name that can be one", line);
        } else if row.kind == "country" || is_listed(res, names, &row) {
            left_out.count("in the gazetteer already", line);
        } else if let Some(at) = twin(&rows, &known, &row) {
            merge(&mut rows[at], row);
            left_out.count("told twice in the file; put together", line);
        } else {
            row.names.iter().for_each(|n| known.entry(key(&n.folded)).or_default().push(rows.len()));
            rows.push(row);
        }
    }
    (rows, left_out)
}

fn row(res: &Resources, names: &Names, near: &Near, f: Found, country: PlaceId) -> Row {
    let said = f.ar.first().and_then(|name| names.kind_of(name)).filter(|k| k != "country");
    let usable = names.of(&f.ar, f.population);
    let kind = match (f.kind.as_str(), said) {
        ("" | "facility" | "area", Some(kind)) => kind,
        ("", None) => settlement(f.population).to_string(),
        (kind, _) => kind.to_string(),
    };
    let point = Point { lat: f.lat, lon: f.lon, accuracy_km: radius_km(&kind) };
    let parent = near.governorate(res, point, &f.iso).unwrap_or(country);
    let first = usable.first().map_or("", |n| &n.folded);
    let id = match f.id {
        Some(id) => format!("geonames/{id}"),
        None => format!(
            "import/{}/{:016x}",
            f.iso.to_lowercase(),
            stable_hash(format!("{first} {:.2} {:.2}", f.lat, f.lon).bytes())
        ),
    };
    let en = if f.en.is_empty() { res.romanize(usable.first().map_or("", |n| &n.text)) } else { f.en };
    let parent = res.gazetteer.get(parent).id.to_string();
    Row {
        id,
        kind,
        parent,
        en: super::names::without_marks(&en).replace('\t', " "),
        point,
        population: f.population,
        names: usable,
    }
}

/// Within this radius the true place lies, by the size that such a place has.
fn radius_km(kind: &str) -> f64 {
    match kind {
        "governorate" | "region" => 60.0,
        "district" => 20.0,
        "subdistrict" | "area" | "mountain" | "valley" => 10.0,
        "city" => 8.0,
        "town" | "island" => 4.0,
        "village" | "settlement" | "airport" | "military_base" | "oil_field" => 3.0,
        _ => 1.5,
    }
}

fn is_listed(res: &Resources, names: &Names, row: &Row) -> bool {
    let ids = row.names.iter().flat_map(|n| names.listed(&n.text));
    ids.map(|id| res.gazetteer.get(id)).any(|place| {
        let region = place.level >= 7 && row.kind != "governorate";
        place.point.is_some_and(|p| !region && p.distance_km(row.point) <= TWIN_KM.max(p.accuracy_km))
    })
}

fn twin(rows: &[Row], known: &BTreeMap<String, Vec<usize>>, row: &Row) -> Option<usize> {
    let same_name = row.names.iter().filter_map(|n| known.get(&key(&n.folded))).flatten();
    same_name.copied().find(|at| rows[*at].point.distance_km(row.point) <= TWIN_KM)
}

fn merge(row: &mut Row, other: Row) {
    row.population = row.population.max(other.population);
    for name in other.names {
        if !row.names.iter().any(|n| n.folded == name.folded) {
            row.names.push(name);
        }
    }
}

/// How words are spaced tells no places apart.
fn key(folded: &str) -> String {
    folded.replace(' ', "")
}

/// Listed places by the square they lie in.
struct Near(BTreeMap<(i32, i32), Vec<PlaceId>>);

impl Near {
    fn new(res: &Resources) -> Near {
        let mut squares: BTreeMap<(i32, i32), Vec<PlaceId>> = BTreeMap::new();
        for id in 0..res.gazetteer.len() as PlaceId {
            let place = res.gazetteer.get(id);
            if let Some(point) = place.point.filter(|_| place.level <= 4 && governorate(res, id).is_some()) {
                squares.entry(square(point)).or_default().push(id);
            }
        }
        Near(squares)
    }

    fn governorate(&self, res: &Resources, point: Point, iso: &str) -> Option<PlaceId> {
        let (row, column) = square(point);
        let around = (-1..=1).flat_map(|i| (-1..=1).map(move |k| (row + i, column + k)));
        let mut near: Vec<(u64, PlaceId)> = around
            .filter_map(|at| self.0.get(&at))
            .flatten()
            .filter(|id| &*res.gazetteer.get(**id).country == iso)
            .filter_map(|id| Some(((res.gazetteer.get(*id).point?.distance_km(point) * 1e3) as u64, *id)))
            .filter(|(metres, _)| *metres <= (PARENT_KM * 1e3) as u64)
            .collect();
        near.sort_unstable();
        near.truncate(PARENT_VOTES);
        let home = governorate(res, near.first()?.1)?;
        let agree = near.len() == PARENT_VOTES && near.iter().all(|(_, id)| governorate(res, *id) == Some(home));
        agree.then_some(home)
    }
}

fn square(point: Point) -> (i32, i32) {
    ((point.lat / SQUARE).floor() as i32, (point.lon / SQUARE).floor() as i32)
}

fn governorate(res: &Resources, id: PlaceId) -> Option<PlaceId> {
    res.gazetteer.chain(id).find(|p| &*res.gazetteer.get(*p).kind == "governorate")
}

/// The table as it is written.
pub fn text(source: &Path, rows: &[Row]) -> String {
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    let mut out = format!(
        "# Places from {name}, made by `marsad data import-geonames`; the licence is that of the file (data of GeoNames: CC BY 4.0).\n\
         # id, kind, in, en, lat, lon, radius_km, population, names; ~ marks a name that counts only where a place is expected.\n"
    );
    for row in rows {
        let Row { id, kind, parent, en, point, population, names } = row;
        let names: Vec<String> = names.iter().map(|n| format!("{}{}", if n.weak { "~" } else { "" }, n.text)).collect();
        let Point { lat, lon, accuracy_km } = point;
        let names = names.join("|");
        out += &format!("{id}\t{kind}\t{parent}\t{en}\t{lat}\t{lon}\t{accuracy_km}\t{population}\t{names}\n");
    }
    out
}
