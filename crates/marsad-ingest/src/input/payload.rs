//! Which articles do the bytes of one answer hold?
//!
//! A page is one, a plain text is one, a feed one an entry; pictures, styles
//! and scripts are none. The type that the server names decides, and where it
//! names none, the first bytes.

use super::feed;
use crate::article::{Item, RawArticle, Skipped};
use crate::decode::decode_page;
use marsad_model::Retrieval;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Page,
    Text,
    Feed,
    /// Nothing that is read.
    Other,
}

/// What a server's content type, else the bytes themselves, say.
pub(crate) fn kind(bytes: &[u8], content_type: Option<&str>) -> Kind {
    let named = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match named.as_str() {
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json" => Kind::Feed,
        "text/html" | "application/xhtml+xml" if !feed::is_feed(bytes) => Kind::Page,
        "text/plain" if bytes.trim_ascii_start().starts_with(b"<") => sniffed(bytes),
        "text/plain" => Kind::Text,
        "" | "text/html" | "application/xml" | "text/xml" | "application/octet-stream" => sniffed(bytes),
        _ => Kind::Other,
    }
}

fn sniffed(bytes: &[u8]) -> Kind {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match () {
        () if feed::is_feed(bytes) => Kind::Feed,
        () if head.starts_with(b"<") => Kind::Page,
        () => Kind::Other,
    }
}

/// The articles of an answer; `place` names it in the report.
pub(crate) fn items(place: &str, bytes: Vec<u8>, retrieval: Retrieval) -> Vec<Item> {
    match kind(&bytes, retrieval.content_type.as_deref()) {
        Kind::Page => vec![page(place, bytes, retrieval)],
        Kind::Text => vec![text(place, bytes, retrieval)],
        Kind::Feed => feed::items(place, &bytes, &retrieval),
        Kind::Other => {
            let named = retrieval.content_type.unwrap_or_else(|| "no type named".to_string());
            vec![Item::Skipped(Skipped::new(place, "no_page", format!("no page, text or feed: {named}")))]
        }
    }
}

/// A page as an article, under its address where that is known.
pub(crate) fn page(place: &str, raw: Vec<u8>, retrieval: Retrieval) -> Item {
    let source = retrieval.url.clone().unwrap_or_else(|| place.to_string());
    Item::Article(RawArticle::page(&source, raw, retrieval))
}

fn text(place: &str, raw: Vec<u8>, retrieval: Retrieval) -> Item {
    let Some(decoded) = decode_page(&raw, retrieval.content_type.as_deref(), None) else {
        return Item::Skipped(Skipped::new(place, "not_text", "these bytes are no text"));
    };
    if decoded.text.trim().is_empty() {
        return Item::Skipped(Skipped::new(place, "empty", "the file has no text"));
    }
    let source = retrieval.url.clone().unwrap_or_else(|| place.to_string());
    let known = RawArticle::from_text(&source, "");
    let article =
        RawArticle { raw, text: decoded.text, notes: decoded.notes, url: retrieval.url.clone(), retrieval, ..known };
    Item::Article(article)
}
