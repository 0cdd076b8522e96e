//! In which plain forms do incidents leave the store?
//!
//! CSV for spreadsheets, GeoJSON for maps, NDJSON for programs. The forms of
//! the codebooks (ACLED, UCDP …) are made from these elsewhere. All three are
//! written in the order in which the incidents are given.
//!
//! An unknown value is an empty cell or null, never zero.

mod columns;

pub use columns::COLUMNS;

use crate::wire::Resolved;
use columns::{Cell, cells};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// How a CSV file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// Begin with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
}

/// Writes one row an incident under a row of [`COLUMNS`] (RFC 4180, UTF-8).
///
/// Text that a spreadsheet would take for a formula (it begins with `=`, `+`,
/// `-`, `@`, tab or carriage return) gets a leading apostrophe; numbers do not.
///
/// # Errors
/// What the writer reports.
///
/// ```
/// use marsad_store::{export, wire::Resolved};
/// let mut file = vec![];
/// export::csv(&[Resolved::default()], export::CsvOptions::default(), &mut file)?;
/// assert!(file.starts_with(b"id,type,date_earliest,"));
/// assert_eq!(file.iter().filter(|byte| **byte == b'\n').count(), 2);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn csv(incidents: &[Resolved], options: CsvOptions, mut to: impl Write) -> io::Result<()> {
    if options.bom {
        to.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(COLUMNS)?;
    for incident in incidents {
        writer.write_record(cells(incident).into_iter().map(csv_cell)).map_err(of_writer)?;
    }
    writer.flush()
}

/// The columns of one incident with their cells, as CSV has them; unknown values are empty.
///
/// ```
/// use marsad_store::{export, wire::Resolved};
/// let row = export::row(&Resolved::default());
/// assert_eq!(row.len(), export::COLUMNS.len());
/// assert_eq!(row[0], ("id", String::new()));
/// ```
pub fn row(incident: &Resolved) -> Vec<(&'static str, String)> {
    COLUMNS.iter().copied().zip(cells(incident).into_iter().map(csv_cell)).collect()
}

/// Writes a FeatureCollection: WGS84, longitude before latitude, one feature
/// an incident, its columns as flat properties. An incident without a point
/// has `"geometry": null`.
///
/// # Errors
/// What the writer reports.
///
/// ```
/// use marsad_store::{export, wire::Resolved};
/// let mut file = vec![];
/// export::geojson(&[Resolved::default()], &mut file)?;
/// let collection: serde_json::Value = serde_json::from_slice(&file)?;
/// assert_eq!(collection["features"][0]["geometry"], serde_json::Value::Null);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn geojson(incidents: &[Resolved], mut to: impl Write) -> io::Result<()> {
    to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (i, incident) in incidents.iter().enumerate() {
        to.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut to, &feature(incident))?;
    }
    to.write_all(b"\n]}\n")?;
    to.flush()
}

/// Writes one incident a line, as `spec/interfaces.md` has it.
///
/// # Errors
/// What the writer reports.
pub fn ndjson(incidents: &[Resolved], mut to: impl Write) -> io::Result<()> {
    for incident in incidents {
        serde_json::to_writer(&mut to, incident)?;
        to.write_all(b"\n")?;
    }
    to.flush()
}

/// What the writer said, and not the wrapping of it, which knows no kind.
fn of_writer(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn csv_cell(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Count(n) => n.to_string(),
        Cell::Number(x) => x.to_string(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text,
    }
}

fn feature(incident: &Resolved) -> Value {
    let value = |cell: Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Count(n) => n.into(),
        Cell::Number(x) => x.into(),
        Cell::Text(text) => text.into(),
    };
    let names = COLUMNS.iter().map(|name| name.to_string());
    let properties: Map<String, Value> = names.zip(cells(incident).into_iter().map(value)).collect();
    let point = incident.incident.place.as_ref().and_then(|p| p.point);
    json!({
        "type": "Feature",
        "id": incident.incident.id,
        "geometry": point.map(|p| json!({"type": "Point", "coordinates": [p.lon, p.lat]})),
        "properties": properties,
    })
}
