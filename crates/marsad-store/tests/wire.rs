//! Does `wire` keep to the published format, and does it lose anything?

mod common;

use common::{TEXT, full_reading};
use marsad_model::{Evidence, NotIncident, Reading, Span};
use marsad_store::wire;
use proptest::prelude::*;
use serde_json::Value;

fn printed(reading: &Reading) -> Value {
    serde_json::to_value(wire::reading_with(reading, true)).unwrap()
}

#[test]
fn full_reading_is_valid_under_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../schema/reading.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let problems: Vec<String> =
        validator.iter_errors(&printed(&full_reading())).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn empty_reading_is_valid_under_the_schema() {
    let mut reading = full_reading();
    reading.document.title = None;
    reading.document.outlet = None;
    reading.document.published = Default::default();
    let event = reading.incidents[0].event.clone();
    reading.incidents = vec![marsad_model::Incident::new("i1", event)];
    let schema: Value = serde_json::from_str(include_str!("../schema/reading.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&printed(&reading)), "{:?}", validator.validate(&printed(&reading)));
}

#[test]
fn reading_survives_the_way_to_json_and_back() {
    let reading = full_reading();
    let json = serde_json::to_string(&wire::reading_with(&reading, true)).unwrap();
    let back: wire::Reading = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), json);
    let expected = Reading { fingerprint: vec![], ..reading };
    assert_eq!(back.to_model(TEXT).unwrap(), expected);
}

#[test]
fn keys_stand_in_the_documented_order() {
    let printed = printed(&full_reading());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&printed), "schema document incidents tallies not_incidents mentions quotes diagnostics");
    let incident = &printed["incidents"][0];
    assert_eq!(
        keys(incident),
        "id type sub_type tags role epistemic date place weapons munitions interception launch_site target casualties \
         damage claimed_by perpetrator blamed_on attribution mentions type_evidence links"
    );
    assert_eq!(keys(&incident["casualties"]["killed"]), "value min max approx status evidence");
    assert_eq!(keys(&incident["place"]), "id name_en names name_ar relation chain country point evidence");
}

#[test]
fn mentions_are_printed_only_when_asked_for_and_whole_numbers_without_fraction() {
    assert_eq!(serde_json::to_value(wire::reading(&full_reading())).unwrap().get("mentions"), None);
    let mentions = printed(&full_reading())["mentions"].clone();
    assert_eq!(mentions[1]["value"].to_string(), "4");
    assert_eq!(mentions[2]["value"].to_string(), "2.5");
}

#[test]
fn given_outlet_stands_without_evidence_where_the_text_names_none() {
    let mut reading = full_reading();
    reading.document.outlet = None;
    let json = printed(&reading);
    assert_eq!(json["document"]["outlet"], serde_json::json!({"value": "example.org", "evidence": []}));
    let back: wire::Reading = serde_json::from_value(json).unwrap();
    assert_eq!(back.to_model(TEXT).unwrap().document, reading.document);
}

#[test]
fn unknown_is_null_and_none_is_zero() {
    let json = printed(&full_reading());
    let casualties = &json["incidents"][0]["casualties"];
    assert_eq!(casualties["killed"]["value"], 0);
    assert_eq!(casualties["killed"]["status"], "explicit_none");
    assert_eq!(casualties["perpetrators_killed"]["value"], Value::Null);
    assert_eq!(casualties["perpetrators_killed"]["status"], "unknown");
}

proptest! {
    #[test]
    fn spans_quote_the_source(text in "[ا-ي ًّ\u{1F680}a\u{a0}\n]{0,60}", a in 0u32..80, b in 0u32..80) {
        let span = Span::new(a.min(b), a.max(b));
        let mut reading = full_reading();
        reading.document.text = text.clone();
        reading.not_incidents = vec![NotIncident { reason: "threat".into(), evidence: vec![Evidence::new(span, "r")] }];
        let printed = wire::reading(&reading);
        let quoted: String = text.chars().skip(span.start as usize).take(span.len() as usize).collect();
        prop_assert_eq!(&printed.not_incidents[0].evidence[0].exact, &quoted);
    }
}
