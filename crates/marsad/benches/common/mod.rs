//! Which documents are the benchmarks run on?
//!
//! The sample articles over and over, each copy with a number in its last line
//! so that no two are equal. Real news has the same words in other order;
//! figures from a crawl are in `docs/`, this one anybody can run.

use marsad::ingest::{Item, RawArticle, articles};

/// So many articles, with their text as it stands in the files.
pub fn generated(count: usize) -> Vec<RawArticle> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles");
    let items = articles(folder).expect("the sample articles are part of the repository");
    let samples: Vec<RawArticle> = items
        .filter_map(|item| match item {
            Item::Article(article) => Some(article),
            Item::Skipped(_) => None,
        })
        .collect();
    (0..count).map(|i| copy(&samples[i % samples.len()], i)).collect()
}

fn copy(sample: &RawArticle, number: usize) -> RawArticle {
    RawArticle::from_text(&format!("{number}.txt"), &format!("{}\n{number}\n", sample.text.trim_end()))
}

/// Bytes of all texts.
pub fn bytes(articles: &[RawArticle]) -> usize {
    articles.iter().map(|a| a.text.len()).sum()
}
