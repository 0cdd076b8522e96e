//! Does a store keep what it is given, once, whole and under the same id?

mod common;

use common::{TEXT, full_reading, read_by, resolved, short_reading};
use jiff::civil::date;
use marsad_model::{Decision, EventType, Quantity, Reading, SetValue, Span, TellingRef};
use marsad_store::{Article, Filter, Incoming, Near, Outcome, Store};
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

fn empty_store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("marsad")).unwrap();
    (folder, store)
}

/// A store with documents `a`, `b` … that tell one attack each.
fn store_of(documents: &[&str]) -> (TempDir, Store) {
    let (folder, mut store) = empty_store();
    for (document, killed) in documents.iter().zip(1..) {
        put(&mut store, &short_reading(document, killed));
    }
    (folder, store)
}

fn put(store: &mut Store, reading: &Reading) -> Outcome {
    store.put_document(reading.document.text.as_bytes(), reading, &read_by("0.1.0")).unwrap()
}

fn findings(store: &Store) -> Vec<&'static str> {
    store.check().unwrap().findings.iter().map(|f| f.code).collect()
}

#[test]
fn stored_reading_comes_back_equal() {
    let (_folder, mut store) = empty_store();
    assert_eq!(put(&mut store, &full_reading()), Outcome::Added);
    assert_eq!(store.readings().unwrap(), [full_reading()]);
    assert_eq!(store.reading("seed-1").unwrap(), Some(full_reading()));
    assert_eq!(store.raw(&full_reading().document.sha256).unwrap().unwrap(), TEXT.as_bytes());
    assert_eq!(store.tallies().unwrap()[0].1.kind, "count_since");
    assert!(store.check().unwrap().is_clean(), "{:?}", store.check());
}

#[test]
fn same_bytes_twice_change_nothing() {
    let (_folder, mut store) = store_of(&["a"]);
    store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    let (log, facts) = (store.log().unwrap(), store.facts().unwrap());
    let moved = Reading {
        document: marsad_model::Document { source: "elsewhere/a.txt".into(), ..short_reading("a", 1).document },
        ..short_reading("a", 1)
    };
    assert_eq!(put(&mut store, &short_reading("a", 1)), Outcome::Unchanged);
    assert_eq!(put(&mut store, &moved), Outcome::Unchanged);
    assert!(!store.replace_incidents(&[resolved(&["a"], 1)]).unwrap().changed);
    assert_eq!(store.log().unwrap(), log);
    assert_eq!(store.facts().unwrap().rows, facts.rows);
}

#[test]
fn newer_program_replaces_the_reading_and_keeps_raw_and_ids() {
    let (_folder, mut store) = store_of(&["a"]);
    let before = store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    let mut reading = short_reading("a", 1);
    let document = reading.document.clone();
    let article = Article {
        id: "a",
        sha256: &document.sha256,
        text: Some(&document.text),
        outlet: document.outlet_given.as_deref(),
        published: None,
    };
    assert!(store.is_current(&article, &read_by("0.1.0")).unwrap());
    assert!(!store.is_current(&article, &read_by("0.2.0")).unwrap());
    let given = Some((date(2021, 7, 29), date(2021, 7, 29)));
    for other in [
        Article { id: "b", ..article },
        Article { text: Some("other words"), ..article },
        Article { outlet: Some("an outlet"), ..article },
        Article { published: given, ..article },
    ] {
        assert!(!store.is_current(&other, &read_by("0.1.0")).unwrap(), "{other:?}");
    }
    reading.incidents[0].tags.push("assassination".into());
    let raw = reading.document.text.clone();
    assert_eq!(store.put_document(raw.as_bytes(), &reading, &read_by("0.2.0")).unwrap(), Outcome::Replaced);
    assert_eq!(store.readings().unwrap()[0].incidents[0].tags, ["assassination"]);
    assert_eq!(store.replace_incidents(&[resolved(&["a"], 1)]).unwrap().ids, before.ids);
    assert_eq!(store.facts().unwrap().raw_files, 1);
    assert_eq!(store.log().unwrap().last().unwrap().kind, "document.reread");
    assert!(store.check().unwrap().is_clean());
}

