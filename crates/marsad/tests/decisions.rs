//! Can every step be taken back, is nothing lost, and is the state what the log says?
//!
//! The real command on the sample articles, the real stages on made-up ones,
//! and a process that is killed again and again.

use marsad::extract::Reader;
use marsad::ingest::{Ingester, RawArticle};
use marsad::model::{Decision, LinkKind, Reading, SetValue, TellingRef};
use marsad::store::{Filter, Provenance, Store, export};
use proptest::prelude::*;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

fn articles() -> String {
    format!("{}/../../examples/articles", env!("CARGO_MANIFEST_DIR"))
}

fn marsad(store: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_marsad")).args(args).arg("--store").arg(store).output().unwrap()
}

/// What a command that must succeed prints.
fn said(store: &Path, args: &[&str]) -> String {
    let out = marsad(store, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The number of the last entry of this kind.
fn last_entry(store: &Path, kind: &str) -> String {
    let log = lines(&said(store, &["log"]));
    log.iter().rev().find(|entry| entry["kind"] == kind).unwrap()["entry"].to_string()
}

fn same(a: &str, b: &str, what: &str) {
    assert!(a == b, "{what}: {:?}", difference(a, b));
}

#[test]
fn what_was_merged_split_or_set_is_undone_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    said(&store, &["ingest", &articles()]);
    let csv = |args: &[&str]| said(&store, &[&["export", "--as", "ndjson"], args].concat());
    let before = csv(&[]);
    let incidents = lines(&before);
    let id = |i: usize| incidents[i]["id"].as_str().unwrap();
    let several = incidents.iter().find(|i| i["tellings"].as_array().unwrap().len() == 3).unwrap();
    let report = several["tellings"][1]["document"].as_str().unwrap();
    let whole = several["id"].as_str().unwrap();
    for decision in [
        vec!["merge", id(0), id(1), "--why", "seen"],
        vec!["split", whole, "--reports", &report[..12], "--why", "seen"],
        vec!["set", whole, "killed=5..6", "--why", "seen"],
        vec!["retract", report, "--why", "withdrawn"],
    ] {
        said(&store, &decision);
        let after = csv(&[]);
        assert!(after != before, "{decision:?} changed nothing");
        let entry = last_entry(&store, "decision");
        same(&csv(&["--as-of", &entry]), &after, &format!("{decision:?}: as of its own entry"));
        said(&store, &["undo", &entry]);
        same(&csv(&[]), &before, &format!("{decision:?} undone"));
        said(&store, &["undo", &last_entry(&store, "undo")]);
        same(&csv(&[]), &after, &format!("{decision:?} done again"));
        // Now for good: taking back the taking back of the taking back.
        said(&store, &["undo", &last_entry(&store, "undo")]);
        same(&csv(&[]), &before, "undone again");
    }
    assert_eq!(marsad(&store, &["undo", "1000"]).status.code(), Some(2));
    assert!(said(&store, &["doctor"]).contains("all is well"));
}

#[test]
fn a_merged_id_leads_on_and_the_log_and_the_differences_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    said(&store, &["ingest", &articles()]);
    let incidents = lines(&said(&store, &["list"]));
    let (a, b) = (incidents[0]["id"].as_str().unwrap(), incidents[1]["id"].as_str().unwrap());
    let before = last_entry(&store, "incidents.replaced");
    said(&store, &["merge", a, b, "--why", "same night"]);
    let shown = [a, b].map(|id| lines(&said(&store, &["show", id]))[0]["id"].as_str().unwrap().to_string());
    assert_eq!(shown[0], shown[1]);
    let log = lines(&said(&store, &["log", a]));
    assert!(log.iter().any(|e| e["payload"]["why"] == "same night" && e["at"].is_string()));
    let differences = lines(&said(&store, &["diff", &before]));
    let changes: Vec<&str> = differences.iter().map(|d| d["change"].as_str().unwrap()).collect();
    assert!(changes.contains(&"gone") && changes.contains(&"changed") && changes.len() == 2, "{changes:?}");
    let why = said(&store, &["show", a, "--why", "--table"]);
    assert!(why.contains("decided by hand: entry"), "{why}");
    let all = incidents.iter().map(|i| said(&store, &["show", i["id"].as_str().unwrap(), "--why", "--table"]));
    let told: Vec<bool> = all.map(|why| why.contains("not joined, nearest: m-")).collect();
    assert!(told.contains(&true) && told.contains(&false), "some have a near one, some have none");
    assert_eq!(marsad(&store, &["merge", a, b]).status.code(), Some(2), "they are one already");
}

