//! How do incidents stand to one another when documents say so, or people?

mod common;

use common::*;
use marsad_model::EventType::{AirStrike, RocketAttack};
use marsad_model::{Decision, Evidence, Link, LinkKind, Sourced, Span, TellingRef};
use marsad_resolve::{Claim, Decided, Resolved, resolve, resolve_with};

/// The first telling's document says so of it and another one of its tellings.
fn linked(telling: Telling, kind: LinkKind, to: &str) -> Claim {
    let mut claim = telling.0;
    let kind = Sourced::new(kind, Evidence::new(Span::new(30, 37), "links/test"));
    claim.incident.links.push(Link { kind, to: to.into() });
    claim
}

/// A strike of the fourth of May, and the rockets of the second.
fn strike(name: &str) -> Telling {
    told(name, AirStrike).on("2021-05-04").at(MARKET_A)
}

fn rockets(name: &str) -> Telling {
    told(name, RocketAttack).on("2021-05-02").at(AIN_AL_ASAD)
}

/// `key KIND key by documents [decision]` of every link.
fn links(resolved: &[Resolved]) -> Vec<String> {
    let line = |r: &Resolved, l: &marsad_resolve::Link| {
        let by: Vec<&str> = l.told_by.iter().map(|told| told.document.as_str()).collect();
        let decided = l.decided_by.map_or(String::new(), |number| format!(" decision {number}"));
        format!("{} {} {} by {}{decided}", r.key, l.kind.name(), l.to, by.join(" "))
    };
    resolved.iter().flat_map(|r| r.links.iter().map(move |l| line(r, l))).collect()
}

use LinkKind::{FollowUpOf, RetaliationFor};

#[test]
fn two_documents_that_say_the_same_are_one_link() {
    let claims = [
        linked(strike("a i1"), RetaliationFor, "i2"),
        rockets("a i2").background().0,
        rockets("b i1").background().0,
        linked(strike("b i2"), RetaliationFor, "i1").with_outlet("Example"),
        rockets("c i1").0,
    ];
    let resolved = resolve(&claims);
    assert_eq!(links(&resolved), ["a#i1 retaliation_for a#i2 by a b"]);
    let told = &resolved[0].links[0].told_by[1];
    assert_eq!((told.said_by.as_str(), told.evidence[0].span), ("Example", Span::new(30, 37)));
    assert!(resolved.iter().all(|r| r.merged.links.is_empty()));
}

#[test]
fn a_link_leads_where_the_other_telling_went() {
    let claims = [linked(strike("b i1"), FollowUpOf, "i2"), rockets("b i2").background().0, rockets("a i7").0];
    assert_eq!(links(&resolve(&claims)), ["b#i1 follow_up_of a#i7 by b"]);
}

/// What is linked is two incidents, and being linked alike makes nothing one.
#[test]
fn links_hold_nothing_together() {
    let other_day = told("b i1", AirStrike).on("2021-05-20").at(MARKET_A);
    let claims = [
        linked(strike("a i1"), RetaliationFor, "i2"),
        rockets("a i2").0,
        linked(other_day, RetaliationFor, "i2"),
        rockets("b i2").0,
    ];
    assert_eq!(links(&resolve(&claims)), ["a#i1 retaliation_for a#i2 by a", "b#i1 retaliation_for a#i2 by b"]);
    let without: Vec<Claim> = claims
        .iter()
        .cloned()
        .map(|mut claim| {
            claim.incident.links.clear();
            claim
        })
        .collect();
    let members = |claims: &[Claim]| resolve(claims).into_iter().map(|r| r.members).collect::<Vec<_>>();
    assert_eq!(members(&claims), members(&without));
}

/// Two strikes on one market on one day, one of which answers the other: a third document's telling, which fits both,
/// never makes them one, whatever the order.
#[test]
fn what_one_document_links_is_never_made_one_through_another() {
    let mut claims = vec![
        linked(strike("a i1"), FollowUpOf, "i2"),
        strike("a i2").0,
        strike("b i1").0,
        strike("c i1").0,
        linked(strike("d i1"), FollowUpOf, "i2"),
        strike("d i2").0,
    ];
    for _ in 0..claims.len() {
        claims.rotate_left(1);
        let resolved = resolve(&claims);
        let incident_of = |key: &str| {
            resolved.iter().position(|r| r.members.iter().any(|m| format!("{}#{}", m.document, m.incident) == key))
        };
        assert_ne!(incident_of("a#i1"), incident_of("a#i2"));
        assert_ne!(incident_of("d#i1"), incident_of("d#i2"));
    }
}

fn telling(document: &str, incident: &str) -> TellingRef {
    TellingRef { document: document.into(), incident: incident.into(), anchor: None }
}

fn by_hand(number: u64, from: (&str, &str), kind: LinkKind, to: (&str, &str)) -> Decided {
    let (tellings, to) = (vec![telling(from.0, from.1)], vec![telling(to.0, to.1)]);
    Decided { number, decision: Decision::Link { tellings, to, kind } }
}

#[test]
fn a_hand_link_wins_over_one_from_text() {
    let claims = [linked(strike("a i1"), RetaliationFor, "i2"), rockets("a i2").0];
    let with = |decided: Decided| links(&resolve_with(&claims, &[decided]));
    assert_eq!(with(by_hand(5, ("a", "i1"), FollowUpOf, ("a", "i2"))), ["a#i1 follow_up_of a#i2 by  decision 5"]);
    assert_eq!(with(by_hand(5, ("a", "i2"), FollowUpOf, ("a", "i1"))), ["a#i2 follow_up_of a#i1 by  decision 5"]);
    // The same on both words: the document stands beside the decision.
    assert_eq!(
        with(by_hand(5, ("a", "i1"), RetaliationFor, ("a", "i2"))),
        ["a#i1 retaliation_for a#i2 by a decision 5"]
    );
}

#[test]
fn what_a_person_linked_is_not_made_one_later() {
    let (a, b) = (strike("a i1").0, strike("b i1").0);
    assert_eq!(resolve(&[a.clone(), b.clone()]).len(), 1);
    let link = by_hand(5, ("a", "i1"), FollowUpOf, ("b", "i1"));
    let claims = [a, b, strike("c i1").0];
    let resolved = resolve_with(&claims, std::slice::from_ref(&link));
    assert_eq!(resolved.len(), 2);
    assert_eq!(links(&resolved).len(), 1);
    // The last word is that of the later decision.
    let same = Decision::Same { tellings: vec![telling("a", "i1"), telling("b", "i1")] };
    let resolved = resolve_with(&claims, &[link, Decided { number: 6, decision: same }]);
    assert_eq!((resolved.len(), links(&resolved).len()), (1, 0));
}

/// A link holds the tellings of neither side together.
#[test]
fn a_hand_link_joins_nothing() {
    let claims = [strike("a i1").0, told("b i1", AirStrike).on("2021-05-20").at(MARKET_A).0, rockets("c i1").0];
    let decision = Decision::Link {
        tellings: vec![telling("a", "i1"), telling("b", "i1")],
        to: vec![telling("c", "i1")],
        kind: FollowUpOf,
    };
    assert_eq!(resolve_with(&claims, &[Decided { number: 5, decision }]).len(), 3);
}
