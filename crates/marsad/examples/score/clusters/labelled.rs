//! Are the tellings of labelled texts joined where their labels name one cluster?
//!
//! A label without a cluster is an incident of its own. Only labels count that some incident read from the text
//! matches (as `own/mod.rs` matches them): what was not read cannot be joined, and other figures say so.

use super::{Failure, Figures, Sorted, Told};
use crate::own::label::{Labels, Told as Read};
use crate::own::pairs;
use serde_json::Value;

pub fn measured(told: &Told, rows: &str) -> Result<(Figures, Vec<String>), Failure> {
    let (mut all, mut several) = (Sorted::default(), Sorted::default());
    for line in rows.lines().filter(|l| !l.trim().is_empty()) {
        let row: Value = serde_json::from_str(line)?;
        let document = row["id"].as_str().ok_or("a row without id")?;
        for (label, key) in matched(told, document, &row) {
            let cluster = row["labels"]["incidents"][label]["cluster"].as_str();
            let gold = cluster.map_or(format!("{document}/{label}"), str::to_string);
            let got = told.incident_of.get(&key).copied();
            all.add(&key, [gold.clone()], got);
            if cluster.is_some() {
                several.add(&key, [gold], got);
            }
        }
    }
    let mut figures = Figures::default();
    all.figures("clusters", &mut figures);
    several.figures("told by several", &mut figures);
    Ok((figures, told.misses(&all)))
}

/// Labels of a text with the claim that matches each, by number and key.
pub fn matched(told: &Told, document: &str, row: &Value) -> Vec<(usize, String)> {
    let labels = Labels::of(row).incidents;
    let Some(reading) = told.readings.iter().find(|r| r.document.id == document) else { return vec![] };
    let read: Vec<Read> = reading.incidents.iter().map(Read::of).collect();
    let pairs = pairs(&labels.iter().collect::<Vec<_>>(), &read);
    pairs.into_iter().map(|(l, i)| (l, format!("{document}#{}", reading.incidents[i].id))).collect()
}