#[test]
fn every_claim_behind_a_field_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    said(&store, &["ingest", &articles()]);
    let incidents = lines(&said(&store, &["list"]));
    let several = incidents.iter().find(|i| i["tellings"].as_array().unwrap().len() == 3).unwrap();
    let id = several["id"].as_str().unwrap();
    let claims = lines(&said(&store, &["show", id, "--claims"]))[0]["claims"].clone();
    let killed = |c: &serde_json::Value| c["told"]["casualties"]["killed"]["value"].as_u64().unwrap();
    let told: Vec<u64> = claims.as_array().unwrap().iter().map(killed).collect();
    assert_eq!(told.len(), 3);
    assert!(claims[0]["said_by"].is_string() && claims[0]["told"]["epistemic"].is_string());
    let page = said(&store, &["show", id, "--claims", "--table"]);
    let (_, section) = page.split_once("Claims:").unwrap();
    let (_, of_killed) = section.split_once("\n  killed\n").unwrap();
    let number = |line: &'_ str| line.split_whitespace().next().unwrap().trim_start_matches('≥').to_string();
    let rows: Vec<String> = of_killed.lines().take(3).map(number).collect();
    assert_eq!(rows, told.iter().map(u64::to_string).collect::<Vec<_>>());
}

#[test]
fn one_owner_behind_two_voices_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let told = |name: &str, outlet: &str, words: &str| {
        let file = folder.path().join(name);
        std::fs::write(
            &file,
            format!("بعقوبة - 3 مايو 2023\nانفجرت عبوة ناسفة في بعقوبة يوم الأربعاء 3 مايو 2023. {words}"),
        )
        .unwrap();
        said(&store, &["ingest", file.to_str().unwrap(), "--outlet", outlet]);
    };
    told("a.txt", "aa.com.tr", "وقتل خمسة أشخاص وأصيب ثمانية في سوق المدينة.");
    told("b.txt", "www.trtarabi.com", "وأسفر ذلك عن مقتل خمسة أشخاص وجرح ثمانية آخرين، وفق شهود.");
    told("c.txt", "aawsat.com", "وأوقع التفجير خمسة قتلى وثمانية جرحى بحسب سكان.");
    let incident = &lines(&said(&store, &["list"]))[0];
    assert_eq!(incident["voices"], 3);
    let id = incident["id"].as_str().unwrap();
    let claims = lines(&said(&store, &["show", id, "--claims"]))[0]["claims"].clone();
    let owners: Vec<&serde_json::Value> = claims.as_array().unwrap().iter().map(|c| &c["owner"]).collect();
    assert_eq!(owners.iter().filter(|o| **o == "turkish-state").count(), 2, "{owners:?}");
    for option in ["--sources", "--claims"] {
        let page = said(&store, &["show", id, option, "--table"]);
        assert_eq!(page.matches("turkish-state").count(), 1, "{page}");
        assert!(page.contains("one owner behind voices") && !page.contains("srmg"), "{page}");
    }
}

#[test]
fn a_link_follows_its_incidents() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    said(&store, &["ingest", &articles()]);
    let incidents = lines(&said(&store, &["list"]));
    let id = |i: usize| incidents[i]["id"].as_str().unwrap();
    said(&store, &["link", id(1), id(0), "--as", "retaliation-for", "--why", "the statement names it"]);
    let links = |of: &str| lines(&said(&store, &["show", of]))[0]["links"].clone();
    assert_eq!(links(id(1))[0]["kind"], "retaliation_for");
    assert_eq!(links(id(1))[0]["incident"], id(0));
    assert!(said(&store, &["show", id(1), "--table"]).contains(&format!("retaliation for {}", id(0))));
    let link = last_entry(&store, "decision");
    // The other incident becomes one with a third: the link goes where it goes.
    said(&store, &["merge", id(0), id(2)]);
    let now = lines(&said(&store, &["show", id(0)]))[0]["id"].clone();
    assert_eq!(links(id(1))[0]["incident"], now);
    said(&store, &["undo", &link]);
    assert_eq!(links(id(1)).as_array().unwrap().len(), 0);
    assert_eq!(marsad(&store, &["link", id(0), id(0), "--as", "part-of"]).status.code(), Some(2));
}

