//! How is input read that may be larger than memory, or packed to be?
//!
//! Nothing is read without a limit: a line, a page, a packed stream. What
//! exceeds it is passed over and said, and reading goes on behind it.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A page, message or line in memory is no larger.
pub(super) const RECORD_BYTES_MAX: usize = 32 << 20;
/// Packed bytes may unpack to so many times their size; text packs ten to one.
const RATIO_MAX: usize = 200;

/// Counts the bytes that pass, for a progress bar and for offsets.
pub(super) struct Counted<R> {
    inner: io::Take<R>,
    totals: Vec<Arc<AtomicU64>>,
}

impl<R: Read> Counted<R> {
    pub fn new(inner: R, totals: Vec<Arc<AtomicU64>>) -> Counted<R> {
        Counted { inner: inner.take(u64::MAX), totals }
    }

    /// The next `size` bytes only.
    pub fn section(inner: R, size: u64, total: Arc<AtomicU64>) -> Counted<R> {
        Counted { inner: inner.take(size), totals: vec![total] }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        for total in &self.totals {
            total.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(n)
    }
}

/// Bytes that were read, or why they were not.
pub(super) enum Bounded {
    Whole(Vec<u8>),
    /// More than the limit; the rest was passed over where there is one.
    TooLong,
    /// Nothing is left.
    End,
}

/// All that is left of a reader.
pub(super) fn whole(mut reader: impl Read, limit: usize) -> io::Result<Bounded> {
    let mut bytes = vec![];
    reader.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > limit { Bounded::TooLong } else { Bounded::Whole(bytes) })
}

/// The next line with its line break; a longer one than the limit is passed over.
pub(super) fn line(reader: &mut impl BufRead, limit: usize) -> io::Result<Bounded> {
    let mut bytes = vec![];
    let n = reader.by_ref().take(limit as u64).read_until(b'\n', &mut bytes)?;
    if n == 0 {
        return Ok(Bounded::End);
    }
    if n < limit || bytes.ends_with(b"\n") {
        return Ok(Bounded::Whole(bytes));
    }
    drop(bytes);
    reader.skip_until(b'\n')?;
    Ok(Bounded::TooLong)
}

/// What a decoder makes of `packed` bytes, when it is no bomb.
pub(super) fn unpacked(decoder: impl Read, packed: usize) -> io::Result<Bounded> {
    whole(decoder, RECORD_BYTES_MAX.min((packed + 1024).saturating_mul(RATIO_MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    #[test]
    fn a_long_line_is_passed_over() {
        let mut reader = Cursor::new(b"short\n0123456789abcdef\nlast".to_vec());
        let mut told = vec![];
        loop {
            match line(&mut reader, 8).unwrap() {
                Bounded::Whole(bytes) => told.push(String::from_utf8(bytes).unwrap()),
                Bounded::TooLong => told.push("…".into()),
                Bounded::End => break,
            }
        }
        assert_eq!(told, ["short\n", "…", "last"]);
    }

    #[test]
    fn a_bomb_does_not_unpack() {
        let mut packer = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
        (0..60).for_each(|_| packer.write_all(&[b' '; 1 << 20]).unwrap());
        let packed = packer.finish().unwrap();
        let decoder = flate2::read::MultiGzDecoder::new(packed.as_slice());
        assert!(matches!(unpacked(decoder, packed.len()).unwrap(), Bounded::TooLong));
    }
}
