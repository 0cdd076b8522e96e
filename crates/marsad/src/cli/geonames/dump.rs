//! What does a country dump of GeoNames say?
//!
//! 19 tab-separated columns (geonameid, name, asciiname, alternatenames,
//! latitude, longitude, feature class, feature code, country code, cc2, admin1
//! to admin4, population, elevation, dem, timezone, modification date), and
//! beside it `alternateNamesV2` (alternateNameId, geonameid, isolanguage, name,
//! isPreferred, isShort, isColloquial, isHistoric, from, to), of which the
//! Arabic names are taken.

use super::source::lines;
use super::{Found, LeftOut, bad_line};
use crate::Error;
use std::collections::BTreeMap;
use std::path::Path;

const COLUMNS: usize = 19;
const ALTERNATE_COLUMNS_MIN: usize = 4;

pub fn read(path: &Path, alternate: Option<&Path>) -> Result<(Vec<Found>, LeftOut), Error> {
    let (mut found, mut left_out) = (vec![], LeftOut::default());
    lines(path, |number, line| {
        if line.trim().is_empty() {
            return Ok(());
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != COLUMNS {
            let message = format!("expected {COLUMNS} tab-separated columns, got {}", cells.len());
            return Err(bad_line(
                path,
                number,
                &message,
                "name a country dump of GeoNames such as IQ.zip or IQ.txt, or a .csv file with headings",
            ));
        }
        match place(path, number, &cells)? {
            Some(place) => found.push(place),
            None => left_out.count("no kind of place that news names", number),
        }
        Ok(())
    })?;
    if let Some(path) = alternate {
        add_names(path, &mut found)?;
    }
    Ok((found, left_out))
}

/// `None` for features that are no place in the sense of `place_kind.toml`: streams, roads, farms.
fn place(path: &Path, number: usize, cells: &[&str]) -> Result<Option<Found>, Error> {
    let degrees = |column: usize, most: f64| {
        let value = cells[column].trim().parse::<f64>().ok().filter(|v| v.abs() <= most);
        let message = format!("{:?} is no {}", cells[column], if column == 4 { "latitude" } else { "longitude" });
        value.ok_or_else(|| bad_line(path, number, &message, "columns 5 and 6 hold degrees such as 33.34"))
    };
    let (lat, lon) = (degrees(4, 90.0)?, degrees(5, 180.0)?);
    let population = cells[14].trim().parse().unwrap_or(0);
    let Some(kind) = kind_of(cells[6], cells[7], population) else { return Ok(None) };
    let mut ar: Vec<String> = vec![cells[1].to_string()];
    ar.extend(cells[3].split(',').map(str::to_string));
    Ok(Some(Found {
        line: number,
        id: Some(cells[0].trim().to_string()),
        kind: kind.to_string(),
        iso: cells[8].trim().to_string(),
        en: if cells[2].trim().is_empty() { cells[1] } else { cells[2] }.trim().to_string(),
        ar,
        lat,
        lon,
        population,
    }))
}

/// Names in Arabic, the preferred ones before what the dump itself lists; historic ones are no news.
fn add_names(path: &Path, found: &mut [Found]) -> Result<(), Error> {
    let by_id: BTreeMap<String, usize> =
        found.iter().enumerate().filter_map(|(i, f)| Some((f.id.clone()?, i))).collect();
    let mut names: BTreeMap<usize, Vec<(bool, String)>> = BTreeMap::new();
    lines(path, |number, line| {
        if line.trim().is_empty() {
            return Ok(());
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < ALTERNATE_COLUMNS_MIN {
            let message =
                format!("expected at least {ALTERNATE_COLUMNS_MIN} tab-separated columns, got {}", cells.len());
            return Err(bad_line(
                path,
                number,
                &message,
                "--alternate takes alternateNamesV2.zip or .txt of GeoNames, or that of one country",
            ));
        }
        let flag = |column: usize| cells.get(column).is_some_and(|c| c.trim() == "1");
        if let Some(&at) = by_id.get(cells[1]).filter(|_| cells[2] == "ar" && !flag(7)) {
            names.entry(at).or_default().push((!flag(4), cells[3].to_string()));
        }
        Ok(())
    })?;
    for (at, mut more) in names {
        more.sort_by_key(|(other, _)| *other);
        let listed = std::mem::take(&mut found[at].ar);
        found[at].ar = more.into_iter().map(|(_, name)| name).chain(listed).collect();
    }
    Ok(())
}

/// The kind of a feature code (geonames.org/export/codes.html).
fn kind_of(class: &str, code: &str, population: u32) -> Option<&'static str> {
    Some(match (class, code) {
        ("P", "PPLX") => "quarter",
        ("P", "PPLH" | "PPLQ" | "PPLW" | "PPLCH") => return None,
        ("P", "PPLC" | "PPLA") => "city",
        ("P", _) => super::table::settlement(population),
        ("A", "ADM1") => "governorate",
        ("A", "ADM2") => "district",
        ("A", "ADM3") => "subdistrict",
        (_, "AIRP" | "AIRF") => "airport",
        (_, "AIRB" | "MILB" | "NVB" | "INSM") => "military_base",
        (_, "CMPRF" | "CMP") => "camp",
        (_, "OILF" | "OILR" | "GASF") => "oil_field",
        (_, "DAM") => "dam",
        (_, "HSP" | "HSPC") => "hospital",
        (_, "MSQE") => "mosque",
        (_, "UNIV") => "university",
        (_, "PRN") => "prison",
        (_, "PRT" | "HBR") => "port",
        (_, "MKT") => "market",
        (_, "DIP") => "embassy",
        (_, "PSTB") => "border_crossing",
        (_, "MT" | "MTS" | "HLL" | "HLLS") => "mountain",
        (_, "VAL" | "VALS" | "WAD" | "WADS") => "valley",
        (_, "ISL") => "island",
        (_, "RGN" | "AREA" | "DSRT") => "area",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_have_kinds_or_are_left_out() {
        assert_eq!(kind_of("P", "PPL", 900_000), Some("city"));
        assert_eq!(kind_of("P", "PPL", 0), Some("village"));
        assert_eq!(kind_of("S", "AIRB", 0), Some("military_base"));
        assert_eq!(kind_of("H", "STM", 0), None);
    }
}
