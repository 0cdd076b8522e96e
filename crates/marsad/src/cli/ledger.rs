//! How do the watched addresses stand?
//!
//! A table for people, one JSON object a line for programs: every address with
//! its state, or every visit to one of them.

use super::Done;
use super::args::Ledger;
use super::console::{Console, output_error};
use crate::Error;
use clap::ValueEnum;
use comfy_table::{Table, presets};
use marsad_store::{Address, Store, VisitRow};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write, stdout};

pub fn run(args: &Ledger, console: &Console) -> Result<Done, Error> {
    let store = Store::open_read_only(&console.store)?;
    match &args.url {
        Some(url) => visits(&store, url, console),
        None => addresses(&store, args, console),
    }
}

fn addresses(store: &Store, args: &Ledger, console: &Console) -> Result<Done, Error> {
    let (kind, state) = (args.kind.map(name), args.state.map(name));
    let addresses = store.addresses(kind.as_deref(), state.as_deref())?;
    if !console.human {
        return lines(addresses.iter().map(address_json));
    }
    let row = |a: &Address| {
        let why = a.reason.clone().or_else(|| a.skipped.clone()).unwrap_or_default();
        let next = a.next.clone().unwrap_or_default();
        [label("state", &a.state, console), label("address", &a.kind, console), why, next, a.url.clone()]
    };
    print(&["state", "kind", "reason", "next", "url"], addresses.iter().map(row), console)?;
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for address in &addresses {
        *counts.entry((&address.kind, &address.state)).or_default() += 1;
    }
    let count = |((kind, state), n): (&(&str, &str), &usize)| {
        format!("{} {}: {n}", label("address", kind, console), label("state", state, console))
    };
    console.note(&console.list(&counts.iter().map(count).collect::<Vec<_>>()));
    Ok(Done::Well)
}

fn visits(store: &Store, url: &str, console: &Console) -> Result<Done, Error> {
    if store.address(url)?.is_none() {
        let error = Error::new("no_such_address", format!("{url} is not in the ledger"));
        return Err(error.with_hint("`marsad ledger` lists all addresses"));
    }
    let visits = store.visits(Some(url))?;
    if !console.human {
        return lines(visits.iter().map(visit_json));
    }
    let row = |v: &VisitRow| {
        let status = v.status.map(|s| s.to_string()).unwrap_or_default();
        [v.at.clone(), label("state", &v.state, console), status, v.message.clone().unwrap_or_default(), v.url.clone()]
    };
    print(&["asked", "state", "http", "reason", "url"], visits.iter().map(row), console)?;
    Ok(Done::Well)
}

fn print<const N: usize>(
    columns: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
    console: &Console,
) -> Result<(), Error> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(columns.map(|name| console.label("ledger", name)));
    rows.for_each(|row| {
        table.add_row(row);
    });
    let mut out = BufWriter::new(stdout().lock());
    let mut write = || {
        table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))?;
        out.flush()
    };
    write().map_err(output_error)
}

fn lines(rows: impl Iterator<Item = Value>) -> Result<Done, Error> {
    let mut out = BufWriter::new(stdout().lock());
    for row in rows {
        writeln!(out, "{row}").map_err(output_error)?;
    }
    out.flush().map_err(output_error)?;
    Ok(Done::Well)
}

fn address_json(a: &Address) -> Value {
    let capture = a.capture.as_ref().map(|c| {
        json!({"file": format!("raw/web/{}", c.warc), "offset": c.offset, "length": c.length, "sha256": c.sha256,
            "fetched": c.fetched})
    });
    json!({
        "url": a.url, "kind": a.kind, "state": a.state, "reason": a.reason, "message": a.message, "feed": a.feed,
        "title": a.title, "published": a.published, "tries": a.tries, "failures": a.failures, "status": a.status,
        "moved_to": a.moved_to, "first_seen": a.first_seen, "asked": a.asked, "next": a.next, "capture": capture,
        "in_feed": a.is_in_feed, "document": a.document, "skipped": a.skipped,
    })
}

fn visit_json(v: &VisitRow) -> Value {
    let file = v.warc.as_ref().map(|warc| format!("raw/web/{warc}"));
    json!({
        "at": v.at, "address": v.address, "url": v.url, "state": v.state, "reason": v.reason, "message": v.message,
        "status": v.status, "file": file, "offset": v.offset,
    })
}

fn label(section: &str, word: &str, console: &Console) -> String {
    console.label(section, word)
}

/// The name of a value on the command line, which is its name in the ledger.
fn name(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|v| v.get_name().to_string()).unwrap_or_default()
}
