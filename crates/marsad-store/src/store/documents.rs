//! How does a reading enter the store, and how does it come back?
//!
//! The same bytes read by the same program with the same resources change
//! nothing, not even the log. When program or resources changed, the reading is
//! replaced; raw bytes and ids stay.

use super::raw::{hex_sha256, raw_path};
use super::{Store, ghosts, log};
use crate::error::{Code, Failure};
use crate::{Error, wire};
use marsad_model::Reading;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Which program read the document, with which resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    pub program_version: String,
    /// Hash of the data files; another hash means another reading.
    pub resource_fingerprint: String,
}

/// What putting a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The document is new.
    Added,
    /// The document was there; its reading (or its bytes) changed.
    Replaced,
    /// Everything was there already.
    Unchanged,
}

/// A reading with the bytes that were read.
#[derive(Clone, Copy)]
pub struct Incoming<'a> {
    pub raw: &'a [u8],
    pub reading: &'a Reading,
}

/// What is known of an article before it is read: all that its reading depends
/// on beside program and resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article<'a> {
    pub id: &'a str,
    pub sha256: &'a str,
    /// `None` where the bytes tell it all.
    pub text: Option<&'a str>,
    /// The outlet given with the input.
    pub outlet: Option<&'a str>,
    /// First and last day that a date given with the input allows.
    pub published: Option<(jiff::civil::Date, jiff::civil::Date)>,
}

/// One line a document, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    pub id: String,
    pub sha256: String,
    pub source: String,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub language: String,
    pub published_earliest: Option<String>,
    pub published_latest: Option<String>,
    pub method: String,
    pub provenance: Provenance,
    /// Number of the log entry that added it.
    pub added: u64,
}