#[test]
fn a_decision_holds_when_more_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let article = |name: &str| format!("{}/{name}", articles());
    let bomb = ["03-jamila-car-bomb-first-toll.txt", "04-jamila-car-bomb-late-toll.txt"];
    let bomb = bomb.map(article).into_iter().filter(|path| Path::new(path).is_file()).collect::<Vec<_>>();
    said(&store, &["ingest", &bomb[0]]);
    let id = lines(&said(&store, &["list"]))[0]["id"].as_str().unwrap().to_string();
    said(&store, &["set", &id, "killed=7", "--why", "counted"]);
    said(&store, &["ingest", &articles()]);
    let incident = &lines(&said(&store, &["show", &id]))[0];
    assert!(incident["tellings"].as_array().unwrap().len() > 1, "more reports came");
    assert_eq!(incident["casualties"]["killed"]["value"], 7);
    let conflict = incident["conflicts"].as_array().unwrap().iter().find(|c| c["field"] == "killed").unwrap();
    assert_eq!(conflict["rule"], "set by hand");
    assert!(conflict["values"].as_array().unwrap().len() > 2, "what the reports say is kept");
}

#[test]
fn tallies_are_audited() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    said(&store, &["ingest", &articles()]);
    let audited = lines(&said(&store, &["audit"]));
    let fifty = audited.iter().find(|a| a["exact"].as_str().unwrap().contains("50")).unwrap();
    assert_eq!((fifty["verdict"].as_str(), fifty["claimed"]["min"].as_u64()), (Some("under_covered"), Some(45)));
    assert!(fifty["missing"].as_u64().unwrap() > 30);
    let ids: Vec<String> = lines(&said(&store, &["list"])).iter().map(|i| i["id"].to_string()).collect();
    assert!(fifty["members"].as_array().unwrap().iter().all(|m| ids.contains(&m.to_string())));
}

/// Eight reports of bombs; some are of one bomb.
static READINGS: LazyLock<Vec<(Vec<u8>, Reading)>> = LazyLock::new(|| {
    let res = marsad::resources(None).unwrap();
    let (reader, ingester) = (Reader::new(&res).unwrap(), Ingester::new(&res));
    let read = |i: usize| {
        let (day, town) = (3 + i / 3, ["بعقوبة", "الموصل"][i % 2]);
        let text =
            format!("انفجرت عبوة ناسفة في {town} يوم {day} مايو 2023، وقتل {} أشخاص وأصيب آخرون، رقم {i}.", 3 + i % 3);
        let article = RawArticle { id: Some(format!("d{i}")), ..RawArticle::from_text(&format!("{i}.txt"), &text) };
        (text.clone().into_bytes(), marsad::read_one(&reader, &ingester, article).unwrap())
    };
    (0..8).map(read).collect()
});

/// One step of somebody who works with a store; numbers say which of what there is.
#[derive(Clone, Debug)]
enum Step {
    Ingest(usize),
    /// A newer program tells it under another number, or tells it no more.
    Reread(usize, bool),
    Merge(usize, usize),
    Split(usize),
    Set(usize, u32),
    Retract(usize),
    Link(usize, usize),
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..8usize).prop_map(Step::Ingest),
        1 => (0..8usize, any::<bool>()).prop_map(|(i, is_told)| Step::Reread(i, is_told)),
        2 => (0..9usize, 0..9usize).prop_map(|(a, b)| Step::Merge(a, b)),
        2 => (0..9usize).prop_map(Step::Split),
        1 => (0..9usize, 0..9u32).prop_map(|(a, n)| Step::Set(a, n)),
        2 => (0..8usize).prop_map(Step::Retract),
        1 => (0..9usize, 0..9usize).prop_map(|(a, b)| Step::Link(a, b)),
        3 => (0..99usize).prop_map(Step::Undo),
    ]
}

