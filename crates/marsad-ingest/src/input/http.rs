//! Which page does an HTTP response carry?
//!
//! As archives keep it: status line, headers, body, perhaps in chunks and
//! packed. Many archives unpack the body and leave the headers as they were, so
//! a body that is not in chunks although its header says so is taken as it is.

use super::bounded::{Bounded, unpacked};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io;

/// A response with its body unpacked.
#[derive(Debug, PartialEq)]
pub(crate) struct Response {
    pub status: u16,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

const HEADERS_MAX: usize = 256;

/// What stands before the body of a response.
pub(crate) struct Head {
    pub status: u16,
    /// As they were sent, in order.
    pub headers: Vec<(String, String)>,
    /// Bytes before the body.
    pub length: usize,
}

impl Head {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// Reads what stands before the body.
///
/// # Errors
/// What is wrong with it, for the report.
pub(crate) fn head(bytes: &[u8]) -> Result<Head, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut head = httparse::Response::new(&mut headers);
    let mut lenient = httparse::ParserConfig::default();
    lenient
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true);
    let length = match lenient.parse_response(&mut head, bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err("the headers of the response do not end".to_string()),
        Err(e) => return Err(format!("no HTTP response: {e}")),
    };
    let pair = |h: &httparse::Header| (h.name.to_string(), String::from_utf8_lossy(h.value).into_owned());
    Ok(Head { status: head.code.unwrap_or(0), headers: head.headers.iter().map(pair).collect(), length })
}

/// Reads a response.
///
/// # Errors
/// What is wrong with it, for the report.
pub(crate) fn response(bytes: &[u8]) -> Result<Response, String> {
    let head = head(bytes)?;
    let chunked = head.header("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
    let body = &bytes[head.length..];
    let joined = if chunked { joined(body) } else { None };
    let body = joined.as_deref().unwrap_or(body);
    let encoding = head.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
    Ok(Response {
        status: head.status,
        content_type: head.header("content-type").map(str::to_string),
        body: decoded(body, &encoding)?,
    })
}

/// The chunks of a body, one behind the other; `None` when it is not in chunks.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![];
    loop {
        let end = body.iter().take(64).position(|b| *b == b'\n')?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A response that was cut off keeps what came.
        let Some(chunk) = body.get(..size) else {
            out.extend_from_slice(body);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        body = &body[size..];
        body = body.strip_prefix(b"\r\n").or(body.strip_prefix(b"\n")).unwrap_or(body);
        if body.is_empty() {
            return Some(out);
        }
    }
}

/// The body behind a content encoding.
pub(crate) fn decoded(body: &[u8], encoding: &str) -> Result<Vec<u8>, String> {
    let unpack = |result: io::Result<Bounded>| match result {
        Ok(Bounded::Whole(bytes)) => Ok(bytes),
        Ok(_) => Err("the body unpacks to more than a page can be".to_string()),
        Err(e) => Err(format!("the packed body is damaged: {e}")),
    };
    match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => unpack(unpacked(MultiGzDecoder::new(body), body.len())),
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            unpack(unpacked(ZlibDecoder::new(body), body.len()))
        }
        // Nothing tells an unpacked body from a packed one here but trying.
        "br" => unpack(unpacked(brotli_decompressor::Decompressor::new(body, 4096), body.len()))
            .or_else(|e| if looks_like_text(body) { Ok(body.to_vec()) } else { Err(e) }),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => Err("zstd bodies are not read".to_string()),
        _ => Ok(body.to_vec()),
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<") || std::str::from_utf8(&body[..body.len().min(512)]).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn body_of(headers: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
        response(&[head.as_bytes(), body].concat()).map(|r| r.body)
    }

    #[test]
    fn bodies_are_unpacked() {
        let mut packer = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
        packer.write_all(b"<p>text").unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(body_of("Content-Encoding: gzip\r\n", &packed).unwrap(), b"<p>text");
        assert_eq!(body_of("Content-Encoding: gzip\r\n", b"<p>text").unwrap(), b"<p>text", "unpacked by the archive");
        let chunks = b"3\r\n<p>\r\n4;x=1\r\ntext\r\n0\r\n\r\n";
        assert_eq!(body_of("Transfer-Encoding: chunked\r\n", chunks).unwrap(), b"<p>text");
        assert_eq!(body_of("Transfer-Encoding: chunked\r\n", b"<p>text").unwrap(), b"<p>text");
        assert!(body_of("Content-Encoding: gzip\r\n", &packed[..12]).is_err());
        assert!(response(b"not http at all").is_err());
        assert_eq!(response(b"HTTP/1.0 404 Not Found\r\n\r\n").unwrap().status, 404);
    }
}
