//! What does one resolution leave for the next?
//!
//! Three tables, all of which can be made again from the readings: `compared` has what is compared of the claims of each document, and
//! the entry of the log that gave it its reading; `merges` says of each incident what it was made from and the hash of its row;
//! `resolution` says which program left this, up to which entry of the log it knows the readings, and how often incidents were
//! replaced. Another program, or incidents that somebody else put, and nothing of it counts.

use super::raw::hex_sha256;
use super::{Replaced, Store, incidents, log};
use crate::error::{Code, Failure};
use crate::{Error, ResolvedIncident, ResolvedLink};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, HashSet};

/// Where the last resolution stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// The last entry of the log whose reading it knows.
    pub entry: u64,
    /// Grows with each change of the incidents.
    pub round: u64,
}

/// What is compared of the claims of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub document: String,
    /// The entry of the log that gave the document this reading.
    pub entry: u64,
    /// The store does not look inside.
    pub claims: Vec<u8>,
}

/// One incident of a resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Document and incident in the document of each telling.
    pub tellings: Vec<(String, String)>,
    /// All that the incident depends on, as [`fingerprint`]: where that is known from the last resolution it need not be merged again.
    pub made_from: String,
    pub links: Vec<ResolvedLink>,
    /// `None` where it is stored as it is.
    pub incident: Option<ResolvedIncident>,
}

/// What is new in a resolution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// The program that resolves; another one cannot use what it leaves.
    pub program: String,
    /// Where the last one stopped; `None` when nothing of it was used.
    pub after: Option<Left>,
    /// The last entry of the log whose reading is known now.
    pub entry: u64,
    /// Of the documents that were read since.
    pub compared: Vec<Compared>,
    /// What was found between all that is compared; the store does not look inside.
    pub found: Vec<u8>,
    /// All incidents.
    pub incidents: Vec<Standing>,
}

/// A hash by which equal things are known again.
///
/// ```
/// assert_eq!(marsad_store::fingerprint("a"), marsad_store::fingerprint("a"));
/// assert_ne!(marsad_store::fingerprint("a"), marsad_store::fingerprint("b"));
/// ```
pub fn fingerprint(text: &str) -> String {
    hex_sha256(text.as_bytes())
}

impl Store {
    /// Where the last resolution stopped, if this program can go on from there.
    ///
    /// # Errors
    /// `locked`, `corrupt`, `database`.
    pub fn left_by(&self, program: &str) -> Result<Option<Left>, Error> {
        self.read(|db| Ok(left(db)?.filter(|(by, _)| by == program).map(|(_, left)| left)))
    }