impl Store {
    /// Keeps one document; says whether it was new, changed or known.
    ///
    /// # Errors
    /// `bad_reading` when the reading's hash is not the hash of the bytes;
    /// `read_only`, `disk_full`, `locked`, `io`. The store is then as it was.
    ///
    /// ```
    /// use marsad_model::{Document, Published, Reading};
    /// use marsad_store::{Outcome, Provenance, Store};
    /// let reading = Reading {
    ///     document: Document {
    ///         id: "a1".into(), source: "a1.txt".into(), sha256: String::new(), text: "سقط صاروخ".into(),
    ///         language: "ar".into(), title: None, outlet: None, outlet_given: None, retrieval: Default::default(),
    ///         published: Published::default(), segments: vec![],
    ///     },
    ///     incidents: vec![], tallies: vec![], not_incidents: vec![], mentions: vec![], quotes: vec![],
    ///     diagnostics: vec![], fingerprint: vec![7], derivation: vec![],
    /// };
    /// let folder = tempfile::tempdir()?;
    /// let mut store = Store::create(folder.path())?;
    /// let read_by = Provenance { program_version: "0.1.0".into(), resource_fingerprint: "d41d".into() };
    /// assert_eq!(store.put_document("سقط صاروخ".as_bytes(), &reading, &read_by)?, Outcome::Added);
    /// assert_eq!(store.put_document("سقط صاروخ".as_bytes(), &reading, &read_by)?, Outcome::Unchanged);
    /// assert_eq!(store.readings()?[0].document.text, "سقط صاروخ");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn put_document(&mut self, raw: &[u8], reading: &Reading, read_by: &Provenance) -> Result<Outcome, Error> {
        Ok(self.put_documents(&[Incoming { raw, reading }], read_by)?[0])
    }

    /// Keeps many documents in one transaction; one outcome a document, in
    /// order. Much faster than one by one.
    ///
    /// # Errors
    /// As [`Store::put_document`]; then none of the rows is kept.
    pub fn put_documents(&mut self, documents: &[Incoming], read_by: &Provenance) -> Result<Vec<Outcome>, Error> {
        self.must_be_writable()?;
        let hashes = self.keep_raw(documents.iter().map(|d| d.raw))?;
        let row = |(incoming, sha256): (&Incoming, String)| new_row(incoming.reading, sha256, read_by);
        let rows = documents.iter().zip(hashes).map(row).collect::<Result<Vec<_>, _>>()?;
        self.write(|db| rows.into_iter().map(|row| put(db, row)).collect())
    }

    /// True when this article was read by this program with these resources and
    /// is kept whole, so that it need not be read again. False where that cannot
    /// be told cheaply, such as after a date of publication was rejected.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn is_current(&self, article: &Article, read_by: &Provenance) -> Result<bool, Error> {
        let same = "SELECT 1 FROM documents WHERE id = ?1 AND sha256 = ?2 AND (?3 IS NULL OR text = ?3) AND program_version = ?4
            AND resource_fingerprint = ?5 AND json_extract(reading, '$.document.outlet_given') IS ?6
            AND coalesce(json_array_length(reading, '$.document.published.rejected'), 0) = 0
            AND CASE WHEN ?7 IS NULL THEN method <> 'given'
                ELSE method = 'given' AND published_earliest = ?7 AND published_latest = ?8 END";
        let (first, last) = article.published.map(|(a, b)| (a.to_string(), b.to_string())).unzip();
        let values = (
            article.id,
            article.sha256,
            article.text,
            &read_by.program_version,
            &read_by.resource_fingerprint,
            article.outlet,
            first,
            last,
        );
        let is_kept = raw_path(&self.dir, article.sha256).is_file();
        Ok(is_kept && self.read(|db| Ok(db.prepare_cached(same)?.exists(values)?))?)
    }

    /// All readings, sorted by document id, mentions included. The derivation
    /// is not kept: reading the raw bytes again gives the same one.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `bad_reading`.
    pub fn readings(&self) -> Result<Vec<Reading>, Error> {
        let mut readings = vec![];
        self.each_reading(|reading| readings.push(reading))?;
        Ok(readings)
    }

    /// Calls `f` with one reading after the other, sorted by document id,
    /// without holding all of them.
    ///
    /// # Errors
    /// As [`Store::readings`].
    pub fn each_reading(&self, mut f: impl FnMut(Reading)) -> Result<(), Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT reading, text, fingerprint, id FROM documents ORDER BY id")?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                f(stored_reading(row)?);
            }
            Ok(())
        })
    }

    /// One document's reading, or `None` when there is no such document.
    ///
    /// # Errors
    /// As [`Store::readings`].
    pub fn reading(&self, document: &str) -> Result<Option<Reading>, Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT reading, text, fingerprint, id FROM documents WHERE id = ?")?;
            let mut rows = rows.query([document])?;
            rows.next()?.map(stored_reading).transpose()
        })
    }

    /// As [`Store::reading`], but of all that was read only the incidents: mentions take most of the time.
    ///
    /// # Errors
    /// As [`Store::readings`].
    pub fn told(&self, document: &str) -> Result<Option<Reading>, Error> {
        self.read(|db| {
            let mut rows = db.prepare_cached("SELECT reading, text, fingerprint, id FROM documents WHERE id = ?")?;
            let mut rows = rows.query([document])?;
            rows.next()?
                .map(|row| {
                    reading_in(row, |Told { schema, document, incidents }| wire::Reading {
                        schema,
                        document,
                        incidents,
                        ..wire::Reading::default()
                    })
                })
                .transpose()
        })
    }

    /// All documents without their readings, sorted by id.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, Error> {
        self.read(|db| {
            let mut rows = db.prepare(&format!("{DOCUMENT_ROWS} ORDER BY id"))?;
            Ok(rows.query_map([], document_row)?.collect::<Result<_, _>>()?)
        })
    }

    /// One document without its reading, or `None`.
    ///
    /// # Errors
    /// As [`Store::documents`].
    pub fn document(&self, id: &str) -> Result<Option<DocumentRow>, Error> {
        self.read(|db| Ok(find_document(db, id)?))
    }

    /// All tallies with their document's id, sorted by document and position.
    ///
    /// # Errors
    /// As [`Store::documents`].
    pub fn tallies(&self) -> Result<Vec<(String, wire::Tally)>, Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT document, json FROM tallies ORDER BY document, number")?;
            let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            rows.map(|row| {
                let (document, json): (String, String) = row?;
                let tally = parsed(&document, &json)?;
                Ok((document, tally))
            })
            .collect()
        })
    }
}

const DOCUMENT_ROWS: &str = "SELECT id, sha256, source, outlet, title, language, published_earliest, published_latest,
    method, program_version, resource_fingerprint, added FROM documents";

pub(super) fn find_document(db: &Connection, id: &str) -> rusqlite::Result<Option<DocumentRow>> {
    db.prepare_cached(&format!("{DOCUMENT_ROWS} WHERE id = ?"))?.query_row([id], document_row).optional()
}

fn document_row(row: &Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        sha256: row.get(1)?,
        source: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        language: row.get(5)?,
        published_earliest: row.get(6)?,
        published_latest: row.get(7)?,
        method: row.get(8)?,
        provenance: Provenance { program_version: row.get(9)?, resource_fingerprint: row.get(10)? },
        added: row.get::<_, i64>(11)? as u64,
    })
}

