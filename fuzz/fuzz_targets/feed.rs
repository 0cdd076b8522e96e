//! Does any feed, list or message break the reader?
#![no_main]

use libfuzzer_sys::fuzz_target;
use marsad_ingest::{Item, articles_in};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = ["a.xml", "a.rss", "a.json", "a.jsonl", "a.eml", "a.mhtml"][usize::from(*first) % 6];
    for item in articles_in(name, rest.to_vec()) {
        if let Item::Article(article) = item {
            let _ = article.opened();
        }
    }
});
