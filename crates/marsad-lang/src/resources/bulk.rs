//! What do the generated tables of places say?
//!
//! Tab-separated files under `gazetteer/bulk`, written by `make bulk` and by
//! `marsad data import-geonames`. They are read after all other files, and an
//! entry of the same id that is there already stays: what people wrote by hand wins.

use super::fields::Fields;
use super::loader::Loader;
use crate::error::Error;
use crate::gazetteer::PlaceRecord;
use marsad_model::Point;
use toml::Table;

/// Stands before a name that counts only where a place is expected.
const WEAK: char = '~';

impl Loader {
    /// `id, kind, in, en, lat, lon, radius_km, population, ar|~ar|…`, one place a line; `#` begins a comment.
    pub(super) fn bulk(&mut self, file: &str, contents: &str) -> Result<(), Error> {
        let empty = Table::new();
        for line in contents.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, kind, parent, en, lat, lon, radius, population, names] = cells[..] else {
                let message = format!("expected 9 tab-separated cells, got {}", cells.len());
                return Err(Error::data(file, cells[0], message));
            };
            if self.gazetteer.find(id).is_some() {
                continue;
            }
            let e = Fields { file, id, table: &empty };
            let float = |cell: &str| cell.parse::<f64>().map_err(|_| e.error(cell, "expected a number"));
            let (weak, plain): (Vec<&str>, Vec<&str>) = names.split('|').partition(|n| n.starts_with(WEAK));
            let weak: Vec<String> = weak.iter().map(|n| n.trim_start_matches(WEAK).to_string()).collect();
            let plain: Vec<String> = plain.into_iter().map(str::to_string).collect();
            let first = plain.first().or(weak.first()).map_or("", String::as_str);
            let record = PlaceRecord {
                id: id.into(),
                kind: kind.into(),
                en: en.into(),
                en_also: vec![],
                ar: first.into(),
                parent: None,
                country: "".into(),
                point: Some(Point { lat: float(lat)?, lon: float(lon)?, accuracy_km: float(radius)? }),
                population: float(population)? as u32,
                level: self.levels.get(kind).copied().unwrap_or(4),
            };
            if !parent.is_empty() {
                self.parents.insert(record.id.clone(), parent.to_string());
            }
            self.add_place(&e, record, &plain, &weak)?;
        }
        Ok(())
    }
}
