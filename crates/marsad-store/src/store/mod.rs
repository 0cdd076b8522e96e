//! How is a store opened, and what stands in its folder?
//!
//! ```text
//! marsad/
//!   marsad.db          SQLite, WAL: documents, incidents, memberships, tallies, redirects, operations, addresses, visits;
//!                      and what the last resolution left for the next
//!   raw/ab/abcdef…     the bytes of every document, named by their sha256, never overwritten
//!   raw/web/….warc.gz  the answers of every server that was asked, only appended to
//! ```
//!
//! Raw bytes are on the disk before the row that names them, and every change
//! of rows is one transaction: a write that fails leaves the store as it was.
//! `synchronous=FULL`, so that what was acknowledged survives a power cut.

mod check;
mod decisions;
mod documents;
mod filter;
mod ghosts;
mod identity;
mod incidents;
mod ledger;
mod log;
mod query;
mod raw;
mod resolution;
mod rows;
mod schema;

pub use check::{Check, Facts, Finding};
pub use documents::{Article, DocumentRow, Incoming, Outcome, Provenance};
pub use filter::{Filter, Near};
pub use incidents::Replaced;
pub use ledger::{Address, Capture, Visit, VisitRow};
pub use log::Operation;
pub use query::Table;
pub use resolution::{Compared, Left, Resolution, Standing, fingerprint};

use crate::Error;
use crate::error::{Code, Failure};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One folder with documents, incidents, raw bytes and the log.
///
/// A store is used by one thread at a time; several processes may open the same
/// folder, of which one writes at a time and the others wait up to five seconds.
///
/// ```
/// use marsad_store::{Filter, Store};
/// let folder = tempfile::tempdir()?;
/// let store = Store::create(folder.path().join("marsad"))?;
/// assert!(store.incidents(&Filter::default())?.is_empty());
/// assert!(store.check()?.is_clean());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    database: PathBuf,
    connection: Connection,
}

impl Store {
    /// The store in a folder.
    ///
    /// # Errors
    /// `not_a_store` when the folder holds none, `newer_schema` when a newer
    /// program wrote it, `locked`, `corrupt`, `io`.
    pub fn open(dir: impl AsRef<Path>) -> Result<Store, Error> {
        must_exist(dir.as_ref())?;
        Store::with_flags(dir.as_ref(), OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// The store in a folder, for reading only: every write fails with
    /// `read_only` before it touches anything.
    ///
    /// # Errors
    /// As [`Store::open`]; also when the store must be migrated first.
    pub fn open_read_only(dir: impl AsRef<Path>) -> Result<Store, Error> {
        must_exist(dir.as_ref())?;
        Store::with_flags(dir.as_ref(), OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    /// A new, empty store; the folder is made when it is missing.
    ///
    /// # Errors
    /// `already_a_store` when one is there; `io`, `read_only`, `disk_full` when
    /// the folder cannot be made.
    ///
    /// ```
    /// use marsad_store::Store;
    /// let folder = tempfile::tempdir()?;
    /// Store::create(folder.path())?;
    /// assert_eq!(Store::create(folder.path()).err().unwrap().code(), "already_a_store");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn create(dir: impl AsRef<Path>) -> Result<Store, Error> {
        let dir = dir.as_ref();
        if database_path(dir).exists() {
            return Err(Error::new(Code::AlreadyAStore, dir, "there is a store in this folder"));
        }
        let raw = dir.join("raw");
        std::fs::create_dir_all(&raw).map_err(|e| Error::io(&raw, "make this folder", e))?;
        Store::with_flags(dir, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// The store in a folder, made when it is missing.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(dir: impl AsRef<Path>) -> Result<Store, Error> {
        match Store::open(&dir) {
            Err(e) if e.code() == "not_a_store" && !database_path(dir.as_ref()).exists() => Store::create(dir),
            result => result,
        }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// How long a write waits for another program's write; five seconds unless
    /// told otherwise.
    ///
    /// # Errors
    /// `database` when SQLite refuses.
    pub fn set_busy_timeout(&self, timeout: Duration) -> Result<(), Error> {
        self.read(|db| Ok(db.busy_timeout(timeout)?))
    }

    fn with_flags(dir: &Path, flags: OpenFlags) -> Result<Store, Error> {
        let database = database_path(dir);
        let connection = opened(&database, flags).map_err(|e| e.within(&database))?;
        Ok(Store { dir: dir.to_path_buf(), database, connection })
    }

    /// Does some reading of the database.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T, Error> {
        work(&self.connection).map_err(|e| e.within(&self.database))
    }

    /// Does some writing in one transaction: all of it or nothing.
    fn write<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T, Error> {
        let all_or_nothing = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        all_or_nothing().map_err(|e: Failure| e.within(&self.database))
    }

    /// Before raw bytes are written: is this store for reading only?
    fn must_be_writable(&self) -> Result<(), Error> {
        if self.read(|db| Ok(db.is_readonly("main")?))? {
            return Err(Error::new(Code::ReadOnly, &self.dir, "the store is open for reading only"));
        }
        Ok(())
    }
}

/// A connection that is set up, to a store that this program understands.
fn opened(database: &Path, flags: OpenFlags) -> Result<Connection, Failure> {
    let open = |name: &Path, flags: OpenFlags| {
        let mut connection = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        schema::prepare(&mut connection, database)?;
        Ok(connection)
    };
    let first = open(database, flags);
    if first.is_ok() || !flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        return first;
    }
    match at_rest(database) {
        Some(uri) => open(Path::new(&uri), flags | OpenFlags::SQLITE_OPEN_URI).or(first),
        None => first,
    }
}

/// In a folder where nothing may be written, such as a disk of an archive, SQLite has no place for the files by which its
/// readers and writers heed one another. Where no writer left anything open nobody need be heeded.
fn at_rest(database: &Path) -> Option<String> {
    let beside = |end: &str| PathBuf::from(format!("{}{end}", database.display()));
    let is_at_rest = std::fs::metadata(beside("-wal")).map_or(true, |wal| wal.len() == 0);
    let name = database.to_str().filter(|_| is_at_rest)?;
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Some(format!("file:{name}?immutable=1"))
}

fn database_path(dir: &Path) -> PathBuf {
    dir.join("marsad.db")
}

fn must_exist(dir: &Path) -> Result<(), Error> {
    if database_path(dir).is_file() {
        return Ok(());
    }
    let message = if dir.is_dir() { "no marsad.db in this folder" } else { "there is no such folder" };
    Err(Error::new(Code::NotAStore, dir, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SQLite reports a full disk in the same way when it may not grow.
    #[test]
    fn full_disk_leaves_the_store_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path()).unwrap();
        store.record("user.note", "short".into()).unwrap();
        let pages = schema::pragma(&store.connection, "page_count").unwrap();
        store.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        let error = store.record("user.note", "long ".repeat(9_999).into()).unwrap_err();
        assert_eq!(error.code(), "disk_full");
        assert!(error.to_string().contains("marsad.db: the disk is full"));
        assert_eq!(store.log().unwrap().len(), 1);
        assert!(store.check().unwrap().is_clean());
    }
}
