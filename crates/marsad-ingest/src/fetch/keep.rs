//! How is an answer kept so that a capture can be shown later?
//!
//! As a WARC 1.1 file, a packed member for each request and each response, in
//! the bytes that the server sent. A record that is told to be kept is on the
//! disk: the file is flushed before its place is handed out.

use super::Fetched;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A WARC file that grows.
pub struct Keeper {
    path: PathBuf,
    file: File,
}

/// Where the response lies in its file.
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
            let fields = format!("software: {software}\r\nformat: WARC File Format 1.1\r\n");
            let info =
                Record { kind: "warcinfo", content_type: "application/warc-fields", url: None, date, payload: None };
            keeper.append(&info.packed(fields.as_bytes())?)?;
            keeper.file.sync_data()?;
        }
        Ok(keeper)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps a request with its answer; `date` is the moment of the answer, RFC 3339 in UTC.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing of the answer is kept.
    pub fn keep(&mut self, fetched: &Fetched, asked: &[(&str, &str)], date: &str) -> io::Result<Place> {
        let before = self.end()?;
        self.write(fetched, asked, date).inspect_err(|_| {
            let _ = self.file.set_len(before); // the first error is the one to report
        })
    }

    fn write(&mut self, fetched: &Fetched, asked: &[(&str, &str)], date: &str) -> io::Result<Place> {
        let url = Some(fetched.url.as_str());
        let response = Record {
            kind: "response",
            content_type: "application/http; msgtype=response",
            url,
            date,
            payload: Some(&fetched.raw),
        };
        let packed = response.packed(&head_and_body(fetched))?;
        let offset = self.append(&packed)?;
        let request =
            Record { kind: "request", content_type: "application/http; msgtype=request", url, date, payload: None };
        let asked: String = asked.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let line = format!("GET {} HTTP/1.1\r\n{asked}\r\n", path_of(&fetched.url));
        self.append(&request.packed(line.as_bytes())?)?;
        self.file.sync_data()?;
        Ok(Place { offset, length: packed.len() as u64 })
    }

    fn end(&mut self) -> io::Result<u64> {
        self.file.seek(SeekFrom::End(0))
    }

    fn append(&mut self, member: &[u8]) -> io::Result<u64> {
        let at = self.end()?;
        self.file.write_all(member)?;
        Ok(at)
    }
}

struct Record<'r> {
    kind: &'r str,
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
        let named = [self.kind, self.url.unwrap_or_default(), self.date].join("\n");
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
