//! How do thousands of articles pass through without filling the memory?
//!
//! One thread opens the inputs and gathers chunks of articles; all threads work
//! on a chunk; its results leave in input order before the next chunk begins.
//! What cannot be read is said, counted and left behind.

use super::Done;
use super::args::Given;
use super::console::Console;
use crate::Error;
use indicatif::ProgressBar;
use marsad_ingest::{Item, RawArticle, Skipped};
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

/// A chunk ends at so many articles or bytes, whichever comes first: enough to
/// keep many cores busy, little enough to hold two chunks in memory.
const CHUNK_ARTICLES: usize = 256;
const CHUNK_BYTES: usize = 8 << 20;
/// So many skipped files are listed for each reason, the others only counted.
const LISTED_MAX: usize = 20;
/// Reasons that mean "could not be read", as against "nothing to read here".
const FAILURES: &[&str] =
    &["unreadable", "bad_json", "bad_record", "bad_feed", "bad_archive", "too_long", "not_text", "no_text"];

/// What a run over the inputs came to.
pub struct Counts {
    pub read: usize,
    /// Skipped articles by reason.
    pub skipped: BTreeMap<String, usize>,
    report: Option<Report>,
    started: Instant,
}

/// The file of `--report`: a line for everything that was skipped.
struct Report {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Report {
    fn create(path: &Path) -> Result<Report, Error> {
        let out = File::create(path).map(BufWriter::new).map_err(|e| Error::io(path, e))?;
        Ok(Report { path: path.to_path_buf(), out })
    }

    fn line(&mut self, skipped: &Skipped) -> Result<(), Error> {
        let Skipped { source, code, message, hint } = skipped;
        let line = json!({"source": source, "code": code, "message": message, "hint": hint});
        writeln!(self.out, "{line}").map_err(|e| Error::io(&self.path, e))
    }
}

impl Counts {
    fn new(report: Option<&Path>) -> Result<Counts, Error> {
        let report = report.map(Report::create).transpose()?;
        Ok(Counts { read: 0, skipped: BTreeMap::new(), report, started: Instant::now() })
    }

    pub fn skipped_total(&self) -> usize {
        self.skipped.values().sum()
    }

    /// ` (empty 2, not_arabic 1)`, or nothing.
    pub fn reasons(&self) -> String {
        let each: Vec<String> = self.skipped.iter().map(|(code, n)| format!("{code} {n}")).collect();
        if each.is_empty() { String::new() } else { format!(" ({})", each.join(", ")) }
    }

    pub fn seconds(&self) -> String {
        format!("{:.1}", self.started.elapsed().as_secs_f64())
    }

    /// Something could not be read, or there was something and none of it was.
    pub fn done(&self) -> Done {
        let failed = self.skipped.keys().any(|code| FAILURES.contains(&code.as_str()));
        if failed || self.read == 0 { Done::Partly } else { Done::Well }
    }

    fn skip(&mut self, skipped: &Skipped, console: &Console, bar: &ProgressBar) -> Result<(), Error> {
        self.report.as_mut().map_or(Ok(()), |report| report.line(skipped))?;
        let count = self.skipped.entry(skipped.code.to_string()).or_default();
        *count += 1;
        if *count <= LISTED_MAX {
            bar.suspend(|| note(skipped, console));
        }
        Ok(())
    }

    /// Writes out what the report still holds.
    fn close_report(&mut self) -> Result<(), Error> {
        let Some(mut report) = self.report.take() else { return Ok(()) };
        report.out.flush().map_err(|e| Error::io(&report.path, e))
    }