/// The parts of a stored reading that tell its incidents.
#[derive(Deserialize)]
struct Told {
    schema: String,
    document: wire::Document,
    incidents: Vec<wire::Incident>,
}

fn stored_reading(row: &Row) -> Result<Reading, Failure> {
    reading_in(row, |reading: wire::Reading| reading)
}

/// The reading of a row, of which as much is taken apart as `R` asks for.
fn reading_in<R: DeserializeOwned>(row: &Row, whole: impl FnOnce(R) -> wire::Reading) -> Result<Reading, Failure> {
    let (json, text): (String, String) = (row.get(0)?, row.get(1)?);
    let (fingerprint, id): (Vec<u8>, String) = (row.get(2)?, row.get(3)?);
    let mut reading = whole(parsed(&id, &json)?).to_model(&text)?;
    let hash = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("chunks of eight"));
    reading.fingerprint = fingerprint.chunks_exact(8).map(hash).collect();
    Ok(reading)
}

/// Stored JSON as a row type; what does not parse was damaged.
pub(super) fn parsed<T: DeserializeOwned>(id: &str, json: &str) -> Result<T, Failure> {
    let damaged = |e| Error::new(Code::Corrupt, id, format!("what is stored does not parse: {e}"));
    serde_json::from_str(json).map_err(|e| damaged(e).into())
}

struct NewRow {
    sha256: String,
    reading: wire::Reading,
    text: String,
    fingerprint: Vec<u8>,
    read_by: Provenance,
}

fn new_row(reading: &Reading, sha256: String, read_by: &Provenance) -> Result<NewRow, Error> {
    let document = &reading.document;
    if !document.sha256.is_empty() && document.sha256 != sha256 {
        let message = format!("the reading is of bytes with sha256 {}, these have {sha256}", document.sha256);
        return Err(Error::bad_reading(&document.id, message));
    }
    let mut row = wire::reading_with(reading, true);
    row.document.sha256.clone_from(&sha256);
    let fingerprint = reading.fingerprint.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    Ok(NewRow { sha256, reading: row, text: document.text.clone(), fingerprint, read_by: read_by.clone() })
}

fn put(db: &Connection, mut row: NewRow) -> Result<Outcome, Failure> {
    let known = find_document(db, &row.reading.document.id)?;
    if let Some(known) = known.as_ref().filter(|k| k.sha256 == row.sha256) {
        // A file that was only moved is the same document, under its first name.
        row.reading.document.source.clone_from(&known.source);
    }
    let json = serde_json::to_string(&row.reading).expect("a reading has string keys only");
    if known.as_ref().is_some_and(|k| k.provenance == row.read_by) && is_stored(db, &row, &json)? {
        return Ok(Outcome::Unchanged);
    }
    let (kind, outcome) = match &known {
        None => (log::DOCUMENT_ADDED, Outcome::Added),
        Some(_) => (log::DOCUMENT_REREAD, Outcome::Replaced),
    };
    keep_past_reading(db, &row.reading.document.id)?;
    let mut payload = payload(&row, &json);
    if known.is_some() {
        let is_told = |incident: &str| row.reading.incidents.iter().any(|i| i.id == incident);
        let gone = ghosts::told_with(db, &row.reading.document.id, |incident| !is_told(incident))?;
        if gone.as_object().is_some_and(|gone| !gone.is_empty()) {
            payload["told_with"] = gone;
        }
    }
    let operation = log::append(db, kind, &payload)?;
    let added = known.map_or(operation.seq, |k| k.added);
    write_document(db, &row, &json, added)?;
    write_tallies(db, &row.reading)?;
    Ok(outcome)
}

/// What a reading says that another replaces, so that a former state can be told again.
fn keep_past_reading(db: &Connection, document: &str) -> rusqlite::Result<()> {
    let find = "SELECT reading, text, fingerprint FROM documents WHERE id = ?";
    let parts = |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?));
    let Some((json, text, fingerprint)) = db.prepare_cached(find)?.query_row([document], parts).optional()? else {
        return Ok(());
    };
    let insert = "INSERT OR IGNORE INTO past_readings VALUES (?, ?, ?, ?)";
    db.prepare_cached(insert)?.execute((hex_sha256(json.as_bytes()), json, text, fingerprint))?;
    Ok(())
}

