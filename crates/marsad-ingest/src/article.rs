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
    /// Where a page lies that was not opened yet; its text is empty until then.
    pub markup: Markup,
    /// The page that the text was taken from; its spans lead back to it.
    pub page: Option<Box<Page>>,
    /// Where and when it was fetched.
    pub retrieval: Retrieval,
    pub notes: Vec<Diagnostic>,
}

/// Where the markup of an article lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    /// It is plain text, or was opened.
    #[default]
    None,
    /// The raw bytes are a page.
    Raw,
    /// The page was taken out of them.
    Apart(Vec<u8>),
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
            markup: Markup::None,
            page: None,
            retrieval: Retrieval::default(),
            notes: vec![],
        }
    }

    /// A page as it was fetched, still to be [opened](RawArticle::opened).
    ///
    /// ```
    /// use marsad_ingest::RawArticle;
    /// let page = RawArticle::page("a.html", "<p>سقط صاروخ قرب المطار.".into(), Default::default());
    /// assert_eq!(page.text, "");
    /// assert_eq!(page.opened().unwrap().text, "سقط صاروخ قرب المطار.");
    /// ```
    pub fn page(source: &str, raw: Vec<u8>, retrieval: Retrieval) -> RawArticle {
        let url = retrieval.url.clone();
        RawArticle { raw, markup: Markup::Raw, url, retrieval, ..RawArticle::from_text(source, "") }
    }

    /// A page as it was fetched; `None` when the bytes are no page or it shows no text.
    ///
    /// ```
    /// use marsad_ingest::RawArticle;
    /// let page = "<title>خبر</title><nav>القائمة</nav><p>سقط صاروخ قرب المطار.</p>";
    /// let article = RawArticle::from_page("a.html", page.as_bytes().to_vec(), Default::default()).unwrap();
    /// assert_eq!(article.text, "سقط صاروخ قرب المطار.");
    /// assert_eq!(article.title.as_deref(), Some("خبر"));
    /// ```
    pub fn from_page(source: &str, raw: Vec<u8>, retrieval: Retrieval) -> Option<RawArticle> {
        RawArticle::page(source, raw, retrieval).opened().ok()
    }

    /// The article with the readable text of its page. Opening a page costs as much as
    /// reading it, so it is left to those who read, on as many threads as they are.
    ///
    /// # Errors
    /// When the page is none or shows no text.
    pub fn opened(self) -> Result<RawArticle, Skipped> {
        let bytes = match &self.markup {
            Markup::None => return Ok(self),
            Markup::Raw => &self.raw,
            Markup::Apart(bytes) => bytes,
        };
        let tld = self.url.as_deref().and_then(host_of).and_then(|h| Some(h.rsplit_once('.')?.1.to_string()));
        let Some(decoded) = decode_page(bytes, self.retrieval.content_type.as_deref(), tld.as_deref()) else {
            return Err(Skipped::new(&self.source, "not_text", "these bytes are no page"));
        };
        let readable = html::page(decoded.text);
        if readable.text.trim().is_empty() {
            let skipped = Skipped::new(&self.source, "empty", "the page shows no text");
            return Err(skipped.hint("its text may be put there by a script; save the page from a browser"));
        }
        let title = self.title.or_else(|| readable.page.facts.title.as_ref().map(|f| f.value.clone()));
        let notes = [self.notes, decoded.notes, readable.notes].concat();
        let page = Some(Box::new(readable.page));
        Ok(RawArticle { text: readable.text, title, page, markup: Markup::None, notes, ..self })
    }

    /// Its address: as given, else as the page tells it.
    pub(crate) fn address(&self) -> Option<&str> {
        let told = || self.page.as_ref()?.facts.url.as_ref().map(|f| f.value.as_str());
        self.url.as_deref().or_else(told)
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
    /// The path, `path:line`, `path@byte` or `path#entry`.
    pub source: String,
    /// `empty`, `unreadable`, `not_text`, `not_read_yet`, `unknown_format`,
    /// `bad_json`, `bad_record`, `bad_feed`, `bad_archive`, `too_long`, `no_text`,
    /// `no_page` or `not_arabic`.
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
#[expect(clippy::large_enum_variant, reason = "items are handed on one by one, never kept by the thousand")]
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Article(RawArticle),
    Skipped(Skipped),
}

/// A diagnostic without evidence: it speaks of the bytes, not of the text.
pub(crate) fn note(code: &str, message: String, hint: Option<&str>) -> Diagnostic {
    Diagnostic { code: code.to_string(), message, hint: hint.map(str::to_string), evidence: vec![] }
}
