//! What is known of one retrieved article before its events are read?

use crate::{Evidence, Sourced, Span};
use jiff::civil::{Date, Weekday};

/// One retrieved article: decoded text, segments and metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The id given with the input, else the sha256 of the raw bytes in hex.
    pub id: String,
    /// Path or URL as given.
    pub source: String,
    /// Hash of the raw bytes, in hex.
    pub sha256: String,
    /// The decoded source text. All spans count its code points. Of a page it is
    /// the readable text while it is read, and the page itself in what was read.
    pub text: String,
    /// `ar`, `fa`, `ur`, `ckb`, `en`, or `und` when undetermined.
    pub language: String,
    pub title: Option<Sourced<String>>,
    /// Outlet named inside the text.
    pub outlet: Option<Sourced<String>>,
    /// Outlet given beside the text (JSON key, host of the URL).
    pub outlet_given: Option<String>,
    pub published: Published,
    pub retrieval: Retrieval,
    /// In order, without overlap, covering the text but for line breaks; of a
    /// page they cover what is shown, without the markup.
    pub segments: Vec<Segment>,
}

/// Where and when a document was fetched, as far as the input tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retrieval {
    pub url: Option<String>,
    /// The archive, feed or list that holds it.
    pub file: Option<String>,
    /// Byte at which its record begins in that file, before decompression.
    pub offset: Option<u64>,
    /// Time of the fetch as the archive tells it, RFC 3339.
    pub fetched: Option<String>,
    /// As the server named it.
    pub content_type: Option<String>,
}

/// How the publication date is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublishedMethod {
    #[default]
    None,
    Given,
    JsonLd,
    Meta,
    Url,
    DateLine,
    Inferred,
}

/// The publication date: one day, or an interval that the text allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Equal to `latest` when the day is known; `None` when nothing bounds it.
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    pub weekday: Option<Weekday>,
    pub method: PublishedMethod,
    pub evidence: Vec<Evidence>,
    pub rejected: Vec<RejectedDate>,
}

impl Published {
    /// The day, when it is known.
    pub fn day(&self) -> Option<Date> {
        self.earliest.filter(|d| Some(*d) == self.latest)
    }
}

/// A candidate date that was not believed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedDate {
    pub date: Date,
    /// Starts with a code: `crawl_date: …`, `office: …`, `explicit_year: …`.
    pub reason: String,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub role: SegmentRole,
    pub span: Span,
}

/// The part that a stretch of text plays in the page (coding guide, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentRole {
    Headline,
    HeadlineDup,
    Standfirst,
    PubDate,
    ChromeDate,
    ChromeShare,
    ChromeNav,
    ChromeClose,
    PhotoCaption,
    CaptionDup,
    PullQuote,
    Byline,
    Dateline,
    Body,
    Subheading,
    SubheadingDup,
    ReadAlso,
    ReadAlsoLabel,
    SourcesLabel,
    Sources,
    SingleLineArticle,
    Blank,
}

impl SegmentRole {
    pub const ALL: &'static [(SegmentRole, &'static str)] = &[
        (SegmentRole::Headline, "headline"),
        (SegmentRole::HeadlineDup, "headline_dup"),
        (SegmentRole::Standfirst, "standfirst"),
        (SegmentRole::PubDate, "pub_date"),
        (SegmentRole::ChromeDate, "chrome_date"),
        (SegmentRole::ChromeShare, "chrome_share"),
        (SegmentRole::ChromeNav, "chrome_nav"),
        (SegmentRole::ChromeClose, "chrome_close"),
        (SegmentRole::PhotoCaption, "photo_caption"),
        (SegmentRole::CaptionDup, "caption_dup"),
        (SegmentRole::PullQuote, "pull_quote"),
        (SegmentRole::Byline, "byline"),
        (SegmentRole::Dateline, "dateline"),
        (SegmentRole::Body, "body"),
        (SegmentRole::Subheading, "subheading"),
        (SegmentRole::SubheadingDup, "subheading_dup"),
        (SegmentRole::ReadAlso, "read_also"),
        (SegmentRole::ReadAlsoLabel, "read_also_label"),
        (SegmentRole::SourcesLabel, "sources_label"),
        (SegmentRole::Sources, "sources"),
        (SegmentRole::SingleLineArticle, "single_line_article"),
        (SegmentRole::Blank, "blank"),
    ];

    pub fn name(self) -> &'static str {
        SegmentRole::ALL.iter().find(|(r, _)| *r == self).expect("all roles are listed").1
    }

    pub fn from_name(name: &str) -> Option<SegmentRole> {
        SegmentRole::ALL.iter().find(|(_, n)| *n == name).map(|(r, _)| *r)
    }

    /// Text that may found an incident.
    pub fn tells_news(self) -> bool {
        use SegmentRole::*;
        matches!(self, Headline | Standfirst | Dateline | Body | SingleLineArticle)
    }

    /// Text that may repeat what the news text tells, but founds nothing.
    pub fn repeats_news(self) -> bool {
        use SegmentRole::*;
        matches!(self, HeadlineDup | PhotoCaption | CaptionDup | PullQuote | Subheading)
    }
}
