//! What is known of an article once its text has been looked over?

use crate::article::{Markup, RawArticle, Skipped, note};
use crate::furniture::outlet_in;
use crate::html;
use crate::language;
use crate::lines::{Line, lines};
use crate::parts::parted;
use crate::phrases::{Phrases, key};
use crate::published::{Dated, OneDayOff, published};
use crate::roles::{Page, page};
use crate::segments::segments;
use marsad_lang::{Annotation, Resources, annotate};
use marsad_model::{Diagnostic, Document, Evidence, Published, Segment, SegmentRole, Sourced, Span};

/// A document with what is worth telling about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    pub document: Document,
    /// The page that the text was taken from: what is read in the text is told
    /// in its places by [`Page::locate`](crate::Page::locate).
    pub page: Option<Box<html::Page>>,
    pub diagnostics: Vec<Diagnostic>,
    /// Set when there is nothing in it to extract: another language.
    pub skip: Option<Skipped>,
}

/// Gives an article its language, segments, title, outlet and publication date.
///
/// ```
/// use marsad_ingest::{RawArticle, document};
/// use marsad_model::SegmentRole::*;
/// # let res = marsad_lang::Resources::load(&marsad_lang::testing::files()).unwrap();
/// // A headline, the date under it, and a paragraph: "the police said … today, Wednesday".
/// let text = "إصابة حارس في مخزن\nالأربعاء 2023/05/17\nقالت الشرطة اليوم الأربعاء إن حارسا أصيب.";
/// let page = document(&res, RawArticle::from_text("a.txt", text)).document;
/// assert_eq!(page.published.day().unwrap().to_string(), "2023-05-17");
/// let roles: Vec<_> = page.segments.iter().map(|s| s.role).collect();
/// assert_eq!(roles, [Headline, PubDate, Body]);
///
/// // On a page of Friday the same words show that the date is the crawler's.
/// let text = text.replace("الأربعاء 2023/05/17", "الجمعة 2024/11/22");
/// let page = document(&res, RawArticle::from_text("a.txt", &text)).document;
/// assert_eq!(page.published.day(), None);
/// assert!(page.published.rejected[0].reason.starts_with("crawl_date:"));
/// ```
pub fn document(res: &Resources, raw: RawArticle) -> Ingested {
    Ingester::new(res).document(raw)
}

/// Makes documents of articles with one set of resources. Make one and share
/// it between threads: its phrase lists are prepared once.
pub struct Ingester<'r> {
    phrases: Phrases<'r>,
}

impl<'r> Ingester<'r> {
    pub fn new(res: &'r Resources) -> Ingester<'r> {
        Ingester { phrases: Phrases::new(res) }
    }

    /// See [`document`].
    pub fn document(&self, raw: RawArticle) -> Ingested {
        self.annotated(raw).0
    }

    /// The same with the annotation of the text, for those who read on; `None` where only part of the text was looked at.
    pub fn annotated(&self, raw: RawArticle) -> (Ingested, Option<Annotation<'r>>) {
        look_over(&self.phrases, raw)
    }
}

fn look_over<'r>(phrases: &Phrases<'r>, raw: RawArticle) -> (Ingested, Option<Annotation<'r>>) {
    let res = phrases.res;
    debug_assert!(raw.markup == Markup::None, "a page is opened before it is looked over");
    let sha256 = raw.sha256();
    let language = language::language(phrases, &raw.text);
    if language != "ar" {
        return (foreign(raw, sha256, language), None);
    }
    let window = window(&raw.text);
    let is_whole = window.len() == raw.text.len();
    let a = annotate(res, window);
    let hints = raw.page.as_ref().map_or(&[][..], |p| &p.hints);
    let shown = lines(res, &raw.text);
    let shown = if raw.page.is_some() { shown } else { parted(phrases, &a, shown) };
    let mut page = page(phrases, &a, shown, hints, raw.title.as_deref());
    let Dated { published, line, one_day_off } = published(phrases, &a, &page, &raw);
    if let Some(line) = line {
        page.roles[line] = SegmentRole::PubDate;
    }
    let title = title(phrases, &a, &page, &raw);
    let outlet = outlet(phrases, &page).or_else(|| outlet_of_page(phrases, raw.page.as_deref()?));
    let segments = segments(phrases, &page);
    let mut diagnostics = raw.notes.clone();
    diagnostics.extend(line_notes(&page.lines));
    diagnostics.extend(title_note(&raw, title.as_ref()));
    diagnostics.extend(date_notes(&published));
    diagnostics.extend(one_day_off.map(|off| off_note(&published, off)));
    drop(page);
    let source = raw.page.clone();
    let document = Document { title, outlet, published, segments, ..bare(raw, sha256, language) };
    (Ingested { document, page: source, diagnostics, skip: None }, is_whole.then_some(a))
}

