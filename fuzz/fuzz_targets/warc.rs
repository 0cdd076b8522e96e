//! Does any web archive break the reader, or keep it for ever?
#![no_main]

use libfuzzer_sys::fuzz_target;
use marsad_ingest::{Item, articles_in};

fuzz_target!(|bytes: &[u8]| {
    for item in articles_in("a.warc.gz", bytes.to_vec()) {
        if let Item::Article(article) = item {
            assert!(article.retrieval.offset.is_some_and(|at| at <= bytes.len() as u64));
            let _ = article.opened();
        }
    }
});
