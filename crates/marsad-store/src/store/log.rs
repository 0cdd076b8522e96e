//! What was done to this store, and was the record of it changed afterwards?
//!
//! Operations are only ever appended. Each carries the hash of the one before
//! it, so that an edited, dropped or reordered entry breaks the chain.

use super::Store;
use super::raw::hex_sha256;
use crate::Error;
use crate::error::{Code, Failure};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde_json::Value;
use std::collections::BTreeSet;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub seq: u64,
    /// Such as `document.added` or `incidents.replaced`.
    pub kind: String,
    pub payload: Value,
    /// Hash of the entry before; zeros in the first.
    pub previous: String,
    pub sha256: String,
}

impl Store {
    /// The whole log, oldest first.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn log(&self) -> Result<Vec<Operation>, Error> {
        self.log_since(0)
    }

    /// The entries after entry number `seq`, oldest first.
    ///
    /// # Errors
    /// As [`Store::log`].
    pub fn log_since(&self, seq: u64) -> Result<Vec<Operation>, Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT * FROM operations WHERE seq > ? ORDER BY seq")?;
            let rows = rows.query_map([seq as i64], entry)?;
            Ok(rows.map(|row| row.map(Entry::operation)).collect::<Result<_, _>>()?)
        })
    }

    /// Appends an operation that the store itself does not know (a merge, a
    /// split, an edit by hand) and returns it with its number and hash. A time
    /// stands in the payload if the caller wants one; the store has no clock.
    ///
    /// # Errors
    /// `bad_query` when `kind` is one of the store's own; `read_only`, `locked`,
    /// `disk_full`.
    ///
    /// ```
    /// use marsad_store::Store;
    /// let folder = tempfile::tempdir()?;
    /// let mut store = Store::create(folder.path())?;
    /// let merge = store.record("user.merge", serde_json::json!({"keep": "m-1", "drop": "m-2"}))?;
    /// assert_eq!(merge.seq, 1);
    /// assert_eq!(store.log()?, [merge]);
    /// assert_eq!(store.record("document.added", 1.into()).unwrap_err().code(), "bad_query");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn record(&mut self, kind: &str, payload: Value) -> Result<Operation, Error> {
        if OWN_KINDS.contains(&kind) {
            return Err(Error::new(Code::BadQuery, &self.database, format!("{kind} is written by the store alone")));
        }
        self.write(|db| append(db, kind, &payload))
    }
}

pub(super) const DOCUMENT_ADDED: &str = "document.added";
pub(super) const DOCUMENT_REREAD: &str = "document.reread";
pub(super) const INCIDENTS_REPLACED: &str = "incidents.replaced";
pub(super) const DECIDED: &str = "decision";
pub(super) const UNDONE: &str = "undo";
const OWN_KINDS: [&str; 5] = [DOCUMENT_ADDED, DOCUMENT_REREAD, INCIDENTS_REPLACED, DECIDED, UNDONE];

/// The number of the entry that comes next.
pub(super) fn next(db: &Connection) -> rusqlite::Result<u64> {
    let last: i64 = db.query_row("SELECT coalesce(max(seq), 0) FROM operations", [], |row| row.get(0))?;
    Ok(last as u64 + 1)
}

/// The entries that may take a telling away or bring it back, oldest first.
pub(super) fn about_ghosts(db: &Connection) -> rusqlite::Result<Vec<Operation>> {
    let find = "SELECT * FROM operations WHERE kind IN (?1, ?2)
        OR kind = ?3 AND instr(payload, '\"told_with\":') > 0 ORDER BY seq";
    let mut rows = db.prepare(find)?;
    rows.query_map([DECIDED, UNDONE, DOCUMENT_REREAD], entry)?.map(|row| row.map(Entry::operation)).collect()
}

/// The document that this entry added, if that is what it did.
pub(super) fn added(db: &Connection, seq: u64) -> rusqlite::Result<Option<String>> {
    let find = "SELECT json_extract(payload, '$.document') FROM operations WHERE seq = ? AND kind = ?";
    db.prepare_cached(find)?.query_row((seq as i64, DOCUMENT_ADDED), |row| row.get(0)).optional()
}

