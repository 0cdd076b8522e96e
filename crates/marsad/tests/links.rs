//! What does the command make of links that reports tell, of dates that they owe to one another, and of a place that a
//! person sets? Texts are our own.

mod common;

use common::Bench;
use serde_json::Value;

const ANSWER: &str = "قصفت طائرات حربية أمس الثلاثاء معسكراً في جرف الصخر وقتلت خمسة مسلحين، رداً على هجوم بصواريخ على مطار أربيل قبل يومين.";
const ROCKETS: &str = "سقطت ثلاثة صواريخ على مطار أربيل يوم الاثنين 3 مايو 2021، وأصيب جنديان.";

fn bench(articles: &[(&str, &str, Option<&str>)]) -> Bench {
    let bench = Bench::new();
    let line = |(id, text, published): &(&str, &str, Option<&str>)| {
        serde_json::json!({"id": id, "text": text, "published": published, "outlet": format!("Outlet {id}")})
            .to_string()
    };
    let all: Vec<String> = articles.iter().map(line).collect();
    let file = bench.file("articles.jsonl", all.join("\n"));
    bench.marsad(&["ingest", &file]).ends_with(0);
    bench
}

/// The incident of this type.
fn of_type(bench: &Bench, event: &str) -> Value {
    let all = bench.marsad(&["list", "--type", event]).ends_with(0).json();
    assert_eq!(all.len(), 1, "{all:#?}");
    all.into_iter().next().unwrap()
}

fn id(incident: &Value) -> String {
    incident["id"].as_str().unwrap().to_string()
}

#[test]
fn a_link_that_a_report_tells_leads_from_incident_to_incident() {
    let bench = bench(&[("a", ANSWER, Some("2021-05-05")), ("b", ROCKETS, Some("2021-05-03"))]);
    let (strike, rockets) = (of_type(&bench, "air_strike"), of_type(&bench, "rocket_attack"));
    assert_eq!(rockets["tellings"].as_array().unwrap().len(), 2, "both reports tell the rockets");
    let link = &strike["links"][0];
    assert_eq!((link["kind"].as_str(), link["incident"].as_str()), (Some("retaliation_for"), rockets["id"].as_str()));
    assert_eq!((link["by"].as_str(), link["said_by"][0].as_str()), (Some("text"), Some("Outlet a")));
    let span = &link["evidence"][0];
    assert_eq!((span["document"].as_str(), span["exact"].as_str()), (Some("a"), Some("رداً على")));
    assert_eq!(span["rule"], "links/reply-to");

    let page = bench.marsad(&["show", &id(&strike), "--table"]).ends_with(0).out;
    assert!(page.contains(&format!("retaliation for {} (says Outlet a)", id(&rockets))), "{page}");
    assert!(page.contains("[رداً على]"), "{page}");
    let table = bench.marsad(&["export", "--as", "csv"]).ends_with(0).out;
    assert!(table.contains(&format!("retaliation_for {}", id(&rockets))), "{table}");
    bench.marsad(&["doctor"]).ends_with(0);

    // A person knows better; taken back, the report's word stands again.
    bench.marsad(&["link", &id(&strike), &id(&rockets), "--as", "follow-up-of"]).ends_with(0);
    let links = of_type(&bench, "air_strike")["links"].clone();
    assert_eq!((links.as_array().unwrap().len(), links[0]["kind"].as_str()), (1, Some("follow_up_of")));
    assert!(links[0]["by"].as_str().unwrap().starts_with("entry "));
    let log = bench.marsad(&["log"]).ends_with(0).json();
    let entry = log.iter().rev().find(|e| e["kind"] == "decision").unwrap()["entry"].to_string();
    bench.marsad(&["undo", &entry]).ends_with(0);
    assert_eq!(of_type(&bench, "air_strike")["links"], strike["links"]);
}

