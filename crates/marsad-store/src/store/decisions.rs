//! What did people decide, what did they take back, and how was it before?
//!
//! A decision is an entry of the log, and so is taking one back: nothing is
//! deleted. What counts is what was not taken back, in order. A former state is
//! the log up to an entry, replayed into a store in memory; resolving there
//! gives the incidents of that time under their ids.

use super::documents::{Past, put_again};
use super::identity::{Birth, Births, newborn};
use super::incidents::write_births;
use super::log::{self, Operation};
use super::{Store, ghosts, schema};
use crate::error::{Code, Failure};
use crate::{Error, wire};
use marsad_model::{Decision, LinkKind, SetValue, Span, TellingRef};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// From now on what this store writes into its log carries this time, RFC 3339 in UTC.
    ///
    /// # Errors
    /// `database` when SQLite refuses.
    pub fn set_time(&self, time: &str) -> Result<(), Error> {
        self.read(|db| Ok(log::set_time(db, time)?))
    }

    /// Writes down a decision and why it was made. The incidents follow it when they are
    /// resolved again.
    ///
    /// # Errors
    /// `unknown_document` when it names a document that is not stored; `read_only`, `locked`,
    /// `disk_full`.
    ///
    /// ```
    /// use marsad_model::Decision;
    /// use marsad_store::Store;
    /// let folder = tempfile::tempdir()?;
    /// let mut store = Store::create(folder.path())?;
    /// let retract = Decision::Retract { document: "a1".into() };
    /// assert_eq!(store.decide(&retract, None).unwrap_err().code(), "unknown_document");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide(&mut self, decision: &Decision, why: Option<&str>) -> Result<Operation, Error> {
        self.write(|db| {
            for document in documents(decision) {
                if super::documents::find_document(db, document)?.is_none() {
                    return Err(Error::new(Code::UnknownDocument, document, "no such document is stored").into());
                }
            }
            let mut payload = to_json(decision);
            payload.insert("why".to_string(), why.into());
            if let Decision::Retract { document } = decision {
                payload.insert("told_with".to_string(), ghosts::told_with(db, document, |_| true)?);
            }
            log::append(db, log::DECIDED, &payload.into())
        })
    }

    /// Takes back an entry of the log, whichever: a decision, a document that was added (it is
    /// retracted), or another taking back. Taking that back in turn does it again.
    ///
    /// # Errors
    /// `unknown_operation` when there is none of this number; `cannot_undo` when it is of a kind
    /// that follows from others, or was taken back already; `read_only`, `locked`, `disk_full`.
    pub fn undo(&mut self, seq: u64, why: Option<&str>) -> Result<Operation, Error> {
        let operations = self.log()?;
        let path = self.database.clone();
        let Some(operation) = operations.iter().find(|o| o.seq == seq) else {
            return Err(Error::new(Code::UnknownOperation, path, format!("the log has no entry {seq}")));
        };
        if !matches!(operation.kind.as_str(), log::DECIDED | log::UNDONE | log::DOCUMENT_ADDED) {
            let message = format!("entry {seq} ({}) follows from others", operation.kind);
            return Err(Error::new(Code::CannotUndo, path, message));
        }
        if log::undone(&operations).contains(&seq) {
            return Err(Error::new(Code::CannotUndo, path, format!("entry {seq} was taken back already")));
        }
        self.write(|db| {
            let mut payload = json!({"of": seq, "why": why});
            if let Some(document) = log::added(db, seq)? {
                payload["told_with"] = ghosts::told_with(db, &document, |_| true)?;
            }
            log::append(db, log::UNDONE, &payload)
        })
    }

    /// The decisions that count, in order, each with the number of its entry. A document whose
    /// adding was taken back counts as retracted.
    ///
    /// # Errors
    /// `corrupt` when an entry cannot be read; `locked`, `database`.
    pub fn decisions(&self) -> Result<Vec<(u64, Decision)>, Error> {
        let operations = self.deciding()?;
        let undone = log::undone(&operations);
        let mut decisions = vec![];
        for operation in &operations {
            let is_undone = undone.contains(&operation.seq);
            match operation.kind.as_str() {
                log::DECIDED if !is_undone => {
                    let decision = from_json(&operation.payload).ok_or_else(|| {
                        let message = format!("entry {} of the log is no decision", operation.seq);
                        Error::new(Code::Corrupt, &self.database, message)
                    })?;
                    decisions.push((operation.seq, decision));
                }
                log::DOCUMENT_ADDED if is_undone => {
                    let document = operation.payload["document"].as_str().unwrap_or_default().to_string();
                    decisions.push((operation.seq, Decision::Retract { document }));
                }
                _ => {}
            }
        }
        Ok(decisions)
    }

    /// The entries of the log on which the decisions depend: of documents only those that something was said about by number.
    fn deciding(&self) -> Result<Vec<Operation>, Error> {
        let is_deciding = "kind IN (?1, ?2) OR kind = ?3 AND seq IN (SELECT json_extract(payload, '$.of') FROM operations WHERE kind = ?2)";
        self.read(|db| log::entries_where(db, is_deciding, (log::DECIDED, log::UNDONE, log::DOCUMENT_ADDED)))
    }

    /// The numbers of entries that were taken back.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn undone(&self) -> Result<BTreeSet<u64>, Error> {
        Ok(log::undone(&self.log()?))
    }

    /// The last entry that was written at this time or before; 0 when there is none. An entry
    /// without a time counts as written when the one before it was.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn last_entry_at(&self, time: &str) -> Result<u64, Error> {
        let operations = self.log()?;
        let later = |o: &&Operation| o.payload["at"].as_str().is_some_and(|at| at > time);
        let first_later = operations.iter().find(later).map(|o| o.seq);
        Ok(first_later.map_or(operations.len() as u64, |seq| seq - 1))
    }

    /// The store as it was after this entry of the log, in memory: documents with their readings
    /// of that time, ids, decisions. Its incidents must be resolved.
    ///
    /// # Errors
    /// `unknown_operation` when the log is shorter; `corrupt` when a reading of that time is not
    /// there (stores from before schema 3 kept only the last).
    pub fn as_of(&self, seq: u64) -> Result<Store, Error> {
        let operations: Vec<Operation> = self.log()?.into_iter().filter(|o| o.seq <= seq).collect();
        if operations.last().map_or(0, |o| o.seq) != seq {
            return Err(Error::new(Code::UnknownOperation, &self.database, format!("the log has no entry {seq}")));
        }
        let open = || {
            let mut connection = Connection::open_in_memory()?;
            schema::prepare(&mut connection, &self.database)?;
            Ok(connection)
        };
        let connection = open().map_err(|e: Failure| e.within(&self.database))?;
        // Ids lead to incidents that are there only when they were resolved.
        connection.pragma_update(None, "foreign_keys", false).map_err(|e| Failure::from(e).within(&self.database))?;
        let mut past = Store { dir: self.dir.clone(), database: self.database.clone(), connection };
        let replay = Replay::of(&self.connection, &operations).map_err(|e| e.within(&self.database))?;
        past.write(|db| replay.into_store(db, &self.connection, seq))?;
        Ok(past)
    }
}

