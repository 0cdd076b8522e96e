//! What must the figures not fall below, and what are they meant to reach?
//!
//! `corpus/scores.toml`: one table a set, with its files, the hash of their
//! contents, how they are read and scored, and for each figure a `floor` (what
//! is held now) and a `goal` (what is asked). Of a rate that should be small
//! the floor is called `ceiling`. A floor is raised by its one line; one that
//! is lowered needs a `reason`, which [`lowered`] looks for.

use super::figures::Figure;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// One set of cases.
pub struct Set {
    pub name: String,
    /// Files, relative to the repository; a folder stands for its `.jsonl` files.
    pub files: Vec<String>,
    /// First sixteen digits of SHA-256 over the contents of the files, one after the other.
    pub hash: String,
    /// A command of `marsad` that must have run before, such as the making of an overlay.
    pub prepare: Vec<String>,
    /// The command of `marsad` that reads the set.
    pub marsad: Vec<String>,
    /// What makes figures of the readings; empty where the command prints them itself.
    pub scorer: Vec<String>,
    /// Reports whose date nobody can know are left out (`dated.rs`).
    pub only_dated: bool,
    pub bounds: Vec<Bounds>,
}

/// What one figure is held against.
pub struct Bounds {
    pub figure: String,
    pub floor: Option<f64>,
    pub goal: Option<f64>,
    /// Small is good: `floor` and `goal` are upper bounds.
    pub is_rate: bool,
    pub reason: Option<String>,
}

/// How a figure stands to its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Fell,
    Short,
    Well,
}

/// Reads `scores.toml`.
///
/// # Errors
/// Says which table or key is not of the form.
pub fn parse(text: &str) -> Result<Vec<Set>, String> {
    let tables: Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    tables.iter().map(|(name, table)| set(name, table).map_err(|e| format!("scores.toml, {name}: {e}"))).collect()
}

fn set(name: &str, table: &Value) -> Result<Set, String> {
    let figures = table.get("figures").and_then(Value::as_table).ok_or("no figures")?;
    let files = words(table, "files");
    if files.is_empty() {
        return Err("no files".to_string());
    }
    Ok(Set {
        name: name.to_string(),
        files,
        hash: table.get("hash").and_then(Value::as_str).unwrap_or_default().to_string(),
        prepare: words(table, "prepare"),
        marsad: words(table, "marsad"),
        scorer: words(table, "scorer"),
        only_dated: table.get("only_dated").and_then(Value::as_bool) == Some(true),
        bounds: figures.iter().map(|(figure, bounds)| Bounds::of(figure, bounds)).collect::<Result<_, _>>()?,
    })
}

fn words(table: &Value, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|v| Some(v.as_str()?.to_string())).collect()
}

impl Bounds {
    fn of(figure: &str, bounds: &Value) -> Result<Bounds, String> {
        let number = |key: &str| bounds.get(key).and_then(|v| v.as_float().or(v.as_integer().map(|i| i as f64)));
        let unknown = |key: &&String| !["floor", "ceiling", "goal", "reason", "rate"].contains(&key.as_str());
        if let Some(key) = bounds.as_table().and_then(|t| t.keys().find(unknown)) {
            return Err(format!("{figure}: {key} is not known; there are floor, ceiling, goal, rate, reason"));
        }
        Ok(Bounds {
            figure: figure.to_string(),
            floor: number("floor").or(number("ceiling")),
            goal: number("goal"),
            is_rate: number("ceiling").is_some() || bounds.get("rate").and_then(Value::as_bool) == Some(true),
            reason: bounds.get("reason").and_then(Value::as_str).map(str::to_string),
        })
    }

    /// Figures are compared as they are printed, with three decimals.
    pub fn standing(&self, figure: Figure) -> Standing {
        let is_met = |bound: Option<f64>| {
            let (value, bound) = (thousandths(figure.value), bound.map(thousandths));
            bound.is_none_or(|bound| if self.is_rate { value <= bound } else { value >= bound })
        };
        match (is_met(self.floor), is_met(self.goal)) {
            (false, _) => Standing::Fell,
            (true, false) => Standing::Short,
            (true, true) => Standing::Well,
        }
    }
}