/// The numbers of entries that were taken back. A taking back that was itself taken back takes
/// nothing back.
pub(super) fn undone(operations: &[Operation]) -> BTreeSet<u64> {
    let mut undone = BTreeSet::new();
    for operation in operations.iter().rev() {
        if operation.kind == UNDONE && !undone.contains(&operation.seq) {
            undone.extend(operation.payload["of"].as_u64());
        }
    }
    undone
}

/// The entries for which a condition holds, oldest first.
pub(super) fn entries_where(db: &Connection, condition: &str, values: impl Params) -> Result<Vec<Operation>, Failure> {
    let mut rows = db.prepare(&format!("SELECT * FROM operations WHERE {condition} ORDER BY seq"))?;
    let rows = rows.query_map(values, entry)?;
    Ok(rows.map(|row| row.map(Entry::operation)).collect::<Result<_, _>>()?)
}

/// From now on entries of this connection carry this time; the store itself has no clock.
pub(super) fn set_time(db: &Connection, time: &str) -> rusqlite::Result<()> {
    db.execute_batch("CREATE TEMP TABLE IF NOT EXISTS clock (at TEXT NOT NULL); DELETE FROM temp.clock;")?;
    db.execute("INSERT INTO temp.clock VALUES (?)", [time])?;
    Ok(())
}

fn time(db: &Connection) -> rusqlite::Result<Option<String>> {
    let is_set = "SELECT 1 FROM temp.sqlite_schema WHERE name = 'clock'";
    if !db.prepare_cached(is_set)?.exists([])? {
        return Ok(None);
    }
    db.query_row("SELECT at FROM temp.clock", [], |row| row.get(0)).optional()
}

/// Appends one entry inside the caller's transaction.
pub(super) fn append(db: &Connection, kind: &str, payload: &Value) -> Result<Operation, Failure> {
    let last = db.query_row("SELECT * FROM operations ORDER BY seq DESC LIMIT 1", [], entry).optional()?;
    let (seq, previous) = last.map_or((1, first_previous()), |e| (e.seq + 1, e.sha256));
    let mut payload = payload.clone();
    if let (Some(time), Value::Object(fields)) = (time(db)?, &mut payload) {
        fields.insert("at".to_string(), time.into());
    }
    let text = payload.to_string();
    let entry = Entry { sha256: chained(&previous, kind, &text), seq, kind: kind.to_string(), text, previous };
    db.prepare_cached("INSERT INTO operations VALUES (?, ?, ?, ?, ?)")?.execute((
        entry.seq,
        &entry.kind,
        &entry.text,
        &entry.previous,
        &entry.sha256,
    ))?;
    Ok(entry.operation())
}

/// Calls `broken` with the number of every entry that does not fit the one
/// before it, and `each` with every entry.
pub(super) fn replay(
    db: &Connection,
    mut broken: impl FnMut(u64),
    mut each: impl FnMut(&Operation),
) -> Result<(), Failure> {
    let mut rows = db.prepare("SELECT * FROM operations ORDER BY seq")?;
    let (mut seq, mut previous) = (0, first_previous());
    for row in rows.query_map([], entry)? {
        let entry = row?;
        let fits = entry.seq == seq + 1 && entry.previous == previous;
        if !fits || entry.sha256 != chained(&entry.previous, &entry.kind, &entry.text) {
            broken(entry.seq as u64);
        }
        (seq, previous) = (entry.seq, entry.sha256.clone());
        each(&entry.operation());
    }
    Ok(())
}

/// A row as it stands, payload unparsed: the hash is over these very bytes.
struct Entry {
    seq: i64,
    kind: String,
    text: String,
    previous: String,
    sha256: String,
}

impl Entry {
    fn operation(self: Entry) -> Operation {
        let payload = serde_json::from_str(&self.text).unwrap_or(Value::Null);
        Operation { seq: self.seq as u64, kind: self.kind, payload, previous: self.previous, sha256: self.sha256 }
    }
}

fn entry(row: &Row) -> rusqlite::Result<Entry> {
    Ok(Entry { seq: row.get(0)?, kind: row.get(1)?, text: row.get(2)?, previous: row.get(3)?, sha256: row.get(4)? })
}

fn chained(previous: &str, kind: &str, payload: &str) -> String {
    hex_sha256(format!("{previous}\n{kind}\n{payload}").as_bytes())
}

fn first_previous() -> String {
    "0".repeat(64)
}
