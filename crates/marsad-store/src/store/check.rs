//! Is everything in the store still what was put there?
//!
//! `check` reads everything again: the database's own integrity, every raw file
//! against its name, the chain of the log, every stored row against the hash in
//! the log, every quotation against its text, every id against what it names.
//! `facts` counts what there is, for `marsad doctor`.

use super::documents::parsed;
use super::raw::{hex_sha256, raw_path};
use super::{Store, incidents, ledger, log, schema};
use crate::Error;
use crate::error::Failure;
use crate::wire::{TextIndex, each_span};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What a check looked at and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    pub documents: u64,
    pub raw_files: u64,
    /// Answers of servers, as the ledger knows them.
    pub captures: u64,
    pub incidents: u64,
    pub operations: u64,
    /// Empty when all is well.
    pub findings: Vec<Finding>,
}

impl Check {
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn found(&mut self, code: &'static str, subject: impl Into<String>, message: impl Into<String>) {
        self.findings.push(Finding { code, subject: subject.into(), message: message.into() });
    }
}

/// Something that is not as it was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `raw_changed`, `raw_missing`, `log_broken` ….
    pub code: &'static str,
    /// The document, incident, file or log entry.
    pub subject: String,
    pub message: String,
}

/// What there is in a store, for people who look after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub schema_version: i64,
    pub sqlite_version: String,
    /// Rows by table, in alphabetical order.
    pub rows: BTreeMap<String, u64>,
    pub database_bytes: u64,
    pub raw_files: u64,
    pub raw_bytes: u64,
    /// Documents by the program that read them.
    pub program_versions: BTreeMap<String, u64>,
    /// Documents by the resources that they were read with.
    pub resource_fingerprints: BTreeMap<String, u64>,
    pub languages: BTreeMap<String, u64>,
}

impl Store {
    /// Reads everything again and says what is not as it was put.
    ///
    /// # Errors
    /// Only when the checking itself is impossible: `locked`, `io`, `corrupt`.
    pub fn check(&self) -> Result<Check, Error> {
        let mut check = Check::default();
        self.read(|db| integrity(db, &mut check))?;
        self.check_raw(&mut check)?;
        ledger::check(self, &mut check)?;
        self.read(|db| {
            documents(db, &mut check)?;
            memberships(db, &mut check)?;
            replay(db, &mut check)
        })?;
        Ok(check)
    }

    /// Counts, sizes and versions.
    ///
    /// # Errors
    /// `locked`, `io`, `corrupt`.
    ///
    /// ```
    /// let folder = tempfile::tempdir()?;
    /// let facts = marsad_store::Store::create(folder.path())?.facts()?;
    /// assert_eq!((facts.schema_version, facts.rows["documents"]), (4, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn facts(&self) -> Result<Facts, Error> {
        let files = self.raw_files()?;
        let size = |path: &Path| fs::metadata(path).map_or(0, |m| m.len());
        self.read(|db| {
            Ok(Facts {
                schema_version: schema::pragma(db, "user_version")?,
                sqlite_version: rusqlite::version().to_string(),
                rows: TABLES.iter().map(|t| Ok((t.to_string(), rows(db, t)?))).collect::<rusqlite::Result<_>>()?,
                database_bytes: size(&self.database),
                raw_files: files.len() as u64,
                raw_bytes: files.iter().map(|f| size(f)).sum(),
                program_versions: documents_by(db, "program_version")?,
                resource_fingerprints: documents_by(db, "resource_fingerprint")?,
                languages: documents_by(db, "language")?,
            })
        })
    }

    /// Every raw file must hash to its name, and every document must have one.
    fn check_raw(&self, check: &mut Check) -> Result<(), Error> {
        for path in self.raw_files()? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = fs::read(&path).map_err(|e| Error::io(&path, "read the raw bytes", e))?;
            check.raw_files += 1;
            if name.starts_with('.') {
                check.found(
                    "raw_unfinished",
                    path.to_string_lossy(),
                    "left by a write that was cut off; may be deleted",
                );
            } else if hex_sha256(&bytes) != name {
                check.found("raw_changed", path.to_string_lossy(), "the bytes are not those that were put here");
            }
        }
        for document in self.documents()? {
            if !raw_path(&self.dir, &document.sha256).is_file() {
                check.found("raw_missing", document.id, format!("no raw file {}", document.sha256));
            }
        }
        Ok(())
    }
}

const TABLES: [&str; 12] = [
    "addresses",
    "compared",
    "documents",
    "incidents",
    "members",
    "memberships",
    "merges",
    "operations",
    "past_readings",
    "redirects",
    "tallies",
    "visits",
];

fn rows(db: &Connection, table: &str) -> rusqlite::Result<u64> {
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| Ok(row.get::<_, i64>(0)? as u64))
}

fn documents_by(db: &Connection, column: &str) -> rusqlite::Result<BTreeMap<String, u64>> {
    let mut rows = db.prepare(&format!("SELECT {column}, count(*) FROM documents GROUP BY {column}"))?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?.collect()
}

