//! Do the exports say what the store holds, in the form that other tools read?

mod common;

use common::{full_reading, read_by, resolved, short_reading};
use marsad_store::export::{self, COLUMNS, CsvOptions};
use marsad_store::wire::{Conflict, ConflictValue, Resolved, Telling};
use marsad_store::{Filter, ResolvedIncident, Store};
use serde_json::{Value, json};

/// Two incidents: one of two documents with a conflict, one with all fields.
fn incidents() -> Vec<Resolved> {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path()).unwrap();
    for reading in [short_reading("a", 1), short_reading("b", 2), full_reading()] {
        store.put_document(reading.document.text.as_bytes(), &reading, &read_by("0.1.0")).unwrap();
    }
    let value = |n: u32, document: &str| ConflictValue {
        value: n.into(),
        documents: vec![document.into()],
        said_by: vec!["police".into()],
    };
    let conflict = Conflict {
        field: "casualties.killed".into(),
        values: vec![value(1, "a"), value(2, "b")],
        preferred: 1.into(),
        rule: "most voices, then earliest".into(),
    };
    let short = ResolvedIncident { conflicts: vec![conflict], ..resolved(&["a", "b"], 1) };
    let full = ResolvedIncident::new(full_reading().incidents.remove(0), vec![common::telling("seed-1", 1)]);
    store.replace_incidents(&[short, full]).unwrap();
    let mut incidents = store.incidents(&Filter::default()).unwrap();
    incidents.sort_by_key(|i| i.tellings[0].document.clone());
    incidents
}

fn csv(incidents: &[Resolved], bom: bool) -> String {
    let mut file = vec![];
    export::csv(incidents, CsvOptions { bom }, &mut file).unwrap();
    String::from_utf8(file).unwrap()
}

/// The cell of a column in the first row below the header.
fn cell(incident: &Resolved, column: &str) -> String {
    let text = csv(std::slice::from_ref(incident), false);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let record = reader.records().next().unwrap().unwrap();
    record[COLUMNS.iter().position(|c| *c == column).unwrap()].to_string()
}

#[test]
fn csv_rows() {
    let text = csv(&incidents(), false);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[0], COLUMNS.join(","));
    let id = lines[1].split(',').next().unwrap();
    let expected = format!(
        "{id},rocket_attack,2021-07-29,2021-07-29,day,,,\"US Embassy, Baghdad\",السفارة الأمريكية,in,Baghdad,IQ,33.2989,\
         44.3961,1,,1,1,1,stated,,,,unknown,,,unknown,2,2,casualties.killed,a.example; b.example,asserted,main,,,,\
         iq/baghdad/us-embassy,unknown,,,,,,,,,,,,unknown,,,a; b,,,,,,,,"
    );
    assert_eq!(lines[1], expected);
    assert_eq!(lines.len(), 4); // header, two rows, end of the last line
}

#[test]
fn csv_bom_is_asked_for() {
    assert!(csv(&[], true).starts_with("\u{feff}id,type"));
    assert!(csv(&[], false).starts_with("id,type"));
}

#[test]
fn formulas_are_defused_in_text_but_numbers_stay_numbers() {
    let mut incident = incidents().remove(0);
    let place = incident.incident.place.as_mut().unwrap();
    place.name_en = Some("=HYPERLINK(\"http://x\")".into());
    place.name_ar = Some("@x".into());
    place.point.as_mut().unwrap().lat = -12.5;
    assert_eq!(cell(&incident, "place_en"), "'=HYPERLINK(\"http://x\")");
    assert_eq!(cell(&incident, "place_ar"), "'@x");
    assert_eq!(cell(&incident, "lat"), "-12.5");
}

#[test]
fn none_is_zero_and_unknown_is_empty() {
    let full = &incidents()[1];
    assert_eq!((cell(full, "killed"), cell(full, "killed_status")), ("0".into(), "explicit_none".into()));
    let short = &incidents()[0];
    assert_eq!((cell(short, "wounded"), cell(short, "wounded_status")), (String::new(), "unknown".into()));
}

#[test]
fn full_incident_fills_its_columns() {
    let full = &incidents()[1];
    for (column, expected) in [
        ("weapons", "katyusha"),
        ("time_of_day", "dawn"),
        ("weekday", "thursday"),
        ("title", "سقطت أربعة صواريخ"),
        ("blamed_on", ""), // a habitual pattern is no accusation
        ("perpetrator", "a group"),
        ("launched", "4"),
        ("interception", "partial"),
        ("claim_status", "explicit_no_claim"),
    ] {
        assert_eq!(cell(full, column), expected, "{column}");
    }
}

#[test]
fn sources_are_outlets_hosts_or_file_names_and_the_first_headline_is_the_title() {
    let mut incident = incidents().remove(0);
    let telling = |source: &str, title: &str, published: Option<&str>| Telling {
        source: source.into(),
        title: Some(title.into()),
        published_latest: published.map(str::to_string),
        ..Telling::default()
    };
    incident.tellings = vec![
        telling("/home/somebody/news/a.txt", "undated", None),
        telling("https://www.example.org/2021/a?b", "late", Some("2021-07-30")),
        telling("feeds/b.jsonl:7", "early", Some("2021-07-29")),
        Telling { outlet: Some("An outlet".into()), ..telling("c.txt", "later", Some("2021-07-31")) },
    ];
    assert_eq!(cell(&incident, "sources"), "a.txt; example.org; b.jsonl:7; An outlet");
    assert_eq!(cell(&incident, "title"), "early");
}

#[test]
fn geojson_has_longitude_first_flat_properties_and_null_geometry() {
    let mut incidents = incidents();
    incidents[1].incident.place = None;
    let mut file = vec![];
    export::geojson(&incidents, &mut file).unwrap();
    let collection: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    let [first, second] = collection["features"].as_array().unwrap().as_slice() else { panic!("two features") };
    assert_eq!(first["geometry"], json!({"type": "Point", "coordinates": [44.3961, 33.2989]}));
    assert_eq!(first["id"], first["properties"]["id"]);
    assert_eq!(first["properties"]["killed"], 1);
    assert!(first["properties"].as_object().unwrap().values().all(|v| !v.is_object() && !v.is_array()));
    assert_eq!(second["geometry"], Value::Null);
}

#[test]
fn ndjson_lines_have_the_fields_of_a_reading_then_those_of_resolution() {
    let incidents = incidents();
    let mut file = vec![];
    export::ndjson(&incidents, &mut file).unwrap();
    let text = String::from_utf8(file).unwrap();
    let line: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
    assert_eq!(keys[..3], ["id", "type", "sub_type"]);
    assert_eq!(
        keys[keys.len() - 9..],
        ["links", "tellings", "voices", "conflicts", "why", "grade", "previous_ids", "rollup", "derived_dates"]
    );
    assert_eq!(line["conflicts"][0]["values"][1], json!({"value": 2, "documents": ["b"], "said_by": ["police"]}));
    assert_eq!(line["tellings"][0]["document"], "a");
    let back: Vec<Resolved> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(back, incidents);
}

#[test]
fn ndjson_incidents_are_valid_under_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../schema/reading.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut reading = serde_json::to_value(marsad_store::wire::reading(&full_reading())).unwrap();
    reading["incidents"] = json!(incidents());
    assert!(validator.is_valid(&reading), "{:?}", validator.validate(&reading));
}
