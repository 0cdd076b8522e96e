//! What went wrong, in one shape for all stages?
//!
//! The stages have an error type each. Here they become one: a stable code for
//! programs, a message that names file or entry, and a hint that says what to
//! do. Messy text is no error: it comes as diagnostics beside the reading.

use std::fmt;
use std::io;
use std::path::Path;

/// A failure of the user's files, of the disk, or of the data.
#[derive(Debug)]
pub struct Error {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

impl Error {
    /// A failure that no stage reports by itself.
    pub fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), hint: None }
    }

    pub fn with_hint(self, hint: impl Into<String>) -> Error {
        Error { hint: Some(hint.into()), ..self }
    }

    /// A file or folder that could not be read or written.
    pub fn io(path: &Path, source: io::Error) -> Error {
        let code = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk_full",
            io::ErrorKind::ReadOnlyFilesystem => "read_only",
            _ => "io",
        };
        let hint = match source.kind() {
            io::ErrorKind::NotFound => "check the name; a relative path starts from the current folder",
            io::ErrorKind::PermissionDenied => "check who owns it and whether you may read or write there",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some space and run the same command again"
            }
            io::ErrorKind::FileTooLarge => {
                "no file may grow so large here: a limit of the disk or of the account (ulimit -f)"
            }
            io::ErrorKind::InvalidData => "save the file as UTF-8",
            _ => "check that the disk and the path are there",
        };
        Error::new(code, format!("{}: {source}", path.display())).with_hint(hint)
    }

    /// A file or folder of the store that could not be written.
    pub fn of_store(path: &Path, source: io::Error) -> Error {
        let is_forbidden = source.kind() == io::ErrorKind::PermissionDenied;
        let error = Error::io(path, source);
        if is_forbidden { Error { code: "read_only", ..error } } else { error }
    }

    /// A stable name for programs, such as `not_a_store` or `data`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What to do about it, where something can be said.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<marsad_ingest::Error> for Error {
    fn from(error: marsad_ingest::Error) -> Error {
        Error { code: error.code(), message: error.to_string(), hint: error.hint().map(str::to_string) }
    }
}

impl From<marsad_lang::Error> for Error {
    fn from(error: marsad_lang::Error) -> Error {
        Error::new(error.code(), error.to_string()).with_hint("run `marsad data check` and mend the entry it names")
    }
}

impl From<marsad_store::Error> for Error {
    fn from(error: marsad_store::Error) -> Error {
        Error { code: error.code(), message: error.to_string(), hint: error.hint().map(str::to_string) }
    }
}