/// What is known without looking at the text.
fn bare(raw: RawArticle, sha256: String, language: &str) -> Document {
    let outlet_given = raw.outlet_given();
    Document {
        id: raw.id.unwrap_or_else(|| sha256.clone()),
        source: raw.source,
        sha256,
        text: raw.text,
        language: language.to_string(),
        title: None,
        outlet: None,
        outlet_given,
        published: Published::default(),
        retrieval: raw.retrieval,
        segments: vec![],
    }
}

/// A text in another language: whole lines of body, and the reason to skip it.
fn foreign(raw: RawArticle, sha256: String, language: &'static str) -> Ingested {
    let named = language::name(language);
    let skip =
        Skipped::new(&raw.source, "not_arabic", format!("the text is in {named} ({language}); Marsad reads Arabic"));
    let mut diagnostics = raw.notes.clone();
    diagnostics.push(note("not_arabic", skip.message.clone(), None));
    let mut document = bare(RawArticle { notes: vec![], ..raw }, sha256, language);
    document.segments =
        vec![Segment { role: SegmentRole::Body, span: Span::new(0, document.text.chars().count() as u32) }];
    Ingested { document, page: None, diagnostics, skip: Some(skip) }
}

/// The part of a text in which dates and offices are looked for. A page of
/// more than this is an archive glued together, and one day does not date it.
fn window(text: &str) -> &str {
    const BYTES_MAX: usize = 400_000;
    let mut end = text.len().min(BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The headline line, else the given title where the text repeats it, else
/// what stands before the dateline of an article without line breaks.
fn title(phrases: &Phrases, a: &Annotation, page: &Page, raw: &RawArticle) -> Option<Sourced<String>> {
    let (text, span) = headline(page)
        .or_else(|| raw.title.as_deref().and_then(|t| quoted(&raw.text, t)))
        .or_else(|| before_dateline(phrases, a, page))
        .or_else(|| title_of_page(raw.page.as_deref()?))?;
    Some(Sourced::new(text, Evidence::new(span, "headline")))
}

/// The title that the head of a page tells.
fn title_of_page(page: &html::Page) -> Option<(String, Span)> {
    page.facts.title.as_ref().map(|f| (f.value.clone(), html::outside(f)))
}

/// The outlet that a page says it belongs to: by the host of its address, else by the name of the site.
fn outlet_of_page(phrases: &Phrases, page: &html::Page) -> Option<Sourced<String>> {
    let facts = &page.facts;
    let hosted =
        facts.url.as_ref().and_then(|f| Some((f, phrases.outlet_of_host(&crate::article::host_of(&f.value)?)?)));
    let known = |(f, i): (&html::Found, usize)| {
        let known = &phrases.res.outlets[i];
        Sourced::new(known.ar.clone(), Evidence::new(html::outside(f), format!("outlet/{}", known.id)))
    };
    let named = || facts.outlet.as_ref().and_then(|f| Some((f, phrases.outlet(&key(phrases.res, &f.value))?)));
    let told =
        || facts.outlet.as_ref().map(|f| Sourced::new(f.value.clone(), Evidence::new(html::outside(f), "site_name")));
    hosted.or_else(named).map(known).or_else(told)
}

fn headline(page: &Page) -> Option<(String, Span)> {
    let at = page.roles.iter().position(|r| *r == SegmentRole::Headline)?;
    let (text, span) = page.lines[at].trimmed();
    Some((text.to_string(), span))
}

fn quoted(text: &str, title: &str) -> Option<(String, Span)> {
    let title = title.trim();
    let at = text.find(title).filter(|_| !title.is_empty())?;
    let start = text[..at].chars().count() as u32;
    Some((title.to_string(), Span::new(start, start + title.chars().count() as u32)))
}

/// «عنوان المقال بغداد – أعلن …»: the headline is glued to the dateline.
fn before_dateline(phrases: &Phrases, a: &Annotation, page: &Page) -> Option<(String, Span)> {
    const HEADLINE_WORDS: std::ops::RangeInclusive<usize> = 4..=25;
    let at = page.roles.iter().position(|r| *r == SegmentRole::SingleLineArticle)?;
    let line = &page.lines[at];
    let tokens = crate::furniture::tokens_of(a, line);
    let dash = |i: usize| ["\u{2013}", "-", "\u{2014}"].iter().any(|s| a.tokens.is_sign(i, s)) && !a.tokens.glued(i);
    let place = a
        .within(tokens.start..(tokens.start + 30).min(tokens.end))
        .find(|m| a.class(m) == marsad_lang::Class::Place && dash(m.end))?;
    let head = line.text.chars().take((a.span(place.first, place.end).start - line.span.start) as usize);
    let head: String = head.collect();
    let words = key(phrases.res, &head).split(' ').count();
    let text = head.trim();
    let start = line.span.start + head.chars().take_while(|c| c.is_whitespace()).count() as u32;
    let whole = HEADLINE_WORDS.contains(&words) && !text.contains(". ");
    whole.then(|| (text.to_string(), Span::new(start, start + text.chars().count() as u32)))
}

/// The outlet that a byline names.
fn outlet(phrases: &Phrases, page: &Page) -> Option<Sourced<String>> {
    use SegmentRole::{Byline, ChromeDate, PubDate, Sources};
    let roles = page.roles.iter().zip(&page.lines);
    let mut named = roles.filter(|(r, _)| matches!(r, Byline | PubDate | ChromeDate | Sources));
    named.find_map(|(_, line)| {
        let (outlet, from, to) = outlet_in(phrases, line)?;
        let start = line.span.start + line.text[..from].chars().count() as u32;
        let span = Span::new(start, start + line.text[from..to].chars().count() as u32);
        let known = &phrases.res.outlets[outlet];
        Some(Sourced::new(known.ar.clone(), Evidence::new(span, format!("outlet/{}", known.id))))
    })
}

fn line_notes(lines: &[Line]) -> Option<Diagnostic> {
    const LONG: u32 = 100_000;
    let longest = lines.iter().map(Line::len).max().filter(|n| *n > LONG)?;
    let hint = "this looks like many articles glued together; one article a line of JSONL reads better";
    Some(note("very_long_line", format!("a line of {longest} characters"), Some(hint)))
}

fn title_note(raw: &RawArticle, title: Option<&Sourced<String>>) -> Option<Diagnostic> {
    let given = raw.title.as_deref().filter(|_| title.is_none())?;
    let message = format!("the given title is not in the text and is not read: {}", given.trim());
    Some(note("title_outside_text", message, Some("put the title as first line of the text to have it read")))
}

/// The code with which a reason begins: `crawl_date`, `office` or `explicit_year`.
fn rejection(reason: &str) -> &str {
    reason.split_once(':').map_or("crawl_date", |(code, _)| code)
}

fn date_notes(published: &Published) -> Vec<Diagnostic> {
    let rejected = published.rejected.iter().map(|r| Diagnostic {
        code: rejection(&r.reason).to_string(),
        message: format!("{} is not believed: {}", r.date, r.reason),
        hint: Some("give the date of publication with the input if you know it".to_string()),
        evidence: r.evidence.clone(),
    });
    let unknown = (published.day().is_none()).then(|| {
        let bounds = match (published.earliest, published.latest) {
            (Some(a), Some(b)) => format!("; it lies between {a} and {b}"),
            (None, Some(b)) => format!("; it lies before {b}"),
            _ => String::new(),
        };
        let hint = "weekdays and dates without a year stay open; give the date with the input (key published)";
        note("published_unknown", format!("the day of publication is not known{bounds}"), Some(hint))
    });
    rejected.chain(unknown).collect()
}

/// The date is not mended: which of the two days is that of publication the page alone does not tell.
fn off_note(published: &Published, off: OneDayOff) -> Diagnostic {
    let shown = published.earliest.unwrap_or(off.written);
    let side = if off.written > shown { "after" } else { "before" };
    let weekday = marsad_model::weekday_name(off.written.weekday());
    Diagnostic {
        code: "one_day_off".to_string(),
        message: format!(
            "by its own words the text was written on a {weekday}, the day {side} {shown}, the date of publication"
        ),
        hint: Some(
            "printed papers are put online the evening before their day; \"yesterday\" counts from the day of the text"
                .to_string(),
        ),
        evidence: off.evidence,
    }
}