#[test]
fn batch_is_one_transaction() {
    let (_folder, mut store) = empty_store();
    let (good, mut bad) = (short_reading("a", 1), short_reading("b", 2));
    bad.document.sha256 = "0".repeat(64);
    let incoming = |reading| Incoming { raw: good.document.text.as_bytes(), reading };
    let error = store.put_documents(&[incoming(&good), incoming(&bad)], &read_by("0.1.0")).unwrap_err();
    assert_eq!(error.code(), "bad_reading");
    assert!(store.documents().unwrap().is_empty());
    assert!(store.log().unwrap().is_empty());
}

#[test]
fn ids_stay_when_documents_arrive() {
    let (_folder, mut store) = store_of(&["b", "c", "d"]);
    let first = store.replace_incidents(&[resolved(&["b"], 1), resolved(&["c", "d"], 2)]).unwrap();
    assert_eq!(first.created.len(), 2);
    put(&mut store, &short_reading("a", 9));
    let second = store.replace_incidents(&[resolved(&["c", "d"], 2), resolved(&["a", "b"], 9)]).unwrap();
    assert_eq!(second.ids, [first.ids[1].clone(), first.ids[0].clone()]);
    assert!(second.created.is_empty() && second.redirected.is_empty());
}

#[test]
fn merged_id_redirects_through_later_merges_too() {
    let (_folder, mut store) = store_of(&["a", "b", "c", "d"]);
    let one = store.replace_incidents(&[resolved(&["a"], 1), resolved(&["b", "c"], 2), resolved(&["d"], 4)]).unwrap();
    let two = store.replace_incidents(&[resolved(&["a", "b", "c"], 1), resolved(&["d"], 4)]).unwrap();
    assert_eq!(two.redirected, [(one.ids[1].clone(), one.ids[0].clone())]);
    store.replace_incidents(&[resolved(&["a", "b", "c", "d"], 1)]).unwrap();
    for id in &one.ids {
        let incident = store.incident(id).unwrap().unwrap();
        assert_eq!(incident.incident.id, one.ids[0]);
        assert_eq!(incident.previous_ids.len(), 2);
    }
    assert_eq!(store.incident("m-never").unwrap(), None);
    assert!(store.check().unwrap().is_clean());
}

#[test]
fn vanished_incident_is_retired_and_comes_back_under_its_id() {
    let (_folder, mut store) = store_of(&["a"]);
    let first = store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    assert_eq!(store.replace_incidents(&[]).unwrap().retired, first.ids);
    assert_eq!(store.incident(&first.ids[0]).unwrap(), None);
    let again = store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    assert_eq!((again.ids, again.created.len()), (first.ids, 0));
    assert!(store.redirects().unwrap().is_empty());
}

#[test]
fn a_retracted_id_leads_to_those_that_it_was_told_with_as_long_as_it_is_retracted() {
    let (_folder, mut store) = store_of(&["a", "b", "c", "d"]);
    let ids = store.replace_incidents(&[resolved(&["a", "b", "c"], 1), resolved(&["d"], 4)]).unwrap().ids;
    let answer = |store: &Store| store.incident(&ids[0]).unwrap().map(|i| i.incident.id);
    let retract = |document: &str| Decision::Retract { document: document.into() };
    let entry = store.decide(&retract("a"), None).unwrap();
    let others = entry.payload["told_with"][&ids[0]].as_array().unwrap().len();
    assert_eq!(others, 2);
    let of_b = store.replace_incidents(&[resolved(&["b", "c"], 2), resolved(&["d"], 4)]).unwrap().ids.remove(0);
    assert_eq!(answer(&store), Some(of_b.clone()));
    // Those it was told with go too, and their ids with them; what is told with the last of them is the heir.
    store.decide(&retract("b"), None).unwrap();
    store.decide(&retract("c"), None).unwrap();
    store.replace_incidents(&[resolved(&["d"], 4)]).unwrap();
    assert_eq!((answer(&store), store.incident(&of_b).unwrap()), (None, None));
    // The third comes back, and is now told with the fourth.
    let undo = store.undo(store.log().unwrap().iter().rfind(|o| o.kind == "decision").unwrap().seq, None).unwrap();
    let now = store.replace_incidents(&[resolved(&["c", "d"], 3)]).unwrap().ids.remove(0);
    assert_eq!(answer(&store), Some(now.clone()));
    assert_eq!(store.incident(&of_b).unwrap().unwrap().incident.id, now);
    store.undo(undo.seq, None).unwrap();
    store.replace_incidents(&[resolved(&["d"], 4)]).unwrap();
    assert_eq!(answer(&store), None, "as before, whatever was known in between");
    assert!(store.check().unwrap().is_clean());
}

