//! What does it cost to add a thousand reports to a store with much in it?
//!
//! An invented world (`marsad-resolve/tests/world`) is put into a store as readings as large as real ones: each carries the text,
//! mentions and segments of a sample article. Then all incidents are resolved, more reports come, and they are resolved again:
//! by a new process each time, as `ingest` does, or with `--kept` by one that keeps running, as `watch` does. At the end everything
//! is resolved anew, which must change nothing.
//!
//! `cargo run --release -p marsad --example additions -- TELLINGS MORE [--dir FOLDER] [--rounds N] [--kept]`

#[path = "../../marsad-resolve/tests/world/mod.rs"]
mod world;

use marsad::Resolution;
use marsad::ingest::{Ingester, RawArticle};
use marsad::model::Reading;
use marsad::resolve::Claim;
use marsad::store::{Incoming, Provenance, Store};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;
use world::World;

const SAMPLE: &str = include_str!("../../../examples/articles/01-ain-al-asad-wire-a.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1));
    let number = |at: usize| args.get(at).and_then(|word| word.parse::<usize>().ok());
    let (Some(tellings), Some(more)) = (number(0), number(1)) else { return Err("TELLINGS MORE".into()) };
    let rounds: usize = option("--rounds").map_or(Ok(1), |n| n.parse())?;
    let folder = option("--dir").map_or_else(|| std::env::temp_dir().join("marsad-additions"), PathBuf::from);
    measure(&folder, tellings, more, rounds, args.iter().any(|a| a == "--kept"))
}

fn measure(folder: &Path, tellings: usize, more: usize, rounds: usize, is_kept: bool) -> Result<(), Box<dyn Error>> {
    let sample = sample()?;
    let mut documents = documents(tellings + rounds * more);
    let mut store = Store::create(folder)?;
    let mut later: Vec<Vec<Claim>> = vec![];
    let (every, mut at) = ((tellings + rounds * more) / (rounds * more).max(1), 0);
    documents.retain_mut(|claims| {
        at += claims.len();
        let is_later =
            at / every != (at - claims.len()) / every && later.iter().map(Vec::len).sum::<usize>() < rounds * more;
        if is_later {
            later.push(std::mem::take(claims));
        }
        !is_later
    });
    timed("put", || put(&mut store, &documents, &sample))?;
    drop(documents);
    let mut resolution = Resolution::default();
    timed("everything", || Ok(format!("{} incidents", resolution.bring_up(&mut store)?.ids.len())))?;
    for portion in later.chunks(later.len().div_ceil(rounds).max(1)) {
        let count: usize = portion.iter().map(Vec::len).sum();
        timed(&format!("put {count} more"), || put(&mut store, portion, &sample))?;
        if !is_kept {
            resolution = Resolution::default();
        }
        timed("resolve", || {
            let replaced = resolution.bring_up(&mut store)?;
            Ok(format!("{} incidents, {} new", replaced.ids.len(), replaced.created.len()))
        })?;
    }
    drop(resolution);
    timed("everything anew", || Ok(format!("changed: {}", Resolution::default().anew(&mut store)?.changed)))
}

/// The claims of each invented document.
fn documents(tellings: usize) -> Vec<Vec<Claim>> {
    let mut documents: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for told in World::new(7, tellings).told() {
        let claims = documents.entry(told.claim.document.clone()).or_default();
        if claims.iter().all(|claim| claim.incident.id != told.claim.incident.id) {
            claims.push(told.claim);
        }
    }
    documents.into_values().collect()
}

fn sample() -> Result<Reading, Box<dyn Error>> {
    let res = marsad::resources(None)?;
    let reader = marsad::extract::Reader::new(&res)?;
    let article = RawArticle::from_text("sample.txt", SAMPLE);
    marsad::read_one(&reader, &Ingester::new(&res), article).map_err(|skipped| skipped.message.into())
}

fn put(store: &mut Store, documents: &[Vec<Claim>], sample: &Reading) -> Result<String, Box<dyn Error>> {
    let read_by = Provenance { program_version: "invented".into(), resource_fingerprint: "invented".into() };
    for chunk in documents.chunks(512) {
        let readings: Vec<Reading> = chunk.iter().map(|claims| reading(claims, sample)).collect();
        let incoming: Vec<Incoming> = readings.iter().map(|reading| Incoming { raw: b"invented", reading }).collect();
        store.put_documents(&incoming, &read_by)?;
    }
    Ok(format!("{} documents", documents.len()))
}

fn reading(claims: &[Claim], sample: &Reading) -> Reading {
    let (first, mut reading) = (&claims[0], sample.clone());
    let document = &mut reading.document;
    document.id.clone_from(&first.document);
    document.source.clone_from(&first.source);
    document.outlet_given.clone_from(&first.outlet);
    document.sha256.clear();
    (document.published.earliest, document.published.latest) = (first.published_earliest, first.published_latest);
    reading.incidents = claims.iter().map(|claim| claim.incident.clone()).collect();
    reading.fingerprint = first.fingerprint.to_vec();
    reading.derivation.clear();
    reading
}

fn timed(what: &str, work: impl FnOnce() -> Result<String, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let (begun, cpu) = (Instant::now(), cpu_seconds());
    let came_of_it = work()?;
    let peak = status("VmHWM:") / 1024;
    println!(
        "{what:<20} {:7.2} s {:7.2} CPU-s, peak {peak} MB  {came_of_it}",
        begun.elapsed().as_secs_f64(),
        cpu_seconds() - cpu
    );
    Ok(())
}

fn status(key: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or_default()
}

/// Of this process, all threads; from hundredths of seconds.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|n| n.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}
