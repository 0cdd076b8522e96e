//! How are captures handed on so that others can show them?
//!
//! As a WACZ package (version 1.1.1, <https://specs.webrecorder.net/wacz/1.1.1/>):
//! a ZIP file with the records as they were kept, an index by address, a list of
//! pages, and a manifest with the hash of each. Records are copied byte for byte
//! and lie unpacked in the ZIP, so that a player reads only those that it shows.
//! The same captures give the same bytes: nothing here asks the clock.

use super::keep::{self, Kept, hex, read};
use super::surt::surt;
use crate::input::warc;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

const WACZ_VERSION: &str = "1.1.1";

/// A request that unpacks to more was not written by us, and is left out.
const REQUEST_BYTES_MAX: u64 = 1 << 20;

/// Lines of a packed index that are packed together, as py-wacz does.
const BLOCK_LINES: usize = 1024;

/// Where the package is cut into pieces.
struct Sizes {
    /// A web archive in the package ends before it is longer.
    part_bytes_max: u64,
    /// A player reads an index of so many lines as a whole and finds every address in it. A
    /// longer one is packed in blocks, of which it reads those where it expects the address:
    /// by a key of its own making, that in wabac.js keeps a trailing slash and in older
    /// versions had no escapes, so that now and then it looks into the wrong block.
    plain_lines_max: usize,
}

const SIZES: Sizes = Sizes { part_bytes_max: 1 << 30, plain_lines_max: 20_000 };

/// A capture that goes into the package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Capture {
    /// The web archive that holds it.
    pub warc: PathBuf,
    /// Where the packed response begins in it.
    pub offset: u64,
    /// What the list of pages calls it.
    pub title: Option<String>,
    /// Whether it stands in the list of pages, from which a reader sets out.
    pub is_page: bool,
}

/// What the package says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub software: String,
    pub title: String,
    /// In Markdown.
    pub description: Option<String>,
    /// RFC 3339, between 1980 and 2107; every date in the package that is none of a capture.
    pub created: String,
}

/// What was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub captures: usize,
    /// Lines in the list of pages.
    pub pages: usize,
    /// Of `datapackage.json`, which holds the hashes of all the rest: as hexadecimal digits.
    pub sha256: String,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum WaczError {
    #[error("a package holds at least one capture, and none was given")]
    Nothing,
    #[error("{0:?} is no moment at which a package can be made; one is written 2023-05-18T10:00:00Z")]
    Created(String),
    #[error("{}: no capture can be packed from byte {offset}: {source}", warc.display())]
    Capture { warc: PathBuf, offset: u64, source: io::Error },
    #[error("the package cannot be written: {0}")]
    Unwritten(#[source] io::Error),
}

impl WaczError {
    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            WaczError::Nothing => "nothing_to_pack",
            WaczError::Created(_) => "bad_date",
            WaczError::Capture { .. } => "bad_capture",
            WaczError::Unwritten(_) => "unwritten",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            WaczError::Nothing => "choose other incidents or dates, or fetch their pages first",
            WaczError::Created(_) => "give a moment between 1980 and 2107 with its time zone",
            WaczError::Capture { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                "bring the file back from a copy, or leave its captures out"
            }
            WaczError::Capture { .. } => "the file is damaged there or another than was noted; leave the capture out",
            WaczError::Unwritten(_) => "look whether the disk is full and the folder may be written to",
        }
    }
}

