//! What went wrong with the disk or the database, in which file, and what helps?
//!
//! One opaque type. [`Error::code`] is stable and for programs, the message
//! names the file or folder, [`Error::hint`] says what to do.

use std::io;
use std::path::{Path, PathBuf};

/// A failure of the disk, of the database, or of data handed to the store.
///
/// ```
/// let error = marsad_store::Store::open("no/such/folder").unwrap_err();
/// assert_eq!(error.code(), "not_a_store");
/// assert!(error.to_string().contains("no/such/folder"));
/// assert!(error.hint().unwrap().contains("marsad ingest"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", path.display())]
pub struct Error {
    code: Code,
    path: PathBuf,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of failure it is; the names are [`Code::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    NotAStore,
    AlreadyAStore,
    NewerSchema,
    ReadOnly,
    DiskFull,
    Locked,
    Corrupt,
    UnknownDocument,
    BadIncident,
    BadReading,
    BadQuery,
    UnknownOperation,
    CannotUndo,
    Overtaken,
    Io,
    Database,
}

impl Code {
    fn name(self) -> &'static str {
        match self {
            Code::NotAStore => "not_a_store",
            Code::AlreadyAStore => "already_a_store",
            Code::NewerSchema => "newer_schema",
            Code::ReadOnly => "read_only",
            Code::DiskFull => "disk_full",
            Code::Locked => "locked",
            Code::Corrupt => "corrupt",
            Code::UnknownDocument => "unknown_document",
            Code::BadIncident => "bad_incident",
            Code::BadReading => "bad_reading",
            Code::BadQuery => "bad_query",
            Code::UnknownOperation => "unknown_operation",
            Code::CannotUndo => "cannot_undo",
            Code::Overtaken => "overtaken",
            Code::Io => "io",
            Code::Database => "database",
        }
    }
}

impl Error {
    /// A stable name for programs, such as `disk_full` or `not_a_store`.
    pub fn code(&self) -> &'static str {
        self.code.name()
    }

    /// The file or folder that the failure is about.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What to do about it, where something general can be said.
    pub fn hint(&self) -> Option<&'static str> {
        match self.code {
            Code::NotAStore => Some("run `marsad ingest` first, or name the folder with --store DIR or MARSAD_STORE"),
            Code::AlreadyAStore => Some("open it instead, or choose an empty folder"),
            Code::NewerSchema => Some("update marsad; an older program must not write to a newer store"),
            Code::ReadOnly => Some("check who owns the folder and whether the disk is mounted read-only"),
            Code::DiskFull => Some("free some space and run the same command again; nothing was half written"),
            Code::Locked => Some("another marsad is writing; wait for it to end and try again"),
            Code::Corrupt => Some(
                "run `marsad doctor` to see what is damaged; then put back a copy of the folder, or ingest the articles into a new one",
            ),
            Code::UnknownDocument => Some("put the document before the incidents that it tells"),
            Code::BadIncident | Code::BadReading => None,
            Code::BadQuery => Some("only one statement that reads is allowed"),
            Code::UnknownOperation => Some("`marsad log` lists the entries with their numbers"),
            Code::CannotUndo => {
                Some("decisions, added documents and undone steps can be undone; `marsad log` shows which")
            }
            Code::Overtaken => Some("run the same command again"),
            Code::Io => Some(
                "check the disk: its space, quotas, limits on the size of a file (ulimit -f); `marsad doctor` tells the state of the store",
            ),
            Code::Database => Some("run `marsad doctor` for the state of the store"),
        }
    }

    pub(crate) fn new(code: Code, path: impl Into<PathBuf>, message: impl Into<String>) -> Error {
        Error { code, path: path.into(), message: message.into(), source: None }
    }

    /// An error about a reading; the "path" is the document's id.
    pub(crate) fn bad_reading(document: &str, message: impl Into<String>) -> Error {
        Error::new(Code::BadReading, document, message)
    }

    pub(crate) fn coded(self, code: Code) -> Error {
        Error { code, ..self }
    }

    pub(crate) fn io(path: &Path, doing: &str, source: io::Error) -> Error {
        let code = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Code::ReadOnly,
            _ => Code::Io,
        };
        Error { code, path: path.into(), message: format!("cannot {doing}: {source}"), source: Some(Box::new(source)) }
    }
}

/// A failure inside a piece of work on the database, before the store adds
/// which file it was.
pub(crate) enum Failure {
    Sql(rusqlite::Error),
    Store(Error),
}

impl Failure {
    pub(crate) fn within(self, database: &Path) -> Error {
        match self {
            Failure::Sql(source) => sql_error(database, source),
            Failure::Store(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Sql(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Store(error)
    }
}

fn sql_error(database: &Path, source: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode;
    let (code, message) = match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => (Code::DiskFull, "the disk is full".to_string()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (Code::Locked, "another program is writing".into())
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => (Code::ReadOnly, "may not be written".into()),
        Some(ErrorCode::NotADatabase) => (Code::NotAStore, "this file is no marsad store".into()),
        Some(ErrorCode::DatabaseCorrupt) => (Code::Corrupt, format!("the database is damaged: {source}")),
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => {
            (Code::Io, format!("cannot use the database: {source}"))
        }
        _ => (Code::Database, source.to_string()),
    };
    Error { code, path: database.into(), message, source: Some(Box::new(source)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_disk_and_read_only_mount_have_their_own_codes() {
        let code = |kind: io::ErrorKind| Error::io(Path::new("raw"), "write", kind.into()).code();
        assert_eq!(code(io::ErrorKind::StorageFull), "disk_full");
        assert_eq!(code(io::ErrorKind::ReadOnlyFilesystem), "read_only");
        assert_eq!(code(io::ErrorKind::NotADirectory), "io");
    }
}
