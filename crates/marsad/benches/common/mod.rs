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

/// One text of short reports that follow each other, parted by a sign or none, at least so many bytes long.
#[allow(dead_code)] // The benchmark of Criterion has no use for it.
pub fn endless(stop: &str, bytes: usize) -> RawArticle {
    const TOLD: [&str; 4] = [
        "قتل ثلاثة جنود وأصيب خمسة في هجوم مسلح قرب الموصل مساء الأحد",
        "أطلقت طائرات من مطار بغداد صواريخ على الرمادي وقصفت مواقع قرب الفلوجة",
        "انفجرت سيارة مفخخة في سوق وسط كركوك وأوقعت عشرين جريحا",
        "وقال مصدر أمني إن عبوة ناسفة استهدفت رتلا للتحالف على طريق الديوانية أمس",
    ];
    let round: String = TOLD.iter().flat_map(|told| [told, stop]).collect();
    let text = round.repeat(bytes.div_ceil(round.len()));
    RawArticle::from_text("endless.txt", &text)
}

/// Bytes of all texts.
pub fn bytes(articles: &[RawArticle]) -> usize {
    articles.iter().map(|a| a.text.len()).sum()
}
