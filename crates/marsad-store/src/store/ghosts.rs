//! Where does an id lead whose telling is told no more?
//!
//! A telling goes when its document is retracted, or when the document is read
//! anew and no longer tells it. The entry of the log that takes it away says
//! with which tellings it was told until then (`told_with`). While that entry
//! counts, the telling is a ghost: it gives no incident a value and no id, but
//! its own id leads where those are now. So what an old id answers follows from
//! the entries that count and the incidents that there are, and from nothing
//! that happened in between: undoing any step and doing it again changes no
//! answer.

use super::identity::Member;
use super::log::{self, Operation};
use crate::error::Failure;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The tellings that are gone, as the entries that count tell it.
#[derive(Debug, Default)]
pub(super) struct Ghosts {
    /// Documents that are retracted now.
    pub retracted: BTreeSet<String>,
    /// The documents among them of whose tellings all is known; older programs wrote down nothing.
    settled: BTreeSet<String>,
    /// The id of a telling and the ids of those that it was told with.
    told_with: BTreeMap<String, BTreeSet<String>>,
}

impl Ghosts {
    pub fn read(db: &Connection) -> Result<Ghosts, Failure> {
        let mut ghosts = Ghosts::default();
        let entries = log::about_ghosts(db)?;
        let undone = log::undone(&entries);
        for entry in entries.iter().filter(|e| !undone.contains(&e.seq)) {
            if let Some(document) = retracted(db, entry)? {
                ghosts.take(entry);
                if entry.payload["told_with"].is_object() {
                    ghosts.settled.insert(document.clone());
                }
                ghosts.retracted.insert(document);
            } else if entry.kind == log::DOCUMENT_REREAD {
                ghosts.take(entry);
            }
        }
        Ok(ghosts)
    }

    fn take(&mut self, entry: &Operation) {
        let ids = |value: &Value| -> BTreeSet<String> {
            value.as_array().into_iter().flatten().filter_map(|id| Some(id.as_str()?.to_string())).collect()
        };
        for (id, others) in entry.payload["told_with"].as_object().into_iter().flatten() {
            self.told_with.entry(id.clone()).or_default().extend(ids(others));
        }
    }

    /// The ids of those that this telling was told with; `None` where the log does not say.
    pub fn others(&self, id: &str, telling: &Member) -> Option<&BTreeSet<String>> {
        static NOBODY: BTreeSet<String> = BTreeSet::new();
        let nobody = || self.settled.contains(&telling.0).then_some(&NOBODY);
        self.told_with.get(id).or_else(nobody)
    }

    /// The tellings of the documents that are retracted.
    pub fn tellings(&self, db: &Connection) -> Result<BTreeSet<Member>, Failure> {
        let mut tellings = BTreeSet::new();
        let mut find = db.prepare("SELECT incident FROM claims WHERE document = ?")?;
        for document in &self.retracted {
            let told = find.query_map([document], |row| row.get::<_, String>(0))?;
            for incident in told {
                tellings.insert((document.clone(), incident?));
            }
        }
        Ok(tellings)
    }
}

/// The document that an entry retracts.
fn retracted(db: &Connection, entry: &Operation) -> Result<Option<String>, Failure> {
    let is_retraction = entry.kind == log::DECIDED && entry.payload["decision"] == "retract";
    if is_retraction {
        return Ok(entry.payload["document"].as_str().map(str::to_string));
    }
    match entry.payload["of"].as_u64() {
        Some(of) if entry.kind == log::UNDONE => Ok(log::added(db, of)?),
        _ => Ok(None),
    }
}

/// Whom the tellings of a document are told with, for the entry that takes them away; all of them,
/// or those alone that `goes` says. Ghosts are told with those to whom their ids lead.
pub(super) fn told_with(db: &Connection, document: &str, goes: impl Fn(&str) -> bool) -> Result<Value, Failure> {
    let has_rows = |table: &str| db.prepare(&format!("SELECT 1 FROM {table}"))?.exists([]);
    if has_rows("memberships")? && !has_rows("members")? {
        return Ok(Value::Null); // a store from before schema 3 that was not resolved since
    }
    let mut all = Map::new();
    let mut rows = db.prepare("SELECT document_incident, id FROM members WHERE document = ?")?;
    for row in rows.query_map([document], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))? {
        let (incident, id) = row?;
        if goes(&incident) {
            let others = others(db, document, &incident, &id)?;
            all.insert(id, others.into_iter().map(Value::from).collect());
        }
    }
    Ok(all.into())
}

/// The ids of the tellings of other documents with which this one is told.
fn others(db: &Connection, document: &str, incident: &str, id: &str) -> Result<Vec<String>, Failure> {
    let now = "SELECT incident FROM memberships WHERE document = ?1 AND document_incident = ?2
        UNION ALL SELECT new FROM redirects WHERE old = ?3 AND new IS NOT NULL";
    let now: Option<String> = db.query_row(now, [document, incident, id], |row| row.get(0)).optional()?;
    let Some(now) = now else { return Ok(vec![]) };
    let others = "SELECT members.id FROM memberships JOIN members USING (document, document_incident)
        WHERE incident = ?1 AND document <> ?2 ORDER BY members.id";
    let mut rows = db.prepare(others)?;
    Ok(rows.query_map([now.as_str(), document], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
