//! What must hold for any input whatever?
//!
//! One check a parser of bytes from outside; a check that does not hold panics. The fuzz targets call them, and so does the test
//! `crates/marsad/tests/found.rs`, which includes this very file, for each input that is kept under `fuzz/found`.

use marsad_ingest::{Ingester, Item, RawArticle, articles_in, document};
use marsad_lang::{Resources, annotate, measure};
use marsad_model::Retrieval;
use std::sync::LazyLock;

pub type Check = fn(&[u8]);

/// Each check under the name of its target, which is also its folder in `fuzz/found`.
pub const ALL: [(&str, Check); 6] =
    [("dates", dates), ("encodings", encodings), ("feed", feed), ("html", html), ("numbers", numbers), ("warc", warc)];

static DATA: LazyLock<Resources> = LazyLock::new(|| marsad::resources(None).unwrap());

/// Does any page break the reader, or a span leave the page?
pub fn html(bytes: &[u8]) {
    let Some(article) = RawArticle::from_page("a.html", bytes.to_vec(), Default::default()) else { return };
    let reader = marsad::extract::Reader::new(&DATA).unwrap();
    let Ok(reading) = marsad::read_one(&reader, &Ingester::new(&DATA), article) else { return };
    let end = reading.document.text.chars().count() as u32;
    let segments = &reading.document.segments;
    assert!(segments.windows(2).all(|w| w[0].span.end <= w[1].span.start), "segments overlap");
    assert!(segments.iter().all(|s| s.span.end <= end), "a segment leaves the page");
    let evidence = reading.incidents.iter().flat_map(|i| i.event.evidence());
    assert!(evidence.into_iter().all(|e| e.span.end <= end), "a span leaves the page");
}

/// Does any feed, list or message break the reader? The first byte chooses the kind of file.
pub fn feed(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = ["a.xml", "a.rss", "a.json", "a.jsonl", "a.eml", "a.mhtml"][usize::from(*first) % 6];
    for item in articles_in(name, rest.to_vec()) {
        if let Item::Article(article) = item {
            let _ = article.opened();
        }
    }
}

/// Does any web archive break the reader, or keep it for ever?
pub fn warc(bytes: &[u8]) {
    for item in articles_in("a.warc.gz", bytes.to_vec()) {
        if let Item::Article(article) = item {
            assert!(article.retrieval.offset.is_some_and(|at| at <= bytes.len() as u64), "a record beyond the archive");
            let _ = article.opened();
        }
    }
}

const LABELS: [&str; 8] = [
    "",
    "text/html; charset=utf-8",
    "text/html; charset=windows-1256",
    "text/html;charset=\"iso-8859-6\"",
    "charset=utf-16le",
    "charset=gbk",
    "charset=iso-2022-jp",
    "charset=x-user-defined",
];

/// Do any bytes under any label break the decoder? The first byte chooses the label.
pub fn encodings(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let label = LABELS[usize::from(*first) % LABELS.len()];
    let retrieval = Retrieval {
        content_type: Some(label.to_string()),
        url: Some("https://a.example.sa/".into()),
        ..Retrieval::default()
    };
    let _ = RawArticle::from_page("a.html", rest.to_vec(), retrieval);
}

/// Does any date, of a machine or in words, break the reader?
pub fn dates(bytes: &[u8]) {
    let text = readable(bytes);
    if let Some((first, last)) = marsad_ingest::days(text) {
        assert!(first <= last, "days in the wrong order");
    }
    let article = RawArticle::from_text(&format!("https://a.example/{text}"), text);
    let published = document(&DATA, article).document.published;
    assert!(published.earliest.zip(published.latest).is_none_or(|(a, b)| a <= b), "bounds in the wrong order");
}

/// Does any text break the grammars of numbers and times?
pub fn numbers(bytes: &[u8]) {
    let text = readable(bytes);
    let a = annotate(&DATA, text);
    let end = text.chars().count() as u32;
    assert!(a.numbers.iter().all(|n| n.first < n.end && a.span(n.first, n.end).end <= end), "a number leaves the text");
    assert!(a.times.iter().all(|t| t.first < t.end && a.span(t.first, t.end).end <= end), "a time leaves the text");
    let _ = measure::quantities(&DATA, &a.tokens);
}

/// The bytes up to the first that are no UTF-8.
fn readable(bytes: &[u8]) -> &str {
    let good = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), |text| text.len());
    std::str::from_utf8(&bytes[..good]).unwrap_or_default()
}
