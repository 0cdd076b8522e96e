//! Do the five articles of the gold set become the incidents that the coders found?
//!
//! The gold set lies beside the repository and not in it; without it there is nothing to test. The articles are read as
//! they are, without dates given: their days of publication stay open, weekdays and places must do.

mod common;

use common::Bench;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What stands for a cluster of `links.json` in our incidents: type, part of the place's id, document, and a date that
/// it must allow.
type Likeness = (&'static str, &'static str, &'static [&'static str], &'static str);

#[rustfmt::skip]
const CLUSTERS: &[(&str, Likeness)] = &[
    ("C01", ("rocket_attack", "erbil",            &["003"],        "2021-02-15")),
    ("C02", ("rocket_attack", "baghdad",          &["003"],        "2021-02-22")),
    ("C03", ("drone_attack",  "erbil",            &["001", "004"], "2021-04-15")),
    ("C04", ("rocket_attack", "airport",          &["001", "004"], "2021-05-02")),
    ("C05", ("rocket_attack", "north",            &["001", "004"], "2021-05-03")),
    ("C06", ("rocket_attack", "ain-al-asad",      &["001", "004"], "2021-05-04")),
    ("C07", ("ied",           "jraishan",         &["001", "004"], "2021-05-04")),
    ("C10", ("rocket_attack", "embassy",          &["000"],        "2021-07-29")),
    ("C11", ("drone_attack",  "baghdad",          &["002"],        "2022-01-03")),
    ("C12", ("drone_attack",  "ain-al-asad",      &["002"],        "2022-01-04")),
    ("C13", ("rocket_attack", "baghdad",          &["002"],        "2022-01-05")),
];

#[test]
fn the_seeds_become_the_incidents_of_the_coders() {
    let Some(seeds) = seeds() else {
        println!("skipped: the gold set is not beside the repository (../shared/gold/seeds)");
        return;
    };
    let bench = Bench::new();
    let files: Vec<String> = texts(&seeds);
    let args: Vec<&str> = std::iter::once("ingest").chain(files.iter().map(String::as_str)).collect();
    bench.marsad(&args).ends_with(0).says(&["5 new"]);
    let incidents = bench.marsad(&["list"]).ends_with(0).json();
    let of = |cluster: &str| {
        let (_, likeness) = CLUSTERS.iter().find(|(name, _)| *name == cluster).expect("listed above");
        let like = |i: &&Value| is_like(i, likeness);
        let found: Vec<&Value> = incidents.iter().filter(like).collect();
        assert_eq!(found.len(), 1, "{cluster} {likeness:?}: {:?}", found.iter().map(|i| line(i)).collect::<Vec<_>>());
        found[0]
    };

    for shared in ["C03", "C04", "C05", "C06", "C07"] {
        let incident = of(shared);
        assert_eq!(documents(incident), ["001", "004"], "{shared}: {}", line(incident));
        assert_eq!(incident["voices"], 1, "{shared}: two prints of one agency are one voice");
    }
    assert_eq!(of("C06")["place"]["id"], "iq/anbar/ain-al-asad");
    assert_eq!(of("C04")["date"]["weekday"], "sunday");
    assert_eq!(of("C05")["date"]["weekday"], "monday");

    let ids: BTreeMap<&str, &Value> = CLUSTERS.iter().map(|(name, _)| (*name, &of(name)["id"])).collect();
    let links: Value = serde_json::from_str(&std::fs::read_to_string(seeds.join("links.json")).unwrap()).unwrap();
    let pairs = links["must_not_merge"].as_array().expect("a list of pairs");
    assert_eq!(pairs.len(), 9);
    for pair in pairs {
        let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
        assert_ne!(ids[a], ids[b], "{a} and {b}: {}", pair["why"]);
    }
}

fn seeds() -> Option<PathBuf> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/seeds");
    seeds.join("links.json").is_file().then(|| seeds.canonicalize().expect("it is there"))
}

fn texts(seeds: &Path) -> Vec<String> {
    let files = std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<String> = files.filter(|f| f.extension().is_some_and(|e| e == "txt")).map(shown).collect();
    texts.sort();
    texts
}

fn shown(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}

fn is_like(incident: &Value, (event, place, documents_told_by, day): &Likeness) -> bool {
    let told_by = documents(incident);
    incident["type"] == *event
        && incident["place"]["id"].as_str().is_some_and(|id| id.contains(place))
        && documents_told_by.iter().any(|d| told_by.contains(&d.to_string()))
        && may_be_on(&incident["date"], day)
}

/// The bounds allow the day; ISO dates sort as text.
fn may_be_on(date: &Value, day: &str) -> bool {
    let is_after_start = date["earliest"].as_str().is_none_or(|first| first <= day);
    is_after_start && date["latest"].as_str().is_none_or(|last| day <= last)
}

/// The numbers with which the names of the files begin, sorted.
fn documents(incident: &Value) -> Vec<String> {
    let number = |telling: &Value| {
        let source = telling["source"].as_str().unwrap_or_default();
        Path::new(source).file_name().unwrap_or_default().to_string_lossy().chars().take(3).collect::<String>()
    };
    let mut documents: Vec<String> = incident["tellings"].as_array().into_iter().flatten().map(number).collect();
    documents.sort();
    documents
}

fn line(incident: &Value) -> String {
    let date = &incident["date"];
    let place = incident["place"]["id"].as_str().unwrap_or("?");
    format!("{} {place} {}..{} {:?}", incident["type"], date["earliest"], date["latest"], documents(incident))
}
