//! Does any page break the reader, or a span leave the page?
#![no_main]

use libfuzzer_sys::fuzz_target;
use marsad_ingest::{Ingester, RawArticle};
use std::sync::LazyLock;

static DATA: LazyLock<marsad_lang::Resources> = LazyLock::new(|| marsad::resources(None).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let Some(article) = RawArticle::from_page("a.html", bytes.to_vec(), Default::default()) else { return };
    let reader = marsad::extract::Reader::new(&DATA).unwrap();
    let Ok(reading) = marsad::read_one(&reader, &Ingester::new(&DATA), article) else { return };
    let end = reading.document.text.chars().count() as u32;
    let segments = &reading.document.segments;
    assert!(segments.windows(2).all(|w| w[0].span.end <= w[1].span.start), "segments overlap");
    assert!(segments.iter().all(|s| s.span.end <= end), "a segment leaves the page");
    let evidence = reading.incidents.iter().flat_map(|i| i.event.evidence());
    assert!(evidence.into_iter().all(|e| e.span.end <= end), "a span leaves the page");
});
