//! What is known of an article before its text is looked at?

use crate::decode::decode_page;
use crate::html::{self, Page};
use jiff::civil::Date;
use marsad_model::{Diagnostic, Retrieval};
use sha2::{Digest, Sha256};

/// One article as it came in: bytes, decoded text, and what was given beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawArticle {
    /// The id given with the input (JSON key `id`).
    pub id: Option<String>,
    /// The path, `path:line`, or the URL.
    pub source: String,
    /// The bytes as they were read: a whole file, or one line of JSONL.
    pub raw: Vec<u8>,
    /// The decoded text, exactly as in the source; spans count its code points.
    pub text: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// First and last day that the given date allows: a day, a month or a year.
    pub published: Option<(Date, Date)>,
    /// The page that the text was taken from; its spans lead back to it.
    pub page: Option<Box<Page>>,
    /// Where and when it was fetched.
    pub retrieval: Retrieval,
    pub notes: Vec<Diagnostic>,
}

impl RawArticle {
    /// An article of which nothing is known but its text.
    ///
    /// ```
    /// let article = marsad_ingest::RawArticle::from_text("note.txt", "نص قصير");
    /// assert_eq!(article.raw, "نص قصير".as_bytes());
    /// ```
    pub fn from_text(source: &str, text: &str) -> RawArticle {
        RawArticle {
            id: None,
            source: source.to_string(),
            raw: text.as_bytes().to_vec(),
            text: text.to_string(),
            title: None,
            outlet: None,
            url: None,
            published: None,
            page: None,
            retrieval: Retrieval::default(),
            notes: vec![],
        }
    }

    /// A page as it was fetched; `None` when the bytes are no text.
    ///
    /// ```
    /// use marsad_ingest::RawArticle;
    /// let page = "<title>خبر</title><nav>القائمة</nav><p>سقط صاروخ قرب المطار.</p>";
    /// let article = RawArticle::from_page("a.html", page.as_bytes().to_vec(), Default::default()).unwrap();
    /// assert_eq!(article.text, "سقط صاروخ قرب المطار.");
    /// assert_eq!(article.title.as_deref(), Some("خبر"));
    /// ```
    pub fn from_page(source: &str, raw: Vec<u8>, retrieval: Retrieval) -> Option<RawArticle> {
        let tld = retrieval.url.as_deref().and_then(host_of).and_then(|h| Some(h.rsplit_once('.')?.1.to_string()));
        let decoded = decode_page(&raw, retrieval.content_type.as_deref(), tld.as_deref())?;
        let readable = html::page(decoded.text);
        let mut notes = decoded.notes;
        notes.extend(readable.notes);
        let facts = &readable.page.facts;
        let told = |fact: &Option<html::Found>| fact.as_ref().map(|f| f.value.clone());
        Some(RawArticle {
            raw,
            text: readable.text,
            title: told(&facts.title),
            url: retrieval.url.clone().or_else(|| told(&facts.url)),
            page: Some(Box::new(readable.page)),
            retrieval,
            notes,
            ..RawArticle::from_text(source, "")
        })
    }

    /// The sha256 of the bytes in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        Sha256::digest(&self.raw).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The outlet given beside the text, else the host of its address.
    pub fn outlet_given(&self) -> Option<String> {
        self.outlet.clone().or_else(|| host_of(self.url.as_deref()?))
    }
}

/// The host of an address, without `www.`.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.");
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// Something in the input that became no document, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The path, or `path:line`.
    pub source: String,
    /// `empty`, `unreadable`, `not_text`, `not_read_yet`, `unknown_format`,
    /// `bad_json`, `no_text`, `too_long`, `bad_record` or `not_arabic`.
    pub code: &'static str,
    pub message: String,
    pub hint: Option<String>,
}

impl Skipped {
    pub(crate) fn new(source: &str, code: &'static str, message: impl Into<String>) -> Skipped {
        Skipped { source: source.to_string(), code, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Skipped {
        self.hint = Some(hint.into());
        self
    }
}

/// What an input yields, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Article(RawArticle),
    Skipped(Skipped),
}

/// A diagnostic without evidence: it speaks of the bytes, not of the text.
pub(crate) fn note(code: &str, message: String, hint: Option<&str>) -> Diagnostic {
    Diagnostic { code: code.to_string(), message, hint: hint.map(str::to_string), evidence: vec![] }
}