/// Writes a package of these captures, each once, in the order of their files.
///
/// Only one record at a time is held in memory, and a line of the index for each capture. What
/// a failure leaves behind is no package: write to a new file and rename it at the end.
///
/// # Errors
/// When there are no captures, one of them cannot be read, the date is none, or `out` cannot
/// be written.
///
/// ```
/// use marsad_ingest::fetch::{About, Capture, Exchange, Fetched, Keeper, WaczError, write_wacz};
/// use std::io::Cursor;
///
/// let folder = tempfile::tempdir().unwrap();
/// let warc = folder.path().join("a.warc.gz");
/// let date = "2023-05-18T10:00:00Z";
/// let fetched = Fetched {
///     url: "https://news.example/1".into(),
///     status: 200,
///     headers: vec![("Content-Type".into(), "text/html; charset=utf-8".into())],
///     raw: "<h1>انفجار عبوة في بعقوبة</h1>".into(),
/// };
/// let mut keeper = Keeper::open(&warc, "marsad", date).unwrap();
/// let place = keeper.keep(&[Exchange { fetched: &fetched, asked: &[], date }]).unwrap()[0];
///
/// let capture = Capture { warc, offset: place.offset, title: Some("انفجار عبوة".into()), is_page: true };
/// let about = About {
///     software: "marsad".into(),
///     title: "Sources of an incident".into(),
///     description: None,
///     created: "2023-06-01T00:00:00Z".into(),
/// };
/// let mut out = Cursor::new(vec![]);
/// let packed = write_wacz(&mut out, &[capture.clone()], &about).unwrap();
/// assert_eq!((packed.captures, packed.pages), (1, 1));
///
/// let astray = Capture { offset: 7, ..capture };
/// assert!(matches!(write_wacz(Cursor::new(vec![]), &[astray], &about), Err(WaczError::Capture { offset: 7, .. })));
/// ```
pub fn write_wacz(out: impl Write + Seek, captures: &[Capture], about: &About) -> Result<Packed, WaczError> {
    write_cut(out, captures, about, &SIZES)
}

fn write_cut(out: impl Write + Seek, captures: &[Capture], about: &About, sizes: &Sizes) -> Result<Packed, WaczError> {
    let captures = each_once(captures);
    if captures.is_empty() {
        return Err(WaczError::Nothing);
    }
    let created = about.created.parse().map_err(|_| WaczError::Created(about.created.clone()))?;
    let mut package = Package::new(out, created).ok_or_else(|| WaczError::Created(about.created.clone()))?;
    let Found { lines, pages } = package.archives(&captures, about, sizes)?;
    let sha256 = package.ended(lines, &pages, about, sizes).map_err(WaczError::Unwritten)?;
    Ok(Packed { captures: captures.len(), pages: pages.len(), sha256 })
}

/// In the order of their places; what was said of one place in two ways is said once.
fn each_once(captures: &[Capture]) -> Vec<Capture> {
    let mut all = captures.to_vec();
    all.sort();
    all.dedup_by(|next, first| {
        let same = (&next.warc, next.offset) == (&first.warc, first.offset);
        if same {
            first.is_page |= next.is_page;
            first.title = first.title.take().or(next.title.take());
        }
        same
    });
    all
}

/// What the index and the list of pages say of the records.
#[derive(Default)]
struct Found {
    lines: Vec<String>,
    pages: Pages,
}

/// The title by moment, address and id.
type Pages = BTreeMap<(String, String, String), Option<String>>;

impl Found {
    /// The record goes where `part` ends now.
    fn add(&mut self, capture: &Capture, record: &Record, part: &Entry) {
        self.lines.push(record.line(part));
        if capture.is_page {
            let title = self.pages.entry(record.page()).or_default();
            *title = title.take().or(capture.title.clone());
        }
    }
}

/// A package that is being written.
struct Package<W: Write + Seek> {
    zip: ZipWriter<W>,
    created: Timestamp,
    options: SimpleFileOptions,
    /// The files that are done, as the manifest lists them.
    resources: Vec<Value>,
}

impl<W: Write + Seek> Package<W> {
    /// `None` when a ZIP file cannot hold the date.
    fn new(out: W, created: Timestamp) -> Option<Package<W>> {
        let options = SimpleFileOptions::default()
            .last_modified_time(zip_date(created)?)
            .unix_permissions(0o644)
            // Not the system on which it is written: that would change the bytes.
            .system(System::Unix);
        Some(Package { zip: ZipWriter::new(out), created, options, resources: vec![] })
    }

    /// The records, in as many files as it takes.
    fn archives(&mut self, captures: &[Capture], about: &About, sizes: &Sizes) -> Result<Found, WaczError> {
        let mut found = Found::default();
        let mut open: Option<Entry> = None;
        for capture in captures {
            let failed = |source| WaczError::Capture { warc: capture.warc.clone(), offset: capture.offset, source };
            let record = Record::read(&capture.warc, capture.offset).map_err(failed)?;
            let mut part = match open {
                Some(part) if part.bytes + record.packed.len() as u64 <= sizes.part_bytes_max => part,
                full => self.next_archive(full, about).map_err(WaczError::Unwritten)?,
            };
            found.add(capture, &record, &part);
            part.write(&mut self.zip, &record.packed).map_err(WaczError::Unwritten)?;
            open = Some(part);
        }
        self.resources.extend(open.map(Entry::resource));
        Ok(found)
    }

