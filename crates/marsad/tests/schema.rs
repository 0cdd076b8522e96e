//! Is what `extract` prints what the published schema says?
//!
//! Every reading of the sample articles, with and without mentions, and every
//! span: its words must stand in the file at the place that it names.

mod common;

use common::{Bench, examples};
use serde_json::Value;

#[test]
fn readings_of_the_sample_articles_keep_the_schema() {
    let schema = include_str!("../../marsad-store/schema/reading.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let folder = examples();
    for options in [&["extract"][..], &["extract", "--mentions", "--format", "ndjson"]] {
        let args = [options, &[folder.as_str()]].concat();
        let readings = Bench::new().marsad(&args).ends_with(0).json();
        assert_eq!(readings.len(), 14);
        for reading in &readings {
            let faults: Vec<String> =
                validator.iter_errors(reading).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(faults.is_empty(), "{}: {faults:#?}", reading["document"]["source"]);
            assert_eq!(reading.get("mentions").is_some(), options.contains(&"--mentions"));
        }
    }
}

#[test]
fn every_span_quotes_its_file() {
    for reading in Bench::new().marsad(&["extract", "--mentions", &examples()]).ends_with(0).json() {
        let source = reading["document"]["source"].as_str().unwrap();
        let text: Vec<char> = std::fs::read_to_string(source).unwrap().chars().collect();
        let mut spans = vec![];
        collect(&reading, &mut spans);
        assert!(!spans.is_empty(), "{source} has no evidence at all");
        for (start, end, exact) in spans {
            let found: String = text.get(start..end).unwrap_or_default().iter().collect();
            assert_eq!(found, exact, "{source} {start}..{end}");
        }
    }
}

fn collect(value: &Value, spans: &mut Vec<(usize, usize, String)>) {
    match value {
        Value::Object(keys) => {
            if let (Some(start), Some(end), Some(exact)) = (keys.get("start"), keys.get("end"), keys.get("exact")) {
                let number = |v: &Value| v.as_u64().unwrap() as usize;
                spans.push((number(start), number(end), exact.as_str().unwrap().to_string()));
            }
            keys.values().for_each(|inner| collect(inner, spans));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, spans)),
        _ => {}
    }
}
