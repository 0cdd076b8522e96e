//! Which articles does a feed carry?
//!
//! RSS, Atom and JSON Feed. An entry becomes a small page: its title as heading
//! above its content, so that markup is read as on a page and a quote finds its
//! place in what is kept. Where the feed has only summaries, these are what is
//! read; `marsad watch` fetches the pages behind them.

use crate::article::{Item, RawArticle, Skipped};
use crate::given;
use feed_rs::model::{Entry, Feed};
use marsad_model::Retrieval;

/// A feed holds no more entries.
const ENTRIES_MAX: usize = 1_000_000;
/// Teasers are shorter.
const WHOLE_CHARS_MIN: usize = 700;

/// True when bytes begin as a feed does.
pub(crate) fn is_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]);
    let has = |tag: &str| head.contains(&format!("<{tag}")) && !head.contains("<html");
    has("rss") || has("feed") || has("rdf:RDF") || head.contains("https://jsonfeed.org/version")
}

/// True when bytes are a list of feeds.
pub(crate) fn is_opml(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).contains("<opml")
}

/// The feed in these bytes.
///
/// # Errors
/// What the parser says is wrong.
pub(crate) fn parse(bytes: &[u8], uri: Option<&str>) -> Result<Feed, String> {
    // The written day is taken as it stands, as everywhere: noon of that day in UTC.
    let noon = |text: &str| {
        let (first, _) = given::days(text)?;
        let day = if given::is_late_in_utc(text) { first.tomorrow().ok()? } else { first };
        chrono::DateTime::parse_from_rfc3339(&format!("{day}T12:00:00Z")).ok().map(|d| d.to_utc())
    };
    let parser = feed_rs::parser::Builder::new().base_uri(uri).timestamp_parser(noon).build();
    parser.parse(bytes).map_err(|e| e.to_string())
}

/// The entries of a feed as articles.
pub(crate) fn items(place: &str, bytes: &[u8], retrieval: &Retrieval) -> Vec<Item> {
    match feed(place, bytes, retrieval) {
        Ok(feed) => feed.entries.into_iter().map(|entry| Item::Article(entry.article)).collect(),
        Err(skipped) => vec![Item::Skipped(skipped)],
    }
}

/// What a feed says.
#[derive(Clone, Debug)]
pub struct FeedRead {
    pub title: Option<String>,
    /// For how many minutes its answer stays fresh, by its own word.
    pub minutes_fresh: Option<u32>,
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// The address of the page behind it.
    pub url: Option<String>,
    pub title: Option<String>,
    /// True where its text is the whole article, as far as one can tell: long, and not ending in dots.
    pub is_whole: bool,
    /// What the feed itself tells.
    pub article: RawArticle,
}

/// Reads a feed; `place` names it in messages.
///
/// # Errors
/// `bad_feed` when the bytes are none.
///
/// ```
/// let rss = "<rss version='2.0'><channel><title>A</title><item><title>T</title><link>https://a.example/1</link></item></channel></rss>";
/// let feed = marsad_ingest::feed("a.xml", rss.as_bytes(), &Default::default()).unwrap();
/// assert_eq!(feed.entries[0].url.as_deref(), Some("https://a.example/1"));
/// assert!(!feed.entries[0].is_whole);
/// ```
pub fn feed(place: &str, bytes: &[u8], retrieval: &Retrieval) -> Result<FeedRead, Skipped> {
    let feed = parse(bytes, retrieval.url.as_deref()).map_err(|why| {
        Skipped::new(place, "bad_feed", format!("the feed cannot be read: {why}"))
            .hint("it may be cut off, or a page that calls itself a feed")
    })?;
    let title = feed.title.as_ref().map(|t| t.content.trim().to_string()).filter(|t| !t.is_empty());
    let entries = feed.entries.into_iter().take(ENTRIES_MAX).enumerate();
    let entries = entries.map(|(i, e)| entry(&format!("{place}#{}", i + 1), e, title.clone(), retrieval)).collect();
    Ok(FeedRead { title, minutes_fresh: feed.ttl, entries })
}

/// The address of the page behind an entry.
pub(crate) fn address(entry: &Entry) -> Option<String> {
    let pages = entry.links.iter().filter(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    pages.chain(&entry.links).map(|l| l.href.trim().to_string()).find(|h| h.contains("://"))
}

fn entry(place: &str, entry: Entry, outlet: Option<String>, retrieval: &Retrieval) -> FeedEntry {
    let url = address(&entry);
    let day = entry.published.or(entry.updated).and_then(|t| given::days(&t.to_rfc3339()));
    let retrieval =
        Retrieval { url: url.clone(), content_type: Some("text/html; charset=utf-8".into()), ..retrieval.clone() };
    let source = url.clone().unwrap_or_else(|| place.to_string());
    let page = RawArticle::page(&source, small_page(&entry).into_bytes(), retrieval);
    FeedEntry {
        url,
        title: entry.title.as_ref().map(|t| plain(&t.content)).filter(|t| !t.is_empty()),
        is_whole: is_whole(content(&entry)),
        article: RawArticle { published: day, outlet, ..page },
    }
}

fn is_whole(content: &str) -> bool {
    let text = plain(content);
    let is_cut = ["…", "...", "…]", "...]"].iter().any(|end| text.trim_end().ends_with(end));
    !is_cut && text.chars().count() >= WHOLE_CHARS_MIN
}

fn content(entry: &Entry) -> &str {
    let content = entry.content.as_ref().and_then(|c| c.body.as_deref());
    content.or(entry.summary.as_ref().map(|s| s.content.as_str())).unwrap_or_default()
}

fn plain(text: &str) -> String {
    if text.contains('<') { crate::html::visible_text(text) } else { text.trim().to_string() }
}

/// Title and content of an entry, as markup.
fn small_page(entry: &Entry) -> String {
    let text = content(entry);
    // Many feeds carry bare text: its lines are paragraphs.
    let body = match text.contains('<') {
        true => text.to_string(),
        false => text.lines().map(|line| format!("<p>{line}</p>\n")).collect(),
    };
    let title = entry.title.as_ref().map(|t| plain(&t.content)).unwrap_or_default();
    format!("<h1>{title}</h1>\n<article>{body}</article>\n")
}