    /// Ends a web archive and begins the next with a record that says who writes.
    fn next_archive(&mut self, last: Option<Entry>, about: &About) -> io::Result<Entry> {
        self.resources.extend(last.map(Entry::resource));
        let name = match self.resources.len() {
            0 => "data.warc.gz".to_string(),
            n => format!("data-{:04}.warc.gz", n + 1),
        };
        let mut part = self.begin(&format!("archive/{name}"), CompressionMethod::Stored)?;
        let info = keep::warcinfo(Some(&name), &about.software, &seconds(self.created))?;
        part.write(&mut self.zip, &info)?;
        Ok(part)
    }

    /// Writes what is left when the records are in; returns the hash of the manifest.
    fn ended(mut self, lines: Vec<String>, pages: &Pages, about: &About, sizes: &Sizes) -> io::Result<String> {
        self.index(lines, sizes)?;
        self.pages(pages)?;
        let sha256 = self.manifest(about)?;
        // A buffer that is only dropped hides that the disk is full.
        self.zip.finish()?.flush()?;
        Ok(sha256)
    }

    fn index(&mut self, mut lines: Vec<String>, sizes: &Sizes) -> io::Result<()> {
        lines.sort_unstable();
        if lines.len() <= sizes.plain_lines_max {
            return self.file("indexes/index.cdx", CompressionMethod::Deflated, lines.concat().as_bytes());
        }
        let mut packed = self.begin("indexes/index.cdx.gz", CompressionMethod::Stored)?;
        let head = json!({"format": "cdxj-gzip-1.0", "filename": packed.name()});
        let mut blocks = format!("!meta 0 {head}\n");
        for block in lines.chunks(BLOCK_LINES) {
            let bytes = gzip(block.concat().as_bytes())?;
            let place = json!({"offset": packed.bytes, "length": bytes.len(), "digest": sha256(&bytes)});
            let (key, _) = block[0].split_once(" {").expect("a line of the index");
            blocks.push_str(&format!("{key} {place}\n"));
            packed.write(&mut self.zip, &bytes)?;
        }
        self.resources.push(packed.resource());
        self.file("indexes/index.idx", CompressionMethod::Deflated, blocks.as_bytes())
    }

    fn pages(&mut self, pages: &Pages) -> io::Result<()> {
        let mut text = format!("{}\n", json!({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}));
        for ((moment, url, id), title) in pages {
            let mut page = json!({"id": id, "url": url, "ts": moment});
            if let Some(title) = title {
                page["title"] = json!(title);
            }
            text.push_str(&format!("{page}\n"));
        }
        self.file("pages/pages.jsonl", CompressionMethod::Deflated, text.as_bytes())
    }

    /// The list of the files with their hashes, and its own hash, which is returned.
    fn manifest(&mut self, about: &About) -> io::Result<String> {
        let mut manifest = json!({"profile": "data-package", "wacz_version": WACZ_VERSION, "title": about.title});
        // Where wabac.js looks for the title that it shows.
        let mut metadata = json!({"title": about.title});
        if let Some(description) = &about.description {
            manifest["description"] = json!(description);
            metadata["desc"] = json!(description);
        }
        manifest["metadata"] = metadata;
        manifest["software"] = json!(about.software);
        manifest["created"] = json!(seconds(self.created));
        manifest["resources"] = Value::Array(std::mem::take(&mut self.resources));
        let manifest = serde_json::to_string_pretty(&manifest)?;
        let hash = sha256(manifest.as_bytes());
        let digest = serde_json::to_string_pretty(&json!({"path": "datapackage.json", "hash": hash}))?;
        self.file("datapackage.json", CompressionMethod::Deflated, manifest.as_bytes())?;
        self.file("datapackage-digest.json", CompressionMethod::Deflated, digest.as_bytes())?;
        Ok(hash.trim_start_matches("sha256:").to_string())
    }

    fn file(&mut self, path: &str, method: CompressionMethod, bytes: &[u8]) -> io::Result<()> {
        let mut entry = self.begin(path, method)?;
        entry.write(&mut self.zip, bytes)?;
        self.resources.push(entry.resource());
        Ok(())
    }

