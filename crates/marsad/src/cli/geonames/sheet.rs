//! What does a CSV file of places with headings say?
//!
//! Needed: `name_ar`, `cc`, `lat`, `lon`. Taken where there: `name_en`,
//! `population`, `id`, and the kind from `kind`, `type` or `extra`, in the words
//! of `place_kind.toml` or in those that such lists use.

use super::{Found, LeftOut, bad_line};
use crate::Error;
use std::path::Path;

const NEEDED: [&str; 4] = ["name_ar", "cc", "lat", "lon"];

pub fn read(path: &Path, alternate: Option<&Path>) -> Result<(Vec<Found>, LeftOut), Error> {
    if let Some(alternate) = alternate {
        let message = "--alternate goes with a dump of GeoNames, not with a .csv file";
        return Err(bad_line(alternate, 0, message, "leave it out, or name IQ.zip instead of the .csv file"));
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(|e| unreadable(path, 1, &e))?;
    let heading = reader.headers().map_err(|e| unreadable(path, 1, &e))?.clone();
    let column = |name: &str| heading.iter().position(|h| h.trim_start_matches('\u{feff}').trim() == name);
    if let Some(missing) = NEEDED.iter().find(|name| column(name).is_none()) {
        let message =
            format!("there is no column {missing}; the columns are {}", heading.iter().collect::<Vec<_>>().join(", "));
        return Err(bad_line(
            path,
            1,
            &message,
            "the first line names the columns: name_ar,name_en,cc,lat,lon,population",
        ));
    }
    let (mut found, mut left_out) = (vec![], LeftOut::default());
    for record in reader.records() {
        let record = record.map_err(|e| unreadable(path, found.len() + 2, &e))?;
        let line = record.position().map_or(0, |p| p.line() as usize);
        let cell = |name: &str| column(name).and_then(|i| record.get(i)).unwrap_or_default().trim();
        let degrees = |name: &str, most: f64| cell(name).parse::<f64>().ok().filter(|v| v.abs() <= most);
        let (Some(lat), Some(lon)) = (degrees("lat", 90.0), degrees("lon", 180.0)) else {
            left_out.count("no latitude and longitude in degrees", line);
            continue;
        };
        found.push(Found {
            line,
            id: Some(cell("id").to_string()).filter(|id| !id.is_empty()),
            kind: ["kind", "type", "extra"].iter().find_map(|c| kind_of(cell(c))).unwrap_or_default().to_string(),
            iso: cell("cc").to_uppercase(),
            en: cell("name_en").split_whitespace().collect::<Vec<_>>().join(" "),
            ar: vec![cell("name_ar").to_string()],
            lat,
            lon,
            population: cell("population").parse::<f64>().map_or(0, |p| p.max(0.0) as u32),
        });
    }
    Ok((found, left_out))
}

fn unreadable(path: &Path, line: usize, error: &csv::Error) -> Error {
    let line = error.position().map_or(line, |p| p.line() as usize);
    bad_line(path, line, &error.to_string(), "write the file as CSV in UTF-8, with one heading line")
}

/// The words that lists of places use for kinds.
fn kind_of(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().replace([' ', '/'], "_").as_str() {
        "country" => "country",
        "region" => "region",
        "governorate" | "province" | "province_governorate" | "adm1" => "governorate",
        "district_adm2" | "adm2" => "district",
        "subdistrict" | "adm3" => "subdistrict",
        "capital" | "city" => "city",
        "town" | "city_town" | "town_city" => "town",
        "village" => "village",
        "settlement" => "settlement",
        "neighborhood" | "neighbourhood" | "neighbourhood_area" | "quarter" => "quarter",
        "camp" => "camp",
        "street" | "road_street" | "road" => "road",
        "airport" => "airport",
        "military_base" => "military_base",
        "hospital" => "hospital",
        "mountain" => "mountain",
        "human-made_point-of-interest" | "nearby_landmark" | "landmark" => "facility",
        "natural_point-of-interest" | "area" => "area",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_in_many_words() {
        assert_eq!(kind_of("City/town"), Some("town"));
        assert_eq!(kind_of("Neighborhood"), Some("quarter"));
        assert_eq!(kind_of("C1431"), None);
    }
}
