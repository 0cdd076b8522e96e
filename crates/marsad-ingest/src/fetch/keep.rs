//! How is an answer kept so that a capture can be shown later?
//!
//! As a WARC 1.1 file, a packed member for each request and each response, in
//! the bytes that the server sent. A record that is told to be kept is on the
//! disk: the file is flushed before its place is handed out. What a crash left
//! behind the last place that is known can be read again, and a torn end is cut.

use super::Fetched;
use crate::input::{http, warc};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A packed record that unpacks to more was not written here.
const MEMBER_BYTES_MAX: u64 = 256 << 20;

/// A WARC file that grows.
pub struct Keeper {
    path: PathBuf,
    file: File,
}

/// A request with its answer.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'e> {
    pub fetched: &'e Fetched,
    /// The headers of the request.
    pub asked: &'e [(String, String)],
    /// The moment of the answer, RFC 3339 in UTC.
    pub date: &'e str,
}

/// An answer as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub place: Place,
    pub fetched: Fetched,
    /// The moment of the answer, RFC 3339 in UTC.
    pub date: String,
}

/// Where the response lies in its file: the packed member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub offset: u64,
    pub length: u64,
}

impl Keeper {
    /// Opens the file, or begins it with a record that says who writes.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub fn open(path: &Path, software: &str, date: &str) -> io::Result<Keeper> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let mut keeper = Keeper { path: path.to_path_buf(), file };
        if keeper.end()? == 0 {
            keeper.append(&warcinfo(None, software, date)?)?;
            keeper.file.sync_data()?;
        }
        Ok(keeper)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps requests with their answers, in order, and returns where each answer lies. All
    /// are flushed at once: flushing is nearly all that keeping costs.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing of them is kept.
    pub fn keep(&mut self, exchanges: &[Exchange]) -> io::Result<Vec<Place>> {
        let before = self.end()?;
        let all = |keeper: &mut Keeper| {
            let places = exchanges.iter().map(|e| keeper.write(e)).collect::<io::Result<_>>()?;
            keeper.file.sync_data()?;
            Ok(places)
        };
        all(self).inspect_err(|_| {
            let _ = self.file.set_len(before); // the first error is the one to report
        })
    }

    /// How long the file is.
    ///
    /// # Errors
    /// When the file cannot be asked.
    pub fn end(&mut self) -> io::Result<u64> {
        self.file.seek(SeekFrom::End(0))
    }

    fn write(&mut self, Exchange { fetched, asked, date }: &Exchange) -> io::Result<Place> {
        let url = Some(fetched.url.as_str());
        let response = Record {
            kind: "response",
            content_type: "application/http; msgtype=response",
            url,
            file: None,
            date,
            payload: Some(&fetched.raw),
        };
        let packed = response.packed(&head_and_body(fetched))?;
        let offset = self.append(&packed)?;
        let request = Record {
            kind: "request",
            content_type: "application/http; msgtype=request",
            url,
            file: None,
            date,
            payload: None,
        };
        let asked: String = asked.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let line = format!("GET {} HTTP/1.1\r\n{asked}\r\n", path_of(&fetched.url));
        self.append(&request.packed(line.as_bytes())?)?;
        Ok(Place { offset, length: packed.len() as u64 })
    }

    fn append(&mut self, member: &[u8]) -> io::Result<u64> {
        let at = self.end()?;
        self.file.write_all(member)?;
        Ok(at)
    }
}

/// The answer that was kept at this byte of a file.
///
/// # Errors
/// When the file cannot be read or no whole answer lies there.
pub fn read(path: &Path, offset: u64) -> io::Result<Kept> {
    let mut file = BufReader::new(File::open(path)?);
    file.seek(SeekFrom::Start(offset))?;
    let nothing = || io::Error::new(io::ErrorKind::InvalidData, format!("no answer is kept at byte {offset}"));
    member(&mut file, offset)?.and_then(|(place, block)| response(place, &block)).ok_or_else(nothing)
}

/// The sha256 of a packed answer, as it lies in its file.
///
/// # Errors
/// When the file cannot be read.
pub fn digest(path: &Path, place: Place) -> io::Result<String> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(place.offset))?;
    let mut bytes = vec![];
    file.take(place.length).read_to_end(&mut bytes)?;
    Ok(hex(&Sha256::digest(&bytes)))
}

/// How a file ends behind its last whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    Whole,
    /// A crash cut the last record off: [`cut`] loses nothing.
    Torn,
    /// There are bytes that no crash leaves; records may lie behind them.
    Damaged,
}

