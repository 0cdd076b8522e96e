//! How do kept pages become documents?
//!
//! From the file in which they are kept, as often as need be: the ledger knows
//! which were not read yet. A page that does not tell its day takes the day that
//! its feed gave it.

use crate::{Error, provenance, read_one};
use marsad_extract::Reader;
use marsad_ingest::{Ingester, RawArticle, Skipped, fetch};
use marsad_lang::Resources;
use marsad_model::{Reading, Retrieval};
use marsad_store::{Address, Incoming, Outcome, Provenance, Store};
use rayon::prelude::*;
use std::path::Path;

/// Reads pages on all threads.
pub struct Readers<'r> {
    reader: Reader<'r>,
    ingester: Ingester<'r>,
    read_by: Provenance,
}

/// What reading came to.
#[derive(Default)]
pub struct ReadPages {
    pub pages: usize,
    pub documents: usize,
    pub skipped: usize,
}

impl<'r> Readers<'r> {
    /// # Errors
    /// When the data cannot be used.
    pub fn new(res: &'r Resources) -> Result<Readers<'r>, Error> {
        Ok(Readers { reader: Reader::new(res)?, ingester: Ingester::new(res), read_by: provenance(res) })
    }

    /// Reads so many of the pages that were kept and not read yet.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn read_some(&self, store: &mut Store, limit: usize) -> Result<ReadPages, Error> {
        let pages = store.unread(limit)?;
        let folder = store.captures_dir();
        let read: Vec<_> = pages.par_iter().map(|page| self.read(&folder, page)).collect();
        let documents: Vec<Incoming> = read.iter().flatten().map(|(raw, reading)| Incoming { raw, reading }).collect();
        let outcomes = store.put_documents(&documents, &self.read_by)?;
        let outcome = |read: &Result<(Vec<u8>, Reading), Skipped>| match read {
            Ok((_, reading)) => Ok(reading.document.id.clone()),
            Err(skipped) => Err(skipped.code.to_string()),
        };
        let noted: Vec<_> = pages.iter().zip(&read).map(|(page, read)| (page.url.clone(), outcome(read))).collect();
        store.record_reading(&noted)?;
        Ok(ReadPages {
            pages: pages.len(),
            documents: outcomes.iter().filter(|o| **o != Outcome::Unchanged).count(),
            skipped: read.iter().filter(|r| r.is_err()).count(),
        })
    }

    fn read(&self, folder: &Path, page: &Address) -> Result<(Vec<u8>, Reading), Skipped> {
        let article = kept_article(folder, page)?;
        let raw = article.raw.clone();
        let reading = read_one(&self.reader, &self.ingester, article.clone())?;
        let told = page.published.as_deref().and_then(marsad_ingest::days);
        match reading.document.published.day() {
            None if told.is_some() && article.published.is_none() => {
                let article = RawArticle { published: told, ..article };
                read_one(&self.reader, &self.ingester, article).map(|reading| (raw, reading))
            }
            _ => Ok((raw, reading)),
        }
    }
}

/// The article as it is kept: a page, or an entry of a feed.
fn kept_article(folder: &Path, page: &Address) -> Result<RawArticle, Skipped> {
    let damaged = |why: String| Skipped { source: page.url.clone(), code: "unreadable", message: why, hint: None };
    let capture = page.capture.as_ref().ok_or_else(|| damaged("nothing was kept".to_string()))?;
    let kept = fetch::read(&folder.join(&capture.warc), capture.offset).map_err(|e| damaged(e.to_string()))?;
    let body = kept.fetched.body().map_err(damaged)?;
    let retrieval = Retrieval {
        url: Some(kept.fetched.url.clone()),
        file: Some(format!("raw/web/{}", capture.warc)),
        offset: Some(capture.offset),
        fetched: Some(capture.fetched.clone()),
        content_type: kept.fetched.header("content-type").map(str::to_string),
    };
    if !page.is_in_feed {
        return Ok(RawArticle::page(&page.url, body, retrieval));
    }
    let feed = page.feed.as_deref().unwrap_or_default();
    let of_page = |entry: &marsad_ingest::FeedEntry| {
        let address = entry.url.as_deref().and_then(fetch::plain_address);
        address.unwrap_or_else(|| super::desk::entry_address(feed, entry)) == page.url
    };
    let entries = marsad_ingest::feed(feed, &body, &retrieval)?.entries;
    let found = entries.into_iter().find(of_page).map(|entry| entry.article);
    found.ok_or_else(|| damaged("its feed no longer carries it".to_string()))
}