fn tellings(store: &Store, which: usize) -> Vec<TellingRef> {
    let incidents = store.incidents(&Filter::default()).unwrap();
    let told = |t: &marsad::store::wire::Telling| TellingRef {
        document: t.document.clone(),
        incident: t.incident.clone(),
        anchor: None,
    };
    incidents.get(which % incidents.len().max(1)).map(|i| i.tellings.iter().map(told).collect()).unwrap_or_default()
}

/// Does one step and resolves; a step that there is nothing for changes nothing.
fn take(store: &mut Store, step: &Step) {
    let read_by = Provenance { program_version: "test".into(), resource_fingerprint: "test".into() };
    match step {
        Step::Ingest(i) => {
            let (raw, reading) = &READINGS[*i];
            store.put_document(raw, reading, &read_by).unwrap();
        }
        Step::Reread(i, is_told) => {
            let (raw, reading) = &READINGS[*i];
            let mut reading = reading.clone();
            reading.incidents.iter_mut().for_each(|incident| incident.id = "i9".into());
            reading.incidents.retain(|_| *is_told);
            let read_by = Provenance { program_version: "newer".into(), ..read_by };
            store.put_document(raw, &reading, &read_by).unwrap();
        }
        Step::Merge(a, b) => {
            let all = [tellings(store, *a), tellings(store, *b)].concat();
            let _ = (!all.is_empty()).then(|| store.decide(&Decision::Same { tellings: all }, None).unwrap());
        }
        Step::Split(a) => {
            let mut all = tellings(store, *a);
            if all.len() > 1 {
                let others = all.split_off(1);
                store.decide(&Decision::Apart { tellings: all, others }, None).unwrap();
            }
        }
        Step::Set(a, n) => {
            let all = tellings(store, *a);
            if !all.is_empty() {
                store.decide(&Decision::Set { tellings: all, value: SetValue::Killed(*n, *n) }, None).unwrap();
            }
        }
        Step::Retract(i) => {
            // A document that is not there yet cannot be retracted.
            let _ = store.decide(&Decision::Retract { document: format!("d{i}") }, None);
        }
        Step::Link(a, b) => {
            let (tellings, to) = (tellings(store, *a), tellings(store, *b));
            let link = Decision::Link { tellings, to, kind: LinkKind::RetaliationFor };
            store.decide(&link, None).unwrap();
        }
        Step::Undo(n) => {
            let length = store.log().unwrap().len();
            // What follows from others cannot be undone.
            let _ = store.undo((n % length.max(1)) as u64 + 1, None);
        }
    }
    marsad::resolve_store(store).unwrap();
}

/// Every id that there ever was.
fn ids(store: &Store) -> Vec<String> {
    let rows = store.query("SELECT id FROM members ORDER BY id").unwrap().rows;
    rows.iter().map(|row| row[0].as_str().unwrap().to_string()).collect()
}

/// All that the store gives out: the incidents, where ids lead, and what each of these ids answers.
fn exported(store: &Store, ids: &[String]) -> String {
    let mut out = vec![];
    export::ndjson(&store.incidents(&Filter::default()).unwrap(), &mut out).unwrap();
    let redirects = store.redirects().unwrap();
    let answer = |id: &String| store.incident(id).unwrap().map(|i| i.incident.id);
    let answers: Vec<(&String, Option<String>)> = ids.iter().map(|id| (id, answer(id))).collect();
    format!("{}{redirects:?}{answers:?}", String::from_utf8(out).unwrap())
}

/// The first place at which two texts part.
fn difference(a: &str, b: &str) -> (String, String) {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let from = |text: &str| text.chars().skip(same.saturating_sub(60)).take(160).collect();
    (from(a), from(b))
}