    fn say_unlisted(&self, console: &Console) {
        for (code, count) in self.skipped.iter().filter(|(_, count)| **count > LISTED_MAX) {
            console.note(&console.say("note.more_skipped", &[("code", code), ("count", &(count - LISTED_MAX))]));
        }
    }
}

/// Does `work` on every article on all threads and hands the results of each
/// chunk, in input order, to `sink`.
///
/// # Errors
/// The error of `sink`; the error of an input when no input could be opened.
pub fn each_chunk<T: Send>(
    given: &Given,
    console: &Console,
    work: impl Fn(RawArticle) -> Result<T, Skipped> + Sync,
    mut sink: impl FnMut(Vec<T>) -> Result<(), Error>,
) -> Result<Counts, Error> {
    let mut counts = Counts::new(given.report.as_deref())?;
    let bar = console.progress(given.paths.iter().map(|p| marsad_ingest::total_bytes(p)).sum());
    std::thread::scope(|scope| {
        let (to_here, chunks) = sync_channel(1);
        let reader = scope.spawn(move || gather(given, to_here));
        for chunk in chunks {
            let results: Vec<Result<T, Skipped>> = chunk.items.into_par_iter().map(|item| one(item, &work)).collect();
            let mut done = vec![];
            for result in results {
                match result {
                    Ok(value) => done.push(value),
                    Err(skipped) => counts.skip(&skipped, console, &bar)?,
                }
            }
            counts.read += done.len();
            bar.inc(chunk.bytes as u64);
            bar.suspend(|| sink(done))?;
        }
        let failures = reader.join().expect("the reading thread does not panic");
        report(failures, given, console, &mut counts)
    })?;
    bar.finish_and_clear();
    counts.close_report()?;
    counts.say_unlisted(console);
    Ok(counts)
}

#[derive(Default)]
struct Chunk {
    items: Vec<Item>,
    bytes: usize,
}

impl Chunk {
    fn is_full(&self) -> bool {
        self.items.len() >= CHUNK_ARTICLES || self.bytes >= CHUNK_BYTES
    }
}

/// Opens the inputs one after the other; returns those that could not be opened.
fn gather(given: &Given, to: SyncSender<Chunk>) -> Vec<Error> {
    let mut failures = vec![];
    let mut chunk = Chunk::default();
    for path in &given.paths {
        let articles = match marsad_ingest::articles(path) {
            Ok(articles) => articles,
            Err(error) => {
                failures.push(Error::from(error));
                continue;
            }
        };
        for item in articles {
            chunk.bytes += bytes(&item);
            chunk.items.push(with_given(item, given));
            if chunk.is_full() && to.send(std::mem::take(&mut chunk)).is_err() {
                return failures; // nobody wants more: the output was closed
            }
        }
    }
    // A receiver that is gone has said why itself.
    let _ = to.send(chunk);
    failures
}

fn bytes(item: &Item) -> usize {
    match item {
        Item::Article(article) => article.raw.len(),
        Item::Skipped(_) => 0,
    }
}

/// What the command line says of all articles; the article's own word wins.
fn with_given(item: Item, given: &Given) -> Item {
    let Item::Article(mut article) = item else { return item };
    article.published = article.published.or(given.published);
    article.outlet = article.outlet.or_else(|| given.outlet.clone());
    Item::Article(article)
}

fn one<T>(item: Item, work: impl Fn(RawArticle) -> Result<T, Skipped>) -> Result<T, Skipped> {
    match item {
        Item::Article(article) => work(article),
        Item::Skipped(skipped) => Err(skipped),
    }
}

/// When nothing could be opened the command fails; else the others were read and the failure is counted.
fn report(failures: Vec<Error>, given: &Given, console: &Console, counts: &mut Counts) -> Result<(), Error> {
    let all_failed = failures.len() == given.paths.len();
    let mut failures = failures.into_iter();
    if all_failed && given.paths.len() == 1 {
        return failures.next().map_or(Ok(()), Err);
    }
    for error in failures {
        console.error(&error);
        *counts.skipped.entry("unreadable".to_string()).or_default() += 1;
    }
    if counts.read == 0 && counts.skipped.keys().all(|code| code == "unreadable") {
        let paths = given.paths.join(", ");
        return Err(Error::new("no_articles", console.say("note.no_articles", &[("paths", &paths)]))
            .with_hint(console.say("note.no_articles_hint", &[])));
    }
    Ok(())
}

fn note(skipped: &Skipped, console: &Console) {
    let message = console.word(&format!("skip.{}", skipped.code), &skipped.message);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("source", &skipped.source), ("message", &message), ("code", &skipped.code)];
    console.note(&console.say("note.skipped", &values));
    let hint = console.messages.find(&format!("hint.{}", skipped.code)).or(skipped.hint.as_deref());
    if let Some(hint) = hint {
        console.note(&format!("  {}: {hint}", console.say("word.hint", &[])));
    }
}