fn integrity(db: &Connection, check: &mut Check) -> Result<(), Failure> {
    let mut rows = db.prepare("PRAGMA integrity_check")?;
    for message in rows.query_map([], |row| row.get::<_, String>(0))? {
        let message = message?;
        if message != "ok" {
            check.found("database_damaged", "marsad.db", message);
        }
    }
    let mut rows = db.prepare("SELECT \"table\", parent FROM pragma_foreign_key_check")?;
    for row in rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))? {
        let (table, parent) = row?;
        check.found("reference_broken", table, format!("a row names something that is not in {parent}"));
    }
    Ok(())
}

/// Every reading must parse into the model and quote its text.
fn documents(db: &Connection, check: &mut Check) -> Result<(), Failure> {
    let mut rows = db.prepare("SELECT id, reading, text FROM documents ORDER BY id")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for row in rows {
        let (id, json, text): (String, String, String) = row?;
        check.documents += 1;
        if let Err(problem) = reading_problems(&id, &json, &text) {
            check.found("reading_damaged", id, problem);
        }
    }
    Ok(())
}

fn reading_problems(id: &str, json: &str, text: &str) -> Result<(), String> {
    let words = |e: Failure| e.within(Path::new(id)).to_string();
    parsed::<crate::wire::Reading>(id, json).and_then(|r| Ok(r.to_model(text)?)).map_err(words)?;
    let value: Value = parsed(id, json).map_err(words)?;
    let (index, mut misquoted) = (TextIndex::new(text), vec![]);
    each_span(&value, "", &mut |field, span| {
        if span.start > span.end || index.quote(marsad_model::Span { start: span.start, end: span.end }) != span.exact {
            misquoted.push(format!("{field} misquotes {}..{}", span.start, span.end));
        }
    });
    if misquoted.is_empty() { Ok(()) } else { Err(misquoted.join("; ")) }
}

/// Every membership must name an incident that its document still tells.
fn memberships(db: &Connection, check: &mut Check) -> Result<(), Failure> {
    let stale = "SELECT incident, document, document_incident FROM memberships AS m WHERE NOT EXISTS (
        SELECT 1 FROM claims WHERE claims.document = m.document AND claims.incident = m.document_incident)
        ORDER BY incident, document";
    let mut rows = db.prepare(stale)?;
    for row in
        rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))?
    {
        let (incident, document, local) = row?;
        check.found("member_gone", incident, format!("{document} no longer tells {local}; resolve again"));
    }
    let mut rows =
        db.prepare("SELECT id FROM incidents WHERE id NOT IN (SELECT incident FROM memberships) ORDER BY id")?;
    for id in rows.query_map([], |row| row.get::<_, String>(0))? {
        check.found("member_gone", id?, "nobody tells this incident");
    }
    Ok(())
}

/// The chain must hold, and what the log says last must be what is stored.
fn replay(db: &Connection, check: &mut Check) -> Result<(), Failure> {
    let (mut operations, mut broken) = (0, vec![]);
    let (mut readings, mut incidents_digest) = (BTreeMap::new(), incidents::older_digest([].iter()));
    log::replay(
        db,
        |seq| broken.push(seq),
        |operation| {
            operations += 1;
            let word = |key: &str| operation.payload[key].as_str().unwrap_or_default().to_string();
            match operation.kind.as_str() {
                log::DOCUMENT_ADDED | log::DOCUMENT_REREAD => {
                    readings.insert(word("document"), (word("sha256"), word("reading")));
                }
                log::INCIDENTS_REPLACED => incidents_digest = word("digest"),
                _ => {}
            }
        },
    )?;
    check.operations = operations;
    for seq in broken {
        check.found("log_broken", seq.to_string(), "this entry does not follow from the one before it");
    }
    compare_readings(db, readings, check)?;
    compare_incidents(db, &incidents_digest, check)
}

fn compare_readings(
    db: &Connection,
    mut logged: BTreeMap<String, (String, String)>,
    check: &mut Check,
) -> Result<(), Failure> {
    let mut rows = db.prepare("SELECT id, sha256, reading FROM documents ORDER BY id")?;
    for row in rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
        let (id, sha256, json): (String, String, String) = row?;
        if logged.remove(&id) != Some((sha256, hex_sha256(json.as_bytes()))) {
            check.found("row_changed", id, "the stored reading is not the one that the log records");
        }
    }
    for (id, _) in logged {
        check.found("row_missing", id, "the log records this document, but it is not stored");
    }
    Ok(())
}

fn compare_incidents(db: &Connection, logged: &str, check: &mut Check) -> Result<(), Failure> {
    let mut rows = db.prepare("SELECT json FROM incidents ORDER BY id")?;
    let jsons = rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    check.incidents = jsons.len() as u64;
    let hashes: Vec<String> = jsons.iter().map(|json| hex_sha256(json.as_bytes())).collect();
    let digest = match logged.starts_with(incidents::EACH) {
        true => incidents::digest(hashes.iter().map(String::as_str)),
        false => incidents::older_digest(jsons.iter()),
    };
    if digest != logged {
        check.found(
            "row_changed",
            "incidents",
            "the stored incidents are not those that the log records; resolve again",
        );
    }
    Ok(())
}
