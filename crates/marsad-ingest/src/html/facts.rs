//! What does the head of a page say about its article?
//!
//! Title, outlet, address and dates as `<meta>`, JSON-LD, `<time>` and
//! `<title>` tell them, each with its place in the page. Nothing is believed
//! here; `published/` weighs the dates.

use super::content::is_link;
use super::source::CodePoints;
use super::tags::Zone;
use super::walk::Walked;
use marsad_model::Span;
use serde_json::Value;
use std::ops::Range;

/// A value with its place in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub value: String,
    pub span: Span,
}

/// Who tells a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateKind {
    JsonLd,
    Meta,
    /// `<time datetime>` and its like, beside the article.
    Time,
    JsonLdModified,
    MetaModified,
}

impl DateKind {
    /// Tells when the page was changed, not when it was first published.
    pub fn is_change(self) -> bool {
        matches!(self, DateKind::JsonLdModified | DateKind::MetaModified)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub title: Option<Found>,
    pub outlet: Option<Found>,
    pub url: Option<Found>,
    /// In order of trust, each kind in order of the page.
    pub dates: Vec<(DateKind, Found)>,
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "published-date",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "datecreated",
    "vr:published_time",
    "shareaholic:article_published_time",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
    "shareaholic:article_modified_time",
];
/// JSON-LD types that are the article of their page.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Report",
];

/// Gathers what the head of the page says.
pub(super) fn facts(source: &str, walked: &Walked, points: &CodePoints) -> Facts {
    let reader = Reader { source, walked, points };
    let json = reader.json_ld();
    let title =
        reader.meta("og:title").or(json.title).or_else(|| reader.meta("twitter:title")).or_else(|| reader.title());
    let outlet = reader.meta("og:site_name").or(json.outlet).or_else(|| reader.meta("application-name"));
    let url = reader.canonical().or_else(|| reader.meta("og:url"));
    let mut dates = json.dates;
    dates.extend(PUBLISHED.iter().filter_map(|key| Some((DateKind::Meta, reader.meta(key)?))));
    dates.extend(MODIFIED.iter().filter_map(|key| Some((DateKind::MetaModified, reader.meta(key)?))));
    dates.sort_by_key(|(kind, _)| *kind);
    Facts { title, outlet, url: url.filter(|u| u.value.contains("://")), dates }
}

/// Adds the machine-readable dates of lines that are `near` the article.
pub(super) fn add_times(
    facts: &mut Facts,
    source: &str,
    walked: &Walked,
    points: &CodePoints,
    near: impl Fn(usize) -> bool,
) {
    let reader = Reader { source, walked, points };
    facts.dates.extend(reader.times(near).map(|found| (DateKind::Time, found)));
    facts.dates.sort_by_key(|(kind, _)| *kind);
}

struct Reader<'s, 'w> {
    source: &'s str,
    walked: &'w Walked,
    points: &'w CodePoints<'s>,
}

#[derive(Default)]
struct JsonLd {
    title: Option<Found>,
    outlet: Option<Found>,
    dates: Vec<(DateKind, Found)>,
}

impl Reader<'_, '_> {
    fn found(&self, bytes: Range<usize>) -> Option<Found> {
        let raw = &self.source[bytes.clone()];
        let lead = raw.len() - raw.trim_start().len();
        let raw = raw.trim();
        let start = bytes.start + lead;
        let value = html_escape::decode_html_entities(raw).split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then(|| Found { value, span: self.points.span(start..start + raw.len()) })
    }

    fn meta(&self, key: &str) -> Option<Found> {
        self.walked.metas.iter().filter(|m| m.key == key).find_map(|m| self.found(m.content.clone()))
    }

    fn title(&self) -> Option<Found> {
        self.found(self.walked.title.clone()?)
    }

    fn canonical(&self) -> Option<Found> {
        self.found(self.walked.canonical.clone()?)
    }