/// Puts a reading that was stored before into another store, as it was.
pub(super) fn put_again(db: &Connection, past: &Past, operation: &log::Operation) -> Result<(), Failure> {
    let word = |key: &str| operation.payload[key].as_str().unwrap_or_default().to_string();
    let read_by =
        Provenance { program_version: word("program_version"), resource_fingerprint: word("resource_fingerprint") };
    let row = NewRow {
        sha256: word("sha256"),
        reading: parsed(&word("document"), &past.json)?,
        text: past.text.clone(),
        fingerprint: past.fingerprint.clone(),
        read_by,
    };
    write_document(db, &row, &past.json, operation.seq)?;
    Ok(write_tallies(db, &row.reading)?)
}

/// A reading as it was stored.
pub(super) struct Past {
    json: String,
    text: String,
    fingerprint: Vec<u8>,
}

impl Past {
    /// The reading of this hash, whether it is the present one of the document or was replaced.
    pub fn find(db: &Connection, document: &str, sha256: &str) -> Result<Option<Past>, Failure> {
        let past = |row: &Row| Ok(Past { json: row.get(0)?, text: row.get(1)?, fingerprint: row.get(2)? });
        let replaced = "SELECT reading, text, fingerprint FROM past_readings WHERE sha256 = ?";
        if let Some(past) = db.prepare_cached(replaced)?.query_row([sha256], past).optional()? {
            return Ok(Some(past));
        }
        let present = "SELECT reading, text, fingerprint FROM documents WHERE id = ?";
        let present = db.prepare_cached(present)?.query_row([document], past).optional()?;
        Ok(present.filter(|past| hex_sha256(past.json.as_bytes()) == sha256))
    }

    /// The incidents that it tells.
    pub fn members(&self, document: &str) -> Result<Vec<(String, String)>, Failure> {
        let reading: wire::Reading = parsed(document, &self.json)?;
        Ok(reading.incidents.into_iter().map(|i| (document.to_string(), i.id)).collect())
    }
}

fn is_stored(db: &Connection, row: &NewRow, json: &str) -> rusqlite::Result<bool> {
    let same = "SELECT 1 FROM documents WHERE id = ? AND reading = ? AND text = ? AND fingerprint = ?";
    db.prepare_cached(same)?.exists((&row.reading.document.id, json, &row.text, &row.fingerprint))
}

/// `reading` is the hash of the stored JSON, by which `check` sees a row that
/// was changed behind the store's back.
fn payload(row: &NewRow, json: &str) -> Value {
    json!({
        "document": row.reading.document.id,
        "source": row.reading.document.source,
        "sha256": row.sha256,
        "reading": hex_sha256(json.as_bytes()),
        "program_version": row.read_by.program_version,
        "resource_fingerprint": row.read_by.resource_fingerprint,
    })
}

/// Updates in place rather than replacing: memberships refer to the row.
fn write_document(db: &Connection, row: &NewRow, json: &str, added: u64) -> rusqlite::Result<()> {
    let document = &row.reading.document;
    let value = |text: &Option<wire::Text>| text.as_ref().and_then(|t| t.value.clone());
    let upsert = "INSERT INTO documents VALUES (:id, :sha256, :source, :outlet, :title, :language, :earliest, :latest,
            :method, :text, :reading, :fingerprint, :program_version, :resource_fingerprint, :added)
        ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, source = excluded.source, outlet = excluded.outlet,
            title = excluded.title, language = excluded.language, published_earliest = excluded.published_earliest,
            published_latest = excluded.published_latest, method = excluded.method, text = excluded.text,
            reading = excluded.reading, fingerprint = excluded.fingerprint,
            program_version = excluded.program_version, resource_fingerprint = excluded.resource_fingerprint";
    db.prepare_cached(upsert)?.execute(named_params! {
        ":id": document.id, ":sha256": row.sha256, ":source": document.source,
        ":outlet": value(&document.outlet), ":title": value(&document.title), ":language": document.language,
        ":earliest": document.published.earliest, ":latest": document.published.latest,
        ":method": document.published.method, ":text": row.text, ":reading": json, ":fingerprint": row.fingerprint,
        ":program_version": row.read_by.program_version, ":resource_fingerprint": row.read_by.resource_fingerprint,
        ":added": added as i64,
    })?;
    Ok(())
}

fn write_tallies(db: &Connection, reading: &wire::Reading) -> rusqlite::Result<()> {
    let document = &reading.document.id;
    db.prepare_cached("DELETE FROM tallies WHERE document = ?")?.execute([document])?;
    let mut insert = db.prepare_cached("INSERT INTO tallies VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for (number, tally) in reading.tallies.iter().enumerate() {
        let json = serde_json::to_string(tally).expect("a tally has string keys only");
        insert.execute((document, number as i64, &tally.kind, tally.count.value, &tally.from, &tally.to, json))?;
    }
    Ok(())
}
