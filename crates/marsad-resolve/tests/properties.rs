//! What holds for any claims whatever?

mod common;
use common::*;
use marsad_model::EventType;
use marsad_model::EventType::*;
use marsad_resolve::{Claim, Resolved, Resolver, resolve};
use proptest::prelude::*;
use std::collections::BTreeSet;

const PLACES: [Chain; 8] = [AIN_AL_ASAD, VICTORIA, BAGHDAD_AIRPORT, EMBASSY, JRAISHAN, ANBAR, IRAQ, MARKET_A];
const TYPES: [EventType; 6] = [RocketAttack, MissileAttack, DroneAttack, Ied, AttackUnspecified, ExplosionUnclear];

/// A crowded week: few places, few days, few tolls, so that nearly everything nearly fits.
fn telling() -> impl Strategy<Value = Telling> {
    let date = prop_oneof![4 => (1_u8..5).prop_map(Some), 1 => Just(None)];
    let place = prop_oneof![6 => (0..PLACES.len()).prop_map(Some), 1 => Just(None)];
    let tolls = (proptest::option::of(0_u32..14), proptest::option::of(0_u32..14));
    let fields = (0..TYPES.len(), date, place, tolls, any::<bool>(), proptest::option::of(0_u64..3), 1_u8..9);
    fields.prop_map(|(event, day, place, (killed, wounded), weapon, text, published)| {
        let mut telling = told("x i1", TYPES[event]).published(&format!("2021-05-{published:02}"));
        telling = match day {
            Some(day) => telling.on(&format!("2021-05-{day:02}")),
            None => telling.background(),
        };
        telling = place.map_or(telling.clone(), |p| telling.at(PLACES[p]));
        telling = killed.map_or(telling.clone(), |n| telling.killed(n));
        telling = wounded.map_or(telling.clone(), |n| telling.wounded(n));
        telling = if weapon { telling.weapon("katyusha") } else { telling };
        text.map_or(telling.clone(), |t| telling.text(t * 30..t * 30 + 60))
    })
}

/// Documents of one to three incidents each.
fn claims() -> impl Strategy<Value = Vec<Claim>> {
    let documents = proptest::collection::vec(proptest::collection::vec(telling(), 1..4), 0..14);
    documents.prop_map(|documents| {
        let name = |d: usize, i: usize, mut claim: Claim| {
            claim.document = format!("d{d}");
            claim.source = claim.document.clone();
            claim.incident.id = format!("i{}", i + 1);
            claim
        };
        let of = |(d, tellings): (usize, Vec<Telling>)| {
            tellings.into_iter().enumerate().map(move |(i, t)| name(d, i, t.0)).collect::<Vec<_>>()
        };
        documents.into_iter().enumerate().flat_map(of).collect()
    })
}

fn with_shuffled() -> impl Strategy<Value = (Vec<Claim>, Vec<Claim>)> {
    claims().prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle()))
}

/// A document has one text; those invented above may have one for each claim.
fn with_one_text_each(mut claims: Vec<Claim>, all: &[Claim]) -> Vec<Claim> {
    for claim in &mut claims {
        let first = all.iter().find(|c| c.document == claim.document).expect("the same claims in another order");
        claim.fingerprint = first.fingerprint.clone();
    }
    claims
}

/// What a document tells speaks for each of its claims, so they are added together.
fn by_document<'c>(claims: &'c [Claim]) -> Vec<Vec<&'c Claim>> {
    let mut documents: Vec<Vec<&'c Claim>> = vec![];
    for claim in claims {
        match documents.iter_mut().find(|told| told[0].document == claim.document) {
            Some(told) => told.push(claim),
            None => documents.push(vec![claim]),
        }
    }
    documents
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_claims_does_not_matter((claims, shuffled) in with_shuffled()) {
        prop_assert_eq!(resolve(&claims), resolve(&shuffled));
    }

    #[test]
    fn every_claim_is_in_exactly_one_incident(claims in claims()) {
        let resolved = resolve(&claims);
        let mut members: Vec<String> =
            resolved.iter().flat_map(|r| &r.members).map(|m| format!("{}#{}", m.document, m.incident)).collect();
        let mut expected: Vec<String> = claims.iter().map(Claim::key).collect();
        members.sort();
        expected.sort();
        prop_assert_eq!(members, expected);
    }

    #[test]
    fn an_incident_has_each_document_once_and_no_families_at_odds(claims in claims()) {
        for incident in resolve(&claims) {
            let documents: BTreeSet<&str> = incident.members.iter().map(|m| m.document.as_str()).collect();
            prop_assert_eq!(documents.len(), incident.members.len());
            prop_assert_eq!(incident.why.len() + 1, incident.members.len());
            prop_assert!(1 <= incident.voices && incident.voices as usize <= incident.members.len());
            let of = |key: &str| claims.iter().find(|c| c.key() == key).unwrap().incident.event_type();
            let types: Vec<EventType> =
                incident.members.iter().map(|m| of(&format!("{}#{}", m.document, m.incident))).collect();
            prop_assert!(types.iter().all(|a| types.iter().all(|b| a.agrees(*b))));
        }
    }

    #[test]
    fn a_claim_given_twice_counts_once(claims in claims()) {
        let twice: Vec<Claim> = claims.iter().chain(&claims).cloned().collect();
        prop_assert_eq!(resolve(&claims), resolve(&twice));
    }

    #[test]
    fn adding_in_portions_gives_what_one_step_gives((claims, shuffled) in with_shuffled(), portion in 1_usize..9) {
        let (claims, shuffled) = (with_one_text_each(claims.clone(), &claims), with_one_text_each(shuffled, &claims));
        let mut resolver = Resolver::new();
        for portion in by_document(&shuffled).chunks(portion) {
            resolver.add(portion.concat());
        }
        let mut resolved: Vec<Resolved> = resolver.groups().iter().map(|g| resolver.resolved(g, &claims)).collect();
        resolved.sort_by(|a, b| a.key.cmp(&b.key));
        prop_assert_eq!(resolved, resolve(&claims));
    }
}