fn thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}

/// Floors of `now` that stand below those of `before` without a reason of their own.
pub fn lowered(before: &[Set], now: &[Set]) -> Vec<String> {
    let mut found = vec![];
    for set in now {
        let earlier = before.iter().filter(|s| s.name == set.name).flat_map(|s| &s.bounds);
        for was in earlier {
            let is = set.bounds.iter().find(|b| b.figure == was.figure);
            let weaker = match (was.floor, is.and_then(|b| b.floor)) {
                (Some(was_at), Some(is_at)) => {
                    if was.is_rate {
                        is_at > was_at
                    } else {
                        is_at < was_at
                    }
                }
                (Some(_), None) => true,
                (None, _) => false,
            };
            let has_new_reason = is.is_some_and(|b| b.reason.is_some() && b.reason != was.reason);
            if weaker && !has_new_reason {
                found.push(format!("{}, {}: its floor was lowered; say why in `reason`", set.name, was.figure));
            }
        }
    }
    found
}

/// The files of a set, folders opened, below the root of the repository; `None` when one is not there.
pub fn files(root: &Path, set: &Set) -> Option<Vec<PathBuf>> {
    let mut files = vec![];
    for name in &set.files {
        let path = root.join(name);
        if path.is_dir() {
            let mut inside: Vec<PathBuf> =
                std::fs::read_dir(&path).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
            inside.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
            inside.sort();
            files.append(&mut inside);
        } else if path.is_file() {
            files.push(path);
        } else {
            return None;
        }
    }
    Some(files)
}

/// As `cat FILES | sha256sum` begins.
///
/// # Errors
/// When a file cannot be read.
pub fn hash(files: &[PathBuf]) -> std::io::Result<String> {
    let mut sha = Sha256::new();
    for file in files {
        sha.update(std::fs::read(file)?);
    }
    Ok(sha.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(figures: &str) -> Vec<Set> {
        parse(&format!("[a]\nfiles = [\"x\"]\n[a.figures]\n{figures}")).unwrap()
    }

    #[test]
    fn a_figure_stands_to_floor_and_goal() {
        let sets = sets("f1 = { floor = 0.9, goal = 0.95 }\nalarms = { ceiling = 0.05 }");
        let of = |bounds: usize, value| sets[0].bounds[bounds].standing(Figure { value, of: None });
        assert_eq!([of(0, 0.8994), of(0, 0.8996), of(0, 0.95)], [Standing::Fell, Standing::Short, Standing::Well]);
        assert_eq!([of(1, 0.06), of(1, 0.05), of(1, 0.0)], [Standing::Fell, Standing::Well, Standing::Well]);
    }

    #[test]
    fn lowering_a_floor_needs_a_new_reason() {
        let before = sets("f1 = { floor = 0.9 }\nalarms = { ceiling = 0.05 }");
        let raised = sets("f1 = { floor = 0.91 }\nalarms = { ceiling = 0.04 }");
        let fell = sets("f1 = { floor = 0.89 }\nalarms = { ceiling = 0.06 }");
        let told = sets("f1 = { floor = 0.89, reason = \"a label was wrong\" }\nalarms = { ceiling = 0.05 }");
        let again = sets("f1 = { floor = 0.88, reason = \"a label was wrong\" }\nalarms = { ceiling = 0.05 }");
        let gone = sets("alarms = { ceiling = 0.05 }");
        let counts = [&raised, &fell, &told, &gone].map(|now| lowered(&before, now).len());
        assert_eq!(counts, [0, 2, 0, 1]);
        assert_eq!(lowered(&told, &again).len(), 1);
    }

    #[test]
    fn a_wrong_key_is_named() {
        let error = parse("[a]\nfiles = [\"x\"]\n[a.figures]\nf1 = { flor = 0.9 }").err().unwrap();
        assert!(error.contains("flor") && error.contains("f1"), "{error}");
    }
}
