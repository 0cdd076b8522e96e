//! Which tables are there, and how does an older store become a newer one?
//!
//! `user_version` counts the migrations that a store has seen, and
//! `application_id` tells a store from any other SQLite file. A migration once
//! released is never edited; a change is a new entry.

use crate::Error;
use crate::error::{Code, Failure};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// "MRSD" in ASCII.
const APPLICATION_ID: i64 = 0x4D52_5344;

const MIGRATIONS: &[&str] = &[VERSION_1, VERSION_2, VERSION_3, VERSION_4];

/// The schema version that this program writes.
pub(super) const CURRENT: i64 = MIGRATIONS.len() as i64;

/// Checks whose file it is, sets the connection up, migrates.
pub(super) fn prepare(db: &mut Connection, path: &Path) -> Result<(), Failure> {
    must_be_ours(db, path)?;
    db.pragma_update(None, "foreign_keys", true)?;
    if db.is_readonly("main")? {
        return must_be_current(db, path);
    }
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    migrate(db)
}

fn must_be_ours(db: &Connection, path: &Path) -> Result<(), Failure> {
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && pragma(db, "application_id")? != APPLICATION_ID {
        return Err(Error::new(Code::NotAStore, path, "this database belongs to another program").into());
    }
    let version = pragma(db, "user_version")?;
    if version > CURRENT {
        let message = format!("the store has schema version {version}, this program knows {CURRENT}");
        return Err(Error::new(Code::NewerSchema, path, message).into());
    }
    Ok(())
}

fn must_be_current(db: &Connection, path: &Path) -> Result<(), Failure> {
    match pragma(db, "user_version")? {
        CURRENT => Ok(()),
        // The disk was full, for example.
        0 => Err(Error::new(Code::NotAStore, path, "the making of this store was cut off").into()),
        version => {
            let message = format!("schema version {version} must be migrated to {CURRENT}: open it once for writing");
            Err(Error::new(Code::ReadOnly, path, message).into())
        }
    }
}

