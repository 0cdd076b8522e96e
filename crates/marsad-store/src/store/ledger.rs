//! Which addresses are watched, and what came of asking them?
//!
//! One row an address, as it stands; one row a visit, as it went. An answer lies
//! in a WARC file under `raw/web/` and is flushed before its row is written, in
//! the same order: what a file holds behind the last place that a row names was
//! fetched, and lost its row in a crash. The ledger tells of the crawl, not of
//! what was read, and so is no part of the log.

use super::raw::hex_sha256;
use super::{Check, Store};
use crate::Error;
use crate::error::Failure;
use rusqlite::{Connection, Row, named_params};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// An address as it stands. Times are RFC 3339 in UTC, to the second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    /// `feed`, `page` or `robots`.
    pub kind: String,
    /// `waiting`, `kept`, `failed`, `gone`, `forbidden` or `refused`.
    pub state: String,
    /// The feed that named it.
    pub feed: Option<String>,
    pub title: Option<String>,
    /// The day that its feed gives it.
    pub published: Option<String>,
    /// Why it stands so: a word, and a sentence.
    pub reason: Option<String>,
    pub message: Option<String>,
    /// How often it was asked, and how often in a row in vain.
    pub tries: u64,
    pub failures: u32,
    pub status: Option<u16>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// Where a redirect told to go on, and how many there were.
    pub moved_to: Option<String>,
    pub hops: u32,
    pub first_seen: String,
    pub asked: Option<String>,
    /// When it is asked next; `None`: never again.
    pub next: Option<String>,
    /// Its last answer of use.
    pub capture: Option<Capture>,
    /// The answer is a feed that carries the whole article.
    pub is_in_feed: bool,
    /// What was read from it, or why nothing was.
    pub document: Option<String>,
    pub skipped: Option<String>,
}

/// Where an answer is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// The name of the file under `raw/web/`.
    pub warc: String,
    pub offset: u64,
    pub length: u64,
    /// Of these bytes of the file.
    pub sha256: String,
    /// When it was fetched.
    pub fetched: String,
}

/// One question and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The address as it stands after it.
    pub address: Address,
    /// What was asked for: the address, or where redirects had led.
    pub url: String,
    /// When.
    pub at: String,
    /// Where its answer is kept, when it is.
    pub capture: Option<Capture>,
    /// Nothing new: the row of the address is written, none for the visit.
    pub is_unchanged: bool,
    /// Addresses that its answer names; those that are known stay as they are.
    pub named: Vec<Address>,
}

/// A visit as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    pub at: String,
    pub address: String,
    pub url: String,
    pub state: String,
    pub reason: Option<String>,
    pub message: Option<String>,
    pub status: Option<u16>,
    pub warc: Option<String>,
    pub offset: Option<u64>,
}

impl Store {
    /// The folder of the captures.
    pub fn captures_dir(&self) -> PathBuf {
        captures_dir(&self.dir)
    }

