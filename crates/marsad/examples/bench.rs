//! How fast is `extract` as a whole, and how far from the least that any
//! reader of these bytes must do?
//!
//! One thread over generated documents, from bytes to JSON, in CPU seconds.
//! The floor is what nobody can leave out: read the bytes, validate them as
//! UTF-8, fold them, and pass one automaton with all words of the data over
//! them. Also: start-up time, peak memory, and whether one long text takes
//! longer than eight short ones of the same sentences, with full stops or none.
//! `cargo run --release -p marsad --example bench [DOCUMENTS]`.

#[path = "../benches/common/mod.rs"]
mod common;
#[path = "../benches/common/cost.rs"]
mod cost;

use cost::{cpu_seconds, peak_memory_kb};
use daachorse::CharwiseDoubleArrayAhoCorasick;
use marsad::extract::Reader;
use marsad::ingest::{Ingester, Item, RawArticle};
use marsad::lang::Resources;
use marsad::store::wire;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let count = std::env::args().nth(1).map_or(Ok(2_800), |n| n.parse())?;
    let started = Instant::now();
    let res = marsad::resources(None)?;
    let reader = Reader::new(&res)?;
    let ingester = Ingester::new(&res);
    println!("start-up          {:.0} ms", started.elapsed().as_secs_f64() * 1e3);

    let folder = std::env::temp_dir().join(format!("marsad-bench-{}", std::process::id()));
    let megabytes = write(&folder, common::generated(count))? as f64 / 1e6;
    let path = folder.to_string_lossy().into_owned();
    let words = automaton(&res)?;
    let extract = cpu_seconds(|| whole(&path, &reader, &ingester))?;
    let floor = cpu_seconds(|| least(&path, &res, &words))?;
    std::fs::remove_dir_all(&folder)?;

    println!("documents         {count}, {megabytes:.1} MB");
    println!("extract           {:.0} documents/CPU-s, {:.2} MB/CPU-s", count as f64 / extract, megabytes / extract);
    println!("of 3 kB each      {:.0} documents/CPU-s", megabytes * 1e3 / 3.0 / extract);
    println!("floor             {:.0} documents/CPU-s, {:.2} MB/CPU-s", count as f64 / floor, megabytes / floor);
    println!("extract / floor   {:.1}", extract / floor);
    println!("peak memory       {} MB", peak_memory_kb().unwrap_or(0) / 1024);
    for (name, stop) in [("full stops", ". "), ("commas", "، "), ("no signs", " ")] {
        let texts = |count: usize, kb: usize| {
            cpu_seconds(|| (0..count).try_for_each(|_| one(common::endless(stop, kb * 1000), &reader, &ingester)))
        };
        println!("800 kB, {name:<10} {:.2} CPU-s in one text, {:.2} in eight", texts(1, 800)?, texts(8, 100)?);
    }
    Ok(())
}

fn write(folder: &std::path::Path, documents: Vec<RawArticle>) -> Result<usize, Failure> {
    std::fs::create_dir_all(folder)?;
    for document in &documents {
        std::fs::write(folder.join(&document.source), &document.raw)?;
    }
    Ok(common::bytes(&documents))
}

/// What `marsad extract` does, on one thread, into nowhere.
fn whole(path: &str, reader: &Reader, ingester: &Ingester) -> Result<(), Failure> {
    for item in marsad::ingest::articles(path)? {
        let Item::Article(article) = item else { continue };
        one(article, reader, ingester)?;
    }
    Ok(())
}

fn one(article: RawArticle, reader: &Reader, ingester: &Ingester) -> Result<(), Failure> {
    if let Ok(reading) = marsad::read_one(reader, ingester, article) {
        black_box(serde_json::to_string(&wire::reading(&reading))?);
    }
    Ok(())
}

/// The least that a reader of these bytes must do.
fn least(path: &str, res: &Resources, words: &CharwiseDoubleArrayAhoCorasick<u32>) -> Result<(), Failure> {
    for file in std::fs::read_dir(path)? {
        let bytes = std::fs::read(file?.path())?;
        let folded = res.fold.fold(std::str::from_utf8(&bytes)?);
        black_box(words.find_overlapping_iter(&folded.text).count());
    }
    Ok(())
}

/// All Arabic strings of the data, folded: the words that extraction knows.
fn automaton(res: &Resources) -> Result<CharwiseDoubleArrayAhoCorasick<u32>, Failure> {
    let strings = marsad::SHIPPED.iter().flat_map(|(_, text)| text.split('"'));
    let arabic = |s: &&str| s.chars().any(|c| ('\u{620}'..='\u{64a}').contains(&c)) && !s.contains('\n');
    let words: BTreeSet<String> =
        strings.filter(arabic).map(|s| res.fold.fold_str(s)).filter(|s| !s.is_empty()).collect();
    CharwiseDoubleArrayAhoCorasick::new(words).map_err(|e| format!("{e:?}").into())
}