#[test]
fn the_id_of_what_a_newer_reading_tells_no_more_leads_to_those_it_was_told_with() {
    let (_folder, mut store) = store_of(&["a", "b"]);
    let id = store.replace_incidents(&[resolved(&["a", "b"], 1)]).unwrap().ids.remove(0);
    let mut nothing = short_reading("a", 1);
    nothing.incidents.clear();
    let raw = nothing.document.text.clone();
    store.put_document(raw.as_bytes(), &nothing, &read_by("0.2.0")).unwrap();
    let of_b = store.replace_incidents(&[resolved(&["b"], 2)]).unwrap().ids.remove(0);
    assert_eq!(store.incident(&id).unwrap().unwrap().incident.id, of_b);
    let mut past = store.as_of(store.log().unwrap().len() as u64).unwrap();
    past.replace_incidents(&[resolved(&["b"], 2)]).unwrap();
    assert_eq!(past.redirects().unwrap(), store.redirects().unwrap());
}

fn telling(document: &str) -> TellingRef {
    TellingRef { document: document.into(), incident: "i1".into(), anchor: Some(Span::new(0, 4)) }
}

fn same(documents: &[&str]) -> Decision {
    Decision::Same { tellings: documents.iter().map(|d| telling(d)).collect() }
}

#[test]
fn any_step_can_be_taken_back_and_done_again() {
    let (_folder, mut store) = store_of(&["a", "b"]);
    store.set_time("2024-05-01T10:00:00Z").unwrap();
    let apart = Decision::Apart { tellings: vec![telling("a")], others: vec![telling("b")] };
    let set = Decision::Set { tellings: vec![telling("a")], value: SetValue::Killed(4, 6) };
    let retract = Decision::Retract { document: "b".into() };
    // The log keeps all of a place: no gazetteer is asked when it is told again.
    let place = Box::new(common::place(marsad_model::Relation::In, vec![]));
    let set_place = Decision::Set { tellings: vec![telling("a")], value: SetValue::Place(place) };
    let all = [same(&["a", "b"]), apart, set, set_place, retract];
    let entries: Vec<u64> = all.iter().map(|d| store.decide(d, Some("seen")).unwrap().seq).collect();
    let numbered = |skip: Option<usize>| -> Vec<(u64, Decision)> {
        let kept = (0..all.len()).filter(|i| Some(*i) != skip);
        kept.map(|i| (entries[i], all[i].clone())).collect()
    };
    assert_eq!(store.decisions().unwrap(), numbered(None));
    for (i, entry) in entries.iter().enumerate() {
        let undo = store.undo(*entry, None).unwrap().seq;
        assert_eq!(store.decisions().unwrap(), numbered(Some(i)), "not only the last");
        assert_eq!(store.undo(*entry, None).unwrap_err().code(), "cannot_undo");
        store.undo(undo, None).unwrap();
        assert_eq!(store.decisions().unwrap(), numbered(None));
    }
    let undo = store.undo(1, None).unwrap();
    assert_eq!(store.decisions().unwrap()[0], (1, Decision::Retract { document: "a".into() }));
    assert_eq!(undo.payload["at"], "2024-05-01T10:00:00Z");
    assert_eq!(store.undo(99, None).unwrap_err().code(), "unknown_operation");
    store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    let replaced = store.log().unwrap().len() as u64;
    assert_eq!(store.undo(replaced, None).unwrap_err().code(), "cannot_undo");
    assert!(store.check().unwrap().is_clean());
}

