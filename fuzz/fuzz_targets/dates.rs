//! Does any date, of a machine or in words, break the reader?
#![no_main]

use libfuzzer_sys::fuzz_target;
use marsad_ingest::{RawArticle, document};
use std::sync::LazyLock;

static DATA: LazyLock<marsad_lang::Resources> = LazyLock::new(|| marsad::resources(None).unwrap());

fuzz_target!(|text: &str| {
    if let Some((first, last)) = marsad_ingest::days(text) {
        assert!(first <= last);
    }
    let published = document(&DATA, RawArticle::from_text(&format!("https://a.example/{text}"), text)).document.published;
    assert!(published.earliest.zip(published.latest).is_none_or(|(a, b)| a <= b), "bounds in the wrong order");
});