    /// Machine-readable dates beside the article, the ones said to be its publication first.
    fn times(&self, near: impl Fn(usize) -> bool) -> impl Iterator<Item = Found> {
        let elsewhere = |zone: Option<u32>| {
            let up = |z: &u32| self.walked.zones[*z as usize].parent;
            std::iter::successors(zone, up).any(|z| {
                !matches!(self.walked.zones[z as usize].zone, Zone::Date | Zone::Header | Zone::Byline | Zone::Heading)
            })
        };
        // The date of a linked line is that of the story behind the link.
        let linked = |block: usize| self.walked.blocks.get(block).is_some_and(is_link);
        let beside =
            |t: &&super::walk::TimeElement| !elsewhere(t.zone) && (t.is_published || near(t.block) && !linked(t.block));
        let mut times: Vec<_> = self.walked.times.iter().filter(beside).collect();
        times.sort_by_key(|t| !t.is_published);
        if times.is_empty() {
            times = self.all_of_one_day();
        }
        times.into_iter().filter_map(|t| self.found(t.value.clone()))
    }

    /// A page of messages dates each of them; when all have one day, it is the page's.
    fn all_of_one_day(&self) -> Vec<&super::walk::TimeElement> {
        let comments = |z: &u32| matches!(self.walked.zones[*z as usize].zone, Zone::Comments | Zone::Related);
        let up = |z: &u32| self.walked.zones[*z as usize].parent;
        let all: Vec<_> =
            self.walked.times.iter().filter(|t| !std::iter::successors(t.zone, up).any(|z| comments(&z))).collect();
        let day = |t: &super::walk::TimeElement| crate::given::days(&self.source[t.value.clone()]);
        let first = all.first().and_then(|t| day(t));
        if first.is_some() && all.iter().all(|t| day(t) == first) { all.into_iter().take(1).collect() } else { vec![] }
    }

    /// What the JSON-LD of the page says of its article; where it is no JSON, what its keys say.
    fn json_ld(&self) -> JsonLd {
        let mut out = JsonLd::default();
        for script in &self.walked.json_ld {
            let raw = &self.source[script.clone()];
            let articles = parsed(raw).map(|value| articles_in(&value));
            let of = |key: &str| match &articles {
                Some(list) => list.iter().find_map(|a| a.get(key)?.as_str().map(str::to_string)),
                None => self.keyed(script, key).into_iter().next().map(|f| f.value),
            };
            let told = |key: &str, value: String| self.keyed(script, key).into_iter().find(|f| f.value == value);
            let find = |key: &str| told(key, of(key)?);
            out.title = out.title.take().or_else(|| find("headline"));
            out.dates.extend(find("datePublished").map(|f| (DateKind::JsonLd, f)));
            out.dates.extend(find("dateModified").map(|f| (DateKind::JsonLdModified, f)));
            let publisher = articles.iter().flatten().find_map(|a| a.get("publisher")?.get("name")?.as_str());
            out.outlet = out.outlet.take().or_else(|| told("name", publisher?.to_string()));
        }
        out
    }

    /// The strings behind a key of a script, whether or not it is sound JSON.
    fn keyed(&self, script: &Range<usize>, key: &str) -> Vec<Found> {
        let raw = &self.source[script.clone()];
        let quoted = format!("\"{key}\"");
        let value = |at: usize| {
            let rest = &raw[at + quoted.len()..];
            let open = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
            let start = raw.len() - open.len();
            let end = start + string_end(open)?;
            let literal = &raw[start - 1..=end];
            let value: String = serde_json::from_str(literal).ok()?;
            Some(Found { value, span: self.points.span(script.start + start..script.start + end) })
        };
        raw.match_indices(&quoted).take(200).filter_map(|(at, _)| value(at)).collect()
    }
}

/// Where a string of JSON ends.
fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|b| {
        let ends = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        ends
    })
}

fn parsed(raw: &str) -> Option<Value> {
    let raw = raw.trim().trim_start_matches("//").trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    serde_json::from_str(raw.trim().trim_end_matches(';')).ok()
}

/// The objects of JSON-LD that are articles, outermost first.
fn articles_in(value: &Value) -> Vec<Value> {
    let mut out = vec![];
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(keys) => {
                let is_article = |t: &Value| t.as_str().is_some_and(|t| ARTICLES.contains(&t));
                match keys.get("@type") {
                    Some(Value::Array(types)) if types.iter().any(is_article) => out.push(value.clone()),
                    Some(kind) if is_article(kind) => out.push(value.clone()),
                    // Lists of other articles stand below the page, not the article.
                    _ => open.extend(
                        ["@graph", "mainEntity", "mainEntityOfPage", "about"].iter().rev().filter_map(|k| keys.get(*k)),
                    ),
                }
            }
            _ => {}
        }
    }
    out
}
