//! Does a store that is brought up step by step hold what resolving everything would give, byte for byte?
//!
//! An invented world (`marsad-resolve/tests/world`) comes in portions; in between people decide, retract and take back, and documents
//! are read anew with other claims. One store is resolved by a new process each time, one by a process that keeps running, and both are
//! compared with the log replayed into an empty store.

#[path = "../../marsad-resolve/tests/world/mod.rs"]
mod world;

use marsad::Resolution;
use marsad::model::{
    Decision, Document, Evidence, Incident, Link, LinkKind, Published, Reading, SetValue, Sourced, Span, TellingRef,
};
use marsad::resolve::Claim;
use marsad::store::{Compared, Filter, Provenance, Store, export};
use std::collections::BTreeMap;
use world::World;
use world::chance::Chance;

#[test]
fn portions_decisions_and_readings_anew_give_what_one_step_gives() {
    for seed in 0..4 {
        let mut chance = Chance::new(seed, 5);
        let documents = documents(seed, 160);
        let mut rest = &documents[..];
        let folder = tempfile::tempdir().unwrap();
        let stores = ["by turns", "kept"].map(|name| Store::create(folder.path().join(name)).unwrap());
        let [mut by_turns, mut kept] = stores;
        let mut resolution = Resolution::default();
        let mut step = 0;
        while !rest.is_empty() || step < 20 {
            let what = next(&mut chance, &mut rest, &documents, &by_turns);
            [&mut by_turns, &mut kept].into_iter().for_each(|store| take(store, &what));
            marsad::resolve_store(&mut by_turns).unwrap();
            resolution.bring_up(&mut kept).unwrap();
            let expected = anew(&by_turns);
            assert!(exported(&by_turns) == expected, "seed {seed}, step {step}, {what:?}: a new process");
            assert!(exported(&kept) == expected, "seed {seed}, step {step}, {what:?}: one that keeps running");
            step += 1;
        }
        for store in [&by_turns, &kept] {
            assert!(store.check().unwrap().is_clean());
            assert_eq!(marsad::check_resolution(store).unwrap(), []);
            assert_eq!(store.made_from().unwrap().len(), store.incidents(&Filter::default()).unwrap().len());
        }
        assert!(!marsad::resolve_store(&mut by_turns).unwrap().changed);
        assert!(
            !resolution.bring_up(&mut by_turns).unwrap().changed,
            "another store is taken up from where it was left"
        );
    }
}

#[test]
fn what_somebody_else_put_is_resolved_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path()).unwrap();
    let documents = documents(9, 60);
    documents.iter().for_each(|claims| put(&mut store, claims, 0));
    let mut resolution = Resolution::default();
    let ids = resolution.bring_up(&mut store).unwrap().ids;
    let before = exported(&store);
    // Other incidents, of a program that knows nothing of what is kept.
    let mut alone = marsad::resolve_claims(&documents[0]);
    alone.truncate(1);
    store.replace_incidents(&alone).unwrap();
    assert!(store.made_from().unwrap().is_empty());
    assert_eq!(resolution.bring_up(&mut store).unwrap().ids, ids);
    let without_redirects =
        |text: &str| text.lines().map(|l| l.split("\"previous_ids\"").next().unwrap().to_string()).collect::<Vec<_>>();
    assert_eq!(without_redirects(&exported(&store))[..ids.len()], without_redirects(&before)[..ids.len()]);
    assert_eq!(exported(&store), anew(&store));
    // Another program, whose bytes mean nothing to this one.
    let compared = vec![Compared { document: documents[0][0].document.clone(), entry: 1, claims: vec![1, 2, 3] }];
    let foreign = marsad::store::Resolution { program: "another".into(), entry: 999, compared, ..Default::default() };
    store.keep_resolution(&foreign).unwrap();
    assert_eq!(resolution.bring_up(&mut store).unwrap().ids, ids);
    assert_eq!(exported(&store), anew(&store));
    // Two that keep running and take turns.
    let mut other = Resolution::default();
    for (i, claims) in documents.iter().take(6).enumerate() {
        put(&mut store, claims, i as u32 + 1);
        if i % 2 == 0 { &mut resolution } else { &mut other }.bring_up(&mut store).unwrap();
        assert_eq!(exported(&store), anew(&store));
    }
}

#[derive(Debug)]
enum What {
    Put(Vec<Vec<Claim>>),
    PutAnew(Vec<Claim>, u32),
    Decide(Decision),
    Undo(u64),
}

