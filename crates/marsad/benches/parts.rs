//! Where does the time of reading a document go?
//!
//! Each part alone over the same generated documents: folding, annotation
//! (folding included), ingest (language, segments, date), extraction (all of
//! these), and printing. `cargo bench -p marsad --bench parts`.

mod common;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use marsad::ingest::{Ingester, RawArticle};
use marsad::lang::{Resources, annotate};
use std::sync::LazyLock;

fn main() {
    divan::main();
}

const COUNT: usize = 140;
static DOCUMENTS: LazyLock<Vec<RawArticle>> = LazyLock::new(|| common::generated(COUNT));
static RESOURCES: LazyLock<Resources> = LazyLock::new(|| marsad::resources(None).expect("the shipped data loads"));
static INGESTER: LazyLock<Ingester> = LazyLock::new(|| Ingester::new(&RESOURCES));

fn over_documents(bencher: Bencher, work: impl Fn(&RawArticle) + Sync) {
    bencher
        .counter(BytesCount::new(common::bytes(&DOCUMENTS)))
        .counter(ItemsCount::new(COUNT))
        .bench(|| DOCUMENTS.iter().for_each(&work));
}

#[divan::bench]
fn start(bencher: Bencher) {
    bencher.bench(|| marsad::resources(None).map(|res| res.fingerprint()));
}

#[divan::bench]
fn fold(bencher: Bencher) {
    over_documents(bencher, |doc| drop(divan::black_box(RESOURCES.fold.fold(&doc.text))));
}

#[divan::bench]
fn tokens_and_annotation(bencher: Bencher) {
    over_documents(bencher, |doc| drop(divan::black_box(annotate(&RESOURCES, &doc.text))));
}

#[divan::bench]
fn ingest(bencher: Bencher) {
    over_documents(bencher, |doc| drop(divan::black_box(INGESTER.document(doc.clone()))));
}

#[divan::bench]
fn extract(bencher: Bencher) {
    let reader = marsad::extract::Reader::new(&RESOURCES).expect("the shipped data is complete");
    over_documents(bencher, |doc| drop(divan::black_box(marsad::read_one(&reader, &INGESTER, doc.clone()))));
}

#[divan::bench]
fn print(bencher: Bencher) {
    let reader = marsad::extract::Reader::new(&RESOURCES).expect("the shipped data is complete");
    let read = |doc: &RawArticle| marsad::read_one(&reader, &INGESTER, doc.clone()).ok();
    let readings: Vec<_> = DOCUMENTS.iter().filter_map(read).collect();
    bencher.counter(ItemsCount::new(readings.len())).bench(|| {
        let json = |reading| serde_json::to_string(&marsad::store::wire::reading(reading));
        readings.iter().map(json).filter_map(Result::ok).map(|line| line.len()).sum::<usize>()
    });
}

#[divan::bench]
fn resolve(bencher: Bencher) {
    let reader = marsad::extract::Reader::new(&RESOURCES).expect("the shipped data is complete");
    let read = |doc: &RawArticle| marsad::read_one(&reader, &INGESTER, doc.clone()).ok();
    let readings: Vec<_> = DOCUMENTS.iter().filter_map(read).collect();
    bencher.counter(ItemsCount::new(readings.len())).bench(|| marsad::resolve_all(&readings).len());
}
