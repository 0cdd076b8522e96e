//! How does a list of places from elsewhere become a table that `--data DIR` overlays?
//!
//! `dump.rs` reads a country dump of GeoNames, `sheet.rs` a CSV file with
//! headings; both give [`Found`] places. `names.rs` keeps what can be a name in
//! Arabic news, `table.rs` ties places to the shipped gazetteer and drops those
//! that it has. What was left out is counted by reason, with the first line of each.

mod dump;
mod names;
mod sheet;
mod source;
mod table;

use super::Done;
use super::args::ImportGeonames;
use super::console::{Console, output_error};
use crate::Error;
use names::{Lists, Names};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

pub fn run(args: &ImportGeonames, console: &Console) -> Result<Done, Error> {
    let res = crate::resources(None)?;
    let lists = Lists::of(&crate::data_files(console.data())?);
    let (found, mut left_out) = match source::is_csv(&args.file) {
        true => sheet::read(&args.file, args.alternate.as_deref())?,
        false => dump::read(&args.file, args.alternate.as_deref())?,
    };
    let (rows, dropped) = table::rows(&res, &Names::new(&res, lists), found);
    left_out.add(dropped);
    let text = table::text(&args.file, &rows);
    match &args.output {
        Some(path) => write(path, &text)?,
        None => std::io::stdout().lock().write_all(text.as_bytes()).map_err(output_error)?,
    }
    let read: [(&str, &dyn std::fmt::Display); 2] = [("places", &rows.len()), ("left", &left_out.total())];
    console.note(&console.say("summary.import", &read));
    for (reason, count, line) in left_out.reasons() {
        let values: [(&str, &dyn std::fmt::Display); 3] = [("reason", &reason), ("count", &count), ("line", &line)];
        console.note(&console.say("summary.import_left", &values));
    }
    if rows.is_empty() {
        let message = format!("{}: no place of it can be used", args.file.display());
        return Err(Error::new("import", message).with_hint("the notes above say why each was left out"));
    }
    Ok(Done::Well)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    }
    fs::write(path, text).map_err(|e| Error::io(path, e))
}

/// A place of the file, before anything is known of the gazetteer.
#[derive(Clone, Debug, Default)]
struct Found {
    line: usize,
    id: Option<String>,
    /// A kind of `data/vocabulary/place_kind.toml`; empty where the file does not tell.
    kind: String,
    iso: String,
    en: String,
    /// As the file writes them, the usual one first.
    ar: Vec<String>,
    lat: f64,
    lon: f64,
    population: u32,
}

/// Why places were left out: how many, and the line of the first.
#[derive(Default)]
struct LeftOut(BTreeMap<&'static str, (usize, usize)>);

impl LeftOut {
    fn count(&mut self, reason: &'static str, line: usize) {
        let slot = self.0.entry(reason).or_insert((0, line));
        slot.0 += 1;
        slot.1 = slot.1.min(line);
    }

    fn add(&mut self, more: LeftOut) {
        for (reason, (count, line)) in more.0 {
            let slot = self.0.entry(reason).or_insert((0, line));
            slot.0 += count;
            slot.1 = slot.1.min(line);
        }
    }

    fn total(&self) -> usize {
        self.0.values().map(|(count, _)| count).sum()
    }

    fn reasons(&self) -> impl Iterator<Item = (&'static str, usize, usize)> + '_ {
        self.0.iter().map(|(reason, (count, line))| (*reason, *count, *line))
    }
}

fn bad_line(path: &Path, line: usize, message: &str, hint: &str) -> Error {
    Error::new("import", format!("{}, line {line}: {message}", path.display())).with_hint(hint)
}
