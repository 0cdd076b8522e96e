//! Does it matter in what portions the claims come?
//!
//! Small invented worlds, dealt out in any order and in any portions, must give exactly the incidents of one step: members, values,
//! voices and reasons. Two crowded places make the limits on what meets bite, which whole worlds seldom do.

mod common;
mod world;

use common::{BAGHDAD_AIRPORT, EMBASSY, Telling, told};
use marsad_model::EventType::*;
use marsad_resolve::{Claim, Resolved, Resolver, kept, resolve};
use std::collections::{BTreeMap, BTreeSet};
use world::World;
use world::chance::Chance;

#[test]
fn portions_of_a_world_give_what_one_step_gives() {
    for seed in 0..3 {
        let claims: Vec<Claim> = World::new(seed, 400).told().map(|t| t.claim).collect();
        check_portions(claims, seed);
    }
}

#[test]
fn an_open_date_looks_back_the_same_way_whenever_the_others_come() {
    // 400 attacks on one site, one or two a day, and claims without a date that are told like every third of them.
    let dated = |i: u32| {
        let day = jiff::civil::date(2021, 1, 1) + jiff::Span::new().days(i64::from(i * 2 / 3));
        let published = (day + jiff::Span::new().days(1)).to_string();
        like(i, told(&format!("dated{i} i1"), RocketAttack)).on(&day.to_string()).published(&published)
    };
    let open = |i: u32| {
        let claim = like(i, told(&format!("open{i} i1"), RocketAttack)).background();
        if i.is_multiple_of(2) { claim.published(&format!("2021-{:02}-15", 2 + i % 9)) } else { claim }
    };
    let tellings: Vec<Telling> = (0..400).map(dated).chain((0..60).map(open)).collect();
    let claims: Vec<Claim> = tellings.into_iter().map(|t| t.0).collect();
    for seed in 0..2 {
        check_portions(claims.clone(), seed);
    }
}

#[test]
fn a_text_that_everybody_prints_leads_nowhere_however_it_comes() {
    // 300 documents print one text; most of them name no day and place, and only the text could lead to them.
    let print = |i: u32| {
        let claim = told(&format!("print{i:03} i1"), RocketAttack).killed(12).wounded(30).text(0..80);
        match i % 10 {
            0 => claim.on("2021-05-02").at(BAGHDAD_AIRPORT).published("2021-05-02"),
            1 => claim.on("2021-05-02").at(EMBASSY).published("2021-05-03"),
            _ => claim.at(BAGHDAD_AIRPORT).background(),
        }
    };
    let few: Vec<Claim> = (0..90).map(|i| print(i).0).collect();
    let many: Vec<Claim> = (0..300).map(|i| print(i).0).collect();
    for seed in 0..2 {
        check_portions(few.clone(), seed);
        check_portions(many.clone(), seed);
    }
}

#[test]
fn what_is_known_changes_nothing() {
    let claims: Vec<Claim> = World::new(3, 200).told().map(|t| t.claim).collect();
    let mut resolver = Resolver::new();
    assert!(resolver.add(&claims).gone.is_empty());
    let changed = resolver.add(&claims);
    assert!(changed.gone.is_empty() && changed.new.is_empty());
    assert!(resolver.add(&[]).new.is_empty());
}

/// A site, weapon and toll shared by every third attack.
fn like(i: u32, telling: Telling) -> Telling {
    telling
        .at(BAGHDAD_AIRPORT)
        .killed(10 + i % 3)
        .wounded(20 + i % 3)
        .weapon("katyusha")
        .text(u64::from(i % 3) * 100..u64::from(i % 3) * 100 + 60)
}

#[track_caller]
fn check_portions(claims: Vec<Claim>, seed: u64) {
    let expected = resolve(&claims);
    let mut chance = Chance::new(seed, 77);
    // A document comes whole: what it tells together speaks for each of its claims.
    let mut documents: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    claims.iter().for_each(|claim| documents.entry(&claim.document).or_default().push(claim));
    let mut documents: Vec<Vec<&Claim>> = documents.into_values().collect();
    for i in (1..documents.len()).rev() {
        documents.swap(i, chance.below(i + 1));
    }
    let mut resolver = Resolver::new();
    let mut taken: Vec<&Vec<&Claim>> = vec![];
    let mut groups = BTreeSet::new();
    let mut rest = &documents[..];
    while !rest.is_empty() {
        let (portion, left) = rest.split_at(1 + chance.below(rest.len().min(1 + documents.len() / 3)));
        rest = left;
        // What was laid aside of a document is as good as its claims.
        for claims in portion {
            match chance.percent(50) {
                true => claims.iter().for_each(|claim| _ = resolver.take(claim)),
                false => {
                    let claims: Vec<Claim> = claims.iter().map(|claim| (*claim).clone()).collect();
                    resolver.take_kept(&claims[0].document, &kept(&claims)).unwrap();
                }
            }
        }
        let changed = resolver.settle();
        changed.gone.iter().for_each(|group| assert!(groups.remove(group), "{group:?} goes but never came"));
        groups.extend(changed.new);
        taken.extend(portion);
        if chance.percent(50) {
            // It ends, and another takes up what it laid aside.
            let found = resolver.found();
            resolver = Resolver::new();
            taken.iter().copied().flatten().for_each(|claim| _ = resolver.take(claim));
            resolver.take_found(&found).unwrap();
        }
    }
    assert_eq!(groups.iter().cloned().collect::<Vec<_>>(), resolver.groups());
    let mut resolved: Vec<Resolved> = groups.iter().map(|group| resolver.resolved(group, &claims)).collect();
    resolved.sort_by(|a, b| a.key.cmp(&b.key));
    assert!(resolved == expected, "seed {seed}: {} incidents, in one step {}", resolved.len(), expected.len());
}
