//! What weighs a feature of a telling? Learns `data/ar/model/relevance.toml`.
//!
//! ```text
//! cargo run --release -p marsad --example relevance -- CASES.jsonl CORPUS.jsonl... > data/ar/model/relevance.toml
//! ```
//!
//! CASES are sentences that coders judged: `{id, doc, text, date, label}` with the
//! labels `yes`, `easy no`, `difficult no` (`ambiguous` is left out). A CORPUS has
//! texts with labels of incidents, as `corpus/ledes`. Logistic regression with
//! a penalty on large weights, by plain gradient steps from zero: the same
//! input gives the same table. Cross-validation over documents goes to stderr.

use marsad::extract::{Features, Reader, Weighed};
use marsad::ingest::{Ingester, RawArticle, days};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Failure = Box<dyn std::error::Error>;

// How it is learnt. Set by cross-validation on the cases, 2026-11: F1 stays within .01 for a penalty
// of 12 to 30, a corpus share of .2 to .4 and a sum of -45 to 0.
const PENALTY: f64 = 20.0;
/// A text of the corpus weighs less than a case: it is of another kind.
const CORPUS_SHARE: f64 = 0.3;
/// Coders were not of one mind on these, and some of them report incidents by our guide.
const DIFFICULT_SHARE: f64 = 0.5;
const SEEN_MIN: usize = 5;
const STEPS: usize = 200;
/// Whole numbers in the table are hundredths.
const SCALE: f64 = 100.0;
const ENOUGH: i64 = -39;
const ENOUGH_IN_ARTICLE: i64 = -80;
const BESIDE: i64 = -300;
/// Least points of date, place, type and victims for a sentence alone (`judge.rs`).
const TOLD_MIN: i32 = 2;
const FOLDS: usize = 5;
const SHUFFLES: u64 = 6;

/// One text with the events that are found in it.
struct Text {
    doc: String,
    share: f64,
    /// How many of the events are incidents, at most.
    incidents: usize,
    /// Counts in the cross-validation.
    case: bool,
    events: Vec<(i32, Vec<usize>)>,
}

/// Names of features by number.
#[derive(Default)]
struct Names {
    number: BTreeMap<String, usize>,
}

fn main() -> Result<(), Failure> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let (cases, corpus) = files.split_first().ok_or("usage: relevance CASES.jsonl CORPUS.jsonl...")?;
    let res = marsad::resources(None)?;
    let (reader, ingester) = (Reader::new(&res)?, Ingester::new(&res));
    let mut names = Names::default();
    let mut texts = read(cases, true, &reader, &ingester, &mut names)?;
    for file in corpus {
        texts.extend(read(file, false, &reader, &ingester, &mut names)?);
    }
    let all: Vec<&Text> = texts.iter().collect();
    let f1 = cross_validated(&texts, names.number.len());
    eprintln!("{} texts, {} features; F1 over documents left out: {f1:.3}", texts.len(), names.number.len());
    print!("{}", table(&learnt(&all, names.number.len()), &names, f1));
    Ok(())
}

fn read(file: &str, case: bool, reader: &Reader, ingester: &Ingester, names: &mut Names) -> Result<Vec<Text>, Failure> {
    let contents = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let rows: Vec<serde_json::Value> = contents.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let weighed = |row: &serde_json::Value| {
        let published = text_of(row, "date").or(text_of(row, "published")).and_then(days);
        let article =
            RawArticle { published, ..RawArticle::from_text("case", text_of(row, "text").unwrap_or_default()) };
        let ingested = ingester.document(article);
        if ingested.skip.is_some() { vec![] } else { reader.weighed(&ingested.document) }
    };
    let events: Vec<Vec<Weighed>> = rows.par_iter().map(weighed).collect();
    let texts = rows.iter().zip(events).filter(|(row, _)| text_of(row, "label") != Some("ambiguous"));
    Ok(texts.map(|(row, events)| text(row, case, events, names)).collect())
}

fn text_of<'r>(row: &'r serde_json::Value, key: &str) -> Option<&'r str> {
    row.get(key)?.as_str()
}

fn text(row: &serde_json::Value, case: bool, events: Vec<Weighed>, names: &mut Names) -> Text {
    let (incidents, share) = match text_of(row, "label") {
        Some("yes") => (1, 1.0),
        Some("difficult no") => (0, DIFFICULT_SHARE),
        Some(_) => (0, 1.0),
        None => (row["labels"]["incidents"].as_array().map_or(0, Vec::len), CORPUS_SHARE),
    };
    let events = events.into_iter().map(|w| (w.told, names.numbers(&w.features))).collect();
    Text {
        doc: text_of(row, "doc").or(text_of(row, "id")).unwrap_or_default().to_string(),
        share,
        incidents,
        case,
        events,
    }
}

impl Names {
    fn numbers(&mut self, features: &Features) -> Vec<usize> {
        let mut number = |name: &str| {
            let next = self.number.len();
            *self.number.entry(name.to_string()).or_insert(next)
        };
        features.distinct().into_iter().map(&mut number).collect()
    }
}