/// One report has no date at all, the other dates the same attack.
#[test]
fn derived_dates_are_kept_and_shown_apart() {
    let undated = "سقطت ثلاثة صواريخ على مطار أربيل يوم الاثنين، وأصيب جنديان.";
    let bench = bench(&[("a", undated, None), ("b", ROCKETS, Some("2021-05-04"))]);
    let rockets = of_type(&bench, "rocket_attack");
    assert_eq!(rockets["tellings"].as_array().unwrap().len(), 2, "{rockets:#?}");
    let derived = rockets["derived_dates"].as_array().unwrap();
    let of_a: Vec<&Value> = derived.iter().filter(|d| d["document"] == "a").collect();
    let incident = of_a.iter().find(|d| d["of"] == "incident").unwrap();
    assert_eq!((incident["earliest"].as_str(), incident["latest"].as_str()), (Some("2021-05-03"), Some("2021-05-03")));
    assert_eq!(incident["basis"], serde_json::json!(["b"]));
    assert_eq!(incident["evidence"][0]["document"], "b");
    assert!(of_a.iter().any(|d| d["of"] == "publication" && d["earliest"] == "2021-05-03"));

    // What the report itself says stays open.
    let claims = bench.marsad(&["show", &id(&rockets), "--claims"]).ends_with(0).json()[0]["claims"].clone();
    let own = claims.as_array().unwrap().iter().find(|c| c["document"] == "a").unwrap();
    assert_eq!(
        (own["told"]["date"]["earliest"].as_str(), own["told"]["date"]["weekday"].as_str()),
        (None, Some("monday"))
    );
    let page = bench.marsad(&["show", &id(&rockets), "--claims", "--table"]).ends_with(0).out;
    assert!(page.contains("incident, which Outlet a leaves undated: 2021-05-03, by Outlet b"), "{page}");
    assert!(page.contains("publication of Outlet a: 2021-05-03…"), "{page}");
    assert!(page.contains("→ 2021-05-03  concluded from Outlet b"), "{page}");
    let table = bench.marsad(&["export", "--as", "csv"]).ends_with(0).out;
    assert!(table.contains("a incident 2021-05-03 by b"), "{table}");
}

#[test]
fn a_place_is_set_by_its_id_and_survives() {
    let bench = bench(&[("a", ANSWER, Some("2021-05-05"))]);
    let before = of_type(&bench, "rocket_attack");
    let set = |value: &str| bench.marsad(&["set", &id(&before), value, "--why", "the statement names it"]);
    set("place=iq/anbar/ain-al-asad").ends_with(0);
    let place = of_type(&bench, "rocket_attack")["place"].clone();
    assert_eq!((place["id"].as_str(), place["country"].as_str()), (Some("iq/anbar/ain-al-asad"), Some("IQ")));
    let chain: Vec<&str> = place["chain"].as_array().unwrap().iter().filter_map(|l| l["id"].as_str()).collect();
    assert_eq!((chain.first(), chain.last()), (Some(&"iq/anbar/ain-al-asad"), Some(&"iq")));
    assert!(place["point"]["lat"].is_f64());
    let conflict = of_type(&bench, "rocket_attack")["conflicts"][0].clone();
    assert_eq!((conflict["field"].as_str(), conflict["rule"].as_str()), (Some("place"), Some("set by hand")));

    // The log has all that is needed to tell it again.
    let log = bench.marsad(&["log"]).ends_with(0).json();
    let entry = log.iter().rev().find(|e| e["kind"] == "decision").unwrap();
    assert_eq!(entry["payload"]["place"]["name_en"], place["name_en"]);
    // More is read, and the place stays.
    let more = bench
        .file("more.jsonl", serde_json::json!({"id": "b", "text": ROCKETS, "published": "2021-05-03"}).to_string());
    bench.marsad(&["ingest", &more]).ends_with(0);
    let grown = of_type(&bench, "rocket_attack");
    assert_eq!((grown["tellings"].as_array().unwrap().len(), &grown["place"]), (2, &place));
    bench.marsad(&["doctor"]).ends_with(0);
    bench.marsad(&["undo", &entry["entry"].to_string()]).ends_with(0);
    assert_eq!(of_type(&bench, "rocket_attack")["place"]["id"], before["place"]["id"]);
    // An id that is none, with those near it.
    set("place=iq/anbar/ain-al-assad").ends_with(2).says(&["unknown_place", "iq/anbar/ain-al-asad"]);
    set("place=nowhere-of-this-kind-at-all").ends_with(2).says(&["unknown_place", "by its id"]);
}
