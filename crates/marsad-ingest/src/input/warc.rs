//! Which pages does a web archive hold?
//!
//! WARC 1.0 and 1.1, plain or packed with gzip, record by record: a file of any
//! size passes through the memory of one record. Records are framed here and
//! not by a library, since a damaged one must cost no more than itself, its
//! place in the file must be known, and no length in a file may be believed.
//! Format: ISO 28500:2017.

use super::bounded::{Counted, RECORD_BYTES_MAX};
use super::{http, payload};
use crate::article::{Item, Skipped};
use flate2::bufread::GzDecoder;
use marsad_model::Retrieval;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The header of a record is no longer.
const HEADER_BYTES_MAX: usize = 256 << 10;
/// Bytes that are looked through for the next record behind a damaged one.
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

type Input = BufReader<Counted<Box<dyn Read + Send>>>;

/// Iterator over the articles of a web archive.
pub(super) struct Warc {
    file: String,
    stream: Stream,
    /// Bytes of this file that were taken from the disk.
    taken: Arc<AtomicU64>,
    ready: VecDeque<Item>,
}

enum Stream {
    Plain(Input),
    /// Between two packed members.
    Between(Input),
    /// Inside a packed member that begins at this byte.
    Member(Box<BufReader<GzDecoder<Input>>>, u64),
    Ended,
}

impl Warc {
    /// `taken` counts the bytes of this file alone.
    pub fn new(file: String, mut input: Input, taken: Arc<AtomicU64>) -> io::Result<Warc> {
        let head = input.fill_buf()?;
        // An archive without a byte is a download that failed: that is said, not passed over.
        let nothing =
            head.is_empty().then(|| Item::Skipped(Skipped::new(&file, "empty", "the archive has no records")));
        let packed = head.starts_with(&GZIP_MAGIC[..2]);
        let stream = if packed { Stream::Between(input) } else { Stream::Plain(input) };
        Ok(Warc { file, stream, taken, ready: nothing.into_iter().collect() })
    }

    /// The next record of the file, or what is wrong with it.
    fn record(&mut self) -> Option<(u64, Result<Record, String>)> {
        loop {
            match std::mem::replace(&mut self.stream, Stream::Ended) {
                Stream::Ended => return None,
                Stream::Plain(mut input) => {
                    let found = record_in(&mut input, |input| position(&self.taken, input));
                    match found {
                        Ok(None) => return None,
                        Ok(Some((at, record))) => {
                            self.stream = Stream::Plain(input);
                            return Some((at, Ok(record)));
                        }
                        Err((at, why)) => {
                            if seek_record(&mut input).unwrap_or(false) {
                                self.stream = Stream::Plain(input);
                            }
                            return Some((at, Err(why)));
                        }
                    }
                }
                Stream::Between(mut input) => {
                    let at = position(&self.taken, &input);
                    match input.fill_buf() {
                        Ok([]) => return None,
                        Ok(_) => self.stream = Stream::Member(Box::new(BufReader::new(GzDecoder::new(input))), at),
                        Err(e) => return Some((at, Err(e.to_string()))),
                    }
                }
                Stream::Member(mut member, at) => match record_in(member.as_mut(), |_| at) {
                    Ok(Some((at, record))) => {
                        self.stream = Stream::Member(member, at);
                        return Some((at, Ok(record)));
                    }
                    Ok(None) => self.stream = Stream::Between(member.into_inner().into_inner()),
                    Err((at, why)) => {
                        let mut input = member.into_inner().into_inner();
                        if seek_member(&mut input).unwrap_or(false) {
                            self.stream = Stream::Between(input);
                        }
                        return Some((at, Err(why)));
                    }
                },
            }
        }
    }

    fn items(&self, at: u64, record: Record) -> Vec<Item> {
        let place = format!("{}@{at}", self.file);
        let skipped = |code, why: String| vec![Item::Skipped(Skipped::new(&place, code, why))];
        let Record { kind, url, fetched, content_type, body } = record;
        let retrieval = |content_type| Retrieval {
            url: url.clone(),
            file: Some(self.file.clone()),
            offset: Some(at),
            fetched: fetched.clone(),
            content_type,
        };
        let Some(body) = body else {
            return skipped("too_long", format!("a record of more than {} MB", RECORD_BYTES_MAX >> 20));
        };
        match kind.as_str() {
            "response" if content_type.as_deref().is_none_or(|c| c.contains("http")) => match http::response(&body) {
                Err(why) => skipped("bad_record", why),
                Ok(r) if r.status != 200 => skipped("no_page", format!("the server answered {}", r.status)),
                Ok(r) => payload::items(&place, r.body, retrieval(r.content_type)),
            },
            "resource" => payload::items(&place, body, retrieval(content_type)),
            _ => vec![],
        }
    }
}

