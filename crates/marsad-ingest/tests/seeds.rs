//! Are the coded seed articles read as their coders read them?
//!
//! Skipped, with a message, where the coded articles are not beside the repository.

use jiff::civil::{Date, Weekday};
use marsad_ingest::{Ingested, Item, articles, document};
use marsad_lang::{Resources, testing};
use marsad_model::{PublishedMethod, SegmentRole};
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    if !folder.is_dir() {
        eprintln!("skipped: no coded articles at {}", folder.display());
        return None;
    }
    Some(folder)
}

fn read(res: &Resources, path: &Path) -> Ingested {
    match articles(path.to_str().unwrap()).unwrap().next() {
        Some(Item::Article(raw)) => document(res, raw),
        other => panic!("{other:?}"),
    }
}

/// A seed's number, its document, and the coded role of the line at each start.
type Seed = (String, Ingested, Vec<(u64, String)>);

fn seeds() -> Option<Vec<Seed>> {
    let folder = folder()?.join("seeds");
    let res = Resources::load(&testing::files()).unwrap();
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    names.sort();
    let coded = |path: &Path| -> Vec<(u64, String)> {
        let json = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let line = |l: &serde_json::Value| (l["start"].as_u64().unwrap(), l["role"].as_str().unwrap().to_string());
        json["lines"].as_array().unwrap().iter().map(line).collect()
    };
    let stem = |p: &Path| p.file_name().unwrap().to_string_lossy()[..3].to_string();
    Some(names.iter().map(|p| (stem(p), read(&res, p), coded(p))).collect())
}

#[test]
fn nine_lines_in_ten_have_the_coded_role() {
    let Some(seeds) = seeds() else { return };
    for (name, got, coded) in seeds {
        let role_at = |start: u64| {
            let covers = |s: &&marsad_model::Segment| u64::from(s.span.start) == start;
            got.document.segments.iter().find(covers).map_or("none", |s| SegmentRole::name(s.role))
        };
        let wrong: Vec<_> = coded.iter().filter(|(at, role)| role_at(*at) != role).collect();
        println!("{name}: {} of {} lines, wrong: {wrong:?}", coded.len() - wrong.len(), coded.len());
        assert!(wrong.len() * 10 <= coded.len(), "{name}: {wrong:?}");
    }
}

#[test]
fn crawl_dates_are_rejected_and_date_lines_believed() {
    let Some(seeds) = seeds() else { return };
    let date = |s: &str| s.parse::<Date>().unwrap();
    for (name, got, _) in seeds {
        let p = &got.document.published;
        let brackets = |day: &str| {
            assert_eq!(p.day(), None, "{name}");
            assert_eq!(p.method, PublishedMethod::Inferred, "{name}");
            assert!(p.earliest.unwrap() <= date(day) && date(day) <= p.latest.unwrap(), "{name} {p:?}");
        };
        match name.as_str() {
            "000" => {
                brackets("2021-07-29");
                assert_eq!(p.rejected[0].date, date("2024-03-29"));
            }
            "001" => brackets("2021-05-05"),
            "002" => assert_eq!((p.day(), p.method), (Some(date("2022-01-05")), PublishedMethod::DateLine)),
            "003" => assert_eq!((p.day(), p.method), (Some(date("2021-02-24")), PublishedMethod::DateLine)),
            _ => {
                brackets("2021-05-04");
                assert_eq!(p.rejected[0].date, date("2024-11-22"));
                assert_eq!(p.weekday, Some(Weekday::Tuesday));
            }
        }
    }
}

#[test]
fn every_lede_is_arabic_and_keeps_its_date() {
    let Some(folder) = folder() else { return };
    let res = Resources::load(&testing::files()).unwrap();
    let ledes = folder.join("ledes/dev.jsonl");
    for item in articles(ledes.to_str().unwrap()).unwrap() {
        let Item::Article(raw) = item else { panic!("{item:?}") };
        let (given, id) = (raw.published, raw.id.clone());
        let got = document(&res, raw);
        assert_eq!(got.document.language, "ar", "{id:?}");
        let p = &got.document.published;
        if given.is_some() {
            assert_eq!(given, p.earliest.zip(p.latest), "{id:?} {:?}", p.rejected);
        }
    }
}
