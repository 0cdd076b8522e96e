//! What went wrong with a data file, where, and what should its author do?

use std::fmt;

/// A data file could not be used. Names file, entry and problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    file: String,
    entry: String,
    message: String,
}

impl Error {
    /// `message` says what was expected and what came.
    pub fn data(file: &str, entry: &str, message: impl Into<String>) -> Error {
        Error { file: file.to_string(), entry: entry.to_string(), message: message.into() }
    }

    pub fn file(&self) -> &str {
        &self.file
    }

    pub fn entry(&self) -> &str {
        &self.entry
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        "data"
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry.as_str() {
            "" => write!(f, "{}: {}", self.file, self.message),
            entry => write!(f, "{}, entry {entry}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for Error {}
