//! How do incidents get into a spreadsheet, a map, another program?
//!
//! A file is written under a temporary name beside its own and renamed at the
//! end, so that a full disk never leaves half a file where a whole one was.

use super::Done;
use super::args::{Export, ExportFormat};
use super::console::{Console, output_error};
use super::list::filter;
use crate::Error;
use marsad_store::{Store, export, wire::Resolved};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write, stdout};
use std::path::Path;

pub fn run(args: &Export, console: &Console) -> Result<Done, Error> {
    if args.bom && args.format != ExportFormat::Csv {
        return Err(Error::new("usage", "--bom is for CSV only").with_hint("leave it out, or say --as csv"));
    }
    let incidents = Store::open_read_only(&console.store)?.incidents(&filter(&args.which))?;
    match &args.output {
        Some(path) => to_file(path, &incidents, args).map_err(|e| Error::io(path, e))?,
        None => write(&incidents, args, BufWriter::new(stdout().lock())).map_err(output_error)?,
    }
    console.note(&console.say("summary.export", &[("count", &incidents.len())]));
    Ok(Done::Well)
}

fn write(incidents: &[Resolved], args: &Export, to: impl Write) -> io::Result<()> {
    match args.format {
        ExportFormat::Csv => export::csv(incidents, export::CsvOptions { bom: args.bom }, to),
        ExportFormat::Geojson => export::geojson(incidents, to),
        ExportFormat::Ndjson => export::ndjson(incidents, to),
    }
}

fn to_file(path: &Path, incidents: &[Resolved], args: &Export) -> io::Result<()> {
    // A device such as /dev/stdout cannot be renamed over.
    if path.exists() && !path.is_file() {
        return write(incidents, args, BufWriter::new(File::create(path)?));
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = File::create(&part).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(incidents, args, &mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    });
    let finished = written.and_then(|()| fs::rename(&part, path));
    if finished.is_err() {
        // Nothing more can be done when even this fails; the first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    finished
}
