//! How do articles get into the store?
//!
//! Read, extract, keep, chunk by chunk; then the incidents are brought up to
//! what the store holds. Each chunk is one transaction, so an
//! interrupted run keeps what it had, and running again finishes the work.
//! The same articles twice change nothing, and are not even read again.

use super::Done;
use super::args::Ingest;
use super::articles::{Counts, each_chunk};
use super::console::Console;
use super::stores::now;
use crate::{Error, Resolution, provenance, read_one, resolve_store};
use marsad_extract::Reader;
use marsad_ingest::{Ingester, Markup, RawArticle};
use marsad_model::Reading;
use marsad_store::{Article, Incoming, Outcome, Provenance, Store};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

pub fn run(args: &Ingest, console: &Console) -> Result<Done, Error> {
    let res = crate::resources(console.data())?;
    let reader = Reader::new(&res)?;
    let ingester = Ingester::new(&res);
    let keeper = Mutex::new(Keeper::new(&console.store, provenance(&res))?);
    let work = |article: RawArticle| {
        if locked(&keeper).knows(&article) {
            return Ok(None);
        }
        let raw = article.raw.clone();
        read_one(&reader, &ingester, article).map(|reading| Some((raw, reading)))
    };
    let done = each_chunk(&args.given, console, work, |chunk| locked(&keeper).keep(chunk));
    let mut keeper = keeper.into_inner().expect("no thread panicked while it held the keeper");
    match done {
        Ok(counts) => finish(&mut keeper, counts, args.anew, console),
        Err(error) if keeper.kept() > 0 => {
            console.error(&error);
            console.note(&console.say("note.kept_before_failure", &[("count", &keeper.kept())]));
            Ok(Done::Partly)
        }
        Err(error) => Err(error),
    }
}

/// The store, made with the first chunk where there is none: a mistyped path must
/// not leave an empty store behind.
struct Keeper<'a> {
    dir: &'a Path,
    store: Option<Store>,
    read_by: Provenance,
    added: usize,
    replaced: usize,
    unchanged: usize,
}

/// An article's bytes and what was read in them; `None` when the store has both already.
type Read = Option<(Vec<u8>, Reading)>;

/// Questions to the store take turns; reading, which takes the time, does not.
fn locked<'k, 'a>(keeper: &'k Mutex<Keeper<'a>>) -> MutexGuard<'k, Keeper<'a>> {
    keeper.lock().expect("no thread panicked while it held the keeper")
}

impl<'a> Keeper<'a> {
    fn new(dir: &'a Path, read_by: Provenance) -> Result<Keeper<'a>, Error> {
        let store = dir.join("marsad.db").is_file().then(|| Store::open(dir)).transpose()?;
        Ok(Keeper { dir, store, read_by, added: 0, replaced: 0, unchanged: 0 })
    }

    /// A store that cannot answer is no reason not to read; what is wrong with it comes out when it must keep something.
    fn knows(&self, article: &RawArticle) -> bool {
        let (sha256, outlet) = (article.sha256(), article.outlet_given());
        let known = Article {
            id: article.id.as_deref().unwrap_or(&sha256),
            sha256: &sha256,
            // The text of a page is known only when it was opened; its bytes tell whether it is the same.
            text: (article.markup == Markup::None).then_some(article.text.as_str()),
            outlet: outlet.as_deref(),
            published: article.published,
        };
        self.store.as_ref().is_some_and(|store| store.is_current(&known, &self.read_by).unwrap_or(false))
    }

    fn keep(&mut self, chunk: Vec<Read>) -> Result<(), Error> {
        let articles = chunk.len();
        let chunk: Vec<(Vec<u8>, Reading)> = chunk.into_iter().flatten().collect();
        self.unchanged += articles - chunk.len();
        if chunk.is_empty() {
            return Ok(());
        }
        if self.store.is_none() {
            self.store = Some(Store::open_or_create(self.dir)?);
        }
        if let Some(store) = &self.store {
            store.set_time(&now())?;
        }
        let store = self.store.as_mut().expect("opened above");
        let incoming: Vec<Incoming> = chunk.iter().map(|(raw, reading)| Incoming { raw, reading }).collect();
        for outcome in store.put_documents(&incoming, &self.read_by)? {
            match outcome {
                Outcome::Added => self.added += 1,
                Outcome::Replaced => self.replaced += 1,
                Outcome::Unchanged => self.unchanged += 1,
            }
        }
        Ok(())
    }

    fn kept(&self) -> usize {
        self.added + self.replaced + self.unchanged
    }
}

fn finish(keeper: &mut Keeper, counts: Counts, is_anew: bool, console: &Console) -> Result<Done, Error> {
    let Some(store) = keeper.store.as_mut() else {
        console.note(&console.say("note.nothing_kept", &[("reasons", &counts.reasons())]));
        return Ok(Done::Partly);
    };
    let replaced = if is_anew { Resolution::default().anew(store)? } else { resolve_store(store)? };
    let values: [(&str, &dyn std::fmt::Display); 8] = [
        ("new", &keeper.added),
        ("changed", &keeper.replaced),
        ("unchanged", &keeper.unchanged),
        ("skipped", &counts.skipped_total()),
        ("reasons", &counts.reasons()),
        ("incidents", &replaced.ids.len()),
        ("created", &replaced.created.len()),
        ("seconds", &counts.seconds()),
    ];
    console.note(&console.say("summary.ingest", &values));
    Ok(counts.done())
}
