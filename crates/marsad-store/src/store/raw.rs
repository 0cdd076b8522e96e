//! How are the bytes of a document kept so that they are never lost?
//!
//! Each file is named by the sha256 of its content: `raw/ab/abcdef…`. It is
//! written under another name, flushed and renamed, so that a file under its
//! own name is always whole; a file that is there is never written again.

use super::Store;
use super::ledger::captures_dir;
use crate::Error;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

impl Store {
    /// The raw bytes with this hash, or `None` when there are none.
    ///
    /// # Errors
    /// `io` when the file cannot be read.
    pub fn raw(&self, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
        let path = raw_path(&self.dir, sha256);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io(&path, "read the raw bytes", e)),
        }
    }

    /// Keeps the bytes of several documents and returns their hashes.
    ///
    /// A new name is on the disk only when its folder is, so folders are
    /// flushed too: once each, as flushing is nearly all that writing costs.
    pub(super) fn keep_raw<'a>(&self, documents: impl Iterator<Item = &'a [u8]>) -> Result<Vec<String>, Error> {
        let (mut hashes, mut folders) = (vec![], BTreeSet::new());
        for bytes in documents {
            let sha256 = hex_sha256(bytes);
            let path = raw_path(&self.dir, &sha256);
            if !path.exists() {
                write_new(&path, bytes).map_err(|e| Error::io(&path, "keep the raw bytes", e))?;
                folders.extend(path.parent().map(Path::to_path_buf));
            }
            hashes.push(sha256);
        }
        if !folders.is_empty() {
            folders.insert(self.dir.join("raw"));
        }
        folders.iter().try_for_each(|f| sync_folder(f).map_err(|e| Error::io(f, "flush this folder", e)))?;
        Ok(hashes)
    }

    /// Every file under `raw/`, sorted; unfinished ones with their dot name.
    pub(super) fn raw_files(&self) -> Result<Vec<PathBuf>, Error> {
        let raw = self.dir.join("raw");
        let mut files = vec![];
        for folder in entries(&raw)? {
            if folder.is_dir() && folder != captures_dir(&self.dir) {
                files.extend(entries(&folder)?);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// Where the bytes with this hash are kept.
pub(super) fn raw_path(dir: &Path, sha256: &str) -> PathBuf {
    dir.join("raw").join(sha256.get(..2).unwrap_or("__")).join(sha256)
}

/// The sha256 of some bytes in lower-case hexadecimal.
pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let list = || fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    match list() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        result => result.map_err(|e| Error::io(dir, "list this folder", e)),
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().expect("a raw file lies in its folder");
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(unfinished_name());
    write_through(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, path)).inspect_err(|_| {
        let _ = fs::remove_file(&unfinished); // the first error is the one to report
    })
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Unique among the processes and threads that may write at the same time.
fn unfinished_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!(".unfinished-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