/// The answers behind a byte of a file, one after the other, each handed to `f`; returns
/// where the last whole record ends, and what is behind it.
///
/// # Errors
/// When the file cannot be read; the error of `f`.
pub fn read_from(path: &Path, from: u64, mut f: impl FnMut(Kept) -> io::Result<()>) -> io::Result<(u64, Tail)> {
    let mut file = BufReader::new(File::open(path)?);
    let mut end = file.seek(SeekFrom::Start(from))?;
    while !file.fill_buf()?.is_empty() {
        let (place, block) = match member(&mut file, end) {
            Ok(Some(whole)) => whole,
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok((end, Tail::Torn)),
            _ => return Ok((end, Tail::Damaged)),
        };
        end = place.offset + place.length;
        response(place, &block).map_or(Ok(()), &mut f)?;
    }
    Ok((end, Tail::Whole))
}

/// Cuts what lies behind this byte off a file.
///
/// # Errors
/// When the file cannot be written.
pub fn cut(path: &Path, end: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(end)?;
    file.sync_all()
}

/// The packed member at the reader, unpacked; `None` when it is too long to be ours.
fn member(file: &mut BufReader<File>, offset: u64) -> io::Result<Option<(Place, Vec<u8>)>> {
    let mut block = vec![];
    let mut unpacker = GzDecoder::new(&mut *file).take(MEMBER_BYTES_MAX);
    unpacker.read_to_end(&mut block)?;
    let end = file.stream_position()?;
    let place = Place { offset, length: end - offset };
    Ok((block.len() < MEMBER_BYTES_MAX as usize).then_some((place, block)))
}

/// The answer in a record; `None` when the record is of another kind.
fn response(place: Place, record: &[u8]) -> Option<Kept> {
    let record = warc::whole_record(record).filter(|r| r.kind == "response")?;
    let block = record.body?;
    let head = http::head(&block).ok()?;
    let raw = block[head.length..].to_vec();
    let fetched = Fetched { url: record.url?, status: head.status, headers: head.headers, raw };
    Some(Kept { place, fetched, date: record.fetched? })
}

/// The packed record at the head of a file, which says who writes and perhaps what the file is called.
pub(super) fn warcinfo(file: Option<&str>, software: &str, date: &str) -> io::Result<Vec<u8>> {
    let software = software.replace(['\r', '\n'], " ");
    let fields = format!("software: {software}\r\nformat: WARC File Format 1.1\r\n");
    let info =
        Record { kind: "warcinfo", content_type: "application/warc-fields", url: None, file, date, payload: None };
    info.packed(fields.as_bytes())
}

struct Record<'r> {
    kind: &'r str,
    /// What the file of a `warcinfo` is called.
    file: Option<&'r str>,
    content_type: &'r str,
    url: Option<&'r str>,
    date: &'r str,
    payload: Option<&'r [u8]>,
}

impl Record<'_> {
    /// The record as a packed member.
    fn packed(&self, block: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = GzEncoder::new(vec![], Compression::default());
        write!(out, "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: <urn:uuid:{}>\r\n", self.kind, self.id(block))?;
        write!(out, "WARC-Date: {}\r\n", self.date)?;
        if let Some(url) = self.url {
            write!(out, "WARC-Target-URI: {url}\r\n")?;
        }
        if let Some(file) = self.file {
            write!(out, "WARC-Filename: {file}\r\n")?;
        }
        write!(out, "WARC-Block-Digest: sha256:{}\r\n", hex(&Sha256::digest(block)))?;
        if let Some(payload) = self.payload {
            write!(out, "WARC-Payload-Digest: sha256:{}\r\n", hex(&Sha256::digest(payload)))?;
        }
        write!(out, "Content-Type: {}\r\nContent-Length: {}\r\n\r\n", self.content_type, block.len())?;
        out.write_all(block)?;
        out.write_all(b"\r\n\r\n")?;
        out.finish()
    }

    /// A UUID of version 8 (RFC 9562): the same record has the same id.
    fn id(&self, block: &[u8]) -> String {
        let named = [self.kind, self.url.or(self.file).unwrap_or_default(), self.date].join("\n");
        let hash = Sha256::new().chain_update(named).chain_update(block).finalize();
        let mut bytes: [u8; 16] = hash[..16].try_into().expect("a hash of 32 bytes");
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let h = hex(&bytes);
        [&h[..8], &h[8..12], &h[12..16], &h[16..20], &h[20..]].join("-")
    }
}

fn head_and_body(fetched: &Fetched) -> Vec<u8> {
    // The connection's own framing is gone: what is kept is one whole body.
    let framing =
        |name: &str| name.eq_ignore_ascii_case("transfer-encoding") || name.eq_ignore_ascii_case("content-length");
    let mut out = format!("HTTP/1.1 {} \r\n", fetched.status).into_bytes();
    for (name, value) in fetched.headers.iter().filter(|(name, _)| !framing(name)) {
        out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    out.extend_from_slice(format!("Content-Length: {}\r\n\r\n", fetched.raw.len()).as_bytes());
    out.extend_from_slice(&fetched.raw);
    out
}

fn path_of(address: &str) -> String {
    let path = |url: url::Url| url[url::Position::BeforePath..url::Position::AfterQuery].to_string();
    url::Url::parse(address).map(path).unwrap_or_else(|_| "/".to_string())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