fn next(chance: &mut Chance, rest: &mut &[Vec<Claim>], all: &[Vec<Claim>], store: &Store) -> What {
    let incidents = store.incidents(&Filter::default()).unwrap();
    let told = all.len() - rest.len();
    let kind = chance.below(12);
    if incidents.len() < 2 || kind < 4 && !rest.is_empty() {
        let (portion, left) = rest.split_at(1 + chance.below(rest.len().min(24)));
        *rest = left;
        return What::Put(portion.to_vec());
    }
    let mut some = || -> Vec<TellingRef> {
        let anchor = None;
        let one = |t: &marsad::store::wire::Telling| TellingRef {
            document: t.document.clone(),
            incident: t.incident.clone(),
            anchor,
        };
        incidents[chance.below(incidents.len())].tellings.iter().map(one).collect()
    };
    let (mut first, second) = (some(), some());
    match kind {
        0..=5 => What::PutAnew(all[chance.below(told)].clone(), chance.below(8) as u32),
        6 => What::Decide(Decision::Same { tellings: [first, second].concat() }),
        7 if first.len() > 1 => {
            let others = first.split_off(1);
            What::Decide(Decision::Apart { tellings: first, others })
        }
        7 | 8 => {
            What::Decide(Decision::Set { tellings: first, value: SetValue::Killed(1, 1 + chance.below(9) as u32) })
        }
        9 => What::Decide(Decision::Link { tellings: first, to: second, kind: LinkKind::RetaliationFor }),
        10 => What::Decide(Decision::Retract { document: all[chance.below(told)][0].document.clone() }),
        _ => What::Undo(1 + chance.below(store.log().unwrap().len()) as u64),
    }
}

fn take(store: &mut Store, what: &What) {
    match what {
        What::Put(documents) => documents.iter().for_each(|claims| put(store, claims, 0)),
        What::PutAnew(claims, version) => put(store, claims, *version),
        What::Decide(decision) => _ = store.decide(decision, None).unwrap(),
        // What follows from others cannot be undone.
        What::Undo(entry) => _ = store.undo(*entry, None),
    }
}

/// Another version of a document tells another toll, another day, nothing, or the same, read by another program.
fn put(store: &mut Store, claims: &[Claim], version: u32) {
    let read_by = Provenance { program_version: format!("test {version}"), resource_fingerprint: "test".into() };
    let mut reading = reading(claims);
    for incident in &mut reading.incidents {
        match version % 4 {
            0 => {}
            1 => incident.casualties.killed = marsad::model::Quantity::exactly(77, vec![]),
            _ => incident.date = marsad::model::DateValue::unknown(),
        }
    }
    reading.incidents.truncate(if version % 4 == 3 { 0 } else { 9 });
    store.put_document(claims[0].document.as_bytes(), &reading, &read_by).unwrap();
}

fn reading(claims: &[Claim]) -> Reading {
    let first = &claims[0];
    let document = Document {
        id: first.document.clone(),
        source: first.source.clone(),
        sha256: String::new(),
        text: first.document.clone(),
        language: "ar".into(),
        title: None,
        outlet: None,
        outlet_given: first.outlet.clone(),
        retrieval: Default::default(),
        published: Published {
            earliest: first.published_earliest,
            latest: first.published_latest,
            ..Published::default()
        },
        segments: vec![],
    };
    let mut incidents: Vec<Incident> = claims.iter().map(|claim| claim.incident.clone()).collect();
    if let [answered, answer, ..] = &mut incidents[..] {
        let phrase = Evidence::new(Span::new(0, 4), "test");
        answer.links = vec![Link { kind: Sourced::new(LinkKind::RetaliationFor, phrase), to: answered.id.clone() }];
    }
    Reading {
        document,
        incidents,
        tallies: vec![],
        not_incidents: vec![],
        mentions: vec![],
        quotes: vec![],
        diagnostics: vec![],
        fingerprint: first.fingerprint.to_vec(),
        derivation: vec![],
    }
}

/// The claims of each document, in an order of its own.
fn documents(seed: u64, claims: usize) -> Vec<Vec<Claim>> {
    let mut documents: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for told in World::new(seed, claims).told() {
        let claims = documents.entry(told.claim.document.clone()).or_default();
        if claims.iter().all(|claim| claim.incident.id != told.claim.incident.id) {
            claims.push(told.claim);
        }
    }
    documents.into_values().collect()
}

/// What the log says, resolved in a store that knows nothing else.
fn anew(store: &Store) -> String {
    let mut past = store.as_of(store.log().unwrap().len() as u64).unwrap();
    marsad::resolve_store(&mut past).unwrap();
    exported(&past)
}

fn exported(store: &Store) -> String {
    let mut out = vec![];
    export::ndjson(&store.incidents(&Filter::default()).unwrap(), &mut out).unwrap();
    String::from_utf8(out).unwrap() + &format!("{:?}", store.redirects().unwrap())
}
