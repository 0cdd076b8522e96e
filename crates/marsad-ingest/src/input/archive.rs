//! Which articles lie in a ZIP archive?
//!
//! Folders of saved pages, and WACZ packages, whose web archives lie unpacked
//! in them; what a package says of itself is no article. Entries are read in the
//! order of their names, each by its ending; none is believed about its size.

use super::bounded::{Bounded, Counted, RECORD_BYTES_MAX, unpacked};
use super::warc::Warc;
use super::{Format, by_content, format_of};
use crate::article::{Item, Skipped};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

/// Iterator over the articles of an archive.
const ENTRY_HINT: &str = "the other entries are read; unpack this one by hand, or fetch the archive again";

pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    /// Entries still to be read, the last first.
    entries: Vec<usize>,
    open: Option<Box<dyn Iterator<Item = Item> + Send>>,
}

impl Archive {
    /// # Errors
    /// When the file is no archive, or its list of entries is damaged.
    pub fn new(path: &Path) -> Result<Archive, Skipped> {
        let shown = path.to_string_lossy();
        let damaged = |e: String| {
            let skipped = Skipped::new(&shown, "bad_archive", format!("{shown} cannot be unpacked: {e}"));
            skipped.hint("it may be cut off: fetch it again, or unpack what is whole and give its folder")
        };
        let file = File::open(path).map_err(|e| damaged(e.to_string()))?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(e.to_string()))?;
        // A name that is no text is shown as far as it is.
        let named = (0..zip.len()).map(|i| (zip.by_index_raw(i).map(|e| entry_name(&e)).unwrap_or_default(), i));
        let mut named: Vec<(String, usize)> =
            named.filter(|(name, _)| !name.ends_with('/') && !is_hidden(name)).collect();
        if is_package(&named) {
            named.retain(|(name, _)| name.starts_with("archive/"));
        }
        named.sort();
        let entries = named.into_iter().rev().map(|(_, i)| i).collect();
        Ok(Archive { path: path.to_path_buf(), zip, entries, open: None })
    }

    fn entry(&mut self, index: usize) -> Result<Box<dyn Iterator<Item = Item> + Send>, Skipped> {
        let shown = self.path.to_string_lossy().into_owned();
        let entry = self.zip.by_index(index);
        let entry = entry
            .map_err(|e| Skipped::new(&shown, "bad_archive", format!("entry {}: {e}", index + 1)).hint(ENTRY_HINT))?;
        let inside = entry_name(&entry);
        let name = format!("{shown}/{inside}");
        let damaged = |e: io::Error| {
            Skipped::new(&name, "bad_archive", format!("{name} cannot be unpacked: {e}")).hint(ENTRY_HINT)
        };
        let format = format_of(Path::new(&inside), false);
        let stored = entry.compression() == CompressionMethod::Stored;
        match (format, entry.data_start()) {
            (Format::Warc, Some(start)) if stored => {
                let (start, size) = (start, entry.size());
                drop(entry);
                section(&self.path, start, size, &name).map_err(damaged)
            }
            _ => {
                let packed = entry.compressed_size() as usize;
                match unpacked(entry, packed).map_err(damaged)? {
                    Bounded::Whole(bytes) => Ok(Box::new(by_content(&name, format, bytes).into_iter())),
                    _ => {
                        let why = format!("an entry that unpacks to more than {} MB", RECORD_BYTES_MAX >> 20);
                        Err(Skipped::new(&name, "too_long", why).hint("unpack the archive and give its folder"))
                    }
                }
            }
        }
    }
}

/// A web archive that lies as it is inside another file.
fn section(path: &Path, start: u64, size: u64, name: &str) -> io::Result<Box<dyn Iterator<Item = Item> + Send>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    let taken = Arc::new(AtomicU64::new(0));
    let input = BufReader::with_capacity(
        1 << 18,
        Counted::section(Box::new(file) as Box<dyn Read + Send>, size, taken.clone()),
    );
    Ok(Box::new(Warc::new(name.to_string(), input, taken)?))
}

fn entry_name<R: io::Read>(entry: &ZipFile<R>) -> String {
    String::from_utf8_lossy(entry.name_raw()).into_owned()
}

/// A WACZ package: its manifest, its index and its list of pages repeat what the web archives in it hold.
fn is_package(named: &[(String, usize)]) -> bool {
    let is_archive = |name: &str| name.starts_with("archive/") && format_of(Path::new(name), false) == Format::Warc;
    named.iter().any(|(name, _)| name == "datapackage.json") && named.iter().any(|(name, _)| is_archive(name))
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

impl Iterator for Archive {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            let index = self.entries.pop()?;
            match self.entry(index) {
                Ok(items) => self.open = Some(items),
                Err(skipped) => return Some(Item::Skipped(skipped)),
            }
        }
    }
}