/// `MARSAD_HISTORIES=1000` for the long run.
fn cases() -> u32 {
    std::env::var("MARSAD_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_state_is_what_the_log_says_and_undo_is_exact(steps in proptest::collection::vec(step(), 1..14)) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path()).unwrap();
        let mut states: Vec<(u64, Vec<String>, String)> = vec![];
        for step in &steps {
            take(&mut store, step);
            let ids = ids(&store);
            states.push((store.log().unwrap().len() as u64, ids.clone(), exported(&store, &ids)));
        }
        // Every state that there was is told again from the log.
        for (entry, ids, state) in states.iter().filter(|(entry, ..)| *entry > 0) {
            let mut past = store.as_of(*entry).unwrap();
            marsad::resolve_store(&mut past).unwrap();
            let told = exported(&past, ids);
            prop_assert!(told == *state, "entry {} of {:?}: {:?}", entry, steps, difference(&told, state));
        }
        // Undoing anything and doing it again changes nothing, and the store in between is told again too.
        let ids = ids(&store);
        let now = exported(&store, &ids);
        let entries: Vec<u64> = store.log().unwrap().iter().map(|o| o.seq).collect();
        for entry in entries {
            let Ok(undo) = store.undo(entry, None) else { continue };
            marsad::resolve_store(&mut store).unwrap();
            let between = exported(&store, &ids);
            let mut past = store.as_of(store.log().unwrap().len() as u64).unwrap();
            marsad::resolve_store(&mut past).unwrap();
            let told = exported(&past, &ids);
            prop_assert!(told == between, "undoing {} of {:?}: {:?}", entry, steps, difference(&told, &between));
            store.undo(undo.seq, None).unwrap();
            marsad::resolve_store(&mut store).unwrap();
            let again = exported(&store, &ids);
            prop_assert!(again == now, "undoing {} of {:?}: {:?}", entry, steps, difference(&again, &now));
        }
        prop_assert!(store.check().unwrap().is_clean());
    }
}

/// Killed at some moment, each time another. `MARSAD_KILLS=500` for the long run.
#[test]
fn a_process_that_is_killed_leaves_no_half_step() {
    let rounds: u64 = std::env::var("MARSAD_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    said(&store, &["ingest", &articles()]);
    let begun = std::time::Instant::now();
    said(&store, &["ingest", &articles()]);
    let longest = 2 * begun.elapsed().as_micros() as u64;
    let mut acknowledged = vec![];
    for round in 0..rounds {
        let file = folder.path().join(format!("{round}.txt"));
        let text = format!(
            "انفجرت عبوة ناسفة في بعقوبة يوم {} مايو 2023، وأصيب {} أشخاص، البلاغ {round}.",
            1 + round % 28,
            3 + round % 7
        );
        std::fs::write(&file, text).unwrap();
        let ids = lines(&said(&store, &["list"]));
        let id = |n: u64| ids[(n % ids.len() as u64) as usize]["id"].as_str().unwrap().to_string();
        let why = format!("round {round}");
        let args = match round % 3 {
            0 => vec!["merge".to_string(), id(round), id(round * 7 + 1), "--why".into(), why.clone()],
            _ => vec!["ingest".to_string(), file.to_str().unwrap().to_string()],
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        command.args(&args).arg("--store").arg(&store).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // From before it begins to after its end, in steps that meet every moment; every eighth is left to end.
        std::thread::sleep(Duration::from_micros(round * 104_729 % longest));
        if round % 8 == 7 {
            child.wait().unwrap();
        }
        if child.try_wait().unwrap().is_some_and(|status| status.success()) {
            acknowledged.push(if round % 3 == 0 { why } else { args[1].clone() });
        }
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
    }
    let opened = Store::open(&store).unwrap();
    let check = opened.check().unwrap();
    let unfinished = |code: &str| code == "raw_unfinished"; // said, and harmless
    let findings: Vec<_> = check.findings.iter().filter(|f| !unfinished(f.code)).collect();
    assert!(findings.is_empty(), "{findings:?}");
    let log = said(&store, &["log"]);
    for step in &acknowledged {
        assert!(log.contains(step.as_str()), "{step} was acknowledged and is not in the log");
    }
    assert!(!acknowledged.is_empty());
    // What was cut off is finished by the next run.
    said(&store, &["ingest", folder.path().to_str().unwrap()]);
    let mut past = opened.as_of(opened.log().unwrap().len() as u64).unwrap();
    marsad::resolve_store(&mut past).unwrap();
    let ids = |store: &Store| -> Vec<String> {
        store.incidents(&Filter::default()).unwrap().into_iter().map(|i| i.incident.id).collect()
    };
    assert_eq!(ids(&past), ids(&opened));
}