#[test]
fn a_former_state_is_told_again() {
    let (_folder, mut store) = store_of(&["a"]);
    store.set_time("2024-05-01T10:00:00Z").unwrap();
    let first = store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    let before = store.log().unwrap().len() as u64;
    let told = store.readings().unwrap();
    store.set_time("2024-06-01T10:00:00Z").unwrap();
    put(&mut store, &short_reading("b", 2));
    // The same bytes, read otherwise by a newer program.
    let mut again = short_reading("a", 1);
    again.incidents[0].casualties.killed = Quantity::exactly(7, vec![]);
    store.put_document(again.document.text.as_bytes(), &again, &read_by("9")).unwrap();
    store.decide(&same(&["a", "b"]), None).unwrap();
    store.replace_incidents(&[resolved(&["a", "b"], 1)]).unwrap();

    assert_eq!(store.last_entry_at("2024-05-15T00:00:00Z").unwrap(), before);
    assert_eq!(store.last_entry_at("2023-01-01T00:00:00Z").unwrap(), 1, "the first has no time, and came before");
    let mut past = store.as_of(before).unwrap();
    assert_eq!(past.readings().unwrap(), told);
    assert_eq!(past.decisions().unwrap(), []);
    assert_eq!(past.log().unwrap().len() as u64, before);
    assert_eq!(past.replace_incidents(&[resolved(&["a"], 1)]).unwrap().ids, first.ids);
    let now = store.as_of(store.log().unwrap().len() as u64).unwrap();
    assert_eq!(now.readings().unwrap(), store.readings().unwrap());
    assert_eq!(now.decisions().unwrap(), store.decisions().unwrap());
    assert_eq!(store.as_of(99).unwrap_err().code(), "unknown_operation");
}