    /// Makes these feeds the list of those that are watched: new ones are due at once, others
    /// go on as they stood, and feeds that are no longer in it rest.
    ///
    /// # Errors
    /// `read_only`, `locked`, `disk_full`.
    ///
    /// ```
    /// use marsad_store::Store;
    /// let folder = tempfile::tempdir()?;
    /// let mut store = Store::create(folder.path())?;
    /// store.watch_feeds(&[("https://a.example/rss".into(), None)], "2024-05-01T10:00:00Z")?;
    /// let due = store.due("2024-05-01T10:00:00Z")?;
    /// assert_eq!((due[0].kind.as_str(), due[0].state.as_str()), ("feed", "waiting"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn watch_feeds(&mut self, feeds: &[(String, Option<String>)], now: &str) -> Result<(), Error> {
        self.must_be_writable()?;
        self.write(|db| {
            db.execute("UPDATE addresses SET listed = 0 WHERE listed = 1", [])?;
            let mut upsert = db.prepare_cached(
                "INSERT INTO addresses (url, kind, state, title, first_seen, next, listed) VALUES (?1, 'feed', 'waiting', ?2, ?3, ?3, 1)
                 ON CONFLICT (url) DO UPDATE SET kind = 'feed', title = coalesce(?2, title), listed = 1",
            )?;
            feeds.iter().try_for_each(|(url, title)| upsert.execute((url, title, now)).map(|_| ()))?;
            Ok(())
        })
    }

    /// Writes what came of some questions: all of it or nothing.
    ///
    /// # Errors
    /// `read_only`, `locked`, `disk_full`.
    pub fn record_visits(&mut self, visits: &[Visit]) -> Result<(), Error> {
        self.write(|db| visits.iter().try_for_each(|visit| record(db, visit)))
    }

    /// Notes what was read from kept pages: a document, or why none.
    ///
    /// # Errors
    /// `read_only`, `locked`, `disk_full`.
    pub fn record_reading(&mut self, read: &[(String, Result<String, String>)]) -> Result<(), Error> {
        self.write(|db| {
            let mut update = db.prepare_cached("UPDATE addresses SET document = ?2, skipped = ?3 WHERE url = ?1")?;
            for (url, outcome) in read {
                update.execute((url, outcome.as_ref().ok(), outcome.as_ref().err()))?;
            }
            Ok(())
        })
    }

    /// The addresses to be asked at this time: feeds of the list before pages, the longest due first.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn due(&self, now: &str) -> Result<Vec<Address>, Error> {
        self.addresses_where("next <= ?1 AND (kind = 'page' OR listed = 1) ORDER BY kind, next, url", [now])
    }

    /// When the next address is to be asked; `None` when none ever is.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn next_due(&self) -> Result<Option<String>, Error> {
        let next = "SELECT min(next) FROM addresses WHERE kind = 'page' OR listed = 1";
        self.read(|db| Ok(db.query_row(next, [], |row| row.get(0))?))
    }

    /// Kept pages that were not read yet, in the order in which they were fetched.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn unread(&self, limit: usize) -> Result<Vec<Address>, Error> {
        let unread = "kind = 'page' AND state = 'kept' AND document IS NULL AND skipped IS NULL AND warc IS NOT NULL
            ORDER BY warc, offset, url LIMIT ?1";
        self.addresses_where(unread, [limit as i64])
    }

    /// One address, or `None`.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn address(&self, url: &str) -> Result<Option<Address>, Error> {
        Ok(self.addresses_where("url = ?1", [url])?.pop())
    }

    /// The address whose next question is for this url: the address itself, or one that was moved.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn address_asking(&self, url: &str) -> Result<Option<Address>, Error> {
        Ok(self.addresses_where("coalesce(moved_to, url) = ?1 ORDER BY url LIMIT 1", [url])?.pop())
    }

    /// The feed that answered last.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn last_heard(&self) -> Result<Option<Address>, Error> {
        let heard = "kind = 'feed' AND listed = 1 AND state = 'kept' ORDER BY asked DESC, url LIMIT 1";
        Ok(self.addresses_where(heard, [])?.pop())
    }

    /// The ledger, by kind and address; of one kind or state where these are given.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn addresses(&self, kind: Option<&str>, state: Option<&str>) -> Result<Vec<Address>, Error> {
        self.addresses_where(
            "(?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state = ?2) ORDER BY kind, url",
            (kind, state),
        )
    }

    /// What came of asking for an address, oldest first; of all addresses where none is given.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn visits(&self, address: Option<&str>) -> Result<Vec<VisitRow>, Error> {
        self.read(|db| {
            let mut rows = db.prepare(
                "SELECT at, address, url, state, reason, message, status, warc, offset FROM visits
                 WHERE ?1 IS NULL OR address = ?1 ORDER BY seq",
            )?;
            let visit = |row: &Row| {
                Ok(VisitRow {
                    at: row.get(0)?,
                    address: row.get(1)?,
                    url: row.get(2)?,
                    state: row.get(3)?,
                    reason: row.get(4)?,
                    message: row.get(5)?,
                    status: row.get(6)?,
                    warc: row.get(7)?,
                    offset: row.get::<_, Option<i64>>(8)?.map(|n| n as u64),
                })
            };
            Ok(rows.query_map([address], visit)?.collect::<Result<_, _>>()?)
        })
    }

    /// Where the last answer of a WARC file that the ledger knows of ends; 0 when it knows of none.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn captured_until(&self, warc: &str) -> Result<u64, Error> {
        let end = "SELECT coalesce(max(offset + length), 0) FROM visits WHERE warc = ?";
        self.read(|db| Ok(db.query_row(end, [warc], |row| row.get::<_, i64>(0))? as u64))
    }

    fn addresses_where(&self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<Address>, Error> {
        self.read(|db| {
            let mut rows = db.prepare_cached(&format!("SELECT * FROM addresses WHERE {condition}"))?;
            Ok(rows.query_map(values, address)?.collect::<Result<_, _>>()?)
        })
    }
}

pub(super) fn captures_dir(dir: &Path) -> PathBuf {
    dir.join("raw").join("web")
}

fn address(row: &Row) -> rusqlite::Result<Address> {
    let number = |name: &str| row.get::<_, Option<i64>>(name).map(|n| n.map(|n| n as u64));
    let capture = match row.get("warc")? {
        None => None,
        Some(warc) => Some(Capture {
            warc,
            offset: number("offset")?.unwrap_or_default(),
            length: number("length")?.unwrap_or_default(),
            sha256: row.get::<_, Option<String>>("sha256")?.unwrap_or_default(),
            fetched: row.get::<_, Option<String>>("fetched")?.unwrap_or_default(),
        }),
    };
    Ok(Address {
        url: row.get("url")?,
        kind: row.get("kind")?,
        state: row.get("state")?,
        feed: row.get("feed")?,
        title: row.get("title")?,
        published: row.get("published")?,
        reason: row.get("reason")?,
        message: row.get("message")?,
        tries: number("tries")?.unwrap_or_default(),
        failures: row.get("failures")?,
        status: row.get("status")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        moved_to: row.get("moved_to")?,
        hops: row.get("hops")?,
        first_seen: row.get("first_seen")?,
        asked: row.get("asked")?,
        next: row.get("next")?,
        capture,
        is_in_feed: row.get("in_feed")?,
        document: row.get("document")?,
        skipped: row.get("skipped")?,
    })
}