    fn begin(&mut self, path: &str, method: CompressionMethod) -> io::Result<Entry> {
        self.zip.start_file(path, self.options.compression_method(method))?;
        Ok(Entry { path: path.to_string(), hash: Sha256::new(), bytes: 0 })
    }
}

/// A file of the package that is being written, the last one in the ZIP.
struct Entry {
    path: String,
    hash: Sha256,
    bytes: u64,
}

impl Entry {
    fn write(&mut self, zip: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        zip.write_all(bytes)
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    fn resource(self) -> Value {
        let hash = format!("sha256:{}", hex(&self.hash.clone().finalize()));
        json!({"name": self.name(), "path": self.path, "hash": hash, "bytes": self.bytes})
    }
}

/// A response as it was kept, and the request behind it, packed.
struct Record {
    kept: Kept,
    date: Timestamp,
    /// The packed bytes of both.
    packed: Vec<u8>,
}

impl Record {
    fn read(path: &Path, offset: u64) -> io::Result<Record> {
        let kept = read(path, offset)?;
        let undated = |_| io::Error::new(io::ErrorKind::InvalidData, format!("{:?} is no date", kept.date));
        let date = kept.date.parse().map_err(undated)?;
        let mut file = BufReader::new(File::open(path)?);
        let length = kept.place.length + request_behind(&mut file, &kept)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut packed = vec![0; length as usize];
        file.read_exact(&mut packed)?;
        Ok(Record { kept, date, packed })
    }

    /// What the index says of the response when it is written next.
    fn line(&self, part: &Entry) -> String {
        let fetched = &self.kept.fetched;
        let mut fields = Map::new();
        let mut field = |name: &str, value: String| fields.insert(name.to_string(), value.into());
        field("url", fetched.url.clone());
        let mime = fetched.header("content-type").and_then(|v| v.split([';', ' ', '\t']).find(|part| !part.is_empty()));
        mime.map(|mime| field("mime", mime.to_string()));
        field("status", fetched.status.to_string());
        field("digest", sha256(&fetched.raw));
        field("length", self.kept.place.length.to_string());
        field("offset", part.bytes.to_string());
        field("filename", part.name().to_string());
        let key = surt(&fetched.url);
        format!("{key} {} {}\n", self.date.strftime("%Y%m%d%H%M%S"), Value::Object(fields))
    }