#[test]
fn only_rows_that_changed_are_written() {
    let (folder, mut store) = store_of(&["a", "b", "c"]);
    store.replace_incidents(&[resolved(&["a"], 1), resolved(&["b"], 2)]).unwrap();
    let db = rusqlite::Connection::open(folder.path().join("marsad/marsad.db")).unwrap();
    let rowids = |column: &str| -> Vec<(String, i64)> {
        let mut rows = db.prepare(&format!("SELECT json_extract(json, '$.tellings[0].document'), {column} FROM incidents JOIN memberships ON incident = incidents.id ORDER BY 1")).unwrap();
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    let (rows, members) = (rowids("incidents.rowid"), rowids("memberships.rowid"));
    let changed = store.replace_incidents(&[resolved(&["a"], 1), resolved(&["b", "c"], 2)]).unwrap();
    assert!(changed.changed && changed.created.is_empty());
    assert_eq!(rowids("incidents.rowid")[0], rows[0]);
    assert_eq!(rowids("memberships.rowid")[0], members[0]);
    assert_eq!(rowids("memberships.rowid").len(), 3);
    assert!(store.check().unwrap().is_clean() && store.incidents_are_as_noted().unwrap());
    db.execute("UPDATE incidents SET json = replace(json, '\"voices\":1', '\"voices\":9')", []).unwrap();
    assert!(!store.incidents_are_as_noted().unwrap());
}

/// As a store of schema 1 is found: ids belonged to incidents, not to tellings.
#[test]
fn an_older_store_is_migrated_and_keeps_its_ids() {
    let (folder, mut store) = store_of(&["a", "b", "c"]);
    let ids = store.replace_incidents(&[resolved(&["a", "b"], 1), resolved(&["c"], 3)]).unwrap().ids;
    drop(store);
    let path = folder.path().join("marsad/marsad.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(
        "DROP TABLE visits; DROP TABLE addresses; DROP TABLE members; DROP TABLE past_readings;
        DROP TABLE resolution; DROP TABLE compared; DROP TABLE merges; PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(db);
    assert_eq!(Store::open_read_only(folder.path().join("marsad")).unwrap_err().code(), "read_only");
    let mut store = Store::open(folder.path().join("marsad")).unwrap();
    assert_eq!(store.facts().unwrap().schema_version, 4);
    assert_eq!(store.incidents(&Filter::default()).unwrap().len(), 2);
    let again = store.replace_incidents(&[resolved(&["c"], 3), resolved(&["a", "b"], 1)]).unwrap();
    assert_eq!((again.ids, again.changed), (vec![ids[1].clone(), ids[0].clone()], false));
    assert!(store.check().unwrap().is_clean());
}

#[test]
fn merge_by_hand_leads_the_named_ids_to_the_incident() {
    let (_folder, mut store) = store_of(&["a"]);
    let mut incident = resolved(&["a"], 1);
    incident.previous_ids = vec!["acled-77".into()];
    let ids = store.replace_incidents(&[incident]).unwrap().ids;
    assert_eq!(store.incident("acled-77").unwrap().unwrap().incident.id, ids[0]);
}

#[test]
fn merged_spans_quote_the_document_that_gives_the_value() {
    for name in ["casualties.killed", "killed", "casualties"] {
        merged_killed_quotes_b(name);
    }
}

/// Both documents have the same span under the same rule: `1` and `2` killed.
fn merged_killed_quotes_b(field: &str) {
    let (_folder, mut store) = store_of(&["a", "b"]);
    let mut incident = resolved(&["a", "b"], 1);
    incident.incident.casualties.killed = short_reading("b", 2).incidents[0].casualties.killed.clone();
    incident.shown_from.insert(field.into(), "b".into());
    store.replace_incidents(&[incident]).unwrap();
    let stored = &store.incidents(&Filter::default()).unwrap()[0];
    let killed = &stored.incident.casualties.killed.evidence[0];
    assert_eq!((killed.document.as_deref(), killed.exact.as_str()), (Some("b"), "2"));
    let place = &stored.incident.place.as_ref().unwrap().evidence[0];
    assert_eq!((place.document.as_deref(), place.exact.as_str()), (Some("a"), "بغداد"));
    assert_eq!(stored.tellings[1].outlet.as_deref(), Some("b.example"));
}

#[test]
fn wrong_tellings_are_refused_and_nothing_changes() {
    let (_folder, mut store) = store_of(&["a"]);
    store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    let before = store.incidents(&Filter::default()).unwrap();
    let mut code = |rows: &[_]| store.replace_incidents(rows).unwrap_err().code();
    assert_eq!(code(&[resolved(&["a", "zz"], 1)]), "unknown_document");
    assert_eq!(code(&[resolved(&["a"], 1), resolved(&["a"], 1)]), "bad_incident");
    let mut nobody = resolved(&["a"], 1);
    nobody.tellings.clear();
    assert_eq!(code(&[nobody]), "bad_incident");
    let mut elsewhere = resolved(&["a"], 1);
    elsewhere.tellings[0].incident = "i7".into();
    assert_eq!(code(&[elsewhere]), "bad_incident");
    assert_eq!(store.incidents(&Filter::default()).unwrap(), before);
}

#[test]
fn filters() {
    let (_folder, mut store) = store_of(&["a", "b"]);
    let mut undated = resolved(&["b"], 2);
    undated.incident.date = Default::default();
    undated.incident.place = None;
    let ids = store.replace_incidents(&[resolved(&["a"], 1), undated]).unwrap().ids;
    let found = |filter: Filter| {
        let position = |id: &String| ids.iter().position(|i| i == id).unwrap();
        store.incidents(&filter).unwrap().iter().map(|i| position(&i.incident.id)).collect::<Vec<_>>()
    };
    let near = |km| Some(Near { lat: 33.3152, lon: 44.3661, distance_km_max: km });
    assert_eq!(found(Filter::default()), [0, 1]);
    assert_eq!(found(Filter { limit: Some(1), ..Filter::default() }), [0]);
    assert_eq!(found(Filter { after: Some(ids[0].clone()), ..Filter::default() }), [1]);
    assert_eq!(found(Filter { types: vec![EventType::RocketAttack], ..Filter::default() }), [0, 1]);
    assert!(found(Filter { types: vec![EventType::Ied, EventType::Grenade], ..Filter::default() }).is_empty());
    assert_eq!(found(Filter { countries: vec!["IQ".into()], ..Filter::default() }), [0]);
    assert_eq!(found(Filter { within: Some("iq/baghdad".into()), ..Filter::default() }), [0]);
    assert!(found(Filter { within: Some("iq/bagh".into()), ..Filter::default() }).is_empty());
    assert_eq!(found(Filter { near: near(5.0), ..Filter::default() }), [0]);
    assert!(found(Filter { near: near(1.0), ..Filter::default() }).is_empty());
    assert_eq!(found(Filter { killed_at_least: Some(2), ..Filter::default() }), [1]);
    assert_eq!(found(Filter { document: Some("b".into()), ..Filter::default() }), [1]);
    // The second has no date: it may lie in any interval.
    assert_eq!(found(Filter { since: Some(date(2021, 7, 29)), ..Filter::default() }), [0, 1]);
    assert_eq!(found(Filter { since: Some(date(2021, 7, 30)), ..Filter::default() }), [1]);
    assert_eq!(found(Filter { until: Some(date(2021, 7, 28)), ..Filter::default() }), [1]);
    assert_eq!(found(Filter { dated: true, ..Filter::default() }), [0]);
    assert!(found(Filter { until: Some(date(2021, 7, 28)), dated: true, ..Filter::default() }).is_empty());
    assert!(found(Filter { conflicts: true, ..Filter::default() }).is_empty());
    assert_eq!(store.count(&Filter { limit: Some(1), ..Filter::default() }).unwrap(), 2);
}

#[test]
fn check_sees_changed_and_missing_raw_bytes() {
    let (_folder, store) = store_of(&["a", "b"]);
    let sha256 = short_reading("a", 1).document.sha256;
    let raw = store.dir().join("raw").join(&sha256[..2]).join(&sha256);
    fs::write(&raw, "something else").unwrap();
    assert_eq!(findings(&store), ["raw_changed"]);
    fs::remove_file(&raw).unwrap();
    assert_eq!(findings(&store), ["raw_missing"]);
}

#[test]
fn lost_raw_bytes_come_back_when_the_document_is_put_again() {
    let (_folder, mut store) = store_of(&["a"]);
    let sha256 = short_reading("a", 1).document.sha256;
    fs::remove_file(store.dir().join("raw").join(&sha256[..2]).join(&sha256)).unwrap();
    assert_eq!(put(&mut store, &short_reading("a", 1)), Outcome::Unchanged);
    assert!(store.check().unwrap().is_clean());
}

#[test]
fn check_sees_rows_changed_behind_the_stores_back() {
    let tampered = |sql: &str| {
        let (_folder, mut store) = store_of(&["a", "b"]);
        store.replace_incidents(&[resolved(&["a", "b"], 1)]).unwrap();
        let other = rusqlite::Connection::open(store.dir().join("marsad.db")).unwrap();
        other.execute_batch(sql).unwrap();
        findings(&store)
    };
    assert_eq!(tampered("SELECT 1"), [""; 0]);
    assert_eq!(tampered("UPDATE operations SET payload = '{}' WHERE seq = 3"), ["log_broken", "row_changed"]);
    assert_eq!(tampered("UPDATE operations SET kind = 'x' WHERE seq = 1"), ["log_broken", "row_changed"]);
    assert_eq!(tampered("UPDATE incidents SET json = replace(json, '2021', '2022')"), ["row_changed"]);
    assert_eq!(tampered("UPDATE documents SET text = 'x' WHERE id = 'a'"), ["reading_damaged"]);
    let renamed = "UPDATE documents SET reading = replace(reading, '\"i1\"', '\"i2\"') WHERE id = 'a'";
    assert_eq!(tampered(renamed), ["member_gone", "row_changed"]);
}

#[test]
fn only_a_folder_with_our_database_is_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let code = |path: &std::path::Path| Store::open(path).err().unwrap().code();
    assert_eq!(code(&folder.path().join("none")), "not_a_store");
    assert_eq!(code(folder.path()), "not_a_store");
    fs::write(folder.path().join("marsad.db"), "not a database, but long enough to have a header ".repeat(9)).unwrap();
    assert_eq!(code(folder.path()), "not_a_store");
    fs::remove_file(folder.path().join("marsad.db")).unwrap();
    let other = rusqlite::Connection::open(folder.path().join("marsad.db")).unwrap();
    other.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    assert_eq!(code(folder.path()), "not_a_store");
}

#[test]
fn store_of_a_newer_program_is_left_alone() {
    let (_folder, store) = empty_store();
    let other = rusqlite::Connection::open(store.dir().join("marsad.db")).unwrap();
    other.pragma_update(None, "user_version", 99).unwrap();
    let error = Store::open(store.dir()).err().unwrap();
    assert_eq!(error.code(), "newer_schema");
    assert!(error.to_string().contains("marsad.db: the store has schema version 99"));
}

/// A path under a regular file can be made by nobody, not even by root.
#[test]
fn folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Store::open_or_create(file.join("marsad")).err().unwrap();
    assert_eq!(error.code(), "io");
    assert!(error.to_string().contains("file/marsad/raw: cannot make this folder"), "{error}");
}

