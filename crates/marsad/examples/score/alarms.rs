//! How many articles of everyday news are read as incidents?
//!
//! Counts the articles from which at least one main incident is read. Some of
//! them do tell an attack; a person has read each of those, and
//! `corpus/refused/news.toml` lists it with the reason. They are no false
//! alarms and belong to no share of articles outside conflict.

use super::figures::Figures;
use serde_json::Value;
use std::collections::BTreeSet;
use toml::Table;

/// The share of articles outside conflict that are read as incidents.
///
/// # Errors
/// When the readings are no JSON lines.
pub fn figures(readings: &str, refused: &str) -> Result<Figures, String> {
    let conflict = conflict(refused)?;
    let readings = lines(readings)?;
    let outside: Vec<&Value> = readings.iter().filter(|r| !conflict.contains(id(r))).collect();
    let alarms = outside.iter().filter(|r| main_incidents(r).next().is_some()).count();
    let mut figures = Figures::default();
    figures.add("false_alarm_rate", alarms as f64 / outside.len().max(1) as f64, outside.len());
    Ok(figures)
}

/// One line for each article that is read as an incident and listed nowhere: for a person to judge.
///
/// # Errors
/// As [`figures`].
pub fn misses(readings: &str, refused: &str) -> Result<Vec<String>, String> {
    let conflict = conflict(refused)?;
    let readings = lines(readings)?;
    let told = |r: &Value| {
        let kinds: Vec<&str> = main_incidents(r).filter_map(|i| i["type"].as_str()).collect();
        (!kinds.is_empty() && !conflict.contains(id(r))).then(|| format!("{} {}", id(r), kinds.join(" ")))
    };
    Ok(readings.iter().filter_map(told).collect())
}

fn lines(text: &str) -> Result<Vec<Value>, String> {
    text.lines().map(|line| serde_json::from_str(line).map_err(|e| e.to_string())).collect()
}

fn id(reading: &Value) -> &str {
    reading["document"]["id"].as_str().unwrap_or_default()
}

fn main_incidents(reading: &Value) -> impl Iterator<Item = &Value> {
    reading["incidents"].as_array().into_iter().flatten().filter(|i| i["role"] == "main")
}

fn conflict(refused: &str) -> Result<BTreeSet<String>, String> {
    let tables: Table = refused.parse().map_err(|e: toml::de::Error| e.to_string())?;
    let ids = tables.values().filter_map(|t| t.get("ids")?.as_array()).flatten();
    Ok(ids.filter_map(|id| Some(id.as_str()?.to_string())).collect())
}