    /// Calls `f` with what is compared of each document, in the order in which it was kept.
    ///
    /// # Errors
    /// As [`Store::left_by`].
    pub fn each_compared(&self, mut f: impl FnMut(Compared)) -> Result<(), Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT document, entry, claims FROM compared ORDER BY rowid")?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                f(Compared { document: row.get(0)?, entry: row.get::<_, i64>(1)? as u64, claims: row.get(2)? });
            }
            Ok(())
        })
    }

    /// What was found between all that is compared, empty where that is not known.
    ///
    /// # Errors
    /// As [`Store::left_by`].
    pub fn found(&self) -> Result<Vec<u8>, Error> {
        let find = "SELECT found FROM resolution";
        self.read(|db| Ok(db.query_row(find, [], |row| row.get(0)).optional()?.unwrap_or_default()))
    }

    /// What is compared of one document, or `None` when it tells nothing.
    ///
    /// # Errors
    /// As [`Store::left_by`].
    pub fn compared(&self, document: &str) -> Result<Option<Compared>, Error> {
        let find = "SELECT entry, claims FROM compared WHERE document = ?";
        self.read(|db| {
            let row = db.prepare_cached(find)?.query_row([document], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)));
            let compared = |(entry, claims)| Compared { document: document.to_string(), entry: entry as u64, claims };
            Ok(row.optional()?.map(compared))
        })
    }

    /// True when the stored incidents have the hashes that were noted when they were written.
    ///
    /// # Errors
    /// As [`Store::left_by`].
    pub fn incidents_are_as_noted(&self) -> Result<bool, Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT json, sha256 FROM incidents LEFT JOIN merges ON incident = id")?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let noted: Option<String> = row.get(1)?;
                if noted.as_deref() != Some(&*hex_sha256(row.get_ref(0)?.as_bytes().map_err(rusqlite::Error::from)?)) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// The documents that were read after an entry of the log, with the entry that gave each its last reading; and the last
    /// entry of all.
    ///
    /// # Errors
    /// As [`Store::left_by`].
    pub fn read_since(&self, entry: u64) -> Result<(BTreeMap<String, u64>, u64), Error> {
        self.read(|db| {
            let last = log::next(db)? - 1;
            let find = "SELECT json_extract(payload, '$.document'), seq FROM operations
                WHERE seq > ? AND seq <= ? AND kind IN (?, ?) ORDER BY seq";
            let mut rows = db.prepare(find)?;
            let kinds = (entry as i64, last as i64, log::DOCUMENT_ADDED, log::DOCUMENT_REREAD);
            let read = rows.query_map(kinds, |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
            Ok((read.collect::<rusqlite::Result<_>>()?, last))
        })
    }

    /// What the stored incidents were made from, as far as it is known.
    ///
    /// # Errors
    /// As [`Store::left_by`].
    pub fn made_from(&self) -> Result<HashSet<String>, Error> {
        self.read(|db| {
            let mut rows = db.prepare("SELECT made_from FROM merges WHERE made_from IS NOT NULL")?;
            Ok(rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Stores the incidents of a resolution in place of all former ones, and what it leaves for the next; all of it or nothing. What
    /// is stored as it is, is not written again.
    ///
    /// # Errors
    /// As [`Store::replace_incidents`]; `overtaken` when somebody else replaced incidents since the last
    /// resolution: then begin anew.
    pub fn keep_resolution(&mut self, new: &Resolution) -> Result<(Replaced, Left), Error> {
        self.must_be_writable()?;
        let path = self.database.clone();
        self.write(|db| {
            let left = left(db)?;
            let before = left.as_ref().filter(|(by, _)| *by == new.program).map(|(_, left)| *left);
            if new.after.is_some() && new.after != before {
                return Err(Error::new(Code::Overtaken, &path, "the incidents were replaced meanwhile").into());
            }
            if new.after.is_none() {
                db.execute_batch("DELETE FROM compared; UPDATE merges SET made_from = NULL;")?;
            }
            let given: Vec<incidents::Given> = new.incidents.iter().map(incidents::Given::of_standing).collect();
            let replaced = incidents::replace(db, &given)?;
            write_compared(db, &new.compared)?;
            let round = left.map_or(0, |(_, left)| left.round) + 1;
            let is_news = replaced.changed || !new.compared.is_empty();
            match new.after.filter(|left| !is_news && left.entry == new.entry) {
                Some(as_before) => Ok((replaced, as_before)),
                None => {
                    let left = Left { entry: new.entry, round };
                    write_left(db, &new.program, left, &new.found)?;
                    Ok((replaced, left))
                }
            }
        })
    }
}

/// Somebody replaces the incidents who leaves nothing for the next resolution.
pub(super) fn forget(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("DELETE FROM resolution; DELETE FROM compared; UPDATE merges SET made_from = NULL;")
}

fn left(db: &Connection) -> rusqlite::Result<Option<(String, Left)>> {
    let find = "SELECT program, entry, round FROM resolution";
    let number = |n: i64| n as u64;
    db.query_row(find, [], |row| Ok((row.get(0)?, Left { entry: number(row.get(1)?), round: number(row.get(2)?) })))
        .optional()
}

fn write_left(db: &Connection, program: &str, left: Left, found: &[u8]) -> rusqlite::Result<()> {
    let write = "INSERT OR REPLACE INTO resolution VALUES (1, ?, ?, ?, ?)";
    db.execute(write, (program, left.entry as i64, left.round as i64, found))?;
    Ok(())
}

/// A document that no longer tells anything has no row.
fn write_compared(db: &Connection, compared: &[Compared]) -> Result<(), Failure> {
    // What is replaced comes last, as for the resolver.
    let write = "INSERT OR REPLACE INTO compared VALUES (?, ?, ?)";
    let (mut write, mut delete) = (db.prepare(write)?, db.prepare("DELETE FROM compared WHERE document = ?")?);
    for Compared { document, entry, claims } in compared {
        match claims.is_empty() {
            true => delete.execute([document])?,
            false => write.execute((document, *entry as i64, claims))?,
        };
    }
    Ok(())
}