impl Iterator for Warc {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            let (at, record) = self.record()?;
            match record {
                Ok(record) => self.ready = self.items(at, record).into(),
                Err(why) => {
                    let place = format!("{}@{at}", self.file);
                    let skipped = Skipped::new(&place, "bad_record", why);
                    return Some(Item::Skipped(skipped.hint("the archive is damaged here; reading goes on behind it")));
                }
            }
        }
    }
}

fn position(taken: &AtomicU64, input: &Input) -> u64 {
    taken.load(Ordering::Relaxed) - input.buffer().len() as u64
}

/// What matters of a record; its body only where it may hold a page.
pub(crate) struct Record {
    pub kind: String,
    pub url: Option<String>,
    pub fetched: Option<String>,
    pub content_type: Option<String>,
    /// `None` when it is too long to be read.
    pub body: Option<Vec<u8>>,
}

/// The record that these bytes are; `None` when they are none, or not a whole one.
#[cfg(feature = "fetch")]
pub(crate) fn whole_record(mut bytes: &[u8]) -> Option<Record> {
    record_in(&mut bytes, |_| 0).ok().flatten().map(|(_, record)| record)
}

type Placed<T> = Result<Option<(u64, T)>, (u64, String)>;

/// The record at the reader, with its place; `None` at the end.
fn record_in<R: BufRead>(reader: &mut R, at: impl Fn(&R) -> u64) -> Placed<Record> {
    let mut place = at(reader);
    let failed = |place: u64| move |e: io::Error| (place, format!("the record cannot be read: {e}"));
    // Records are parted by two empty lines; some writers leave more.
    while let Some(first) = reader.fill_buf().map_err(failed(place))?.first().copied() {
        if !matches!(first, b'\r' | b'\n') {
            break;
        }
        reader.consume(1);
        place = at(reader);
    }
    let mut head = vec![];
    let mut taken = reader.by_ref().take(HEADER_BYTES_MAX as u64);
    loop {
        let from = head.len();
        let n = taken.read_until(b'\n', &mut head).map_err(failed(place))?;
        let line = &head[from..];
        match () {
            () if n == 0 && head.is_empty() => return Ok(None),
            () if from == 0 && !line.starts_with(b"WARC/") => return Err((place, "no record begins here".to_string())),
            () if n == 0 => return Err((place, "the header of the record does not end".to_string())),
            () if line.trim_ascii().is_empty() => break,
            () => {}
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let field = |name: &str| {
        let value = |line: &str| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches(['<', '>']).to_string())
        };
        head.lines().find_map(value)
    };
    let Some(length) = field("content-length").and_then(|n| n.parse::<u64>().ok()) else {
        return Err((place, "the record does not say how long it is".to_string()));
    };
    let kind = field("warc-type").unwrap_or_default();
    let holds_page = matches!(kind.as_str(), "response" | "resource");
    let body = match holds_page && length <= RECORD_BYTES_MAX as u64 {
        true => {
            let mut body = Vec::with_capacity(length.min(1 << 20) as usize);
            reader.by_ref().take(length).read_to_end(&mut body).map_err(failed(place))?;
            if (body.len() as u64) < length {
                return Err((place, format!("the record is cut off: {} of {length} bytes", body.len())));
            }
            Some(body)
        }
        false => {
            let passed = io::copy(&mut reader.by_ref().take(length), &mut io::sink()).map_err(failed(place))?;
            if passed < length {
                return Err((place, format!("the record is cut off: {passed} of {length} bytes")));
            }
            (!holds_page).then(Vec::new)
        }
    };
    let record = Record {
        kind,
        url: field("warc-target-uri"),
        fetched: field("warc-date"),
        content_type: field("content-type"),
        body,
    };
    Ok(Some((place, record)))
}

/// Passes on to the next line that begins a record; false at the end.
fn seek_record(input: &mut Input) -> io::Result<bool> {
    loop {
        let head = input.fill_buf()?;
        if head.is_empty() || head.starts_with(b"WARC/1.") {
            return Ok(!head.is_empty());
        }
        input.skip_until(b'\n')?;
    }
}

/// Passes on to what may be the next packed member; false at the end.
fn seek_member(input: &mut Input) -> io::Result<bool> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let found = buffer.windows(GZIP_MAGIC.len()).position(|w| w == GZIP_MAGIC);
        // The magic may lie across two buffers: the last bytes are looked at again.
        let passed = found.unwrap_or_else(|| buffer.len().saturating_sub(GZIP_MAGIC.len() - 1).max(1));
        input.consume(passed);
        if found.is_some() {
            return Ok(true);
        }
    }
}
