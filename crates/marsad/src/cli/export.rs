//! How do incidents get into a spreadsheet, a map, another program?
//!
//! A file is written under a temporary name beside its own and renamed at the
//! end, so that a full disk never leaves half a file where a whole one was.

use super::Done;
use super::args::{Export, ExportFormat};
use super::console::{Console, output_error};
use super::list::filter;
use super::stores::opened;
use crate::Error;
use jiff::Timestamp;
use marsad_ingest::fetch::{About, Capture, Packed, WaczError, write_wacz};
use marsad_store::{Store, export, wire::Resolved};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write, stdout};
use std::path::Path;

pub fn run(args: &Export, console: &Console) -> Result<Done, Error> {
    if args.bom && args.format != ExportFormat::Csv {
        return Err(Error::new("usage", "--bom is for CSV only").with_hint("leave it out, or say --as csv"));
    }
    let store = opened(console, args.which.as_of.as_deref())?;
    let incidents = store.incidents(&filter(&args.which))?;
    if args.format == ExportFormat::Wacz {
        return captures(&store, &incidents, args, console);
    }
    match &args.output {
        Some(path) => to_file(path, |file| write(&incidents, args, file)).map_err(|e| Error::io(path, e))?,
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
        ExportFormat::Wacz => unreachable!("a package is written from captures"),
    }
}

fn to_file(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    // A device such as /dev/stdout cannot be renamed over.
    if path.exists() && !path.is_file() {
        let mut file = BufWriter::new(File::create(path)?);
        write(&mut file)?;
        return file.flush();
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = File::create(&part).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    });
    let finished = written.and_then(|()| fs::rename(&part, path));
    if finished.is_err() {
        // Nothing more can be done when even this fails; the first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    finished
}

/// The pages behind the incidents, with the redirects that led to them.
fn captures(store: &Store, incidents: &[Resolved], args: &Export, console: &Console) -> Result<Done, Error> {
    let Some(path) = &args.output else {
        let error = Error::new("usage", "a package cannot be written to standard output");
        return Err(error.with_hint("say --output FILE.wacz"));
    };
    let told: BTreeSet<&str> = incidents.iter().flat_map(|i| &i.tellings).map(|t| t.document.as_str()).collect();
    let captures = captures_of(store, &told)?;
    let about = About {
        software: format!("marsad {}", crate::VERSION),
        title: console.say("export.title", &[("count", &incidents.len())]),
        description: None,
        created: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    let mut packed: Option<Result<Packed, WaczError>> = None;
    let written = to_file(path, |file| {
        let done = packed.insert(write_wacz(file, &captures, &about));
        if done.is_ok() { Ok(()) } else { Err(io::Error::other("not written")) }
    });
    let packed = match packed {
        Some(packed) => packed.map_err(|e| Error::new(e.code(), e.to_string()).with_hint(e.hint()))?,
        None => return Err(written.map_or_else(|e| Error::io(path, e), |()| Error::new("io", "nothing was written"))),
    };
    written.map_err(|e| Error::io(path, e))?;
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("captures", &packed.captures), ("pages", &packed.pages), ("sha256", &packed.sha256)];
    console.note(&console.say("summary.export_wacz", &values));
    Ok(Done::Well)
}

fn captures_of(store: &Store, documents: &BTreeSet<&str>) -> Result<Vec<Capture>, Error> {
    let folder = store.captures_dir();
    let mut captures = vec![];
    let pages = store.addresses(Some("page"), None)?.into_iter();
    for page in pages.filter(|p| p.document.as_deref().is_some_and(|d| documents.contains(d))) {
        let last = page.capture.iter().map(|c| (c.warc.clone(), c.offset, true));
        let on_the_way = store.visits(Some(&page.url))?.into_iter().filter_map(|v| Some((v.warc?, v.offset?, false)));
        let on_the_way = on_the_way
            .filter(|(warc, offset, _)| page.capture.as_ref().is_none_or(|c| (&c.warc, c.offset) != (warc, *offset)));
        let capture = |(warc, offset, is_page): (String, u64, bool)| Capture {
            warc: folder.join(warc),
            offset,
            title: page.title.clone(),
            is_page,
        };
        captures.extend(last.chain(on_the_way.collect::<Vec<_>>()).map(capture));
    }
    Ok(captures)
}
