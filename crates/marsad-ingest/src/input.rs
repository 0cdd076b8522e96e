//! Which articles lie behind this path?
//!
//! A text file is one article, a JSONL file one a line, a folder everything
//! below it in sorted order, `-` standard input. Files are opened one after
//! the other and JSONL is read line by line, so that an input may be larger
//! than memory.

use crate::article::{Item, RawArticle, Skipped};
use crate::decode::decode;
use crate::error::Error;
use crate::jsonl;
use marsad_model::Retrieval;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The articles of a path, or of standard input for `-`.
///
/// Formats go by the end of the name: `.jsonl` and `.ndjson` hold one article a
/// line, `.txt`, `.text` and names without an ending one article. Standard
/// input is JSONL when it begins with `{`. Hidden files in folders and a store
/// (a folder with `marsad.db` and `raw/`) are passed over; everything else that is not read comes back as [`Item::Skipped`].
///
/// # Errors
/// When the path itself does not exist or may not be read. Files inside a
/// folder never fail the whole.
///
/// ```
/// use marsad_ingest::{Item, articles};
/// let folder = tempfile::tempdir().unwrap();
/// let file = folder.path().join("news.txt");
/// std::fs::write(&file, "سقط صاروخ قرب المطار.").unwrap();
/// let items: Vec<Item> = articles(file.to_str().unwrap()).unwrap().collect();
/// assert!(matches!(&items[..], [Item::Article(a)] if a.text.ends_with("المطار.")));
///
/// assert!(articles("no/such/file.txt").is_err_and(|e| e.is_not_found()));
/// ```
pub fn articles(input: &str) -> Result<Articles, Error> {
    if input == "-" {
        return Ok(Articles::new(vec![Job::Stdin]));
    }
    let path = Path::new(input);
    let meta = std::fs::metadata(path).map_err(|e| Error::new(path, e))?;
    if meta.is_dir() {
        std::fs::read_dir(path).map_err(|e| Error::new(path, e))?;
        return Ok(Articles::new(folder(path).collect()));
    }
    File::open(path).map_err(|e| Error::new(path, e))?;
    Ok(Articles::new(vec![Job::File(path.to_path_buf(), format_of(path, true))]))
}

/// How many bytes [`articles`] will read; `None` for standard input and for
/// what cannot be opened.
pub fn total_bytes(input: &str) -> Option<u64> {
    if input == "-" {
        return None;
    }
    let path = Path::new(input);
    let meta = std::fs::metadata(path).ok()?;
    if meta.is_file() {
        return Some(meta.len());
    }
    let size = |job: Job| match job {
        Job::File(path, Format::Text | Format::Lines | Format::Page) => std::fs::metadata(path).map_or(0, |m| m.len()),
        _ => 0,
    };
    Some(folder(path).map(size).sum())
}

/// Iterator over the articles of an input.
pub struct Articles {
    /// What is still to be opened, last first.
    jobs: Vec<Job>,
    lines: Option<Lines>,
    bytes_read: u64,
}

enum Job {
    Stdin,
    File(PathBuf, Format),
    Failed(PathBuf, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Lines,
    Page,
    /// Known, and of a later version.
    NotYet,
    Unknown,
}

/// A JSONL input that is being read.
struct Lines {
    source: String,
    reader: Box<dyn BufRead + Send>,
    number: u64,
}

impl Articles {
    fn new(mut jobs: Vec<Job>) -> Articles {
        jobs.reverse();
        Articles { jobs, lines: None, bytes_read: 0 }
    }

    /// How much of the input has been read, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    fn open(&mut self, job: Job) -> Option<Item> {
        match job {
            Job::Stdin => self.stdin(),
            Job::File(path, Format::Text) => Some(self.text_file(&path)),
            Job::File(path, Format::Lines) => self.lines_file(&path),
            Job::File(path, Format::Page) => Some(self.page_file(&path)),
            Job::File(path, format) => Some(Item::Skipped(not_read(&path, format))),
            Job::Failed(path, why) => Some(Item::Skipped(unreadable(&path, &why))),
        }
    }

    fn page_file(&mut self, path: &Path) -> Item {
        match std::fs::read(path) {
            Ok(bytes) => {
                self.bytes_read += bytes.len() as u64;
                page_article(&shown(path), bytes, Retrieval::default())
            }
            Err(e) => Item::Skipped(unreadable(path, &e.to_string())),
        }
    }

    fn text_file(&mut self, path: &Path) -> Item {
        match std::fs::read(path) {
            Ok(bytes) => {
                self.bytes_read += bytes.len() as u64;
                text_article(&shown(path), bytes)
            }
            Err(e) => Item::Skipped(unreadable(path, &e.to_string())),
        }
    }

    fn lines_file(&mut self, path: &Path) -> Option<Item> {
        match File::open(path) {
            Ok(file) => {
                let reader = Box::new(BufReader::with_capacity(1 << 18, file));
                self.lines = Some(Lines { source: shown(path), reader, number: 0 });
                None
            }
            Err(e) => Some(Item::Skipped(unreadable(path, &e.to_string()))),
        }
    }

