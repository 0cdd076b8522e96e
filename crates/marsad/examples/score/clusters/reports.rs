//! Are reports of one coded incident joined, and those of two kept apart?
//!
//! Each report is known as a source of one coded incident; what else it tells nobody coded. *All told* counts two
//! reports as joined when any incident of theirs was joined, as the scorer beside the repository does. *The coded one*
//! looks only at the incident of a report that lies nearest to the coded one in day and place, so that a second attack
//! which both reports rightly tell is no fault. *Same texts* is as *all told*, but a text that stands in the set under
//! several codes belongs to all of them: nothing can keep two copies of one text apart.

use super::{Failure, Figures, Sorted, Told};
use jiff::civil::Date;
use marsad::model::{Incident, Point, Reading};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub fn measured(told: &Told, rows: &str) -> Result<(Figures, Vec<String>), Failure> {
    let mut gold: BTreeMap<String, (BTreeSet<String>, Value)> = BTreeMap::new();
    for line in rows.lines().filter(|l| !l.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        let text = |value: &Value| value.as_str().map(str::to_string).ok_or("a row without id or code");
        let entry = gold.entry(text(&row["id"])?).or_insert((BTreeSet::new(), row["gold"].clone()));
        entry.0.insert(text(&row["gold"]["code"])?);
    }
    let mut codes_of_text: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for reading in &told.readings {
        if let Some((codes, _)) = gold.get(&reading.document.id) {
            codes_of_text.entry(&reading.document.text).or_default().extend(codes.clone());
        }
    }
    let (mut all, mut same_texts, mut coded) = (Sorted::default(), Sorted::default(), Sorted::default());
    for reading in &told.readings {
        let Some((codes, row)) = gold.get(&reading.document.id) else { continue };
        let key = |incident: &Incident| format!("{}#{}", reading.document.id, incident.id);
        if let Some(nearest) = nearest(reading, row) {
            let incident = |i| told.incident_of.get(&key(i)).copied();
            let incidents = || reading.incidents.iter().filter_map(incident);
            all.add(&reading.document.id, codes.clone(), incidents());
            same_texts.add(&reading.document.id, codes_of_text[&*reading.document.text].clone(), incidents());
            coded.add(&key(nearest), codes.clone(), incident(nearest));
        }
    }
    let mut figures = Figures::default();
    all.figures("all told", &mut figures);
    same_texts.figures("same texts", &mut figures);
    coded.figures("the coded one", &mut figures);
    Ok((figures, told.misses(&all)))
}

/// The incident of a report that lies nearest to the coded one, the first of equals.
fn nearest<'a>(reading: &'a Reading, gold: &Value) -> Option<&'a Incident> {
    let day = gold["date"].as_str().and_then(|d| d.get(..10)?.parse::<Date>().ok());
    let number = |key: &str| match &gold[key] {
        Value::String(text) => text.parse().ok(),
        value => value.as_f64(),
    };
    let point = number("lat").zip(number("lon")).map(|(lat, lon)| Point { lat, lon, accuracy_km: 0.0 });
    let nearness = |incident: &Incident| {
        let off = incident.date.exact_day().zip(day).map(|(a, b)| (a - b).get_days().abs());
        let away = incident.place.as_ref().and_then(|p| p.point).zip(point).map(|(a, b)| a.distance_km(b));
        let by_day = 2 * i32::from(off == Some(0)) + i32::from(off.is_some_and(|off| off <= 1));
        by_day + [5.0, 10.0, 25.0].iter().map(|km| i32::from(away.is_some_and(|away| away <= *km))).sum::<i32>()
    };
    let best = reading.incidents.iter().map(nearness).max()?;
    reading.incidents.iter().find(|i| nearness(i) == best)
}