/// The version is read inside the transaction: two programs may open an old
/// store at the same moment.
fn migrate(db: &mut Connection) -> Result<(), Failure> {
    if pragma(db, "user_version")? == CURRENT {
        return Ok(());
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let seen = pragma(&transaction, "user_version")?;
    for migration in MIGRATIONS.iter().skip(seen as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", CURRENT)?;
    Ok(transaction.commit()?)
}

pub(super) fn pragma(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, name, |row| row.get(0))
}

/// Dates are ISO text, JSON is text. `claims` is a view, so that a claim stands
/// in one place only: the reading of its document.
const VERSION_1: &str = "
CREATE TABLE operations (
  seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, previous TEXT NOT NULL, sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE documents (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, source TEXT NOT NULL, outlet TEXT, title TEXT, language TEXT NOT NULL,
  published_earliest TEXT, published_latest TEXT, method TEXT NOT NULL,
  text TEXT NOT NULL, reading TEXT NOT NULL, fingerprint BLOB NOT NULL,
  program_version TEXT NOT NULL, resource_fingerprint TEXT NOT NULL,
  added INTEGER NOT NULL REFERENCES operations(seq)
) STRICT;
CREATE INDEX documents_by_sha256 ON documents(sha256);
CREATE TABLE tallies (
  document TEXT NOT NULL REFERENCES documents(id), number INTEGER NOT NULL, kind TEXT NOT NULL,
  count INTEGER, date_from TEXT, date_to TEXT, json TEXT NOT NULL, PRIMARY KEY (document, number)
) STRICT;
CREATE TABLE incidents (
  id TEXT PRIMARY KEY, json TEXT NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL, epistemic TEXT NOT NULL,
  date_earliest TEXT, date_latest TEXT, country TEXT, place_id TEXT, place_path TEXT NOT NULL, lat REAL, lon REAL,
  killed INTEGER, killed_min INTEGER, killed_max INTEGER, wounded INTEGER, weapons TEXT NOT NULL,
  voices INTEGER NOT NULL, reports INTEGER NOT NULL, conflicts INTEGER NOT NULL, grade TEXT
) STRICT;
CREATE INDEX incidents_by_date ON incidents(date_earliest, id);
CREATE TABLE memberships (
  incident TEXT NOT NULL REFERENCES incidents(id), document TEXT NOT NULL REFERENCES documents(id),
  document_incident TEXT NOT NULL, voice INTEGER NOT NULL, PRIMARY KEY (document, document_incident)
) STRICT;
CREATE INDEX memberships_by_incident ON memberships(incident);
CREATE TABLE redirects (old TEXT PRIMARY KEY, new TEXT REFERENCES incidents(id)) STRICT;
CREATE VIEW claims AS
  SELECT documents.id AS document, json_extract(claim.value, '$.id') AS incident, json_extract(claim.value, '$.type') AS type,
    json_extract(claim.value, '$.role') AS role, json_extract(claim.value, '$.epistemic') AS epistemic,
    json_extract(claim.value, '$.date.earliest') AS date_earliest, json_extract(claim.value, '$.date.latest') AS date_latest,
    json_extract(claim.value, '$.place.id') AS place_id, json_extract(claim.value, '$.casualties.killed.value') AS killed,
    json_extract(claim.value, '$.casualties.wounded.value') AS wounded, claim.value AS json
  FROM documents, json_each(documents.reading, '$.incidents') AS claim;
";

/// The ledger of the crawl. Times are RFC 3339 in UTC, so that they sort as text.
const VERSION_2: &str = "
CREATE TABLE addresses (
  url TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, listed INTEGER NOT NULL DEFAULT 0,
  feed TEXT, title TEXT, published TEXT, reason TEXT, message TEXT,
  tries INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, status INTEGER, etag TEXT, last_modified TEXT,
  moved_to TEXT, hops INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, asked TEXT, next TEXT,
  warc TEXT, offset INTEGER, length INTEGER, sha256 TEXT, fetched TEXT, in_feed INTEGER NOT NULL DEFAULT 0,
  document TEXT, skipped TEXT
) STRICT;
CREATE INDEX addresses_by_next ON addresses(next) WHERE next IS NOT NULL;
CREATE INDEX addresses_moved ON addresses(moved_to) WHERE moved_to IS NOT NULL;
CREATE INDEX addresses_unread ON addresses(warc, offset, url)
  WHERE kind = 'page' AND state = 'kept' AND document IS NULL AND skipped IS NULL;
CREATE TABLE visits (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, address TEXT NOT NULL REFERENCES addresses(url), url TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT, message TEXT, status INTEGER, warc TEXT, offset INTEGER, length INTEGER
) STRICT;
CREATE INDEX visits_by_address ON visits(address, seq);
CREATE INDEX visits_by_warc ON visits(warc, offset) WHERE warc IS NOT NULL;
";

/// The id of every telling, and the readings that later ones replaced: a former state can be told again.
const VERSION_3: &str = "
CREATE TABLE members (
  document TEXT NOT NULL, document_incident TEXT NOT NULL, id TEXT NOT NULL UNIQUE, born INTEGER NOT NULL,
  known INTEGER NOT NULL,
  PRIMARY KEY (document, document_incident)
) STRICT;
CREATE TABLE past_readings (sha256 TEXT PRIMARY KEY, reading TEXT NOT NULL, text TEXT NOT NULL, fingerprint BLOB NOT NULL) STRICT;
";

/// What the last resolution left for the next, so that it need not begin anew. All of it can be made again from the readings.
const VERSION_4: &str = "
CREATE TABLE resolution (
  one INTEGER PRIMARY KEY CHECK (one = 1), program TEXT NOT NULL, entry INTEGER NOT NULL, round INTEGER NOT NULL,
  found BLOB NOT NULL
) STRICT;
CREATE TABLE compared (document TEXT PRIMARY KEY, entry INTEGER NOT NULL, claims BLOB NOT NULL) STRICT;
CREATE TABLE merges (incident TEXT PRIMARY KEY, sha256 TEXT NOT NULL, made_from TEXT) STRICT;
";