#[test]
fn reader_cannot_write_not_even_raw_bytes() {
    let (_folder, mut store) = store_of(&["a"]);
    store.replace_incidents(&[resolved(&["a"], 1)]).unwrap();
    let mut reader = Store::open_read_only(store.dir()).unwrap();
    assert_eq!(reader.incidents(&Filter::default()).unwrap().len(), 1);
    let reading = short_reading("b", 2);
    let put = reader.put_document(reading.document.text.as_bytes(), &reading, &read_by("0.1.0"));
    assert_eq!(put.unwrap_err().code(), "read_only");
    assert_eq!(reader.replace_incidents(&[]).unwrap_err().code(), "read_only");
    assert_eq!(reader.record("user.set", 1.into()).unwrap_err().code(), "read_only");
    assert_eq!(store.facts().unwrap().raw_files, 1);
}

#[test]
fn raw_folder_that_is_a_file_fails_before_any_row() {
    let (_folder, mut store) = empty_store();
    fs::remove_dir(store.dir().join("raw")).unwrap();
    fs::write(store.dir().join("raw"), "").unwrap();
    let reading = short_reading("a", 1);
    let error = store.put_document(reading.document.text.as_bytes(), &reading, &read_by("0.1.0")).unwrap_err();
    assert_eq!(error.code(), "io");
    assert!(store.documents().unwrap().is_empty() && store.log().unwrap().is_empty());
}

#[test]
fn second_writer_is_told_to_wait() {
    let (_folder, mut store) = store_of(&["a"]);
    store.set_busy_timeout(Duration::from_millis(10)).unwrap();
    let other = rusqlite::Connection::open(store.dir().join("marsad.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(store.replace_incidents(&[resolved(&["a"], 1)]).unwrap_err().code(), "locked");
    assert_eq!(store.readings().unwrap().len(), 1); // readers are not held up
    other.execute_batch("ROLLBACK").unwrap();
    assert!(store.replace_incidents(&[resolved(&["a"], 1)]).unwrap().changed);
}

#[test]
fn claims_can_be_queried() {
    let (_folder, store) = store_of(&["a", "b"]);
    let answer = store.query("SELECT document, type, killed FROM claims ORDER BY document").unwrap();
    assert_eq!(answer.columns, ["document", "type", "killed"]);
    assert_eq!(serde_json::json!(answer.rows).to_string(), r#"[["a","rocket_attack",1],["b","rocket_attack",2]]"#);
    assert_eq!(store.query("SELECT nothing").unwrap_err().code(), "bad_query");
}