    fn stdin(&mut self) -> Option<Item> {
        let mut reader = BufReader::new(io::stdin());
        let is_json = match reader.fill_buf() {
            Ok(head) => starts_as_json(head),
            Err(e) => return Some(Item::Skipped(unreadable(Path::new("-"), &e.to_string()))),
        };
        if is_json {
            self.lines = Some(Lines { source: "-".to_string(), reader: Box::new(reader), number: 0 });
            return None;
        }
        let mut bytes = vec![];
        match reader.read_to_end(&mut bytes) {
            Ok(n) => self.bytes_read += n as u64,
            Err(e) => return Some(Item::Skipped(unreadable(Path::new("-"), &e.to_string()))),
        }
        Some(text_article("-", bytes))
    }

    /// The next article of the open JSONL input; closes it at its end.
    fn next_line(&mut self) -> Option<Item> {
        let lines = self.lines.as_mut()?;
        loop {
            let mut line = vec![];
            match lines.reader.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(n) => self.bytes_read += n as u64,
                Err(e) => {
                    let skipped = unreadable(Path::new(&lines.source), &e.to_string());
                    self.lines = None;
                    return Some(Item::Skipped(skipped));
                }
            }
            lines.number += 1;
            if let Some(item) = jsonl::article(&lines.source, lines.number, line) {
                return Some(item);
            }
        }
        self.lines = None;
        None
    }
}

impl Iterator for Articles {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.next_line() {
                return Some(item);
            }
            let job = self.jobs.pop()?;
            if let Some(item) = self.open(job) {
                return Some(item);
            }
        }
    }
}

/// Everything below a folder, sorted by name within each folder.
fn folder(root: &Path) -> impl Iterator<Item = Job> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |e| e.depth() == 0 || !hidden(e.file_name()) && !is_of_a_store(e.path()))
        .filter_map(|entry| match entry {
            Ok(e) if e.file_type().is_file() => Some(Job::File(e.path().to_path_buf(), format_of(e.path(), false))),
            Ok(_) => None,
            Err(e) => Some(Job::Failed(e.path().map(Path::to_path_buf).unwrap_or_default(), e.to_string())),
        })
}

/// A store below the folder, or what lies in it when the folder is one itself:
/// its raw bytes are articles that were read already.
fn is_of_a_store(path: &Path) -> bool {
    let is_store = |dir: &Path| dir.join("marsad.db").is_file() && dir.join("raw").is_dir();
    let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    is_store(path) || (name == "raw" || name.starts_with("marsad.db")) && path.parent().is_some_and(is_store)
}

/// A file named by the user is read as text when its ending says nothing; in a
/// folder such files are left alone.
fn format_of(path: &Path, named: bool) -> Format {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        None | Some("txt" | "text") => Format::Text,
        Some("jsonl" | "ndjson") => Format::Lines,
        Some("html" | "htm" | "xhtml" | "shtml" | "asp" | "aspx" | "php" | "jsp") => Format::Page,
        Some("mhtml" | "warc" | "gz" | "zst" | "bz2" | "xz" | "zip" | "tar" | "wacz") => Format::NotYet,
        Some("xml" | "rss" | "atom" | "pdf" | "doc" | "docx" | "epub" | "eml" | "parquet") => Format::NotYet,
        Some("json" | "csv" | "tsv" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "mp4") => Format::Unknown,
        Some(_) if named => Format::Text,
        Some(_) => Format::Unknown,
    }
}

fn not_read(path: &Path, format: Format) -> Skipped {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match format {
        Format::NotYet => {
            Skipped::new(&shown(path), "not_read_yet", format!(".{ending} is not read yet by this version"))
                .hint("save the article's text as .txt, or many articles as .jsonl with the keys text, url, published")
        }
        _ if ending == "json" => Skipped::new(&shown(path), "unknown_format", "a .json file is no list of articles")
            .hint("write one article a line and name the file .jsonl"),
        _ => Skipped::new(&shown(path), "unknown_format", format!(".{ending} is no format of articles"))
            .hint("articles are read from .txt, .jsonl and .ndjson"),
    }
}

fn unreadable(path: &Path, why: &str) -> Skipped {
    Skipped::new(&shown(path), "unreadable", format!("{}: {why}", shown(path)))
}

fn text_article(source: &str, raw: Vec<u8>) -> Item {
    let Some(decoded) = decode(&raw) else {
        let skipped = Skipped::new(source, "not_text", "these bytes are no text");
        return Item::Skipped(skipped.hint("a picture, archive or office file was given a text file's name"));
    };
    if decoded.text.trim().is_empty() {
        return Item::Skipped(Skipped::new(source, "empty", "the file has no text"));
    }
    let article = RawArticle { raw: vec![], ..RawArticle::from_text(source, "") };
    Item::Article(RawArticle { raw, text: decoded.text, notes: decoded.notes, ..article })
}

fn page_article(source: &str, raw: Vec<u8>, retrieval: Retrieval) -> Item {
    match RawArticle::from_page(source, raw, retrieval) {
        None => Item::Skipped(Skipped::new(source, "not_text", "these bytes are no page")),
        Some(article) if article.text.trim().is_empty() => {
            let skipped = Skipped::new(source, "empty", "the page shows no text");
            Item::Skipped(skipped.hint("its text may be put there by a script; save the page from a browser"))
        }
        Some(article) => Item::Article(article),
    }
}

fn starts_as_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"{")
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