/// What the log says up to an entry.
#[derive(Default)]
struct Replay<'o> {
    /// The entry that gave each document its reading of that time.
    documents: BTreeMap<&'o str, &'o Operation>,
    births: Births,
    /// Where ids led whose tellings were gone.
    led: BTreeMap<String, Option<String>>,
}

impl<'o> Replay<'o> {
    fn of(db: &Connection, operations: &'o [Operation]) -> Result<Replay<'o>, Failure> {
        let mut replay = Replay::default();
        let mut fresh: BTreeSet<&str> = BTreeSet::new();
        for operation in operations {
            match operation.kind.as_str() {
                log::DOCUMENT_ADDED | log::DOCUMENT_REREAD => {
                    let document = operation.payload["document"].as_str().unwrap_or_default();
                    replay.documents.insert(document, operation);
                    fresh.insert(document);
                }
                log::INCIDENTS_REPLACED => {
                    let mut members = BTreeSet::new();
                    for document in std::mem::take(&mut fresh) {
                        members.extend(reading(db, replay.documents[document])?.members(document)?);
                    }
                    let created = operation.payload["created"].as_array();
                    let is_known = |birth: &Birth| created.is_some_and(|ids| ids.contains(&birth.id.as_str().into()));
                    let new = newborn(&replay.births, &members, operation.seq).into_iter();
                    replay.births.extend(new.map(|(m, birth)| (m, Birth { is_known: is_known(&birth), ..birth })));
                    let gone = operation.payload["gone"].as_object().into_iter().flatten();
                    replay.led.extend(gone.map(|(old, new)| (old.clone(), new.as_str().map(str::to_string))));
                }
                _ => {}
            }
        }
        Ok(replay)
    }

    fn into_store(self, to: &Connection, from: &Connection, seq: u64) -> Result<(), Failure> {
        let mut rows = from.prepare("SELECT * FROM operations WHERE seq <= ? ORDER BY seq")?;
        let mut rows = rows.query([seq as i64])?;
        let mut insert = to.prepare("INSERT INTO operations VALUES (?, ?, ?, ?, ?)")?;
        while let Some(row) = rows.next()? {
            let text = |i: usize| row.get::<_, String>(i);
            insert.execute((row.get::<_, i64>(0)?, text(1)?, text(2)?, text(3)?, text(4)?))?;
        }
        for operation in self.documents.values() {
            put_again(to, &reading(from, operation)?, operation)?;
        }
        let mut insert = to.prepare("INSERT INTO redirects VALUES (?, ?)")?;
        self.led.iter().try_for_each(|redirect| insert.execute(redirect).map(|_| ()))?;
        Ok(write_births(to, &self.births)?)
    }
}

/// The reading that an entry gave its document.
fn reading(db: &Connection, operation: &Operation) -> Result<Past, Failure> {
    let word = |key: &str| operation.payload[key].as_str().unwrap_or_default();
    let missing = || Error::new(Code::Corrupt, word("document"), "its reading of that time was not kept");
    Past::find(db, word("document"), word("reading"))?.ok_or_else(|| missing().into())
}

fn documents(decision: &Decision) -> Vec<&str> {
    match decision {
        Decision::Same { tellings } | Decision::Set { tellings, .. } => {
            tellings.iter().map(|t| t.document.as_str()).collect()
        }
        Decision::Apart { tellings, others } | Decision::Link { tellings, to: others, .. } => {
            tellings.iter().chain(others).map(|t| t.document.as_str()).collect()
        }
        Decision::Retract { document } => vec![document],
    }
}

fn to_json(decision: &Decision) -> Map<String, Value> {
    let told = |tellings: &[TellingRef]| -> Value {
        let one = |t: &TellingRef| json!({"document": t.document, "incident": t.incident, "start": t.anchor.map(|s| s.start), "end": t.anchor.map(|s| s.end)});
        tellings.iter().map(one).collect()
    };
    let value = match decision {
        Decision::Same { tellings } => json!({"decision": "same", "tellings": told(tellings)}),
        Decision::Apart { tellings, others } => {
            json!({"decision": "apart", "tellings": told(tellings), "others": told(others)})
        }
        Decision::Set { tellings, value: SetValue::Place(place) } => {
            let (id, place) = (SetValue::Place(place.clone()).text(), wire::place(place));
            json!({"decision": "set", "tellings": told(tellings), "field": "place", "value": id, "place": place})
        }
        Decision::Set { tellings, value } => {
            json!({"decision": "set", "tellings": told(tellings), "field": value.field(), "value": value.text()})
        }
        Decision::Retract { document } => json!({"decision": "retract", "document": document}),
        Decision::Link { tellings, to, kind } => {
            json!({"decision": "link", "kind": kind.name(), "tellings": told(tellings), "others": told(to)})
        }
    };
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn from_json(payload: &Value) -> Option<Decision> {
    let word = |key: &str| payload[key].as_str();
    let told = |key: &str| -> Option<Vec<TellingRef>> { payload[key].as_array()?.iter().map(telling).collect() };
    match word("decision")? {
        "same" => Some(Decision::Same { tellings: told("tellings")? }),
        "apart" => Some(Decision::Apart { tellings: told("tellings")?, others: told("others")? }),
        "set" => {
            let value = match word("field")? {
                "place" => SetValue::Place(Box::new(wire::to_place(&payload["place"])?)),
                field => SetValue::read(field, word("value")?)?,
            };
            Some(Decision::Set { tellings: told("tellings")?, value })
        }
        "link" => {
            let kind = LinkKind::from_name(word("kind")?)?;
            Some(Decision::Link { tellings: told("tellings")?, to: told("others")?, kind })
        }
        "retract" => Some(Decision::Retract { document: word("document")?.to_string() }),
        _ => None,
    }
}

fn telling(value: &Value) -> Option<TellingRef> {
    let number = |key: &str| value[key].as_u64().map(|n| n as u32);
    Some(TellingRef {
        document: value["document"].as_str()?.to_string(),
        incident: value["incident"].as_str()?.to_string(),
        anchor: number("start").zip(number("end")).map(|(start, end)| Span::new(start, end)),
    })
}
