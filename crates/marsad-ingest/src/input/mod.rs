//! Which articles lie behind this path?
//!
//! Texts, pages, lists of articles, feeds, messages and archives, one file after
//! the other, each by its ending; a folder is everything below it in sorted
//! order, `-` standard input, whose first bytes tell what it is. Everything
//! passes record by record, so that an input may be larger than memory.

mod archive;
mod bounded;
mod feed;
pub(crate) mod http;
mod json;
mod jsonl;
mod mail;
mod opml;
mod payload;
pub(crate) mod warc;

use crate::article::{Item, RawArticle, Skipped};
use crate::decode::decode;
use crate::error::Error;
use archive::Archive;
use bounded::{Bounded, Counted, RECORD_BYTES_MAX};
pub use feed::{FeedEntry, FeedRead, feed};
use flate2::read::MultiGzDecoder;
use json::Json;
use jsonl::Lines;
use marsad_model::Retrieval;
pub use opml::{FeedAddress, feeds_in};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::WalkDir;
use warc::Warc;

/// The articles of a path, or of standard input for `-`.
///
/// Formats go by the end of the name: `.txt` and names without an ending are one
/// article, `.html` is a page, `.jsonl` holds one article a line, `.json` a list
/// or a Telegram export, `.xml` `.rss` `.atom` a feed, `.warc` a web archive,
/// `.zip` and `.wacz` a folder, `.eml` and `.mhtml` a message; each may be packed
/// as `.gz`. Standard input is told by its first bytes. Hidden files in folders
/// and a store (a folder with `marsad.db` and `raw/`) are passed over; everything
/// else that is not read comes back as [`Item::Skipped`].
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

/// The articles in the bytes of a file of this name, whose ending says what they are.
///
/// ```
/// use marsad_ingest::{Item, articles_in};
/// let line = r#"{"url": "https://example.org/1", "text": "خبر"}"#;
/// assert!(matches!(&articles_in("a.jsonl", line.into())[..], [Item::Article(a)] if a.source == "https://example.org/1"));
/// ```
pub fn articles_in(name: &str, bytes: Vec<u8>) -> Vec<Item> {
    let path = Path::new(name);
    let is_packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    let format = format_of(path, true);
    if !is_packed || format == Format::Warc {
        return by_content(name, format, bytes);
    }
    match bounded::unpacked(MultiGzDecoder::new(bytes.as_slice()), bytes.len()) {
        Ok(Bounded::Whole(bytes)) => by_content(name, format, bytes),
        Ok(_) => vec![Item::Skipped(Skipped::new(name, "too_long", "what it unpacks to is too long"))],
        Err(e) => vec![Item::Skipped(unreadable(path, &e.to_string()))],
    }
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
        Job::File(_, Format::NotYet | Format::Unknown) => 0,
        Job::File(path, _) => std::fs::metadata(path).map_or(0, |m| m.len()),
        _ => 0,
    };
    Some(folder(path).map(size).sum())
}

/// Iterator over the articles of an input.
pub struct Articles {
    /// What is still to be opened, last first.
    jobs: Vec<Job>,
    open: Option<Source>,
    bytes_read: Arc<AtomicU64>,
}

type Source = Box<dyn Iterator<Item = Item> + Send>;

enum Job {
    Stdin,
    File(PathBuf, Format),
    Failed(PathBuf, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Page,
    Lines,
    Json,
    /// A feed or a list of feeds.
    Xml,
    Message,
    Warc,
    Archive,
    /// Known, and of a later version.
    NotYet,
    Unknown,
}

impl Articles {
    fn new(mut jobs: Vec<Job>) -> Articles {
        jobs.reverse();
        Articles { jobs, open: None, bytes_read: Arc::default() }
    }

    /// How much of the input has been read, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    fn open(&self, job: Job) -> Result<Source, Skipped> {
        match job {
            Job::Stdin => self.stdin().map_err(|e| unreadable(Path::new("-"), &e.to_string()))?,
            Job::File(path, format @ (Format::NotYet | Format::Unknown)) => Err(not_read(&path, format)),
            Job::File(path, format) => self.file(&path, format).map_err(|e| unreadable(&path, &e.to_string()))?,
            Job::Failed(path, why) => Err(unreadable(&path, &why)),
        }
    }

    fn file(&self, path: &Path, format: Format) -> io::Result<Result<Source, Skipped>> {
        let name = shown(path);
        if format == Format::Archive {
            self.bytes_read.fetch_add(std::fs::metadata(path)?.len(), Ordering::Relaxed);
            return Ok(Archive::new(path).map(|a| Box::new(a) as Source));
        }
        let taken = Arc::new(AtomicU64::new(0));
        let file: Box<dyn Read + Send> = Box::new(File::open(path)?);
        let input = Counted::new(file, vec![self.bytes_read.clone(), taken.clone()]);
        if format == Format::Warc {
            return Ok(Ok(Box::new(Warc::new(name, BufReader::with_capacity(1 << 18, input), taken)?)));
        }
        let is_packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
        let input: Box<dyn Read + Send> =
            if is_packed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) };
        read(&name, format, input)
    }

    /// What standard input is, its first bytes say.
    fn stdin(&self) -> io::Result<Result<Source, Skipped>> {
        let mut input = BufReader::with_capacity(1 << 18, Counted::new(io::stdin(), vec![self.bytes_read.clone()]));
        let head = input.fill_buf()?;
        if head.starts_with(&[0x1f, 0x8b]) {
            let mut input = BufReader::with_capacity(1 << 18, MultiGzDecoder::new(input));
            let format = sniffed(input.fill_buf()?);
            return read("-", format, Box::new(input));
        }
        let format = sniffed(head);
        read("-", format, Box::new(input))
    }
}