    /// Moment, address and id, by which the list of pages is sorted.
    fn page(&self) -> (String, String, String) {
        let Kept { fetched, date, .. } = &self.kept;
        let named = [&fetched.url, date, &sha256(&fetched.raw)].map(String::as_str).join("\n");
        let id = hex(&Sha256::digest(named)[..10]);
        (seconds(self.date), fetched.url.clone(), id)
    }
}

/// How long the packed request behind an answer is: nothing when another record lies there, none, or a torn one.
fn request_behind(file: &mut BufReader<File>, kept: &Kept) -> io::Result<u64> {
    let from = file.seek(SeekFrom::Start(kept.place.offset + kept.place.length))?;
    let mut block = vec![];
    if GzDecoder::new(&mut *file).take(REQUEST_BYTES_MAX).read_to_end(&mut block).is_err() {
        return Ok(0);
    }
    let end = file.stream_position()?;
    let is_its_request = warc::whole_record(&block).is_some_and(|record| {
        record.kind == "request"
            && record.url.as_ref() == Some(&kept.fetched.url)
            && record.fetched.as_ref() == Some(&kept.date)
    });
    Ok(if is_its_request { end - from } else { 0 })
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = GzEncoder::new(vec![], Compression::default());
    out.write_all(bytes)?;
    out.finish()
}

fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// Players compare moments by the second, as the index has them.
fn seconds(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn zip_date(moment: Timestamp) -> Option<DateTime> {
    let moment = moment.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let (year, month, day) = (u16::try_from(moment.year()).ok()?, moment.month() as u8, moment.day() as u8);
    let (hour, minute, second) = (moment.hour() as u8, moment.minute() as u8, moment.second() as u8);
    DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
}

#[cfg(test)]
mod tests {
    use super::super::{Exchange, Fetched, Keeper};
    use super::*;
    use std::io::Cursor;
    use zip::ZipArchive;

    fn about() -> About {
        let created = "2023-06-01T00:00:00Z".to_string();
        About { software: "marsad test".to_string(), title: "A package".to_string(), description: None, created }
    }

    /// Addresses of one site, each kept with its request.
    fn kept(folder: &Path, count: usize) -> Vec<Capture> {
        let (warc, date) = (folder.join("a.warc.gz"), "2023-05-18T10:00:00Z");
        let answer = |n: usize| Fetched {
            url: format!("https://a.example/{n:04}"),
            status: 200,
            headers: vec![("Content-Type".to_string(), "text/html".to_string())],
            raw: format!("<p>{n}").into_bytes(),
        };
        let answers: Vec<Fetched> = (0..count).map(answer).collect();
        let exchanges: Vec<Exchange> = answers.iter().map(|fetched| Exchange { fetched, asked: &[], date }).collect();
        let places = Keeper::open(&warc, "marsad test", date).unwrap().keep(&exchanges).unwrap();
        let capture = |offset| Capture { warc: warc.clone(), offset, title: None, is_page: true };
        places.iter().map(|place| capture(place.offset)).collect()
    }

    fn bytes_of(package: &[u8], name: &str) -> Vec<u8> {
        let mut zip = ZipArchive::new(Cursor::new(package)).unwrap();
        let mut bytes = vec![];
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn names(package: &[u8]) -> Vec<String> {
        ZipArchive::new(Cursor::new(package)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect()
    }

    fn unpacked(bytes: &[u8]) -> String {
        let mut text = String::new();
        GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
        text
    }

    fn written(captures: &[Capture], sizes: &Sizes) -> Vec<u8> {
        let mut out = Cursor::new(vec![]);
        write_cut(&mut out, captures, &about(), sizes).unwrap();
        out.into_inner()
    }

    #[test]
    fn archives_are_cut_before_they_are_too_long() {
        let folder = tempfile::tempdir().unwrap();
        let package = written(&kept(folder.path(), 3), &Sizes { part_bytes_max: 1, ..SIZES });
        let parts = ["data.warc.gz", "data-0002.warc.gz", "data-0003.warc.gz"];
        assert_eq!(names(&package)[..3], parts.map(|name| format!("archive/{name}")));
        let index = String::from_utf8(bytes_of(&package, "indexes/index.cdx")).unwrap();
        for (line, name) in index.lines().zip(parts) {
            assert!(line.contains(&format!("\"filename\":\"{name}\"")), "{line}");
            assert!(unpacked(&bytes_of(&package, &format!("archive/{name}"))).contains("WARC-Type: warcinfo"));
        }
        let path = folder.path().join("a.wacz");
        std::fs::write(&path, package).unwrap();
        assert_eq!(crate::articles(path.to_str().unwrap()).unwrap().count(), 3);
    }

    #[test]
    fn a_long_index_is_packed_in_blocks() {
        let folder = tempfile::tempdir().unwrap();
        let count = 2 * BLOCK_LINES + 1;
        let captures = kept(folder.path(), count);
        let package = written(&captures, &Sizes { plain_lines_max: count - 1, ..SIZES });
        let plain = written(&captures, &Sizes { plain_lines_max: count, ..SIZES });
        assert!(!names(&package).contains(&"indexes/index.cdx".to_string()));
        let packed = bytes_of(&package, "indexes/index.cdx.gz");
        let blocks = String::from_utf8(bytes_of(&package, "indexes/index.idx")).unwrap();
        let (head, places) = blocks.split_once('\n').unwrap();
        assert_eq!(head, r#"!meta 0 {"format":"cdxj-gzip-1.0","filename":"index.cdx.gz"}"#);
        assert_eq!(places.lines().count(), 3);
        let block = |line: &str| {
            let (key, place) = line.split_once(" {").unwrap();
            let place: Value = serde_json::from_str(&format!("{{{place}")).unwrap();
            let [offset, length] = ["offset", "length"].map(|name| place[name].as_u64().unwrap() as usize);
            let bytes = &packed[offset..offset + length];
            assert_eq!(place["digest"], json!(sha256(bytes)));
            let text = unpacked(bytes);
            assert!(text.starts_with(key), "{key}");
            text
        };
        let lines: String = places.lines().map(block).collect();
        assert_eq!(lines.into_bytes(), bytes_of(&plain, "indexes/index.cdx"));
    }
}
