//! Which incidents does the store hold?
//!
//! A table for people, one JSON object a line for programs. The filters of
//! [`Which`] are those of `export` too.

use super::Done;
use super::args::{List, Which};
use super::console::{Console, output_error};
use super::stores::opened;
use super::values;
use crate::Error;
use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use marsad_store::{Filter, export, wire::Resolved};
use std::io::{BufWriter, Write, stdout};

pub fn run(args: &List, console: &Console) -> Result<Done, Error> {
    let store = opened(console, args.which.as_of.as_deref())?;
    let filter = filter(&args.which);
    let incidents = store.incidents(&filter)?;
    let out = BufWriter::new(stdout().lock());
    if console.human {
        print_table(&incidents, out, console).map_err(output_error)?;
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("shown", &incidents.len()), ("all", &store.count(&filter)?)];
        console.note(&console.say("summary.list", &values));
    } else {
        export::ndjson(&incidents, out).map_err(output_error)?;
    }
    Ok(Done::Well)
}

/// The store's question for the options of the command line.
pub fn filter(which: &Which) -> Filter {
    Filter {
        types: which.types.clone(),
        countries: which.countries.iter().map(|c| c.to_ascii_uppercase()).collect(),
        since: which.since.map(|(first, _)| first),
        until: which.until.map(|(_, last)| last),
        dated: which.dated,
        within: which.within.clone(),
        near: which.near,
        killed_at_least: which.killed,
        limit: which.limit,
        ..Filter::default()
    }
}

const COLUMNS: [&str; 8] = ["id", "date", "type", "place", "killed", "wounded", "sources", "conflicts"];
/// Columns of numbers stand flush right, whatever the language.
const RIGHT: [usize; 3] = [4, 5, 6];
/// Columns that are never broken over two lines; the others give way on a narrow terminal.
const WHOLE: [usize; 4] = [0, 1, 4, 5];
/// A terminal that says it is narrower than this has not said how wide it is.
const WIDTH_MIN: u16 = 40;

fn print_table(incidents: &[Resolved], mut out: impl Write, console: &Console) -> std::io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if table.width().is_some_and(|columns| columns >= WIDTH_MIN) {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    table.set_header(COLUMNS.map(|name| heading(name, console)));
    for resolved in incidents {
        table.add_row(row(resolved, console));
    }
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if RIGHT.contains(&number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if WHOLE.contains(&number) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()
}

fn heading(name: &str, console: &Console) -> Cell {
    let cell = Cell::new(console.say(&format!("column.{name}"), &[]));
    if console.color { cell.add_attribute(Attribute::Bold) } else { cell }
}

fn row(resolved: &Resolved, console: &Console) -> [String; 8] {
    let incident = &resolved.incident;
    [
        incident.id.clone(),
        values::date(&incident.date),
        values::event(incident, console),
        place(resolved, console),
        values::quantity(&incident.casualties.killed),
        values::quantity(&incident.casualties.wounded),
        format!("{}/{}", resolved.tellings.len(), resolved.voices),
        conflicts(resolved, console),
    ]
}

fn place(resolved: &Resolved, console: &Console) -> String {
    let place = resolved.incident.place.as_ref();
    let country = place.and_then(|p| p.country.as_deref()).filter(|c| *c != "XX");
    let name = values::place(place, console);
    country.map_or(name.clone(), |code| format!("{name} {code}"))
}

/// `≠ killed, wounded`: the fields of which the sources say different things.
fn conflicts(resolved: &Resolved, console: &Console) -> String {
    let fields: Vec<String> = resolved.conflicts.iter().map(|c| console.label("field", &c.field)).collect();
    match fields.len() {
        0 => String::new(),
        1..=2 => format!("≠ {}", console.list(&fields)),
        more => format!("≠ {}", console.list(&[fields[0].clone(), format!("+{}", more - 1)])),
    }
}