impl Iterator for Articles {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.open = None;
            let job = self.jobs.pop()?;
            match self.open(job) {
                Ok(source) => self.open = Some(source),
                Err(skipped) => return Some(Item::Skipped(skipped)),
            }
        }
    }
}

/// The articles of a stream in this format.
fn read(name: &str, format: Format, input: Box<dyn Read + Send>) -> io::Result<Result<Source, Skipped>> {
    Ok(match format {
        Format::Lines => Ok(Box::new(Lines::new(name.to_string(), BufReader::with_capacity(1 << 18, input)))),
        Format::Json => Json::new(name.to_string(), input).map(|j| Box::new(j) as Source),
        _ => match bounded::whole(input, RECORD_BYTES_MAX)? {
            Bounded::Whole(bytes) => Ok(Box::new(by_content(name, format, bytes).into_iter())),
            _ => {
                let why = format!("more than {} MB in one article", RECORD_BYTES_MAX >> 20);
                Err(Skipped::new(name, "too_long", why).hint("give one article a file, or one a line in a .jsonl file"))
            }
        },
    })
}

/// The articles of a whole file of this format.
fn by_content(name: &str, format: Format, bytes: Vec<u8>) -> Vec<Item> {
    let retrieval = Retrieval::default();
    match format {
        Format::Text => vec![text_article(name, bytes)],
        Format::Page if feed::is_feed(&bytes) => feed::items(name, &bytes, &retrieval),
        Format::Page => vec![payload::page(name, bytes, retrieval)],
        Format::Message => vec![mail::item(name, bytes)],
        Format::Lines => Lines::new(name.to_string(), Cursor::new(bytes)).collect(),
        Format::Json => match Json::new(name.to_string(), Cursor::new(bytes)) {
            Ok(json) => json.collect(),
            Err(skipped) => vec![Item::Skipped(skipped)],
        },
        Format::Xml => xml(name, bytes),
        Format::Warc => warc(name, bytes),
        Format::Archive => {
            let skipped = Skipped::new(name, "not_read_yet", "an archive inside an archive is not read");
            vec![Item::Skipped(skipped.hint("unpack the outer one and give its folder"))]
        }
        Format::NotYet | Format::Unknown => vec![Item::Skipped(not_read(Path::new(name), format))],
    }
}

fn warc(name: &str, bytes: Vec<u8>) -> Vec<Item> {
    let taken = Arc::new(AtomicU64::new(0));
    let input = Counted::new(Box::new(Cursor::new(bytes)) as Box<dyn Read + Send>, vec![taken.clone()]);
    match Warc::new(name.to_string(), BufReader::new(input), taken) {
        Ok(warc) => warc.collect(),
        Err(e) => vec![Item::Skipped(unreadable(Path::new(name), &e.to_string()))],
    }
}

fn xml(name: &str, bytes: Vec<u8>) -> Vec<Item> {
    let retrieval = Retrieval { file: Some(name.to_string()), ..Retrieval::default() };
    if feed::is_feed(&bytes) {
        return feed::items(name, &bytes, &retrieval);
    }
    let skipped = match feed::is_opml(&bytes) {
        true => {
            Skipped::new(name, "no_page", "a list of feeds holds no articles").hint("marsad watch reads such lists")
        }
        false => Skipped::new(name, "unknown_format", "no feed: RSS, Atom and RDF are read"),
    };
    vec![Item::Skipped(skipped)]
}

fn sniffed(head: &[u8]) -> Format {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match () {
        () if text.starts_with(b"{") || text.is_empty() && head.is_empty() => Format::Lines,
        () if text.starts_with(b"[") => Format::Json,
        () if feed::is_feed(text) || feed::is_opml(text) => Format::Xml,
        () if text.starts_with(b"<") => Format::Page,
        () => Format::Text,
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
    let ending = |p: &Path| p.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let packed = ending(path).as_deref() == Some("gz");
    let inner = if packed { path.with_extension("") } else { path.to_path_buf() };
    match ending(&inner).as_deref() {
        None if packed => Format::Unknown,
        None | Some("txt" | "text") => Format::Text,
        Some("html" | "htm" | "xhtml" | "shtml" | "asp" | "aspx" | "php" | "jsp") => Format::Page,
        Some("jsonl" | "ndjson") => Format::Lines,
        Some("json") => Format::Json,
        Some("xml" | "rss" | "atom" | "rdf" | "opml") => Format::Xml,
        Some("eml" | "mhtml" | "mht") => Format::Message,
        Some("warc") => Format::Warc,
        Some("zip" | "wacz") if !packed => Format::Archive,
        Some(
            "zst" | "bz2" | "xz" | "tar" | "tgz" | "7z" | "rar" | "pdf" | "doc" | "docx" | "epub" | "parquet" | "mbox",
        ) => Format::NotYet,
        Some("csv" | "tsv" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "mp4") => Format::Unknown,
        Some(_) if named => Format::Text,
        Some(_) => Format::Unknown,
    }
}

fn not_read(path: &Path, format: Format) -> Skipped {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match format {
        Format::NotYet => {
            Skipped::new(&shown(path), "not_read_yet", format!(".{ending} is not read yet by this version"))
                .hint("unpack it, or save the article's text as .txt")
        }
        _ => Skipped::new(&shown(path), "unknown_format", format!(".{ending} is no format of articles"))
            .hint("texts, pages, JSONL, feeds, WARC and ZIP are read; the handbook lists their endings"),
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

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
