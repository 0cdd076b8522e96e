//! Is the linguistic data in order, and how does one add to it?
//!
//! `check` runs the checks of `marsad-lang` over the shipped data with the
//! user's folder laid over it, and finds entries that were begun and not filled
//! in. `new` writes an empty entry of each kind (`templates.rs`).

use super::Done;
use super::args::{Data, Kind};
use super::console::{Console, output_error};
use super::{geonames, placeholders, templates::template};
use crate::Error;
use marsad_lang::check::{Finding, Summary, check};
use marsad_model::EventType;
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{self, Write, stdout};
use std::path::Path;

pub fn run(args: &Data, console: &Console) -> Result<Done, Error> {
    match args {
        Data::Check { dir } => check_files(dir.as_deref(), console),
        Data::New { kind: Some(kind), id, .. } => new_entry(*kind, id.as_deref(), console),
        Data::New { kind: None, .. } => event_types(console).map_err(output_error),
        Data::ImportGeonames(args) => geonames::run(args, console),
    }
}

fn check_files(dir: Option<&Path>, console: &Console) -> Result<Done, Error> {
    let files = match dir {
        Some(dir) => crate::files_of(dir)?,
        None => crate::data_files(console.data())?,
    };
    let (mut findings, summary) = check(&files);
    findings.extend(placeholders::left_in(&files));
    findings.sort();
    print_findings(&findings, console).map_err(output_error)?;
    console.note(&closing_line(&summary, findings.len(), console));
    Ok(if findings.is_empty() { Done::Well } else { Done::WithFindings })
}

fn print_findings(findings: &[Finding], console: &Console) -> io::Result<()> {
    let mut out = io::BufWriter::new(stdout().lock());
    for finding in findings {
        let Finding { file, entry, kind, message } = finding;
        match console.json {
            true => writeln!(out, "{}", json!({"file": file, "entry": entry, "kind": kind, "message": message}))?,
            false => writeln!(out, "{finding}")?,
        }
    }
    out.flush()
}

fn closing_line(summary: &Summary, findings: usize, console: &Console) -> String {
    let values: [(&str, &dyn std::fmt::Display); 7] = [
        ("files", &summary.files),
        ("entries", &summary.entries),
        ("forms", &summary.forms),
        ("places", &summary.places),
        ("rules", &summary.rules),
        ("examples", &summary.examples),
        ("findings", &findings),
    ];
    console.say("summary.data_check", &values)
}

/// Each event type with its label in the console's language.
fn event_types(console: &Console) -> io::Result<Done> {
    let mut out = io::BufWriter::new(stdout().lock());
    for event in EventType::ALL {
        let label = console.say(&format!("type.{}", event.name()), &[]);
        match console.json {
            true => writeln!(out, "{}", json!({"type": event.name(), "label": label}))?,
            false => writeln!(out, "{:<20}{}", event.name(), console.isolated(&label))?,
        }
    }
    out.flush()?;
    Ok(Done::Well)
}

/// On stdout, or at the end of the file where it belongs when the user has both
/// a folder and an id for it.
fn new_entry(kind: Kind, id: Option<&str>, console: &Console) -> Result<Done, Error> {
    let template = template(kind);
    let id = id.unwrap_or(template.id);
    must_be_an_id(kind, id)?;
    let entry = template.entry.replace("{id}", id);
    match console.data() {
        Some(dir) if id != template.id => append(dir, &template.file(id), &entry, id, console),
        _ => {
            let text = format!("# {}\n{entry}", template.file(id));
            stdout().lock().write_all(text.as_bytes()).map_err(output_error)?;
            Ok(Done::Well)
        }
    }
}

fn append(dir: &Path, file: &str, entry: &str, id: &str, console: &Console) -> Result<Done, Error> {
    let path = dir.join(file);
    // A file of the same name replaces the shipped one, so a new one begins as its copy.
    let shipped = crate::SHIPPED.iter().find(|(name, _)| *name == file && !path.exists()).map_or("", |(_, text)| text);
    let known = fs::read_to_string(&path).unwrap_or_else(|_| shipped.to_string());
    let headings = [format!("[{id}]"), format!("[\"{id}\"]")];
    if known.lines().any(|line| headings.iter().any(|heading| line.trim_start().starts_with(heading))) {
        let message = format!("{}: there is an entry {id} already", path.display());
        return Err(Error::new("duplicate", message).with_hint("choose another id, or edit that entry"));
    }
    let gap = if known.is_empty() || known.ends_with("\n\n") { "" } else { "\n" };
    let parent = path.parent().unwrap_or(dir);
    fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
    let write = |text: &str| OpenOptions::new().create(true).append(true).open(&path)?.write_all(text.as_bytes());
    write(&format!("{shipped}{gap}{entry}")).map_err(|e| Error::io(&path, e))?;
    console.note(&console.say("summary.data_new", &[("path", &path.display()), ("dir", &dir.display())]));
    Ok(Done::Well)
}

/// Ids are ASCII and stay what they are for ever; only places have slashes.
fn must_be_an_id(kind: Kind, id: &str) -> Result<(), Error> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let parts_are_words = id.split('/').all(|part| !part.is_empty() && part.chars().all(letter));
    if parts_are_words && (kind == Kind::Place || !id.contains('/')) {
        return Ok(());
    }
    let hint = "use small Latin letters, digits and hyphens; a place reads country/region/place";
    Err(Error::new("bad_id", format!("{id:?} cannot be an id")).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_ascii_words() {
        assert!(must_be_an_id(Kind::Place, "iq/anbar/hit").is_ok());
        for bad in ["", "iq/anbar", "Katyusha", "a b", "../x", "a]"] {
            assert!(must_be_an_id(Kind::Weapon, bad).is_err(), "{bad}");
        }
    }
}
