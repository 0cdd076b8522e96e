//! Which input could not be opened at all?

use std::io;
use std::path::{Path, PathBuf};

/// An input that was asked for by name and cannot be opened.
///
/// What goes wrong later, inside a folder or a file of many articles, is an
/// [`Item::Skipped`](crate::Item::Skipped) and stops nothing.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {source}", path.display())]
pub struct Error {
    path: PathBuf,
    source: io::Error,
}

impl Error {
    pub(crate) fn new(path: &Path, source: io::Error) -> Error {
        Error { path: path.to_path_buf(), source }
    }

    /// The path as given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True when there is nothing of that name.
    pub fn is_not_found(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }

    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        "unreadable"
    }

    /// What to do about it, when that is known.
    pub fn hint(&self) -> Option<&'static str> {
        match self.source.kind() {
            io::ErrorKind::NotFound => Some("check the spelling of the path; `-` reads standard input"),
            io::ErrorKind::PermissionDenied => Some("the file exists, but this user may not read it"),
            _ => None,
        }
    }
}