fn record(db: &Connection, visit: &Visit) -> Result<(), Failure> {
    let Visit { address, url, at, capture, is_unchanged, named } = visit;
    write(db, address, true)?;
    if !is_unchanged {
        let capture = capture.as_ref();
        db.prepare_cached(
            "INSERT INTO visits (at, address, url, state, reason, message, status, warc, offset, length)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute((
            at,
            &address.url,
            url,
            &address.state,
            &address.reason,
            &address.message,
            address.status,
            capture.map(|c| &c.warc),
            capture.map(|c| c.offset as i64),
            capture.map(|c| c.length as i64),
        ))?;
    }
    named.iter().try_for_each(|address| write(db, address, false))
}

/// Writes the row of an address; where `known` is false a row that is there stays.
fn write(db: &Connection, address: &Address, known: bool) -> Result<(), Failure> {
    let conflict = match known {
        false => "DO NOTHING",
        true => {
            "DO UPDATE SET kind = excluded.kind, state = excluded.state, feed = excluded.feed, title = excluded.title,
            published = excluded.published, reason = excluded.reason, message = excluded.message, tries = excluded.tries,
            failures = excluded.failures, status = excluded.status, etag = excluded.etag,
            last_modified = excluded.last_modified, moved_to = excluded.moved_to, hops = excluded.hops,
            asked = excluded.asked, next = excluded.next, warc = excluded.warc, offset = excluded.offset,
            length = excluded.length, sha256 = excluded.sha256, fetched = excluded.fetched, in_feed = excluded.in_feed"
        }
    };
    let capture = address.capture.as_ref();
    db.prepare_cached(&format!(
        "INSERT INTO addresses (url, kind, state, feed, title, published, reason, message, tries, failures, status, etag,
            last_modified, moved_to, hops, first_seen, asked, next, warc, offset, length, sha256, fetched, in_feed)
         VALUES (:url, :kind, :state, :feed, :title, :published, :reason, :message, :tries, :failures, :status, :etag,
            :last_modified, :moved_to, :hops, :first_seen, :asked, :next, :warc, :offset, :length, :sha256, :fetched, :in_feed)
         ON CONFLICT (url) {conflict}"
    ))?
    .execute(named_params! {
        ":url": address.url, ":kind": address.kind, ":state": address.state, ":feed": address.feed,
        ":title": address.title, ":published": address.published, ":reason": address.reason,
        ":message": address.message, ":tries": address.tries as i64, ":failures": address.failures,
        ":status": address.status, ":etag": address.etag, ":last_modified": address.last_modified,
        ":moved_to": address.moved_to, ":hops": address.hops, ":first_seen": address.first_seen,
        ":asked": address.asked, ":next": address.next, ":warc": capture.map(|c| &c.warc),
        ":offset": capture.map(|c| c.offset as i64), ":length": capture.map(|c| c.length as i64),
        ":sha256": capture.map(|c| &c.sha256), ":fetched": capture.map(|c| &c.fetched), ":in_feed": address.is_in_feed,
    })?;
    Ok(())
}

/// The bytes of a capture, as they lie in its file; `None` when they are not there.
fn bytes_of(dir: &Path, capture: &Capture) -> Result<Option<Vec<u8>>, Error> {
    let path = captures_dir(dir).join(&capture.warc);
    let read = || {
        let mut file = File::open(&path)?;
        file.seek(SeekFrom::Start(capture.offset))?;
        let mut bytes = vec![];
        file.take(capture.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    match read() {
        Ok(bytes) if bytes.len() as u64 == capture.length => Ok(Some(bytes)),
        Ok(_) => Ok(None),
        Err(e) if io::Error::kind(&e) == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io(&path, "read the captures", e)),
    }
}

/// Every capture must be where the ledger says, as it was put there, and every page that was
/// read must have its document.
pub(super) fn check(store: &Store, check: &mut Check) -> Result<(), Error> {
    for address in store.addresses_where("warc IS NOT NULL ORDER BY warc, offset, url", [])? {
        let capture = address.capture.as_ref().expect("the row has one");
        check.captures += 1;
        match bytes_of(&store.dir, capture)? {
            None => check.found("capture_missing", &address.url, format!("not in raw/web/{}", capture.warc)),
            Some(bytes) if hex_sha256(&bytes) != capture.sha256 => {
                let place = format!("byte {} of raw/web/{} is not what was kept", capture.offset, capture.warc);
                check.found("capture_changed", &address.url, place);
            }
            Some(_) => {}
        }
    }
    let lost = "document IS NOT NULL AND document NOT IN (SELECT id FROM documents) ORDER BY url";
    for address in store.addresses_where(lost, [])? {
        let document = address.document.unwrap_or_default();
        check.found("row_missing", address.url, format!("was read as {document}, which is not stored"));
    }
    Ok(())
}