/// Weights of all features. Which of a text's events are the incidents is not
/// told: first those of which most is told, then those of the greatest sum.
fn learnt(texts: &[&Text], features: usize) -> Vec<f64> {
    let mut seen = vec![0; features];
    texts.iter().flat_map(|t| &t.events).flat_map(|e| &e.1).for_each(|f| seen[*f] += 1);
    let mut weights = vec![0.0; features];
    for round in 0..2 {
        let examples = examples(texts, |event| if round == 0 { f64::from(event.0) } else { sum(&weights, &event.1) });
        weights = descended(&examples, &seen);
    }
    weights
}

/// `(features, incident or not, share)` of all events.
type Example<'t> = (&'t [usize], f64, f64);

fn examples<'t>(texts: &[&'t Text], rank: impl Fn(&(i32, Vec<usize>)) -> f64) -> Vec<Example<'t>> {
    let mut out = vec![];
    for text in texts {
        let mut order: Vec<&(i32, Vec<usize>)> = text.events.iter().collect();
        order.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        // Beyond the labelled number it is open what an event is.
        let known = if text.incidents == 0 { order.len() } else { text.incidents.min(order.len()) };
        let yes = f64::from(u8::from(text.incidents > 0));
        out.extend(order[..known].iter().map(|event| (event.1.as_slice(), yes, text.share)));
    }
    out
}

fn descended(examples: &[Example], seen: &[usize]) -> Vec<f64> {
    let mut weights = vec![0.0; seen.len()];
    let mut squares = vec![1e-8; seen.len()];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|w| PENALTY * w).collect();
        for (features, yes, share) in examples {
            let likely = 1.0 / (1.0 + (-sum(&weights, features)).exp());
            features.iter().for_each(|f| slope[*f] += share * (likely - yes));
        }
        for f in (0..seen.len()).filter(|f| seen[*f] >= SEEN_MIN) {
            squares[f] += slope[f] * slope[f];
            weights[f] -= 0.5 * slope[f] / squares[f].sqrt();
        }
    }
    weights
}

fn sum(weights: &[f64], features: &[usize]) -> f64 {
    features.iter().map(|f| weights[*f]).sum()
}

/// F1 on cases whose documents were left out, over several shuffles.
fn cross_validated(texts: &[Text], features: usize) -> f64 {
    let scores: Vec<f64> = (1..=SHUFFLES).into_par_iter().map(|seed| f1_of_folds(texts, features, seed)).collect();
    scores.iter().sum::<f64>() / scores.len() as f64
}

fn f1_of_folds(texts: &[Text], features: usize, seed: u64) -> f64 {
    let folds = folds(texts, seed);
    let (mut right, mut read, mut all) = (0.0, 0.0, 0.0);
    for fold in 0..FOLDS {
        let left_out = |t: &Text| t.case && folds[t.doc.as_str()] == fold;
        let kept: Vec<&Text> = texts.iter().filter(|t| !left_out(t)).collect();
        let weights = learnt(&kept, features);
        for text in texts.iter().filter(|t| left_out(t)) {
            let news = |e: &(i32, Vec<usize>)| e.0 >= TOLD_MIN && sum(&weights, &e.1) >= ENOUGH as f64 / SCALE;
            let told = text.events.iter().any(news);
            read += f64::from(u8::from(told));
            all += f64::from(u8::from(text.incidents > 0));
            right += f64::from(u8::from(told && text.incidents > 0));
        }
    }
    2.0 * right / (read + all)
}

/// Documents dealt out in an order that depends on the seed alone.
fn folds(texts: &[Text], seed: u64) -> BTreeMap<&str, usize> {
    let docs: BTreeSet<&str> = texts.iter().map(|t| t.doc.as_str()).collect();
    let mut docs: Vec<&str> = docs.into_iter().collect();
    let mut state = seed * 7919 + 13;
    for i in (1..docs.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        docs.swap(i, (state % (i as u64 + 1)) as usize);
    }
    docs.into_iter().enumerate().map(|(i, doc)| (doc, i % FOLDS)).collect()
}

fn table(weights: &[f64], names: &Names, f1: f64) -> String {
    let mut rows: Vec<(i64, &String)> =
        names.number.iter().map(|(name, i)| ((weights[*i] * SCALE).round() as i64, name)).collect();
    rows.retain(|(weight, _)| *weight != 0);
    rows.sort();
    let rows: String = rows.iter().map(|(weight, name)| format!("{name:?} = {weight}\n")).collect();
    format!(
        "# What speaks for a report of an attack (above zero) and what for a reference to one. Hundredths; written by
# `cargo run --release -p marsad --example relevance`, which says how. Features: crates/marsad-extract/src/relevance.rs.

[file]
basis = \"learnt; F1 {f1:.3} on cases of documents left out, five folds, {SHUFFLES} shuffles\"
source = \"sentences judged by coders, github openeventdata/arabic_event_gsr (MIT); corpus/ledes (own)\"
licence = \"CC BY 4.0\"

[decision]
enough = {ENOUGH}
enough_in_article = {ENOUGH_IN_ARTICLE}
beside = {BESIDE}

[weights]
{rows}"
    )
}
